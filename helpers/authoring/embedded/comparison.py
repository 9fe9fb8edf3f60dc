"""How like the real sets are the embedded ones? The numbers of the three data cards.

``FIRST_LAYERS_DATA=... OMP_NUM_THREADS=1 python -m helpers.authoring.embedded.comparison`` prints
the tables, or those named after it; without the real data their last column is empty.
"""

from __future__ import annotations

import sys
from itertools import takewhile
from pathlib import Path

import numpy as np

from helpers import data
from helpers.authoring.embedded.counted import Row, count_digits, count_letters, count_symbols
from helpers.authoring.embedded.learned import learn_digits, learn_letters, learn_symbols
from helpers.data.folders import by_hand

SETS = {
    "mnist": (data.mnist, count_digits, learn_digits),
    "notmnist": (data.notmnist, count_letters, learn_letters),
    "hasy": (data.hasy, count_symbols, learn_symbols),
}


def table(name: str) -> list[tuple[str, str, str]]:
    """Measure one embedded set, and the real one where it is at hand.

    Parameters
    ----------
    name : {"mnist", "notmnist", "hasy"}

    Returns
    -------
    list of (str, str, str)
        What was measured, for the embedded set, for the real one.
    """
    here = row_of(name, "embedded")
    there = row_of(name, "real")
    return [(key, written(here[key]), written(there[key]) if there else "") for key in here]


def printed(page: Path) -> list[tuple[str, str, str]]:
    """Return the table of a data card as it stands there.

    Parameters
    ----------
    page : Path
        A Markdown page whose only table of three columns ends in one for the real set.

    Returns
    -------
    list of (str, str, str)
        As `table` returns it.
    """
    lines = page.read_text(encoding="utf-8").splitlines()
    start = lines.index("| what | embedded | real |") + 2
    rows = takewhile(lambda line: line.startswith("|"), lines[start:])
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]


def row_of(name: str, source: str, learn: bool = True) -> Row:
    """Return the numbers of a set, or nothing where the real set is not at hand.

    Parameters
    ----------
    name : {"mnist", "notmnist", "hasy"}
    source : {"embedded", "real"}
    learn : bool, optional
        Whether to train models as well, which takes minutes for a real set.

    Returns
    -------
    dict of str to float
    """
    if source == "real" and by_hand() is None:
        return {}
    load, counted, learned = SETS[name]
    loaded = load(source)
    return counted(loaded) | (learned(loaded) if learn else {})


def written(value: float) -> str:
    """Return a number as the tables print it.

    >>> written(7188), written(90.0), written(-0.0793)
    ('7,188', '90.0', '-0.079')
    """
    if isinstance(value, int | np.integer):
        return f"{value:,}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.3f}"


if __name__ == "__main__":
    for chosen in sys.argv[1:] or SETS:
        print(f"\n{chosen}\n\n| what | embedded | real |\n|---|---|---|")
        for cells in table(chosen):
            print("| " + " | ".join(cells) + " |")

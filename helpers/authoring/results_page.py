"""The page "On the real data", made from the record of the full run."""

from __future__ import annotations

import math
from typing import Any

from helpers.data.registry import dataset

_OPENING = """\
<!-- Made by `make full` from book/results.json: edit the solutions, not this page. -->

# On the real data

"""
_EMPTY = "No unit has been run on the real data yet: `make full` does that.\n"
_ABOUT = """\
The notebooks of this book show what they find in the data that comes with it. The numbers here are
those of the published data sets at full size: `make full` ran each of these notebooks from top to
bottom, once for each seed, and wrote this page. Each number is a mean over the seeds. A new run
agrees with it when it is within the tolerance; a time depends on the computer, and has none.
"""


def page(record: dict[str, dict[str, Any]]) -> str:
    """Return the page's text, MyST Markdown.

    Parameters
    ----------
    record : dict
        As `results.read` gives it.
    """
    shown = [_section(stem, record[stem]) for stem in sorted(record)]
    return _OPENING + ("\n".join([_ABOUT, *shown]) if shown else _EMPTY)


def picture_name(stem: str, name: str) -> str:
    """Return the file name of a unit's picture; the unit's number is left out.

    >>> picture_name("05_notmnist_curation", "learning_curve")
    'notmnist_curation_learning_curve.png'
    """
    return f"{stem.partition('_')[2]}_{name}.png"


def number(value: float, tolerance: float | None) -> str:
    """Return a number to one digit more than its tolerance has; a time, to three digits.

    Before a negative number stands a minus sign, as in the text of the book, not a hyphen.

    >>> number(168233, 0), number(0.918273, 0.005), number(102.333, 5), number(1/3, 0)
    ('168,233', '0.9183', '102.3', '0.333333')
    >>> number(1.66667, None), number(0.0123456, None), number(1234.5, None)
    ('1.67', '0.0123', '1,234')
    >>> number(-1.62, 0.3)
    '−1.62'
    """
    if isinstance(value, int):
        form = ","
    elif tolerance is None:
        form = ",.3g" if abs(value) < 1000 else ",.0f"
    elif tolerance == 0:
        form = ",.6g"
    else:
        form = f",.{max(0, 1 - math.floor(math.log10(tolerance)))}f"
    return format(value, form).replace("-", "−")


def _section(stem: str, entry: dict[str, Any]) -> str:
    parts = [f"## {stem.partition('_')[0]} {_line(entry['title'])}\n", _circumstances(stem, entry)]
    if entry["figures"]:
        parts.append(_table(entry["figures"]))
    for name, picture in entry["pictures"].items():
        path = f"_static/real/{picture_name(stem, name)}"
        lines = [f"```{{figure}} {path}", f":alt: {_line(picture['alt'])}", ""]
        parts.append("\n".join([*lines, _line(picture["caption"]), "```\n"]))
    return "\n".join(parts)


def _circumstances(stem: str, entry: dict[str, Any]) -> str:
    sets = [
        f"{dataset(name).title} (content {digest.partition(':')[2][:12]})"
        for name, digest in entry["data"].items()
    ]
    seeds = [str(seed) for seed in entry["seeds"]]
    versions = [f"{name} {version}" for name, version in entry["versions"].items()]
    facts = [
        f"- **Unit:** [{stem}](../solutions/{stem}.ipynb).",
        *([f"- **Data:** {', '.join(sets)}."] if sets else []),
        f"- **Run:** {entry['date']} (UTC), {'seeds' if len(seeds) > 1 else 'seed'} "
        f"{', '.join(seeds)}, {entry['seconds']:,} s in all.",
        f"- **Versions:** {', '.join(versions)}.",
    ]
    return "\n".join(facts) + "\n"


def _table(figures: dict[str, Any]) -> str:
    head, rule = (
        ["what", "unit", "mean", "lowest to highest", "tolerance"],
        "|---|---|---:|---:|---:|",
    )
    rows = [_cells(figure) for figure in figures.values()]
    if any("source" in figure for figure in figures.values()):
        head, rule = [*head, "beside it"], rule + "---|"
        for row, figure in zip(rows, figures.values(), strict=True):
            row.append(figure.get("source", ""))
    lines = ["```{table}", ":class: measured", "", _row(head), rule, *map(_row, rows), "```"]
    return "\n".join(lines) + "\n"


def _cells(figure: dict[str, Any]) -> list[str]:
    tolerance, values = figure["tolerance"], figure["values"]
    low, high = (number(value, tolerance) for value in (min(values), max(values)))
    return [
        figure["text"],
        figure["unit"],
        number(figure["mean"], tolerance),
        low if low == high else f"{low}&nbsp;to&nbsp;{high}",
        "" if tolerance is None else f"{tolerance:,g}",
    ]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(_line(cell).replace("|", "\\|") for cell in cells) + " |"


def _line(words: str) -> str:
    return " ".join(words.split())

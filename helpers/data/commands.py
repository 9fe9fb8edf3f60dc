"""``python -m helpers data``: list the data sets, fetch the real ones, verify them, say where.

1. ``list``: which source is in use, and where it lies
2. ``fetch [NAME ...]``: download the real archives, or find those that are here
3. ``verify [NAME ...]``: read the archives that are here anew and compare their content
4. ``where``: the folders, and the variables that change them

The exit status is 0 when all is well, 1 when a data set is not to be had or is not the published
one, 2 when the command is not understood, 130 after Ctrl+C.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path

from helpers import data
from helpers.data import folders, real
from helpers.data.registry import Dataset, dataset, datasets
from helpers.data.table import Table


def run(arguments: list[str]) -> int:
    """Run a command; return the exit status.

    Parameters
    ----------
    arguments : list of str
        What stands behind ``python -m helpers data``.
    """
    parser = argparse.ArgumentParser(
        prog="python -m helpers data", description="Find, fetch and verify the data sets."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="which source is in use, and where it lies")
    for name, text in (
        ("fetch", "download the real archives, or find those that are here"),
        ("verify", "read the real archives that are here, and compare what they hold"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("names", nargs="*", metavar="NAME", help=", ".join(datasets()))
    commands.add_parser("where", help="the folders, and the variables that change them")
    chosen = parser.parse_args(arguments)
    act = {"list": _list, "fetch": _fetch, "verify": _verify, "where": _where}[chosen.command]
    try:
        # A warning is a sentence here, without the line of the program that it came from.
        with warnings.catch_warnings():
            warnings.simplefilter("always", UserWarning)
            warnings.showwarning = lambda message, *_: print(message, file=sys.stderr)
            return act([dataset(name) for name in getattr(chosen, "names", [])])
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What has come is kept; `fetch` goes on from there.", file=sys.stderr)
        return 130


def overview(source: str | None = None) -> Table:
    """Return a table of the data sets: source in use, pictures, size, licence, place."""
    source = folders.chosen(source)
    row = _real_row if source == "real" else _embedded_row
    head = ["data set", "source", "what it is", "size", "licence", "where"]
    return Table(head, [row(known) for known in datasets().values()])


def _embedded_row(known: Dataset) -> list[str]:
    about = known.embedded
    try:
        place = data.archive(known.name, "embedded")
    except FileNotFoundError:
        return [known.name, "embedded", about.title, "-", about.licence, "not built in yet"]
    inside = place.relative_to(Path(data.__file__).parents[1]).as_posix()
    return [known.name, "embedded", about.title, _size(place), about.licence, inside]


def _real_row(known: Dataset) -> list[str]:
    found = folders.found(known)
    place = str(found[0]) if found else "not here yet: it will be fetched when it is first read"
    size = _size(found[0], known) if found else f"{known.size / 1e6:.1f} MB"
    return [known.name, "real", known.title, size, known.licence, place]


def _size(place: Path, known: Dataset | None = None) -> str:
    if known and place.is_dir():
        files = [place / file.name for file in known.files]
    else:
        files = place.iterdir() if place.is_dir() else [place]
    return f"{sum(file.stat().st_size for file in files) / 1e6:.1f} MB"


def _list(_: list[Dataset]) -> int:
    print(overview())
    if folders.chosen(None) == "real" and any(map(folders.found, datasets().values())):
        print("`python -m helpers data verify` tells whether what lies there is the published set.")
    return 0


def _fetch(wanted: list[Dataset]) -> int:
    failed = 0
    for known in wanted or datasets().values():
        try:
            print(f"{known.title}: {data.archive(known.name, 'real')}")
        except real.NoRealData as error:
            print(error, file=sys.stderr)
            failed += 1
    return 1 if failed else 0


def _verify(wanted: list[Dataset]) -> int:
    bad = 0
    for known in wanted or datasets().values():
        nothing = True
        for place, problem in real.verify(known, data.FORMATS[known.name]):
            nothing = False
            bad += problem is not None
            print(f"{known.title}: {place}: {problem or 'is the published set'}")
        if nothing:
            bad += known in wanted  # one that was not asked for may be missing
            print(f"{known.title}: not here. `python -m helpers data fetch {known.name}` gets it.")
    return 1 if bad else 0


def _where(_: list[Dataset]) -> int:
    hand = folders.by_hand()
    print(f"built in:       {folders.EMBEDDED}")
    print(f"filled by hand: {hand or 'none; FIRST_LAYERS_DATA can name a folder'}")
    print(f"cache:          {folders.cache()} (FIRST_LAYERS_CACHE can name another)")
    return 0

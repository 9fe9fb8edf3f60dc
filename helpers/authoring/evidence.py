"""The page "How we know that it works", made from the banks, the notebooks and the full run."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import nbformat

from helpers.authoring import results
from helpers.authoring.course import Unit, units
from helpers.authoring.execution import ROOT
from helpers.authoring.exercises import exercises

_OPENING = """\
<!-- Made by `make evidence` from the tests, the notebooks and book/results.json: do not edit. -->

# How we know that it works

A check that refuses a right answer, or a number that no run gives, would do more harm than none.
So nothing here is taken on trust: the counts on this page are made from the tests and the
notebooks by a command, and a test fails when they are no longer true.

## Does a check take what is right, and name what is wrong?

For each exercise there is a bank of answers, written before its check: right ones, written as
differently as students and libraries write them, and the usual wrong ones, each with the hint
that it must get. Every run of the tests puts all of them before the checks. Below, *right* and
*wrong* count these answers, and *hints* the different mistakes that are told apart.

"""
_RUNS = """
## Do the notebooks give what they show?

Every solved notebook is run anew, cell by cell, and what it prints is compared with what is
stored. Numbers that come out of training may differ in their last digits between processors. Such
a cell is not compared; the next one states a band in words, *over 10 points ahead: True*, and
that is. The same bands are held at two other seeds and at full length, and each extension is run
without the others.

"""
_REAL = """
## Do the results hold on the published data?

`make full` runs each unit on the real data at full size, from top to bottom, once for each seed.
Its results are on the page [On the real data](results.md), each with a tolerance that a new run
must meet. The time is that of one run, in seconds, on two processors of one ordinary machine that
other programs used, too; it is not tested.

"""


class Counts(NamedTuple):
    """How many answers of each kind the bank of an exercise holds."""

    right: int
    wrong: int
    hints: int


def counts(entries: Iterable) -> dict[str, Counts]:
    """Return the counts of each exercise, in the order in which the bank begins them.

    Parameters
    ----------
    entries : iterable
        Each has the attributes ``exercise`` and ``hint``, which is None for a right answer.
    """
    hints: dict[str, list[str | None]] = {}
    for entry in entries:
        hints.setdefault(entry.exercise, []).append(entry.hint)
    return {
        exercise: Counts(
            found.count(None), len(found) - found.count(None), len(set(found) - {None})
        )
        for exercise, found in hints.items()
    }


def page(course: list[Unit], record: dict, root: Path = ROOT) -> str:
    """Return the page's text, MyST Markdown.

    Parameters
    ----------
    course : list of Unit
        The units, in reading order.
    record : dict
        The results of the full run, as `results.read` gives them.
    root : Path, optional
        The project's folder, which holds the tests.
    """
    banks = {unit: _in_reading_order(unit, counts(_bank(unit, root))) for unit in course}
    return "".join(
        [_OPENING, _table_of_checks(banks), _RUNS, _table_of_cells(course), _REAL, _runs(record)]
    )


def write(root: Path = ROOT) -> Path:
    """Write the page; return its path."""
    path = root / "book" / "how_we_know.md"
    path.write_text(page(units(root), results.read(root), root), encoding="utf-8")
    return path


def _bank(unit: Unit, root: Path) -> list:
    if str(root) not in sys.path:  # the tests are no part of the installed package
        sys.path.insert(0, str(root))
    importlib.import_module(f"tests.banks.{unit.name}")
    return importlib.import_module("tests.banks").BANKS[unit.name]


def _in_reading_order(unit: Unit, bank: dict[str, Counts]) -> dict[str, Counts]:
    notebook = nbformat.read(unit.solution, as_version=4)
    return {about["id"]: bank[about["id"]] for about in exercises(notebook)}


def _table_of_checks(banks: dict[Unit, dict[str, Counts]]) -> str:
    rows = [
        (unit.stem[:2], f"`{exercise}`", *map(str, found))
        for unit, bank in banks.items()
        for exercise, found in bank.items()
    ]
    everything = [found for bank in banks.values() for found in bank.values()]
    total = [f"**{sum(column):,}**" for column in zip(*everything, strict=True)]
    rows.append(("", f"**{len(everything)} exercises**", *total))
    return _table(("unit", "exercise", "right", "wrong", "hints"), rows)


def _table_of_cells(course: list[Unit]) -> str:
    rows = []
    for unit in course:
        notebook = nbformat.read(unit.solution, as_version=4)
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        printing = [cell for cell in cells if cell.outputs]
        free = [c for c in printing if "nbval-ignore-output" in c.metadata.get("tags", [])]
        rows.append((unit.stem[:2], len(cells), len(printing) - len(free), len(free)))
    rows.append(
        ("**all**", *(f"**{sum(column)}**" for column in list(zip(*rows, strict=True))[1:]))
    )
    names = ("unit", "cells that are run", "outputs compared", "outputs left to a band")
    return _table(names, [tuple(map(str, row)) for row in rows])


def _runs(record: dict) -> str:
    rows = [
        (
            stem[:2],
            ", ".join(map(str, about["seeds"])),
            f"{about['seconds'] / len(about['seeds']):.0f}",
            str(len(about["figures"])),
        )
        for stem, about in sorted(record.items())
    ]
    used: dict[str, set[str]] = {}
    for about in record.values():
        for name, number in about["versions"].items():
            used.setdefault(name, set()).add(number)
    versions = ", ".join(f"{name} {' and '.join(sorted(used[name]))}" for name in sorted(used))
    return f"{_table(('unit', 'seeds', 'time (s)', 'results'), rows)}\nVersions: {versions}.\n"


def _table(names: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    numbers = [
        all(cell.strip("*").replace(",", "").isdigit() for cell in column)
        for column in zip(*rows, strict=True)
    ]
    lines = [names, tuple("---:" if right else "---" for right in numbers), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)

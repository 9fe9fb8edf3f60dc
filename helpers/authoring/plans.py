"""What a unit is to show on the real data: its data sets, results and pictures.

The unit's metadata ``first_layers`` may hold ``real``, one name or a list of names of data sets,
and ``results``, a list of entries with the keys of `Result`. A code cell may hold
``real_figure`` with the keys of `Picture`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import yaml
from nbformat import NotebookNode

from helpers.authoring.course import Unit, read_source
from helpers.data.registry import datasets

SEEDS = (1, 2, 3)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class PlanError(ValueError):
    """A unit asks for something that the full run cannot do."""


@dataclass(frozen=True)
class Result:
    """A number that a unit measures.

    Parameters
    ----------
    name : str
        Lower-case letters, digits and underscores.
    value : str
        A Python expression, evaluated in the notebook's kernel after its last cell.
    unit : str
        What is counted: ``"images"``, ``"share"``; ``"s"`` for a time.
    text : str
        What it is, in words.
    tolerance : float or None
        How far from the stored mean a new run may be, in the value's unit. A time has none: it is
        shown and compared with nothing.
    source : str or None
        The published figure that it stands beside, and where that is from.
    """

    name: str
    value: str
    unit: str
    text: str
    tolerance: float | None = None
    source: str | None = None


@dataclass(frozen=True)
class Picture:
    """A figure that a cell draws: of statistics or curves, never of the data's own images."""

    name: str
    caption: str
    alt: str


@dataclass(frozen=True)
class Plan:
    """All that a full run needs to know of a unit."""

    unit: Unit
    title: str
    real: tuple[str, ...]
    results: tuple[Result, ...]
    pictures: tuple[Picture, ...]

    @property
    def measures(self) -> bool:
        """Whether it leaves anything in ``book/results.json``."""
        return bool(self.results or self.pictures)

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds it runs with: one when there is no number to average."""
        return SEEDS if self.results else SEEDS[:1]

    @property
    def parameters(self) -> dict[str, Any]:
        """What is set in the notebook, the seed aside."""
        return {"fast": False} | ({"source": "real"} if self.real else {})


def read_plan(unit: Unit) -> Plan:
    """Read what a unit's solution asks for.

    Raises
    ------
    PlanError
        If it asks for what there is not, or says too little; the message names file and entry.
    """
    try:
        notebook, _ = read_source(unit)
        return _plan(unit, notebook)
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise PlanError(f"{unit.file}: its head is not YAML: {problem}") from None
    except PlanError as error:
        raise PlanError(f"{unit.file}: {error}") from None


def _plan(unit: Unit, notebook: NotebookNode) -> Plan:
    about = notebook.metadata.get("first_layers", {})
    plan = Plan(
        unit,
        about.get("title", unit.stem),
        _real(about.get("real", [])),
        tuple(_result(entry) for entry in _entries(about.get("results", []))),
        tuple(_picture(cell) for cell in notebook.cells if "real_figure" in cell.metadata),
    )
    _refuse_doubles("result", plan.results)
    _refuse_doubles("real_figure", plan.pictures)
    if not any("parameters" in cell.metadata.get("tags", []) for cell in notebook.cells):
        raise PlanError("no cell is tagged `parameters`, so that no seed can be set.")
    return plan


def _real(given: Any) -> tuple[str, ...]:
    names = (given,) if isinstance(given, str) else tuple(given or ())
    for name in names:
        if name not in datasets():
            raise PlanError(f"`real` names {name!r}. There are {', '.join(datasets())}.")
    return names


def _entries(given: Any) -> list[dict]:
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        raise PlanError("`results` is not a list of entries with name, value, unit and text.")
    return given


def _result(entry: dict) -> Result:
    which = f"the result `{entry.get('name', '?')}`"
    _check_fields(entry, Result, which, optional=("tolerance", "source"))
    source = entry.get("source", "none")
    if not isinstance(source, str) or not source.strip():
        raise PlanError(f"{which}: its `source` is {source!r}, not a text. It may be left out.")
    try:
        compile(entry["value"], "value", "eval")
    except SyntaxError as error:
        raise PlanError(f"{which}: `{entry['value']}` is no expression: {error.msg}.") from None
    tolerance = entry.get("tolerance")
    if (entry["unit"] == "s") != (tolerance is None):
        raise PlanError(
            f"{which} needs a `tolerance`: how far from the stored mean a new run may be. Only a "
            "time (unit s) has none: it depends on the computer and is compared with nothing."
        )
    if tolerance is not None and not _is_distance(tolerance):
        raise PlanError(
            f"{which} has the tolerance {tolerance!r}, not a number of 0 or more (YAML takes "
            "0.001, but reads 1e-3 as a word)."
        )
    return Result(**entry)


def _is_distance(value: Any) -> bool:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain and math.isfinite(value) and value >= 0


def _picture(cell: NotebookNode) -> Picture:
    entry = cell.metadata["real_figure"]
    entry = dict(entry) if isinstance(entry, dict) else {}
    which = f"the real_figure `{entry.get('name', '?')}`"
    _check_fields(entry, Picture, which)
    if cell.cell_type != "code":
        raise PlanError(f"{which} stands at a cell of text, which draws nothing.")
    return Picture(**entry)


def _check_fields(entry: dict, kind: type, which: str, optional: Iterable[str] = ()) -> None:
    """Raise unless an entry has the fields of a class, each a text but for the optional ones."""
    known = [field.name for field in fields(kind)]
    needed = [name for name in known if name not in optional]
    missing = [name for name in needed if name not in entry]
    if missing:
        raise PlanError(f"{which} lacks {', '.join(f'`{name}`' for name in missing)}.")
    unknown = [name for name in entry if name not in known]
    if unknown:
        raise PlanError(f"{which} has `{unknown[0]}`, which is none of {', '.join(known)}.")
    for name in needed:
        if not isinstance(entry[name], str) or not entry[name].strip():
            raise PlanError(f"{which}: its `{name}` is {entry[name]!r}, not a text.")
    if not _NAME.fullmatch(entry["name"]):
        raise PlanError(f"{which}: a name has lower-case letters, digits and underscores only.")


def _refuse_doubles(kind: str, entries: Iterable[Result | Picture]) -> None:
    names = [entry.name for entry in entries]
    for name in names:
        if names.count(name) > 1:
            raise PlanError(f"two entries of the kind {kind} are named `{name}`.")

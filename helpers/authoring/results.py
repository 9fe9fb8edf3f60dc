"""The record of the full run, ``book/results.json``: read, written, held against a new run."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean
from typing import Any

from helpers.authoring.plans import Plan, Result
from helpers.authoring.results_page import page, picture_name
from helpers.data.registry import dataset

# By unit: data, date, seeds, versions, seconds, title, figures (numbers) and pictures.
Record = dict[str, dict[str, Any]]


class BrokenRecord(ValueError):
    """``book/results.json`` is there and cannot be read."""


def file(root: Path) -> Path:
    """Return where the record lies."""
    return root / "book" / "results.json"


def page_file(root: Path) -> Path:
    """Return where the page made from it lies."""
    return root / "book" / "results.md"


def pictures_folder(root: Path) -> Path:
    """Return the folder of the pictures that the page shows."""
    return root / "book" / "_static" / "real"


def read(root: Path) -> Record:
    """Return the record; an empty one when there is none yet.

    Raises
    ------
    BrokenRecord
        If the file holds something else than a record.
    """
    if not file(root).exists():
        return {}
    try:
        record = json.loads(file(root).read_text(encoding="utf-8"))
        if not all(isinstance(entry["figures"], dict) for entry in record.values()):
            raise TypeError("a unit's figures are no table")
    except (ValueError, AttributeError, TypeError, KeyError) as error:
        raise BrokenRecord(
            f"{file(root)} cannot be read: {error}. Restore it, or remove it and run `make full`."
        ) from None
    return record


def write(record: Record, root: Path, pictures: dict[str, bytes] | None = None) -> None:
    """Write the record, its page and new pictures; remove pictures that nothing names any more.

    Parameters
    ----------
    record : dict
        The whole record.
    root : Path
        The project's folder.
    pictures : dict of bytes, optional
        PNG files by file name.
    """
    folder = pictures_folder(root)
    for name, png in (pictures or {}).items():
        _replace(folder / name, png)
    _replace(file(root), text(record).encode())
    _replace(page_file(root), page(record).encode())
    for path in folder.glob("*.png"):
        if path.name not in picture_names(record):
            path.unlink()


def picture_names(record: Record) -> set[str]:
    """Return the file names of all pictures that a record names."""
    return {
        picture_name(stem, name) for stem, entry in record.items() for name in entry["pictures"]
    }


def text(record: Record) -> str:
    """Return the record as it is written: units by number, one value a line."""
    return json.dumps(dict(sorted(record.items())), indent=1, ensure_ascii=False) + "\n"


def entry(
    plan: Plan,
    values: list[dict[str, float]],
    versions: dict[str, str],
    seconds: float,
    date: str,
) -> dict[str, Any]:
    """Return what the record keeps of one unit's runs.

    Parameters
    ----------
    plan : Plan
        What was asked.
    values : list of dict
        For each seed the value of each result.
    versions : dict
        Of Python and of the libraries.
    seconds : float
        For all seeds together.
    date : str
        The day, in UTC.
    """
    figures = {}
    for result in plan.results:
        measured = [of_seed[result.name] for of_seed in values]
        figures[result.name] = {
            "expression": result.value,
            "mean": _mean(measured),
            "values": [rounded(value) for value in measured],
        }
    made = {
        "title": plan.title,
        "data": {name: dataset(name).content for name in plan.real},
        "date": date,
        "figures": figures,
        "pictures": {picture.name: {} for picture in plan.pictures},
        "seconds": round(seconds),
        "seeds": list(plan.seeds),
        "versions": dict(sorted(versions.items())),
    }
    return reworded(made, plan)


def reworded(old: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """Return an entry with title, words, tolerances and sources as the solution has them now.

    What was measured stays. What the solution no longer asks for goes; what it asks for anew
    needs a run.
    """
    figures = {
        result.name: _figure(old["figures"][result.name], result)
        for result in plan.results
        if result.name in old["figures"]
    }
    pictures = {
        picture.name: {"alt": picture.alt, "caption": picture.caption}
        for picture in plan.pictures
        if picture.name in old["pictures"]
    }
    return old | {"title": plan.title, "figures": figures, "pictures": pictures}


def renewed(record: Record, plans: Iterable[Plan]) -> Record:
    """Return the record `reworded` for all units, without those that measure nothing any more."""
    wanted = {plan.unit.stem: plan for plan in plans if plan.measures}
    return {stem: reworded(record[stem], wanted[stem]) for stem in record if stem in wanted}


def _figure(old: dict[str, Any], result: Result) -> dict[str, Any]:
    words = {"text": result.text, "tolerance": result.tolerance, "unit": result.unit}
    if result.source is not None:
        words["source"] = result.source
    return {key: old[key] for key in ("expression", "mean", "values")} | words


def rounded(value: float) -> int | float:
    """Return a value as the record keeps it: a count as it is, else six digits, or two decimals.

    >>> rounded(168233), rounded(0.123456789), rounded(168233.333)
    (168233, 0.123457, 168233.33)
    """
    if isinstance(value, int):
        return value
    return float(f"{value:.6g}") if abs(value) < 10_000 else round(value, 2)


def _mean(values: list[float]) -> int | float:
    mean = fmean(values)
    if mean.is_integer() and all(isinstance(value, int) for value in values):
        return int(mean)
    return rounded(mean)


def agrees(value: float, mean: float, tolerance: float | None) -> bool:
    """Tell whether a value is within the tolerance of a mean; without a tolerance it is.

    >>> agrees(0.93, 0.92, 0.01), agrees(0.931, 0.92, 0.01), agrees(99.0, 1.0, None)
    (True, False, True)
    """
    if tolerance is None:
        return True
    distance = abs(rounded(value) - mean)
    return distance <= tolerance or math.isclose(distance, tolerance, rel_tol=1e-9)


def moved(old: dict[str, Any] | None, new: dict[str, Any]) -> list[str]:
    """Return a sentence for each figure whose mean moved by more than its tolerance."""
    before = {} if old is None else old["figures"]
    return [
        f"`{name}` moved by more than its tolerance ({figure['tolerance']:g}): "
        f"{before[name]['mean']} before, {figure['mean']} now."
        for name, figure in new["figures"].items()
        if name in before and not agrees(figure["mean"], before[name]["mean"], figure["tolerance"])
    ]


def departures(kept: dict[str, Any], values: dict[str, float]) -> list[str]:
    """Return a sentence for each fresh value that is not within the tolerance of its mean."""
    return [
        f"`{name}` is {values[name]}, and {figure['mean']} on record (tolerance "
        f"{figure['tolerance']:g})."
        for name, figure in kept["figures"].items()
        if not agrees(values[name], figure["mean"], figure["tolerance"])
    ]


def unsteady(kept: dict[str, Any]) -> list[str]:
    """Return a sentence for each figure one of whose seeds lies outside its own tolerance."""
    return [
        f"`{name}` is {', '.join(map(str, figure['values']))} with the seeds; their mean is "
        f"{figure['mean']}, and not all are within the tolerance of {figure['tolerance']:g}. "
        "Widen it in the solution, then run `make results`."
        for name, figure in kept["figures"].items()
        if not all(agrees(v, figure["mean"], figure["tolerance"]) for v in figure["values"])
    ]


def problems(record: Record, plans: Iterable[Plan]) -> list[str]:
    """Return a sentence for each way in which the record is not what the solutions ask for."""
    wanted = {plan.unit.stem: plan for plan in plans if plan.measures}
    found = [
        f"{stem} is on record, and its solution measures nothing: run `make results`."
        for stem in sorted(record.keys() - wanted.keys())
    ]
    for stem, plan in wanted.items():
        found += [f"{stem}: {problem}" for problem in _of_unit(record.get(stem), plan)]
    return found


def _of_unit(kept: dict[str, Any] | None, plan: Plan) -> list[str]:
    again = f"run `make full UNIT={plan.unit.stem}`."
    if kept is None:
        return [f"it was never run at full size: {again}"]
    measured = {name: figure["expression"] for name, figure in kept["figures"].items()}
    missing = [r.name for r in plan.results if measured.get(r.name) != r.value]
    missing += [p.name for p in plan.pictures if p.name not in kept["pictures"]]
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        return [f"{names} is not on record as the solution now asks for it: {again}"]
    if kept["data"] != {name: dataset(name).content for name in plan.real}:
        return [f"it was run on other data: {again}"]
    if kept["seeds"] != list(plan.seeds):
        return [f"it was run with other seeds: {again}"]
    stem = plan.unit.stem
    if text({stem: kept}) != text({stem: reworded(kept, plan)}):  # the order counts as well
        return ["words or tolerances on record are not the solution's: run `make results`."]
    return unsteady(kept)


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; leave it alone if it would not change."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    os.replace(part, path)

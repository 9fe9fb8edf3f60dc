"""Run units on the real data at full size, and keep what they measure: ``make full``."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from helpers import data
from helpers.authoring import results
from helpers.authoring.course import Unit, units
from helpers.authoring.execution import ROOT, prepare_environment
from helpers.authoring.notebook_run import Run, RunFailed, run
from helpers.authoring.plans import Plan, PlanError, read_plan
from helpers.authoring.results_page import picture_name
from helpers.data import folders
from helpers.data.real import NoRealData
from helpers.data.registry import dataset


def full(words: list[str], root: Path = ROOT) -> int:
    """Run units at full size; write the record, its page and the pictures.

    Parameters
    ----------
    words : list of str
        Which units, e.g. ``["05"]``; all when empty.
    root : Path, optional
        The project's folder.

    Returns
    -------
    int
        The exit status: 0, 1 when something failed (the other units ran), 2 when nothing ran,
        130 when it was interrupted.
    """
    if find_spec("papermill") is None:
        return _refuse("The full run needs papermill, which is not here: `make setup` installs it.")
    try:
        chosen = select(words, root)
        results.read(root)
        _fix_folders()
    except (LookupError, results.BrokenRecord, FileNotFoundError) as error:
        return _refuse(str(error))
    prepare_environment()
    try:
        failed = _run_all(chosen, root)
    except KeyboardInterrupt:
        _say("\nStopped. The units that had come to their end are on record.")
        return 130
    print(f"{len(chosen) - len(failed)} of {len(chosen)} units ran as they should.", flush=True)
    if failed:
        _say(f"Not so {', '.join(failed)}: see above.")
    return 1 if failed else 0


def renew(root: Path = ROOT) -> int:
    """Bring the record's words and tolerances and its page up to date, without a run.

    Returns
    -------
    int
        The exit status: 0, 1 when something needs a run, 2 when nothing was written.
    """
    try:
        plans = [read_plan(unit) for unit in units(root)]
        record = results.renewed(results.read(root), plans)
    except (PlanError, results.BrokenRecord) as error:
        return _refuse(str(error))
    results.write(record, root)
    problems = results.problems(record, plans)
    for problem in problems:
        _say(problem)
    return 1 if problems else 0


def select(words: list[str], root: Path = ROOT) -> list[Unit]:
    """Return the units that are asked for, in reading order.

    Parameters
    ----------
    words : list of str
        Numbers (``"05"`` or ``"5"``), names or both (``"05_notmnist_curation"``); all when empty.
    root : Path, optional
        The project's folder.

    Raises
    ------
    LookupError
        When one of them is no unit.
    """
    known = units(root)
    for word in words:
        if not any(_is_called(unit, word) for unit in known):
            stems = ", ".join(unit.stem for unit in known)
            raise LookupError(f"There is no unit {word!r}. There are {stems}.")
    return [unit for unit in known if not words or any(_is_called(unit, w) for w in words)]


def _is_called(unit: Unit, word: str) -> bool:
    return word in (unit.stem, unit.name) or word.zfill(2) == unit.stem.partition("_")[0]


def _run_all(chosen: list[Unit], root: Path) -> list[str]:
    """Run one unit after the other; return the names of those with which something is wrong."""
    plans, failed = _plans(chosen)
    lacking = _lacking(plans)
    for plan in plans:
        problems = _problems(root, plan, lacking)
        for problem in problems:
            _say(problem)
        failed += [plan.unit.stem] if problems else []
    return failed


def _plans(chosen: list[Unit]) -> tuple[list[Plan], list[str]]:
    """Return the plans of the units, and the names of those whose plan is wrong."""
    plans, failed = [], []
    for unit in chosen:
        try:
            plans.append(read_plan(unit))
        except PlanError as error:
            _say(str(error))
            failed.append(unit.stem)
    return plans, failed


def _lacking(plans: list[Plan]) -> dict[str, str]:
    """Find or fetch the real data; return why each data set that is lacking cannot be had."""
    lacking = {}
    for name in sorted({name for plan in plans for name in plan.real}):
        known = dataset(name)
        if not folders.found(known):
            users = " and ".join(plan.unit.stem for plan in plans if name in plan.real)
            place = folders.by_hand() or folders.downloads(known)
            files = " and ".join(file.name for file in known.files)
            _say(
                f"{users}: the real {known.title} is not here, and will be fetched "
                f"({known.size / 1e6:.1f} MB). To place it by hand: {files} in {place}."
            )
        try:
            data.archive(name, "real")
        except NoRealData as error:
            lacking[name] = str(error)
    return lacking


def _problems(root: Path, plan: Plan, lacking: dict[str, str]) -> list[str]:
    """Run a unit with all its seeds and keep what it measured; return what went wrong."""
    without = [lacking[name] for name in plan.real if name in lacking]
    if without:
        return [f"{plan.unit.stem} did not run. {sentence}" for sentence in without]
    try:
        return _keep(root, plan, [run(plan, seed, root) for seed in plan.seeds])
    except (RunFailed, results.BrokenRecord, OSError) as error:
        return [str(error)]


def _keep(root: Path, plan: Plan, runs: list[Run]) -> list[str]:
    """Write what a unit measured; say which figure moved, and return which is unsteady."""
    if not plan.measures:
        return []
    record, stem = results.read(root), plan.unit.stem
    today = datetime.now(UTC).date().isoformat()
    seconds = sum(each.seconds for each in runs)
    new = results.entry(plan, [each.values for each in runs], runs[0].versions, seconds, today)
    pictures = {picture_name(stem, name): png for name, png in runs[0].pictures.items()}
    for sentence in results.moved(record.get(stem), new):
        _say(f"*** {stem}: {sentence}")
    results.write(record | {stem: new}, root, pictures)
    return [f"*** {stem}: {sentence}" for sentence in results.unsteady(new)]


def _fix_folders() -> None:
    """Make the folders of data that the environment names absolute: kernels run elsewhere."""
    named = {"FIRST_LAYERS_DATA": folders.by_hand(), "FIRST_LAYERS_CACHE": folders.cache()}
    for variable, folder in named.items():
        if os.environ.get(variable):
            os.environ[variable] = str(folder.resolve())


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _refuse(sentence: str) -> int:
    _say(sentence)
    return 2

"""Run one unit's notebook with papermill, and read off what it measured."""

from __future__ import annotations

import sys
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from helpers.authoring import measuring
from helpers.authoring.course import read_source
from helpers.authoring.execution import ROOT
from helpers.authoring.plans import Plan

# A cell that takes longer hangs.
CELL_SECONDS = 4 * 3600


class RunFailed(Exception):
    """A notebook did not reach its end, or did not measure what it promises."""


@dataclass(frozen=True)
class Run:
    """What one run of one unit gave.

    Attributes
    ----------
    values : dict
        The value of each result.
    pictures : dict of bytes
        The PNG of each picture.
    versions : dict
        Of Python and of the libraries that the notebook imported.
    seconds : float
        From the start of the kernel to its end.
    """

    values: dict[str, float]
    pictures: dict[str, bytes]
    versions: dict[str, str]
    seconds: float


class Progress:
    """Tells which cell of a notebook runs, in one line that a terminal rewrites.

    Where the output is no terminal, a line is written when `pause` seconds have passed since the
    last one.
    """

    def __init__(self, label: str, pause: float = 10):
        self.label, self.pause = label, pause
        self.place, self.live = "before its first cell", sys.stdout.isatty()
        self.last = time.monotonic()

    def cell(self, number: int, total: int) -> None:
        """Say that a cell begins."""
        self.place = f"cell {number} of {total}"
        now = time.monotonic()
        if self.live:
            print(f"\r\033[K{self.label}: {self.place}", end="", flush=True)
        elif now - self.last >= self.pause:
            print(f"{self.label}: {self.place}", flush=True)
            self.last = now

    def end(self, words: str) -> None:
        """Say how it ended, in place of the cell."""
        start = "\r\033[K" if self.live else ""
        print(f"{start}{self.label}: {words}", flush=True)


def run(plan: Plan, seed: int, root: Path = ROOT) -> Run:
    """Run one unit with one seed; leave the executed notebook in ``_build/full``.

    Parameters
    ----------
    plan : Plan
        The unit and what it measures.
    seed : int
        Sets the notebook's `seed`.
    root : Path, optional
        The project's folder.

    Raises
    ------
    RunFailed
        When a cell fails or a result cannot be had; the message says where the notebook lies.
    """
    target = root.resolve() / "_build" / "full" / f"{plan.unit.stem}_seed{seed}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(_with_measuring(plan), target)
    progress = Progress(f"{plan.unit.stem} seed {seed}")
    started = time.perf_counter()
    try:
        with _explained(progress):
            _execute(target, plan, seed, progress)
            executed = nbformat.read(target, as_version=4)
            measured, pictures = _measured(executed), _pictures(executed)
    except RunFailed as error:
        progress.end("failed")
        lies = target.relative_to(root.resolve()).as_posix()
        raise RunFailed(f"{progress.label}, {error}\nThe notebook up to there: {lies}") from None
    seconds = time.perf_counter() - started
    progress.end(f"done in {seconds:.0f} s")
    return Run(measured["values"], pictures, measured["versions"], seconds)


def _with_measuring(plan: Plan) -> NotebookNode:
    """Return the solution's cells and one more, which evaluates the results."""
    notebook, _ = read_source(plan.unit)
    source = measuring.cell({result.name: result.value for result in plan.results})
    notebook.cells.append(new_code_cell(source, id="measured-at-the-end"))
    return notebook


@contextmanager
def _explained(progress: Progress) -> Iterator[None]:
    """Make one sentence of whatever stops a notebook, so that the other units can go on."""
    from papermill.exceptions import PapermillExecutionError

    try:
        yield
    except RunFailed:
        raise
    except PapermillExecutionError as error:
        lines = [error.ename, *error.evalue.strip().splitlines()[-1:]]
        cell = error.source.strip().partition("\n")[0]
        raise RunFailed(f"{progress.place} (`{cell}`): {': '.join(lines)}") from None
    except Exception as error:
        first = (str(error).strip() or "no more is known").splitlines()[0]
        raise RunFailed(f"{progress.place}: {type(error).__name__}: {first}") from None


def _execute(target: Path, plan: Plan, seed: int, progress: Progress) -> None:
    """Let papermill run the notebook in `target`, in place, as its folder's own would run."""
    from papermill import execute_notebook
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError

    papermill_engines.register("watched", _watched(progress.cell))
    path = str(target).replace("{", "{{").replace("}", "}}")  # papermill fills in braces
    try:
        execute_notebook(
            path,
            path,
            parameters=plan.parameters | {"seed": seed},
            engine_name="watched",
            progress_bar=False,
            cwd=plan.unit.source.parent.resolve(),
            execution_timeout=CELL_SECONDS,
            # A kernel that is interrupted would otherwise complain about its closed connection.
            extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
        )
    except PapermillExecutionError:
        # papermill also objects to an error that a cell's tag `raises-exception` announces.
        if nbformat.read(target, as_version=4).metadata.papermill.exception:
            raise


def _watched(announce: Callable[[int, int], None]) -> type:
    """Return papermill's own engine, but one that announces every cell."""
    from papermill.engines import NBClientEngine

    class Watched(NBClientEngine):
        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **settings: Any) -> Any:
            begin = nb_man.cell_start

            def cell_start(cell: NotebookNode, cell_index: int, **more: Any) -> None:
                announce(cell_index + 1, len(nb_man.nb.cells))
                begin(cell, cell_index, **more)

            nb_man.cell_start = cell_start
            return super().execute_managed_notebook(nb_man, kernel_name, **settings)

    return Watched


def _measured(executed: NotebookNode) -> dict[str, dict]:
    """Return what the last cell handed over."""
    for output in executed.cells[-1].get("outputs", []):
        if measuring.MIME in output.get("data", {}):
            measured = output.data[measuring.MIME]
            wrong = [f"the result `{name}` fails: {why}" for name, why in measured["wrong"].items()]
            if wrong:
                raise RunFailed("\n".join(wrong))
            return measured
    raise RunFailed("it stopped without an error before its last cell. Does a cell call exit()?")


def _pictures(executed: NotebookNode) -> dict[str, bytes]:
    """Return the PNG of each cell that holds a `real_figure`."""
    pictures = {}
    for cell in executed.cells:
        if "real_figure" in cell.metadata:
            name = cell.metadata["real_figure"]["name"]
            found = [o.data["image/png"] for o in cell.outputs if "image/png" in o.get("data", {})]
            if len(found) != 1:
                raise RunFailed(f"the real_figure `{name}`: its cell drew {len(found)} pictures.")
            pictures[name] = b64decode(found[0])
    return pictures

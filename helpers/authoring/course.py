"""Bring both trees of notebooks and ``helpers/reference/`` up to date with the solutions.

For each unit, from ``solutions/NN_unit.py``, which is the only source:

1. refresh its two opening cells (`openings`),
2. unless its digest says that nothing changed, run it and store the outputs in
   ``solutions/NN_unit.ipynb``,
3. derive the student's notebook, its twin .py and the reference module.

A file that would not change is not written. A notebook that somebody edited by hand is not
overwritten unless told so.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from helpers.authoring import openings
from helpers.authoring.derivation import Derived, derive
from helpers.authoring.execution import ROOT, CellFailed, execute
from helpers.authoring.markers import DerivationError, Place, comments

_CELL = re.compile(r"^# %%")
# A solution is paired with its script. The script's head names no version of jupytext: it would
# change with every release.
_PAIRING = {
    "formats": "ipynb,py:percent",
    "notebook_metadata_filter": "first_layers,kernelspec,-jupytext",
}


class EditedByHand(Exception):
    """A derived file holds something that its source does not, and would be overwritten."""


@dataclass(frozen=True)
class Unit:
    """One unit and where its files are.

    Parameters
    ----------
    stem : str
        Name of its notebooks without ending, e.g. ``"01_xor_network"``.
    root : Path
        The project's folder.
    """

    stem: str
    root: Path = ROOT

    @property
    def name(self) -> str:
        """Name of the unit's modules: the stem without its number."""
        return self.stem.partition("_")[2]

    @property
    def source(self) -> Path:
        return self.root / "solutions" / f"{self.stem}.py"

    @property
    def solution(self) -> Path:
        return self.source.with_suffix(".ipynb")

    @property
    def student(self) -> Path:
        return self.root / "notebooks" / f"{self.stem}.ipynb"

    @property
    def twin(self) -> Path:
        return self.student.with_suffix(".py")

    @property
    def reference(self) -> Path:
        return self.root / "helpers" / "reference" / f"{self.name}.py"

    @property
    def file(self) -> str:
        return f"solutions/{self.stem}.py"


def units(root: Path = ROOT) -> list[Unit]:
    """Return all units in reading order."""
    return [Unit(path.stem, root) for path in sorted((root / "solutions").glob("[0-9][0-9]_*.py"))]


def make(unit: Unit, force: bool = False) -> list[Path]:
    """Bring one unit's files up to date.

    Parameters
    ----------
    unit : Unit
        The unit.
    force : bool, optional
        Overwrite derived files even if they were edited by hand.

    Returns
    -------
    list of Path
        The files that were written; empty when nothing had changed.

    Raises
    ------
    EditedByHand, DerivationError, CellFailed
        No notebook was written then; at most the opening cells and the reference module were.
    """
    written = refresh_openings(unit)
    solution, offsets = read_source(unit)
    # Deriving before running finds a wrong marker in a second, not in a minute; and the checks
    # that run need the reference module.
    first = derive(solution, unit.file, offsets)
    if not force:
        refuse_edited(unit, solution)
    written += _write(unit.reference, first.reference)
    stored = _read(unit.solution)
    wanted = digest(unit)
    if stored is None or _about(stored).get("digest") != wanted or not same_cells(stored, solution):
        try:
            execute(solution, unit.source.parent)
        except CellFailed as error:
            raise CellFailed(f"{unit.file}: {error}") from None
    else:
        _copy_outputs(stored, solution)
    solution.metadata["first_layers"]["digest"] = wanted
    derived = derive(solution, unit.file, offsets)
    student = as_student(unit, derived)
    written += _write(unit.solution, notebook_text(solution))
    written += _write(unit.student, notebook_text(student))
    written += _write(unit.twin, twin_text(student))
    return written


def refresh_openings(unit: Unit) -> list[Path]:
    """Write the two opening cells of a solution anew where they differ."""
    text = unit.source.read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="py:percent")
    about, home = _about(notebook), openings.Home.read(unit.root)
    missing = [field for field in openings.FIELDS if field not in about]
    if missing:
        raise DerivationError(
            Place(unit.file, 1), 1, f"the metadata `first_layers` lacks: {', '.join(missing)}."
        )
    wanted = {
        "header": openings.header(unit.stem, about, "solutions", home),
        "bootstrap": openings.bootstrap(unit.name, home),
    }
    changed = False
    for cell in notebook.cells:
        for tag in set(cell.metadata.get("tags", [])) & wanted.keys():
            changed |= cell.source != wanted[tag]
            cell.source = wanted[tag]
    notebook.metadata["jupytext"] = dict(_PAIRING)
    return _write(unit.source, jupytext.writes(notebook, fmt="py:percent")) if changed else []


def read_source(unit: Unit) -> tuple[NotebookNode, list[int]]:
    """Read a solution's cells; give each a stable id; find the line at which it starts.

    Returns
    -------
    notebook : NotebookNode
        Without outputs.
    offsets : list of int
        For each cell, the number of lines of the file before its first one.
    """
    text = unit.source.read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.metadata["jupytext"] = dict(_PAIRING)
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    seen: dict[str, int] = {}
    for cell in notebook.cells:
        key = cell.metadata.get("exercise", {}).get("id") or _hash(cell.source)[:8]
        seen[key] = seen.get(key, 0) + 1
        cell["id"] = key if seen[key] == 1 else f"{key}-{seen[key]}"
    return notebook, _offsets(text, notebook)


def digest(unit: Unit) -> str:
    """Return a digest of all that a unit's stored outputs depend on.

    That is its source, the helpers it can import (its own checks, not another unit's), embedded
    data if it reads any, and the pinned versions. Line endings make no difference.
    """
    root = unit.root
    others = {other.name for other in units(root)}
    # A package of checks may be there before its unit is.
    others |= {path.name for path in (root / "helpers" / "checks").iterdir() if path.is_dir()}
    others -= {unit.name}
    files = [unit.source, root / "constraints.txt"]
    reads_data = "helpers.data" in unit.source.read_text(encoding="utf-8")
    for path in sorted(p for p in (root / "helpers").rglob("*") if p.is_file()):
        part = path.relative_to(root / "helpers").parts
        derived = part[0] in ("reference", "authoring") or "__pycache__" in part
        foreign = part[0] == "checks" and Path(part[1]).stem in others
        unread = part[0] == "data" and not reads_data
        if not derived and not foreign and not unread:
            files.append(path)
    total = hashlib.sha256()
    for path in files:
        total.update(path.relative_to(root).as_posix().encode())
        total.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()


def as_student(unit: Unit, derived: Derived) -> NotebookNode:
    """Return the derived notebook with the student's own header, sealed."""
    student = copy.deepcopy(derived.student)
    home = openings.Home.read(unit.root)
    for cell in student.cells:
        if "header" in cell.metadata.get("tags", []):
            cell.source = openings.header(unit.stem, _about(student), "notebooks", home)
    student.metadata["first_layers"]["seal"] = seal(student)
    return student


def seal(notebook: NotebookNode) -> str:
    """Return a digest of a notebook but for the seal itself: it tells whether a hand edited it."""
    plain = json.loads(nbformat.writes(notebook))
    plain["metadata"].get("first_layers", {}).pop("seal", None)
    return _hash(json.dumps(plain, sort_keys=True))


def refuse_edited(unit: Unit, solution: NotebookNode) -> None:
    """Raise `EditedByHand` if writing would lose what somebody typed into a derived file."""
    for path, why in _edited(unit, solution):
        raise EditedByHand(
            f"{path.relative_to(unit.root)} was edited by hand, and {why}. Nothing was written. "
            f"Move your change to {unit.file}, or overwrite it with `make notebooks FORCE=1`."
        )


def _edited(unit: Unit, solution: NotebookNode) -> Iterator[tuple[Path, str]]:
    """Yield each derived notebook or twin that a hand edited, and why that is not kept."""
    student = _read(unit.student)
    if student is not None and _about(student).get("seal") != seal(student):
        yield unit.student, "the student's notebook is derived"
    elif student is not None and _text(unit.twin) not in ("", twin_text(student)):
        yield unit.twin, "the student's notebook is derived"
    stored = _read(unit.solution)
    differs = stored is not None and not same_cells(stored, solution)
    if differs and _about(stored).get("cells") != cells_digest(stored):
        yield unit.solution, f"{unit.file} is its only source"


def same_cells(a: NotebookNode, b: NotebookNode) -> bool:
    """Tell whether two notebooks have the same cells, outputs aside."""
    return cells_digest(a) == cells_digest(b)


def cells_digest(notebook: NotebookNode) -> str:
    """Return a digest of the sources and metadata of all cells."""
    cells = [(c.cell_type, c.source, dict(c.metadata)) for c in notebook.cells]
    return _hash(json.dumps(cells, sort_keys=True))


def notebook_text(notebook: NotebookNode) -> str:
    """Return a notebook as it is written to disk."""
    if "jupytext" in notebook.metadata:
        notebook.metadata["first_layers"]["cells"] = cells_digest(notebook)
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def twin_text(student: NotebookNode) -> str:
    """Return the student's notebook as a script of cells."""
    # By way of the disk's form, in which keys are sorted: memory and disk give the same twin.
    plain = nbformat.reads(nbformat.writes(student), as_version=4)
    plain.metadata["jupytext"] = {"notebook_metadata_filter": "-all"}
    return jupytext.writes(plain, fmt="py:percent")


def _offsets(text: str, notebook: NotebookNode) -> list[int]:
    lines = text.splitlines()
    marks = _marks(text)
    if len(marks) != len(notebook.cells):  # text before the first mark is a cell of its own
        marks = [0] * (len(notebook.cells) - len(marks)) + marks
    offsets = []
    for mark, cell in zip(marks, notebook.cells, strict=True):
        first = mark + 1
        while cell.cell_type == "code" and first < len(lines) and not lines[first].strip():
            first += 1
        offsets.append(first)
    return offsets


def _marks(text: str) -> list[int]:
    """Return the rows of all marks of a cell; what stands in a string is none."""
    try:
        found = [token.start[0] - 1 for token in comments(text) if token.start[1] == 0]
    except (SyntaxError, tokenize.TokenError):  # the cell that is not Python gets its own message
        found = range(len(text.splitlines()))
    lines = text.splitlines()
    return [row for row in found if _CELL.match(lines[row])]


def _copy_outputs(stored: NotebookNode, solution: NotebookNode) -> None:
    for old, new in zip(stored.cells, solution.cells, strict=True):
        if new.cell_type == "code":
            new.outputs, new.execution_count = old.outputs, old.execution_count
    solution.metadata.update(
        {k: v for k, v in stored.metadata.items() if k not in solution.metadata}
    )


def _about(notebook: NotebookNode) -> dict:
    return notebook.metadata.get("first_layers", {})


def _read(path: Path) -> NotebookNode | None:
    return nbformat.read(path, as_version=4) if path.exists() else None


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _write(path: Path, text: str) -> list[Path]:
    if path.exists() and path.read_bytes() == text.encode():
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(text.encode())
    part.replace(path)
    return [path]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""Derive what a student gets from what an author wrote.

From the cells of a solution this module makes

1. the student's cells, in which every answer is a blank (`markers` holds the grammar; a cell
   tagged ``solution`` goes away whole),
2. the source of the unit's module in ``helpers/reference/``: the book's own answers,
3. the list of answer lines that may stand nowhere in a student's file (`leaks` looks for them).
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode

from helpers.authoring.blocks import first_line, is_docstring
from helpers.authoring.leaks import find_leaks, telling_sentences, telling_statements
from helpers.authoring.markers import (
    INLINE,
    DerivationError,
    Place,
    blank_out,
    parse,
    refuse_marker_in_prose,
    strip_markers,
    without_magics,
)

# What a check says and what a guess is about: neither reaches a student before it is run.
_NO_OUTPUTS = {"check", "result"}
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)

# What takes seconds to import.
_HEAVY = {"tensorflow", "keras"}


@dataclass
class Derived:
    """What one solution gives.

    Attributes
    ----------
    student : NotebookNode
        The student's notebook, outputs of exercise and check cells cleared.
    reference : str
        Source of the unit's module in ``helpers/reference/``.
    answers : list of str
        Every line that was taken out, for the leak scan.
    """

    student: NotebookNode
    reference: str
    answers: list[str] = field(default_factory=list)


def derive(notebook: NotebookNode, file: str, offsets: list[int] | None = None) -> Derived:
    """Derive the student's notebook and the reference module from a solution.

    Parameters
    ----------
    notebook : NotebookNode
        The solution, executed or not. It is not changed.
    file : str
        Its name, for messages and for the reference module's first line.
    offsets : list of int, optional
        For each cell, the number of lines before its first one in `file`.

    Returns
    -------
    Derived

    Raises
    ------
    DerivationError
        For a marker that does not fit, an exercise in which nothing is left to do, a solution
        without exercise, or an answer that is left somewhere in the student's notebook.
    """
    offsets = offsets or [0] * len(notebook.cells)
    places = [Place(file, number, offset) for number, offset in enumerate(offsets, start=1)]
    end = Place(file, len(places), offsets[-1] if offsets else 0)
    student = copy.deepcopy(notebook)
    student.metadata.pop("jupytext", None)
    about = student.metadata.get("first_layers", {})
    # A digest of the solution's own cells; and what the full run measures, which could spoil a
    # guess or hold an answer.
    for key in ("cells", "real", "results"):
        about.pop(key, None)
    student.cells, answers, references = [], [], []
    for cell, place in zip(copy.deepcopy(notebook.cells), places, strict=True):
        if cell.cell_type == "code" and not cell.source.startswith("%%"):
            parse(cell.source, place)
        if "exercise" in cell.metadata or "reference" in cell.metadata.get("tags", []):
            references.append((cell.source, place))
        kept, removed = _student_cell(cell, place)
        answers += removed
        student.cells += kept
    if not any("exercise" in cell.metadata for cell in student.cells):
        raise DerivationError(
            end,
            1,
            "no cell is an exercise. Give one the metadata "
            '`exercise={"id": ..., "tier": ..., "minutes": ..., "points": ...}`.',
        )
    leaks = find_leaks(nbformat.writes(student), answers)
    if leaks:
        raise DerivationError(
            end, 1, "an answer is left in the student's notebook: " + "; ".join(map(repr, leaks))
        )
    return Derived(student, _reference(notebook, references, file), answers)


def _student_cell(cell: NotebookNode, place: Place) -> tuple[list[NotebookNode], list[str]]:
    """Return the student's form of a cell (none or one) and the lines it lost."""
    tags = cell.metadata.get("tags", [])
    if cell.cell_type != "code":
        refuse_marker_in_prose(cell.source, place)
    if "solution" in tags and cell.cell_type == "code":
        return [], telling_statements(cell.source.splitlines())
    if cell.cell_type != "code":
        return ([], telling_sentences(cell.source)) if "solution" in tags else ([cell], [])
    cell.source, removed = blank_out(cell.source, place)
    exercise = cell.metadata.get("exercise")
    if exercise is not None and not removed:
        name = exercise.get("id", "?")
        raise DerivationError(
            place, 1, f"the exercise {name!r} leaves nothing to do. Mark its answer: `{INLINE}`."
        )
    cell.execution_count = None
    cell.metadata.pop("real_figure", None)
    if removed or not _NO_OUTPUTS.isdisjoint(tags):
        cell.outputs = []
    for output in cell.outputs:
        if "execution_count" in output:
            output["execution_count"] = None
    return [cell], telling_statements(removed)


def _reference(notebook: NotebookNode, cells, file: str) -> str:
    """Collect imports, functions, classes and named values of the exercise cells."""
    bodies, used, outside = [], set(), set()
    for source, place in cells:
        tree, lines = ast.parse(without_magics(source)), source.splitlines()
        for node in tree.body:
            if isinstance(node, _DEFINITIONS):
                text = "\n".join(lines[first_line(node) - 1 : node.end_lineno])
                bodies.append(_with_heavy_imports(strip_markers(text), notebook))
            elif not isinstance(node, ast.Import | ast.ImportFrom) and not is_docstring(node):
                raise DerivationError(
                    place,
                    node.lineno,
                    "an exercise cell holds functions, classes and named values only, so that its "
                    "answer can be imported. Move this statement to the next cell.",
                )
        used |= _names(tree)
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef):
                outside |= _names(node)
    head = f'"""The book\'s own answers. Derived from {file} by `make notebooks`; never edited."""'
    light = [line for line in _imports(notebook, used) if not _is_heavy(line)]
    imports = sorted({*light, *_imports(notebook, outside)})
    opening = head + "\n\n" + "\n".join(imports) if imports else head
    return "\n\n\n".join([opening, *bodies]) + "\n"


def _with_heavy_imports(text: str, notebook: NotebookNode) -> str:
    """Import what takes seconds inside the function that uses it.

    Then the answers to a unit's numpy exercises load without TensorFlow.
    """
    function = ast.parse(text).body[0]
    heavy = [line for line in _imports(notebook, _names(function)) if _is_heavy(line)]
    if not heavy or not isinstance(function, ast.FunctionDef):
        return text
    first = function.body[0]
    lines = text.splitlines()
    place = first.end_lineno if is_docstring(first) else first.lineno - 1
    lines[place:place] = [" " * first.col_offset + line for line in heavy]
    return "\n".join(lines)


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _is_heavy(statement: str) -> bool:
    return statement.split()[1].partition(".")[0] in _HEAVY


def _imports(notebook: NotebookNode, used: set[str]) -> list[str]:
    """Return the notebook's import statements that bind a name in `used`, each once."""
    found: dict[str, None] = {}
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or "bootstrap" in tags or cell.source.startswith("%%"):
            continue
        for node in ast.walk(ast.parse(without_magics(cell.source))):
            if not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            wanted = [a for a in node.names if (a.asname or a.name.partition(".")[0]) in used]
            if wanted:
                kept = copy.copy(node)
                kept.names = wanted
                found[ast.unparse(kept)] = None
    return sorted(found)

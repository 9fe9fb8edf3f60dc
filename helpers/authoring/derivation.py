"""Derive what a student gets from what an author wrote.

From the cells of a solution this module makes

1. the student's cells, in which every answer is a blank (`markers` holds the grammar; a cell
   tagged ``solution`` goes away whole),
2. the source of the unit's module in ``helpers/reference/``: the book's own answers,
3. the list of answer lines that may stand nowhere in a student's file, and the scan for them.
"""

from __future__ import annotations

import ast
import copy
import html
import io
import json
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.authoring.markers import (
    INLINE,
    DerivationError,
    Place,
    blank_out,
    first_line,
    is_docstring,
    parse,
    refuse_marker_in_prose,
    strip_markers,
    without_magics,
)

# Lines that say nothing of an answer and stand in given code as well.
_TRIVIAL = re.compile(
    r"(return( \w+(, \w+)*)?|pass|break|continue|else:|try:|finally:|except.*:|while True:"
    r"|(async )?(for|with|def) .*:|\W*\w*\W*)$"
)
# What a check says and what a guess is about: neither reaches a student before it is run.
_NO_OUTPUTS = {"check", "result"}
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
# From this length on a line is looked for inside others too, e.g. in an output.
_LONG = 12


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
    student.metadata.get("first_layers", {}).pop("cells", None)  # of the solution's cells
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
        return [], _meaningful(cell.source.splitlines())
    if cell.cell_type != "code":
        return ([], _sentences(cell.source)) if "solution" in tags else ([cell], [])
    cell.source, removed = blank_out(cell.source, place)
    exercise = cell.metadata.get("exercise")
    if exercise is not None and not removed:
        name = exercise.get("id", "?")
        raise DerivationError(
            place, 1, f"the exercise {name!r} leaves nothing to do. Mark its answer: `{INLINE}`."
        )
    cell.execution_count = None
    if removed or not _NO_OUTPUTS.isdisjoint(tags):
        cell.outputs = []
    for output in cell.outputs:
        if "execution_count" in output:
            output["execution_count"] = None
    return [cell], _meaningful(removed)


def find_leaks(text: str, answers: list[str]) -> list[str]:
    """Return the markers and answer lines that stand in `text`.

    Spaces and the escapes of JSON make no difference.

    Parameters
    ----------
    text : str
        A student's file: source, outputs, metadata and attachments as they lie on disk.
    answers : list of str
        The lines that were taken out.

    Returns
    -------
    list of str
        Empty when nothing leaked.

    Examples
    --------
    >>> find_leaks("h = sigmoid( X@W1 )", ["h = sigmoid(X @ W1)"])
    ['h = sigmoid(X @ W1)']
    """
    marker = re.search(r"#\s*(BEGIN |END )?SOLUTION\b", text)
    found = [marker.group()] if marker else []
    forms = [form for string in _strings(text) for form in _forms(string)]
    lines = {_core(line) for form in forms for line in form.splitlines()}
    whole = "\n".join(map(_squeeze, forms))
    for answer in answers:
        short = _core(answer)
        if short in lines or (len(short) >= _LONG and short in whole):
            found.append(answer)
    return found


def _strings(text: str) -> Iterator[str]:
    """Yield every string of a JSON file, keys too, with the pieces of a list joined; else all."""
    try:
        pending = [json.loads(text)]
    except ValueError:
        yield text
        return
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            pending += [*value, *value.values()]
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            yield "\n".join(value)
        elif isinstance(value, list):
            pending += value


def _forms(string: str) -> set[str]:
    """Return a string as it is, as HTML shows it, and as ``repr`` had it before."""
    return {
        string,
        html.unescape(re.sub(r"</?\w[^>]*>", "", string)),
        string.replace("\\n", "\n").replace('\\"', '"').replace("\\'", "'"),
    }


def _core(line: str) -> str:
    """Return a line without comment, marks of prose, spaces and kinds of quotes."""
    return _squeeze(line.split("  #")[0]).strip("#\"',`-*")


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("'", '"')


def _meaningful(lines: list[str]) -> list[str]:
    """Return the statements in lines of code, each on one line, that may say something."""
    found = []
    for line in _logical_lines(lines):
        found.append(line)
        try:  # brackets that only serve to wrap a statement may be gone where it leaked
            found.append(ast.unparse(ast.parse(line)))
        except SyntaxError:  # the head of a compound statement, or a `return`
            continue
    return [line for line in dict.fromkeys(found) if line and not _TRIVIAL.match(line)]


def _logical_lines(lines: list[str]) -> list[str]:
    """Join the lines of each wrapped statement; comments and markers go away."""
    bare, joined, first = [line.strip() for line in lines], [], 0
    reader = io.StringIO(without_magics("\n".join(bare)) + "\n").readline
    for token in tokenize.generate_tokens(reader):
        row = token.start[0] - 1
        if token.type == tokenize.COMMENT:
            bare[row] = bare[row][: token.start[1]].rstrip()
        elif token.type == tokenize.NEWLINE:
            joined.append(" ".join(filter(None, bare[first : row + 1])))
            first = row + 1
    return joined


def _sentences(prose: str) -> list[str]:
    """Return the lines of prose that are long enough to be known again; tags are no prose."""
    lines = [re.sub(r"</?\w[^>]*>", "", line).strip() for line in prose.splitlines()]
    return [line for line in lines if len(_core(line)) >= 2 * _LONG]


def _reference(notebook: NotebookNode, cells, file: str) -> str:
    """Collect imports, functions, classes and named values of the exercise cells."""
    bodies, used = [], set()
    for source, place in cells:
        tree, lines = ast.parse(without_magics(source)), source.splitlines()
        for node in tree.body:
            if isinstance(node, _DEFINITIONS):
                text = "\n".join(lines[first_line(node) - 1 : node.end_lineno])
                bodies.append(strip_markers(text))
            elif not isinstance(node, ast.Import | ast.ImportFrom) and not is_docstring(node):
                raise DerivationError(
                    place,
                    node.lineno,
                    "an exercise cell holds functions, classes and named values only, so that its "
                    "answer can be imported. Move this statement to the next cell.",
                )
        used |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    head = f'"""The book\'s own answers. Derived from {file} by `make notebooks`; never edited."""'
    imports = _imports(notebook, used)
    opening = head + "\n\n" + "\n".join(imports) if imports else head
    return "\n\n\n".join([opening, *bodies]) + "\n"


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


def scan_folder(folder: Path, answers: list[str]) -> dict[Path, list[str]]:
    """Scan every file below `folder`, checkpoints included, for markers and answer lines."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {
        path: find_leaks(path.read_text(encoding="utf-8", errors="replace"), answers)
        for path in files
    }
    return {path: leaks for path, leaks in found.items() if leaks}

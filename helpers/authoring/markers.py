"""The markers of an author: which lines of a code cell are an answer, and what stands instead.

The grammar:

=============================== ==============================================================
``h = f(x)  # SOLUTION``        becomes ``h = ...``; a ``return`` or a call likewise
``...  # SOLUTION NO PROMPT``   the statement goes away
``# BEGIN SOLUTION``            these two lines and all between them go away
``# END SOLUTION``
=============================== ==============================================================

A marker covers its whole logical statement, however it is wrapped. Where a block would be left
empty, a ``...`` stands. Whatever does not fit raises a `DerivationError` that names the file, the
cell and the line.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.authoring.blocks import Edits, blocks, children, first_line, indent

INLINE, NO_PROMPT, BEGIN, END = (
    "# SOLUTION",
    "# SOLUTION NO PROMPT",
    "# BEGIN SOLUTION",
    "# END SOLUTION",
)
MARKERS = {INLINE, NO_PROMPT, BEGIN, END}
_LIKE_A_MARKER = re.compile(r"#+\s*(BEGIN|END)?\s*SOLUTIONS?\b", re.IGNORECASE)
_ALMOST_ONLY = re.compile(r"#+\s*(begin|end)?\s*solutions?(\s+no\s+prompt)?\W*", re.IGNORECASE)


class DerivationError(Exception):
    """A solution cannot be turned into a student's notebook.

    Parameters
    ----------
    place : Place
        The cell in which it happened.
    line : int
        Line within the cell, from 1.
    message : str
        What is wrong and what to do.
    """

    def __init__(self, place: Place, line: int, message: str):
        super().__init__(f"{place.describe(line)}: {message}")


@dataclass(frozen=True)
class Place:
    """Where a cell stands, for messages: file, number of the cell, line before its first."""

    file: str
    cell: int
    offset: int = 0

    def describe(self, line: int) -> str:
        return f"{self.file}, cell {self.cell}, line {self.offset + line}"


def blank_out(source: str, place: Place) -> tuple[str, list[str]]:
    """Replace the answers in one code cell by blanks.

    Parameters
    ----------
    source : str
        The cell's source.
    place : Place
        Where it stands, for messages.

    Returns
    -------
    source : str
        The student's source. Without a marker it is the source itself.
    removed : list of str
        The lines that were taken out or shortened, as the author wrote them.

    Raises
    ------
    DerivationError
        For a marker that does not fit.
    """
    if not _LIKE_A_MARKER.search(source):
        return source, []
    lines = source.splitlines()
    tree, found = parse(source, place)
    markers = list(_markers(found, lines, place))
    if not markers:
        return source, []
    edits = Edits(lines)
    for first, last in _regions(markers, lines, tree, place):
        edits.remove(first, last)
    marked: set[int] = set()
    for line, marker in markers:
        if marker in (BEGIN, END):
            continue
        statement = _statement_at(tree, line, place)
        if statement.lineno in marked:
            raise DerivationError(place, line, "two markers stand in one statement; one is enough.")
        if edits.touches(statement.lineno, statement.end_lineno):
            raise DerivationError(
                place,
                line,
                f"`{marker}` stands between `{BEGIN}` and `{END}`, where all goes away.",
            )
        marked.add(statement.lineno)
        if marker == NO_PROMPT:
            edits.remove(statement.lineno, statement.end_lineno)
        else:
            stub = _stub(statement, lines, line, place)
            edits.replace(statement.lineno, statement.end_lineno, stub)
    edits.fill_empty_blocks(tree)
    blanked = edits.result()
    ast.parse(without_magics(blanked))
    return blanked, edits.removed


def strip_markers(source: str) -> str:
    """Return a cell's source with the answers in place and the markers gone.

    Examples
    --------
    >>> strip_markers("h = x + 1  # SOLUTION")
    'h = x + 1'
    """
    lines = source.splitlines()
    drop = []
    for token in comments(source):
        row, column = token.start
        if token.string in MARKERS:
            lines[row - 1] = lines[row - 1][:column].rstrip()
            if not lines[row - 1]:
                drop.append(row - 1)
    return "\n".join(line for number, line in enumerate(lines) if number not in drop)


def without_magics(source: str) -> str:
    """Turn notebook magics into comments, so that the rest of the cell is plain Python."""
    # A line of a wrapped formula may start with `% ` or `!=`.
    return re.sub(r"^([ \t]*)(?:%(?=%?\w)|!(?!=))", r"\1#", source, flags=re.MULTILINE)


def comments(source: str) -> Iterator[tokenize.TokenInfo]:
    """Yield the comments of a piece of Python, magics aside."""
    reader = io.StringIO(without_magics(source)).readline
    return (token for token in tokenize.generate_tokens(reader) if token.type == tokenize.COMMENT)


def parse(source: str, place: Place) -> tuple[ast.Module, list[tokenize.TokenInfo]]:
    """Return a cell's tree and its comments, or raise `DerivationError`."""
    try:
        return ast.parse(without_magics(source)), list(comments(source))
    except (SyntaxError, tokenize.TokenError) as error:
        line = getattr(error, "lineno", None) or 1
        raise DerivationError(place, line, f"this is not valid Python: {error}.") from None


def _markers(comments, lines, place) -> Iterator[tuple[int, str]]:
    for token in comments:
        line, column = token.start
        if token.string in MARKERS:
            alone = not lines[line - 1][:column].strip()
            if token.string in (BEGIN, END) and not alone:
                raise DerivationError(place, line, f"`{token.string}` needs a line of its own.")
            yield line, token.string
        elif (
            token.string.lstrip("# ").startswith("SOLUTION")
            or any(marker in token.string for marker in MARKERS)
            or _ALMOST_ONLY.fullmatch(token.string)
        ):
            raise DerivationError(
                place,
                line,
                f"`{token.string}` looks like a marker but is none. Write one of: "
                + ", ".join(f"`{marker}`" for marker in (INLINE, NO_PROMPT, BEGIN, END))
                + ".",
            )


def refuse_marker_in_prose(source: str, place: Place) -> None:
    for line, text in enumerate(source.splitlines(), start=1):
        if any(marker in text for marker in MARKERS):
            raise DerivationError(
                place, line, "a marker in prose does nothing. Tag the cell `solution` instead."
            )


def _regions(markers, lines, tree, place) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of every stretch between BEGIN and END."""
    begin = None
    for line, marker in markers:
        if marker == BEGIN:
            if begin is not None:
                raise DerivationError(
                    place, line, f"`{BEGIN}` is nested in the one of line {place.offset + begin}."
                )
            begin = line
        elif marker == END:
            if begin is None:
                raise DerivationError(place, line, f"`{END}` has no `{BEGIN}` before it.")
            _expect_whole_statements(begin, line, lines, tree, place)
            yield begin, line
            begin = None
    if begin is not None:
        raise DerivationError(place, begin, f"`{BEGIN}` is never closed by `{END}`.")


def _expect_whole_statements(begin, end, lines, tree, place) -> None:
    inside = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and begin < first_line(node) and node.end_lineno < end
    ]
    if not inside:
        raise DerivationError(place, begin, f"nothing stands between `{BEGIN}` and `{END}`.")
    column = min(node.col_offset for node in inside)
    for line in (begin, end):
        if indent(lines[line - 1]) != column:
            raise DerivationError(
                place,
                line,
                f"`{lines[line - 1].strip()}` is indented by {indent(lines[line - 1])} spaces, "
                f"its statements by {column}. Indent it like them.",
            )
    covered = {line for node in inside for line in range(first_line(node), node.end_lineno + 1)}
    for line in range(begin + 1, end):
        text = lines[line - 1].strip()
        if text and not text.startswith("#") and line not in covered:
            raise DerivationError(
                place, line, f"`{BEGIN}` and `{END}` must stand around whole statements."
            )
    # Statements of one block only: `END` may not stand in the next function.
    homes = {
        id(block) for block, node in blocks(tree) if node in inside and node.col_offset == column
    }
    if len(homes) > 1:
        raise DerivationError(place, end, f"`{END}` stands in another block than its `{BEGIN}`.")


def _statement_at(tree: ast.Module, line: int, place: Place) -> ast.stmt:
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and first_line(node) <= line <= node.end_lineno
    ]
    simple = [node for node in around if not hasattr(node, "body") and not hasattr(node, "cases")]
    if len(simple) > 1:
        raise DerivationError(place, line, "two statements share this line; put each on its own.")
    if simple:
        _expect_lines_of_its_own(simple[0], tree, line, place)
        return simple[0]
    heads = [node for node in around if line < first_line(children(node)[0])]
    if heads:
        raise DerivationError(
            place,
            line,
            "a marker cannot stand on the head of a compound statement. Mark the statements in "
            f"its body, or put `{BEGIN}` and `{END}` around the whole.",
        )
    raise DerivationError(place, line, "this marker belongs to no statement.")


def _expect_lines_of_its_own(statement, tree, line, place) -> None:
    """Refuse a statement that shares a line with another, or with the head of its block."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or node is statement:
            continue
        ends_there = node.lineno < statement.lineno <= node.end_lineno < statement.end_lineno
        starts_there = statement.lineno <= node.lineno <= statement.end_lineno
        if starts_there or ends_there:
            raise DerivationError(place, line, "put the marked statement on lines of its own.")


def _stub(statement: ast.stmt, lines: list[str], line: int, place: Place) -> str:
    margin = lines[statement.lineno - 1][: statement.col_offset]
    if isinstance(statement, ast.Return):
        return f"{margin}return ..."
    if isinstance(statement, ast.Expr):
        return f"{margin}..."
    if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        targets = getattr(statement, "targets", None) or [statement.target]
        if any(isinstance(target, ast.Tuple | ast.List | ast.Starred) for target in targets):
            raise DerivationError(
                place,
                line,
                "a tuple assignment cannot become one blank. Assign each name on its own line.",
            )
        names = " = ".join(ast.unparse(target) for target in targets)
        if isinstance(statement, ast.AnnAssign):
            names += f": {ast.unparse(statement.annotation)}"
        return f"{margin}{names} = ..."
    if isinstance(statement, ast.AugAssign):
        raise DerivationError(
            place,
            line,
            f"an augmented assignment cannot become a blank. Write `a = a + b`, or use "
            f"`{NO_PROMPT}`.",
        )
    raise DerivationError(
        place,
        line,
        f"`{INLINE}` fits an assignment, a call or a `return`. Use `{NO_PROMPT}`, or `{BEGIN}` "
        f"and `{END}`.",
    )

"""Blocks of statements in Python source, and lines of it taken out or replaced all at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator


class Edits:
    """Lines to take out or to replace, collected first and applied at once."""

    def __init__(self, lines: list[str]):
        self.lines = lines
        self.removed: list[str] = []
        self._gone: set[int] = set()
        self._instead: dict[int, str] = {}

    def remove(self, first: int, last: int) -> None:
        self.removed += self.lines[first - 1 : last]
        self._gone.update(range(first, last + 1))

    def replace(self, first: int, last: int, line: str) -> None:
        self.remove(first, last)
        self._instead[first] = line

    def touches(self, first: int, last: int) -> bool:
        return not self._gone.isdisjoint(range(first, last + 1))

    def fill_empty_blocks(self, node: ast.AST) -> None:
        """Put a ``...`` where a block that stays lost all its statements (a docstring is none)."""
        for block in _blocks_of(node):
            work = [child for child in block if not is_docstring(child)]
            if isinstance(node, ast.Module) or not all(map(self._is_gone, work)):
                for child in block:
                    if not self._is_gone(child):
                        self.fill_empty_blocks(child)
            elif work and work[0].col_offset > getattr(node, "col_offset", -1):  # not an `elif`
                row = first_line(work[0])
                text = self.lines[row - 1]
                self._instead[row] = text[: indent(text)] + "..."

    def _is_gone(self, node: ast.stmt) -> bool:
        rows = range(first_line(node), node.end_lineno + 1)
        return all(row in self._gone and row not in self._instead for row in rows)

    def result(self) -> str:
        kept = []
        for number, line in enumerate(self.lines, start=1):
            if number in self._instead:
                kept.append(self._instead[number])
            elif number not in self._gone:
                kept.append(line)
        return "\n".join(kept).strip("\n")


def blocks(tree: ast.AST) -> Iterator[tuple[list[ast.stmt], ast.stmt]]:
    """Yield (block, statement) for every statement of every block."""
    for block in _blocks_of(tree):
        for statement in block:
            yield block, statement
            yield from blocks(statement)


def _blocks_of(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """Yield the blocks that belong to a node itself, not those of the statements in them."""
    parts = [node, *getattr(node, "handlers", []), *getattr(node, "cases", [])]
    for part in parts:
        for name in ("body", "orelse", "finalbody"):
            block = getattr(part, name, None)
            if isinstance(block, list) and block:
                yield block


def children(node: ast.stmt) -> list:
    body = getattr(node, "body", None)
    return body if body else [case.body[0] for case in node.cases]


def first_line(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())

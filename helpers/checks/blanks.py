"""Find a blank (``...``) that is still to be filled in, so that it is not called a mistake."""

from __future__ import annotations

import ast
import dis
import inspect
import textwrap
from collections.abc import Callable

# What a function that does nothing consists of, in any CPython from 3.11 on.
_EMPTY = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
_CONSTANT = {"LOAD_CONST", "RETURN_CONST"}


def holds_blank(value: object, depth: int = 3) -> bool:
    """Tell whether `value` is ``...`` or a tuple, list or dict with one in it.

    Examples
    --------
    >>> holds_blank((1, ...)), holds_blank([1, 2])
    (True, False)
    """
    if value is ...:
        return True
    if depth and type(value) in (tuple, list):
        return any(holds_blank(item, depth - 1) for item in value[:100])
    if depth and type(value) is dict:
        return any(holds_blank(item, depth - 1) for item in list(value.values())[:100])
    return False


def find_blank(function: Callable) -> str | None:
    """Say which line of `function` is still a blank, e.g. "line 3: `h = ...`", or None.

    Used only to tell "not started" from "wrong" after a check has failed: an answer
    is never judged by its source.
    """
    code = getattr(function, "__code__", None) if inspect.isroutine(function) else None
    if code is None:
        return None
    steps = list(dis.get_instructions(code))
    if all(
        step.opname in _EMPTY and (step.opname not in _CONSTANT or step.argval is None)
        for step in steps
    ):
        return "its whole body"
    try:
        source = textwrap.dedent(inspect.getsource(function))
        tree = ast.parse(source)
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign | ast.Return) and _is_dots(
            node.value
        ):
            return f"line {node.lineno}: `{ast.get_source_segment(source, node)}`"
    return None


def called_blank(function: Callable) -> str | None:
    """Return the name of a function that `function` uses and that is still a blank, or None."""
    code = getattr(function, "__code__", None)
    known = getattr(function, "__globals__", {})
    for name in getattr(code, "co_names", ()):
        other = known.get(name)
        if other is not function and hasattr(other, "__code__") and find_blank(other):
            return name
    return None


def _is_dots(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...

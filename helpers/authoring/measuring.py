"""Evaluate a unit's results in its notebook's kernel, after the last cell."""

from __future__ import annotations

import math
import platform
import sys
from typing import Any

# Under this type the last cell of a full run hands over what it measured.
MIME = "application/vnd.first-layers.measured+json"

# Libraries on which a figure can depend, by the name under which they are imported.
LIBRARIES = {
    "numpy": "numpy",
    "sklearn": "scikit-learn",
    "tensorflow": "tensorflow",
    "keras": "keras",
    "helpers": "first-layers",
}


def cell(expressions: dict[str, str]) -> str:
    """Return the source of the cell that measures; it leaves no name of its own behind."""
    module = f'__import__("{__name__}", fromlist=["show"])'
    return f"{module}.show({expressions!r}, globals())"


def show(expressions: dict[str, str], names: dict[str, Any]) -> None:
    """Hand what `measure` returns to whoever runs the notebook."""
    from IPython.display import display

    measured = measure(expressions, names)
    display({MIME: measured, "text/plain": repr(measured)}, raw=True)


def measure(expressions: dict[str, str], names: dict[str, Any]) -> dict[str, dict]:
    """Evaluate every expression, also when another one fails.

    Parameters
    ----------
    expressions : dict
        For each result, Python text.
    names : dict
        What the text can use: the notebook's variables.

    Returns
    -------
    dict
        ``values``, a number for each expression that gave one; ``wrong``, a sentence for each that
        did not; ``versions`` of Python and of the libraries that the notebook imported.

    >>> measured = measure({"pictures": "len(x)", "labels": "len(y)"}, {"x": "abc"})
    >>> measured["values"], measured["wrong"]
    ({'pictures': 3}, {'labels': "NameError: name 'y' is not defined"})
    """
    values, wrong = {}, {}
    for name, expression in expressions.items():
        try:
            values[name] = number(eval(expression, names))
        except Exception as error:  # whatever the author's text raises
            wrong[name] = f"{type(error).__name__}: {error}"
    return {"values": values, "wrong": wrong, "versions": versions()}


def number(value: Any) -> int | float:
    """Return a plain number for one of Python's or numpy's.

    Raises
    ------
    TypeError
        If it is something else: a text, a truth value, an array of several numbers.
    ValueError
        If it is infinite or not a number.
    """
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"it is of type {type(value).__name__}, not a number")
    if not math.isfinite(value):
        raise ValueError(f"it is {value}, not a finite number")
    return value


def versions() -> dict[str, str]:
    """Return the versions of Python and of those libraries that have been imported here."""
    found = {"python": platform.python_version()}
    for module, name in LIBRARIES.items():
        if module in sys.modules:
            found[name] = sys.modules[module].__version__
    return found

"""Questions that many checks ask of an array, each answered with a sentence when it fails."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from helpers.checks.running import Blank, Wrong

# Double precision, with room for another order of summation.
TOLERANCE = 1e-6
# An answer in single precision carries about seven digits.
TOLERANCE_FLOAT32 = 1e-4


def as_array(value: object, what: str) -> np.ndarray:
    """Return `value` as a float array, or raise `Wrong` if it holds anything but numbers.

    Parameters
    ----------
    value : array_like
        What a student returned: array, list, tuple, number or truth values.
    what : str
        How the message names it, e.g. ``"sigmoid(z)"``.
    """
    try:
        array = np.asarray(value)
        if array.dtype == object and any(item is ... for item in array.flat):
            raise Blank
        if array.dtype.kind in "cSU":
            raise TypeError
        array = np.array(array, dtype=np.float32 if array.dtype == np.float32 else float)
    except (TypeError, ValueError):
        raise Wrong(
            "wrong_type",
            f"`{what}` should be an array of numbers, but is of type `{type(value).__name__}`.",
        ) from None
    return array


def expect_no_list(what: str, *values: object) -> None:
    """Raise `Wrong` if a right value is a list or tuple: later cells compute with it."""
    if any(isinstance(value, list | tuple) for value in values):
        raise Wrong(
            "a_list",
            f"The numbers of `{what}` are right, but they stand in a list, and the next cells "
            "compute with arrays. Return `np.array(...)` of it.",
        )


def expect_shape(value: object, shape: tuple[int, ...], what: str, hints: Mapping = ()) -> None:
    """Raise `Wrong` unless `value` has `shape`.

    Parameters
    ----------
    value : array_like
        What a student returned.
    shape : tuple of int
        What the exercise asks for.
    what : str
        How the message names it.
    hints : mapping from shape to (hint, sentence), optional
        Shapes that tell which mistake was made.
    """
    came = as_array(value, what).shape
    if came == shape:
        return
    hint, sentence = dict(hints).get(came, ("wrong_shape", ""))
    if not shape:
        message = f"`{what}` should be one number, but is an array of shape {came}. {sentence}"
    elif not came:
        message = f"`{what}` should be an array of shape {shape}, but is one number. {sentence}"
    else:
        if not sentence and len(shape) == 2 and came == shape[::-1]:
            sentence = "Rows and columns have changed places."
        elif not sentence and came == (math.prod(shape),):
            sentence = "All numbers stand in one row, without columns."
        message = f"`{what}` should have shape {shape}, but has {came}. {sentence}"
    raise Wrong(hint, message.rstrip())


def close(a: object, b: object) -> bool:
    """Tell whether two arrays agree in shape and, up to rounding, in every number."""
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        return False
    tolerance = TOLERANCE_FLOAT32 if a.dtype == np.float32 else TOLERANCE
    return bool(np.allclose(a, b, rtol=tolerance, atol=tolerance))


def expect_close(
    value: object,
    expected: object,
    what: str,
    wrong: Mapping[str, tuple[Callable[[], object], str]] | None = None,
    otherwise: str = "",
) -> None:
    """Raise `Wrong` unless `value` equals `expected` up to rounding.

    Parameters
    ----------
    value, expected : array_like
        What came, and what should have come.
    what : str
        How the message names it.
    wrong : mapping from hint to (formula, sentence), optional
        Well-known wrong formulas. The first one that gives what came names the mistake.
    otherwise : str, optional
        What to look at when no formula matches.
    """
    expected = np.asarray(expected, dtype=float)
    expect_shape(value, expected.shape, what)
    array = as_array(value, what)
    if close(array, expected):
        return
    for hint, (formula, sentence) in (wrong or {}).items():
        with np.errstate(all="ignore"):
            if close(array, formula()):
                raise Wrong(hint, sentence)
    raise Wrong("wrong_value", f"{first_difference(array, expected, what)} {otherwise}".rstrip())


def first_difference(array: np.ndarray, expected: np.ndarray, what: str) -> str:
    """Say in a sentence where two arrays of the same shape first differ.

    Examples
    --------
    >>> first_difference(np.array([1.0, 5.0]), np.array([1.0, 2.0]), "f(x)")
    '`f(x)[1]` should be 2, but is 5.'
    """
    tolerance = TOLERANCE_FLOAT32 if array.dtype == np.float32 else TOLERANCE
    differs = ~np.isclose(array, expected, rtol=tolerance, atol=tolerance)
    if not array.shape:
        return f"`{what}` should be {expected:.6g}, but is {array:.6g}."
    index = tuple(int(i) for i in np.argwhere(differs)[0])
    place = ", ".join(map(str, index))
    return (
        f"`{what}[{place}]` should be {float(expected[index]):.6g}, "
        f"but is {float(array[index]):.6g}."
    )

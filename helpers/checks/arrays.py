"""Questions that many checks ask of a result, each answered with a sentence when it fails."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from helpers.checks.running import Blank, Wrong

# Double precision, with room for another order of summation.
TOLERANCE = 1e-6
# An answer in single precision carries about seven digits.
TOLERANCE_FLOAT32 = 1e-4

# For each hint a well-known wrong formula, and the sentence that names the mistake.
Mistakes = dict[str, tuple[Callable[[], object], str]]


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
    wrong: Mistakes | None = None,
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
    name_mistake(wrong or {}, lambda came: close(array, came))
    raise Wrong("wrong_value", f"{first_difference(array, expected, what)} {otherwise}".rstrip())


def name_mistake(known: Mistakes, fits: Callable[[object], bool], table: str | None = None) -> None:
    """Raise `Wrong` for the first known mistake that explains what came.

    Parameters
    ----------
    known : mapping from hint to (formula, sentence)
        Well-known wrong formulas.
    fits : callable
        Tells whether what a formula gives is what came.
    table : str, optional
        Numbers to show below the sentence.
    """
    for hint, (formula, sentence) in known.items():
        with np.errstate(all="ignore"):
            if fits(formula()):
                raise Wrong(hint, sentence, table)


@contextlib.contextmanager
def explained(hint: str, advice: str, when: Callable[[str], bool]) -> Iterator[None]:
    """Add advice to the error with which an answer stops.

    Parameters
    ----------
    hint : str
        Name of the misconception behind the error.
    advice : str
        What to say after the error's own words.
    when : callable
        Tells from the error's words whether the advice belongs to it.
    """
    try:
        yield
    except Wrong as wrong:
        if wrong.hint == "raises" and when(wrong.message):
            wrong.hint = hint
            wrong.message += f" {advice}"
        raise


def expect_pair(value: object, name: str, names: str, hint: str) -> tuple | list:
    """Return a result of two parts, or raise `Wrong` if it has not two.

    Parameters
    ----------
    value : object
        What a student returned.
    name : str
        Name of the exercise.
    names : str
        The two parts as they stand behind `return`, e.g. ``"h, o"``.
    hint : str
        Name of the misconception.
    """
    if isinstance(value, tuple | list) and len(value) == 2:
        return value
    raise Wrong(hint, f"`{name}` should return two arrays: `return {names}`.")


def expect_number(value: object, what: str, advice: str = "") -> float:
    """Return `value` as a number, or raise `Wrong` if it is an array of several.

    Parameters
    ----------
    value : array_like
        What a student returned.
    what : str
        How the message names it.
    advice : str, optional
        How several numbers become one.
    """
    array = as_array(value, what)
    if array.size != 1:
        message = f"It should be one number, but has shape {array.shape}. {advice}"
        raise Wrong("not_a_number", message.rstrip())
    return float(array.ravel()[0])


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

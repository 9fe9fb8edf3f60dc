"""Tell which well-known mistake made a result, where a mistake comes in several forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn

import numpy as np

from helpers.checks.arrays import close, first_difference, name_mistake
from helpers.checks.running import Wrong

# For each hint a formula that gives every result of that mistake, and the sentence that names it.
Forms = dict[str, tuple[Callable[[], Iterable[object]], str]]


def explain(array: np.ndarray, right: object, what: str, known: Forms, rest: str = "") -> NoReturn:
    """Raise `Wrong` for the mistake that made `array`, or say where it differs.

    Parameters
    ----------
    array : numpy.ndarray
        What came; it is not right.
    right : array_like
        What should have come, in the same shape.
    what : str
        How the message names it.
    known : mapping from hint to (formula, sentence)
        Well-known mistakes. The first that has the result among its own names it.
    rest : str, optional
        What to look at when it is none of them.
    """
    name_mistake(known, lambda results: any(close(array, one) for one in results))
    difference = first_difference(array, np.asarray(right, dtype=float), what)
    raise Wrong("wrong_value", f"{difference} {rest}".rstrip())


def speaks_of_shapes(error: str) -> bool:
    """Tell whether an error says that two shapes do not fit."""
    return "broadcast" in error or "ncompatible shapes" in error

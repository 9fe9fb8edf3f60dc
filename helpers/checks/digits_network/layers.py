"""Lists that hold one array for each layer: networks to try, and questions of such lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.checks.arrays import Mistakes, as_array, close, first_difference, name_mistake
from helpers.checks.running import Wrong

# Depths 3, 2 and 1, the deepest first: a mistake shows there most clearly. No two
# neighbouring layers have the same size, so that a transposed or reversed result shows, and
# hidden layers differ by more than one unit, so that another layer is not taken for a bias.
NETWORKS = ([3, 6, 4, 2], [3, 5, 2], [3, 2])


def expect_list(value: object, what: str, hint: str, advice: str) -> None:
    """Raise `Wrong` unless `value` is a list or tuple.

    Parameters
    ----------
    value : object
        What a student returned.
    what : str
        How the message names it.
    hint : str
        Name of the misconception.
    advice : str
        What to return instead.
    """
    kind = type(value).__name__
    if hasattr(value, "__next__"):
        raise Wrong(
            "an_iterator",
            f"`{what}` should be a list of arrays, but is of type `{kind}`, which can be gone "
            "through only once. Make a list of it.",
        )
    if not isinstance(value, list | tuple):
        raise Wrong(hint, f"`{what}` should be a list of arrays, but is of type `{kind}`. {advice}")


def expect_all_close(
    values: Sequence, expected: list[np.ndarray], what: str, mistakes: Mistakes, back: bool = False
) -> None:
    """Raise `Wrong` unless all arrays of a list are right.

    Parameters
    ----------
    values : list of array_like
        What a student returned.
    expected : list of numpy.ndarray
        What should have come, in the same shapes.
    what : str
        How the message names the list.
    mistakes : mapping from hint to (formula, sentence)
        Well-known wrong formulas; one that explains all arrays names the mistake.
    back : bool, optional
        Whether the arrays are computed last one first.
    """
    values = [as_array(value, what) for value in values]
    if all(map(close, values, expected)):
        return
    name_mistake(mistakes, lambda came: all(map(close, values, came)))
    way = "Going back" if back else "Going forward"
    levels = range(len(values))
    for level in reversed(levels) if back else levels:
        if not close(values[level], expected[level]):
            difference = first_difference(values[level], expected[level], f"{what}[{level}]")
            message = f"{way}, array {level} is the first that is off. {difference}"
            raise Wrong("wrong_value", message)


def speaks_of_shapes(error: str) -> bool:
    """Tell whether the words of an error are numpy's about shapes that do not fit."""
    return any(word in error for word in ("mismatch", "broadcast", "not aligned"))

"""The check of max pooling."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.random import default_rng

from helpers.checks.arrays import as_array, close, expect_no_list, explained
from helpers.checks.feedback import exercise
from helpers.checks.naming import Forms, explain
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="take `x = np.arange(16.0).reshape(4, 4)`, draw its four blocks on paper, and "
    "find their largest numbers: 5, 7, 13, 15. Which slices of `x` hold them?"
)
def maxpool(answer: Answer) -> str:
    """``maxpool(x)``: the largest number of each block of 2 by 2.

    Parameters
    ----------
    x : numpy.ndarray, shape (h, w)
        A picture. It is not changed.

    Returns
    -------
    numpy.ndarray, shape (h // 2, w // 2)
        A last row or column that fills no block is dropped.
    """
    rng = default_rng(61)
    _expect(answer, rng.normal(scale=5, size=(8, 8)))
    _expect(answer, rng.normal(scale=5, size=(6, 10)))
    _expect(answer, -rng.random((4, 6)) - 1.5)
    _expect(answer, -1e6 * (1 + rng.random((4, 6))))
    for shape in ((7, 8), (6, 9), (5, 7)):
        _expect(answer, rng.normal(scale=5, size=shape))
    _expect(answer, rng.normal(scale=5, size=(2, 2)))
    return "Right for pictures of seven shapes, also with negative numbers alone or odd sides."


def _expect(answer: Answer, x: np.ndarray) -> None:
    what = f"maxpool(x) for x of shape {x.shape}"
    odd = x.shape[0] % 2 + x.shape[1] % 2 > 0
    with (
        explained("even_sides_only", _ODD, lambda error: odd),
        explained("maximum_of_two", _TWO, lambda error: "maximum() takes" in error),
    ):
        came = answer(x)
    right = _blocks(x).max(axis=(2, 3))
    array = as_array(came, what)
    _explain_shape(array, x, right)
    if not close(array, right):
        explain(array, right, what, _known(x, right), "Block (i, j) begins at `x[2 * i, 2 * j]`.")
    expect_no_list("maxpool(x)", came)


_ODD = (
    "Even sides are right. Here a side is odd: first cut the last row or column off, with "
    "`x[: h // 2 * 2, : w // 2 * 2]`."
)


_TWO = (
    "It compares two arrays: take the larger of two, then the larger of that and the third, and "
    "so on; or `np.max([a, b, c, d], axis=0)`."
)


def _blocks(x: np.ndarray) -> np.ndarray:
    """Return the blocks, shape (h // 2, w // 2, 2, 2)."""
    return sliding_window_view(x, (2, 2))[::2, ::2]


def _explain_shape(array: np.ndarray, x: np.ndarray, right: np.ndarray) -> None:
    """Raise `Wrong` if the shape is not right, with the mistake that it tells."""
    if array.shape == right.shape:
        return
    h, w = x.shape
    up, across = (h + 1) // 2, (w + 1) // 2
    shapes = {
        (): ("not_a_picture", "There is a largest number for each block of 2 by 2."),
        (right.size,): ("one_row", "The numbers stand in one row."),
        (h - 1, w - 1): (
            "overlapping",
            "The window moves by one. Blocks do not overlap: it moves by two.",
        ),
        (right.shape[0], w): ("rows_only", "Rows are taken in pairs, columns are not."),
        (h, right.shape[1]): ("columns_only", "Columns are taken in pairs, rows are not."),
        (up, across): ("odd_edge_kept", f"An odd edge fills no block and is dropped. {_ODD}"),
        right.shape[::-1]: ("places_swapped", "Rows and columns have changed places."),
        (h // 2, h // 2): ("square_only", "The picture need not be square: take both sides of it."),
    }
    hint, sentence = shapes.get(array.shape, ("wrong_shape", ""))
    raise Wrong(
        hint,
        f"For x of shape {x.shape} the result should have shape {right.shape}, but has "
        f"{array.shape}. {sentence}".rstrip(),
    )


def _known(x: np.ndarray, right: np.ndarray) -> Forms:
    """Return the well-known wrong results of the right shape."""
    blocks = _blocks(x)
    h, w = right.shape
    corners = [blocks[:, :, a, b] for a in (0, 1) for b in (0, 1)]
    pairs = [np.maximum(a, b) for n, a in enumerate(corners) for b in corners[n + 1 :]]
    return _instead_of_the_largest(blocks, right) | {
        "one_corner": (
            lambda: corners,
            "That is the same corner of each block, whatever its size. Compare all four.",
        ),
        "two_of_four": (lambda: pairs, "Two numbers of each block are compared. It has four."),
        "overlapping": (
            lambda: [sliding_window_view(x, (2, 2)).max(axis=(2, 3))[:h, :w]],
            "The window moves by one. Blocks do not overlap: it moves by two.",
        ),
        "window_not_moved_by_two": (
            lambda: [
                sliding_window_view(x, (2, 2)).max(axis=(2, 3))[rows][:, columns]
                for rows, columns in (
                    (slice(0, h), slice(0, 2 * w, 2)),
                    (slice(0, 2 * h, 2), slice(0, w)),
                )
            ],
            "In one direction the window moves by one instead of two.",
        ),
        "quarters": (
            lambda: [x[: 2 * h, : 2 * w].reshape(2, h, 2, w).max(axis=(0, 2))],
            "Numbers that lie half a picture apart are compared. In `reshape` the 2 stands behind "
            "the number of blocks: `(h // 2, 2, w // 2, 2)`.",
        ),
        "rows_in_pieces": (
            lambda: [x[: 2 * h, : 2 * w].reshape(h, w, 2, 2).max(axis=(2, 3))],
            "`reshape` cuts every row into pieces of four numbers that lie side by side. Blocks "
            "of 2 by 2 come with `(h // 2, 2, w // 2, 2)`, and the largest over axes 1 and 3.",
        ),
        "places_swapped": (
            lambda: [right.T] if h == w else [],
            "Rows and columns have changed places.",
        ),
        "last_places_empty": (
            lambda: [np.pad(right[:-1, :-1], ((0, 1), (0, 1)))] if right.size > 1 else [],
            "The last row and column are 0. Where do your loops end?",
        ),
    }


def _instead_of_the_largest(blocks: np.ndarray, right: np.ndarray) -> Forms:
    """Return what else than the largest number may have been taken of each block."""
    return {
        "mean": (lambda: [blocks.mean(axis=(2, 3))], "That is the mean of each block."),
        "sum": (lambda: [blocks.sum(axis=(2, 3))], "That is the sum of each block."),
        "smallest": (lambda: [blocks.min(axis=(2, 3))], "That is the smallest of each block."),
        "starts_at_zero": (
            lambda: [np.maximum(right, 0), *_never_below(right)],
            "Where all numbers of a block are small, there came one that is not in it. Do not "
            "begin at 0, nor at any number that you chose, but with the first of the block.",
        ),
        "largest_size": (
            lambda: [abs(blocks).max(axis=(2, 3))],
            "Signs are lost. -3 is smaller than 1.",
        ),
        "whole_numbers": (
            lambda: [np.trunc(right)],
            "The numbers are cut to whole ones. `np.zeros` without `dtype` keeps decimals.",
        ),
    }


def _never_below(right: np.ndarray) -> list[np.ndarray]:
    """Return the results of comparisons that begin at a number somebody thought small enough."""
    return [np.maximum(right, -(10.0**n) + past) for n in range(7) for past in (0, 1)]

"""Do three parts hold every row once, in the right shares, each with its label?"""

from __future__ import annotations

import numpy as np

from helpers.checks.dealt_rows import (
    expect_each_once,
    expect_labels_with_rows,
    expect_three_pairs,
    numbers_of_rows,
)
from helpers.checks.running import Wrong

PARTS = ("training", "validation", "test")
_SHARES = np.array([0.7, 0.15, 0.15])
_ROUNDING = 2  # rows: two parts rounded up, or each class rounded for itself


def dealt_rows(value, X: np.ndarray, y: np.ndarray) -> list[list[int]]:
    """Return which rows came into each part, or raise `Wrong` if they were not dealt right.

    Parameters
    ----------
    value : object
        What ``split`` returned.
    X : numpy.ndarray, shape (n, ...)
        The rows that were handed in; all differ.
    y : numpy.ndarray of int, shape (n,)
        Their labels.
    """
    if isinstance(value, tuple | list) and len(value) == 4:
        raise Wrong(
            "four_parts",
            "There came four parts instead of three. Two cuts make three parts, and `np.split` "
            "takes the positions of the cuts, 0.7 n and 0.85 n, not the lengths of the parts.",
        )
    expect_three_pairs(value)
    ids = numbers_of_rows(value, PARTS, X, y)
    _expect_cut_forwards(ids, len(y))
    expect_each_once(ids, PARTS, len(y))
    _expect_shares(ids, len(y))
    expect_labels_with_rows(ids, value, y)
    return ids


def _expect_cut_forwards(ids: list[list[int]], n: int) -> None:
    train, valid, test = ids
    second_cut = n - len(test)
    if not valid and train[second_cut:] and train[second_cut:] == test[: len(train) - second_cut]:
        raise Wrong(
            "lengths_not_positions",
            f"With {n} rows the parts have {len(train)}, 0 and {len(test)}: the second cut, at "
            f"{second_cut}, lies before the first one, at {len(train)}. A cut is a position in "
            "the shuffled order, not the length of a part: 0.7 n and 0.85 n.",
        )


def _expect_shares(ids: list[list[int]], n: int) -> None:
    sizes = np.array([len(part) for part in ids])
    if np.all(np.abs(sizes - n * _SHARES) <= _ROUNDING):
        return
    said = f"With {n} rows the parts have {sizes[0]}, {sizes[1]} and {sizes[2]}."
    if np.all(np.abs(np.sort(sizes)[::-1] - n * _SHARES) <= _ROUNDING):
        raise Wrong("order", f"{said} The order is training, validation, test.")
    raise Wrong("shares", f"{said} They should be 70 %, 15 % and 15 %.")

"""The check of dealing rows into training, validation and test parts."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import explained
from helpers.checks.dealt_at_random import (
    DRAWS,
    expect_equal_rows_kept,
    expect_no_pattern,
    expect_none_fixed,
    made_rows,
)
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.dealt_parts import PARTS, dealt_rows
from helpers.checks.random_draws import expect_random, explained_draws
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="shuffle the row numbers first: `order = rng.permutation(len(X))`. Then find "
    "the two whole numbers at which to cut `order` in three, and use each piece for `X` and `y`.",
    seconds=10.0,  # an import of scikit-learn takes its time on a busy machine
)
def split(answer: Answer) -> str:
    """``split(X, y, rng)``: deal the rows at random into three parts.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, ...)
        One sample a row.
    y : numpy.ndarray of int, shape (n,)
        Their classes.
    rng : numpy.random.Generator
        The only source of random numbers.

    Returns
    -------
    tuple of three pairs
        ``(X_train, y_train), (X_valid, y_valid), (X_test, y_test)``: 70 %, 15 % and 15 % of the
        rows, rounded; every row in exactly one part.
    """
    no_such_row = explained("not_row_numbers", _ROW_NUMBERS, lambda error: "out of bounds" in error)
    with explained_draws(), no_such_row:
        for n, shape in ((40, (2, 3)), (100, (4,)), (67, (2, 2)), (203, (28, 28))):
            X, y = made_rows(n, shape, default_rng(n))
            dealt_rows(answer(X, y, default_rng(n)), X, y)
        _expect_dealt_at_random(answer)
        expect_equal_rows_kept(answer, PARTS)
    return (
        "Every row in exactly one part, with its label, for 40 to 203 rows; other parts with "
        "another `rng`, and the same ones again from the same seed."
    )


_ROW_NUMBERS = (
    "The rows of `X` have the numbers 0 to n - 1. `rng.permutation(X)` shuffles the pixels "
    "themselves, not row numbers: `rng.permutation(len(X))`."
)


def _expect_dealt_at_random(answer: Answer) -> None:
    X, y = made_rows(60, (3, 3), default_rng(0))

    def draw(seed: int) -> list[list[int]]:
        return dealt_rows(answer(X, y, default_rng(seed)), X, y)

    _expect_shuffled(draw(1), y)
    expect_random(draw, "parts")
    draws = [draw(seed) for seed in range(DRAWS)]
    expect_none_fixed(draws, PARTS)
    _expect_order_lost([train for train, _, _ in draws])
    expect_no_pattern([test for _, _, test in draws], len(y), "test")


def _expect_shuffled(parts: list[list[int]], y: np.ndarray) -> None:
    train, order = np.array(parts[0]), np.concatenate(parts)
    if all(np.ptp(part) == len(part) - 1 for part in parts):
        raise Wrong(
            "not_shuffled",
            "The parts are three blocks of `X` as it was. Rows often come sorted: shuffle all of "
            "them first, then cut.",
        )
    if (np.diff(y[order]) >= 0).all() or (np.diff(y[train]) >= 0).all():
        raise Wrong(
            "sorted_by_label",
            "The rows of the training part are sorted by their label. The first thousand of them "
            "would be of one class. Shuffle them all.",
        )
    if np.mean(np.diff(np.sort(train)) == 1) > 0.95:
        raise Wrong("neighbours", "The training part is rows in a run. Shuffle all rows.")


def _expect_order_lost(trains: list[list[int]]) -> None:
    """In a shuffled list every second step goes up, give or take one in a hundred."""
    up = np.mean([np.diff(train) > 0 for train in trains])
    if not 0.4 < up < 0.6:
        raise Wrong(
            "order_kept",
            "Which rows are trained on is random, but they stand in their old order. If `X` was "
            "sorted, the first thousand are of one class. Shuffle row numbers, and cut those.",
        )

"""The check of the softmax, which turns a row of sums into probabilities."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import (
    as_array,
    close,
    expect_no_list,
    expect_shape,
    explained,
    first_difference,
)
from helpers.checks.feedback import exercise
from helpers.checks.naming import Forms, explain, speaks_of_shapes
from helpers.checks.running import Answer, Wrong

WHAT = "softmax(z)"


def log_softmax(z: np.ndarray) -> np.ndarray:
    """Return the logarithms of the probabilities of each row, exact for sums of any size."""
    z = np.asarray(z, dtype=float)
    return z - np.logaddexp.reduce(z, axis=1)[:, None]


def right_softmax(z: np.ndarray) -> np.ndarray:
    """Return the probabilities of each row of sums."""
    return np.exp(log_softmax(z))


def true_class(values: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return from each row the number of its true class, shape (n,)."""
    return values[np.arange(len(y)), y]


@exercise(
    smaller_step="take one row, `np.array([1.0, 2.0, 3.0])`. Which three numbers does `np.exp` "
    "make of it, what is their sum, and what remains when each is divided by it?",
    seconds=30,  # an answer may import Keras
)
def softmax(answer: Answer) -> str:
    """``softmax(z)``: sums into probabilities, each row for itself.

    Parameters
    ----------
    z : numpy.ndarray, shape (n, k)
        What the last layer gives, a sum for each of k classes, one sample a row.

    Returns
    -------
    numpy.ndarray, shape (n, k)
        ``exp(z)``, divided by its sum over the row; right for sums of any size.
    """
    rng = default_rng(4)
    shapes = (4, 3), (2, 5), (1, 6), (3, 3), (7, 2), (3, 12), (4, 3)
    with explained("keepdims_missing", KEEPDIMS, speaks_of_shapes):
        kept = [
            (_expect_probabilities(answer, z), z)
            for z in (rng.normal(scale=1.5, size=shape) for shape in shapes)
        ]
    for came, z in kept:
        if not close(came, right_softmax(z)):
            raise Wrong(
                "shared_result",
                "A later call wrote over the array that an earlier one had returned. Make a new "
                "array in each call.",
            )
    _expect_whole_numbers(answer)
    _expect_far_sums(answer)
    return "Six shapes right: every row adds up to 1, sums of 1000 and of -1000 included."


KEEPDIMS = (
    "A maximum or a sum over each row has shape (n,), and numpy lays it along a row. With "
    "`keepdims=True` it stays a column of shape (n, 1)."
)


def _expect_probabilities(answer: Answer, z: np.ndarray) -> object:
    came, (n, k) = answer(z), z.shape
    hints = {
        (n,): (
            "class_not_probabilities",
            "There came one number a sample. Each sample has a probability for each class.",
        ),
        (k,): ("one_row_only", "There came one row alone. Every row of `z` needs its own."),
    }
    expect_shape(came, z.shape, WHAT, hints if n > 1 and n != k else ())
    array, right = as_array(came, WHAT), right_softmax(z)
    if not close(array, right):
        if np.allclose(array, right, rtol=0, atol=0.006):
            raise Wrong("rounded", f"{first_difference(array, right, WHAT)} Do not round.")
        sums = array.sum(axis=1)
        rest = "Each row adds up to 1, as it should, but is it made of `np.exp(z)`?"
        if not close(sums, np.ones(n)):
            rest = f"The first row adds up to {sums[0]:.4g}; every row should add up to 1."
        explain(array, right, WHAT, _wrong_sums(z) | _wrong_powers(z) | _detours(z), rest)
    expect_no_list(WHAT, came)
    return came


def _rows(e: np.ndarray) -> np.ndarray:
    return e / e.sum(axis=1, keepdims=True)


def _wrong_sums(z: np.ndarray) -> Forms:
    """Return what becomes of z where the right powers are divided by something else."""
    e, shifted = np.exp(z), np.exp(z - z.max(axis=1, keepdims=True))
    known = {
        "whole_batch": (
            lambda: [e / e.sum(), shifted / shifted.sum()],
            "All numbers together add up to 1. Each sample has probabilities of its own: take the "
            "sum over each row.",
        ),
        "wrong_axis": (
            lambda: [e / e.sum(axis=0), shifted / shifted.sum(axis=0)],
            "The columns add up to 1. The classes of one sample stand in a row: sum over `axis=1`.",
        ),
        "not_divided": (
            lambda: [e, shifted],
            "The powers are there. Divide each by what those of its row add up to.",
        ),
        "shifted_on_one_side": (
            lambda: [shifted / e.sum(axis=1, keepdims=True), e / shifted.sum(axis=1)[:, None]],
            "The maximum is subtracted on one side of the fraction only. It drops out when both "
            "sides lose it: compute the powers once and use them twice.",
        ),
        "divided_by_mean": (
            lambda: [e / e.mean(axis=1, keepdims=True)],
            "Each row adds up to the number of classes: it is divided by its mean, not by its sum.",
        ),
        "one_added": (
            lambda: [e / (1 + e.sum(axis=1, keepdims=True))],
            "There is a 1 in the denominator, as in the sigmoid. Here it is the sum alone.",
        ),
    }
    if len(z) == z.shape[1]:
        top = z.max(axis=1)
        known["keepdims_missing"] = (
            lambda: [e / e.sum(axis=1), shifted / shifted.sum(axis=1), _rows(np.exp(z - top))],
            "With as many samples as classes the columns are divided instead of the rows. "
            + KEEPDIMS,
        )
    return known


def _wrong_powers(z: np.ndarray) -> Forms:
    """Return what becomes of z where something else than exp(z) is divided by its sum."""
    s = 1 / (1 + np.exp(-z))
    return {
        "sigmoid": (
            lambda: [s, _rows(s)],
            "This is the sigmoid, which looks at each number alone. In a softmax the sums of a "
            "row compete: it is made of `np.exp(z)`.",
        ),
        "no_exponential": (
            lambda: [
                _rows(z),
                _rows(z - z.min(axis=1, keepdims=True)),
                _rows(np.abs(z)),
                _rows(z**2),
            ],
            "The numbers of `z` themselves are divided by what they add up to. They may be "
            "negative, probabilities may not: take `np.exp` of them first.",
        ),
        "turned_round": (
            lambda: [_rows(np.exp(-z))],
            "The smallest sum has the largest probability. Look at the sign inside `np.exp`.",
        ),
        "base_two": (
            lambda: [_rows(2.0**z), _rows(10.0**z)],
            "These are powers of another number. Use `np.exp`.",
        ),
        "shifted_by_column": (
            lambda: [_rows(np.exp(z - z.max(axis=0)))],
            "The largest number of each column was subtracted. Only what is the same for a whole "
            "row drops out of the fraction: take the maximum of each row.",
        ),
    }


def _detours(z: np.ndarray) -> Forms:
    """Return what becomes of z where the softmax is taken, but something is done to it."""
    p = right_softmax(z)
    return {
        "logarithm": (
            lambda: [log_softmax(z), -log_softmax(z)],
            "These are the logarithms of the probabilities. The probabilities themselves are asked "
            "for.",
        ),
        "hard_maximum": (
            lambda: [p == p.max(axis=1, keepdims=True)],
            "The largest sum gets 1, all others 0. A softmax leaves the others their share.",
        ),
        "twice": (
            lambda: [right_softmax(p)],
            "This is the softmax of the softmax: the probabilities are nearly alike. Take it once.",
        ),
        "percent": (lambda: [100 * p], "Each row adds up to 100. It should add up to 1."),
    }


def _expect_whole_numbers(answer: Answer) -> None:
    z = np.array([[1, 2, 3], [0, -1, 4]])
    try:
        came = as_array(answer(z), WHAT)
    except Wrong as wrong:
        if wrong.hint == "raises":  # some libraries take nothing but floats, and say so
            return
        raise
    if not close(came, right_softmax(z)):
        raise Wrong(
            "whole_numbers",
            "It goes wrong for sums that are whole numbers, such as 1, 2, 3: an array made by "
            "`np.zeros_like(z)` then holds whole numbers only. Make it with `np.zeros(z.shape)`.",
        )


def _expect_far_sums(answer: Answer) -> None:
    """Ask for sums so far from 0 that their powers are infinite, or 0."""
    for z in (
        np.array([[1000.0, 1002.0, 1001.0], [1001.0, 1000.0, 999.0]]),
        np.array([[-1000.0, -1002.0, -1001.0], [-1000.0, -999.0, -1001.0]]),
        np.array([[2000.0, -2000.0, 1999.0], [-1990.0, 2001.0, 2000.0]]),
    ):
        with explained("overflows", _OVERFLOW, _speaks_of_size):
            came = as_array(answer(z), WHAT)
        if not np.isfinite(came).all() or not close(came.sum(axis=1), np.ones(2)):
            raise Wrong(
                "overflows",
                f"The sums {_numbers(z[0])} become {_numbers(came[0])}. {_OVERFLOW}",
            )
        if not close(came, right_softmax(z)):
            raise Wrong(
                "clipped",
                f"The sums {_numbers(z[0])} become {_numbers(came[0])}. Clipped sums lose "
                "their differences, and only these matter: subtract the same number from a whole "
                "row instead.",
            )
    z = np.array([[0.0, 1.0, 2.0], [1000.0, 1001.0, 1003.0]])
    came = as_array(answer(z), WHAT)
    if not close(came, right_softmax(z)):
        raise Wrong(
            "other_rows_lost",
            f"Beside a row with sums of 1000, the row {_numbers(z[0])} becomes "
            f"{_numbers(came[0])}. The maximum of the whole batch is too large for it: `exp` of "
            "-1000 is 0. Subtract from each row the maximum of that row.",
        )


_OVERFLOW = (
    "`np.exp(1000)` is infinite and `np.exp(-1000)` is 0, and then the fraction is not a number. "
    "The same number subtracted from all sums of a row drops out of the fraction: which one "
    "makes the largest of them 0?"
)


def _speaks_of_size(error: str) -> bool:
    return "OverflowError" in error or "ZeroDivisionError" in error


def _numbers(row: np.ndarray) -> str:
    return ", ".join(f"{number:.4g}" for number in row)

"""The check of the confusion matrix: which class is taken for which, and how often."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import (
    Mistakes,
    as_array,
    close,
    explained,
    first_difference,
    name_mistake,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="take three pictures with `t = [0, 0, 1]` and `p = [0, 2, 1]`, and n = 3. Write "
    "the matrix on paper: each picture adds 1 in one place.",
    seconds=30,  # an answer may import scikit-learn
)
def confusion(answer: Answer) -> str:
    """``confusion(t, p, n)``: how often each class is taken for each.

    Parameters
    ----------
    t, p : numpy.ndarray of int, shape (m,)
        The true class of each picture and the predicted one, 0 .. n - 1.
    n : int
        Number of classes.

    Returns
    -------
    numpy.ndarray of int, shape (n, n)
        Row: true class; column: predicted class. It sums to m.
    """
    cases = _cases()
    with _explained_arrays():
        for t, p, n in cases:
            _expect_counts(answer(t, p, n), t, p, n)
    return (
        f"Right for {len(cases)} sets of pictures: from one picture to a thousand, with classes "
        "that are rare, that never come up and that are never predicted."
    )


def counted(t: np.ndarray, p: np.ndarray, n: int) -> np.ndarray:
    """Return how often each pair (true class, predicted class) occurs.

    Examples
    --------
    >>> counted(np.array([0, 0, 1]), np.array([1, 1, 1]), 2)
    array([[0, 2],
           [0, 1]])
    """
    cm = np.zeros((n, n), dtype=int)
    np.add.at(cm, (t, p), 1)
    return cm


def _cases() -> list[tuple[np.ndarray, np.ndarray, int]]:
    rng = default_rng(11)
    # Every class occurs and every class is predicted, the pairs at both ends are unlike others.
    t = np.concatenate([np.arange(5), rng.choice(5, 50, p=[0.1, 0.4, 0.2, 0.2, 0.1]), [4]])
    p = np.concatenate([[4, 1, 2, 3, 0], rng.choice(5, 50, p=[0.3, 0.3, 0.1, 0.1, 0.2]), [3]])
    gaps = rng.choice([1, 2, 5], 30), rng.choice([2, 3, 5], 30)
    many = rng.integers(0, 3, 1000)
    return [
        (t, p, 5),
        (*gaps, 8),
        (np.array([1]), np.array([0]), 2),
        (np.zeros(4, dtype=int), np.zeros(4, dtype=int), 1),
        (many, np.where(rng.random(1000) < 0.9, many, 0), 3),
    ]


@contextlib.contextmanager
def _explained_arrays() -> Iterator[None]:
    with (
        explained(
            "minlength",
            "`np.bincount` ends at the largest number that occurs. `minlength` makes room for "
            "those behind it.",
            lambda error: "cannot reshape" in error or "must have the same shape" in error,
        ),
        explained(
            "size_is_a_tuple",
            "The shape of an array is one argument, a tuple: `np.zeros((n, n))`.",
            lambda error: "data type" in error or "dtype" in error,
        ),
    ):
        yield


def _expect_counts(value: object, t: np.ndarray, p: np.ndarray, n: int) -> None:
    right = counted(t, p, n)
    array = _expect_matrix(value, t, n)
    what = f"With n = {n} and {len(t)} pictures"
    if not np.array_equal(array, right):
        _name(array, t, p, n, what)
        place = first_difference(array, right.astype(float), "confusion(t, p, n)")
        raise Wrong(
            "wrong_value",
            f"{what}, {place} Row 0 should hold the pictures of class 0, each in the column of "
            "what was predicted.",
        )
    if isinstance(value, list | tuple):
        raise Wrong(
            "a_list",
            "The counts are right, but they stand in a list, and the next cells compute with "
            "arrays. Return `np.array(...)` of it.",
        )
    if value.dtype.kind not in "iu":
        raise Wrong(
            "counts_are_whole",
            f"The counts are right, but are of type {value.dtype}. A count is a whole number: "
            "begin with `dtype=int`.",
        )


def _expect_array(value: object) -> None:
    if not isinstance(value, np.ndarray):
        raise Wrong(
            "not_an_array",
            f"`confusion` should return an array, but returns a `{type(value).__name__}`. The next "
            "cells look up `cm[a, b]` and add up rows.",
        )


def _expect_matrix(value: object, t: np.ndarray, n: int) -> np.ndarray:
    if not isinstance(value, list | tuple):
        _expect_array(value)
    array = as_array(value, "confusion(t, p, n)")
    if array.shape == (n, n):
        return array
    said = f"With n = {n} the matrix should have shape {(n, n)}, but has {array.shape}."
    if array.ndim != 2:
        raise Wrong("not_a_matrix", f"{said} Each of the n rows has n counts.")
    if array.shape == (n + 1, n + 1):
        raise Wrong("one_class_more", f"{said} The classes are 0 .. n - 1: that is n of them.")
    if array.shape == (2, 2):
        raise Wrong(
            "two_by_two", f"{said} Right and wrong alone do not tell what is taken for what."
        )
    if min(array.shape) > n:
        raise Wrong("hard_coded", f"{said} Is there a number that should be `n`?")
    raise Wrong(
        "n_ignored",
        f"{said} Not every class need occur in `t` or `p`, and the matrix still has a row and a "
        "column for each of the n: later cells look classes up by their number.",
    )


def _name(array: np.ndarray, t: np.ndarray, p: np.ndarray, n: int, what: str) -> None:
    known = _known(array, t, p, n)
    name_mistake(
        {hint: (formula, f"{what}: {said}") for hint, (formula, said) in known.items()},
        lambda came: close(array, came),
    )
    if counted(t, p, n).max() > 255 and np.array_equal(array, counted(t, p, n) % 256):
        raise Wrong(
            "overflow",
            f"{what}, a count came out too small by 256. Whole numbers of 8 bits end at 255 and "
            "begin again at 0: use `dtype=int`.",
        )


def _known(array: np.ndarray, t: np.ndarray, p: np.ndarray, n: int) -> Mistakes:
    right = counted(t, p, n)
    hits = np.diag(np.diag(right))
    shares = (
        "shares came instead of counts. Divide later, where shares are wanted: a share of 2 "
        "pictures and one of 200 do not weigh the same."
    )
    t_all, p_all = (np.bincount(labels, minlength=n) for labels in (t, p))
    return {
        "transposed": (
            lambda: right.T,
            "rows and columns have changed places. The row is the true class, the column what was "
            "predicted.",
        ),
        "pairs_once": (
            lambda: right > 0,
            "no pair is counted more than once. `= 1` sets a count; and `cm[t, p] += 1` with whole "
            "arrays reads all places, adds 1, and writes, so that a pair that comes up twice still "
            "gets 1. Add 1 for one picture after another.",
        ),
        "returns_in_loop": (
            lambda: counted(t[:1], p[:1], n),
            "only the first picture was counted. Does `return` stand inside the loop?",
        ),
        "nothing_counted": (
            lambda: 0 * right,
            "all counts are 0. `cm[t]` with an array `t` is a copy: what is added to it is lost.",
        ),
        "shares": (lambda: _as_shares(array, right), shares),
        "hits_only": (lambda: hits, "only right answers are counted. The others are the point."),
        "errors_only": (
            lambda: right - hits,
            "only mistakes are counted. The right answers belong on the diagonal.",
        ),
        "both_orders": (
            lambda: right + right.T,
            "each picture counts in two places. That a is taken for b is not that b is taken for "
            "a: the two stand apart here.",
        ),
        "not_paired": (
            lambda: np.outer(t_all, p_all),
            "every true class meets the predictions of all pictures. `t[i]` and `p[i]` belong "
            "together: go through both at once, with `zip`.",
        ),
        "or_for_and": (
            lambda: t_all[:, None] + p_all - right,
            "pictures count where the true class or the prediction fits. Both have to.",
        ),
        "starts_at_one": (lambda: right + 1, "every count is 1 too large. Where do they begin?"),
        "last_lost": (lambda: counted(t[:-1], p[:-1], n), "the last picture is not counted."),
        "first_lost": (lambda: counted(t[1:], p[1:], n), "the first picture is not counted."),
        "classes_from_one": (
            lambda: np.roll(right, (-1, -1), axis=(0, 1)),
            "all counts stand one row and one column too early. Classes begin with 0, as rows do.",
        ),
        "histogram_without_range": (
            lambda: np.histogram2d(t, p, bins=n)[0],
            "`histogram2d` spreads its bins from the smallest number to the largest. Give it "
            "`range=[[0, n], [0, n]]`, so that each class has its own.",
        ),
    }


def _as_shares(array: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the shares of rows, of columns or of all, whichever came, or else the counts."""
    sums = (right.sum(axis=axis, keepdims=True) for axis in (0, 1, (0, 1)))
    shares = (right / np.maximum(total, 1) for total in sums)
    return next((way for way in shares if close(array, way)), right)

"""The check of labels that become rows with a single 1."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array, close, expect_no_list, expect_shape, explained
from helpers.checks.feedback import exercise
from helpers.checks.naming import Forms, explain
from helpers.checks.running import Answer, Wrong

WHAT = "one_hot(y, k)"


@exercise(
    smaller_step="write down by hand what `one_hot` makes of the labels [2, 0] with k = 3. Which "
    "rows of `np.eye(3)` are these?",
    seconds=30,  # an answer may import Keras
)
def one_hot(answer: Answer) -> str:
    """``one_hot(y, k)``: a row for each label, 1 at its class and 0 elsewhere.

    Parameters
    ----------
    y : int array, shape (n,)
        Labels from 0 to k - 1; not every class need occur.
    k : int
        Number of classes.

    Returns
    -------
    numpy.ndarray, shape (n, k)
        Numbers of any type; truth values are fine, too.
    """
    rng = default_rng(10)
    with _explained_indices():
        _expect_rows(answer, np.array([2, 0, 3, 2, 0, 3, 3, 2, 0]), 6)
    for y, k in (
        (np.array([2, 0, 3, 1, 2, 0, 1, 3, 2]), 4),
        (np.array([3, 1, 0, 1]), 4),
        (np.array([1]), 3),
        (np.array([0, 1, 1]), 2),
        (np.array([4, 4, 4, 4, 4, 4]), 5),
        (rng.integers(0, 12, 30).astype(np.int32), 12),
    ):
        _expect_rows(answer, y, k)
    with explained("small_type", _BYTES, lambda error: "out of bounds for uint8" in error):
        _expect_bytes(answer, rng.integers(0, 10, 40, dtype=np.uint8))
    return "Right for eight sets of labels, with classes that never occur and labels of type uint8."


_BYTES = (
    "Labels often come as uint8, as those of MNIST do, and such a number ends at 255: "
    "`y.astype(int)` before you calculate with them."
)


@contextlib.contextmanager
def _explained_indices() -> Iterator[None]:
    with (
        explained(
            "calls_itself",
            "`one_hot` calls `one_hot`, which calls it again, without end. Inside the function "
            "make the rows yourself, from `y` and `k`.",
            lambda error: "RecursionError" in error,
        ),
        explained(
            "no_such_place",
            "The first index names the row, which is the number of the sample, the second the "
            "column, which is its label.",
            lambda error: "out of bounds for axis" in error,
        ),
        explained(
            "row_for_each_class",
            "There are as many row numbers as labels: each sample has a row.",
            lambda error: "indexing arrays could not be broadcast" in error,
        ),
    ):
        yield


def _right(y: np.ndarray, k: int) -> np.ndarray:
    return (y[:, None] == np.arange(k)).astype(float)


def _expect_rows(answer: Answer, y: np.ndarray, k: int) -> None:
    came, right = answer(y, k), _right(y, k)
    expect_shape(came, right.shape, WHAT, _shapes(y, k))
    array = as_array(came, WHAT)
    if not close(array, right):
        rest = f"The label there is {y[np.argwhere(array != right)[0][0]]}."
        known = _wrong_places(y, k) | _wrong_rows(y, k) | _wrong_numbers(y, k)
        explain(array, right, WHAT, known, rest)
    expect_no_list(WHAT, came)


def _shapes(y: np.ndarray, k: int) -> dict:
    n, narrow = (
        len(y),
        (
            "width_from_labels",
            f"The largest label here is {y.max()}, but there are {k} classes: a class that happens "
            "not to occur needs its column as well. Take the number of columns from `k`.",
        ),
    )
    shapes = {
        (k,): ("one_row_only", "There came one row alone. Every label needs its own."),
        (n * k,): ("flat", "All rows hang together in one. Give an array of n rows, k columns."),
        (n, k + 1): ("one_column_too_many", "Labels run from 0 to k - 1: that is k columns."),
        (n, k - 1): ("one_column_too_few", "Labels run from 0 to k - 1: that is k columns."),
        (n, len(np.unique(y))): narrow,
        (n, int(y.max()) + 1): narrow,
    }
    if k != 10:
        shapes[(n, 10)] = (
            "hard_coded",
            f"There are {k} classes here. The digits have 10, but the number is handed in as `k`.",
        )
    if n != k:
        shapes[(k, k)] = (
            "row_for_each_class",
            "There is one row for each class. Each label needs one: which row belongs to it?",
        )
        shapes[(n, n)] = (
            "column_for_each_sample",
            "There are as many columns as labels. Each class needs one, and their number is `k`.",
        )
        shapes[(k, n)] = (
            "transposed",
            "Rows and columns have changed places: each label has its row, each class its column.",
        )
    return shapes


def _wrong_places(y: np.ndarray, k: int) -> Forms:
    classes, right = np.arange(k), _right(y, k)
    return {
        "off_by_one": (
            lambda: (
                [_right(y + step, k) for step in (-1, 1)]
                + [_right((y + step) % k, k) for step in (-1, 1)]
            ),
            "The 1 stands one place beside the label. Classes count from 0: label 0 has the first "
            "column.",
        ),
        "columns_reversed": (
            lambda: [right[:, ::-1]],
            "The columns run from the last class to the first. Class 0 has the first column.",
        ),
        "labels_ignored": (
            lambda: [np.eye(len(y), k)],
            "Row after row the 1 moves on by a place, whatever the labels are. Use `y`.",
        ),
        "cumulative": (
            lambda: [
                y[:, None] >= classes,
                y[:, None] > classes,
                y[:, None] <= classes,
                y[:, None] < classes,
            ],
            "There are several 1s in a row: those up to the label, or from it on. Only the label's "
            "own place holds a 1: compare with `==`.",
        ),
    }


def _wrong_rows(y: np.ndarray, k: int) -> Forms:
    right = _right(y, k)
    return {
        "all_zeros": (
            lambda: [np.zeros(right.shape)],
            "There is no 1 anywhere. Is it written into the array that you return, or into a copy?",
        ),
        "whole_rows": (
            lambda: [np.tile(np.isin(np.arange(len(y)), y)[:, None], k)],
            "Whole rows are full of 1s: `out[y]` names the rows whose numbers stand in `y`. A "
            "single place takes two indices, its row and its column.",
        ),
        "every_row_alike": (
            lambda: [np.tile(right.max(axis=0), (len(y), 1))],
            "All rows are alike and hold the 1 of every label. Is it one and the same row each "
            "time, or does `out[:, y] = 1` write into all rows? Name the row and the column.",
        ),
        "never_reset": (
            lambda: [np.maximum.accumulate(right, axis=0)],
            "Each row also holds the 1s of the rows before. Begin each row with zeros.",
        ),
    }


def _wrong_numbers(y: np.ndarray, k: int) -> Forms:
    right = _right(y, k)
    return {
        "inverted": (
            lambda: [1 - right],
            "0 and 1 have changed places: the label's own place should hold the 1.",
        ),
        "minus_one": (lambda: [2 * right - 1], "The other places hold -1. They should hold 0."),
        "label_not_one": (
            lambda: [right * y[:, None], right * np.arange(1, k + 1)],
            "The places are right, but they hold the number of the class. Write a 1 into each.",
        ),
    }


def _expect_bytes(answer: Answer, y: np.ndarray) -> None:
    expect_shape(came := answer(y, 10), (len(y), 10), WHAT)
    if not close(as_array(came, WHAT), _right(y, 10)):
        raise Wrong("small_type", f"It goes wrong for labels of type uint8. {_BYTES}")

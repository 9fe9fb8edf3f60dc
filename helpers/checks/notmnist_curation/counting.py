"""The check of counting the images of each class."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array, expect_close, expect_no_list, expect_shape
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong

_SIZES = ([4, 9, 3, 5], [6, 0, 2, 8, 3], [5, 3, 7, 2, 0, 0], [2] * 12, [0, 0, 1])


@exercise(
    smaller_step="count one class first: how many entries of `y == 0` are true? Then do the same "
    "for every class below `k`."
)
def class_table(answer: Answer) -> str:
    """``class_table(y, k)``: how many labels each class has, and how balanced they are.

    Parameters
    ----------
    y : numpy.ndarray of int, shape (n,)
        Classes, counted from 0.
    k : int
        Number of classes. Some may be missing in `y`.

    Returns
    -------
    counts : numpy.ndarray of int, shape (k,)
        How many labels each class has; 0 for a class that is missing.
    balance : float
        Smallest count divided by largest count.
    """
    for sizes in (*_SIZES, [300, 260, 700]):
        y = default_rng(len(sizes)).permutation(np.repeat(np.arange(len(sizes)), sizes))
        value = answer(y, len(sizes))
        _expect_counts_and_balance(value, y, np.array(sizes))
        _expect_right_table(*value, y, np.array(sizes))
    return "Right for 3 to 12 classes, with classes missing in the middle and at the end."


def _expect_counts_and_balance(value, y: np.ndarray, sizes: np.ndarray) -> None:
    form = "Return two things: `return counts, balance`."
    if isinstance(value, dict) or (isinstance(value, tuple | list) and dict in map(type, value)):
        raise Wrong("a_dict", f"Give the counts as an array, one for each class. {form}")
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise Wrong("not_a_pair", f"There came a value of type `{type(value).__name__}`. {form}")
    counts, balance = (as_array(part, "class_table(y, k)") for part in value)
    if not counts.shape and balance.shape:
        raise Wrong("order", "The counts come first, then the balance: `return counts, balance`.")
    if np.array_equal(counts, np.unique(y)) and np.array_equal(balance, sizes[sizes > 0]):
        raise Wrong(
            "labels_not_counts",
            "`np.unique` gives the classes and their counts. Asked for are the counts and the "
            "balance, smallest by largest.",
        )
    if balance.shape:
        raise Wrong(
            "not_one_balance",
            f"`balance` should be one number, but has shape {balance.shape}: smallest count "
            "divided by largest count.",
        )


def _expect_right_table(counts, balance, y: np.ndarray, sizes: np.ndarray) -> None:
    k, present = len(sizes), sizes[sizes > 0]
    lost = (
        "missing_class_lost",
        "A class without a label still gets an entry: 0. `np.unique` leaves it out, "
        "`np.bincount` stops at the last class that occurs unless `minlength` says more.",
    )
    hints = {(len(present),): lost, (int(y.max()) + 1,): lost}
    hints |= {(10,): ("k_ignored", "There are not always 10 classes: `k` says how many.")}
    expect_shape(counts, (k,), "counts", hints)
    expect_close(counts, sizes, "counts", _wrong_counts(as_array(counts, "counts"), y, sizes))
    expect_no_list("counts", counts)
    if np.asarray(counts).dtype.kind not in "iu":
        raise Wrong(
            "not_whole_numbers",
            f"The counts are right, but of type {np.asarray(counts).dtype}. Counts are whole "
            "numbers: `dtype=int`.",
        )
    expect_close(balance, sizes.min() / sizes.max(), "balance", _wrong_balances(sizes, present))


def _wrong_counts(counts: np.ndarray, y: np.ndarray, sizes: np.ndarray) -> dict:
    percent = np.allclose(counts, 100 * sizes / len(y))
    return {
        "shares": (
            lambda: (100 if percent else 1) * sizes / len(y),
            "These are shares. Give the counts themselves: how many labels each class has.",
        ),
        "counts_from_one": (
            lambda: np.append(sizes[1:], 0),
            "`counts[0]` holds the count of class 1: classes count from 0.",
        ),
        "order_of_appearance": (
            lambda: sizes[list(dict.fromkeys(y.tolist()))],
            "The counts stand in the order in which the classes first occur. Class 0 comes first, "
            "whatever `y` begins with.",
        ),
        "bins_over_range": (
            lambda: np.histogram(y, bins=len(sizes))[0],
            "`np.histogram` with a number of bins cuts the range from the smallest label to the "
            "largest, so the bins are no classes when the first or the last is missing.",
        ),
        "overflow": (
            lambda: sizes % 256,
            "Counts of 256 and more start again from 0: uint8 holds no more than 255. Count in "
            "whole numbers of another type, `int`.",
        ),
        "sorted": (
            lambda: np.sort(sizes)[:: 1 if counts[0] < counts[-1] else -1],
            "These are the counts sorted by size. Leave them in the order of the classes.",
        ),
    }


def _wrong_balances(sizes: np.ndarray, present: np.ndarray) -> dict:
    smallest, largest = sizes.min(), sizes.max()
    return {
        "upside_down": (
            lambda: np.float64(largest) / smallest,
            "`balance` is upside down: divide the smallest count by the largest.",
        ),
        "difference": (
            lambda: largest - smallest,
            "This is the difference between the largest and the smallest count. Divide instead.",
        ),
        "percent": (lambda: 100 * smallest / largest, "A part of 1 is asked for, not percent."),
        "one_minus": (lambda: 1 - smallest / largest, "A balanced table should give 1, not 0."),
        "share_of_all": (
            lambda: smallest / sizes.sum(),
            "This compares the smallest count with all labels. Compare it with the largest count.",
        ),
        "against_mean": (
            lambda: smallest / sizes.mean(),
            "This compares the smallest count with the mean. Compare it with the largest count.",
        ),
        "first_and_last": (
            lambda: np.float64(sizes[0]) / sizes[-1],
            "The first class need not be the smallest, nor the last the largest.",
        ),
        "whole_division": (lambda: smallest // largest, "`//` drops the fraction: divide by `/`."),
        "missing_class_ignored": (
            lambda: present.min() / largest,
            "A missing class counts as well: its count is 0, so the balance is 0.",
        ),
    }

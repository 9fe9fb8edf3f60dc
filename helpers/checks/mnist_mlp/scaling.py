"""The check of columns that are scaled to mean 0 and standard deviation 1."""

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
    name_mistake,
)
from helpers.checks.feedback import exercise
from helpers.checks.mnist_mlp.wrong_columns import deviation, wrong_pairs
from helpers.checks.naming import speaks_of_shapes
from helpers.checks.running import Answer, Wrong

NAMES = "train", "test"


@exercise(
    smaller_step="take one column only, `train[:, 0]`. What are its mean and its standard "
    "deviation before, and after you subtract the one and divide by the other?",
    seconds=30,  # an answer may import Keras
)
def standardise(answer: Answer) -> str:
    """``standardise(train, test)``: columns with mean 0 and standard deviation 1.

    Parameters
    ----------
    train, test : numpy.ndarray, shapes (n, d) and (m, d)
        Two parts with the same columns.

    Returns
    -------
    tuple of two numpy.ndarray
        Both parts, in the same shapes, each column minus the mean and divided by the standard
        deviation (over n or n - 1, both are fine) that it has in the training part. Where that
        deviation is 0, the column becomes 0.
    """
    rng = default_rng(7)
    with explained("shapes_do_not_fit", _AXIS, speaks_of_shapes):
        for n, m, d in ((40, 15, 4), (25, 1, 3), (12, 12, 12), (9, 20, 1)):
            _expect_scaled(answer, *_parts(n, m, d, rng))
        _expect_constant_columns(answer, rng)
        _expect_no_explosion(answer, rng)
        _expect_bytes(answer, rng)
    return (
        "Right for four pairs of parts and for pixels of type uint8; both parts are scaled by what "
        "the training part says, and a column without any variation does no harm."
    )


_AXIS = "A column's mean is taken over all rows: `axis=0` gives one number a column."


def _parts(n: int, m: int, d: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return two parts whose columns differ in mean and spread, and the parts from each other."""
    means, spreads = rng.uniform(5, 60, d), rng.uniform(2, 9, d)
    if d > 1:  # one column is narrow: a deviation may be far below 1 without being 0
        means[-1], spreads[-1] = 0.3, 0.05
    test = rng.normal(means + spreads, 2.5 * spreads, (m, d))
    # Skewed, so that mean and median differ.
    return means + spreads * rng.exponential(size=(n, d)), test


def _two_arrays(answer: Answer, train: np.ndarray, test: np.ndarray) -> list[np.ndarray]:
    came = answer(train, test)
    if not isinstance(came, tuple | list) or len(came) != 2:
        raise Wrong(
            "not_two_arrays",
            "`standardise` should return two arrays, both parts: `return train, test`, or whatever "
            "you call the scaled ones.",
        )
    arrays = [as_array(part, name) for part, name in zip(came, NAMES, strict=True)]
    n, m, d = len(train), len(test), train.shape[1]
    if n != m and [array.shape for array in arrays] == [(m, d), (n, d)]:
        raise Wrong("swapped", "The test part comes first. Return the training part first.")
    for place, part in enumerate((train, test)):
        what = f"standardise(train, test)[{place}]"
        expect_shape(arrays[place], part.shape, what, _lost_columns(train, part))
    expect_no_list("standardise(train, test)", *came)
    return arrays


def _lost_columns(train: np.ndarray, part: np.ndarray) -> dict:
    constant = int((train.std(axis=0) == 0).sum())
    shape = (len(part), part.shape[1] - constant)
    sentence = "Columns without variation were dropped. Keep them, as columns of zeros."
    return {shape: ("columns_lost", sentence)} if constant else {}


def _right(train: np.ndarray, test: np.ndarray, ddof: int = 0) -> list[np.ndarray]:
    mean, spread = train.mean(axis=0), deviation(train, ddof)
    return [(part - mean) / spread for part in (train, test)]


def _same(arrays: list[np.ndarray], others) -> bool:
    return all(close(array, other) for array, other in zip(arrays, others, strict=True))


def _is_right(arrays: list[np.ndarray], train: np.ndarray, test: np.ndarray) -> bool:
    return any(_same(arrays, _right(train, test, ddof)) for ddof in (0, 1))


def _expect_scaled(answer: Answer, train: np.ndarray, test: np.ndarray) -> None:
    arrays = _two_arrays(answer, train, test)
    if _is_right(arrays, train, test):
        return
    name_mistake(wrong_pairs(train, test), lambda pairs: any(_same(arrays, p) for p in pairs))
    right = _right(train, test)
    if _same(arrays, [one.clip(a.min(), a.max()) for a, one in zip(arrays, right, strict=True)]):
        raise Wrong(
            "cut_off",
            "Values far from the mean are cut off. Standardised numbers may be of any size: leave "
            "them as they are.",
        )
    if not close(arrays[0], right[0]):
        mean, spread = arrays[0][:, 0].mean(), arrays[0][:, 0].std()
        raise Wrong(
            "wrong_value",
            f"{first_difference(arrays[0], right[0], 'train')} Column 0 of the scaled training "
            f"part has mean {mean:.3g} and standard deviation {spread:.3g}; expected: 0 and 1.",
        )
    raise Wrong(
        "wrong_value",
        f"The training part is right, but {first_difference(arrays[1], right[1], 'test')} Use for "
        "the test part the same numbers, column by column, as for the training part.",
    )


def _with_constants(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    train, test = _parts(16, 10, 5, rng)
    # Exact in binary: the mean of equal numbers is then that number to the last bit.
    train[:, [1, 3]] = test[:, [1, 3]] = 0, 3
    return train, test


def _expect_constant_columns(answer: Answer, rng: np.random.Generator) -> None:
    train, test = _with_constants(rng)
    arrays = _two_arrays(answer, train, test)
    for array, name in zip(arrays, NAMES, strict=True):
        columns = array[:, [1, 3]]
        if not np.isfinite(columns).all():
            raise Wrong(
                "constant_column",
                f"A column that is 3 in every row becomes {columns[0, 1]:.3g} in the {name} part: "
                "its standard deviation is 0, and nothing can be divided by that. By what could "
                "you divide such a column instead, so that it becomes 0?",
            )
        if np.abs(columns).max() > 1e-5:
            raise Wrong(
                "constant_not_zero",
                f"A column that is 3 in every row becomes {columns[0, 1]:.3g}, one that is 0 "
                f"becomes {columns[0, 0]:.3g}, in the {name} part. Both should become 0: their "
                "mean is subtracted like every other.",
            )
    if not _is_right(arrays, train, test):
        raise Wrong(
            "constant_column",
            "Where some columns are the same in every row, the other columns go wrong as well. "
            "Treat each column by itself.",
        )


def _expect_no_explosion(answer: Answer, rng: np.random.Generator) -> None:
    """Ask for test rows that vary where the training part does not."""
    train, test = _with_constants(rng)
    test[2, [1, 3]] = 0.5, 2.0
    value = _two_arrays(answer, train, test)[1][2, 1]
    if np.isnan(value) or abs(value) > 1e4:
        raise Wrong(
            "explodes",
            "A pixel may be 0 in all training images and yet not in all test images. Here it is "
            f"0.5 in one test row, and becomes {value:.3g}: it was divided by 0, or by next to "
            "nothing. Divide a column without variation by something of ordinary size.",
        )


def _expect_bytes(answer: Answer, rng: np.random.Generator) -> None:
    train, test = (rng.integers(0, 256, (n, 6), dtype=np.uint8) for n in (30, 11))
    if not _is_right(_two_arrays(answer, train, test), train, test):
        raise Wrong(
            "whole_numbers",
            "It goes wrong for pixels of type uint8. Such numbers have no fractions and none is "
            "below 0, and an array made by `np.zeros_like(train)` holds the same: turn the parts "
            "into floats first.",
        )

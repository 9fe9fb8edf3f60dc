"""The check of the weights with which all classes count the same."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array, close, expect_no_list
from helpers.checks.feedback import exercise
from helpers.checks.naming import Forms, explain
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="three classes with 6, 3 and 3 pictures: which weights make 6 w0 = 3 w1 = 3 w2, "
    "and the sum of all three 12?",
    seconds=20.0,  # an answer may import scikit-learn
)
def class_weights(answer: Answer) -> str:
    """``class_weights(y, n)``: a weight for each class, so that all count the same.

    Parameters
    ----------
    y : int array, shape (m,)
        Classes, 0 to n - 1; each occurs.
    n : int
        How many classes there are.

    Returns
    -------
    numpy.ndarray, shape (n,)
        m / (n * count): count times weight is the same for all, and the mean over the pictures 1.
    """
    rng = default_rng(95)
    for counts in ([6, 3, 3], [40, 1, 7, 12, 5], rng.integers(2, 60, 23)):
        y = rng.permutation(np.repeat(np.arange(len(counts)), counts))
        _expect(answer(y, len(counts)), y, np.asarray(counts))
    return "Right for 3, 5 and 23 classes: count times weight is the same for each."


def _expect(value: object, y: np.ndarray, counts: np.ndarray) -> None:
    n, m = len(counts), len(y)
    if isinstance(value, dict):
        raise Wrong(
            "a_dictionary",
            "There came a dictionary. Keras's `class_weight` takes one, but here `weights[y]` "
            "shall give the weight of every picture: return an array.",
        )
    array, right = as_array(value, f"class_weights(y, {n})"), m / (n * counts)
    if array.shape == y.shape and close(array, right[y]):
        raise Wrong(
            "one_for_each_sample",
            "There came a weight for each picture. Asked for is one for each class.",
        )
    if array.shape != right.shape:
        raise Wrong(
            "wrong_length",
            f"For {n} classes there came an array of shape {array.shape} instead of ({n},).",
        )
    if close(array, right):
        expect_no_list(f"class_weights(y, {n})", value)
    else:
        explain(array, right, f"class_weights(y, {n})", _known(counts, right), _ALIKE)


_ALIKE = "`weights * counts` should be the same for all classes, and the sum of it `len(y)`."


def _known(counts: np.ndarray, right: np.ndarray) -> Forms:
    m, n, inverse = counts.sum(), len(counts), 1 / counts
    scale = "Rare classes weigh more, as they should. But the mean over all pictures has to be 1"
    return {
        "counts": (lambda: [counts], "These are the counts. Rare classes should weigh more."),
        "shares": (lambda: [counts / m], "These are shares. Rare classes should weigh more."),
        "frequent_weigh_more": (
            lambda: [n * counts / m],
            "Frequent classes weigh more. It should be the other way round.",
        ),
        "not_normalised": (
            lambda: [
                inverse,
                m * inverse,
                inverse / inverse.sum(),
                inverse / inverse.mean(),
                counts.max() * inverse,
                counts.min() * inverse,
            ],
            f"{scale}, or the learning rate changes with them. {_ALIKE}",
        ),
        "all_alike": (lambda: [np.ones(n)], "All weights are 1: nothing is changed."),
        "square_root": (lambda: [np.sqrt(right)], "That is the square root. " + _ALIKE),
        "whole_numbers": (lambda: [right // 1], "Decimals are cut off: `/`, not `//`."),
        "by_size": (
            lambda: [np.sort(right)],
            "The weights come in the order of the sizes. Weight c belongs to class c.",
        ),
    } | _slips(counts, right)


def _slips(counts: np.ndarray, right: np.ndarray) -> Forms:
    """Return formulas that are nearly the right one."""
    m, n = counts.sum(), len(counts)
    return {
        "brackets": (
            lambda: [m / n * counts],
            "What stands behind `/ n *` is multiplied, not divided by: brackets are missing.",
        ),
        "one_minus_share": (
            lambda: [1 - counts / m],
            f"1 minus the share: rare classes weigh more, but hardly. {_ALIKE}",
        ),
        "counted_from_one": (
            lambda: [np.append(right[1:], np.inf)],
            "These are the weights of the classes 1 to n. Classes begin at 0.",
        ),
        "other_number": (
            lambda: [right * n / 100],
            "The number of classes is `n`, and not always 100.",
        ),
        "smoothed": (
            lambda: [m / (n * (counts + 1))],
            "Every count came as one more. Each class occurs, so no division by 0 threatens.",
        ),
    }

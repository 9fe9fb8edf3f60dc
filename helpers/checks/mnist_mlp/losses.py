"""The check of the cross-entropy of probabilities."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array, close, expect_shape, explained
from helpers.checks.feedback import exercise
from helpers.checks.mnist_mlp.probabilities import right_softmax
from helpers.checks.mnist_mlp.wrong_losses import wrong_losses
from helpers.checks.naming import explain, speaks_of_shapes
from helpers.checks.running import Answer, Wrong

WHAT = "cross_entropy(p, y)"


@exercise(
    smaller_step="take one sample, `p[0]` and `y[0]`. Which of the probabilities belongs to its "
    "true class, and what is minus the logarithm of that one?",
    seconds=30,  # an answer may import Keras
)
def cross_entropy(answer: Answer) -> str:
    """``cross_entropy(p, y)``: how surprised a network is by the true classes, on average.

    Parameters
    ----------
    p : numpy.ndarray, shape (n, k)
        A probability for each class, one sample a row.
    y : int array, shape (n,)
        The true classes, from 0 to k - 1.

    Returns
    -------
    float
        The mean over the samples of minus the natural logarithm of the true class's probability.
        Where that is 0 the loss is large, but finite (about 16 for a limit of 1e-7).
    """
    rng = default_rng(3)
    with (
        explained("classes_from_labels", CLASSES, speaks_of_shapes),
        explained("hard_coded", TEN, speaks_of_ten),
        explained("row_numbers_fixed", ROW_NUMBERS, speaks_of_pairs),
    ):
        # Labels that are numbers of rows as well: rows taken for columns give a number.
        _expect_loss(answer, right_softmax(rng.normal(size=(4, 6))), np.array([1, 3, 1, 0]))
        _expect_loss(answer, right_softmax(rng.normal(size=(6, 4))), np.array([1, 3, 0, 2, 1, 0]))
        _expect_loss(answer, right_softmax(rng.normal(size=(1, 3))), np.array([2]))
    with explained("classes_from_labels", CLASSES, speaks_of_shapes):
        p = right_softmax(rng.normal(scale=2, size=(5, 10)))
        _expect_loss(answer, p, np.array([7, 0, 3, 3, 6], dtype=np.uint8))
    _expect_loss(answer, np.full((3, 8), 1 / 8), np.array([0, 7, 4]))
    with explained("infinite_at_zero", _LIMIT, lambda error: "ValueError" in error):
        _expect_perfect(answer)
        _expect_zero(answer)
    _expect_tiny(answer)
    return (
        "Right for guesses of several shapes: ln k where all k classes are equally likely, 0 where "
        "all is certain and right, and finite where the true class has probability 0."
    )


CLASSES = (
    "This happens where the last class does not occur in `y`: take the number of classes from the "
    "number of columns, not from the labels."
)
TEN = "Here there are fewer classes than 10: their number is the number of columns."
ROW_NUMBERS = (
    "Two arrays of indices are read in pairs, so there are as many row numbers as labels: "
    "`np.arange(len(y))`."
)
_LIMIT = (
    "The logarithm of 0 is minus infinity, and a single such sample would spoil the mean. Keep the "
    "probabilities above a tiny number, such as 1e-7, before you take the logarithm."
)


def speaks_of_ten(error: str) -> bool:
    """Tell whether an error says that an array of ten columns does not fit."""
    return speaks_of_shapes(error) and ",10)" in error


def speaks_of_pairs(error: str) -> bool:
    """Tell whether an error says that two arrays of indices do not pair up."""
    return "indexing arrays" in error


def _value(answer: Answer, p: np.ndarray, y: np.ndarray) -> float:
    """Return what came as a number."""
    # A limit of 1e-12 that is written into p would pass for a rounding error.
    array = as_array(answer(p, y, exactly=True), WHAT)
    if array.size != 1:
        expect_shape(array, (), WHAT, _shapes(array, p, y))
    return float(array.ravel()[0])


def _shapes(array: np.ndarray, p: np.ndarray, y: np.ndarray) -> dict:
    n, k = p.shape
    gradient = p - np.eye(k)[y.astype(int)]
    entries = "one_for_each_entry", "Which number of a row counts? Take the mean of these."
    if any(close(array, slopes) for slopes in (gradient, gradient / n)):
        sentence = "This is the slope of the loss. The loss itself is asked for."
        entries = "gradient_instead", sentence
    return {
        (n,): ("one_for_each_sample", "There is one loss a sample. Take their mean."),
        (k,): ("one_for_each_class", "There is one number a class. Take the mean over samples."),
        (n, k): entries,
    }


def _near(a: float, b: float) -> bool:
    # Wide enough for every sensible way to stay away from the logarithm of 0.
    return bool(np.isclose(a, b, rtol=1e-4, atol=1e-4))


def _expect_loss(answer: Answer, p: np.ndarray, y: np.ndarray) -> None:
    came = _value(answer, p, y)
    right = -np.log(p[np.arange(len(y)), y]).mean()
    if np.isclose(came, right, rtol=0, atol=0.006) and came == round(came, 3):
        raise Wrong("rounded", f"`{WHAT}` should be {right:.6g}, but is {came:g}. Do not round.")
    if not _near(came, right):
        explain(np.asarray(came), right, WHAT, wrong_losses(p, y, came), _LOOK)


_LOOK = "Take the probability of each sample's true class, minus its logarithm, and their mean."


def _expect_perfect(answer: Answer) -> None:
    y = np.array([0, 2, 1])
    came = _value(answer, np.eye(3)[y], y)
    if np.isnan(came):
        raise Wrong(
            "nan_from_zero",
            "Where the true class is certain and all others have probability 0, there comes nan: 0 "
            "times the logarithm of 0, which is 0 times infinity. Keep the probabilities above a "
            "tiny number before you take the logarithm, or take that of the true class alone.",
        )
    if not _near(came, 0):
        raise Wrong(
            "clipped_too_much",
            f"Where every true class has probability 1 the loss should be 0, but is {came:.3g}. "
            "Are probabilities cut off too early?",
        )


def _expect_zero(answer: Answer, dtype: type = np.float64) -> None:
    p = np.array([[0.5, 0.5, 0.0], [0.2, 0.3, 0.5]], dtype=dtype)
    came = _value(answer, p, np.array([2, 1]))
    cost = 2 * came + np.log(0.3)  # what the first sample adds
    if not np.isfinite(came) or cost > 1e4:
        if dtype == np.float32:
            raise Wrong(
                "infinite_in_float32",
                f"In single precision, as a network gives its probabilities, the loss is {came:.3g}"
                " where the true class has probability 0: your limit is so small that it is "
                "rounded to 0 there. 1e-7 is enough.",
            )
        raise Wrong(
            "infinite_at_zero",
            f"Where the true class has probability 0 the loss is {came:.3g}. {_LIMIT}",
        )
    if cost < 5:
        raise Wrong(
            "zero_costs_nothing",
            "A sample whose true class has probability 0 costs nothing, or next to it. That is the "
            "worst guess of all: it should cost more than any other.",
        )
    if cost < 10:
        raise Wrong(
            "clipped_too_much",
            f"A sample whose true class has probability 0 costs {cost:.3g}, as if it had "
            f"{np.exp(-cost):.1g}. Cut off later: with a limit of 1e-7 it costs 16.",
        )


def _expect_tiny(answer: Answer) -> None:
    _expect_zero(answer, np.float32)
    p, right = 1e-5, -np.log(1e-5)
    came = _value(answer, np.array([[1 - p, p]]), np.array([1]))
    if not np.isclose(came, right, rtol=0, atol=0.02):
        raise Wrong(
            "clipped_too_much",
            f"A true class with probability 0.00001 should cost {right:.4g}, but costs "
            f"{came:.4g}: the limit that keeps you from the logarithm of 0 is too large. With "
            "1e-7 it hardly matters.",
        )

"""The check of the cross-entropy that is taken from the sums, together with its slope."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array, close, expect_no_list, expect_shape, explained
from helpers.checks.feedback import exercise
from helpers.checks.mnist_mlp.losses import (
    CLASSES,
    ROW_NUMBERS,
    TEN,
    speaks_of_pairs,
    speaks_of_ten,
)
from helpers.checks.mnist_mlp.probabilities import KEEPDIMS, log_softmax
from helpers.checks.mnist_mlp.wrong_logits import wrong_losses, wrong_slopes
from helpers.checks.naming import explain, speaks_of_shapes
from helpers.checks.running import Answer, Wrong

LOSS, SLOPE = "loss", "slope"


@exercise(
    smaller_step="take the loss alone, for one row of sums: add up their powers, take the "
    "logarithm, and subtract the sum of the true class. Compare it with `cross_entropy`.",
    seconds=30,  # an answer may import Keras
)
def cross_entropy_from_logits(answer: Answer) -> str:
    """``cross_entropy_from_logits(z, y)``: the loss from the sums, and its slope.

    Parameters
    ----------
    z : numpy.ndarray, shape (n, k)
        The sums (logits) of k classes, one sample a row.
    y : int array, shape (n,)
        The true classes, from 0 to k - 1.

    Returns
    -------
    loss : float
        The mean of minus the logarithm of the true class's probability, exact however large the
        sums are: nothing is cut off.
    slope : numpy.ndarray, shape (n, k)
        The slope of the loss with respect to each sum: (p - one-hot) / n.
    """
    rng = default_rng(8)
    with explained("keepdims_missing", KEEPDIMS, speaks_of_shapes):
        with (
            explained("hard_coded", TEN, speaks_of_ten),
            explained("row_numbers_fixed", ROW_NUMBERS, speaks_of_pairs),
            explained("beyond_the_columns", _COLUMNS, lambda error: "bounds for axis 1" in error),
        ):
            # Sums above 0 at first: then the logarithm of a sum is a number, and can be named.
            _expect_both(answer, rng.uniform(0.3, 4, (6, 4)), np.array([1, 3, 0, 2, 1, 0]))
            _expect_both(answer, rng.normal(scale=2, size=(5, 3)), np.array([2, 0, 1, 1, 2]))
            _expect_both(answer, rng.normal(size=(1, 4)), np.array([3]))
        with explained("classes_from_labels", CLASSES, speaks_of_shapes):
            _expect_both(answer, rng.normal(size=(4, 10)), np.array([7, 0, 3, 6]))
        single = rng.normal(size=(4, 4)).astype(np.float32)
        _expect_both(answer, single, np.array([0, 1, 1, 3]))
    with explained("overflows", _OVERFLOW, lambda error: "OverflowError" in error):
        _expect_large_sums(answer)
    _expect_large_losses(answer)
    _expect_each_row(answer)
    return (
        "Loss and slope are right for five shapes of sums, and for sums of 1000: a loss of 1000 is "
        "told as 1000, and its slope does not fade."
    )


_COLUMNS = (
    "Rows come first, then columns: sample i stands in row i, and its label, counted from 0, names "
    "the column."
)
_OVERFLOW = (
    "`np.exp(1000)` is infinite. Subtract the largest sum of each row from its row first: the "
    "loss does not change by that."
)


def _right(z: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    logs, targets = log_softmax(z), np.eye(z.shape[1])[y]
    return float(-(logs * targets).sum() / len(y)), (np.exp(logs) - targets) / len(y)


def _parts(answer: Answer, z: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """Return loss and slope as a number and an array of z's shape."""
    came, (n, k) = answer(z, y), z.shape
    if not isinstance(came, tuple | list) or len(came) != 2:
        _refuse_other_than_two(came, z)
    loss, slope = (as_array(part, what) for part, what in zip(came, (LOSS, SLOPE), strict=True))
    if loss.shape == z.shape and slope.size == 1:
        raise Wrong(
            "swapped",
            f"First came the slope, an array of shape {z.shape}, and then the loss, one number: "
            "they have changed places. The loss belongs first: `return loss, slope`.",
        )
    if loss.size != 1:
        sentence = "There is one loss a sample. Take their mean."
        expect_shape(loss, (), LOSS, {(n,): ("one_loss_a_sample", sentence)})
    slope_each = "Each sample has a slope for each of its sums, not only for the true class's."
    hints = {
        (k,): ("summed_over_samples", "Keep the samples apart: each has sums of its own."),
        (n,): ("one_slope_a_sample", slope_each),
    }
    expect_shape(slope, z.shape, SLOPE, hints if n > 1 else ())
    expect_no_list(SLOPE, came[1])
    return float(loss.ravel()[0]), slope


def _refuse_other_than_two(came: object, z: np.ndarray) -> None:
    both = "Two things are asked for: `return loss, slope`."
    if isinstance(came, tuple) and len(came) > 2:
        raise Wrong("three_parts", f"There came {len(came)} things. {both}")
    array = as_array(came, "cross_entropy_from_logits(z, y)")
    if array.size == 1:
        raise Wrong("only_the_loss", f"There came one number. {both}")
    if array.shape == z.shape:
        raise Wrong("only_the_gradient", f"There came one array. {both}")
    raise Wrong("not_two_parts", both)


def _expect_both(answer: Answer, z: np.ndarray, y: np.ndarray) -> None:
    loss, slope = _parts(answer, z, y)
    right_loss, right_slope = _right(z, y)
    if np.isnan(loss):
        raise Wrong(
            "changed_before_loss",
            "The loss is nan, the logarithm of a negative number. If you make the slope by "
            "taking 1 from `p` in place, take the loss before that, or use a copy.",
        )
    if not _near(loss, right_loss):
        if np.isclose(loss, right_loss, rtol=0, atol=0.006) and loss == round(loss, 3):
            raise Wrong(
                "rounded", f"The loss should be {right_loss:.6g}, not {loss:g}: no rounding."
            )
        known = wrong_losses(z.astype(float), y)
        explain(np.asarray(loss), right_loss, LOSS, known, _LOOK)
    if not close(slope, right_slope):
        known = wrong_slopes(z.astype(float), y)
        _explain_slope(slope, right_slope, z, y, known)


_LOOK = "It is the mean of what `cross_entropy` gives for the probabilities of these sums."


def _near(a: float, b: float) -> bool:
    # Libraries hand back a loss in single precision.
    return bool(np.isclose(a, b, rtol=1e-5, atol=1e-5))


def _explain_slope(slope, right, z: np.ndarray, y: np.ndarray, known) -> None:
    try:
        explain(slope, right, SLOPE, known)
    except Wrong as wrong:
        if wrong.hint != "wrong_value":
            raise
    i, j = (int(index) for index in np.argwhere(~np.isclose(slope, right, atol=1e-6))[0])
    step, moved = 0.001, z.astype(float)
    moved[i, j] += step
    change = _right(moved, y)[0] - _right(z, y)[0]
    raise Wrong(
        "wrong_gradient",
        f"When the sum z[{i}, {j}] grows by {step}, the loss changes by {change:.3g}. So the "
        f"slope there is {change / step:.3g}, but slope[{i}, {j}] is {slope[i, j]:.3g}.",
    )


def _expect_large_sums(answer: Answer) -> None:
    """Ask for sums whose powers are infinite, and losses of ordinary size."""
    z, y = np.array([[1000.0, 1002.0, 1001.0], [1001.0, 1000.0, 999.0]]), np.array([0, 1])
    loss, slope = _parts(answer, z, y)
    if not np.isfinite(loss) or not np.isfinite(slope).all():
        what = f"the loss is {loss:.3g}" if not np.isfinite(loss) else "the slope holds nan"
        raise Wrong("overflows", f"For sums near 1000 {what}. {_OVERFLOW}")
    right_loss, right_slope = _right(z, y)
    if not _near(loss, right_loss) or not close(slope, right_slope):
        raise Wrong(
            "clipped",
            "For sums near 1000 the differences between them are lost. Cut nothing off: subtract "
            "the largest sum of each row from its row.",
        )


def _expect_large_losses(answer: Answer) -> None:
    """Ask for true classes so unlikely that their probability is 0."""
    z, y = np.array([[1000.0, 0.0, -50.0], [3.0, 2.0, 1003.0]]), np.array([1, 2])
    loss, slope = _parts(answer, z, y)
    right_loss, right_slope = _right(z, y)
    if not np.isfinite(loss) or not np.isfinite(slope).all():
        raise Wrong(
            "infinite",
            "A true class whose sum lies 1000 below another's has a loss of 1000; here the "
            f"loss is {loss:.3g}. Its probability is rounded to 0, and then the logarithm comes "
            "too late. The logarithm of a quotient is a difference: work it out on paper, so that "
            "`np.log` meets the denominator only.",
        )
    if not _near(loss, right_loss):
        raise Wrong(
            "clipped",
            "The mean loss of one sample that costs 1000 and one that costs 0 is 500, but the "
            f"loss is {loss:.4g}. Where a probability or a sum is cut off, the worst mistakes "
            "look alike. Work out on paper what the logarithm of a quotient is: then nothing "
            "need be cut.",
        )
    if not close(slope, right_slope):
        raise Wrong(
            "clipped",
            "The loss of a bad mistake is right, but not its slope: for a sample whose true "
            f"class has probability 0 it should be {right_slope[0]}, but is {slope[0]}. "
            "There the network has most to learn.",
        )


def _expect_each_row(answer: Answer) -> None:
    z, y = np.array([[0.0, 1.0, 2.0], [1000.0, 1001.0, 1003.0]]), np.array([1, 1])
    loss, slope = _parts(answer, z, y)
    right_loss, right_slope = _right(z, y)
    if not _near(loss, right_loss) or not close(slope, right_slope):
        raise Wrong(
            "other_rows_lost",
            "A row with sums of 0, 1 and 2 goes wrong when another row's sums are near 1000: "
            "the maximum of the whole batch is too large for it. Subtract from each row its own "
            "maximum.",
        )

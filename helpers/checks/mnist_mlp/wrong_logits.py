"""What well-known mistakes make of the cross-entropy from the sums, and of its slope."""

from __future__ import annotations

import numpy as np

from helpers.checks.mnist_mlp.probabilities import log_softmax, right_softmax, true_class
from helpers.checks.naming import Forms


def wrong_losses(z: np.ndarray, y: np.ndarray) -> Forms:
    """Return by their hints the losses to which well-known mistakes lead.

    Parameters
    ----------
    z : numpy.ndarray, shape (n, k)
        Sums.
    y : int array, shape (n,)
        The true classes.
    """
    return _other_means(z, y) | _forgotten(z, y)


def _other_means(z: np.ndarray, y: np.ndarray) -> Forms:
    logs, (n, k) = log_softmax(z), z.shape
    losses = -true_class(logs, y)
    right = losses.mean()
    several = {
        "sum_not_mean": (
            lambda: [losses.sum()],
            "The losses of the samples are added up. Their mean is asked for, and the slope of it.",
        ),
        "divided_by_classes_too": (
            lambda: [right / k, losses.sum() / k],
            "The loss is divided by the number of classes. Divide by the number of samples only.",
        ),
        "every_pair": (
            lambda: [-logs[:, y].mean(), -logs[:, y].sum() / n],
            "`[:, y]` has a column for each sample. From row i take column y[i] only.",
        ),
    }
    known = {
        "sign": (
            lambda: [-right],
            "The loss is negative. The logarithm of a probability is: put a minus in front.",
        ),
        "another_base": (
            lambda: [right / np.log(10), right / np.log(2)],
            "The loss has a logarithm to another base. `np.log` is the natural one.",
        ),
        "uses_argmax": (
            lambda: [-logs.max(axis=1).mean()],
            "The loss takes the likeliest class of each row. It is the true class that counts.",
        ),
        "wrong_axis": (
            lambda: [-true_class(z - np.logaddexp.reduce(z, axis=0), y).mean()],
            "The softmax was taken down the columns. The classes of one sample stand in a row.",
        ),
    }
    return (several if n > 1 else {}) | known


def _forgotten(z: np.ndarray, y: np.ndarray) -> Forms:
    total, p = np.logaddexp.reduce(z, axis=1), right_softmax(z)
    true = true_class(z, y)
    return {
        "softmax_missing": (
            lambda: [-np.log(true).mean(), -true.mean()],
            "The sums were taken for probabilities or for their logarithms. A probability is a "
            "power divided by all powers of its row.",
        ),
        "score_missing": (
            lambda: [total.mean()],
            "This is the logarithm of the denominator alone. The sum of the true class has to be "
            "subtracted.",
        ),
        "maximum_not_added_back": (
            lambda: [(total - z.max(axis=1) - true).mean()],
            "The maximum was subtracted inside the powers, but not from the sum of the true class: "
            "the difference of the two has to stay.",
        ),
        "softmax_again": (
            lambda: [-true_class(log_softmax(p), y).mean()],
            "The softmax was taken twice. These are sums: take it once.",
        ),
    }


def wrong_slopes(z: np.ndarray, y: np.ndarray) -> Forms:
    """Return by their hints the slopes to which well-known mistakes lead."""
    return _other_divisors(z, y) | _without_labels(z, y) | _other_slopes(z, y)


def _other_divisors(z: np.ndarray, y: np.ndarray) -> Forms:
    n, k = z.shape
    misses = right_softmax(z) - np.eye(k)[y]
    known = {
        "gradient_sign": (
            lambda: [-misses / n],
            "The slope has the wrong sign: where the sum of a wrong class grows, so does the "
            "loss. Upwards, a slope is positive.",
        ),
        "factor_two": (
            lambda: [2 * misses / n],
            "The slope is twice too large. The 2 belongs to the squared error; there is no "
            "square here.",
        ),
    }
    divided = {
        "gradient_not_divided": (
            lambda: [misses],
            f"The slope is {n} times too large, and there are {n} samples: the loss is a mean "
            "over them, so it is divided by their number as well.",
        ),
        "gradient_divided_by_classes": (
            lambda: [misses / k, misses / (n * k)],
            "The slope is divided by the number of classes. The loss is a mean over the samples "
            "only.",
        ),
        "gradient_divided_twice": (
            lambda: [misses / n**2],
            "The slope is divided by the number of samples twice.",
        ),
    }
    return known | divided if n > 1 else known


def _without_labels(z: np.ndarray, y: np.ndarray) -> Forms:
    (n, k), p = z.shape, right_softmax(z)
    targets = np.eye(k)[y]
    columns = np.isin(np.arange(k), y)
    taken = np.bincount(y, minlength=n)[:n, None]  # how often a label is the number of a row
    rows = [p - (taken > 0), p - taken]
    return {
        "labels_missing": (
            lambda: [p / n, p],
            "The slope does not know the true classes. Something is subtracted from the "
            "probability of each.",
        ),
        "labels_as_numbers": (
            lambda: [(p - y[:, None]) / n, p - y[:, None]],
            "The labels were subtracted as numbers. A label is the name of a class: subtract the "
            "one-hot rows.",
        ),
        "one_taken_from_the_row": (
            lambda: [(p - columns) / n, (p - 1) / n, p - columns, p - 1],
            "1 was taken from more than the true class: `p[:, y]` names whole columns. From row "
            "i only column y[i] is meant: that takes two arrays of indices.",
        ),
        "rows_chosen_by_label": (
            lambda: [*rows, *(row / n for row in rows)],
            "1 was taken from whole rows: `slope[y]` names those whose number is in `y`. From row "
            "i only column y[i] is meant: that takes two arrays of indices, rows and columns.",
        ),
        "only_true_class": (
            lambda: [(p - targets) * targets / n, (p - targets) * targets],
            "Only the true class has a slope. When the sum of another class grows, the true "
            "class loses probability: each sum has a slope.",
        ),
    }


def _other_slopes(z: np.ndarray, y: np.ndarray) -> Forms:
    n, p = len(z), right_softmax(z)
    targets = np.eye(z.shape[1])[y]
    return {
        "slope_for_p": (
            lambda: [-targets / p / n, -targets / p],
            "This is the slope with respect to the probabilities. Go on through the softmax to the "
            "sums: nearly everything cancels.",
        ),
        "scores_not_probabilities": (
            lambda: [(z - targets) / n, z - targets],
            "The one-hot rows are subtracted from the sums. Subtract them from the probabilities.",
        ),
        "logarithm_not_probability": (
            lambda: [(log_softmax(z) - targets) / n, log_softmax(z) - targets],
            "The one-hot rows are subtracted from the logarithms of the probabilities. Take "
            "`np.exp` of these first.",
        ),
        "slope_twice": (
            lambda: [(p - targets) * p * (1 - p) / n, (p - targets) * p * (1 - p)],
            "The slope p (1 - p) is multiplied in once more. It cancels: that is why this loss "
            "suits the softmax.",
        ),
        "slope_of_softmax": (
            lambda: [p * (1 - p) / n, p * (1 - p)],
            "This is the slope of each probability with respect to its own sum. The loss stands "
            "behind it: the chain goes on.",
        ),
    }

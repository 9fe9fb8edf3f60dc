"""What well-known mistakes make of the cross-entropy of some probabilities."""

from __future__ import annotations

import numpy as np

from helpers.checks.mnist_mlp.probabilities import true_class
from helpers.checks.naming import Forms


def wrong_losses(p: np.ndarray, y: np.ndarray, came: float) -> Forms:
    """Return by their hints the values to which well-known mistakes lead.

    Parameters
    ----------
    p : numpy.ndarray, shape (n, k)
        Probabilities above 0.
    y : int array, shape (n,)
        The true classes.
    came : float
        What is to be explained: whether it is finite decides some cases.
    """
    y = y.astype(int)
    return (
        _other_means(p, y)
        | _other_entries(p, y)
        | _other_logarithms(p, y)
        | _roles(p, y, came)
        | _other_measures(p, y)
    )


def _other_means(p: np.ndarray, y: np.ndarray) -> Forms:
    """The losses of the samples are right, but not their mean is taken."""
    losses, (n, k) = -np.log(true_class(p, y)), p.shape
    if n == 1:
        return {}
    return {
        "sum_not_mean": (
            lambda: [losses.sum()],
            "The losses of the samples are added up. Their mean is asked for, so that the loss of "
            "a large batch is not larger than that of a small one.",
        ),
        "divided_by_classes_too": (
            lambda: [losses.mean() / k, losses.sum() / k],
            "The sum is divided by the number of classes. `np.mean` of an array of n rows and k "
            "columns divides by n times k: divide by the number of samples only.",
        ),
        "returns_in_loop": (
            lambda: [losses[0] / n],
            "Only the first sample was counted. Does `return` stand inside the loop?",
        ),
        "first_sample_only": (lambda: [losses[0]], "This is the loss of the first sample alone."),
        "last_sample_only": (
            lambda: [losses[-1]],
            "This is the loss of the last sample alone. Add the losses up, then divide.",
        ),
        "log_of_mean": (
            lambda: [-np.log(true_class(p, y).mean())],
            "The mean was taken before the logarithm. First the logarithm of each, then the mean.",
        ),
    }


def _other_entries(p: np.ndarray, y: np.ndarray) -> Forms:
    """Other probabilities count than those of the true classes."""
    n, logs = len(y), np.log(p)
    return {
        "uses_argmax": (
            lambda: [-logs.max(axis=1).mean()],
            "The largest probability of each row was taken. A loss asks for the true class, which "
            "`y` names, however unlikely the network thinks it is.",
        ),
        "rows_and_columns_swapped": (
            lambda: [-logs[y, np.arange(n)].mean()] if y.max() < n <= p.shape[1] else [],
            "The labels were taken as numbers of rows. Rows come first, then columns: sample i "
            "stands in row i, and its label names the column.",
        ),
        "off_by_one": (
            lambda: [-true_class(logs, (y + step) % p.shape[1]).mean() for step in (-1, 1)],
            "The class beside the true one was taken. Classes count from 0: "
            "nothing is added to `y` or subtracted.",
        ),
        "rows_chosen_by_label": (
            lambda: [-logs[y].mean(), -logs[y].sum() / n] if y.max() < n else [],
            "`p[y]` picks whole rows, those whose number is in `y`. From each row one column is "
            "wanted, the one that `y` names: that takes two indices, rows and columns.",
        ),
        "every_pair": (
            lambda: [-logs[:, y].mean(), -logs[:, y].sum() / n],
            "`p[:, y]` has a column for each sample, not a number for each. From row i only "
            "column y[i] is wanted: that takes two arrays of indices, rows and columns.",
        ),
        "labels_as_numbers": (
            lambda: [-(y[:, None] * logs).sum() / n, -np.mean(y * true_class(logs, y))],
            "The labels were used as factors. A label is the name of a class: it picks a column.",
        ),
        "other_classes_too": (
            lambda: _with_other_classes(p, y),
            "The other classes have a say as well, as in the loss for questions of yes or no. Here "
            "the probability of the true class alone counts.",
        ),
    }


def _with_other_classes(p: np.ndarray, y: np.ndarray) -> list[float]:
    t = np.eye(p.shape[1])[y]
    terms = -(t * np.log(p) + (1 - t) * np.log(1 - p))
    others = -np.log(1 - true_class(p, y)).mean()
    return [terms.sum(axis=1).mean(), terms.mean(), others, -np.log(p).sum(axis=1).mean()]


def _other_logarithms(p: np.ndarray, y: np.ndarray) -> Forms:
    chosen = true_class(p, y)
    right = -np.log(chosen).mean()
    e = np.exp(p)
    return {
        "sign": (
            lambda: [-right],
            "The loss is negative. The logarithm of a number below 1 is: put a minus in front.",
        ),
        "another_base": (
            lambda: [right / np.log(10), right / np.log(2)],
            "This is the logarithm to another base. `np.log` is the natural one, whose slope is "
            "simple.",
        ),
        "no_logarithm": (
            lambda: [1 - chosen.mean(), -chosen.mean(), chosen.mean()],
            "There is no logarithm. It makes confident mistakes expensive.",
        ),
        "one_added": (
            lambda: [-np.log1p(chosen).mean(), np.log1p(chosen).mean()],
            "1 was added before the logarithm (`np.log1p` does that). Then a probability of 0 "
            "costs nothing. Use `np.log`.",
        ),
        "limit_on_the_wrong_side": (
            lambda: -np.log([10.0**-i for i in range(3, 300)] + [np.finfo(float).eps]),
            "Every sample costs the same, as if each probability were your limit. It should be the "
            "lower limit: of a probability and a tiny number the larger one counts.",
        ),
        "clipped_too_much": (
            lambda: [-np.log(chosen + tiny).mean() for tiny in (0.1, 0.01, 1e-3, 1e-4, 1e-5)],
            "What you add to keep away from the logarithm of 0 is so large that it changes the "
            "loss. 1e-7 is enough.",
        ),
        "softmax_again": (
            lambda: [-np.log(true_class(e / e.sum(axis=1, keepdims=True), y)).mean()],
            "The softmax was taken again, as if `p` were sums. These are probabilities already.",
        ),
        "perplexity": (
            lambda: [np.exp(right)],
            "This is `exp` of the loss, the number of classes among which it hesitates. The loss "
            "itself is asked for.",
        ),
    }


def _roles(p: np.ndarray, y: np.ndarray, came: float) -> Forms:
    missed, limits = 1 - true_class(p, y).mean(), np.arange(2, 324)
    clipped = [came] if np.isinf(came) else list(np.log(10) * limits * missed)
    smallest = np.log(np.finfo(float).tiny)
    return {
        "log_of_one_hot": (
            lambda: [*clipped, -smallest * missed],
            "The logarithm of the one-hot rows was taken, which is that of 0 nearly everywhere. "
            "Probabilities and labels have changed places: the logarithm is that of `p`.",
        ),
        "entropy": (
            lambda: [-(p * np.log(p)).sum(axis=1).mean()],
            "This is how undecided the network is; it does not depend on `y`. Weigh the logarithms "
            "by the true class, not by `p`.",
        ),
    }


def _other_measures(p: np.ndarray, y: np.ndarray) -> Forms:
    misses, hits = p - np.eye(p.shape[1])[y], p.argmax(axis=1) == y
    return {
        "squared_error": (
            lambda: [(misses**2).mean(), (misses**2).sum() / len(y), (misses**2).sum()],
            "This is the squared error. Take the logarithm of the true class's probability.",
        ),
        "absolute_error": (
            lambda: [np.abs(misses).mean(), np.abs(misses).sum() / len(y)],
            "This is the absolute error. Take the logarithm of the true class's probability.",
        ),
        "accuracy": (
            lambda: [hits.mean(), 1 - hits.mean()],
            "This counts hits or misses. It jumps, so nobody can follow its slope: take the "
            "logarithm of the true class's probability.",
        ),
    }

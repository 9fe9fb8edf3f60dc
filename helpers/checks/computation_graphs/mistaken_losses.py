"""The gradients of the sum of a layer's outputs, and those of the losses that are taken for it."""

from __future__ import annotations

import numpy as np

from helpers.checks.arrays import Mistakes
from helpers.checks.small_networks import sigmoid, sigmoid_slope


def gradients_by_hand(x, W, b) -> tuple[np.ndarray, np.ndarray]:
    """Return the gradients of ``sum(sigmoid(x @ W + b))`` for W and b, in double precision.

    Parameters
    ----------
    x, W, b : numpy.ndarray, shapes (n, k), (k, m) and (m,)
        Samples, weights and biases.
    """
    return _gradients(x, sigmoid_slope(sigmoid(x.astype(float) @ W + b)))


def mistaken_gradients(x, W, b) -> Mistakes:
    """Return the gradients that the usual mistakes lead to, and what to say of each."""
    return {**_mistaken_losses(x, W, b), **_mistaken_results(x, W, b)}


def _gradients(x: np.ndarray, slope: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the gradients for W and b from the slope of the loss at z = x @ W + b."""
    slope = np.broadcast_to(slope, (len(x), slope.shape[-1]))
    return x.astype(float).T @ slope, slope.sum(axis=0)


def _mistaken_losses(x, W, b) -> Mistakes:
    """Return the gradients of other losses, and what to say of each."""
    z = x.astype(float) @ W + b
    y = sigmoid(z)
    d = sigmoid_slope(y)
    inside = np.full(z.shape, sigmoid_slope(sigmoid(z.sum())))
    other = "Another function stands in the place of the sigmoid: {}."
    return {
        "mean_not_sum": (
            lambda: _gradients(x, d / d.size),
            "These are the gradients of the mean. Here the loss is the sum.",
        ),
        "mean_over_samples": (
            lambda: _gradients(x, d / len(x)),
            "These are the gradients of the mean over the samples. Here the loss is the sum over "
            "all, samples and outputs.",
        ),
        "no_sigmoid": (
            lambda: _gradients(x, np.ones(z.shape)),
            "The sigmoid is missing: these are the gradients of `sum(x @ W + b)`.",
        ),
        "sigmoid_twice": (
            lambda: _gradients(x, d * sigmoid_slope(sigmoid(y))),
            "The sigmoid is applied twice. Does the layer apply it already?",
        ),
        "tanh": (lambda: _gradients(x, 1 - np.tanh(z) ** 2), other.format("tanh")),
        "relu": (lambda: _gradients(x, np.where(z > 0, 1.0, 0.0)), other.format("ReLU")),
        "sum_inside": (
            lambda: _gradients(x, inside),
            "The sum is taken first and then the sigmoid. First each number passes the sigmoid, "
            "then all are added.",
        ),
        "squared": (
            lambda: _gradients(x, 2 * y * d),
            "These are the gradients of the sum of squares. Here the values themselves are added.",
        ),
    }


_NO_BIAS = "`dW` is as if there were no bias: it belongs inside the sigmoid, added to `x @ W`."


def _mistaken_results(x, W, b) -> Mistakes:
    dW, db = gradients_by_hand(x, W, b)
    without = gradients_by_hand(x, W, np.zeros(b.shape))[0]
    return {
        "bias_missing": (lambda: (without, sigmoid_slope(sigmoid(b))), _NO_BIAS),
        "bias_ignored": (lambda: (without, np.zeros(b.shape)), _NO_BIAS),
        "sign": (lambda: (-dW, -db), "All signs are turned round: the loss is the sum itself."),
        "values_not_slopes": (
            lambda: (W, b),
            "These are `W` and `b` themselves. Return what the tape answers.",
        ),
    }

"""The check of one neuron's step down the gradient."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.checks.arrays import Mistakes, expect_close, explained
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import ones_first, sigmoid, sigmoid_slope
from helpers.checks.xor_network.truth_table import XOR_X


@exercise(
    smaller_step="for the first row alone, work out the three factors: 2(o - y), o(1 - o), and x."
)
def neuron_step(answer: Answer) -> str:
    """``neuron_step(w, X, y, rate)``: one step of gradient descent for a single neuron.

    Parameters
    ----------
    w : numpy.ndarray, shape (k,)
        Weights, the bias first.
    X : numpy.ndarray, shape (n, k)
        One sample a row, its first column being ones already.
    y : numpy.ndarray, shape (n,)
        What the outputs should be.
    rate : float
        What the gradient of the squared error, summed over all rows, is multiplied by.

    Returns
    -------
    numpy.ndarray, shape (k,)
        The new weights.
    """
    rng = np.random.default_rng(2)
    for n, k, rate in ((4, 3, 0.4), (1, 2, 0.1), (6, 5, 1.3)):
        X = ones_first(rng.normal(size=(n, k - 1)))
        w, y = rng.normal(size=k), rng.integers(0, 2, size=n).astype(float)
        advice = (
            f"Miss and slope have shape ({n},), one number per row; `X` has shape ({n}, {k}). A "
            "product of matrices, `X.T @ ...`, adds up the rows."
        )
        with explained("shapes", advice, lambda error: "broadcast" in error):
            came = answer(w, X, y, rate)
        if np.shape(came) == X.shape:
            raise Wrong(
                "not_summed",
                "One row of weights per sample came back. Add the gradient up over the rows first.",
            )
        right = w - rate * X.T @ _signal(w, X, y)
        expect_close(came, right, "neuron_step(...)", _mistakes(w, X, y, rate))
    return "One step down the gradient, for any number of rows and inputs, on new arrays."


def _signal(w: np.ndarray, X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return how the loss of each row changes with its weighted sum, shape (n,)."""
    o = sigmoid(X @ w)
    return 2 * (o - y) * sigmoid_slope(o)


def _mistakes(w, X, y, rate) -> Mistakes:
    def step(signal) -> Callable:
        return lambda: w - rate * X.T @ signal

    signal = _signal(w, X, y)
    return {
        **_mistaken_lengths(w, X, rate, signal, step),
        **_mistaken_chains(w, X, y, rate, step),
        **_mistaken_sums(w, X, y, rate, signal),
        **_mistaken_results(w, X, rate, signal),
        **_mistaken_inputs(w, X, y, rate),
    }


def _mistaken_lengths(w, X, rate, signal, step) -> Mistakes:
    """Return steps in the direction of the gradient that have another length, or go up."""
    return {
        "climbs": (
            step(-signal),
            "The loss rises. Either the miss is turned round (it is o - y, not y - o), or the step "
            "is added instead of subtracted.",
        ),
        "rate_twice": (
            step(rate * signal),
            "The gradient is multiplied by `rate` twice: once in your line, once in the last one.",
        ),
        "factor_two": (
            step(signal / 2),
            "The step is half as long as it should be: the derivative of a square is 2 times it.",
        ),
        "mean": (
            step(signal / len(X)),
            "The gradient is averaged over the rows. The loss is a sum over rows, so add them up.",
        ),
        "mean_of_half": (
            step(signal / 2 / len(X)),
            "The factor 2 is missing, and the gradient is averaged. The loss is a sum over rows.",
        ),
        "rate_ignored": (
            lambda: w - X.T @ signal,
            "The gradient is subtracted whole. Multiply it by `rate`.",
        ),
    }


def _mistaken_chains(w, X, y, rate, step) -> Mistakes:
    """Return steps with a wrong or missing factor in the chain."""
    z = X @ w
    o = sigmoid(z)
    return {
        "slope_missing": (
            step(2 * (o - y)),
            "The slope of the sigmoid, o(1 - o), is missing from the chain.",
        ),
        "slope_at_z": (
            step(2 * (o - y) * sigmoid_slope(z)),
            "The slope is computed as z(1 - z). It is o(1 - o), with the output o = sigmoid(z).",
        ),
        "no_sigmoid": (
            step(2 * (z - y)),
            "The neuron's output is `sigmoid(X @ w)`. Here the sigmoid is missing.",
        ),
        "slope_twice": (
            step(2 * (o - y) * sigmoid_slope(sigmoid(o))),
            "`o` is the sigmoid's value already. Its slope is o(1 - o), with no new sigmoid.",
        ),
        "input_missing": (
            lambda: w - rate * _signal(w, X, y).sum(),
            "All weights change by the same amount: the last factor, the input, is missing.",
        ),
    }


def _mistaken_sums(w, X, y, rate, signal) -> Mistakes:
    """Return steps that do not add up all rows, and only them, at the old weights."""

    def row_by_row():
        v = w.copy()
        for i in range(len(X)):
            v = v - rate * X[i] * _signal(v, X[i : i + 1], y[i : i + 1])
        return v

    return {
        "one_by_one": (
            row_by_row,
            "The weights change between the rows. Add up the gradient of all rows first, at the "
            "old weights, then take one step.",
        ),
        "summed_too_far": (
            lambda: w - rate * (X.T @ signal).sum(),
            "The sum runs over rows and inputs. Add up the rows only: each weight has its own sum.",
        ),
        "last_row_only": (
            lambda: w - rate * signal[-1] * X[-1],
            "Only the last row counts. Add up the gradients of all rows.",
        ),
    }


def _mistaken_results(w, X, rate, signal) -> Mistakes:
    """Return something else than all new weights."""
    gradient = X.T @ signal
    return {
        "gradient_only": (
            lambda: gradient,
            "This is the gradient. Return the new weights: the old ones minus `rate` times it.",
        ),
        "step_only": (
            lambda: -rate * gradient,
            "This is the step alone. The new weights are the old ones plus it.",
        ),
        "bias_stays": (
            lambda: w - rate * gradient * (np.arange(len(w)) > 0),
            "The first weight, the bias, does not change. It is a weight like the others.",
        ),
    }


def _mistaken_inputs(w, X, y, rate) -> Mistakes:
    """Return steps that use another array than `X`."""
    X1, shifted = ones_first(XOR_X), ones_first(X)[:, : X.shape[1]]
    return {
        "global_X": (
            lambda: w - rate * X1.T @ _signal(w, X1, y) if X.shape == X1.shape else np.nan,
            "This uses the notebook's `X1`. Use the argument `X`: it may be another array.",
        ),
        "extra_bias": (
            lambda: w - rate * shifted.T @ _signal(w, shifted, y),
            "A column of ones is added, but `X` has one already.",
        ),
    }

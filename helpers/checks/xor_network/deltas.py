"""The checks of the deltas: how the loss changes with what goes into a sigmoid."""

from __future__ import annotations

import numpy as np

from helpers.checks.arrays import (
    Mistakes,
    as_array,
    close,
    expect_close,
    expect_no_list,
    explained,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import sigmoid, sigmoid_slope


@exercise(
    smaller_step="write the two factors on two lines: how the loss changes with o, 2(o - Y), and "
    "how o changes with its input, o(1 - o)."
)
def output_delta(answer: Answer) -> str:
    """``output_delta(o, Y)``: how the summed squared error changes with the output's input.

    Parameters
    ----------
    o : numpy.ndarray, shape (n, q)
        Outputs of the network, after the sigmoid.
    Y : numpy.ndarray, shape (n, q)
        What they should be.

    Returns
    -------
    numpy.ndarray, shape (n, q)
        One delta for each row and output.
    """
    rng = np.random.default_rng(6)
    for shape in ((5, 1), (1, 3), (4, 2)):
        o, Y = rng.uniform(0.05, 0.95, size=shape), rng.uniform(size=shape)
        right = 2 * (o - Y) * sigmoid_slope(o)
        came = as_array(answer(o, Y), "output_delta(o, Y)")
        if came.ndim == 0 and close(came, right.sum()):
            raise Wrong(
                "summed", "It is added up to one number. Keep one delta per row and output."
            )
        mistakes = {**_mistaken_sizes(right), **_mistaken_factors(o, Y)}
        expect_close(came, right, "output_delta(o, Y)", mistakes)
    expect_no_list("output_delta(o, Y)", answer(o, Y))
    return "Miss times slope, for one output and for several."


def _mistaken_sizes(right: np.ndarray) -> Mistakes:
    """Return what has the right factors but for a number or a sign."""
    return {
        "factor_two": (
            lambda: right / 2,
            "The factor 2 is missing: it comes from the square.",
        ),
        "sign": (
            lambda: -right,
            "The sign is turned. When o is too large, more input makes the loss larger: the "
            "delta is positive there.",
        ),
        "mean": (
            lambda: right / len(right),
            "It is divided by the number of rows. The loss is a sum, so nothing is divided.",
        ),
        "no_sign": (
            lambda: np.abs(right),
            "The sign is lost. It tells whether o is too large or too small.",
        ),
    }


def _mistaken_factors(o: np.ndarray, Y: np.ndarray) -> Mistakes:
    """Return what lacks a factor of the chain, or has another in its place."""
    return {
        "slope_missing": (
            lambda: 2 * (o - Y),
            "This is how the loss changes with o. Go one step on, through the sigmoid: times "
            "its slope.",
        ),
        "slope_twice": (
            lambda: 2 * (o - Y) * sigmoid_slope(sigmoid(o)),
            "`o` is the sigmoid's value already. Its slope is o(1 - o), with no new sigmoid.",
        ),
        "loss": (
            lambda: (o - Y) ** 2,
            "This is the loss of each output. The delta is how it changes.",
        ),
        "miss_only": (
            lambda: o - Y,
            "This is how far o misses Y. The square's 2 and the sigmoid's slope are missing.",
        ),
        "slope_of_target": (
            lambda: 2 * (o - Y) * sigmoid_slope(Y),
            "The slope is computed from Y. It is the sigmoid's at the output: o(1 - o).",
        ),
        "squared_miss": (
            lambda: 2 * (o - Y) ** 2 * sigmoid_slope(o),
            "The miss is still squared. The derivative of a square has no square.",
        ),
        "only_slope": (
            lambda: sigmoid_slope(o),
            "This is the slope of the sigmoid. How far o misses Y has to come in too.",
        ),
    }


@exercise(
    smaller_step="for one row and one hidden unit: add up, over the outputs, delta times "
    "weight. Then multiply by the slope of that unit."
)
def hidden_delta(answer: Answer) -> str:
    """``hidden_delta(d_out, W2, h)``: how the loss changes with the input of each hidden unit.

    Parameters
    ----------
    d_out : numpy.ndarray, shape (n, q)
        Deltas of the outputs.
    W2 : numpy.ndarray, shape (1 + m, q)
        Weights of the output layer, the bias row first.
    h : numpy.ndarray, shape (n, m)
        The hidden units, after the sigmoid, without the 1.

    Returns
    -------
    numpy.ndarray, shape (n, m)
        One delta for each row and hidden unit.
    """
    rng = np.random.default_rng(7)
    for n, m, q in ((5, 4, 2), (1, 3, 1), (4, 2, 3)):
        d_out, W2 = rng.normal(size=(n, q)), rng.normal(size=(1 + m, q))
        h = rng.uniform(0.05, 0.95, size=(n, m))
        came = as_array(_explained_shapes(answer, d_out, W2, h), "hidden_delta(...)")
        if came.shape == (n, m + 1):
            raise Wrong(
                "bias_row_kept",
                f"{m + 1} columns came back for {m} hidden units. Row 0 of `W2` belongs to the "
                "constant 1, which has no input to change: leave it out.",
            )
        right = d_out @ W2[1:].T * sigmoid_slope(h)
        expect_close(came, right, "hidden_delta(...)", _mistaken_ways_back(d_out, W2, h))
    return "Each unit gets its share of every output's delta, times its own slope."


def _explained_shapes(answer: Answer, d_out, W2, h) -> object:
    """Call the answer; turn numpy's words about shapes into advice."""
    (n, q), m = d_out.shape, h.shape[1]
    bias_row = (
        f"Row 0 of `W2` belongs to the constant 1, so `W2` has {m + 1} rows for {m} hidden units: "
        "leave that row out."
    )
    shapes = (
        f"The shapes are: `d_out` ({n}, {q}), `W2[1:]` ({m}, {q}), `h` ({n}, {m}). Which product "
        "of the first two has the shape of the third?"
    )
    with (
        explained("shapes", shapes, _speaks_of_shapes),
        explained(
            "bias_row_kept",
            bias_row,
            lambda error: f"({n},{m + 1})" in error and f"({n},{m})" in error,
        ),
    ):
        return answer(d_out, W2, h)


def _speaks_of_shapes(error: str) -> bool:
    return any(word in error for word in ("matmul", "broadcast", "aligned"))


def _mistaken_ways_back(d_out: np.ndarray, W2: np.ndarray, h: np.ndarray) -> Mistakes:
    back, slope = d_out @ W2[1:].T, sigmoid_slope(h)
    return {
        "bias_last": (
            lambda: (d_out @ W2[:-1].T) * slope,
            "The last row of `W2` is left out. The bias is its first row.",
        ),
        "slope_missing": (lambda: back, "The slope of the hidden units, h(1 - h), is missing."),
        "slope_twice": (
            lambda: back * sigmoid_slope(sigmoid(h)),
            "`h` is the sigmoid's value already: its slope is h(1 - h).",
        ),
        "factor_two": (
            lambda: 2 * back * slope,
            "There is one factor 2 too many: `d_out` has it already.",
        ),
        "sign": (
            lambda: -back * slope,
            "The sign is turned. Nothing is subtracted on the way back.",
        ),
        "weights_missing": (
            lambda: d_out.sum(axis=1, keepdims=True) * slope,
            "`W2` does not come in: a unit with a larger weight has more influence.",
        ),
    }

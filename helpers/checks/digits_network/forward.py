"""The check of the way forward through a network of any depth."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import Mistakes, expect_no_list, expect_shape, explained
from helpers.checks.digits_network.layers import (
    NETWORKS,
    expect_all_close,
    expect_list,
    speaks_of_shapes,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import (
    forward_pass,
    identity,
    ones_last,
    random_problem,
    sigmoid,
    sigmoid_slope,
)


@exercise(
    smaller_step="take a single layer, `W = [w]`, and return `[X, A1]`. What stands in `A1` is one "
    "line of unit 01. Then put that line into a loop over `W`."
)
def activations(answer: Answer) -> str:
    """``activations(X, W)``: what every layer gives, for a whole batch.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, layers[0])
        One sample a row, without a column of ones.
    W : list of numpy.ndarray
        As from `init_weights`: row 0 of each array holds the biases.

    Returns
    -------
    list of numpy.ndarray
        ``[A0, A1, ..., AL]``: A0 is X, and A[l + 1] is the sigmoid of A[l], with a constant 1 put
        in front of every row, times W[l].
    """
    for n, layers in zip((6, 4, 1), NETWORKS, strict=True):
        X, W, _ = random_problem(layers, n, default_rng(n))
        with explained("shapes_do_not_fit", _SHAPES, speaks_of_shapes):
            A = answer(X, W)
        _expect_all_layers(A, X, W)
        kept = "A column of ones is left in it. Add the ones only for the product."
        for level, (a, size) in enumerate(zip(A, layers, strict=True)):
            expect_shape(a, (n, size), f"A[{level}]", {(n, size + 1): ("bias_kept", kept)})
        mistakes = {**mistaken_biases(X, W), **_mistaken_functions(X, W)}
        expect_all_close(A, forward_pass(X, W), "activations(X, W)", mistakes)
        for level, a in enumerate(A):
            expect_no_list(f"activations(X, W)[{level}]", a)
    return (
        "Networks of one, two and three layers, with 4, 1 and 6 samples; the biases are constant."
    )


_SHAPES = (
    "The number of columns on the left must equal the number of rows of `W[l]`, which has one row "
    "more than the layer before has values. `A[-1]` is the layer before only if each turn of the "
    "loop appends one array to `A`."
)


def _expect_all_layers(A, X: np.ndarray, W: list[np.ndarray]) -> None:
    expect_list(A, "activations(X, W)", "only_the_output", "Return what every layer gives.")
    if len(A) == len(W) and np.shape(A[0]) != X.shape:
        raise Wrong(
            "input_missing",
            f"There are {len(A)} arrays for {len(W)} layers of weights. The list starts with "
            "`X` itself: the way back needs it.",
        )
    if len(A) != len(W) + 1:
        early = " Does `return` stand inside the loop?" if len(A) == 2 else ""
        raise Wrong(
            "wrong_number_of_layers",
            f"For {len(W)} arrays of weights there should be {len(W) + 1} activations, `X` "
            f"among them, but there are {len(A)}.{early}",
        )
    if [np.shape(a) for a in A] == [a.shape for a in forward_pass(X, W)[::-1]]:
        raise Wrong("reversed", "The list starts with the outputs. It should start with `X`.")


def mistaken_biases(X: np.ndarray, W: list[np.ndarray]) -> Mistakes:
    """Return the activations of networks that misuse their bias rows, and what to say of each.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, layers[0])
        Samples.
    W : list of numpy.ndarray
        Weights, bias rows first.
    """

    def without_biases(a, w):
        return a @ w[1:]

    def only_at_input():
        _, first = forward_pass(X, W[:1])
        return [X, *forward_pass(first, W[1:], product=without_biases)]

    return {
        "bias_last": (
            partial(forward_pass, X, W, product=lambda a, w: ones_last(a) @ w),
            "The last row of each array is taken for the biases, as if the ones stood behind the "
            "values. Row 0 holds the biases: the ones belong in front.",
        ),
        "bias_ignored": (
            partial(forward_pass, X, W, product=without_biases),
            "The biases, row 0 of each array, are left out.",
        ),
        "bias_only_at_input": (
            only_at_input,
            "Only the first layer uses its bias row. Every layer has one.",
        ),
    }


def _sigmoid_twice(z: np.ndarray) -> np.ndarray:
    return sigmoid(sigmoid(z))


def _mistaken_functions(X: np.ndarray, W: list[np.ndarray]) -> Mistakes:
    """Return the activations of networks that lack the sigmoid or have another function."""
    return {
        "linear_hidden": (
            partial(forward_pass, X, W, hidden=identity),
            "The hidden layers lack the sigmoid. Linear layers in a row are one linear layer: "
            "depth would gain nothing.",
        ),
        "linear_output": (
            partial(forward_pass, X, W, last=identity),
            "The last layer lacks the sigmoid: its outputs should lie between 0 and 1.",
        ),
        "no_sigmoid": (
            partial(forward_pass, X, W, hidden=identity, last=identity),
            "No layer applies the sigmoid. What you return is the weighted sums.",
        ),
        "slopes": (
            lambda: [X, *map(sigmoid_slope, forward_pass(X, W)[1:])],
            "These are the sigmoid's slopes, `s * (1 - s)`. Here its values are asked for.",
        ),
        "sigmoid_twice": (
            partial(forward_pass, X, W, hidden=_sigmoid_twice, last=_sigmoid_twice),
            "The sigmoid is applied twice in each layer. Once is enough.",
        ),
        "tanh": (
            partial(forward_pass, X, W, hidden=np.tanh, last=np.tanh),
            "These are values of tanh, between -1 and 1. The sigmoid's lie between 0 and 1.",
        ),
    }

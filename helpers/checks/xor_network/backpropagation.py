"""The check of both gradients of a network with one hidden layer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.checks.arrays import (
    Mistakes,
    as_array,
    close,
    expect_no_list,
    expect_pair,
    expect_shape,
    first_difference,
    name_mistake,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import (
    backward_pass,
    forward_pass,
    gradients,
    numeric_gradients,
    ones_last,
    random_problem,
    weighted_sums,
)


@exercise(
    smaller_step="call `forward`, `output_delta` and `hidden_delta` in this order and print the "
    "three shapes. Each gradient is (inputs with their 1) transposed, times the delta."
)
def backprop(answer: Answer) -> str:
    """``backprop(X, W1, W2, Y)``: the gradients of the summed squared error.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, k)
        One sample a row, without a column of ones.
    W1 : numpy.ndarray, shape (1 + k, m)
        Weights of the hidden layer, the bias row first.
    W2 : numpy.ndarray, shape (1 + m, q)
        Weights of the output layer, the bias row first.
    Y : numpy.ndarray, shape (n, q)
        What the outputs should be.

    Returns
    -------
    gW1, gW2 : numpy.ndarray
        In the shapes of W1 and W2. They are compared with central differences of the loss.
    """
    rng = np.random.default_rng(8)
    for n, layers in ((5, [4, 2, 3]), (1, [2, 3, 1]), (6, [2, 5, 1])):
        X, W, Y = random_problem(layers, n, rng)
        came = expect_pair(answer(X, *W, Y), "backprop", "gW1, gW2", "not_two")
        came = [as_array(g, name) for g, name in zip(came, ("gW1", "gW2"), strict=True)]
        right = numeric_gradients(X, W, Y, 1e-5)
        _expect_shapes(came, right, n)
        if not _near(came, right):
            _name_wrong_gradients(came, right, X, W, Y)
    expect_no_list("backprop(...)", *answer(X, *W, Y))
    return "Both gradients agree with small differences of the loss, at three random networks."


def _near(came, right) -> bool:
    # Central differences of the loss carry about nine right digits here.
    return all(
        a.shape == b.shape and np.allclose(a, b, rtol=1e-4, atol=1e-6)
        for a, b in zip(came, right, strict=True)
    )


def _expect_shapes(came: list[np.ndarray], right: list[np.ndarray], n: int) -> None:
    (g1, g2), (rows1, columns1), (rows2, columns2) = came, *(g.shape for g in right)
    if g1.shape == right[1].shape and g2.shape == right[0].shape and close(g1, right[1]):
        raise Wrong("swapped", "The two came back in the other order: `gW1` first.")
    if g1.shape == (rows2, columns1) and g2.shape == (rows1, columns2):
        raise Wrong(
            "inputs_swapped",
            "Each delta is multiplied by the inputs of the other layer. What came into `W1` is X "
            "with its ones, and what came into `W2` is h with its ones.",
        )
    if g1.shape == (rows1 - 1, columns1) or g2.shape == (rows2 - 1, columns2):
        raise Wrong(
            "bias_rows_missing",
            f"`gW1` and `gW2` have shapes {g1.shape} and {g2.shape}, the weights "
            f"{right[0].shape} and {right[1].shape}. The row of the biases is missing: multiply by "
            "inputs that have their 1.",
        )
    if g1.shape == (n, columns1) and g2.shape == (n, columns2):
        raise Wrong(
            "deltas",
            "These are the deltas: one number per row and unit. A gradient has one number per "
            "weight. Multiply each delta by what came into the weight, and add up the rows.",
        )
    expect_shape(g1, right[0].shape, "gW1")
    expect_shape(g2, right[1].shape, "gW2")


def _name_wrong_gradients(came, right, X, W, Y) -> None:
    table, A = _table(came, right), forward_pass(X, W)
    mistakes = {**_mistaken_losses(A, W, Y), **_mistaken_ways_back(A, W, Y)}
    name_mistake(mistakes, lambda wrong: _near(came, wrong), table)
    if _near(came[1:], right[1:]):
        raise Wrong(
            "first_layer",
            "`gW2` is right, `gW1` is not. So the mistake is on the way from the output back to "
            "the hidden units, or in the last product.",
            table,
        )
    raise Wrong(
        "wrong_value",
        first_difference(came[1], right[1], "gW2")
        + " Start with `gW2`: it needs only the output delta.",
        table,
    )


def _table(came: list[np.ndarray], right: list[np.ndarray]) -> str:
    lines = ["weight       yours    by differences"]
    for name, yours, expected in zip(("gW1", "gW2"), came, right, strict=True):
        for i in list(np.ndindex(yours.shape))[:4]:
            place = f"{name}[{i[0]},{i[1]}]"
            lines.append(f"{place:9} {yours[i]:9.5f}   {expected[i]:9.5f}")
    return "\n".join(lines)


def _made_with(A, W, Y, **mistake) -> Callable:
    return lambda: gradients(A, backward_pass(A, W, Y, **mistake))


def _mistaken_losses(A, W, Y) -> Mistakes:
    """Return the gradients of another loss than the sum of squares, or of its negative."""
    return {
        "sign": (
            _made_with(A, W, Y, factor=-2),
            "Every sign is turned. The gradient points uphill; the minus comes in the update.",
        ),
        "factor_two": (
            _made_with(A, W, Y, factor=1),
            "Everything is half as large as it should be: the square's factor 2 is missing.",
        ),
        "mean": (
            _made_with(A, W, Y, factor=2 / len(Y)),
            "Everything is divided by the number of rows. The loss is a sum over rows.",
        ),
        "cross_entropy": (
            _made_with(A, W, Y, factor=1, last=np.ones_like),
            "The output delta is o - Y alone. It needs the 2 and the slope o(1 - o).",
        ),
    }


def _mistaken_ways_back(A, W, Y) -> Mistakes:
    """Return gradients with a mistake in a slope, in the biases or in the weights."""
    D = backward_pass(A, W, Y)

    def updated_on_the_way():
        W2 = W[1] - 0.5 * gradients(A, D)[1]
        return gradients(A, backward_pass(A, [W[0], W2], Y))

    return {
        "output_slope_missing": (
            _made_with(A, W, Y, last=np.ones_like),
            "The slope of the output, o(1 - o), is missing from the output delta.",
        ),
        "hidden_slope_missing": (
            _made_with(A, W, Y, hidden=np.ones_like),
            "The slope of the hidden units, h(1 - h), is missing from the hidden delta.",
        ),
        "slope_at_z": (
            _made_with(A, W, Y, at=weighted_sums(A, W)),
            "The slopes are computed as z(1 - z). They are o(1 - o) and h(1 - h): with the values "
            "after the sigmoid.",
        ),
        "bias_gradient_zero": (
            lambda: [g * (np.arange(len(g)) > 0)[:, None] for g in gradients(A, D)],
            "Row 0, the gradient of the biases, is 0. Biases learn too: their input is the 1.",
        ),
        "bias_last": (
            lambda: gradients(A, D, inputs=ones_last),
            "The gradient of the biases stands in the last row. Row 0 is the bias.",
        ),
        "updated_weights": (
            updated_on_the_way,
            "The hidden delta uses weights that were updated on the way. Compute both gradients "
            "at the same weights first.",
        ),
    }

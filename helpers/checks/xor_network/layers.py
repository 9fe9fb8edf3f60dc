"""The checks of the column of ones and of the way forward through two layers."""

from __future__ import annotations

import numpy as np

from helpers.checks.arrays import (
    Mistakes,
    as_array,
    close,
    expect_close,
    expect_no_list,
    expect_pair,
    explained,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import (
    forward_pass,
    ones_first,
    ones_last,
    random_problem,
    sigmoid,
)


@exercise(smaller_step="make `np.ones((len(X), 1))` and look at its shape beside that of X.")
def add_bias(answer: Answer) -> str:
    """``add_bias(X)``: put a column of ones first.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, k)
        One sample a row.

    Returns
    -------
    numpy.ndarray, shape (n, k + 1)
        Column 0 holds ones, the others are those of X.
    """
    rng = np.random.default_rng(3)
    for n, k in ((4, 2), (1, 3), (5, 5)):
        X = rng.normal(size=(n, k))
        came = as_array(answer(X), "add_bias(X)")
        _expect_new_column(came, X)
        mistakes = {
            "bias_last": (
                lambda X=X: ones_last(X),
                "The ones stand last. In this book column 0 is the 1.",
            ),
            "zeros": (
                lambda X=X: np.hstack([np.zeros((len(X), 1)), X]),
                "The new column holds zeros: a bias weight times 0 does nothing.",
            ),
        }
        expect_close(came, ones_first(X), "add_bias(X)", mistakes)
    return "Column 0 is the 1, for any number of rows."


def _expect_new_column(came: np.ndarray, X: np.ndarray) -> None:
    if close(came, np.vstack([np.ones((1, X.shape[1])), X])):
        raise Wrong("bias_row", "The ones form a row on top. Every row needs a 1: add a column.")
    ones = np.ones((len(X), 1))
    for hint, lookalike, sentence in (
        ("overwrites", np.hstack([ones, X[:, 1:]]), "The ones replace the first input."),
        ("adds_one", X + 1, "1 is added to every number. Put a new column beside them."),
        ("ones_only", ones, "Only the ones came back. The inputs belong beside them."),
    ):
        if close(came, lookalike):
            raise Wrong(hint, f"{sentence} `add_bias(X)` has one column more than `X`.")


@exercise(smaller_step="compute `h` alone for one row and print its shape: one number per unit.")
def forward(answer: Answer) -> str:
    """``forward(X, W1, W2)``: what both layers give, for a whole batch.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, k)
        One sample a row, without a column of ones.
    W1 : numpy.ndarray, shape (1 + k, m)
        Weights of the hidden layer, the bias row first.
    W2 : numpy.ndarray, shape (1 + m, q)
        Weights of the output layer, the bias row first.

    Returns
    -------
    h : numpy.ndarray, shape (n, m)
        The hidden units, without the 1.
    o : numpy.ndarray, shape (n, q)
        The outputs.
    """
    rng = np.random.default_rng(4)
    for n, layers in ((7, [2, 3, 1]), (1, [3, 2, 2]), (5, [4, 4, 3])):
        X, W, _ = random_problem(layers, n, rng)
        with explained("raises", _SHAPES, _speaks_of_shapes):
            h, o = expect_pair(answer(X, *W), "forward", "h, o", "output_only")
        _, right_h, right_o = forward_pass(X, W)
        h, o = as_array(h, "h"), as_array(o, "o")
        _expect_own_rows(answer, h, right_h, X, W)
        _expect_right_places(h, o, right_h, right_o)
        expect_close(h, right_h, "h", _mistaken_hidden_units(X, W[0]))
        expect_close(o, right_o, "o", _mistaken_outputs(right_h, W[1]))
    _expect_constant_bias(answer)
    expect_no_list("forward(...)", *answer(X, *W))
    return "Both layers, for any sizes and for a single row, with biases that are constant."


_SHAPES = (
    "Print the `.shape` of both sides: before each layer its input gets one more column, the 1 for "
    "the bias. `add_bias` puts it there."
)


def _speaks_of_shapes(error: str) -> bool:
    return any(word in error for word in ("matmul", "shape", "dimension"))


def _expect_own_rows(answer: Answer, h, right_h, X, W) -> None:
    """Expect each row of `h` to depend on the same row of `X`, and on no other."""
    n = len(X)
    if n > 1 and h.shape == right_h.shape and close(h, np.broadcast_to(right_h[-1], h.shape)):
        raise Wrong(
            "last_row_everywhere",
            "Every row of `h` holds the last sample's. Write each sample into its own row.",
        )
    if h.shape == right_h.shape and not close(h[0], np.ravel(answer(X[:1], *W)[0])):
        raise Wrong(
            "rows_mixed",
            "The first row's `h` changes when the other rows are left out. Each sample stands "
            "for itself: nothing may be computed across rows.",
        )


def _expect_right_places(h, o, right_h, right_o) -> None:
    if close(h, right_o) and close(o, right_h):
        raise Wrong("swapped", "The two came back in the other order: return `h` first, then `o`.")
    flat = h.shape in ((h.size,), (1, h.size))
    if len(right_h) > 1 and flat and close(h.ravel(), right_h[-1]):
        raise Wrong("last_row_only", "Only the last row came back. Collect one row per sample.")
    if close(h, ones_first(right_h)):
        raise Wrong(
            "bias_kept", "`h` still has its column of ones. Return the hidden units without it."
        )


def _mistaken_hidden_units(X: np.ndarray, W1: np.ndarray) -> Mistakes:
    return {
        "bias_last": (
            lambda: sigmoid(ones_last(X) @ W1),
            "The ones stand last, so the wrong weights act as biases. Column 0 is the 1.",
        ),
        "no_input_bias": (
            lambda: sigmoid(X @ W1[1:]),
            "The hidden units do without their bias, row 0 of `W1`.",
        ),
        "linear_hidden": (
            lambda: ones_first(X) @ W1,
            "The hidden layer has no sigmoid. Without one, two layers are one linear map.",
        ),
    }


def _mistaken_outputs(h: np.ndarray, W2: np.ndarray) -> Mistakes:
    return {
        "no_hidden_bias": (
            lambda: sigmoid(h @ W2[1:]),
            "The output does without its bias, row 0 of `W2`: `h` needs a column of ones too.",
        ),
        "linear_output": (lambda: ones_first(h) @ W2, "The output has no sigmoid."),
        "learned_bias": (
            lambda: sigmoid(np.hstack([h[:, :1], h]) @ W2),
            "The hidden bias depends on the input. It must be a constant 1, not one more unit.",
        ),
        "bias_last": (
            lambda: sigmoid(ones_last(h) @ W2),
            "In the second layer the ones stand last. Column 0 is the 1.",
        ),
    }


def _expect_constant_bias(answer: Answer) -> None:
    X, (W1, W2), _ = random_problem([2, 3, 1], 6, np.random.default_rng(5))
    W2[1:] = 0
    _, o = answer(X, W1, W2)
    expect_close(o, np.full((6, 1), sigmoid(W2[0, 0])), "o with all but the bias of `W2` at 0")

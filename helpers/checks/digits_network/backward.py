"""The check of the way back through a network of any depth."""

from __future__ import annotations

import itertools
import re
from functools import partial

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import (
    Mistakes,
    as_array,
    expect_no_list,
    expect_shape,
    explained,
)
from helpers.checks.digits_network.layers import (
    NETWORKS,
    expect_all_close,
    expect_list,
    speaks_of_shapes,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import (
    backward_pass,
    forward_pass,
    gradients,
    numeric_gradients,
    random_problem,
    sigmoid,
    sigmoid_slope,
    weighted_sums,
)


@exercise(
    smaller_step="return only `[D]` for a network of one layer (`len(W) == 1`): the slope of the "
    "squared error times the slope of the sigmoid. It is the output delta of unit 01."
)
def deltas(answer: Answer) -> str:
    """``deltas(A, W, Y)``: the slope of the loss with respect to every layer's input.

    Parameters
    ----------
    A : list of numpy.ndarray
        As from `activations`.
    W : list of numpy.ndarray
        As from `init_weights`.
    Y : numpy.ndarray, shape (n, layers[-1])
        What the outputs should be.

    Returns
    -------
    list of numpy.ndarray
        One array for each array of weights, in the same order. D[l] has the shape of A[l + 1]
        and holds the derivative of the summed squared error with respect to z = [1, A[l]] @ W[l].
    """
    for n, layers in zip((5, 4, 1), NETWORKS, strict=True):
        X, W, Y = random_problem(layers, n, default_rng(10 + n))
        A = forward_pass(X, W)
        with (
            explained("shapes_do_not_fit", _SHAPES, speaks_of_shapes),
            explained("bias_row_not_skipped", _ONE_COLUMN_MORE, _speaks_of_one_column_more),
            explained("not_a_list", _NO_LIST, lambda error: "no attribute 'append'" in error),
        ):
            D = answer(A, W, Y)
        expect_list(D, "deltas(A, W, Y)", "wrong_number_of_layers", "Return one array a layer.")
        _expect_shapes(D, W, layers, n)
        _expect_deltas(D, X, A, W, Y)
        for level, d in enumerate(D):
            expect_no_list(f"deltas(A, W, Y)[{level}]", d)
    _expect_gradients(answer)
    return (
        "The gradients made from your deltas agree with finite differences, for one, two and three "
        "layers and for 1, 4 and 5 samples."
    )


_SHAPES = (
    "`D[l]` comes from `D[l + 1]`, `W[l + 1]` and the slope at `A[l + 1]`, from the output "
    "backwards; each turn of the loop adds one delta to the list."
)
_NO_LIST = "Start with a list whose only entry is the output delta: an array cannot be appended to."
_ONE_COLUMN_MORE = (
    "One array has one column more than the other: on the way back the bias row takes no part, "
    "since no unit of the layer before feeds it."
)
_NOT_REVERSED = (
    "The deltas stand in the order in which they were computed, output first. `D[0]` belongs to "
    "`W[0]`."
)


def _speaks_of_one_column_more(error: str) -> bool:
    shapes = [tuple(map(int, found)) for found in re.findall(r"\((\d+), ?(\d+)\)", error)]
    return speaks_of_shapes(error) and any(
        a[0] == b[0] and a[1] == b[1] + 1 for a, b in itertools.pairwise(shapes)
    )


def _expect_shapes(D, W, layers: list[int], n: int) -> None:
    if len(D) != len(W):
        more = ""
        if len(D) == len(W) + 1:
            more = " The input has none: nothing there is to be changed."
        elif len(D) > len(W) + 1:
            more = " Is each entry of the list a whole array, with one row a sample?"
        raise Wrong(
            "wrong_number_of_layers",
            f"There should be {len(W)} deltas, one for each array of weights, but there are "
            f"{len(D)}.{more}",
        )
    shapes = [np.shape(d) for d in D]
    wanted = [(n, size) for size in layers[1:]]
    if shapes == wanted[::-1] and len(W) > 1:
        raise Wrong("not_reversed", _NOT_REVERSED)
    if shapes == [w.shape for w in W]:
        raise Wrong(
            "gradients_instead",
            "These have the shapes of the weights: you went one step further, to the gradients. "
            "`gradients(A, D)` does that.",
        )
    kept = "The bias row was not left out on the way back."
    for level, (d, shape) in enumerate(zip(D, wanted, strict=True)):
        hints = {(n, shape[1] + 1): ("bias_row_not_skipped", kept)}
        expect_shape(d, shape, f"deltas(A, W, Y)[{level}]", hints)


def _expect_deltas(D, X, A, W, Y) -> None:
    mistakes = {**_mistaken_losses(A, W, Y), **_mistaken_slopes(A, W, Y), **_mistaken_ways(A, W, Y)}
    try:
        expect_all_close(D, backward_pass(A, W, Y), "deltas(A, W, Y)", mistakes, back=True)
    except Wrong as wrong:
        raise Wrong(wrong.hint, wrong.message, _table(X, W, Y, A, D)) from None


def _table(X, W, Y, A, D) -> str:
    """Set a few gradients made from `D` beside finite differences."""
    rows = ["weight        from your deltas    finite difference"]
    made = gradients(A, [as_array(d, "D") for d in D])
    for level, (g, numeric) in enumerate(zip(made, numeric_gradients(X, W, Y), strict=True)):
        for index in ((0, 0), (1, 1)):
            name = f"W[{level}][{index[0]}, {index[1]}]"
            rows.append(f"{name:12} {g[index]:18.6f} {numeric[index]:20.6f}")
    return "\n".join(rows)


def _expect_gradients(answer: Answer) -> None:
    """Compare with finite differences, an oracle that shares no code with the backward pass."""
    largest = 0.0
    for n, layers in zip((5, 4, 1), NETWORKS, strict=True):
        X, W, Y = random_problem(layers, n, default_rng(30 + n))
        A = forward_pass(X, W)
        D = [as_array(d, "D") for d in answer(A, W, Y)]
        single = any(d.dtype == np.float32 for d in D)
        for g, numeric in zip(gradients(A, D), numeric_gradients(X, W, Y), strict=True):
            largest = max(largest, float(np.max(np.abs(g - numeric))))
        if largest > (1e-4 if single else 1e-6):
            raise Wrong(
                "wrong_value",
                f"A gradient made from your deltas is off by {largest:.2g} from its finite "
                "difference.",
                _table(X, W, Y, A, D),
            )


def _mistaken_losses(A, W, Y) -> Mistakes:
    """Return the deltas of another loss than the sum of squares, or of its negative."""
    return {
        "factor_two": (
            partial(backward_pass, A, W, Y, factor=1.0),
            "All deltas are half as large as they should be: the slope of a square `e**2` is "
            "`2 * e`.",
        ),
        "mean_not_sum": (
            partial(backward_pass, A, W, Y, factor=2.0 / len(Y)),
            "These are the deltas of the mean over the batch. Here the loss is the sum: no "
            "division by the number of samples.",
        ),
        "sign": (
            partial(backward_pass, A, W, Y, factor=-2.0),
            "All signs are turned round. Output minus target: an output that is too large gives a "
            "positive slope.",
        ),
        "factor_in_every_layer": (
            partial(backward_pass, A, W, Y, hidden=lambda a: 2 * sigmoid_slope(a)),
            "The factor 2 comes in again at every hidden layer. It belongs to the square, and that "
            "stands only at the output.",
        ),
        "loss_not_slope": (
            partial(backward_pass, A, W, Y, factor=A[-1] - Y),
            "The output delta starts from the squared error itself. Its slope is asked for: "
            "`e**2` has the slope `2 * e`.",
        ),
        "cross_entropy": (
            partial(backward_pass, A, W, Y, factor=1.0, last=np.ones_like),
            "The output delta is output minus target alone, as for another loss, the "
            "cross-entropy. The squared error brings a factor 2 and the slope of the sigmoid.",
        ),
    }


def _mistaken_slopes(A, W, Y) -> Mistakes:
    """Return the deltas if the slope of the sigmoid is missing, or taken at another place."""
    return {
        "slope_missing_output": (
            partial(backward_pass, A, W, Y, last=np.ones_like),
            "At the output the slope of the sigmoid is missing: the loss reaches `z` through it.",
        ),
        "slope_missing_hidden": (
            partial(backward_pass, A, W, Y, hidden=np.ones_like),
            "In the hidden layers the slope of the sigmoid is missing: what comes back through the "
            "weights has yet to pass the sigmoid.",
        ),
        "slope_missing": (
            partial(backward_pass, A, W, Y, hidden=np.ones_like, last=np.ones_like),
            "The slope of the sigmoid is missing in every layer.",
        ),
        "sigmoid_twice": (
            partial(backward_pass, A, W, Y, at=[sigmoid(a) for a in A]),
            "`A` already went through the sigmoid. Applying it once more gives the slope at "
            "another place.",
        ),
        "tanh_slope": (
            partial(backward_pass, A, W, Y, hidden=_tanh_slope, last=_tanh_slope),
            "`1 - a**2` is the slope of tanh. The sigmoid's is `a * (1 - a)`.",
        ),
        "slope_at_z": (
            partial(backward_pass, A, W, Y, at=weighted_sums(A, W)),
            "The slope `s * (1 - s)` wants the sigmoid's value `s`, which stands in `A`, not `z`.",
        ),
    }


def _tanh_slope(a: np.ndarray) -> np.ndarray:
    return 1 - a**2


def _mistaken_ways(A, W, Y) -> Mistakes:
    return {
        "wrong_row_skipped": (
            partial(backward_pass, A, W, Y, rows=slice(None, -1)),
            "On the way back the last row of the weights is left out. The bias row is the first "
            "one.",
        ),
        "not_reversed": (lambda: backward_pass(A, W, Y)[::-1], _NOT_REVERSED),
    }

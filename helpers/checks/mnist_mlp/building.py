"""The check of building a network with Keras: judged by what it does, not by how it is written."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import TOLERANCE_FLOAT32
from helpers.checks.feedback import exercise
from helpers.checks.keras_models import (
    expect_fresh_weights,
    expect_model,
    outputs,
    remark_on_compiling,
)
from helpers.checks.mnist_mlp.probabilities import right_softmax
from helpers.checks.mnist_mlp.rows_of_numbers import expect_outputs
from helpers.checks.mnist_mlp.stopped_builds import explained_builds
from helpers.checks.mnist_mlp.wrong_networks import (
    ACTIVATIONS,
    forward,
    number_of_parameters,
    wrong_counts,
    wrong_outputs,
)
from helpers.checks.running import Answer, Wrong

# In a network all sizes differ, so that every array of weights can be known by its shape.
_CASES = (
    (60, [128], 10, "relu"),
    (5, [7], 3, "tanh"),
    (6, [4, 9], 3, "relu"),
    (4, [], 3, "relu"),
    (8, [5, 9, 7], 4, "sigmoid"),
)


@exercise(
    smaller_step="build the last layer alone, for `hidden = []`: `keras.Input`, then one dense "
    "layer with softmax. Then put a layer between for each size, in a loop.",
    seconds=120.0,  # the first answer may be what imports Keras, and JAX compiles at first
)
def build_mlp(answer: Answer) -> str:
    """``build_mlp(n_in, hidden, n_out, activation)``: a network of dense layers.

    Parameters
    ----------
    n_in : int
        Number of inputs.
    hidden : list of int
        Sizes of the hidden layers, from the inputs on; it may be empty.
    n_out : int
        Number of classes.
    activation : str
        Activation of the hidden layers, e.g. ``"relu"``.

    Returns
    -------
    keras.Model
        Not compiled, not trained: inputs of shape (n, n_in), probabilities of shape (n, n_out).
    """
    with explained_builds():
        for case in _CASES:
            _expect_network(answer, *case)
        remark = remark_on_compiling(answer(*_CASES[0]))
    return (
        f"Right for {len(_CASES)} networks with none to three hidden layers and three activations: "
        f"sizes, biases, every output for weights of our own, batches of 1 and of 7.{remark}"
    )


def _expect_network(
    answer: Answer, n_in: int, hidden: list[int], n_out: int, activation: str
) -> None:
    model = answer(n_in, hidden, n_out, activation)
    called = f"With `build_mlp({n_in}, {hidden}, {n_out}, {activation!r})`"
    keras = sys.modules.get("keras")  # what no answer has imported, no answer has used
    expect_model(model, keras, called, begin="keras.Input((n_in,))")
    expect_outputs(model, called, n_in, hidden, n_out)
    _expect_count(model, called, n_in, hidden, n_out)
    expect_fresh_weights(model, answer(n_in, hidden, n_out, activation))
    _expect_function(model, called, [n_in, *hidden, n_out], activation)
    remark_on_compiling(model)


def _expect_count(model, called: str, n_in: int, hidden: list[int], n_out: int) -> None:
    came, right = model.count_params(), number_of_parameters([n_in, *hidden, n_out])
    if came != right:
        said = f"{called} the network has {came} weights and biases instead of {right}."
        for hint, count, sentence in wrong_counts(n_in, hidden, n_out):
            if came == count:
                raise Wrong(hint, f"{said} {sentence}")
        raise Wrong("wrong_count", f"{said} `model.summary()` shows how many are in each layer.")
    trainable = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    if trainable != right:
        raise Wrong(
            "frozen",
            f"{called} only {trainable} of {right} numbers are trainable. Leave all of them so.",
        )


def _expect_function(model, called: str, sizes: list[int], activation: str) -> None:
    """Set weights of our own, and compare every output with what numpy makes of them."""
    rng = default_rng(len(sizes))
    weights = []
    for n, m in itertools.pairwise(sizes):
        weights += [rng.normal(0, 1.5 / np.sqrt(n), (n, m)), rng.normal(0, 0.5, m)]
    _set_weights(model, weights, called)
    x = rng.normal(size=(7, sizes[0])).astype(np.float32)
    came = outputs(model, x)
    right = forward(x, weights, [ACTIVATIONS[activation]] * (len(sizes) - 2), right_softmax)
    if not _close(came, right):
        _explain(model, came, right, wrong_outputs(x, weights, activation), called, x)
    if not _close(outputs(model, x[:1]), right[:1]):
        raise Wrong("batch_matters", f"{called} one row alone gives other outputs than with more.")
    if not _close(outputs(model, x, training=True), right):
        raise Wrong(
            "dropout",
            f"{called} the outputs are random or others while it trains. Dropout and the like are "
            "a step of their own: here only dense layers.",
        )


def _set_weights(model, weights: list[np.ndarray], called: str) -> None:
    by_shape = {array.shape: array for array in weights}
    shapes = [tuple(w.shape) for w in model.weights]
    if sorted(shapes) != sorted(by_shape):
        raise Wrong(
            "wrong_layers",
            f"{called} the weights have the shapes {shapes} instead of {list(by_shape)}.",
        )
    model.set_weights([by_shape[shape].astype(np.float32) for shape in shapes])


def _close(a: np.ndarray, b: np.ndarray) -> bool:
    return np.allclose(a, b, rtol=TOLERANCE_FLOAT32, atol=TOLERANCE_FLOAT32)


def _explain(model, came, right, mistakes: Iterator, called: str, x: np.ndarray) -> None:
    with np.errstate(all="ignore"):
        for hint, expected, sentence in mistakes:
            if _close(came, expected):
                raise Wrong(hint, f"{called}: {sentence}")
    sums = came.sum(axis=1)
    if not _close(sums, 1):
        raise Wrong(
            "rows_not_one",
            f"{called} the outputs for one row should be probabilities, but their sum is "
            f"{sums[0]:.3f}. Which activation makes their sum 1?",
        )
    if len(model.weights) > 2 and _is_linear(model, x):
        raise Wrong(
            "linear",
            f"{called} the sums are a linear function of the inputs: those at the mean of two "
            "inputs are the mean of theirs. Use `activation` in each hidden layer.",
        )
    raise Wrong(
        "wrong_outputs",
        f"{called} and weights of our own, the first output is {came[0, 0]:.4f} instead of "
        f"{right[0, 0]:.4f}. Compare layers and activations with the text, one by one.",
    )


def _is_linear(model, x: np.ndarray) -> bool:
    """Tell whether the logarithms at the mean of two inputs are the mean of theirs, row by row.

    Up to a number that is the same for all classes: softmax does not tell it.
    """
    a, b, middle = (np.log(outputs(model, rows)) for rows in (x[:3], x[3:6], (x[:3] + x[3:6]) / 2))
    bend = middle - (a + b) / 2
    return np.allclose(bend, bend.mean(axis=1, keepdims=True), atol=1e-3)

"""Networks of sigmoid layers that the checks compare answers with, and small differences.

A sample is a row, row 0 of each array of weights holds the biases, and the loss is the squared
error summed over samples and outputs. What is said of an array of shape (n, k) holds for a stack
of such arrays, too. Optional arguments make the usual mistakes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-z)) of every entry, without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def sigmoid_slope(a: np.ndarray) -> np.ndarray:
    """Return the slope of the sigmoid where its value is `a`."""
    return a * (1 - a)


def identity(z: np.ndarray) -> np.ndarray:
    """Return `z`: what a layer without a sigmoid does."""
    return z


def ones_first(a: np.ndarray) -> np.ndarray:
    """Return `a`, of shape (n, k), with a column of ones in front: (n, 1 + k)."""
    return np.concatenate([np.ones((*a.shape[:-1], 1)), a], axis=-1)


def ones_last(a: np.ndarray) -> np.ndarray:
    """Return `a`, of shape (n, k), with a column of ones behind: (n, k + 1)."""
    return np.concatenate([a, np.ones((*a.shape[:-1], 1))], axis=-1)


def random_problem(layers: list[int], n: int, rng: np.random.Generator):
    """Draw samples, weights and targets.

    Parameters
    ----------
    layers : list of int
        Number of values in each layer, input and output included.
    n : int
        Number of samples.
    rng : numpy.random.Generator
        Where the numbers come from.

    Returns
    -------
    X : numpy.ndarray, shape (n, layers[0])
        Samples, without a column of ones.
    W : list of numpy.ndarray
        One array for each layer but the input, of shape (1 + layers[l], layers[l + 1]).
    Y : numpy.ndarray, shape (n, layers[-1])
        Targets between 0 and 1.
    """
    X = rng.standard_normal((n, layers[0]))
    W = [rng.standard_normal((1 + a, b)) for a, b in itertools.pairwise(layers)]
    return X, W, rng.random((n, layers[-1]))


def forward_pass(
    X: np.ndarray,
    W: list[np.ndarray],
    hidden: Callable = sigmoid,
    last: Callable = sigmoid,
    product: Callable = lambda a, w: ones_first(a) @ w,
) -> list[np.ndarray]:
    """Return what every layer gives.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, layers[0])
        Samples, without a column of ones.
    W : list of numpy.ndarray
        Weights, as from `random_problem`.
    hidden, last : callable, optional
        What the hidden layers and the output do with their weighted sums.
    product : callable, optional
        ``product(a, w)``: the weighted sums of a layer.

    Returns
    -------
    list of numpy.ndarray
        ``[X, A1, ..., AL]``, A[l] of shape (n, layers[l]).
    """
    A = [X]
    for level, w in enumerate(W, start=1):
        A.append((last if level == len(W) else hidden)(product(A[-1], w)))
    return A


def weighted_sums(A: list[np.ndarray], W: list[np.ndarray]) -> list[np.ndarray]:
    """Return what the sigmoid of each layer is applied to, beside A; the input stays itself."""
    return [A[0], *(ones_first(a) @ w for a, w in zip(A, W, strict=False))]


def backward_pass(
    A: list[np.ndarray],
    W: list[np.ndarray],
    Y: np.ndarray,
    factor: float | np.ndarray = 2.0,
    hidden: Callable = sigmoid_slope,
    last: Callable = sigmoid_slope,
    rows: slice = slice(1, None),
    at: list[np.ndarray] | None = None,
) -> list[np.ndarray]:
    """Return the deltas: how the loss changes with every weighted sum.

    Parameters
    ----------
    A : list of numpy.ndarray
        As from `forward_pass`.
    W : list of numpy.ndarray
        The same weights.
    Y : numpy.ndarray, shape (n, layers[-1])
        Targets.
    factor : float or numpy.ndarray, optional
        What the derivative of the square is multiplied by.
    hidden, last : callable, optional
        Slope of the hidden layers and of the output.
    rows : slice, optional
        Rows of the weights through which deltas travel back: all but the biases.
    at : list of numpy.ndarray, optional
        Where slopes are taken; at `A` if not given.

    Returns
    -------
    list of numpy.ndarray
        ``[D0, ...]``, one for each array of weights, D[l] of the shape of A[l + 1].
    """
    at = A if at is None else at
    D = [factor * (A[-1] - Y) * last(at[-1])]
    for place, w in zip(at[-2:0:-1], W[:0:-1], strict=True):
        D.append((D[-1] @ _transposed(w[..., rows, :])) * hidden(place))
    return D[::-1]


def gradients(
    A: list[np.ndarray], D: list[np.ndarray], inputs: Callable = ones_first
) -> list[np.ndarray]:
    """Return the gradient of each array of weights, made from activations and deltas."""
    return [_transposed(inputs(a)) @ d for a, d in zip(A, D, strict=False)]


def step_down(W: list[np.ndarray], X: np.ndarray, Y: np.ndarray, rate: float) -> list[np.ndarray]:
    """Return the weights after one step against the gradient of the summed loss."""
    A = forward_pass(X, W)
    return [w - rate * g for w, g in zip(W, gradients(A, backward_pass(A, W, Y)), strict=True)]


def squared_error(W: list[np.ndarray], X: np.ndarray, Y: np.ndarray) -> float:
    """Return the loss: squared errors summed over samples and outputs."""
    return float(np.sum((forward_pass(X, W)[-1] - Y) ** 2))


def along_each_entry(change: Callable, W: np.ndarray, length: float) -> np.ndarray:
    """Ask something of a step along each entry of an array.

    Parameters
    ----------
    change : callable
        ``change(step) -> float``; `step` has the shape of `W` and is 0 but for one entry.
    W : numpy.ndarray
        Gives the shape; it is not changed.
    length : float
        The entry that is not 0.

    Returns
    -------
    numpy.ndarray
        The answers, in the shape of `W`, in the order of its rows.
    """
    answers = np.zeros_like(W)
    for index in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[index] = length
        answers[index] = change(step)
    return answers


def central_differences(loss: Callable, W: np.ndarray, length: float) -> np.ndarray:
    """Return the gradient of ``loss(W)`` without any chain rule, in the shape of `W`."""
    return along_each_entry(
        lambda step: (loss(W + step) - loss(W - step)) / (2 * length), W, length
    )


def numeric_gradients(
    X: np.ndarray, W: list[np.ndarray], Y: np.ndarray, length: float = 1e-6
) -> list[np.ndarray]:
    """Return the gradients of `squared_error` by central differences, one weight at a time."""

    def loss_with(level: int) -> Callable:
        return lambda w: squared_error([*W[:level], w, *W[level + 1 :]], X, Y)

    return [central_differences(loss_with(level), w, length) for level, w in enumerate(W)]


def _transposed(a: np.ndarray) -> np.ndarray:
    return np.swapaxes(a, -1, -2)

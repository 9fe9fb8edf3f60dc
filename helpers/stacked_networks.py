"""Networks of one shape, in numpy, with an axis for the start: all of them take a step at once.

For experiments with many short steps. There a Keras model spends its time on calling, and a loop
over the starts would do the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np


def stacked_weights(
    layers: Sequence[int], seeds: Sequence[int], start: str = "glorot"
) -> list[np.ndarray]:
    """Draw first weights, normally distributed with mean 0; biases are 0.

    Parameters
    ----------
    layers : sequence of int
        Sizes from the input to the number of classes.
    seeds : sequence of int
        One for each network.
    start : {"glorot", "he"}, optional
        The variance of the draws: 2 / (n_in + n_out) (Glorot and Bengio, 2010) or 2 / n_in
        (He and others, 2015).

    Returns
    -------
    list of float32 arrays of shape (networks, 1 + n_in, n_out)
        The bias row comes first.

    Examples
    --------
    >>> [w.shape for w in stacked_weights([64, 32, 10], seeds=[1, 2, 3])]
    [(3, 65, 32), (3, 33, 10)]
    """
    rngs = [np.random.default_rng(seed) for seed in seeds]
    W = []
    for n_in, n_out in pairwise(layers):
        spread = np.sqrt(2 / (n_in + n_out if start == "glorot" else n_in))
        w = np.zeros((len(rngs), 1 + n_in, n_out), "float32")
        w[:, 1:] = [spread * rng.standard_normal((n_in, n_out)) for rng in rngs]
        W.append(w)
    return W


def slopes(W: list[np.ndarray], X: np.ndarray, y: np.ndarray, activation: str) -> list[np.ndarray]:
    """Return the slope of the mean cross-entropy for every weight, shaped like `W`.

    Parameters
    ----------
    W : list of arrays of shape (networks, 1 + n_in, n_out)
        Weights, bias row first.
    X : array of shape (n, d) or (networks, n, d)
        Inputs, the same for all networks or some for each.
    y : array of n integers
        Classes.
    activation : {"sigmoid", "tanh", "relu"}
        Of the hidden layers. The last layer is followed by softmax.
    """
    A = _values(W, X, activation)
    d = np.exp(_log_softmax(A[-1]))
    d[:, np.arange(len(y)), y] -= 1
    d /= len(y)
    G = []
    for level in range(len(W) - 1, -1, -1):
        weights = np.broadcast_to(A[level], (len(d), *A[level].shape[-2:])).swapaxes(1, 2) @ d
        G.append(np.concatenate([d.sum(axis=1, keepdims=True), weights], axis=1))
        if level:
            d = (d @ W[level][:, 1:].swapaxes(1, 2)) * _bend_slope(A[level], activation)
    return G[::-1]


def score(
    W: list[np.ndarray], X: np.ndarray, y: np.ndarray, activation: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return each network's mean cross-entropy and its share of right answers.

    The parameters are those of `slopes`. A network that has diverged has nan as its loss.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        log_p = _log_softmax(_values(W, X, activation)[-1])
    rows = np.arange(len(y))
    return -log_p[:, rows, y].mean(axis=1), (log_p.argmax(axis=-1) == y).mean(axis=1)


def straight(g: np.ndarray, memory: dict, rate: np.ndarray) -> np.ndarray:
    """Return the step of plain gradient descent."""
    return rate * g


def adam(g: np.ndarray, memory: dict, rate: np.ndarray) -> np.ndarray:
    """Return the step of Adam (Kingma and Ba, 2015) with Keras's own settings.

    `memory` holds the running means of the slope and of its square, and the number of steps.
    """
    t = memory["t"] = memory.get("t", 0) + 1
    m = memory["m"] = 0.9 * memory.get("m", 0) + 0.1 * g
    v = memory["v"] = 0.999 * memory.get("v", 0) + 0.001 * g * g
    return rate * ((1 - 0.999**t) ** 0.5 / (1 - 0.9**t)) * m / (np.sqrt(v) + 1e-7)


def descend(
    W: list[np.ndarray],
    X: np.ndarray,
    y: np.ndarray,
    activation: str,
    rate: float | Sequence[float],
    size: int,
    rng: np.random.Generator,
    rule: Callable = straight,
    memories: Sequence[dict] | None = None,
) -> None:
    """Change `W` in place: one epoch in batches of `size`, shuffled by `rng`.

    All networks see the same batches.

    Parameters
    ----------
    W, X, y, activation
        As for `slopes`.
    rate : float or sequence of float
        The learning rate of all networks, or one for each.
    size : int
        Samples in a batch. The last batch of the epoch may have fewer.
    rng : numpy Generator
        Shuffles the samples.
    rule : callable, optional
        ``rule(slope, memory, rate)`` returns what is subtracted from the weights; `straight`,
        `adam`, or one of your own.
    memories : sequence of dict, optional
        What the rule remembers of each layer, one dict for each array of `W`. Hand the same ones
        to the next epoch; without them the rule begins anew.
    """
    memories = [{} for _ in W] if memories is None else memories
    rate = np.reshape(np.asarray(rate, dtype=W[0].dtype), (-1, 1, 1))
    order = rng.permutation(len(y))
    for first in range(0, len(y), size):
        rows = order[first : first + size]
        with np.errstate(invalid="ignore", over="ignore"):  # where a network diverges
            G = slopes(W, X[..., rows, :], y[rows], activation)
            for w, g, memory in zip(W, G, memories, strict=True):
                w -= rule(g, memory, rate)


def _values(W: list[np.ndarray], X: np.ndarray, activation: str) -> list[np.ndarray]:
    """Return the inputs, what each hidden layer gives, and the sums of the last layer."""
    A = [X]
    for level, w in enumerate(W):
        z = A[-1] @ w[:, 1:] + w[:, :1]
        A.append(z if level == len(W) - 1 else _bend(z, activation))
    return A


def _bend(z: np.ndarray, activation: str) -> np.ndarray:
    if activation == "relu":
        return np.maximum(z, 0)
    # A sigmoid is a tanh, shrunk and moved; this form never overflows.
    return np.tanh(z) if activation == "tanh" else (np.tanh(z / 2) + 1) / 2


def _bend_slope(a: np.ndarray, activation: str) -> np.ndarray:
    """Return the slope of the activation, told from its output."""
    if activation == "relu":
        return a > 0
    return 1 - a * a if activation == "tanh" else a * (1 - a)


def _log_softmax(z: np.ndarray) -> np.ndarray:
    z = z - z.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))

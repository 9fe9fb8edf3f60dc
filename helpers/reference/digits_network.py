"""The book's own answers. Derived from solutions/02_digits_network.py by `make notebooks`; never edited."""

from helpers.reference.xor_network import add_bias, sigmoid
import numpy as np


def init_weights(layers, rng, scale=1.0):
    """Return a list of arrays; W[l] has shape (1 + layers[l], layers[l + 1]), bias row first."""
    W = []
    for level in range(len(layers) - 1):
        shape = (1 + layers[level], layers[level + 1])
        W.append(scale * rng.standard_normal(shape))
    return W


def activations(X, W):
    """Return [A0, ..., AL]: the input and what each layer makes of it, one row a sample."""
    A = [X]
    for w in W:
        A.append(sigmoid(add_bias(A[-1]) @ w))
    return A


def deltas(A, W, Y):
    """Return D: D[l], shaped like A[l + 1], is the slope at add_bias(A[l]) @ W[l]."""
    out = A[-1]
    D = [2 * (out - Y) * out * (1 - out)]
    for level in range(len(W) - 1, 0, -1):
        blame = D[-1] @ W[level][1:].T
        D.append(blame * A[level] * (1 - A[level]))
    return D[::-1]


def gradients(A, D):
    """Return the slope of the loss for every weight; bias rows come first, as in W."""
    return [add_bias(a).T @ d for a, d in zip(A[:-1], D, strict=True)]


def minibatches(n, size, rng):
    """Return arrays of indices: all numbers below n, shuffled by rng, cut into pieces of size."""
    order = rng.permutation(n)
    return [order[start : start + size] for start in range(0, n, size)]


def fit(W, X, Y, rng, epochs, rate, size):
    """Train by mini-batch gradient descent; return new weights and one loss an epoch."""
    losses = []
    for _ in range(epochs):
        for batch in minibatches(len(X), size, rng):
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch]))
            W = [w - rate * g / len(batch) for w, g in zip(W, G, strict=True)]
        losses.append(np.sum((activations(X, W)[-1] - Y) ** 2))
    return W, losses


def predict_class(X, W):
    """Return the class with the largest output for each row of X: an int array of shape (n,)."""
    return activations(X, W)[-1].argmax(axis=1)

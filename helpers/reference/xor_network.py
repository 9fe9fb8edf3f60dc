"""The book's own answers. Derived from solutions/01_xor_network.py by `make notebooks`; never edited."""

import numpy as np


def descend(slope, start, rate, steps):
    """Return the start and the positions after each of the steps down the slope."""
    path = [start]
    for _ in range(steps):
        following = path[-1] - rate * slope(path[-1])
        path.append(following)
    return path


def sigmoid(z):
    """Return 1 / (1 + exp(-z)) for every entry of z."""
    return 1 / (1 + np.exp(-z))


def neuron_step(w, X, y, rate):
    """Return the weights after one step; w (k,), X (n, k), y (n,)."""
    o = sigmoid(X @ w)
    gradient = X.T @ (2 * (o - y) * o * (1 - o))
    return w - rate * gradient


def add_bias(X):
    """Return X with a column of ones in front: (n, k) becomes (n, k + 1)."""
    return np.column_stack([np.ones(len(X)), X])


def forward(X, W1, W2):
    """Return h (n, m) and o (n, q); X (n, k), W1 (1 + k, m), W2 (1 + m, q)."""
    h = sigmoid(add_bias(X) @ W1)
    o = sigmoid(add_bias(h) @ W2)
    return h, o


def xor_by_hand():
    """Return W1 (3, 2) and W2 (3, 1), chosen by hand, that answer XOR."""
    W1 = np.array([[-10, -30], [20, 20], [20, 20]])
    W2 = np.array([[-10], [20], [-20]])
    return W1, W2


def output_delta(o, Y):
    """Return how the loss changes with the sum into the output; all (n, q)."""
    return 2 * (o - Y) * o * (1 - o)


def hidden_delta(d_out, W2, h):
    """Return how the loss changes with the hidden sums; shaped like h (n, m)."""
    return (d_out @ W2[1:].T) * h * (1 - h)


def backprop(X, W1, W2, Y):
    """Return the gradients of the summed squared error, shaped like W1, W2."""
    h, o = forward(X, W1, W2)
    d_out = output_delta(o, Y)
    d_hid = hidden_delta(d_out, W2, h)
    gW1 = add_bias(X).T @ d_hid
    gW2 = add_bias(h).T @ d_out
    return gW1, gW2


def gradient_check(loss, W, grad, eps):
    """Return the relative error between grad and central differences."""
    numeric = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[i] = eps
        numeric[i] = (loss(W + step) - loss(W - step)) / (2 * eps)
    error = np.linalg.norm(numeric - grad)
    return error / (np.linalg.norm(numeric) + np.linalg.norm(grad))


def random_start(seed, hidden=2):
    """Return W1 (3, hidden) and W2 (hidden + 1, 1), drawn from a standard normal."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(3, hidden)), rng.normal(size=(hidden + 1, 1))


XOR_X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)


XOR_Y = np.array([[0], [1], [1], [0]], dtype=float)


def train(W1, W2, epochs=1000, rate=0.5):
    """Return the weights after full-batch gradient descent on XOR."""
    for _ in range(epochs):
        gW1, gW2 = backprop(XOR_X, W1, W2, XOR_Y)
        W1, W2 = W1 - rate * gW1, W2 - rate * gW2
    return W1, W2


def xor_success(seeds, hidden):
    """Return the share of random starts, one per seed, that learn XOR."""
    successes = 0
    for seed in seeds:
        W1, W2 = train(*random_start(seed, hidden))
        _, o = forward(XOR_X, W1, W2)
        is_learned = np.all((o > 0.5) == (XOR_Y > 0.5))
        successes += bool(is_learned)
    return successes / len(seeds)


def with_ones(A):
    return np.concatenate([np.ones((*A.shape[:-1], 1)), A], axis=-1)


def train_many(seeds, hidden, epochs=1000, rate=0.5):
    """Train all starts at once; return the four outputs of each, (starts, 4)."""
    W1, W2 = (
        np.stack(part) for part in zip(*[random_start(s, hidden) for s in seeds])
    )
    for _ in range(epochs):
        h = sigmoid(with_ones(XOR_X) @ W1)
        o = sigmoid(with_ones(h) @ W2)
        d_out = 2 * (o - XOR_Y) * o * (1 - o)
        d_hid = (d_out @ W2[:, 1:].transpose(0, 2, 1)) * h * (1 - h)
        W1 = W1 - rate * with_ones(XOR_X).T @ d_hid
        W2 = W2 - rate * with_ones(h).transpose(0, 2, 1) @ d_out
    return o[..., 0]

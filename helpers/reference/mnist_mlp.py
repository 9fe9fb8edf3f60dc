"""The book's own answers. Derived from solutions/04_mnist_mlp.py by `make notebooks`; never edited."""

import numpy as np


def split_validation(x, y, share, rng):
    """Return (x_train, y_train), (x_valid, y_valid)."""
    order = rng.permutation(len(x))
    size = round(share * len(x))
    valid = order[:size]
    train = order[size:]
    return (x[train], y[train]), (x[valid], y[valid])


def standardise(train, test):
    """Return both parts, standardised by what the training part says."""
    mean = train.mean(axis=0)
    spread = train.std(axis=0)
    constant = train.max(axis=0) == train.min(axis=0)
    spread = np.where(constant, 1, spread)
    return (train - mean) / spread, (test - mean) / spread


def softmax(z):
    """Return probabilities, shape (n, k), for sums of shape (n, k)."""
    power = np.exp(z - z.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)


def cross_entropy(p, y):
    """Return the mean of -ln p[true class], for p of shape (n, k) and n classes y."""
    true = p[np.arange(len(y)), y]
    return float(-np.log(np.maximum(true, 1e-7)).mean())


def one_hot(y, k):
    """Return an array of shape (n, k): row i has its 1 at place y[i]."""
    return np.eye(k)[y]


def param_count(sizes):
    """Return the number of weights and biases of dense layers of these sizes."""
    total = 0
    for level in range(len(sizes) - 1):
        total = total + (sizes[level] + 1) * sizes[level + 1]
    return total


def build_mlp(n_in, hidden, n_out, activation):
    """Return a Keras model: n_in inputs, hidden layers, n_out probabilities."""
    import keras
    model = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        model.add(keras.layers.Dense(size, activation=activation))
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


def overfitting(history):
    """Return the best epoch, and whether it overfits, for a history of Keras."""
    loss, val_loss = history["loss"], history["val_loss"]
    best = int(np.argmin(val_loss))
    rises = val_loss[-1] > 1.1 * val_loss[best]
    learns = loss[-1] < loss[best]
    return best + 1, bool(rises and learns)


def cross_entropy_from_logits(z, y):
    """Return (mean loss, its slope), for sums z of shape (n, k) and n classes y."""
    rows = np.arange(len(y))
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    slope = np.exp(log_p)
    slope[rows, y] -= 1
    loss = float(-log_p[rows, y].mean())
    return loss, slope / len(y)


def rank_scalings(scores):
    """Return the set of pairs (better, worse) of names that the runs tell apart."""
    pairs = set()
    for better in scores:
        for worse in scores:
            gains = np.subtract(scores[better], scores[worse])
            error = gains.std(ddof=1) / np.sqrt(len(gains))
            if gains.mean() > 0 and gains.mean() > 2 * error:
                pairs.add((better, worse))
    return pairs

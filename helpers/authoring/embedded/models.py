"""The simple models that tell how hard a set of pictures is."""

from __future__ import annotations

import warnings

import numpy as np


def split(labels: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return indices of 70 % and of another 15 % of the pictures, each class with its share."""
    from sklearn.model_selection import train_test_split

    every = np.arange(len(labels))
    train, rest = train_test_split(every, test_size=0.3, stratify=labels, random_state=seed)
    _, test = train_test_split(rest, test_size=0.5, stratify=labels[rest], random_state=seed)
    return train, test


def nearest_neighbour(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return distance and index of the training picture nearest to each test picture.

    Parameters
    ----------
    train, test : arrays of shape (n, pixels) and (m, pixels)

    Returns
    -------
    distances : array of shape (m,)
        Euclidean.
    nearest : int array of shape (m,)

    Examples
    --------
    >>> nearest_neighbour(np.array([[0.0], [5.0]]), np.array([[4.0]]))
    (array([1.]), array([1]))
    """
    nearest = np.empty(len(test), np.int64)
    squares = (train**2).sum(axis=1)
    for start in range(0, len(test), 500):  # a block of the table of distances at a time
        block = test[start : start + 500]
        nearest[start : start + 500] = (squares - 2 * block @ train.T).argmin(axis=1)
    # From the difference itself: the formula above loses the last digits of small distances.
    return np.sqrt(((test - train[nearest]) ** 2).sum(axis=1)), nearest


def fit_linear(X: np.ndarray, y: np.ndarray, C: float):
    """Return a logistic regression fitted to pixels from -0.5 to 0.5; small C holds it back."""
    from sklearn.linear_model import LogisticRegression

    return _fitted(LogisticRegression(C=C, max_iter=300), X, y)


def fit_network(X: np.ndarray, y: np.ndarray, seed: int):
    """Return a network of 128 hidden units fitted in 30 rounds."""
    from sklearn.neural_network import MLPClassifier

    return _fitted(MLPClassifier((128,), max_iter=30, random_state=seed), X, y)


def _fitted(model, X: np.ndarray, y: np.ndarray):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the number of steps is a choice here, not a failure
        return model.fit(X, y)

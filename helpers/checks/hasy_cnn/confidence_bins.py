"""Answers sorted into bins by how sure of them a network is."""

from __future__ import annotations

import numpy as np

BINS = 10


def tenths(conf: np.ndarray) -> np.ndarray:
    """Return the number, 0 to 9, of the tenth of (0, 1] that holds each confidence.

    Examples
    --------
    >>> tenths(np.array([0.05, 0.62, 1.0])).tolist()
    [0, 6, 9]
    """
    return np.ceil(BINS * conf).astype(int) - 1


def binned(conf: np.ndarray, ok: np.ndarray, number: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return the sizes, mean confidences and accuracies of the bins that are not empty.

    Parameters
    ----------
    conf, ok : numpy.ndarray, shape (m,)
        Confidences, and whether the answers are right.
    number : numpy.ndarray of int, shape (m,)
        The bin of each answer.
    """
    masks = [number == b for b in np.unique(number)]
    return tuple(np.array([(m.sum(), conf[m].mean(), ok[m].mean()) for m in masks]).T)


def weighted_gaps(conf: np.ndarray, ok: np.ndarray, number: np.ndarray) -> float:
    """Return the mean gap between accuracy and mean confidence, each bin weighted by its size."""
    size, mean, accuracy = binned(conf, ok, number)
    return float((size * np.abs(accuracy - mean)).sum() / len(conf))

"""The four samples of XOR, one a row, and what the output should be."""

from __future__ import annotations

import numpy as np

from helpers.checks.small_networks import forward_pass

XOR_X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
XOR_Y = np.array([[0], [1], [1], [0]], dtype=float)


def right_sides(W: list[np.ndarray]) -> np.ndarray:
    """Tell which outputs of a network, or of a stack of them, are on the right side of 0.5.

    Parameters
    ----------
    W : list of numpy.ndarray, shapes (..., 3, hidden) and (..., 1 + hidden, 1)
        Weights, bias rows first.

    Returns
    -------
    numpy.ndarray of bool, shape (..., 4, 1)
        One truth value for each sample.
    """
    X = np.broadcast_to(XOR_X, (*W[0].shape[:-2], *XOR_X.shape))
    return (forward_pass(X, W)[-1] > 0.5) == (XOR_Y > 0.5)

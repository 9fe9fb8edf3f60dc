"""The weights with which a network begins, drawn by NumPy for any library."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np


def first_weights(
    layers: Sequence[int], seed: int, start: str | float = "glorot"
) -> list[np.ndarray]:
    """Draw the first weights of a network of dense layers; its biases are 0.

    Parameters
    ----------
    layers : sequence of int
        Sizes from the input to the output.
    seed : int
        Of the draw. NumPy's global random state is neither used nor changed.
    start : {"glorot", "he"} or float, optional
        Between which limits the weights lie, evenly: ±sqrt(6 / (n_in + n_out)) (Glorot and
        Bengio, 2010; Keras's own choice), ±sqrt(6 / n_in) (He and others, 2015), or ± the number.

    Returns
    -------
    list of float32 arrays
        Kernel (n_in, n_out) and bias (n_out,) of each layer, as ``model.set_weights`` takes them.

    Examples
    --------
    >>> [w.shape for w in first_weights([60, 128, 10], seed=1)]
    [(60, 128), (128,), (128, 10), (10,)]
    """
    rng = np.random.default_rng(seed)
    weights = []
    for n_in, n_out in itertools.pairwise(layers):
        if start == "glorot":
            limit = (6 / (n_in + n_out)) ** 0.5
        elif start == "he":
            limit = (6 / n_in) ** 0.5
        else:
            limit = float(start)
        weights.append(rng.uniform(-limit, limit, (n_in, n_out)).astype("float32"))
        weights.append(np.zeros(n_out, "float32"))
    return weights

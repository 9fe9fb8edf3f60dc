"""Are the outputs of a network probabilities of ten letters, and whose fault is it if not?"""

from __future__ import annotations

import numpy as np

from helpers.checks.arrays import TOLERANCE_FLOAT32
from helpers.checks.keras_models import outputs
from helpers.checks.running import Wrong

# Softmax of a row with a single 1: what a second softmax makes of a first that is sure.
_SURE_TWICE = np.e / (np.e + 9)


def expect_probabilities(model, x: np.ndarray, called: str) -> None:
    """Raise `Wrong` unless each row of outputs is made of probabilities, by one softmax.

    Parameters
    ----------
    model : keras.Model
        Gives ten numbers for each picture.
    x : numpy.ndarray
        Pictures, scaled 0 to 1.
    called : str
        How the message begins.
    """
    p, far = outputs(model, x), outputs(model, 1000 * x)
    if not _close(p.sum(axis=1), 1) or (p < 0).any():
        raise _not_probabilities(p, far, called)
    if _close(far.max(axis=1), _SURE_TWICE):
        raise Wrong(
            "softmax_twice",
            f"{called} softmax is applied twice: however sure the network is, its answer stays "
            f"below {_SURE_TWICE:.2f}. Once is enough, in the last layer or behind it.",
        )
    if _tied(p).mean() > 0.5 or (_tied(far) & (far.min(axis=1) > 0.01)).mean() > 0.5:
        raise Wrong(
            "activation_before_softmax",
            f"{called} several letters get exactly the same smallest probability: the last scores "
            "go through another activation before the softmax, which cuts off or squeezes what "
            "tells the letters apart. Softmax alone.",
        )


def _not_probabilities(p: np.ndarray, far: np.ndarray, called: str) -> Wrong:
    if _close(np.exp(p).sum(axis=1), 1):
        return Wrong(
            "log_softmax",
            f"{called} the outputs are logarithms of probabilities. Asked for are the "
            "probabilities.",
        )
    if _close(p.sum(axis=0), 1):
        return Wrong(
            "softmax_over_batch",
            f"{called} each letter's probabilities add up to 1 over the pictures of the batch. "
            "They should add up over the letters, the last axis.",
        )
    said = f"{called} the ten outputs of a picture add up to {p[0].sum():.3f}, not to 1."
    if far.min() >= 0 and far.max() <= 1:
        return Wrong(
            "sigmoid_output",
            f"{said} Each lies between 0 and 1, as a sigmoid's do. A picture shows one of the "
            "letters: use the activation that shares out a sum of 1.",
        )
    return Wrong("no_softmax", f"{said} Which activation makes probabilities of scores?")


def _tied(p: np.ndarray) -> np.ndarray:
    """Tell for each row whether several letters share the smallest probability exactly."""
    return (p == p.min(axis=1, keepdims=True)).sum(axis=1) > 1


def _close(a: np.ndarray, b: float) -> bool:
    return np.allclose(a, b, rtol=TOLERANCE_FLOAT32, atol=TOLERANCE_FLOAT32)


def linear_scores(model, x: np.ndarray) -> bool:
    """Tell whether the scores behind the probabilities are a linear function of the picture.

    Then those at the mean of two pictures are the mean of theirs, up to a number that is the
    same for all letters: softmax does not tell it.
    """
    half = len(x) // 2
    a, b = x[:half], x[half : 2 * half]
    with np.errstate(divide="ignore"):
        scores = [np.log(outputs(model, rows)) for rows in (a, b, (a + b) / 2)]
    scores = [rows - rows.mean(axis=1, keepdims=True) for rows in scores]
    bend = scores[2] - (scores[0] + scores[1]) / 2
    return bool(np.abs(bend).max() < 1e-3 * max(np.ptp(rows) for rows in scores))

"""Are the outputs of a network probabilities of classes, and whose fault is it if not?"""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import TOLERANCE_FLOAT32
from helpers.checks.keras_models import outputs
from helpers.checks.running import Wrong


def expect_probabilities(model, shape: tuple[int, int, int], called: str) -> None:
    """Raise `Wrong` unless the outputs for each picture are probabilities, made by one softmax.

    Parameters
    ----------
    model : keras.Model
        Gives one number a class for each picture.
    shape : tuple of int
        Height, width and channels of a picture.
    called : str
        How the message begins.
    """
    x = _patches(shape)
    p, sure = outputs(model, x), _with_large_weights(model, x)
    if not _close(p.sum(axis=1), 1) or (p < 0).any():
        raise _not_probabilities(p, sure, called)
    classes = p.shape[1]
    top = (sure > sure.max(axis=1, keepdims=True) - 1e-5).sum(axis=1)
    two_values = (top < classes) & (sure.min(axis=1) > 1e-3) & (_at_least(sure) + top == classes)
    # Softmax of a row with a single 1: what a second one makes of a first that is sure.
    sure_twice = np.e / (np.e + classes - 1)
    if two_values.mean() > 0.5 and (top[two_values] == 1).all() and sure.max() < 1.03 * sure_twice:
        raise Wrong(
            "softmax_twice",
            f"{called} softmax is applied twice: however sure the network is, its answer stays "
            f"below {sure.max():.2f}. Once is enough, in the last layer or behind it.",
        )
    cut_off = (_at_least(p, 0.0) > 1) & (np.ptp(p, axis=1) > 0)
    if two_values.mean() > 0.5 or cut_off.mean() > 0.2:
        raise Wrong(
            "activation_before_softmax",
            f"{called} several classes get exactly the same probability: the last scores go "
            "through another activation before the softmax, which cuts off or squeezes what tells "
            "the classes apart. Softmax alone.",
        )


def _patches(shape: tuple[int, int, int]) -> np.ndarray:
    """Return pictures that differ more from each other than noise does."""
    height, width, channels = shape
    coarse = default_rng(24).normal(0, 1, (24, 4, 4))
    fine = coarse[:, np.arange(height) * 4 // height][:, :, np.arange(width) * 4 // width]
    return np.repeat(fine[..., None], channels, axis=3).astype(np.float32)


def _with_large_weights(model, x: np.ndarray) -> np.ndarray:
    """Return what the model would say if it were sure, whether or not its inner layers saturate."""
    weights = model.get_weights()
    try:
        model.set_weights([30 * w for w in weights])
        return outputs(model, x)
    finally:
        model.set_weights(weights)


def _at_least(p: np.ndarray, within: float = 1e-5) -> np.ndarray:
    """Return for each row how many classes share its smallest probability."""
    return (p <= p.min(axis=1, keepdims=True) + within).sum(axis=1)


def _not_probabilities(p: np.ndarray, sure: np.ndarray, called: str) -> Wrong:
    if _close(np.exp(p).sum(axis=1), 1):
        return Wrong(
            "log_softmax",
            f"{called} the outputs are logarithms of probabilities. Asked for are the "
            "probabilities.",
        )
    if _close(p.sum(axis=0), 1):
        return Wrong(
            "softmax_over_batch",
            f"{called} each class's probabilities add up to 1 over the pictures of the batch. "
            "They should add up over the classes, the last axis.",
        )
    said = f"{called} the outputs for a picture add up to {p[0].sum():.3f}, not to 1."
    if sure.min() >= 0 and sure.max() <= 1:
        return Wrong(
            "sigmoid_output",
            f"{said} Each lies between 0 and 1, as a sigmoid's do. A picture belongs to one "
            "of the classes: use the activation that shares out a sum of 1.",
        )
    return Wrong("no_softmax", f"{said} Which activation makes probabilities of scores?")


def _close(a: np.ndarray, b: float) -> bool:
    return np.allclose(a, b, rtol=TOLERANCE_FLOAT32, atol=TOLERANCE_FLOAT32)


def linear_scores(model, x: np.ndarray) -> bool:
    """Tell whether the scores behind the probabilities are a linear function of the picture.

    Then those at the mean of two pictures are the mean of theirs, up to a number that is the
    same for all classes: softmax does not tell it.
    """
    half = len(x) // 2
    a, b = x[:half], x[half : 2 * half]
    with np.errstate(divide="ignore"):
        scores = [np.log(outputs(model, rows)) for rows in (a, b, (a + b) / 2)]
    scores = [rows - rows.mean(axis=1, keepdims=True) for rows in scores]
    bend = scores[2] - (scores[0] + scores[1]) / 2
    return bool(np.abs(bend).max() < 1e-3 * max(np.ptp(rows) for rows in scores))

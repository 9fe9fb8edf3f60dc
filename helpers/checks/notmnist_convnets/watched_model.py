"""A stand-in for a Keras model: answers at once, and keeps the pictures that it is asked about."""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np

from helpers.checks.running import Wrong


class WatchedModel:
    """Call it, or its `predict`, as a Keras model that takes pictures of one shape.

    Parameters
    ----------
    answers : callable
        Gives probabilities, shape (n, 10), for pictures, shape (n, height, width, channels).

    Attributes
    ----------
    asked : list of numpy.ndarray
        The pictures of each call.
    """

    def __init__(self, answers: Callable[[np.ndarray], np.ndarray]):
        self.asked: list[np.ndarray] = []
        self._answers = answers

    def __deepcopy__(self, memo: dict) -> WatchedModel:
        return self  # what its copy is asked would be lost

    def __call__(self, inputs, training=None, mask=None):
        keras, p = sys.modules.get("keras"), self._ask(inputs)
        return keras.ops.convert_to_tensor(p) if keras else p

    def predict(self, x, batch_size=None, verbose="auto", steps=None, callbacks=None):
        """Return the probabilities of pictures as a numpy array."""
        return self._ask(x)

    def predict_on_batch(self, x):
        """Return the probabilities of pictures as a numpy array."""
        return self._ask(x)

    def evaluate(self, x, y, batch_size=None, verbose="auto", return_dict=False, **options):
        """Return loss and accuracy, as a model compiled with this metric does."""
        p, y = self._ask(x), np.asarray(y)
        found = {"loss": loss(p, y), "accuracy": float(np.mean(p.argmax(axis=1) == y))}
        return found if return_dict else list(found.values())

    def _ask(self, inputs) -> np.ndarray:
        pictures = np.array(inputs, dtype=np.float32)
        if pictures.ndim == 3 and pictures.shape[-1] > 1:
            pictures = pictures[..., None]  # as Keras does where only the channel is missing
        if pictures.ndim != 4:
            raise Wrong(
                "batch_axis_missing",
                f"The model was asked about an array of shape {pictures.shape}. It takes pictures "
                "of shape (n, height, width, channels): a single one is `X[i:i + 1]`.",
            )
        self.asked.append(pictures)
        return self._answers(pictures).astype(np.float32)


def loss(p: np.ndarray, y: np.ndarray) -> float:
    """Return the cross-entropy of probabilities p and labels y."""
    return float(-np.log(p[np.arange(len(y)), y]).mean())

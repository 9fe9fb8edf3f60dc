"""Train a network shortly on the embedded symbols, to see whether it learns at all."""

from __future__ import annotations

import functools
import sys
from typing import NamedTuple

import numpy as np
from numpy.random import default_rng

from helpers import data
from helpers.checks.hasy_cnn.batch_statistics import normalisations

# Right networks of many kinds pass the goal in one epoch; those with a global pool, or with six
# convolutions, in two or three.
EPOCHS = 4
_TRAINED_ON, _ASKED = 2000, 1000
_BATCH = 32
_ABOVE_BASELINE = 0.1


class ShortTraining(NamedTuple):
    """How far a network came: the share of other pictures that it got right, and what it should."""

    accuracy: float
    baseline: float
    goal: float
    epochs: int
    pictures: int


def train_shortly(model) -> ShortTraining:
    """Train a model until it is clearly better than the most frequent answer; compile it before.

    Parameters
    ----------
    model : keras.Model
        Gives a hundred probabilities for pictures of shape (n, 32, 32, 1).
    """
    keras = sys.modules["keras"]
    (X, y), (X_other, y_other) = _symbols()
    baseline = float(np.mean(y_other == np.bincount(y).argmax()))
    goal = baseline + _ABOVE_BASELINE
    for layer in normalisations(model):
        layer.momentum = 0.8  # an epoch has 63 batches: .99 would still remember the start
    model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy")
    epochs, accuracy = 0, 0.0
    while epochs < EPOCHS and accuracy < goal:
        model.fit(X, y, batch_size=_BATCH, verbose=0)
        answers = model.predict(X_other, batch_size=_ASKED, verbose=0).argmax(axis=1)
        accuracy = float(np.mean(answers == y_other))
        epochs += 1
    return ShortTraining(accuracy, baseline, goal, epochs, _TRAINED_ON)


@functools.cache
def _symbols() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return pictures (ink 1, paper 0) of the first hundred classes: to train on, and others."""
    symbols = data.hasy("embedded")
    rows = np.flatnonzero(symbols.labels < 100)
    rows = default_rng(5).permutation(rows)[: _TRAINED_ON + _ASKED]
    X = 1 - symbols.images[rows, :, :, None].astype(np.float32) / 255
    y = symbols.labels[rows]
    return (X[:_TRAINED_ON], y[:_TRAINED_ON]), (X[_TRAINED_ON:], y[_TRAINED_ON:])

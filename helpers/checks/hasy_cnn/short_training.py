"""Train a network shortly on the embedded symbols, to see whether it learns at all."""

from __future__ import annotations

import functools
import sys
from typing import NamedTuple

import numpy as np
from numpy.random import default_rng

from helpers import data
from helpers.checks.hasy_cnn.batch_statistics import normalisations
from helpers.checks.keras_models import outputs

# Right networks of many kinds pass the goal in the first or second half of one epoch; those with a
# global pool, or with six convolutions, in two or three epochs.
EPOCHS = 4
_TRAINED_ON, _ASKED = 2000, 1000
_ROUND = 1000  # pictures after which the model is asked
_BATCH = 32
_ABOVE_BASELINE = 0.1


class ShortTraining(NamedTuple):
    """How far a network came: the share of other pictures that it got right, and what it should."""

    accuracy: float
    baseline: float
    goal: float
    epochs: float
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
        layer.momentum = 0.8  # a round has 32 batches: .99 would still remember the start
    model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy")
    model.optimizer.build(model.trainable_variables)  # else the first step is traced twice
    shown, accuracy = 0, 0.0
    while shown < EPOCHS * _TRAINED_ON and accuracy < goal:
        first = shown % _TRAINED_ON
        some = slice(first, first + _ROUND)
        model.fit(X[some], y[some], batch_size=_BATCH, verbose=0)
        shown += _ROUND
        accuracy = float(np.mean(outputs(model, X_other).argmax(axis=1) == y_other))
    return ShortTraining(accuracy, baseline, goal, shown / _TRAINED_ON, _TRAINED_ON)


@functools.cache
def _symbols() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return pictures (ink 1, paper 0) of the first hundred classes: to train on, and others."""
    symbols = data.hasy("embedded")
    rows = np.flatnonzero(symbols.labels < 100)
    rows = default_rng(5).permutation(rows)[: _TRAINED_ON + _ASKED]
    X = 1 - symbols.images[rows, :, :, None].astype(np.float32) / 255
    y = symbols.labels[rows]
    return (X[:_TRAINED_ON], y[:_TRAINED_ON]), (X[_TRAINED_ON:], y[_TRAINED_ON:])

"""What batch normalisation should remember of given pictures, computed layer by layer."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.random import default_rng


class Statistics(NamedTuple):
    """Mean and variance of each channel in front of one layer of batch normalisation."""

    mean: np.ndarray
    variance: np.ndarray


def layers_inside(model) -> Iterator[object]:
    """Yield the layers of a model in their order, those of models inside it too."""
    for layer in model.layers:
        if getattr(layer, "layers", None):
            yield from layers_inside(layer)
        else:
            yield layer


def normalisations(model) -> list:
    """Return a model's layers of batch normalisation, in their order."""
    kind = sys.modules["keras"].layers.BatchNormalization
    return [layer for layer in layers_inside(model) if isinstance(layer, kind)]


def remembered(model) -> list[Statistics]:
    """Return the moving mean and variance of each layer of batch normalisation."""
    as_numpy = sys.modules["keras"].ops.convert_to_numpy
    return [
        Statistics(
            *(np.array(as_numpy(w), dtype=float) for w in (n.moving_mean, n.moving_variance))
        )
        for n in normalisations(model)
    ]


def pass_through(
    model, X: np.ndarray, given: Sequence[Statistics] | None = None
) -> tuple[list[Statistics], np.ndarray]:
    """Send a batch through a chain of layers, normalised by its own statistics or by given ones.

    Parameters
    ----------
    model : keras.Sequential
        Is not changed.
    X : numpy.ndarray, shape (n, ...)
        The batch.
    given : sequence of Statistics, optional
        By which to normalise; by the batch's own, where left out.

    Returns
    -------
    statistics : list of Statistics
        Of what comes into each layer of batch normalisation.
    outputs : numpy.ndarray
        What the last layer gives.
    """
    keras = sys.modules["keras"]
    met, x = [], X
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            axes = tuple(range(x.ndim - 1))
            met.append(Statistics(x.mean(axis=axes), x.var(axis=axes)))
            used = met[-1] if given is None else given[len(met) - 1]
            gamma, beta = (keras.ops.convert_to_numpy(w) for w in (layer.gamma, layer.beta))
            x = gamma * (x - used.mean) / np.sqrt(used.variance + layer.epsilon) + beta
            x = x.astype(np.float32)
        else:
            x = np.asarray(keras.ops.convert_to_numpy(layer(x, training=False)))
    return met, x


def chains() -> list[tuple[object, np.ndarray]]:
    """Return two Sequential models, compiled, and pictures for each.

    What batch normalisation remembers is far from what the pictures give. They grow brighter
    from first to last, so that no part of them stands for all.
    """
    from keras import Input, Sequential
    from keras import layers as kinds

    deep = [kinds.Conv2D(4, 3), kinds.BatchNormalization(), kinds.ReLU(), kinds.Conv2D(3, 3)]
    deep += [kinds.BatchNormalization(), kinds.ReLU(), kinds.GlobalAveragePooling2D()]
    wide = [kinds.Conv2D(5, 3, activation="relu"), kinds.BatchNormalization(), kinds.Flatten()]
    wide += [kinds.Dense(6), kinds.BatchNormalization(), kinds.ReLU()]
    found = []
    for seed, (layers, shape, classes) in enumerate(
        (
            (deep, (8, 8, 1), 3),
            (wide, (6, 7, 2), 4),
        )
    ):
        layers = [Input(shape), *layers, kinds.Dense(classes, activation="softmax")]
        rng, model = default_rng(seed), Sequential(layers)
        X = rng.random((300, *shape)) + np.linspace(0, 0.15, 300)[:, None, None, None]
        X = X.astype(np.float32)
        _set_weights(model, X, rng)
        model.compile("sgd", "sparse_categorical_crossentropy")
        found.append((model, X))
    return found


def _set_weights(model, X: np.ndarray, rng: np.random.Generator) -> None:
    """Set weights of our own; kernels whose outputs vary more, or less, than by 1."""
    for layer in model.layers:
        shapes = [w.shape for w in layer.get_weights()]
        if len(shapes) == 2:
            layer.set_weights([rng.normal(0.2, 0.7, shapes[0]), rng.normal(0, 0.5, shapes[1])])
    for layer in normalisations(model):
        n = layer.gamma.shape[0]
        layer.set_weights([rng.uniform(0.5, 2, n), rng.normal(0, 0.5, n), np.zeros(n), np.ones(n)])
    for layer, true in zip(normalisations(model), pass_through(model, X)[0], strict=True):
        n, deviation = len(true.mean), np.sqrt(true.variance)
        layer.moving_mean.assign(
            true.mean + rng.choice([-1, 1], n) * rng.uniform(1, 2, n) * deviation
        )
        layer.moving_variance.assign(true.variance * rng.uniform(4, 8, n))

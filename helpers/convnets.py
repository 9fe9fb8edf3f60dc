"""Networks of letters: written down as a list of layers, built with Keras, started anew.

Keras is imported when a function is called, so that importing `helpers` stays light.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_MEASURED = 500  # pictures that a network looks at together when it is only asked


def keras_network(
    layers: Sequence[tuple], shape: tuple[int, ...] = (28, 28, 1), hidden: str = "relu"
):
    """Build the Keras model that a list of layers describes.

    Parameters
    ----------
    layers : sequence of tuples
        ``("conv", filters, size, "same" | "valid")``, ``("pool", size)``, ``("flatten",)``,
        ``("dense", units)``, ``("dropout", rate)``, ``("batchnorm",)``, ``("globalmax",)``.
    shape : tuple of int, optional
        Of one picture; ``(None, None, 1)`` takes pictures of any size.
    hidden : str, optional
        The activation after convolutions and dense layers; after the last layer it is softmax.

    Returns
    -------
    keras.Sequential
        Untrained and not compiled.

    Raises
    ------
    ValueError
        If a layer is of no known kind.
    """
    import keras

    made = [keras.Input(shape)]
    for number, layer in enumerate(layers):
        made.append(_keras_layer(layer, "softmax" if number == len(layers) - 1 else hidden))
    return keras.Sequential(made)


def _keras_layer(layer: tuple, activation: str):
    """Return the Keras layer of one line of the list."""
    from keras import layers

    match layer:
        case ("conv", filters, size, padding):
            return layers.Conv2D(filters, size, padding=padding, activation=activation)
        case ("pool", size):
            return layers.MaxPooling2D(size)
        case ("flatten",):
            return layers.Flatten()
        case ("dense", units):
            return layers.Dense(units, activation=activation)
        case ("dropout", rate):
            return layers.Dropout(rate)
        case ("batchnorm",):
            return layers.BatchNormalization()
        case ("globalmax",):
            return layers.GlobalMaxPooling2D()
    raise ValueError(f"{layer!r} is no layer that this book knows; see keras_network.")


def restart(model, seed: int) -> None:
    """Give a model new first weights and an optimizer without a past.

    A new Keras model costs a second before its first step; this costs nearly nothing.

    Parameters
    ----------
    model : keras.Model
        Compiled or not. Its optimizer's learning rate stays.
    seed : int
        Of the first weights, and of the order of the samples from then on: it seeds Python,
        NumPy and Keras.
    """
    import keras

    keras.utils.set_random_seed(seed)
    _draw_weights(model)
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        return
    if not optimizer.built:  # else the first step would build it, and TensorFlow trace that twice
        optimizer.build(model.trainable_variables)
    for variable in optimizer.variables:
        if "learning_rate" not in variable.path:
            variable.assign(np.zeros(variable.shape))


def _draw_weights(model) -> None:
    """Draw all weights of a model anew, as its layers would."""
    import keras

    makers = [
        (weight, getattr(layer, f"{weight.name}_initializer", None))
        for layer in model.layers
        for weight in layer.weights
    ]
    if any(maker is None for _, maker in makers):  # a layer of another kind, or a model in it
        model.set_weights(keras.models.clone_model(model).get_weights())
        return
    for weight, maker in makers:
        # A copy: an initializer that is called twice draws the same numbers twice.
        fresh = type(maker).from_config(maker.get_config())
        weight.assign(fresh(weight.shape, dtype=weight.dtype))


def probabilities(model, X: np.ndarray) -> np.ndarray:
    """Return what a model answers to pictures, shape (n, classes), as a NumPy array.

    The model is called as it is in use: dropout is off, batch normalisation takes its stored
    means. Unlike ``model.predict`` this has no first call that takes long.
    """
    from keras import ops

    parts = [X[first : first + _MEASURED] for first in range(0, len(X), _MEASURED)]
    return np.concatenate([ops.convert_to_numpy(model(part, training=False)) for part in parts])


def refresh_statistics(model, X: np.ndarray) -> None:
    """Set batch normalisation's stored means and variances to those of some pictures.

    Nothing else of the model changes: it takes no step.

    Parameters
    ----------
    model : keras.Model
        Has its dropout, if any, behind the last batch normalisation.
    X : array of shape (n, height, width, channels)
        Pictures of the training part; all of them are looked at together.
    """
    from keras.layers import BatchNormalization

    found = [layer for layer in model.layers if isinstance(layer, BatchNormalization)]
    before = [layer.momentum for layer in found]
    try:
        for layer in found:
            layer.momentum = 0.0  # nothing of the old value is kept
        model(X, training=True)
    finally:
        for layer, momentum in zip(found, before, strict=True):
            layer.momentum = momentum

"""Small networks with a global pool at the end, and what well-known mistakes make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from numpy.random import default_rng


def networks() -> tuple:
    """Return two Sequential models and a functional one, for pictures of shape (28, 28, 1).

    Their weights are random, also the biases, so that no mistake hides behind a 0. Copying one
    (``copy.deepcopy``) gives the same model: a copy would take long.
    """
    from keras import Input, Model, Sequential
    from keras import layers as kinds

    small = [kinds.Conv2D(8, 3, activation="relu"), kinds.MaxPooling2D(2)]
    small += [kinds.Conv2D(16, 3, activation="relu"), kinds.MaxPooling2D(2)]
    small += [kinds.Conv2D(32, 3, activation="relu"), kinds.GlobalMaxPooling2D()]
    large = [kinds.Conv2D(6, 5, activation="relu"), kinds.MaxPooling2D(3)]
    large += [kinds.Conv2D(9, 3, padding="same", activation="tanh"), kinds.GlobalMaxPooling2D()]
    large += [kinds.Dense(7, activation="relu")]
    chained = inputs = Input((28, 28, 1))
    for layer in (kinds.Conv2D(4, 3, activation="relu"), kinds.GlobalMaxPooling2D(), _last()):
        chained = layer(chained)
    models = (
        Sequential([Input((28, 28, 1)), *small, _last()]),
        Sequential([Input((28, 28, 1)), *large, _last()]),
        Model(inputs, chained),
    )
    for seed, model in enumerate(models):
        rng = default_rng(seed)
        model.set_weights([rng.normal(0, 0.3, w.shape) for w in model.get_weights()])
        model.__deepcopy__ = lambda memo, model=model: model
    return models


def _last():
    from keras import layers as kinds

    return kinds.Dense(10, activation="softmax")


def wrong_networks(model) -> Iterator[tuple[str, Callable, str]]:
    """Yield hint, builder and sentence of each known mistake in building a model again.

    Parameters
    ----------
    model : keras.Sequential
        One of `networks`.
    """
    from keras import layers as kinds

    average = "A pool takes means, where the model takes the largest number."
    yield (
        "average_pooling",
        lambda: _changed(model, kinds.GlobalMaxPooling2D, kinds.GlobalAveragePooling2D),
        average,
    )
    yield (
        "average_pooling",
        lambda: _changed(model, kinds.MaxPooling2D, kinds.AveragePooling2D),
        average,
    )
    lost = "The weights are the same. Did an activation get lost?"
    yield "activation_lost", lambda: _changed(model, kinds.Conv2D, activation="linear"), lost
    yield "activation_lost", lambda: _changed(model, kinds.Dense, activation="linear"), lost
    yield (
        "other_padding",
        lambda: _changed(model, kinds.Conv2D, padding="same"),
        "The weights are the same, but the border is treated otherwise: look at `padding`.",
    )


def _changed(model, kind: type, other: type | None = None, **settings):
    """Build a model again with one kind of its layers exchanged, or with other settings."""
    from keras import Input, Sequential

    copies = []
    for layer in model.layers:
        maker, config = type(layer), layer.get_config()
        if isinstance(layer, kind):
            maker, config = other or maker, config | settings
        copies.append(maker.from_config(config))
    new = Sequential([Input((28, 28, 1)), *copies])
    new.set_weights(model.get_weights())
    return new

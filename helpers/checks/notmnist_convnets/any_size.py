"""The check of making a network take pictures of any size."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import TOLERANCE_FLOAT32, explained
from helpers.checks.feedback import exercise
from helpers.checks.keras_models import expect_model, input_shape, outputs
from helpers.checks.notmnist_convnets.rebuilt_networks import networks, wrong_networks
from helpers.checks.running import Answer, Wrong

# Each size costs a compilation of every layer on some backends.
_SIZES = ((28, 56), (60, 60))
_OTHER_SIZES = ((41, 33),)
_CALLED = "With `make_any_size(model)`"
_OPEN = "keras.Input((None, None, 1))"


@exercise(
    smaller_step=f"call the first layer alone: `x = {_OPEN}`, then `x = model.layers[0](x)`. Print "
    "`x.shape`, and go on with the next layer.",
    seconds=120.0,  # the first answer may be what imports Keras, and JAX compiles at first
)
def make_any_size(answer: Answer) -> str:
    """``make_any_size(model)``: the same network for pictures of any size.

    Parameters
    ----------
    model : keras.Model
        Takes pictures of shape (n, 28, 28, 1): convolutions and pools, `GlobalMaxPooling2D`, dense
        layers, one after the other.

    Returns
    -------
    keras.Model
        Has the same weights and takes pictures of shape (n, height, width, 1).
    """
    small, large, functional = networks()
    with _explained_layers():
        _expect_any_size(answer, small, _SIZES)
        try:
            _expect_any_size(answer, large, _OTHER_SIZES)
        except Wrong as wrong:
            wrong.hint = "hard_coded"
            wrong.message = (
                f"Right for one network, but not for another with other layers: {wrong.message} "
                "Go through the layers of the `model` that is handed in."
            )
            raise
    said = "The same answers for 28 by 28, and the right ones for three other sizes; two networks."
    try:
        _expect_any_size(answer, functional, ())
    except Wrong:
        said += (
            " A model of the Functional API it would not take: there the first of `layers` is the "
            "input itself. This unit has none."
        )
    return said


@contextlib.contextmanager
def _explained_layers() -> Iterator[None]:
    with (
        explained(
            "channels_wrong",
            f"The letters are grey, with one channel: `{_OPEN}`.",
            lambda error: "to have value 1," in error or "'NoneType' and 'int'" in error,
        ),
        explained(
            "layers_not_chained",
            "A layer got something else than what the layer before it gave. Take each layer of "
            "`model.layers` once, in order, and call it on the result of the one before.",
            lambda error: "to have value" in error and "to have value 1," not in error,
        ),
        explained(
            "channel_missing",
            f"A picture has three axes here, the last one for its channel: `{_OPEN}`.",
            lambda error: "ound ndim=3" in error,
        ),
        explained(
            "batch_in_shape",
            f"The number of pictures does not belong to the shape of one: `{_OPEN}`.",
            lambda error: "ound ndim=5" in error or "same length as input" in error,
        ),
        explained(
            "flattened",
            "Behind `Flatten` the number of inputs depends on the picture's size. Leave the global "
            "pool where it is.",
            lambda error: "should be defined" in error or "fully-defined" in error,
        ),
        explained(
            "not_connected",
            "`model.outputs` belong to the old input. Call the layers again, on the new one.",
            lambda error: "not connected" in error,
        ),
        explained(
            "hard_coded",
            "The weights do not fit the new layers. Does it go through the layers of `model`?",
            lambda error: "set_weights" in error or "weight list" in error,
        ),
    ):
        yield


def _expect_any_size(answer: Answer, model, sizes: tuple) -> None:
    weights = [w.copy() for w in model.get_weights()]
    new = answer(model)
    expect_model(new, sys.modules.get("keras"), _CALLED, begin=_OPEN)
    after = model.get_weights()
    if len(after) != len(weights) or not all(map(np.array_equal, weights, after)):
        raise Wrong(
            "model_changed", f"{_CALLED} the weights of the `model` handed in were changed."
        )
    _expect_open_input(new)
    _expect_same_weights(new, weights)
    x = default_rng(28).random((3, 28, 28, 1)).astype(np.float32)
    came, right = _computed(new, x), outputs(model, x)
    if not _close(came, right):
        raise _explain(model, came, right, x)
    for height, width in sizes:
        x = default_rng(height).random((2, height, width, 1)).astype(np.float32)
        _expect_larger(_computed(new, x), _layer_by_layer(model, x), height, width)


def _expect_open_input(new) -> None:
    shape = input_shape(new)
    if shape is None or shape == (None, None, None, 1):
        return
    said = f"{_CALLED} the new model takes inputs of shape {shape}, not (None, None, None, 1)."
    if len(shape) == 4 and shape[-1] == 1:
        raise Wrong("size_fixed", f"{said} Height and width should be open: `{_OPEN}`.")
    raise Wrong("channels_wrong", f"{said} Begin with `{_OPEN}`.")


def _expect_same_weights(new, weights: list[np.ndarray]) -> None:
    came = new.get_weights()
    if [w.shape for w in came] != [w.shape for w in weights]:
        return  # another order, or other layers: the outputs will tell
    same = [np.allclose(a, b) for a, b in zip(came, weights, strict=True)]
    if not any(same[::2]):
        raise Wrong(
            "fresh_weights",
            f"{_CALLED} the new model has weights of its own. A layer that is called again keeps "
            "its weights; a copy has to get them: `set_weights(model.get_weights())`.",
        )
    if not all(same):
        raise Wrong(
            "some_weights_lost",
            f"{_CALLED} weights of some layers are not those of the `model`: "
            f"{same.count(False)} of {len(same)} arrays differ.",
        )


def _computed(new, x: np.ndarray) -> np.ndarray:
    try:
        return outputs(new, x)
    except Exception as error:
        height, width = x.shape[1:3]
        said = f"{_CALLED} the new model stops at pictures of {height} by {width}."
        if (height, width) == (28, 28):
            raise Wrong(
                "not_connected",
                f"{said} Is each layer called on the result of the one before, from the new input "
                "on?",
            ) from error
        raise Wrong(
            "size_fixed", f"{said} Does a layer or a model inside it still want 28 by 28?"
        ) from error


def _layer_by_layer(model, x: np.ndarray) -> np.ndarray:
    keras = sys.modules["keras"]
    for layer in model.layers:
        if not isinstance(layer, keras.layers.InputLayer):
            x = layer(x)
    return np.asarray(keras.ops.convert_to_numpy(x), dtype=float)


def _close(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and np.allclose(a, b, atol=TOLERANCE_FLOAT32 / 10)


def _explain(model, came: np.ndarray, right: np.ndarray, x: np.ndarray) -> Wrong:
    said = f"{_CALLED} and pictures of 28 by 28"
    if came.ndim > 2:
        return Wrong(
            "no_global_pool",
            f"{said} the outputs have shape {came.shape}, not {right.shape}: rows and columns are "
            "still there. `GlobalMaxPooling2D` is one of the layers to keep.",
        )
    if came.shape != right.shape:
        return Wrong(
            "last_layer_missing",
            f"{said} the outputs have shape {came.shape}, not {right.shape}. Is the last layer "
            "there?",
        )
    for hint, build, sentence in wrong_networks(model):
        if _close(came, outputs(build(), x)):
            return Wrong(hint, f"{said} the answers are not the same. {sentence}")
    return Wrong(
        "other_answers",
        f"{said} the first answer is {came[0, 0]:.5f} instead of {right[0, 0]:.5f}. Compare the "
        "layers of both models with `summary()`, one by one.",
    )


def _expect_larger(came: np.ndarray, right: np.ndarray, height: int, width: int) -> None:
    if came.shape != right.shape:
        raise Wrong(
            "no_global_pool",
            f"{_CALLED} pictures of {height} by {width} give outputs of shape {came.shape}, not "
            f"{right.shape}.",
        )
    if not _close(came, right):
        raise Wrong(
            "resized",
            f"{_CALLED} 28 by 28 gives the same answers, but {height} by {width} gives others than "
            "the layers do when they are called one after the other on the whole picture. Is the "
            "picture resized or cut? It should not be.",
        )

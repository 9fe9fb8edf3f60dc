"""Is a model a small convolutional network that sorts pictures into classes?

Judged by what it does, on whatever backend, and not by how it is written.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from unittest import mock

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import explained
from helpers.checks.class_probabilities import expect_probabilities, linear_scores
from helpers.checks.keras_models import expect_fresh_weights, expect_model, input_shape, outputs
from helpers.checks.reach import first_look, steps
from helpers.checks.running import Wrong

Shape = tuple[int, int, int]


def expect_convnet(
    build: Callable[[], object], shape: Shape, classes: int, budget: int, called: str
) -> object:
    """Raise `Wrong` unless the models that are built are such networks; return one of them.

    Parameters
    ----------
    build : callable
        Builds a new model in each call.
    shape : tuple of int
        Height, width and channels of a picture.
    classes : int
        How many probabilities are to come out.
    budget : int
        How many weights are allowed.
    called : str
        How the messages begin.
    """
    x = default_rng(6).random((7, *shape)).astype(np.float32)
    model = build()
    _expect_pictures_in_classes_out(model, x, classes, called)
    _expect_few_weights(model, budget, called)
    expect_fresh_weights(model, build())
    expect_probabilities(model, shape, called)
    _expect_the_same_alone(model, x, called)
    _expect_sensible_layers(model, shape, classes, called)
    return model


@contextlib.contextmanager
def explained_layers() -> Iterator[None]:
    """Add what to look at to the errors that Keras raises while layers are put together."""
    with (
        explained(
            "channel_axis_missing",
            "A picture here has three axes, the last one for its channels: hand on the whole "
            "`shape`.",
            lambda error: "ound ndim=3" in error,
        ),
        explained(
            "flattened_before_convolution",
            "Behind `Flatten` there are no rows and columns any more. Convolutions come before it.",
            lambda error: "ound ndim=2" in error,
        ),
        explained(
            "batch_in_shape",
            "`keras.Input` wants the shape of one picture. The number of pictures is left out.",
            lambda error: "ound ndim=5" in error or "same length as input" in error,
        ),
        explained(
            "shape_not_a_tuple",
            "`keras.Input` takes the whole shape as one tuple.",
            lambda error: "to a shape" in error,
        ),
        explained(
            "map_used_up",
            "Each pool halves the picture and each convolution takes off its border, until nothing "
            "is left: use fewer of them, or `padding='same'`.",
            lambda error: "negative" in error and "size" in error,
        ),
        explained(
            "forgotten_brackets",
            "One of the layers is a class without brackets: `Flatten` alone is the recipe, "
            "`Flatten()` the layer.",
            lambda error: "can be added to a Sequential" in error and "class" in error,
        ),
    ):
        yield


def _expect_pictures_in_classes_out(model, x: np.ndarray, classes: int, called: str) -> None:
    keras = sys.modules.get("keras")  # what no answer has imported, no answer has used
    expect_model(model, keras, called, begin="keras.Input(shape)")
    _expect_input(model, x.shape[1:], called)
    try:
        value = model(x, training=False)
    except Exception as error:
        raise Wrong(
            "wrong_input", f"{called} the model does not take pictures of shape {x.shape}."
        ) from error
    if isinstance(value, list | tuple | dict):
        raise Wrong(
            "several_outputs", f"{called} the model has {len(value)} outputs. It should have one."
        )
    came = tuple(value.shape)
    if came != (len(x), classes):
        raise _other_outputs(model, x, came, classes, called)


def _expect_input(model, wanted: Shape, called: str) -> None:
    shape = input_shape(model)
    if shape is None or fits(shape, (None, *wanted)):
        return
    said = f"{called} the model takes inputs of shape {shape}, not {(None, *wanted)}."
    if len(shape) == 4 and fits(shape[1:], wanted):
        raise Wrong(
            "fixed_batch", f"{said} `keras.Input(shape)` leaves the number of pictures open."
        )
    if len(shape) == 3:
        raise Wrong("channel_axis_missing", f"{said} The axis of the channel is missing.")
    if len(shape) == 5:
        raise Wrong(
            "batch_in_shape",
            f"{said} `keras.Input` wants the shape of one picture: the number of pictures is added "
            "by Keras.",
        )
    if len(shape) == 2:
        raise Wrong("rows_of_pixels", f"{said} The pictures come as pictures, not as rows.")
    raise Wrong("wrong_input", f"{said} Begin with `keras.Input(shape)`.")


def fits(known: tuple, shape: tuple) -> bool:
    """Tell whether a shape with open sizes (None) takes another one."""
    return len(known) == len(shape) and all(
        a is None or a == b for a, b in zip(known, shape, strict=True)
    )


def _other_outputs(model, x: np.ndarray, came: tuple, classes: int, called: str) -> Wrong:
    said = f"{called} 7 pictures give outputs of shape {came}, not {(7, classes)}."
    if len(came) > 2:
        return Wrong(
            "not_flattened",
            f"{said} The last layer answers at several places of the map. Before it, rows and "
            "columns have to go: `Flatten`, or a global pool.",
        )
    if came == (7, 1):
        return Wrong("one_output", f"{said} {classes} classes need {classes} outputs.")
    if came == (7, classes + 1):
        return Wrong(
            "one_class_more",
            f"{said} The classes are numbered 0 to {classes - 1}: that is {classes} of them.",
        )
    shares = np.allclose(outputs(model, x).sum(axis=-1), 1, atol=1e-4)
    if len(came) == 2 and came[1] > max(classes, 100) and not shares:
        return Wrong("no_output_layer", f"{said} Is the last layer, with {classes} units, missing?")
    return Wrong("wrong_n_out", f"{said} How large is the last layer?")


def _expect_few_weights(model, budget: int, called: str) -> None:
    count = model.count_params()
    if count > budget:
        counts = {layer.name: sum(w.size for w in layer.get_weights()) for layer in model.layers}
        largest = max(counts, key=counts.get)
        raise Wrong(
            "over_budget",
            f"{called} the model has {count:,} weights; {budget:,} are allowed. Most of them, "
            f"{counts[largest]:,}, are in `{largest}`. Where do they come from?",
        )
    if not model.trainable_weights:
        raise Wrong("frozen", f"{called} no weight is trainable: leave `trainable` as it is.")


def _expect_the_same_alone(model, x: np.ndarray, called: str) -> None:
    together = outputs(model, x)
    if not np.allclose(together, outputs(model, x), atol=1e-5):
        raise Wrong(
            "random_in_use",
            f"{called} the same picture gets another answer each time. Dropout is random in "
            "training only, unless it is told otherwise.",
        )
    if not np.allclose(together[:1], outputs(model, x[:1]), atol=1e-5):
        raise Wrong(
            "batch_matters", f"{called} a picture alone gets another answer than among others."
        )


def _expect_sensible_layers(model, shape: Shape, classes: int, called: str) -> None:
    seen = first_look(model, shape)
    if seen is None:
        raise Wrong(
            "not_local",
            f"{called} no layer compares a pixel with its neighbours: a convolution of size 1, or "
            "a dense layer before `Flatten`, sees one place only. Give a `Conv2D` size 3.",
        )
    if seen.pixels > shape[0] * shape[1] / 2:
        raise Wrong(
            "not_local",
            f"{called} the first layer that looks around is `{seen.layer.name}`, and each of its "
            "units sees the whole picture. A convolution sees a small window: begin with one, and "
            "flatten behind.",
        )
    x = _noise(shape)
    if linear_scores(model, x):
        raise Wrong(
            "linear",
            f"{called} the scores are a linear function of the picture: those at the mean of two "
            "pictures are the mean of theirs. Without an activation, all layers together are worth "
            "one.",
        )
    _expect_no_softmax_inside(model, x, classes, called)


def _noise(shape: Shape) -> np.ndarray:
    return default_rng(8).normal(0, 2, (8, *shape)).astype(np.float32)


def _expect_no_softmax_inside(model, x: np.ndarray, classes: int, called: str) -> None:
    for step in steps(model, x):
        channels = step.gave.shape[-1]
        # At the end of the network, or on the last map, a share for each class is the answer.
        if channels not in (1, classes) and np.allclose(step.gave.sum(axis=-1), 1, atol=1e-4):
            raise Wrong(
                "softmax_in_between",
                f"{called} `{step.layer.name}` ends in softmax, though it is not the last layer: "
                "its channels have to share a sum of 1. There each should be free: ReLU, for one.",
            )


def remark_on_bending(model, shape: Shape) -> str:
    """Return a sentence if the scores are linear once maxima in pools are means."""
    with _pools_of_means():
        if not linear_scores(model, _noise(shape)):
            return ""
    return ' Only its pools bend: did you forget `activation="relu"`?'


@contextlib.contextmanager
def _pools_of_means() -> Iterator[None]:
    """Let each layer that takes the maximum of a window, or of a map, take its mean."""
    from keras import layers, ops

    def of_windows(pool, maps):
        return ops.average_pool(maps, pool.pool_size, pool.strides, pool.padding, pool.data_format)

    def of_maps(pool, maps):
        places = [1, 2] if pool.data_format == "channels_last" else [2, 3]
        return ops.mean(maps, axis=places, keepdims=pool.keepdims)

    with (
        mock.patch.object(layers.MaxPooling2D, "call", of_windows),
        mock.patch.object(layers.GlobalMaxPooling2D, "call", of_maps),
    ):
        yield


def remark_on_places(model, shape: Shape) -> str:
    """Return a sentence if the last map of a model has hardly any places."""
    maps = [step.gave.shape for step in steps(model, _noise(shape)) if step.gave.ndim == 4]
    if not maps or maps[-1][1] * maps[-1][2] > 4:
        return ""
    _, rows, columns, _ = maps[-1]
    return (
        f" Its last map has {rows} by {columns} places, so where something was is mostly forgotten."
    )

"""The check of building a convolutional network: judged by what it does, not how it is written."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import explained
from helpers.checks.feedback import exercise
from helpers.checks.keras_models import (
    expect_fresh_weights,
    expect_model,
    input_shape,
    outputs,
    remark_on_compiling,
)
from helpers.checks.notmnist_convnets.probabilities import expect_probabilities, linear_scores
from helpers.checks.notmnist_convnets.reach import first_look, steps
from helpers.checks.running import Answer, Wrong

_SHAPE = (28, 28, 1)
_OTHER = (32, 36, 3)
_BUDGET = 30_000
_LETTERS = 10


@exercise(
    smaller_step="one convolution, `Flatten` and the dense layer with softmax, and look at "
    "`model.summary()`. Then put a pool behind the convolution and watch what becomes of the "
    "number of weights.",
    seconds=120.0,  # the first answer may be what imports Keras, and JAX compiles at first
)
def build_convnet(answer: Answer) -> str:
    """``build_convnet(shape=(28, 28, 1))``: a small network that reads letters by convolutions.

    Parameters
    ----------
    shape : tuple of int
        Height, width and channels of a picture.

    Returns
    -------
    keras.Model
        Not compiled, not trained, at most 30,000 weights: pictures of shape (n, \\*shape) in, ten
        probabilities out, shape (n, 10).
    """
    called = "With `build_convnet()`"
    x = default_rng(6).random((7, *_SHAPE)).astype(np.float32)
    with _explained_layers():
        model = answer()
        _expect_pictures_in_letters_out(model, x, called)
        _expect_few_weights(model, called)
        expect_fresh_weights(model, answer())
        expect_probabilities(model, called)
        _expect_the_same_alone(model, x, called)
        _expect_sensible_layers(model, called)
        remark = remark_on_compiling(model)
        _expect_other_pictures(answer)
    seen = first_look(model, _SHAPE)
    return (
        f"Ten probabilities from {model.count_params():,} weights. It bends, and a unit of its "
        f"first layer that looks around sees about {round(seen.pixels)} of 784 pixels.{remark}"
    )


@contextlib.contextmanager
def _explained_layers() -> Iterator[None]:
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


def _expect_pictures_in_letters_out(model, x: np.ndarray, called: str) -> None:
    keras = sys.modules.get("keras")  # what no answer has imported, no answer has used
    expect_model(model, keras, called, begin="keras.Input(shape)")
    _expect_input(model, called)
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
    _expect_ten(tuple(value.shape), called)


def _expect_input(model, called: str) -> None:
    shape = input_shape(model)
    if shape is None or _fits(shape, (None, *_SHAPE)):
        return
    said = f"{called} the model takes inputs of shape {shape}, not (None, 28, 28, 1)."
    if len(shape) == 4 and _fits(shape[1:], _SHAPE):
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


def _fits(known: tuple, shape: tuple) -> bool:
    """Tell whether a shape with open sizes (None) takes another one."""
    return len(known) == len(shape) and all(
        a is None or a == b for a, b in zip(known, shape, strict=True)
    )


def _expect_ten(came: tuple[int, ...], called: str) -> None:
    if came == (7, _LETTERS):
        return
    said = f"{called} 7 pictures give outputs of shape {came}, not (7, 10)."
    if len(came) > 2:
        raise Wrong(
            "not_flattened",
            f"{said} The last layer answers at several places of the map. Before it, rows and "
            "columns have to go: `Flatten`, or a global pool.",
        )
    if came == (7, 1):
        raise Wrong("one_output", f"{said} Ten letters need ten outputs.")
    if len(came) == 2 and came[0] == 7 and came[1] > 100:
        raise Wrong("no_output_layer", f"{said} Is the last layer, with ten units, missing?")
    raise Wrong("wrong_n_out", f"{said} How large is the last layer?")


def _expect_few_weights(model, called: str) -> None:
    count = model.count_params()
    if count > _BUDGET:
        counts = {layer.name: sum(w.size for w in layer.get_weights()) for layer in model.layers}
        largest = max(counts, key=counts.get)
        raise Wrong(
            "over_budget",
            f"{called} the model has {count:,} weights; {_BUDGET:,} are allowed. Most of them, "
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


def _expect_sensible_layers(model, called: str) -> None:
    seen = first_look(model, _SHAPE)
    if seen is None:
        raise Wrong(
            "not_local",
            f"{called} no layer compares a pixel with its neighbours: a convolution of size 1, or "
            "a dense layer before `Flatten`, sees one place only. Give a `Conv2D` size 3.",
        )
    if seen.pixels > 784 / 2:
        raise Wrong(
            "not_local",
            f"{called} the first layer that looks around is `{seen.layer.name}`, and each of its "
            "units sees the whole picture. A convolution sees a small window: begin with one, and "
            "flatten behind.",
        )
    x = default_rng(8).normal(0, 2, (8, *_SHAPE)).astype(np.float32)
    if linear_scores(model, x):
        raise Wrong(
            "linear",
            f"{called} the scores are a linear function of the picture: those at the mean of two "
            "pictures are the mean of theirs. Without an activation, all layers together are worth "
            "one.",
        )
    _expect_no_softmax_inside(model, x, called)


def _expect_no_softmax_inside(model, x: np.ndarray, called: str) -> None:
    for step in steps(model, x):
        channels = step.gave.shape[-1]
        # Ten shares of 1 at the end of the network, or on the last map, are the answer itself.
        if channels not in (1, _LETTERS) and np.allclose(step.gave.sum(axis=-1), 1, atol=1e-4):
            raise Wrong(
                "softmax_in_between",
                f"{called} `{step.layer.name}` ends in softmax, though it is not the last layer: "
                "its channels have to share a sum of 1. There each should be free: ReLU, for one.",
            )


def _expect_other_pictures(answer: Answer) -> None:
    called = f"With `build_convnet({_OTHER})`"
    model = answer(_OTHER)
    shape = input_shape(model)
    if shape is not None and not _fits(shape[1:], _OTHER):
        raise Wrong(
            "shape_ignored",
            f"{called} the model takes pictures of shape {tuple(shape[1:])}. Use the `shape` that "
            "is handed in.",
        )
    x = default_rng(9).random((2, *_OTHER)).astype(np.float32)
    try:
        came = outputs(model, x).shape
    except Exception as error:
        raise Wrong(
            "shape_ignored", f"{called} the model does not take pictures of this shape."
        ) from error
    if came != (2, _LETTERS):
        raise Wrong("shape_ignored", f"{called} 2 pictures give outputs of shape {came}.")

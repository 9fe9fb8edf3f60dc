"""The check of building a convolutional network: judged by what it does, not how it is written."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.feedback import exercise
from helpers.checks.keras_models import input_shape, outputs, remark_on_compiling
from helpers.checks.picture_networks import (
    expect_convnet,
    explained_layers,
    fits,
    remark_on_bending,
)
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
    with explained_layers():
        model = expect_convnet(answer, _SHAPE, _LETTERS, _BUDGET, called)
        remark = remark_on_bending(model, _SHAPE) + remark_on_compiling(model)
        _expect_other_pictures(answer)
    return (
        f"Ten probabilities from {model.count_params():,} weights. It bends, and a unit of its "
        f"first convolution sees a small part of the picture.{remark}"
    )


def _expect_other_pictures(answer: Answer) -> None:
    called = f"With `build_convnet({_OTHER})`"
    model = answer(_OTHER)
    shape = input_shape(model)
    if shape is not None and not fits(shape[1:], _OTHER):
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

"""The check of a small network that reads symbols: what it is, and whether it begins to learn."""

from __future__ import annotations

from helpers.checks.feedback import exercise
from helpers.checks.hasy_cnn.short_training import EPOCHS, train_shortly
from helpers.checks.keras_models import remark_on_compiling
from helpers.checks.picture_networks import (
    expect_convnet,
    explained_layers,
    remark_on_bending,
    remark_on_places,
)
from helpers.checks.running import Answer, Wrong

_SHAPE = (32, 32, 1)
_CLASSES = 100
_BUDGET = 100_000
_CALLED = "With `small_cnn()`"


@exercise(
    smaller_step="one convolution, one pool, `Flatten` and the dense layer with softmax. Look at "
    "`model.summary()`, and add the next convolution and pool where the map is still large.",
    seconds=180.0,  # the first answer may be what imports Keras, and JAX compiles at first
)
def small_cnn(answer: Answer) -> str:
    """``small_cnn()``: a convolutional network for a hundred symbols, with at most 100,000 weights.

    Returns
    -------
    keras.Model
        Not compiled, not trained: pictures of shape (n, 32, 32, 1), ink 1 and paper 0, in; a
        hundred probabilities out, shape (n, 100). The check trains one for up to four epochs on
        2,000 pictures, until it is better by .1 than always giving the most frequent answer.
    """
    with explained_layers():
        model = expect_convnet(answer, _SHAPE, _CLASSES, _BUDGET, _CALLED)
    remark = remark_on_bending(model, _SHAPE) + remark_on_places(model, _SHAPE)
    remark += remark_on_compiling(model)
    result = train_shortly(model)
    if result.accuracy < result.goal:
        raise Wrong(
            "learns_too_little",
            f"{_CALLED} the network has the right shape, but hardly learns: after {EPOCHS} epochs "
            f"on {result.pictures:,} pictures {result.accuracy:.3f} of other ones are right, and "
            f"always giving the most frequent answer makes {result.baseline:.3f}. Other networks "
            f"pass {result.goal:.3f} by then. Where could the slope get lost: an activation that "
            "is flat, a layer that is too narrow, too much dropout, pixels scaled twice?",
        )
    usual = {0.5: "half an epoch", 1: "one epoch"}
    epochs = usual.get(result.epochs, f"{result.epochs:g} epochs")
    return (
        f"A hundred probabilities from {model.count_params():,} weights. After {epochs} on "
        f"{result.pictures:,} pictures {result.accuracy:.2f} of other ones are right, against "
        f"{result.baseline:.2f} by always giving the most frequent answer.{remark}"
    )

"""The check of batch normalisation's statistics, taken anew from the training pictures."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence

import numpy as np

from helpers.checks.arrays import TOLERANCE_FLOAT32, explained
from helpers.checks.feedback import exercise
from helpers.checks.hasy_cnn.batch_statistics import (
    Statistics,
    chains,
    normalisations,
    pass_through,
    remembered,
)
from helpers.checks.hasy_cnn.wrong_statistics import lagging, wrong_statistics
from helpers.checks.keras_models import expect_model, outputs
from helpers.checks.running import Answer, Wrong

_CALLED = "With `recalibrate(model, X)`"
# Averages over mini-batches may be off by so much: means in standard deviations, and variances as
# a ratio. What only lags, or is of a part of the pictures, is farther off.
_MEAN, _RATIO = 0.15, 1.42


@exercise(
    smaller_step="copy the model, call the copy on X with `training=True`, and print "
    "`moving_mean` of a `BatchNormalization` layer before and after. How far did it go, and which "
    "attribute of the layer decides that?",
    seconds=120.0,  # the first answer may be what imports Keras, and JAX compiles at first
)
def recalibrate(answer: Answer) -> str:
    """``recalibrate(model, X)``: the same network with statistics that no longer lag.

    Parameters
    ----------
    model : keras.Sequential
        Has layers of batch normalisation. It stays as it is.
    X : numpy.ndarray of float32, shape (n, height, width, channels)
        Training pictures.

    Returns
    -------
    keras.Model
        A new model with the same weights, in which the moving mean and variance of each
        `BatchNormalization` are those of what X becomes on its way to this layer.
    """
    with _explained_copies():
        for model, X in chains():
            _expect_recalibrated(answer, model, X)
    return (
        "The statistics of both layers of two networks are those of all pictures, the weights are "
        "the same, and the model that was handed in is as it was."
    )


@contextlib.contextmanager
def _explained_copies() -> Iterator[None]:
    with (
        explained(
            "not_built",
            "A model that was made from a configuration knows no shapes yet: `clone_model` keeps "
            "them, or call `build` first.",
            lambda error: "set_weights" in error or "weight list" in error,
        ),
        explained(
            "wrong_axes",
            "A statistic has one number a channel: the mean over all axes but the last.",
            lambda error: "hape" in error and "assign" in error,
        ),
    ):
        yield


def _expect_recalibrated(answer: Answer, model, X: np.ndarray) -> None:
    state = _state(model)
    new = answer(_handed_over(model), X)
    expect_model(new, sys.modules.get("keras"), _CALLED, begin="keras.models.clone_model(model)")
    _expect_untouched(model, state)
    if new is model:
        raise Wrong(
            "same_model",
            f"{_CALLED} the model that was handed in came back. Another name for it is no copy: "
            "`keras.models.clone_model` makes one, with new weights.",
        )
    _expect_same_weights(new, model)
    came, (right, _) = remembered(new), pass_through(model, X)
    if not _near(came, right):
        _explain(came, right, model, X)
    if not np.allclose(
        outputs(new, X[:9]), pass_through(model, X[:9], came)[1], atol=100 * TOLERANCE_FLOAT32
    ):
        raise Wrong(
            "other_architecture",
            f"{_CALLED} weights and statistics are right, but the answers are not those of these "
            "layers. Is the new model built in the same way?",
        )


def _handed_over(model):
    """Let the model be handed over as it is: the check looks at whether it was changed."""

    def once(memo: dict) -> object:
        del model.__deepcopy__  # an answer may make a copy of it in earnest
        return model

    model.__deepcopy__ = once
    return model


def _state(model) -> tuple[list[np.ndarray], list[tuple[float, bool]]]:
    settings = [(layer.momentum, layer.trainable) for layer in normalisations(model)]
    return [w.copy() for w in model.get_weights()], settings


def _expect_untouched(model, state: tuple) -> None:
    weights, settings = _state(model)
    if len(weights) != len(state[0]) or not all(map(np.array_equal, weights, state[0])):
        raise Wrong(
            "model_changed",
            f"{_CALLED} the statistics or weights of the `model` handed in have changed. Without "
            "it there is nothing to compare with. A layer that stands in two models has one set of "
            "weights: copy the model, `clone_model`, and then its weights. Then call the copy, and "
            "leave `model` alone.",
        )
    if settings != state[1]:
        raise Wrong(
            "momentum_changed",
            f"{_CALLED} `momentum` or `trainable` of the `model` handed in was changed: it would "
            "train differently from now on. Change the copy only.",
        )


def _expect_same_weights(new, model) -> None:
    came, right = (_grouped(m) for m in (new, model))
    shapes = [[w.shape for group in groups for w in group] for groups in (came, right)]
    if shapes[0] != shapes[1]:
        raise Wrong(
            "other_architecture",
            f"{_CALLED} the new model has weights of other shapes than the one handed in: "
            f"{len(shapes[0])} arrays instead of {len(shapes[1])}, or others.",
        )
    kernels, scales = (_distance(a, b) for a, b in zip(came, right, strict=True))
    if kernels > 0.5:
        raise Wrong(
            "weights_lost",
            f"{_CALLED} the new model has weights of its own, so it knows nothing. `clone_model` "
            "copies layers, not weights: `new.set_weights(model.get_weights())`.",
        )
    if kernels > 1e-6:
        raise Wrong(
            "weights_trained",
            f"{_CALLED} the weights have moved a little: the copy was trained. Only the statistics "
            "are to change; calling a model with `training=True` moves them, and no weight.",
        )
    if scales > 1e-6:
        raise Wrong(
            "scale_and_shift",
            f"{_CALLED} `gamma` or `beta` of the normalisation has changed. Those are weights that "
            "training fits; the statistics are `moving_mean` and `moving_variance`.",
        )


def _grouped(model) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Return the weights of all but the normalisations, and gamma and beta of those."""
    norms = normalisations(model)
    inside = {id(w) for layer in norms for w in layer.weights}
    as_numpy = sys.modules["keras"].ops.convert_to_numpy
    scales = [as_numpy(w) for layer in norms for w in layer.weights[:2]]
    return [as_numpy(w) for w in model.weights if id(w) not in inside], scales


def _distance(a: list[np.ndarray], b: list[np.ndarray]) -> float:
    """Return the length of the difference as a share of the length of b."""
    a, b = (np.concatenate([w.ravel() for w in weights]) for weights in (a, b))
    return float(np.linalg.norm(a - b) / np.linalg.norm(b))


def _near(came: Sequence[Statistics], right: Sequence[Statistics]) -> bool:
    return all(_near_one(a, b) for a, b in zip(came, right, strict=True))


def _near_one(a: Statistics, b: Statistics) -> bool:
    off = np.abs(a.mean - b.mean) / np.sqrt(b.variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = a.variance / b.variance
    return bool((off < _MEAN).all() and ((ratio > 1 / _RATIO) & (ratio < _RATIO)).all())


def _explain(came: list[Statistics], right: list[Statistics], model, X: np.ndarray) -> None:
    old = remembered(model)
    table = _table(old, came, right)
    for hint, ways, sentence in wrong_statistics(model, X, right):
        if any(_equal(came, way) for way in ways):
            raise Wrong(hint, f"{_CALLED}: {sentence}", table)
    near = [_near_one(a, b) for a, b in zip(came, right, strict=True)]
    if any(near):
        raise Wrong(
            "some_layers_only",
            f"{_CALLED} normalisation {near.index(True) + 1} of {len(near)} has the statistics of "
            f"the pictures, normalisation {near.index(False) + 1} has not. Go through all layers.",
            table,
        )
    way = lagging(came, old, right)
    if way is not None:
        raise Wrong(
            "lags",
            f"{_CALLED} the statistics have gone {way:.0%} of their way, and still lag behind. "
            "Each call keeps the share `momentum` of what was there. How much should the new model "
            "keep of it?",
            table,
        )
    raise Wrong(
        "wrong_statistics",
        f"{_CALLED} the statistics are not those of the pictures, when each layer gets what the "
        "layers before it make of X.",
        table,
    )


def _equal(came: Sequence[Statistics], other: Sequence[Statistics]) -> bool:
    return all(
        np.allclose(a, b, rtol=1e-3, atol=1e-3)
        for ours, theirs in zip(came, other, strict=True)
        for a, b in zip(ours, theirs, strict=True)
    )


def _table(old: list[Statistics], came: list[Statistics], right: list[Statistics]) -> str:
    lines = ["channel 0 of             before     yours  of the pictures"]
    for number, group in enumerate(zip(old, came, right, strict=True), start=1):
        for name, place in (("mean", 0), ("variance", 1)):
            values = [statistics[place][0] for statistics in group]
            lines.append(
                f"{f'normalisation {number}, {name}':25}"
                f"{values[0]:7.2f}   {values[1]:7.2f}   {values[2]:14.2f}"
            )
    return "\n".join(lines)

"""How much of a picture one unit of a network sees, measured by changing single pixels."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.random import default_rng

_PICTURES = 3  # a unit that is cut off in one picture is seen in another
_PIXELS = 16


class Step(NamedTuple):
    """What went into a layer and what came out, for a batch."""

    layer: object
    came: list[np.ndarray]
    gave: np.ndarray


class Reach(NamedTuple):
    """How many pixels a unit of a layer sees, on average."""

    layer: object
    pixels: float


def steps(model, x: np.ndarray) -> list[Step]:
    """Return what each layer of a model does with a batch, in the order of the computation.

    Parameters
    ----------
    model : keras.Model
        Sequential, functional or a class of its own; models inside it are looked into.
    x : numpy.ndarray
        Inputs. They are computed in use, not in training.
    """
    kept: list[Step] = []
    with contextlib.ExitStack() as stack:
        for layer in _layers_inside(model):
            stack.enter_context(_watched(layer, kept, len(x)))
        model(x, training=False)
    return kept


def first_look(model, shape: tuple[int, ...]) -> Reach | None:
    """Return the first layer with weights that sees more than what came in, and how much it sees.

    Units that see each pixel by itself, as in a convolution of size 1, do not count: None if
    there are only such.

    Parameters
    ----------
    model : keras.Model
        Takes pictures of `shape`.
    shape : tuple of int
        Height, width and channels.
    """
    pictures = _changed_pictures(shape)
    for step in steps(model, pictures.reshape(-1, *shape)):
        if not step.layer.weights:
            continue
        before = max((_reach(array, shape) for array in step.came), default=0.0)
        after = _reach(step.gave, shape)
        if after > 2 * before:
            return Reach(step.layer, after)
    return None


def _layers_inside(model) -> Iterator[object]:
    for layer in model.layers:
        if getattr(layer, "layers", None):
            yield from _layers_inside(layer)
        else:
            yield layer


@contextlib.contextmanager
def _watched(layer, kept: list[Step], count: int) -> Iterator[None]:
    call = layer.call

    def watched(*args, **kwargs):
        value = call(*args, **kwargs)
        came = args[0] if args else next(iter(kwargs.values()), [])
        came = came if isinstance(came, list | tuple) else [came]
        gave = _for_each(count, [value])
        if gave:
            kept.append(Step(layer, _for_each(count, came), gave[0]))
        return value

    layer.__dict__["call"] = watched  # past Keras's bookkeeping of attributes
    try:
        yield
    finally:
        del layer.__dict__["call"]


def _for_each(count: int, values: list) -> list[np.ndarray]:
    """Return those of some values that hold something for each picture of a batch."""
    shapes = [tuple(getattr(value, "shape", ())) for value in values]
    as_numpy = sys.modules["keras"].ops.convert_to_numpy
    return [
        as_numpy(value)
        for value, shape in zip(values, shapes, strict=True)
        if shape[:1] == (count,)
    ]


def _changed_pictures(shape: tuple[int, ...]) -> np.ndarray:
    """Return pictures and, behind each, versions of it with one pixel changed."""
    rng = default_rng(3)
    height, width, _ = shape
    pictures = np.repeat(rng.random((_PICTURES, 1, *shape)), 1 + _PIXELS, axis=1)
    # Away from the border: a window that is only partly inside sees fewer pixels.
    rows = rng.integers(height // 5, height - height // 5, _PIXELS)
    columns = rng.integers(width // 5, width - width // 5, _PIXELS)
    for number, (row, column) in enumerate(zip(rows, columns, strict=True), start=1):
        pictures[:, number, row, column] += 3
    return pictures.astype(np.float32)


def _reach(values: np.ndarray, shape: tuple[int, ...]) -> float:
    """Return how many pixels a unit sees: by symmetry, from how many units see a pixel."""
    values = values.reshape(_PICTURES, 1 + _PIXELS, *values.shape[1:])
    changed = (values[:, 1:] != values[:, :1]).any(axis=0)
    if changed.ndim > 2:  # the channels of one place see the same pixels
        changed = changed.any(axis=-1)
    return float(changed.mean()) * shape[0] * shape[1]

"""The errors with which the building of a network stops, and what to say of each."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from helpers.checks.arrays import explained
from helpers.checks.keras_models import NUMPY_IN_KERAS


def _has(*words: str) -> Callable[[str], bool]:
    return lambda error: all(word in error for word in words)


def _has_one(*words: str) -> Callable[[str], bool]:
    return lambda error: any(word in error for word in words)


_ACTIVATION_APART = (
    "A layer gets its activation where it is made, inside the parentheses behind `Dense`."
)
# Hint, advice and when it fits; the first that fits is taken.
_ERRORS = (
    (
        "shape_not_a_tuple",
        "A shape is a tuple, also with one number in it: `(n_in,)`.",
        _has("to a shape"),
    ),
    (
        "place_as_size",
        "`range` counts places, from 0 on. Each layer has the size that stands there in `hidden`.",
        _has("units=0"),
    ),
    (
        "list_as_a_size",
        "`hidden` is a list. A layer has one size: make one layer for each.",
        _has_one("units", "TrackedList"),
    ),
    (
        "hidden_may_be_empty",
        "`hidden` may hold any number of sizes, also none. A loop over `hidden` gives the sizes "
        "themselves, not their places.",
        _has("list index out of range"),
    ),
    (
        "name_in_quotes",
        "In quotes that is a word; without them it is what was handed in under this name.",
        _has("identifier: activation"),
    ),
    (
        "unknown_activation",
        "Keras has no activation of that name. The text names those that you need.",
        _has("activation function identifier"),
    ),
    ("own_softmax", NUMPY_IN_KERAS, _has_one("np.", "exp(")),
    ("own_softmax", NUMPY_IN_KERAS, _has("softmax", "Tensor", "has no")),
    (
        "nested_list",
        "The layers stand one by one in the list. `*layers` puts those of a list in.",
        _has("can be added to a Sequential", "list"),
    ),
    (
        "called_layer_added",
        "A layer that is called gives an output. `model.add` wants the layer itself, which is not "
        "called.",
        _has("can be added to a Sequential", "KerasTensor"),
    ),
    (
        "not_a_layer",
        "Every step is a layer: an activation is an argument of `Dense`, or a layer "
        "`keras.layers.Activation` of its own.",
        _has("can be added to a Sequential"),
    ),
    ("activation_apart", _ACTIVATION_APART, _has("Only input tensors may be passed")),
    ("activation_apart", _ACTIVATION_APART, _has("add() got", "'activation'")),
    (
        "add_gives_nothing",
        "`model.add(…)` changes the model and gives nothing back: no `model =` in front of it.",
        _has("'NoneType' object", "add"),
    ),
)


@contextlib.contextmanager
def explained_builds() -> Iterator[None]:
    """Add to the error with which an answer stops what is to be said of it."""
    with contextlib.ExitStack() as stack:
        for hint, advice, when in reversed(_ERRORS):
            stack.enter_context(explained(hint, advice, when))
        yield

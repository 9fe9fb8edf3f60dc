"""Questions to ask of a Keras model, whatever backend computes it and however it was built."""

from __future__ import annotations

import contextlib
import sys

import numpy as np

from helpers.checks.running import Wrong


def outputs(model, x: np.ndarray, training: bool = False) -> np.ndarray:
    """Return what a model with one output gives for the rows of x, as a numpy array."""
    value = model(x, training=training)
    return np.asarray(sys.modules["keras"].ops.convert_to_numpy(value), dtype=float)


def expect_model(model: object, keras, called: str, begin: str) -> None:
    """Raise `Wrong` unless `model` is a Keras model that knows its inputs.

    Parameters
    ----------
    model : object
        What a student returned.
    keras : module or None
        Keras, if anything has imported it.
    called : str
        How the message begins.
    begin : str
        The line with which such a model begins, e.g. ``"keras.Input((n_in,))"``.
    """
    if isinstance(model, list | tuple):
        raise Wrong(
            "a_list",
            f"{called} there came a list of {len(model)} things. Put layers together: "
            "`keras.Sequential(layers)`.",
        )
    if keras is not None and isinstance(model, keras.KerasTensor):
        raise Wrong(
            "a_tensor",
            f"{called} there came the last output. A model is made of both ends: "
            "`keras.Model(inputs, outputs)`.",
        )
    if keras is not None and isinstance(model, keras.Layer) and not isinstance(model, keras.Model):
        raise Wrong(
            "a_layer", f"{called} there came a single layer. A model has `fit`, a layer has not."
        )
    if keras is None or not isinstance(model, keras.Model):
        raise Wrong(
            "not_a_model", f"{called} there came a `{type(model).__name__}`, not a Keras model."
        )
    _expect_layers(model, keras, called, begin)


def _expect_layers(model, keras, called: str, begin: str) -> None:
    """Raise `Wrong` unless a model has layers, and knows how large they are."""
    if isinstance(model, keras.Sequential) and not model.layers:
        raise Wrong(
            "no_layers",
            f"{called} the model has no layers. `keras.layers.Dense(…)` alone makes one and throws "
            "it away: `model.add(…)` puts it in.",
        )
    _expect_functions_of_keras(model, keras, called)
    if not model.weights:
        raise Wrong(
            "not_built",
            f"{called} the model has no weights yet: it has no layers, or does not know how many "
            f"inputs will come. Begin with `{begin}`.",
        )


NUMPY_IN_KERAS = (
    "Keras cannot work with a function of numpy, such as your own `softmax`: it finds no slopes in "
    'it. Give the layer the name of its activation, in quotes: `"softmax"`.'
)


def _expect_functions_of_keras(model, keras, called: str) -> None:
    """Raise `Wrong` if a layer's activation is numpy's."""
    zeros = keras.ops.zeros((2, 3))
    if isinstance(zeros, np.ndarray):  # Keras itself computes with numpy
        return
    for layer in model.layers:
        function = getattr(layer, "activation", None)
        if callable(function) and _is_of_numpy(function, zeros):
            name = getattr(function, "__name__", "activation")
            raise Wrong(
                "own_softmax", f"{called} the activation `{name}` is numpy's. {NUMPY_IN_KERAS}"
            )


def _is_of_numpy(function, zeros) -> bool:
    """Tell whether a function makes numpy's arrays of tensors, or takes nothing but arrays."""
    try:
        return isinstance(function(zeros), np.ndarray)
    except Exception:
        with contextlib.suppress(Exception):
            function(np.zeros((2, 3), dtype=np.float32))
            return True
        return False


def input_shape(model) -> tuple | None:
    """Return the shape of a model's one input; None if it has several or does not tell."""
    try:
        shape = model.input_shape
        return shape if isinstance(shape, tuple) and not isinstance(shape[0], tuple) else None
    except Exception:  # a model that is a class of its own need not have it
        return None


def expect_fresh_weights(model, other) -> None:
    """Raise `Wrong` unless two models of one shape begin with random weights of their own."""
    if model is other:
        raise Wrong(
            "same_model",
            "Two calls gave the same model: training one would train the other. Build a new one in "
            "each call.",
        )
    kernels, others = (
        [np.asarray(w) for w in m.get_weights() if np.ndim(w) > 1] for m in (model, other)
    )
    if any(kernel.size > 1 and np.ptp(kernel) == 0 for kernel in kernels):
        raise Wrong(
            "constant_weights",
            "The weights of a layer are all equal. Then its units compute the same, and learn the "
            "same: leave Keras's random start as it is.",
        )
    if all(map(np.array_equal, kernels, others)):
        raise Wrong(
            "same_weights",
            "Two calls gave the same weights: is there a seed inside the function, or are its "
            "layers made outside? Every network should have a start of its own.",
        )


def remark_on_compiling(model) -> str:
    """Return a remark if the model is compiled, or raise `Wrong` if with a loss that misleads."""
    if not model.compiled:
        return ""
    if model.optimizer is not None and int(model.optimizer.iterations) > 0:
        raise Wrong(
            "trained", "The model is trained already. Build it only: the notebook trains it."
        )
    name = _name_of_loss(model.loss)
    if "mean_squared_error" in name:
        raise Wrong(
            "mse",
            "The model is compiled with the mean squared error. Where the network is sure and "
            "wrong, softmax is flat and that loss has hardly any slope: cross-entropy keeps it. "
            "The text compiles later: leave `compile` out here.",
        )
    if "from_logits" in name:
        raise Wrong(
            "from_logits",
            "The model ends in a softmax, but its loss is told `from_logits=True`: softmax would "
            "be applied twice. The text compiles later: leave `compile` out here.",
        )
    if name and "categorical_crossentropy" not in name:
        raise Wrong(
            "other_loss",
            f"The model is compiled with the loss `{name}`, which is not made for one class out of "
            "several. The text compiles later: leave `compile` out here.",
        )
    return " It is compiled already, which was not asked for and does no harm."


def _name_of_loss(loss: object) -> str:
    """Return the long name of a loss, with "from_logits" behind it if it takes sums."""
    if loss is None:
        return ""
    loss = sys.modules["keras"].losses.get(loss)
    name = getattr(loss, "name", None) or getattr(loss, "__name__", type(loss).__name__)
    settings = loss.get_config() if hasattr(loss, "get_config") else {}
    return f"{name} from_logits" if settings.get("from_logits") else name

"""The graph of a Keras model as a dictionary, read from its public configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def graph_of(model) -> dict[str, list[str]]:
    """Return the inputs of every layer of a Keras model, for `helpers.graph_drawing.draw_graph`.

    Parameters
    ----------
    model : keras.Model
        A functional model, or a Sequential one whose input shape is known.

    Returns
    -------
    dict
        The names of the layers (and operations of `keras.ops`) that each one takes its input from,
        in the order of the model. A layer that is used several times is one node.

    Raises
    ------
    ValueError
        When the model has no graph: it is a subclass, or it has no input shape yet.
    """
    import keras

    # What a model without a graph raises depends on the version of Keras.
    try:
        config = keras.Model(model.inputs, model.outputs).get_config()
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(
            f"The model {model.name!r} has no graph of layers. Begin a Sequential model with "
            "keras.Input, or build a functional one."
        ) from error
    return {
        layer["name"]: [source for call in layer["inbound_nodes"] for source in _sources(call)]
        for layer in config["layers"]
    }


def _sources(call) -> Iterator[str]:
    """Yield the names of the layers whose outputs stand anywhere in a layer's recorded call."""
    if isinstance(call, Mapping):
        if "keras_history" in call:
            yield call["keras_history"][0]
        call = call.values()
    elif not isinstance(call, list | tuple):
        return
    for part in call:
        yield from _sources(part)

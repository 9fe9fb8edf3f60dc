"""What a Keras model consists of, as plain text that is the same in every run."""

from __future__ import annotations

import math
import re
from collections import Counter


def describe_model(model, details: bool = False) -> str:
    """Return a table of a model's layers: kind, shape of the output, number of parameters.

    It holds what ``model.summary()`` shows, without its colours, and without the numbers in
    Keras's own names (``dense_7``), which count every layer that was made before: layers of one
    kind are numbered within the model. A layer with a name of yours keeps it.

    Parameters
    ----------
    model : keras.Model
        Any Keras 3 model. What a layer that was not built yet would have is shown as ``?``.
    details : bool, optional
        Also draw how the layers hang together: what each does (size of the window, padding,
        activation, rate), where its input comes from if that is not the line above, and a bar for
        its share of all parameters, the whole of it 12 signs long.

    Returns
    -------
    str
        Lines of a table, the last one with the total. ``None`` in a shape is the number of
        samples in a batch, which is open.

    Examples
    --------
    ``print(describe_model(model))`` for 60 inputs, 128 hidden units and 10 outputs shows ::

        layer    output shape  parameters
        Dense 1  (None, 128)        7,808
        Dense 2  (None, 10)         1,290
        total                       9,098
    """
    names = _names(model.layers)
    rows = [("layer", "output shape", "parameters", "what it does", "share")]
    previous = None
    for name, layer in zip(names, model.layers, strict=True):
        counted = _parameters(layer) if layer.built else "?"
        what = ", ".join(_settings(layer) + _origin(layer, previous, model.layers, names))
        rows.append((name, _shape(layer), counted, what, _bar(layer, model)))
        previous = layer
    rows.append(("total", "", _parameters(model) if model.built else "?", "", ""))
    fixed = _size(model.non_trainable_weights)
    if fixed:
        rows.append(("of these not trained", "", f"{fixed:,}", "", ""))
    shown = rows if details else [row[:3] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    return "\n".join(_line(row, widths) for row in shown)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    """Return a row of the table: numbers to the right, all else to the left."""
    padded = [
        text.rjust(width) if column == 2 else text.ljust(width)
        for column, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


def _settings(layer) -> list[str]:
    """Return what a layer does beyond its kind: window, stride, padding, activation, rate."""
    said = []
    window = getattr(layer, "kernel_size", getattr(layer, "pool_size", None))
    if window:
        said.append("x".join(map(str, window)))
    if tuple(getattr(layer, "strides", None) or ()) not in ((), (1, 1), tuple(window or ())):
        said.append("every " + "x".join(map(str, layer.strides)))
    if getattr(layer, "padding", "valid") == "same":
        said.append("same")
    activation = getattr(getattr(layer, "activation", None), "__name__", "linear")
    if activation != "linear":
        said.append(activation)
    if hasattr(layer, "rate"):
        said.append(f"drops {layer.rate:g}")
    return said


def _origin(layer, previous, layers, names) -> list[str]:
    """Return from which layers the input comes, unless that is only the one before."""
    try:
        inputs = layer.input if isinstance(layer.input, (list, tuple)) else [layer.input]
    except (AttributeError, ValueError):  # it was not called yet
        return []
    makers = [
        number
        for tensor in inputs
        for number, other in enumerate(layers)
        if other is not layer and any(tensor is made for made in _outputs(other))
    ]
    if not makers or [layers[number] for number in makers] == [previous]:
        return []
    return ["from " + " and ".join(names[number] for number in makers)]


def _outputs(layer) -> list:
    """Return the tensors that a layer gives, none if it was not called yet."""
    try:
        outputs = layer.output
    except (AttributeError, ValueError):
        return []
    return list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]


def _bar(layer, model) -> str:
    """Return a bar for a layer's share of the parameters, and the share."""
    if not (layer.built and model.built) or not _size(layer.weights):
        return ""
    share = _size(layer.weights) / _size(model.weights)
    return f"{'#' * max(1, round(12 * share))} {100 * share:.0f} %"


def _names(layers) -> list[str]:
    """Return the kind of each layer, numbered where a kind comes more than once."""
    kinds = [type(layer).__name__ for layer in layers]
    total, seen, names = Counter(kinds), Counter(), []
    for kind, layer in zip(kinds, layers, strict=True):
        seen[kind] += 1
        numbered = f"{kind} {seen[kind]}" if total[kind] > 1 else kind
        names.append(numbered if _is_automatic(layer.name, kind) else f"{layer.name} ({kind})")
    return names


def _is_automatic(name: str, kind: str) -> bool:
    """Tell whether Keras made a layer's name, as ``max_pooling2d_3`` from ``MaxPooling2D``."""
    plain = re.sub(r"_\d+$", "", name).replace("_", "")
    return plain.lower() == kind.replace("_", "").lower()


def _shape(layer) -> str:
    """Return the shape of a layer's output, or of each of its outputs."""
    return ", ".join(str(tuple(output.shape)) for output in _outputs(layer)) or "?"


def _size(weights) -> int:
    """Return how many numbers some weights hold."""
    return sum(math.prod(weight.shape) for weight in weights)


def _parameters(part) -> str:
    """Return the number of parameters of a layer or model, with commas."""
    return f"{_size(part.weights):,}"

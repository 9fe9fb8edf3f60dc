"""What a Keras model consists of, as plain text that is the same in every run."""

from __future__ import annotations

import math
import re
from collections import Counter


def describe_model(model) -> str:
    """Return a table of a model's layers: kind, shape of the output, number of parameters.

    It holds what ``model.summary()`` shows, without its colours, and without the numbers in
    Keras's own names (``dense_7``), which count every layer that was made before: layers of one
    kind are numbered within the model. A layer with a name of yours keeps it.

    Parameters
    ----------
    model : keras.Model
        Any Keras 3 model. What a layer that was not built yet would have is shown as ``?``.

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
    rows = [("layer", "output shape", "parameters")]
    for name, layer in zip(names, model.layers, strict=True):
        rows.append((name, _shape(layer), _parameters(layer) if layer.built else "?"))
    rows.append(("total", "", _parameters(model) if model.built else "?"))
    fixed = _size(model.non_trainable_weights)
    if fixed:
        rows.append(("of these not trained", "", f"{fixed:,}"))
    first, second, third = (max(map(len, column)) for column in zip(*rows, strict=True))
    return "\n".join(f"{a:<{first}}  {b:<{second}}  {c:>{third}}" for a, b, c in rows)


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
    try:
        outputs = layer.output
    except (AttributeError, ValueError):  # it was not called yet
        return "?"
    if not isinstance(outputs, (list, tuple)):
        outputs = [outputs]
    return ", ".join(str(tuple(output.shape)) for output in outputs)


def _size(weights) -> int:
    """Return how many numbers some weights hold."""
    return sum(math.prod(weight.shape) for weight in weights)


def _parameters(part) -> str:
    """Return the number of parameters of a layer or model, with commas."""
    return f"{_size(part.weights):,}"

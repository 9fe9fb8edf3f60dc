"""The check of the shapes and the weights of a convolutional network."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Iterator

import numpy as np

from helpers.checks.arrays import explained
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_convnets.counted_networks import RIGHT, WRONG, Rules, count
from helpers.checks.running import Answer, Wrong

_LETTER = (28, 28, 1)
_NETWORKS: tuple[tuple[list[tuple], tuple[int, ...]], ...] = (
    ([("conv", 16, 3, "valid")], _LETTER),
    ([("conv", 4, 4, "same")], (12, 12, 3)),
    ([("pool", 2)], (6, 6, 4)),
    ([("flatten",), ("dense", 10)], _LETTER),
    ([("conv", 16, 3, "valid"), ("conv", 16, 3, "valid"), ("pool", 2)], _LETTER),
    ([("conv", 8, 5, "same"), ("conv", 6, 4, "valid"), ("pool", 2)], (20, 14, 3)),
    ([("pool", 2), ("pool", 3)], (29, 40, 5)),
    (
        [("conv", 16, 3, "same"), ("pool", 2), ("flatten",), ("dense", 32), ("dense", 10)],
        _LETTER,
    ),
    ([("conv", 8, 3, "valid"), ("dropout", 0.5), ("flatten",), ("dense", 4)], (9, 7, 2)),
    ([("conv", 8, 3, "valid"), ("batchnorm",), ("pool", 2), ("dropout", 0.5)], (9, 8, 2)),
    ([("flatten",), ("dense", 12), ("batchnorm",), ("dropout", 0.25), ("dense", 5)], (5, 4, 2)),
    ([("conv", 7, 3, "same"), ("globalmax",), ("dense", 10)], (15, 11, 1)),
)


@exercise(
    smaller_step='take one layer, `[("conv", 16, 3, "valid")]` on (28, 28, 1): the shape is '
    "(26, 26, 16) and there are 160 weights. Then add the second layer of the text.",
    seconds=60,  # an answer may import Keras
)
def conv_shape(answer: Answer) -> str:
    """``conv_shape(layers, shape)``: the shape that comes out, and the number of weights.

    Parameters
    ----------
    layers : list of tuple
        ``("conv", filters, size, "same" or "valid")``, ``("pool", size)``, ``("flatten",)``,
        ``("dense", units)``, ``("dropout", rate)``, ``("batchnorm",)``, ``("globalmax",)``.
    shape : tuple of int
        Of one picture: (height, width, channels).

    Returns
    -------
    shape : tuple of int
        Of what the last layer gives for one picture.
    params : int
        Weights and biases of all layers; 4 a channel for batch normalisation.
    """
    with _watched_keras() as asked:
        results = [(*_result(answer, *network), *network) for network in _NETWORKS]
    misses = [one for one in results if (one[0], one[1]) != count(one[2], one[3])]
    if misses:
        _explain(results, misses)
    if asked:
        raise Wrong(
            "asks_keras",
            "The numbers are right, and Keras counted them. Count by hand first: it is a product "
            "and a sum for each kind of layer. The next cell lets Keras check you.",
        )
    return (
        f"Right for {len(_NETWORKS)} networks: kernels of three sizes with both paddings, pools "
        "that leave something over, pictures that are not square, and every kind of layer."
    )


@contextlib.contextmanager
def _watched_keras() -> Iterator[list[str]]:
    """Yield a list that has something in it after a layer of Keras was made, or Keras imported."""
    asked: list[str] = []
    keras = sys.modules.get("keras")
    if keras is None:
        yield asked
        asked += [name for name in ("keras",) if name in sys.modules]
        return
    layer, own = keras.layers.Layer, keras.layers.Layer.__init__

    @functools.wraps(own)
    def make(self, *args, **kwargs):
        asked.append(type(self).__name__)
        own(self, *args, **kwargs)

    layer.__init__ = make
    try:
        yield asked
    finally:
        layer.__init__ = own


_SIZE = (
    "`*size` gathers all that stands behind the kind in a list: the size of a pool is `size[0]`."
)
_ROW = "A shape is a tuple, of one number too: `(n,)`, with its comma."


def _result(answer: Answer, layers: list[tuple], shape: tuple) -> tuple[tuple, float]:
    """Return shape and weights as they came, or raise `Wrong` if they are not such."""
    with (
        explained("size_is_a_list", _SIZE, lambda error: "int' and 'list'" in error),
        explained("size_is_a_list", _SIZE, lambda error: "list' and 'int'" in error),
        explained("number_for_a_shape", _ROW, lambda error: "'int' object is not" in error),
    ):
        came = answer(layers, shape)
    call = f"conv_shape({layers}, {shape})"
    if not isinstance(came, tuple | list) or len(came) != 2:
        raise Wrong(
            "not_two",
            f"`{call}` should give two things, the shape and the number of weights: "
            "`return shape, params`.",
        )
    first, second = came
    if not _is_row(first) and _is_row(second):
        raise Wrong("swapped", "The number came first and the shape second. Change their places.")
    if not _is_row(first):
        raise Wrong(
            "number_for_a_shape",
            f"In `{call}` the shape is {first!r}. A shape is a tuple; of one number: `(10,)`.",
        )
    if any(side is None for side in first):
        raise Wrong(
            "batch_axis",
            f"In `{call}` the shape has a `None` in front. Asked for is that of one picture.",
        )
    try:
        if any(isinstance(number, str) for number in (*first, second)):
            raise TypeError
        return tuple(float(side) for side in first), float(second)
    except (TypeError, ValueError):
        raise Wrong(
            "wrong_type", f"`{call}` gave {came!r}. Both should be whole numbers."
        ) from None


def _is_row(value: object) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str | dict | set)


def _explain(results: list[tuple], misses: list[tuple]) -> None:
    """Raise `Wrong` for the mistake that gives every result, or for the first miss."""
    for hint, variants, sentence in WRONG:
        for rules in variants:
            if all(_fits(one, rules) for one in results):
                raise Wrong(hint, f"{_difference(misses[0])} {sentence}")
    fewest = min(misses, key=lambda one: len(one[2]))
    fine = {layer[0] for one in results if one not in misses for layer in one[2]}
    kinds = {layer[0] for layer in fewest[2]} - fine
    rest = f"Look at {' and '.join(sorted(kinds))}." if kinds else ""
    raise Wrong("wrong_value", f"{_difference(fewest)} {rest}".rstrip())


def _fits(result: tuple, rules: Rules) -> bool:
    shape, params, layers, given = result
    try:
        expected, number = count(layers, given, rules)
    except (IndexError, TypeError):
        return False
    same_shape = len(shape) == len(expected) and np.allclose(shape, expected)
    return bool(same_shape and np.isclose(params, number))


def _difference(miss: tuple) -> str:
    """Say in a sentence what was wrong with one network."""
    shape, params, layers, given = miss
    right_shape, right_params = count(layers, given, RIGHT)
    came = f"({', '.join(f'{side:g}' for side in shape)}{',' if len(shape) == 1 else ''})"
    parts = []
    if shape != right_shape:
        parts.append(f"the shape should be {right_shape}, but is {came}")
    if params != right_params:
        parts.append(f"the number of weights should be {right_params:,}, but is {params:,.0f}")
    return f"For {layers} on a picture of shape {given} {', and '.join(parts)}."

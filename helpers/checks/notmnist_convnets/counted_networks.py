"""Shapes and weights of convolutional networks, counted rightly and with well-known mistakes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

# What a layer does to a side of the picture, to a shape, and how many weights it has.
Rules = Mapping[str, Callable]

RIGHT: Rules = {
    "kernel": lambda side, channels, filters: (side * side * channels + 1) * filters,
    "valid": lambda n, side: n - side + 1,
    "same": lambda n, side: n,
    "pool": lambda n, side: n // side,
    "flatten": lambda shape: (math.prod(shape),),
    "dense": lambda inputs, units: (inputs + 1) * units,
    "batchnorm": lambda channels: 4 * channels,
    "dropout": lambda shape, rate: shape,
    "globalmax": lambda shape: (shape[-1],),
    "channels": lambda filters, channels: filters,
    "start": lambda shape: shape,
    "shared": lambda weights, places: weights,
    "total": lambda each: sum(weights for _, weights in each),
    "conv_sides": lambda sides: sides,
    "pool_sides": lambda sides: sides,
    "until": lambda layers: layers,
    "next": lambda after, before: after,
}


def count(layers: list[tuple], shape: tuple, rules: Rules = RIGHT) -> tuple[tuple, float]:
    """Return the shape that comes out, and the number of weights, by these rules."""
    shape, each = rules["start"](shape), []
    for layer in rules["until"](layers):
        after, weights = _after(layer, shape, rules)
        shape = rules["next"](after, shape)
        each.append((layer[0], weights))
    return shape, rules["total"](each)


def _after(layer: tuple, shape: tuple, rules: Rules) -> tuple[tuple, float]:
    """Return the shape after one layer, and the layer's weights."""
    kind, *size = layer
    if kind == "conv":
        filters, side, padding = size
        sides = [rules[padding](n, side) for n in rules["conv_sides"](shape[:2])]
        weights = rules["kernel"](side, shape[-1], filters)
        weights = rules["shared"](weights, sides[0] * sides[1])
        return (*sides, rules["channels"](filters, shape[-1])), weights
    if kind == "pool":
        sides = rules["pool_sides"](shape[:2])
        return (*(rules["pool"](n, size[0]) for n in sides), shape[2]), 0
    if kind == "dense":
        return (size[0],), rules["dense"](shape[0], size[0])
    if kind == "batchnorm":
        return shape, rules["batchnorm"](shape[-1])
    if kind == "dropout":
        return rules["dropout"](shape, size[0]), 0
    return rules[kind](shape), 0


def _with(**changes: Callable) -> Rules:
    return {**RIGHT, **changes}


def _no_bias(side: int, channels: int, filters: int) -> int:
    return side * side * channels * filters


def _dense_without_bias(inputs: int, units: int) -> int:
    return inputs * units


def _overwritten_by(*kinds: str) -> Callable:
    """Return a total that these kinds of layers set instead of adding to it."""

    def total(each: list) -> float:
        params = 0
        for kind, weights in each:
            params = weights if kind in kinds else params + weights
        return params

    return total


def _height_twice(sides: tuple) -> tuple:
    return sides[0], sides[0]


# Hint, the rules of all forms of the mistake, and the sentence that names it.
WRONG: tuple[tuple[str, list[Rules], str], ...] = (
    (
        "channels_forgotten",
        [_with(kernel=lambda side, channels, filters: (side * side + 1) * filters)],
        "A kernel looks at all channels that come in: `side * side * shape[-1]` weights for each "
        "filter, and a bias.",
    ),
    (
        "biases_forgotten",
        [
            _with(kernel=_no_bias, dense=_dense_without_bias),
            _with(kernel=_no_bias),
            _with(dense=_dense_without_bias),
        ],
        "Biases are missing: each filter has one, and each unit of a dense layer.",
    ),
    (
        "not_shared",
        [_with(shared=lambda weights, places: weights * places)],
        "Each place got weights of its own. A kernel is the same wherever it lies: the size of the "
        "picture does not matter for their number.",
    ),
    (
        "another_bias",
        [
            _with(
                kernel=lambda side, channels, filters: _no_bias(side, channels, filters) + 1,
                dense=lambda inputs, units: inputs * units + 1,
            ),
            _with(dense=lambda inputs, units: inputs * units + 1),
            _with(dense=lambda inputs, units: inputs * (units + 1)),
            _with(kernel=lambda side, channels, filters: _no_bias(side, channels, filters) + 1),
            _with(kernel=lambda side, channels, filters: (side * side + 1) * channels * filters),
            _with(
                kernel=lambda side, channels, filters: _no_bias(side, channels, filters) + channels
            ),
        ],
        "Each filter and each unit has one bias, whatever comes in: not one for the layer, nor one "
        "for each channel.",
    ),
    (
        "side_not_squared",
        [_with(kernel=lambda side, channels, filters: (side * channels + 1) * filters)],
        "A kernel of size 3 has 3 by 3 places.",
    ),
    (
        "paddings_swapped",
        [_with(valid=RIGHT["same"], same=RIGHT["valid"])],
        '"same" keeps the sides, "valid" loses `size - 1`; here it is the other way round.',
    ),
    (
        "padding_ignored",
        [_with(same=RIGHT["valid"]), _with(valid=RIGHT["same"])],
        'The paddings differ: "same" keeps the sides, "valid" loses `size - 1`.',
    ),
    (
        "three_by_three_only",
        [
            _with(
                valid=lambda n, side: n - 2,
                kernel=lambda side, channels, filters: (9 * channels + 1) * filters,
            ),
            _with(valid=lambda n, side: n - 2),
            _with(kernel=lambda side, channels, filters: (9 * channels + 1) * filters),
        ],
        "A kernel may have another size than 3: take it from the layer.",
    ),
    (
        "same_for_odd_only",
        [
            _with(same=lambda n, side: n + 1 - side % 2),
            _with(same=lambda n, side: n - 1 + side % 2),
        ],
        '"same" keeps the sides for even sizes, too: the frame is then wider at the end.',
    ),
    (
        "valid_off_by_one",
        [
            _with(valid=lambda n, side: n - side),
            _with(valid=lambda n, side: n - side // 2),
            _with(valid=lambda n, side: n - side + 2),
        ],
        "A window of 3 fits into a row of 6 at four places. From `n` there remain `n - size + 1`.",
    ),
    (
        "pool_rounded_up",
        [
            _with(pool=lambda n, side: -(-n // side)),
            _with(pool=lambda n, side: math.floor(n / side + 0.5)),
        ],
        "What fills no block is dropped: a pool rounds down.",
    ),
    (
        "pool_not_whole",
        [_with(pool=lambda n, side: n / side)],
        "Half a row there is not: `//` divides and rounds down.",
    ),
    ("pool_by_two", [_with(pool=lambda n, side: n // 2)], "A pool may have another size than 2."),
    (
        "pool_as_convolution",
        [_with(pool=lambda n, side: n - side + 1)],
        "Blocks of a pool do not overlap: it divides the sides by its size.",
    ),
    (
        "batchnorm_two",
        [_with(batchnorm=lambda channels: 2 * channels)],
        "Batch normalisation keeps four numbers a channel: two that are trained, and the moving "
        "mean and variance.",
    ),
    (
        "batchnorm_forgotten",
        [_with(batchnorm=lambda channels: 0)],
        "Batch normalisation has weights, too: 4 a channel.",
    ),
    (
        "batchnorm_once",
        [_with(batchnorm=lambda channels: 4)],
        "Batch normalisation has 4 weights for each channel.",
    ),
    (
        "dropout_changes",
        [
            _with(dropout=lambda shape, rate: (*shape[:-1], int(shape[-1] * (1 - rate)))),
            _with(dropout=lambda shape, rate: (*shape[:-1], int(shape[-1] * rate))),
            _with(dropout=lambda shape, rate: (math.prod(shape),)),
        ],
        "Dropout sets some values to 0 for a while. Shape and weights stay.",
    ),
    (
        "globalmax_ignored",
        [_with(globalmax=RIGHT["flatten"]), _with(globalmax=lambda shape: shape)],
        "Of each channel the global maximum leaves one number: `(shape[-1],)`.",
    ),
    (
        "flatten_is_wrong",
        [
            _with(flatten=lambda shape: (math.prod(shape[:2]),)),
            _with(flatten=lambda shape: (shape[-1],)),
            _with(flatten=lambda shape: shape),
        ],
        "Flattening puts all numbers into one row: height times width times channels.",
    ),
    (
        "last_layer_only",
        [
            _with(total=_overwritten_by("conv", "dense", "batchnorm")),
            _with(total=lambda each: each[-1][1]),
        ],
        "Only the last layer's weights are there. Add up: `+=`, not `=`.",
    ),
    (
        "overwritten",
        [
            _with(total=_overwritten_by(*kinds))
            for kinds in (
                ("conv",),
                ("dense",),
                ("batchnorm",),
                ("conv", "dense"),
                ("conv", "batchnorm"),
                ("dense", "batchnorm"),
            )
        ],
        "One kind of layer overwrites the weights that were counted before it. Add to them: "
        "`params = params + ...`.",
    ),
    (
        "returns_in_loop",
        [_with(until=lambda layers: layers[:1])],
        "Only the first layer was looked at. Does `return` stand inside the loop?",
    ),
    (
        "shape_never_changes",
        [_with(next=lambda after, before: before)],
        "The shape is still that of the picture. After each layer, give `shape` its new value.",
    ),
    (
        "channels_stay",
        [_with(channels=lambda filters, channels: channels)],
        "After a convolution there are as many channels as filters.",
    ),
    (
        "square_only",
        [
            _with(start=lambda shape: (shape[0], shape[0], *shape[2:])),
            _with(conv_sides=_height_twice, pool_sides=_height_twice),
            _with(conv_sides=_height_twice),
            _with(pool_sides=_height_twice),
        ],
        "Height and width may differ: treat `shape[0]` and `shape[1]` each by itself.",
    ),
    (
        "hard_coded",
        [_with(start=lambda shape: (28, 28, 1)), _with(start=lambda shape: (*shape[:2], 1))],
        "Pictures of another shape come out wrong: begin with the `shape` that is handed in.",
    ),
)

"""The check of the weights with which a network starts."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array, close, expect_no_list, expect_shape
from helpers.checks.digits_network.layers import NETWORKS, expect_list
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="make the one array of `layers = [3, 2]`: four rows (the first for the bias), two "
    "columns. Then let a loop go over the pairs of neighbouring sizes."
)
def init_weights(answer: Answer) -> str:
    """``init_weights(layers, rng, scale=1.0)``: draw the first weights of a network.

    Parameters
    ----------
    layers : list of int
        Number of values in each layer, input and output included, e.g. ``[64, 32, 16, 10]``.
    rng : numpy.random.Generator
        The only source of random numbers.
    scale : float, optional
        Standard deviation of every entry.

    Returns
    -------
    list of numpy.ndarray
        One array for each layer but the input, of shape (1 + layers[l], layers[l + 1]); row 0
        holds the biases. All entries are independent and normal with mean 0.
    """
    for layers in (*NETWORKS, [6, 3, 7, 2, 5]):
        _expect_shapes(answer(layers, default_rng(1)), layers)
    _expect_fresh_draws(answer)
    _expect_normal(answer)
    return (
        "Shapes for five networks, reproducible from the seed, and 80,000 entries look "
        "normal with the standard deviation asked for."
    )


def _expect_shapes(W, layers: list[int]) -> None:
    expect_list(W, f"init_weights({layers}, rng)", "not_a_list", "One array for each layer.")
    if len(W) != len(layers) - 1:
        raise Wrong(
            "wrong_number_of_layers",
            f"`layers = {layers}` needs {len(layers) - 1} arrays of weights, one between each two "
            f"neighbours, but you return {len(W)}.",
        )
    for level, (w, n, m) in enumerate(zip(W, layers, layers[1:], strict=False)):
        extra = "A whole column more is a further unit that learns, not a bias."
        hints = {
            (n, m): ("bias_row_missing", "The row for the bias is missing."),
            (m, 1 + n): ("transposed", "Rows are what comes in, columns are units."),
            (n, 1 + m): ("bias_column", "The bias is one more row, not one more column."),
            (1 + n, 1 + m): ("learned_bias_unit", extra),
        }
        expect_shape(w, (1 + n, m), f"init_weights({layers}, rng)[{level}]", hints)
        expect_no_list(f"init_weights({layers}, rng)[{level}]", w)


def _expect_fresh_draws(answer: Answer) -> None:
    """Expect other numbers in every layer and from every seed, the same from the same seed."""
    first, again, other = (
        np.concatenate([np.ravel(w) for w in answer([5, 4, 3], default_rng(seed))])
        for seed in (7, 7, 8)
    )
    if not first.any():
        raise Wrong(
            "all_zeros",
            "All weights are 0. Then all units of a layer compute the same and stay the same: "
            "draw the numbers at random.",
        )
    if not close(first, again):
        raise Wrong(
            "rng_ignored",
            "Two calls with generators of the same seed gave different numbers. Draw from the "
            "`rng` that is handed in, not from `np.random` or a generator of your own.",
        )
    if close(first, other):
        raise Wrong(
            "own_seed",
            "Generators with different seeds gave the same numbers. A seed inside the function "
            "makes every start the same: draw from the `rng` that is handed in.",
        )
    one, two = (as_array(w, "W") for w in answer([4, 4, 4], default_rng(3)))
    if close(one, two) or len(np.unique(one[1:])) < np.size(one[1:]):
        raise Wrong(
            "same_for_all",
            "The same numbers come more than once. Draw every entry of every layer afresh.",
        )


def _expect_normal(answer: Answer) -> None:
    """Ask 80,000 entries for their mean, spread and shape; the bands are over 5 standard errors."""
    for scale in (1.0, 4.0, 0.25):
        # By its name, as the notebook does.
        arguments = {"scale": scale} if scale != 1.0 else {}
        W = answer([200, 200, 200], default_rng(11), **arguments)
        for level, w in enumerate(W):
            _expect_normal_entries(as_array(w, f"W[{level}]"), level, scale)


def _expect_normal_entries(w: np.ndarray, level: int, scale: float) -> None:
    biases, others = w[0], w[1:]
    if not biases.any():
        raise Wrong(
            "bias_row_zero",
            "The bias row is all 0. That is a usual choice, but here the biases are drawn like "
            "all other weights.",
        )
    _expect_spread(others, level, scale)
    shape = np.mean((others - others.mean()) ** 4) / others.std() ** 4
    if abs(shape - 3) > 0.25:
        raise Wrong(
            "not_normal",
            "Mean and spread are right, but the numbers are not normal: the tails are too "
            f"{'short' if shape < 3 else 'long'} (all {others.size:,} lie within "
            f"{np.abs(others).max() / others.std():.2g} standard deviations).",
        )
    _expect_biases_alike(biases, level, scale)


def _expect_biases_alike(biases: np.ndarray, level: int, scale: float) -> None:
    """Expect of 200 biases what the other weights have shown; the bands are 6 standard errors."""
    mean, spread = biases.mean(), biases.std()
    if np.ptp(biases) == 0:
        raise Wrong(
            "bias_row_constant",
            f"All biases of `W[{level}]` are {mean:.3g}. The constant 1 belongs to the values that "
            "come in; what stands in row 0 are weights, each one a draw of its own.",
        )
    if abs(spread / scale - 1) > 0.3 or abs(mean) > 0.45 * scale:
        raise Wrong(
            "bias_row_differs",
            f"With scale = {scale:g} the biases of `W[{level}]` have standard deviation "
            f"{spread:.3g} and mean {mean:.3g}. Draw them like all other weights.",
        )


def _expect_spread(w: np.ndarray, level: int, scale: float) -> None:
    mean, spread = w.mean(), w.std()
    if w.min() >= 0 and w.any():
        raise Wrong(
            "never_negative",
            "No weight is negative. A unit should be able to count against as well as for: draw "
            "from a normal distribution around 0.",
        )
    if abs(mean - scale) < 0.03 * scale and scale != 1.0:
        raise Wrong(
            "scale_added",
            f"With scale = {scale:g} the mean is {mean:.3g}. The scale is the standard deviation, "
            "not the mean: see which argument of the generator's method is which.",
        )
    # Asked this way round, nan is refused as well.
    if not (abs(spread / scale - 1) < 0.03 and abs(mean) < 0.03 * scale):
        told = f"With scale = {scale:g}, `W[{level}]` has standard deviation {spread:.3g}, mean "
        _name_wrong_spread(told + f"{mean:.3g}.", mean, spread, scale)


def _name_wrong_spread(told: str, mean: float, spread: float, scale: float) -> None:
    if abs(mean - 1) < 0.03 and scale == 1.0:
        raise Wrong("scale_added", told + " The scale belongs to the spread, not to the mean.")
    if scale != 1.0 and abs(spread - 1) < 0.03:
        raise Wrong("scale_ignored", told + " It should grow in proportion to the scale.")
    if scale != 1.0 and abs(spread / np.sqrt(scale) - 1) < 0.03:
        raise Wrong(
            "scale_is_variance",
            told + " The scale is the standard deviation, not its square, the variance.",
        )
    if scale == 1.0 and spread < 0.3:
        raise Wrong(
            "scaled_by_width",
            told + " Dividing by the width of the layer is a good idea for later; here every entry "
            "has the standard deviation `scale`.",
        )
    raise Wrong("wrong_spread", told + f" Expected are a spread of {scale:g} around 0.")

"""What the rule of a sigmoid gives with the usual mistakes."""

from __future__ import annotations

import numpy as np

from helpers.checks.small_networks import sigmoid, sigmoid_slope

# For each hint the wrong results, and the sentence; a `{}` in it stands for a factor's name.
KnownResults = tuple[tuple[str, list[np.ndarray], str], ...]


def mistaken_sigmoid_rules(g: np.ndarray, x: np.ndarray, y: np.ndarray) -> KnownResults:
    """Return the slopes that the usual mistakes lead to, and what to say of each.

    Parameters
    ----------
    g : numpy.ndarray
        Slope of the loss with respect to the sigmoid's output.
    x, y : numpy.ndarray
        Input and output of the sigmoid.
    """
    return (
        *_mistaken_formulas(g, y),
        *_mistaken_slopes(g, x, y),
        *_mistaken_uses(g, x, y),
    )


def _mistaken_formulas(g, y) -> KnownResults:
    return (
        (
            "two_in_g_already",
            [2 * g * y * (1 - y)],
            "All slopes are twice as large as they should be. The 2 in unit 01's delta came from "
            "the squared error, not from the sigmoid. Here it is part of `g` already.",
        ),
        (
            "plus_for_minus",
            [g * y * (1 + y)],
            "This is `g * y * (1 + y)`, which is largest where `y` is nearly 1. But there the "
            "sigmoid is flat, so that its slope has to come down to 0.",
        ),
        (
            "brackets_missing",
            [g * y - y, g * y - y**2],
            "A factor reaches only part of what it belongs to: multiplication comes before "
            "subtraction. Does all of the difference stand in brackets?",
        ),
    )


def _mistaken_slopes(g, x, y) -> KnownResults:
    return (
        (
            "sigmoid_twice",
            [g * sigmoid_slope(sigmoid(y))],
            "`y` already went through the sigmoid: it is its output. Applying the sigmoid once "
            "more gives the slope at another place.",
        ),
        (
            "slope_at_x",
            [g * x * (1 - x)],
            "The slope `s * (1 - s)` wants the sigmoid's value `s`. That is `y`, not the input.",
        ),
        ("tanh_slope", [g * (1 - y**2)], "`1 - y**2` is the slope of tanh, not of the sigmoid."),
        ("sign", [-g * y * (1 - y)], "The sign is wrong: a sigmoid rises everywhere."),
        (
            "half_the_slope",
            [g * y, g * (1 - y)],
            "The slope has two factors beside `g`, and one is missing. At both ends, where `y` is "
            "nearly 0 or nearly 1, the sigmoid is flat.",
        ),
        (
            "forward_again",
            [sigmoid(g), g * sigmoid(y), sigmoid(y), g * sigmoid(x)],
            "This applies the sigmoid forwards once more. On the way back its slope is asked for.",
        ),
    )


def _mistaken_uses(g, x, y) -> KnownResults:
    return (
        (
            "g_ignored",
            [y * (1 - y)],
            "This is the slope of the sigmoid alone. The loss comes after it: the chain rule "
            "multiplies with what came back so far, `g`.",
        ),
        (
            "g_confused",
            [g * (1 - g), y * g * (1 - g)],
            "The slope is taken at `g`. `g` is what came back from the loss; the sigmoid's value "
            "is `y`.",
        ),
        (
            "added",
            [g + y * (1 - y)],
            "`g` and the sigmoid's slope are added. Along one path slopes are multiplied.",
        ),
        (
            "summed",
            [np.sum(g * y * (1 - y))] if y.ndim else [],
            "All slopes are added into one number. Each entry of the input has its own.",
        ),
        (
            "matrix_product",
            [g.T @ sigmoid_slope(y)] if y.ndim == 2 else [],
            "`g` and the slope are multiplied as matrices. The sigmoid works on each entry for "
            "itself, and so does its slope.",
        ),
    )

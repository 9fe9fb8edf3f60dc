"""The check of the sigmoid, the activation function of every neuron in this unit."""

from __future__ import annotations

import numpy as np

from helpers.checks.arrays import (
    Mistakes,
    as_array,
    close,
    expect_close,
    expect_no_list,
    expect_shape,
    explained,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import sigmoid as right_sigmoid
from helpers.checks.small_networks import sigmoid_slope


@exercise(smaller_step="compute `np.exp(-z)` first and print it for z = 0, 2 and -2.")
def sigmoid(answer: Answer) -> str:
    """``sigmoid(z)``: 1 / (1 + exp(-z)), elementwise.

    Parameters
    ----------
    z : float or numpy.ndarray
        A number or an array of any shape.

    Returns
    -------
    float or numpy.ndarray
        Values between 0 and 1, in the shape of z.
    """
    rng = np.random.default_rng(1)
    for z in (
        rng.normal(scale=2, size=(3, 4)),
        rng.normal(size=5),
        np.array([[0.0, 1.0]]),
        rng.normal(size=(2, 3, 2)),
    ):
        with explained("scalars_only", _SCALARS_ONLY, lambda error: "array" in error):
            came = answer(z)
        expect_close(came, right_sigmoid(z), "sigmoid(z)", _mistakes(z))
    expect_no_list("sigmoid(z)", answer(np.array([0.0])))
    whole = np.array([-2, 0, 3])
    if not close(as_array(answer(whole), "sigmoid(z)"), right_sigmoid(whole)):
        raise Wrong(
            "whole_numbers",
            "It goes wrong for an array of whole numbers, such as -2, 0, 3: an array made by "
            "`np.zeros_like(z)` then holds whole numbers only. Make it with `np.zeros(z.shape)`.",
        )
    _expect_numbers(answer)
    _expect_far_values(answer)
    return "It works elementwise on any shape, is 0.5 at 0, rises, and stays between 0 and 1."


_SCALARS_ONLY = (
    "It works on single numbers only. The functions of numpy (`np.exp`) take whole arrays; those "
    "of `math` and `if z > 0` do not."
)


def _expect_numbers(answer: Answer) -> None:
    advice = "It works on arrays only; `sigmoid(0.0)` should be 0.5."
    with explained("arrays_only", advice, lambda error: True):
        number = answer(0.0)
    number = as_array(number, "sigmoid(0.0)")
    expect_shape(number, (), "sigmoid(0.0)", {(1,): ("arrays_only", "A number in, a number out.")})
    if not close(number, np.array(0.5)):
        raise Wrong("wrong_value", f"`sigmoid(0.0)` should be 0.5, but is {number}.")


def _expect_far_values(answer: Answer) -> None:
    advice = (
        "This is z = -800: `math.exp` stops at numbers above 709, while `np.exp` returns inf, and "
        "1 / inf is 0."
    )
    with explained("overflows", advice, lambda error: "OverflowError" in error):
        far = as_array(answer(np.array([-800.0, 800.0])), "sigmoid(z)")
    if np.isnan(far).any():
        raise Wrong(
            "overflows",
            f"`sigmoid` of -800 and 800 should be 0 and 1, but is {far[0]} and {far[1]}. A huge "
            "number divided by a huge number is not a number: let only `np.exp(-z)` appear, once.",
        )
    if not close(far, np.array([0.0, 1.0])):
        raise Wrong(
            "levels_off",
            f"`sigmoid` of -800 and 800 should be 0 and 1, but is {far[0]:.2g} and {far[1]:.6g}. "
            "Is `z` cut off too early?",
        )


def _mistakes(z: np.ndarray) -> Mistakes:
    s = right_sigmoid(z)
    e = np.exp(z - np.max(z))
    return {
        "falls": (
            lambda: 1 - s,
            "It falls where z rises. Look at the sign inside the exponential.",
        ),
        "tanh": (
            lambda: np.tanh(z),
            "This is the hyperbolic tangent: its values lie between -1 and 1. The sigmoid's lie "
            "between 0 and 1.",
        ),
        "derivative": (
            lambda: sigmoid_slope(s),
            "This is the slope of the sigmoid, not the sigmoid itself: it is largest at 0.",
        ),
        "minus": (
            lambda: 1 / (1 - np.exp(-z)),
            "There is a minus in the denominator; it is a plus.",
        ),
        "not_divided": (
            lambda: 1 / s,
            "This is 1 + exp(-z), the denominator. The sigmoid is 1 divided by all of it: mind "
            "the brackets.",
        ),
        "step": (
            lambda: (z > 0).astype(float),
            "This jumps from 0 to 1. The sigmoid rises smoothly, so that it has a slope.",
        ),
        "softmax": (
            lambda: e / e.sum(),
            "The entries influence each other (they add up to 1). Each entry stands for itself.",
        ),
        "base_two": (lambda: 1 / (1 + 2.0**-z), "This uses powers of 2. Use `np.exp`."),
    }

"""The checks of the way back through one node: a matrix product, a sigmoid."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import (
    as_array,
    close,
    expect_close,
    expect_no_list,
    expect_pair,
    explained,
)
from helpers.checks.computation_graphs.mistaken_sigmoids import (
    KnownResults,
    mistaken_sigmoid_rules,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import central_differences, sigmoid


@exercise(
    smaller_step="begin with shapes alone. a is (n, k), b is (k, m), so g is (n, m). What can be "
    "multiplied with g so that (n, k) comes out, the shape of a? A transpose is allowed."
)
def matmul_rule(answer: Answer) -> str:
    """``matmul_rule(g, a, b)``: the slopes with respect to both factors of a product.

    Parameters
    ----------
    g : numpy.ndarray, shape (n, m)
        Slope of the loss with respect to ``a @ b``.
    a : numpy.ndarray, shape (n, k)
        Left factor.
    b : numpy.ndarray, shape (k, m)
        Right factor.

    Returns
    -------
    tuple of two numpy.ndarray, shapes (n, k) and (k, m)
        Slopes of the loss with respect to a and to b.
    """
    for seed, (n, k, m) in enumerate(
        ((4, 3, 2), (2, 3, 5), (1, 4, 3), (3, 1, 2), (4, 2, 1), (3, 3, 3))
    ):
        rng = default_rng(seed)
        _expect_slopes(answer, *(rng.standard_normal(shape) for shape in ((n, m), (n, k), (k, m))))
    whole = default_rng(9).integers(-4, 5, size=(3, 4, 4))
    _expect_slopes(answer, whole[0, :2], whole[1, :2], whole[2])
    return (
        "Both slopes agree with small differences, for products of several shapes, a single row "
        "among them, and for a `g` that is not all ones."
    )


def _expect_slopes(answer: Answer, g: np.ndarray, a: np.ndarray, b: np.ndarray) -> None:
    shapes = f"Here `g` is {g.shape}, `a` {a.shape} and `b` {b.shape}."
    with (
        explained("elementwise", f"{shapes} {_STAR}", lambda error: "broadcast" in error),
        explained("shapes_do_not_fit", f"{shapes} {_FITS}", _speaks_of_products),
    ):
        came = answer(g, a, b)
    if isinstance(came, np.ndarray) and close(came, a @ b):
        raise Wrong("value_not_slope", _VALUE.format("a"))
    pair = expect_pair(came, "matmul_rule", "slope_a, slope_b", "not_a_pair")
    arrays = [as_array(v, f"matmul_rule(g, a, b)[{i}]") for i, v in enumerate(pair)]
    expected = _numeric_slopes(g, a, b)
    _expect_own_slopes(arrays, expected)
    for i, (array, slope, factor) in enumerate(zip(arrays, expected, "ab", strict=True)):
        if not close(array, slope):
            _name(array, _mistaken_products(g, a, b, factor, slope), factor)
        expect_close(
            array,
            slope,
            f"matmul_rule(g, a, b)[{i}]",
            otherwise=f"That is the slope for `{factor}` by small differences.",
        )
    expect_no_list("matmul_rule(g, a, b)", *pair)


_STAR = (
    "A star multiplies entry by entry. In a matrix product each entry of `a` meets a whole row of "
    "`b`, and so do the slopes: they are matrix products, too."
)
_FITS = (
    "The slope for `a` has the shape of `a`. Which of the two factors has to be transposed, and on "
    "which side of `g` does it stand?"
)
_VALUE = (
    "What comes for `{}` is made from the product's value, `a @ b`. The slopes go the other way: "
    "how much the loss changes when an entry changes. `g` and the other factor are enough."
)


def _speaks_of_products(error: str) -> bool:
    return any(
        words in error for words in ("core dimension", "not aligned", "matmul:", "subscript")
    )


def _numeric_slopes(g, a, b) -> tuple[np.ndarray, np.ndarray]:
    # The loss is linear in each factor, so that a difference of any length is exact.
    return (
        central_differences(lambda moved: np.sum(g * (moved @ b)), a.astype(float), 1.0),
        central_differences(lambda moved: np.sum(g * (a @ moved)), b.astype(float), 1.0),
    )


def _expect_own_slopes(arrays: list[np.ndarray], expected: tuple) -> None:
    if all(map(close, arrays, expected)):
        return
    if close(arrays[0], expected[1]) and close(arrays[1], expected[0]):
        raise Wrong(
            "swapped", "Both slopes are right, but stand in the wrong order: first the one for `a`."
        )
    if close(arrays[0], expected[1]) or close(arrays[1], expected[0]):
        raise Wrong(
            "same_for_both",
            "Both results are the slope for the same factor. `a` and `b` have a slope each.",
        )


def _mistaken_products(g, a, b, factor: str, slope: np.ndarray) -> KnownResults:
    ones = np.ones(g.shape)
    other = b if factor == "a" else a
    return (
        (
            "g_ignored",
            [ones @ b.T if factor == "a" else a.T @ ones, other, other.T],
            "In the slope for `{}` the incoming slope `g` is missing: this would be right only if "
            "the loss were the plain sum of the product. Multiply with `g` itself.",
        ),
        (
            "sign",
            [-slope],
            "The slope for `{}` has the wrong sign. Nothing is subtracted in a product.",
        ),
        (
            "transposed",
            [slope.T],
            "The slope for `{}` stands on its side: rows and columns have changed places. It has "
            "the shape of `{}`.",
        ),
        (
            "mean_not_sum",
            [slope / len(g)],
            "The slope for `{}` is divided by the number of rows. If the loss is a mean, `g` has "
            "that division in it already.",
        ),
        ("value_not_slope", [a @ b, g * (a @ b)], _VALUE),
        (
            "transpose_missing",
            [g @ b if factor == "a" else a @ g] if g.shape == a.shape == b.shape else [],
            "For square matrices the slope for `{}` is wrong: there the shapes fit without a "
            "transpose as well, but the numbers do not. Let the formula not depend on shapes.",
        ),
    )


def _name(array: np.ndarray, known: KnownResults, factor: str = "") -> None:
    for hint, results, sentence in known:
        if any(close(array, result) for result in results):
            raise Wrong(hint, sentence.replace("{}", factor))


@exercise(
    smaller_step="leave `g` and the tuple aside: what is the slope of a sigmoid where its value "
    "is 0.5? Where it is nearly 1? Unit 01 has the formula in terms of the value."
)
def sigmoid_rule(answer: Answer) -> str:
    """``sigmoid_rule(g, y)``: the slope with respect to the input of a sigmoid.

    Parameters
    ----------
    g : numpy.ndarray, any shape
        Slope of the loss with respect to the sigmoid's output.
    y : numpy.ndarray, same shape
        The sigmoid's output, between 0 and 1.

    Returns
    -------
    tuple of one numpy.ndarray, same shape
        Slope of the loss with respect to the sigmoid's input: a tuple, since a node may have
        several inputs.
    """
    for seed, shape in enumerate(((4, 3), (1, 3), (5,), (), (3, 3), (2, 3, 2))):
        rng = default_rng(40 + seed)
        x, g = rng.standard_normal((2, *shape))
        _expect_slope(answer, g, x)
    return (
        "It agrees with small differences, for numbers, vectors and matrices, and takes the "
        "incoming slope along."
    )


def _expect_slope(answer: Answer, g: np.ndarray, x: np.ndarray) -> None:
    y = sigmoid(x)
    product = "The sigmoid works on each entry for itself, and so does its slope: a star, no `@`."
    with explained("matrix_product", product, lambda error: "matmul:" in error):
        came = answer(g, y)
    what = "sigmoid_rule(g, y)"
    rows = isinstance(came, tuple | list) and y.ndim > 0 and len(came) == len(y) > 1
    if rows or not isinstance(came, tuple | list):
        kind = f"is cut into {len(y)} rows" if rows else f"is of type `{type(came).__name__}`"
        raise Wrong(
            "not_a_tuple",
            f"`{what}` should be a tuple of one slope, but {kind}. "
            "Each rule hands back one slope for each input of its node, and a sigmoid has one. "
            "It is the comma that makes a tuple, not the brackets.",
        )
    if len(came) != 1:
        raise Wrong(
            "more_than_one",
            f"`{what}` has {len(came)} entries. A sigmoid has one input, so there is one slope.",
        )
    slope = as_array(came[0], f"{what}[0]")
    expected = central_differences(lambda moved: np.sum(g * sigmoid(moved)), np.asarray(x), 1e-5)
    if not close(slope, expected):
        _name(slope, mistaken_sigmoid_rules(g, x, y))
    expect_close(slope, expected, f"{what}[0]", otherwise="That is the slope by small differences.")
    if y.ndim:
        expect_no_list(f"{what}[0]", came[0])

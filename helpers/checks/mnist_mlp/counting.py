"""The check of the number of parameters in a network of dense layers."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np

from helpers.checks.arrays import as_array, explained
from helpers.checks.feedback import exercise
from helpers.checks.naming import Forms, explain
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="draw the network [2, 3]: two inputs, three outputs, a line for each weight. How "
    "many lines are there, and how many biases?",
    seconds=30,  # an answer may import Keras
)
def param_count(answer: Answer) -> str:
    """``param_count(sizes)``: how many weights and biases a network of dense layers has.

    Parameters
    ----------
    sizes : list of int
        The sizes, from the input to the output.

    Returns
    -------
    int
        The weights between each pair of neighbours, and a bias for each unit that computes.
    """
    three, other = [60, 128, 10], [8, 5, 3]
    with explained("runs_over_the_end", _OVER_THE_END, lambda error: "IndexError" in error):
        first, second = _count(answer, three), _count(answer, other)
    if first == second:
        raise Wrong(
            "hard_coded",
            f"For {three} and for {other} there came the same number, {first:.6g}. Compute it from "
            "`sizes`.",
        )
    with explained("three_layers_only", _ANY_LENGTH, _speaks_of_length):
        # Of these sizes no two known mistakes make the same number.
        _expect(answer, [7, 5, 8, 6], knows_three=second == _right(other))
    _expect(answer, three)
    _expect(answer, other)
    with explained("three_layers_only", _ANY_LENGTH, _speaks_of_length):
        _expect(answer, [4, 3])
    _expect(answer, [3, 8, 8, 2, 6])
    _expect_large(answer, [784, 300, 10])
    return "Right for six networks, with none, one, two and three hidden layers."


_OVER_THE_END = (
    "The last size has no neighbour behind it: there is one layer of weights less than there are "
    "sizes. Where does the loop end?"
)
_ANY_LENGTH = "It works for one hidden layer only. `sizes` may have any length: use a loop."


def _speaks_of_length(error: str) -> bool:
    return "unpack" in error or "IndexError" in error


def _right(sizes: list[int]) -> int:
    return sum((n + 1) * m for n, m in pairwise(sizes))


def _call(sizes: list[int]) -> str:
    return f"param_count({sizes})"


def _count(answer: Answer, sizes: list[int]) -> float:
    """Return what came as a number."""
    came = answer(sizes)
    if isinstance(came, str):
        raise Wrong("text", "There came a text. Hand back the number itself.")
    array = as_array(came, _call(sizes))
    if array.shape == (len(sizes) - 1,) and len(sizes) > 2:
        raise Wrong(
            "one_for_each_layer",
            f"For {sizes} there came one number for each layer of weights. Add them up.",
        )
    if array.size != 1:
        raise Wrong(
            "not_a_number",
            f"`{_call(sizes)}` should be one number, but has shape {array.shape}.",
        )
    return float(array.ravel()[0])


def _expect(answer: Answer, sizes: list[int], knows_three: bool = False) -> None:
    came, right = _count(answer, sizes), _right(sizes)
    if came != right:
        known = _wrong_biases(sizes) | _wrong_layers(sizes, knows_three) | _other_sums(sizes)
        explain(np.asarray(came), right, _call(sizes), known, _FOR_EACH)
    if np.asarray(answer(sizes)).dtype.kind not in "iu":
        raise Wrong(
            "not_a_whole_number",
            f"`{_call(sizes)}` is {came}. The value is right, but a count is a whole number: hand "
            "back an `int`.",
        )


_FOR_EACH = "Each unit after the input has a weight for each unit before it, and one bias."


def _wrong_biases(sizes: list[int]) -> Forms:
    pairs = list(pairwise(sizes))
    weights = sum(n * m for n, m in pairs)
    all_but_last = sum((n + 1) * (m + 1) for n, m in pairs[:-1])
    return {
        "no_biases": (
            lambda: [weights],
            "These are the weights alone. Each unit after the input has a bias as well.",
        ),
        "input_biases": (
            lambda: [weights + sum(sizes)],
            "The inputs got biases, too. An input computes nothing: it is only handed on.",
        ),
        "bias_for_each_input": (
            lambda: [sum(n * (m + 1) for n, m in pairs)],
            "There is a bias for each unit before a layer. Each unit of the layer itself has one: "
            "the 1 belongs to the other side.",
        ),
        "bias_units_fed": (
            lambda: [
                all_but_last + (sizes[-2] + 1) * sizes[-1],
                all_but_last + (sizes[-2] + 1) * (sizes[-1] + 1),
            ],
            "There are weights that lead into a bias unit. A bias is a constant: nothing feeds it. "
            "Put the 1 on one side of each product only.",
        ),
        "one_bias_a_layer": (
            lambda: [weights + len(pairs), weights + 1],
            "There is one bias for many units. Each unit after the input has its own.",
        ),
        "output_biases_missing": (
            lambda: [weights + sum(sizes[1:-1])],
            "The biases of the output layer are missing: its units compute like all others.",
        ),
        "first_bias_only": (
            lambda: [weights + sizes[1]],
            "Only the first layer after the input has biases. Look at the rest of the layers.",
        ),
    }


def _wrong_layers(sizes: list[int], knows_three: bool) -> Forms:
    each = [(n + 1) * m for n, m in pairwise(sizes)]
    until_third = "three_layers_only" if knows_three else "last_layer_missing"
    if len(each) < 3:
        return {}
    return {
        until_third: (
            lambda: [sum(each[:2])],
            _ANY_LENGTH if knows_three else "The last layer is missing. Where does the loop end?",
        ),
        "first_layer_missing": (
            lambda: [sum(each[1:])],
            "The weights of the first layer, those that lead away from the input, are missing.",
        ),
        "last_layer_only": (
            lambda: [each[-1]],
            "This is the last layer alone. Add the layers up: `=` overwrites, `+=` adds.",
        ),
        "returns_in_loop": (
            lambda: [each[0]],
            "This is the first layer alone. Does `return` stand inside the loop?",
        ),
        "counts_round": (
            lambda: [sum(each) + (sizes[-1] + 1) * sizes[0]],
            "There are weights from the output back to the input. In Python `sizes[-1]` is the "
            "last one: with which index does the loop begin?",
        ),
        "every_pair": (
            lambda: [
                sum(n * m for n, m in combinations(sizes, 2)) + extra
                for extra in (0, sum(sizes[1:]))
            ],
            "Every layer is linked with every later one. Only neighbours are.",
        ),
    }


def _other_sums(sizes: list[int]) -> Forms:
    pairs = list(pairwise(sizes))
    return {
        "product_of_all": (
            lambda: [math.prod(sizes)],
            "All sizes are multiplied. Weights lie between neighbours: multiply two sizes at a "
            "time, and add.",
        ),
        "sum_of_sizes": (
            lambda: [sum(sizes), sum(sizes[1:]), sum(sizes[:-1]), sum(n + 1 for n, _ in pairs)],
            "Sizes are added up, which counts units. How many weights lead into each?",
        ),
        "sizes_added": (
            lambda: (
                [sum(n + extra + m for n, m in pairs) for extra in (0, 1)]
                + [sum(n + m + m for n, m in pairs)]
            ),
            "The sizes of two neighbours are added. Each unit takes every value that comes in, "
            "with a weight for each: draw 2 inputs, 3 units and their lines. (If you meant to "
            "multiply: in `n + 1 * m` the product comes first. Set brackets.)",
        ),
        "squares": (
            lambda: [
                sum((n + extra) * n for n in part)
                for part in (sizes, sizes[:-1], sizes[1:])
                for extra in (0, 1)
            ],
            "Each layer is linked with itself. Weights lead from one layer to the next.",
        ),
        "weights_and_biases_multiplied": (
            lambda: [sum(n * m * m for n, m in pairs)],
            "The weights are multiplied by the biases. Both are numbers to learn: add them.",
        ),
    }


def _expect_large(answer: Answer, sizes: list[int]) -> None:
    came, right = _count(answer, sizes), _right(sizes)
    if came != right and any((came - right) % 2**bits == 0 for bits in (8, 16)):
        raise Wrong(
            "small_type",
            f"`{_call(sizes)}` should be {right}, but is {came:.0f}: the sizes stand in an array "
            "of a type too small for such a number. Use Python's own whole numbers.",
        )
    _expect(answer, sizes)

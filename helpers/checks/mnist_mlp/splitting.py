"""The check of putting a validation part aside."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import explained
from helpers.checks.dealt_at_random import (
    DRAWS,
    expect_equal_rows_kept,
    expect_no_pattern,
    expect_none_fixed,
    made_rows,
)
from helpers.checks.dealt_rows import expect_each_once, expect_labels_with_rows, numbers_of_rows
from helpers.checks.feedback import exercise
from helpers.checks.random_draws import expect_random, explained_draws
from helpers.checks.running import Answer, Wrong

_PARTS = ("training", "validation")
# Number of rows, their shape and the share. Where share * n is not whole, either way of rounding
# will do.
_CASES = ((40, (60,), 0.2), (100, (28, 28), 0.3), (67, (4,), 0.25), (203, (2, 3), 0.1))


@exercise(
    smaller_step="shuffle the row numbers first: `order = rng.permutation(len(x))`. Cut `order` in "
    "two, then use each piece for `x` and for `y`.",
    seconds=10.0,  # an import of scikit-learn takes its time on a busy machine
)
def split_validation(answer: Answer) -> str:
    """``split_validation(x, y, share, rng)``: put rows aside, chosen at random, for validation.

    Parameters
    ----------
    x : numpy.ndarray, shape (n, ...)
        One sample a row.
    y : numpy.ndarray of int, shape (n,)
        Their classes.
    share : float
        Share of the rows to put aside, in (0, 1).
    rng : numpy.random.Generator
        The only source of random numbers.

    Returns
    -------
    tuple of two pairs
        ``(x_train, y_train), (x_valid, y_valid)``: every row in exactly one part, ``share * n``
        of them, rounded, in the second.
    """
    no_such_row = explained(
        "not_row_numbers",
        "The rows have the numbers 0 to n - 1. Shuffle these: `rng.permutation(len(x))`.",
        lambda error: "out of bounds" in error,
    )
    with explained_draws(), no_such_row:
        for n, shape, share in _CASES:
            x, y = made_rows(n, shape, default_rng(n))
            _dealt(answer, x, y, share, seed=n)
        order_kept = _expect_dealt_at_random(answer)
        expect_equal_rows_kept(answer, _PARTS, 0.2)
    return (
        "Every row in exactly one part, with its label, for 40 to 203 rows and four shares; other "
        "parts with another `rng`, and the same ones again from the same seed." + order_kept
    )


def _dealt(answer: Answer, x: np.ndarray, y: np.ndarray, share: float, seed: int):
    """Return which rows came into each part, or raise `Wrong` if they were not dealt right."""
    value = answer(x, y, share, default_rng(seed))
    _expect_two_pairs(value, x)
    ids = numbers_of_rows(value, _PARTS, x, y)
    if len(ids[0]) == len(y) and ids[1]:
        raise Wrong(
            "training_keeps_all",
            f"The training part still has all {len(y)} rows. What is validated with has to be "
            "taken out of it: a network knows the digits that it was trained on.",
        )
    expect_each_once(ids, _PARTS, len(y))
    _expect_share(answer, ids, x, y, share)
    expect_labels_with_rows(ids, value, y)
    return ids


def _expect_two_pairs(value: object, x: np.ndarray) -> None:
    form = "Return two pairs: `return (x_train, y_train), (x_valid, y_valid)`."
    if not isinstance(value, tuple | list):
        raise Wrong("not_two_pairs", f"There came a `{type(value).__name__}`. {form}")
    if len(value) == 4:
        raise Wrong("flat", f"Four arrays came one after the other. {form}")
    if len(value) != 2:
        raise Wrong("not_two_pairs", f"There came {len(value)} things instead of two. {form}")
    if all(isinstance(p, np.ndarray) and p.ndim == 1 and p.dtype.kind in "iu" for p in value):
        raise Wrong("row_numbers", f"There came row numbers. Use them for `x` and for `y`. {form}")
    if any(not isinstance(part, tuple | list) or len(part) != 2 for part in value):
        raise Wrong("not_two_pairs", f"Each part should be rows and their labels. {form}")
    dimensions = [[getattr(array, "ndim", 0) for array in part] for part in value]
    if dimensions == [[x.ndim, x.ndim], [1, 1]]:
        raise Wrong("by_kind", f"First all `x`, then all `y` came. {form}")


def _expect_share(answer: Answer, ids: list, x: np.ndarray, y: np.ndarray, share: float) -> None:
    n, came, wanted = len(y), len(ids[1]), share * len(y)
    if _is_rounded(came, wanted):
        return
    said = f"With {n} rows and share = {share} the validation part has {came}"
    if not came:
        raise Wrong("nothing_validated", f"{said}. `int(share)` is 0: multiply first, then round.")
    sizes = {len(answer(x, y, share, default_rng(seed))[1][1]) for seed in range(5)}
    if len(sizes) > 1:
        raise Wrong(
            "size_by_chance",
            f"{said}, and with other seeds {min(sizes)} to {max(sizes)}. It should be "
            f"{round(wanted)} with each: shuffle all rows, then cut.",
        )
    if _is_rounded(n - came, wanted):
        raise Wrong(
            "parts_swapped",
            f"{said}. `share` is the share to put aside, the smaller part, and it comes second.",
        )
    if abs(came - wanted) < 1.5:
        raise Wrong("off_by_one", f"{said} instead of {round(wanted)}. Where do you cut?")
    hint = "share_ignored" if _is_rounded(came, _CASES[0][2] * n) else "wrong_share"
    raise Wrong(hint, f"{said} instead of {round(wanted)}. Make its size from `share` and n.")


def _is_rounded(count: int, wanted: float) -> bool:
    """Tell whether `count` is `wanted`, rounded up or down."""
    return abs(count - wanted) < 1 - 1e-9


def _expect_dealt_at_random(answer: Answer) -> str:
    """Return a remark if the rows of the training part stand in their old order."""
    x, y = made_rows(60, (3, 3), default_rng(0))

    def draw(seed: int) -> list[list[int]]:
        return _dealt(answer, x, y, 0.3, seed)

    _expect_shuffled([draw(seed) for seed in (1, 2, 3)], y)
    expect_random(draw, "parts")
    draws = [draw(seed) for seed in range(DRAWS)]
    expect_none_fixed(draws, _PARTS)
    expect_no_pattern([valid for _, valid in draws], len(y), "validation")
    return _remark_on_order([train for train, _ in draws], y)


def _expect_shuffled(draws: list[list[list[int]]], y: np.ndarray) -> None:
    if all(_is_a_run(part) for parts in draws for part in parts):
        raise Wrong(
            "not_shuffled",
            "The two parts are blocks of the rows as they came. Rows often come sorted, and then "
            "whole classes are missing in a part: shuffle all rows first, then cut.",
        )
    if all(len(set(y[valid].tolist())) == 1 for _, valid in draws):
        raise Wrong(
            "one_class",
            "The validation part holds rows of one class only. Which rows it holds should not "
            "depend on their labels: shuffle all rows, then cut.",
        )
    # A run may begin at the last rows and go on at the first ones.
    if all(_is_a_run(train) or _is_a_run(valid) for train, valid in draws):
        raise Wrong(
            "neighbours",
            "One of the parts is a run of neighbours. Rows often come sorted, and then it holds "
            "only some classes: shuffle all rows.",
        )


def _is_a_run(part: list[int]) -> bool:
    return max(part) - min(part) == len(part) - 1


def _remark_on_order(trains: list[list[int]], y: np.ndarray) -> str:
    # In a shuffled list every second step goes up, give or take one in a hundred.
    up = np.mean([np.diff(train) > 0 for train in trains])
    sorted_by_label = all((np.diff(y[train]) >= 0).all() for train in trains)
    if 0.4 < up < 0.6 and not sorted_by_label:
        return ""
    return (
        " The rows of the training part stand in an order, though: Keras's `fit` shuffles them "
        "again, but take care where only the first few are used."
    )

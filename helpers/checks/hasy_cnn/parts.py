"""The check of a split in which every class is in each part."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.dealt_at_random import expect_equal_rows_kept, expect_none_fixed
from helpers.checks.dealt_rows import (
    expect_each_once,
    expect_labels_with_rows,
    expect_three_pairs,
    numbers_of_rows,
)
from helpers.checks.feedback import exercise
from helpers.checks.random_draws import expect_random, explained_draws
from helpers.checks.running import Answer, Wrong

_PARTS = ("training", "validation", "test")


@exercise(
    smaller_step="do it for one class first: `rows = rng.permutation(np.flatnonzero(y == 0))`. Of "
    "37 rows, which go to validation, which to the test part, which stay?",
    seconds=20.0,  # an answer may import scikit-learn
)
def split(answer: Answer) -> str:
    """``split(X, y, rng)``: deal the pictures of every class into three parts.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, ...)
        One picture a row.
    y : numpy.ndarray of int, shape (n,)
        Their classes, each with at least three pictures.
    rng : numpy.random.Generator
        The only source of random numbers.

    Returns
    -------
    tuple of three pairs
        ``(X_train, y_train), (X_valid, y_valid), (X_test, y_test)``: of every class a tenth,
        rounded, and at least one picture, for validation and as many for the test; the rest for
        training. Every picture in exactly one part, each part shuffled.
    """
    with explained_draws():
        for seed, counts in enumerate(([60, 3, 21, 5], [9, 40, 3, 55, 14, 30], [3, 3, 200])):
            X, y = _pictures(counts, default_rng(seed))
            _dealt(answer(X, y, default_rng(seed)), X, y)
        _expect_dealt_at_random(answer)
        expect_equal_rows_kept(answer, _PARTS)
    return (
        "Right for four collections: every class in every part, in the right shares, every picture "
        "once, with its label; other parts with another `rng`."
    )


def _expect_dealt_at_random(answer: Answer) -> None:
    X, y = _pictures([60, 3, 20, 40], default_rng(9))

    def draw(seed: int) -> list[list[int]]:
        return _dealt(answer(X, y, default_rng(seed)), X, y)

    expect_random(draw, "parts")
    # By chance one row is in the training part of all 80 draws once in 50 million times.
    expect_none_fixed([draw(seed) for seed in range(80)], _PARTS)


def _pictures(counts: list[int], rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return pictures that all differ, and labels in no order, so many of each class."""
    n = sum(counts)
    X = rng.integers(0, 256, (n, 3, 3), dtype=np.uint8)
    X[:, 0, 0], X[:, 0, 1] = np.arange(n) % 256, np.arange(n) // 256
    return X, rng.permutation(np.repeat(np.arange(len(counts)), counts))


def _dealt(value: object, X: np.ndarray, y: np.ndarray) -> list[list[int]]:
    """Return which rows came into each part, or raise `Wrong` if they were not dealt right."""
    expect_three_pairs(value)
    ids = numbers_of_rows(value, _PARTS, X, y)
    _expect_shares(ids, y)
    expect_each_once(ids, _PARTS, len(y))
    _expect_classes(ids, y)
    expect_labels_with_rows(ids, value, y)
    _expect_mixed(ids, y)
    return ids


def _expect_shares(ids: list[list[int]], y: np.ndarray) -> None:
    """Raise `Wrong` if the parts have the wrong sizes, whatever classes are in them."""
    sizes, counts = [len(part) for part in ids], np.bincount(y)
    if sum(sizes) != len(y):
        return
    low, high = np.maximum(1, counts // 10).sum() - 1, np.maximum(1, -(-counts // 10)).sum() + 1
    if low <= sizes[1] <= high and low <= sizes[2] <= high:
        return
    said = f"Of {len(y)} pictures the parts have {sizes[0]}, {sizes[1]} and {sizes[2]}."
    if sizes[0] < sizes[2]:
        raise Wrong("order", f"{said} The order is training, validation, test.")
    if sizes[1] == sizes[2] == len(counts):
        raise Wrong(
            "one_of_each_class",
            f"{said} That is one of each class. One is the least; of larger classes take a tenth.",
        )
    lacking = [np.setdiff1d(y, y[part]) for part in ids[1:]]
    if any(map(len, lacking)):
        return  # told by `_expect_classes`
    raise Wrong("shares", f"{said} Of every class a tenth is for validation, as many for the test.")


def _expect_classes(ids: list[list[int]], y: np.ndarray) -> None:
    """Raise `Wrong` unless each class is in each part in its share."""
    counts = np.bincount(y)
    per_part = [np.bincount(y[part], minlength=len(counts)) for part in ids]
    for name, present in zip(_PARTS, per_part, strict=True):
        if np.any(present == 0):
            label = int(np.flatnonzero(present == 0)[0])
            raise Wrong(
                "class_missing",
                f"Class {label}, with {counts[label]} pictures in all, is missing in the {name} "
                "part. Deal each class by itself, and give at least one picture to each part: cuts "
                "that are counted from the end leave no part empty.",
            )
    # A split stratified as a whole may be one off in a class.
    low, high = np.maximum(1, counts // 10 - 1), np.maximum(1, -(-counts // 10)) + 1
    good = [np.all((low <= present) & (present <= high)) for present in per_part[1:]]
    if all(good):
        return
    hint = "validation_not_stratified" if good[1] else "not_stratified"
    present = per_part[1] if not good[0] else per_part[2]
    label = int(np.flatnonzero((present < low) | (present > high))[0])
    raise Wrong(
        hint,
        f"Of the {counts[label]} pictures of class {label}, {present[label]} are in the "
        f"{_PARTS[1 if not good[0] else 2]} part; a tenth is {counts[label] / 10:g}. Deal each "
        "class by itself, into all three parts.",
    )


def _expect_mixed(ids: list[list[int]], y: np.ndarray) -> None:
    """Raise `Wrong` if parts are not shuffled, within their classes or as a whole."""
    for label in np.unique(y):
        rows = np.flatnonzero(y == label)
        if len(rows) > 30:
            test = np.searchsorted(rows, np.sort(np.array(ids[2])[y[ids[2]] == label]))
            if len(test) > 2 and np.ptp(test) == len(test) - 1:
                raise Wrong(
                    "not_shuffled",
                    "Of each class the test part got neighbours, as they lay in the archive. "
                    "They often come from one hand: shuffle before you cut.",
                )
    for name, part in zip(_PARTS, ids, strict=True):
        labels = y[part]
        # A part that is small, or nearly of one class, may be sorted by chance.
        if len(part) < 12 or np.bincount(labels).max() > 0.6 * len(part):
            continue
        if (np.diff(labels) >= 0).all() or (np.diff(labels) <= 0).all():
            raise Wrong(
                "sorted_by_class",
                f"The {name} part holds class after class. Its first thousand pictures would be "
                "those of the first classes: shuffle each part as a whole at its end.",
            )
        if (np.diff(part) > 0).all() or (np.diff(part) < 0).all():
            raise Wrong(
                "old_order",
                f"The pictures of the {name} part stand in the order in which they came. In the "
                "archive that is class after class: shuffle each part as a whole at its end.",
            )

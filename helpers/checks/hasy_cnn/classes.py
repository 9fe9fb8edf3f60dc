"""The check of keeping the first n classes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import expect_no_list
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="take `ids = np.array([70, 31, 59, 31])` and n = 2. Which pictures stay, and what "
    "are their labels? Then look at what `np.unique(ids, return_inverse=True)` gives."
)
def select_classes(answer: Answer) -> str:
    """``select_classes(X, ids, n)``: the pictures of the n smallest symbol ids.

    Parameters
    ----------
    X : uint8 array, shape (m, ...)
        Pictures. They are not changed.
    ids : int array, shape (m,)
        The symbol id of each; ids have gaps and come in no order.
    n : int
        How many classes to keep.

    Returns
    -------
    X : array, shape (k, ...)
        The pictures that stay, in their old order.
    y : int array, shape (k,)
        Their classes: 0 for the smallest id, n - 1 for the largest that is kept.
    """
    rng = default_rng(70)
    gaps = np.cumsum(rng.integers(1, 9, 12)) + 30
    for numbers, m, n in ((gaps, 80, 5), (gaps, 61, 8), (gaps[:6], 50, 6), (gaps, 90, 1)):
        ids = np.concatenate([numbers, rng.choice(numbers, m - len(numbers))])
        rng.shuffle(ids)
        X = rng.integers(0, 256, (m, 4, 4), dtype=np.uint8)
        _expect(answer, X, ids, n)
    many = rng.permutation(np.repeat(np.arange(120) * 2 + 31, 2))
    _expect(answer, rng.integers(0, 256, (240, 2, 2), dtype=np.uint8), many, 100)
    return (
        "Right for five collections, with gaps between the ids: pictures and labels of exactly n "
        "classes, still side by side."
    )


def _expect(answer: Answer, X: np.ndarray, ids: np.ndarray, n: int) -> None:
    value = answer(X, ids, n)
    kept, y = _two(value)
    ranks = np.unique(ids, return_inverse=True)[1]
    keep = ranks < n
    if len(kept) == keep.sum() and np.array_equal(y, ranks[keep]):
        if kept.shape[1:] != X.shape[1:]:
            raise Wrong(
                "wrong_shape",
                f"The pictures should keep their shape, {X.shape[1:]}, but have {kept.shape[1:]}.",
            )
        if y.dtype.kind == "f":
            raise Wrong(
                "not_whole",
                f"The labels are right, but of type {y.dtype}. They count and pick: make whole "
                "numbers of them.",
            )
        _expect_pictures(kept, X[keep])
        expect_no_list(f"select_classes(X, ids, {n})", *value)
        return
    if y.shape == (len(X),) and kept.shape == X[keep].shape and not keep.all():
        raise Wrong("labels_not_filtered", f"{len(kept)} pictures, but {len(y)} labels. {_BOTH}")
    if kept.shape == X.shape and y.shape == ranks[keep].shape and not keep.all():
        raise Wrong("pictures_not_filtered", f"{len(kept)} pictures, but {len(y)} labels. {_BOTH}")
    _expect_old_order(kept, y, X, ranks, n)
    for hint, rows, labels, sentence in _mistakes(ids, ranks, n):
        if len(kept) == len(rows) and np.array_equal(y, labels):
            raise Wrong(hint, sentence)
    _say_what_came(kept, y, ids, n)


_BOTH = "Use the same mask for both."


def _two(value: object) -> tuple[np.ndarray, np.ndarray]:
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise Wrong("not_two", "Two arrays are asked for, pictures and labels: `return X, y`.")
    kept, y = (np.asarray(part) for part in value)
    if kept.ndim < y.ndim and y.ndim == 3:
        raise Wrong("swapped", "Labels came first and pictures second. Change their places.")
    if y.dtype == bool:
        raise Wrong("mask", "The labels are the mask, True or False. Asked for is which class.")
    if y.dtype.kind not in "iuf":
        raise Wrong("labels_no_numbers", f"The labels are of type {y.dtype}, not whole numbers.")
    if y.ndim == 2 and y.shape[1] > 1:
        raise Wrong("one_hot", "Labels came as rows of ones and zeros. Asked for are numbers.")
    if y.ndim != 1:
        raise Wrong("labels_not_flat", f"The labels have shape {y.shape}: give one number each.")
    return kept, y


def _expect_pictures(kept: np.ndarray, right: np.ndarray) -> None:
    if kept.dtype == right.dtype and np.array_equal(kept, right):
        return
    if np.array_equal(kept, right):
        what = f"their type is {kept.dtype}, it was {right.dtype}"
    elif np.array_equal(np.sort(kept, axis=0), np.sort(right, axis=0)):
        what = "they stand in another order than their labels"
    else:
        what = f"values go from {kept.min():g} to {kept.max():g}"
    raise Wrong(
        "pictures_changed",
        f"The labels are right. The pictures are not those of `X`: {what}. Only pick them, with "
        "the same mask.",
    )


def _expect_old_order(
    kept: np.ndarray, y: np.ndarray, X: np.ndarray, ranks: np.ndarray, n: int
) -> None:
    """Raise `Wrong` if class came after class, pictures and labels still side by side."""
    rows = np.argsort(ranks, kind="stable")[: (ranks < n).sum()]
    if np.array_equal(y, ranks[rows]) and np.array_equal(kept, X[rows]):
        raise Wrong(
            "class_after_class",
            "Pictures and labels belong together, but they came class after class. Keep the "
            "pictures in their old order: one mask for all rows does.",
        )


def _mistakes(
    ids: np.ndarray, ranks: np.ndarray, n: int
) -> Iterator[tuple[str, np.ndarray, np.ndarray, str]]:
    """Yield hint, rows that stay, their labels and the sentence of each well-known mistake."""
    rows, keep = np.arange(len(ids)), ranks < n
    too_many, too_few = ranks <= n, ranks < n - 1
    yield (
        "one_class_too_many",
        rows[too_many],
        ranks[too_many],
        f"There are {n + 1} classes: 0 to {n}. With n = {n} the last one is {n - 1}; `<=` keeps "
        "one too many.",
    )
    yield (
        "one_class_too_few",
        rows[too_few],
        ranks[too_few],
        f"There are {n - 1} classes. With n = {n} they go from 0 to {n - 1}.",
    )
    yield from _ids_for_labels(ids, ranks, n)
    yield "nothing_filtered", rows, ranks, f"All classes are still there. Keep {n} of them."
    yield (
        "first_pictures",
        rows[:n],
        ranks[:n],
        "The first n pictures came. Asked for are all pictures of the first n classes.",
    )
    yield from _other_classes(ids, ranks, n)
    yield "counted_from_one", rows[keep], ranks[keep] + 1, "Labels begin at 1. They begin at 0."
    yield (
        "sorted_by_class",
        rows[keep],
        np.sort(ranks[keep]),
        "The labels are sorted, the pictures are not: they do not belong together any more.",
    )


def _ids_for_labels(
    ids: np.ndarray, ranks: np.ndarray, n: int
) -> Iterator[tuple[str, np.ndarray, np.ndarray, str]]:
    """Yield mistakes that take ids for ranks."""
    rows, keep = np.arange(len(ids)), ranks < n
    sentence = "Labels have to be 0 to n - 1, without gaps: the rank of an id among all ids."
    yield "raw_ids", rows[keep], ids[keep], f"The labels are the ids themselves. {sentence}"
    yield (
        "raw_ids",
        rows[keep],
        ids[keep] - ids.min(),
        f"The labels are ids minus the smallest, and still have gaps. {sentence}",
    )
    gaps = "Ids have gaps, so the n smallest ids are not those below some number of your choice."
    for shift in (0, ids.min()):
        below = ids - shift < n
        yield "ids_as_ranks", rows[below], (ids - shift)[below], f"{gaps} {sentence}"
        yield "ids_as_ranks", rows[below], ranks[below], gaps


def _other_classes(
    ids: np.ndarray, ranks: np.ndarray, n: int
) -> Iterator[tuple[str, np.ndarray, np.ndarray, str]]:
    """Yield mistakes that take other classes, or number them in another order."""
    rows, numbers, counts = np.arange(len(ids)), *np.unique(ids, return_counts=True)
    seen = np.array(list(dict.fromkeys(ids.tolist())))
    small = seen[np.isin(seen, numbers[:n])]
    by_size = np.sort(numbers[np.argsort(-counts, kind="stable")[:n]])
    appearance = (
        "Classes are numbered as they appear. Number them by size of the id, so that the numbers "
        "do not depend on the order of the pictures."
    )
    for hint, chosen, sentence in (
        ("order_of_appearance", seen[:n], appearance),
        ("order_of_appearance", small, appearance),
        ("most_frequent", by_size, "The most frequent classes came. Asked for: smallest ids."),
        ("largest_ids", numbers[-n:], "The largest ids came. Asked for are the smallest."),
    ):
        keep = np.isin(ids, chosen)
        place = {number: at for at, number in enumerate(chosen.tolist())}
        yield hint, rows[keep], np.array([place[one] for one in ids[keep].tolist()]), sentence


def _say_what_came(kept: np.ndarray, y: np.ndarray, ids: np.ndarray, n: int) -> None:
    ranks = np.unique(ids, return_inverse=True)[1]
    keep = ranks < n
    if len(kept) != len(y):
        raise Wrong("not_together", f"{len(kept)} pictures, but {len(y)} labels. {_BOTH}")
    if len(y) == keep.sum():
        place = int(np.flatnonzero(y != ranks[keep])[0])
        raise Wrong(
            "wrong_value",
            f"For n = {n} as many pictures came as should. Number {place} of those that stay has "
            f"the id {ids[keep][place]}, so its label is {ranks[keep][place]}; there came "
            f"{y[place]:g}.",
        )
    raise Wrong(
        "wrong_value",
        f"For n = {n} there should be {keep.sum()} pictures of the classes 0 to {n - 1}; there "
        f"came {len(kept)}, with labels from {np.min(y, initial=0):g} to {np.max(y, initial=0):g}.",
    )

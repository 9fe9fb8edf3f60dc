"""What well-known mistakes make of the pairs of classes that are taken for each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

Pair = tuple[int, int, float]


def all_pairs(cm: np.ndarray) -> list[Pair]:
    """Return every pair a < b with the number of times that one was taken for the other.

    Examples
    --------
    >>> all_pairs(np.array([[9, 1], [2, 9]]))
    [(0, 1, 3)]
    """
    return _counts(len(cm), lambda a, b: int(cm[a, b] + cm[b, a]))


def _counts(n: int, count: Callable[[int, int], float]) -> list[Pair]:
    return [(a, b, count(a, b)) for a in range(n) for b in range(a + 1, n)]


def _largest_first(pairs: Sequence[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: -pair[2])


def wrong_lists(cm: np.ndarray, k: int) -> Iterator[tuple[str, list[Sequence[Pair]], str]]:
    """Yield hint, ways to make the mistake, and sentence, of each well-known mistake.

    Parameters
    ----------
    cm : numpy.ndarray of int, shape (n, n)
        Row: true class; column: predicted class. No two counts should be equal.
    k : int
        How many pairs are asked for.
    """
    yield from _wrong_order(cm, k)
    yield from _wrong_counts(cm, k)
    yield from _wrong_number(cm, k)


def _wrong_order(cm: np.ndarray, k: int) -> Iterator[tuple[str, list[Sequence[Pair]], str]]:
    pairs = all_pairs(cm)
    best = _largest_first(pairs)
    yield (
        "count_first",
        [[(count, a, b) for a, b, count in best[:k]]],
        "the count stands first. Asked for is `(a, b, count)`.",
    )
    yield (
        "smallest",
        [best[::-1][:k]],
        "those are the pairs with the smallest counts: `sorted` goes upwards by itself.",
    )
    yield (
        "sorted_upwards",
        [best[:k][::-1]],
        "the pairs are right, but the largest comes last. It should come first.",
    )
    yield (
        "sorted_by_class",
        [pairs[:k], sorted(pairs, reverse=True)[:k]],
        "the pairs are sorted by their classes, not by their counts: a tuple is compared from its "
        "first number on. Tell `sorted` what to look at, by `key`.",
    )
    yield (
        "sorted_by_one_order",
        [
            sorted(pairs, key=lambda pair: -cm[pair[0], pair[1]])[:k],
            sorted(pairs, key=lambda pair: -cm[pair[1], pair[0]])[:k],
        ],
        "the counts are of both orders, but the pairs are sorted by one of them.",
    )


def _wrong_counts(cm: np.ndarray, k: int) -> Iterator[tuple[str, list[Sequence[Pair]], str]]:
    n, best = len(cm), _largest_first(all_pairs(cm))[:k]
    single = _largest_first([(a, b, cm[a, b]) for a in range(n) for b in range(n) if a != b])
    named = [(min(a, b), max(a, b), count) for a, b, count in single]
    yield (
        "one_order_only",
        [
            _largest_first(_counts(n, lambda a, b: cm[a, b]))[:k],
            _largest_first(_counts(n, lambda a, b: cm[b, a]))[:k],
            single[:k],
            named[:k],
        ],
        "only one order is counted. That a was taken for b and that b was taken for a make one "
        "pair: add both.",
    )
    yield (
        "mean_of_both",
        [[(a, b, count / 2) for a, b, count in best]],
        "the counts are the mean of both orders. Asked for is their sum.",
    )
    yield (
        "counted_twice",
        [[(a, b, 2 * count) for a, b, count in best]],
        "every count is twice as large as it should be.",
    )
    share = cm / cm.sum(axis=1, keepdims=True)
    yield (
        "shares",
        [
            _largest_first(_counts(n, lambda a, b: share[a, b] + share[b, a]))[:k],
            [(a, b, count / cm.sum()) for a, b, count in best],
        ],
        "there are shares in place of counts.",
    )
    yield (
        "with_hits",
        [_largest_first(_counts(n, lambda a, b: cm[np.ix_([a, b], [a, b])].sum()))[:k]],
        "the right answers of both classes are counted with the mistakes. Leave out the diagonal.",
    )


def _wrong_number(cm: np.ndarray, k: int) -> Iterator[tuple[str, list[Sequence[Pair]], str]]:
    pairs = all_pairs(cm)
    best, n = _largest_first(pairs), len(cm)
    yield "one_too_few", [best[: k - 1]], f"there are only {k - 1} pairs, one too few."
    yield "one_too_many", [best[: k + 1]], f"there are {k + 1} pairs, one too many."
    yield (
        "class_0_left_out",
        [_largest_first([pair for pair in pairs if pair[0] > 0])[:k]],
        "class 0 is in no pair. Classes begin with 0.",
    )
    yield (
        "last_class_left_out",
        [_largest_first([pair for pair in pairs if pair[1] < n - 1])[:k]],
        "the last class is in no pair. `range(n)` ends with n - 1.",
    )

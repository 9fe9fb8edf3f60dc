"""The check of small batches in a random order."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import explained
from helpers.checks.blanks import holds_blank
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Blank, Wrong


@exercise(
    smaller_step="first shuffle: all whole numbers below `n`, in a random order from `rng`. Then "
    "cut that one array into pieces of `size`."
)
def minibatches(answer: Answer) -> str:
    """``minibatches(n, size, rng)``: cut n samples into small batches, in a random order.

    Parameters
    ----------
    n : int
        Number of samples.
    size : int
        Samples in a batch; the last batch may be smaller.
    rng : numpy.random.Generator
        The only source of random numbers.

    Returns
    -------
    iterable of array of int
        Batches of `size`, the last one smaller if `size` does not divide `n`; every index from 0
        to n - 1 stands in exactly one of them. A list and a generator are both fine.
    """
    with explained("shuffle_gives_none", _NONE, lambda error: "'NoneType'" in error):
        _expect_batches(answer)
    return (
        "Every index once, for six pairs of `n` and `size`; a new order at every call, and the "
        "same one again from the same seed."
    )


_NONE = (
    "Something there is `None`: `rng.shuffle` shuffles the array it is given and returns nothing."
)


def _expect_batches(answer: Answer) -> None:
    for n, size in ((10, 4), (12, 3), (7, 7), (5, 1), (4, 10), (1, 3)):
        _expect_partition(_drained(answer, n, size, seed=n), n, size)
    _expect_shuffled(answer)
    _expect_no_tuples(answer)


def _expect_no_tuples(answer: Answer) -> None:
    value = Answer(_Watched(answer.function, _drain), answer.name, answer.printed)(
        10, 4, default_rng(1)
    )
    if any(isinstance(item, tuple) for item in value):
        raise Wrong(
            "tuples",
            "The batches are right, but each is a tuple, and numpy reads `X[(2, 5)]` as row 2, "
            "column 5. Make each batch an array or a list.",
        )


def _expect_partition(batches: list[np.ndarray], n: int, size: int) -> None:
    case = f"With n = {n} and size = {size}"
    _expect_each_once(batches, n, size, case)
    lengths, most = [len(batch) for batch in batches], -(-n // size)
    if len(batches) == size and most != size:
        raise Wrong(
            "count_not_size",
            f"{case} there are {size} batches. `size` is the number of samples in a batch, not the "
            "number of batches.",
        )
    if max(lengths) > size:
        raise Wrong(
            "batch_too_large", f"{case} the batches have the sizes {lengths}: at most {size} fit."
        )
    if len(batches) > most:
        raise Wrong(
            "too_many_batches",
            f"{case} the batches have the sizes {lengths}. Fill each batch; {most} are enough.",
        )
    if any(length != size for length in lengths[:-1]):
        raise Wrong(
            "uneven",
            f"{case} the batches have the sizes {lengths}. All but the last should hold {size}.",
        )


def _expect_each_once(batches: list[np.ndarray], n: int, size: int, case: str) -> None:
    lengths = [len(batch) for batch in batches]
    came = np.concatenate(batches)
    if sorted(came.tolist()) == list(range(1, n + 1)):
        raise Wrong("starts_at_one", f"{case} the indices run from 1 to {n}; rows count from 0.")
    unknown = [int(index) for index in came if not 0 <= index < n]
    if unknown:
        raise Wrong("not_indices", f"{case} there came the index {unknown[0]}: no row has it.")
    missing = sorted(set(range(n)) - set(came.tolist()))
    if size > 1 and len(batches) > 1 and all(map(_one_further_on, batches, batches[1:])):
        raise Wrong(
            "overlapping",
            f"{case} there are {len(batches)} batches that overlap. The next batch starts `size` "
            "further on.",
        )
    if len(set(came.tolist())) < len(came):
        raise Wrong(
            "with_replacement",
            f"{case} an index comes twice, while {missing or 'none'} never comes. Shuffle all "
            "indices once, then cut; do not draw each batch for itself.",
        )
    _expect_none_lost(lengths, missing, n, size, case)


def _one_further_on(batch: np.ndarray, following: np.ndarray) -> bool:
    return np.array_equal(batch[1:], following[: len(batch) - 1])


def _expect_none_lost(lengths: list[int], missing: list[int], n: int, size: int, case: str) -> None:
    if len(lengths) == 1 and n > 2 * size and lengths[0] == size:
        raise Wrong(
            "first_batch_only",
            f"{case} only one batch came. Does `return` stand inside the loop?",
        )
    if missing and set(lengths) != {size}:
        raise Wrong(
            "samples_lost",
            f"{case} the batches have the sizes {lengths}: {len(missing)} sample(s) never come. "
            "Does each batch end where the next one starts?",
        )
    if missing:
        raise Wrong(
            "last_batch_lost",
            f"{case} the batches have the sizes {lengths}: {len(missing)} sample(s) never come. "
            "The last batch may be smaller, but it counts.",
        )


def _expect_shuffled(answer: Answer) -> None:
    n, size = 60, 8
    first, again, other = (_drained(answer, n, size, seed) for seed in (1, 1, 2))
    _expect_new_order(first, n, size)
    order = np.concatenate(first)
    if not np.array_equal(order, np.concatenate(again)):
        raise Wrong(
            "rng_ignored",
            "Two generators with the same seed gave different orders. Shuffle with the `rng` that "
            "is handed in.",
        )
    twice = Answer(_Watched(answer.function, _drain_twice), answer.name, answer.printed)
    one, two = (np.concatenate(_as_batches(v, n)) for v in twice(n, size, default_rng(1)))
    if np.array_equal(order, np.concatenate(other)) or np.array_equal(one, two):
        raise Wrong(
            "own_seed",
            "The order is the same at every call: either it is not random, or a seed inside the "
            "function repeats it. Use the `rng` that is handed in.",
        )


def _expect_new_order(batches: list[np.ndarray], n: int, size: int) -> None:
    blocks = [set(batch.tolist()) for batch in batches]
    in_order = [set(range(start, min(start + size, n))) for start in range(0, n, size)]
    if (np.concatenate(batches) == np.arange(n)).all():
        raise Wrong("not_shuffled", "The indices come in their old order. Shuffle them with `rng`.")
    if blocks == in_order:
        raise Wrong(
            "shuffled_within",
            "The indices are shuffled only within each batch: the batches always hold the same "
            "samples. Shuffle all indices first, then cut.",
        )
    _expect_mixed(batches, blocks, in_order, size)


def _expect_mixed(batches, blocks: list[set], in_order: list[set], size: int) -> None:
    if sorted(map(min, blocks)) == [min(block) for block in in_order] and all(
        max(block) - min(block) < size for block in blocks
    ):
        raise Wrong(
            "only_batches_shuffled",
            "The batches come in a random order, but each one always holds the same neighbours. "
            "Shuffle the indices first, then cut.",
        )
    _expect_neighbours_apart(np.concatenate(batches))


def _expect_neighbours_apart(order: np.ndarray) -> None:
    # Of 59 pairs about 1 stays together, about 7 if each batch is sorted.
    together = int(np.sum(np.abs(np.diff(order)) == 1))
    if together > len(order) / 2:
        raise Wrong(
            "neighbours_together",
            f"Of {len(order)} indices {together} are followed by a neighbour, so most of the old "
            "order is left. Every order should be equally likely: shuffle all indices.",
        )


class _Watched:
    """A student's function with something done to what it gives; errors still name its line."""

    def __init__(self, function: Callable, then: Callable):
        self.function, self.then = function, then
        self.__code__ = getattr(function, "__code__", None)

    def __call__(self, *arguments):
        return self.then(self.function, *arguments)


def _drain(function: Callable, n: int, size: int, rng) -> object:
    """Call `function` and take what it yields, one batch more than can be right at most."""
    value = function(n, size, rng)
    if value is None or value is ... or not hasattr(value, "__iter__"):
        return value
    return list(itertools.islice(iter(value), 2 * n + 5))


def _drain_twice(function: Callable, n: int, size: int, rng) -> list:
    return [_drain(function, n, size, rng), _drain(function, n, size, rng)]


def _drained(answer: Answer, n: int, size: int, seed: int) -> list[np.ndarray]:
    """Return the batches as arrays of whole numbers."""
    watched = Answer(_Watched(answer.function, _drain), answer.name, answer.printed)
    return _as_batches(watched(n, size, default_rng(seed)), n)


def _as_batches(value, n: int) -> list[np.ndarray]:
    if not isinstance(value, list):
        raise Wrong("not_batches", f"`minibatches` should give batches, not {value!r:.60}.")
    if len(value) > 2 * n + 4:
        raise Wrong(
            "never_ends",
            f"With {n} samples there came more than {2 * n + 4} batches, and more would follow. "
            "One call is one epoch: it ends when every sample was used.",
        )
    if holds_blank(value):
        raise Blank
    if not value:
        raise Wrong("not_batches", f"With {n} samples there came no batch at all.")
    batches = [_as_batch(item, number) for number, item in enumerate(value)]
    _expect_none_empty(batches, n)
    return batches


def _expect_none_empty(batches: list[np.ndarray], n: int) -> None:
    empty = [number for number, batch in enumerate(batches) if not batch.size]
    if not empty:
        return
    if sum(map(len, batches)) == n:
        advice = "When `size` divides `n`, no rest is left over."
    else:
        advice = "A slice is empty when it ends before it starts: where does each batch end?"
    raise Wrong("empty_batch", f"With {n} samples batch {empty[0]} is empty. {advice}")


def _as_batch(item: object, number: int) -> np.ndarray:
    batch = np.asarray(item)
    if batch.ndim == 0 and batch.dtype == object:
        raise Wrong(
            "not_batches",
            f"Batch {number} is of type `{type(item).__name__}`, and `X[batch]` cannot use that. "
            "Make each batch an array or a list.",
        )
    if batch.ndim == 0:
        raise Wrong(
            "not_batches",
            f"The first of what you return is the single number {item!r:.20}. Cut the shuffled "
            "indices into arrays of `size`.",
        )
    if batch.ndim != 1 or (batch.size and batch.dtype.kind not in "iu"):
        raise Wrong(
            "not_indices",
            f"Batch {number} should be a flat array of whole numbers, the places of its "
            f"samples, but has shape {batch.shape} and type {batch.dtype}.",
        )
    return batch

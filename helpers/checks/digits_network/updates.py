"""What the weights may be after one step, one epoch or two, whatever the order of the samples."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import Mistakes, as_array, close, first_difference, name_mistake
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import (
    forward_pass,
    ones_first,
    random_problem,
    sigmoid_slope,
    step_down,
)


def expect_full_batch_step(answer: Answer) -> None:
    """Raise `Wrong` unless an epoch of one batch is one step down the mean gradient."""
    n, rate = 5, 0.7  # unlike the number of layers, inputs and outputs
    X, W, Y = random_problem([3, 5, 4, 2], n, default_rng(41))
    right = step_down(W, X, Y, rate / n)
    for seed in range(4):  # the order of the samples makes no difference here
        came, _ = answer(W, X, Y, default_rng(seed), 1, rate, n)
        if not _same_weights(came, right):
            _explain_step(came, W, X, Y, rate, right)
    came, _ = answer(W, X, Y, default_rng(1), 1, rate, 10)
    if not _same_weights(came, right):
        raise Wrong(
            "divides_by_size",
            f"With {n} samples and size = 10 the step is not the mean over the {n}. Divide by the "
            "number of samples that the batch really holds: the last may be smaller than `size`.",
        )


def expect_small_batches(answer: Answer) -> None:
    """Raise `Wrong` unless some order of the samples leads to the weights after one epoch."""
    rate = 2.0
    for n, size in ((4, 2), (3, 2), (3, 1)):
        X, W, Y = random_problem([3, 4, 2], n, default_rng(50 + n))
        came, _ = answer(W, X, Y, default_rng(4), 1, rate, size)
        if not _some_order_fits(came, W, X, Y, rate, size):
            _explain_epoch(came, W, X, Y, rate, size)


def expect_new_order_each_epoch(answer: Answer) -> None:
    """Raise `Wrong` unless two epochs use all samples each, in orders that differ."""
    n, rate = 3, 2.0
    X, W, Y = random_problem([3, 4, 2], n, default_rng(60))
    orders = list(_orders(n, 1))
    firsts = [_epoch(W, X, Y, rate, order) for order in orders]
    met = []
    for seed in range(7):
        came, _ = answer(W, X, Y, default_rng(seed), 2, rate, 1)
        if any(_same_weights(came, first) for first in firsts):
            raise Wrong(
                "one_epoch_only",
                "Two epochs gave what one epoch gives. A generator can be gone through only once: "
                "make new batches in every epoch.",
            )
        met += [
            (a, b)
            for a, first in enumerate(firsts)
            for b, order in enumerate(orders)
            if _same_weights(came, _epoch(first, X, Y, rate, order))
        ]
    _expect_orders_differ(met, 7)
    _expect_new_batches(answer)


def _expect_new_batches(answer: Answer) -> None:
    """Raise `Wrong` if the second epoch only puts the batches of the first in another order."""
    rate = 2.0
    X, W, Y = random_problem([3, 4, 2], 4, default_rng(62))
    # Each way to make pairs once in either order: 3 ways, so 12 runs alike have a chance of 2e-6.
    orders = list(_orders(4, 2))
    kept = [
        _epoch(_epoch(W, X, Y, rate, order), X, Y, rate, again)
        for order in orders
        for again in (order, order[::-1])
    ]
    runs = (answer(W, X, Y, default_rng(seed), 2, rate, 2)[0] for seed in range(12))
    if all(any(_same_weights(came, one) for one in kept) for came in runs):
        raise Wrong(
            "same_batches_each_epoch",
            "Every epoch uses the same batches, if in another order. Shuffle the samples anew in "
            "each epoch, then cut.",
        )


def expect_repeatable(answer: Answer) -> None:
    """Raise `Wrong` unless the same seed leads to the same weights."""
    X, W, Y = random_problem([3, 4, 2], 20, default_rng(61))
    one, two = (answer(W, X, Y, default_rng(9), 1, 2.0, 1)[0] for _ in range(2))
    if not _same_weights(one, two):
        raise Wrong(
            "rng_ignored",
            "Two runs from the same seed gave different weights. Shuffle with the `rng` that is "
            "handed in, or nobody can repeat your run.",
        )


def _same_weights(a, b) -> bool:
    return all(close(as_array(v, "W"), w) for v, w in zip(a, b, strict=True))


def _explain_step(came, W, X, Y, rate, right) -> None:
    name_mistake(_mistaken_steps(W, X, Y, rate, right), lambda wrong: _same_weights(came, wrong))
    for order in itertools.permutations(range(len(X))):
        if _same_weights(came, step_down(W, X[list(order)], Y, rate / len(X))):
            raise Wrong(
                "labels_not_shuffled",
                "The rows of `X` are shuffled, those of `Y` are not: each image gets another "
                "one's label. Use the same indices for both.",
            )
    worst = next(i for i, (v, w) in enumerate(zip(came, right, strict=True)) if not close(v, w))
    raise Wrong(
        "wrong_value",
        "After one epoch in one batch, "
        + first_difference(as_array(came[worst], "W"), right[worst], f"W[{worst}]"),
    )


def _mistaken_steps(W, X, Y, rate, right) -> Mistakes:
    n = len(X)
    return {
        "no_update": (
            lambda: W,
            "The weights come back as they went in. Hand back the updated ones.",
        ),
        "sums_the_batch": (
            lambda: step_down(W, X, Y, rate),
            "The step uses the sum over the batch. Divide by its number of samples: else a larger "
            "batch means a larger step.",
        ),
        **_mistaken_means(W, X, Y, rate),
        "climbs": (
            lambda: step_down(W, X, Y, -rate / n),
            "The step goes up the slope: the loss rises. Subtract the gradient.",
        ),
        "rate_ignored": (lambda: step_down(W, X, Y, 1 / n), "The learning rate is not used."),
        "only_last_layer": (
            lambda: [*W[:-1], right[-1]],
            "Only the last layer learns. Update every array in `W`.",
        ),
        "updates_while_going_back": (
            lambda: _early_updates(W, X, Y, rate / n),
            "A layer's weights are changed before the delta of the layer below is computed from "
            "them. Compute all deltas first, then update.",
        ),
    }


def _mistaken_means(W, X, Y, rate) -> Mistakes:
    """Return the weights after steps that divide by something else than the number of samples."""
    return {
        "mean_of_weights": (
            lambda: [
                w - rate * (w - v).mean() for w, v in zip(W, step_down(W, X, Y, 1), strict=True)
            ],
            "`np.mean` averages over the weights, so all of them move alike. The gradient is a sum "
            "over the samples already: divide it by their number.",
        ),
        "mean_of_rows": (
            lambda: [
                w - rate * (w - v).mean(axis=0)
                for w, v in zip(W, step_down(W, X, Y, 1), strict=True)
            ],
            "The mean is taken over the rows of each gradient, which are weights, not samples. The "
            "gradient is summed over the samples already: divide it by their number.",
        ),
        "divides_by_layers": (
            lambda: step_down(W, X, Y, rate / len(W)),
            f"The step is divided by {len(W)}, the number of arrays of weights. Divide by the "
            "number of samples in the batch.",
        ),
    }


def _early_updates(W, X, Y, rate) -> list[np.ndarray]:
    W, A = [w.copy() for w in W], forward_pass(X, W)
    d = 2 * (A[-1] - Y) * sigmoid_slope(A[-1])
    for level in range(len(W) - 1, -1, -1):
        W[level] -= rate * ones_first(A[level]).T @ d
        d = (d @ W[level][1:].T) * sigmoid_slope(A[level])
    return W


def _orders(n: int, size: int) -> Iterator[list[list[int]]]:
    """Yield every way to cut n samples into as few batches of at most `size` as possible."""
    count = -(-n // size)
    for order in itertools.permutations(range(n)):
        for cuts in itertools.combinations(range(1, n), count - 1):
            ends = [0, *cuts, n]
            batches = [list(order[a:b]) for a, b in itertools.pairwise(ends)]
            if all(batch == sorted(batch) and len(batch) <= size for batch in batches):
                yield batches


def _epoch(W, X, Y, rate, batches, divisor: int | None = None) -> list[np.ndarray]:
    """Return the weights after one step for each batch, divided by its length or by `divisor`."""
    for batch in batches:
        W = step_down(W, X[batch], Y[batch], rate / (divisor or len(batch)))
    return W


def _some_order_fits(came, W, X, Y, rate, size, divisor: int | None = None) -> bool:
    return any(
        _same_weights(came, _epoch(W, X, Y, rate, order, divisor))
        for order in _orders(len(X), size)
    )


def _explain_epoch(came, W, X, Y, rate, size) -> None:
    n = len(X)
    case, everything = f"With {n} samples and size = {size},", list(range(n))
    if _some_order_fits(came, W, X, Y, rate, size, divisor=n):
        raise Wrong(
            "divides_by_all",
            f"{case} each step is divided by all samples, not by those of its batch.",
        )
    if _some_order_fits(came, W, X, Y, rate, size, divisor=size):
        raise Wrong("divides_by_size", f"{case} the last, smaller batch is divided by `size`.")
    if _same_weights(came, _epoch(W, X, Y, rate, [everything])):
        raise Wrong("full_batch", f"{case} one step with all samples was made. Use `size`.")
    if _same_weights(came, _epoch(W, X, Y, rate, [everything] * -(-n // size))):
        raise Wrong(
            "all_samples_each_step",
            f"{case} each step used all samples. Take the rows of the batch from `X` and `Y`.",
        )
    _explain_lost_batches(came, W, X, Y, rate, size, case)
    raise Wrong(
        "not_each_once",
        f"{case} no order of the samples leads to the weights that came back. In one epoch "
        "every sample belongs to exactly one batch, and each step starts from the weights that "
        "the one before has left.",
    )


def _explain_lost_batches(came, W, X, Y, rate, size, case: str) -> None:
    """Raise `Wrong` if a single batch of the epoch, or all but the last, made the weights."""
    n = len(X)
    for order in _orders(n, size):
        full = [batch for batch in order if len(batch) == size]
        if n % size and _same_weights(came, _epoch(W, X, Y, rate, full)):
            raise Wrong(
                "last_batch_lost",
                f"{case} the last, smaller batch is left out. It counts as well.",
            )
        if _same_weights(came, _epoch(W, X, Y, rate, order[:1])):
            raise Wrong(
                "one_batch_only",
                f"{case} only one batch has changed the weights. Does the update stand in the "
                "inner loop, and does each step start from the weights that the one before has "
                "left?",
            )


def _expect_orders_differ(met: list[tuple[int, int]], runs: int) -> None:
    """Expect each run to have met a pair of orders, not always the same, nor twice the same."""
    if len(met) < runs:
        raise Wrong(
            "not_each_once",
            "With two epochs, the second does not take one step of the same `rate` for every "
            "sample.",
        )
    if len(set(met)) == 1:
        raise Wrong(
            "not_shuffled",
            "Whatever the seed, the samples come in the same order. Shuffle them with `rng`.",
        )
    if all(a == b for a, b in met):
        raise Wrong(
            "same_batches_each_epoch",
            "Every epoch uses the same batches in the same order. Shuffle anew in each epoch.",
        )

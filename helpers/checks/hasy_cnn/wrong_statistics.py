"""What well-known mistakes make of the statistics that batch normalisation remembers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from helpers.checks.hasy_cnn.batch_statistics import Statistics, pass_through, remembered

_SIZES = (16, 20, 25, 30, 32, 50, 60, 64, 75, 100, 128, 150, 200, 250, 256)
Ways = list[Sequence[Statistics]]


def lagging(
    came: Sequence[Statistics], old: Sequence[Statistics], right: Sequence[Statistics]
) -> float | None:
    """Return how far the means have gone from the old ones to the right ones, 0 to 1.

    None if they have not gone that way, or all of it.
    """
    a, b, c = (np.concatenate([s.mean for s in group]) for group in (old, came, right))
    way, gone = c - a, b - a
    share = float(gone @ way / (way @ way))
    beside = np.linalg.norm(gone - share * way) / np.linalg.norm(way)
    return share if 0 < share < 0.98 and beside < 0.1 else None


def wrong_statistics(
    model, X: np.ndarray, right: Sequence[Statistics]
) -> Iterator[tuple[str, Ways, str]]:
    """Yield hint, statistics and sentence of each well-known mistake.

    Parameters
    ----------
    model : keras.Sequential
        The model that was handed in.
    X : numpy.ndarray, shape (n, ...)
        The pictures.
    right : sequence of Statistics
        What the new model should remember.
    """
    old = remembered(model)
    yield (
        "nothing_changed",
        [old],
        "the statistics are as they were. They move only while the new model runs with "
        "`training=True`, and in a layer that is not frozen: `trainable = False` stops them too, "
        "and so does a `momentum` of 1, which keeps all of the old. Weights that are set after the "
        "call overwrite the new notes.",
    )
    yield from _mixed(old, right)
    yield from _of_a_part(model, X)
    yield (
        "all_at_once",
        [pass_through(model, X, old)[0]],
        "the first layer is right, the later ones got what the old statistics let through. Once "
        "the first has changed, the second gets other inputs: go from front to back, or let one "
        "pass with `training=True` do it.",
    )
    yield "behind_the_layer", list(_behind(model, X, old, right)), _BEHIND
    shape = [s.mean.shape for s in right]
    yield (
        "pixels",
        [[Statistics(np.full(s, X.mean()), np.full(s, X.var())) for s in shape]],
        "those are the mean and variance of the pixels. Each layer needs those of what reaches it.",
    )


_BEHIND = (
    "those are the statistics of what leaves the normalisation. Those of what comes in are needed: "
    "they are subtracted and divided by."
)


def _mixed(
    old: Sequence[Statistics], right: Sequence[Statistics]
) -> Iterator[tuple[str, Ways, str]]:
    def of_each(make) -> Ways:
        return [[Statistics(*make(a, b)) for a, b in zip(old, right, strict=True)]]

    yield (
        "variance_forgotten",
        of_each(lambda a, b: (b.mean, a.variance)),
        "the means are right, the variances are the old ones. Both lag.",
    )
    yield (
        "mean_forgotten",
        of_each(lambda a, b: (a.mean, b.variance)),
        "the variances are right, the means are the old ones. Both lag.",
    )
    yield (
        "deviation",
        of_each(lambda _, b: (b.mean, np.sqrt(b.variance))),
        "the variance came out as its root, the standard deviation. The layer takes the root "
        "itself.",
    )
    yield (
        "swapped",
        of_each(lambda _, b: (b.variance, b.mean)),
        "mean and variance have changed places. `get_weights` of the layer gives gamma, beta, "
        "mean, variance.",
    )
    yield (
        "reset",
        of_each(lambda _, b: (0 * b.mean, 0 * b.variance + 1)),
        "the statistics are those of a new layer, 0 and 1. They should come from the pictures.",
    )


def _of_a_part(model, X: np.ndarray) -> Iterator[tuple[str, Ways, str]]:
    def of_rows(starts: Iterator[slice]) -> Ways:
        return [pass_through(model, X[rows])[0] for rows in starts]

    yield (
        "last_batch",
        of_rows(slice((len(X) - 1) // size * size, None) for size in _SIZES),
        "those are the statistics of the last batch alone: each batch replaced what the one before "
        "had left. Let all pictures through at once, or give each batch its share.",
    )
    yield (
        "first_batch",
        of_rows(slice(size) for size in (10, *_SIZES)),
        "those are the statistics of the first pictures only. All of X should count.",
    )


def _behind(
    model, X: np.ndarray, old: Sequence[Statistics], right: Sequence[Statistics]
) -> Iterator[Sequence[Statistics]]:
    """Yield the statistics behind each normalisation, with the old ones and with the right ones."""
    norms = [layer for layer in model.layers if hasattr(layer, "moving_mean")]
    for given in (old, right):
        found = []
        for layer, met, used in zip(norms, pass_through(model, X, given)[0], given, strict=True):
            gamma, beta, *_ = layer.get_weights()
            scale = gamma / np.sqrt(used.variance + layer.epsilon)
            found.append(Statistics(scale * (met.mean - used.mean) + beta, scale**2 * met.variance))
        yield found

"""Accuracies made up so that each wrong way to compare them shows in at least one table."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

Scores = dict[str, np.ndarray]

_NAMES = ("plain", "halved", "centred", "root", "ranked")
_DRAWN = (
    # The bars overlap, since the starts differ, but the first is better by the same in each.
    {"centred": [0.953, 0.921, 0.975], "plain": [0.932, 0.902, 0.953]},
    # The bars are apart, but what is gained differs from start to start.
    {"plain": [0.91, 0.885, 0.86], "root": [0.9, 0.92, 0.94]},
    # Equal differences, their standard error is 0: in percent, exact in binary.
    {"halved": [90.25, 91.5, 93.0], "plain": [91.25, 92.5, 94.0], "root": [90.25, 91.5, 93.0]},
    # Equal in their means, not in any start.
    {"plain": [0.9, 0.92, 0.94, 0.96], "ranked": [0.96, 0.94, 0.92, 0.9]},
    # Means of 1.97 and of 2.04 standard errors.
    {"plain": [90.14, 92.14, 94.14], "root": [90.0, 91.0, 92.0]},
    {"plain": [90.18, 92.18, 94.18], "root": [90.0, 91.0, 92.0]},
    # Nothing to compare with.
    {"plain": [0.9, 0.91, 0.93]},
)


def score_tables() -> list[Scores]:
    """Return tables of accuracies, for each scaling an array with one number a start."""
    drawn = [{name: np.array(row) for name, row in table.items()} for table in _DRAWN]
    return [*drawn, *(_random(default_rng(seed)) for seed in range(40))]


def mean_and_error(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """Return the mean of the paired differences and its standard error.

    Examples
    --------
    >>> mean_and_error(np.array([3.0, 5.0, 4.0]), np.array([1.0, 2.0, 3.0]))
    (2.0, 0.5773502691896258)
    """
    difference = a - b
    return float(difference.mean()), float(difference.std(ddof=1) / np.sqrt(len(difference)))


def _random(rng) -> Scores:
    """Return two to five scalings, none of them near the limit of two standard errors."""
    while True:
        n, names = int(rng.choice((3, 4, 5, 6, 8, 10))), rng.permutation(_NAMES)
        names = names[: rng.integers(2, 6)].tolist()
        of_start, of_scaling, of_both = rng.uniform(0.002, 0.03, 3)
        table = 0.9 + rng.normal(0, of_start, n) + rng.normal(0, of_both, (len(names), n))
        table += rng.normal(0, of_scaling, (len(names), 1))
        scores = dict(zip(names, np.round(np.minimum(table, 0.999), 4), strict=True))
        if not any(_is_near_the_limit(a, b) for a in scores.values() for b in scores.values()):
            return scores


def _is_near_the_limit(a: np.ndarray, b: np.ndarray) -> bool:
    mean, error = mean_and_error(a, b)
    return 1.9 * error < mean < 2.1 * error

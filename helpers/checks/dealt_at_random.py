"""Are rows dealt into parts at random: none always in one part, none bound to its neighbour?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.random import default_rng

from helpers.checks.dealt_rows import arrays_of_part
from helpers.checks.running import Answer, Wrong

# So many draws that a row which is in the same large part in all of them is there on purpose.
DRAWS = 60


def made_rows(n: int, shape: tuple[int, ...], rng) -> tuple[np.ndarray, np.ndarray]:
    """Return n <= 256 rows that all differ, and their classes, two of them equally often."""
    X = rng.integers(0, 256, (n, *shape), dtype=np.uint8)
    X.reshape(n, -1)[:, 0] = np.arange(n)
    return X, rng.permutation(np.arange(n) % 2)


def expect_none_fixed(draws: list[list[list[int]]], names: Sequence[str]) -> None:
    """Raise `Wrong` if a row is in the same part in every draw."""
    for name, parts in zip(names, zip(*draws, strict=True), strict=True):
        if stuck := set(parts[0]).intersection(*parts):
            raise Wrong(
                "fixed_part",
                f"The {name} part holds row {min(stuck)} whatever `rng` is handed in. Rows of that "
                f"kind: {len(stuck)} of {len(parts[0])}. Shuffle all rows before you cut.",
            )


def expect_no_pattern(parts: list[list[int]], n: int, name: str) -> None:
    """Raise `Wrong` if neighbours come into a part together more or less often than by chance.

    Of n rows a part of m holds m (m - 1) / n pairs of neighbours on average.

    Parameters
    ----------
    parts : list of list of int
        The rows of one part, of at least 9 of 60 rows, in each of `DRAWS` draws.
    n : int
        Number of all rows.
    name : str
        How the message names the part.
    """
    pairs = sum(int(np.sum(np.diff(np.sort(part)) == 1)) for part in parts)
    expected = round(sum(len(part) * (len(part) - 1) / n for part in parts))
    # With 9 of 60 rows chance makes 72, give or take 8.
    if not 0.28 * expected <= pairs <= 2.1 * expected:
        which = "often" if pairs > expected else "seldom"
        raise Wrong(
            "a_pattern",
            f"Two rows that were neighbours come into the {name} part together too {which}: "
            f"{pairs} times in {len(parts)} draws, by chance about {expected}. Shuffle all rows.",
        )


def expect_equal_rows_kept(answer: Answer, names: Sequence[str], *arguments: object) -> None:
    """Raise `Wrong` if rows are lost because others are equal to them.

    Parameters
    ----------
    answer : Answer
        Called with rows, labels, `arguments` and a generator.
    names : sequence of str
        How the messages name the parts.
    *arguments : object
        What the answer gets between labels and generator.
    """
    X, _ = made_rows(6, (2, 2), default_rng(6))
    X, y = X[np.arange(50) % 6], default_rng(7).integers(0, 2, 50)
    value = answer(X, y, *arguments, default_rng(8))
    parts = [arrays_of_part(*part, name, X) for name, part in zip(names, value, strict=True)]
    came = sum((_counted(*part) for part in parts), Counter())
    if came != _counted(X, y):
        raise Wrong(
            "equal_rows_lost",
            f"Of 50 rows, many of them equal, {came.total()} came out, or some with another label. "
            "Equal rows are rows of their own: a set or a dictionary keeps one of each.",
        )


def _counted(rows: np.ndarray, labels: np.ndarray) -> Counter:
    return Counter(zip((row.tobytes() for row in rows), labels.tolist(), strict=True))

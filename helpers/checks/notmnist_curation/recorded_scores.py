"""A score that remembers which rows it was asked about, and names each question by its number."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.checks.running import Wrong

_TRAIN, _TEST, _TWINS, _PIXELS = 60, 25, 18, 5
_TWO_PAIRS = (
    "`score` takes two pairs, each of them rows and their labels: "
    "`score((X[rows], y[rows]), test)`. Mind the inner brackets."
)


def _is_pair(part) -> bool:
    return part is not None and len(part) == 2 and np.ndim(part[0]) == 2


class Call(NamedTuple):
    """One question: trained on which rows, tested on which, and what was answered."""

    rows: list[int]
    tested: list[int]
    wrong_labels: int
    share: float


class Scores:
    """Training and test rows, which of them are twins, and a score that keeps its calls.

    Rows are numbered: those of the training part from 0, those of the test part after them; -1
    is a row of neither. Other rows give another share, so a share tells from which call it came.
    """

    def __init__(self, rng: np.random.Generator):
        rows = rng.random((_TRAIN + _TEST, _PIXELS), dtype=np.float32)
        self._labels = rng.integers(0, 10, len(rows))
        self.train = rows[:_TRAIN], self._labels[:_TRAIN]
        self.test = rows[_TRAIN:], self._labels[_TRAIN:]
        self.twins = np.zeros(_TRAIN, dtype=bool)
        self.twins[rng.permutation(_TRAIN)[:_TWINS]] = True
        self.calls: list[Call] = []
        known = {row.tobytes(): i for i, row in enumerate(rows.astype(float))}

        def score(train=None, test=None, *more):
            if more or not (_is_pair(train) and _is_pair(test)):
                raise Wrong("not_two_pairs", _TWO_PAIRS)
            (rows, wrong), (tested, wrong_too) = self._look(train, known), self._look(test, known)
            key = [len(rows), *sorted(rows), *sorted(tested)]
            share = float(np.random.default_rng([number + 1 for number in key]).random())
            self.calls.append(Call(rows, tested, wrong + wrong_too, share))
            return share

        self.score = score

    def _look(self, part, known: dict[bytes, int]) -> tuple[list[int], int]:
        X, y = np.asarray(part[0], dtype=float), np.asarray(part[1])
        if not len(X):
            raise ValueError("rows are needed, but none came")
        if y.shape != (len(X),):
            raise Wrong(
                "labels_uncut",
                f"`score` got {len(X)} rows, but labels of shape {y.shape}. Cut rows and labels "
                "with the same mask.",
            )
        rows = [known.get(row.tobytes(), -1) for row in X]
        return rows, sum(self._labels[i] != label for i, label in zip(rows, y, strict=True))

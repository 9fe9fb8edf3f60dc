"""A score that remembers which rows it was asked about, and names each question by its number."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.checks.running import Wrong

_TRAIN, _TEST, _TWINS, _PIXELS = 60, 25, 18, 5


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

        def score(train, test):
            (rows, wrong), (tested, wrong_too) = self._look(train, known), self._look(test, known)
            key = [len(rows), *sorted(rows), *sorted(tested)]
            share = float(np.random.default_rng([number + 1 for number in key]).random())
            self.calls.append(Call(rows, tested, wrong + wrong_too, share))
            return share

        self.score = score

    def _look(self, part, known: dict[bytes, int]) -> tuple[list[int], int]:
        X, y = np.asarray(part[0], dtype=float), np.asarray(part[1])
        if X.ndim != 2 or not len(X):
            raise ValueError(f"rows are needed, shape (n, pixels), but shape {X.shape} came")
        if y.shape != (len(X),):
            raise Wrong(
                "labels_uncut",
                f"`score` got {len(X)} rows, but labels of shape {y.shape}. Cut rows and labels "
                "with the same mask.",
            )
        rows = [known.get(row.tobytes(), -1) for row in X]
        return rows, sum(self._labels[i] != label for i, label in zip(rows, y, strict=True))

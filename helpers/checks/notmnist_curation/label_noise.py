"""The check of finding labels that a model does not believe."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="one row first: `P[0, y[0]]` is what the model gives to the label of row 0. Then "
    "the same for all rows at once, and `np.argsort` of it."
)
def suspects(answer: Answer) -> str:
    """``suspects(P, y, k)``: the rows whose given label a model finds least probable.

    Parameters
    ----------
    P : numpy.ndarray, shape (n, classes)
        Probability of each class for each row.
    y : numpy.ndarray of int, shape (n,)
        The given labels.
    k : int
        How many rows to name, at most n.

    Returns
    -------
    numpy.ndarray of int, shape (k,)
        Row numbers, the least probable label first.
    """
    for n, classes, k in ((40, 4, 6), (12, 10, 3), (7, 3, 5), (2, 2, 1), (2000, 10, 300)):
        P, y = _judged(n, classes, default_rng(n))
        _expect_suspects(answer(P, y, k), P, y, k)
        _expect_suspects(answer(P.astype(np.float32), y, k), P.astype(np.float32), y, k)
    P, y = _judged(20, 3, default_rng(1))
    P[[4, 9]], y[[4, 9]] = (0, 0.5, 0.5), 0  # two labels that are equally impossible
    _expect_suspects(answer(P, y, 2), P, y, 2)
    return (
        "The least probable labels first, for 2 to 2000 rows and 2 to 10 classes, equal ones too."
    )


def _judged(n: int, classes: int, rng) -> tuple[np.ndarray, np.ndarray]:
    """Return probabilities and labels; most labels are believed, the last one never is."""
    scores = rng.normal(size=(n, classes))
    y = rng.permutation(np.arange(n) % classes)
    scores[np.arange(n), y] += 1.5
    sure = rng.permutation(n - 1)[: n // 4]
    scores[sure, (y[sure] + 1) % classes] += 3
    scores[-1, y[-1]] -= 5
    P = np.exp(scores)
    return P / P.sum(axis=1, keepdims=True), y


def _expect_suspects(value, P: np.ndarray, y: np.ndarray, k: int) -> None:
    n, p = len(y), P[np.arange(len(y)), y]
    rows = _row_numbers(value, P, y, k)
    least = np.sort(p)[:k]
    right = rows.max() < n and rows.min() >= 0 and len(set(rows.tolist())) == k
    if right and np.array_equal(p[rows], least):
        return
    for hint, score, sentence in _mistaken_scores(P, y):
        if np.array_equal(rows, np.argsort(score)[:k]):
            raise Wrong(hint, sentence)
    if np.array_equal(rows - 1, np.argsort(p)[:k]):
        raise Wrong("counted_from_one", "Each number is one too large: rows are counted from 0.")
    if np.isin(rows, np.arange(P.shape[1])).all() and n > 2 * P.shape[1]:
        raise Wrong(
            "class_numbers",
            f"For {n} rows there came {rows.tolist()}: these look like classes. Return the numbers "
            "of the rows, so that the images can be looked at.",
        )
    _expect_own_rows(rows, n)
    _name_order(rows, p, least)
    _name_other_rows(rows, P, y, k)
    raise Wrong(
        "wrong_rows",
        f"Row {int(p.argmin())} should come first: the model gives its label {p.min():.3g}. There "
        f"came row {rows[0]}, whose label has {p[rows[0]]:.3g}.",
    )


def _row_numbers(value, P: np.ndarray, y: np.ndarray, k: int) -> np.ndarray:
    """Return k whole numbers, or raise `Wrong` if there came something else."""
    should = f"`suspects(P, y, {k})` should be {k} row numbers"
    if isinstance(value, tuple):
        if len(value) == 2 and any(np.ndim(part) for part in value):
            raise Wrong("pair", f"{should}, but two things came. Return the row numbers only.")
        raise Wrong("a_tuple", f"{should} in an array: `X[(1, 2)]` with a tuple is one pixel.")
    rows = np.asarray(value)
    if rows.dtype == bool:
        raise Wrong(
            "a_mask",
            f"{should}, but truth values came. A mask does not say which row is the most "
            "suspicious: return the numbers in that order.",
        )
    came = as_array(value, "suspects(P, y, k)")
    if came.ndim == 2 and came.shape == (k, P.shape[1]) and rows.dtype.kind == "f":
        raise Wrong("probabilities", f"{should}, but rows of `P` came. Return where they stand.")
    if not came.shape:
        raise Wrong("wrong_length", f"{should}, but one number came. Is `[k]` meant as `[:k]`?")
    if came.ndim != 1:
        raise _matrix(came.shape, P, f"{should}, but shape {came.shape} came.")
    if rows.dtype.kind == "f":
        if (came == came.round()).all():
            raise Wrong("whole_numbers", f"{should}, whole ones: floats cannot index an array.")
        raise Wrong("probabilities", f"{should}, but probabilities came: where do they stand?")
    _expect_length(rows, P, y, k, should)
    return rows


def _matrix(shape: tuple[int, ...], P: np.ndarray, said: str) -> Wrong:
    """Say which index gives so many numbers, where the shape tells."""
    own = "Take one number of each row, its own label's, and return row numbers."
    if shape[1:] == P.shape[:1]:
        return Wrong(
            "whole_columns", f"{said} `P[:, y]` takes a whole column for each label. {own}"
        )
    if shape[1:] == P.shape[1:]:
        return Wrong(
            "whole_rows",
            f"{said} That is a number for each class: whole rows of `P` were taken, as `P[y]` "
            f"takes them. {own}",
        )
    return Wrong("matrix", f"{said} {own}")


def _expect_length(rows: np.ndarray, P: np.ndarray, y: np.ndarray, k: int, should: str) -> None:
    mistakes = np.flatnonzero(P.argmax(axis=1) != y)
    if len(rows) == k:
        return
    if len(rows) == len(y):
        raise Wrong("all_rows", f"{should}, but all {len(y)} came. Keep the first {k}.")
    if set(rows.tolist()) == set(mistakes.tolist()) and len(rows) < k:
        raise Wrong(
            "only_mistakes",
            f"{should}, but only the {len(rows)} came where the model prefers another class. A "
            "label can be improbable and still the model's first choice: rank all rows.",
        )
    raise Wrong("wrong_length", f"{should}, but {len(rows)} came.")


def _expect_own_rows(rows: np.ndarray, n: int) -> None:
    if rows.max() >= n or rows.min() < 0:
        raise Wrong("no_such_row", f"There are the rows 0 to {n - 1}, but there came {rows}.")
    if len(set(rows.tolist())) < len(rows):
        raise Wrong("twice", "A row came more than once. Each can be suspected once.")


def _name_order(rows: np.ndarray, p: np.ndarray, least: np.ndarray) -> None:
    if np.array_equal(p[rows][::-1], least):
        raise Wrong("reversed", "The right rows, the wrong way round: the least probable first.")
    if np.array_equal(np.sort(p[rows]), least):
        raise Wrong(
            "order",
            "The right rows, but not in order. The label that the model believes least should "
            "stand first.",
        )


def _name_other_rows(rows: np.ndarray, P: np.ndarray, y: np.ndarray, k: int) -> None:
    n, p = len(y), P[np.arange(len(y)), y]
    order, mistakes = np.argsort(p), np.flatnonzero(P.argmax(axis=1) != y)
    if set(rows.tolist()) == set(order[-k:].tolist()):
        raise Wrong("most_probable", _MOST)
    if np.array_equal(rows, mistakes[np.argsort(-P.max(axis=1)[mistakes])][:k]):
        raise Wrong("margin", _MARGIN)
    if np.array_equal(rows, mistakes[:k]):
        raise Wrong(
            "first_mistakes",
            f"These are the first {k} rows where the model prefers another class. Rank by what the "
            "model gives to the label instead.",
        )
    if np.array_equal(rows, np.argsort(order)[:k]):
        raise Wrong("ranks", "These are ranks of the first rows. One `np.argsort` is enough.")
    if n > k and np.array_equal(rows, np.argsort(y, kind="stable")[:k]):
        raise Wrong("by_class", "The rows are sorted by their label. Sort by its probability.")


_MOST = (
    "These are the rows whose labels the model finds most probable. `np.argsort` begins with the "
    "smallest."
)
_MARGIN = (
    "These are the rows where the model prefers another class by far. That is another question: a "
    "label can be hopeless while the model wavers between two others. Rank by what it gives to the "
    "label itself."
)
_SURE = (
    "These are the rows where the model is surest of its own answer. How probable does it find the "
    "label that was given?"
)
_SMALLEST = (
    "This ranks the smallest probability of each row, whatever its label. Take the one of the "
    "given label, `y`."
)
_ONE_COLUMN = (
    "This ranks one column of `P` for all rows. Each row has a label of its own: take the column "
    "that this label names."
)
_NEXT = "This takes the class before the label. Labels and columns both count from 0."
_UNSURE = (
    "These are the rows where the model is least sure of its own answer. The question is how "
    "probable it finds the label that was given: `y` matters."
)


def _mistaken_scores(P: np.ndarray, y: np.ndarray) -> list[tuple[str, np.ndarray, str]]:
    """Return what else may be ranked, smallest first."""
    rows = np.arange(len(y))
    p, in_order = P[rows, y], np.sort(P, axis=1)
    first, second = in_order[:, -1], in_order[:, -2]
    return [
        ("most_probable", -p, _MOST),
        ("margin", p - first, _MARGIN),
        ("margin", p / first, _MARGIN),
        ("least_sure", first, _UNSURE),
        ("least_sure", first - second, _UNSURE),
        ("least_sure", (P * np.log(P + 1e-12)).sum(axis=1), _UNSURE),
        ("most_sure", -first, _SURE),
        ("smallest_of_row", in_order[:, 0], _SMALLEST),
        ("one_column", P[:, y[0]], _ONE_COLUMN),
        ("next_class", P[rows, y - 1], _NEXT),
    ]

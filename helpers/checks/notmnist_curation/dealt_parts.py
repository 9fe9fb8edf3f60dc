"""Do three parts hold every row once, in the right shares, each with its label?"""

from __future__ import annotations

import numpy as np

from helpers.checks.running import Wrong

PARTS = ("training", "validation", "test")
_SHARES = np.array([0.7, 0.15, 0.15])
_ROUNDING = 2  # rows: two parts rounded up, or each class rounded for itself


def dealt_rows(value, X: np.ndarray, y: np.ndarray) -> list[list[int]]:
    """Return which rows came into each part, or raise `Wrong` if they were not dealt right.

    Parameters
    ----------
    value : object
        What ``split`` returned.
    X : numpy.ndarray, shape (n, ...)
        The rows that were handed in; all differ.
    y : numpy.ndarray of int, shape (n,)
        Their labels.
    """
    _expect_three_pairs(value, len(y))
    known = {tuple(row.ravel().tolist()): i for i, row in enumerate(X)}
    ids = []
    for name, (rows, labels) in zip(PARTS, value, strict=True):
        rows, labels = arrays_of_part(rows, labels, name, X)
        ids.append([known.get(tuple(row.ravel().tolist()), -1) for row in rows])
        if -1 in ids[-1]:
            raise Wrong(
                "rows_changed", f"The {name} part holds rows that are not in `X`. Only deal them."
            )
    _expect_row_numbers(ids, y)
    _expect_cut_forwards(ids, len(y))
    _expect_each_once(ids, len(y))
    _expect_shares(ids, len(y))
    _expect_labels_with_rows(ids, [np.asarray(labels) for _, labels in value], y)
    return ids


def _expect_three_pairs(value, n: int) -> None:
    form = "Return three pairs: `return (X_train, y_train), (X_valid, y_valid), (X_test, y_test)`."
    if isinstance(value, tuple | list) and len(value) == 6:
        raise Wrong("flat", f"Six arrays came one after the other. {form}")
    if not isinstance(value, tuple | list):
        raise Wrong("not_three_pairs", f"There came a `{type(value).__name__}`. {form}")
    if [len(part) if isinstance(part, tuple | list) else 0 for part in value] == [3, 3]:
        raise Wrong("by_kind", f"First all `X`, then all `y` came. {form}")
    if len(value) == 2:
        raise Wrong("not_three_pairs", f"There came two parts instead of three. {form}")
    if len(value) == 4:
        raise Wrong(
            "four_parts",
            "There came four parts instead of three. Two cuts make three parts, and `np.split` "
            "takes the positions of the cuts, 0.7 n and 0.85 n, not the lengths of the parts.",
        )
    if len(value) != 3 or any(not isinstance(p, tuple | list) or len(p) != 2 for p in value):
        raise Wrong("not_three_pairs", f"Each part should be rows and their labels. {form}")


def arrays_of_part(
    rows: object, labels: object, name: str, X: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the two arrays of a part, or raise `Wrong` if they cannot be rows and labels of X."""
    if isinstance(rows, list) or isinstance(labels, list):
        raise Wrong("a_list", f"The {name} part holds a list. The next cells need arrays.")
    rows, labels = np.asarray(rows), np.asarray(labels)
    if labels.shape[1:] == X.shape[1:] and labels.ndim > 1 and rows.ndim == 1:
        raise Wrong("labels_first", f"In the {name} part the rows come first, then the labels.")
    if rows.shape[1:] != X.shape[1:] or rows.ndim != X.ndim:
        raise Wrong(
            "wrong_shape",
            f"The rows of the {name} part should have shape {X.shape[1:]} each, but there came an "
            f"array of shape {rows.shape}.",
        )
    if labels.shape != rows.shape[:1]:
        raise Wrong(
            "lengths_differ",
            f"The {name} part has {len(rows)} rows, but its labels have shape {labels.shape}. Use "
            "the same row numbers for both.",
        )
    _expect_types(rows, labels, name, X)
    return rows, labels


def _expect_types(rows: np.ndarray, labels: np.ndarray, name: str, X: np.ndarray) -> None:
    # Rows of other numbers get a sentence of their own.
    if rows.dtype != X.dtype and np.isin(rows, X).all():
        raise Wrong(
            "type_changed",
            f"The rows of the {name} part are of type {rows.dtype}, but `X` is of type {X.dtype}: "
            "they take more memory for nothing. Keep images and labels in arrays of their own.",
        )
    if labels.dtype.kind not in "iu":
        raise Wrong(
            "type_changed",
            f"The labels of the {name} part are of type {labels.dtype}. They were whole numbers.",
        )


def _expect_row_numbers(ids: list[list[int]], y: np.ndarray) -> None:
    if set().union(*ids) <= set(y.tolist()):
        raise Wrong(
            "not_row_numbers",
            "The same few rows came again and again: labels were taken for row numbers. Shuffle "
            "the numbers 0 to n - 1: `rng.permutation(len(X))`.",
        )


def _expect_cut_forwards(ids: list[list[int]], n: int) -> None:
    train, valid, test = ids
    second_cut = n - len(test)
    if not valid and train[second_cut:] and train[second_cut:] == test[: len(train) - second_cut]:
        raise Wrong(
            "lengths_not_positions",
            f"With {n} rows the parts have {len(train)}, 0 and {len(test)}: the second cut, at "
            f"{second_cut}, lies before the first one, at {len(train)}. A cut is a position in "
            "the shuffled order, not the length of a part: 0.7 n and 0.85 n.",
        )


def _expect_each_once(ids: list[list[int]], n: int) -> None:
    for name, part in zip(PARTS, ids, strict=True):
        if len(set(part)) < len(part):
            raise Wrong(
                "with_replacement",
                f"With {n} rows the {name} part holds a row twice. Shuffle all rows once, then "
                "cut; do not draw with replacement.",
            )
    for a, b in ((0, 1), (0, 2), (1, 2)):
        if shared := set(ids[a]) & set(ids[b]):
            raise Wrong(
                "parts_overlap",
                f"With {n} rows the {PARTS[a]} part and the {PARTS[b]} part share {len(shared)}, "
                f"row {min(shared)} first. Cut one shuffled order into three pieces.",
            )
    came = sum(map(len, ids))
    if came < n:
        raise Wrong(
            "rows_lost",
            f"Of {n} rows only {came} came into a part. Rounding each part for itself loses rows: "
            "let the last part be all that is left.",
        )


def _expect_shares(ids: list[list[int]], n: int) -> None:
    sizes = np.array([len(part) for part in ids])
    if np.all(np.abs(sizes - n * _SHARES) <= _ROUNDING):
        return
    said = f"With {n} rows the parts have {sizes[0]}, {sizes[1]} and {sizes[2]}."
    if np.all(np.abs(np.sort(sizes)[::-1] - n * _SHARES) <= _ROUNDING):
        raise Wrong("order", f"{said} The order is training, validation, test.")
    raise Wrong("shares", f"{said} They should be 70 %, 15 % and 15 %.")


def _expect_labels_with_rows(ids: list, labels: list[np.ndarray], y: np.ndarray) -> None:
    came, order = np.concatenate(labels), np.concatenate(ids)
    if np.array_equal(came, y[order]):
        return
    place = int(np.flatnonzero(came != y[order])[0])
    if (order == np.arange(len(y))).all():
        raise Wrong(
            "labels_alone",
            f"The rows are in their old order, but their labels are not: row {place} has got the "
            "label of another one. Shuffle both in the same way.",
        )
    raise Wrong(
        "pairs_broken",
        f"Row {order[place]} of `X` has got label {came[place]} instead of {y[order[place]]}: rows "
        "and labels were shuffled differently. Shuffle the row numbers once, for both.",
    )

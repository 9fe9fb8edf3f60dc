"""Do the parts into which rows were dealt hold every row once, each with its own label?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.checks.running import Wrong

_THREE_PAIRS = (
    "Return three pairs: `return (X_train, y_train), (X_valid, y_valid), (X_test, y_test)`."
)


def expect_three_pairs(value: object) -> None:
    """Raise `Wrong` if a split did not return three pairs of rows and labels."""
    if not isinstance(value, tuple | list):
        raise Wrong("not_three_pairs", f"There came a `{type(value).__name__}`. {_THREE_PAIRS}")
    if len(value) == 6:
        raise Wrong("flat", f"Six arrays came one after the other. {_THREE_PAIRS}")
    if [len(part) if isinstance(part, tuple | list) else 0 for part in value] == [3, 3]:
        raise Wrong("by_kind", f"First all `X`, then all `y` came. {_THREE_PAIRS}")
    if value and all(isinstance(part, np.ndarray) and part.ndim == 1 for part in value):
        said = "There came row numbers. Use them for `X` and for `y`."
        raise Wrong("row_numbers", f"{said} {_THREE_PAIRS}")
    if len(value) != 3:
        raise Wrong(
            "not_three_pairs", f"There came {len(value)} parts instead of three. {_THREE_PAIRS}"
        )
    if any(not isinstance(part, tuple | list) or len(part) != 2 for part in value):
        raise Wrong("not_three_pairs", f"Each part should be rows and their labels. {_THREE_PAIRS}")


def arrays_of_part(
    rows: object, labels: object, name: str, X: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the two arrays of a part, or raise `Wrong` if they cannot be rows and labels of X.

    Parameters
    ----------
    rows, labels : object
        What a student returned for this part.
    name : str
        How the message names the part, e.g. ``"training"``.
    X : numpy.ndarray, shape (n, ...)
        The rows that were handed in.
    """
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
            f"The rows of the {name} part came as {X.dtype} and are now {rows.dtype}: that takes "
            "memory for nothing. Keep images and labels in arrays of their own.",
        )
    if labels.dtype.kind not in "iu":
        raise Wrong(
            "type_changed",
            f"The labels of the {name} part are of type {labels.dtype}. They were whole numbers.",
        )


def numbers_of_rows(
    parts: Sequence, names: Sequence[str], X: np.ndarray, y: np.ndarray
) -> list[list[int]]:
    """Return which rows came into each part, or raise `Wrong` if they are not rows of X.

    Parameters
    ----------
    parts : sequence of pairs
        Rows and labels of each part.
    names : sequence of str
        How the messages name the parts.
    X : numpy.ndarray, shape (n, ...)
        The rows that were handed in; all differ.
    y : numpy.ndarray of int, shape (n,)
        Their labels.
    """
    known = {tuple(row.ravel().tolist()): i for i, row in enumerate(X)}
    ids = []
    for name, (rows, labels) in zip(names, parts, strict=True):
        rows, _ = arrays_of_part(rows, labels, name, X)
        ids.append([known.get(tuple(row.ravel().tolist()), -1) for row in rows])
        if -1 in ids[-1]:
            raise Wrong(
                "rows_changed",
                f"The {name} part holds rows that were not handed in. Only deal them.",
            )
    if set().union(*ids) <= set(y.tolist()):
        raise Wrong(
            "not_row_numbers",
            "The same few rows came again and again: labels were taken for row numbers. Shuffle "
            "the numbers 0 to n - 1: `rng.permutation(n)`.",
        )
    return ids


def expect_each_once(ids: list[list[int]], names: Sequence[str], n: int) -> None:
    """Raise `Wrong` unless every row of n is in exactly one part, once."""
    for name, part in zip(names, ids, strict=True):
        if len(set(part)) < len(part):
            raise Wrong(
                "with_replacement",
                f"With {n} rows the {name} part holds a row twice. Shuffle all rows once, then "
                "cut; do not draw with replacement.",
            )
    for a in range(len(ids)):
        for b in range(a + 1, len(ids)):
            if shared := set(ids[a]) & set(ids[b]):
                raise Wrong(
                    "parts_overlap",
                    f"With {n} rows the {names[a]} part and the {names[b]} part share "
                    f"{len(shared)}, row {min(shared)} first. Cut one shuffled order into pieces.",
                )
    came = sum(map(len, ids))
    if came < n:
        raise Wrong(
            "rows_lost",
            f"Of {n} rows only {came} came into a part. Rounding each part for itself loses rows: "
            "let the last part be all that is left.",
        )


def expect_labels_with_rows(ids: list[list[int]], parts: Sequence, y: np.ndarray) -> None:
    """Raise `Wrong` unless each row still has the label that it came with."""
    came, order = np.concatenate([labels for _, labels in parts]), np.concatenate(ids)
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
        f"Row {order[place]} has got label {came[place]} instead of {y[order[place]]}: rows and "
        "labels were shuffled differently. Shuffle the row numbers once, for both.",
    )

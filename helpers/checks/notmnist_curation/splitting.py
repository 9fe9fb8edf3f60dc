"""The checks of dealing rows into training, validation and test parts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import explained
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.copies import expect_mask
from helpers.checks.running import Answer, Wrong

_NAMES = ("training", "validation", "test")
_SHARES = np.array([0.7, 0.15, 0.15])


def expect_random(draw: Callable[[int], object], what: str) -> None:
    """Raise `Wrong` unless what is drawn depends on the generator, and on nothing else.

    Parameters
    ----------
    draw : callable
        ``draw(seed)`` gives what an answer drew with `default_rng(seed)`, as lists or sets.
    what : str
        How the message names it, e.g. ``"images"``.
    """
    first, again, *others = (draw(seed) for seed in (1, 1, 2, 3))
    if first != again:
        raise Wrong(
            "rng_ignored",
            f"Two generators with the same seed gave different {what}. Draw with the `rng` that is "
            "handed in, and with nothing else.",
        )
    if first in others:
        raise Wrong(
            "own_seed",
            f"The {what} are the same whatever `rng` is handed in: either nothing is drawn, or a "
            "seed inside the function repeats it. Use the `rng` that is handed in.",
        )


def explained_generator():
    """Say what scikit-learn needs when it refuses a generator."""
    return explained(
        "generator_to_sklearn",
        "scikit-learn takes no `default_rng`: draw a seed for it, `int(rng.integers(2**31))`.",
        lambda error: "random_state" in error or "RandomState" in error,
    )


@exercise(
    smaller_step="shuffle the row numbers first: `order = rng.permutation(len(X))`. Then cut "
    "`order` in three, and use each piece for `X` and for `y`."
)
def split(answer: Answer) -> str:
    """``split(X, y, rng)``: deal the rows at random into three parts.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, ...)
        One sample a row.
    y : numpy.ndarray of int, shape (n,)
        Their classes.
    rng : numpy.random.Generator
        The only source of random numbers.

    Returns
    -------
    tuple of three pairs
        ``(X_train, y_train), (X_valid, y_valid), (X_test, y_test)``: 70 %, 15 % and 15 % of the
        rows, rounded; every row in exactly one part.
    """
    with explained_generator():
        for n, shape in ((40, (2, 3)), (100, (4,)), (67, (2, 2)), (203, (28, 28))):
            X, y = _rows(n, shape, default_rng(n))
            _ids(answer(X, y, default_rng(n)), X, y)
        _expect_dealt_at_random(answer)
    return (
        "Every row in exactly one part, with its label, for 40 to 203 rows; other parts with "
        "another `rng`, and the same ones again from the same seed."
    )


def _rows(n: int, shape: tuple[int, ...], rng) -> tuple[np.ndarray, np.ndarray]:
    """Return rows that all differ, and their classes."""
    X = rng.integers(0, 256, (n, *shape), dtype=np.uint8)
    X.reshape(n, -1)[:, 0] = np.arange(n)
    return X, rng.permutation(np.arange(n) % 2)


def _ids(value, X: np.ndarray, y: np.ndarray) -> list[list[int]]:
    """Return which rows came into each part."""
    _expect_three_pairs(value, len(y))
    known = {tuple(row): i for i, row in enumerate(X.reshape(len(X), -1).tolist())}
    ids = []
    for name, (rows, labels) in zip(_NAMES, value, strict=True):
        rows, labels = _part(rows, labels, name, X)
        ids.append([known.get(tuple(row), -1) for row in rows.reshape(len(rows), -1).tolist()])
        if -1 in ids[-1]:
            raise Wrong(
                "rows_changed", f"The {name} part holds rows that are not in `X`. Only deal them."
            )
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
    if len(value) != 3 or any(not isinstance(p, tuple | list) or len(p) != 2 for p in value):
        raise Wrong("not_three_pairs", f"Each part should be rows and their labels. {form}")


def _part(rows, labels, name: str, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
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
    return rows, labels


def _expect_each_once(ids: list[list[int]], n: int) -> None:
    for name, part in zip(_NAMES, ids, strict=True):
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
                f"With {n} rows {len(shared)} of them are in the {_NAMES[a]} part and in the "
                f"{_NAMES[b]} part. Cut one shuffled order into three pieces.",
            )
    came = sum(map(len, ids))
    if came < n:
        raise Wrong(
            "rows_lost",
            f"Of {n} rows {n - came} came into no part. Rounding each part for itself loses rows: "
            "let the last part be all that is left.",
        )


def _expect_shares(ids: list[list[int]], n: int) -> None:
    sizes = np.array([len(part) for part in ids])
    if np.all(np.abs(sizes - n * _SHARES) <= 1.5):  # rounding twice, as two cuts may
        return
    said = f"With {n} rows the parts have {sizes[0]}, {sizes[1]} and {sizes[2]}."
    if np.all(np.abs(np.sort(sizes)[::-1] - n * _SHARES) <= 1.5):
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


def _expect_dealt_at_random(answer: Answer) -> None:
    n = 120
    X, y = _rows(n, (3, 3), default_rng(0))

    def draw(seed: int) -> list[list[int]]:
        return _ids(answer(X, y, default_rng(seed)), X, y)

    parts = draw(1)
    order = np.concatenate(parts)
    if all(np.ptp(part) == len(part) - 1 for part in parts):
        raise Wrong(
            "not_shuffled",
            "The parts are three blocks of `X` as it was. Rows often come sorted: shuffle all of "
            "them first, then cut.",
        )
    if (np.diff(y[order]) >= 0).all():
        raise Wrong("sorted_by_label", "The rows are sorted by their label. Shuffle them instead.")
    if np.mean(np.isin(np.diff(np.sort(parts[0])), 1)) > 0.95:
        raise Wrong("neighbours", "The training part is rows in a run. Shuffle all rows.")
    expect_random(draw, "parts")
    others = [draw(seed) for seed in (2, 3)]
    for name, part, *more in zip(_NAMES, parts, *others, strict=True):
        if all(set(part) == set(other) for other in more):
            raise Wrong(
                "fixed_part",
                f"The {name} part always holds the same rows, whatever `rng` is handed in. "
                "Shuffle all rows before you cut.",
            )


@exercise(
    smaller_step="draw the names first: `np.unique(groups)` gives each group once, and "
    "`rng.choice(..., replace=False)` some of them. Which rows carry one of these names?"
)
def split_by_group(answer: Answer) -> str:
    """``split_by_group(groups, share, rng)``: which rows are tested, no group on both sides.

    Parameters
    ----------
    groups : numpy.ndarray of str or int, shape (n,)
        The group of each row.
    share : float
        Share of the groups to test, in (0, 1).
    rng : numpy.random.Generator
        The only source of random numbers.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        True for the rows of the test part.
    """
    with explained_generator():
        for count, share, names in ((20, 0.2, True), (7, 0.3, False), (5, 0.05, True)):
            groups = _groups(count, names, default_rng(count))
            _tested(answer(groups, share, default_rng(count)), groups, share)
        _expect_groups_drawn(answer)
    return "No group is on both sides, for 5 to 30 groups, and other groups come with another seed."


def _groups(count: int, names: bool, rng) -> np.ndarray:
    numbers = rng.choice(np.arange(100, 1000), count, replace=False)
    groups = rng.permutation(np.repeat(numbers, rng.integers(3, 9, count)))
    return np.array([f"font-{number}" for number in groups]) if names else groups


def _tested(value, groups: np.ndarray, share: float) -> frozenset:
    """Return the groups of the test part."""
    what = "split_by_group(groups, share, rng)"
    if isinstance(value, tuple) and len(value) == 2:
        raise Wrong("a_pair", f"`{what}` should return one mask, not two arrays.")
    came = np.asarray(list(value) if isinstance(value, set | frozenset) else value)
    if came.ndim == 1 and came.dtype != bool and came.size and np.isin(came, groups).all():
        raise Wrong(
            "group_names",
            f"`{what}` should be a mask with one truth value a row, but these are the names of "
            "groups. Which rows belong to them? `np.isin` tells.",
        )
    mask = expect_mask(value, len(groups), what)
    inside, outside = set(groups[mask].tolist()), set(groups[~mask].tolist())
    both = inside & outside
    if both:
        raise Wrong(
            "groups_split",
            f"{len(both)} of {len(inside | outside)} groups have rows on both sides, for example "
            f"`{min(both)}`. Draw groups, not rows: all rows of a group go to one side.",
        )
    _expect_share(mask, inside, groups, share)
    if isinstance(value, list | tuple):
        raise Wrong("a_list", "The mask is right, but a list. `~mask` needs an array.")
    return frozenset(inside)


def _expect_share(mask: np.ndarray, inside: set, groups: np.ndarray, share: float) -> None:
    sizes = np.unique(groups, return_counts=True)[1]
    wanted = max(1, round(share * len(sizes)))
    said = f"With {len(sizes)} groups and share = {share:g}, {len(inside)} are in the test part"
    if not inside:
        raise Wrong("nothing_tested", f"{said}. At least 1 should be.")
    if len(inside) == len(sizes):
        raise Wrong("all_tested", f"{said}: nothing is left to train on.")
    by_rows = abs(mask.sum() - share * len(groups)) <= sizes.max()
    if abs(len(inside) - wanted) <= 1 or by_rows:
        return
    if abs(len(inside) - (len(sizes) - wanted)) <= 1:
        raise Wrong("inverted", f"{said}: True should mark the test part, here it marks the rest.")
    raise Wrong(
        "wrong_share",
        f"{said}, but {wanted} should be. Draw each group at most once, from the different names.",
    )


def _expect_groups_drawn(answer: Answer) -> None:
    groups = _groups(30, True, default_rng(4))

    def draw(seed: int) -> frozenset:
        return _tested(answer(groups, 0.6, default_rng(seed)), groups, 0.6)

    drawn = [draw(seed) for seed in range(4)]
    orders = (np.unique(groups).tolist(), list(dict.fromkeys(groups.tolist())))
    ends = [set(o[: len(drawn[0])]) for o in orders] + [set(o[-len(drawn[0]) :]) for o in orders]
    if drawn[0] in ends and drawn[1] == drawn[0]:
        raise Wrong("first_groups", "The test part always gets the first groups. Draw them.")
    expect_random(draw, "groups")
    names = np.unique(groups).tolist()
    never = sorted(set(names) - frozenset.union(*drawn, *map(draw, range(4, 20))))
    if never:
        raise Wrong("never_tested", f"In 20 draws the group `{never[0]}` was never in the test.")

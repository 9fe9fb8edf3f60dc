"""The check of testing on whole groups of rows."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.masks import expect_mask, expect_no_list, one_array
from helpers.checks.random_draws import expect_random, explained_draws
from helpers.checks.running import Answer, Wrong

# So many draws that a group which is never on one of the sides is kept from it.
_DRAWS = 40


@exercise(
    smaller_step="draw the names first: `np.unique(groups)` gives each group once, and "
    "`rng.choice(..., replace=False)` some of them. Which rows carry one of these names?",
    seconds=10.0,  # an import of scikit-learn takes its time on a busy machine
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
    with explained_draws():
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
    names = isinstance(value, set | frozenset)
    came = one_array(list(value) if names else value, f"`{what}` should be a mask.")
    if came.ndim == 1 and came.dtype != bool and came.size and np.isin(came, groups).all():
        raise Wrong(
            "group_names",
            f"`{what}` should be a mask with one truth value a row, but these are the names of "
            "groups. Which rows belong to them? `np.isin` tells.",
        )
    if came.dtype == bool and came.shape == np.unique(groups).shape:
        raise Wrong(
            "mask_over_groups",
            f"`{what}` should be a mask with {len(groups)} truth values, one a row. These are "
            f"{len(came)}, one a group. Pass on to each row what holds for its group.",
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
    expect_no_list(value)
    return frozenset(inside)


def _expect_share(mask: np.ndarray, inside: set, groups: np.ndarray, share: float) -> None:
    sizes = np.unique(groups, return_counts=True)[1]
    wanted = max(1, round(share * len(sizes)))
    said = f"With {len(sizes)} groups and share = {share:g}, the test part holds {len(inside)}"
    if not inside:
        raise Wrong("nothing_tested", f"{said}. It should hold at least 1.")
    if len(inside) == len(sizes):
        raise Wrong("all_tested", f"{said}: nothing is left to train on.")
    by_rows = abs(mask.sum() - share * len(groups)) <= sizes.max()
    if abs(len(inside) - wanted) <= 1 or by_rows:
        return
    if share < 0.5 and abs(len(inside) - (len(sizes) - wanted)) <= 1:
        raise Wrong("inverted", f"{said}: True should mark the test part, here it marks the rest.")
    raise Wrong(
        "wrong_share",
        f"{said}, but should hold {wanted}. Draw from the different names, each at most once.",
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
    drawn = [draw(seed) for seed in range(_DRAWS)]
    if any(all(_in_a_run(tested, order) for tested in drawn) for order in orders):
        raise Wrong(
            "neighbours",
            "The groups of the test part always follow each other: only the first is drawn. Draw "
            "each of them.",
        )
    if never := set(orders[0]) - frozenset.union(*drawn):
        raise Wrong(
            "never_tested",
            f"In {_DRAWS} draws the group `{min(never)}` was never in the test part. Draw from all "
            "groups.",
        )
    if always := frozenset.intersection(*drawn):
        raise Wrong(
            "always_tested",
            f"In {_DRAWS} draws the group `{min(always)}` was always in the test part. Draw from "
            "all groups.",
        )


def _in_a_run(tested: frozenset, order: list) -> bool:
    """Tell whether groups follow each other in a list, where the first follows the last."""
    inside = np.array([name in tested for name in order])
    return int((inside & ~np.roll(inside, 1)).sum()) == 1

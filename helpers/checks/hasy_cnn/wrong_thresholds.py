"""Well-known wrong ways to choose how sure a network has to be before it may answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from helpers.checks.wrong_rules import WrongRule


class Case(NamedTuple):
    """Answers and the accuracy that those that are given should reach."""

    conf: np.ndarray
    ok: np.ndarray
    goal: float
    what: str


def accuracy(case: Case, t: float) -> float:
    """Return the share of right answers among those with a confidence of at least t."""
    return case.ok[case.conf >= t].mean()


def lowest(case: Case) -> float:
    """Return the threshold that keeps most answers and reaches the goal; inf if none does.

    Examples
    --------
    >>> conf, ok = np.array([0.9, 0.8, 0.7]), np.array([True, False, True])
    >>> float(lowest(Case(conf, ok, 0.6, "three")))
    0.7
    """
    return _first(np.unique(case.conf), case, accuracy)


def _first(values: np.ndarray, case: Case, measure: Callable[[Case, float], float]) -> float:
    return next((t for t in values if measure(case, t) >= case.goal), np.inf)


def _from_above(case: Case, measure: Callable[[Case, float], float]) -> float:
    return _first(np.unique(case.conf)[::-1], case, measure)


def _until_it_fails(case: Case) -> float:
    t = np.inf
    for value in np.unique(case.conf)[::-1]:
        if accuracy(case, value) < case.goal:
            break
        t = value
    return t


def _bisected(case: Case) -> float:
    low, high = 0.0, 1.0 + 1e-9
    for _ in range(40):
        middle = (low + high) / 2
        kept = case.conf >= middle
        if kept.any() and accuracy(case, middle) < case.goal:
            low = middle
        else:
            high = middle
    return high


def _one_by_one(case: Case, order: np.ndarray) -> float:
    """Return the lowest threshold when equal confidences are kept and dropped one by one."""
    share = np.cumsum(case.ok[order]) / np.arange(1, len(order) + 1)
    reached = np.flatnonzero(share >= case.goal)
    return case.conf[order[reached[-1]]] if len(reached) else np.inf


def _on_a_grid(case: Case, grid: np.ndarray) -> float:
    return next(
        (t for t in grid if (case.conf >= t).any() and accuracy(case, t) >= case.goal), np.inf
    )


def _strictly(case: Case, t: float) -> float:
    kept = case.ok[case.conf > t]
    return kept.mean() if len(kept) else 0.0


_ACCURACY_OF_ALL = (
    "Either the right answers were divided by the number of all instead of those given, or only "
    "the lowest confidence was tried: does a `return` stand in the `else` of the loop?"
)
_GRID = (
    "The threshold comes from a grid, or is rounded, and misses one that lies between: try the "
    "values of `conf` themselves, where the set of given answers changes."
)
_HIGHEST = (
    "That is the highest threshold that reaches the goal, which keeps the fewest answers. The "
    "lowest one keeps most."
)
_TIES = (
    "Equal confidences are kept or dropped together, `conf >= t` cannot tell them apart. The "
    "accuracy was taken with only some of them."
)
_WRONG_SIDE = "The accuracy was taken of the answers below the threshold. Those above it are given."

# Each takes a case, and gives the threshold that the mistake leads to. The order matters: of two
# that agree in all cases the first is named.
WRONG_THRESHOLDS = [
    WrongRule("highest", lambda case: _from_above(case, accuracy), _HIGHEST),
    WrongRule(
        "stops_at_first_failure",
        _until_it_fails,
        "The search went down from the surest and stopped at the first failure. Accuracy falls and "
        "rises again: a lower threshold may reach the goal once more.",
    ),
    WrongRule(
        "bisection",
        _bisected,
        "Halving an interval needs an accuracy that only rises with the threshold. It falls and "
        "rises: try every value of `conf`.",
    ),
    WrongRule(
        "smallest_confidence",
        lambda case: case.conf.min(),
        "All answers are given, whatever the goal.",
    ),
    WrongRule(
        "the_goal",
        lambda case: case.goal,
        "The goal itself was taken as the threshold. That would do if a confidence of .8 meant "
        "80 % right, and if only answers of that confidence were given.",
    ),
    WrongRule(
        "share_answered",
        lambda case: np.quantile(case.conf, 1 - case.goal),
        "The goal is the share of right answers among those given, not the share that is given.",
    ),
    WrongRule(
        "right_ones_only",
        lambda case: np.nextafter(case.conf[~case.ok].max(initial=-1.0), 2),
        "Every mistake was avoided. The goal allows for some, and then more answers are given.",
    ),
    WrongRule(
        "least_sure_hit",
        lambda case: case.conf[case.ok].min(initial=np.inf),
        "All right answers are kept, whatever comes along with them.",
    ),
    WrongRule(
        "order_given",
        lambda case: _first(case.conf, case, accuracy),
        "The first that reaches the goal was taken, in the order in which the answers stand. Sort "
        "the confidences first.",
    ),
    *(
        WrongRule(
            "over_all",
            lambda case, search=search: search(case, lambda c, t: (c.ok & (c.conf >= t)).mean()),
            _ACCURACY_OF_ALL,
        )
        for search in (
            lambda case, measure: _first(np.unique(case.conf), case, measure),
            _from_above,
        )
    ),
    WrongRule(
        "strictly_above_t",
        lambda case: _first(np.append(0.0, np.unique(case.conf)), case, _strictly),
        "The accuracy was taken with `conf > t`, but answers are given with `conf >= t`: one value "
        "more.",
    ),
    WrongRule(
        "strictly_above_t",
        lambda case: _first(np.unique(case.conf), case, _strictly),
        "The accuracy was taken with `conf > t`, but answers are given with `conf >= t`: one value "
        "more.",
    ),
    WrongRule(
        "above_the_goal",
        lambda case: next(
            (t for t in np.unique(case.conf) if accuracy(case, t) > case.goal), np.inf
        ),
        "A goal that is met exactly is reached: `>=`.",
    ),
    WrongRule(
        "mean_confidence",
        lambda case: _first(np.unique(case.conf), case, lambda c, t: c.conf[c.conf >= t].mean()),
        "That looks at how sure the answers are, not at how many are right.",
    ),
    *(
        WrongRule(
            "wrong_side",
            lambda case, step=step: _first(
                np.unique(case.conf)[::step], case, lambda c, t: c.ok[c.conf <= t].mean()
            ),
            _WRONG_SIDE,
        )
        for step in (1, -1)
    ),
    WrongRule(
        "errors_for_hits",
        lambda case: lowest(case._replace(ok=~case.ok)),
        "The share of wrong answers was held against the goal.",
    ),
    WrongRule(
        "each_value_alone",
        lambda case: _first(np.unique(case.conf), case, lambda c, t: c.ok[c.conf == t].mean()),
        "Each confidence was judged by itself. All answers from the threshold on are given.",
    ),
    WrongRule("ties", lambda case: _one_by_one(case, np.argsort(-case.conf, kind="stable")), _TIES),
    WrongRule(
        "ties", lambda case: _one_by_one(case, np.argsort(case.conf, kind="stable")[::-1]), _TIES
    ),
    *(
        WrongRule("grid", lambda case, grid=grid: _on_a_grid(case, grid), _GRID)
        for grid in (np.linspace(0, 1, 11), np.linspace(0, 1, 101), np.arange(0, 1.005, 0.01))
    ),
    WrongRule("grid", lambda case: np.round(lowest(case), 2), _GRID),
    WrongRule(
        "sorted_alone",
        lambda case: lowest(case._replace(conf=np.sort(case.conf))),
        "The confidences were sorted, `ok` was not: they no longer belong together.",
    ),
    WrongRule(
        "the_accuracy",
        lambda case: accuracy(case, lowest(case)),
        "That is the accuracy that is reached. Asked for is the threshold.",
    ),
    WrongRule(
        "how_many",
        lambda case: int(np.sum(case.conf >= lowest(case))),
        "That is how many answers are given. Asked for is the threshold.",
    ),
]

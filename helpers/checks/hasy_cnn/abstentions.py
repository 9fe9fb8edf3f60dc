"""The check of the threshold below which a network had better not answer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import expect_number, explained
from helpers.checks.feedback import exercise
from helpers.checks.hasy_cnn.wrong_thresholds import WRONG_THRESHOLDS, Case, lowest
from helpers.checks.running import Answer, Wrong
from helpers.checks.wrong_rules import name_wrong_rule


@exercise(
    smaller_step="take `conf = [.9, .8, .7, .6]` and `ok = [True, False, True, True]`. For each of "
    "the four as t: which answers stay, which share of them is right? Where is it above .7?",
    seconds=30,  # an answer may import SciPy
)
def abstain(answer: Answer) -> str:
    """``abstain(conf, ok, goal)``: how sure a network has to be before it may answer.

    Parameters
    ----------
    conf : numpy.ndarray of float, shape (m,)
        The largest probability of each answer.
    ok : numpy.ndarray of bool, shape (m,)
        Whether the answer is right.
    goal : float
        The accuracy to be reached among the answers that are given.

    Returns
    -------
    float
        The threshold t with which most answers are given: those with ``conf >= t``, of which at
        least the share `goal` is right. If none reaches it, a number above all of `conf`, such as
        ``np.inf``.
    """
    cases = _cases()
    with _explained_failures():
        thresholds = [_threshold(answer, case) for case in cases]
    kept = [_kept(case, t) for case, t in zip(cases, thresholds, strict=True)]
    for case, t, came in zip(cases, thresholds, kept, strict=True):
        if np.isnan(t) or came != _kept(case, lowest(case)):
            _explain(cases, thresholds, kept, case, t)
    return (
        f"Right for {len(cases)} sets of answers: accuracy that falls and rises again, equal "
        "confidences, a goal that is met exactly, one that all meet and one that none does."
    )


def _cases() -> list[Case]:
    rng = default_rng(42)
    conf = rng.uniform(0.2, 0.99, 60)
    # The surest are wrong now and then, the middle is good, the least sure are bad.
    ok = rng.random(60) < np.select([conf > 0.9, conf > 0.5], [0.75, 0.9], 0.3)
    tied = np.array([0.9, 0.6, 0.9, 0.7, 0.7, 0.7, 0.9, 0.6, 0.8, 0.5, 0.7, 0.5])
    hits = np.array([1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 1], dtype=bool)
    few = np.array([0.41, 0.93, 0.55, 0.78, 0.62])
    unsure = np.array([0.22, 0.34, 0.28, 0.38, 0.25, 0.31])
    none = np.array([1.0, 0.8, 1.0, 0.35])
    return [
        Case(conf, ok, 0.8, "60 answers"),
        Case(tied, hits, 0.8, "equal confidences"),
        Case(tied, hits, 2 / 3, "equal confidences"),
        Case(few, np.array([False, True, False, True, True]), 0.75, "a goal met exactly"),
        Case(few, np.array([True, True, False, True, True]), 0.7, "a goal that all answers meet"),
        Case(none, np.array([False, True, True, False]), 0.9, "a goal that none reaches"),
        Case(np.append(unsure, few), np.append(unsure < 0.5, few > 0.9), 0.6, "modest ones right"),
        Case(np.array([0.64]), np.array([True]), 0.5, "a single answer"),
        Case(conf[:40] ** 2, ~ok[:40], 0.55, "a poor network"),
    ]


@contextlib.contextmanager
def _explained_failures() -> Iterator[None]:
    with (
        explained(
            "none_reaches_raises",
            "Perhaps no threshold reaches the goal, and there is nothing to choose from. Then no "
            "answer should be given: return a number above every confidence.",
            lambda error: any(words in error for words in _NOTHING_FOUND),
        ),
    ):
        yield


_NOTHING_FOUND = ("empty", "out of range", "out of bounds", "UnboundLocal", "zero-size")


def _threshold(answer: Answer, case: Case) -> float:
    try:
        value = answer(*case[:3])
    except Wrong as wrong:
        if wrong.hint == "returns_none" and lowest(case) == np.inf:
            raise Wrong(
                "none_reaches_returns_nothing",
                "Perhaps no threshold reaches the goal, and then `abstain` returned nothing: the "
                "loop ended without a `return`. Return a number above every confidence then.",
            ) from None
        raise
    return expect_number(value, "abstain(conf, ok, goal)", "Asked for is the threshold alone.")


def _kept(case: Case, t: float) -> tuple[bool, ...]:
    return tuple((case.conf >= t).tolist())


def _explain(cases: list[Case], thresholds: list[float], kept: list, case: Case, t: float) -> None:
    """Raise `Wrong` for the first case that is wrong: a known mistake, or what differs."""
    table = _table(case, t)
    name_wrong_rule(
        [
            (hint, lambda c, rule=rule: _kept(c, rule(c)), sentence)
            for hint, rule, sentence in WRONG_THRESHOLDS
        ],
        cases,
        kept,
        table,
    )
    if np.isnan(t):
        raise Wrong(
            "nan",
            f"With {case.what} the result is nan: not a number. If no threshold reaches the goal, "
            "`np.inf` says so, and can be compared.",
        )
    right, said = lowest(case), f"With {case.what} and goal = {case.goal:.3g}"
    if right == np.inf:
        raise Wrong(
            "none_reaches",
            f"{said}, no threshold reaches the goal, so no answer should be given. With {t:g}, "
            f"{np.sum(case.conf >= t)} are; or it is no number. Return one above every confidence, "
            "1 included.",
            table,
        )
    came = np.array(_kept(case, t))
    n, best = int(came.sum()), int(np.sum(case.conf >= right))
    share = f"{case.ok[came].mean():.3f} of them right" if n else "so none is right"
    way = "More could be." if n < best else "That is not enough."
    raise Wrong(
        "wrong_threshold",
        f"{said}, your threshold {t:.4g} gives {n} of {len(came)} answers, {share}. {way} A "
        f"threshold exists with {best} answers.",
        table,
    )


def _table(case: Case, t: float) -> str | None:
    """List how many answers a threshold leaves and which share of them is right."""
    if len(case.conf) > 12:
        return None
    rows = ["threshold  answers  right"]
    for value in np.unique(case.conf)[::-1]:
        kept = case.conf >= value
        rows.append(f"{value:9.2f}  {kept.sum():7d}  {case.ok[kept].mean():5.3f}")
    return "\n".join([*rows, f"yours: {t:.4g}"])

"""How scores are compared wrongly: known wrong rules for which of two scalings is better."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

from helpers.checks.mnist_mlp.made_scores import Scores, mean_and_error
from helpers.checks.wrong_rules import WrongRule

Pairs = set[tuple[str, str]]

# Student's t at which a two-sided and a one-sided test at 5 % begin, for n starts.
_T_TEST = {3: 4.303, 4: 3.182, 5: 2.776, 6: 2.571, 8: 2.365, 10: 2.262}
_ONE_SIDED = {3: 2.920, 4: 2.353, 5: 2.132, 6: 2.015, 8: 1.895, 10: 1.833}


def is_better(a: np.ndarray, b: np.ndarray) -> bool:
    """Tell whether the mean of a - b is above 0, by more than two standard errors."""
    mean, error = mean_and_error(a, b)
    return mean > 2 * error and mean > 0


def ranked(scores: Scores) -> Pairs:
    """Return the pairs (better, worse) that can be told apart."""
    return _pairs(is_better)(scores)


def _pairs(better: Callable[[np.ndarray, np.ndarray], bool]) -> Callable[[Scores], Pairs]:
    """Return the rule that takes every pair of which `better` is true."""

    def rule(scores: Scores) -> Pairs:
        return {
            (a, b) for a, b in itertools.permutations(scores, 2) if better(scores[a], scores[b])
        }

    return rule


def _apart(half_bar: Callable[[np.ndarray], float]) -> Callable[[Scores], Pairs]:
    return _pairs(lambda a, b: a.mean() - half_bar(a) > b.mean() + half_bar(b))


def _beyond(limit: Callable[[np.ndarray], float]) -> Callable[[Scores], Pairs]:
    """Return the rule that asks the mean difference to be above another limit."""
    return _pairs(lambda a, b: (a - b).mean() > max(0.0, limit(a - b)))


def _error(values: np.ndarray) -> float:
    return values.std(ddof=1) / np.sqrt(len(values))


def _by_mean(scores: Scores) -> list[str]:
    return sorted(scores, key=lambda name: -scores[name].mean())


def _first(scores: Scores, number: int) -> list[str]:
    return list(scores)[:number]


# What has been found when the loop over the first name is done, or after the first two names.
_ENDS_TOO_EARLY = (
    lambda scores: {pair for pair in ranked(scores) if pair[0] in _first(scores, 1)},
    lambda scores: {pair for pair in ranked(scores) if {*pair} & {*_first(scores, 1)}},
    lambda scores: {pair for pair in ranked(scores) if {*pair} == {*_first(scores, 2)}},
    lambda scores: {pair for pair in ranked(scores) if [*pair] == _first(scores, 2)},
)
RETURNS_IN_LOOP = (
    "Only the first scalings of the dictionary were compared. Does `return` stand inside a loop?"
)
_MEANS = (
    "Only the means are compared, so every two scalings are ranked. How much would the mean "
    "difference change with other starts? Its standard error tells."
)
_BARS = (
    "This asks whether the ranges of two scalings overlap. They do when some starts are easy and "
    "some hard for every scaling. What both have in common drops out when you subtract start by "
    "start: look at these differences."
)
_UNPAIRED = (
    "The standard error is made of each scaling's own spread. Subtract start by start first: the "
    "standard error of these differences is asked for."
)
_SPREAD = (
    "The mean difference is compared with the spread of single differences. How far off their mean "
    "may be is the standard error: the spread divided by `sqrt(n)`."
)
_T = (
    "This is a t test, which asks for more than two standard errors when there are few starts, and "
    "it has good reasons. The rule in the text is simpler: more than 2, whatever n is."
)
WRONG_RANKINGS = (
    WrongRule(
        "swapped",
        lambda scores: {(b, a) for a, b in ranked(scores)},
        "Every pair is the wrong way round: the better one comes first.",
    ),
    WrongRule(
        "both_orders",
        _pairs(lambda a, b: is_better(a, b) or is_better(b, a)),
        "Each pair came in both orders. Only the better one may come first: the mean difference "
        "has to be above 0.",
    ),
    WrongRule(
        "one_order_only",
        lambda scores: ranked(scores) & set(itertools.combinations(scores, 2)),
        "Pairs are missing in which the better one stands later in the dictionary. Ask in both "
        "directions.",
    ),
    WrongRule(
        "with_itself",
        lambda scores: {
            (a, b)
            for a, b in itertools.product(scores, repeat=2)
            if (scores[a] - scores[b]).mean() >= 2 * _error(scores[a] - scores[b])
        },
        "A scaling came as better than itself: their difference is 0, and its standard error too. "
        "The mean difference has to be above 0.",
    ),
    WrongRule(
        "equal_ones",
        _pairs(lambda a, b: (a - b).mean() >= 2 * _error(a - b)),
        "Two scalings with the same scores came as better than each other. The mean difference has "
        "to be above 0.",
    ),
    WrongRule(
        "always_empty",
        lambda scores: set(),
        "No table gave any pair. Does a condition never hold, or does `return` stand inside the "
        "inner loop?",
    ),
    *(WrongRule("returns_in_loop", rule, RETURNS_IN_LOOP) for rule in _ENDS_TOO_EARLY),
    WrongRule(
        "break_at_itself",
        lambda scores: ranked(scores) - set(itertools.combinations(scores, 2)),
        "Pairs are missing in which the better one stands earlier in the dictionary. Does `break` "
        "stand where a scaling meets itself? It ends the loop; `continue` goes on to the next.",
    ),
    WrongRule("means_alone", _pairs(lambda a, b: a.mean() > b.mean()), _MEANS),
    WrongRule(
        "means_alone", lambda scores: set(itertools.combinations(_by_mean(scores), 2)), _MEANS
    ),
    WrongRule(
        "not_told_apart",
        _pairs(lambda a, b: not is_better(a, b) and not is_better(b, a)),
        "These are the pairs that cannot be told apart. Asked for are the others.",
    ),
    WrongRule(
        "neighbours_only",
        lambda scores: ranked(scores) & set(itertools.pairwise(_by_mean(scores))),
        "Only neighbours in the order of the means are compared. The first and the third may "
        "differ clearly where neither differs clearly from the second.",
    ),
    WrongRule(
        "best_only",
        lambda scores: {pair for pair in ranked(scores) if pair[0] == _by_mean(scores)[0]},
        "Only the best one is compared with the others. Compare every two.",
    ),
    WrongRule("bars", _apart(_error), _BARS),
    WrongRule("bars", _apart(lambda values: 2 * _error(values)), _BARS),
    WrongRule("bars", _apart(lambda values: values.std(ddof=1)), _BARS),
    WrongRule("bars", _apart(np.std), _BARS),
    WrongRule("bars", _pairs(lambda a, b: a.min() > b.max()), _BARS),
    WrongRule(
        "unpaired",
        _pairs(lambda a, b: a.mean() - b.mean() > 2 * np.hypot(_error(a), _error(b))),
        _UNPAIRED,
    ),
    WrongRule("unpaired", _pairs(lambda a, b: a.mean() - b.mean() > 2 * _error(a)), _UNPAIRED),
    WrongRule("unpaired", _pairs(lambda a, b: a.mean() - b.mean() > 2 * _error(b)), _UNPAIRED),
    WrongRule(
        "pairing_lost",
        _pairs(lambda a, b: is_better(np.sort(a), np.sort(b))),
        "The scores were sorted before they were subtracted. Then a number meets one of another "
        "start: keep them in their order.",
    ),
    WrongRule(
        "every_seed",
        _pairs(lambda a, b: bool((a > b).all())),
        "This asks whether one is better in every start. A small loss in one start may stand "
        "against clear gains, and three wins can be luck: compare the mean difference with its "
        "standard error.",
    ),
    WrongRule(
        "most_seeds",
        _pairs(lambda a, b: bool((a > b).mean() > 0.5)),
        "This counts the starts in which one is better. By how much is lost: use the differences.",
    ),
    WrongRule(
        "best_seed",
        _pairs(lambda a, b: a.max() > b.max()),
        "The best start of each is compared. That is luck: use all starts.",
    ),
    WrongRule(
        "first_seed",
        _pairs(lambda a, b: a[0] > b[0]),
        "Only the first start is compared. Use all starts.",
    ),
    WrongRule(
        "a_fixed_limit",
        _beyond(lambda d: 0.01),
        "A difference of 0.01 is taken as clear. Whether it is depends on how much the differences "
        "vary from start to start.",
    ),
    WrongRule("spread_not_error", _beyond(lambda d: 2 * d.std(ddof=1)), _SPREAD),
    WrongRule("spread_not_error", _beyond(lambda d: d.std(ddof=1)), _SPREAD),
    WrongRule("spread_not_error", _beyond(lambda d: 2 * d.std()), _SPREAD),
    WrongRule("spread_not_error", _beyond(np.std), _SPREAD),
    WrongRule(
        "divided_by_n",
        _beyond(lambda d: 2 * d.std(ddof=1) / len(d)),
        "The spread is divided by n. With four times as many starts the mean is only twice as "
        "certain: divide by the square root of n.",
    ),
    WrongRule(
        "population_spread",
        _beyond(lambda d: 2 * d.std() / np.sqrt(len(d))),
        "The spread is too small: `np.std` divides by n unless it is told `ddof=1`. A few starts "
        "are a sample, and around its own mean a sample spreads less.",
    ),
    WrongRule(
        "root_of_n_less_one",
        _beyond(lambda d: 2 * d.std(ddof=1) / np.sqrt(len(d) - 1)),
        "The spread with `ddof=1` is divided by `sqrt(n - 1)`: one is subtracted twice. Divide it "
        "by `sqrt(n)`.",
    ),
    WrongRule(
        "variance",
        _beyond(lambda d: 2 * d.var(ddof=1) / np.sqrt(len(d))),
        "The variance is used. It is in squared units, so it cannot stand beside a difference: use "
        "its root, `std`.",
    ),
    WrongRule(
        "one_error",
        _beyond(_error),
        "The limit is one standard error. By chance alone a mean is off by more than that in one "
        "case of three: ask for more than two.",
    ),
    WrongRule(
        "normal_limit",
        _beyond(lambda d: 1.96 * _error(d)),
        "The limit is 1.96 standard errors, a number for very many starts. Asked for are more than "
        "two.",
    ),
    WrongRule(
        "three_errors",
        _beyond(lambda d: 3 * _error(d)),
        "The limit is three standard errors. Asked for are more than two.",
    ),
    WrongRule("t_test", _beyond(lambda d: _T_TEST[len(d)] * _error(d)), _T),
    WrongRule("t_test", _beyond(lambda d: _ONE_SIDED[len(d)] * _error(d)), _T),
)

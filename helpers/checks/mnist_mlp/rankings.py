"""The check of ranking scalings by their scores with several starts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Set

from helpers.checks.arrays import explained
from helpers.checks.feedback import exercise
from helpers.checks.mnist_mlp.made_scores import Scores, mean_and_error, score_tables
from helpers.checks.mnist_mlp.misread_scores import RETURNS_IN_LOOP, WRONG_RANKINGS, Pairs, ranked
from helpers.checks.running import Answer, Wrong
from helpers.checks.wrong_rules import first_difference, name_wrong_rule


@exercise(
    smaller_step="take two arrays alone, `d = a - b`. Print the mean of `d` and its standard "
    "error, `d.std(ddof=1) / len(d) ** 0.5`: is the first more than twice the second?"
)
def rank_scalings(answer: Answer) -> str:
    """``rank_scalings(scores)``: the pairs of scalings of which one is clearly better.

    Parameters
    ----------
    scores : dict of str to numpy.ndarray, shape (n,)
        The accuracies of each scaling, one a start, with the same n >= 3 starts for all.

    Returns
    -------
    set of tuple
        Pairs (better, worse): those of which the mean of the differences, start by start, is above
        0 and more than twice its standard error (the spread with ``ddof=1``, over sqrt(n)).
    """
    tables = score_tables()
    with _explained_sets():
        came = [_pairs(_found(answer, scores), scores) for scores in tables]
    place = first_difference(came, [ranked(scores) for scores in tables])
    if place is not None:
        _explain(tables, came, place)
    return (
        f"Right for {len(tables)} tables: ranges that overlap over clear differences, ranges that "
        "are apart over unclear ones, equal differences and equal scores."
    )


@contextlib.contextmanager
def _explained_sets() -> Iterator[None]:
    with (
        explained(
            "braces",
            "Empty braces make a dictionary. An empty set is `set()`.",
            lambda error: "'dict' object has no attribute" in error,
        ),
        explained(
            "list_in_a_set",
            "A set cannot hold lists, since they can change. Put tuples in: `(better, worse)`.",
            lambda error: "unhashable" in error,
        ),
        explained(
            "add_two",
            "`add` takes one thing, here a pair: `add((better, worse))`, with two parentheses.",
            lambda error: "exactly one argument (2 given)" in error,
        ),
        explained(
            "divides_by_zero",
            "When two scalings have the same scores, the standard error is 0. Compare the mean "
            "with twice the error instead of dividing by it.",
            lambda error: "ZeroDivision" in error,
        ),
    ):
        yield


def _found(answer: Answer, scores: Scores) -> object:
    try:
        return answer(scores)
    except Wrong as wrong:
        if wrong.hint == "returns_none" and len(scores) == 1:  # the others were answered
            raise Wrong("returns_in_loop", RETURNS_IN_LOOP) from None
        raise


def _pairs(value: object, scores: Scores) -> Pairs:
    """Return the pairs, or raise `Wrong` if what came is not a set of pairs of names."""
    if not isinstance(value, Set):
        raise Wrong(
            "not_a_set",
            f"`rank_scalings` should return a set of pairs, not a `{type(value).__name__}`. Begin "
            "with `set()`, or put `set(...)` around it.",
        )
    for item in value:
        _expect_pair(item, scores)
    return set(value)


def _expect_pair(item: object, scores: Scores) -> None:
    if isinstance(item, frozenset):
        raise Wrong(
            "no_order",
            "A pair is a set here, and a set has no order: which one is better? Use a tuple.",
        )
    if isinstance(item, str) and len(item) == 1:
        raise Wrong(
            "characters",
            f"The set holds single letters, {item!r} for one: `update` takes names apart. Use "
            "`add((better, worse))`.",
        )
    if not isinstance(item, tuple) or len(item) != 2:
        raise Wrong(
            "not_pairs",
            f"The set should hold tuples of two names, `(better, worse)`, but holds {item!r:.60}.",
        )
    for name in item:
        if name not in scores:
            raise Wrong(
                "unknown_name",
                f"The pair {item!r:.60} holds {name!r:.30}, which is not a name in `scores`: its "
                f"names are {', '.join(map(repr, scores))}. Use the keys that you are given.",
            )


def _explain(tables: list[Scores], came: list[Pairs], place: int) -> None:
    """Raise `Wrong` for the table at `place`: a known mistake, or a pair that is wrong."""
    right = ranked(tables[place])
    better, worse = min(came[place] ^ right)
    table = _table(tables[place], better, worse)
    name_wrong_rule(WRONG_RANKINGS, tables, came, table)
    mean, error = mean_and_error(tables[place][better], tables[place][worse])
    missing = (better, worse) in right
    raise Wrong(
        "wrong_pairs",
        f"The pair {(better, worse)!r} {'is missing' if missing else 'should not be there'}. The "
        f"mean of its differences is {mean:.4f}, and their standard error is {error:.4f}.",
        table,
    )


def _table(scores: Scores, better: str, worse: str) -> str:
    rows = {better: scores[better], worse: scores[worse]}
    if better != worse:
        rows["difference"] = scores[better] - scores[worse]
    return "\n".join(
        f"{name:10}" + "".join(f"{value:9.4f}" for value in row) for name, row in rows.items()
    )

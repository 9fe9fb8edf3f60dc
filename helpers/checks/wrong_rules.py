"""Recognise a wrong rule by the answers it gave to many cases at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from helpers.checks.running import Wrong


class WrongRule(NamedTuple):
    """A well-known wrong rule.

    Parameters
    ----------
    hint : str
        The stable name of the misconception.
    rule : callable
        What it makes of a case; None stands for whatever came.
    sentence : str
        What to look at.
    """

    hint: str
    rule: Callable[[object], object]
    sentence: str


def first_difference(came: Sequence, right: Sequence) -> int | None:
    """Return the place of the first case that was answered wrongly, or None.

    Examples
    --------
    >>> first_difference([1, 2, 3], [1, 2, 4])
    2
    """
    return next((i for i, (a, b) in enumerate(zip(came, right, strict=True)) if a != b), None)


def name_wrong_rule(
    rules: Iterable[WrongRule], cases: Sequence, came: Sequence, table: str | None = None
) -> None:
    """Raise `Wrong` for the first wrong rule that gives what came, in every case.

    Parameters
    ----------
    rules : iterable of WrongRule
        In the order in which they are tried.
    cases, came : sequence
        What was handed in, and what an answer made of each.
    table : str, optional
        Numbers to show below the sentence.
    """
    for hint, rule, sentence in rules:
        with np.errstate(all="ignore"):
            expected = [rule(case) for case in cases]
        if all(b is None or a == b for a, b in zip(came, expected, strict=True)):
            raise Wrong(hint, sentence, table)

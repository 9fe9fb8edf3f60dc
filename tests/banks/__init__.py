"""Right and wrong answers to every exercise, written before its check.

A bank is a module, or a package where it is long, named like its unit. It marks each answer with
`right` or `wrong`; the answer is a function just as a student would write it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple


class Entry(NamedTuple):
    """One answer: to which exercise, and the hint it must get (None: it must pass)."""

    exercise: str
    hint: str | None
    answer: Callable


BANKS: dict[str, list[Entry]] = defaultdict(list)


def right(exercise: str) -> Callable[[Callable], Callable]:
    """Mark an answer that the check of `exercise` must accept."""
    return _mark(exercise, None)


def wrong(exercise: str, hint: str) -> Callable[[Callable], Callable]:
    """Mark an answer that the check of `exercise` must refuse with `hint`."""
    return _mark(exercise, hint)


def _mark(exercise: str, hint: str | None) -> Callable[[Callable], Callable]:
    def keep(answer: Callable) -> Callable:
        BANKS[_unit(answer)].append(Entry(exercise, hint, answer))
        return answer

    return keep


def _unit(answer: Callable) -> str:
    """Return the unit whose bank an answer stands in: a module, or a package of modules."""
    return answer.__module__.removeprefix("tests.banks.").partition(".")[0]

"""Right and wrong answers to every exercise, written before its check.

A bank is a module, or a package where it is long, named like its unit. It marks each answer with
`right` or `wrong`; the answer is a function just as a student would write it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple


class Entry(NamedTuple):
    """One answer: to which exercise, and the hint it must get (None: it must pass).

    Of all remarks on right answers to its exercise, a right one must get `remarks` and no other.
    """

    exercise: str
    hint: str | None
    answer: Callable
    remarks: tuple[str, ...] = ()


BANKS: dict[str, list[Entry]] = defaultdict(list)


def right(exercise: str, *remarks: str) -> Callable[[Callable], Callable]:
    """Mark an answer that the check of `exercise` must accept, with these words in its message."""
    return _mark(exercise, None, *remarks)


def wrong(exercise: str, hint: str) -> Callable[[Callable], Callable]:
    """Mark an answer that the check of `exercise` must refuse with `hint`."""
    return _mark(exercise, hint)


def _mark(exercise: str, hint: str | None, *remarks: str) -> Callable[[Callable], Callable]:
    def keep(answer: Callable) -> Callable:
        BANKS[_unit(answer)].append(Entry(exercise, hint, answer, remarks))
        return answer

    return keep


def _unit(answer: Callable) -> str:
    """Return the unit whose bank an answer stands in: a module, or a package of modules."""
    return answer.__module__.removeprefix("tests.banks.").partition(".")[0]

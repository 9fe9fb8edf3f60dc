"""What a check says: passed, not yet and why, or not started; and a way to go on meanwhile."""

from __future__ import annotations

import functools
import html
import importlib
import inspect
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from helpers.checks.blanks import called_blank, find_blank, holds_blank
from helpers.checks.running import Answer, Blank, OutOfTime, Wrong, run_with_limit, undisturbed
from helpers.showing import cell_now, show

_MISSING = object()
_SMALLER_STEP_AFTER = 3
# The check was called wrongly: that says nothing about the answer.
_MISUSE = {"nothing_passed", "a_class", "not_a_function"}
# The hints that each exercise has met since it last passed.
_failures: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

# Word, sign and line style differ as well as colour: none of them carries the meaning alone.
_LOOKS = {
    "passed": ("✓", "passed", "solid", "#0072B2"),
    "failed": ("✗", "not yet", "dashed", "#D55E00"),
    "not started": ("○", "not started yet", "dotted", "#888888"),
    "book's": ("■", "this is the book's own answer", "double", "#888888"),
}


class Feedback:
    """The outcome of one check. It shows itself when it is made.

    Parameters
    ----------
    exercise : str
        Name of the exercise.
    unit : str
        Name of the unit's module, e.g. ``"xor_network"``.
    state : {"passed", "failed", "not started", "book's"}
        What came out.
    message : str
        Sentences for the student; Markdown's backticks mark code.
    hint : str or None
        The stable name of the misconception that was met.
    answer : object
        What the student handed in.
    table : str or None
        Numbers to show in a fixed-width font.

    Attributes
    ----------
    passed : bool
        Whether the answer is right and the student's own.
    """

    def __init__(self, exercise, unit, state, message, hint=None, answer=None, table=None):
        self.exercise, self.unit, self.state = exercise, unit, state
        self.passed = state == "passed"
        self.message, self.hint, self.table = message, hint, table
        self._answer = answer
        self._shown_in = None
        show(self)

    def or_ours(self) -> object:
        """Return the student's answer if it passed, and the book's until then, saying so.

        Returns
        -------
        object
            What the rest of the notebook goes on with.
        """
        if self.passed:
            return self._answer
        if self.state != "book's":
            show(f"Until it passes, this notebook goes on with the book's {self.exercise}.")
        return book_answer(self.unit, self.exercise)

    def __str__(self) -> str:
        sign, words, _, _ = _LOOKS[self.state]
        text = f"{sign} {self.exercise}: {words}. {self.message}".rstrip()
        return f"{text}\n{self.table}" if self.table else text

    __repr__ = __str__

    def _ipython_display_(self) -> None:
        # A cell whose last line is a check would show the same feedback again as its value.
        if self._shown_in is None or self._shown_in != cell_now():
            self._shown_in = cell_now()
            sys.modules["IPython"].display.display(
                {
                    "text/plain": str(self),
                    "text/markdown": self._repr_markdown_(),
                    "text/html": self._repr_html_(),
                },
                raw=True,
            )

    def _repr_markdown_(self) -> str:
        sign, words, _, _ = _LOOKS[self.state]
        text = f"{sign} **{self.exercise}: {words}.** {self.message}".rstrip()
        return f"{text}\n\n```text\n{self.table}\n```" if self.table else text

    def _repr_html_(self) -> str:
        sign, words, line, colour = _LOOKS[self.state]
        message = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(self.message))
        table = f"<pre>{html.escape(self.table)}</pre>" if self.table else ""
        return (
            f'<div role="status" class="first-layers-feedback" '
            f'style="border-left:6px {line} {colour};padding:.4em .8em">'
            f"<strong>{sign} {html.escape(self.exercise)}: {words}.</strong> {message}{table}</div>"
        )


def exercise(smaller_step: str, seconds: float = 5.0) -> Callable:
    """Turn a judging function into the check of one exercise.

    The decorated function gets an `Answer` (the student's function, called with copies of its
    arguments) and raises `Wrong` when something is not right. What it returns is the sentence
    that a right answer gets. The check itself never raises because of an answer.

    Parameters
    ----------
    smaller_step : str
        Something easier to try first. It is offered from the third failure on, when a mistake
        comes back: one that is new is progress, and its own sentence says what to do.
    seconds : float, optional
        How long an answer may take, in seconds.

    Returns
    -------
    callable
        ``check(answer) -> Feedback``.
    """

    def decorate(judge: Callable[[Answer], str]) -> Callable[[object], Feedback]:
        name = judge.__name__
        unit = judge.__module__.removeprefix("helpers.checks.").partition(".")[0]

        @functools.wraps(judge)
        def check(answer: object = _MISSING) -> Feedback:
            state, message, hint, table = _examine(judge, name, unit, answer, seconds)
            if state == "failed" and hint not in _MISUSE:
                met = _failures[unit, name]
                if len(met) + 1 >= _SMALLER_STEP_AFTER and hint in met:
                    message += f" A smaller step: {smaller_step}"
                met.append(hint)
            elif state == "passed":
                _failures[unit, name].clear()
            return Feedback(name, unit, state, message, hint, answer, table)

        check.__signature__ = inspect.Signature(
            [inspect.Parameter("answer", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        )
        return check

    return decorate


def book_answer(unit: str, name: str) -> object:
    """Return the book's own answer to an exercise.

    Parameters
    ----------
    unit, name : str
        The unit's module and the exercise, e.g. ``"xor_network"`` and ``"sigmoid"``.
    """
    return getattr(importlib.import_module(f"helpers.reference.{unit}"), name)


class _Verdict(NamedTuple):
    """What a check came to; the words in which `Feedback` tells it."""

    state: str
    message: str
    hint: str | None = None
    table: str | None = None


def _examine(judge, name, unit, answer, seconds) -> _Verdict:
    """Judge whatever was handed to a check."""
    refusal = _refuse(name, unit, answer)
    if refusal:
        return refusal
    with undisturbed() as printed:
        try:
            said = run_with_limit(lambda: judge(Answer(answer, name, printed)), seconds)
        except Blank:
            problem = None
        except Wrong as wrong:
            problem = wrong
        except OutOfTime:
            problem = Wrong(
                "never_returns",
                f"`{name}` did not come back within {seconds:g} seconds, so the check stopped it. "
                "It runs for ever or is slow: look for a loop whose condition stays true.",
            )
        except (Exception, SystemExit, GeneratorExit) as error:  # no property could be asked of it
            problem = Wrong(
                "wrong_type",
                f"What `{name}` returned could not be used ({type(error).__name__} while checking "
                "it). Compare its type and shape with those in the text above.",
            )
        else:
            note = " It also prints; that does no harm." if printed.getvalue().strip() else ""
            return _Verdict("passed", said + note)
    return _explain(name, answer, problem)


def _explain(name: str, answer: object, problem: Wrong | None) -> _Verdict:
    """Tell a blank, here or in a function that is called, from a mistake; None: a blank was met."""
    table = problem.table if problem else None
    blank = find_blank(answer)
    called = None if blank else called_blank(answer)
    if called:
        return _Verdict(
            "failed",
            f"`{name}` uses `{called}`, and `{called}` still has its `...`. Fill it in, or run the "
            "check below it, which hands you the book's until yours passes.",
            "calls_a_blank",
            table,
        )
    if blank or problem is None:
        return _not_started(name, blank)
    return _Verdict("failed", problem.message, problem.hint, table)


def _refuse(name, unit, answer) -> _Verdict | None:
    """Answer at once what is not a function, or not the student's own; None if it is."""
    call = f"`check.{name}({name})`"
    if answer is _MISSING:
        return _Verdict(
            "failed", f"The check got nothing to look at. Call it as {call}.", "nothing_passed"
        )
    if holds_blank(answer):
        return _not_started(name)
    if getattr(answer, "__module__", None) == f"helpers.reference.{unit}":
        return _Verdict(
            "book's",
            f"So it does not count as yours. Run the cell that defines your `{name}` again, then "
            "this one.",
            "book_answer",
        )
    if isinstance(answer, type):
        return _Verdict(
            "failed",
            f"This is a class (`{answer.__name__}`), but the exercise asks for a function: "
            f"`def {name}(...)`.",
            "a_class",
        )
    if not callable(answer):
        return _Verdict(
            "failed",
            f"This is a value of type `{type(answer).__name__}`, not a function. Hand over the "
            f"function itself, without calling it: {call}.",
            "not_a_function",
        )
    return None


def _not_started(name: str, blank: str | None = None) -> _Verdict:
    where = f" Still blank is {blank}." if blank else ""
    return _Verdict("not started", f"Fill in the `...` in `{name}`, then run this again.{where}")

"""The check of the walk down a slope."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.checks.arrays import Mistakes, as_array, close, expect_close
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="take one step with pen and paper: at x = 5 with slope 4 and rate 0.1, where is "
    "the next x?"
)
def descend(answer: Answer) -> str:
    """``descend(slope, start, rate, steps)``: walk downhill and keep the path.

    Parameters
    ----------
    slope : callable
        ``slope(x)`` is the slope at the position x, a number.
    start : float
        The first position.
    rate : float
        Each next position is the last one minus `rate` times the slope there.
    steps : int
        Number of steps.

    Returns
    -------
    array_like, shape (steps + 1,)
        All positions, the start first.
    """
    for slope, start, rate, steps in (
        (lambda x: 2 * (x - 3), 5, 0.1, 4),
        (lambda x: 2 * np.tanh(x) + 0.2 * x, -1.5, 0.3, 7),
        (lambda x: np.cos(x), 0.3, 0.5, 1),
        (lambda x: 2 * (x - 3), 3.0, 0.1, 3),
    ):
        path = as_array(answer(slope, start, rate, steps), "descend(...)")
        right = _path(start, lambda x, s=slope, r=rate: x - r * s(x), steps)
        _expect_whole_path(path, right, steps)
        _expect_length(path, right, steps)
        mistakes = {
            **_mistaken_origins(slope, start, rate, steps),
            **_mistaken_directions(slope, start, rate, steps),
            **_mistaken_lengths(slope, start, rate, steps),
            **_mistaken_results(slope, start, rate, steps),
        }
        expect_close(path, right, "descend(...)", mistakes, "Is `slope` called at each position?")
    return "Every step goes down the slope that it meets, and the path starts at the start."


def _path(x: float, step: Callable, steps: int) -> np.ndarray:
    path = [x]
    for _ in range(steps):
        path.append(step(path[-1]))
    return np.array(path)


def _expect_whole_path(path: np.ndarray, right: np.ndarray, steps: int) -> None:
    if path.ndim == 0 and steps > 0 and close(path, right[-1]):
        raise Wrong(
            "last_only",
            "Only the last position came back. Keep all of them, the start included, in a list: "
            "the figure below draws the path.",
        )
    if path.shape == (2,) and steps > 1 and close(path, right[:2]):
        raise Wrong(
            "returns_early",
            "Only one step was taken. Is `return` inside the loop? It ends the function at once.",
        )
    if path.shape == (steps,) and close(path, right[1:]):
        raise Wrong("start_missing", "The path should begin with `start` itself, before any step.")
    if path.shape == (steps,) and close(path, right[:-1]):
        raise Wrong(
            "one_step_short",
            f"{steps} steps make {steps + 1} positions, because the start counts too. One is "
            "missing at the end.",
        )


def _expect_length(path: np.ndarray, right: np.ndarray, steps: int) -> None:
    n = path.size
    if path.ndim != 1 or n == steps + 1:
        return
    if n < steps + 1 and close(path, right[:n]):
        raise Wrong(
            "too_few",
            f"Only {n} of {steps + 1} positions came back. Does the loop make all `steps` turns, "
            "is every position appended, and does `return` stand behind the loop, not in it?",
        )
    if n > steps + 1 and close(path[: steps + 1], right):
        raise Wrong(
            "too_many",
            f"{n} positions came back. {steps} steps make {steps + 1}, the start included.",
        )
    if n > steps + 1 and close(path[-steps - 1 :], right):
        raise Wrong(
            "old_path_kept",
            "The positions of an earlier call are still in the list. Make the list inside the "
            "function: one in the `def` line, or outside, is made only once.",
        )


def _mistaken_origins(slope, start, rate, steps) -> Mistakes:
    """Return paths whose steps set off from, or ask the slope at, the wrong place."""
    return {
        "never_moves_on": (
            lambda: np.array([start, *np.full(steps, start - rate * slope(start))]),
            "All positions after the start are the same: each step sets off from `start` "
            "again. Set off from the last position.",
        ),
        "slope_at_start": (
            lambda: start - rate * slope(start) * np.arange(steps + 1),
            "Every step uses the slope at the start. Ask `slope` again at each new position.",
        ),
        "steps_from_start": (
            lambda: _path(start, lambda x: start - rate * slope(x), steps),
            "Every step sets off from `start`. Set off from the last position instead.",
        ),
        "slope_of_the_example": (
            lambda: _path(start, lambda x: x - rate * 2 * (x - 3), steps),
            "It always walks on the example's slope, 2(x - 3). Call the function `slope` that "
            "you were given.",
        ),
    }


def _mistaken_directions(slope, start, rate, steps) -> Mistakes:
    return {
        "climbs_on_the_left": (
            lambda: _path(start, lambda x: x - rate * abs(slope(x)), steps),
            "Every step goes to the left. Keep the sign of the slope: where it is negative, "
            "the way down leads to the right.",
        ),
        "climbs": (
            lambda: _path(start, lambda x: x + rate * slope(x), steps),
            "The path goes up. The slope points uphill, so subtract it.",
        ),
    }


def _mistaken_lengths(slope, start, rate, steps) -> Mistakes:
    return {
        "rate_ignored": (
            lambda: _path(start, lambda x: x - slope(x), steps),
            "Each step is the whole slope long. Multiply it by `rate`.",
        ),
        "sign_only": (
            lambda: _path(start, lambda x: x - rate * np.sign(slope(x)), steps),
            "Every step has the same length. A steeper slope should give a longer step.",
        ),
        "rate_divides": (
            lambda: _path(start, lambda x: x - slope(x) / rate, steps),
            "The slope is divided by `rate`. A larger rate should make longer steps: multiply.",
        ),
    }


def _mistaken_results(slope, start, rate, steps) -> Mistakes:
    """Return paths in which something else than the next position is kept."""
    return {
        "whole_numbers": (
            lambda: _path(start, lambda x: int(x - rate * slope(x)), steps),
            "Every position is cut to a whole number, because `start` is the whole number "
            f"{start}: an array made from it holds nothing else. Make it with `dtype=float`.",
        ),
        "step_only": (
            lambda: _path(start, lambda x: rate * slope(x), steps),
            "This is the step itself. The next position is the last one minus the step.",
        ),
    }

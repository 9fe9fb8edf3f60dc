"""The check of a gradient check, which compares a gradient with small differences of the loss."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.checks.arrays import Mistakes, expect_number, name_mistake
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import along_each_entry, central_differences, sigmoid


@exercise(
    smaller_step="for one entry only: print the loss a step to its right and a step to its "
    "left. How far apart are these two places?"
)
def gradient_check(answer: Answer) -> str:
    """``gradient_check(loss, W, grad, eps)``: the relative error of a gradient.

    Parameters
    ----------
    loss : callable
        ``loss(W)`` is a number.
    W : numpy.ndarray, any shape
        Where the gradient was computed. It is not changed.
    grad : numpy.ndarray, shape of W
        The gradient to be checked.
    eps : float
        Step of the central differences.

    Returns
    -------
    float
        |numeric - grad| / (|numeric| + |grad|), where | | is the root of the summed squares and
        ``numeric`` are the central differences.
    """
    rng = np.random.default_rng(9)
    for shape in ((3, 2), (4, 1), (1, 5)):
        X, W = rng.normal(size=(6, shape[0])), rng.normal(size=shape)
        _expect_relative_errors(answer, X, W)
    return "Small for a right gradient, large for a wrong one, and the weights stay as they were."


def _expect_relative_errors(answer: Answer, X: np.ndarray, W: np.ndarray) -> None:
    def loss(V):
        return float((sigmoid(X @ V) ** 2).sum())

    s = sigmoid(X @ W)
    right = X.T @ (2 * s * s * (1 - s))
    for eps, grad in (
        (1e-4, _shifted(right, -0.3, 0.5)),
        (1e-4, 2 * right),
        (1e-4, _shifted(right, 0.3, -0.3)),
        (1e-3, right),
    ):
        numeric = central_differences(loss, W, eps)
        expected = _relative_error(numeric, grad)
        came = _asked(answer, loss, W, grad, eps)
        if not np.isclose(came, expected, rtol=1e-3, atol=1e-8):
            fooled = expected > 1e-3 > came
            _expect_differences(answer, came, loss, W, grad, fooled)
            mistakes = {
                **_mistaken_differences(came, loss, W, grad, eps),
                **_mistaken_steps(loss, W, grad, eps),
                **_mistaken_ratios(numeric, grad),
            }
            _name_wrong_error(came, expected, mistakes, fooled)


def _shifted(gradient: np.ndarray, first: float, last: float) -> np.ndarray:
    """Return a wrong gradient: numbers are added to its first and last entry."""
    wrong = gradient.copy()
    wrong.flat[0] += first
    wrong.flat[-1] += last
    return wrong


def _relative_error(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))


def _asked(answer: Answer, loss, W, grad, eps) -> float:
    try:
        came = answer(loss, W, grad, eps)
    except Wrong as wrong:
        if wrong.hint == "changes_input":
            wrong.hint = "not_restored"
            wrong.message = (
                "`W` is not what it was before: a step was not taken back. The loss drifts away "
                "from entry to entry. Restore the entry, or step on a copy."
            )
        raise
    advice = "Compare lengths: the root of the summed squares, `np.linalg.norm`."
    return expect_number(came, "gradient_check(...)", advice)


def _expect_differences(answer: Answer, came, loss, W, grad, fooled: bool) -> None:
    if came == 1 or abs(came - 1) < 1e-6:
        raise Wrong(
            "numeric_is_zero",
            "The error is 1, as if `numeric` were 0 everywhere. Is every difference stored, and "
            "divided by all of `(2 * eps)`, in brackets?",
        )
    if not fooled and answer(loss, W, grad, 0.5) == came:
        raise Wrong(
            "eps_ignored",
            "A step of 0.5 and one of 0.0001 give the same error. Is `eps` the step that you take? "
            "A far smaller one drowns in rounding errors.",
        )


def _name_wrong_error(came: float, expected: float, mistakes: Mistakes, fooled: bool) -> None:
    name_mistake(mistakes, lambda wrong: np.isclose(came, wrong, rtol=1e-6, atol=1e-12))
    if fooled:
        raise Wrong(
            "always_small",
            f"A wrong gradient gets the error {came:.1e}, which says that all is well. It should "
            f"get {expected:.2f}.",
        )
    raise Wrong("wrong_value", f"The relative error should be {expected:.3g}, but is {came:.3g}.")


def _mistaken_differences(came: float, loss: Callable, W, grad, eps) -> Mistakes:
    """Return errors of `grad` if losses are compared in another way."""

    def error(difference: Callable) -> Callable:
        return lambda: _relative_error(along_each_entry(difference, W, eps), grad)

    return {
        "one_sided": (
            error(lambda step: (loss(W + step) - loss(W)) / eps),
            f"With a right gradient the error is {came:.1e}, about as large as `eps`. Step to both "
            "sides of W and divide by 2 eps: the error becomes far smaller.",
        ),
        "divided_by_eps": (
            error(lambda step: (loss(W + step) - loss(W - step)) / eps),
            "The difference spans 2 eps, from -eps to +eps, but is divided by eps.",
        ),
        "reversed": (
            error(lambda step: (loss(W - step) - loss(W + step)) / (2 * eps)),
            "The difference is taken the wrong way round: right minus left, not left minus right.",
        ),
        "brackets": (
            error(lambda step: loss(W + step) - loss(W - step) / (2 * eps)),
            "Division comes before subtraction, so only the second loss is divided. Set brackets "
            "around the difference.",
        ),
        "not_divided": (
            error(lambda step: loss(W + step) - loss(W - step)),
            "This is the difference of the losses. Divide it by the distance, 2 eps.",
        ),
        "one_sided_left": (
            error(lambda step: (loss(W) - loss(W - step)) / eps),
            "This looks to one side of W only. Step to both sides and divide by 2 eps: with a "
            "right gradient the error becomes far smaller.",
        ),
    }


def _mistaken_steps(loss: Callable, W, grad, eps) -> Mistakes:
    """Return errors of `grad` if other entries are moved, or the entry by another step."""

    def all_at_once():
        slope = (loss(W + eps) - loss(W - eps)) / (2 * eps)
        return _relative_error(np.full_like(W, slope), grad)

    def half_step():
        slopes = along_each_entry(lambda step: (loss(W + step) - loss(W)) / (2 * eps), W, eps)
        return _relative_error(slopes, grad)

    def piled_up():
        moved = np.zeros_like(W)

        def slope(step):
            moved[...] += step
            return (loss(W + moved) - loss(W - moved)) / (2 * eps)

        return _relative_error(along_each_entry(slope, W, eps), grad)

    return {
        "all_at_once": (
            all_at_once,
            "All entries are moved at once. Move one entry at a time: each has its own slope.",
        ),
        "half_step": (
            half_step,
            "Each slope is half of what it should be. Is one side still W itself? `V = W` makes "
            "no copy, and the step back must go to W - eps.",
        ),
        "steps_pile_up": (
            piled_up,
            "Steps pile up: entries that were moved before stay moved. Make a new `step` of "
            "zeros for each entry.",
        ),
    }


def _mistaken_ratios(numeric: np.ndarray, grad: np.ndarray) -> Mistakes:
    """Return errors of `grad` if the two gradients are compared in another way."""
    a, b = np.linalg.norm(numeric), np.linalg.norm(grad)
    gap = np.linalg.norm(numeric - grad)
    sums = np.abs(numeric).sum() + np.abs(grad).sum()
    other_lengths = {"grad": b, "numeric": a, "larger": max(a, b)}
    other_lengths["length_of_sum"] = np.linalg.norm(numeric + grad)
    return {
        "absolute": (
            lambda: gap,
            "This error grows with the gradient. Divide by |numeric| + |grad|.",
        ),
        "no_root": (
            lambda: (gap / np.hypot(a, b)) ** 2,
            "The root is missing: a length is the root of the summed squares.",
        ),
        "not_a_length": (
            lambda: np.abs(numeric - grad).sum() / sums,
            "These are sums of absolute values. A length is the root of the summed squares.",
        ),
        "brackets_below": (
            lambda: gap / a + b,
            "Only the first length divides. Put brackets around the sum below the line.",
        ),
        **{
            f"divided_by_{which}": (
                lambda below=below: gap / below,
                "The difference is right. Divide it by |numeric| + |grad|: both lengths, added.",
            )
            for which, below in other_lengths.items()
        },
        "signs_cancel": (
            lambda: abs((numeric - grad).sum()) / sums,
            "Differences of opposite sign cancel out. Square them before you add them up.",
        ),
    }

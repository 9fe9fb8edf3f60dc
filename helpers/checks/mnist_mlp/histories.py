"""The check of reading a training history: the best epoch, and whether what follows overfits."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from numbers import Integral

import numpy as np

from helpers.checks.arrays import explained
from helpers.checks.feedback import exercise
from helpers.checks.mnist_mlp.made_histories import histories
from helpers.checks.mnist_mlp.wrong_epochs import (
    ONE_ADDED_TOO_EARLY,
    VALUE_AS_PLACE,
    WRONG_EPOCHS,
    History,
    best_place,
)
from helpers.checks.mnist_mlp.wrong_verdicts import WRONG_VERDICTS, overfits
from helpers.checks.running import Answer, Wrong
from helpers.checks.wrong_rules import first_difference, name_wrong_rule


@exercise(
    smaller_step="take the epoch alone. `min(history['val_loss'])` is the lowest validation loss; "
    "at which place in the list does it stand, counted from 1?"
)
def overfitting(answer: Answer) -> str:
    """``overfitting(history)``: the best epoch, and whether the epochs after it overfit.

    Parameters
    ----------
    history : dict of str to list of float
        ``"loss"`` and ``"val_loss"``, one number an epoch, as in Keras's ``fit(...).history``;
        there may be accuracies as well.

    Returns
    -------
    tuple of int and bool
        The epoch with the lowest validation loss (the first such), counted from 1; and True when
        at the end the validation loss is more than 10 % above its lowest while the training loss
        is lower than it was at the best epoch.
    """
    made = histories()
    with _explained_keys(), _explained_places():
        pairs = [_pair(answer(history)) for history in made]
    _expect_epochs(made, [epoch for epoch, _ in pairs])
    _expect_verdicts(made, [verdict for _, verdict in pairs])
    return (
        f"Right for {len(made)} histories: falling, turning, noisy and diverging ones, with and "
        "without a gap."
    )


@contextlib.contextmanager
def _explained_keys() -> Iterator[None]:
    with (
        explained(
            "needs_accuracy",
            "A model that was compiled without metrics has only `loss` and `val_loss` in its "
            "history, and these two are enough.",
            lambda error: "KeyError" in error and "acc" in error,
        ),
        explained(
            "a_history_object",
            "What is handed in is the dictionary itself, the attribute `.history` of what `fit` "
            "returns.",
            lambda error: "'dict' object has no attribute" in error,
        ),
        explained(
            "lowest_training_loss",
            "Look for a value in the list of which it is the lowest, `val_loss`.",
            lambda error: "not in list" in error,
        ),
        explained(
            "whole_list_compared",
            "All values of a list stand at one side. Only the end of training counts: which place "
            "is the last one?",
            lambda error: "not supported between" in error and "'list'" in error,
        ),
        explained(
            "ampersand",
            "`&` is reckoned before `>` and `<`. Two comparisons are joined by `and`.",
            lambda error: "for &:" in error or "for |:" in error,
        ),
    ):
        yield


_NOT_ITS_OWN = " Or is a length, or another run's history, fixed in the code?"


@contextlib.contextmanager
def _explained_places() -> Iterator[None]:
    with (
        explained(
            "value_as_place",
            VALUE_AS_PLACE,
            lambda error: "ntegers" in error and ("float" in error or "slices (`:`)" in error),
        ),
        explained(
            "one_added_too_early",
            "There is no epoch behind the last one. " + ONE_ADDED_TOO_EARLY + _NOT_ITS_OWN,
            lambda error: "IndexError" in error and "out of " in error,
        ),
    ):
        yield


def _pair(value: object) -> tuple[int, bool]:
    """Return the epoch and the verdict, or raise `Wrong` if they are not a number and a bool."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise Wrong(
            "not_a_pair",
            "`overfitting` should return two things: `return best_epoch, overfits`, a whole number "
            "and `True` or `False`.",
        )
    epoch, verdict = value
    if isinstance(epoch, bool | np.bool_) and not isinstance(verdict, bool | np.bool_):
        raise Wrong(
            "swapped",
            f"First came {epoch}, then {verdict!r:.40}: the two have changed places. Return first "
            "the epoch, then whether it overfits.",
        )
    return _epoch(epoch), _verdict(verdict)


def _epoch(epoch: object) -> int:
    if np.ndim(epoch):
        raise Wrong(
            "several_epochs",
            f"The best epoch is an array of shape {np.shape(epoch)}. It should be one number: of "
            "epochs that are equally good the first.",
        )
    if isinstance(epoch, float) and epoch.is_integer():
        raise Wrong(
            "float_epoch",
            f"The best epoch should be a whole number, not {epoch!r:.40}. `int` makes one of it.",
        )
    if not isinstance(epoch, Integral | np.ndarray):
        advice = "Is it the lowest loss itself? Asked for is the epoch at which it was reached."
        raise Wrong(
            "value_not_epoch",
            f"The best epoch should be a whole number, not {epoch!r:.40}. {advice}",
        )
    return int(epoch)


def _verdict(verdict: object) -> bool:
    is_bool = isinstance(verdict, bool | np.bool_ | Integral | np.ndarray) and not np.ndim(verdict)
    if is_bool and verdict in (0, 1):
        return bool(verdict)
    if np.ndim(verdict):
        came = f"an array of shape {np.shape(verdict)}: only the end of training counts"
    else:
        came = f"{verdict!r:.40}. A comparison such as `a > b` gives one of the two"
    raise Wrong("not_a_bool", f"`overfits` should be `True` or `False`, but is {came}.")


def _expect_epochs(made: list[History], came: list[int]) -> None:
    right = [best_place(history) + 1 for history in made]
    place = first_difference(came, right)
    if place is None:
        return
    table = _table(made[place])
    if len(set(came)) == 1:
        raise Wrong(
            "another_history",
            f"The best epoch is {came[0]} for every history. Is it fixed in the code, or that of "
            "another run? It belongs to the history that is handed in.",
        )
    name_wrong_rule(WRONG_EPOCHS, made, came, table)
    raise Wrong(
        "wrong_epoch",
        f"The best epoch of this history is {right[place]}, where `val_loss` is lowest, but there "
        f"came {came[place]}.",
        table,
    )


def _expect_verdicts(made: list[History], came: list[bool]) -> None:
    right = [overfits(history) for history in made]
    place = first_difference(came, right)
    if place is None:
        return
    table = _table(made[place])
    name_wrong_rule(WRONG_VERDICTS, made, came, table)
    end, lowest = made[place]["val_loss"][-1], min(made[place]["val_loss"])
    raise Wrong(
        "wrong_verdict",
        f"For this history `overfits` should be {right[place]}, but is {came[place]}. At the end "
        f"`val_loss` is {100 * (end / lowest - 1):.0f} % above its lowest; and the training loss, "
        "compared with the best epoch?",
        table,
    )


def _table(history: History) -> str:
    rows = zip(history["loss"], history["val_loss"], strict=True)
    lines = [f"{i:5}  {a:8.3f}  {b:8.3f}" for i, (a, b) in enumerate(rows, start=1)]
    return "\n".join(["epoch      loss  val_loss", *lines])

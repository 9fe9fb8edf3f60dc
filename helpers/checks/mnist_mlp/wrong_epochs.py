"""How training histories are misread: known wrong rules for the best epoch."""

from __future__ import annotations

import numpy as np

from helpers.checks.wrong_rules import WrongRule

History = dict[str, list[float]]


def best_place(history: History) -> int:
    """Return the place, from 0, of the lowest validation loss."""
    return int(np.argmin(history["val_loss"]))


def _first_dip(history: History) -> int:
    steps = np.diff(history["val_loss"])
    return int(np.argmax(np.append(steps >= 0, True))) + 1


def _place_of_highest(accuracies: list[float] | None) -> int | None:
    return None if accuracies is None else int(np.argmax(accuracies)) + 1


VALUE_AS_PLACE = (
    "`min(values)` is the lowest value itself. Where in the list does it stand? A place is a whole "
    "number."
)
ONE_ADDED_TOO_EARLY = (
    "Places count from 0, epochs from 1: the values of the best epoch stand one place before its "
    "number. Add 1 only to what you return."
)
WRONG_EPOCHS = (
    WrongRule(
        "counts_from_zero",
        best_place,
        "Every epoch is too small by one: numpy counts from 0, Keras prints `Epoch 1` first.",
    ),
    WrongRule(
        "one_too_many",
        lambda history: best_place(history) + 2,
        "Every epoch is too large by one: 1 is added to the place once, not twice.",
    ),
    WrongRule("value_as_place", lambda history: int(min(history["val_loss"])) + 1, VALUE_AS_PLACE),
    WrongRule("value_as_place", lambda history: int(min(history["val_loss"])), VALUE_AS_PLACE),
    WrongRule(
        "lowest_training_loss",
        lambda history: int(np.argmin(history["loss"])) + 1,
        "At this epoch the training loss is lowest. It falls as long as you train; which loss "
        "belongs to digits that were not trained on?",
    ),
    WrongRule(
        "last_of_ties",
        lambda history: len(history["loss"]) - int(np.argmin(history["val_loss"][::-1])),
        "When the lowest value is reached twice, the first of these epochs is meant: what comes "
        "after it has brought nothing.",
    ),
    WrongRule(
        "highest",
        lambda history: int(np.argmax(history["val_loss"])) + 1,
        "At this epoch the validation loss is highest. A loss is better when it is lower.",
    ),
    WrongRule(
        "last_epoch",
        lambda history: len(history["loss"]),
        "This is the last epoch of every history. The best may have come before it.",
    ),
    WrongRule(
        "first_dip",
        _first_dip,
        "This is where `val_loss` stops falling for the first time. It may rise a little and then "
        "fall further: look for the lowest of all.",
    ),
    WrongRule(
        "smallest_gap",
        lambda history: (
            int(np.argmin(np.abs(np.subtract(history["val_loss"], history["loss"])))) + 1
        ),
        "At this epoch the two losses are nearest to each other. An untrained network has hardly a "
        "gap either: take the epoch at which `val_loss` itself is lowest.",
    ),
    WrongRule(
        "by_accuracy",
        lambda history: _place_of_highest(history.get("val_accuracy")),
        "At this epoch the validation accuracy is highest. Asked for is the lowest `val_loss`.",
    ),
)

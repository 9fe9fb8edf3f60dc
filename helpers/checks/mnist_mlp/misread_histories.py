"""How training histories are misread: known wrong rules for the best epoch and for the verdict."""

from __future__ import annotations

import numpy as np

from helpers.checks.wrong_rules import WrongRule

History = dict[str, list[float]]


def best_place(history: History) -> int:
    """Return the place, from 0, of the lowest validation loss."""
    return int(np.argmin(history["val_loss"]))


def overfits(history: History) -> bool:
    """Tell whether the validation loss rose since the best epoch and the training loss fell."""
    return _val_rises(history) and _learns(history)


def _val_rises(history: History) -> bool:
    return history["val_loss"][-1] > 1.1 * min(history["val_loss"])


def _learns(history: History) -> bool:
    return history["loss"][-1] < history["loss"][best_place(history)]


def _gap(history: History, epoch: int) -> float:
    return history["val_loss"][epoch] - history["loss"][epoch]


def _first_dip(history: History) -> int:
    steps = np.diff(history["val_loss"])
    return int(np.argmax(np.append(steps >= 0, True))) + 1


def _place_of_highest(accuracies: list[float] | None) -> int | None:
    return None if accuracies is None else int(np.argmax(accuracies)) + 1


WRONG_EPOCHS = (
    WrongRule(
        "counts_from_zero",
        best_place,
        "Every epoch is too small by one: numpy counts from 0, Keras prints `Epoch 1` first.",
    ),
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


def _accuracy_falls(accuracies: list[float] | None) -> bool | None:
    return None if accuracies is None else accuracies[-1] < 0.9 * max(accuracies)


_A_GAP = (
    "A gap between the two losses is usual: what was trained on is easier. It is overfitting when "
    "`val_loss` itself gets worse, compared with its own lowest value."
)
_NOISE = (
    "You call every rise overfitting. From one epoch to the next `val_loss` goes up and down by "
    "chance: only more than 10 % above its lowest counts."
)
_PEAK = (
    "On the way `val_loss` was more than 10 % higher, but it came down again. Only where it stands "
    "at the end counts."
)
_LAST_STEP = (
    "Only the last step is looked at. Compare the end with the best epoch, which may lie several "
    "steps back."
)
WRONG_VERDICTS = (
    WrongRule(
        "reversed",
        lambda history: not overfits(history),
        "Every verdict is the opposite of the right one: `True` means that the network overfits.",
    ),
    WrongRule(
        "always_the_same",
        lambda history: False,
        "The verdict is `False` for every history, also where `val_loss` turns while `loss` falls.",
    ),
    WrongRule(
        "always_the_same",
        lambda history: True,
        "The verdict is `True` for every history, also where `val_loss` falls to the end.",
    ),
    WrongRule("a_gap", lambda history: _gap(history, -1) > 0, _A_GAP),
    WrongRule("a_gap", lambda history: history["val_loss"][-1] > 1.1 * history["loss"][-1], _A_GAP),
    WrongRule(
        "a_gap", lambda history: _gap(history, -1) > _gap(history, best_place(history)), _A_GAP
    ),
    WrongRule("any_rise", lambda history: best_place(history) + 1 < len(history["loss"]), _NOISE),
    WrongRule(
        "any_rise", lambda history: history["val_loss"][-1] > min(history["val_loss"]), _NOISE
    ),
    WrongRule(
        "any_rise",
        lambda history: _learns(history) and history["val_loss"][-1] > min(history["val_loss"]),
        _NOISE,
    ),
    WrongRule(
        "divergence",
        _val_rises,
        "Here both losses rise. That is divergence: the steps are too large. A network that "
        "overfits still gets better at what it is trained on, so `loss` has to be asked as well.",
    ),
    WrongRule(
        "validation_not_asked",
        _learns,
        "The training loss fell after the best epoch. That alone is no overfitting: how far is "
        "`val_loss` above its lowest value at the end?",
    ),
    WrongRule(
        "absolute_rise",
        lambda history: (
            _learns(history) and history["val_loss"][-1] - min(history["val_loss"]) > 0.1
        ),
        "The rise is compared with 0.1. More than 10 % above its lowest means more than 1.1 times "
        "that value, however small or large the losses are.",
    ),
    WrongRule(
        "peak_not_end",
        lambda history: (
            _learns(history)
            and max(history["val_loss"][best_place(history) :]) > 1.1 * min(history["val_loss"])
        ),
        _PEAK,
    ),
    WrongRule(
        "peak_not_end",
        lambda history: (
            _learns(history) and max(history["val_loss"]) > 1.1 * min(history["val_loss"])
        ),
        _PEAK,
    ),
    WrongRule(
        "against_the_start",
        lambda history: _learns(history) and history["val_loss"][-1] > 1.1 * history["val_loss"][0],
        "The end of `val_loss` is compared with its first value. Compare it with its lowest.",
    ),
    WrongRule(
        "training_since_the_start",
        lambda history: _val_rises(history) and history["loss"][-1] < history["loss"][0],
        "The end of `loss` is compared with its first value. Compare it with its value at the best "
        "epoch: what happens after that epoch is the question.",
    ),
    WrongRule(
        "last_step",
        lambda history: (
            _learns(history) and history["val_loss"][-1] > 1.1 * history["val_loss"][-2:][0]
        ),
        _LAST_STEP,
    ),
    WrongRule(
        "last_step",
        lambda history: _val_rises(history) and history["loss"][-1] < history["loss"][-2:][0],
        _LAST_STEP,
    ),
    WrongRule(
        "by_accuracy",
        lambda history: _accuracy_falls(history.get("val_accuracy")),
        "The verdict follows the accuracy. Asked for are the two losses: a network can be right as "
        "often as before, and be more and more sure where it is wrong.",
    ),
)

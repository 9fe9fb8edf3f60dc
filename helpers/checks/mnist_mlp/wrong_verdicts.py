"""How training histories are misread: known wrong rules for whether a network overfits."""

from __future__ import annotations

from collections.abc import Callable

from helpers.checks.mnist_mlp.wrong_epochs import ONE_ADDED_TOO_EARLY, History, best_place
from helpers.checks.wrong_rules import WrongRule


def overfits(history: History) -> bool:
    """Tell whether the validation loss rose since the best epoch and the training loss fell."""
    return _val_rises(history) and _learns(history)


def _val_rises(history: History) -> bool:
    return history["val_loss"][-1] > 1.1 * min(history["val_loss"])


def _best_loss(history: History) -> float:
    """Return the training loss at the best epoch."""
    return history["loss"][best_place(history)]


def _learns(history: History) -> bool:
    return history["loss"][-1] < _best_loss(history)


def _gap(history: History, epoch: int) -> float:
    return history["val_loss"][epoch] - history["loss"][epoch]


def _training_loss_one_late(history: History) -> float:
    """Return the training loss of the epoch after the best, or of the last."""
    return history["loss"][best_place(history) :][:2][-1]


def _rises_above(factor: float) -> Callable[[History], bool]:
    """Return the rule that takes another factor than 1.1."""
    return lambda history: (
        _learns(history) and history["val_loss"][-1] > factor * min(history["val_loss"])
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
_VALIDATION_WITH_TRAINING = (
    "The end of `val_loss` is compared with the training loss. Compare it with the lowest value of "
    "`val_loss` itself."
)
_TRAINING_WITH_VALIDATION = (
    "The end of `loss` is compared with `val_loss`. Compare it with `loss` itself, at the best "
    "epoch."
)
_ANOTHER_LIMIT = (
    "The limit is not 10 % above the lowest `val_loss`. With which factor does a number grow by "
    "10 %?"
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
        "The verdict is `False` for every history, also where `val_loss` turns while `loss` falls. "
        "Is there a condition that can never hold, as that `loss` is below its own lowest value, "
        "or that `val_loss` rises by more than 10? 10 percent above is a factor of 1.1. "
        "Or is another history asked than the one that is handed in?",
    ),
    WrongRule(
        "always_the_same",
        lambda history: True,
        "The verdict is `True` for every history, also where `val_loss` falls to the end. Is there "
        "a condition that always holds, as that a loss is above a tenth of its lowest value? Or is "
        "another history asked than the one that is handed in?",
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
        "The verdict is `True` wherever the training loss fell after the best epoch. Either "
        "`val_loss` is not asked, or what it is asked always holds: its end is above 0.1 times its "
        "lowest value in any history. With which factor does its lowest value grow by 10 %?",
    ),
    WrongRule(
        "or_for_and",
        lambda history: _val_rises(history) or _learns(history),
        "`True` came also where only one of the two conditions holds. Both have to hold: which "
        "word joins them?",
    ),
    WrongRule(
        "one_added_too_early",
        lambda history: (
            _val_rises(history) and history["loss"][-1] < _training_loss_one_late(history)
        ),
        "`loss` at the end is compared with the epoch after the best one. " + ONE_ADDED_TOO_EARLY,
    ),
    WrongRule(
        "equal_training_loss",
        lambda history: _val_rises(history) and history["loss"][-1] <= _best_loss(history),
        "`True` came also where `loss` is the same as in the best epoch. It has to be lower.",
    ),
    WrongRule(
        "training_rises",
        lambda history: _val_rises(history) and history["loss"][-1] > _best_loss(history),
        "`True` came where both losses rise, and only there. A network that overfits gets better "
        "at what it is trained on: look at the sign with which `loss` is compared.",
    ),
    *(
        WrongRule("against_training_loss", rule, _VALIDATION_WITH_TRAINING)
        for rule in (
            lambda history: history["val_loss"][-1] > 1.1 * _best_loss(history),
            lambda history: (
                _learns(history) and history["val_loss"][-1] > 1.1 * min(history["loss"])
            ),
            lambda history: (
                _learns(history) and history["val_loss"][-1] > 1.1 * _best_loss(history)
            ),
        )
    ),
    *(
        WrongRule("training_against_validation", rule, _TRAINING_WITH_VALIDATION)
        for rule in (
            lambda history: _val_rises(history) and history["loss"][-1] < min(history["val_loss"]),
            lambda history: _val_rises(history) and _gap(history, -1) > 0,
        )
    ),
    WrongRule(
        "share_of_the_end",
        _rises_above(1 / 0.9),
        "A rise of 10.5 % is more than 10 %. They are meant of the lowest `val_loss`, not of the "
        "last, and nothing is rounded.",
    ),
    *(
        WrongRule("another_limit", _rises_above(factor), _ANOTHER_LIMIT)
        for factor in (1.01, 1.05, 1.2, 1.5, 2)
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

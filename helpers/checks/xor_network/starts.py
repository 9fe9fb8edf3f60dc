"""The check of how many random starts learn XOR."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.checks.arrays import TOLERANCE, expect_number
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import step_down
from helpers.checks.xor_network.truth_table import XOR_X, XOR_Y, right_sides


@exercise(
    smaller_step="for one seed: train it, run `forward`, and print whether all four outputs lie on "
    "the right side of 0.5.",
    seconds=10,
)
def xor_success(answer: Answer) -> str:
    """``xor_success(seeds, hidden)``: the share of starts that learn XOR.

    A start is ``random_start(seed, hidden)``; it is trained by ``train`` (1000 epochs of the full
    batch, rate 0.5) and counts when all four outputs are on the right side of 0.5.

    Parameters
    ----------
    seeds : list of int
        One start for each.
    hidden : int
        Number of hidden units.

    Returns
    -------
    float
        From 0 to 1.
    """
    for seeds, hidden in (([0, 8, 12, 45, 47, 170, 249, 279], 2), ([10, 125, 329, 0, 8, 1], 3)):
        shares = _shares(seeds, hidden)
        came = expect_number(answer(seeds, hidden), "xor_success(...)")
        if not abs(came - shares.solved) <= 1e-9:  # catches nan as well
            told = f"For the seeds {seeds} and {hidden} hidden units"
            _name_other_number(came, shares, len(seeds))
            if hidden != 2 and _agree(came, _shares(seeds, 2).solved):
                raise Wrong("hidden_ignored", f"{told} it answers as for 2. Does `hidden` come in?")
            _name_wrong_count(came, shares, len(seeds), told)
    return "The share of starts with all four outputs right, for 2 and for 3 hidden units."


class _Shares(NamedTuple):
    """Shares of starts that solve XOR after and before training, and of right outputs after it."""

    solved: float
    before: float
    right_outputs: float


def _shares(seeds: list[int], hidden: int) -> _Shares:
    """Train all starts in one batch."""
    starts = [np.random.default_rng(seed) for seed in seeds]
    weights = [(r.normal(size=(3, hidden)), r.normal(size=(hidden + 1, 1))) for r in starts]
    W = [np.stack(part) for part in zip(*weights, strict=True)]
    before = right_sides(W).all(axis=(1, 2))
    X = np.broadcast_to(XOR_X, (len(seeds), *XOR_X.shape))
    for _ in range(1000):
        W = step_down(W, X, XOR_Y, 0.5)
    right = right_sides(W)
    solved = right.all(axis=(1, 2))
    return _Shares(float(solved.mean()), float(before.mean()), float(right.mean()))


def _agree(a: float, b: float) -> bool:
    return abs(a - b) < TOLERANCE


def _name_other_number(came: float, shares: _Shares, n: int) -> None:
    """Name what was counted, if it is not starts, or in which unit."""
    if _agree(came, shares.solved * n):
        raise Wrong("count", "This is a count. Divide it by the number of seeds.")
    if _agree(came, 100 * shares.solved):
        raise Wrong("percent", "This is in per cent. Return a share between 0 and 1.")
    if _agree(came, shares.right_outputs):
        raise Wrong(
            "outputs_not_starts",
            "This is the share of right outputs. A start counts only when all four are right.",
        )
    if _agree(came, 1 - shares.solved):
        raise Wrong("failures", "This is the share of starts that failed.")


def _name_wrong_count(came: float, shares: _Shares, n: int, told: str) -> None:
    if came == 0:
        raise Wrong(
            "none_counts",
            f"{told} some starts succeed, but you count none. Compare sides, not values (an output "
            "is never exactly 1), and compare shapes: `o` and `XOR_Y` are both (4, 1).",
        )
    if _agree(came, shares.before):
        raise Wrong("untrained", "These networks look untrained. Use what `train` returns.")
    if came == 1:
        raise Wrong(
            "all_count",
            f"{told} some starts fail, but you count all. Does every turn of the loop use its own "
            "seed? Do all four outputs have to be right?",
        )
    if came < shares.solved and round(came * n, 6) == round(came * n):
        raise Wrong(
            "too_strict",
            f"{told} you count too few: {came:.2f} instead of {shares.solved:.2f}. A start counts "
            "when its four outputs are on the right side of 0.5, however near to it, after the "
            "1000 epochs that `train` makes by itself.",
        )
    raise Wrong(
        "wrong_value", f"{told} the share should be {shares.solved:.3f}, but is {came:.3f}."
    )

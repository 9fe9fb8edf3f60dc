"""Training histories made up so that each mistake in reading them shows in at least one."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

# Training losses and validation losses, epoch by epoch, and why they are here.
_DRAWN = (
    # A turning point in the middle, a training loss that goes on falling.
    ([0.9, 0.5, 0.3, 0.2, 0.1, 0.05], [1.0, 0.6, 0.5, 0.45, 0.55, 0.7]),
    # Everything falls to the end.
    ([0.9, 0.6, 0.4, 0.3, 0.25], [1.0, 0.8, 0.6, 0.5, 0.45]),
    # A gap, large but constant.
    ([0.5, 0.1, 0.05, 0.04, 0.03], [0.8, 0.5, 0.45, 0.44, 0.45]),
    # Both diverge.
    ([0.6, 0.5, 0.7, 1.5, 3.0], [0.7, 0.6, 0.8, 1.7, 3.5]),
    # A rise of 7 %, which is noise.
    ([0.7, 0.4, 0.3, 0.25, 0.2], [0.8, 0.55, 0.5, 0.52, 0.535]),
    # A peak on the way, almost gone at the end.
    ([0.8, 0.5, 0.4, 0.3, 0.2], [0.9, 0.5, 0.8, 0.6, 0.52]),
    # The lowest value comes twice, also as the last one.
    ([0.7, 0.5, 0.45, 0.4, 0.35], [0.6, 0.4, 0.5, 0.4, 0.42]),
    ([0.7, 0.5, 0.45, 0.4], [0.6, 0.4, 0.5, 0.4]),
    # The lowest value comes twice, and then it rises.
    ([0.7, 0.5, 0.45, 0.4, 0.35], [0.6, 0.4, 0.5, 0.4, 0.5]),
    # Never far from the lowest value.
    ([0.5, 0.4, 0.3, 0.2], [0.52, 0.5, 0.53, 0.54]),
    # Small losses: a rise of half, but of only 0.03.
    ([0.08, 0.03, 0.01, 0.004], [0.09, 0.05, 0.06, 0.08]),
    # Large losses: a rise of 0.25, but of only 7 %.
    ([4.0, 3.2, 3.0, 2.8], [4.1, 3.5, 3.6, 3.75]),
    # One epoch.
    ([0.6], [0.7]),
    # The validation loss rises from the start.
    ([0.6, 0.4, 0.3, 0.2], [0.5, 0.6, 0.65, 0.7]),
    # The training loss turns as well, and stays below its first value.
    ([1.0, 0.3, 0.2, 0.5], [1.1, 0.5, 0.4, 0.6]),
    # The training loss rises in the last step alone.
    ([0.9, 0.5, 0.3, 0.1, 0.12], [1.0, 0.6, 0.5, 0.7, 0.8]),
    # The training loss comes back to its value at the best epoch, and is not below it.
    ([0.9, 0.3, 0.5, 0.3], [1.0, 0.5, 0.6, 0.7]),
    # A rise of 10.5 % of the lowest value, which is less than a tenth of the last one.
    ([0.7, 0.5, 0.4, 0.3], [0.6, 0.4, 0.43, 0.442]),
    # A rise of a quarter percent.
    ([0.7, 0.5, 0.4, 0.3], [0.6, 0.45, 0.4, 0.401]),
    # The validation loss creeps up, by less than 5 % an epoch.
    ([0.6, 0.5, 0.4, 0.3, 0.2, 0.1], [0.5, 0.515, 0.53, 0.55, 0.57, 0.59]),
    # A dip comes before the lowest value.
    ([0.9, 0.8, 0.6, 0.5, 0.45, 0.4], [0.9, 0.7, 0.75, 0.6, 0.5, 0.52]),
)


def histories() -> list[dict[str, list[float]]]:
    """Return the histories, as `fit(...).history` of a model gives them.

    Every third one holds accuracies as well, in the order in which Keras writes them: by these
    another epoch is best.
    """
    pairs = [*_DRAWN, *(_random(default_rng(seed)) for seed in range(40))]
    return [
        _with_accuracies(loss, val_loss) if i % 3 == 1 else {"loss": loss, "val_loss": val_loss}
        for i, (loss, val_loss) in enumerate(pairs)
    ]


def _random(rng) -> tuple[list[float], list[float]]:
    """Return losses that wander, whose last rise is not near the limit of 10 %."""
    while True:
        n = int(rng.integers(3, 12))
        loss, val_loss = np.exp(np.cumsum(rng.normal((-0.15, 0.02), 0.2, (n, 2)), axis=0)).T
        if abs(val_loss[-1] / val_loss.min() - 1.1) > 0.01:
            return loss.tolist(), val_loss.tolist()


def _with_accuracies(loss: list[float], val_loss: list[float]) -> dict[str, list[float]]:
    n = len(loss)
    rising = np.linspace(0.5, 0.9, n)
    falling = np.linspace(0.8, 0.3, n) if val_loss[-1] > 1.5 * min(val_loss) else rising - 0.02
    return {
        "accuracy": rising.tolist(),
        "loss": loss,
        "val_accuracy": falling.tolist(),
        "val_loss": val_loss,
    }

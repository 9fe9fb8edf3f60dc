"""How much sooner do mini-batches reach an accuracy than single images do?

Unit 02's race over five starts: the same 64-32-16-10 network, the same images, the same validation
accuracy. All runs of one start follow each other, so a busy computer slows them alike. Only ratios
are meant to be compared; nothing is asserted.

Run it with ``make bench``, or ``python bench/digits_race.py``.
"""

from __future__ import annotations

import itertools
import os

# One thread: more of them only get in each other's way with matrices this small.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from helpers.digits import epoch_in_batches, epoch_one_by_one, predicted, time_to_reach

LAYERS = [64, 32, 16, 10]
STARTS = range(5)
REPEATS = 3
TARGETS = (92, 94)
# The classic rate for a single image, and one tuned for it. Times the size of the batch, the
# classic rate lets the weights travel as far in an epoch.
SINGLE_RATE, TUNED_RATE = 0.05, 0.2
RACERS = {
    "single images, rate .05": (1, SINGLE_RATE, "squared", "normal"),
    "single images, rate .2": (1, TUNED_RATE, "squared", "normal"),
    "batches of 16": (16, 16 * SINGLE_RATE, "squared", "normal"),
    "batches of 64": (64, 64 * SINGLE_RATE, "squared", "normal"),
    "64, softmax, cross-entropy, tanh, Glorot": (64, 0.8, "softmax", "glorot"),
}


def start_weights(kind: str, number: int) -> list[np.ndarray]:
    """Return the first weights: normal with spread 1, or Glorot's with biases of 0."""
    rng = np.random.default_rng(number)
    W = [rng.standard_normal((1 + n, m)) for n, m in itertools.pairwise(LAYERS)]
    if kind == "glorot":
        for w in W:
            w *= np.sqrt(2 / (len(w) - 1 + w.shape[1]))
            w[0] = 0
    return W


def main() -> None:
    """Run the race and print seconds, epochs and ratios."""
    digits = load_digits()
    rest, _, y_rest, _ = train_test_split(
        digits.data / 16, digits.target, test_size=0.25, random_state=13
    )
    X, X_valid, y, y_valid = train_test_split(
        rest, y_rest, test_size=247, stratify=y_rest, random_state=13
    )
    Y = np.eye(10)[y]

    def run(number, target, size, rate, recipe, kind):
        """Return the best time of a few identical runs, and the epochs it took."""

        def epoch(W, order):
            if size == 1:
                epoch_one_by_one(W, X, Y, order, rate)
            else:
                epoch_in_batches(W, X, Y, order, rate, size, recipe)

        def accuracy(W):
            return 100 * np.mean(predicted(W, X_valid, recipe) == y_valid)

        W = start_weights(kind, number)
        return min(
            time_to_reach(target, epoch, accuracy, W, len(X), np.random.default_rng(number))
            for _ in range(REPEATS)
        )

    for target in TARGETS:
        print(f"to {target} % of {len(X_valid)} validation images, best of {REPEATS} runs each")
        seconds = {name: [] for name in RACERS}
        for number in STARTS:
            for name, racer in RACERS.items():
                spent, epochs = run(number, target, *racer)
                seconds[name].append(spent)
                print(f"  start {number}: {name}: {1000 * spent:.0f} ms, {epochs} epochs")
        slow, tuned = (np.array(seconds[name]) for name in list(RACERS)[:2])
        print("times sooner than single images, median (least to most) over the starts")
        for name, found in seconds.items():
            one, two = (rival / found for rival in (slow, tuned))
            print(
                f"  {name}: rate .05 {np.median(one):.0f} ({one.min():.0f} to {one.max():.0f}), "
                f"rate .2 {np.median(two):.1f} ({two.min():.1f} to {two.max():.1f})"
            )


if __name__ == "__main__":
    main()

"""The check of the accuracy of somebody who always gives the most frequent answer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="`y_train = [2, 0, 2, 1]` and `y_test = [0, 2, 1, 1, 2]`: which class does this "
    "guesser name each time, and how many of the five are right?",
    seconds=20.0,  # an answer may import scikit-learn
)
def majority_baseline(answer: Answer) -> str:
    """``majority_baseline(y_train, y_test)``: how often the commonest class is right.

    Parameters
    ----------
    y_train, y_test : int arrays, shape (n,) and (m,)
        The classes of both parts.

    Returns
    -------
    float
        Share of the test part that is of the training part's most frequent class, 0 to 1.
    """
    values = []
    for seed in range(4):
        y_train, y_test = _labels(default_rng(80 + seed))
        values.append(_expect(answer, y_train, y_test))
    return (
        "Right for four pairs of parts, also where another class is the commonest in the test "
        f"part: {', '.join(f'{value:.3f}' for value in values)}."
    )


def _labels(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return labels with another commonest class in training, in the test part and in both."""
    # So many more of each class in a draw: every draw has an answer of its own.
    more = rng.integers(0, 2, 9)
    train = np.repeat(np.arange(9), np.array([11, 9, 8, 20, 23, 12, 6, 12, 3]) + more)
    test = np.repeat(np.arange(9), np.array([6, 5, 3, 14, 9, 2, 8, 17, 7]) + 2 * more[::-1])
    labels = rng.permutation(9)
    train = rng.permutation(train)
    place = np.flatnonzero(train == 1)[0]
    train[[0, place]] = train[[place, 0]]  # the first label is none of the classes above
    return labels[train], labels[rng.permutation(test)]


def _expect(answer: Answer, y_train: np.ndarray, y_test: np.ndarray) -> float:
    array = as_array(answer(y_train, y_test), "majority_baseline(y_train, y_test)")
    if array.size != 1:
        raise Wrong(
            "answers",
            f"There came {array.size} values. Asked for is one number: the share of right answers, "
            "which is their mean.",
        )
    if array.shape:
        raise Wrong("one_in_an_array", "The number stands in an array. Return it by itself.")
    came = float(array.ravel()[0])
    most = np.bincount(y_train).argmax()
    right = float(np.mean(y_test == most))
    if abs(came - right) < 1e-6:
        return right
    for hint, value, sentence in _mistakes(y_train, y_test, most):
        if abs(came - value) < 1e-6:
            raise Wrong(hint, sentence)
    if 0 <= came <= 1 and came == float(as_array(answer(y_test, y_train), "").ravel()[0]):
        raise Wrong("hard_coded", f"{came:g} came for other labels as well. Compute it from both.")
    raise Wrong("wrong_value", f"It should be {right:.4f}, but is {came:.4f}.")


def _mistakes(
    y_train: np.ndarray, y_test: np.ndarray, most: int
) -> Iterator[tuple[str, float, str]]:
    counts, hits = np.bincount(y_train), np.sum(y_test == most)
    named, both = np.mean(y_test == most), np.concatenate([y_train, y_test])
    present = np.flatnonzero(counts)
    chosen = "The class to name is chosen by the training part: "
    evenly = "That is 1 divided by the number of classes: somebody who guesses evenly."
    yield "percent", 100 * named, "That is in percent. Asked for is a share, 0 to 1."
    yield "count", hits, "That is how many are right. Divide by the size of the test part."
    yield "divided_by_training", hits / len(y_train), "Divide by the size of the test part."
    yield "errors", 1 - named, "That is the share of wrong answers."
    yield "the_class", most, "That is the class itself. How often is it right in the test part?"
    yield "guesses_evenly", 1 / len(present), evenly
    yield "guesses_evenly", 1 / len(counts), evenly
    yield (
        "majority_of_test",
        np.bincount(y_test).max() / len(y_test),
        f"{chosen}looking at the test part first is cheating, and rates the guesser too high.",
    )
    yield (
        "majority_of_both",
        np.mean(y_test == np.bincount(both).argmax()),
        f"{chosen}here both parts were counted.",
    )
    yield (
        "share_in_training",
        counts.max() / len(y_train),
        "That is the share in the training part. How often is that class right in the test part?",
    )
    yield (
        "arguments_swapped",
        np.mean(y_train == np.bincount(y_test).argmax()),
        "Training and test part have changed places.",
    )
    yield from _other_classes(y_train, y_test, counts)


def _other_classes(
    y_train: np.ndarray, y_test: np.ndarray, counts: np.ndarray
) -> Iterator[tuple[str, float, str]]:
    present = np.flatnonzero(counts)
    which = "`np.bincount(y_train).argmax()` is the class that occurs most."
    for hint, named, said in (
        ("largest_label", y_train.max(), "The largest label is named, not the commonest."),
        ("rarest_class", present[counts[present].argmin()], "The rarest class is named."),
        ("first_label", y_train[0], "The first label of the training part is named."),
    ):
        yield hint, np.mean(y_test == named), f"{said} {which}"
    yield (
        "nothing_right",
        0,
        "0 came: no answer would be right. Is what you compare with `y_test` a class, not the size "
        "of one, nor a place in `y_train`? And is nothing cut to whole numbers, as by `//`?",
    )

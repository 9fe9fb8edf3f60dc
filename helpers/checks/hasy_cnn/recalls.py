"""The check of the mean recall of the classes, in which a rare class weighs as much as any."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import (
    Mistakes,
    as_array,
    close,
    expect_number,
    explained,
    name_mistake,
)
from helpers.checks.feedback import exercise
from helpers.checks.hasy_cnn.confusions import counted
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="take `t = [0, 0, 0, 1]` and `p = [0, 0, 1, 1]`. Which share of class 0 is found, "
    "and which of class 1? Then the mean of the two.",
    seconds=30,  # an answer may import scikit-learn
)
def macro_recall(answer: Answer) -> str:
    """``macro_recall(t, p, n)``: the mean of the recalls of the classes.

    Parameters
    ----------
    t, p : numpy.ndarray of int, shape (m,)
        The true class of each picture and the predicted one, 0 .. n - 1.
    n : int
        Number of classes.

    Returns
    -------
    float
        The mean, over the classes that occur in `t`, of the share of their pictures that was
        predicted right.
    """
    cases = _cases()
    with explained(
        "divides_by_zero",
        "A class without a picture has no recall: leave it out of the mean.",
        lambda error: "ZeroDivision" in error,
    ):
        for case in cases:
            _expect_mean(answer(*case), *case)
    return (
        f"Right for {len(cases)} sets of pictures: with rare classes, with some that do not occur "
        "and are predicted all the same, with some of which nothing is found."
    )


def _cases() -> list[tuple[np.ndarray, np.ndarray, int]]:
    rng = default_rng(14)
    t = np.repeat(np.arange(6), [37, 16, 9, 5, 3, 8])
    p = np.where(
        rng.random(len(t)) < 0.6, t, rng.choice(6, len(t), p=[0.1, 0.2, 0.2, 0.1, 0.3, 0.1])
    )
    shuffled = rng.permutation(len(t))
    # Classes 0, 4, 8 and 10 do not occur, 4 is predicted; nothing of 5 is found, 7 is never
    # predicted, 9 has a single picture.
    gaps = np.repeat([1, 2, 3, 5, 6, 7, 9], [11, 4, 6, 2, 3, 2, 1])
    found = np.array([1] * 9 + [4, 6, 2, 2, 2, 4, 3, 5, 3, 3, 3, 2, 1, 4, 6, 6, 1, 6, 4, 9])
    return [
        (t[shuffled], p[shuffled], 6),
        (gaps, found, 11),
        (np.array([2, 2, 0]), np.array([2, 1, 0]), 3),
        (np.zeros(3, dtype=int), np.zeros(3, dtype=int), 1),
    ]


def _expect_mean(value: object, t: np.ndarray, p: np.ndarray, n: int) -> None:
    said = f"With n = {n}, {len(t)} pictures and {len(np.unique(t))} classes among them"
    if isinstance(value, dict):
        raise Wrong("not_a_number", "There came a dict of recalls. Asked for is their mean.")
    came = expect_number(value, "macro_recall(t, p, n)", "Take the mean over the classes.")
    recalls = _recalls(t, p, n)
    right = float(np.nanmean(recalls))
    if close(as_array(value, "macro_recall(t, p, n)").reshape(()), right):
        return
    if np.isnan(came):
        raise Wrong(
            "nan",
            f"{said}, the result is nan: not a number. A class without a picture gives 0 / 0, and "
            "one nan spoils a mean. Leave out the classes that do not occur.",
        )
    known = _known(t, p, n, recalls)
    name_mistake(
        {hint: (formula, f"{said}: {text}") for hint, (formula, text) in known.items()},
        lambda expected: np.isclose(came, expected, rtol=1e-6, atol=1e-6),
    )
    if abs(came - right) < 0.006 and np.isclose(came, round(came, 2)):
        raise Wrong(
            "rounded", f"{said}, the result is rounded. Round where you print it, not here."
        )
    raise Wrong("wrong_value", f"{said}, the result should be {right:.6g}, but is {came:.6g}.")


def _recalls(t: np.ndarray, p: np.ndarray, n: int) -> np.ndarray:
    """Return the recall of each class; nan for a class that does not occur."""
    cm = counted(t, p, n)
    with np.errstate(invalid="ignore"):
        return np.diag(cm) / cm.sum(axis=1)


def _known(t: np.ndarray, p: np.ndarray, n: int, recalls: np.ndarray) -> Mistakes:
    return _other_means(t, p, n, recalls) | _other_classes(t, p, n, recalls)


def _other_means(t: np.ndarray, p: np.ndarray, n: int, recalls: np.ndarray) -> Mistakes:
    cm = counted(t, p, n)
    hits, true, predicted = np.diag(cm), cm.sum(axis=1), cm.sum(axis=0)
    occurs = true > 0
    rest = (len(t) - true - predicted + 2 * hits) / len(t)
    return {
        "accuracy": (
            lambda: hits.sum() / len(t),
            "that is the accuracy, in which a class weighs as much as it has pictures. Each class "
            "gets a share of its own first, then comes the mean.",
        ),
        "precision": (
            lambda: np.mean(hits[predicted > 0] / predicted[predicted > 0]),
            "that is the mean precision: right answers among those that say a class. Recall asks "
            "for the right answers among the pictures of the class.",
        ),
        "f1": (
            lambda: np.mean((2 * hits / (true + predicted))[occurs]),
            "that is the mean F1 score. Recall alone is asked for.",
        ),
        "all_errors": (
            lambda: np.mean((hits / (true + predicted - hits))[occurs]),
            "pictures of other classes that were taken for this one count too. Recall looks at the "
            "pictures of the class only.",
        ),
        "share_of_all": (
            lambda: np.mean(hits[occurs]) / len(t),
            "right answers were divided by the number of all pictures. Divide those of a class by "
            "the number of its pictures.",
        ),
        "median": (lambda: np.nanmedian(recalls), "that is the median, not the mean."),
        "sum": (lambda: np.nansum(recalls), "that is the sum of the recalls, not their mean."),
        "percent": (lambda: 100 * np.nanmean(recalls), "that is in percent. Leave it a share."),
        "errors": (lambda: 1 - np.nanmean(recalls), "that is the share that was missed."),
        "one_against_the_rest": (
            lambda: rest[occurs].mean(),
            "pictures of other classes that were not taken for this one count as right. With many "
            "classes nearly all are such. Look at the pictures of the class only.",
        ),
    }


def _other_classes(t: np.ndarray, p: np.ndarray, n: int, recalls: np.ndarray) -> Mistakes:
    occurs, predicted = ~np.isnan(recalls), np.bincount(p, minlength=n) > 0
    absent = (
        "a class that does not occur counts as 0. Nothing of it could be found or missed: divide "
        "by the number of classes that occur."
    )
    several = np.bincount(t, minlength=n) > 1
    return {
        "absent_as_zero": (lambda: np.nansum(recalls) / n, absent),
        "absent_but_predicted": (
            lambda: np.nansum(recalls) / np.sum(occurs | predicted),
            "a class that was predicted but does not occur counts as 0. Only the classes in `t` "
            "have a recall.",
        ),
        "absent_as_one": (
            lambda: np.nan_to_num(recalls, nan=1.0).mean(),
            "a class that does not occur counts as found. Leave it out of the mean.",
        ),
        "up_to_the_largest": (
            lambda: np.nansum(recalls) / (t.max() + 1),
            "the sum was divided by the largest class plus 1. Count the classes that occur.",
        ),
        "never_hit_left_out": (
            lambda: recalls[recalls > 0].mean(),
            "classes of which nothing was found are left out. Their recall is 0, and it counts.",
        ),
        "predicted_only": (
            lambda: recalls[occurs & predicted].mean(),
            "classes that were never predicted are left out. Their recall is 0, and it counts.",
        ),
        "class_0_left_out": (lambda: np.nanmean(recalls[1:]), "class 0 is left out."),
        "last_class_left_out": (lambda: np.nanmean(recalls[:-1]), "the last class is left out."),
        "returns_in_the_loop": (
            lambda: recalls[occurs][0],
            "only the first class is in it. Does `return` stand inside the loop?",
        ),
        "one_picture_left_out": (
            lambda: recalls[several].mean() if several.any() else np.nan,
            "classes with a single picture are left out. One picture is enough for a recall: "
            "`own > 0`.",
        ),
    }

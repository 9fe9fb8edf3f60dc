"""The check of the expected calibration error: does a confidence of .8 mean 80 % right?"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array, close, expect_number, explained, name_mistake
from helpers.checks.feedback import exercise
from helpers.checks.hasy_cnn.confidence_bins import binned, tenths, weighted_gaps
from helpers.checks.hasy_cnn.wrong_calibration import wrong_bins, wrong_sums
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="take four answers with `conf = [.62, .68, .95, .97]`, of which the last three "
    "are right. Which two bins hold them? For each: mean confidence, share of right ones, gap.",
    seconds=30,  # an answer may import SciPy
)
def ece(answer: Answer) -> str:
    """``ece(conf, ok)``: the expected calibration error.

    Parameters
    ----------
    conf : numpy.ndarray of float, shape (m,)
        The largest probability of each answer, above 0, up to and with 1.
    ok : numpy.ndarray of bool, shape (m,)
        Whether the answer is right.

    Returns
    -------
    float
        Ten bins of equal width share (0, 1]. The distance between accuracy and mean confidence of
        each bin that is not empty, weighted by the share of answers in it. To which of its two
        bins an inner edge belongs is left open.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML 2017.
    """
    cases = _cases()
    with _explained_errors():
        for what, conf, ok in cases:
            _expect_error(answer(conf, ok), conf, ok, what)
    return (
        f"Right for {len(cases)} sets of answers: with bins on both sides of the truth, with empty "
        "ones, with a confidence of exactly 1, with a single answer."
    )


def _cases() -> list[tuple[str, np.ndarray, np.ndarray]]:
    rng = default_rng(21)
    # Over-confident in the upper half, under-confident in the lower; unequal bins, none empty.
    conf = np.repeat(np.arange(10), [4, 9, 5, 8, 16, 12, 25, 18, 31, 52]) / 10
    conf = rng.permutation(conf + rng.uniform(0.002, 0.098, len(conf)))
    ok = rng.random(len(conf)) < 0.2 + 0.55 * conf
    few = np.array([0.31, 0.33, 0.38, 0.72, 0.77, 0.79, 0.91, 0.94, 0.96, 0.98])
    # Right where it is less sure: those of exactly 1 and the others in their bin differ in sign.
    sure = np.array([1.0, 0.93, 1.0, 0.97, 1.0, 0.56, 0.92, 1.0, 0.95, 0.52])
    return [
        ("180 answers, some in every bin", conf, ok),
        ("only three bins filled", few, np.arange(10) % 3 == 0),
        ("a confidence of exactly 1 among them", sure, (sure < 1) | (np.arange(10) == 4)),
        ("a single answer", np.array([0.7321]), np.array([True])),
        ("answers that are sure, and right", np.ones(5), np.ones(5, dtype=bool)),
    ]


@contextlib.contextmanager
def _explained_errors() -> Iterator[None]:
    with (
        explained(
            "divides_by_zero",
            "An empty bin has no mean. Leave it out: it holds none of the answers.",
            lambda error: "ZeroDivision" in error,
        ),
        explained(
            "one_has_no_bin",
            "A confidence of exactly 1 belongs to the last of the ten bins, number 9.",
            lambda error: "IndexError" in error or "must be of the same length" in error,
        ),
        explained(
            "minus_bool",
            "`ok` holds truth values. Their mean is the share of right answers.",
            lambda error: "numpy boolean" in error,
        ),
    ):
        yield


def _expect_error(value: object, conf: np.ndarray, ok: np.ndarray, what: str) -> None:
    came = expect_number(value, "ece(conf, ok)", "The gaps of the bins are added up.")
    right = weighted_gaps(conf, ok, tenths(conf))
    if close(as_array(value, "ece(conf, ok)").reshape(()), right):
        return
    said = f"With {what}"
    if np.isnan(came):
        raise Wrong(
            "nan",
            f"{said}, the result is nan: not a number. The mean of an empty bin is 0 / 0, and 0 "
            "times nan is still nan. Skip bins without answers.",
        )
    known = wrong_bins(conf, ok) | wrong_sums(conf, ok)
    name_mistake(
        {hint: (formula, f"{said}: {text}") for hint, (formula, text) in known.items()},
        lambda expected: np.isclose(expected, came, rtol=1e-5, atol=1e-6).any(),
    )
    if abs(came - right) < 0.006 and np.isclose(came, round(came, 2)):
        raise Wrong("rounded", f"{said}, the result is rounded. Round when you print it, not here.")
    raise Wrong(
        "wrong_value",
        f"{said}, the result should be {right:.6g}, but is {came:.6g}. Print size, mean confidence "
        "and accuracy of each bin.",
        _table(conf, ok),
    )


def _table(conf: np.ndarray, ok: np.ndarray) -> str:
    number = tenths(conf)
    rows = ["bin         answers  confidence  accuracy"]
    for b, size, mean, accuracy in zip(np.unique(number), *binned(conf, ok, number), strict=True):
        rows.append(
            f"({b / 10:.1f}, {(b + 1) / 10:.1f}]  {size:7.0f}  {mean:10.3f}  {accuracy:8.3f}"
        )
    return "\n".join(rows)

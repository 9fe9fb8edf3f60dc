"""The check of a learning curve: accuracy against the number of training rows."""

from __future__ import annotations

import contextlib

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array, explained
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.recorded_models import TRAIN, VALID, Bench, Fit, Test
from helpers.checks.random_draws import expect_random, explained_draws
from helpers.checks.running import Answer, Wrong

_SIZES = [20, TRAIN, 8, 40]  # not in order, and all rows among them


@exercise(
    smaller_step="one size first: draw `size` different row numbers with `rng`, make one model, "
    "fit it on these rows and their labels, and print its score on the validation part.",
)
def learning_curve(answer: Answer) -> str:
    """``learning_curve(make_model, train, valid, sizes, rng)``: accuracy for each training size.

    Parameters
    ----------
    make_model : callable
        ``make_model()`` gives a new model with ``fit(X, y)``, ``score(X, y)``, ``predict(X)``.
    train, valid : pair of numpy.ndarray
        Rows of shape (n, pixels) and their labels of shape (n,).
    sizes : list of int
        How many training rows to use, each at most n.
    rng : numpy.random.Generator
        The only source of random numbers.

    Returns
    -------
    dict
        For each size the share of the validation part, from 0 to 1, that a new model gets right
        after training on as many different random rows.
    """

    def draw(seed: int) -> list[list[int]]:
        bench = Bench(seed=5)
        value = answer(
            bench.model(), bench.part(False), bench.part(True), list(_SIZES), default_rng(seed)
        )
        return _rows_drawn(value, bench)

    with explained_draws(), _explained_models():
        drawn = draw(1)
        _expect_spread(drawn)
        expect_random(draw, "rows")
        for seed in range(4, 20):
            drawn += draw(seed)
    _expect_every_row(drawn)
    return (
        "A new model for each size, trained on as many different random rows with their labels, "
        "and scored on the whole validation part."
    )


@contextlib.contextmanager
def _explained_models():
    """Say what is behind the errors that making, training and cutting models raise."""
    with (
        explained(
            "not_called",
            "`make_model` is a function: call it, `make_model()`, to get a model.",
            lambda error: "'function' object has no attribute" in error,
        ),
        explained(
            "never_fitted",
            "Call `fit` with the drawn rows and their labels before you ask for a score.",
            lambda error: "not fitted yet" in error,
        ),
        explained(
            "whole_part",
            "The last size may be the whole training part, and `train_test_split` leaves at least "
            "one row over. `rng` draws row numbers without that limit.",
            lambda error: "train_size" in error,
        ),
        explained(
            "part_of_valid",
            "The drawn numbers are rows of the training part. Take the whole validation part for "
            "the score, without an index.",
            lambda error: f"out of bounds for axis 0 with size {VALID}" in error,
        ),
    ):
        yield


def _rows_drawn(value, bench: Bench) -> list[list[int]]:
    """Return the sorted rows that each size was trained on, if the whole answer is right."""
    found = _numbers(value)
    if not bench.fits:
        raise Wrong("never_fitted", "No model was trained. Make one for each size, and `fit` it.")
    for fit in bench.fits:
        _expect_parts(fit)
        _expect_labels(fit, bench)
        _expect_different(fit)
    _expect_new_models(bench)
    drawn = []
    for size in _SIZES:
        fits = [fit for fit in bench.fits if len(fit.rows) == size]
        if not fits:
            came = ", ".join(str(len(fit.rows)) for fit in bench.fits)
            raise Wrong(
                "wrong_size",
                f"For the sizes {_SIZES} models were trained on {came} rows. For each size draw "
                "exactly as many.",
            )
        _expect_accuracy(found[size], size, fits, bench)
        drawn.append(sorted(fits[-1].rows))
    return drawn


def _numbers(value) -> dict[int, float]:
    """Return the accuracies by size, or raise `Wrong` if this is not one number a size."""
    if not isinstance(value, dict):
        raise Wrong(
            "not_a_dict",
            f"There came a `{type(value).__name__}`. Return a dictionary with one entry for each "
            "size, `{size: accuracy}`: then nobody has to guess which number belongs to which.",
        )
    keys = list(value)
    if not all(isinstance(key, int | np.integer) and key in _SIZES for key in keys):
        raise Wrong(
            "wrong_keys",
            f"The keys are {', '.join(map(repr, keys[:4]))}, but should be the sizes themselves: "
            f"{_SIZES}. Store each accuracy with `found[size] = ...`.",
        )
    if missing := [size for size in _SIZES if size not in value]:
        raise Wrong(
            "sizes_missing",
            f"For the sizes {_SIZES} there is no entry for {missing}. Make the dictionary before "
            "the loop, and return it after the loop.",
        )
    for size in _SIZES:
        if hasattr(value[size], "fit"):
            raise Wrong("models_returned", "There came models. Return their scores on `valid`.")
        if (shape := as_array(value[size], f"found[{size}]").shape) not in ((), (1,)):
            raise Wrong(
                "not_a_number",
                f"The entry for {size} rows should be one number, the accuracy on the validation "
                f"part, but has shape {shape}.",
            )
    return {size: as_array(value[size], f"found[{size}]").item() for size in _SIZES}


def _expect_parts(fit: Fit) -> None:
    if -1 in fit.rows or any(-1 in test.rows for test in fit.tests):
        raise Wrong(
            "rows_changed",
            "A model got rows that are in no part: were they changed? Only draw them.",
        )
    if max(fit.rows, default=0) < TRAIN:
        return
    if min(fit.rows) >= TRAIN and any(min(test.rows) < TRAIN for test in fit.tests):
        raise Wrong(
            "swapped",
            "A model was trained on the validation part and scored on the training part. Turn "
            "the two round.",
        )
    raise Wrong(
        "fits_on_valid",
        "A model was trained on rows of the validation part. What it has seen there it need not "
        "know: draw only from the training part.",
    )


def _expect_labels(fit: Fit, bench: Bench) -> None:
    wrong = np.flatnonzero(fit.labels != bench.labels[fit.rows])
    if len(wrong):
        raise Wrong(
            "labels_apart",
            f"Of {len(fit.rows)} rows that a model was trained on, {len(wrong)} had the label of "
            "another row. Draw row numbers once, and use them for the images and for the labels.",
        )


def _expect_different(fit: Fit) -> None:
    if twice := len(fit.rows) - len(set(fit.rows)):
        raise Wrong(
            "with_replacement",
            f"Of {len(fit.rows)} drawn rows {twice} are repetitions of others: so the model saw "
            "fewer images than the size says. Draw without replacement.",
        )


def _expect_new_models(bench: Bench) -> None:
    if any(fit.before for fit in bench.fits):
        raise Wrong(
            "same_model",
            "One model was trained several times, on one size after the other. Some models go on "
            "from what they have learned before: call `make_model()` inside the loop.",
        )


def _expect_accuracy(came: float, size: int, fits: list[Fit], bench: Bench) -> None:
    tests = [test for fit in fits for test in (*fit.tests, _all_together(fit))]
    whole = list(range(TRAIN, TRAIN + VALID))
    right = [test.share for test in tests if sorted(test.rows) == whole]
    if any(abs(came - share) < 1e-6 for share in right):
        return
    said = f"The accuracy for {size} rows"
    _name_other_rows(came, tests, said)
    if not right:
        raise Wrong(
            "not_scored",
            f"{said} is {came:.6g}, but the model that was trained on them was never asked for its "
            "score on the validation part.",
        )
    for hint, changed, sentence in (
        ("percent", lambda share: 100 * share, "is in percent. Leave it a share from 0 to 1."),
        ("error_rate", lambda share: 1 - share, "is the share of mistakes. Return the others."),
        ("counts_right", lambda share: round(share * VALID), "is a count. Return the share."),
        ("rounded", lambda share: round(share, 2), "is rounded. Round when you print it."),
    ):
        if any(abs(came - changed(share)) < 1e-6 for share in right):
            raise Wrong(hint, f"{said} {sentence}")
    if len(fits) > 1:
        raise Wrong(
            "several_draws",
            f"{len(fits)} models were trained for {size} rows. Train one for each size: the next "
            "cells repeat the whole curve with other generators, and need the single draws.",
        )
    others = [test for fit in bench.fits for test in fit.tests if sorted(test.rows) == whole]
    if any(abs(came - test.share) < 1e-6 for test in others):
        raise Wrong(
            "other_size",
            f"{said} is that of the model for another size. Store each one as soon as it is there.",
        )
    raise Wrong("wrong_value", f"{said} should be {right[0]:.6g}, but is {came:.6g}.")


def _all_together(fit: Fit) -> Test:
    """Return the tests of a model as one: it may have answered image by image."""
    rows = [row for test in fit.tests for row in test.rows]
    right = sum(test.share * len(test.rows) for test in fit.tests)
    return Test(rows, right / max(len(rows), 1))


def _name_other_rows(came: float, tests: list[Test], said: str) -> None:
    for test in tests:
        if abs(came - test.share) > 1e-6 or len(test.rows) == 0:
            continue
        if max(test.rows) < TRAIN:
            raise Wrong(
                "scores_on_train",
                f"{said} was taken on training rows, which the model has seen. The question is how "
                "it does on others: score it on the validation part.",
            )
        if len(set(test.rows)) < VALID:
            raise Wrong(
                "part_of_valid",
                f"{said} was taken on {len(test.rows)} of {VALID} validation rows. Use all of "
                "them for each size, so that the numbers can be compared.",
            )


def _expect_spread(drawn: list[list[int]]) -> None:
    small = [rows for rows in drawn if len(rows) < TRAIN]
    if all(rows == list(range(len(rows))) for rows in small):
        raise Wrong(
            "first_rows",
            "The models were trained on the first rows of the training part. Rows often come "
            "sorted, then some classes are missing: draw rows at random from the whole part.",
        )
    if all(np.ptp(rows) == len(rows) - 1 for rows in small):
        raise Wrong(
            "rows_in_a_run",
            "The drawn rows stand one after the other in the training part. Neighbours are often "
            "alike: draw each row for itself.",
        )


def _expect_every_row(drawn: list[list[int]]) -> None:
    some = {row for rows in drawn if len(rows) < TRAIN for row in rows}
    if never := sorted(set(range(TRAIN)) - some):
        raise Wrong(
            "never_drawn",
            f"In {len(drawn) // len(_SIZES)} calls row {never[-1]} of {TRAIN} training rows was in "
            "no smaller draw. Draw from all rows of the training part: how many are there?",
        )

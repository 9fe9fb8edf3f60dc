"""The checks of what copies do to an accuracy: an experiment with a control, and its reading."""

from __future__ import annotations

import contextlib

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array, explained
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.control_rows import expect_control, expect_every_other
from helpers.checks.notmnist_curation.recorded_scores import Call, Scores
from helpers.checks.random_draws import expect_random
from helpers.checks.running import Answer, Wrong

_NAMES = ("all", "without twins", "without others")


@exercise(
    smaller_step="two rows first: which row numbers are no twins? `np.flatnonzero(~twins)` says. "
    "Draw as many of them as there are twins, and train on all rows but these."
)
def leakage(answer: Answer) -> str:
    """``leakage(score, train, test, twins, rng)``: what removing near copies costs.

    Parameters
    ----------
    score : callable
        ``score(train, test)`` trains on the first pair and returns its accuracy on the second.
    train, test : pair of numpy.ndarray
        Rows of shape (n, pixels) and their labels of shape (n,).
    twins : numpy.ndarray of bool, shape (n,)
        The training rows with a near copy in the test part.
    rng : numpy.random.Generator
        The only source of random numbers.

    Returns
    -------
    dict
        The accuracy on the whole test part after training on ``"all"`` rows, on those
        ``"without twins"``, and on those ``"without others"``, where as many random rows are
        missing that are no twins.
    """

    def draw(seed: int) -> list[int]:
        scores = Scores(default_rng(3))
        value = answer(scores.score, scores.train, scores.test, scores.twins, default_rng(seed))
        return _kept(value, scores)

    with _explained_draws():
        expect_control([draw(seed) for seed in range(4)], Scores(default_rng(3)).twins)
        expect_random(draw, "removed rows")
        expect_every_other([draw(seed) for seed in range(30)], Scores(default_rng(3)).twins)
    return (
        "One test part for all three; without the twins, and without as many others, which are "
        "drawn anew with each `rng`."
    )


@contextlib.contextmanager
def _explained_draws():
    """Say what is behind the errors that masks and draws raise."""
    with (
        explained(
            "too_many_drawn",
            "There are as many rows to draw as twins: how many True are in `twins`?",
            lambda error: "larger sample than population" in error,
        ),
        explained(
            "not_a_mask",
            "`not` asks for one truth value. `~twins` turns each of them round.",
            lambda error: "truth value of an array" in error,
        ),
        explained(
            "pair_cut",
            "`train` is a pair, `X, y = train`: cut each of the two, `(X[rows], y[rows])`.",
            lambda error: "scalar index" in error or "tuple indices" in error,
        ),
        explained(
            "deleted_by_number",
            "Is that in `np.delete(a, drop)`? It takes places in `a`: delete from the numbers of "
            "all rows, `np.arange(len(X))`, so that the twins stay.",
            lambda error: "IndexError" in error and "out of bounds" in error,
        ),
    ):
        yield


def _kept(value, scores: Scores) -> list[int]:
    """Return the training rows of the control, if all but the choice of these is right."""
    if not isinstance(value, dict):
        raise Wrong(
            "not_a_dict",
            f"There came a `{type(value).__name__}`. Return a dictionary with the keys {_NAMES}.",
        )
    if set(value) != set(_NAMES):
        came = ", ".join(map(repr, list(value)[:5])) or "none"
        raise Wrong("wrong_keys", f"The keys should be {_NAMES}, but are {came}.")
    if not scores.calls:
        _expect_numbers(value)
        raise Wrong("never_scored", "`score` was never called: it does the training and testing.")
    for call in scores.calls:
        _expect_rows(call, scores)
    _expect_numbers(value)
    calls = {name: _origin(value[name], name, scores) for name in _NAMES}
    _expect_treatment({name: sorted(call.rows) for name, call in calls.items()}, scores.twins)
    return sorted(calls["without others"].rows)


def _expect_numbers(value: dict) -> None:
    for name in _NAMES:
        if (shape := as_array(value[name], name).shape) not in ((), (1,)):
            raise Wrong(
                "not_a_number",
                f"`{name}` should be one number, what `score` returns, but has shape {shape}.",
            )


def _expect_rows(call: Call, scores: Scores) -> None:
    n = len(scores.twins)
    if -1 in call.rows or -1 in call.tested:
        raise Wrong(
            "rows_changed",
            "`score` got rows that are in no part: were they changed? Leave rows out, but leave "
            "the others as they are.",
        )
    if min(call.rows) >= n:
        raise Wrong(
            "swapped", "The test part was trained on: `score` wants the training part first."
        )
    if max(call.tested) < n:
        raise Wrong(
            "scores_on_train",
            "An accuracy was taken on training rows. All three are taken on the test part.",
        )
    if max(call.rows) >= n:
        raise Wrong("trains_on_test", "Rows of the test part were among those trained on.")
    if sorted(call.tested) != list(range(n, n + len(scores.test[1]))):
        raise Wrong(
            "test_changed",
            f"An accuracy was taken on {len(call.tested)} of {len(scores.test[1])} test rows. Then "
            "two things change at once, and the difference has two causes. The test part stays.",
        )
    if call.wrong_labels:
        raise Wrong(
            "labels_apart",
            f"{call.wrong_labels} rows came with the label of another row. Cut rows and labels "
            "with the same mask.",
        )


def _origin(came, name: str, scores: Scores) -> Call:
    """Return the call that gave a number."""
    came = as_array(came, name).item()
    shares = [call.share for call in scores.calls]
    for call in scores.calls:
        if abs(call.share - came) < 1e-9:
            return call
    differences = np.subtract.outer(shares, shares)
    if came == 0 or np.isclose(differences, came, rtol=0, atol=1e-9).any():
        raise Wrong(
            "differences", f"`{name}` is a difference. Return the accuracies; subtract later."
        )
    changed = [100 * np.array(shares), np.array(shares) / 100]
    changed += [np.round(shares, digits) for digits in (0, 1, 2, 3)]
    if np.isclose(changed[0], came).any() or any((c == came).any() for c in changed[1:]):
        raise Wrong("rescaled", f"`{name}` was rounded or scaled. Return what `score` returns.")
    raise Wrong("wrong_value", f"`{name}` is {came:.6g}, which `score` never returned.")


def _expect_treatment(rows: dict[str, list[int]], twins: np.ndarray) -> None:
    others = np.flatnonzero(~twins).tolist()
    if rows["all"] != list(range(len(twins))):
        raise Wrong(
            "not_all", f"`all` was trained on {len(rows['all'])} rows. Use all {len(twins)}."
        )
    if rows["without twins"] == others:
        return
    if rows["without others"] == others:
        raise Wrong("names_swapped", "`without twins` and `without others` have changed places.")
    if rows["without twins"] == np.flatnonzero(twins).tolist():
        raise Wrong(
            "only_twins", "`without twins` was trained on the twins alone. Invert the mask."
        )
    if rows["without twins"] == rows["all"]:
        raise Wrong("nothing_removed", "`without twins` was trained on all rows, twins included.")
    if len(rows["without twins"]) == len(twins) and len(set(rows["without twins"])) == 2:
        raise Wrong(
            "int_mask",
            "`without twins` was trained on two rows, again and again: whole numbers are row "
            "numbers, not truth values. `~twins` needs a mask of True and False.",
        )
    raise Wrong(
        "wrong_treatment",
        f"`without twins` was trained on {len(rows['without twins'])} rows. It should be the "
        f"{len(others)} rows that are no twins.",
    )


_OPTIONS = {
    "test": {
        "a": (
            "memorised",
            "A drop on a cleaned test part does not show that anything was memorised: the column "
            "`near, no twins` above says how easy these images are for a model that never saw "
            "their twins. What else is special about images that have a near copy?",
        ),
        "c": (
            "smaller_test",
            "A smaller test part makes an accuracy less certain, up or down, but not lower on "
            "average. Which images were taken out: random ones?",
        ),
    },
    "training": {
        "b": (
            "hardness",
            "How hard the test images are is the same in both runs, for the test part stays. What "
            "does differ between the two training parts?",
        ),
        "c": (
            "fewer_rows",
            "Both training parts lack equally many rows. So what fewer rows cost is in both "
            "numbers, and goes away in their difference. What stays?",
        ),
    },
    "advice": {
        "a": (
            "only_higher",
            "Who reads only the higher number expects as much on images that have no near copy, "
            "and will be disappointed.",
        ),
        "b": (
            "only_lower",
            "The lower number leaves out easy images. Where such images come back in use, it "
            "promises too little.",
        ),
    },
}


@exercise(
    smaller_step="draw the table on paper: a row for each training part, a column for each test "
    "part. Which two cells differ in the copies, and in nothing else?"
)
def conclusion(answer: Answer) -> str:
    """``conclusion()``: what the experiment with the near copies shows.

    Returns
    -------
    dict
        A letter for each of the questions ``"test"``, ``"training"`` and ``"advice"``.
    """
    no_quotes = explained("no_quotes", _NO_QUOTES, lambda error: "NameError" in error)
    with no_quotes:
        value = _by_question(answer())
    if missing := [question for question in _OPTIONS if question not in value]:
        raise Wrong("question_missing", f"There is no answer for {', '.join(map(repr, missing))}.")
    letters = {question: _letter(value[question], question) for question in _OPTIONS}
    for question, letter in letters.items():
        if letter in _OPTIONS[question]:
            hint, sentence = _OPTIONS[question][letter]
            raise Wrong(hint, f"*{question}*, ({letter}): {sentence}")
    return (
        "Near copies are easy images; what they add is seen when they leave the training part, "
        "against a control; and a reader needs both numbers."
    )


_NO_QUOTES = "Letters and the names of the questions are text: put them in quotes."


def _by_question(value) -> dict:
    """Return the letters by their questions; three in a row are in the order of the text."""
    if isinstance(value, dict):
        return {str(question).strip().lower(): letter for question, letter in value.items()}
    if isinstance(value, list | tuple) and len(value) == len(_OPTIONS):
        return dict(zip(_OPTIONS, value, strict=True))
    raise Wrong(
        "not_a_dict",
        f"There came a `{type(value).__name__}`. Return a dictionary with the keys `test`, "
        "`training` and `advice` and a letter for each, as in the template: "
        '`return {"test": test, "training": training, "advice": advice}`.',
    )


def _letter(value, question: str) -> str:
    if isinstance(value, list | tuple | set):
        raise Wrong("several_letters", f"*{question}*: choose one letter, the best one.")
    text = str(value).strip(" \t\n().").lower()
    if text in ("a", "b", "c"):
        return text
    if set(text) <= set("abc,;/ ") and text:
        raise Wrong("several_letters", f"*{question}*: choose one letter, the best one.")
    raise Wrong("no_such_option", f"*{question}*: the options are (a), (b) and (c), not `{text}`.")

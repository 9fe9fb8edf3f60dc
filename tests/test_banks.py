"""Does every check take every right answer, and name the mistake in every wrong one?"""

from __future__ import annotations

import importlib
import types

import numpy as np
import pytest

from helpers.authoring.course import read_source, units
from helpers.checks.feedback import book_answer
from tests.banks import BANKS

UNITS = units()
for _unit in UNITS:
    importlib.import_module(f"tests.banks.{_unit.name}")
ENTRIES = [(unit.name, entry) for unit in UNITS for entry in BANKS[unit.name]]
EXERCISES = [
    (unit.name, cell.metadata["exercise"]["id"])
    for unit in UNITS
    for cell in read_source(unit)[0].cells
    if "exercise" in cell.metadata
]


def check_of(unit: str, exercise: str):
    return getattr(importlib.import_module(f"helpers.checks.{unit}"), exercise)


@pytest.mark.parametrize(
    ("unit", "entry"),
    ENTRIES,
    ids=[f"{unit}-{e.exercise}-{e.hint or 'right'}-{e.answer.__name__}" for unit, e in ENTRIES],
)
def test_the_check_says_what_the_bank_expects(unit, entry):
    feedback = check_of(unit, entry.exercise)(entry.answer)
    assert feedback.passed == (entry.hint is None), feedback.message
    assert feedback.hint == entry.hint, feedback.message
    if entry.hint is None:
        alike = [other for other in BANKS[unit] if other.exercise == entry.exercise]
        known = {remark for other in alike for remark in other.remarks}
        made = {remark for remark in known if remark in feedback.message}
        assert made == set(entry.remarks), feedback.message


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_each_exercise_has_three_right_and_five_wrong_answers(unit, exercise):
    entries = [entry for entry in BANKS[unit] if entry.exercise == exercise]
    wrong = {entry.hint for entry in entries if entry.hint}
    assert sum(entry.hint is None for entry in entries) >= 3
    assert sum(entry.hint is not None for entry in entries) >= 5
    assert len(wrong) >= 3, "five wrong answers with one hint prove little"


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_the_books_answer_is_right_but_does_not_pass_as_a_students(unit, exercise):
    ours = book_answer(unit, exercise)
    assert check_of(unit, exercise)(ours).hint == "book_answer"
    as_a_students = types.FunctionType(
        ours.__code__, ours.__globals__, ours.__name__, ours.__defaults__, ours.__closure__
    )
    as_a_students.__kwdefaults__ = ours.__kwdefaults__
    as_a_students.__module__ = "__main__"
    feedback = check_of(unit, exercise)(as_a_students)
    assert feedback.passed, feedback.message


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_no_check_touches_the_global_random_state(unit, exercise):
    np.random.seed(5)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    check_of(unit, exercise)(lambda *args, **kwargs: np.random.rand(3))  # noqa: NPY002
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


GARBAGE = [
    None,
    ...,
    3,
    "text",
    [],
    {},
    int,
    print,
    np.array([1.0]),
    lambda *a, **k: None,
    lambda *a, **k: "text",
    lambda *a, **k: {},
    lambda *a, **k: [],
    lambda *a, **k: (),
    lambda *a, **k: object(),
    lambda *a, **k: np.array(["a"]),
    lambda *a, **k: np.array([np.nan]),
    lambda *a, **k: np.zeros((0, 0)),
    lambda *a, **k: [[1.0], [1.0, 2.0]],
    lambda *a, **k: (np.zeros(2), "x"),
    lambda *a, **k: 1 / 0,
    lambda *a, **k: (_ for _ in ()),
    lambda *a, **k: iter(int, 1),
    lambda *a, **k: ...,
    lambda: 1,
]


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_a_check_never_raises_and_never_accepts_garbage(unit, exercise):
    check = check_of(unit, exercise)
    assert not check().passed
    for answer in GARBAGE:
        feedback = check(answer)
        assert not feedback.passed, answer
        assert feedback.message

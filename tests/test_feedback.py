"""Does a check stay calm whatever it is handed, and does it leave everything as it was?"""

from __future__ import annotations

import functools
import inspect
import io
import os
import random
import signal
import subprocess
import sys
import threading
import time
import types
import warnings

import numpy as np
import pytest

from helpers import predict
from helpers.authoring.course import units
from helpers.authoring.execution import ROOT
from helpers.checks import feedback as engine
from helpers.checks.arrays import expect_close
from helpers.checks.feedback import Feedback, exercise
from helpers.checks.running import run_with_limit

LIMIT = 0.3
KNOWN_BUGS = {}


@pytest.fixture(autouse=True)
def known_bug(request):
    """Expect a test to fail as long as the bug that it shows is listed."""
    if request.node.name in KNOWN_BUGS:
        request.applymarker(pytest.mark.xfail(strict=True, reason="see KNOWN_BUGS"))


@pytest.fixture(autouse=True)
def fresh_counts():
    engine._failures.clear()


def book_twice(x):
    return 2 * np.asarray(x)


@pytest.fixture
def twice(monkeypatch):
    """The check of a tiny exercise: a function that doubles an array."""
    reference = types.ModuleType("helpers.reference.tiny_unit")
    reference.twice = types.FunctionType(book_twice.__code__, globals(), "twice")
    reference.twice.__module__ = reference.__name__
    monkeypatch.setitem(sys.modules, reference.__name__, reference)

    def twice(answer):
        x = np.arange(1.0, 5.0)
        expect_close(answer(x), 2 * x, "twice(x)", {"square": (lambda: x * x, "It squares x.")})
        return "It doubles."

    twice.__module__ = "helpers.checks.tiny_unit"
    return exercise(smaller_step="Write `x + x`.", seconds=LIMIT)(twice)


@pytest.fixture
def nested():
    """The check of an exercise whose function is given nested lists and a dict."""

    def nested(answer):
        answer([[1, 2], [3.0, "four"]], {"a": [np.zeros(2)], "b": 5})
        return "Fine."

    return exercise(smaller_step="Less.", seconds=LIMIT)(nested)


# What is handed over


def test_a_right_answer_passes(twice):
    said = twice(lambda x: 2 * x)
    assert (said.passed, said.state, said.hint) == (True, "passed", None)


def test_a_wrong_answer_gets_the_hint_of_its_mistake(twice):
    said = twice(lambda x: x * x)
    assert (said.passed, said.state, said.hint) == (False, "failed", "square")
    assert said.message == "It squares x."


def test_nothing_handed_over(twice):
    said = twice()
    assert (said.state, said.hint) == ("failed", "nothing_passed")
    assert "`check.twice(twice)`" in said.message


def test_a_class_handed_over(twice):
    said = twice(dict)
    assert (said.state, said.hint) == ("failed", "a_class")
    assert "`dict`" in said.message


@pytest.mark.parametrize("value", [3, "text", None, [], {}, np.zeros(3), np.float64(2)])
def test_a_value_handed_over(twice, value):
    said = twice(value)
    assert (said.state, said.hint) == ("failed", "not_a_function")
    assert type(value).__name__ in said.message


def test_the_books_own_answer_does_not_pass(twice):
    said = twice(engine.book_answer("tiny_unit", "twice"))
    assert (said.passed, said.state, said.hint) == (False, "book's", "book_answer")


@pytest.mark.parametrize(
    "answer", [functools.partial(np.multiply, 2), np.vectorize(lambda x: 2 * x), (2.0).__mul__]
)
def test_any_callable_may_be_an_answer(twice, answer):
    if isinstance(answer, types.MethodWrapperType):
        answer = np.float64(2.0).__mul__
    assert twice(answer).passed


def test_a_check_tells_its_argument():
    assert str(inspect.signature(engine.exercise("x")(book_twice))) == "(answer)"


class Hostile:
    """Nothing may be asked of it."""

    def _refuse(self, *args):
        raise ValueError("hands off")

    __eq__ = __array__ = __repr__ = __str__ = __len__ = __iter__ = __bool__ = __float__ = _refuse
    __hash__ = __getitem__ = __deepcopy__ = __reduce__ = __format__ = __getattr__ = _refuse


class HostileList(list):
    def __getitem__(self, key):
        raise ValueError("hands off")


class HostileCallable(Hostile):
    def __call__(self, x):
        return 2 * x


def test_a_hostile_result_is_of_the_wrong_type(twice):
    said = twice(lambda x: Hostile())
    assert (said.state, said.hint) == ("failed", "wrong_type")
    assert str(said)


@pytest.mark.parametrize(
    "answer", [Hostile(), HostileList([1]), HostileCallable()], ids=["object", "list", "callable"]
)
def test_a_hostile_object_handed_over_gets_an_answer(twice, answer):
    assert twice(answer).state in {"failed", "passed"}


# What an answer may do


def threads_now():
    time.sleep(0.05)  # what has just been stopped may need a moment to be gone
    return threading.active_count()


def endless(x):
    while True:
        pass


def endless_and_deaf(x):
    while True:
        try:  # noqa: SIM105
            time.sleep(0.001)
        except:  # noqa: E722
            pass


def endless_in_finally(x):
    try:
        while True:
            pass
    finally:
        np.random.seed(1)  # noqa: NPY002


def endless_generator(x):
    return sum(iter(int, 1))


@pytest.mark.parametrize("answer", [endless, endless_in_finally])
def test_an_endless_loop_is_stopped(twice, answer):
    threads = threads_now()
    said = twice(answer)
    assert (said.state, said.hint) == ("failed", "never_returns")
    assert threads_now() == threads
    assert f"{LIMIT:g} seconds" in said.message


def test_an_endless_loop_with_a_bare_except_is_given_up_and_stopped(twice):
    threads = threads_now()
    assert twice(endless_and_deaf).hint == "never_returns"
    assert threads_now() == threads


@pytest.mark.skipif(os.name == "nt", reason="a process cannot send itself this signal there")
def test_the_interrupt_button_stops_a_check_and_its_thread():
    stop = []

    def until_stopped():
        while not stop:
            pass

    threads = threads_now()
    # An event loop that ran a kernel before keeps a handler and is told of signals, even later.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    listener = signal.set_wakeup_fd(-1)
    timer = threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGINT])
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run_with_limit(until_stopped, 3)
        timer.join()
        assert threads_now() == threads
    finally:
        stop.append(True)
        signal.signal(signal.SIGINT, before or signal.default_int_handler)
        signal.set_wakeup_fd(listener)


@pytest.mark.parametrize(
    "leave", [sys.exit, lambda: sys.exit("done"), lambda: exec("raise GeneratorExit")]
)
def test_leaving_the_program_is_only_an_error(twice, leave):
    said = twice(lambda x: leave())
    assert (said.state, said.hint) == ("failed", "raises")


def test_leaving_the_program_later_is_only_an_error():
    def lazily(answer):
        return str(list(answer()))

    def leaves():
        yield sys.exit()

    assert exercise(smaller_step="", seconds=LIMIT)(lazily)(leaves).state == "failed"


def test_the_line_that_raises_is_named(twice):
    def answer(x):
        y = x + 1
        return y["missing"]

    said = twice(answer)
    line = inspect.getsourcelines(answer)[1] + 2
    assert said.hint == "raises"
    assert f'(line {line} of its cell, `return y["missing"]`)' in said.message
    assert "IndexError" in said.message


def test_an_error_deeper_down_is_named_by_the_students_own_line(twice):
    def answer(x):
        return np.linalg.inv(x)

    said = twice(answer)
    assert "`return np.linalg.inv(x)`" in said.message
    assert "LinAlgError" in said.message


def test_wrong_arguments_are_told(twice):
    said = twice(lambda: 1)
    assert said.hint == "raises"
    assert "arguments" in said.message


class Mute(Exception):
    def __str__(self):
        raise ValueError("no words")


def test_an_error_without_words_is_told_too(twice):
    def answer(x):
        raise Mute

    said = twice(answer)
    assert said.hint == "raises"
    assert "Mute" in said.message


def test_a_long_message_is_cut(twice):
    words = "long " * 1000 + "\nand more"

    def answer(x):
        raise ValueError(words)

    said = twice(answer)
    assert len(said.message) < 600
    assert "and more" not in said.message


def test_infinite_recursion_is_an_error(twice):
    def answer(x):
        return answer(x)

    said = twice(answer)
    assert said.hint == "raises"
    assert "RecursionError" in said.message


@pytest.mark.parametrize(
    "result",
    [
        lambda x: (2 * number for number in x),
        lambda x: iter(int, 1),
        lambda x: map(float, x),
        lambda x: "text",
        lambda x: {"a": 1},
        lambda x: {1.0, 2.0},
        lambda x: object(),
        lambda x: np.array(["a"]),
        lambda x: 2j * x,
        lambda x: [[1.0], [1.0, 2.0]],
        lambda x: print,
    ],
)
def test_a_result_of_the_wrong_type_is_told(twice, result):
    said = twice(result)
    assert said.state == "failed"
    assert said.hint in {"wrong_type", "wrong_shape"}


def test_printing_instead_of_returning_has_its_own_hint(twice):
    assert twice(lambda x: print(2 * x)).hint == "prints"
    assert twice(lambda x: np.copyto(x, 2 * x)).hint == "returns_none"


def test_printing_beside_returning_does_no_harm(twice, capsys):
    def answer(x):
        print("here")
        print("there", file=sys.stderr)
        return 2 * x

    said = twice(answer)
    assert said.passed
    assert "also prints" in said.message
    assert "here" not in capsys.readouterr().out


def change_array(x):
    x *= 2
    return x


def test_an_array_changed_in_place_is_told(twice):
    assert twice(change_array).hint == "changes_input"


def test_an_array_restored_within_rounding_is_fine(twice):
    def answer(x):
        result = 2 * x
        x += 0.1
        x -= 0.1
        return result

    assert twice(answer).passed


def set_deep(matrix, more):
    matrix[0][1] = 7
    return 1


def append(matrix, more):
    matrix.append(1)
    return 1


def change_array_in_dict(matrix, more):
    more["a"][0][0] = 1
    return 1


def set_key(matrix, more):
    more["c"] = 1
    return 1


def set_value(matrix, more):
    more["b"] = 6
    return 1


@pytest.mark.parametrize("answer", [set_deep, append, change_array_in_dict, set_key, set_value])
def test_a_container_changed_in_place_is_told(nested, answer):
    assert nested(answer).hint == "changes_input"


def test_an_untouched_container_is_fine(nested):
    assert nested(lambda matrix, more: 1).passed


def test_the_callers_own_arguments_are_never_changed():
    x = np.ones(3)

    def keep(answer):
        answer(x, may_change=True)
        return "Fine."

    assert exercise(smaller_step="")(keep)(change_array).passed
    assert (x == 1).all()


def test_a_long_call_into_compiled_code_is_left_behind(twice):
    woken = []
    assert twice(lambda x: (time.sleep(3), woken.append(x))).hint == "never_returns"
    assert not woken


# What is left as it was


def seeds(x):
    np.random.seed(3)  # noqa: NPY002
    random.seed(3)
    return 2 * x


def seeds_and_raises(x):
    seeds(x)
    raise ValueError


def seeds_and_never_returns(x):
    while True:
        seeds(x)


@pytest.mark.parametrize("answer", [seeds, seeds_and_raises, seeds_and_never_returns])
def test_global_random_states_are_untouched(twice, answer):
    np.random.seed(5)  # noqa: NPY002
    random.seed(5)
    expected = np.random.RandomState(5).rand(3), random.Random(5).random()
    twice(answer)
    assert (np.random.rand(3) == expected[0]).all()  # noqa: NPY002
    assert random.random() == expected[1]


def replaces_stdout(x):
    sys.stdout = io.StringIO()
    return 2 * x


@pytest.mark.parametrize("answer", [replaces_stdout, seeds_and_raises, endless])
def test_the_screen_is_the_same_afterwards(twice, answer):
    before = sys.stdout, sys.stderr
    twice(answer)
    assert (sys.stdout, sys.stderr) == before


def test_warnings_are_neither_shown_nor_set_for_good(twice):
    def answer(x):
        warnings.simplefilter("error")
        np.log(0 * x)
        return 2 * x

    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        before = list(warnings.filters)
        twice(lambda x: (np.log(0 * x), 2 * x)[1])
        twice(answer)
        assert warnings.filters == before
    assert shown == []


def test_numpys_error_settings_are_the_same_afterwards(twice):
    before = np.geterr()
    twice(lambda x: (np.seterr(all="raise"), 2 * x)[1])
    assert np.geterr() == before


# Blanks


def dots(x): ...


def only_docstring(x):
    """Return 2 * x."""


def only_pass(x):
    pass


def return_dots(x):
    return ...


def name_dots(x):
    y = ...
    return y


def use_dots(x):
    y = ...
    return 2 * y


def numpy_dots(x):
    y = ...
    return np.exp(y)


def partly(x):
    y = 2 * x
    z = ...  # noqa: F841
    return y - y


def index_dots(x):
    first = ...
    return x[first]


def loop_dots(x):
    for y in ...:
        print(y)


def annotated_dots(x):
    y: float = ...  # noqa: F841
    return x


def block_dots(x):
    for _ in x:
        ...
    return x


def not_implemented(x):
    raise NotImplementedError


def pair_of_dots(x):
    return 1, [..., 2]


FROM_EXEC = {}
exec("def whole(x):\n    return ...\n\n\ndef part(x):\n    y = ...\n    return 2 * y", FROM_EXEC)
BLANKS = [
    dots,
    only_docstring,
    only_pass,
    return_dots,
    name_dots,
    use_dots,
    numpy_dots,
    partly,
    index_dots,
    loop_dots,
    annotated_dots,
    block_dots,
    not_implemented,
    pair_of_dots,
    lambda x: ...,
    FROM_EXEC["whole"],
    FROM_EXEC["part"],
    ...,
]


@pytest.mark.parametrize("answer", BLANKS, ids=lambda a: getattr(a, "__name__", "bare dots"))
def test_a_blank_is_not_started_and_not_wrong(twice, answer):
    said = twice(answer)
    assert (said.state, said.passed, said.hint) == ("not started", False, None)
    assert "Fill in the `...` in `twice`" in said.message


def test_the_line_that_is_still_blank_is_named(twice):
    assert "`z = ...`" in twice(partly).message


@pytest.mark.parametrize("answer", [lambda x: 0, lambda x: 0.0, lambda x: False, lambda x: ""])
def test_a_constant_is_an_answer_and_no_blank(twice, answer):
    assert twice(answer).state == "failed"


def test_a_right_answer_with_dots_in_it_passes(twice):
    def answer(x):
        x = x[...]
        ...
        return 2 * x

    assert twice(answer).passed


def test_a_wrong_answer_from_exec_is_wrong(twice):
    made = {}
    exec("def f(x):\n    return x / 0 + missing", made)
    assert twice(made["f"]).hint == "raises"


# Failing again and again, and going on


def square(x):
    return x * x


def test_the_third_failure_offers_the_smaller_step(twice):
    offered = ["smaller step" in twice(square).message for _ in range(4)]
    assert offered == [False, False, True, True]
    assert "`x + x`" in twice(square).message


def test_a_mistake_that_is_new_gets_its_own_sentence_alone(twice):
    raising, shape = (lambda x: x / None), (lambda x: np.zeros(9))
    answers = [square, raising, shape, raising, lambda x: x, square]
    offered = ["smaller step" in twice(answer).message for answer in answers]
    assert offered == [False, False, False, True, False, True]


def test_passing_starts_the_count_again(twice):
    for answer in [square, square, lambda x: 2 * x, square, square]:
        assert "smaller step" not in twice(answer).message
    assert "smaller step" in twice(square).message


@pytest.mark.parametrize("misuse", [[], [dict], [3], [return_dots]])
def test_misuse_and_blanks_do_not_count_as_failures(twice, misuse):
    for _ in range(5):
        twice(*misuse)
    twice(square)
    assert "smaller step" not in twice(square).message


def test_or_ours_hands_back_the_very_same_function(twice, capsys):
    answer = lambda x: 2 * x  # noqa: E731
    said = twice(answer)
    capsys.readouterr()
    assert said.or_ours() is answer
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("answer", [square, return_dots, 3, endless])
def test_or_ours_hands_back_the_books_until_then_and_says_so(twice, answer, capsys):
    said = twice(answer)
    capsys.readouterr()
    assert said.or_ours() is engine.book_answer("tiny_unit", "twice")
    assert "the book's twice" in capsys.readouterr().out


def test_the_books_answer_comes_back_as_itself(twice):
    ours = twice().or_ours()
    assert twice(ours).or_ours() is ours


# How it looks

STATES = ["passed", "failed", "not started", "book's"]


def made(state, message="Look at `x`.", table=None):
    return Feedback("twice", "tiny_unit", state, message, table=table)


@pytest.mark.parametrize("state", STATES)
def test_feedback_shows_itself_when_it_is_made(state, capsys):
    said = made(state)
    assert capsys.readouterr().out == f"{said}\n"


def test_states_differ_in_sign_words_and_line_not_only_in_colour():
    for part in range(3):
        assert len({look[part] for look in engine._LOOKS.values()}) == len(STATES)
    for state in STATES:
        sign, words, line, _ = engine._LOOKS[state]
        said = made(state)
        for shown in [str(said), said._repr_markdown_(), said._repr_html_()]:
            assert sign in shown
            assert words.partition(" ")[0] in shown
        assert line in said._repr_html_()


@pytest.mark.parametrize("state", STATES)
def test_the_html_is_announced_to_a_screen_reader(state):
    assert 'role="status"' in made(state)._repr_html_()


def test_the_html_escapes_all_that_a_student_typed(twice):
    def answer(x):
        raise ValueError("<script>alert('`x`')</script> & `<b>`")

    shown = twice(answer)._repr_html_()
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown
    table = Feedback("<i>", "tiny_unit", "failed", "", table="<td>")._repr_html_()
    assert "<i>" not in table
    assert "<td>" not in table


def test_backticks_become_code_in_html_and_stay_in_markdown():
    said = made("failed", "Look at `x < y`.")
    assert "<code>x &lt; y</code>" in said._repr_html_()
    assert "`x < y`" in said._repr_markdown_()


def test_a_table_is_set_in_a_fixed_width():
    said = made("failed", table="a  b\n1  2")
    assert str(said).endswith("\na  b\n1  2")
    assert "```text\na  b\n1  2\n```" in said._repr_markdown_()
    assert "<pre>a  b\n1  2</pre>" in said._repr_html_()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_feedback_can_be_printed_on_any_screen(encoding, monkeypatch):
    screen = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", screen)
    made("passed", "größer als σ")
    screen.flush()
    assert b"passed" in screen.buffer.getvalue()


# A guess


def test_a_guess_is_noted_and_shown_beside_the_result(capsys):
    heads = predict("How many?", 5)
    assert heads.made
    assert "5" in capsys.readouterr().out
    heads.compare(7)
    said = capsys.readouterr().out
    assert "your guess: 5" in said
    assert "the run:    7" in said
    assert heads.result == 7


@pytest.mark.parametrize("guess", [[], [...]])
def test_no_guess_is_no_mistake(guess, capsys):
    heads = predict("How many?", *guess)
    assert not heads.made
    heads.compare(0.123456)
    said = capsys.readouterr().out
    assert "your guess: no guess" in said
    assert "0.1235" in said


@pytest.mark.parametrize("guess", [None, 0, "", np.zeros(2), np.float64(0.5), (1, 2)])
def test_any_guess_but_dots_is_a_guess(guess, capsys):
    predict("How many?", guess).compare(1)
    assert "no guess" not in capsys.readouterr().out


# What an import costs

HEAVY = ["tensorflow", "keras", "matplotlib", "sklearn", "scipy", "pandas", "IPython", "requests"]
NUMPY_UNITS = ["start_here", "xor_network", "digits_network"]


@pytest.fixture(scope="module")
def traps(tmp_path_factory):
    """A folder with packages that raise when they are imported."""
    folder = tmp_path_factory.mktemp("traps")
    for name in HEAVY:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(f"raise AssertionError('{name} was imported')")
    return folder


@pytest.mark.parametrize(
    "module",
    ["helpers", *(f"helpers.checks.{u.name}" for u in units() if u.name in NUMPY_UNITS)],
)
def test_importing_a_check_imports_nothing_heavy(module, traps):
    path = os.pathsep.join([str(traps), str(ROOT)])
    code = f"import {module}, sys; print(*[n for n in {HEAVY!r} if n in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == ""


def test_importing_helpers_alone_does_not_even_import_numpy():
    code = "import helpers, sys; print('numpy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert run.stdout.strip() == "False", run.stderr

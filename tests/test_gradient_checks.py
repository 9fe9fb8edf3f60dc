"""Do the checks of unit 03 stand on firm ground, and do the numpy ones do without TensorFlow?"""

import itertools
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from helpers.checks import computation_graphs as check
from helpers.checks.computation_graphs.small_graphs import square_plus, two_ways, with_arrays
from helpers.checks.computation_graphs.ways_back import mistaken_ways, slopes_of
from helpers.checks.small_networks import central_differences


def test_the_way_back_agrees_with_finite_differences():
    def loss(at):
        a, b = at
        return (a * a + a * a * b) * a

    at = np.array([1.3, -0.7])
    slopes = slopes_of(*two_ways(*at))
    numeric = central_differences(loss, at, 1e-5)
    np.testing.assert_allclose([slopes["a"], slopes["b"]], numeric, rtol=1e-7)
    assert slopes_of(*square_plus(3.0))["a"] == 7


def test_the_way_back_through_arrays_agrees_with_finite_differences():
    x, y = np.random.default_rng(6).standard_normal((2, 4, 3))
    slopes = slopes_of(*with_arrays())
    numeric = central_differences(lambda moved: np.sum((moved + y) * 2 * moved), x, 1e-5)
    np.testing.assert_allclose(slopes["x"], numeric, rtol=1e-6)
    np.testing.assert_allclose(slopes["y"], 2 * x)


def test_no_two_mistakes_look_alike_on_the_graph_that_tells_them_apart():
    order, local = two_ways(1.3, -0.7)
    ways = {"right": slopes_of(order, local)}
    ways |= {name: formula() for name, (formula, _) in mistaken_ways(order, local).items()}
    for (a, first), (b, second) in itertools.combinations(ways.items(), 2):
        if {a, b} <= {"too_early", "too_early_in_depth"}:
            continue
        assert any(not np.isclose(first[n], second.get(n, 0), rtol=1e-3) for n in first), (a, b)


def test_without_tensorflow_the_check_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    feedback = check.tape_gradient(lambda x, W, b: (W, b))
    assert feedback.hint == "no_tensorflow"
    assert "%pip install tensorflow" in feedback.message


NUMPY_ONLY = """
import sys
from tests.banks import BANKS
import tests.banks.computation_graphs
from helpers.checks import computation_graphs as check
for entry in BANKS["computation_graphs"]:
    if entry.exercise != "tape_gradient" and entry.hint is None:
        assert getattr(check, entry.exercise)(entry.answer).passed, entry
assert not {"tensorflow", "keras"} & set(sys.modules)
"""


def test_bank_and_checks_of_the_numpy_exercises_do_without_tensorflow():
    run = subprocess.run(
        [sys.executable, "-c", NUMPY_ONLY],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert run.returncode == 0, run.stderr


def test_tapes_are_as_they_were_after_a_check():
    tf = pytest.importorskip("tensorflow")
    before = {name: getattr(tf.GradientTape, name) for name in ("watch", "gradient", "jacobian")}
    check.tape_gradient(lambda x, W, b: 1 / 0)
    check.tape_gradient(lambda x, W, b: (W, b))
    assert {name: getattr(tf.GradientTape, name) for name in before} == before
    assert not tf.config.functions_run_eagerly()

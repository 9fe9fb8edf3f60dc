"""Do the units that use Keras alone run on every backend that is installed?"""

from __future__ import annotations

import importlib.util
import re

import pytest

from helpers.authoring.course import units
from tests.test_notebooks import assert_bands_hold, run_with

# TensorFlow itself is proven by every other test.
OTHERS = ["jax", "torch"]


def uses_keras_alone(unit) -> bool:
    """Tell whether a unit imports Keras and nowhere TensorFlow, which would bind it to that."""
    imported = set(re.findall(r"^import (\w+)", unit.source.read_text(encoding="utf-8"), re.M))
    return "keras" in imported and "tensorflow" not in imported


UNITS = [unit for unit in units() if uses_keras_alone(unit)]


@pytest.mark.slow
@pytest.mark.parametrize("backend", OTHERS)
@pytest.mark.parametrize("unit", UNITS, ids=[unit.stem for unit in UNITS])
def test_a_unit_that_uses_keras_alone_holds_its_bands(unit, backend, tmp_path, monkeypatch):
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed")
    monkeypatch.setenv("KERAS_BACKEND", backend)
    assert_bands_hold(run_with(unit, tmp_path))

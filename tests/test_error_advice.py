"""Does the advice for an error fit what Python and numpy say of it?"""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers.checks.error_advice import advice

ROW = np.array([1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("stops", "word"),
    [
        (lambda: n, "samples"),  # noqa: F821
        (lambda: k, "classes"),  # noqa: F821
        (lambda: nmupy, "spelled alike"),  # noqa: F821
        (lambda: ROW + ROW[:2], ".shape"),
        (lambda: ROW @ ROW[:2], ".shape"),
        (lambda: max(ROW, 1), "np.where"),
        (lambda: np.zeros(len(ROW), 6), "np.zeros((n, k))"),
        (lambda: [1, 2].argmin(), "np.array(...)"),
        (lambda: math.log(ROW), "`np.log`"),
    ],
)
def test_the_advice_belongs_to_the_error(stops, word):
    with pytest.raises((NameError, ValueError, TypeError, AttributeError)) as stopped:
        stops()
    assert word in advice(stopped.value, str(stopped.value))


def unbound():
    value += 1  # noqa: F821, F841


@pytest.mark.parametrize("stops", [lambda: [].add(1), lambda: {}.sort(), lambda: [][0], unbound])
def test_other_errors_are_left_alone(stops):
    with pytest.raises((AttributeError, LookupError, NameError)) as stopped:
        stops()
    assert advice(stopped.value, str(stopped.value)) == ""


@pytest.mark.parametrize("error", [NameError("made by hand"), AttributeError("by hand", obj=[1])])
def test_errors_raised_by_hand_do_no_harm(error):
    assert isinstance(advice(error, str(error)), str)

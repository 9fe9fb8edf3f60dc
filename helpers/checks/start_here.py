"""Checks of unit 00, how the book works."""

from __future__ import annotations

import numpy as np

from helpers.checks.arrays import as_array, close, expect_close
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong


@exercise(smaller_step="3 must become 6. Which operation, and which number, make 6 out of 3?")
def double(double: Answer) -> str:
    """Check ``double(x)``, which returns twice a number or array ``x``."""
    x = 3.5
    wrong = {
        "square": (lambda: x * x, "x = 3 must give 6, but your function gives 9: it squares x."),
        "adds_two": (
            lambda: x + 2,
            "x = 3 must give 6, but gives 5: two is added, not multiplied.",
        ),
        "unchanged": (lambda: x, "x = 3 comes back as 3. It is handed back as it came in."),
        "half": (lambda: x / 2, "x = 3 must give 6, but gives 1.5: that is half, not twice."),
    }
    expect_close(double(x), 2 * x, "double(3.5)", wrong)
    expect_close(double(-2), -4, "double(-2)", otherwise="Negative numbers are doubled too.")
    array = np.array([[1.0, 2.0, 3.0]])
    came = as_array(double(array), "double(array)")
    if not close(came, 2 * array):
        raise Wrong(
            "not_elementwise",
            "It doubles a number, but not every entry of an array. Multiplying by 2 does both.",
        )
    return "It doubles numbers, negative ones and every entry of an array."

"""The check of a kernel that finds level bars."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.checks.arrays import as_array, expect_no_list
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong

_SIDE = 24  # pixels of a test picture
_ENOUGH = 3  # times as much for a level bar as for an upright one
_EVEN = 1e-4  # of the sum of the kernel's sizes; what single precision leaves of a sum of 0


@exercise(
    smaller_step="write down a kernel of two rows and two columns that answers 0 to a grey surface "
    "and something to the upper rim of a bar: what has to stand above, what below?"
)
def design_kernel(answer: Answer) -> str:
    """``design_kernel()``: a kernel that finds level bars, and no upright ones.

    Returns
    -------
    numpy.ndarray, shape (2, 2) to (7, 7)
        For level bars of several thicknesses, lengths and places, the squares of its answers,
        added up, are at least three times those for the same bar set upright. The answer to an
        even surface is about 0.
    """
    came = answer()
    kernel = _kernel(came)
    if not np.allclose(kernel, _kernel(answer())):
        raise Wrong("changes_each_time", "Two calls gave two kernels. Write the numbers down.")
    even = abs(kernel.sum())
    if even > _EVEN * abs(kernel).sum():
        raise Wrong(
            "not_blind_to_even",
            f"To an even surface of ones it answers {np.sum(came):.6g}. For 0 there its numbers "
            "have to add up to 0: what is positive in one row has to be taken away in another.",
        )
    ratios = [_answers(bar, kernel) / _answers(bar.T, kernel) for bar in _bars()]
    worst = min(ratios)
    if worst >= _ENOUGH:
        expect_no_list("design_kernel()", came)
        return (
            f"To level bars it answers at least {_shown(worst)} times as strongly as to upright "
            "ones, for several thicknesses, lengths and places, and to an even surface with 0."
        )
    if max(ratios) < 1 / _ENOUGH:
        raise Wrong(
            "finds_upright",
            "It finds upright bars, and hardly any level ones. Let what changes change from row to "
            "row, and not from column to column.",
        )
    if 0.5 < worst < 2 and max(ratios) < 2:
        raise Wrong(
            "both_alike",
            f"Level bars get {worst:.2f} times what upright ones get: it sees both alike. "
            "Lay it on an upright edge, its left part in the light. When is its answer 0?",
        )
    raise Wrong(
        "too_little",
        f"For one of the bars the level one gets only {worst:.2f} times what the upright one gets; "
        f"it should be at least {_ENOUGH}. In which rows are the numbers not equal?",
    )


def _shown(ratio: float) -> str:
    return "a thousand" if ratio > 1000 else f"{ratio:.1f}"


def _kernel(value: object) -> np.ndarray:
    """Return the kernel as an array, or raise `Wrong` if it is none of an allowed size."""
    kernel = as_array(value, "design_kernel()")
    if kernel.ndim == 1:
        raise Wrong(
            "one_row",
            f"There came {kernel.size} numbers in one row. A kernel has rows and columns: "
            "`np.array([[...], [...]])`.",
        )
    if kernel.ndim != 2:
        raise Wrong(
            "not_a_picture", f"A kernel has rows and columns. This has shape {kernel.shape}."
        )
    if not (min(kernel.shape) >= 2 and max(kernel.shape) <= 7):
        raise Wrong(
            "wrong_size",
            f"The kernel has shape {kernel.shape}. Asked for is one from 2 by 2 to 7 by 7.",
        )
    if not np.isfinite(kernel).all():
        raise Wrong("not_finite", "The kernel holds nan or infinite numbers.")
    if not kernel.any():
        raise Wrong("all_zeros", "All numbers are 0: this kernel answers 0 to everything.")
    return kernel.astype(float) / abs(kernel).max()


def _bars() -> list[np.ndarray]:
    """Return pictures with a level bar, of several thicknesses, lengths and places."""
    bars = []
    for thickness, first, last, top in (
        (1, 4, 20, 11),
        (2, 3, 19, 8),
        (3, 5, 21, 13),
        (4, 2, 22, 9),
    ):
        picture = np.zeros((_SIDE, _SIDE))
        picture[top : top + thickness, first:last] = 1
        bars.append(picture)
    return bars


def _answers(picture: np.ndarray, kernel: np.ndarray) -> float:
    """Return the sum of the squares of the kernel's answers, never quite 0."""
    windows = sliding_window_view(picture, kernel.shape)
    return float(((windows * kernel).sum(axis=(2, 3)) ** 2).sum()) + 1e-12

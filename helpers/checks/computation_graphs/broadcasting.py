"""The check of the sum over what broadcasting had repeated."""

from __future__ import annotations

import itertools
from functools import partial

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import (
    Mistakes,
    as_array,
    close,
    expect_close,
    expect_no_list,
    expect_shape,
    explained,
    name_mistake,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong

Shape = tuple[int, ...]

# What g has, and what it had before. The first two show most mistakes.
_CASES: tuple[tuple[Shape, Shape], ...] = (
    ((5, 3), (3,)),
    ((5, 3), (1, 3)),
    ((5, 3), (5, 1)),
    ((5, 3), ()),
    ((5, 3), (5, 3)),
    ((5, 3), (1, 1)),
    ((5, 3), (1,)),
    ((3, 3), (3,)),
    ((3, 3), (1, 3)),
    ((3, 3), (3, 1)),
    ((2, 5, 3), (3,)),
    ((2, 5, 3), (5, 1)),
    ((2, 5, 3), (1, 5, 1)),
    ((4, 4, 4), (1, 4)),
    ((4,), ()),
    ((4,), (1,)),
    ((1, 3), (3,)),
    ((1, 1), (1,)),
    ((), ()),
)


@exercise(
    smaller_step="take g of shape (5, 3) and a bias of shape (3,). The bias was added to each of "
    "five rows, so each of its numbers was used five times. What does the slope for one of them "
    "consist of? Then do the same for (1, 3)."
)
def unbroadcast(answer: Answer) -> str:
    """``unbroadcast(g, shape)``: the slope for an array that broadcasting had enlarged.

    Parameters
    ----------
    g : numpy.ndarray
        Slope with respect to the enlarged array.
    shape : tuple of int
        The array's own shape; numpy can broadcast it to ``g.shape``.

    Returns
    -------
    numpy.ndarray of that shape, or a number if `shape` is ()
        Each entry the sum of g over all places to which that entry was repeated.
    """
    for seed, (large, small) in enumerate(_CASES):
        _expect_sum(answer, default_rng(seed).standard_normal(large), small)
    _expect_sum(answer, np.arange(12).reshape(3, 4), (3, 1))
    return (
        "Axes in front and axes of length 1, one or several, in one to three dimensions; nothing "
        "of the sum is lost."
    )


def _expect_sum(answer: Answer, g: np.ndarray, shape: Shape) -> None:
    came = _summed(answer, g, shape)
    what = f"unbroadcast(g, {shape})"
    total, expected = as_array(came, what), _sum_to(g, shape)
    if not close(total, expected):
        case = f"With g of shape {g.shape} and shape = {shape}:"
        if total.shape == g.shape != shape and close(total, g):
            _explain_unchanged(answer, case)
        known = {h: (f, f"{case} {s}") for h, (f, s) in _mistakes(g, shape, expected).items()}
        name_mistake(known, partial(close, total))
        _name_axes(total, g, shape, case)
        expect_shape(total, shape, what)
        expect_close(total, expected, what, otherwise=f"Here g has the shape {g.shape}.")
    if shape:
        expect_no_list(what, came)


def _summed(answer: Answer, g: np.ndarray, shape: Shape) -> object:
    case = f"Here g is {g.shape}, and shape is {shape}."
    with (
        explained("does_not_fit", f"{case} {_FITS}", _speaks_of_sizes),
        explained("axis_out_of_range", f"{case} {_RANGE}", lambda e: "out of bounds" in e),
        explained("axes_in_a_list", _TUPLE, lambda e: "'list' object cannot" in e),
        explained("aligned_left", f"{case} {_LEFT}", lambda e: "index out of range" in e),
        explained("wrong_axis", f"{case} {_AXIS_0}", partial(_speaks_of_rows, g)),
    ):
        return answer(g, shape)


_FITS = (
    "To give numbers another shape keeps every one of them, and adds up none. First sum along the "
    "axes that were repeated: what is left then fits."
)
_AXIS_0 = (
    "A sum over axis 0 is right for (3,) and (1, 3), where the rows were repeated. Which axis was "
    "repeated here?"
)
_RANGE = (
    "A sum over an axis takes that axis away, and those behind it move up. With `keepdims=True` it "
    "stays, with length 1."
)
_LEFT = (
    "`shape` may have fewer axes than `g`. Broadcasting lines shapes up at their right ends: what "
    "is missing is missing in front."
)


_TUPLE = "Several axes at once are a tuple for numpy: `axis=(0, 1)`, not a list."


def _speaks_of_sizes(error: str) -> bool:
    return any(w in error for w in ("cannot reshape", "not be broadcast", "axis remapping"))


def _speaks_of_rows(g: np.ndarray, error: str) -> bool:
    """Tell whether what did not fit was the sum over all rows, not g itself."""
    rows_summed = len(g) > 1 and g.size // len(g) if g.ndim else 0
    return f"cannot reshape array of size {rows_summed} into" in error


def _repeated_axes(g: np.ndarray, shape: Shape) -> tuple[int, ...]:
    padded = (1,) * (g.ndim - len(shape)) + shape
    return tuple(axis for axis, size in enumerate(padded) if size == 1)


def _sum_to(g: np.ndarray, shape: Shape) -> np.ndarray:
    return np.sum(g, axis=_repeated_axes(g, shape)).reshape(shape)


def _explain_unchanged(answer: Answer, case: str) -> None:
    """Tell why `g` came back as it is: look at what becomes of another shape."""
    g = default_rng(0).standard_normal((5, 3))
    works = {shape for shape in ((3,), (1, 3)) if np.shape(answer(g, shape)) == shape}
    if works == {(3,)}:
        raise Wrong(
            "ones_not_summed",
            f"{case} g came back as it is. An axis of length 1 in `shape` was repeated as well, "
            "though the number of axes is the same.",
        )
    if works == {(1, 3)}:
        raise Wrong(
            "leading_axes_not_summed",
            f"{case} g came back as it is. An axis that `shape` does not have was repeated, too: "
            "broadcasting puts it in front.",
        )
    raise Wrong(
        "unchanged",
        f"{case} g came back as it is. What broadcasting repeated has to be added up again, so "
        f"that the slope has the array's own shape.",
    )


def _mistakes(g: np.ndarray, shape: Shape, expected: np.ndarray) -> Mistakes:
    axes = _repeated_axes(g, shape)
    first = tuple(0 if axis in axes else slice(None) for axis in range(g.ndim))
    return {
        "first_row": (
            lambda: g[first].reshape(shape),
            "only the first of the repeated entries counts. Each use brings its own slope, and all "
            "of them are added.",
        ),
        "mean": (
            lambda: g.mean(axis=axes).reshape(shape),
            "this is the mean. An entry that is used five times acts five times: the slopes are "
            "added, not averaged.",
        ),
        "largest": (
            lambda: g.max(axis=axes).reshape(shape),
            "this is the largest of the slopes. All of them are added.",
        ),
        "total_everywhere": (
            lambda: np.full(shape, g.sum()),
            "everything is added up. Sum only over the axes that were repeated.",
        ),
        "repeated_again": (
            lambda: np.broadcast_to(expected, g.shape),
            "the sums are right, but they were repeated again: the shape is still that of g.",
        ),
        "axis_lost": (
            lambda: expected.squeeze(),
            "the sums are right, but an axis of length 1 is lost. The slope has exactly the shape "
            "of the array: `keepdims=True` keeps an axis.",
        ),
        "axis_too_many": (
            lambda: expected.reshape((1,) * (g.ndim - len(shape)) + shape),
            "the sums are right, but there are more axes than in `shape`. An axis that the array "
            "never had goes away.",
        ),
    }


def _name_axes(total: np.ndarray, g: np.ndarray, shape: Shape, case: str) -> None:
    """Raise `Wrong` if the sum went over other axes than those that were repeated."""
    right = {axis for axis in _repeated_axes(g, shape) if g.shape[axis] > 1}
    flat = total.squeeze()
    for count in range(1, g.ndim + 1):
        for axes in itertools.combinations(range(g.ndim), count):
            if set(axes) == right or not close(flat, g.sum(axis=axes).squeeze()):
                continue
            if count == g.ndim:
                hint, advice = "total_everywhere", "Everything is added up."
            elif set(axes) < right:
                hint, advice = "one_axis_only", "More than one axis was repeated here."
            else:
                hint, advice = "wrong_axis", "Shapes are lined up at their right ends."
            over = "axis" if count == 1 else "axes"
            raise Wrong(
                hint,
                f"{case} the sum went over {over} {', '.join(map(str, axes))} of g. {advice} Sum "
                "over the axes that were repeated: those that `shape` does not have, and those "
                "where it has 1.",
            )

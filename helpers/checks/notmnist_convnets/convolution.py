"""The check of the convolution of a picture with a kernel."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.random import default_rng

from helpers.checks.arrays import as_array, close, expect_no_list, explained
from helpers.checks.feedback import exercise
from helpers.checks.naming import Forms, explain
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="take the picture `np.arange(12.0).reshape(3, 4)` and the kernel "
    "`np.array([[1.0, -1.0]])`. Where does the kernel fit, and what is its answer at the first "
    "place? Work it out on paper, then print yours."
)
def conv2d(answer: Answer) -> str:
    """``conv2d(x, k)``: the answer of a kernel at each place where it lies inside the picture.

    Parameters
    ----------
    x : numpy.ndarray, shape (h, w)
        The picture. It is not changed.
    k : numpy.ndarray, shape (kh, kw)
        The kernel, not turned around: what libraries call convolution is a cross-correlation.

    Returns
    -------
    numpy.ndarray, shape (h - kh + 1, w - kw + 1)
        At each place the sum of the products of window and kernel.
    """
    rng = default_rng(60)
    pairs = ((8, 8), (3, 3)), ((7, 10), (3, 3)), ((8, 9), (2, 2)), ((9, 8), (2, 4))
    for picture, kernel in pairs:
        _expect(answer, rng.normal(size=picture), rng.normal(size=kernel))
    _expect(answer, rng.normal(size=(6, 11)), rng.normal(size=(5, 1)))
    _expect(answer, rng.normal(size=(4, 5)), rng.normal(size=(4, 5)))
    _expect(answer, rng.integers(0, 9, (6, 7)), rng.normal(size=(2, 2)))
    return (
        "Right for kernels of seven shapes, upright, lying and as large as the picture: each "
        "answer stands at its place, and the kernel is not turned around."
    )


def _expect(answer: Answer, x: np.ndarray, k: np.ndarray) -> None:
    what = f"conv2d(x, k) for x of shape {x.shape} and k of shape {k.shape}"
    rest = "The answer at place (i, j) is the sum of `x[i : i + kh, j : j + kw] * k`."
    square = k.shape[0] == k.shape[1]
    with (
        explained("square_only", _ANY_SHAPE, lambda error: not square),
        explained("three_by_three_only", _ANY_SHAPE, lambda error: square and len(k) != 3),
        explained("raises", _WINDOW, lambda error: "broadcast" in error),
        explained("not_summed", _SUM, lambda error: "setting an array element" in error),
    ):
        came = answer(x, k)
    right = _windows(x, k).sum(axis=(2, 3))
    array = as_array(came, what)
    _explain_shape(array, x, k, right)
    if not close(array, right):
        explain(array, right, what, _wrong_kernels(x, k) | _wrong_sums(x, k, right), rest)
    expect_no_list("conv2d(x, k)", came)


_ANY_SHAPE = (
    "Picture and kernel may have any shape, and need not be square: take `kh, kw = k.shape`, and "
    "use both."
)
_WINDOW = (
    "Window and kernel must have the same shape: rows `i` to `i + kh`, without the last, and "
    "columns `j` to `j + kw`. The last place at which the kernel fits is `h - kh` from above and "
    "`w - kw` from left."
)
_SUM = "Window times kernel is an array. Add its numbers up: one answer for a place."


def _windows(x: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Return the products of each window with the kernel, shape (places, places, kh, kw)."""
    return sliding_window_view(x, k.shape) * k


def _same(x: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Return the answers on a picture with a frame of zeros, as large as the picture."""
    rims = [((side - 1) // 2, side // 2) for side in k.shape]
    return _windows(np.pad(x, rims), k).sum(axis=(2, 3))


def _explain_shape(array: np.ndarray, x: np.ndarray, k: np.ndarray, right: np.ndarray) -> None:
    """Raise `Wrong` if the shape, with or without what is in it, tells the mistake."""
    if array.shape == right.shape:
        return
    (h, w), (kh, kw) = x.shape, k.shape
    if array.ndim == 0:
        raise Wrong(
            "not_a_picture",
            "One number came. There is an answer for each place: write it to `out[i, j]`.",
        )
    if array.ndim == 1 and array.size == right.size:
        raise Wrong(
            "one_row", f"The answers stand in one row. Their shape should be {right.shape}."
        )
    if array.ndim == 4:
        raise Wrong("not_summed", "The products of each window are there, but not added up.")
    shapes = {
        x.shape: ("same_padding", _FRAME),
        (h + kh - 1, w + kw - 1): ("full_padding", _FRAME),
        right.shape[::-1]: ("places_swapped", _SWAPPED),
        (right.shape[0] - 1, right.shape[1] - 1): ("one_place_lost", _LOST),
        (right.shape[0] - 1, right.shape[1]): ("one_place_lost", _LOST),
        (right.shape[0], right.shape[1] - 1): ("one_place_lost", _LOST),
        (h - kw + 1, w - kh + 1): (
            "kernel_transposed",
            "Rows and columns of the kernel are mixed.",
        ),
        right[::kh, ::kw].shape: ("strides", _STRIDES),
    }
    if not (h == w and kh == kw):
        shapes |= {(h - 2, w - 2): ("three_by_three_only", _ANY_SHAPE)}
        shapes |= {
            (n - m + 1, n - m + 1): ("square_only", _ANY_SHAPE) for n in x.shape for m in k.shape
        }
        shapes |= {(h - m + 1, w - m + 1): ("square_only", _ANY_SHAPE) for m in k.shape}
    hint, sentence = shapes.get(array.shape, ("wrong_shape", ""))
    raise Wrong(
        hint,
        f"For x of shape {x.shape} and k of shape {k.shape} the answers should have shape "
        f"{right.shape}, but have {array.shape}. {sentence}".rstrip(),
    )


_FRAME = "There is a frame of zeros around the picture. Only places where the kernel lies inside."
_SWAPPED = "Rows and columns have changed places."
_LOST = "The kernel fits at `h - kh + 1` places from above: `range` leaves its end out by itself."
_STRIDES = "The kernel moves on by its own size. It moves by one pixel, so that windows overlap."


def _answers(x: np.ndarray, k: np.ndarray) -> np.ndarray:
    return _windows(x, k).sum(axis=(2, 3))


def _wrong_kernels(x: np.ndarray, k: np.ndarray) -> Forms:
    """Return the results of another kernel than the one that was given."""
    square = k.shape[0] == k.shape[1]
    windows = sliding_window_view(x, k.shape)
    mirrored = [other for other in (k[:, ::-1], k[::-1]) if not close(other, k)]
    return {
        "kernel_turned": (lambda: [_answers(x, k[::-1, ::-1])], _TURNED),
        "kernel_mirrored": (
            lambda: [_answers(x, other) for other in mirrored],
            "The kernel is mirrored. It is laid on the picture as it is.",
        ),
        "kernel_transposed": (
            lambda: [_answers(x, k.T)] if square else [],
            "Rows and columns of the kernel have changed places.",
        ),
        "kernel_forgotten": (
            lambda: [windows.sum(axis=(2, 3))],
            "These are sums of the windows. Multiply by the kernel first.",
        ),
        "matrix_product": (
            lambda: [(windows @ other).sum(axis=(2, 3)) for other in ([k, k.T] if square else [])],
            "That is a matrix product of window and kernel. Multiply number by number: with `*`.",
        ),
    }


_TURNED = (
    "The kernel is turned around. That is what mathematicians call convolution; here, as in every "
    "deep-learning library, it is laid on the picture as it is."
)


def _wrong_sums(x: np.ndarray, k: np.ndarray, right: np.ndarray) -> Forms:
    """Return the results of something else than the sum, or of something done to it."""
    several = right.size > 1
    return {
        "mean": (
            lambda: [right / k.size],
            "These are means of the products. The answer is their sum.",
        ),
        "divided_by_kernel_sum": (
            lambda: [right / k.sum()],
            "The sums are divided by that of the kernel. For a kernel whose numbers add up to 0 "
            "that cannot work, and it is not asked for.",
        ),
        "largest": (
            lambda: [_windows(x, k).max(axis=(2, 3))],
            "That is the largest product of each window. Add the products up.",
        ),
        "places_swapped": (
            lambda: [right.T] if right.shape[0] == right.shape[1] else [],
            "The answers are right, but rows and columns of the places have changed places.",
        ),
        "first_window_only": (
            lambda: [np.full(right.shape, right[0, 0])] if several else [],
            "The first answer stands everywhere: the window has to move with i and j.",
        ),
        "returns_in_loop": (
            lambda: [_first_only(right), _first_row_only(right)] if several else [],
            "All but the first places are still 0. Does `return` stand inside a loop?",
        ),
        "last_places_empty": (
            lambda: [_without_last(right)] if several else [],
            "The last row and column are 0. Where do your loops end?",
        ),
        "relu": (
            lambda: [np.maximum(right, 0)],
            "Negative answers became 0. They are asked for, too.",
        ),
        "absolute": (lambda: [abs(right)], "The answers lost their sign."),
        "whole_numbers": (
            lambda: [np.trunc(right)],
            "The answers are cut to whole numbers. `np.zeros` without `dtype` keeps decimals.",
        ),
    }


def _first_only(right: np.ndarray) -> np.ndarray:
    out = np.zeros_like(right)
    out[0, 0] = right[0, 0]
    return out


def _first_row_only(right: np.ndarray) -> np.ndarray:
    return np.concatenate([right[:1], np.zeros_like(right[1:])])


def _without_last(right: np.ndarray) -> np.ndarray:
    shorter = right.copy()
    shorter[-1], shorter[:, -1] = 0, 0
    return shorter

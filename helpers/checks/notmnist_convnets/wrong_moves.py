"""Pictures moved sideways, and what well-known mistakes make of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def moved(X: np.ndarray, dx: int) -> np.ndarray:
    """Return the pictures moved by dx pixels to the right; 0 comes in.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, height, width, channels)
        Pictures.
    dx : int
        Pixels; negative is to the left.

    Examples
    --------
    >>> row = np.array([1, 2, 3, 4]).reshape(1, 1, 4, 1)
    >>> moved(row, 1).ravel(), moved(row, -3).ravel()
    (array([0, 1, 2, 3]), array([4, 0, 0, 0]))
    """
    result = np.roll(X, dx, axis=2)
    result[:, :, came_in(X, dx)] = 0
    return result


def came_in(X: np.ndarray, dx: int) -> np.ndarray:
    """Tell which columns are new when pictures are moved by dx."""
    before = np.arange(X.shape[2]) - dx
    return (before < 0) | (before >= X.shape[2])


def wrong_moves(X: np.ndarray, dx: int, call: str) -> Iterator[tuple[str, np.ndarray, str]]:
    """Yield hint, pictures and sentence of each known mistake in moving.

    Parameters
    ----------
    X, dx : see `moved`
    call : str
        How the sentence names the call.
    """
    right = moved(X, dx)
    yield "not_moved", X, f"`{call}` asks about the pictures as they were, not moved."
    back = f"`{call}` moves to the wrong side: a positive `dx` is to the right, to higher columns."
    yield "other_direction", moved(X, -dx), back
    yield "other_direction", np.roll(X, -dx, axis=2), back
    wraps = (
        f"In `{call}` the pixels that leave on one side come back on the other: `np.roll` goes "
        "around. What comes in should be 0."
    )
    yield "wraps_around", np.roll(X, dx, axis=2), wraps
    lines = "And without `axis` it goes through all rows as through one long line."
    yield "all_axes_rolled", np.roll(X, dx), f"{wraps} {lines}"
    rows = f"`{call}` moves rows, up or down. The axes are (picture, row, column, channel)."
    yield "rows_moved", np.swapaxes(moved(np.swapaxes(X, 1, 2), dx), 1, 2), rows
    yield "rows_moved", np.roll(X, dx, axis=1), rows
    yield (
        "pictures_exchanged",
        np.roll(X, dx, axis=0),
        f"`{call}` moves the pictures in their list: axis 0 counts pictures. Columns are axis 2.",
    )
    yield (
        "rounded_pixels",
        np.floor(right),
        "The pictures were moved, but their values were cut to whole numbers: the new array needs "
        "the type of `X`, as `np.zeros_like(X)` has it.",
    )
    scaled = "The pictures were moved, but their values changed as well. They are scaled already."
    yield "scaled_again", right / 255, scaled
    yield "inverted", 1 - right, "The pictures have become negatives. Ink is 1 here, paper 0."
    for other in range(1 - X.shape[2], X.shape[2]):
        hint = "one_too_far" if abs(other - dx) == 1 else "dx_ignored"
        yield hint, moved(X, other), f"`{call}` moves by {other} pixels instead of {dx}."

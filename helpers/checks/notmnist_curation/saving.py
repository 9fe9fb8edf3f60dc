"""The checks of pictures scaled for a network, and of pictures and labels saved in one file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import (
    as_array,
    close,
    expect_no_list,
    expect_shape,
    explained,
    first_difference,
    name_mistake,
)
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.made_archives import empty_folder
from helpers.checks.notmnist_curation.saved_files import (
    expect_arrays,
    expect_only_file,
    expect_replaced,
    read_npz,
)
from helpers.checks.notmnist_curation.wrong_scalings import wrong_scalings
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="take one number. What should 0 become, what 255? Then write it for an array, "
    "with `X.astype(np.float32)` first."
)
def normalise(answer: Answer) -> str:
    """``normalise(X)``: pixels as numbers around zero.

    Parameters
    ----------
    X : uint8 array of any shape
        Pixels from 0 to 255.

    Returns
    -------
    float32 array of the same shape
        ``(X - 127.5) / 255``, from -0.5 to 0.5.
    """
    rng = default_rng(255)
    everything = np.arange(256, dtype=np.uint8).reshape(4, 8, 8)
    # No pixel of the third is black or white, so that its own range is another one.
    cases = (
        rng.permuted(everything),
        rng.integers(0, 256, (1, 28, 28), dtype=np.uint8),
        rng.integers(40, 200, (4, 8, 8), dtype=np.uint8),
        rng.integers(0, 256, (3, 7), dtype=np.uint8),
        np.full((2, 28, 28), 255, np.uint8),
    )
    with explained("in_place", _IN_PLACE, lambda error: "Cannot cast ufunc" in error):
        results = [_expect_scaled(answer(X), X) for X in cases]
    if not close(results[0], (cases[0] - 127.5) / 255):
        raise Wrong(
            "shared_result",
            "The second call wrote over the array that the first one had returned. Make a new "
            "array in each call.",
        )
    return "All 256 shades and four shapes right, in float32, and the uint8 pictures as they were."


_IN_PLACE = (
    "`X -= ...` writes into the array it was given, and its bytes cannot hold fractions. Make a "
    "new array: `X.astype(np.float32)`."
)


def _expect_scaled(came: object, X: np.ndarray) -> object:
    what = "normalise(X)"
    expect_shape(came, X.shape, what)
    dtype, expected = np.asarray(came).dtype, (X - 127.5) / 255
    array = as_array(came, what).astype(float)
    if dtype != np.float16 and not close(array, expected):
        single = array.astype(np.float32)
        # Where the mean of the pixels happens to be 127.5, taking it is no mistake.
        name_mistake(
            wrong_scalings(X),
            lambda known: any(close(single, one) and not close(expected, one) for one in known),
        )
        _name_difference(array, expected, X)
    expect_no_list(what, came)
    if dtype == np.float64:
        raise Wrong(
            "float64",
            "The numbers are right, but of type float64: 8 bytes each, eight times the memory of "
            "the pixels, and the network computes with float32 anyway. Use "
            "`X.astype(np.float32)` first.",
        )
    if dtype != np.float32:
        raise Wrong(
            "not_float32",
            f"The numbers should be of type float32, but are {dtype}. Use `X.astype(np.float32)`.",
        )
    return came


def _name_difference(array: np.ndarray, expected: np.ndarray, X: np.ndarray) -> None:
    if np.allclose(array, expected, rtol=0, atol=0.006):
        raise Wrong(
            "rounded",
            f"{first_difference(array, expected, 'normalise(X)')} The numbers are rounded "
            "somewhere: leave out `np.round` and compute in float32.",
        )
    place = tuple(np.argwhere(~np.isclose(array, expected, rtol=1e-6, atol=1e-6))[0])
    raise Wrong(
        "wrong_value",
        f"{first_difference(array, expected, 'normalise(X)')} The pixel there is {X[place]}. "
        "Compute `(X - 127.5) / 255` for every pixel.",
    )


@exercise(
    smaller_step="save into a file of your own first, `np.savez_compressed('try.npz', X=X, y=y)`, "
    "open it with `np.load('try.npz')` and look at its `files`. Then put `path` in."
)
def save_letters(answer: Answer) -> str:
    """``save_letters(path, X, y)``: keep pictures and labels in one compressed file.

    Parameters
    ----------
    path : str or pathlib.Path
        Where to write; it ends in ``.npz``. What was there before is replaced.
    X : uint8 array, shape (n, 28, 28)
        The pictures.
    y : int array, shape (n,)
        Their labels.
    """
    rng = default_rng(5)
    first, old = _letters(40, rng, np.int64), _letters(70, rng, np.int64)
    with explained("path_type", _PATH, _about_paths):
        size = _expect_saved(answer, Path, "small set.npz", first)
        _expect_compressed(size, first[0])
        _expect_saved(answer, str, "fonts.v2.npz", _letters(11, rng, np.int32))
        _expect_saved(answer, Path, "there.npz", first, old)
        _expect_saved(answer, str, "one.npz", _letters(1, rng, np.uint8))
    return (
        "Four files written where they should be, one over an old one; each gives back every "
        "pixel and label, without pickle."
    )


_PATH = (
    "`path` may be a string or a `Path`. `np.savez_compressed(path, ...)` takes both; `Path(path)` "
    "makes a `Path` of either."
)


def _about_paths(error: str) -> bool:
    return "PosixPath'" in error or "WindowsPath'" in error or "'str' object has no" in error


def _letters(n: int, rng: np.random.Generator, dtype: type) -> tuple[np.ndarray, np.ndarray]:
    """Return pictures of large squares, which can be compressed, and their labels."""
    squares = rng.integers(0, 256, (n, 4, 4), dtype=np.uint8)
    return squares.repeat(7, axis=1).repeat(7, axis=2), rng.integers(0, 10, n).astype(dtype)


def _expect_saved(
    answer: Answer, kind: type, name: str, letters: tuple, old: tuple | None = None
) -> int:
    """Save letters in a folder of their own; return how many bytes the file has."""
    X, y = letters
    with empty_folder() as here:
        path = here / "kept" / name
        path.parent.mkdir()
        if old:
            np.savez_compressed(path, X=old[0], y=old[1])
            before = path.read_bytes()
        Answer(_Procedure(answer.function), answer.name, answer.printed)(kind(path), X, y)
        expect_only_file(path, here)
        if old:
            expect_replaced(path, before)
        expect_arrays(read_npz(path), X, y)
        return path.stat().st_size


def _expect_compressed(size: int, X: np.ndarray) -> None:
    if size > X.nbytes / 2:
        raise Wrong(
            "not_compressed",
            f"The file holds the right arrays, but takes {size} bytes for {X.nbytes} pixels. These "
            "pictures are mostly flat and fit into a fraction of that: `np.savez_compressed`.",
        )


class _Procedure:
    """A student's function that need not return anything; errors still name its line."""

    def __init__(self, function: Callable):
        self.function = function
        self.__code__ = getattr(function, "__code__", None)

    def __call__(self, *arguments):
        value = self.function(*arguments)
        return "done" if value is None else value

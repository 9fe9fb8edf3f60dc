"""The checks of pictures scaled for a network, and of pictures and labels saved in one file."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import (
    close,
    expect_no_list,
    expect_shape,
    explained,
    first_difference,
    name_mistake,
)
from helpers.checks.feedback import exercise
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
        rng.integers(40, 200, (5, 28, 28), dtype=np.uint8),
        rng.integers(0, 256, (3, 7), dtype=np.uint8),
        np.full((2, 28, 28), 255, np.uint8),
    )
    with explained("in_place", _IN_PLACE, lambda error: "Cannot cast ufunc" in error):
        for X in cases:
            _expect_scaled(answer(X), X)
    return "All 256 shades and five shapes right, in float32, and the uint8 pictures as they were."


_IN_PLACE = (
    "`X -= ...` writes into the array it was given, and its bytes cannot hold fractions. Make a "
    "new array: `X.astype(np.float32)`."
)


def _expect_scaled(came: object, X: np.ndarray) -> None:
    expect_shape(came, X.shape, "normalise(X)")
    array, expected = np.asarray(came, dtype=float), (X - 127.5) / 255
    if not np.allclose(array, expected, rtol=0, atol=1e-3 if _is_half(came) else 1e-6):
        name_mistake(_scaled_wrong(X), lambda known: close(array.astype(np.float32), known))
        raise Wrong(
            "wrong_value",
            f"{first_difference(array, expected, 'normalise(X)')} The pixel there is "
            f"{X[tuple(np.argwhere(~np.isclose(array, expected, atol=1e-6))[0])]}.",
        )
    expect_no_list("normalise(X)", came)
    dtype = np.asarray(came).dtype
    if dtype == np.float64:
        raise Wrong(
            "float64",
            "The numbers are right, but of type float64: 8 bytes each, eight times the memory of "
            "the pixels, and the network computes with float32 anyway. Use "
            "`X.astype(np.float32)` first.",
        )
    if dtype != np.float32:
        raise Wrong("not_float32", f"The numbers should be of type float32, but are {dtype}.")


def _is_half(came: object) -> bool:
    return getattr(came, "dtype", None) == np.float16


def _scaled_wrong(X: np.ndarray) -> dict:
    pixels = X.astype(float)
    low, high = pixels.min(), pixels.max()
    wide = max(high - low, 1e-9)

    def fits(*known):
        """Pack several formulas for one mistake into one array per formula."""
        return known

    del fits
    formulas = {
        "wraps": ((X - np.uint8(128)) / 255, (X - np.uint8(127)) / 255),
        "cut_to_integers": (
            (pixels - 127.5) // 255,
            np.trunc((pixels - 127.5) / 255),
            pixels // 255 - 0.5,
            np.trunc(pixels - 127.5) / 255,
            np.floor(pixels - 127.5) / 255,
        ),
    }
    del formulas, low, wide
    return {}

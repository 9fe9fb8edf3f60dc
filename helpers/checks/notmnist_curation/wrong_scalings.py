"""What well-known mistakes make of pixels that should be scaled, and how to mend each."""

from __future__ import annotations

import numpy as np

from helpers.checks.arrays import Mistakes


def wrong_scalings(X: np.ndarray) -> Mistakes:
    """Return by their hints what well-known mistakes make of uint8 pixels: several arrays each."""
    x = X.astype(float)
    return _of_type(X, x) | _of_constants(x) | _of_order(x) | _of_this_array(x)


def _of_type(X: np.ndarray, x: np.ndarray) -> Mistakes:
    return {
        "wraps": (
            lambda: [
                (X - np.uint8(127)) / 255,
                (X - np.uint8(128)) / 255,
                (X.astype(np.int8) - 127.5) / 255,
            ],
            "Dark and light are mixed up: a byte has no negative numbers, so 0 - 128 became 128. "
            "Turn the pixels into floats before you subtract: `X.astype(np.float32)`.",
        ),
        "cut_to_integers": (
            lambda: [
                (x - 127.5) // 255,
                np.trunc((x - 127.5) / 255),
                x // 255 - 0.5,
                np.trunc(x - 127.5) / 255,
            ],
            "The fractions are gone: `//` and a cast to whole numbers cut them off. Divide with "
            "`/`, in floats.",
        ),
        "not_scaled": (
            lambda: [x],
            "The pixels came back as they are, from 0 to 255. Subtract 127.5, then divide by 255.",
        ),
    }


def _of_constants(x: np.ndarray) -> Mistakes:
    return {
        "not_centred": (
            lambda: [x / 255],
            "The numbers run from 0 to 1. Subtract 127.5 before you divide, and the middle grey "
            "becomes 0.",
        ),
        "only_centred": (
            lambda: [x - 127.5],
            "The numbers run from -127.5 to 127.5. Divide by 255 as well.",
        ),
        "twice_too_wide": (
            lambda: [(x - 127.5) / 127.5, x / 128 - 1],
            "The numbers run from -1 to 1: twice too wide. Divide by 255, the whole range.",
        ),
        "divided_by_256": (
            lambda: [(x - 127.5) / 256, x / 256 - 0.5],
            "White should become 0.5, but falls short of it: you divided by 256. There are 256 "
            "shades, but from 0 to 255 it is 255 steps.",
        ),
        "wrong_centre": (
            lambda: [(x - 128) / 255, (x - 127) / 255],
            "Black should become -0.5 and white 0.5, but both are shifted a little. The middle of "
            "0 and 255 is 127.5.",
        ),
    }


def _of_order(x: np.ndarray) -> Mistakes:
    return {
        "inverted": (
            lambda: [(127.5 - x) / 255],
            "The signs are turned round: 0 should become -0.5, 255 should become 0.5.",
        ),
        "order": (
            lambda: [x / 255 - 127.5],
            "You divided first and then subtracted 127.5, so all numbers are near -127. Subtract "
            "first: `(X - 127.5) / 255`.",
        ),
        "brackets": (
            lambda: [x - 127.5 / 255],
            "Division comes before subtraction, so only 127.5 was divided. Set brackets: "
            "`(X - 127.5) / 255`.",
        ),
    }


def _of_this_array(x: np.ndarray) -> Mistakes:
    mean, low, high = x.mean(), x.min(), x.max()
    return {
        "own_mean": (
            lambda: [
                (x - mean) / 255,
                (x - mean) / x.std(),
                (x - mean) / (high - low),
                (x - x.mean(axis=0)) / 255,
                (x - x.mean(axis=0)) / x.std(axis=0),
            ],
            "You took the mean of these very pictures. Then the same picture gets other numbers in "
            "other company, and training and test parts no longer fit. Use 127.5 and 255 for all.",
        ),
        "own_range": (
            lambda: [
                *_by_each_picture(x),
                (x - low) / (high - low) - 0.5,
                (x - low) / (high - low),
                x / high - 0.5,
                x / high,
                (x - 127.5) / high,
            ],
            "You scaled by the darkest and lightest pixel of these very pictures. Then the same "
            "grey gets another number elsewhere. Use 127.5 and 255 for all.",
        ),
    }


def _by_each_picture(x: np.ndarray) -> list[np.ndarray]:
    axes = tuple(range(1, x.ndim))
    low, high = x.min(axis=axes, keepdims=True), x.max(axis=axes, keepdims=True)
    scaled = (x - low) / (high - low)
    return [scaled - 0.5, scaled, x / high - 0.5, x / high]

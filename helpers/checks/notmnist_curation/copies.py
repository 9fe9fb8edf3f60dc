"""The check of finding exact copies of images."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import explained, name_mistake
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.masks import (
    expect_mask_of_images,
    expect_no_list,
    name_wrong_row,
)
from helpers.checks.running import Answer, Wrong

_SIDE = 28


@exercise(
    smaller_step="compare two images first: `(a == b).all()` is True when they are equal. Then one "
    "image of `B` with every image of `A`."
)
def overlap(answer: Answer) -> str:
    """``overlap(A, B)``: which images of B occur, pixel for pixel, in A.

    Parameters
    ----------
    A, B : numpy.ndarray of uint8, shape (n, 28, 28)
        Images; A and B may have different n.

    Returns
    -------
    numpy.ndarray of bool, shape (len(B),)
        True for each image of B that occurs in A.
    """
    _expect_nothing_remembered(answer)
    A, B = _copies_and_lookalikes(default_rng(1))
    with (
        explained("ambiguous", _AMBIGUOUS, lambda error: "ambiguous" in error),
        explained("unhashable", _UNHASHABLE, lambda error: "unhashable" in error),
    ):
        _expect_overlap(answer(A, B), A, B)
    for X, Y in ((B, A), *_noise_with_copies()):
        _expect_overlap(answer(X, Y), X, Y)
    return "Right for copies anywhere, for lookalikes, and for images that end in zeros."


_AMBIGUOUS = (
    "Two images give a truth value for each pixel, also where `in` compares them. Ask whether all "
    "of them are equal, or compare something that is one value for a whole image."
)


_UNHASHABLE = (
    "An array can change, so no set or dictionary takes it. Which fixed value holds all its pixels?"
)


def noise(n: int, rng: np.random.Generator, values: int = 256) -> np.ndarray:
    """Return n images of random pixels below `values`."""
    return rng.integers(0, values, (n, _SIDE, _SIDE), dtype=np.uint8)


def _noise_with_copies() -> list[tuple[np.ndarray, np.ndarray]]:
    pairs = []
    for n, m in ((150, 200), (1, 1), (7, 3), (1, 4)):
        rng = default_rng(n)
        A, B = noise(n, rng), noise(m, rng)
        B[: m // 3] = A[rng.integers(0, n, m // 3)]
        pairs.append((A, B))
    return [*pairs, (A, A)]


def _copies_and_lookalikes(rng) -> tuple[np.ndarray, np.ndarray]:
    """Return images whose copies stand elsewhere, next to some that only look like copies."""
    A = noise(30, rng, 255)
    A[3, 20:] = 0  # ends in zero bytes
    A[4] = 0
    B = noise(24, rng)
    B[[0, 5, 6, 11, 13, 20]] = A[[9, 5, 9, 3, 4, 28]]  # one at its own place, one copied twice
    B[8] = B[2]  # a pair within B only
    B[1] = rng.permutation(A[7].ravel()).reshape(_SIDE, _SIDE)  # the same pixels elsewhere
    B[9], B[10], B[17] = A[8].T, A[2][::-1], 255 - A[5]
    B[3], B[12], B[16], B[18] = A[3], A[15], A[12], A[6]
    B[3, 25, 5] = 1  # differs among the zeros at the end
    B[12, 27, 27] ^= 1  # differs in the last pixel
    B[16, 10, 10] ^= 1
    # The sums of all pixels, rows and columns stay the same.
    B[18, 5:7, 5:7] = A[6, 5:7, 5:7] // 2 + np.array([[9, 5], [5, 9]], dtype=np.uint8)
    A[6, 5:7, 5:7] = A[6, 5:7, 5:7] // 2 + np.array([[5, 9], [9, 5]], dtype=np.uint8)
    B[14, 0], B[15, :, 0] = A[14, 0], A[20, :, 0]  # one row, one column alike
    B[23, 9] = A[16, 9]  # a row in the middle
    B[19] = 255  # shares no pixel with any of A
    B[21, :14], B[21, 14:] = A[1, :14], A[2, 14:]  # half of one and half of another
    B[22, :14], B[22, 14:] = A[10, 14:], A[11, :14]  # the bytes stand in those of all of A
    return A, B


def _expect_overlap(value, A: np.ndarray, B: np.ndarray) -> None:
    if len(A) < len(B) and np.array_equal(value, _at_same_places(A, B)[: len(A)]):
        raise Wrong(
            "zip",
            f"There came {len(A)} truth values for {len(B)} images of `B`: `zip` stops at the "
            "shorter of the two, and compares only the same places.",
        )
    mask = expect_mask_of_images(value, A, B, "overlap(A, B)")
    expected = _keyed(A, B, np.ndarray.tobytes)
    if np.array_equal(mask, expected):
        expect_no_list(value)
        return
    for known in (
        _wrong_ends(expected),
        _wrong_keys(A, B),
        _wrong_pixels(A, B),
        _wrong_lines(A, B),
    ):
        name_mistake(known, lambda came: np.array_equal(mask, came))
    name_wrong_row(mask, expected, "equal to an image of `A`")


def _at_same_places(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    n, same = min(len(A), len(B)), np.zeros(len(B), dtype=bool)
    same[:n] = (A[:n] == B[:n]).all(axis=(1, 2))
    return same


def _expect_nothing_remembered(answer: Answer) -> None:
    """Raise `Wrong` if images of an earlier call's A are marked in a later one."""
    rng = default_rng()  # other images in each run of the check: none has been seen before
    earlier, A = noise(3, rng), noise(4, rng)
    marked: list = []
    with contextlib.suppress(Exception):  # other mistakes get sentences of their own
        marked.append(np.asarray(answer(A, earlier)).tolist())
        answer(earlier, A)
        marked.append(np.asarray(answer(A, earlier)).tolist())
    if marked == [[False] * 3, [True] * 3]:
        raise Wrong(
            "remembers",
            "Images are called copies because they stood in the `A` of an earlier call; this "
            "call's `A` has none of them. Begin with an empty set inside the function.",
        )


def _keyed(A: np.ndarray, B: np.ndarray, key: Callable[[np.ndarray], Hashable]) -> np.ndarray:
    """Return which images of B have the same key as one of A."""
    known = {key(image) for image in A}
    return np.array([key(image) in known for image in B], dtype=bool)


def _wrong_ends(expected: np.ndarray) -> dict:
    return {
        "inverted": (lambda: ~expected, "The mask is upside down: True marks the copies."),
        "all_true": (
            lambda: np.ones_like(expected),
            "Every image of `B` is called a copy. Is `B` compared with itself, or with what an "
            "earlier call left behind?",
        ),
        "none_found": (
            lambda: np.zeros_like(expected),
            "No copy is found, though there are some. What is compared with what?",
        ),
    }


def _wrong_keys(A: np.ndarray, B: np.ndarray) -> dict:
    """Return masks from something that different images can have in common."""

    def keyed(key):
        return lambda: _keyed(A, B, key)

    return {
        "same_pixels_elsewhere": (
            keyed(lambda image: np.sort(image.ravel()).tobytes()),
            "An image with the same pixels at other places is no copy: their order counts.",
        ),
        "sum_or_mean": (
            keyed(lambda image: int(image.sum())),
            "Different images can have the same sum or mean. Compare all pixels, each where it "
            "stands.",
        ),
        "sums_of_rows": (
            keyed(lambda image: (*image.sum(axis=0).tolist(), *image.sum(axis=1).tolist())),
            "Different images can have the same sums in all rows and columns. Compare the pixels.",
        ),
        "set_of_values": (
            keyed(lambda image: frozenset(image.ravel().tolist())),
            "A set of pixels forgets where they stand and how often. Compare whole images.",
        ),
        "part_of_image": (
            keyed(lambda image: image[0].tobytes()),
            "Only the first row of pixels was compared. The rest counts as well.",
        ),
    }


def _wrong_pixels(A: np.ndarray, B: np.ndarray) -> dict:
    """Return masks from the right pixels, compared with the wrong ones or with too few."""
    rows = [image.tobytes() for image in B]
    return {
        "same_position": (
            lambda: _at_same_places(A, B),
            "Only images at the same place were compared. A copy can stand anywhere in `A`.",
        ),
        "any_pixel": (
            lambda: np.array([(b == A).any() for b in B]),
            "One equal pixel is not enough: all of them have to be equal, in the same image of "
            "`A`. (That is how `b in A` decides, for arrays.)",
        ),
        "values_anywhere": (
            lambda: np.isin(B, A).all(axis=(1, 2)),
            "Each pixel has a value that occurs anywhere in `A`, and that is nearly always so. "
            "Compare whole images with whole images.",
        ),
        "pixels_anywhere": (
            lambda: np.array([(b == A).any(axis=0).all() for b in B]),
            "Each pixel is found in some image of `A`, but not all of them in the same one.",
        ),
        "across_images": (
            lambda: np.array([row in A.tobytes() for row in rows]),
            "The bytes of all of `A` in one piece hold the end of one image with the beginning "
            "of the next. Keep the bytes of each image apart.",
        ),
        "within_b": (
            lambda: np.array([rows.count(row) > 1 for row in rows]),
            "These are images of `B` that come twice in `B`. Look for them in `A`.",
        ),
    }


def _wrong_lines(A: np.ndarray, B: np.ndarray) -> dict:
    """Return masks from rows or columns that are alike, where whole images are asked for."""
    return {
        "any_row": (
            lambda: np.array([(b == A).all(axis=2).any() for b in B]),
            "One equal row of pixels is not enough: all rows have to be equal, in the same image "
            "of `A`.",
        ),
        "any_column": (
            lambda: np.array([(b == A).all(axis=1).any() for b in B]),
            "One equal column of pixels is not enough: all columns have to be equal, in the same "
            "image of `A`.",
        ),
    }

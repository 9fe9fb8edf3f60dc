"""The checks of finding copies and near copies of images."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import name_mistake
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong

_SIDE = 28


def expect_mask(value, n: int, what: str, hints: Mapping = ()) -> np.ndarray:
    """Return an array of n truth values, or raise `Wrong` if it is anything else.

    Parameters
    ----------
    value : object
        What a student returned. A list of truth values is let through.
    n : int
        How many there should be.
    what : str
        How the message names it.
    hints : mapping from shape to (hint, sentence), optional
        Shapes that tell which mistake was made.
    """
    array = np.asarray(value)
    should = f"`{what}` should be a mask: {n} truth values, True or False."
    if array.shape in dict(hints):
        hint, sentence = dict(hints)[array.shape]
        raise Wrong(hint, f"{should} There came shape {array.shape}. {sentence}")
    if array.dtype == object or array.dtype.kind in "SUc":
        raise Wrong("wrong_type", f"{should} There came a `{type(value).__name__}`.")
    if not array.shape:
        raise Wrong("one_number", f"{should} There came the single value {array}.")
    if array.shape == (n,) and array.dtype != bool and np.isin(array, (0, 1)).all():
        raise Wrong(
            "not_boolean",
            f"{should} There came 0 and 1 of type {array.dtype}: numpy takes these for row "
            "numbers. `.astype(bool)` helps.",
        )
    if array.dtype.kind in "iu" and array.ndim == 1:
        raise Wrong(
            "indices",
            f"{should} There came {array.size} whole numbers. If these are places or counts: say "
            "for each row whether it is meant.",
        )
    if array.dtype != bool or array.shape != (n,):
        groups = array.dtype == bool and array.ndim == 1 and "groups" in what
        raise Wrong(
            "mask_over_groups" if groups else "not_a_mask",
            f"{should} There came shape {array.shape}, type {array.dtype}.",
        )
    return array


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
    A, B = _copies_and_lookalikes(default_rng(1))
    _expect_overlap(answer(A, B), A, B)
    _expect_overlap(answer(B, A), B, A)
    for n, m in ((150, 200), (1, 1), (7, 3)):
        rng = default_rng(n)
        A, B = _noise(n, rng), _noise(m, rng)
        B[: m // 3] = A[rng.integers(0, n, m // 3)]
        _expect_overlap(answer(A, B), A, B)
    A, B = _noise(1, default_rng(0)), _noise(1, default_rng(1))
    _expect_overlap(answer(A, A), A, A)
    _expect_overlap(answer(A[:0], B), A[:0], B)
    return "Right for copies anywhere, for lookalikes, for images that end in zeros and an empty A."


def _noise(n: int, rng) -> np.ndarray:
    return rng.integers(0, 256, (n, _SIDE, _SIDE), dtype=np.uint8)


def _copies_and_lookalikes(rng) -> tuple[np.ndarray, np.ndarray]:
    """Return images whose copies stand elsewhere, next to some that only look like copies."""
    A = _noise(30, rng)
    A[3, 20:] = 0  # ends in zero bytes
    A[4] = 0
    B = _noise(24, rng)
    B[[0, 5, 6, 11]] = A[[9, 5, 9, 3]]  # the same place among them, one copy twice
    B[13] = A[4]
    B[8] = B[2]  # a pair within B only
    B[1] = rng.permutation(A[7].ravel()).reshape(_SIDE, _SIDE)  # the same sum, the same pixels
    B[3] = A[3]
    B[3, 25, 5] = 1  # differs among the zeros at the end
    B[9], B[10], B[12] = A[8].T, A[2][::-1], A[15]
    B[12, 27, 27] ^= 1  # differs in the last pixel
    B[14, 0], B[15, :, 0] = A[14, 0], A[20, :, 0]  # one row, one column alike
    B[16] = A[12]
    B[16, 10, 10] ^= 1
    B[17] = 255 - A[5]
    return A, B


def _expect_overlap(value, A: np.ndarray, B: np.ndarray) -> None:
    hints = {
        (len(A), len(B)): ("a_matrix", "For each image of `B`, is there any in `A`?"),
        (len(B), len(A)): ("a_matrix", "For each image of `B`, is there any in `A`?"),
        (): ("one_number", "That is one answer for all images; each of `B` needs its own."),
    }
    if len(A) != len(B):
        hints[(len(A),)] = ("over_a", "That is one for each image of `A`. Ask for those of `B`.")
        hints[(min(len(A), len(B)),)] = hints.get((min(len(A), len(B)),), _ZIPPED)
        hints.pop((len(B),), None)
    _expect_not_images(value)
    mask = expect_mask(value, len(B), "overlap(A, B)", hints)
    known = {image.tobytes() for image in A}
    expected = np.array([image.tobytes() in known for image in B], dtype=bool)
    if np.array_equal(mask, expected):
        _expect_no_list(value)
        return
    name_mistake(_mistaken_copies(A, B, expected), lambda came: np.array_equal(mask, came))
    _name_wrong_row(mask, expected, "equal to an image of `A`")


_ZIPPED = ("zip", "`zip` stops at the shorter of the two, and compares only the same places.")


def _expect_not_images(value) -> None:
    if isinstance(value, list | np.ndarray) and np.ndim(value) == 3:
        raise Wrong("images", "These are images. Give a mask: for each image of `B` True or False.")


def _expect_no_list(value) -> None:
    if isinstance(value, list | tuple):
        raise Wrong(
            "a_list", "The mask is right, but a list. `~mask` and `mask.sum()` need arrays."
        )


def _name_wrong_row(mask: np.ndarray, expected: np.ndarray, what: str) -> None:
    place = int(np.flatnonzero(mask != expected)[0])
    if expected[place]:
        raise Wrong("missed", f"Image {place} of `B` is {what}, but the mask says False.")
    raise Wrong("false_copy", f"Image {place} of `B` is not {what}, but the mask says True.")


def _mistaken_copies(A: np.ndarray, B: np.ndarray, expected: np.ndarray) -> dict:
    def keyed(key):
        known = {key(image) for image in A}
        return lambda: np.array([key(image) in known for image in B])

    n = min(len(A), len(B))
    same = np.zeros(len(B), dtype=bool)
    same[:n] = (A[:n] == B[:n]).all(axis=(1, 2))
    rows = [image.tobytes() for image in B]
    return {
        "inverted": (lambda: ~expected, "The mask is upside down: True marks the copies."),
        "all_true": (
            lambda: np.ones(len(B), dtype=bool),
            "Every image of `B` is called a copy. Is `B` compared with itself?",
        ),
        "none_found": (
            lambda: np.zeros(len(B), dtype=bool),
            "No copy is found, though there are some. What is compared with what?",
        ),
        "sum_or_mean": (
            keyed(lambda image: int(image.sum())),
            "Different images can have the same sum or mean. Compare all pixels, each at its place.",  # noqa: E501
        ),
        "same_pixels_elsewhere": (
            keyed(lambda image: np.sort(image.ravel()).tobytes()),
            "An image with the same pixels at other places is no copy: their order counts.",
        ),
        "set_of_values": (
            keyed(lambda image: frozenset(image.ravel().tolist())),
            "A set of pixels forgets where they stand and how often. Compare whole images.",
        ),
        "same_position": (
            lambda: same,
            "Only images at the same place were compared. A copy can stand anywhere in `A`.",
        ),
        "any_pixel": (
            lambda: np.array([(b == A).any() for b in B]),
            "One equal pixel is not enough: all of them have to be equal, in the same image of `A`.",  # noqa: E501
        ),
        "pixels_anywhere": (
            lambda: (A[None] == B[:, None]).any(axis=1).all(axis=(1, 2)),
            "Each pixel is found in some image of `A`, but not all of them in the same one.",
        ),
        "within_b": (
            lambda: np.array([rows.count(row) > 1 for row in rows]),
            "These are images of `B` that come twice in `B`. Look for them in `A`.",
        ),
        "part_of_image": (
            keyed(lambda image: image[0].tobytes()),
            "Only the first row of pixels was compared. The rest counts as well.",
        ),
    }


@exercise(
    smaller_step="measure one distance first: make both images floats from 0 to 1, take the "
    "difference, square it, add up all pixels, and take the root."
)
def near(answer: Answer) -> str:
    """``near(A, B, radius)``: which images of B have one of A within a distance.

    Parameters
    ----------
    A, B : numpy.ndarray of uint8, shape (n, 28, 28)
        Images; A and B may have different n.
    radius : float
        Largest Euclidean distance that counts, for pixels divided by 255; the distance may equal
        it.

    Returns
    -------
    numpy.ndarray of bool, shape (len(B),)
        True for each image of B with an image of A within the radius.
    """
    A, B = _images_at_distances(default_rng(3))
    for radius in (2.0, 0.5, 1.0, 0.05):
        _expect_near(answer(A, B, radius), A, B, radius)
    _expect_near(answer(B, A, 1.0), B, A, 1.0)
    for A, B in ((A[:1], B), (A, B[:1])):  # noqa: B020
        _expect_near(answer(A, B, 1.0), A, B, 1.0)
    A, B = _black_and_white(default_rng(5))
    _expect_near(answer(A, B, 0.0), A, B, 0.0)
    return "Right for four radii, for brighter and darker near copies, and for exact ones."


def _images_at_distances(rng) -> tuple[np.ndarray, np.ndarray]:
    """Return images with copies that differ in few pixels or in all, none close to a radius."""
    A = _noise(45, rng)
    B = _noise(60, rng)
    places = rng.permutation(60)
    # How many pixels change, and by how much, so little that none has to be clipped: distances up
    # to 2.8, none within 0.01 of a radius that is asked for. And many exact copies.
    changes = [(784, 6), (784, 12), (784, 2), (784, 25), (784, 16), (784, 9), (784, 1), (1, 100)]
    changes += [(4, 80), (10, 120), (25, 90), (2, 120), (6, 20), (30, 100), (4, 90), (9, 40)]
    changes += [(16, 60), (20, 64), (1, 1)]
    for number, (count, step) in enumerate(changes):
        image = A[rng.integers(len(A))].astype(int).ravel()
        at = rng.choice(image.size, count, replace=False)
        image[at] += np.where(image[at] < 128, step, -step)
        B[places[number]] = image.reshape(_SIDE, _SIDE)
    B[places[20:50]] = A[rng.permutation(len(A))[:30]]
    return A, B


def _black_and_white(rng) -> tuple[np.ndarray, np.ndarray]:
    """Return images without rounding: 0 and 1 after the division, so a copy is at 0 exactly."""
    A, B = (np.uint8(255) * rng.integers(0, 2, (n, _SIDE, _SIDE), dtype=np.uint8) for n in (9, 12))
    B[[2, 5, 7]] = A[[4, 0, 4]]
    return A, B


def _squares(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return the squared distances of pixels from 0 to 255, exactly; one row for each of B."""
    a = A.astype(np.int64)
    return np.array([((a - b) ** 2).sum(axis=(1, 2)) for b in B])


def _expect_near(value, A: np.ndarray, B: np.ndarray, radius: float) -> None:
    what = f"near(A, B, {radius:g})"
    hints = {
        (len(A), len(B)): ("a_matrix", "For each image of `B`, is there any in `A`?"),
        (len(B), len(A)): ("a_matrix", "For each image of `B`, is there any in `A`?"),
    }
    if len(A) != len(B):
        hints[(len(A),)] = ("over_a", "That is one for each image of `A`. Ask for those of `B`.")
    squares = _squares(A, B)
    nearest = np.sqrt(squares.min(axis=1)) / 255
    _expect_not_images(value)
    array = np.asarray(value)
    if array.dtype.kind == "f" and array.shape == nearest.shape and len(B) > 1:
        raise Wrong("distances", f"`{what}` gave numbers. Compare the distances with `radius`.")
    mask = expect_mask(value, len(B), what, hints)
    expected = nearest <= radius
    if np.array_equal(mask, expected):
        _expect_no_list(value)
        return
    known = _mistaken_radii(squares, radius) | _mistaken_distances(A, B, radius)
    name_mistake(known, lambda came: np.array_equal(mask, came))
    copies, differs = nearest == 0, mask != expected
    if copies[differs].all() and not mask[differs].any():
        raise Wrong(
            "nan_for_copies",
            f"With radius {radius:g} {differs.sum()} of {copies.sum()} exact copies are missed. "
            "Rounding can make their square a little less than 0, and its root `nan`: take "
            "`np.maximum(squares, 0)` first.",
        )
    _name_wrong_row(mask, expected, f"within {radius:g} of an image of `A`")


def _mistaken_radii(squares: np.ndarray, radius: float) -> dict:
    """Return masks from right differences, used in a wrong way."""
    d = np.sqrt(squares) / 255
    copies = (squares == 0).any(axis=1)
    return {
        "inverted": (lambda: (d > radius).all(axis=1), "True should mark the near ones."),
        "not_inclusive": (
            lambda: (d < radius).any(axis=1),
            f"A distance of exactly {radius:g} is within the radius: `<=`.",
        ),
        "not_scaled": (
            lambda: (255 * d <= radius).any(axis=1),
            "`radius` is meant for pixels from 0 to 1: divide them by 255.",
        ),
        "squared": (
            lambda: (d**2 <= radius).any(axis=1),
            "The square of the distance is compared with `radius`. Take the root.",
        ),
        "copies_excluded": (
            lambda: ((d > 0) & (d <= radius)).any(axis=1),
            "Exact copies are at distance 0, and that is within the radius.",
        ),
        "only_copies": (
            lambda: copies,
            f"Only exact copies are found. Images a little apart, up to {radius:g}, count as well.",
        ),
        "all_of_a": (
            lambda: (d <= radius).all(axis=1),
            "One near image of `A` is enough, it need not be all of them: `any`.",
        ),
        "radius_ignored": (
            lambda: (d <= 1).any(axis=1),
            f"This is the mask for radius 1, but the radius was {radius:g}.",
        ),
    }


def _mistaken_distances(A: np.ndarray, B: np.ndarray, radius: float) -> dict:
    """Return masks from differences that are no Euclidean distance."""
    apart = [np.abs(A.astype(float) - b) / 255 for b in B]
    wrapped = [A - b for b in B]

    def within(distance, differences=apart):
        return lambda: np.array([(distance(each) <= radius).any() for each in differences])

    pixels, n = (1, 2), min(len(A), len(B))
    diagonal = np.zeros(len(B), dtype=bool)
    diagonal[:n] = [np.sqrt((apart[i][i] ** 2).sum()) <= radius for i in range(n)]
    wraps = "In uint8 `200 - 250` is 206, as it cannot be negative. Make the pixels floats first."
    mean = "A distance adds up the squares of all pixels; their mean is far smaller. Use the sum."
    return {
        "wraps": (within(lambda w: np.sqrt(((w / 255) ** 2).sum(pixels)), wrapped), wraps),
        "wraps_squares": (within(lambda w: np.sqrt((w**2).sum(pixels)) / 255, wrapped), wraps),
        "manhattan": (
            within(lambda d: d.sum(pixels)),
            "This adds up the differences. Add up their squares, then take the root.",
        ),
        "largest_pixel": (
            within(lambda d: d.max(pixels)),
            "This is the largest difference of a pixel. Add up the squares of all.",
        ),
        "mean_not_sum": (within(lambda d: np.sqrt((d**2).mean(pixels))), mean),
        "mean_of_squares": (within(lambda d: (d**2).mean(pixels)), mean),
        "mean_of_differences": (within(lambda d: d.mean(pixels)), mean),
        "same_position": (
            lambda: diagonal,
            "Only images at the same place were compared. A copy can stand anywhere in `A`.",
        ),
    }

"""The check of finding images that nearly equal another one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import name_mistake
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.copies import noise
from helpers.checks.notmnist_curation.masks import (
    expect_mask_of_images,
    expect_no_list,
    name_wrong_row,
)
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="measure one distance first: make both images floats from 0 to 1, take the "
    "difference, square it, add up all pixels, and take the root.",
    seconds=10.0,  # an import of scikit-learn takes its time on a busy machine
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
    _expect_near(answer, A, B, (2.0, 0.5, 1.0, 0.1))
    _expect_near(answer, B, A, (1.0, 2.0))
    _expect_near(answer, A[:1], B, (1.0,))
    _expect_near(answer, A, B[:1], (1.0,))
    A, B = _black_and_white(default_rng(5))
    _expect_near(answer, A, B, (0, 2, 1, 1.995, 3.0))
    return (
        "Right for seven radii, for brighter and darker near copies, for exact ones, and for "
        "distances that equal the radius."
    )


# How many pixels change, and by how much: distances from 0.004 to 6.6, none within 0.01 of a radius
# that is asked for. The steps are so small that no pixel has to be clipped.
_CHANGES = (
    *((784, step) for step in (1, 2, 4, 6, 8, 12, 16, 22, 30, 60)),
    *((1, 1), (1, 20), (4, 10), (16, 5), (1, 40), (1, 100), (4, 80), (6, 20), (10, 120)),
    *((25, 60), (100, 40), (25, 90), (30, 100), (100, 120)),
)


def _images_at_distances(rng) -> tuple[np.ndarray, np.ndarray]:
    """Return images with exact, brighter and darker copies, and some with noise in their pixels."""
    A, B = noise(45, rng), noise(60, rng)
    places = rng.permutation(60)
    for number, (count, step) in enumerate(_CHANGES):
        image = A[rng.integers(len(A))].astype(int).ravel()
        at = rng.choice(image.size, count, replace=False)
        image[at] += np.where(image[at] < 128, step, -step)
        B[places[number]] = image.reshape(A.shape[1:])
    for place, step in zip(places[52:55], (3, 12, -20), strict=True):
        image = A[rng.integers(len(A))].astype(int)
        B[place] = image + np.where((image + step >= 0) & (image + step < 256), step, 0)
    B[places[25:50]] = A[rng.permutation(len(A))[:25]]
    B[places[50]], B[places[51]] = A[0], A[places[51] % 45]
    return A, B


def _black_and_white(rng) -> tuple[np.ndarray, np.ndarray]:
    """Return images at distances 0, 1, 2 and 3 exactly, whatever the rounding, and at 0.08."""
    A, B = (np.uint8(255) * noise(n, rng, 2) for n in (9, 14))
    for place, pixels in ((2, 0), (5, 0), (6, 1), (3, 1), (8, 4), (11, 4), (13, 9)):
        B[place] = A[rng.integers(len(A))]
        B[place].flat[rng.choice(784, pixels, replace=False)] ^= 255
    B[4] = A[7]
    B[4, 9, 9] ^= 20
    return A, B


def _expect_near(answer: Answer, A: np.ndarray, B: np.ndarray, radii: tuple) -> None:
    """Expect right masks for all of `radii`; a mistake is named if it explains all of them."""
    squares = _squares(A, B)
    nearest = np.sqrt(squares.min(axis=1)) / 255
    masks = []
    for radius in radii:
        what, value = f"near(A, B, {radius:g})", answer(A, B, radius)
        numbers = isinstance(value, np.ndarray) and value.dtype.kind == "f"
        if numbers and value.shape == nearest.shape and len(B) > 1:
            raise Wrong("distances", f"`{what}` gave numbers. Compare the distances with `radius`.")
        masks.append(expect_mask_of_images(value, A, B, what))
    expected = np.array([nearest <= radius for radius in radii])
    if np.array_equal(masks, expected):
        expect_no_list(value)
        return
    for known in (_wrong_comparisons(squares, radii), _wrong_distances(A, B, radii)):
        name_mistake(known, lambda came: any(np.array_equal(masks, each) for each in came))
    first = next(k for k in range(len(radii)) if (masks[k] != expected[k]).any())
    _name_wrong_image(masks[first], expected[first], nearest, radii[first])


def _squares(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return the squared distances of pixels from 0 to 255, exactly; one row for each of B."""
    a = A.astype(np.int64)
    return np.array([((a - b) ** 2).sum(axis=(1, 2)) for b in B])


def _name_wrong_image(mask, expected, nearest: np.ndarray, radius: float) -> None:
    copies, differs = nearest == 0, mask != expected
    if copies[differs].all() and not mask[differs].any():
        raise Wrong(
            "nan_for_copies",
            f"With radius {radius:g} {differs.sum()} of {copies.sum()} exact copies are missed. "
            "Rounding can make their square a little less than 0, and its root `nan`: take "
            "`np.maximum(squares, 0)` first.",
        )
    name_wrong_row(mask, expected, f"within {radius:g} of an image of `A`")


def _wrong_comparisons(squares: np.ndarray, radii: tuple) -> dict:
    """Return masks from right distances, compared in a wrong way; each a list of one or more."""
    d = np.sqrt(squares) / 255

    def masks(*compares: Callable[[float], np.ndarray]) -> Callable[[], list]:
        return lambda: [np.array([compare(r).any(axis=1) for r in radii]) for compare in compares]

    return {
        "inverted": (
            lambda: [np.array([(d > r).all(axis=1) for r in radii])],
            "True should mark the near ones.",
        ),
        "not_inclusive": (
            masks(lambda r: d < r),
            "A distance that equals the radius is within it, 0 within 0 too: `<=`.",
        ),
        "not_scaled": (
            masks(lambda r: 255 * d <= r),
            "`radius` is meant for pixels from 0 to 1: divide them by 255.",
        ),
        "scaled_after_squaring": (
            masks(lambda r: 255**0.5 * d <= r),
            "The squares were divided by 255, and that is too little. Divide the pixels by 255 "
            "before you square.",
        ),
        "scaled_by_256": (
            masks(lambda r: 255 * d <= 256 * r),
            "A full pixel of ink is 255 and counts 1: divide by 255, not by 256.",
        ),
        "squared": (
            masks(lambda r: d**2 <= r),
            "The square of the distance is compared with `radius`. Take the root.",
        ),
        **_wrong_ranges(d, masks),
    }


def _wrong_ranges(d: np.ndarray, masks: Callable) -> dict:
    return {
        "copies_excluded": (
            masks(lambda r: (d > 0) & (d <= r)),
            "Exact copies are at distance 0, and that is within the radius.",
        ),
        "only_copies": (
            masks(lambda r: d == 0),
            "Only exact copies are found. Images a little apart, up to `radius`, count as well.",
        ),
        "none_found": (
            masks(lambda r: d < 0),
            "Nothing is found near, not even exact copies. Is one near image of `A` enough? Is no "
            "distance `nan`? And are the pixels floats before you compute with them?",
        ),
        "radius_ignored": (
            masks(*(lambda _, r=r: d <= r for r in (0.1, 0.5, 1, 2, 3))),
            "The mask is the same whatever the radius. Compare with `radius`.",
        ),
    }


_WRAPS = (
    "Whole numbers of 8 or 16 bits cannot hold all results: in uint8 `200 - 250` is 206, and "
    "`20 * 20` is 144. Make the pixels floats before you compute."
)
_MEAN = "A distance adds up the squares of all pixels; their mean is far smaller. Use the sum."


def _wrong_distances(A: np.ndarray, B: np.ndarray, radii: tuple) -> dict:
    """Return masks from what is no Euclidean distance; each a list of one or more."""
    apart = np.array([np.abs(A.astype(float) - b) / 255 for b in B])
    pixels, n = (2, 3), min(len(A), len(B))
    d = np.sqrt((apart**2).sum(pixels))
    diagonal = np.full((len(B), 1), np.inf)
    diagonal[:n, 0] = d[range(n), range(n)]

    def masks(*distances: np.ndarray) -> list:
        return [np.array([(each <= r).any(axis=1) for r in radii]) for each in distances]

    return {
        "wraps": (lambda: masks(*_wrapped(A, B)), _WRAPS),
        "manhattan": (
            lambda: masks(apart.sum(pixels)),
            "This adds up the differences. Add up their squares, then take the root.",
        ),
        "largest_pixel": (
            lambda: masks(apart.max(pixels)),
            "This is the largest difference of a pixel. Add up the squares of all.",
        ),
        "mean_not_sum": (lambda: masks(d / 28, d**2 / 784, apart.mean(pixels)), _MEAN),
        "same_position": (
            lambda: masks(diagonal),
            "Only images at the same place were compared. A near one can stand anywhere in `A`.",
        ),
    }


def _wrapped(A: np.ndarray, B: np.ndarray) -> list[np.ndarray]:
    """Return what takes the place of the distances where whole numbers overflow."""
    over = np.array([A - b for b in B])
    under = np.array([b - A for b in B])
    small = np.array([A.astype(np.int16) - b for b in B])
    a, b = A.reshape(len(A), -1), B.reshape(len(B), -1)
    expanded = (b**2).sum(axis=1)[:, None] + (a**2).sum(axis=1) - 2 * b @ a.T
    pixels = (2, 3)
    whole = [*(np.sqrt((each**2).sum(pixels)) for each in (over, small)), np.sqrt(expanded)]
    return [
        np.sqrt(((over / 255) ** 2).sum(pixels)),
        np.sqrt(((under / 255) ** 2).sum(pixels)),
        # Divided by 255 at the end, before the root, or not at all.
        *(each / scale for each in whole for scale in (255, 255**0.5, 1)),
    ]

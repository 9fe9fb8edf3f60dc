"""Is what came a mask, one truth value for each row, and which row is the first wrong one?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from helpers.checks.running import Wrong


def expect_mask(value: object, n: int, what: str, hints: Mapping = ()) -> np.ndarray:
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
    should = f"`{what}` should be a mask: {n} truth values, True or False."
    array = one_array(value, should)
    if array.shape in dict(hints):
        hint, sentence = dict(hints)[array.shape]
        came = f"shape {array.shape}" if array.shape else f"the single value {array}"
        raise Wrong(hint, f"{should} There came {came}. {sentence}")
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
        raise Wrong("not_a_mask", f"{should} There came shape {array.shape}, type {array.dtype}.")
    return array


def one_array(value: object, should: str) -> np.ndarray:
    """Return `value` as an array, or raise `Wrong`, beginning with what it should be."""
    try:
        array = np.asarray(value)
    except ValueError:  # what numpy calls inhomogeneous
        raise Wrong(
            "not_a_mask",
            f"{should} There came a `{type(value).__name__}` of {len(value)} things that differ in "
            "shape. Return the mask alone.",
        ) from None
    if hasattr(array[()], "__next__"):
        raise Wrong(
            "a_generator",
            f"{should} There came a generator, which has not computed any of them yet. Put square "
            "brackets around it: `np.array([... for ... in ...])`.",
        )
    return array


def expect_mask_of_images(value: object, A: np.ndarray, B: np.ndarray, what: str) -> np.ndarray:
    """Return a mask over the images of B, or raise `Wrong` if it is one of anything else."""
    one_image = value[0] if isinstance(value, list) and value else None
    if getattr(value, "ndim", 0) == 3 or getattr(one_image, "ndim", 0) == 2:
        raise Wrong("images", "These are images. Give a mask: for each image of `B` True or False.")
    matrix = ("a_matrix", "For each image of `B`, is there any in `A`?")
    hints = {
        (len(A), len(B)): matrix,
        (len(B), len(A)): matrix,
        (): ("one_number", "That is one answer for all images; each of `B` needs its own."),
    }
    if len(A) != len(B):
        sentence = "That is one for each image of `A`. Ask for those of `B`."
        hints[(len(A),)] = ("over_a", sentence)
    return expect_mask(value, len(B), what, hints)


def expect_no_list(value: object) -> None:
    """Raise `Wrong` if a right mask is a list."""
    if isinstance(value, list | tuple):
        raise Wrong(
            "a_list", "The mask is right, but a list. `~mask` and `mask.sum()` need arrays."
        )


def name_wrong_row(mask: np.ndarray, expected: np.ndarray, what: str) -> None:
    """Raise `Wrong` for the first image that a mask is wrong about.

    Parameters
    ----------
    mask, expected : numpy.ndarray of bool, shape (n,)
        What came, and what should have come; they differ.
    what : str
        What is true of the images that are meant, e.g. ``"equal to an image of `A`"``.
    """
    place = int(np.flatnonzero(mask != expected)[0])
    if expected[place]:
        raise Wrong("missed", f"Image {place} of `B` is {what}, but the mask says False.")
    raise Wrong("false_copy", f"Image {place} of `B` is not {what}, but the mask says True.")

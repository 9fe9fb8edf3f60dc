"""The check of preparing pictures for a network."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import (
    Mistakes,
    as_array,
    close,
    expect_no_list,
    explained,
    name_mistake,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="take one pixel of ink and one of paper, `np.array([0, 255], dtype=np.uint8)`. "
    "With which sum and quotient do they become 1 and 0?"
)
def prepare(answer: Answer) -> str:
    """``prepare(X)``: pictures as a network likes them, ink 1 and paper 0.

    Parameters
    ----------
    X : uint8 array, shape (n, 32, 32)
        0 is ink, 255 paper. It is not changed.

    Returns
    -------
    float32 array, shape (n, 32, 32, 1)
    """
    rng = default_rng(90)
    for n in (6, 1, 11):
        X = np.where(rng.random((n, 32, 32)) < 0.16, 0, 255).astype(np.uint8)
        fixed = explained("sides_hard_coded", _ANY_NUMBER, lambda error: "reshape" in error)
        with fixed:
            value = answer(X)
            _expect(value, X)
            expect_no_list("prepare(X)", value)
    return "Ink is 1, paper 0, of type float32, with a channel axis, for 1, 6 and 11 pictures."


_ANY_NUMBER = "There may be any number of pictures: `X[..., np.newaxis]` adds the axis to all."


def _expect(value: object, X: np.ndarray) -> None:
    array = as_array(value, "prepare(X)")
    pictures = _without_channel(array, X)
    right = (X == 0).astype(float)
    if not close(pictures, right):
        name_mistake(_mistakes(X), lambda came: close(pictures, np.asarray(came)))
        _explain_range(pictures, X)
    if np.asarray(value).dtype != np.float32:
        raise Wrong(
            "wrong_dtype",
            f"The values are right. Their type is {np.asarray(value).dtype}: networks compute in "
            "float32, so convert once, here.",
        )


def _without_channel(array: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Return the pictures as (n, 32, 32), or raise `Wrong` if the shape is another."""
    n = len(X)
    shapes = {
        X.shape: ("no_channel", "The channel axis is missing at the end: `X[..., np.newaxis]`."),
        (n, 1, 32, 32): ("channel_first", "The channel axis comes last."),
        (1, n, 32, 32): ("channel_first", "The new axis comes last, for the channel."),
        (n, 1024): ("flattened", "The pictures became rows. A convolution needs their two sides."),
        (n, 32, 32, 3): ("three_channels", "Three channels, all alike: one is enough for ink."),
    }
    if array.shape == (n, 32, 32, 1):
        return array[..., 0]
    hint, sentence = shapes.get(array.shape, ("wrong_shape", ""))
    raise Wrong(
        hint,
        f"The shape should be {(n, 32, 32, 1)}, but is {array.shape}. {sentence}".rstrip(),
    )


def _mistakes(X: np.ndarray) -> Mistakes:
    paper = (X == 255).astype(float)
    wide = X.astype(float)
    return {
        "paper_is_one": (
            lambda: paper,
            "Paper is 1 and ink 0. Most of a picture is paper, and what is 0 adds nothing to a "
            "sum: let ink be what counts.",
        ),
        "not_scaled": (
            lambda: 255 - wide,
            "Ink is 255. Divide, so that it becomes 1.",
        ),
        "overflow": (
            lambda: (1 - X).astype(float),
            "1 - 255 is not in the range of the type `uint8`, which goes from 0 to 255, and starts "
            "anew. Make decimals first, for instance by dividing.",
        ),
        "turned": (
            lambda: 1 - wide.transpose(0, 2, 1) / 255,
            "Rows and columns of the pictures are exchanged.",
        ),
        "brackets": (
            lambda: 255 - wide / 255,
            "Division comes before subtraction. Put what is to be divided into brackets.",
        ),
        "divided_by_256": (
            lambda: (255 - wide) / 256,
            "Ink is a little less than 1: the largest value is 255, not 256.",
        ),
        "all_zero": (
            lambda: np.zeros(X.shape),
            "Everything is 0: decimals below 1 were cut to whole numbers.",
        ),
    }


def _explain_range(pictures: np.ndarray, X: np.ndarray) -> None:
    """Raise `Wrong` for values that none of the known formulas gives."""
    ink, paper = np.unique(pictures[X == 0]), np.unique(pictures[X == 255])
    if ink.size == paper.size == 1:
        said = f"Ink is {ink[0]:.4g} and paper {paper[0]:.4g}; they should be 1 and 0."
        if max(abs(ink[0]), abs(paper[0])) > 1.01 and min(ink[0], paper[0]) < -0.01:
            raise Wrong("by_its_own_values", f"{said} Leave mean and spread aside.")
        if min(ink[0], paper[0]) < 0:
            raise Wrong("negative", f"{said} With paper at 0 the empty part adds nothing.")
        if max(ink[0], paper[0]) > 2:
            raise Wrong("not_scaled", f"{said} Divide by the largest value.")
        if max(ink[0], paper[0]) < 0.1:
            raise Wrong("overflow", f"{said} Does `1 - X` fit into the type of X, 0 to 255?")
        raise Wrong("wrong_value", said)
    raise Wrong(
        "ink_varies",
        f"Ink came with {ink.size} and paper with {paper.size} different values. One formula for "
        "all pixels, without mean and spread, gives one of each.",
    )

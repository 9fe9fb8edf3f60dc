"""The check of the accuracy on pictures that are moved sideways."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import TOLERANCE_FLOAT32, as_array
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_convnets.watched_model import WatchedModel, loss
from helpers.checks.notmnist_convnets.wrong_moves import came_in, moved, wrong_moves
from helpers.checks.running import Answer, Wrong

_PICTURES = 17


@exercise(
    smaller_step="move one row of numbers: of `a = np.arange(1, 6)` make `[0, 0, 1, 2, 3]`, with "
    "`np.zeros_like` and one assignment of slices. Then `[3, 4, 5, 0, 0]`."
)
def shift_accuracy(answer: Answer) -> str:
    """``shift_accuracy(model, X, y, dx)``: accuracy when each picture is moved sideways.

    Parameters
    ----------
    model : keras.Model
        Gives ten probabilities for each picture.
    X : numpy.ndarray of float32, shape (n, height, width, 1)
        Pictures, background 0. They are not changed.
    y : numpy.ndarray of int, shape (n,)
        The right letters.
    dx : int
        How many pixels to the right; to the left if negative. What comes in is 0.

    Returns
    -------
    float
        Share of right answers, 0 to 1.
    """
    _expect(answer, (28, 28, 1), 7)
    for dx in (-5, -1):
        _expect(answer, (28, 28, 1), dx, _NEGATIVE)
    _expect(answer, (28, 28, 1), 0, _ZERO)
    _expect(answer, (12, 20, 1), 3, _SIZE)
    return "Right for moves to the right, to the left and by 0, and for pictures of another size."


_NEGATIVE = (
    "negative_dx",
    "Moves to the right are right. With a negative `dx` it goes to the left: the columns from "
    "`-dx` on become the first ones.",
)
_ZERO = (
    "zero_dx",
    "Moves by more are right. With `dx = 0` the pictures should stay as they are; the slice "
    "`[:-0]` is empty.",
)
_SIZE = (
    "hard_coded_size",
    "Pictures of 28 by 28 are right, these are 12 by 20: take sizes from `X.shape`.",
)


def _expect(
    answer: Answer, shape: tuple[int, ...], dx: int, special: tuple[str, str] | None = None
) -> None:
    """Ask for one move. A failure in moving gets the hint and the advice of a special case."""
    rng = default_rng(60 + dx)
    X = rng.integers(0, 9, (_PICTURES, *shape)).astype(np.float32) / 8
    model, p = WatchedModel(_answers), _answers(moved(X, dx))
    y = p.argmax(axis=1)
    wrong = rng.choice(_PICTURES, 6, replace=False)
    y[wrong] = (y[wrong] + rng.integers(1, 10, len(wrong))) % 10
    call = f"shift_accuracy(model, X, y, {dx})"
    try:
        came = answer(model, X, y, dx)
        _expect_pictures(model.asked, X, dx, call)
    except Wrong as failure:
        if "broadcast" in failure.message and model.asked:
            failure.hint = "argmax_over_pictures"
            failure.message += f" {_ARGMAX}"
        elif special and failure.hint != "changes_input":
            failure.hint = special[0]
            failure.message += f" {special[1]}"
        raise
    _expect_share(came, p, y, dx, call)


def _answers(pictures: np.ndarray) -> np.ndarray:
    """Return probabilities that depend on each pixel."""
    rows = np.nan_to_num(pictures.reshape(len(pictures), -1).astype(float))
    z = rows @ default_rng(7).normal(0, 0.2, (rows.shape[1], 10))
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _expect_pictures(asked: list[np.ndarray], X: np.ndarray, dx: int, call: str) -> None:
    """Raise `Wrong` unless the model was asked about the pictures, moved by dx."""
    if not asked:
        raise Wrong(
            "other_model", f"`{call}` never asks the `model` that is handed in about anything."
        )
    sizes = {pictures.shape[1:] for pictures in asked}
    if sizes != {X.shape[1:]}:
        raise Wrong(
            "narrower",
            f"`{call}` asks about pictures of shape {sizes.pop()}. Those in `X` have shape "
            f"{X.shape[1:]}, and a moved one is as large: what leaves is lost, what comes in is 0.",
        )
    pictures = np.concatenate(asked)
    if len(pictures) < len(X):
        raise Wrong(
            "some_only", f"`{call}` asks about {len(pictures)} pictures, but `X` has {len(X)}."
        )
    rounds = [pictures[first : first + len(X)] for first in range(0, len(pictures), len(X))]
    if any(_same(one, moved(X, dx)) for one in rounds):
        return
    for hint, other, sentence in wrong_moves(X, dx, call):
        if _same(rounds[-1], other):
            raise Wrong(hint, sentence)
    _explain_new_columns(rounds[-1], X, dx, call)
    row, column = np.argwhere(~np.isclose(rounds[-1], moved(X, dx)).all(axis=(0, 3)))[0]
    raise Wrong(
        "wrong_pictures",
        f"`{call}` asks about pictures that are not those of `X` moved by {dx}: row {row}, column "
        f"{column} is the first place that differs. Draw one of them with `plt.imshow`.",
    )


def _same(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and np.allclose(a, b, atol=TOLERANCE_FLOAT32)


def _explain_new_columns(came: np.ndarray, X: np.ndarray, dx: int, call: str) -> None:
    """Raise `Wrong` if only the columns that came in differ."""
    new = came_in(X, dx)
    if not np.allclose(came[:, :, ~new], moved(X, dx)[:, :, ~new]):
        return
    strip = came[:, :, new]
    side = "left" if dx > 0 else "right"
    if np.isnan(strip).all() or np.ptp(strip) == 0:
        raise Wrong(
            "other_fill",
            f"In `{call}` the columns that come in on the {side} are {strip.flat[0]:g}. Background "
            "is 0 here.",
        )
    raise Wrong(
        "border_stays",
        f"In `{call}` the columns that come in on the {side} still hold a part of the letter. They "
        "should be 0: begin with an empty array.",
    )


_ARGMAX = (
    "The model gives one row of ten probabilities for each picture: its letter is the `argmax` of "
    "the row, axis 1."
)


def _expect_share(came: object, p: np.ndarray, y: np.ndarray, dx: int, call: str) -> None:
    array = as_array(came, call)
    right = float(np.mean(p.argmax(axis=1) == y))
    if array.shape == (2,) and _near(array[1], right):
        raise Wrong(
            "loss_and_accuracy",
            f"`{call}` gives the loss and the accuracy, as `evaluate` does. Return the second.",
        )
    if array.size != 1:
        raise Wrong(
            "not_a_number",
            f"`{call}` should be one number, but has shape {array.shape}. The share of right "
            "answers is their mean.",
        )
    share = float(array.ravel()[0])
    if _near(share, right):
        return
    for hint, other, sentence in _wrong_shares(p, y, dx, right):
        if _near(share, other):
            raise Wrong(hint, sentence)
    raise Wrong(
        "wrong_value",
        f"`{call}` should be {right:.4f}, but is {share:.4f}. The pictures are moved well: look at "
        "how answers and `y` are compared.",
    )


def _near(a: float, b: float) -> bool:
    return abs(a - b) < TOLERANCE_FLOAT32


def _wrong_shares(
    p: np.ndarray, y: np.ndarray, dx: int, right: float
) -> Iterator[tuple[str, float, str]]:
    """Yield hint, value and sentence of each known mistake in counting."""
    moved = "The labels were moved as well. The pictures are moved, but they show the same letters."
    sure = "That is a mean of probabilities. An answer is right or not: compare `argmax` with `y`."
    said = p.argmax(axis=1)
    yield "percent", 100 * right, "That is in percent. Asked for is a share, 0 to 1."
    yield "count", right * len(y), "That is how many answers are right. Asked for is their share."
    yield "error_rate", 1 - right, "That is the share of wrong answers."
    yield "labels_moved", np.mean(said == np.roll(y, dx)), moved
    yield "labels_moved", np.mean(said == np.roll(y, -dx)), moved
    yield "loss", loss(p, y), "That is the loss. Asked for is the share of right answers."
    yield "mean_probability", p[np.arange(len(y)), y].mean(), sure
    yield "mean_probability", p.max(axis=1).mean(), sure
    none = "Not one answer counts as right. Are letters compared, or probabilities?"
    yield "no_argmax", 0.0, f"{none} {_ARGMAX}"

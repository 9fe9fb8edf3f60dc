"""The check of a figure that shows pictures beside their predictions."""

from __future__ import annotations

import contextlib
import re
import types
from collections.abc import Iterable, Iterator
from unittest import mock

import numpy as np
from numpy.random import default_rng

from helpers.checks.feedback import exercise
from helpers.checks.notmnist_convnets.drawn_rows import Sheet, standing_out
from helpers.checks.notmnist_convnets.expected_rows import expect_bars, expect_pictures
from helpers.checks.notmnist_convnets.watched_model import WatchedModel
from helpers.checks.running import Answer, Wrong

_PICTURES = 9
_LETTERS = "ABCDEFGHIJ"


@exercise(
    smaller_step="one picture without a function: `plt.imshow(X_valid[0, :, :, 0])`. Then its ten "
    "probabilities with `plt.bar`. Then both, as row 0 of `plt.subplots(3, 2)`.",
    seconds=60.0,  # the first figure may be what makes matplotlib look for its fonts
)
def show_predictions(answer: Answer) -> str:
    """``show_predictions(model, X, Y, rows)``: pictures beside the probabilities of ten letters.

    Parameters
    ----------
    model : keras.Model
        Gives ten probabilities for each picture.
    X : numpy.ndarray of float32, shape (n, 28, 28, 1)
        Pictures.
    Y : numpy.ndarray of int, shape (n,)
        The right letters, 0 to 9.
    rows : int
        How many pictures to show, the first ones of `X`.

    Returns
    -------
    matplotlib.figure.Figure
        In each row a picture, and beside it ten bars; the true letter is marked in some way.
    """
    case = _Case(rows=3)
    first = case.sheet(answer, case.Y)
    _expect_rows(case, first)
    _expect_asked(case)
    other = case.Y.copy()
    other[1] = (other[1] + 3) % 10
    _expect_marks(case, first, case.sheet(answer, other), other)
    one = _Case(rows=1)
    try:
        sheet = one.sheet(answer, one.Y)
    except Wrong as wrong:
        if wrong.hint == "raises":
            wrong.hint = "one_row"
            wrong.message += (
                " Three rows work. For one row `plt.subplots` gives axes in another shape, unless "
                "it is told `squeeze=False`."
            )
        raise
    _expect_rows(one, sheet)
    _expect_asked(one)
    return f"Right for 3 rows and for 1, with letters of our own.{_remarks(first)}"


class _Case:
    """Pictures, labels and a model that knows them by sight."""

    def __init__(self, rows: int):
        rng = default_rng(50 + rows)
        self.rows = rows
        self.X = rng.random((_PICTURES, 28, 28, 1)).astype(np.float32)
        self.p = rng.dirichlet(np.full(10, 3), _PICTURES)
        # Never the largest probability, and in each row another letter.
        self.Y = (self.p.argmax(axis=1) + 2) % 10
        self.call = f"show_predictions(model, X, Y, {rows})"
        self.asked: list[int] = []

    def sheet(self, answer: Answer, Y: np.ndarray) -> Sheet:
        """Return what the answer draws, and remember which pictures the model was asked about."""
        self.asked.clear()
        with _own_figures() as numbers:
            value = answer(WatchedModel(self._answers), self.X, Y, self.rows)
            return Sheet(_figure(value, self.call, len(numbers())))

    def _answers(self, pictures: np.ndarray) -> np.ndarray:
        places = []
        for picture in pictures:
            same = [place for place, x in enumerate(self.X) if _same(picture, x)]
            if not same:
                raise Wrong(
                    "other_pictures",
                    f"`{self.call}` asks the model about a picture that is not one of `X`. Use "
                    "the `X` that is handed in, as it is.",
                )
            places.append(same[0])
        self.asked += places
        return self.p[places]


def _same(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and np.allclose(a, b, atol=1e-5)


@contextlib.contextmanager
def _own_figures() -> Iterator:
    """Show no figure that is made inside, close them all; yield what tells their numbers."""
    import matplotlib.pyplot as plt

    before = set(plt.get_fignums())
    try:
        with mock.patch.object(plt, "show", lambda *args, **kwargs: None):
            yield lambda: set(plt.get_fignums()) - before
    finally:
        for number in set(plt.get_fignums()) - before:
            plt.close(number)


def _figure(value: object, call: str, made: int):
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    if isinstance(value, Figure):
        if made > 1:
            raise Wrong(
                "last_figure_only",
                f"`{call}` makes {made} figures. Make one before the loop, with a row of axes for "
                "each picture.",
            )
        return value
    things = list(np.ravel(np.array(value, dtype=object)))
    if isinstance(value, tuple) and any(isinstance(thing, Figure) for thing in value):
        raise Wrong("fig_and_axes", f"`{call}` gives several things. Return the figure alone.")
    if any(isinstance(thing, Axes) for thing in things):
        raise Wrong("axes_returned", f"`{call}` gives axes. Return the figure that they are in.")
    if isinstance(value, types.ModuleType):
        raise Wrong(
            "pyplot_returned",
            f"`{call}` gives `{value.__name__}`, the library. Return the figure, which "
            "`plt.subplots` hands back first.",
        )
    raise Wrong(
        "not_a_figure", f"`{call}` gives a `{type(value).__name__}`, not a matplotlib figure."
    )


def _expect_rows(case: _Case, sheet: Sheet) -> None:
    expect_pictures(sheet, case.X, case.rows, case.call)
    if not case.asked:
        raise Wrong(
            "other_model", f"`{case.call}` never asks the `model` that is handed in about anything."
        )
    expect_bars(sheet, case.p[: case.rows], case.Y, case.call)


def _expect_asked(case: _Case) -> None:
    asked = len(set(case.asked))
    if asked > case.rows:
        raise Wrong(
            "predicts_all",
            f"`{case.call}` asks the model about {asked} pictures and shows {case.rows}. With "
            "thousands in `X` that is a long wait: ask about `X[:rows]`.",
        )


def _expect_marks(case: _Case, first: Sheet, second: Sheet, other: np.ndarray) -> None:
    """Compare two sheets; in the second another letter is the true one of row 1."""
    bars = [expect_bars(sheet, case.p[: case.rows], case.Y, case.call) for sheet in (first, second)]
    marks = [[standing_out(row) for row in rows] for rows in bars]
    if np.array_equal(first.dots, second.dots) and first.texts == second.texts:
        said = "With another true letter in the second row the figure stays the same."
        if marks[0][1] == {case.Y[0]}:
            raise Wrong("same_truth", f"{said} The first row's letter is marked there: `Y[i]`.")
        if marks[0][1] == {case.p[1].argmax()}:
            said += " Marked is the largest bar; that is what the model says."
        raise Wrong(
            "truth_not_marked", f"{said} Mark the true letter, which `Y` holds, in some way."
        )
    letters = _letters(second.texts - first.texts)
    changed = marks[0][1] != marks[1][1]
    missed = case.Y[1] not in marks[0][1] or other[1] not in marks[1][1]
    if (changed and missed) or (letters and _LETTERS[other[1]] not in letters):
        raise Wrong(
            "other_letter_marked",
            f"When the true letter of the second row becomes {_LETTERS[other[1]]}, another one is "
            "marked. Number 0 is A.",
        )
    if changed and any(case.Y[i] not in marks[0][i] for i in range(case.rows)):
        raise Wrong(
            "same_truth", "The second row's letter is marked in other rows as well: use `Y[i]`."
        )


def _letters(texts: Iterable[str]) -> set[str]:
    """Return which of the letters A to J stand alone in some text."""
    return set(re.findall(r"\b[A-J]\b", "\n".join(texts)))


def _remarks(sheet: Sheet) -> str:
    said = ""
    image = sheet.pictures[0].images[0]
    if image.get_array().ndim == 2 and image.get_cmap().name == "viridis":
        said += ' In grey, `cmap="gray_r"`, the pictures would look like ink on paper.'
    if not _letters(sheet.texts):
        said += " Nothing says which bar is which letter: ticks can."
    if sheet.bars[0].bbox.x0 < sheet.pictures[0].bbox.x0:
        said += " The bars stand on the left, where the text puts the pictures."
    return said

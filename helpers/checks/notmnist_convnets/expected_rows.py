"""Does each row of a figure show the right picture and the right bars, and if not, which ones?"""

from __future__ import annotations

import numpy as np

from helpers.checks.notmnist_convnets.drawn_rows import (
    Bar,
    Sheet,
    bars_of,
    find_bars,
    height_of,
    hidden_bar,
    in_order,
    upside_down,
    values_of,
)
from helpers.checks.running import Wrong


def expect_pictures(sheet: Sheet, X: np.ndarray, rows: int, call: str) -> None:
    """Raise `Wrong` unless the first pictures of X are drawn, one below the other.

    Parameters
    ----------
    sheet : Sheet
        The figure.
    X : numpy.ndarray, shape (n, 28, 28, 1)
        Pictures, no two alike.
    rows : int
        How many of them should be there.
    call : str
        How the message names it.
    """
    panels = sheet.pictures
    if not panels:
        raise Wrong("no_pictures", f"`{call}` draws no picture. `imshow` draws one into its panel.")
    if len(panels) < rows == sum(len(ax.images) for ax in panels):
        raise Wrong(
            "all_in_one",
            f"`{call}` draws all pictures into one panel, where the last one hides the others.",
        )
    if len(panels) != rows:
        raise Wrong(
            "rows_ignored",
            f"`{call}` draws {len(panels)} pictures. There should be as many as `rows` says.",
        )
    if rows > 1 and len({height_of(ax) for ax in panels}) == 1:
        raise Wrong(
            "rows_columns_exchanged",
            f"`{call}` draws the pictures side by side. One below the other they should be: "
            "`plt.subplots(rows, 2)`.",
        )
    _expect_places([_place(ax, X, call) for ax in panels], call)


def _place(ax, X: np.ndarray, call: str) -> int:
    """Return which picture of X a panel shows, in whatever colours."""
    values = values_of(ax.images[-1])
    if values.shape == X.shape[1:3]:
        if not upside_down(ax) and (place := _most_alike(values, X)) is not None:
            return place
        turned = (values.T, values[::-1], values[:, ::-1], values[::-1, ::-1], values)
        if any(_most_alike(matrix, X) is not None for matrix in turned):
            raise Wrong(
                "picture_turned",
                f"`{call}` draws a picture turned or upside down. Row 0 belongs at the top.",
            )
    raise Wrong(
        "other_pictures_drawn",
        f"`{call}` draws a picture that is none of `X`. Use the `X` that is handed in.",
    )


def _most_alike(values: np.ndarray, X: np.ndarray) -> int | None:
    with np.errstate(all="ignore"):
        alike = [abs(np.corrcoef(values.ravel(), x.ravel())[0, 1]) for x in X]
    return int(np.argmax(alike)) if max(alike) > 0.99 else None


def _expect_places(places: list[int], call: str) -> None:
    wanted = list(range(len(places)))
    if places == wanted:
        return
    said = f"`{call}` draws pictures number {', '.join(map(str, places))} from top to bottom."
    if len(set(places)) == 1 and len(places) > 1:
        raise Wrong("same_picture", f"{said} In row i it should be picture i.")
    if sorted(places) == wanted:
        raise Wrong("other_order", f"{said} The first of `X` belongs at the top.")
    raise Wrong(
        "not_the_first",
        f"{said} It should be the first ones of `X`: who calls it decides which these are.",
    )


def expect_bars(sheet: Sheet, p: np.ndarray, Y: np.ndarray, call: str) -> list[list[Bar]]:
    """Return the ten bars of each row, or raise `Wrong` if they do not show its probabilities.

    Parameters
    ----------
    sheet : Sheet
        The figure.
    p : numpy.ndarray, shape (rows, 10)
        The probabilities.
    Y : numpy.ndarray of int
        The true letters.
    call : str
        How the message names it.
    """
    if len(sheet.bars) < len(p):
        raise Wrong(
            "no_bars",
            f"`{call}` draws bars in {len(sheet.bars)} panels, but there should be {len(p)}. "
            "`bar` draws them into the panel beside the picture.",
        )
    rows = []
    for i, ax in enumerate(sheet.bars[: len(p)]):
        bars = bars_of(ax)
        found = find_bars(bars, p[i])
        if found is None:
            _explain(in_order(bars), i, sheet, p, Y, call)
        if hidden_bar(bars):
            raise Wrong(
                "bars_overlaid",
                f"In row {i} bars lie over each other: where the model is sure, one hides the "
                "other. Mark the true letter's bar by its colour, or put the bars side by side.",
            )
        rows.append(found)
    return rows


def _explain(bars: list[Bar], i: int, sheet: Sheet, p: np.ndarray, Y: np.ndarray, call: str):
    lengths = np.array([bar.length for bar in bars])
    said = f"In row {i} of `{call}`"
    if len(lengths) == 10 and lengths.sum() == 10 and (lengths % 1 == 0).all():
        raise Wrong(
            "histogram",
            f"{said} the bars count how many probabilities are of which size: `hist` does that. "
            "`bar` draws the numbers themselves.",
        )
    if i and all(find_bars(bars_of(ax), p[0]) for ax in sheet.bars):
        raise Wrong("same_bars", f"{said} stand the probabilities of row 0 again.")
    if any(find_bars(bars, row) for row in p):
        raise Wrong("bars_of_other_rows", f"{said} stand the probabilities of another row.")
    _explain_few(lengths, p[i], Y[i], said)
    if all(np.isclose(lengths, value, atol=1e-5).any() for value in p[i]):
        raise Wrong(
            "bars_sorted",
            f"{said} are the right bars in another order. From A to J each row can be compared "
            "with the others.",
        )
    shown = ", ".join(f"{length:.3f}" for length in lengths[:3])
    raise Wrong(
        "other_bars",
        f"{said} the bars begin with {shown}; the model's probabilities with "
        f"{', '.join(f'{value:.3f}' for value in p[i][:3])}. Draw them as they are.",
    )


def _explain_few(lengths: np.ndarray, p: np.ndarray, letter: int, said: str) -> None:
    """Raise `Wrong` if there is only one bar, or only one with a length."""
    long = np.flatnonzero(lengths)
    if len(long) != 1:
        return
    alone = len(lengths) == 1
    if np.isclose(lengths[long[0]], p.max()) or (not alone and long[0] == p.argmax()):
        raise Wrong(
            "only_the_largest",
            f"{said} is only the letter that the model answers. Draw all ten probabilities: they "
            "show how sure it is.",
        )
    if not alone and long[0] == letter:
        raise Wrong("truth_only", f"{said} is only the true letter. What does the model say?")

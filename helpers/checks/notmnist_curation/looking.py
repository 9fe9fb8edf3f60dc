"""The check of a first look: a sheet of images of each class."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import expect_shape, explained
from helpers.checks.feedback import exercise
from helpers.checks.random_draws import expect_random
from helpers.checks.running import Answer, Wrong

_CLASSES = 10
_SIDE = 28


@exercise(
    smaller_step="one row first: `np.flatnonzero(y == 0)` says where the images of class 0 stand. "
    "Put a few of them side by side with `np.hstack`."
)
def contact_sheet(answer: Answer) -> str:
    """``contact_sheet(X, y, columns, rng)``: one picture with some images of each class.

    Parameters
    ----------
    X : numpy.ndarray of uint8, shape (n, 28, 28)
        Images.
    y : numpy.ndarray of int, shape (n,)
        Their classes, 0 to 9.
    columns : int
        How many images of each class to show.
    rng : numpy.random.Generator
        The only source of random numbers.

    Returns
    -------
    numpy.ndarray of uint8, shape (10 * 28, columns * 28)
        In row r different images of class r, drawn at random.
    """
    with (
        explained("too_few_to_draw_from", _TOO_FEW, lambda error: "larger sample" in error),
        explained("nothing_appended", _EMPTY, lambda error: "at least one array" in error),
    ):
        for columns, sizes in ((4, range(5, 15)), (5, [5] * _CLASSES), (1, range(12, 2, -1))):
            X, y = _labelled_images(sizes, default_rng(columns))
            _places(answer(X, y, columns, default_rng(columns)), X, y, columns)
    _expect_random_images(answer)
    return (
        "Row r shows different images of class r, for 1, 4 and 5 columns; other ones with another "
        "`rng`, and the same ones again from the same seed."
    )


_TOO_FEW = (
    "Each class has at least `columns` images, so print what you draw from, and how many. What "
    "`np.where` gives is a tuple with one array in it, and `np.flatnonzero` gives the array."
)
_EMPTY = "`rows` is still empty: append one strip of images for each class."


def _labelled_images(sizes, rng) -> tuple[np.ndarray, np.ndarray]:
    y = rng.permutation(np.repeat(np.arange(_CLASSES), list(sizes)))
    return rng.integers(0, 256, (len(y), _SIDE, _SIDE), dtype=np.uint8), y


def _places(sheet, X: np.ndarray, y: np.ndarray, columns: int) -> np.ndarray:
    """Return which image of X stands in each row and column of the sheet."""
    _expect_picture(sheet, columns)
    places = _find_images(sheet, X, columns)
    _expect_classes(places, y)
    for r, row in enumerate(places):
        if len(set(row.tolist())) < columns:
            raise Wrong(
                "with_replacement",
                f"With {columns} columns row {r} shows an image twice. Draw without putting back: "
                "`replace=False`.",
            )
    return places


def _expect_picture(sheet, columns: int) -> None:
    what = f"contact_sheet(X, y, {columns}, rng)"
    if not isinstance(sheet, np.ndarray):
        raise Wrong(
            "not_an_array",
            f"`{what}` should be an array, but is of type `{type(sheet).__name__}`.",
        )
    height, width = _CLASSES * _SIDE, columns * _SIDE
    if sheet.ndim > 2 or sheet.shape == (_CLASSES * columns, _SIDE * _SIDE):
        raise Wrong(
            "not_one_picture",
            f"`{what}` should be one picture of shape {(height, width)}, but has shape "
            f"{sheet.shape}: the images are still apart. Join those of a class side by side, then "
            "the rows one below the other.",
        )
    strip = ("one_strip", "All images stand in one strip. Each class gets a row of its own.")
    hints = {
        (width, height): (
            "rows_columns_exchanged",
            "Rows and columns have changed places: each class is a row.",
        ),
        (_SIDE, height * columns): strip,
        (height * columns, _SIDE): strip,
    }
    if columns != _CLASSES:
        hints[height, height] = ("columns_ignored", "Show as many images as `columns` says.")
    expect_shape(sheet, (height, width), what, hints)
    if sheet.dtype != np.uint8:
        raise Wrong(
            "not_uint8",
            f"`{what}` should be of type uint8 like the images, but is of type {sheet.dtype}. "
            "Leave the pixels as they are; an array made to write into needs `dtype=np.uint8`.",
        )


def _find_images(sheet: np.ndarray, X: np.ndarray, columns: int) -> np.ndarray:
    known = {image.tobytes(): place for place, image in enumerate(X)}
    tiles = sheet.reshape(_CLASSES, _SIDE, columns, _SIDE).swapaxes(1, 2)
    places = np.array([[known.get(tile.tobytes(), -1) for tile in row] for row in tiles])
    if (places >= 0).all():
        return places
    r, c = np.argwhere(places < 0)[0]
    tile, where = tiles[r, c], f"The tile in row {r}, column {c}"
    if all(image.tobytes() in known for image in sheet.reshape(-1, _SIDE, _SIDE)):
        raise Wrong(
            "scrambled",
            f"{where} mixes rows of several images: `reshape` refills the picture pixel by pixel "
            "and does not lay images side by side. `np.hstack` does.",
        )
    if tile.T.tobytes() in known:
        raise Wrong("images_turned", f"{where} is an image with rows and columns exchanged.")
    if (255 - tile).tobytes() in known:
        raise Wrong("inverted", f"{where} is a negative: leave the pixels as they are.")
    if not tile.any():
        raise Wrong("nothing_there", f"{where} is empty. Does the loop reach it?")
    raise Wrong(
        "not_the_images",
        f"{where} is none of the images. Each tile of 28 times 28 pixels should be one of `X`, "
        "unchanged.",
    )


def _expect_classes(places: np.ndarray, y: np.ndarray) -> None:
    labels, rows = y[places], np.arange(_CLASSES)[:, None]
    if (labels == rows).all():
        return
    r, c = np.argwhere(labels != rows)[0]
    said = f"Row {r}, column {c} shows an image of class {labels[r, c]}."
    if (places == places[0]).all():
        raise Wrong(
            "same_images_in_all_rows",
            f"{said} All rows show the same images: draw anew for each class.",
        )
    by_position = (places // (len(y) // _CLASSES), places // places.shape[1], places % _CLASSES)
    if any((guess == rows).all() for guess in by_position):
        raise Wrong(
            "class_by_position",
            f"{said} Which class an image belongs to does not follow from its place in `X`: ask "
            "`y == r`.",
        )
    if (labels == labels[:, :1]).all() and places.shape[1] > 1:
        raise Wrong(
            "wrong_row",
            f"{said} Each row holds a single class, but row r should hold class r, in this order.",
        )
    raise Wrong("labels_ignored", f"{said} Only images with `y == {r}` belong there.")


def _expect_random_images(answer: Answer, size: int = 12, columns: int = 5) -> None:
    X, y = _labelled_images([size] * _CLASSES, default_rng(7))
    rank = np.array([np.sum(y[:place] == y[place]) for place in range(len(y))])

    def draw(seed: int) -> list:
        return rank[_places(answer(X, y, columns, default_rng(seed)), X, y, columns)].tolist()

    ranks = np.array([draw(seed) for seed in range(4)])  # seed, class, column
    _expect_no_runs(np.sort(ranks, axis=2), size)
    expect_random(draw, "images")
    _expect_each_drawn(ranks, size)


def _expect_no_runs(in_order: np.ndarray, size: int) -> None:
    columns = in_order.shape[-1]
    first = np.arange(columns)
    if (in_order == first).all() or (in_order == first + size - columns).all():
        raise Wrong(
            "first_images",
            f"Of {size} images of each class the sheet always shows the first or the last ones. "
            "Draw among all of them with `rng`.",
        )
    if ((np.diff(in_order, axis=2, append=in_order[..., :1] + size) > 1).sum(axis=2) <= 1).all():
        raise Wrong(
            "neighbours",
            "The images of a row always stand one after the other in `X`. Draw each of them.",
        )


def _expect_each_drawn(ranks: np.ndarray, size: int) -> None:
    in_order = np.sort(ranks, axis=2)
    if (ranks == ranks[:, :1]).all():
        raise Wrong(
            "same_places",
            "All classes show the images at the same places: the first row decides the others. "
            "Draw anew for each class.",
        )
    fixed = np.flatnonzero((in_order == in_order[:1]).all(axis=(0, 2)))
    if fixed.size:
        raise Wrong(
            "row_fixed",
            f"Row {fixed[0]} shows the same images whatever `rng` is handed in. Draw in each row.",
        )
    never = sorted(set(range(size)) - set(ranks.ravel().tolist()))
    if never:
        raise Wrong(
            "never_drawn",
            f"In {len(ranks)} sheets with {size} images of each class, image {never[0]} of a class "
            "was never shown. Draw among all images of a class.",
        )

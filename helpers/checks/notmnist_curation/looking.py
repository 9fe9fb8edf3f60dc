"""The checks of a first look: a sheet of images of each class, and how many there are."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array, expect_close, expect_no_list, expect_shape
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.splitting import expect_random
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
    for columns, sizes in ((4, range(5, 15)), (5, [5] * _CLASSES), (1, range(12, 2, -1))):
        X, y = _labelled_images(sizes, default_rng(columns))
        _places(answer(X, y, columns, default_rng(columns)), X, y, columns)
    _expect_random_images(answer)
    return (
        "Row r shows different images of class r, for 1, 4 and 5 columns; other ones with another "
        "`rng`, and the same ones again from the same seed."
    )


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


def _expect_random_images(answer: Answer) -> None:
    size, columns = 12, 5
    X, y = _labelled_images([size] * _CLASSES, default_rng(7))
    rank = np.array([np.sum(y[:place] == y[place]) for place in range(len(y))])

    def draw(seed: int) -> list:
        return rank[_places(answer(X, y, columns, default_rng(seed)), X, y, columns)].tolist()

    ranks = np.array([draw(seed) for seed in range(4)])  # seed, class, column
    in_order = np.sort(ranks, axis=2)
    first = np.arange(columns)
    if (in_order == first).all() or (in_order == first + size - columns).all():
        raise Wrong(
            "first_images",
            f"Of {size} images of each class the sheet always shows the first or the last ones. "
            "Draw among all of them with `rng`.",
        )
    if (np.diff(in_order, axis=2) == 1).all():
        raise Wrong(
            "neighbours",
            "The images of a row always stand one after the other in `X`. Draw each of them.",
        )
    expect_random(draw, "images")
    if (ranks == ranks[:, :1]).all():
        raise Wrong(
            "same_places",
            "All classes show the images at the same places: the first row decides the others. "
            "Draw anew for each class.",
        )
    never = sorted(set(range(size)) - set(ranks.ravel().tolist()))
    if never:
        raise Wrong(
            "never_drawn",
            f"In {len(ranks)} sheets with {size} images of each class, image {never[0]} of a class "
            "was never shown. Draw among all images of a class.",
        )


@exercise(
    smaller_step="count one class first: how many entries of `y == 0` are true? Then do the same "
    "for every class below `k`."
)
def class_table(answer: Answer) -> str:
    """``class_table(y, k)``: how many labels each class has, and how balanced they are.

    Parameters
    ----------
    y : numpy.ndarray of int, shape (n,)
        Classes, counted from 0.
    k : int
        Number of classes. Some may be missing in `y`.

    Returns
    -------
    counts : numpy.ndarray of int, shape (k,)
        How many labels each class has; 0 for a class that is missing.
    balance : float
        Smallest count divided by largest count.
    """
    for sizes in ([4, 9, 3, 5], [6, 0, 2, 8, 3], [5, 3, 7, 2, 0, 0], [2] * 12, [0, 0, 1]):
        y = default_rng(len(sizes)).permutation(np.repeat(np.arange(len(sizes)), sizes))
        value = answer(y, len(sizes))
        _expect_counts_and_balance(value, y, np.array(sizes))
        _expect_right_table(*value, y, np.array(sizes))
    return "Right for 3 to 12 classes, with classes missing in the middle and at the end."


def _expect_counts_and_balance(value, y: np.ndarray, sizes: np.ndarray) -> None:
    form = "Return two things: `return counts, balance`."
    if isinstance(value, dict) or (isinstance(value, tuple | list) and dict in map(type, value)):
        raise Wrong("a_dict", f"Give the counts as an array, one for each class. {form}")
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise Wrong("not_a_pair", f"There came a value of type `{type(value).__name__}`. {form}")
    counts, balance = (as_array(part, "class_table(y, k)") for part in value)
    if not counts.shape and balance.shape:
        raise Wrong("order", "The counts come first, then the balance: `return counts, balance`.")
    if np.array_equal(counts, np.unique(y)) and np.array_equal(balance, sizes[sizes > 0]):
        raise Wrong(
            "labels_not_counts",
            "`np.unique` gives the classes and their counts. Asked for are the counts and the "
            "balance, smallest by largest.",
        )
    if balance.shape:
        raise Wrong(
            "not_one_balance",
            f"`balance` should be one number, but has shape {balance.shape}: smallest count "
            "divided by largest count.",
        )


def _expect_right_table(counts, balance, y: np.ndarray, sizes: np.ndarray) -> None:
    k, present = len(sizes), sizes[sizes > 0]
    what = f"counts, for {k} classes"
    lost = (
        "missing_class_lost",
        "A class without a label still gets an entry: 0. `np.unique` leaves it out, "
        "`np.bincount` stops at the last class that occurs unless `minlength` says more.",
    )
    hints = {(len(present),): lost, (int(y.max()) + 1,): lost}
    hints |= {(10,): ("k_ignored", "There are not always 10 classes: `k` says how many.")}
    expect_shape(counts, (k,), what, hints)
    shares = ("These are shares. Give the counts themselves: how many labels each class has.",)
    wrong = {
        "shares": (lambda: sizes / len(y), *shares),
        "counts_from_one": (
            lambda: np.append(sizes[1:], 0),
            "`counts[0]` holds the count of class 1: classes count from 0.",
        ),
        "sorted": (lambda: np.sort(sizes), "Leave the counts in the order of the classes."),
    }
    if len(y) > 1 and np.allclose(as_array(counts, what), 100 * sizes / len(y)):
        raise Wrong("shares", *shares)
    expect_close(counts, sizes, what, wrong)
    expect_no_list("counts", counts)
    if np.asarray(counts).dtype.kind not in "iu":
        raise Wrong(
            "not_whole_numbers",
            f"The counts are right, but of type {np.asarray(counts).dtype}. Counts are whole "
            "numbers: `dtype=int`.",
        )
    expect_close(balance, sizes.min() / sizes.max(), "balance", _wrong_balances(sizes, present))


def _wrong_balances(sizes: np.ndarray, present: np.ndarray) -> dict:
    smallest, largest = sizes.min(), sizes.max()
    return {
        "upside_down": (
            lambda: np.float64(largest) / smallest,
            "`balance` is upside down: divide the smallest count by the largest.",
        ),
        "difference": (
            lambda: largest - smallest,
            "This is the difference between the largest and the smallest count. Divide instead.",
        ),
        "one_minus": (lambda: 1 - smallest / largest, "A balanced table should give 1, not 0."),
        "share_of_all": (
            lambda: smallest / sizes.sum(),
            "This compares the smallest count with all labels. Compare it with the largest count.",
        ),
        "against_mean": (
            lambda: smallest / sizes.mean(),
            "This compares the smallest count with the mean. Compare it with the largest count.",
        ),
        "first_and_last": (
            lambda: np.float64(sizes[0]) / sizes[-1],
            "The first class need not be the smallest, nor the last the largest.",
        ),
        "whole_division": (lambda: smallest // largest, "`//` drops the fraction: divide by `/`."),
        "missing_class_ignored": (
            lambda: present.min() / largest,
            "A missing class counts as well: its count is 0, so the balance is 0.",
        ),
    }

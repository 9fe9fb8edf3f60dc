"""Is what came the picture that was handed in, and are wrong ones refused?"""

from __future__ import annotations

import numpy as np

from helpers.checks.notmnist_curation.made_archives import SIDE, png
from helpers.checks.running import Answer, Wrong

# Height and width of pictures that are to be refused; two of them have as many pixels as 28 x 28.
SIZES = ((28, 30), (30, 28), (14, 56), (56, 14), (20, 20), (29, 29))


def not_opened(error: str) -> bool:
    """Tell from an error's words that bytes were taken for a file's name or for pixels."""
    return any(
        words in error
        for words in (
            "embedded null byte",
            "cannot reshape array",
            "No such file",
            "codec can't decode",
            "File name too long",
        )
    )


def greys(pixels: np.ndarray) -> list[np.ndarray]:
    """Return what may stand for a picture in grey: its channels weighed as usual, or their mean.

    Parameters
    ----------
    pixels : uint8 array, shape (28, 28), (28, 28, 3) or (28, 28, 4)
        A fourth channel is the opacity, and does not count.

    Returns
    -------
    list of float array, shape (28, 28)
    """
    if pixels.ndim == 2:
        return [pixels.astype(float)]
    # Pillow weighs the channels as old television did, others as the present one does.
    weights = ((0.299, 0.587, 0.114), (0.2126, 0.7152, 0.0722), (1 / 3, 1 / 3, 1 / 3))
    return [pixels[:, :, :3] @ np.array(each) for each in weights]


def differs(came: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    """Tell for each pixel whether it is wrong; a coloured picture's grey may be rounded.

    Weights that are rounded to two digits, 0.3, 0.59 and 0.11, make a difference of 1 more.
    """
    margin = 2.1 if pixels.ndim == 3 else 0
    each = [~(np.abs(came.astype(float) - grey) <= margin) for grey in greys(pixels)]
    return min(each, key=np.count_nonzero)


def expect_picture(
    answer: Answer, pixels: np.ndarray, what: str, palette: bool = False
) -> np.ndarray:
    """Return what a picture was read as, or raise `Wrong` if that is not what it shows.

    Parameters
    ----------
    answer : Answer
        The student's ``letter_image``.
    pixels : uint8 array, shape (28, 28), (28, 28, 3) or (28, 28, 4)
        What the picture shows.
    what : str
        What kind of picture it is, for the message.
    palette : bool, optional
        Whether it is stored as numbers of colours in a table.
    """
    try:
        came = answer(png(pixels, palette))
    except Wrong as wrong:
        if isinstance(wrong.__cause__, ValueError) and not not_opened(wrong.message):
            _explain_refusal(wrong, what, coloured=pixels.ndim == 3)
        raise
    came = _as_image(came, what)
    _name_mistake(came, pixels, palette)
    if differs(came, pixels).any():
        _expect_no_opacity(came, pixels)
        row, column = map(int, np.argwhere(differs(came, pixels))[0])
        raise Wrong(
            "wrong_value",
            f"For {what}, the pixel in row {row}, column {column} should be "
            f"{greys(pixels)[0][row, column]:.0f}, but is {came[row, column]}.",
        )
    if came.dtype != np.uint8:
        raise Wrong(
            "not_uint8",
            f"The pixels are right, but of type {came.dtype}: {came.dtype.itemsize} byte(s) for "
            "each. Keep them as in the file, as uint8: one byte, from 0 to 255.",
        )
    return came


def _expect_no_opacity(came: np.ndarray, pixels: np.ndarray) -> None:
    if pixels.shape[2:] == (4,) and (np.abs(came - pixels.mean(axis=-1)) <= 1).all():
        raise Wrong(
            "opacity_counted",
            "Some pictures have a fourth channel, how opaque each pixel is. It is no colour, and "
            "was averaged with red, green and blue. `.convert('L')` leaves it out.",
        )


def _explain_refusal(wrong: Wrong, what: str, coloured: bool) -> None:
    wrong.message += f" That was {what} of 28 x 28."
    if coloured:
        wrong.hint = "colour_refused"
        wrong.message += (
            " Its array has a third axis until it is turned grey: do that first, then look at the "
            "shape."
        )
    else:
        wrong.hint = "good_refused"
        wrong.message += " Print what your test looks at: is it the shape of the opened picture?"


def _as_image(value: object, what: str) -> np.ndarray:
    if hasattr(value, "getpixel"):
        raise Wrong(
            "an_image",
            "This is Pillow's picture, not an array. `np.asarray(...)` makes one of it.",
        )
    if isinstance(value, list | tuple):
        raise Wrong("a_list", "`letter_image(data)` is a list. Return a numpy array of pixels.")
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf":
        raise Wrong(
            "wrong_type",
            "`letter_image(data)` should be an array of numbers, but is of type "
            f"`{type(value).__name__}`.",
        )
    if value.shape[:2] == (SIDE, SIDE) and value.shape[2:] in ((3,), (4,)):
        raise Wrong(
            "no_grey",
            f"For {what} there came an array of shape {value.shape}: red, green and blue for each "
            "pixel. Turn it grey with `.convert('L')`.",
        )
    if value.shape != (SIDE, SIDE):
        raise Wrong("wrong_shape", f"For {what} the shape should be (28, 28), not {value.shape}.")
    return value


def _name_mistake(came: np.ndarray, pixels: np.ndarray, palette: bool) -> None:
    if came.dtype == np.int8:
        raise Wrong(
            "not_uint8", "int8 ends at 127, and what is brighter becomes negative. Use uint8."
        )
    if came.astype(np.uint8).tobytes().startswith(b"\x89PNG"):
        raise Wrong(
            "bytes_not_opened",
            "These are the bytes of the file itself, packed, not its pixels: the first ones say "
            "PNG. Let `Image.open` unpack them.",
        )
    values = came.astype(float)
    for hint, known, sentence in _mistakes(pixels, palette):
        if np.allclose(values, known, rtol=0, atol=1e-4):
            raise Wrong(hint, sentence)
    if pixels.ndim == 2 and len(np.unique(came)) == 2:
        raise Wrong(
            "black_and_white",
            "Only two different values are left. The picture has shades of grey: `.convert('L')` "
            "keeps them, `'1'` and a comparison do not.",
        )
    if pixels.ndim == 2 and came.any() and np.isin(pixels - values, (0, 1)).all():  # noqa: SIM102
        if (pixels != values).any():
            raise Wrong(
                "rounded_down",
                "Some pixels are too small by 1: they went through fractions, and what lies behind "
                "the point was cut off. Do not compute with them at all.",
            )


def _mistakes(pixels: np.ndarray, palette: bool) -> list[tuple[str, np.ndarray, str]]:
    if pixels.ndim == 3:
        sentence = (
            "Of the coloured picture only one of three colours came. All three count: "
            "`.convert('L')` weighs them."
        )
        return [("one_channel", pixels[:, :, channel], sentence) for channel in range(3)]
    if palette:
        sentence = (
            "In a picture with a table of colours, the pixels are places in that table, and those "
            "came. `.convert('L')` looks them up."
        )
        return [("palette_numbers", 255 - pixels, sentence)]
    scaled = (
        "The pixels came divided by 255. Keep them from 0 to 255: scaling comes later, in one "
        "place for all."
    )
    mirrored = "The picture is mirrored. The first row of the array is the top of the picture."
    return [
        ("scaled", pixels / 255, scaled),
        ("scaled", pixels // 255, scaled),
        (
            "transposed",
            pixels.T,
            "Rows and columns have changed places. The first axis runs from top to bottom, as "
            "`np.asarray` of a picture gives it.",
        ),
        (
            "inverted",
            255 - pixels,
            "Dark and bright have changed places: 255 minus each pixel. Keep them as in the file.",
        ),
        ("mirrored", pixels[::-1], mirrored),
        ("mirrored", pixels[:, ::-1], mirrored),
    ]


def expect_refusals(answer: Answer, rng: np.random.Generator) -> None:
    """Expect a ValueError for pictures of another size, and any error for what is no picture."""
    accepted = {}
    for size in SIZES:
        data = png(rng.integers(0, 256, size, dtype=np.uint8))
        came, error = _outcome(answer, data)
        if error is None and not isinstance(came, np.ndarray | list | tuple):
            raise Wrong(
                "none_not_error",
                f"For a picture of shape {size} there came {came!r:.40} instead of an error. The "
                "caller must not mistake it for a picture: `raise ValueError(...)`.",
            )
        if error is None and np.size(came) and not np.any(came):
            raise Wrong(
                "blank_picture",
                f"For a picture of shape {size} there came zeros instead of an error. A black "
                "square would be learnt as a letter: `raise ValueError(...)`.",
            )
        if error is None:
            accepted[size] = np.shape(came)
        elif not isinstance(error, ValueError):
            raise Wrong(
                "other_error",
                f"For a picture of shape {size} there came `{type(error).__name__}`, but a "
                "`ValueError` is asked for, raised by your own test.",
            )
    if accepted:
        raise _size_mistake(accepted)
    _expect_errors_passed_on(answer, rng)


def _size_mistake(accepted: dict) -> Wrong:
    size, shape = next(iter(accepted.items()))
    begin = f"A picture of shape {size} was not refused"
    if len(accepted) == len(SIZES) and set(accepted.values()) == {(SIDE, SIDE)}:
        return Wrong(
            "resized",
            f"{begin}: an array of shape (28, 28) came. Resized or cut, it is no longer what was "
            "in the file. Raise a ValueError instead.",
        )
    if all(height * width == SIDE * SIDE for height, width in accepted):
        return Wrong(
            "size_by_product",
            f"{begin}. It has as many pixels as one of 28 x 28. Compare both sides, "
            "`image.shape != (28, 28)`, not their product.",
        )
    if all(SIDE in size for size in accepted):
        return Wrong("one_side_only", f"{begin}. Both height and width must be 28.")
    return Wrong(
        "no_size_test",
        f"{begin}: an array of shape {shape} came. Look at the shape, and raise a ValueError when "
        "it is not (28, 28).",
    )


def _expect_errors_passed_on(answer: Answer, rng: np.random.Generator) -> None:
    whole = png(rng.integers(0, 256, (SIDE, SIDE), dtype=np.uint8))
    for data, what in (
        (b"", "no bytes at all"),
        (b"This is no picture.", "a text"),
        (whole[: len(whole) // 2], "the first half of a PNG file"),
    ):
        came, error = _outcome(answer, data)
        if error is None:
            raise Wrong(
                "error_swallowed",
                f"For {what} there came {came!r:.40} instead of an error. Let Pillow's error "
                "through: whoever calls `letter_image` decides what to do.",
            )


def _outcome(answer: Answer, data: bytes) -> tuple[object, BaseException | None]:
    """Return what came back, or the error that the student's function stopped with."""
    try:
        return answer(data), None
    except Wrong as wrong:
        if wrong.hint in ("returns_none", "prints"):
            return None, None
        if wrong.__cause__ is None:
            raise
        return None, wrong.__cause__

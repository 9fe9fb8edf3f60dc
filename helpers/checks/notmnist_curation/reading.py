"""The checks of reading pictures: one from its bytes, and all those of an archive."""

from __future__ import annotations

import contextlib

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import explained
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.archive_rows import expect_letters, read_archive
from helpers.checks.notmnist_curation.made_archives import (
    MadeArchive,
    clean_archive,
    empty_folder,
    mixed_archive,
)
from helpers.checks.notmnist_curation.pictures import expect_picture, expect_refusals, not_opened
from helpers.checks.notmnist_curation.watched_calls import replaced
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="open one picture only, `Image.open(io.BytesIO(data)).convert('L')`, and look at "
    "its `size` before you make an array of it."
)
def letter_image(answer: Answer) -> str:
    """``letter_image(data)``: the pixels of one PNG file.

    Parameters
    ----------
    data : bytes
        The content of the file.

    Returns
    -------
    uint8 array, shape (28, 28)
        Shades of grey, also of a coloured picture.

    Raises
    ------
    ValueError
        If the picture is not 28 x 28.
    OSError
        If `data` is no picture.
    """
    rng = default_rng(28)
    grey, other = rng.integers(0, 256, (2, 28, 28), dtype=np.uint8)
    colour = rng.integers(0, 256, (28, 28, 3), dtype=np.uint8)
    with (
        explained("bytes_not_opened", _BYTES, not_opened),
        explained("picture_is_no_array", _NO_ARRAY, lambda error: "attribute 'shape'" in error),
    ):
        first = expect_picture(answer, grey, "a grey picture")
    expect_picture(answer, other, "another grey picture")
    if not (first == grey).all():
        raise Wrong(
            "same_array",
            "The second call wrote over the array that the first one had returned: a list of "
            "pictures would hold the last one many times. Make a new array in each call.",
        )
    expect_picture(answer, colour, "a coloured picture")
    opaque = np.dstack([colour, np.full((28, 28), 255, np.uint8)])
    expect_picture(answer, grey, "a picture with a table of colours", palette=True)
    expect_picture(answer, opaque, "a coloured picture with an opacity for each pixel")
    expect_refusals(answer, rng)
    return "Four kinds of pictures read, six wrong sizes and three damaged files refused."


_BYTES = (
    "`data` are the bytes of a PNG file, packed; they are neither a file's name nor pixels. Pillow "
    "opens them as `Image.open(io.BytesIO(data))`."
)
_NO_ARRAY = "What Pillow opens is no array yet: `np.asarray(picture)` makes one of it."


@exercise(
    smaller_step="first only collect the names of the members that are files and end in `.png`; "
    "then read one of them with `letter_image(tar.extractfile(member).read())`.",
    seconds=10.0,
)
def read_letters(answer: Answer) -> str:
    """``read_letters(archive)``: all pictures of an archive, without unpacking it.

    Parameters
    ----------
    archive : pathlib.Path
        A .tar.gz with members ``TOP/LETTER/NAME.png``.

    Returns
    -------
    X : uint8 array, shape (n, 28, 28)
        The pictures, in the order of the members.
    y : int array, shape (n,)
        Their letters: 0 for A to 9 for J.
    names : list of str
        Their file names, without folders.
    skipped : list of str
        The members called .png that could not be read.
    """
    rng = default_rng(10)
    _expect_right_twice(answer, mixed_archive("Fonts_small", rng))
    for archive in (
        clean_archive("letters", "J", rng),
        clean_archive("B2", "EDHIGFB", rng),
        mixed_archive("Gallery", rng),
    ):
        expect_letters(answer, archive)
    _expect_interruptible(answer)
    return (
        "Four archives read: every picture once, in order, with its letter and its name; the files "
        "that are no pictures are in `skipped`, and nothing was unpacked."
    )


def _expect_right_twice(answer: Answer, archive: MadeArchive) -> None:
    try:
        for _ in range(2):
            expect_letters(answer, archive)
    except Wrong as wrong:
        sizes: list[int] = []
        with contextlib.suppress(Exception):
            sizes += (len(read_archive(answer, archive)[0]) for _ in range(2))
        if len(sizes) == 2 and sizes[0] < sizes[1]:
            raise Wrong(
                "grows_between_calls",
                f"Of one and the same archive a call gave {sizes[0]} pictures, and the next one "
                f"{sizes[1]}: something stays from call to call. Make the empty lists inside the "
                "function.",
            ) from None
        raise wrong


def _expect_interruptible(answer: Answer) -> None:
    """Interrupt the answer at its second picture, as Ctrl-C does; it must not go on."""
    from PIL import Image

    opened, calls = Image.open, []

    def interrupted(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return opened(*args, **kwargs)

    with empty_folder() as folder:
        path = folder / "letters.tar.gz"
        clean_archive("letters", "ABCD", default_rng(1)).write(path)
        try:
            with replaced(Image, "open", interrupted):
                answer(path)
        except Wrong as wrong:
            if isinstance(wrong.__cause__, KeyboardInterrupt):
                return
            raise
    if len(calls) >= 2:
        raise Wrong(
            "bare_except",
            "At the second picture the check interrupted `read_letters`, as the stop button does, "
            "and it called the picture unreadable and went on. `except:` alone catches that too, "
            "and your own typing errors: write `except (OSError, ValueError):`.",
        )

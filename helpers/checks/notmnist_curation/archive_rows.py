"""Do the rows read from an archive belong together, and are they the right ones?"""

from __future__ import annotations

import numpy as np

from helpers.checks.notmnist_curation.made_archives import SIDE, MadeArchive, empty_folder
from helpers.checks.notmnist_curation.pictures import differs, greys
from helpers.checks.notmnist_curation.row_labels import expect_labels_and_names
from helpers.checks.notmnist_curation.skipped_files import (
    are_strings,
    expect_names,
    expect_skipped,
)
from helpers.checks.notmnist_curation.watched_calls import unpacking_watched
from helpers.checks.running import Answer, Wrong


def expect_letters(answer: Answer, archive: MadeArchive) -> None:
    """Expect that ``read_letters`` reads an archive right.

    Parameters
    ----------
    answer : Answer
        The student's function.
    archive : MadeArchive
        What is in it.
    """
    X, y, names, skipped = _four_parts(read_archive(answer, archive), archive)
    expect_names(skipped, "skipped")
    expect_names(names, "names")
    _expect_as_many_pictures(X, list(names), list(skipped), archive)
    expect_skipped(list(skipped), archive)
    _expect_arrays(X, y, len(archive.labels))
    _expect_as_many_labels_and_names(y, names, archive)
    expect_labels_and_names(X, y, list(names), archive)
    _expect_pixels(X, archive)
    if X.dtype != np.uint8:
        raise Wrong(
            "not_uint8",
            f"The pictures are right, but of type {X.dtype}, {X.dtype.itemsize} byte(s) a pixel. "
            "Keep them as uint8, one byte each: does an array of zeros need `dtype=np.uint8`?",
        )


def read_archive(answer: Answer, archive: MadeArchive) -> object:
    """Return what ``read_letters`` makes of an archive; it must leave the disk as it is."""
    with empty_folder() as folder:
        path = folder / "archive" / "letters.tar.gz"
        path.parent.mkdir()
        archive.write(path)
        before = path.read_bytes()
        try:
            with unpacking_watched() as unpacked:
                came = answer(path)
        except Wrong as wrong:
            _explain_error(wrong)
            raise
        there = {path, path.parent}
        new = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p not in there)
        kept = path.exists() and path.read_bytes() == before
    if not kept:
        raise Wrong(
            "archive_changed",
            "After the call the archive is another one, or gone. Open it for reading only, and "
            "leave it where it is: nobody may be able to fetch it again.",
        )
    if new or unpacked:
        seen = f"`{new[0]}` is new on the disk" if new else f"`{unpacked[0]}` was called"
        raise Wrong(
            "extracted",
            f"The archive was unpacked: {seen}. Nothing needs to be written, and a name in an "
            "archive can do harm there: `extractfile(member).read()` gives the bytes of a member.",
        )
    return came


def _explain_error(wrong: Wrong) -> None:
    """Say what an error means that comes from a member of the archive."""
    for hint, words, sentence in _ERRORS:
        if any(each in wrong.message for each in words):
            wrong.hint = hint
            wrong.message += f" {sentence}"
            return
    if isinstance(wrong.__cause__, ValueError) and "unpack" not in wrong.message:
        wrong.hint = "wrong_size_not_caught"
        wrong.message += (
            " Is it the picture that is not 28 x 28? `letter_image` refuses it with a ValueError. "
            "Catch that as well as OSError."
        )


# A hint, words in the error's text, and what the error means here.
_ERRORS = (
    (
        "mixed_shapes",
        ("inhomogeneous", "same shape"),
        "The pictures differ in shape: a coloured one has a third axis, and one is not 28 x 28. "
        "`letter_image` turns grey and refuses.",
    ),
    (
        "folders_read",
        ("'NoneType' object has no attribute 'read'",),
        "`extractfile` gives None for a folder, and folders are members too. Go on with the "
        "members that are files and end in `.png`.",
    ),
    (
        "unreadable_not_caught",
        ("UnidentifiedImageError", "truncated"),
        "One of the files is empty or damaged, as in the real archive. Catch the error, put the "
        "member's name into `skipped` and go on.",
    ),
    (
        "no_pictures",
        ("need at least one array", "not enough values to unpack (expected 2, got 0)"),
        "So no picture was read at all. Either none gets past your `if`, or something in your "
        "`try` fails for each and `except` hides it: take `try` away for one run, and read the "
        "error.",
    ),
    (
        "label_not_found",
        ("substring not found", "is not in list"),
        "What is looked up in the letters A to J is no letter. Print it: the letter is the folder "
        "in which the file lies.",
    ),
)


def _four_parts(value: object, archive: MadeArchive) -> tuple:
    if not isinstance(value, tuple | list) or len(value) != 4:
        raise Wrong(
            "not_four",
            "`read_letters` should return four things: `return X, y, names, skipped`.",
        )
    X, y, names, skipped = value
    rows_exchanged = isinstance(X, np.ndarray) and np.ndim(X) == 1 and np.ndim(y) >= 3
    names_exchanged = (
        are_strings(names)
        and are_strings(skipped)
        and sorted(skipped) == sorted(archive.names)
        and set(names) <= set(archive.skipped)
    )
    if rows_exchanged or names_exchanged:
        raise Wrong(
            "parts_exchanged",
            "The four results stand in another order than `X, y, names, skipped`.",
        )
    return X, y, names, skipped


def _expect_as_many_pictures(
    X: object, names: list[str], skipped: list[str], archive: MadeArchive
) -> None:
    if not isinstance(X, np.ndarray | list | tuple) or np.ndim(X) == 0:
        raise Wrong("wrong_type", f"`X` should be an array, but is a `{type(X).__name__}`.")
    n, unreadable = len(archive.labels), {name.split("/")[-1] for name in archive.skipped}
    if len(X) == 0 and not skipped:
        raise Wrong("no_pictures", f"No picture came, though {n} can be read. Which get past `if`?")
    if len(X) == 1 < n:
        raise Wrong(
            "first_only",
            f"One picture came of {n} that can be read. Does `return` stand inside the loop?",
        )
    if len(X) < n and names == archive.names[: len(X)] and skipped == archive.skipped[:1]:
        raise Wrong(
            "stops_early",
            f"Reading ends at the first file that cannot be read, after {len(X)} pictures of {n}. "
            "`break`, `return`, or a `try` around the whole loop leaves the loop; `continue` goes "
            "on with the next member.",
        )
    if len(X) == n + 1 and unreadable & set(names) == {"Tall.png"}:
        raise Wrong(
            "wrong_size_kept",
            "The picture of 30 x 28 came as a row of `X`. Resized or cut it is another picture: "
            "skip it, and put its name into `skipped`.",
        )
    if n < len(X) <= len(archive.members):
        raise Wrong(
            "unreadable_as_rows",
            f"`X` has {len(X)} rows, but only {n} pictures can be read. A file that cannot be read "
            "should leave no row, neither zeros nor the picture before it: append after reading, "
            "or cut the array at the end.",
        )


def _expect_arrays(X: object, y: object, n: int) -> None:
    if _letters(y):
        raise Wrong(
            "letters_not_numbers",
            "`y` holds letters. A network wants numbers: 0 for A to 9 for J, for example "
            '`"ABCDEFGHIJ".index(letter)`.',
        )
    for value, what in ((X, "X"), (y, "y")):
        if isinstance(value, list | tuple):
            raise Wrong(
                "a_list",
                f"`{what}` is a list, and the next cells compute with arrays: `X[y == 3]` needs "
                f"both. Return `np.array({what})`.",
            )
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf":
            raise Wrong(
                "wrong_type",
                f"`{what}` should be an array of numbers, but is a `{type(value).__name__}`.",
            )
    if X.shape[1:] != (SIDE, SIDE):
        raise Wrong(
            "wrong_shape",
            f"`X` should have shape ({n}, 28, 28), one picture a row, but has {X.shape}.",
        )
    if len(X) == len({row.tobytes() for row in X}) == n - 1:
        raise Wrong(
            "copies_lost",
            f"`X` has {len(X)} rows, but {n} pictures can be read. Two of them are equal, and both "
            "are rows: copies are looked for later, once you have all.",
        )
    if len(X) < n:
        raise Wrong(
            "same_name_lost",
            f"`X` has {len(X)} rows, but {n} pictures can be read. A file name may occur under two "
            "letters: does the second replace the first?",
        )
    if len(X) > n:
        raise Wrong("wrong_shape", f"`X` has {len(X)} rows, but {n} pictures can be read.")


def _letters(y: object) -> bool:
    return isinstance(y, np.ndarray | list | tuple) and are_strings(y) and len(y) > 0


def _expect_as_many_labels_and_names(y: np.ndarray, names, archive: MadeArchive) -> None:
    n, tried = len(archive.labels), len(archive.labels) + len(archive.skipped)
    if y.shape == (n, 10) and n != 10:
        raise Wrong(
            "one_hot", "`y` has ten numbers for each picture. Here one is asked for, 0 for A."
        )
    for length, what, hint in (
        (len(y) if y.ndim else 0, "y", "label_before_picture"),
        (len(names), "names", "name_before_picture"),
    ):
        if length == tried > n:
            raise Wrong(
                hint,
                f"`{what}` has {length} entries, but `X` only {n} rows: the unreadable files left "
                f"an entry, too. Append to `{what}` after the picture was read, not before.",
            )
        if length != n:
            raise Wrong(
                "wrong_shape", f"`{what}` should have {n} entries, one a picture, not {length}."
            )
    if y.ndim != 1:
        raise Wrong("wrong_shape", f"`y` should have shape ({n},), but has {y.shape}.")


def _expect_pixels(X: np.ndarray, archive: MadeArchive) -> None:
    for i, (row, image) in enumerate(zip(X, archive.images, strict=True)):
        if np.allclose(row, greys(image)[0] / 255, atol=0.005):
            raise Wrong(
                "not_uint8",
                f"The pixels of `X` are divided by 255, of type {X.dtype}. Keep them as in the "
                "file, uint8 from 0 to 255; scaling comes later.",
            )
        wrong = differs(row, image)
        if wrong.any():
            place = ", ".join(str(int(k)) for k in np.argwhere(wrong)[0])
            raise Wrong(
                "wrong_value",
                f"`X[{i}, {place}]` is not the pixel of `{archive.names[i]}`. {_whose(X, i)}",
            )


def _whose(X: np.ndarray, i: int) -> str:
    if len(X) > 1 and (X[i] == X[i - 1]).all():
        return "Two rows of `X` are the same picture: does each get an array of its own?"
    return "Append what `letter_image` gives, as it is."

"""The check of reading symbols from their archive."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.feedback import exercise
from helpers.checks.hasy_cnn.made_symbols import SymbolArchive, made_symbols
from helpers.checks.notmnist_curation.made_archives import empty_folder
from helpers.checks.notmnist_curation.watched_calls import unpacking_watched
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="first read the table alone: `csv.DictReader(io.StringIO(text))` gives a "
    "dictionary for each row. Then the picture of its first row, `Image.open(...).convert('L')`.",
    seconds=20.0,
)
def read_symbols(answer: Answer) -> str:
    """``read_symbols(archive)``: pictures and symbol ids, without unpacking the archive.

    Parameters
    ----------
    archive : pathlib.Path
        A .tar.bz2 with ``hasy-data-labels.csv`` (columns path, symbol_id, latex, user_id) and the
        pictures that it names, 32 x 32, stored in colour.

    Returns
    -------
    X : uint8 array, shape (n, 32, 32)
        Shades of grey, in the order of the table.
    ids : int array, shape (n,)
        The symbol id of each picture.
    """
    before = 0
    for number, (rows, table_first) in enumerate(((23, False), (31, True), (12, False))):
        archive = made_symbols(rows, table_first, default_rng(100 + number))
        _expect(_read(answer, archive), archive, before)
        before += rows
    return (
        "Three archives read: every picture of the table once, in its order, as one byte a pixel, "
        "with its symbol id; nothing was unpacked."
    )


def _read(answer: Answer, archive: SymbolArchive) -> object:
    """Return what came; the disk has to stay as it is."""
    with empty_folder() as folder:
        path = folder / "symbols.tar.bz2"
        archive.write(path)
        try:
            with unpacking_watched() as unpacked:
                came = answer(path)
        except Wrong as wrong:
            _explain_error(wrong)
            raise
        if not path.exists():
            raise Wrong("archive_gone", "After the call the archive is gone. Only read it.")
        new = sorted(p.name for p in folder.iterdir() if p != path)
    if new or unpacked:
        seen = f"`{new[0]}` is new on the disk" if new else f"`{unpacked[0]}` was called"
        raise Wrong(
            "unpacks",
            f"Nothing has to be written, but {seen}. A name in an archive can do harm on a disk; "
            "`extractfile(member).read()` gives the bytes of a member.",
        )
    return came


def _explain_error(wrong: Wrong) -> None:
    """Say what an error means that comes from an archive or its tables."""
    for hint, words, sentence in _ERRORS:
        if wrong.hint == "raises" and any(each in wrong.message for each in words):
            wrong.hint = hint
            wrong.message += f" {sentence}"


# A hint, words in the error's text, and what the error means here; the first that fits.
_ERRORS = (
    (
        "first_line_as_row",
        ("base 10: 'symbol_id'", "KeyError: 'path'"),
        "The first line of the table names its columns, it is no row. (And the archive holds other "
        "tables, with other columns: which one do you read?)",
    ),
    (
        "other_table",
        ("KeyError: '../../",),
        "That is from another table: the archive holds several. Read `hasy-data-labels.csv` only.",
    ),
    (
        "no_number",
        ("invalid literal for int",),
        "Only `symbol_id` holds whole numbers that name the symbol.",
    ),
    (
        "split_at_commas",
        ("values to unpack",),
        "A comma may stand inside a cell, in quotes: let the module `csv` split the lines.",
    ),
    (
        "empty_last_line",
        ("KeyError: ''", "list index out of range"),
        "Behind the last line comes an empty one, which is no row.",
    ),
    (
        "text_and_bytes",
        ("not bytes", "not 'bytes'", "bytes-like", "return strings"),
        "What `read` gives are bytes. `csv` wants text: `.decode()` makes it.",
    ),
    (
        "folders_read",
        ("'NoneType' object has no attribute 'read'",),
        "`extractfile` gives None for a folder, and folders are members too. Look at the end of "
        "the name first.",
    ),
    (
        "not_an_open_file",
        ("embedded null byte", "No such file", "codec can't decode", "File name too long"),
        "On the disk there is only the archive. `members.extractfile(member).read()` gives the "
        "bytes of a member, and `io.BytesIO(data)` makes a file of them for `Image.open`.",
    ),
    (
        "no_such_picture",
        (".png'",),
        "Under this name no picture has been kept, or not yet. Does the key hold the folder, as "
        "`path` in the table does? And are all pictures read before the first is looked up?",
    ),
    (
        "table_expected_first",
        ("UnboundLocalError",),
        "In this archive the table comes after the pictures. Keep both as they come, and put them "
        "together after the loop.",
    ),
)


def _expect(value: object, archive: SymbolArchive, before: int) -> None:
    """Raise `Wrong` unless pictures and ids are right; `before`: how many were read earlier."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise Wrong("not_two", "Two arrays are asked for: `return X, ids`.")
    X, ids = (np.asarray(part) for part in value)
    if X.ndim == 1 and ids.ndim == 3:
        raise Wrong("swapped", "The ids came first and the pictures second. Change their places.")
    if len(X) != len(ids):
        raise Wrong("not_together", f"{len(X)} pictures, but {len(ids)} ids.")
    if before and len(X) == before + len(archive.ids):
        raise Wrong(
            "grows_between_calls",
            f"The pictures of the archives before came once more: {len(X)} instead of "
            f"{len(archive.ids)}. Make the empty lists inside the function.",
        )
    _expect_shape(X, archive)
    _expect_ids(ids, archive)
    _expect_pixels(X, archive)
    if any(isinstance(part, list | tuple) for part in value):
        raise Wrong(
            "a_list", "All is right, but in a list, and the next cells compute with arrays."
        )


def _expect_shape(X: np.ndarray, archive: SymbolArchive) -> None:
    n = len(archive.ids)
    if len(X) == n - 1:
        raise Wrong("row_lost", f"The table has {n} rows below its first line, {n - 1} came.")
    if len(X) != n:
        raise Wrong("wrong_number", f"The table names {n} pictures, but {len(X)} came.")
    shapes = {
        (n, 32, 32, 3): ("colour_kept", "The three channels are all alike: `.convert('L')`."),
        (n, 32, 32, 1): ("channel", "Leave the last axis out; `prepare` will add it."),
        (n, 1024): ("flattened", "The pictures became rows. Keep their two sides."),
    }
    if X.shape != (n, 32, 32):
        hint, sentence = shapes.get(X.shape, ("wrong_shape", ""))
        raise Wrong(
            hint, f"`X` should have shape {(n, 32, 32)}, but has {X.shape}. {sentence}".rstrip()
        )


def _expect_ids(ids: np.ndarray, archive: SymbolArchive) -> None:
    if ids.dtype.kind in "US":
        number = all(str(one).isdigit() for one in ids)
        hint = "ids_are_text" if number else "latex_for_ids"
        advice = "`int(row['symbol_id'])` makes numbers." if number else "Take `symbol_id`."
        raise Wrong(hint, f"The ids are text, such as {str(ids[0])!r}. {advice}")
    if ids.ndim != 1:
        raise Wrong("ids_not_flat", f"`ids` has shape {ids.shape}. Asked for is one number a row.")
    if np.array_equal(ids, archive.ids):
        if ids.dtype.kind not in "iu":
            raise Wrong("not_whole", f"The ids are right, but of type {ids.dtype}: use `int`.")
        return
    numbers = [int(name[-9:-4]) for name in archive.names]
    known = dict(zip(archive.names, archive.ids, strict=True))
    of_members = [known[name] for name, _ in archive.members if name in known]
    of_names = [known[name] for name in sorted(known)]
    for hint, other, sentence in (
        ("other_column", archive.writers, "That is `user_id`, who drew it. Take `symbol_id`."),
        ("ids_from_names", numbers, "That is the number in the file's name. It counts pictures."),
        (
            "ranks",
            np.unique(archive.ids, return_inverse=True)[1],
            "These are ranks, 0 and up. Here the set's own numbers are asked for.",
        ),
        ("order_of_members", of_members, "They come in the order of the archive, not the table's."),
        ("order_of_names", of_names, "They come in the order of the names, not the table's."),
    ):
        if np.array_equal(ids, other):
            raise Wrong(hint, sentence)
    raise Wrong("wrong_ids", "The ids are not those of the table's rows, in its order.")


def _expect_pixels(X: np.ndarray, archive: SymbolArchive) -> None:
    by_name = dict(zip(archive.names, archive.images, strict=True))
    of_members = [by_name[name] for name, _ in archive.members if name in by_name]
    of_names = [by_name[name] for name in sorted(by_name)]
    order = "The ids are in the order of the table, the pictures in that of"
    right = archive.images
    for hint, other, sentence in (
        ("order_of_members", of_members, f"{order} the archive. Look each up by `path`."),
        ("order_of_names", of_names, f"{order} their names. Look each up by its `path`."),
        ("turned", right.transpose(0, 2, 1), "Rows and columns of the pictures are exchanged."),
        ("inverted", 255 - right, "Ink and paper have changed places. Keep them as they are."),
        ("same_picture", right[[-1] * len(right)], "All pictures are the last one."),
    ):
        if np.array_equal(X, np.stack(list(other))):
            raise Wrong(hint, sentence)
    if X.dtype == bool:
        raise Wrong("truth_values", "The pixels are True or False. Keep bytes, 0 and 255.")
    if np.array_equal(X, right // 255):
        raise Wrong("scaled", "The largest value is 1. Keep paper at 255: `prepare` will scale.")
    if X.dtype != np.uint8:
        raise Wrong(
            "not_uint8",
            f"The pictures are of type {X.dtype}, {X.dtype.itemsize} bytes a pixel; all 168,233 "
            f"would take {X.dtype.itemsize * 0.172:.1f} GB. Keep them as uint8, from 0 to 255.",
        )
    if not np.array_equal(X, right):
        place = int(np.flatnonzero((right != X).any(axis=(1, 2)))[0])
        raise Wrong("wrong_pixels", f"Picture {place} of the table came with other pixels.")

"""The check of reading symbols from their archive."""

from __future__ import annotations

import csv
import io
import tarfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.random import default_rng

from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.made_archives import empty_folder, png
from helpers.checks.notmnist_curation.watched_calls import unpacking_watched
from helpers.checks.running import Answer, Wrong

_TABLE = "hasy-data-labels.csv"


class _Archive(NamedTuple):
    """What is in a made archive, in the order of its table."""

    members: list[tuple[str, bytes]]
    images: np.ndarray
    ids: np.ndarray
    writers: np.ndarray
    names: list[str]


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
    for number, (rows, table_first) in enumerate(((23, False), (31, True), (12, False))):
        archive = _made(rows, table_first, default_rng(100 + number))
        _expect(_read(answer, archive), archive)
    return (
        "Three archives read: every picture of the table once, in its order, as one byte a pixel, "
        "with its symbol id; nothing was unpacked."
    )


def _made(rows: int, table_first: bool, rng: np.random.Generator) -> _Archive:
    """Return an archive in which names, table and members are each in another order."""
    images = np.where(rng.random((rows, 32, 32)) < 0.2, 0, 255).astype(np.uint8)
    ids = rng.choice([31, 40, 59, 71, 96, 1101], rows)
    writers = rng.integers(10, 900, rows)
    numbers = rng.permutation(rows) + 40
    names = [f"hasy-data/v2-{number:05}.png" for number in numbers]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["path", "symbol_id", "latex", "user_id"])
    latex = {31: "A", 40: "\\sum", 59: "\\pi", 71: ",", 96: '"', 1101: "\\{"}
    for name, number, writer in zip(names, ids, writers, strict=True):
        table.writerow([name, number, latex[int(number)], writer])
    pictures = [
        (name, png(np.repeat(image[..., None], 3, axis=2)))
        for name, image in zip(names, images, strict=True)
    ]
    members = [pictures[place] for place in rng.permutation(rows)]
    listed = (_TABLE, text.getvalue().encode("utf-8"))
    members = [listed, *members] if table_first else [*members, listed]
    members.insert(3, ("README.md", b"# Symbols\n"))
    return _Archive(members, images, ids, writers, names)


def _read(answer: Answer, archive: _Archive) -> object:
    """Return what came; the disk has to stay as it is."""
    with empty_folder() as folder:
        path = Path(folder) / "symbols.tar.bz2"
        with tarfile.open(path, "w:bz2", compresslevel=1) as tar:
            for name, data in archive.members:
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
        try:
            with unpacking_watched() as unpacked:
                came = answer(path)
        except Wrong as wrong:
            _explain_error(wrong)
            raise
        new = sorted(p.name for p in folder.iterdir() if p != path)
    if new or unpacked:
        seen = f"`{new[0]}` is new on the disk" if new else f"`{unpacked[0]}` was called"
        raise Wrong(
            "unpacks",
            f"The archive was unpacked: {seen}. A name in an archive can do harm on a disk; "
            "`extractfile(member).read()` gives the bytes of a member.",
        )
    return came


def _explain_error(wrong: Wrong) -> None:
    """Say what an error means that the table causes."""
    if "invalid literal for int" in wrong.message or "'path'" in wrong.message:
        wrong.message += " Is it the first line of the table, which names the columns?"
    elif "unpack" in wrong.message:
        wrong.message += " A comma may stand inside a cell, in quotes: let the module `csv` split."


def _expect(value: object, archive: _Archive) -> None:
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise Wrong("not_two", "Two arrays are asked for: `return X, ids`.")
    X, ids = (np.asarray(part) for part in value)
    if X.ndim == 1 and ids.ndim == 3:
        raise Wrong("swapped", "The ids came first and the pictures second. Change their places.")
    if len(X) != len(ids):
        raise Wrong("not_together", f"{len(X)} pictures, but {len(ids)} ids.")
    _expect_shape(X, archive)
    _expect_ids(ids, archive)
    _expect_pixels(X, archive)


def _expect_shape(X: np.ndarray, archive: _Archive) -> None:
    n = len(archive.ids)
    if len(X) == n - 1:
        raise Wrong("row_lost", f"The table has {n} rows below its first line, {n - 1} came.")
    if len(X) != n:
        raise Wrong("hard_coded_number", f"The table names {n} pictures, but {len(X)} came.")
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


def _expect_ids(ids: np.ndarray, archive: _Archive) -> None:
    if ids.dtype.kind in "US":
        number = all(str(one).isdigit() for one in ids)
        hint = "ids_are_text" if number else "latex_for_ids"
        advice = "`int(row['symbol_id'])` makes numbers." if number else "Take `symbol_id`."
        raise Wrong(hint, f"The ids are text, such as {str(ids[0])!r}. {advice}")
    if np.array_equal(ids, archive.ids):
        return
    numbers = [int(name[-9:-4]) for name in archive.names]
    for hint, other, sentence in (
        ("other_column", archive.writers, "That is `user_id`, who drew it. Take `symbol_id`."),
        ("ids_from_names", numbers, "That is the number in the file's name. It counts pictures."),
        (
            "ranks",
            np.unique(archive.ids, return_inverse=True)[1],
            "These are ranks, 0 and up. Here the set's own numbers are asked for.",
        ),
    ):
        if np.array_equal(ids, other):
            raise Wrong(hint, sentence)
    raise Wrong("wrong_ids", "The ids are not those of the table's rows, in its order.")


def _expect_pixels(X: np.ndarray, archive: _Archive) -> None:
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
    if X.dtype != np.uint8:
        raise Wrong(
            "not_uint8",
            f"The pictures are of type {X.dtype}, {X.dtype.itemsize} bytes a pixel; all 168,233 "
            f"would take {X.dtype.itemsize * 0.172:.1f} GB. Keep them as uint8, from 0 to 255.",
        )
    if not np.array_equal(X, right):
        place = int(np.flatnonzero((right != X).any(axis=(1, 2)))[0])
        raise Wrong("wrong_pixels", f"Picture {place} of the table came with other pixels.")

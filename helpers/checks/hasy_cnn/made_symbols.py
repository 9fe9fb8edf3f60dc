"""Archives of symbols made for a check: table, pictures and what else lies in the real one."""

from __future__ import annotations

import csv
import io
import tarfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers.checks.notmnist_curation.made_archives import png

_COLUMNS = ("path", "symbol_id", "latex", "user_id")
_LATEX = {31: "A", 40: "\\sum", 59: "\\pi", 71: ",", 96: '"', 1101: "\\{"}


class SymbolArchive(NamedTuple):
    """What is in a made archive; all but the members in the order of its table.

    Parameters
    ----------
    members : list of (str, bytes or None)
        Name and content; None for a folder.
    images : uint8 array, shape (n, 32, 32)
        0 and 255.
    ids, writers : int array, shape (n,)
        The columns symbol_id and user_id.
    names : list of str
        The column path.
    """

    members: list[tuple[str, bytes | None]]
    images: np.ndarray
    ids: np.ndarray
    writers: np.ndarray
    names: list[str]

    def write(self, path: Path) -> None:
        """Write the archive as .tar.bz2."""
        with tarfile.open(path, "w:bz2", compresslevel=1) as tar:
            for name, data in self.members:
                member = tarfile.TarInfo(name)
                if data is None:
                    member.type = tarfile.DIRTYPE
                else:
                    member.size = len(data)
                tar.addfile(member, io.BytesIO(data or b""))


def made_symbols(rows: int, table_first: bool, rng: np.random.Generator) -> SymbolArchive:
    """Return an archive in which names, table and members are each in another order.

    Two of its pictures are alike, and it has two other tables and a folder, as the real one.

    Parameters
    ----------
    rows : int
        Number of pictures.
    table_first : bool
        Whether the table stands before the pictures.
    rng : numpy.random.Generator
        Where pixels, labels and orders come from.
    """
    images = np.where(rng.random((rows, 32, 32)) < 0.2, 0, 255).astype(np.uint8)
    images[-2] = images[1]
    ids, writers = rng.choice(list(_LATEX), rows), rng.integers(10, 900, rows)
    names = [f"hasy-data/v2-{number:05}.png" for number in rng.permutation(rows) + 40]
    cells = [
        (name, number, _LATEX[int(number)], writer)
        for name, number, writer in zip(names, ids, writers, strict=True)
    ]
    pictures = [
        (name, png(np.repeat(image[..., None], 3, axis=2)))
        for name, image in zip(names, images, strict=True)
    ]
    pictures = [("hasy-data", None), *(pictures[place] for place in rng.permutation(rows))]
    labels = [("hasy-data-labels.csv", _table(_COLUMNS, cells))]
    others = [(f"../../{name}", *rest) for name, *rest in cells[: rows // 3]]
    members = [
        ("README.md", b"# Symbols\n"),
        ("symbols.csv", _table(("symbol_id", "latex"), _LATEX.items())),
        *(labels + pictures if table_first else pictures + labels),
        ("classification-task/fold-1/test.csv", _table(_COLUMNS, others)),
    ]
    return SymbolArchive(members, images, ids, writers, names)


def _table(columns, rows) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue().encode("utf-8")

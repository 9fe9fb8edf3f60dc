"""The archive of the symbols, with the members and tables of HASYv2.tar.bz2."""

from __future__ import annotations

import bz2
import csv
import io
import struct
import tarfile
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

PICTURES = "hasy-data"
README = """Synthetic, not handwriting
==========================

These are not the pictures of HASYv2. A program of the course First Layers drew them: LaTeX symbols
as matplotlib prints them, thinned to a line, bent, and drawn with a pen two pixels wide. The users
in hasy-data-labels.csv do not exist.

Format, names of the classes, symbol_id and the proportions of the class sizes are those of HASYv2
by Martin Thoma, https://doi.org/10.5281/zenodo.259444 (ODbL 1.0).

* hasy-data: PNG images, each 32px x 32px
* hasy-data-labels.csv: labels for all images
* symbols.csv: all classes

The folders classification-task and verification-task of HASYv2 are left out.
"""


class Picture(NamedTuple):
    """A picture of a symbol.

    Parameters
    ----------
    symbol_id : int
        The number of its class.
    latex : str
        The name of its class.
    writer : int
        The user_id.
    ink : bool array, shape (32, 32)
        True where the pen was.
    """

    symbol_id: int
    latex: str
    writer: int
    ink: np.ndarray


def pack(training: Sequence[Picture], test: Sequence[Picture]) -> bytes:
    """Return a .tar.bz2 that depends on the pictures only.

    Parameters
    ----------
    training, test : sequence of Picture
        The table lists one after the other, each class by class, as that of HASYv2 does.

    Returns
    -------
    bytes
    """
    paths = [f"{PICTURES}/v2-{i:05d}.png" for i in range(len(training) + len(test))]
    rows = [(p.symbol_id, p.latex, p.writer) for p in (*training, *test)]
    labels = [(path, *row) for path, row in zip(paths, rows, strict=True)]
    files = {
        "README.txt": README.encode(),
        "symbols.csv": table(
            ("symbol_id", "latex", "training_samples", "test_samples"), _sizes(training, test)
        ),
        "hasy-data-labels.csv": table(("path", "symbol_id", "latex", "user_id"), labels),
    }
    files |= {path: png(p.ink) for path, p in zip(paths, (*training, *test), strict=True)}
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in files.items():
            if name == paths[0]:
                folder = tarfile.TarInfo(PICTURES)
                folder.type, folder.mode = tarfile.DIRTYPE, 0o755
                archive.addfile(folder)
            member = tarfile.TarInfo(name)  # time, owner and group are 0 and ""
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return bz2.compress(target.getvalue(), 9)


def table(header: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    r"""Return a CSV file whose lines end as those of HASYv2 do.

    >>> table(("symbol_id", "latex"), [(59, r"\rightarrow")])
    b'symbol_id,latex\r\n59,\\rightarrow\r\n'
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([header, *rows])
    return text.getvalue().encode()


def png(ink: np.ndarray) -> bytes:
    """Return black ink on white paper as a PNG file in colour whose pixels are not compressed.

    The archive is: bzip2 packs the rows of many pictures in half the space that it needs for
    pictures of which each was packed by itself. Whole rows are also what any zlib writes alike.

    Parameters
    ----------
    ink : bool array, shape (height, width)

    Returns
    -------
    bytes
    """
    height, width = ink.shape
    grey = np.where(ink, 0, 255).astype(np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in grey.repeat(3, axis=1))
    chunks = (
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 0)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _sizes(training: Sequence[Picture], test: Sequence[Picture]) -> list[tuple]:
    """Return number, name, and count in both parts for each class, in the order of the numbers."""
    counts: dict[tuple[int, str], list[int]] = {}
    for part, pictures in enumerate((training, test)):
        for picture in pictures:
            counts.setdefault(picture[:2], [0, 0])[part] += 1
    return [(*key, *counts[key]) for key in sorted(counts)]

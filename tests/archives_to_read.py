"""Small archives, right and wrong ones, for the tests of the reading code.

Tar archives and pictures are made with `tarfile` and Pillow, which the reading code does without
or uses otherwise, so that what comes out can be compared with something independent.
"""

from __future__ import annotations

import base64
import bz2
import csv
import gzip
import io
import struct
import tarfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from helpers.data.archives import Limits

AMPLE = Limits(members=10_000, member_bytes=1 << 20, total_bytes=1 << 24)
PACK = {".gz": gzip.compress, ".bz2": bz2.compress, ".tar": bytes}
Member = tuple["str | tarfile.TarInfo", bytes]


def png(pixels: np.ndarray, mode: str | None = None, **options) -> bytes:
    """Return a picture as Pillow writes it, in another mode than that of the array if wanted."""
    image = Image.fromarray(pixels)
    out = io.BytesIO()
    (image.convert(mode) if mode else image).save(out, "PNG", **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG file."""
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


def png_of_chunks(header: Sequence[int], rows: bytes, *more: bytes) -> bytes:
    """Return a PNG file from its header's seven numbers and its filtered rows."""
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", *header))
    return start + b"".join(more) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def tar(members: Iterable[Member], form: int = tarfile.PAX_FORMAT) -> bytes:
    """Return a tar archive. A member is a name or a TarInfo, and its bytes."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            if info.isreg():
                info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def write(path: Path, members: Iterable[Member], form: int = tarfile.PAX_FORMAT) -> Path:
    """Write an archive, packed as the end of its name says."""
    path.write_bytes(PACK[path.suffix](tar(members, form)))
    return path


def special(name: str, kind: bytes, target: str = "") -> Member:
    """Return a member that is no file: a link, a device, a pipe."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


def font_file(name: str) -> str:
    """Return what notMNIST calls the picture of a letter in a font."""
    return base64.b64encode(name.encode()).decode() + ".png"


def letter(seed: int) -> np.ndarray:
    """Return a picture of 28 by 28 pixels."""
    return np.random.default_rng(seed).integers(0, 256, (28, 28), dtype=np.uint8)


def symbol(seed: int) -> np.ndarray:
    """Return a picture of 32 by 32 pixels, each 0 or 255."""
    return np.random.default_rng(seed).integers(0, 2, (32, 32), dtype=np.uint8) * 255


def table(rows: Iterable[Sequence], end: str = "\r\n") -> bytes:
    """Return a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows(rows)
    return out.getvalue().encode()


def idx(array: np.ndarray) -> bytes:
    """Return an array of bytes as an IDX file, not packed."""
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


def tree(folder: Path) -> dict[str, bytes | None]:
    """Return every path below a folder, with the content of each file."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }

"""Files that depend on their content alone: no time, no owner, no name of a machine."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zlib
from pathlib import PurePosixPath

import numpy as np


def gzipped(content: bytes) -> bytes:
    """Return bytes as a .gz file without a name or a time.

    >>> gzip.decompress(gzipped(b"ink"))
    b'ink'
    """
    target = io.BytesIO()
    # Unlike gzip.compress, this names no operating system.
    with gzip.GzipFile("", "wb", 9, target, mtime=0) as file:
        file.write(content)
    return target.getvalue()


def idx(array: np.ndarray) -> bytes:
    """Return bytes in the IDX format of MNIST.

    Parameters
    ----------
    array : array of uint8
        Any number of dimensions up to 255.

    Returns
    -------
    bytes

    >>> idx(np.array([7, 9], np.uint8)).hex(" ")
    '00 00 08 01 00 00 00 02 07 09'
    """
    head = struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    return head + array.tobytes()


def png(image: np.ndarray) -> bytes:
    """Return a grey image as a PNG file whose pixels are not compressed.

    The archive is: packed together, letters that are alike need less than each packed by itself.

    Parameters
    ----------
    image : uint8 array, shape (height, width)

    Returns
    -------
    bytes
    """
    height, width = image.shape
    rows = b"".join(b"\0" + row.tobytes() for row in image)
    chunks = (
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 0)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def tar_gz(files: dict[str, bytes]) -> bytes:
    """Return files as a .tar.gz, sorted by name.

    Parameters
    ----------
    files : dict of str to bytes
        Path in the archive, and content. Folders are added.

    Returns
    -------
    bytes
    """
    folders = {str(folder) for name in files for folder in PurePosixPath(name).parents} - {"."}
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(folders | set(files)):
            member = tarfile.TarInfo(name)  # time and owner are 0, names of owners empty
            if name in folders:
                member.type, member.mode = tarfile.DIRTYPE, 0o755
            else:
                member.size = len(files[name])
            archive.addfile(member, io.BytesIO(files.get(name, b"")))
    return gzipped(target.getvalue())

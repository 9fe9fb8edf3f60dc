"""MNIST's four IDX files: every number in their headers is compared with what follows."""

from __future__ import annotations

import gzip
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers.data.archives import ArchiveError
from helpers.data.contents import content

SIDE = 28  # pixels
CLASSES = 10
MOST = 100_000  # images that a file may claim: the full set has 60,000
UNSIGNED_BYTE = 8  # how an IDX header names the type of its numbers


class Digits(NamedTuple):
    """The set as four arrays.

    Parameters
    ----------
    x : uint8 array, shape (n, 28, 28)
        Pictures for training: paper is 0, ink up to 255.
    y : int64 array, shape (n,)
        Their digits.
    x_test, y_test : arrays of the same kind
        Those for the test.
    """

    x: np.ndarray
    y: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray

    def content(self) -> str:
        """Return the digest of pixels and labels, where labels of the test begin at 10."""
        labels = np.concatenate([self.y, self.y_test + CLASSES])
        return content(np.concatenate([self.x, self.x_test]), labels)


def read_mnist(folder: Path | str) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Read MNIST from a folder that holds its four files.

    Parameters
    ----------
    folder : Path or str
        Holds ``train-images-idx3-ubyte.gz`` and the three others.

    Returns
    -------
    (x, y), (x_test, y_test)
        Pictures as uint8, shape (n, 28, 28), and their digits as int64, shape (n,).

    Raises
    ------
    FileNotFoundError
        If one of the files is not there.
    ArchiveError
        If a file is damaged, or is not what its name says.
    """
    x, y, x_test, y_test = read_digits(folder)
    return (x, y), (x_test, y_test)


def read_digits(folder: Path | str) -> Digits:
    """Do what `read_mnist` does, but return `Digits`."""
    folder = Path(folder)
    return Digits(*_read_part(folder, "train"), *_read_part(folder, "t10k"))


def _read_part(folder: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    images_path = folder / f"{part}-images-idx3-ubyte.gz"
    labels_path = folder / f"{part}-labels-idx1-ubyte.gz"
    images = _read_idx(images_path, (SIDE, SIDE))
    labels = _read_idx(labels_path, ())
    if len(images) != len(labels):
        what = f"has {len(labels)} labels, but {images_path.name} has {len(images)} images"
        raise ArchiveError(labels_path, what)
    if labels.size and labels.max() >= CLASSES:
        place = int(np.argmax(labels >= CLASSES))
        raise ArchiveError(labels_path, f"has the label {labels[place]} at position {place}")
    return images, labels.astype(np.int64)


def _read_idx(path: Path, item: tuple[int, ...]) -> np.ndarray:
    """Return an array of bytes of shape (n, *item)."""
    try:
        with gzip.open(path) as file:
            shape = _read_header(path, file.read(4 + 4 * (1 + len(item))), item)
            size = int(np.prod(shape))
            # One byte more shows whether something follows, and lets gzip compare its checksum.
            body = file.read(size + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ArchiveError(path, f"is damaged or cut short ({error})") from error
    if len(body) != size:
        found = "more" if len(body) > size else f"only {len(body):,}"
        raise ArchiveError(path, f"announces {size:,} bytes and has {found}")
    return np.frombuffer(body, np.uint8).reshape(shape)


def _read_header(path: Path, header: bytes, item: tuple[int, ...]) -> tuple[int, ...]:
    axes = 1 + len(item)
    if len(header) < 4 + 4 * axes:
        raise ArchiveError(path, "is cut short in its header")
    zero, kind, found, *shape = struct.unpack(f">HBB{axes}I", header)
    if zero or kind != UNSIGNED_BYTE:
        raise ArchiveError(path, f"begins with {header[:4].hex()}, so it is no IDX file of bytes")
    if found != axes:
        raise ArchiveError(path, f"has {found} axes, not {axes}")
    if tuple(shape[1:]) != item or shape[0] > MOST:
        size = " x ".join(f"{number:,}" for number in shape)
        expected = " x ".join(str(number) for number in item)
        raise ArchiveError(path, f"claims {size} values, not n{' x ' + expected if item else ''}")
    return tuple(shape)

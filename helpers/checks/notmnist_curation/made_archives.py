"""Archives of pictures made for a check: some can be read, some cannot, and which is known."""

from __future__ import annotations

import contextlib
import io
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

SIDE = 28  # pixels
LETTERS = "ABCDEFGHIJ"


def png(pixels: np.ndarray, palette: bool = False) -> bytes:
    """Return pixels as the bytes of a PNG file.

    Parameters
    ----------
    pixels : uint8 array, shape (height, width) or (height, width, 3)
        Shades of grey, or red, green and blue.
    palette : bool, optional
        Whether to keep a grey picture's colours in a table, in an order of its own.
    """
    from PIL import Image

    image = Image.fromarray(pixels)
    if palette:
        image = Image.fromarray(255 - pixels)
        image.putpalette([value for shade in range(255, -1, -1) for value in (shade,) * 3])
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


class MadeArchive:
    """A .tar.gz of pictures under one folder, and what should be read from it.

    Parameters
    ----------
    top : str
        The folder that holds a folder for each letter.
    rng : numpy.random.Generator
        Where the pixels come from.
    folders : bool, optional
        Whether the folders are members of their own, as in the real archive.

    Attributes
    ----------
    members : list of (str, bytes or None)
        Name and content in their order; None for a folder.
    images : list of uint8 array
        The readable pictures, shape (28, 28) or (28, 28, 3).
    labels : list of int
        Their letters, 0 for A.
    names, skipped : list of str
        Their file names, and the members that are no readable picture.
    """

    def __init__(self, top: str, rng: np.random.Generator, folders: bool = True):
        self.top, self.rng, self.folders = top, rng, folders
        self.members: list[tuple[str, bytes | None]] = []
        self.images: list[np.ndarray] = []
        self.labels: list[int] = []
        self.names: list[str] = []
        self.skipped: list[str] = []
        if folders:
            self.members.append((top, None))

    @property
    def readable(self) -> dict[str, np.ndarray]:
        """The readable pictures by the full names of their members."""
        folders = (f"{self.top}/{LETTERS[label]}/" for label in self.labels)
        paths = [folder + name for folder, name in zip(folders, self.names, strict=True)]
        return dict(zip(paths, self.images, strict=True))

    def good(self, letter: str, name: str, *channels: int) -> None:
        """Add a readable picture; ``3`` after its name makes it a coloured one."""
        shape = (SIDE, SIDE, *channels)
        self._add_picture(letter, name, self.rng.integers(0, 256, shape, dtype=np.uint8))

    def square(self, letter: str, name: str) -> None:
        """Add a picture of ink only: a small file, and the same as any other such."""
        self._add_picture(letter, name, np.full((SIDE, SIDE), 255, dtype=np.uint8))

    def _add_picture(self, letter: str, name: str, pixels: np.ndarray) -> None:
        self.images.append(pixels)
        self.labels.append(LETTERS.index(letter))
        self.names.append(name)
        self._add(letter, name, png(pixels))

    def bad(self, letter: str, name: str, data: bytes) -> None:
        """Add a file that is called .png and cannot be read as a letter."""
        self.skipped.append(f"{self.top}/{letter}/{name}")
        self._add(letter, name, data)

    def other(self, name: str, data: bytes) -> None:
        """Add a file that is no picture and does not pretend to be one."""
        self.members.append((f"{self.top}/{name}", data))

    def write(self, path: Path) -> None:
        """Write the archive."""
        with tarfile.open(path, "w:gz", compresslevel=1) as tar:
            for name, data in self.members:
                member = tarfile.TarInfo(name)
                if data is None:
                    member.type = tarfile.DIRTYPE
                else:
                    member.size = len(data)
                tar.addfile(member, io.BytesIO(data or b""))

    def _add(self, letter: str, name: str, data: bytes) -> None:
        folder = f"{self.top}/{letter}"
        if self.folders and (folder, None) not in self.members:
            self.members.append((folder, None))
        self.members.append((f"{folder}/{name}", data))


def mixed_archive(top: str, rng: np.random.Generator) -> MadeArchive:
    """Return an archive with everything in it that a real one may hold.

    The letters come in no order, a file name occurs under two letters, a picture occurs twice, and
    file names and top folder begin with letters that say nothing about the picture.
    """
    archive = MadeArchive(top, rng)
    cut = png(rng.integers(0, 256, (SIDE, SIDE), dtype=np.uint8))
    archive.good("C", "Bold.png")
    archive.good("J", "Heavy.png")
    archive.square("I", "Sans.png")
    archive.bad("A", "Empty.png", b"")
    archive.good("A", "Bold.png")
    archive.other("README.txt", b"Letters A to J.\n")
    archive.bad("C", "Text.png", b"This is no picture.\n")
    archive.good("J", "Colour.png", 3)
    archive.bad("A", "Tall.png", png(rng.integers(0, 256, (30, SIDE), dtype=np.uint8)))
    archive.good("A", "Dotted..v1.png")
    archive.bad("C", "Cut.png", cut[: len(cut) // 2])
    archive.good("C", "All caps.png")
    archive.square("I", "Grotesque.png")
    archive.good("A", "Fine.png")
    return archive


def clean_archive(top: str, letters: str, rng: np.random.Generator) -> MadeArchive:
    """Return an archive of good pictures only, one for each of `letters`, without folders."""
    archive = MadeArchive(top, rng, folders=False)
    for number, letter in enumerate(letters):
        archive.good(letter, f"{(number * 7) % 10}x.png")
    return archive


@contextlib.contextmanager
def empty_folder() -> Iterator[Path]:
    """Work in an empty temporary folder, so that whatever is written there is seen."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        contextlib.chdir(folder),
    ):
        yield Path(folder)

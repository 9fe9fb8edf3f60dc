"""The letters of notMNIST, from the .tar.gz in which they are published."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers.data.archives import ArchiveError, Limits, files
from helpers.data.contents import content
from helpers.data.images import read_pngs

LETTERS = tuple("ABCDEFGHIJ")
SIDE = 28  # pixels
# notMNIST_small has 18,737 members and unpacks to 29 MB, the large one to less than a GiB.
LIMITS = Limits(members=1_000_000, member_bytes=1 << 20, total_bytes=1 << 30)


class Letters(NamedTuple):
    """Pictures of letters, in the order of letter and file name.

    Parameters
    ----------
    images : uint8 array, shape (n, 28, 28)
        Ink is bright: 255 on 0.
    labels : int64 array, shape (n,)
        0 for A to 9 for J.
    label_names : tuple of str
        ``("A", ..., "J")``.
    file_names : tuple of n str
        Name of each file, without a folder: see `font_name`.
    skipped : tuple of (str, str)
        Member and reason of each .png that is no readable picture of a letter.
    """

    images: np.ndarray
    labels: np.ndarray
    label_names: tuple[str, ...]
    file_names: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]

    def content(self) -> str:
        """Return the digest of pixels and labels."""
        return content(self.images, self.labels)


def read_letters(path: Path | str) -> Letters:
    """Read the pictures of an archive like notMNIST_small.tar.gz.

    Parameters
    ----------
    path : Path or str
        Its members are called ``LETTER/NAME.png``, all of them under one folder or none.

    Returns
    -------
    Letters

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ArchiveError
        If the archive is damaged, not to be trusted, or has no letters in one folder.
    """
    found: dict[tuple[str, str], bytes] = {}
    skipped: list[tuple[str, str]] = []
    tops: set[str] = set()
    for member, data in files(path, LIMITS):
        if not member.lower().endswith(".png"):
            continue
        *top, letter, name = ("", *member.split("/"))
        if name.startswith("._") or "__MACOSX" in top:
            skipped.append((member, "is a by-product of macOS, not a picture"))
        elif letter not in LETTERS:
            skipped.append((member, "lies in no folder of a letter from A to J"))
        else:
            tops.add("/".join(top[1:]))
            found[letter, name] = data
        if len(tops) > 1:
            first, second = sorted(tops)
            raise ArchiveError(path, f"has letters in two folders, {first!r} and {second!r}")
    if not found:
        raise ArchiveError(path, "has no picture in a folder of a letter from A to J")
    places = sorted(found)
    images, kept, reasons = read_pngs([found[place] for place in places], SIDE, SIDE)
    front = f"{tops.pop()}/".lstrip("/")
    skipped += [(front + "/".join(places[i]), reason) for i, reason in reasons.items()]
    places = [places[i] for i in kept]
    return Letters(
        images,
        np.array([LETTERS.index(letter) for letter, _ in places], np.int64),
        LETTERS,
        tuple(name for _, name in places),
        tuple(sorted(skipped)),
    )


def font_name(file_name: str) -> str:
    """Return the name of the font that a file was drawn with.

    Parameters
    ----------
    file_name : str
        Its name without ``.png`` is the font's in base64.

    Returns
    -------
    str
        The name of the file itself, without ``.png``, if that is no base64.

    >>> font_name("QmFza2VydmlsbGUudHRm.png")
    'Baskerville.ttf'
    >>> font_name("no base64.png")
    'no base64'
    """
    stem = file_name.removesuffix(".png")
    # Padding may be missing, and a slash cannot be part of a file's name.
    digits = stem.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True).decode("utf-8")
    except ValueError:  # neither base64 nor UTF-8
        return stem

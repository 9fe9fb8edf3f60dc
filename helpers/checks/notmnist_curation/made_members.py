"""Members of an archive made for a check: ordinary ones, hostile ones, and what each is."""

from __future__ import annotations

import tarfile
from typing import NamedTuple

import numpy as np

# What may be unpacked; every other kind may not.
SAFE = ("file", "folder", "dots_in_name", "detour", "backslashes_inside")
_FILE, _FOLDER = tarfile.REGTYPE, tarfile.DIRTYPE
_LINKS = (tarfile.SYMTYPE, tarfile.LNKTYPE)


class Member(NamedTuple):
    """A member and its kind, e.g. ``"file"`` or ``"link"``."""

    kind: str
    info: tarfile.TarInfo


def hostile_members(top: str, here: str, rng: np.random.Generator) -> list[Member]:
    """Return members of every kind in a random order, each with a name of its own.

    Parameters
    ----------
    top : str
        The folder that an honest archive would hold.
    here : str
        Name of the working folder: one member aims at its neighbour with a longer name.
    rng : numpy.random.Generator
        Where the order comes from.
    """
    rows = [*_honest(top), *_outside(top, here), *_of_windows(top), *_no_files(top)]
    members = [_member(*row) for row in rows]
    return [members[i] for i in rng.permutation(len(members))]


def honest_members(top: str) -> list[Member]:
    """Return members that may all be unpacked. Two have names of links among the hostile ones."""
    names = (f"{top}/A/shortcut.png", f"{top}/B/second.png", f"{top}/J/last.png")
    return [_member("folder", top, _FOLDER), *(_member("file", name, _FILE) for name in names)]


def _honest(top: str) -> list[tuple]:
    return [
        ("folder", top, _FOLDER),
        ("folder", f"{top}/A", _FOLDER),
        ("file", f"{top}/A/Bold.png", _FILE),
        ("file", f"./{top}/B/Fine.png", _FILE),
        ("file", "README", _FILE),
        ("dots_in_name", f"{top}/A/v1..2.png", _FILE),
        ("dots_in_name", "..first.png", _FILE),
        ("detour", f"{top}/A/../B/Thin.png", _FILE),
        ("backslashes_inside", f"{top}\\B\\Light.png", _FILE),
    ]


def _outside(top: str, here: str) -> list[tuple]:
    return [
        ("absolute", "/etc/startup.sh", _FILE),
        ("absolute", f"//server/{top}/A/Bold.png", _FILE),
        ("absolute", f"/{top}", _FOLDER),
        ("dots", "../startup.sh", _FILE),
        ("dots", "..", _FOLDER),
        ("dots", f"{top}/A/../../../startup.sh", _FILE),
        ("dots", f"../{top}/A/B/C/deep.png", _FILE),
        ("dots", f"./../{top}.png", _FILE),
        ("dots", f"../{here}-too/startup.sh", _FILE),
    ]


def _of_windows(top: str) -> list[tuple]:
    return [
        ("backslashes", "..\\startup.bat", _FILE),
        ("backslashes", f"{top}\\..\\..\\startup.bat", _FILE),
        ("backslashes", f"{top}/A/..\\..\\..\\startup.bat", _FILE),
        ("backslashes", "\\Windows\\startup.bat", _FILE),
        ("drive", "C:\\Windows\\startup.bat", _FILE),
        ("drive", "C:/Windows/startup.bat", _FILE),
        ("drive", f"d:/{top}/startup.bat", _FILE),
        ("drive", "z:startup.bat", _FILE),
    ]


def _no_files(top: str) -> list[tuple]:
    symbolic, hard = _LINKS
    return [
        ("link", f"{top}/A/shortcut.png", symbolic, "/etc/passwd"),
        ("link", f"{top}/B/second.png", hard, f"{top}/A/Bold.png"),
        ("link", f"{top}/C", symbolic, "A"),
        ("device", f"{top}/A/disk.png", tarfile.BLKTYPE),
        ("device", f"{top}/A/keys.png", tarfile.CHRTYPE),
        ("device", f"{top}/A/pipe.png", tarfile.FIFOTYPE),
    ]


def _member(kind: str, name: str, type_: bytes, link: str = "") -> Member:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = type_, link, 100 if type_ == _FILE else 0
    return Member(kind, info)

"""The files inside a .tar.gz or .tar.bz2, read as a stream: no name ever reaches the file system.

A lean reader of tar headers, because `tarfile` spends more time on 168,233 of them than it takes
to decode the pictures. It knows the headers of POSIX and GNU tar, and refuses whatever a set of
pictures has no need of.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

BLOCK = 512  # bytes; a tar archive consists of such blocks
CHUNK = 1 << 16  # bytes decompressed at a time: small enough for the processor's cache
EXTENDED_BYTES = 1 << 16  # the most that an extended header may have
LONGEST_NAME = 1024  # characters

REGULAR, FOLDER = (b"0", b"\0", b"7"), b"5"
EXTENDED = (b"L", b"K", b"x", b"g")  # headers that speak of the member after them
REFUSED = {
    b"1": "a hard link",
    b"2": "a symbolic link",
    b"3": "a character device",
    b"4": "a block device",
    b"6": "a named pipe",
    b"S": "a sparse file",
}
# What nearly all members are called; only the others are worth a closer look.
USUAL_NAME = re.compile(r"[\w=+ -]+(?:/[\w=+ -]+)*\.[A-Za-z]+")
# Leads out of its folder on any system, so ``C:`` and backslashes count; or garbles a message.
FORBIDDEN_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f\x7f]|^$")


class ArchiveError(ValueError):
    """An archive that is damaged, cut short or not to be trusted.

    Parameters
    ----------
    path : Path or str
        The archive.
    what : str
        What is wrong, as the end of a sentence that begins with the member or the archive.
    member : str, optional
        The member it concerns.
    """

    def __init__(self, path: Path | str, what: str, member: str | None = None):
        subject = "it" if member is None else f"the member {member!r}"
        super().__init__(
            f"{Path(path).name} cannot be used: {subject} {what}. "
            "Nothing of it was kept. Fetch it again, or take it from another place."
        )


class Limits(NamedTuple):
    """How much an archive may hold before it is refused.

    Parameters
    ----------
    members : int
        Members of any kind.
    member_bytes : int
        Bytes of one member, as its header claims them.
    total_bytes : int
        Bytes that come out of the decompression, whatever the headers claim.
    """

    members: int
    member_bytes: int
    total_bytes: int


def files(path: Path | str, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a tar archive with its bytes, in one pass.

    Parameters
    ----------
    path : Path or str
        A .tar.gz, .tar.bz2 or plain .tar file; known by its first bytes, not by its name.
    limits : Limits
        How much it may hold.

    Yields
    ------
    name : str
        The member's name; folders are divided by ``/``.
    data : bytes
        Its content.

    Raises
    ------
    ArchiveError
        If a member would lead out of its folder, is a link or device, comes twice, or is cut
        short; if the archive is none, is damaged, or goes beyond `limits`. Members before the
        bad one have been yielded by then.
    """
    with _opened(path) as source:
        stream = _Stream(path, source, limits.total_bytes)
        seen: set[str] = set()
        count = 0
        for kind, name, size in _headers(stream, limits.member_bytes):
            count += 1
            if count > limits.members:
                raise ArchiveError(path, f"has more than {limits.members:,} members")
            name = _checked_name(path, name)
            if kind == FOLDER:
                continue
            if kind not in REGULAR:
                what = REFUSED.get(kind, f"of the unknown kind {kind!r}")
                raise ArchiveError(path, f"is {what}, and only files are expected", name)
            if name in seen:
                raise ArchiveError(path, "is there twice", name)
            seen.add(name)
            yield name, stream.padded(size)


class _Stream:
    """Decompressed bytes in the order in which they come, and no more than allowed."""

    def __init__(self, path: Path | str, source: BinaryIO, most: int):
        self.path, self.source, self.most = path, source, most
        self.member: str | None = None  # the last one met, for messages
        self.block, self.at, self.total = b"", 0, 0

    def read(self, count: int) -> bytes:
        """Return up to `count` bytes of the decompressed data: fewer only at its end."""
        end = self.at + count
        while end > len(self.block):
            more = self._more(max(end - len(self.block), CHUNK))
            if not more:
                break
            self.block, end, self.at = self.block[self.at :] + more, end - self.at, 0
        piece = self.block[self.at : end]
        self.at += len(piece)
        return piece

    def padded(self, size: int) -> bytes:
        """Return the next `size` bytes, and pass over what fills up their last block."""
        whole = -(-size // BLOCK) * BLOCK
        data = self.read(whole)
        if len(data) < whole:
            raise ArchiveError(self.path, "is cut short", self.member)
        return data[:size]

    def _more(self, count: int) -> bytes:
        try:
            more = self.source.read(count)
        except (EOFError, zlib.error, OSError) as error:
            if getattr(error, "errno", None) is not None:  # the disk, not the data
                raise
            what = "is cut short" if isinstance(error, EOFError) else f"is damaged ({error})"
            where = f", at or after its member {self.member!r}" if self.member else ""
            raise ArchiveError(self.path, what + where) from error
        self.total += len(more)
        if self.total > self.most:
            what = f"unpacks to more than {self.most:,} bytes"
            raise ArchiveError(self.path, what, self.member)
        return more


def _opened(path: Path | str) -> BinaryIO:
    """Open an archive for reading its decompressed bytes."""
    with open(path, "rb") as file:
        start = file.read(BLOCK)
    if start.startswith(b"\x1f\x8b"):
        import gzip

        return gzip.open(path)
    if start.startswith(b"BZh"):
        import bz2

        return bz2.open(path)
    if start[257:262] == b"ustar":
        return open(path, "rb")
    page = start.lstrip()[:1] == b"<"
    what = "is a web page, not an archive" if page else "is no .tar.gz, .tar.bz2 or .tar file"
    raise ArchiveError(path, what if start else "is empty")


def _headers(stream: _Stream, most: int) -> Iterator[tuple[bytes, str, int]]:
    """Yield kind, name and size of each member; its bytes must be read before the next."""
    extended: dict[str, bytes] = {}
    while True:
        block = stream.read(BLOCK)
        if len(block) < BLOCK:
            where = f" after its member {stream.member!r}" if stream.member else ""
            raise ArchiveError(stream.path, f"is cut short{where}")
        if not block[0] and not any(block):
            return _check_end(stream)
        name, size, kind = _parsed(stream, block)
        if "path" in extended:
            name = _text(extended["path"])
        if "size" in extended:
            size = _number(stream, extended["size"], 10)
        if len(name) > LONGEST_NAME:
            what = f"has a name of {len(name):,} characters"
            raise ArchiveError(stream.path, what, name[:40] + "…")
        stream.member = name
        if kind == FOLDER or (kind in REGULAR and name.endswith("/")):
            kind, size = FOLDER, 0
        if not 0 <= size <= (EXTENDED_BYTES if kind in EXTENDED else most):
            raise ArchiveError(stream.path, f"claims to have {size:,} bytes", name)
        if kind in EXTENDED:
            data = stream.padded(size)
            if kind == b"L":
                extended["path"] = data.split(b"\0", 1)[0]
            elif kind == b"x":
                extended |= _records(stream, data)
            continue
        if any(key.startswith("GNU.sparse") for key in extended):
            kind = b"S"
        extended = {}
        yield kind, name, size


def _parsed(stream: _Stream, block: bytes) -> tuple[str, int, bytes]:
    """Return name, size and kind of a header whose checksum is right."""
    # The checksum is the sum of all bytes, its own eight counted as spaces. Adler's has the sum,
    # plus 1 and modulo 65521, in its lower half, and is ten times quicker than a sum in Python.
    total = _number(stream, block[148:156], 8) - 8 * 32 + sum(block[148:156])
    if zlib.adler32(block) & 0xFFFF != (total + 1) % 65521:
        where = f" after its member {stream.member!r}" if stream.member else ""
        raise ArchiveError(stream.path, f"has a damaged header{where}")
    name = block[:100].split(b"\0", 1)[0]
    # GNU tar keeps other things where POSIX has the front part of a long name.
    if block[345] and block[257:263] == b"ustar\0":
        name = block[345:500].split(b"\0", 1)[0] + b"/" + name
    if block[124] == 0x80:  # a number too large for octal digits
        size = int.from_bytes(block[125:136], "big")
    else:
        size = _number(stream, block[124:136], 8)
    return _text(name), size, block[156:157]


def _number(stream: _Stream, field: bytes, base: int) -> int:
    try:
        return int(field.strip(b" \0") or b"0", base)
    except ValueError as error:
        where = f" after its member {stream.member!r}" if stream.member else ""
        raise ArchiveError(stream.path, f"has a damaged header{where}") from error


def _records(stream: _Stream, data: bytes) -> dict[str, bytes]:
    """Return the records ``length key=value`` of an extended header."""
    found, at = {}, 0
    while at < len(data):
        start = data.find(b" ", at, at + 8) + 1  # behind a number of at most five digits
        end = at + _number(stream, data[at:start], 10)
        key, _, value = data[start:end].partition(b"=")
        if not at < start < end <= len(data) or not value.endswith(b"\n"):
            raise ArchiveError(stream.path, "has a damaged extended header", stream.member)
        found[_text(key)] = value[:-1]
        at = end
    return found


def _text(name: bytes) -> str:
    return name.decode("utf-8", "backslashreplace")


def _checked_name(path: Path | str, name: str) -> str:
    """Return a member's name without ``./``; refuse one that leads elsewhere."""
    if USUAL_NAME.fullmatch(name):
        return name
    if FORBIDDEN_NAME.search(name):
        raise ArchiveError(path, "has a name that leads out of its folder or cannot be shown", name)
    return posixpath.normpath(name)


def _check_end(stream: _Stream) -> None:
    """Read on to the end, so that the archive's own checksum is compared: only zeros may follow."""
    while rest := stream.read(CHUNK):
        if any(rest):
            raise ArchiveError(stream.path, "goes on after its end", stream.member)

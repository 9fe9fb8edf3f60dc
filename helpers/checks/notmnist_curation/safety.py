"""The checks of which members of an archive may be unpacked, and of a file's checksum."""

from __future__ import annotations

import tarfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import explained
from helpers.checks.feedback import exercise
from helpers.checks.notmnist_curation.chosen_members import expect_chosen
from helpers.checks.notmnist_curation.made_archives import empty_folder
from helpers.checks.notmnist_curation.made_members import (
    SAFE,
    Member,
    honest_members,
    hostile_members,
)
from helpers.checks.notmnist_curation.wrong_digests import (
    expect_digest,
    expect_digest_of_large,
)
from helpers.checks.running import Answer, Wrong


@exercise(
    smaller_step="first keep the members that are files or folders: `member.isfile() or "
    "member.isdir()`. Then write a function that tells for one name whether it stays inside."
)
def safe_members(answer: Answer) -> str:
    """``safe_members(members)``: those members of an archive that may be unpacked.

    Parameters
    ----------
    members : list of tarfile.TarInfo
        As ``tarfile.open(path).getmembers()`` gives them.

    Returns
    -------
    list of tarfile.TarInfo
        The files and folders that stay inside the folder that is unpacked into, in their order:
        no absolute path, no ``..`` that leads out, no link, no device. A backslash separates
        like a slash, and a drive letter makes a path absolute.
    """
    rng = default_rng(7)
    with empty_folder() as folder:
        for top in ("b", "letters"):
            members = hostile_members(top, folder.name, rng)
            _expect_safe(answer, members)
        _expect_safe(answer, honest_members("letters"))
        _expect_safe(answer, [])
    kept = sum(member.kind in SAFE for member in members)
    return (
        f"Of {len(members)} members the {kept} that stay inside are left, in their order; of a "
        "harmless archive all, of an empty one none."
    )


def _expect_safe(answer: Answer, members: list[Member]) -> None:
    watched = Answer(_Unchanged(answer.function), answer.name, answer.printed)
    came = watched([member.info for member in members])
    expect_chosen(came, members)


class _Unchanged:
    """A student's function that must leave the members as they are; errors still name its line."""

    def __init__(self, function: Callable):
        self.function = function
        self.__code__ = getattr(function, "__code__", None)

    def __call__(self, members: list[tarfile.TarInfo]):
        given = list(members)
        before = [member.get_info() for member in given]
        value = self.function(members)
        if members != given:
            raise Wrong(
                "changes_input",
                "The list that was handed in is another one after the call. Others still need it, "
                "and a loop over a list from which members are removed skips some. Build a new "
                "list.",
            )
        for member, info in zip(given, before, strict=True):
            if member.get_info() != info:
                raise Wrong(
                    "changes_members",
                    f"The member `{info['name']}` was changed and is now `{member.name}`. Do not "
                    "repair a hostile archive: leave such members out, and the others as they are.",
                )
        return value


@exercise(
    smaller_step="hash something in memory first: `hashlib.sha256(b'abc').hexdigest()`. Then open "
    "the file with `'rb'`, read one piece, and give it to `digest.update(piece)`."
)
def sha256_of(answer: Answer) -> str:
    """``sha256_of(path)``: the checksum of a file.

    Parameters
    ----------
    path : str or pathlib.Path
        A file of any size, read piece by piece.

    Returns
    -------
    str
        The SHA-256 of its bytes as 64 hexadecimal digits, in lower case.
    """
    rng = default_rng(256)
    contents = [
        _mixed(rng, 150_001),
        b"two\nlines\n",
        b"",
        _mixed(rng, 4096),
        rng.bytes(70_001),
    ]
    with (
        empty_folder() as folder,
        explained("text_mode", _TEXT, _about_text),
        explained("not_bytes", _PIECES, lambda error: "buffer API" in error),
        explained("opened_for_writing", _WRITING, lambda error: "UnsupportedOperation" in error),
        explained("path_type", _PATH, lambda error: "'str' object has no" in error),
    ):
        for number, content in enumerate(contents):
            # The first and the second have the same path: the file has changed since.
            path = folder / f"download {number // 2}.tar.gz"
            kind = str if number == 3 else Path
            _expect_sha(answer, kind(path), content, contents[:number])
        _expect_pieces(answer, folder / "large.tar.gz", _mixed(rng, 1 << 16) * 160)
    return (
        "Six files right, an empty one and one of 10 MB among them, which was never in memory as a "
        "whole."
    )


_TEXT = (
    "A checksum is made of bytes. Opened as text, a file's bytes are decoded first, and most files "
    "are no text: open it with `'rb'`."
)
_WRITING = (
    "It was opened for writing, and that empties a file at once. Open it for reading: `'rb'`."
)
_PIECES = "`update` takes bytes: one piece as `file.read(size)` gives it, not a list of them."
_PATH = "`path` may be a string or a `Path`: `open(path, 'rb')` takes both."


def _about_text(error: str) -> bool:
    return "UnicodeDecodeError" in error or "must be encoded" in error


def _mixed(rng: np.random.Generator, size: int) -> bytes:
    """Return random bytes with lines that end as on Windows and as elsewhere."""
    return b"".join(rng.bytes(97) + b"\r\n" for _ in range(size // 99)) + rng.bytes(size % 99)


def _expect_sha(answer: Answer, path: Path | str, content: bytes, earlier: list[bytes]) -> None:
    Path(path).write_bytes(content)
    came = answer(path)
    if Path(path).read_bytes() != content:
        raise Wrong(
            "changes_file",
            "After the call the file has another content. Open it only for reading: `'rb'`.",
        )
    try:
        expect_digest(came, content, str(path), earlier)
    except Wrong:
        if isinstance(came, str) and came != answer(path):
            raise Wrong(
                "one_hash_for_all",
                "Two calls for the same file gave different checksums: the second goes on from "
                "the first. Begin anew in each call: `hashlib.sha256()` belongs inside the "
                "function.",
            ) from None
        raise


def _expect_pieces(answer: Answer, path: Path, content: bytes) -> None:
    """Expect that a large file is never in memory as a whole; a memory map is no copy."""
    most = 0.9 * len(content)
    once = _memory(answer, path, content)
    if once <= most:
        return
    # Pieces of 16 MB are larger than this file. Of one twice as large they take hardly more.
    twice = _memory(answer, path, 2 * content)
    if twice - once > most:
        raise Wrong(
            "whole_file",
            f"The checksum is right, but for a file of {2 * len(content) / 1e6:.0f} MB the "
            f"function took {twice / 1e6:.0f} MB of memory, so all of it was there at once. Read "
            "pieces in a loop, `file.read(1 << 20)`, and `update` with each before the next.",
        )


def _memory(answer: Answer, path: Path, content: bytes) -> int:
    """Return how many bytes of memory a right checksum of a large file takes at most."""
    path.write_bytes(content)
    running = tracemalloc.is_tracing()
    if not running:
        tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        came = answer(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        if not running:
            tracemalloc.stop()
    expect_digest_of_large(came, content)
    return peak - before

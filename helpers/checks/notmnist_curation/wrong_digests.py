"""What well-known mistakes make of a file's checksum, and how to mend each."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.checks.running import Wrong

_PIECES = [1 << k for k in range(6, 24)] + [10**k for k in range(2, 8)]


def expect_digest(came: object, content: bytes, path: str, earlier: list[bytes]) -> None:
    """Expect the SHA-256 of `content` in lower-case hexadecimal digits.

    Parameters
    ----------
    came : object
        What the answer returned.
    content : bytes
        What stands in the file.
    path : str
        The file's path.
    earlier : list of bytes
        What stood in the files of the calls before.
    """
    right = _sha(content)
    if isinstance(came, str) and came == right:
        return
    _expect_hexadecimal(came, right)
    _name_algorithm(came, content)
    _name_input(came, content, path)
    _expect_line_ends(came, content)
    _name_memory(came, content, earlier)
    _name_part(came, content, range(len(content)))
    raise _other(came, right)


def expect_digest_of_large(came: object, content: bytes) -> None:
    """Expect the checksum of a file so large that only the likeliest mistakes can be looked for.

    Parameters
    ----------
    came : object
        What the answer returned; it was right for smaller files.
    content : bytes
        What stands in the file.
    """
    right = _sha(content)
    if isinstance(came, str) and came == right:
        return
    _expect_hexadecimal(came, right)
    if len(came) == len(right):
        ends = {end for step in (1000, 4096) for end in range(0, len(content), step)}
        _name_part(came, content, sorted(ends))
    raise _other(came, right)


def _other(came: str, right: str) -> Wrong:
    return Wrong(
        "wrong_value",
        f"The checksum should begin with {right[:12]}, but begins with {came[:12]}. Hash the "
        "file's bytes, all of them, once and in their order.",
    )


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _expect_hexadecimal(came: object, right: str) -> None:
    if isinstance(came, bytes | bytearray):
        raise Wrong(
            "bytes_not_hex",
            f"There came {len(came)} bytes. Checksums are written as hexadecimal digits: "
            "`hexdigest()` instead of `digest()`.",
        )
    if hasattr(came, "hexdigest"):
        raise Wrong(
            "hash_object",
            "There came the object that computes the checksum. Ask it for the digits: "
            "`.hexdigest()`.",
        )
    if not isinstance(came, str) or not came or set(came) - set(string.hexdigits):
        text = str(came).lower()
        if right in text:
            raise Wrong(
                "more_than_the_digest",
                f"The checksum is right, but something stands around it: `{came!r:.80}`. Return "
                "the 64 digits alone.",
            )
        raise Wrong(
            "not_a_digest",
            f"A checksum is a string of 64 hexadecimal digits, but there came `{came!r:.40}`. "
            "`hashlib.sha256()` computes it, `hexdigest()` writes it down.",
        )
    if came.lower() == right:
        raise Wrong(
            "upper_case",
            "The digits are right, but in upper case. Strings are compared letter by letter, and "
            "checksums are published in lower case: leave them as `hexdigest()` gives them.",
        )


def _name_algorithm(came: str, content: bytes) -> None:
    for name in sorted(hashlib.algorithms_guaranteed):
        # The shakes give as many digits as one asks for.
        if not name.startswith("shake") and hashlib.new(name, content).hexdigest() == came:
            raise Wrong(
                "other_algorithm",
                f"This is the file's {name}, but the exercise asks for `sha256`. Two checksums can "
                "be compared only if the same function made them.",
            )
    if len(came) != 64:
        raise Wrong(
            "not_a_digest",
            f"There came {len(came)} digits, but a SHA-256 has 64. `hashlib.sha256()` computes it, "
            "`hexdigest()` writes it down.",
        )


def _name_input(came: str, content: bytes, path: str) -> None:
    if came in {_sha(text.encode()) for text in (path, Path(path).name, Path(path).stem)}:
        raise Wrong(
            "name_hashed",
            "This is the checksum of the file's name, not of its content. Open the file and hash "
            "what you read.",
        )
    if came in map(_sha, _as_texts(content)):
        raise Wrong(
            "text_mode",
            "The file was read as text: on the way to a string bytes are replaced, and line ends "
            "too. A checksum is made of bytes: open it with `'rb'`.",
        )


def _expect_line_ends(came: str, content: bytes) -> None:
    # Lines of a file end at \n only.
    lines = [line + b"\n" for line in content.split(b"\n")]
    for ends in (None, b"\r\n", b"\n"):
        for strip in (bytes.strip, bytes.rstrip):
            if came == _sha(b"".join(strip(line, ends) for line in lines)):
                raise Wrong(
                    "line_ends_lost",
                    "The ends of the lines were stripped, and they are bytes of the file too. "
                    "`update` with each piece as it was read.",
                )


def _as_texts(content: bytes) -> Iterator[bytes]:
    """Yield what becomes of bytes that are read as text and turned into bytes again."""
    for encoding in ("utf-8", "ascii", "latin-1", "cp1252"):
        for errors in ("ignore", "replace", "surrogateescape", "backslashreplace"):
            try:
                text = content.decode(encoding, errors)
            except UnicodeError:
                continue
            lines = text.replace("\r\n", "\n").replace("\r", "\n")
            for kept in (text, lines):
                yield kept.encode("utf-8", "surrogateescape")
                yield kept.encode(encoding, "replace")


def _name_memory(came: str, content: bytes, earlier: list[bytes]) -> None:
    if came in map(_sha, earlier):
        raise Wrong(
            "old_digest",
            "This is the checksum of a file from an earlier call. A file can change while its name "
            "stays: read it again every time.",
        )


def _name_part(came: str, content: bytes, ends: Iterable[int]) -> None:
    length, growing, digest, begin = len(content), hashlib.sha256(), bytes.fromhex(came), 0
    for end in ends:
        growing.update(content[begin:end])
        begin = end
        if growing.digest() == digest:
            _refuse_beginning(end, length)
    if came in (_sha(content[size:]) for size in _PIECES if size < length):
        raise Wrong(
            "first_piece_lost",
            "This is the checksum of the file without its first piece. `update` with each piece "
            "before you read the next one.",
        )
    lines = content.splitlines(keepends=True)
    pieces = [content[length - (length % size or size) :] for size in _PIECES]
    if came in map(_sha, pieces + lines[-1:] + content.rsplit(b"\n")[-1:]):
        raise Wrong(
            "last_piece_only",
            "This is the checksum of the last piece only. Make one `hashlib.sha256()` before the "
            "loop, and `update` it in the loop.",
        )


def _refuse_beginning(end: int, length: int) -> None:
    if end > length / 2:
        raise Wrong(
            "pieces_lost",
            f"This is the checksum of the first {end} bytes of {length}: the rest was left out. "
            "The last piece may be shorter than the others, and counts.",
        )
    raise Wrong(
        "first_piece_only",
        f"This is the checksum of the first {end} bytes of {length}. Go on reading until "
        "`file.read(size)` gives `b''`.",
    )

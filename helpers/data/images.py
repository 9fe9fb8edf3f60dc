"""Small pictures in PNG files, many at once: each is checked before anything is decoded."""

from __future__ import annotations

import functools
import io
import struct
import zlib
from collections.abc import Sequence

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"
FIRST = 33  # bytes of the signature and of the first chunk, which is the header
# By colour type: how many bits a number may have, and how many numbers a pixel has.
DEPTHS = {0: (1, 2, 4, 8), 2: (8,), 3: (1, 2, 4, 8), 4: (8,), 6: (8,)}
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
GREY, RGB, PALETTE = 0, 2, 3
TOGETHER = 256  # pictures that are decoded in one go: few enough for the processor's cache
LENGTH_AND_KIND = struct.Struct(">I4s")


class UnreadableImage(ValueError):
    """A file that is no readable picture; the message says why, as the end of a sentence."""


def read_pngs(
    pngs: Sequence[bytes], height: int, width: int
) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
    """Decode PNG files of one size to shades of grey.

    Colours become grey as Pillow's ``convert("L")`` makes them, and transparency is left out.
    Only the chunks that hold pixels are looked at, so a comment or colour profile that would
    unpack to gigabytes stays packed.

    Parameters
    ----------
    pngs : sequence of bytes
        The files.
    height, width : int
        The size that each must have, in pixels.

    Returns
    -------
    images : uint8 array, shape (n, height, width)
        The readable ones in their order: 0 is black, 255 white.
    kept : int64 array, shape (n,)
        The position of each in `pngs`.
    reasons : dict of int to str
        Why the others cannot be read, by position.
    """
    images = np.empty((len(pngs), height, width), np.uint8)
    good = np.ones(len(pngs), bool)
    reasons: dict[int, str] = {}
    groups: dict[bytes, list[tuple[int, bytes]]] = {}
    for position, png in enumerate(pngs):
        try:
            kind, rows = _filtered_rows(png, height, width)
        except UnreadableImage as error:
            reasons[position] = str(error)
            good[position] = False
            continue
        group = groups.setdefault(kind, [])
        group.append((position, rows))
        if len(group) == TOGETHER:
            _decode(kind, groups.pop(kind), images)
    for kind, group in groups.items():
        _decode(kind, group, images)
    kept = np.flatnonzero(good)
    return (images[kept] if reasons else images), kept, reasons


def _filtered_rows(png: bytes, height: int, width: int) -> tuple[bytes, bytes]:
    """Return what rules the decoding (header and palette) and the rows as PNG filters them."""
    if not png:
        raise UnreadableImage("is empty")
    kind, row = _header(png[:FIRST], height, width)
    palette, packed = _chunks(png)
    if kind[1] == PALETTE:
        if not 0 < len(palette) - 12 <= 3 * 256 or len(palette) % 3:
            raise UnreadableImage("is damaged: its palette is missing or has a wrong size")
        kind += palette
    inflate = zlib.decompressobj()
    try:
        # One byte more than is needed: a longer one is noticed, and no more than that unpacked.
        rows = inflate.decompress(packed, height * row + 1)
    except zlib.error as error:
        raise UnreadableImage("is damaged: its pixels cannot be unpacked") from error
    if len(rows) != height * row or not inflate.eof:
        raise UnreadableImage("is damaged: it has too few or too many pixels")
    if rows[::row].strip(b"\0\1\2\3\4"):
        raise UnreadableImage("is damaged: its rows are filtered in an unknown way")
    return kind, rows


@functools.lru_cache(maxsize=64)  # the files of a set all begin alike
def _header(start: bytes, height: int, width: int) -> tuple[bytes, int]:
    """Return depth, colour type and the rest of the header, and the bytes of a filtered row."""
    if not start.startswith(SIGNATURE):
        raise UnreadableImage("is no PNG file")
    if len(start) < FIRST:
        raise UnreadableImage("is cut short")
    if start[8:16] != b"\0\0\0\rIHDR" or zlib.crc32(start[12:29]) != _number(start[29:]):
        raise UnreadableImage("is damaged: its header is wrong")
    wide, high = _number(start[16:20]), _number(start[20:24])
    if (high, wide) != (height, width):
        raise UnreadableImage(f"has {wide} x {high} pixels, not {width} x {height}")
    depth, colour, packing, filters, interlaced = start[24:29]
    if depth not in DEPTHS.get(colour, ()) or packing or filters:
        raise UnreadableImage(f"has {depth} bits for a sample of colour type {colour}")
    if interlaced:
        raise UnreadableImage("is interlaced")
    return start[24:29], 1 + -(-width * depth * SAMPLES[colour] // 8)


def _chunks(png: bytes) -> tuple[bytes, bytes]:
    """Return the chunk of the palette, if there is one, and the packed pixels."""
    palette, packed, at = b"", [], FIRST
    while True:
        if at + 12 > len(png):
            raise UnreadableImage("is cut short")
        length, kind = LENGTH_AND_KIND.unpack_from(png, at)
        if kind == b"IEND":
            return palette, b"".join(packed)
        end = at + 12 + length
        if end > len(png):
            raise UnreadableImage("is cut short")
        if not kind[0] & 0x20:  # a capital: without such a chunk the pixels make no sense
            if zlib.crc32(png[at + 4 : end - 4]) != _number(png[end - 4 : end]):
                raise UnreadableImage("is damaged: a checksum is wrong")
            if kind == b"IDAT":
                packed.append(png[at + 8 : end - 4])
            elif kind == b"PLTE":
                palette = png[at:end]
            else:
                raise UnreadableImage(f"has a part of an unknown kind, {kind!r}")
        at = end


def _decode(kind: bytes, group: list[tuple[int, bytes]], images: np.ndarray) -> None:
    """Let Pillow decode many pictures at once: as a single tall one, packed anew.

    A row of zeros in front of each picture makes its first row see what it would see alone.
    """
    from PIL import Image

    _, height, width = images.shape
    positions = [position for position, _ in group]
    rows = np.frombuffer(b"".join([rows for _, rows in group]), np.uint8)
    rows = rows.reshape(len(group), height, -1)
    if kind[1] == RGB:
        red, green, blue = (rows[:, :, first::3] for first in (1, 2, 3))
        # Each channel is filtered by itself, so where the three agree, one of them says it all.
        if (red == green).all() and (red == blue).all():
            rows = np.concatenate([rows[:, :, :1], red], axis=2)
            kind = bytes([kind[0], GREY]) + kind[2:]
    tall = np.zeros((len(group), height + 1, rows.shape[2]), np.uint8)
    tall[:, 1:] = rows
    header = struct.pack(">II", width, tall.shape[0] * tall.shape[1]) + kind[:5]
    png = SIGNATURE + _chunk(b"IHDR", header) + kind[5:]
    png += _chunk(b"IDAT", zlib.compress(tall, 0)) + _chunk(b"IEND", b"")
    with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
        pixels = np.asarray(image.convert("L")).reshape(-1, height + 1, width)
    images[positions] = pixels[:, 1:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def _number(field: bytes) -> int:
    return int.from_bytes(field, "big")

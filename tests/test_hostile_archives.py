"""Is an archive made to do harm refused by name, with nothing written outside the cache?"""

from __future__ import annotations

import bz2
import gzip
import io
import random
import sys
import tarfile
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image

from helpers.data.archives import ArchiveError, files
from helpers.data.cache import cached
from helpers.data.hasy import Symbols, read_symbols
from helpers.data.images import read_pngs
from helpers.data.notmnist import Letters, read_letters
from tests.archives_to_read import (
    AMPLE,
    PACK,
    Member,
    chunk,
    letter,
    png,
    png_of_chunks,
    special,
    symbol,
    table,
    tar,
    tree,
)

MEBIBYTE = 1 << 20
ARRAYS = {f"{name}.npy" for name in ("images", "labels", "symbol_ids", "writers")}


class Set(NamedTuple):
    """A data set of two good pictures, and how it is read."""

    kind: type
    read: Callable[[Path], tuple]
    packing: str
    before: list[Member]  # the hostile member is put between these
    after: list[Member]


ROWS = [
    ("path", "symbol_id", "latex", "user_id"),
    ("data/first.png", 1, "A", 1),
    ("data/last.png", 2, "B", 1),
]
SETS = {
    "letters": Set(
        Letters,
        read_letters,
        ".gz",
        [("t/A/first.png", png(letter(0)))],
        [("t/B/last.png", png(letter(1)))],
    ),
    "symbols": Set(
        Symbols,
        read_symbols,
        ".bz2",
        [("hasy-data-labels.csv", table(ROWS)), ("data/first.png", png(symbol(0)))],
        [("data/last.png", png(symbol(1)))],
    ),
}


@pytest.fixture(params=SETS)
def attacked(request) -> Set:
    return SETS[request.param]


@pytest.fixture
def load(attacked, tmp_path, monkeypatch) -> Callable[[bytes], tuple]:
    """Have a tar archive read as the package does it; look for anything written meanwhile."""
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    archive = tmp_path / f"hostile.tar{attacked.packing}"
    cache = tmp_path / "cache"

    def outside() -> dict:
        return {name: data for name, data in tree(tmp_path).items() if name[:5] != "cache"}

    def load(data: bytes) -> tuple:
        archive.write_bytes(PACK[attacked.packing](data))
        before = outside()
        try:
            return cached(attacked.kind, [archive], cache, lambda: attacked.read(archive))[0]
        finally:
            assert outside() == before
            names = {path.name for path in cache.rglob("*") if path.is_file()}
            assert names <= {f"{attacked.kind.__name__.lower()}.lock", "record.json", *ARRAYS}

    return load


def refused(load, data: bytes, *words: str) -> None:
    """Assert that an archive is refused, with these words in the message, and nothing is kept."""
    with pytest.raises(ArchiveError) as caught:
        load(data)
    for word in ("hostile.tar", *words):
        assert word in str(caught.value)
    assert not list(Path("../cache").glob("**/*.npy"))


def test_without_a_hostile_member_the_sets_are_read(attacked, load):
    value = load(tar([*attacked.before, ("t/README.txt", b"harmless"), *attacked.after]))
    assert len(value.images) == 2
    assert value.skipped == ()


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize(
    "name",
    [
        "../x.png",
        "t/A/../../../x.png",
        "t/..",
        "/tmp/x.png",
        "//server/x.png",
        "\\x.png",
        "C:x.png",
        "c:\\x.png",
        "t\\..\\..\\x.png",
        "t/A/two\nlines.png",
        "t/A/\x1b[2Jred.png",
        "../" + "long/" * 40 + "x.png",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(attacked, load, name, form):
    members = [*attacked.before, (name, png(letter(2))), *attacked.after]
    refused(load, tar(members, form), repr(name), "leads out of its folder")


def test_a_name_in_an_extended_header_is_looked_at_as_well(attacked, load):
    harmless = tarfile.TarInfo("t/A/harmless.png")
    harmless.pax_headers = {"path": "../x.png"}
    refused(load, tar([*attacked.before, (harmless, b""), *attacked.after]), "'../x.png'")


def test_an_endless_name_is_refused_and_only_its_start_shown(attacked, load):
    members = [*attacked.before, ("t/" + "y" * 60_000, b"")]
    refused(load, tar(members), "'t/yyyy", "…' has a name of 60,002 characters")


def test_a_folder_that_leads_elsewhere_is_refused(attacked, load):
    members = [*attacked.before, special("../outside", tarfile.DIRTYPE), *attacked.after]
    refused(load, tar(members), "'../outside/'", "leads out of its folder")


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (tarfile.LNKTYPE, "a hard link"),
        (tarfile.SYMTYPE, "a symbolic link"),
        (tarfile.CHRTYPE, "a character device"),
        (tarfile.BLKTYPE, "a block device"),
        (tarfile.FIFOTYPE, "a named pipe"),
        (tarfile.GNUTYPE_SPARSE, "a sparse file"),
        (b"V", "the unknown kind b'V'"),
    ],
)
@pytest.mark.parametrize("target", ["/etc/passwd", "../../outside", "t/A/first.png", ""])
def test_what_is_no_file_is_refused(attacked, load, kind, word, target):
    members = [*attacked.before, special("t/A/odd.png", kind, target), *attacked.after]
    refused(load, tar(members), "'t/A/odd.png'", word)


def test_a_sparse_file_in_an_extended_header_is_refused(attacked, load):
    info = tarfile.TarInfo("t/A/odd.png")
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.realsize": str(1 << 40)}
    refused(load, tar([*attacked.before, (info, b""), *attacked.after]), "'t/A/odd.png'", "sparse")


@pytest.mark.parametrize("again", ["{}", "./{}", "././/{}"])
@pytest.mark.parametrize("same", [True, False], ids=["same bytes", "other bytes"])
def test_a_member_that_comes_twice_is_refused(attacked, load, again, same):
    name, data = attacked.before[-1]
    twin = (again.format(name), data if same else b"other")
    refused(load, tar([*attacked.before, twin, *attacked.after]), repr(name), "is there twice")


# Bombs: sizes that are claimed, and sizes that come out.


@pytest.mark.parametrize("size", [17 * MEBIBYTE, 1 << 33, 1 << 60, -1])
def test_a_claimed_size_is_refused_before_anything_is_read(attacked, load, size):
    info = tarfile.TarInfo("t/A/huge.png")
    info.size = size
    start = tar(attacked.before).rstrip(b"\0")
    start += bytes(-len(start) % tarfile.BLOCKSIZE)
    words = ["claims to have", "'t/A/huge.png'"] if size > 0 else ["damaged header", "first.png"]
    refused(load, start + info.tobuf(tarfile.GNU_FORMAT) + bytes(1024), *words)


def test_a_size_claimed_in_an_extended_header_is_refused(attacked, load):
    for size in (str(1 << 50), "-1"):
        info = tarfile.TarInfo("t/A/huge.png")
        info.pax_headers = {"size": size}
        refused(load, tar([*attacked.before, (info, b"")]), "'t/A/huge.png'", "claims to have")


@pytest.mark.parametrize("limit", ["members", "total_bytes"])
def test_each_reader_keeps_to_the_limits_of_its_set(attacked, load, limit, monkeypatch):
    data = tar([*attacked.before, *[(f"t/{i}.txt", b"x") for i in range(40)], *attacked.after])
    load(data)
    module = sys.modules[attacked.read.__module__]
    lower = module.LIMITS._replace(**{limit: 30 if limit == "members" else len(data) - 1})
    monkeypatch.setattr(module, "LIMITS", lower)
    with pytest.raises(ArchiveError, match="more than"):
        attacked.read(Path("..") / f"hostile.tar{attacked.packing}")


def peak_of(action: Callable[[], object]) -> int:
    """Return how many bytes more than at its start an action held at once."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def commented(name: str) -> Member:
    """Return an empty member with much to say about it."""
    info = tarfile.TarInfo(name)
    info.pax_headers = {"comment": "y" * 60_000}
    return info, b""


BOMBS = {
    "many members": tar([(f"{i}.png", bytes(MEBIBYTE)) for i in range(20)]),
    "zeros after the end": tar([("a.png", b"x")]) + bytes(20 * MEBIBYTE),
    "many extended headers": tar([commented(f"{i}.png") for i in range(400)]),
}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress], ids=["gz", "bz2"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_given_up_at_the_limit(tmp_path, bomb, pack):
    path = tmp_path / "bomb"
    path.write_bytes(pack(BOMBS[bomb]))
    assert path.stat().st_size < 300_000

    def unpack():
        with pytest.raises(ArchiveError, match="unpacks to more than 16,777,216 bytes"):
            for _ in files(path, AMPLE):
                pass

    assert peak_of(unpack) < 8 * MEBIBYTE


# Pictures: the size is looked at before anything is decoded.


@pytest.fixture(scope="module")
def huge() -> bytes:
    """The first rows of a picture of 50,000 by 50,000 dots: as grey all would take 2.5 GB."""
    return png_of_chunks((50_000, 50_000, 1, 0, 0, 0, 0), (b"\0" + b"\xff" * 6250) * 1000)


def never(*_, **__):
    raise AssertionError("a picture was handed over that should have been refused")


def test_a_huge_picture_is_skipped_without_decoding_it(huge, monkeypatch):
    with Image.open(io.BytesIO(png(letter(0)))):
        pass  # Pillow is loaded
    monkeypatch.setattr(Image, "open", never)
    monkeypatch.setattr(zlib, "decompressobj", never)

    def read():
        images, _, reasons = read_pngs([huge], 28, 28)
        assert len(images) == 0
        assert reasons == {0: "has 50000 x 50000 pixels, not 28 x 28"}

    assert peak_of(read) < MEBIBYTE


def test_a_huge_picture_in_an_archive_is_listed_and_the_others_are_read(attacked, load, huge):
    name = attacked.after[0][0]
    good = [*attacked.before, *attacked.after]
    value = load(tar([(n, huge if n == name else data) for n, data in good]))
    ((member, reason),) = value.skipped
    assert member == name
    assert reason.startswith("has 50000 x 50000 pixels, not ")
    assert len(value.images) == 1


def test_pixels_that_unpack_to_more_than_the_size_says_stay_packed():
    bomb = png_of_chunks((28, 28, 8, 0, 0, 0, 0), bytes(16 * MEBIBYTE))

    def read():
        assert read_pngs([bomb], 28, 28)[2] == {0: "is damaged: it has too few or too many pixels"}

    assert peak_of(read) < MEBIBYTE


@pytest.mark.parametrize("kind", [b"zTXt", b"iCCP"])
def test_a_comment_that_would_unpack_to_much_stays_packed(kind):
    rows = (b"\0" + bytes(28)) * 28
    bomb = chunk(kind, b"name\0\0" + zlib.compress(bytes(16 * MEBIBYTE)))
    png_with_it = png_of_chunks((28, 28, 8, 0, 0, 0, 0), rows, bomb)

    def read():
        images, _, reasons = read_pngs([png_with_it], 28, 28)
        assert reasons == {}
        assert not images.any()

    assert peak_of(read) < MEBIBYTE


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.fromarray(letter(0)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"a text with the wrong name", "is no PNG file"),
        (jpeg(), "is no PNG file"),
        (png(letter(0)[:20]), "has 28 x 20 pixels"),
        (png(letter(0))[:20], "is cut short"),
        (png(letter(0))[:200], "is cut short"),
    ],
    ids=["empty", "text", "jpeg", "other size", "cut in its header", "cut in its pixels"],
)
def test_what_is_no_picture_is_listed_with_its_reason(attacked, load, data, reason):
    name = attacked.before[-1][0]
    good = [*attacked.before, *attacked.after]
    if reason == "is cut short" and attacked.kind is Symbols:
        data = png(symbol(0))[: len(data) - 80] if len(data) > 100 else png(symbol(0))[: len(data)]
    value = load(tar([(n, data if n == name else d) for n, d in good]))
    assert [member for member, _ in value.skipped] == [name]
    assert value.skipped[0][1].startswith(reason)
    assert len(value.images) == len(value.labels) == len(value.file_names) == 1
    assert attacked.after[0][0].endswith(value.file_names[0])


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ((28, 28, 16, 0, 0, 0, 0), "has 16 bits for a sample of colour type 0"),
        ((28, 28, 8, 7, 0, 0, 0), "has 8 bits for a sample of colour type 7"),
        ((28, 28, 8, 0, 1, 0, 0), "has 8 bits for a sample of colour type 0"),
        ((28, 28, 8, 0, 0, 0, 1), "is interlaced"),
        ((28, 28, 8, 3, 0, 0, 0), "is damaged: its palette is missing or has a wrong size"),
        ((0, 0, 8, 0, 0, 0, 0), "has 0 x 0 pixels, not 28 x 28"),
    ],
)
def test_a_picture_of_another_kind_is_skipped_with_its_reason(header, reason):
    picture = png_of_chunks(header, (b"\0" + bytes(28)) * 28)
    assert read_pngs([picture], 28, 28)[2] == {0: reason}


def test_a_row_filtered_in_an_unknown_way_makes_a_picture_unreadable():
    good, bad = (b"\4" + bytes(28)) * 27, b"\5" + bytes(28)
    picture = png_of_chunks((28, 28, 8, 0, 0, 0, 0), good + bad)
    _, _, reasons = read_pngs([picture], 28, 28)
    assert reasons == {0: "is damaged: its rows are filtered in an unknown way"}


def test_a_picture_cut_anywhere_is_skipped():
    whole = png(letter(0))
    pieces = [whole[:n] for n in range(len(whole))]
    images, _, reasons = read_pngs(pieces, 28, 28)
    assert len(images) == 0
    assert set(reasons) == set(range(len(whole)))


def test_no_byte_of_a_picture_changes_its_pixels_unnoticed():
    whole = png(letter(0))
    changed = []
    for place in range(len(whole)):
        one = bytearray(whole)
        one[place] ^= 0x10
        changed.append(bytes(one))
    images, _, reasons = read_pngs(changed, 28, 28)
    assert (images == letter(0)).all()
    assert len(reasons) >= len(whole) - 12  # the last chunk says nothing


# Archives that are cut or damaged.


def small_archive() -> bytes:
    rng = np.random.default_rng(0)
    return tar([(f"t/A/{i}.png", rng.bytes(700)) for i in range(6)])


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress], ids=["gz", "bz2"])
def test_an_archive_cut_anywhere_is_refused(tmp_path, pack):
    packed = pack(small_archive())
    path = tmp_path / "cut.tar"
    for length in [*range(0, len(packed), 97), *range(len(packed) - 20, len(packed))]:
        path.write_bytes(packed[:length])
        with pytest.raises(ArchiveError, match=r"cut\.tar cannot be used: it is "):
            list(files(path, AMPLE))


def test_a_member_cut_short_is_named(attacked, load):
    data = tar([*attacked.before, ("t/A/cut.txt", bytes(3000))])
    place = data.index(b"t/A/cut.txt")
    refused(load, data[: place + 512 + 1000], "'t/A/cut.txt' is cut short")
    refused(load, data[: place + 512 + 3072], "is cut short after its member 't/A/cut.txt'")
    refused(load, data[: place + 100], "is cut short after its member", attacked.before[-1][0])


def test_something_after_the_end_is_refused(attacked, load):
    refused(load, tar([*attacked.before, *attacked.after]) + b"more", "goes on after its end")


@pytest.mark.parametrize("packing", PACK)
def test_a_damaged_archive_is_refused_or_gives_what_was_in_it(tmp_path, packing):
    """Only an uncompressed archive has bytes, those of its members, that no checksum guards."""
    good = small_archive()
    packed, path = PACK[packing](good), tmp_path / "damaged.tar"
    path.write_bytes(packed)
    members = list(files(path, AMPLE))
    rng = random.Random(0)
    for _ in range(150):
        damaged = bytearray(packed)
        damaged[rng.randrange(len(packed))] ^= 1 << rng.randrange(8)
        path.write_bytes(damaged)
        try:
            came = list(files(path, AMPLE))
        except ArchiveError:
            continue
        if packing == ".tar":
            assert [(n, len(d)) for n, d in came] == [(n, len(d)) for n, d in members]
        else:
            assert came == members


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"<!doctype html><title>403</title>", "is a web page"),
        (b"  \n<html>", "is a web page"),
        (b"PK\3\4" + bytes(600), "is no .tar.gz, .tar.bz2 or .tar file"),
        (gzip.compress(b"no tar " * 100), "has a damaged header"),
        (gzip.compress(b""), "is cut short"),
    ],
    ids=["empty", "page", "page after blanks", "zip", "gzip of a text", "gzip of nothing"],
)
def test_a_file_that_is_no_archive_is_told_apart(tmp_path, data, words):
    path = tmp_path / "page.tar.gz"
    path.write_bytes(data)
    with pytest.raises(ArchiveError) as caught:
        list(files(path, AMPLE))
    assert words in str(caught.value)
    assert "page.tar.gz" in str(caught.value)


@pytest.mark.parametrize(
    "record", [b"99 path=x\n", b"5 path=x\n", b"path=x\n", b"9 path=xy", b"-3 a=b\n", b"\xff\xff"]
)
def test_a_damaged_extended_header_is_refused(tmp_path, record):
    info = tarfile.TarInfo("header")
    info.type, info.size = tarfile.XHDTYPE, len(record)
    data = info.tobuf(tarfile.USTAR_FORMAT) + record.ljust(512, b"\0") + tar([("a.png", b"x")])
    path = tmp_path / "a.tar"
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match="damaged"):
        list(files(path, AMPLE))

"""Does reading an archive give exactly what is in it, however it was packed?"""

from __future__ import annotations

import bz2
import gzip
import importlib
import io
import os
import random
import tarfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from helpers.data.archives import ArchiveError, files
from helpers.data.contents import content, counts
from helpers.data.hasy import read_symbols
from helpers.data.images import TOGETHER, read_pngs
from helpers.data.mnist import read_digits, read_mnist
from helpers.data.notmnist import font_name, read_letters
from helpers.data.registry import datasets
from tests.archives_to_read import (
    AMPLE,
    chunk,
    font_file,
    idx,
    letter,
    png,
    png_of_chunks,
    special,
    symbol,
    table,
    write,
)

HEAD = ("path", "symbol_id", "latex", "user_id")


# Members of a tar archive, compared with what `tarfile` was given.

LONG = "top/" + "x" * 60 + "/" + "y" * 120 + ".png"  # longer than a plain header can say
MEMBERS = [
    ("a.txt", b""),
    ("top/b.bin", bytes(range(256)) * 7),
    ("top/full block", b"z" * 512),
    (LONG, b"long"),
    ("top/über ≤.png", b"not ASCII"),
    ("p" * 90 + "/" + "q" * 90, b"in two parts"),
    ("c.txt", b"after them"),
]


@pytest.mark.parametrize("packing", [".gz", ".bz2", ".tar"])
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_all_members_come_with_their_bytes_in_their_order(tmp_path, form, packing):
    members = [m for m in MEMBERS if form != tarfile.USTAR_FORMAT or m[0] != LONG]
    path = write(tmp_path / f"a.tar{packing}", [special("top", tarfile.DIRTYPE), *members], form)
    assert list(files(path, AMPLE)) == members


def test_the_packing_is_known_by_the_bytes_and_not_by_the_name(tmp_path):
    path = write(tmp_path / "a.tar.bz2", MEMBERS)
    assert list(files(path.rename(tmp_path / "a.tar.gz"), AMPLE)) == MEMBERS


def test_a_leading_dot_is_no_part_of_a_name(tmp_path):
    members = [special("./", tarfile.DIRTYPE), ("./a.png", b"1"), ("./b//c.png", b"2")]
    path = write(tmp_path / "a.tar.gz", members)
    assert list(files(path, AMPLE)) == [("a.png", b"1"), ("b/c.png", b"2")]


def test_a_size_may_stand_in_an_extended_header(tmp_path):
    info = tarfile.TarInfo("a.txt")
    info.pax_headers = {"size": "3", "comment": "of another tool"}
    path = write(tmp_path / "a.tar.gz", [(info, b"abc"), ("b.txt", b"d")])
    assert list(files(path, AMPLE)) == [("a.txt", b"abc"), ("b.txt", b"d")]


def test_two_packed_streams_after_each_other_are_one(tmp_path):
    whole = write(tmp_path / "a.tar", MEMBERS).read_bytes()
    for pack in (gzip.compress, bz2.compress):
        (tmp_path / "two").write_bytes(pack(whole[:700]) + pack(whole[700:]))
        assert list(files(tmp_path / "two", AMPLE)) == MEMBERS


# Pictures, compared with what Pillow makes of each file alone.


def alone(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("L"))


def shades(seed: int) -> np.ndarray:
    """Return a picture that a packing program finds worth filtering."""
    y, x = np.mgrid[:32, :32]
    return ((x * 5 + y * 3 + letter(seed)[0, 0]) % 256).astype(np.uint8)


def colours(seed: int) -> np.ndarray:
    return np.stack([shades(seed), shades(seed + 1).T, symbol(seed)], axis=2)


def comment() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "drawn with a mouse", zip=True)
    return info


GREYS = {
    "grey": png(shades(0)),
    "black and white": png(symbol(1), "1"),
    "grey, stored as RGB": png(symbol(2), "RGB"),
    "in colours": png(colours(3)),
    "with a palette": png(colours(4), "P"),
    "with a small palette": png(colours(5), "P", bits=2),
    "grey and transparent": png(shades(6), "LA"),
    "in colours and transparent": png(colours(7), "RGBA"),
    "RGB with a transparent colour": png(colours(8), transparency=(0, 0, 0)),
    "a palette with transparency": png(colours(9), "P", transparency=3),
    "with a comment and a profile": png(shades(10), pnginfo=comment(), icc_profile=b"x" * 300),
    "4 bits": png_of_chunks((32, 32, 4, 0, 0, 0, 0), (b"\0" + bytes(range(16))) * 32),
    "2 bits": png_of_chunks((32, 32, 2, 0, 0, 0, 0), (b"\0" + bytes(range(8))) * 32),
    "a palette for show": png_of_chunks(
        (32, 32, 8, 2, 0, 0, 0), (b"\1" + bytes(range(96))) * 32, chunk(b"PLTE", bytes(9))
    ),
}


@pytest.mark.parametrize("name", GREYS)
def test_a_picture_is_what_pillow_makes_of_it(name):
    images, kept, reasons = read_pngs([GREYS[name]], 32, 32)
    assert reasons == {}
    assert kept.tolist() == [0]
    assert (images[0] == alone(GREYS[name])).all()


@pytest.mark.parametrize(("colour", "samples"), [(0, 1), (2, 3), (4, 2), (6, 4)])
def test_every_filter_is_undone(colour, samples):
    """Any bytes are a filtered picture, so random ones put all filters in every order."""
    rng = np.random.default_rng(colour)
    pngs = []
    for _ in range(40):
        rows = rng.integers(0, 256, (32, 1 + 32 * samples), dtype=np.uint8)
        rows[:, 0] = rng.integers(0, 5, 32)
        pngs.append(png_of_chunks((32, 32, 8, colour, 0, 0, 0), rows.tobytes()))
    images, _, reasons = read_pngs(pngs, 32, 32)
    assert reasons == {}
    assert (images == np.stack([alone(data) for data in pngs])).all()


def test_grey_pictures_stored_as_rgb_are_read_with_every_filter():
    rng = np.random.default_rng(0)
    rows = rng.integers(0, 256, (40, 32, 32), dtype=np.uint8)
    filters = rng.integers(0, 5, (40, 32, 1), dtype=np.uint8)
    filtered = np.concatenate([filters, np.repeat(rows, 3, axis=2)], axis=2)
    pngs = [png_of_chunks((32, 32, 8, 2, 0, 0, 0), one.tobytes()) for one in filtered]
    images, _, _ = read_pngs(pngs, 32, 32)
    assert (images == np.stack([alone(data) for data in pngs])).all()


def test_one_coloured_pixel_among_grey_pictures_is_not_lost():
    for channel in range(3):
        pixels = np.repeat(symbol(0)[:, :, None], 3, axis=2)
        pixels[7, 9] = 100
        pixels[7, 9, channel] = 200
        pngs = [png(symbol(1), "RGB"), png(pixels), png(symbol(2), "RGB")]
        images, _, _ = read_pngs(pngs, 32, 32)
        assert (images == np.stack([alone(data) for data in pngs])).all()


def test_many_pictures_of_all_kinds_keep_their_order():
    kinds = list(GREYS.values())
    pngs = [kinds[i % len(kinds)] for i in range(TOGETHER * 3 + 5)]
    pngs += [png(shades(i)) for i in range(TOGETHER * 2 + 1)]
    random.Random(0).shuffle(pngs)
    pngs[TOGETHER] = b""
    images, kept, reasons = read_pngs(pngs, 32, 32)
    assert reasons == {TOGETHER: "is empty"}
    assert (images == np.stack([alone(pngs[i]) for i in kept])).all()
    assert kept.tolist() == [i for i in range(len(pngs)) if i != TOGETHER]


def test_pixels_may_be_spread_over_many_chunks():
    whole = png(letter(0))
    start, size = whole.index(b"IDAT") - 4, int.from_bytes(whole[whole.index(b"IDAT") - 4 :][:4])
    packed = whole[start + 8 : start + 8 + size]
    parts = [chunk(b"IDAT", packed[i : i + 100]) for i in range(0, size, 100)]
    split = whole[:start] + b"".join(parts) + chunk(b"IEND", b"")
    images, _, _ = read_pngs([split], 28, 28)
    assert (images[0] == letter(0)).all()


# notMNIST

LETTERS = [(name, f"{font}.ttf") for name in "ABJ" for font in ("Zapf", "Arial", "Übel", "a-b_c")]


def letter_members(top: str = "notMNIST_small/") -> list:
    return [
        (f"{top}{name}/{font_file(font)}", png(letter(i))) for i, (name, font) in enumerate(LETTERS)
    ]


@pytest.mark.parametrize("top", ["notMNIST_small/", "any other/", "", "./"])
@pytest.mark.parametrize("seed", range(3))
def test_letters_are_sorted_however_they_were_packed(tmp_path, top, seed):
    members = letter_members(top)
    random.Random(seed).shuffle(members)
    letters = read_letters(write(tmp_path / "a.tar.gz", members))
    expected = sorted(range(len(LETTERS)), key=lambda i: (LETTERS[i][0], font_file(LETTERS[i][1])))
    assert (letters.images == np.stack([letter(i) for i in expected])).all()
    assert [letters.label_names[i] for i in letters.labels] == [LETTERS[i][0] for i in expected]
    assert [font_name(name) for name in letters.file_names] == [LETTERS[i][1] for i in expected]
    assert letters.label_names == tuple("ABCDEFGHIJ")
    assert letters.skipped == ()


def test_letters_have_the_promised_types(tmp_path):
    letters = read_letters(write(tmp_path / "a.tar.gz", letter_members()))
    assert (letters.images.dtype, letters.images.shape) == (np.uint8, (12, 28, 28))
    assert (letters.labels.dtype, letters.labels.shape) == (np.int64, (12,))


@pytest.mark.parametrize(
    ("member", "data", "reason"),
    [
        ("t/A/empty.png", b"", "is empty"),
        ("t/A/text.png", b"<html>403</html>", "is no PNG file"),
        ("t/A/._mac.png", png(letter(0)), "is a by-product of macOS, not a picture"),
        ("t/K/x.png", png(letter(0)), "lies in no folder of a letter from A to J"),
        ("t/a/x.png", png(letter(0)), "lies in no folder of a letter from A to J"),
        ("logo.png", png(letter(0)), "lies in no folder of a letter from A to J"),
        ("__MACOSX/t/A/x.PNG", png(letter(0)), "is a by-product of macOS, not a picture"),
        ("t/B/small.png", png(letter(0)[1:]), "has 28 x 27 pixels, not 28 x 28"),
    ],
)
def test_a_png_that_is_no_letter_is_listed(tmp_path, member, data, reason):
    members = [("t/B/good.png", png(letter(1))), (member, data)]
    for order in (members, members[::-1]):
        letters = read_letters(write(tmp_path / "a.tar.gz", order))
        assert letters.skipped == ((member, reason),)
        assert (letters.images == letter(1)).all()
        assert letters.file_names == ("good.png",)


def test_other_files_are_passed_over(tmp_path):
    litter = [(f"t/A/{name}", b"?") for name in (".DS_Store", "Thumbs.db", "._x", "README.txt")]
    letters = read_letters(write(tmp_path / "a.tar.gz", [*litter, *letter_members("t/")]))
    assert len(letters.images) == len(LETTERS)
    assert letters.skipped == ()


def test_what_is_skipped_comes_in_one_order(tmp_path):
    members = [(f"t/A/{i}.png", b"") for i in range(9)] + [("x.png", b""), ("t/B/1.png", b"?")]
    members.append(("t/B/good.png", png(letter(1))))
    first = read_letters(write(tmp_path / "a.tar.gz", members)).skipped
    assert read_letters(write(tmp_path / "a.tar.gz", members[::-1])).skipped == first
    assert len(first) == 11


def test_letters_below_two_folders_are_refused(tmp_path):
    members = [("one/A/x.png", png(letter(0))), ("two/A/y.png", png(letter(1)))]
    with pytest.raises(ArchiveError, match="two folders, 'one' and 'two'"):
        read_letters(write(tmp_path / "a.tar.gz", members))


def test_an_archive_without_letters_is_refused(tmp_path):
    with pytest.raises(ArchiveError, match=r"a\.tar\.gz .* no picture in a folder of a letter"):
        read_letters(write(tmp_path / "a.tar.gz", [("README.txt", b"hello")]))


@pytest.mark.parametrize(
    ("file_name", "font"),
    [
        ("QmFza2VydmlsbGUudHRm.png", "Baskerville.ttf"),
        ("TTI5LnR0Zg==.png", "M29.ttf"),
        ("TTI5LnR0Zg.png", "M29.ttf"),  # without its padding
        ("w5xiZWwudHRm.png", "Übel.ttf"),
        ("Pz8_Pj4-.png", "???>>>"),  # base64 for the names of files
        ("Pz8/Pj4+.png", "???>>>"),
        ("a b.png", "a b"),
        ("gICA.png", "gICA"),  # base64 of no text
        ("abcde.png", "abcde"),
        ("", ""),
        ("ü.png", "ü"),
    ],
)
def test_the_font_is_named(file_name, font):
    assert font_name(file_name) == font


# HASYv2

ROWS = [
    ("hasy-data/v2-3.png", 31, "A", 7),
    ("hasy-data/v2-0.png", 900, r"\pi", 7),
    ("hasy-data/v2-1.png", 70, "NA", 8),
    ("hasy-data/v2-2.png", 31, "A", 90000),
    ("hasy-data/v2-5.png", 71, "nan", 9),
    ("hasy-data/v2-4.png", 72, 'a,"b"', 9),
    ("hasy-data/v2-6.png", 73, "≤ü", 9),
]
SYMBOLS = [
    ("symbol_id", "latex", "training_samples"),
    *sorted({(number, latex, "5") for _, number, latex, _ in ROWS} | {(1000, "unused", "0")}),
]


def symbol_members(rows=ROWS) -> list:
    return [(path, png(symbol(i), "RGB")) for i, (path, *_) in enumerate(rows)]


def check_symbols(symbols, rows=ROWS) -> None:
    """Compare with the rows of a table; classes are counted in the order of their number."""
    numbers = sorted({number for _, number, _, _ in rows})
    latex = {number: text for _, number, text, _ in rows}
    assert (symbols.images == np.stack([symbol(i) for i in range(len(rows))])).all()
    assert symbols.labels.tolist() == [numbers.index(number) for _, number, _, _ in rows]
    assert symbols.label_names == tuple(latex[number] for number in numbers)
    assert symbols.symbol_ids.tolist() == numbers
    assert symbols.writers.tolist() == [writer for *_, writer in rows]
    assert symbols.file_names == tuple(path for path, *_ in rows)
    assert symbols.skipped == ()


FOLDS = [("classification-task/fold-1/test.csv", b"path,symbol_id\n../nothing,x\n")]


@pytest.mark.parametrize(
    "arrange",
    [
        lambda labels, names, pngs: [labels, names, *FOLDS, *pngs],
        lambda labels, names, pngs: [*pngs, *FOLDS, names, labels],
        lambda labels, names, pngs: [*pngs[3:], labels, *reversed(pngs[:3])],
    ],
    ids=["tables first", "tables last", "between, no symbols.csv"],
)
def test_symbols_come_in_the_order_of_the_table(tmp_path, arrange):
    labels, names = ("hasy-data-labels.csv", table([HEAD, *ROWS])), ("symbols.csv", table(SYMBOLS))
    path = write(tmp_path / "a.tar.bz2", arrange(labels, names, symbol_members()))
    check_symbols(read_symbols(path))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("last", [b"", b"\r\n\r\n"], ids=["", "blank lines"])
def test_the_table_may_be_written_in_several_ways(tmp_path, end, mark, last):
    text = mark + table([HEAD, *ROWS], end) + last
    members = [("hasy-data-labels.csv", text), *symbol_members()]
    check_symbols(read_symbols(write(tmp_path / "a.tar.bz2", members)))


def test_columns_are_found_by_their_names(tmp_path):
    order = (3, 1, 0, 2)
    rows = [("more", *(row[i] for i in order)) for row in (HEAD, *ROWS)]
    members = [("hasy-data-labels.csv", table(rows)), *symbol_members()]
    check_symbols(read_symbols(write(tmp_path / "a.tar.bz2", members)))


def test_the_set_may_lie_in_a_folder(tmp_path):
    members = [("hasy-data-labels.csv", table([HEAD, *ROWS])), *symbol_members()]
    members = [(f"HASYv2/{name}", data) for name, data in members]
    check_symbols(read_symbols(write(tmp_path / "a.tar.bz2", members)))


def test_a_picture_beside_the_folder_of_the_set_does_not_take_the_place_of_one_in_it(tmp_path):
    members = [("hasy-data-labels.csv", table([HEAD, *ROWS])), *symbol_members()]
    members = [(f"HASYv2/{name}", data) for name, data in members]
    beside, missing = (ROWS[0][0], png(symbol(99))), members.pop()
    symbols = read_symbols(write(tmp_path / "a.tar.bz2", [*members, beside]))
    assert (symbols.images == np.stack([symbol(i) for i in range(6)])).all()
    assert symbols.skipped == (
        (missing[0], "is in hasy-data-labels.csv, but not in the archive"),
        (beside[0], "is in the archive, but not in hasy-data-labels.csv"),
    )


def test_symbols_have_the_promised_types(tmp_path):
    members = [("hasy-data-labels.csv", table([HEAD, *ROWS])), *symbol_members()]
    symbols = read_symbols(write(tmp_path / "a.tar.bz2", members))
    assert (symbols.images.dtype, symbols.images.shape) == (np.uint8, (7, 32, 32))
    numbers = (symbols.labels, symbols.symbol_ids, symbols.writers)
    assert {array.dtype for array in numbers} == {np.dtype(np.int64)}


def test_pictures_that_table_or_archive_lack_are_listed(tmp_path):
    pngs = symbol_members()
    del pngs[2]
    pngs[4] = (pngs[4][0], b"")
    pngs.append(("hasy-data/v2-9.png", png(symbol(9))))
    members = [("hasy-data-labels.csv", table([HEAD, *ROWS])), *pngs]
    symbols = read_symbols(write(tmp_path / "a.tar.bz2", members))
    assert symbols.skipped == (
        ("hasy-data/v2-1.png", "is in hasy-data-labels.csv, but not in the archive"),
        ("hasy-data/v2-4.png", "is empty"),
        ("hasy-data/v2-9.png", "is in the archive, but not in hasy-data-labels.csv"),
    )
    assert symbols.file_names == tuple(ROWS[i][0] for i in (0, 1, 3, 4, 6))
    assert (symbols.images == np.stack([symbol(i) for i in (0, 1, 3, 4, 6)])).all()
    assert symbols.symbol_ids.tolist() == [31, 71, 73, 900]  # the others have no picture left
    assert [symbols.label_names[i] for i in symbols.labels] == ["A", r"\pi", "A", "nan", "≤ü"]
    assert symbols.writers.tolist() == [7, 7, 90000, 9, 9]


def changed(line: int, column: int, value) -> list:
    rows = [list(row) for row in (HEAD, *ROWS)]
    rows[line - 1][column] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (changed(1, 1, "id"), ["line 1", "'symbol_id'"]),
        (changed(1, 2, "path"), ["line 1", "'path'"]),
        ([], ["line 1", "'path'"]),
        ([HEAD], ["no picture"]),
        (changed(4, 1, "seventy"), ["line 4", "column symbol_id", "'seventy'"]),
        (changed(4, 1, "7.0"), ["line 4", "column symbol_id", "'7.0'"]),
        (changed(4, 1, "-7"), ["line 4", "column symbol_id", "'-7'"]),
        (changed(5, 1, "9" * 19), ["line 5", "column symbol_id"]),
        (changed(4, 3, ""), ["line 4", "column user_id", "''"]),
        (changed(4, 3, "²"), ["line 4", "column user_id", "'²'"]),
        ([*changed(2, 0, ROWS[0][0])[:5], ROWS[3][:3]], ["line 6", "3 columns", "user_id"]),
        ([HEAD, *ROWS[:2], (*ROWS[2], "more")], ["line 4", "5 columns", "4 of line 1"]),
        (changed(5, 2, "B"), ["line 5", "column latex", "'B'", "31", "'A'"]),
        (changed(5, 0, ROWS[1][0]), ["line 5", "column path", "line 3", "v2-0.png"]),
    ],
)
def test_a_table_with_a_mistake_is_refused_and_the_place_named(tmp_path, rows, words):
    members = [("hasy-data-labels.csv", table(rows)), *symbol_members()]
    with pytest.raises(ArchiveError) as caught:
        read_symbols(write(tmp_path / "set.tar.bz2", members))
    for word in ["set.tar.bz2", "hasy-data-labels.csv", *words]:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (SYMBOLS[:-2], ["hasy-data-labels.csv", "line 3", "column symbol_id", "900"]),
        ([SYMBOLS[0]], ["hasy-data-labels.csv", "line 2", "column symbol_id", "31"]),
        ([*SYMBOLS[:-2], (900, "pi", 5)], ["hasy-data-labels.csv", "line 3", "latex", "'pi'"]),
        ([*SYMBOLS, (31, "A", 5)], ["symbols.csv", f"line {len(SYMBOLS) + 1}", "symbol_id"]),
        ([("id", "latex"), (1, "A")], ["symbols.csv", "line 1", "'symbol_id'"]),
    ],
)
def test_the_two_tables_must_agree(tmp_path, rows, words):
    members = [("hasy-data-labels.csv", table([HEAD, *ROWS])), ("symbols.csv", table(rows))]
    with pytest.raises(ArchiveError) as caught:
        read_symbols(write(tmp_path / "a.tar.bz2", [*members, *symbol_members()]))
    for word in words:
        assert word in str(caught.value)


def test_lines_are_counted_right_below_a_cell_of_two_lines(tmp_path):
    rows = [HEAD, ("a.png", 1, "two\nlines", 7), ("b.png", "x", "B", 7)]
    with pytest.raises(ArchiveError, match="line 4, column symbol_id, 'x'"):
        read_symbols(write(tmp_path / "a.tar.bz2", [("hasy-data-labels.csv", table(rows))]))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"path,symbol_id,latex,user_id\na.png,1,\xff,7\n", ["UTF-8", "line 2"]),
        (b'path,symbol_id,latex,user_id\na.png,1,"A,7\n', ["line 2"]),
        (b'path,symbol_id,latex,user_id\na.png,1,"A"B,7\n', ["line 2"]),
        (b"path,symbol_id,latex,user_id\na.png,1," + b"x" * 200_000 + b",7\n", ["line 2"]),
    ],
    ids=["not UTF-8", "quote without an end", "text after a quote", "endless cell"],
)
def test_a_table_that_is_no_csv_is_refused(tmp_path, text, words):
    path = write(tmp_path / "set.tar.bz2", [("hasy-data-labels.csv", text)])
    with pytest.raises(ArchiveError) as caught:
        read_symbols(path)
    for word in ["set.tar.bz2", "hasy-data-labels.csv", *words]:
        assert word in str(caught.value)


def test_an_archive_without_a_table_or_with_two_is_refused(tmp_path):
    with pytest.raises(ArchiveError, match=r"no hasy-data-labels\.csv"):
        read_symbols(write(tmp_path / "a.tar.bz2", symbol_members()))
    both = [(f"{top}hasy-data-labels.csv", table([HEAD, *ROWS])) for top in ("", "x/")]
    with pytest.raises(ArchiveError, match=r"'x/hasy-data-labels\.csv' is there as well as"):
        read_symbols(write(tmp_path / "a.tar.bz2", both))


# MNIST

DIGITS = {
    "train-images-idx3-ubyte.gz": np.stack([letter(i) for i in range(5)]),
    "train-labels-idx1-ubyte.gz": np.array([5, 0, 4, 9, 1], np.uint8),
    "t10k-images-idx3-ubyte.gz": np.stack([letter(i) for i in range(10, 13)]),
    "t10k-labels-idx1-ubyte.gz": np.array([7, 2, 1], np.uint8),
}


@pytest.fixture
def digits(tmp_path) -> Path:
    for name, array in DIGITS.items():
        (tmp_path / name).write_bytes(gzip.compress(idx(array)))
    return tmp_path


def test_digits_are_what_was_written(digits):
    (x, y), (x_test, y_test) = read_mnist(digits)
    for came, right in zip((x, y, x_test, y_test), DIGITS.values(), strict=True):
        assert (came == right).all()
        assert came.shape == right.shape
    assert [a.dtype for a in (x, y, x_test, y_test)] == [np.uint8, np.int64] * 2


# Which bytes of a header mean what: the two zeros, the type, the axes, and one size after another.
@pytest.mark.parametrize("name", DIGITS)
@pytest.mark.parametrize("place", range(16))
def test_no_byte_of_a_header_can_be_changed_unnoticed(digits, name, place):
    body = bytearray(idx(DIGITS[name]))
    if place >= 4 + 4 * body[3]:
        return  # the header of labels is shorter
    for change in (1, 16, 255):
        wrong = bytearray(body)
        wrong[place] ^= change
        (digits / name).write_bytes(gzip.compress(wrong))
        with pytest.raises(ArchiveError, match=name):
            read_digits(digits)


@pytest.mark.parametrize("name", DIGITS)
def test_a_digit_file_cut_anywhere_is_refused(digits, name):
    whole = idx(DIGITS[name])
    packed = gzip.compress(whole)
    versions = [gzip.compress(whole[:n]) for n in (0, 3, 7, 9, len(whole) - 1)]
    versions += [packed[:n] for n in (0, 5, 20, len(packed) - 9, len(packed) - 1)]
    versions += [gzip.compress(whole + b"\0"), whole, packed[:-5] + b"\1" + packed[-4:]]
    for wrong in versions:
        (digits / name).write_bytes(wrong)
        with pytest.raises(ArchiveError, match=name):
            read_digits(digits)


def test_labels_must_be_digits_and_as_many_as_images(digits):
    labels = digits / "t10k-labels-idx1-ubyte.gz"
    labels.write_bytes(gzip.compress(idx(np.array([7, 10, 1], np.uint8))))
    with pytest.raises(ArchiveError, match="label 10 at position 1"):
        read_digits(digits)
    labels.write_bytes(gzip.compress(idx(np.array([7, 2], np.uint8))))
    with pytest.raises(ArchiveError, match=r"2 labels, but .* 3 images"):
        read_digits(digits)


def test_a_missing_digit_file_is_a_missing_file(digits):
    (digits / "t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(FileNotFoundError, match="t10k-labels"):
        read_digits(digits)


# Digests of contents


def test_the_digest_knows_no_order_and_no_packing(tmp_path):
    members = letter_members()
    first = read_letters(write(tmp_path / "a.tar.gz", members)).content()
    second = read_letters(write(tmp_path / "b.tar.bz2", members[::-1])).content()
    renamed = [(name.replace("notMNIST_small", "x"), data) for name, data in members]
    assert first == second == read_letters(write(tmp_path / "c.tar.gz", renamed)).content()


def test_the_digest_sees_every_pixel_label_and_copy():
    images, labels = np.stack([letter(0), letter(1), letter(1)]), np.array([1, 2, 2])
    pixel = images.copy()
    pixel[2, 27, 27] ^= 1
    others = [
        content(pixel, labels),
        content(images, [1, 2, 3]),
        content(images[:2], labels[:2]),
        content(images[[0, 0, 1]], [1, 1, 2]),
        content(images, [2, 1, 2]),
        content(images.reshape(3, 14, 56), labels),
    ]
    assert len({content(images, labels), *others}) == 7


def test_the_digest_tells_training_from_test(digits):
    one = read_digits(digits)
    moved = one._replace(x=one.x_test, y=one.y_test, x_test=one.x, y_test=one.y)
    assert one.content() != moved.content()


def test_the_digest_of_symbols_takes_their_own_numbers(tmp_path):
    rows = [(path, number + 1, latex, user) for path, number, latex, user in ROWS]
    both = []
    for these in (ROWS, rows):
        members = [("hasy-data-labels.csv", table([HEAD, *these])), *symbol_members()]
        both.append(read_symbols(write(tmp_path / "a.tar.bz2", members)))
    assert (both[0].labels == both[1].labels).all()
    assert both[0].content() != both[1].content()


@pytest.mark.parametrize(
    ("images", "labels"),
    [
        (np.zeros((2, 4, 4)), [0, 1]),
        (np.zeros((2, 16), np.uint8), [0, 1]),
        (np.zeros((2, 4, 4), np.uint8), [0]),
    ],
)
def test_a_digest_of_something_else_is_refused(images, labels):
    with pytest.raises(ValueError, match=r"content\(\) takes uint8 images"):
        content(images, labels)


def test_classes_are_counted():
    assert counts(np.array([3, 0, 3]), 5).tolist() == [1, 0, 0, 2, 0]
    assert counts(np.array([], int), 2).tolist() == [0, 0]
    for wrong in ([5], [-1]):
        with pytest.raises(ValueError, match=r"from 0 to 4, not -?\d"):
            counts(wrong, 5)


# The real sets, where they are at hand


def real(name: str) -> Path:
    """Return where a real set lies, or skip the test."""
    folder = os.environ.get("FIRST_LAYERS_DATA")
    if not folder:
        pytest.skip("FIRST_LAYERS_DATA names no folder with real data")
    folders = importlib.import_module("helpers.data.folders")
    found = folders.found(datasets()[name])
    if not found:
        pytest.skip(f"{folder} has no {name}")
    return found[0]


def test_the_real_digits():
    digits = read_digits(real("mnist"))
    assert digits.content() == datasets()["mnist"].content
    assert digits.y[:5].tolist() == [5, 0, 4, 1, 9]
    assert counts(digits.y, 10).tolist() == [
        5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949
    ]  # fmt: skip
    assert (len(digits.x), len(digits.x_test)) == (60_000, 10_000)


def test_the_real_letters():
    letters = read_letters(real("notmnist"))
    assert letters.content() == datasets()["notmnist"].content
    assert counts(letters.labels, 10).tolist() == [1872] + [1873] * 4 + [1872] * 5
    assert [font_name(member.split("/")[-1]) for member, _ in letters.skipped] == [
        "DemocraticaBoldOldstyle Bold.ttf",
        "Crossover BoldOblique.ttf",
    ]
    assert {reason for _, reason in letters.skipped} == {"is empty"}


@pytest.mark.slow
def test_the_real_symbols():
    symbols = read_symbols(real("hasy"))
    assert symbols.content() == datasets()["hasy"].content
    assert len(symbols.images) == datasets()["hasy"].images == 168_233
    assert len(symbols.label_names) == 369
    assert symbols.skipped == ()
    assert np.unique(symbols.images).tolist() == [0, 255]
    assert counts(symbols.labels, 369).sum() == 168_233

"""Are the built-in letters in notMNIST's format, with its vices, and from fonts that are named?"""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import tarfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from helpers.authoring.embedded import letters
from helpers.authoring.embedded.credits import font_credits
from helpers.authoring.embedded.fonts import (
    Font,
    NotThatFont,
    Package,
    credit,
    file_name,
    fonts,
    packages,
)
from helpers.authoring.embedded.models import fit_linear, fit_network, split
from helpers.authoring.embedded.packing import png, tar_gz
from helpers.data.contents import counts
from helpers.data.folders import EMBEDDED
from helpers.data.notmnist import LETTERS, font_name, read_letters

ROOT = Path(__file__).parent.parent
ARCHIVE = EMBEDDED / letters.ARCHIVE
CARD = ROOT / "book" / "data_notmnist.md"
OPEN = {"OFL-1.1", "Apache-2.0", "UFL-1.0", "Bitstream Vera"}


@pytest.fixture(scope="module")
def members():
    with tarfile.open(ARCHIVE) as archive:
        return [(m, archive.extractfile(m).read() if m.isfile() else None) for m in archive]


@pytest.fixture(scope="module")
def found():
    return read_letters(ARCHIVE)


@pytest.fixture(scope="module")
def names(found):
    return np.array([font_name(file) for file in found.file_names])


@pytest.fixture(scope="module")
def groups(found):
    """Positions of the pictures, by pixels."""
    table = defaultdict(list)
    for position, image in enumerate(found.images):
        table[image.tobytes()].append(position)
    return list(table.values())


def pictures_of(font: str, found, names) -> dict[str, np.ndarray]:
    return {LETTERS[found.labels[i]]: found.images[i] for i in np.flatnonzero(names == font)}


# The archive


def test_the_archive_is_small_and_without_time_and_name():
    content = ARCHIVE.read_bytes()
    assert len(content) <= 3_000_000
    assert content[3] == 0
    assert content[4:8] == bytes(4)


def test_its_members_are_sorted_files_and_folders_of_nobody(members):
    names = [member.name for member, _ in members]
    assert names == sorted(names)
    assert len(set(names)) == len(names)
    for member, _ in members:
        assert member.isfile() or member.isdir()
        assert (member.mtime, member.uid, member.gid) == (0, 0, 0)
        assert (member.uname, member.gname, member.linkname) == ("", "", "")
        assert re.fullmatch(r"notMNIST_small(/[A-J](/[A-Za-z0-9+=]+\.png)?)?", member.name)


def test_ten_letters_of_719_fonts(members, found, names):
    files = [member.name for member, data in members if data is not None]
    assert len(files) == 7190
    assert len(found.images) == 7188
    assert len(set(names)) == 719
    per_class = counts(found.labels, 10)
    assert sorted(per_class) == [718] * 2 + [719] * 8
    assert 0.7 * len(found.images) > 5000


def test_another_reader_of_pngs_sees_the_same_pictures(members, found):
    images = [
        np.asarray(Image.open(io.BytesIO(data)))
        for member, data in sorted(members, key=lambda pair: pair[0].name)
        if data
    ]
    assert all(image.dtype == np.uint8 for image in images)
    assert (np.stack(images) == found.images).all()


def test_the_content_is_the_one_that_the_book_was_written_with(found):
    assert found.content() == (
        "sha256:601df94600881fba7d4dd13145eb395ab99171fd603da7b2a005bea03bb9181a"
    )


# How the letters look


def test_every_letter_fills_its_square(found):
    ink = found.images > 0
    for edge in (ink[:, 0], ink[:, -1], ink[:, :, 0], ink[:, :, -1]):
        assert edge.any(axis=1).all()


def test_white_squares_are_i_and_every_seventh_or_so(found):
    white = (found.images == 255).all(axis=(1, 2))
    assert set(found.labels[white]) == {LETTERS.index("I")}
    assert 0.12 < white.sum() / 719 < 0.17


def test_a_letter_is_that_of_the_font_it_is_named_after(found, names):
    """Drawn anew with the fonts that are here, those of matplotlib."""
    place = Path("not needed")
    here = [font for p in packages() if not p.version for font in fonts(p, place)]
    assert len(here) == 16
    for font in here:
        stored = pictures_of(font.name, found, names)
        for letter in LETTERS:
            drawn = letters.draw(font.path, letter)
            # Another FreeType may put a pixel elsewhere before the letter is shrunk.
            assert abs(drawn.astype(int) - stored[letter]).mean() < 3, (font.name, letter)


# Planted on purpose


def test_the_two_empty_files_are_those_that_were_planted(members, found):
    empty = {
        (member.name.split("/")[1], font_name(member.name.split("/")[2]))
        for member, data in members
        if data == b""
    }
    assert empty == set(letters.EMPTY)
    assert sorted(letter for letter, _ in empty) == ["A", "F"]
    assert len(found.skipped) == 2


def test_one_mark_stands_for_six_letters_of_a_font_that_does_not_exist(found, names):
    pictures = pictures_of(letters.EXPERT, found, names)
    mark = pictures["B"]
    assert {letter for letter in LETTERS if (pictures[letter] == mark).all()} == set("BCGHIJ")
    assert letters.EXPERT not in {f"{face}.ttf" for p in packages() for face in p.faces}


def test_only_the_planted_fonts_have_one_picture_under_different_letters(found, names, groups):
    conflicts = {
        (names[group[0]], "".join(sorted(LETTERS[label] for label in found.labels[group])))
        for group in groups
        if len(set(found.labels[group])) > 1
    }
    assert conflicts == {(letters.EXPERT, "BCGHIJ"), (letters.ONE_FOR_I_AND_J, "IJ")}


# Odd by itself


def test_pictures_of_one_letter_come_twice_from_two_fonts(found, names, groups):
    twins = [g for g in groups if 1 < len(g) < 10 and len(set(found.labels[g])) == 1]
    assert 80 < len(twins) < 130
    assert all(len(set(names[group])) == len(group) for group in twins)
    pairs = {tuple(sorted(names[group])) for group in twins}
    assert ("Spectral-Italic.ttf", "SpectralSC-Italic.ttf") in pairs


def test_weights_of_a_family_are_nearly_the_same(found, names):
    def distance(one: str, other: str) -> float:
        ours, theirs = pictures_of(one, found, names), pictures_of(other, found, names)
        squares = [((ours[k] / 255 - theirs[k] / 255) ** 2).sum() for k in LETTERS]
        return float(np.median(np.sqrt(squares)))

    near = distance("Arimo-Medium.ttf", "Arimo-SemiBold.ttf")
    assert 0 < near < 4
    assert near < distance("Arimo-Medium.ttf", "STIXGeneral.ttf") / 2


# Whose fonts


def test_the_credits_name_every_font_its_licence_and_its_authors(names):
    page = (EMBEDDED / "licences" / "fonts.md").read_text(encoding="utf-8")
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in page.splitlines() if line[:2] == "| "]
    rows = [[cell.strip() for cell in row] for row in rows if row[0].strip() != "family"]
    credited = {letters.EXPERT}
    for family, origin, faces, licence, words in rows:
        assert licence in OPEN
        assert re.search(r"Copyright|©", words), family
        for face in faces.split():
            credited.add(f"{face}.ttf" if origin == "matplotlib" else file_name(family, face))
    assert credited == set(names)


def test_packages_are_pinned_sorted_and_under_open_licences():
    for package in packages():
        assert package.licence in OPEN
        assert re.fullmatch(r"5\.\d+\.\d+", package.version) or package.credit
        assert len(set(package.faces)) == len(package.faces) > 0
    for licence in ("OFL-1.1", "Apache-2.0", "UFL-1.0"):
        of_it = [p.name for p in packages() if p.licence == licence and p.version]
        assert of_it == sorted(of_it)


def test_no_font_is_in_the_project(members):
    assert all(data[:4] in (b"", b"\x89PNG") for _, data in members if data is not None)
    kinds = {path.suffix for path in EMBEDDED.rglob("*") if path.is_file()}
    assert not kinds & {".ttf", ".otf", ".woff", ".woff2"}


def test_the_pages_say_what_it_is_and_how_much():
    readme = (EMBEDDED / "README.md").read_text(encoding="utf-8")
    card = CARD.read_text(encoding="utf-8")
    faces = sum(len(package.faces) for package in packages())
    fetched = sum(bool(package.version) for package in packages())
    for page in (readme, card):
        assert "a stand-in for notMNIST, not notMNIST" in page
        assert f"{faces} " in page
        assert letters.EXPERT in page
    assert f"those of {fetched} packages" in readme
    assert "*all* means 5,031 training letters here and 13,106 there" in card
    train, _ = split(np.repeat(np.arange(10), 719)[:7188], 0)
    assert len(train) == 5031


# How it is made


@pytest.fixture
def place(tmp_path):
    """A folder of packages with one of them, whose font file is one of matplotlib's."""
    import matplotlib

    source = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "STIXGeneral.ttf"
    files = tmp_path / "some-serif" / "files"
    files.mkdir(parents=True)
    (files / "some-serif-latin-700-italic.woff").write_bytes(source.read_bytes())
    about = {
        "family": "Some Serif",
        "license": {
            "type": "OFL-1.1",
            "attribution": "Copyright 2020 Someone. Some-Bold.ttf: Copyright 2020 Someone.",
        },
    }
    (tmp_path / "some-serif" / "metadata.json").write_text(json.dumps(about))
    return tmp_path


SERIF = Package("some-serif", "OFL-1.1", "5.0.0", ("700i",))


def test_a_font_has_the_name_of_its_whole_file(place):
    path = place / "some-serif" / "files" / "some-serif-latin-700-italic.woff"
    assert fonts(SERIF, place) == [Font("SomeSerif-BoldItalic.ttf", path)]


def test_a_package_under_another_licence_is_refused(place):
    with pytest.raises(NotThatFont, match=r"under OFL-1\.1, but fonts\.toml says Apache-2\.0"):
        fonts(Package("some-serif", "Apache-2.0", "5.0.0", ("700i",)), place)


def test_a_face_that_is_not_there_is_named(place):
    with pytest.raises(NotThatFont, match="no face 400"):
        fonts(Package("some-serif", "OFL-1.1", "5.0.0", ("400",)), place)


def test_a_credit_that_is_repeated_for_each_file_is_given_once(place):
    assert credit(SERIF, place) == "Copyright 2020 Someone."


def test_the_font_itself_is_asked_when_the_package_names_only_its_distributor(place):
    path = place / "some-serif" / "metadata.json"
    path.write_text(path.read_text().replace("Copyright 2020 Someone", "Google Inc"))
    assert credit(SERIF, place).startswith("Copyright (c) 2001-2010 by the STI Pub Companies")


def test_credits_are_a_table_with_a_row_for_each_package(place, monkeypatch):
    monkeypatch.setattr("helpers.authoring.embedded.credits.packages", lambda: (SERIF,))
    last = font_credits(place).splitlines()[-1]
    assert last == (
        "| Some Serif | @fontsource/some-serif 5.0.0 | 700i | OFL-1.1 | Copyright 2020 Someone. |"
    )


def test_what_is_made_is_the_same_the_second_time(tmp_path, monkeypatch):
    ours = tuple(p for p in packages() if not p.version)
    monkeypatch.setattr(letters, "packages", lambda: ours)
    monkeypatch.setattr(letters, "fetch", lambda folder: folder)
    monkeypatch.setattr(letters, "font_credits", lambda place: "none")
    for folder in ("once", "twice"):
        letters.make_letters(tmp_path / folder)
    once = tmp_path / "once" / letters.ARCHIVE
    assert once.read_bytes() == (tmp_path / "twice" / letters.ARCHIVE).read_bytes()
    made = read_letters(once)
    assert (counts(made.labels, 10) == 17).all()


def test_a_character_that_leaves_no_ink_is_an_error():
    font = next(f for p in packages() if not p.version for f in fonts(p, Path()))
    with pytest.raises(ValueError, match="draws nothing"):
        letters.draw(font.path, " ")


def test_a_png_comes_back_as_it_was():
    image = np.random.default_rng(0).integers(0, 256, (5, 9), dtype=np.uint8)
    opened = Image.open(io.BytesIO(png(image)))
    assert opened.mode == "L"
    assert (np.asarray(opened) == image).all()


def test_an_archive_does_not_depend_on_the_order_of_its_files():
    files = {"top/b/2": b"two", "top/a/1": b"", "top/a/0": b"zero"}
    packed = tar_gz(files)
    assert packed == tar_gz(dict(reversed(files.items())))
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(packed))) as archive:
        back = {m.name: archive.extractfile(m).read() for m in archive if m.isfile()}
        assert archive.getnames() == ["top", "top/a", "top/a/0", "top/a/1", "top/b", "top/b/2"]
    assert back == files


def test_file_names_are_the_base64_of_font_names(members):
    for member, data in members:
        if data is not None:
            stem = member.name.split("/")[2].removesuffix(".png")
            assert re.fullmatch(r"[\w-]+\.ttf", base64.b64decode(stem, validate=True).decode())


# How hard it is


@pytest.mark.slow
def test_a_small_network_is_clearly_better_than_a_linear_model(found):
    X = found.images.reshape(len(found.images), -1) / np.float32(255) - np.float32(0.5)
    gains = []
    for seed in range(3):
        train, test = split(found.labels, seed)
        right = [
            model.predict(X[test]) == found.labels[test]
            for model in (
                fit_network(X[train], found.labels[train], seed),
                fit_linear(X[train], found.labels[train], 1),
            )
        ]
        gains.append(100 * (right[0].mean() - right[1].mean()))
    assert min(gains) > 1
    assert np.mean(gains) > 1.5

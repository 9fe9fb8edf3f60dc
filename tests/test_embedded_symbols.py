"""Are the built-in symbols in HASYv2's format, with its vices, and as hard as it?"""

from __future__ import annotations

import csv
import io
import os
import tarfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from helpers.authoring.embedded import symbols, symbols_lines, symbols_pen
from helpers.authoring.embedded.models import fit_linear, fit_network, split
from helpers.authoring.embedded.symbols_archive import Picture, pack, png
from helpers.data.contents import counts
from helpers.data.folders import EMBEDDED
from helpers.data.hasy import read_symbols

ROOT = Path(__file__).parent.parent
ARCHIVE = EMBEDDED / symbols.ARCHIVE
CARD = ROOT / "book" / "data_hasy.md"
needs_real_data = pytest.mark.skipif(
    not os.environ.get("FIRST_LAYERS_DATA"), reason="FIRST_LAYERS_DATA names no real data"
)


@pytest.fixture(scope="module")
def members():
    with tarfile.open(ARCHIVE) as archive:
        return [(m, archive.extractfile(m).read() if m.isfile() else b"") for m in archive]


@pytest.fixture(scope="module")
def files(members):
    return {member.name: data for member, data in members}


@pytest.fixture(scope="module")
def found():
    return read_symbols(ARCHIVE)


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def names_of(found) -> np.ndarray:
    """The LaTeX of each picture."""
    return np.array(found.label_names)[found.labels]


# The archive


def test_the_archive_is_small():
    assert ARCHIVE.read_bytes()[:4] == b"BZh9"
    assert ARCHIVE.stat().st_size <= 700_000


def test_its_members_are_three_texts_and_pictures_of_nobody(members):
    names = [member.name for member, _ in members]
    assert names[:4] == ["README.txt", "symbols.csv", "hasy-data-labels.csv", "hasy-data"]
    assert names[4:] == [f"hasy-data/v2-{number:05d}.png" for number in range(9348)]
    for member, _ in members:
        assert member.isfile() or member.name == "hasy-data"
        assert (member.mtime, member.uid, member.gid) == (0, 0, 0)
        assert (member.uname, member.gname, member.linkname) == ("", "", "")


def test_pictures_are_in_colour_and_black_or_white_as_another_reader_sees_them(files, found):
    for name, image in zip(found.file_names, found.images, strict=True):
        opened = Image.open(io.BytesIO(files[name]))
        assert opened.mode == "RGB"
        assert opened.size == (32, 32)
        assert (np.asarray(opened) == image[..., None]).all()
    assert set(np.unique(found.images)) == {0, 255}
    assert not found.skipped


@pytest.mark.parametrize(
    "name, head, rows",
    [
        ("hasy-data-labels.csv", b"path,symbol_id,latex,user_id\r\n", 9348),
        ("symbols.csv", b"symbol_id,latex,training_samples,test_samples\r\n", 101),
    ],
)
def test_tables_have_the_columns_and_the_line_ends_of_the_real_ones(files, name, head, rows):
    table = files[name]
    assert table.startswith(head)
    assert table.endswith(b"\r\n")
    assert table.count(b"\r\n") == table.count(b"\n") == table.count(b"\r") == rows + 1


def test_the_table_lists_nine_tenths_of_each_class_and_then_the_rest(files):
    rows = rows_of(files["hasy-data-labels.csv"])
    stated = rows_of(files["symbols.csv"])
    training = sum(int(row["training_samples"]) for row in stated)
    for part, column in ((rows[:training], "training_samples"), (rows[training:], "test_samples")):
        listed = Counter((row["symbol_id"], row["latex"]) for row in part)
        assert listed == {(r["symbol_id"], r["latex"]): int(r[column]) for r in stated}
        ids = [int(row["symbol_id"]) for row in part]
        assert ids == sorted(ids)
    assert 0.88 < training / len(rows) < 0.9


def test_the_content_is_the_one_that_the_book_was_written_with(found):
    assert found.content() == (
        "sha256:e3feadd40dff8fb5e309edb889fc9e3883c4dd46efcc0ca2ab947813ba61f37c"
    )


# The classes


def test_classes_and_their_sizes_are_those_of_the_real_set_at_a_fifth(found):
    with symbols.COUNTS.open(encoding="utf-8", newline="") as file:
        real = list(csv.DictReader(file))[:101]
    assert found.label_names == tuple(row["latex"] for row in real)
    assert found.symbol_ids.tolist() == [int(row["symbol_id"]) for row in real]
    theirs = np.array([int(row["images"]) for row in real])
    ours = counts(found.labels, 101)
    assert (ours >= 15).all()
    assert (abs(ours - theirs / 5)[theirs >= 75] <= 0.5).all()


def test_sizes_have_a_long_tail_and_the_101st_class_is_the_largest(found):
    sizes = counts(found.labels, 101)
    assert found.label_names[100] == r"\int"
    assert sizes.argmax() == 100
    largest = np.sort(sizes[:100])[-10:]
    assert largest.sum() > 0.4 * sizes[:100].sum()
    assert np.median(sizes) < 40
    assert 0.075 < largest[-1] / sizes[:100].sum() < 0.082


def test_one_user_drew_most_symbols_but_hardly_a_letter(found):
    main = found.writers == symbols.MAIN
    commands = np.char.startswith(names_of(found), "\\")
    assert 0.81 < main.mean() < 0.84
    assert 0.92 < main[commands].mean() < 0.94
    assert 0.02 < main[~commands].mean() < 0.04
    others = Counter(found.writers[~main].tolist())
    assert set(others) == set(symbols.OTHERS)
    assert max(others.values()) < 0.3 * sum(others.values())


def test_every_letter_and_digit_has_several_writers(found):
    for label, name in enumerate(found.label_names):
        if not name.startswith("\\"):
            assert len(set(found.writers[found.labels == label])) >= 5, name


@needs_real_data
def test_no_picture_and_no_user_is_one_of_the_real_set(found):
    from helpers import data

    real = data.hasy("real")
    assert real.writers.max() < symbols.MAIN
    theirs = {image.tobytes() for image in real.images}
    assert not [
        name
        for name, image in zip(found.file_names, found.images, strict=True)
        if image.tobytes() in theirs
    ]


# Planted on purpose


def test_only_the_planted_pictures_come_twice(found):
    groups = defaultdict(list)
    for name, image in zip(names_of(found), found.images, strict=True):
        groups[image.tobytes()].append(str(name))
    twins = Counter(tuple(sorted(names)) for names in groups.values() if len(names) > 1)
    planted = [tuple(sorted(pair)) for pair in symbols.CONFLICTS]
    planted += [(name,) * times for name, times in symbols.COPIES.items()]
    assert twins == Counter(planted)


@pytest.mark.parametrize(
    "pair", [(r"\sum", r"\Sigma"), (r"\epsilon", r"\varepsilon"), (r"\zeta", r"\xi"), ("C", "c")]
)
def test_of_all_other_symbols_its_look_alike_is_nearest_to_most_pictures(found, pair):
    names = names_of(found)
    ink = (found.images == 0).reshape(len(names), -1).astype(np.float32)
    for one, other in (pair, pair[::-1]):
        theirs = names != one
        squares = ink[theirs].sum(axis=1) - 2 * ink[~theirs] @ ink[theirs].T
        nearest = Counter(names[theirs][squares.argmin(axis=1)].tolist())
        assert nearest.most_common(1)[0][0] == other
        assert nearest[other] > 0.3 * (~theirs).sum()


def test_every_symbol_fills_the_picture_from_edge_to_edge(found):
    ink = found.images == 0
    across = ink[:, :, 0].any(axis=1) & ink[:, :, -1].any(axis=1)
    down = ink[:, 0].any(axis=1) & ink[:, -1].any(axis=1)
    assert (across | down).all()
    assert 0.15 < ink.mean() < 0.19


# What it says of itself


def test_archive_and_pages_say_that_it_is_no_handwriting(files):
    pages = [files["README.txt"].decode()]
    pages += [path.read_text(encoding="utf-8") for path in (CARD, EMBEDDED / "HASYv2.md")]
    for page in pages:
        assert "synthetic, not handwriting" in page.lower()
        assert "10.5281/zenodo.259444" in page
        assert "ODbL" in page


def test_the_page_beside_it_names_every_font_that_was_a_model():
    page = (EMBEDDED / "HASYv2.md").read_text(encoding="utf-8")
    known = {"cm": "BaKoMa", "stix": "STIX", "stixsans": "STIX"}
    known |= {"dejavusans": "DejaVu", "dejavuserif": "DejaVu"}
    for face in symbols_lines.FACES:
        assert known[face.fonts] in page
    assert f"one of {len(symbols_lines.FACES)} faces" in " ".join(page.split())
    assert f"{len(symbols.OTHERS)} users drew the rest" in page
    assert f"user {symbols.MAIN} drew 93 of 100" in page


# How it is made


def test_the_scripts_still_draw_what_the_archive_holds(found, monkeypatch):
    chosen = [entry for entry in symbols.class_sizes() if entry[1] in ("A", r"\Xi")]
    assert len(chosen) == 2
    monkeypatch.setattr(symbols, "class_sizes", lambda: chosen)
    monkeypatch.setattr(symbols, "_plant", lambda drawn, seen: None)
    drawn = symbols.pictures()
    names = names_of(found)
    for _, latex, count in chosen:
        ours = [picture for picture in drawn if picture.latex == latex]
        stored = 255 - found.images[names == latex]
        assert len(ours) == count == len(stored)
        assert [picture.writer for picture in ours] == found.writers[names == latex].tolist()
        different = np.mean([p.ink != (image > 0) for p, image in zip(ours, stored, strict=True)])
        assert different < 0.03, latex  # another FreeType may move a line a little


def test_a_package_is_the_same_the_second_time_and_can_be_read(tmp_path):
    rng = np.random.default_rng(0)
    drawn = [Picture(31 + k % 3, "ABC"[k % 3], k, rng.random((32, 32)) < 0.2) for k in range(12)]
    training, test = drawn[:9], drawn[9:]
    content = pack(training, test)
    assert content == pack(list(training), list(test))
    (tmp_path / "made.tar.bz2").write_bytes(content)
    made = read_symbols(tmp_path / "made.tar.bz2")
    assert ((made.images == 0) == [picture.ink for picture in drawn]).all()
    assert made.writers.tolist() == list(range(12))
    assert made.label_names == ("A", "B", "C")


def test_a_picture_comes_back_as_it_was():
    ink = np.random.default_rng(1).random((5, 9)) < 0.5
    opened = Image.open(io.BytesIO(png(ink)))
    assert opened.mode == "RGB"
    assert (np.asarray(opened) == np.where(ink, 0, 255)[..., None]).all()


def test_what_mathtext_does_not_know_is_an_error():
    with pytest.raises(ValueError, match="nosuchsymbol"):
        symbols_lines.lines(r"\nosuchsymbol", symbols_lines.FACES[0])


def test_a_hole_stays_open_and_lines_are_one_pixel_wide():
    ink = symbols_lines.filled("O", symbols_lines.Face("cm", r"\mathsf"))
    middle = ink[ink.shape[0] // 2]
    assert np.count_nonzero(np.diff(middle.astype(int))) == 4  # paper, ink, paper, ink, paper
    skeleton = symbols_lines.thin(ink)
    assert not (skeleton & ~ink).any()
    blocks = skeleton[:-1, :-1] & skeleton[1:, :-1] & skeleton[:-1, 1:] & skeleton[1:, 1:]
    assert not blocks.any()
    assert skeleton[ink.shape[0] // 2].sum() == 2


def test_a_thinned_line_is_shortened_at_both_ends_and_a_dot_stays():
    line = np.zeros((5, 20), bool)
    line[2, 3:13] = True
    line[2, 16] = True
    assert np.flatnonzero(symbols_lines.shorten(line, 2)[2]).tolist() == [*range(5, 11), 16]


def test_a_symbol_fills_the_picture_and_keeps_its_proportions():
    places = symbols_pen.fitted(np.array([[0.0, 0.0], [2.0, 1.0], [1.0, 4.0]]))
    assert np.allclose(places, [[7.75, 0], [23.25, 7.75], [15.5, 31]])


def test_a_round_pen_leaves_a_disc():
    ink = symbols_pen.traced(np.array([[10.0, 20.0]]), 1.2)
    rows, columns = np.nonzero(ink)
    assert set(zip(rows.tolist(), columns.tolist(), strict=True)) == {
        (20, 10),
        (19, 10),
        (21, 10),
        (20, 9),
        (20, 11),
    }


def test_rubber_moves_neighbours_alike_and_by_the_size_that_is_asked_for():
    points = np.random.default_rng(0).random((500, 2))
    moves = np.stack(
        [symbols_pen.elastic(points, 0.05, np.random.default_rng(seed)) for seed in range(400)]
    )
    assert abs(moves.std() - 0.05) < 0.005
    nearby = points + 0.01
    again = symbols_pen.elastic(nearby, 0.05, np.random.default_rng(7))
    assert abs(again - moves[7]).max() < 0.01


def test_a_slant_leans_to_the_right():
    rng = np.random.default_rng(0)
    writer = symbols_pen.main_writer(1)._replace(slant=0.3, loose=0.0)
    top, bottom = np.array([[0.5, 0.0], [0.5, 1.0]]) @ symbols_pen.turned(writer, rng).T
    assert top[0] - bottom[0] == pytest.approx(0.3)


# How hard it is


@pytest.mark.slow
def test_a_small_network_is_clearly_better_than_a_linear_model_and_neither_is_perfect(found):
    chosen = found.labels < 100
    X = 1 - found.images[chosen].reshape(-1, 1024) / np.float32(255)
    y = found.labels[chosen]
    gains = []
    for seed in range(3):
        train, test = split(y, seed)
        linear = fit_linear(X[train], y[train], 0.03).score(X[test], y[test])
        network = fit_network(X[train], y[train], seed).score(X[test], y[test])
        commonest = (y[test] == counts(y[train], 100).argmax()).mean()
        assert 0.07 < commonest < 0.085
        assert 0.5 < linear < 0.7
        gains.append(100 * (network - linear))
    assert min(gains) > 1.5
    assert np.mean(gains) > 2.5

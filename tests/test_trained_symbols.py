"""Are the kept weights whole, small, and as good as their record says?"""

from __future__ import annotations

import json

import numpy as np
import pytest

from helpers import data, trained_symbols
from helpers.trained_symbols import DamagedWeights, load_trained, pack, unpack
from tests.test_data import needs_real_data

unit = pytest.importorskip("helpers.reference.hasy_cnn", reason="unit 07 is not in the book yet")


@pytest.fixture(scope="module")
def trained():
    weights, _ = load_trained()
    model = unit.small_cnn()
    model.set_weights(weights)
    return model


def test_the_file_is_small_and_says_where_it_comes_from():
    assert trained_symbols.PATH.stat().st_size < 400_000
    _, record = load_trained()
    assert "Martin Thoma" in record["credit"]
    assert {"seed", "epochs", "keras"} <= record["made"].keys()


def test_the_record_agrees_with_itself():
    _, record = load_trained()
    confusion = record["confusion"]
    assert confusion.shape == (100, 100)
    assert len(record["label_names"]) == len(record["train_counts"]) == 100
    assert np.all(confusion.sum(axis=1) > 0)
    assert np.trace(confusion) / confusion.sum() == pytest.approx(record["accuracy"])
    n, confidence, right = record["bins"].T
    assert n.sum() == confusion.sum()
    assert right.sum() == np.trace(confusion)
    assert np.all(confidence <= n)


def test_it_reads_four_fifths_of_what_it_never_saw_and_has_the_right_one_among_three():
    _, record = load_trained()
    assert record["accuracy"] > 0.8
    assert record["top_3"] > 0.94


def test_what_is_packed_comes_back():
    weights = [np.array([[0.5, -1]], "float32"), np.zeros(2, "float32")]
    _, record = load_trained()
    again, same = unpack(pack(weights, record))
    assert all(np.array_equal(a, b) for a, b in zip(weights, again, strict=True))
    assert same["label_names"] == record["label_names"]
    assert json.dumps(same["made"]) == json.dumps(record["made"])


def test_a_changed_or_missing_file_is_refused_in_a_sentence(tmp_path):
    other = tmp_path / "hasy_cnn.npz"
    with pytest.raises(DamagedWeights, match="cannot be read"):
        load_trained(other)
    packed = bytearray(trained_symbols.PATH.read_bytes())
    packed[100] ^= 1
    other.write_bytes(packed)
    with pytest.raises(DamagedWeights, match="not the file of trained weights"):
        load_trained(other)


def test_it_reads_drawn_symbols_far_better_than_somebody_who_guesses(trained):
    symbols = data.hasy("embedded")
    X, y = unit.select_classes(symbols.images, symbols.symbol_ids[symbols.labels], 100)
    said = trained.predict(unit.prepare(X[::10]), verbose=0).argmax(axis=1)
    assert np.mean(said == y[::10]) > 0.3


@needs_real_data
@pytest.mark.slow
def test_the_record_is_what_these_weights_do_on_the_real_test_part(trained):
    symbols = data.hasy("real")
    X, y = unit.select_classes(symbols.images, symbols.symbol_ids[symbols.labels], 100)
    *_, (X_test, y_test) = unit.split(X, y, np.random.default_rng(1))
    said = trained.predict(unit.prepare(X_test), batch_size=1000, verbose=0).argmax(axis=1)
    _, record = load_trained()
    assert np.array_equal(np.bincount(y_test, minlength=100), record["confusion"].sum(axis=1))
    # Another processor may round a near tie the other way.
    assert np.mean(said == y_test) == pytest.approx(record["accuracy"], abs=0.002)

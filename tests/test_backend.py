"""Is a reader told in a sentence what is missing before Keras fails in a page of lines?"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import subprocess
import sys

import pytest

from helpers.backend import chosen_backend, prepare_keras

LOG_LEVEL, ONEDNN = "TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch, tmp_path):
    """An environment that says nothing about Keras, in which Keras is not imported yet."""
    for name in (LOG_LEVEL, ONEDNN, "KERAS_BACKEND"):
        # Set before it is deleted: so monkeypatch puts back what a test's call sets.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.delitem(sys.modules, "keras", raising=False)
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "3.5.0")


@pytest.fixture
def installed(monkeypatch):
    """Lets a test say what is installed."""

    def say(*names):
        monkeypatch.setattr(
            importlib.util, "find_spec", lambda name: name if name in names else None
        )

    return say


def test_tensorflow_is_told_to_be_quiet_and_to_add_up_alike_everywhere(installed):
    installed("keras", "tensorflow")
    prepare_keras()
    assert (os.environ[LOG_LEVEL], os.environ[ONEDNN]) == ("3", "0")


def test_what_the_reader_has_set_stays(installed, monkeypatch):
    installed("keras", "tensorflow")
    monkeypatch.setenv(LOG_LEVEL, "1")
    monkeypatch.setenv(ONEDNN, "1")
    prepare_keras()
    assert (os.environ[LOG_LEVEL], os.environ[ONEDNN]) == ("1", "1")


def test_a_missing_keras_is_told_with_what_to_run(installed):
    installed("tensorflow")
    with pytest.raises(ImportError, match=r"needs Keras.*%pip install tensorflow.*restart"):
        prepare_keras()


def test_a_missing_backend_is_named(installed):
    installed("keras", "torch")
    with pytest.raises(ImportError, match=r"tensorflow is not.*%pip install tensorflow.*restart"):
        prepare_keras()


def test_the_backend_that_is_looked_for_is_the_one_that_keras_will_take(installed, monkeypatch):
    installed("keras", "tensorflow")
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    with pytest.raises(ImportError, match="jax is not installed"):
        prepare_keras()
    installed("keras", "jax")
    prepare_keras()


def test_keras_2_is_too_old(installed, monkeypatch):
    installed("keras", "tensorflow")
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "2.15.0")
    with pytest.raises(ImportError, match=r"needs Keras 3, and version 2\.15\.0"):
        prepare_keras()


@pytest.mark.parametrize(
    ("text", "backend"),
    [
        ('{"backend": "jax"}', "jax"),
        ("{}", "tensorflow"),
        ("[]", "tensorflow"),
        ("{", "tensorflow"),
    ],
)
def test_keras_settings_file_is_read_and_never_fatal(text, backend, tmp_path):
    tmp_path.joinpath("keras.json").write_text(text, encoding="utf-8")
    assert chosen_backend() == backend


def test_without_a_settings_file_it_is_tensorflow():
    assert chosen_backend() == "tensorflow"


def test_nothing_heavy_is_imported():
    code = (
        "import sys, helpers.backend as b\n"
        "try: b.prepare_keras()\n"
        "except ImportError: pass\n"
        "assert not {'keras', 'tensorflow', 'jax', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.skipif(importlib.util.find_spec("tensorflow") is None, reason="needs TensorFlow")
def test_tensorflow_starts_without_a_word():
    code = "from helpers.backend import prepare_keras; prepare_keras(); import keras"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""

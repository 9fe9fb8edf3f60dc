"""Does ``python -m helpers data`` answer in sentences, and by its status, as a user meets it?"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import shutil
import subprocess
import sys
import warnings

import pytest

from helpers import data
from helpers.authoring.execution import ROOT
from helpers.data import commands, folders, real
from helpers.data.registry import File, dataset, datasets
from tests.fault_server import FaultServer, good, status, whole

LETTERS = "notMNIST_small.tar.gz"


@pytest.fixture(autouse=True)
def by_hand(tmp_path, monkeypatch):
    """An empty cache, an empty folder for files placed by hand, and no network."""
    hand = tmp_path / "by hand"
    hand.mkdir()
    for variable in ("FIRST_LAYERS_SOURCE", "FIRST_LAYERS_PROGRESS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("FIRST_LAYERS_DATA", str(hand))
    monkeypatch.setenv("FIRST_LAYERS_CACHE", str(tmp_path / "cache"))
    for variable in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:1")  # where nobody listens
        monkeypatch.setenv(variable.upper(), "http://127.0.0.1:1")
    return hand


@pytest.fixture
def small(monkeypatch):
    """The data set notmnist, as if what is built in had been published on a local server."""
    content = (folders.EMBEDDED / LETTERS).read_bytes()
    with FaultServer(content, [good()]) as server:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        digest = "sha256:" + hashlib.sha256(content).hexdigest()
        file = File(LETTERS, (server.address(),), len(content), digest)
        known = dataclasses.replace(
            dataset("notmnist"), files=(file,), content=data.notmnist("embedded").content()
        )
        monkeypatch.setitem(datasets(), "notmnist", known)
        yield server


def command(*arguments: str) -> subprocess.CompletedProcess:
    """Run ``python -m helpers`` as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "helpers", *arguments], cwd=ROOT, capture_output=True, text=True
    )


@pytest.mark.parametrize("arguments", [[], ["date"], ["date", "list"], ["data"], ["data", "show"]])
def test_what_is_not_understood_is_answered_with_what_would_be(arguments):
    done = command(*arguments)
    assert done.returncode == 2 and done.stdout == ""
    for word in ("python -m helpers data", "list", "fetch", "verify", "where"):
        assert word in done.stderr


@pytest.mark.parametrize("arguments", [["-h"], ["--help"], ["data", "--help"]])
def test_help_is_no_mistake(arguments):
    done = command(*arguments)
    assert done.returncode == 0 and "verify" in done.stdout and done.stderr == ""


def test_without_any_data_the_embedded_sets_are_in_use_and_nothing_is_written(tmp_path, capsys):
    assert commands.run(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [[name, "embedded"] for name in datasets()]
    assert commands.run(["where"]) == 0
    assert commands.run(["verify"]) == 0
    assert not (tmp_path / "cache").exists()


def test_where_names_the_folders_and_their_variables(by_hand, tmp_path, capsys, monkeypatch):
    assert commands.run(["where"]) == 0
    out = capsys.readouterr().out
    for folder in (folders.EMBEDDED, by_hand, tmp_path / "cache"):
        assert str(folder) in out
    assert "FIRST_LAYERS_CACHE" in out
    monkeypatch.delenv("FIRST_LAYERS_DATA")
    assert commands.run(["where"]) == 0
    assert "FIRST_LAYERS_DATA can name a folder" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["list", "fetch", "verify"])
def test_a_list_of_real_data_says_what_is_missing(name, monkeypatch, capsys):
    monkeypatch.setenv("FIRST_LAYERS_SOURCE", "real")
    assert commands.run([name]) == (name == "fetch")
    out, err = capsys.readouterr()
    sentences = {"list": "not here yet", "verify": "not here.", "fetch": "could not be fetched"}
    assert (out + err).count(sentences[name]) == len(datasets())
    assert "tells whether" not in out


def test_a_set_that_was_asked_for_and_is_not_here_does_not_count_as_verified(capsys):
    assert commands.run(["verify", "hasy"]) == 1
    out = capsys.readouterr().out
    assert out == "HASYv2: not here. `python -m helpers data fetch hasy` gets it.\n"


def test_every_command_refuses_a_name_that_it_does_not_know(small, capsys):
    for name in ("fetch", "verify"):
        assert commands.run([name, "notmnist", "cifar"]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err == "There is no data set 'cifar'. There are mnist, notmnist, hasy.\n"
    assert small.requests == []


def test_fetch_gets_a_set_once_and_names_its_place(small, tmp_path, capsys):
    for _ in range(2):
        assert commands.run(["fetch", "notmnist"]) == 0
        place = tmp_path / "cache" / "downloads" / "notmnist" / LETTERS
        assert capsys.readouterr() == (f"notMNIST_small: {place}\n", "")
    assert place.read_bytes() == small.data
    assert len(small.requests) == 1
    assert commands.run(["verify", "notmnist"]) == 0
    assert capsys.readouterr().out == f"notMNIST_small: {place}: is the published set\n"


def test_what_lies_in_the_folder_filled_by_hand_is_used_as_it_is(
    small, by_hand, capsys, monkeypatch
):
    (by_hand / "deep").mkdir()
    place = by_hand / "deep" / LETTERS
    shutil.copy(folders.EMBEDDED / LETTERS, place)
    assert commands.run(["fetch", "notmnist"]) == 0
    assert commands.run(["verify", "notmnist"]) == 0
    assert capsys.readouterr().out.count(str(place)) == 2
    monkeypatch.setenv("FIRST_LAYERS_SOURCE", "real")
    assert commands.run(["list"]) == 0
    out = capsys.readouterr().out
    assert str(place) in out and "`python -m helpers data verify` tells" in out
    assert small.requests == []


def test_a_wrong_file_is_named_and_the_right_one_fetched(small, by_hand, capsys):
    (by_hand / LETTERS).write_text("<html>Sign in</html>")
    assert commands.run(["verify", "notmnist"]) == 1
    out, err = capsys.readouterr()
    assert f"{by_hand / LETTERS}: cannot be read" in out and err == ""
    assert commands.run(["fetch", "notmnist"]) == 0
    out, err = capsys.readouterr()
    assert "downloads" in out
    assert err.startswith(f"Not used: {by_hand / LETTERS} cannot be read")
    assert ".py:" not in err and err.count("\n") == 1
    assert (by_hand / LETTERS).read_text() == "<html>Sign in</html>"


def test_a_wrong_file_and_no_network_end_with_both_causes(small, by_hand, capsys, tmp_path):
    (by_hand / LETTERS).write_text("<html>Sign in</html>")
    small.script = [status(403)]
    assert commands.run(["fetch", "notmnist"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    for part in (
        "The real notMNIST_small is not here and could not be fetched.",
        f"{small.address()}: the server refuses it (403 Forbidden).",
        str(tmp_path / "cache" / "downloads" / "notmnist"),
        f"Found but not used: {by_hand / LETTERS}",
        'source="embedded"',
    ):
        assert part in err


def test_one_set_that_fails_does_not_keep_the_others_from_coming(small, capsys):
    assert commands.run(["fetch"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("notMNIST_small: ") and out.count("\n") == 1
    assert err.count("could not be fetched") == 2


def test_a_set_of_several_files_names_them_all(capsys):
    assert commands.run(["fetch", "mnist"]) == 1
    err = capsys.readouterr().err
    assert "Its 4 files belong in one folder" in err
    for file in dataset("mnist").files:
        assert file.name in err


@pytest.mark.parametrize("variable", ["FIRST_LAYERS_SOURCE", "FIRST_LAYERS_DATA"])
def test_a_mistyped_variable_is_named(variable, monkeypatch):
    monkeypatch.setenv("FIRST_LAYERS_SOURCE", "real")
    monkeypatch.setenv(variable, "reel")
    done = command("data", "list")
    assert done.returncode == 1 and done.stdout == ""
    assert variable in done.stderr and "reel" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_user_without_network_reads_sentences_and_no_traceback(by_hand):
    done = command("data", "fetch", "notmnist")
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.count("no connection (Connection refused)") == 2
    assert "Traceback" not in done.stderr and ".py" not in done.stderr


def test_both_addresses_of_a_set_are_tried(monkeypatch, capsys):
    with FaultServer(b"", [status(404), whole(b"<html>")]) as proxy:
        for variable in ("http_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(variable, proxy.address(""))
        assert commands.run(["fetch", "notmnist"]) == 1
    first, second = dataset("notmnist").files[0].addresses
    err = capsys.readouterr().err
    assert f"{first}: it is not there (404 Not Found)." in err
    assert f"{second}: a web page came instead of the file." in err


def test_a_stopped_fetch_says_that_nothing_is_lost(monkeypatch, capsys):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(real, "place", stopped)
    assert commands.run(["fetch", "hasy"]) == 130
    assert "Stopped." in capsys.readouterr().err


def test_no_command_changes_how_warnings_are_shown(small, by_hand):
    before = warnings.showwarning
    (by_hand / LETTERS).write_text("")
    commands.run(["fetch", "notmnist"])
    assert warnings.showwarning is before
    assert os.listdir(by_hand) == [LETTERS]

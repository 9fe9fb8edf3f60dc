"""Does a download say how far it is where somebody watches, and keep quiet where nobody does?"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from helpers.authoring.execution import ROOT
from helpers.data.progress import Progress
from tests.fault_server import FaultServer, good

DATA = bytes(300_000)
LAST = "letters: 100 %, 0.3 of 0.3 MB"
FETCH = f"""
import sys
from pathlib import Path
from helpers.data.download import fetch
from helpers.data.registry import File
file = File("letters", ("{{address}}",), {len(DATA)}, "sha256:{hashlib.sha256(DATA).hexdigest()}")
path = fetch(file, Path(r"{{folder}}"))
"""


class Screen(io.StringIO):
    """A terminal that remembers what was written to it."""

    def isatty(self) -> bool:
        return True

    def lines(self) -> list[str]:
        return self.getvalue().split("\r")


class Ticks:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def surroundings(monkeypatch):
    monkeypatch.delenv("FIRST_LAYERS_PROGRESS", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def code(tmp_path):
    with FaultServer(DATA, [good()]) as server:
        yield FETCH.format(address=server.address(), folder=tmp_path)


def test_a_terminal_gets_one_line_that_is_written_over():
    screen, clock = Screen(), Ticks()
    progress = Progress("set", 4_000_000, screen, clock)
    for second, done in enumerate([0, 1_000_000, 4_000_000]):
        clock.now = second
        progress.at(done)
    progress.close()
    assert screen.lines() == [
        "",
        "set: 0 %, 0.0 of 4.0 MB, 0.0 MB/s",
        "set: 25 %, 1.0 of 4.0 MB, 1.0 MB/s",
        "set: 100 %, 4.0 of 4.0 MB, 2.0 MB/s\n",
    ]


def test_a_shorter_line_covers_a_longer_one():
    screen, clock = Screen(), Ticks()
    progress = Progress("set", 400_000_000, screen, clock)
    clock.now = 1
    progress.at(300_000_000)
    clock.now = 1000
    progress.at(300_000_001)
    _, first, second = screen.lines()
    assert len(second.rstrip()) < len(first) == len(second)


def test_lines_do_not_come_faster_than_one_can_read():
    screen, clock = Screen(), Ticks()
    progress = Progress("set", 1000, screen, clock)
    for step in range(1000):
        clock.now = step / 1000
        progress.at(step)
    assert len(screen.lines()) == 1 + 5  # 0.2 s apart


def test_the_end_is_always_shown():
    screen = Screen()
    progress = Progress("set", 1000, screen, Ticks())
    progress.at(1)
    progress.at(1000)
    assert "100 %" in screen.lines()[-1]


def test_the_speed_leaves_out_what_was_here_before():
    screen, clock = Screen(), Ticks()
    progress = Progress("set", 10_000_000, screen, clock)
    progress.start(6_000_000)
    clock.now = 2
    progress.at(8_000_000)
    assert "80 %, 8.0 of 10.0 MB, 1.0 MB/s" in screen.getvalue()


def test_a_sentence_stands_on_a_line_of_its_own():
    screen = Screen()
    progress = Progress("set", 1000, screen, Ticks())
    progress.at(500)
    progress.say("The connection was dropped.")
    progress.at(1000)
    progress.close()
    progress.close()
    lines = screen.getvalue().split("\n")
    assert [line.strip().split(",")[0] for line in lines] == [
        "set: 50 %",
        "The connection was dropped.",
        "set: 100 %",
        "",
    ]


def test_a_pipe_gets_sentences_only():
    pipe = io.StringIO()
    progress = Progress("set", 1000, pipe, Ticks())
    progress.at(1000)
    progress.say("The connection was dropped.")
    progress.close()
    assert pipe.getvalue() == "The connection was dropped.\n"


def test_silence_can_be_asked_for(monkeypatch):
    monkeypatch.setenv("FIRST_LAYERS_PROGRESS", "0")
    screen = Screen()
    progress = Progress("set", 1000, screen, Ticks())
    progress.at(1000)
    progress.say("The connection was dropped.")
    progress.close()
    assert screen.getvalue() == ""


def test_a_program_without_a_console_downloads_in_silence(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    progress = Progress("set", 1000)
    progress.at(1000)
    progress.say("The connection was dropped.")
    progress.close()


def test_a_download_into_a_real_pipe_writes_nothing(code):
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == done.stderr == ""


def test_a_download_in_a_real_terminal_ends_its_line(code):
    pty = pytest.importorskip("pty", reason="there are no such terminals on Windows")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", code]
    subprocess.run(command, cwd=ROOT, stderr=theirs, check=True, timeout=60)
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert shown.startswith("\rletters: ")
    assert LAST in shown.split("\r")[-2] and shown.endswith("\r\n")


def test_a_download_in_a_notebook_writes_plain_lines_and_no_widget(code):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    client = NotebookClient(notebook, timeout=60, kernel_name="python3")
    client.execute(cwd=str(ROOT))
    outputs = notebook.cells[0].outputs
    assert {(output.output_type, output.name) for output in outputs} == {("stream", "stderr")}
    lines = "".join(output.text for output in outputs).split("\n")
    assert lines[-2].startswith(LAST) and lines[-1] == ""
    assert all(line.startswith("letters: ") for line in lines[:-1])
    assert "\r" not in "".join(lines)

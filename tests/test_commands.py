"""Do the commands say what they are, and what is wrong with the machine they run on?"""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from helpers.authoring.execution import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")

EXPECTED = {
    "setup",
    "book",
    "serve",
    "lab",
    "notebooks",
    "full",
    "results",
    "test",
    "test-all",
    "test-newest",
    "test-lowest",
    "test-processor",
    "bench",
    "lint",
    "clean",
}


def make(folder, *arguments):
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True)


@pytest.fixture
def bare(tmp_path):
    """A folder with the Makefile alone, so that there is no environment yet."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def test_help_lists_every_command_and_nothing_else():
    listed = re.findall(r"^  make (\S+) ", make(ROOT, "help").stdout, re.M)
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.M).group(1)
    assert set(listed) == set(targets.split())
    assert set(listed) >= EXPECTED


def test_a_python_that_is_too_old_is_told_so(bare):
    old = bare / "old-python"
    # Evaluates the Makefile's own question, but answers it as an older Python would.
    old.write_text(
        "#!/bin/sh\n"
        'code=$(printf "%s" "$2" | sed "s/v = sys.version_info/v = (3, 9, 2)/")\n'
        'exec python3 -c "$code"\n'
    )
    old.chmod(0o755)
    done = make(bare, "book", f"PYTHON={old}")
    assert done.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13, and this is 3.9." in done.stderr
    assert not (bare / ".venv").exists()


def test_a_python_that_is_not_there_is_named(bare):
    done = make(bare, "book", "PYTHON=python-of-nowhere")
    assert done.returncode != 0
    assert "There is no program named python-of-nowhere." in done.stdout


def test_the_readme_names_commands_that_exist():
    targets = re.findall(r"\bmake ([a-z-]+)\b", (ROOT / "README.md").read_text(encoding="utf-8"))
    listed = make(ROOT, "help").stdout
    assert targets
    assert all(f"make {target} " in listed for target in targets)

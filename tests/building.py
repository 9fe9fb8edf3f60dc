"""How tests build the site, and which browser opens it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from helpers.authoring.execution import ROOT


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def build(folder: Path, *options: str) -> Path:
    """Build the site as `make book` does, into a folder of its own."""
    command = [tool("jupyter-book"), "build", ".", "--path-output", str(folder), "-W", "-n"]
    done = subprocess.run(
        [*command, "--keep-going", *options], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder / "_build" / "html"

"""Packages of the npm registry, pinned: where digits and fonts come from."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path


class NotInstalled(Exception):
    """A package that is needed could not be installed."""


def install(versions: dict[str, str], folder: Path) -> Path:
    """Install packages of the npm registry in a folder; run none of their scripts.

    Parameters
    ----------
    versions : dict
        Package name to exact version.
    folder : Path
        An existing folder, usually a temporary one.

    Returns
    -------
    Path
        The folder that holds one folder for each package.

    Raises
    ------
    NotInstalled
        If there is no npm, or if it fails; the message says which package it means.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise NotInstalled("There is no `npm` on the path. Install Node.js 18 or later.")
    wanted = {"private": True, "dependencies": versions}
    (folder / "package.json").write_text(json.dumps(wanted), encoding="utf-8")
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--maxsockets=3"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotInstalled(f"npm could not install the packages:\n{done.stderr.strip()}")
    for name, version in versions.items():
        path = folder / "node_modules" / name / "package.json"
        found = json.loads(path.read_bytes())["version"] if path.exists() else "nothing"
        if found != version:
            raise NotInstalled(f"{name} {version} is pinned, but npm installed {found}.")
    return folder / "node_modules"

"""Copies of the student's notebooks to work in, so that an update never meets a student's work."""

from __future__ import annotations

import shutil
from pathlib import Path


def copy_to_my(root: Path) -> list[Path]:
    """Copy each student notebook to ``my/`` unless one of that name is there.

    Parameters
    ----------
    root : Path
        The project's folder.

    Returns
    -------
    list of Path
        The copies that were made.
    """
    folder = root / "my"
    folder.mkdir(exist_ok=True)
    copies = []
    for notebook in sorted((root / "notebooks").glob("*.ipynb")):
        target = folder / notebook.name
        if target.exists():
            print(f"my/{notebook.name} is kept as you left it.")
            continue
        shutil.copyfile(notebook, target)
        copies.append(target)
        print(f"my/{notebook.name} is a fresh copy.")
    return copies

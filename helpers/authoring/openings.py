"""The two cells with which every notebook opens: what the unit is, and how it finds its helpers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import yaml

from helpers import __version__

# What a unit says of itself, in its notebook's metadata under ``first_layers``.
FIELDS = ("title", "builds", "objectives", "prerequisites", "minutes", "data", "tensorflow")


@dataclass(frozen=True)
class Home:
    """Where the project lives in public. ``_config.yml`` is the one place that says so.

    Attributes
    ----------
    repository : str
        Address of the repository, without a slash at its end.
    branch : str
        The branch that notebooks are opened from.
    """

    repository: str
    branch: str

    @classmethod
    def read(cls, root: Path) -> Home:
        """Read ``repository`` from ``_config.yml``."""
        settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
        repository = settings["repository"]
        return cls(repository["url"].rstrip("/"), repository["branch"])

    @property
    def path(self) -> str:
        """The repository's owner and name, as services that read from there ask for it."""
        return re.sub(r"^https?://github\.com/", "", self.repository)

    def colab(self, notebook: str) -> str:
        """Return the address that opens a student's notebook in Colab."""
        return (
            f"https://colab.research.google.com/github/{self.path}/blob/{self.branch}"
            f"/notebooks/{notebook}.ipynb"
        )

    def binder(self, notebook: str) -> str:
        """Return the address that opens a student's notebook on Binder, in JupyterLab."""
        file = quote(f"notebooks/{notebook}.ipynb", safe="")
        return f"https://mybinder.org/v2/gh/{self.path}/{self.branch}?labpath={file}"

    def release(self) -> str:
        """Return the address of the release that this version's notebooks belong to."""
        return f"{self.repository}/archive/refs/tags/v{__version__}.zip"


def header(notebook: str, about: dict, tree: str, home: Home) -> str:
    """Return the Markdown of a notebook's first cell.

    Parameters
    ----------
    notebook : str
        File name without its ending, e.g. ``"01_xor_network"``.
    about : dict
        The unit's metadata: title, builds, objectives, prerequisites, minutes, data, tensorflow.
    tree : {"solutions", "notebooks"}
        Which of the two trees the cell stands in.
    home : Home
        Where the project lives.
    """
    minutes = about["minutes"]
    time = f"{minutes['core']} minutes"
    if minutes.get("extensions"):
        time += f", and {minutes['extensions']} more for the extensions"
    if tree == "notebooks":
        other = (
            "Stuck for long? "
            f"The [solved notebook](../solutions/{notebook}.ipynb) has every answer."
        )
    else:
        other = (
            "This is the solved notebook, with every answer. "
            f"To learn, do the [exercises](../notebooks/{notebook}.ipynb) first."
        )
    facts = (
        f"**Before this:** {about['prerequisites']}.",
        f"**Time:** {time}.",
        f"**Data:** {about['data']}.",
        f"**TensorFlow:** {about['tensorflow']}.",
    )
    objectives = "\n".join(f"- {objective}" for objective in about["objectives"])
    solved = ": solved" if tree == "solutions" else ""
    return f"""# {about["title"]}{solved}

[![Open the exercises in Colab](../book/_static/open-in-colab.svg)]({home.colab(notebook)})

{about["builds"]}

**When you are done, you can**

{objectives}

{" ".join(facts)}

{other}"""


def bootstrap(unit: str, home: Home) -> str:
    """Return the source of the cell that finds the helpers, or installs them.

    Parameters
    ----------
    unit : str
        Name of the unit's module, e.g. ``"xor_network"``.
    home : Home
        Where the project lives.
    """
    return f'''# Finds the book's helpers, or installs the release that belongs to this notebook.
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

release = "{home.release()}"
clone = Path.cwd().parent
if (clone / "helpers/checks").is_dir():
    sys.path.insert(0, str(clone))
elif find_spec("helpers") is None:
    pip = [sys.executable, "-m", "pip", "install", "-q"]
    subprocess.run([*pip, release], check=True)
try:
    from helpers.checks import {unit} as check
except ImportError as error:
    other = getattr(find_spec("helpers"), "origin", None)
    message = f"Not this book's helpers, or too old: {{other}}."
    advice = "Rename or remove it, then restart the kernel."
    raise ImportError(f"{{message}} {{advice}}") from error
if "google.colab" in sys.modules:
    print("To keep your work: File > Save a copy in Drive.")'''

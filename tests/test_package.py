"""Does what a student installs stay small, agree with its pins, and work in an empty folder?"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from helpers.authoring.course import units
from helpers.authoring.execution import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
REQUIREMENTS = [Requirement(r) for r in sum(EXTRAS.values(), PROJECT["dependencies"])]
PINS = {
    canonicalize_name(name): Version(version)
    for name, version in re.findall(
        r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.M
    )
}


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)
def test_every_requirement_is_pinned_within_its_bounds(requirement):
    pin = PINS[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(pin)


@pytest.mark.parametrize("requirement", [Requirement(r) for r in PROJECT["dependencies"]], ids=str)
def test_what_a_student_installs_has_lower_bounds_only(requirement):
    assert [s.operator for s in requirement.specifier] == [">="]


def test_a_student_installs_neither_tensorflow_nor_bokeh():
    names = {Requirement(r).name for r in PROJECT["dependencies"]}
    assert names == {"numpy", "matplotlib", "scikit-learn", "pillow", "pooch", "filelock"}


def test_the_conda_environment_uses_the_same_pins_and_has_all_packages():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    pip = next(d["pip"] for d in environment["dependencies"] if isinstance(d, dict))
    assert "--constraint constraints.txt" in pip
    editable = next(line for line in pip if line.startswith("--editable"))
    chosen = re.search(r"\[(.+)\]", editable).group(1).split(",")
    there = {Requirement(r).name for extra in chosen for r in EXTRAS[extra]}
    # TensorFlow comes in one of two builds, which must not be installed over each other.
    assert {Requirement(r).name for extra in EXTRAS.values() for r in extra} <= there
    assert "tensorflow" not in chosen
    python = next(d for d in environment["dependencies"] if str(d).startswith("python="))
    assert Version(python.partition("=")[2]) >= Version("3.11")
    others = {d for d in environment["dependencies"] if isinstance(d, str)} - {python, "pip"}
    assert not others, "a version outside constraints.txt would drift"


def test_the_package_has_the_version_that_its_notebooks_install():
    import helpers

    assert helpers.__version__ == PROJECT["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["version"]


def run(python: Path, *arguments: str, **environment: str) -> str:
    """Run a Python without this project on its path; return what it prints."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [str(python), *arguments], env=clean | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Build the wheel as a release would, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    code = (
        "import os, sys; os.chdir(sys.argv[1]);"
        "from setuptools import build_meta;"
        "print(build_meta.build_wheel(sys.argv[2]))"
    )
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    (source / "helpers").symlink_to(ROOT / "helpers")
    run(Path(sys.executable), "-c", code, str(source), str(folder))
    return next(folder.glob("*.whl"))


@pytest.fixture
def empty_environment(tmp_path) -> Path:
    """Make an environment that has this project's dependencies, but not the project."""
    others = tmp_path / "others"
    others.mkdir()
    for path in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not re.match(r"(first_layers|__editable__|pip)", path.name, re.I):
            (others / path.name).symlink_to(path)
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    packages = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])").strip()
    )
    (packages / "others.pth").write_text(f"{others}\n", encoding="utf-8")
    return python


def as_script(unit, release: Path) -> str:
    """Return a student's notebook as a script that would install from `release`."""
    notebook = nbformat.read(unit.student, as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return re.sub(r'release = ".*"', f'release = "{release}"', "\n\n".join(cells))


@pytest.mark.slow
def test_a_notebook_alone_in_an_empty_folder_installs_its_release_and_runs(
    wheel, empty_environment, tmp_path
):
    folder = tmp_path / "empty"
    folder.mkdir()
    for unit in units()[:2]:
        script = as_script(unit, wheel) + "\n\nimport helpers; print(helpers.__file__)"
        (folder / "notebook.py").write_text(script, encoding="utf-8")
        printed = run(
            empty_environment, str(folder / "notebook.py"), MPLBACKEND="Agg", HOME=str(folder)
        )
        assert "not started yet" in printed
        assert str(tmp_path / "environment") in printed.splitlines()[-1]


@pytest.mark.slow
def test_a_foreign_helpers_is_named(empty_environment, tmp_path):
    folder = tmp_path / "shadowed"
    folder.mkdir()
    (folder / "helpers.py").write_text("x = 1\n", encoding="utf-8")
    script = as_script(units()[1], Path("nowhere.whl")).partition("fast = True")[0]
    (folder / "notebook.py").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [str(empty_environment), "notebook.py"], cwd=folder, capture_output=True, text=True
    )
    assert "Not this book's helpers" in done.stderr
    assert str(folder / "helpers.py") in done.stderr
    assert "Rename" in done.stderr

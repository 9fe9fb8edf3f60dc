"""The open fonts that the letters are drawn with: which, from where, whose."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.authoring.embedded.packages import install

WEIGHTS = {
    "100": "Thin",
    "200": "ExtraLight",
    "300": "Light",
    "400": "Regular",
    "500": "Medium",
    "600": "SemiBold",
    "700": "Bold",
    "800": "ExtraBold",
    "900": "Black",
}
MATPLOTLIB = "matplotlib"


class NotThatFont(Exception):
    """A package does not hold what fonts.toml says of it."""


@dataclass(frozen=True)
class Package:
    """Fonts of one family that come together.

    Parameters
    ----------
    name : str
        Name in the collection, e.g. ``"lobster-two"``.
    licence : str
        Short name of its licence, as SPDX has it where it has one.
    version : str
        Version of the package; ``""`` for what comes with matplotlib.
    faces : tuple of str
        Weights, with an ``i`` where italic: ``("400", "700i")``; names of files from matplotlib.
    credit : str
        Its authors, where the package itself does not say it.
    """

    name: str
    licence: str
    version: str
    faces: tuple[str, ...]
    credit: str = ""


@dataclass(frozen=True)
class Font:
    """One font file that can be opened.

    Parameters
    ----------
    name : str
        What the file of the whole font is called, e.g. ``"LobsterTwo-BoldItalic.ttf"``.
    path : Path
        The file.
    """

    name: str
    path: Path


@cache
def packages() -> tuple[Package, ...]:
    """Return all packages in the order of ``fonts.toml``.

    >>> sum(len(package.faces) for package in packages())
    718
    """
    text = Path(__file__).with_name("fonts.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    own = table.pop(MATPLOTLIB)
    found = [
        Package(name, licence, entry["version"], tuple(entry["faces"].split()))
        for licence, entries in table.items()
        for name, entry in entries.items()
    ]
    found += [
        Package(
            entry["family"], entry["licence"], "", tuple(entry["faces"].split()), entry["credit"]
        )
        for entry in own
    ]
    return tuple(found)


def fetch(folder: Path) -> Path:
    """Install the packages of ``fonts.toml`` in a folder; return the folder that holds them."""
    versions = {f"@fontsource/{p.name}": p.version for p in packages() if p.version}
    return install(versions, folder) / "@fontsource"


def fonts(package: Package, place: Path) -> list[Font]:
    """Return the fonts of a package.

    Parameters
    ----------
    package : Package
        One of `packages`.
    place : Path
        What `fetch` returned.

    Returns
    -------
    list of Font

    Raises
    ------
    NotThatFont
        If the package is under another licence, or has no such face.
    """
    if not package.version:
        import matplotlib

        files = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        return [Font(f"{face}.ttf", files / f"{face}.ttf") for face in package.faces]
    about = _about(package, place)
    if about["license"]["type"] != package.licence:
        raise NotThatFont(
            f"@fontsource/{package.name} is under {about['license']['type']}, but fonts.toml says "
            f"{package.licence}."
        )
    found = []
    for face in package.faces:
        style = "italic" if face.endswith("i") else "normal"
        weight = face.removesuffix("i")
        path = place / package.name / "files" / f"{package.name}-latin-{weight}-{style}.woff"
        if not path.exists():
            raise NotThatFont(f"@fontsource/{package.name} has no face {face}: no {path.name}.")
        found.append(Font(file_name(about["family"], face), path))
    return found


def file_name(family: str, face: str) -> str:
    """Return what the file of a font is called in its family's own distribution.

    >>> file_name("Lobster Two", "700i"), file_name("Molle", "400i")
    ('LobsterTwo-BoldItalic.ttf', 'Molle-Italic.ttf')
    """
    style = WEIGHTS[face.removesuffix("i")] + ("Italic" if face.endswith("i") else "")
    return f"{family.replace(' ', '')}-{style.replace('RegularItalic', 'Italic')}.ttf"


def family(package: Package, place: Path) -> str:
    """Return the full name of a package's family, e.g. ``"Lobster Two"``."""
    return _about(package, place)["family"] if package.version else package.name


def credit(package: Package, place: Path) -> str:
    """Return who holds the rights in a package, in their own words."""
    if package.credit:
        return package.credit
    words = _about(package, place)["license"]["attribution"]
    if "opyright" not in words:
        # The package names the service that distributes it; the font itself knows its authors.
        from fontTools.ttLib import TTFont

        words = TTFont(fonts(package, place)[0].path)["name"].getDebugName(0)
    # Families in many files repeat the same words for each: "Name-Bold.ttf: Copyright ...".
    words = re.sub(r"\s\S+\.ttf:.*", "", " ".join(words.split()))
    return re.sub(r"^(Copyright \(c\) \d{4}, )\1", r"\1", words)


def _about(package: Package, place: Path) -> dict:
    path = place / package.name / "metadata.json"
    return json.loads(path.read_text(encoding="utf-8"))

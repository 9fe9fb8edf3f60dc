"""Whose fonts the letters are drawn with: the list that goes with the pictures."""

from __future__ import annotations

from pathlib import Path

from helpers.authoring.embedded.fonts import credit, family, packages

HEAD = """# The fonts of the letters

`notMNIST_small.tar.gz` in the folder above holds pictures of letters that were drawn with the fonts
listed here, and no font. Thank you to their authors. Licences:

- OFL-1.1: SIL Open Font License 1.1, <https://openfontlicense.org>
- Apache-2.0: Apache License 2.0, <https://www.apache.org/licenses/LICENSE-2.0>
- UFL-1.0: Ubuntu Font Licence 1.0, <https://ubuntu.com/legal/font-licence>
- Bitstream Vera: the licence of DejaVu, <https://dejavu-fonts.github.io/License.html>

Packages are those of Fontsource, <https://fontsource.org>, in the npm registry; faces are weights,
with an i where italic. This list is written by `python -m helpers.authoring.embedded`.

| family | package | faces | licence | credit |
|---|---|---|---|---|
"""


def font_credits(place: Path) -> str:
    """Return a Markdown page that names every font that was used, and its authors.

    Parameters
    ----------
    place : Path
        Where `fonts.fetch` put the packages.

    Returns
    -------
    str
    """
    rows = []
    for package in packages():
        version = package.version
        origin = f"@fontsource/{package.name} {version}" if version else "matplotlib"
        words = credit(package, place).replace("|", "\\|")
        faces = " ".join(package.faces)
        name = family(package, place)
        rows.append(f"| {name} | {origin} | {faces} | {package.licence} | {words} |\n")
    return HEAD + "".join(rows)

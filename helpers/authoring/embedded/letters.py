"""Letters A to J drawn from open fonts, as notMNIST was made: a stand-in, not notMNIST.

A letter is drawn large in black and white, cut out at its outermost ink and stretched to a square
of 28 by 28, whatever its proportions. That is why the I of most upright sans-serif fonts is one
white square.
"""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from helpers.authoring.embedded.credits import font_credits
from helpers.authoring.embedded.fonts import Font, fetch, fonts, packages
from helpers.authoring.embedded.packing import png, tar_gz

LETTERS = "ABCDEFGHIJ"
SIDE = 28  # pixels
# Pixels of an em before the letter is cut out and shrunk. The real set has as many pixels of each
# shade near black and near white as this size gives.
EM = 96
ARCHIVE = "notMNIST_small.tar.gz"
FOLDER = "notMNIST_small"

# The vices of the real set that do not come by themselves. In it two files are empty, ...
EMPTY = (("A", "RibeyeMarrow-Regular.ttf"), ("F", "Creepster-Regular.ttf"))
# ... a font of additional characters has the mark of its makers wherever it lacks one, ...
EXPERT = "DejaVuSans-BoldObliqueExpert.ttf"
EXPERT_BASE = "DejaVuSans-BoldOblique.ttf"
EXPERT_CHARACTERS = {"A": "∆", "D": "Ð", "E": "€", "F": "ﬁ"}
EXPERT_MARK = "❖"
# ... and a blackletter font has, like old print, one letter for I and J.
ONE_FOR_I_AND_J = "UnifrakturCook-Bold.ttf"


def draw(path: Path, character: str) -> np.ndarray:
    """Draw a character and stretch it to fill a square.

    Parameters
    ----------
    path : Path
        A font file that FreeType can read.
    character : str
        What to draw.

    Returns
    -------
    uint8 array, shape (28, 28)
        Ink is 255, paper 0.

    Raises
    ------
    ValueError
        If the font draws nothing.
    """
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(path), EM, layout_engine=ImageFont.Layout.BASIC)
    left, top, right, bottom = font.getbbox(character, mode="1")
    room = 8  # hinting may put ink a little outside the box that the font states
    picture = Image.new("1", (right - left + 2 * room, bottom - top + 2 * room))
    ImageDraw.Draw(picture).text((room - left, room - top), character, fill=1, font=font)
    ink = picture.getbbox()
    if ink is None:
        raise ValueError(f"{path.name} draws nothing for {character!r}.")
    letter = picture.convert("L").crop(ink)
    return np.asarray(letter.resize((SIDE, SIDE), Image.Resampling.LANCZOS))


def pictures(place: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield letter, font name and PNG file of each picture, planted ones too.

    Parameters
    ----------
    place : Path
        Where `fonts.fetch` put the packages.
    """
    for package in packages():
        for font in fonts(package, place):
            for letter in LETTERS:
                yield letter, font.name, _picture(font, letter)
            if font.name == EXPERT_BASE:
                for letter in LETTERS:
                    drawn = draw(font.path, EXPERT_CHARACTERS.get(letter, EXPERT_MARK))
                    yield letter, EXPERT, png(drawn)


def _picture(font: Font, letter: str) -> bytes:
    if (letter, font.name) in EMPTY:
        return b""
    if font.name == ONE_FOR_I_AND_J and letter == "J":
        letter = "I"
    return png(draw(font.path, letter))


def make_letters(folder: Path) -> None:
    """Write the archive of letters and the credits of their fonts.

    Parameters
    ----------
    folder : Path
        Gets ``notMNIST_small.tar.gz`` and ``licences/fonts.md``.

    Raises
    ------
    NotInstalled
        If the packages cannot be installed.
    NotThatFont
        If one of them does not hold what ``fonts.toml`` says.
    """
    with tempfile.TemporaryDirectory() as temporary:
        place = fetch(Path(temporary))
        files = {
            f"{FOLDER}/{letter}/{base64.b64encode(name.encode()).decode()}.png": data
            for letter, name, data in pictures(place)
        }
        words = font_credits(place)
    (folder / "licences").mkdir(parents=True, exist_ok=True)
    (folder / "licences" / "fonts.md").write_text(words, encoding="utf-8")
    (folder / ARCHIVE).write_bytes(tar_gz(files))

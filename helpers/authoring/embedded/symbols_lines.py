"""The centre lines of LaTeX symbols: what a thin pen would follow if it traced the printed shape.

A symbol is set by matplotlib's mathtext, filled in black on a grid, and thinned until its lines are
one pixel wide. What stays is the skeleton: the pen of `symbols_pen` draws along it.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

HEIGHT = 64  # pixels of the grid along the longer side of a symbol
# Offsets of the eight neighbours of a pixel (row, column), clockwise from the one above.
AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


class Face(NamedTuple):
    """A way to print a symbol.

    Parameters
    ----------
    fonts : str
        Matplotlib's ``mathtext.fontset``. What it lacks, mathtext takes from STIX.
    command : str
        A LaTeX command around the symbol, such as ``r"\\mathrm"``, or nothing.
    """

    fonts: str
    command: str = ""


FACES = (
    Face("cm"),
    Face("cm", r"\mathrm"),
    Face("cm", r"\mathsf"),
    Face("cm", r"\mathit"),
    Face("cm", r"\mathtt"),
    Face("stix"),
    Face("stix", r"\mathrm"),
    Face("stixsans"),
    Face("stixsans", r"\mathrm"),
    Face("dejavuserif"),
    Face("dejavuserif", r"\mathrm"),
    Face("dejavusans"),
    Face("dejavusans", r"\mathrm"),
)


@cache
def lines(latex: str, face: Face, shortened: int = 0) -> np.ndarray:
    """Return points along the centre lines of a symbol.

    Parameters
    ----------
    latex : str
        The symbol, such as ``"A"`` or ``r"\\alpha"``.
    face : Face
        How to print it.
    shortened : int, optional
        How many pixels of the grid to take away from every free end. Short serifs disappear.

    Returns
    -------
    float64 array, shape (n, 2)
        x to the right and y downward; the longer side of the symbol goes from 0 to 1.

    Raises
    ------
    ValueError
        If mathtext does not know the symbol.
    """
    skeleton = shorten(thin(filled(latex, face)), shortened)
    rows, columns = np.nonzero(skeleton)
    points = np.column_stack([columns, rows]).astype(float)
    points -= points.min(axis=0)
    return points / max(points.max(), 1)


def filled(latex: str, face: Face) -> np.ndarray:
    """Return a symbol in black on a grid, as mathtext prints it.

    Parameters
    ----------
    latex, face
        As for `lines`.

    Returns
    -------
    bool array, shape (height, width)
        True is ink. The longer side has about `HEIGHT` pixels, and there is a margin of two.
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.textpath import TextPath

    text = f"${face.command}{{{latex}}}$"
    outline = TextPath((0, 0), text, size=100, prop=FontProperties(math_fontfamily=face.fonts))
    loops = [loop * (1, -1) for loop in outline.to_polygons()]
    start, end = np.vstack(loops).min(axis=0), np.vstack(loops).max(axis=0)
    scale = HEIGHT / (end - start).max()
    wide, high = np.ceil((end - start) * scale).astype(int)
    x, y = np.meshgrid(np.arange(-2, wide + 2) + 0.5, np.arange(-2, high + 2) + 0.5)
    pixels = np.column_stack([x.ravel(), y.ravel()])
    # Holes are loops in the other direction; loops that overlap count twice and stay black.
    windings = sum(
        _direction(loop) * Path((loop - start) * scale).contains_points(pixels) for loop in loops
    )
    return (windings != 0).reshape(x.shape)


def thin(ink: np.ndarray) -> np.ndarray:
    """Thin black shapes until only lines of one pixel are left.

    Zhang and Suen, "A fast parallel algorithm for thinning digital patterns", Communications of the
    ACM 27 (3), 1984.

    Parameters
    ----------
    ink : bool array, shape (height, width)
        No ink on the border.

    Returns
    -------
    bool array, shape (height, width)

    >>> bar = np.zeros((7, 20), bool)
    >>> bar[2:5, 2:18] = True
    >>> thin(bar).sum(axis=1).tolist()
    [0, 0, 0, 13, 0, 0, 0]
    """
    ink = ink.copy()
    changed = True
    while changed:
        changed = False
        for first, second in (((0, 2, 4), (2, 4, 6)), ((0, 2, 6), (0, 4, 6))):
            near = _neighbours(ink)
            count = near.sum(axis=0)
            edges = (~near & np.roll(near, -1, axis=0)).sum(axis=0)
            goes = ink & (count >= 2) & (count <= 6) & (edges == 1)
            goes &= ~near[list(first)].all(axis=0) & ~near[list(second)].all(axis=0)
            if goes.any():
                ink &= ~goes
                changed = True
    return ink


def shorten(skeleton: np.ndarray, pixels: int) -> np.ndarray:
    """Take pixels away from every free end of thin lines; a dot stays.

    Parameters
    ----------
    skeleton : bool array, shape (height, width)
        Lines of one pixel.
    pixels : int
        How many times to take the outermost one.

    Returns
    -------
    bool array, shape (height, width)
    """
    skeleton = skeleton.copy()
    for _ in range(pixels):
        skeleton &= _neighbours(skeleton).sum(axis=0) != 1
    return skeleton


def _neighbours(ink: np.ndarray) -> np.ndarray:
    """Return the eight neighbours of every pixel, shape (8, height, width)."""
    return np.array([np.roll(ink, (-down, -right), axis=(0, 1)) for down, right in AROUND])


def _direction(loop: np.ndarray) -> int:
    """Return 1 or -1: which way round a closed line goes."""
    x, y = loop.T
    return int(np.sign(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))))

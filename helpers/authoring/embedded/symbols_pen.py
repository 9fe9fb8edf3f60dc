"""Writers who do not exist, and the pen with which they draw a symbol along its centre lines."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.authoring.embedded.symbols_lines import FACES, Face, lines

SIDE = 32  # pixels
WAVES = 4  # waves that add up to the elastic distortion
NEAR = np.stack(np.meshgrid(np.arange(-2, 3), np.arange(-2, 3)), axis=-1).reshape(-1, 2)


class Writer(NamedTuple):
    """How somebody draws.

    Parameters
    ----------
    number : int
        The user_id.
    faces : tuple of Face
        The printed shapes that this writer takes for a model.
    shortened : int
        Pixels taken from free ends: 0 draws serifs, 6 few of them.
    slant, tilt : float
        Usual shear and usual rotation in radians, positive to the right.
    stretch : float
        Logarithm of the usual ratio of width to height.
    radius : float
        Half the usual width of the line, in pixels of the picture.
    wobble : float
        How far the elastic distortion moves points, as a share of the symbol's longer side.
    loose : float
        How much pictures of this writer differ in slant, tilt and stretch.
    blots : float
        Share of the pictures in which the pen rested somewhere and left a dot.
    """

    number: int
    faces: tuple[Face, ...]
    shortened: tuple[int, ...]
    slant: float
    tilt: float
    stretch: float
    radius: float
    wobble: float
    loose: float
    blots: float


def main_writer(number: int) -> Writer:
    """Return the writer of most pictures, who has no habits: any face, any slant."""
    return Writer(number, FACES, (0, 3, 6), 0.0, 0.0, 0.0, 1.08, 0.075, 0.75, 0.15)


def other_writer(number: int, rng: np.random.Generator) -> Writer:
    """Return a writer with habits: two or three faces, a slant, a tilt, a pen.

    Parameters
    ----------
    number : int
        The user_id.
    rng : numpy.random.Generator

    Returns
    -------
    Writer
    """
    chosen = rng.choice(len(FACES), size=rng.integers(2, 4), replace=False)
    return Writer(
        number,
        faces=tuple(FACES[i] for i in chosen),
        shortened=(int(rng.choice([0, 3, 6])),),
        slant=rng.normal(0, 0.12),
        tilt=rng.normal(0, 0.05),
        stretch=rng.normal(0, 0.1),
        radius=rng.uniform(0.85, 1.3),
        wobble=rng.uniform(0.03, 0.065),
        loose=rng.uniform(0.2, 0.45),
        blots=rng.choice([0.0, 0.1, 0.4]),
    )


def draw(latex: str, writer: Writer, rng: np.random.Generator) -> np.ndarray:
    """Draw a symbol as a writer would, a little different each time.

    Parameters
    ----------
    latex : str
        The symbol.
    writer : Writer
        Who draws.
    rng : numpy.random.Generator
        Its next numbers make this picture.

    Returns
    -------
    bool array, shape (32, 32)
        True is ink. The symbol fills the picture in its longer direction.
    """
    face = writer.faces[rng.integers(len(writer.faces))]
    shortened = writer.shortened[rng.integers(len(writer.shortened))]
    points = lines(latex, face, shortened)
    points = points + elastic(points, writer.wobble * rng.gamma(8, 1 / 8), rng)
    points = points @ turned(writer, rng).T
    places = fitted(points)
    ink = traced(places, writer.radius + rng.normal(0, 0.08))
    if rng.random() < writer.blots:
        ink |= traced(places[[rng.integers(len(places))]], rng.uniform(1.5, 2.3))
    return ink


def elastic(points: np.ndarray, size: float, rng: np.random.Generator) -> np.ndarray:
    """Return by how much each point moves when the paper is rubber: a sum of long waves.

    Parameters
    ----------
    points : float array, shape (n, 2)
        Between 0 and 1.
    size : float
        Standard deviation of the moves.
    rng : numpy.random.Generator

    Returns
    -------
    float array, shape (n, 2)
    """
    waves = rng.normal(0, 0.6, size=(2, WAVES))  # cycles along the symbol, across and down
    phases = rng.uniform(0, 2 * np.pi, size=WAVES)
    heights = rng.normal(0, size * np.sqrt(2 / WAVES), size=(WAVES, 2))
    return np.sin(2 * np.pi * (points @ waves) + phases) @ heights


def turned(writer: Writer, rng: np.random.Generator) -> np.ndarray:
    """Return a matrix of shape (2, 2): slant, rotation and stretch for one picture."""
    slant, tilt, stretch = (
        rng.normal(usual, writer.loose * spread)
        for usual, spread in ((writer.slant, 0.25), (writer.tilt, 0.12), (writer.stretch, 0.25))
    )
    sheared = np.array([[1, -slant], [0, 1]])  # y points down: the top goes to the right
    rotated = np.array([[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]])
    return rotated @ sheared @ np.diag([np.exp(stretch / 2), np.exp(-stretch / 2)])


def fitted(points: np.ndarray) -> np.ndarray:
    """Return points moved and scaled to fill the picture, in pixels; the proportions stay."""
    low, high = points.min(axis=0), points.max(axis=0)
    return (points - (low + high) / 2) * (SIDE - 1) / (high - low).max() + (SIDE - 1) / 2


def traced(places: np.ndarray, radius: float) -> np.ndarray:
    """Return the pixels, shape (32, 32), nearer than `radius` to one of the places (x, y)."""
    pixels = np.round(places).astype(int)[:, None] + NEAR
    near = ((pixels - places[:, None]) ** 2).sum(axis=-1) < radius**2
    pixels = pixels[near]
    x, y = pixels[((pixels >= 0) & (pixels < SIDE)).all(axis=1)].T
    ink = np.zeros((SIDE, SIDE), bool)
    ink[y, x] = True
    return ink

"""How colours look to different eyes: contrast, colour blindness, and how far two colours differ.

A colour is three numbers from 0 to 1: red, green and blue of sRGB. All functions take arrays whose
last axis holds them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np

# What WCAG 2 asks of text, and of large text and whatever else carries meaning (1.4.3 and 1.4.11).
TEXT, LARGE = 4.5, 3.0

# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
# deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009: severity 1.0,
# for linear red, green and blue.
_SEEN = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
DEFICIENCIES = tuple(_SEEN)
EYES = ("all cones", *DEFICIENCIES)

# IEC 61966-2-1 (sRGB): linear red, green and blue to CIE XYZ, and its white, D65.
_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE = _XYZ.sum(axis=1)


def contrast(one, other) -> np.ndarray:
    """Return the contrast ratio of WCAG 2, from 1 to 21; the order does not matter.

    Parameters
    ----------
    one, other : array_like, shape (..., 3)
        Colours.

    Returns
    -------
    array of floats, shape (...)

    Examples
    --------
    >>> float(contrast((0, 0, 0), (1, 1, 1)).round(6))
    21.0
    """
    # WCAG rounds the weights of the three lights to four digits.
    lights = [_linear(colour) @ (0.2126, 0.7152, 0.0722) for colour in (one, other)]
    return (np.maximum(*lights) + 0.05) / (np.minimum(*lights) + 0.05)


def simulate(colour, eyes: str) -> np.ndarray:
    """Return what a colour looks like to eyes that lack one kind of cone.

    Parameters
    ----------
    colour : array_like, shape (..., 3)
        Colours.
    eyes : {"all cones", "protanopia", "deuteranopia", "tritanopia"}
        Whose; the first changes nothing.

    Returns
    -------
    array of floats, shape (..., 3)

    Examples
    --------
    Pure red is dark to eyes without cones for long waves:

    >>> (255 * simulate((1, 0, 0), "protanopia")).round().astype(int).tolist()
    [109, 95, 0]
    """
    if eyes == "all cones":
        return np.asarray(colour, dtype=float)
    return _encoded(np.clip(_linear(colour) @ np.transpose(_SEEN[eyes]), 0, 1))


def lab(colour) -> np.ndarray:
    """Return lightness (0 to 100), a and b of CIE 1976 Lab, for white D65.

    Parameters
    ----------
    colour : array_like, shape (..., 3)
        Colours.

    Returns
    -------
    array of floats, shape (..., 3)

    Examples
    --------
    >>> abs(lab([(1, 1, 1), (0, 0, 0)])).round(3).tolist()
    [[100.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    share = _linear(colour) @ _XYZ.T / _WHITE
    root = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def ciede2000(one, other) -> np.ndarray:
    """Return how different two colours look: CIEDE2000, where 1 can just be seen side by side.

    After G. Sharma, W. Wu and E. Dalal, "The CIEDE2000 color-difference formula", Color Research
    and Application 30(1), 2005.

    Parameters
    ----------
    one, other : array_like, shape (..., 3)
        Lightness, a and b, as from `lab`.

    Returns
    -------
    array of floats, shape (...)

    Examples
    --------
    >>> float(ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)).round(4))
    2.0425
    """
    (light1, a1, b1), (light2, a2, b2) = (
        np.moveaxis(np.asarray(c, float), -1, 0) for c in (one, other)
    )
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * _saturation(mean)
    chroma1, chroma2 = np.hypot(stretch * a1, b1), np.hypot(stretch * a2, b2)
    hue1, hue2 = (np.degrees(np.arctan2(b, stretch * a)) for a, b in ((a1, b1), (a2, b2)))
    # A grey has no hue of its own: it takes that of the other colour.
    hue1, hue2 = np.where(chroma1 == 0, hue2, hue1), np.where(chroma2 == 0, hue1, hue2)
    turn = (hue2 - hue1 + 180) % 360 - 180
    light, chroma, hue = (light1 + light2) / 2, (chroma1 + chroma2) / 2, hue1 + turn / 2
    wave = (
        1
        - 0.17 * _cos(hue - 30)
        + 0.24 * _cos(2 * hue)
        + 0.32 * _cos(3 * hue + 6)
        - 0.20 * _cos(4 * hue - 63)
    )
    by_light = (light2 - light1) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    by_chroma = (chroma2 - chroma1) / (1 + 0.045 * chroma)
    by_hue = 2 * np.sqrt(chroma1 * chroma2) * np.sin(np.radians(turn / 2))
    by_hue = by_hue / (1 + 0.015 * chroma * wave)
    blue = 60 * np.exp(-(((hue % 360 - 275) / 25) ** 2))
    tilt = -2 * _saturation(chroma) * np.sin(np.radians(blue))
    return np.sqrt(by_light**2 + by_chroma**2 + by_hue**2 + tilt * by_chroma * by_hue)


def difference(one, other) -> float:
    """Return how different two colours look to those who see least of it, as CIEDE2000.

    Parameters
    ----------
    one, other : array_like, shape (3,)
        Colours.

    Returns
    -------
    float
        The least of what all eyes in `EYES` see.

    Examples
    --------
    Red and a dark green: far apart, but not without cones for middle waves.

    >>> red, green = (0.8, 0.2, 0.1), (0.35, 0.45, 0)
    >>> float(ciede2000(lab(red), lab(green)).round()), round(difference(red, green))
    (51.0, 7)
    """
    return min(float(ciede2000(*(lab(simulate(c, eyes)) for c in (one, other)))) for eyes in EYES)


def nearest(palette: Iterable) -> float:
    """Return the `difference` of the two colours of a palette that are most alike.

    Parameters
    ----------
    palette : iterable of array_like, shape (3,)
        At least two colours.

    Examples
    --------
    >>> round(nearest([(0, 0, 0), (1, 1, 1), (1, 1, 1)]))
    0
    """
    return min(difference(one, other) for one, other in combinations(palette, 2))


def _linear(colour) -> np.ndarray:
    """Return the light that a colour gives, from how it is encoded in sRGB."""
    colour = np.asarray(colour, dtype=float)
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def _encoded(light: np.ndarray) -> np.ndarray:
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def _saturation(chroma: np.ndarray) -> np.ndarray:
    return np.sqrt(chroma**7 / (chroma**7 + 25**7))


def _cos(degrees: np.ndarray) -> np.ndarray:
    return np.cos(np.radians(degrees))

"""Images in which it is known what is a copy of what: to try out what looks for copies.

1. Take letters of the embedded set and bend each one differently: the originals.
2. Write its number around each original, a black or white bar for each of 18 bits. Whatever the
   letters look like, two originals differ in a whole bar, so they are more than 2.4 apart.
3. Plant copies: equal ones, many of one original, and near ones at a distance that is known.
4. Shuffle all of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.data import notmnist

_SIDE = 28
_BITS = 18  # numbers of the originals, as many as 262,144
_BAR = 6  # pixels of a bit: 108 pixels lie on the edge
_CHANGED = 36  # pixels in which a near copy differs from its original
_TOGETHER = 4096  # letters bent at once

APART = _BAR**0.5
"""Two images that come from different originals are at least this far apart."""


class Planted(NamedTuple):
    """Images and the truth about them.

    Attributes
    ----------
    images : array of uint8, shape (n, 28, 28)
        In random order.
    original : array of int64, shape (n,)
        From which original each image comes.
    distance : array of float64, shape (n,)
        How far it is from that original, in pixels from 0 to 1. An original and its equal copies
        have 0. No original has two near copies.
    """

    images: np.ndarray
    original: np.ndarray
    distance: np.ndarray

    def groups(self) -> np.ndarray:
        """Number the images so that equal ones, and only those, share a number.

        Returns
        -------
        array of int64, shape (n,)
            Numbered from 0 in order of first appearance.
        """
        kind = 2 * self.original + (self.distance > 0)
        _, first, inverse = np.unique(kind, return_index=True, return_inverse=True)
        return first.argsort().argsort()[inverse]

    def pairs(self, radius: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return all pairs of images within a radius.

        Parameters
        ----------
        radius : float
            Less than `APART`.

        Returns
        -------
        i, j : arrays of int64, shape (pairs,)
            Places with i < j, sorted by `i`, then `j`.
        distance : array of float64, shape (pairs,)
        """
        if radius >= APART:
            raise ValueError(f"What lies within {radius} is known only below {APART:.3f}.")
        order = np.lexsort((self.distance, self.original))  # a near copy ends its family
        sizes = np.bincount(self.original)
        firsts = np.cumsum(sizes) - sizes
        pairs = [np.empty((2, 0), dtype=np.int64)]
        for size in np.unique(sizes[sizes > 1]):
            family = order[firsts[sizes == size][:, None] + np.arange(size)]
            one, other = np.triu_indices(size, 1)
            pairs.append(np.sort([family[:, one].ravel(), family[:, other].ravel()], axis=0))
        i, j = np.concatenate(pairs, axis=1)
        distance = np.maximum(self.distance[i], self.distance[j])
        keep = np.flatnonzero(distance <= radius)
        keep = keep[np.lexsort((j[keep], i[keep]))]
        return i[keep], j[keep], distance[keep]


def planted(n: int, seed: int = 0) -> Planted:
    """Make images of which about a tenth are equal copies and a tenth near ones.

    Half a percent are copies of one original, as one solid square is in notMNIST. A near copy lies
    6 / 255, 12 / 255, ... or 762 / 255 from its original: one in 127 exactly 2.

    Parameters
    ----------
    n : int
        How many, at most 250,000.
    seed : int, optional
        Where random numbers start.

    Returns
    -------
    Planted

    Raises
    ------
    ValueError
        If there are more images than numbers for originals.

    Examples
    --------
    >>> some = planted(1000)
    >>> some.images.shape, len(np.unique(some.original)), np.unique(some.groups()).size
    ((1000, 28, 28), 800, 900)
    """
    if not 0 <= n <= 250_000:
        raise ValueError(f"{n} images were asked for; between 0 and 250,000 can be made.")
    rng = np.random.default_rng(seed)
    crowd, equal, near = n // 200, n // 10 - n // 200, n // 10
    originals = n - crowd - equal - near
    images = _numbered(_bent(originals, rng))
    original = np.concatenate(
        [
            np.arange(originals),
            np.zeros(crowd, dtype=np.int64),
            rng.integers(max(originals, 1), size=equal),
            rng.choice(originals, size=near, replace=False),
        ]
    )
    images = images[original]
    step = np.zeros(n, dtype=np.int64)
    step[n - near :] = rng.integers(1, 128, size=near)
    _change(images[n - near :], step[n - near :], rng)
    order = rng.permutation(n)
    return Planted(images[order], original[order], _CHANGED**0.5 * step[order] / 255)


def _bent(n: int, rng: np.random.Generator) -> np.ndarray:
    """Draw letters, each turned, stretched, slanted and moved a little."""
    letters = notmnist("embedded").images
    middle = (_SIDE - 1) / 2
    places = np.indices((_SIDE, _SIDE)).reshape(2, -1) - middle
    images = np.empty((n, _SIDE, _SIDE), dtype=np.uint8)
    for start in range(0, n, _TOGETHER):
        some = images[start : start + _TOGETHER]
        which = rng.integers(len(letters), size=len(some))
        bend = np.eye(2) + 0.12 * rng.standard_normal((len(some), 2, 2))
        move = 1.5 * rng.standard_normal((len(some), 2, 1)) + middle
        y, x = np.moveaxis(np.rint(bend @ places + move).clip(0, _SIDE - 1).astype(int), 1, 0)
        some[:] = letters[which[:, None], y, x].reshape(some.shape)
    return images


def _numbered(images: np.ndarray) -> np.ndarray:
    """Write the number of each image on its edge, in bars of black and white."""
    edge = np.ones((_SIDE, _SIDE), dtype=bool)
    edge[1:-1, 1:-1] = False
    bits = np.arange(len(images))[:, None] >> np.arange(_BITS) & 1
    images[:, edge] = np.repeat(255 * bits, _BAR, axis=1)
    return images


def _change(images: np.ndarray, step: np.ndarray, rng: np.random.Generator) -> None:
    """Make 36 pixels of each image, none on the edge, darker or brighter by its step."""
    inside = np.arange(_SIDE**2).reshape(_SIDE, _SIDE)[1:-1, 1:-1].ravel()
    for image, by in zip(images.reshape(-1, _SIDE**2), step, strict=True):
        which = rng.choice(inside, size=_CHANGED, replace=False)
        # A step is at most 127, so one of both directions is always open.
        image[which] = np.where(image[which] < 128, image[which] + by, image[which] - by)

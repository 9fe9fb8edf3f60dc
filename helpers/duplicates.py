"""Which images are equal, pixel for pixel, among hundreds of thousands.

Comparing all with all, or sorting whole images as ``np.unique(axis=0)`` does, is slow. Here each
image gets a key of 64 bits, the keys are sorted, and images with equal keys are compared byte by
byte. The key is no cryptographic digest and decides nothing: two images that share it by chance
are told apart.

`helpers.near_duplicates` finds images that are almost equal.
"""

from __future__ import annotations

import math

import numpy as np

_CHUNK = 512  # images looked at together: few enough for the processor's own memory


def exact_groups(images: np.ndarray) -> np.ndarray:
    """Number the images so that equal ones, and only those, share a number.

    Parameters
    ----------
    images : array of uint8 or float, shape (n, height, width) or (n, pixels)
        Equal means: the same bytes. So ``0.0`` and ``-0.0`` differ.

    Returns
    -------
    array of int64, shape (n,)
        Group of each image, numbered from 0 in order of first appearance.

    Raises
    ------
    ValueError
        If these are not images.

    Examples
    --------
    >>> exact_groups(np.uint8([[7, 7], [0, 9], [7, 7], [9, 0]]))
    array([0, 1, 0, 2])

    One image of each group:

    >>> images = np.uint8([[7, 7], [0, 9], [7, 7], [9, 0]])
    >>> images[np.unique(exact_groups(images), return_index=True)[1]].tolist()
    [[7, 7], [0, 9], [9, 0]]
    """
    rows = as_rows(images)
    _, first, key = np.unique(_keys(rows), return_index=True, return_inverse=True)
    first = first[key]  # of each image, the first that has the same key
    later = np.flatnonzero(first != np.arange(len(rows)))
    if not _equal(rows, first[later], rows, later).all():
        first = _first_by_bytes(rows)
    number = np.cumsum(first == np.arange(len(rows)), dtype=np.int64) - 1
    return number[first]


def overlap(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Tell which images of `B` occur in `A`.

    Parameters
    ----------
    A, B : arrays of uint8 or float, shape (n, height, width) or (n, pixels)
        Of one type and shape of image. Equal means: the same bytes.

    Returns
    -------
    array of bool, shape (len(B),)
        Whether each image of `B` equals one of `A`.

    Raises
    ------
    ValueError
        If these are not images, or not of the same type and shape.

    Examples
    --------
    >>> train = np.uint8([[7, 7], [0, 9]])
    >>> test = np.uint8([[9, 0], [7, 7], [7, 7]])
    >>> overlap(train, test)
    array([False,  True,  True])
    """
    A, B = as_rows_alike(A, B)
    if A.dtype != B.dtype:
        raise ValueError(
            f"A holds {A.dtype} and B holds {B.dtype}, so no image can equal another byte for "
            "byte. Convert one of them first, e.g. with .astype(np.float32) / 255."
        )
    occurs = np.zeros(len(B), dtype=bool)
    if not len(A):
        return occurs
    known, first = np.unique(_keys(A), return_index=True)
    keys = _keys(B)
    place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    shared = np.flatnonzero(known[place] == keys)
    equal = _equal(A, first[place[shared]], B, shared)
    occurs[shared] = equal
    if not equal.all():
        # Another image of A may have the same key, and be the one that is equal.
        rest = shared[~equal]
        occurs[rest] = np.isin(rest, np.flatnonzero(_known_bytes(A, B)))
    return occurs


def as_rows(images: np.ndarray, name: str = "images") -> np.ndarray:
    """Check that these are images and lay out each as one row.

    Parameters
    ----------
    images : array of uint8 or float, shape (n, height, width) or (n, pixels)
        Any number of axes after the first.
    name : str, optional
        What to call them in an error.

    Returns
    -------
    array of the same type, shape (n, pixels)
        A view where the pixels lie in order already, otherwise a copy.

    Raises
    ------
    ValueError
        If the type is another one, or an image has no pixels.
    """
    images = np.asarray(images)
    if images.dtype != np.uint8 and images.dtype not in (np.float16, np.float32, np.float64):
        raise ValueError(
            f"{name} has pixels of type {images.dtype}; uint8 or float is needed. "
            "Convert them first, e.g. with .astype(np.uint8)."
        )
    pixels = math.prod(images.shape[1:])
    if images.ndim < 2 or pixels == 0:
        raise ValueError(
            f"{name} has the shape {images.shape}; (number, height, width) or (number, pixels) "
            "is needed, with at least one pixel. A single image goes in as image[np.newaxis]."
        )
    return np.ascontiguousarray(images).reshape(len(images), pixels)


def as_rows_alike(A: np.ndarray, B: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lay out two sets as `as_rows` does, and check that their images have one shape.

    Parameters
    ----------
    A, B : arrays of uint8 or float, shape (n, height, width) or (n, pixels)
        One may be flat and the other not.

    Returns
    -------
    two arrays of shape (n, pixels)

    Raises
    ------
    ValueError
        If these are not images, or differ in shape.
    """
    shapes = np.shape(A)[1:], np.shape(B)[1:]
    A, B = as_rows(A, "A"), as_rows(B, "B")
    flat = 1 in (len(shapes[0]), len(shapes[1]))
    if A.shape[1] != B.shape[1] or (shapes[0] != shapes[1] and not flat):
        raise ValueError(
            f"The images of A have the shape {shapes[0]}, those of B {shapes[1]}. "
            "Bring both to one shape before comparing them."
        )
    return A, B


def _keys(rows: np.ndarray) -> np.ndarray:
    """Return 64 bits for each row that are the same wherever the row is the same."""
    data = rows.view(np.uint8)
    gap = -data.shape[1] % 8
    factors = np.random.default_rng(0).integers(2**64, size=(data.shape[1] + gap) // 8, dtype="u8")
    keys = np.empty(len(rows), dtype=np.uint64)
    for start in range(0, len(rows), _CHUNK):
        part = data[start : start + _CHUNK]
        words = (np.pad(part, ((0, 0), (0, gap))) if gap else part).view(np.uint64)
        # A product carries upwards only. Without the shift, what differs in the last byte of each
        # word alone would reach no more than eight bits of the key.
        keys[start : start + _CHUNK] = (words ^ (words >> 29)) @ (factors | np.uint64(1))
    return keys


def _equal(A: np.ndarray, i: np.ndarray, B: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Tell for each pair whether row `i` of `A` and row `j` of `B` have the same bytes."""
    A, B = A.view(np.uint8), B.view(np.uint8)
    equal = np.empty(len(i), dtype=bool)
    for start in range(0, len(i), _CHUNK):
        some = slice(start, start + _CHUNK)
        equal[some] = (A[i[some]] == B[j[some]]).all(axis=1)
    return equal


def _first_by_bytes(rows: np.ndarray) -> np.ndarray:
    """Return for each row the first that is equal; slower, for when a key was shared by chance."""
    seen: dict[bytes, int] = {}
    return np.array([seen.setdefault(row.tobytes(), i) for i, row in enumerate(rows)])


def _known_bytes(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Do what `overlap` does; slower, for when a key was shared by chance."""
    known = {row.tobytes() for row in A}
    return np.array([row.tobytes() in known for row in B])

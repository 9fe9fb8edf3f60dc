"""What a set of labelled pictures holds, whatever way it was packed."""

from __future__ import annotations

import hashlib

import numpy as np


def content(images: np.ndarray, labels: np.ndarray) -> str:
    """Return a digest of labels and pixels that does not depend on their order.

    Each picture's label, size and pixels make one sha256; the sorted ones make another.

    Parameters
    ----------
    images : uint8 array, shape (n, height, width)
        The pictures.
    labels : array of int, shape (n,)
        The label of each.

    Returns
    -------
    str
        ``"sha256:"`` and 64 hexadecimal digits.

    Raises
    ------
    ValueError
        If there are not as many labels as pictures, or the pictures are no bytes.

    >>> images = np.arange(8, dtype=np.uint8).reshape(2, 2, 2)
    >>> content(images, [0, 1]) == content(images[::-1], [1, 0])
    True
    >>> content(images, [0, 1]) == content(images, [1, 0])
    False
    """
    images, labels = np.asarray(images), np.asarray(labels)
    if images.dtype != np.uint8 or images.ndim != 3 or labels.shape != images.shape[:1]:
        raise ValueError(
            "content() takes uint8 images of shape (n, height, width) and n labels, "
            f"not {images.dtype} of shape {images.shape} and labels of shape {labels.shape}."
        )
    _, height, width = images.shape
    rows = images.reshape(len(images), height * width)
    digests = sorted(
        hashlib.sha256(b"%d %d %d\n" % (label, height, width) + row.tobytes()).digest()
        for label, row in zip(labels.tolist(), rows, strict=True)
    )
    return "sha256:" + hashlib.sha256(b"".join(digests)).hexdigest()


def counts(labels: np.ndarray, k: int) -> np.ndarray:
    """Return how many pictures each class has.

    Parameters
    ----------
    labels : array of int, shape (n,)
        Classes from 0 to `k` - 1.
    k : int
        Number of classes.

    Returns
    -------
    int64 array, shape (k,)

    Raises
    ------
    ValueError
        If a label is no class.

    >>> counts([0, 2, 2], 4)
    array([1, 0, 2, 0])
    """
    labels = np.asarray(labels, dtype=np.int64)
    if labels.size and not 0 <= labels.min() <= labels.max() < k:
        raise ValueError(f"counts() takes labels from 0 to {k - 1}, not {labels.max()}.")
    return np.bincount(labels, minlength=k)

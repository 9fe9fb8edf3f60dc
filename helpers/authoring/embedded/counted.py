"""What can be counted in a set of pictures: rows of the data cards that need no model."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from helpers.data.hasy import Symbols
from helpers.data.notmnist import Letters, font_name

FIRST = 101  # the symbols of the embedded set; the last of them is left out where one learns
Row = dict[str, float]


def count_digits(digits: tuple) -> Row:
    """Count MNIST or a part of it.

    Parameters
    ----------
    digits : ((x, y), (x_test, y_test))
        As `helpers.data.mnist` returns them.

    Returns
    -------
    dict of str to float
    """
    (x, y), (x_test, _) = digits
    sizes = np.bincount(y)
    pixels = x / np.float32(255)
    return {
        "training pictures": len(x),
        "test pictures": len(x_test),
        "rarest digit, % of training": 100 * sizes.min() / len(y),
        "commonest digit, % of training": 100 * sizes.max() / len(y),
        "mean of the pixels, 0 to 1": pixels.mean(),
        "their standard deviation": pixels.std(),
    }


def count_letters(letters: Letters) -> Row:
    """Count a set of letters like notMNIST.

    Parameters
    ----------
    letters : helpers.data.notmnist.Letters

    Returns
    -------
    dict of str to float
    """
    images, labels = letters.images, letters.labels
    white = (images == 255).all(axis=(1, 2))
    normalised = images / np.float32(255) - np.float32(0.5)
    twins, conflicts = _twins(images, labels)
    return {
        "readable pictures": len(images),
        "fonts": len({font_name(file) for file in letters.file_names}),
        "mean of the pixels, -0.5 to 0.5": normalised.mean(),
        "their standard deviation": normalised.std(),
        "white squares among the I, %": 100 * white[labels == 8].mean(),
        "white squares among other letters": white[labels != 8].sum(),
        "pictures with a twin, %": 100 * twins / len(images),
        "identical pictures with different labels, groups": conflicts,
    }


def count_symbols(symbols: Symbols) -> Row:
    """Count the first 101 symbols of a set like HASYv2.

    Parameters
    ----------
    symbols : helpers.data.hasy.Symbols

    Returns
    -------
    dict of str to float
    """
    chosen = symbols.labels < FIRST
    images, labels = symbols.images[chosen], symbols.labels[chosen]
    sizes = np.bincount(labels)
    first = np.sort(sizes[: FIRST - 1])
    _, writers, drawn = np.unique(symbols.writers[chosen], return_inverse=True, return_counts=True)
    busiest = writers == drawn.argmax()
    commands = np.array([name.startswith("\\") for name in symbols.label_names])[labels]
    twins, conflicts = _twins(images, labels)
    return {
        "pictures": len(images),
        "of the rarest symbol": sizes.min(),
        "of the 101st symbol, the commonest": sizes[FIRST - 1],
        "ten commonest of the first 100, % of theirs": 100 * first[-10:].sum() / first.sum(),
        "writers": len(drawn),
        "pictures by the busiest writer, %": 100 * busiest.mean(),
        "… of names with a backslash, %": 100 * busiest[commands].mean(),
        "… of letters and digits, %": 100 * busiest[~commands].mean(),
        "ink, % of the pixels": 100 * (images == 0).mean(),
        "pictures with a twin": twins,
        "identical pictures with different labels, groups": conflicts,
    }


def _twins(images: np.ndarray, labels: np.ndarray) -> tuple[int, int]:
    """Return how many pictures are there more than once, and how many under several labels."""
    groups = defaultdict(list)
    for image, label in zip(images, labels.tolist(), strict=True):
        groups[image.tobytes()].append(label)
    twins = sum(len(found) for found in groups.values() if len(found) > 1)
    return twins, sum(len(set(found)) > 1 for found in groups.values())

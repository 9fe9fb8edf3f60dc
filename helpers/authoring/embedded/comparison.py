"""How like the real sets are the embedded ones? The numbers of the three data cards.

``FIRST_LAYERS_DATA=... OMP_NUM_THREADS=1 python -m helpers.authoring.embedded.comparison`` prints
the tables, or those named after it; without the real data their last column is empty.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import numpy as np

from helpers.authoring.embedded.models import fit_linear, fit_network, nearest_neighbour, split
from helpers.data.hasy import Symbols

SEEDS = range(3)
DRAWS = 5  # of the smallest training parts, each of which says little
FIRST = 101  # the symbols of the embedded set; the last of them is left out where one learns
LEARNED = (
    6000  # pictures of symbols, from either set: about all training pictures of the embedded one
)
LOOK_ALIKES = (
    (r"\sum", r"\Sigma"),
    (r"\pi", r"\Pi"),
    (r"\epsilon", r"\varepsilon"),
    (r"\theta", r"\Theta"),
    (r"\phi", r"\Phi"),
    (r"\psi", r"\Psi"),
    (r"\zeta", r"\xi"),
)
Row = dict[str, float]


def letters_row(images: np.ndarray, labels: np.ndarray, fonts: np.ndarray) -> Row:
    """Measure a set of letters.

    Parameters
    ----------
    images : uint8 array, shape (n, 28, 28)
        Pictures.
    labels : array of int, shape (n,)
        0 for A to 9 for J.
    fonts : array of str, shape (n,)
        The font of each picture.

    Returns
    -------
    dict of str to float
        Rows of the table; shares in percent, means over three splits into 70, 15 and 15 %.
    """
    row = _counted(images, labels, fonts)
    X = images.reshape(len(images), -1) / np.float32(255) - np.float32(0.5)
    measured = defaultdict(list)
    for seed in SEEDS:
        train, test = split(labels, seed)
        distances, nearest = nearest_neighbour(X[train], X[test])
        measured["test pictures that are in the training part, %"].append(distances < 1e-3)
        for radius in (1, 2, 3):
            measured[f"… within distance {radius} of one there, %"].append(distances < radius)
        right = labels[train][nearest] == labels[test]
        measured["nearest neighbour, %"].append(right)
        group_train, group_test = _split_by_font(fonts, seed)
        _, nearest = nearest_neighbour(X[group_train], X[group_test])
        right = labels[group_train][nearest] == labels[group_test]
        measured["nearest neighbour, split by font, %"].append(right)
        for name, right in _learned(X, labels, train, test, seed):
            measured[name].append(right)
    return row | _percent(measured)


def digits_row(x: np.ndarray, y: np.ndarray, x_test: np.ndarray, y_test: np.ndarray) -> Row:
    """Measure MNIST or a part of it, as it is split; three seeds start the network.

    Parameters
    ----------
    x, y, x_test, y_test : arrays
        As `helpers.data.mnist.Digits` has them.

    Returns
    -------
    dict of str to float
    """
    row = {"training pictures": len(x), "test pictures": len(x_test)}
    row["rarest digit, % of training"] = 100 * np.bincount(y).min() / len(y)
    row["commonest digit, % of training"] = 100 * np.bincount(y).max() / len(y)
    pixels = x / np.float32(255)
    row |= {"mean of the pixels, 0 to 1": pixels.mean(), "their standard deviation": pixels.std()}
    X = x.reshape(len(x), -1) / np.float32(255) - np.float32(0.5)
    X_test = x_test.reshape(len(x_test), -1) / np.float32(255) - np.float32(0.5)
    _, nearest = nearest_neighbour(X, X_test)
    network = [fit_network(X, y, seed).predict(X_test) == y_test for seed in SEEDS]
    half = len(x_test) // 2
    measured = {
        "nearest neighbour, %": [y[nearest] == y_test],
        "linear, C = 0.01, %": [fit_linear(X, y, 0.01).predict(X_test) == y_test],
        "network of 128 units, %": network,
        "… on the first half of the test, %": [right[:half] for right in network],
        "… on the second half, %": [right[half:] for right in network],
    }
    return row | _percent(measured)


def symbols_row(symbols: Symbols) -> Row:
    """Measure the first 101 symbols of a set like HASYv2.

    Models learn the first 100 from 6,000 pictures, so that the sizes of the sets do not count.

    Parameters
    ----------
    symbols : helpers.data.hasy.Symbols

    Returns
    -------
    dict of str to float
        Rows of the table; shares in percent, means over three splits into 70, 15 and 15 %.
    """
    row = _counted_symbols(symbols)
    chosen = symbols.labels < FIRST - 1
    images, labels = symbols.images[chosen], symbols.labels[chosen]
    X = 1 - images.reshape(len(images), -1) / np.float32(255)
    number = {name: k for k, name in enumerate(symbols.label_names)}
    twin = np.full(FIRST - 1, -1)
    for one, other in LOOK_ALIKES:
        twin[number[one]], twin[number[other]] = number[other], number[one]
    measured = defaultdict(list)
    for seed in SEEDS:
        train, test = split(labels, seed)
        truth = labels[test]
        part = np.random.default_rng(seed).choice(train, LEARNED, replace=False)
        measured["always the commonest, %"].append(truth == np.bincount(labels[part]).argmax())
        _, nearest = nearest_neighbour(X[part], X[test])
        measured["nearest neighbour, %"].append(labels[part][nearest] == truth)
        linear = fit_linear(X[part], labels[part], 0.03).predict(X[test])
        measured["linear, C = 0.03, %"].append(linear == truth)
        network = fit_network(X[part], labels[part], seed).predict(X[test])
        measured["network of 128 units, %"].append(network == truth)
        each = [np.mean(network[truth == k] == k) for k in range(FIRST - 1)]
        measured["… mean over the symbols, %"].append(each)
        wrong = network != truth
        measured["… mistakes between look-alikes, %"].append((twin[truth] == network)[wrong])
    return row | _percent(measured)


def _counted(images: np.ndarray, labels: np.ndarray, fonts: np.ndarray) -> Row:
    groups = defaultdict(set)
    sizes = defaultdict(int)
    for image, label in zip(images, labels.tolist(), strict=True):
        groups[image.tobytes()].add(label)
        sizes[image.tobytes()] += 1
    white = (images == 255).all(axis=(1, 2))
    normalised = images / np.float32(255) - np.float32(0.5)
    return {
        "readable pictures": len(images),
        "fonts": len(set(fonts.tolist())),
        "mean of the pixels, -0.5 to 0.5": normalised.mean(),
        "their standard deviation": normalised.std(),
        "white squares among the I, %": 100 * white[labels == 8].mean(),
        "white squares among other letters": white[labels != 8].sum(),
        "pictures with a twin, %": 100 * sum(n for n in sizes.values() if n > 1) / len(images),
        "identical pictures with different labels, groups": sum(
            len(found) > 1 for found in groups.values()
        ),
    }


def _counted_symbols(symbols: Symbols) -> Row:
    chosen = symbols.labels < FIRST
    images, labels = symbols.images[chosen], symbols.labels[chosen]
    sizes = np.bincount(labels)
    _, ids, pictures = np.unique(symbols.writers[chosen], return_inverse=True, return_counts=True)
    commands = np.array([name.startswith("\\") for name in symbols.label_names])[labels]
    busiest = ids == pictures.argmax()
    _, groups = np.unique(images.reshape(len(images), -1), axis=0, return_inverse=True)
    conflicts = [g for g in np.flatnonzero(np.bincount(groups) > 1) if np.ptp(labels[groups == g])]
    return {
        "pictures": len(images),
        "of the rarest symbol": sizes.min(),
        "of the commonest, the 101st": sizes[FIRST - 1],
        "the ten commonest of the first 100, % of their pictures": 100
        * np.sort(sizes[:-1])[-10:].sum()
        / sizes[:-1].sum(),
        "writers": len(pictures),
        "pictures by the busiest writer, %": 100 * busiest.mean(),
        "… of names with a backslash, %": 100 * busiest[commands].mean(),
        "… of letters and digits, %": 100 * busiest[~commands].mean(),
        "ink, % of the pixels": 100 * (images == 0).mean(),
        "pictures with a twin": (np.bincount(groups) > 1)[groups].sum(),
        "identical pictures with different labels, groups": len(conflicts),
    }


def _learned(X, labels, train, test, seed) -> Iterator[tuple[str, np.ndarray]]:
    rng = np.random.default_rng(seed)
    for size in (50, 100, 1000, 5000, len(train)):
        name = "all" if size == len(train) else f"{size:,}"
        for C in (1, 0.01):
            right = []
            for _ in range(DRAWS if size < 1000 else 1):
                part = rng.choice(train, size, replace=False)
                right.append(fit_linear(X[part], labels[part], C).predict(X[test]) == labels[test])
            yield f"linear on {name}, C = {C}, %", np.mean(right, axis=0)
    network = fit_network(X[train], labels[train], seed)
    yield "network of 128 units on all, %", network.predict(X[test]) == labels[test]


def _split_by_font(fonts: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return 70 % and 15 % of the fonts' pictures: no font is in both parts."""
    names = np.random.default_rng(seed).permutation(np.unique(fonts))
    first, second = int(0.7 * len(names)), int(0.85 * len(names))
    return (
        np.flatnonzero(np.isin(fonts, names[:first])),
        np.flatnonzero(np.isin(fonts, names[second:])),
    )


def _percent(measured: dict[str, list[np.ndarray]]) -> Row:
    return {name: 100 * float(np.mean([np.mean(r) for r in rs])) for name, rs in measured.items()}


def table(name: str) -> list[tuple[str, str, str]]:
    """Measure one embedded set, and the real one where it is at hand.

    Parameters
    ----------
    name : {"mnist", "notmnist", "hasy"}

    Returns
    -------
    list of (str, str, str)
        What was measured, for the embedded set, for the real one.
    """
    here = row_of(name, "embedded")
    there = row_of(name, "real")
    return [(key, written(here[key]), written(there[key]) if there else "") for key in here]


def printed(page: Path) -> list[tuple[str, str, str]]:
    """Return the table of a data card as it stands there.

    Parameters
    ----------
    page : Path
        A Markdown page whose only table of three columns ends in one for the real set.

    Returns
    -------
    list of (str, str, str)
        As `table` returns it.
    """
    lines = page.read_text(encoding="utf-8").splitlines()
    start = lines.index("| | embedded | real |") + 2
    rows = takewhile(lambda line: line.startswith("|"), lines[start:])
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]


def row_of(name: str, source: str) -> Row:
    """Return the row of a set, or an empty one where the real set is not at hand."""
    from helpers import data
    from helpers.data.folders import by_hand
    from helpers.data.notmnist import font_name

    if source == "real" and by_hand() is None:
        return {}
    if name == "mnist":
        (x, y), (x_test, y_test) = data.mnist(source)
        return digits_row(x, y, x_test, y_test)
    if name == "hasy":
        return symbols_row(data.hasy(source))
    letters = data.notmnist(source)
    fonts = np.array([font_name(file) for file in letters.file_names])
    return letters_row(letters.images, letters.labels, fonts)


def written(value: float) -> str:
    """Return a number as the tables print it.

    >>> written(7188), written(86.54), written(-0.0793)
    ('7,188', '86.5', '-0.079')
    """
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.3f}"


if __name__ == "__main__":
    for chosen in sys.argv[1:] or ("mnist", "notmnist", "hasy"):
        print(f"\n{chosen}\n\n| | embedded | real |\n|---|---|---|")
        for cells in table(chosen):
            print("| " + " | ".join(cells) + " |")

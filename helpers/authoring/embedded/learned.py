"""What simple models learn from a set of pictures: rows of the data cards, in percent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from helpers.authoring.embedded.counted import FIRST, Row
from helpers.authoring.embedded.models import fit_linear, fit_network, nearest_neighbour, split
from helpers.data.hasy import Symbols
from helpers.data.notmnist import Letters, font_name

SEEDS = range(3)
DRAWS = 5  # of the smallest training parts, each of which says little
LEARNED = 6000  # symbols: nearly all that the embedded set has for training
LOOK_ALIKES = (
    (r"\sum", r"\Sigma"),
    (r"\pi", r"\Pi"),
    (r"\epsilon", r"\varepsilon"),
    (r"\theta", r"\Theta"),
    (r"\phi", r"\Phi"),
    (r"\psi", r"\Psi"),
    (r"\zeta", r"\xi"),
)


def learn_digits(digits: tuple) -> Row:
    """Learn MNIST or a part of it, as it is split; three seeds start the network.

    Parameters
    ----------
    digits : ((x, y), (x_test, y_test))
        As `helpers.data.mnist` returns them.

    Returns
    -------
    dict of str to float
    """
    (x, y), (x_test, y_test) = digits
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
    return _percent(measured)


def learn_letters(letters: Letters) -> Row:
    """Learn a set of letters like notMNIST.

    Parameters
    ----------
    letters : helpers.data.notmnist.Letters

    Returns
    -------
    dict of str to float
        Means over three splits into 70, 15 and 15 %.
    """
    images, labels = letters.images, letters.labels
    fonts = np.array([font_name(file) for file in letters.file_names])
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
        for name, right in _linear_and_network(X, labels, train, test, seed):
            measured[name].append(right)
    return _percent(measured)


def learn_symbols(symbols: Symbols) -> Row:
    """Learn the first 100 symbols of a set like HASYv2.

    Models see 6,000 pictures, so that the sizes of the sets do not count.

    Parameters
    ----------
    symbols : helpers.data.hasy.Symbols

    Returns
    -------
    dict of str to float
        Means over three splits into 70, 15 and 15 %.
    """
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
    return _percent(measured)


def _linear_and_network(X, labels, train, test, seed) -> Iterator[tuple[str, np.ndarray]]:
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

"""How like the real sets are the embedded ones? The numbers of the two data cards.

``FIRST_LAYERS_DATA=... OMP_NUM_THREADS=1 python -m helpers.authoring.embedded.comparison`` prints
both tables; without the real data their last column is empty.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import numpy as np

SEEDS = range(3)
DRAWS = 5  # of the smallest training parts, each of which says little
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


def nearest_neighbour(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return distance and index of the training picture nearest to each test picture.

    Parameters
    ----------
    train, test : arrays of shape (n, pixels) and (m, pixels)

    Returns
    -------
    distances : array of shape (m,)
        Euclidean.
    nearest : int array of shape (m,)

    Examples
    --------
    >>> nearest_neighbour(np.array([[0.0], [5.0]]), np.array([[4.0]]))
    (array([1.]), array([1]))
    """
    nearest = np.empty(len(test), np.int64)
    squares = (train**2).sum(axis=1)
    for start in range(0, len(test), 500):  # a block of the table of distances at a time
        block = test[start : start + 500]
        nearest[start : start + 500] = (squares - 2 * block @ train.T).argmin(axis=1)
    # From the difference itself: the formula above loses the last digits of small distances.
    return np.sqrt(((test - train[nearest]) ** 2).sum(axis=1)), nearest


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


def fit_linear(X: np.ndarray, y: np.ndarray, C: float):
    """Return a logistic regression fitted to pixels from -0.5 to 0.5; small C holds it back."""
    from sklearn.linear_model import LogisticRegression

    return _fitted(LogisticRegression(C=C, max_iter=300), X, y)


def fit_network(X: np.ndarray, y: np.ndarray, seed: int):
    """Return a network of 128 hidden units fitted in 30 rounds."""
    from sklearn.neural_network import MLPClassifier

    return _fitted(MLPClassifier((128,), max_iter=30, random_state=seed), X, y)


def _fitted(model, X: np.ndarray, y: np.ndarray):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the number of steps is a choice here, not a failure
        return model.fit(X, y)


def split(labels: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return indices of 70 % and of another 15 % of the pictures, each class with its share."""
    from sklearn.model_selection import train_test_split

    every = np.arange(len(labels))
    train, rest = train_test_split(every, test_size=0.3, stratify=labels, random_state=seed)
    _, test = train_test_split(rest, test_size=0.5, stratify=labels[rest], random_state=seed)
    return train, test


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
    name : {"mnist", "notmnist"}

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
    for chosen in ("mnist", "notmnist"):
        print(f"\n{chosen}\n\n| | embedded | real |\n|---|---|---|")
        for cells in table(chosen):
            print("| " + " | ".join(cells) + " |")

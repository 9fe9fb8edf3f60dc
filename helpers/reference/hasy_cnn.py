"""The book's own answers. Derived from solutions/07_hasy_cnn.py by `make notebooks`; never edited."""

from PIL import Image
from helpers import data
import csv
import io
import numpy as np
import tarfile


def select_classes(X, ids, n):
    """Return the pictures of the n smallest ids, and their labels 0 to n - 1."""
    chosen = np.unique(ids)[:n]
    keep = np.isin(ids, chosen)
    labels = np.searchsorted(chosen, ids[keep])
    return X[keep], labels


def split(X, y, rng):
    """Return three pairs (X, y): for training, validation and test."""
    parts = [], [], []
    for label in np.unique(y):
        own = rng.permutation(np.flatnonzero(y == label))
        tenth = max(1, round(0.1 * len(own)))
        cuts = [len(own) - 2 * tenth, len(own) - tenth]
        for part, rows in zip(parts, np.split(own, cuts), strict=True):
            part.append(rows)
    mixed = [rng.permutation(np.concatenate(part)) for part in parts]
    return [(X[rows], y[rows]) for rows in mixed]


def majority_baseline(y_train, y_test):
    """Return the accuracy of always answering the most frequent training class."""
    answer = np.bincount(y_train).argmax()
    return float(np.mean(y_test == answer))


def prepare(X):
    """Return float32 pictures of shape (n, 32, 32, 1): ink 1, paper 0."""
    return (1 - X[..., None] / 255).astype("float32")


def recalibrate(model, X):
    """Return a new model: the same weights, batch normalisation's notes from X."""
    import keras
    twin = keras.models.clone_model(model)
    twin.set_weights(model.get_weights())
    for layer in twin.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = 0.0
    twin(X, training=True)
    return twin


def small_cnn():
    """Return an untrained Keras model: (32, 32, 1) in, 100 probabilities out."""
    import keras
    layers = keras.layers
    model = keras.Sequential([keras.Input((32, 32, 1))])
    options = {"padding": "same", "activation": "relu"}
    model.add(layers.Conv2D(16, 5, strides=2, **options))
    for filters in (32, 48):
        model.add(layers.Conv2D(filters, 3, **options))
        model.add(layers.MaxPooling2D())
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.2))
    model.add(layers.Dense(100, activation="softmax"))
    return model


def confusion(t, p, n):
    """Return an int array (n, n): rows are true classes, columns predicted ones."""
    table = np.zeros((n, n), dtype=int)
    np.add.at(table, (t, p), 1)
    return table


def read_symbols(archive):
    """Return X (n, 32, 32) uint8 and n symbol ids, in the order of the table."""
    pictures, X, ids = {}, [], []
    with tarfile.open(archive) as members:
        for member in members:
            if member.name.endswith(".png"):
                data = members.extractfile(member).read()
                image = Image.open(io.BytesIO(data)).convert("L")
                pictures[member.name] = np.asarray(image)
            elif member.name.endswith("hasy-data-labels.csv"):
                table = members.extractfile(member).read().decode()
    for row in csv.DictReader(io.StringIO(table, newline="")):
        X.append(pictures[row["path"]])
        ids.append(int(row["symbol_id"]))
    return np.stack(X), np.array(ids)


def macro_recall(t, p, n):
    """Return the mean over the classes in t of the share that p got right."""
    own = np.bincount(t, minlength=n)
    found = np.bincount(t[t == p], minlength=n)
    return float(np.mean(found[own > 0] / own[own > 0]))


def ece(conf, ok):
    """Return the expected calibration error, from 0 to 1."""
    total = 0.0
    for number in range(10):
        inside = (conf > number / 10) & (conf <= (number + 1) / 10)
        if inside.any():
            total += inside.mean() * abs(conf[inside].mean() - ok[inside].mean())
    return float(total)


def top_pairs(cm, k):
    """Return the k most confused pairs (a, b, count), a < b, largest count first."""
    both = cm + cm.T
    pairs = []
    for a in range(len(cm)):
        pairs += [(a, b, int(both[a, b])) for b in range(a + 1, len(cm))]
    pairs.sort(key=lambda pair: -pair[2])
    return pairs[:k]


def class_weights(y, n):
    """Return n weights: all pictures / (n * pictures of the class)."""
    return len(y) / (n * np.bincount(y, minlength=n))


def abstain(conf, ok, goal):
    """Return the lowest threshold that reaches the goal, or infinity."""
    for threshold in np.unique(conf):  # from the smallest on
        if ok[conf >= threshold].mean() >= goal:
            return float(threshold)
    return float("inf")

"""Train unit 07's small network on the real HASYv2, and keep its weights.

``python -m helpers.authoring.trained_symbols`` (or ``make trained-weights``) takes the unit's own
answers: the same classes, parts, preparation and network as in the notebook.
"""

from __future__ import annotations

import hashlib
import re
from importlib.metadata import version
from pathlib import Path

import numpy as np

from helpers import data, trained_symbols
from helpers.backend import prepare_keras

CLASSES, SEED, EPOCHS, BATCH = 100, 1, 6, 64
RATE = 0.003  # falls to 0 along half a wave of the cosine


def main() -> None:
    """Train, measure, write the weights, and put their digest where they are read."""
    prepare_keras()
    from helpers.reference import hasy_cnn as unit

    symbols = data.hasy("real")
    X, y = unit.select_classes(symbols.images, symbols.symbol_ids[symbols.labels], CLASSES)
    parts = unit.split(X, y, np.random.default_rng(SEED))
    (X_train, y_train), _, (X_test, y_test) = [(unit.prepare(X), y) for X, y in parts]
    model = train(unit.small_cnn, X_train, y_train)
    weights = [w.astype("float16").astype("float32") for w in model.get_weights()]
    model.set_weights(weights)
    probabilities = model.predict(X_test, batch_size=1000, verbose=0)
    record = measure(probabilities, y_test) | {
        "confusion": unit.confusion(y_test, probabilities.argmax(axis=1), CLASSES),
        "label_names": list(symbols.label_names[:CLASSES]),
        "train_counts": np.bincount(y_train, minlength=CLASSES),
        "credit": "Trained on HASYv2 by Martin Thoma, doi 10.5281/zenodo.259444, ODbL 1.0.",
        "made": {"seed": SEED, "epochs": EPOCHS, "batch_size": BATCH, "learning_rate": RATE}
        | {name: version(name) for name in ("keras", "tensorflow-cpu", "numpy")},
    }
    keep(trained_symbols.pack(weights, record))
    print(f"accuracy {record['accuracy']:.4f}, among the first three {record['top_3']:.4f}")


def train(build, X: np.ndarray, y: np.ndarray):
    """Return the model that `build` makes, trained on X and y."""
    import keras

    keras.utils.set_random_seed(SEED)
    model = build()
    steps = EPOCHS * -(-len(X) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(RATE, steps)
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    model.fit(X, y, batch_size=BATCH, epochs=EPOCHS, verbose=2)
    return model


def measure(probabilities: np.ndarray, y: np.ndarray) -> dict:
    """Return what is kept of the answers to the test part."""
    right, confidence = probabilities.argmax(axis=1) == y, probabilities.max(axis=1)
    top_3 = (np.argsort(probabilities, axis=1)[:, -3:] == y[:, None]).any(axis=1)
    bins = np.clip(np.ceil(10 * confidence).astype(int) - 1, 0, 9)
    sums = [np.bincount(bins, what, minlength=10) for what in (np.ones(len(y)), confidence, right)]
    return {
        "bins": np.stack(sums, axis=1),
        "accuracy": float(right.mean()),
        "top_3": float(top_3.mean()),
    }


def keep(packed: bytes) -> None:
    """Write the file of weights, and its digest into the module that reads it."""
    trained_symbols.PATH.write_bytes(packed)
    digest = hashlib.sha256(packed).hexdigest()
    source = Path(trained_symbols.__file__)
    text = re.sub(r'^DIGEST = ".*"$', f'DIGEST = "{digest}"', source.read_text("utf-8"), flags=re.M)
    source.write_text(text, "utf-8")
    print(f"{trained_symbols.PATH.name}: {len(packed):,} bytes, sha256 {digest}")


if __name__ == "__main__":
    main()

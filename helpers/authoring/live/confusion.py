"""The pictures behind a confusion matrix (unit 07).

The network is trained as on the unit's page: it learns from 2,000 symbols of the embedded set, and
answers for the validation part, which it has never seen.
"""

from __future__ import annotations

import base64
import io

import numpy as np

SEED, CLASSES = 0, 100  # as in the unit
LEARNED, BATCH, EPOCHS, RATE = 2000, 32, 3, 0.003  # with fast = True
MISSED = 4  # a class is shown if at least so many of its pictures were missed
ACROSS = 24  # pictures in a row of the sheet


def parts():
    """Return the names of the classes, and the unit's training and validation part."""
    from helpers import data as sets
    from helpers.reference import hasy_cnn as unit

    symbols = sets.hasy("embedded")
    ids = symbols.symbol_ids[symbols.labels]
    X, y = unit.select_classes(symbols.images, ids, CLASSES)
    train, valid, _ = unit.split(X, y, np.random.default_rng(SEED))
    return symbols.label_names[:CLASSES], train, valid


def answers(X_train: np.ndarray, y_train: np.ndarray, X_valid: np.ndarray) -> np.ndarray:
    """Return the probabilities, shape (n, 100), of the unit's network, trained as in the unit."""
    from helpers.backend import prepare_keras

    prepare_keras()
    import keras

    from helpers.convnets import probabilities
    from helpers.reference import hasy_cnn as unit

    keras.utils.set_random_seed(SEED)
    model = unit.small_cnn()
    rate = keras.optimizers.schedules.CosineDecay(RATE, EPOCHS * -(-LEARNED // BATCH))
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    X, y = unit.prepare(X_train[:LEARNED]), y_train[:LEARNED]
    model.fit(X, y, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    return probabilities(model, unit.prepare(X_valid))


def data() -> dict:
    """Return the pictures of the most confused classes with the network's answers."""
    from helpers.reference.hasy_cnn import confusion

    names, (X_train, y_train), (X, y) = parts()
    p = answers(X_train, y_train, X)
    said = p.argmax(axis=1)
    table = confusion(y, said, CLASSES)
    classes = np.flatnonzero(table.sum(axis=1) - np.diag(table) >= MISSED)
    shown = np.isin(y, classes)
    rows = np.flatnonzero(shown)
    return {
        "names": list(names),
        "signs": [sign(name) for name in names],
        "classes": classes.tolist(),
        "truth": y[rows].tolist(),
        "said": said[rows].tolist(),
        "sure": _percent(p[rows, said[rows]]),
        "true": _percent(p[rows, y[rows]]),
        "pictures": len(y),
        "right": int(np.trace(table)),
        "side": X.shape[1],
        "across": ACROSS,
        "sheet": base64.b64encode(sheet(X[shown])).decode(),
    }


def sign(name: str) -> str:
    r"""Return the character that a LaTeX name stands for.

    Examples
    --------
    >>> sign(r"\Sigma"), sign("A")
    ('Σ', 'A')
    """
    from xml.etree import ElementTree

    from latex2mathml.converter import convert

    return "".join(ElementTree.fromstring(convert(name)).itertext()).strip()


def sheet(images: np.ndarray) -> bytes:
    """Return one PNG with all pictures side by side: ink black, paper transparent."""
    from PIL import Image

    n, side, _ = images.shape
    down = -(-n // ACROSS)
    padded = np.full((down * ACROSS, side, side), 255, np.uint8)
    padded[:n] = images
    joined = padded.reshape(down, ACROSS, side, side).swapaxes(1, 2)
    picture = Image.fromarray(joined.reshape(down * side, ACROSS * side)).convert("1")
    buffer = io.BytesIO()
    picture.save(buffer, "png", optimize=True, transparency=1)
    return buffer.getvalue()


def unpack(packed: bytes, n: int) -> np.ndarray:
    """Return n pictures of a sheet, ink 0 and paper 255."""
    from PIL import Image

    joined = np.asarray(Image.open(io.BytesIO(packed)).convert("L"))
    side = joined.shape[1] // ACROSS
    cut = joined.reshape(-1, side, ACROSS, side).swapaxes(1, 2)
    return cut.reshape(-1, side, side)[:n]


def still(data: dict):
    """Draw the part of the confusion matrix, with a last column for all other answers."""
    import matplotlib.pyplot as plt

    from helpers.figures import use_book_style
    from helpers.reference.hasy_cnn import confusion

    use_book_style()
    classes = data["classes"]
    table = confusion(np.array(data["truth"]), np.array(data["said"]), CLASSES)[classes]
    block = table[:, classes]
    block = np.column_stack([block, table.sum(axis=1) - block.sum(axis=1)])
    fig, ax = plt.subplots(figsize=(6.6, 6.2))
    ax.imshow(np.sqrt(block), cmap="Blues", vmax=np.sqrt(block.max()) * 1.4)
    for (row, column), count in np.ndenumerate(block):
        if count:
            ax.text(column, row, count, ha="center", va="center", fontsize=8)
    labels = [f"${data['names'][label]}$" for label in classes]
    ax.set_xticks(range(len(classes) + 1), [*labels, "others"])
    ax.set_yticks(range(len(classes)), labels)
    ax.tick_params(length=0)
    ax.set(xlabel="said", ylabel="true", title="The classes with the most mistakes")
    ax.spines[:].set_visible(False)
    plt.close(fig)
    return fig


def _percent(shares: np.ndarray) -> list[int]:
    return np.round(100 * shares).astype(int).tolist()

"""A pad to draw on, and unit 07's trained network, which answers (unit 07).

The weights go to the page as they are kept, as float16; the pictures that a reader can choose
instead of drawing are drawn by a program, and the network has never seen one of that kind.
"""

from __future__ import annotations

import base64
import html
import re

import numpy as np

SIDE, SEED, EXAMPLES = 32, 1, 10
STILL = r"\delta"  # the example that a page without scripts shows


def data() -> dict:
    """Return weights, names and glyphs of the symbols, and pictures to read."""
    from helpers.trained_symbols import load_trained

    weights, record = load_trained()
    packed = np.concatenate([w.ravel() for w in weights]).astype("<f2")
    names = record["label_names"]
    return {
        "shapes": [list(w.shape) for w in weights],
        "weights": base64.b64encode(packed.tobytes()).decode(),
        "names": names,
        "glyphs": [glyph(name) for name in names],
        "examples": [
            [int(label), base64.b64encode(np.packbits(picture < 128)).decode()]
            for picture, label in zip(*examples(), strict=True)
        ],
    }


def glyph(latex: str) -> str:
    """Return the character that stands for a symbol.

    >>> glyph("A"), glyph(r"\\alpha"), glyph(r"\\rightarrow")
    ('A', 'α', '→')
    """
    from latex2mathml.converter import convert

    return html.unescape(re.sub("<[^>]*>", "", convert(latex)))


def examples() -> tuple[np.ndarray, np.ndarray]:
    """Return ten embedded pictures, uint8 (10, 32, 32), of ten symbols drawn by lot, and labels."""
    X, y = held_out()
    rng = np.random.default_rng(SEED)
    labels = np.sort(rng.choice(np.unique(y), EXAMPLES, replace=False))
    rows = [rng.choice(np.flatnonzero(y == label)) for label in labels]
    return X[rows], y[rows]


def held_out(source: str = "embedded") -> tuple[np.ndarray, np.ndarray]:
    """Return the test part, as the kept network's training split it: pictures and labels."""
    from helpers import data
    from helpers.authoring.trained_symbols import CLASSES
    from helpers.authoring.trained_symbols import SEED as SPLIT
    from helpers.reference import hasy_cnn as unit

    symbols = data.hasy(source)
    X, y = unit.select_classes(symbols.images, symbols.symbol_ids[symbols.labels], CLASSES)
    return unit.split(X, y, np.random.default_rng(SPLIT))[2]


def network():
    """Return unit 07's small network with the kept weights."""
    from helpers.backend import prepare_keras
    from helpers.trained_symbols import load_trained

    prepare_keras()
    from helpers.reference.hasy_cnn import small_cnn

    model = small_cnn()
    model.set_weights(load_trained()[0])
    return model


def still(data: dict):
    """Return a figure: a picture, the three likeliest symbols, 16 feature maps."""
    import keras
    import matplotlib.pyplot as plt

    from helpers.figures import BLUE

    packed = next(bits for label, bits in data["examples"] if data["names"][label] == STILL)
    bits = np.unpackbits(np.frombuffer(base64.b64decode(packed), np.uint8))
    picture = bits.reshape(1, SIDE, SIDE, 1).astype("float32")
    model = network()
    (probabilities,) = model.predict(picture, verbose=0)
    (maps,) = keras.Model(model.inputs, model.layers[0].output).predict(picture, verbose=0)
    first = np.argsort(-probabilities)[:3]

    fig = plt.figure(figsize=(7.6, 3.4), layout="constrained")
    left, middle, right = fig.subfigures(1, 3, width_ratios=(1, 1.1, 1.1))
    ax = left.subplots()
    ax.imshow(picture[0, :, :, 0], cmap="Greys", interpolation="nearest")
    ax.set_title("a new picture")
    framed(ax)
    ax = middle.subplots()
    bars = ax.barh(range(3), probabilities[first], color=BLUE)
    ax.bar_label(bars, [f"{100 * share:.1f} %" for share in probabilities[first]], padding=3)
    ax.set(title="three likeliest symbols", xlim=(0, 1.35), xticks=[])
    ax.set_yticks(range(3), [f"${data['names'][place]}$" for place in first], fontsize=14)
    ax.spines.bottom.set_visible(False)
    ax.invert_yaxis()
    right.suptitle("16 feature maps of the first layer", fontsize=11)
    for ax, values in zip(right.subplots(4, 4).flat, np.moveaxis(maps, -1, 0), strict=True):
        ax.imshow(values, cmap="Greys", vmin=0, vmax=maps.max(), interpolation="nearest")
        framed(ax)
    return fig


def framed(ax) -> None:
    """Give a picture a frame, and no ticks."""
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(visible=True, color="0.6", linewidth=0.8)

"""The book's own answers. Derived from solutions/06_notmnist_convnets.py by `make notebooks`; never edited."""

from helpers.figures import BLUE, ORANGE
import matplotlib.pyplot as plt
import numpy as np


def conv2d(x, k):
    """Return the sums of x times k, shape (h - kh + 1, w - kw + 1)."""
    (h, w), (kh, kw) = np.shape(x), np.shape(k)
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            window = np.asarray(x)[i : i + kh, j : j + kw]
            out[i, j] = (window * k).sum()
    return out


def maxpool(x):
    """Return the largest number of each 2 by 2 block, shape (h // 2, w // 2)."""
    h, w = np.shape(x)
    even = np.asarray(x)[: h // 2 * 2, : w // 2 * 2]
    blocks = even.reshape(h // 2, 2, w // 2, 2)
    return blocks.max(axis=(1, 3))


def conv_shape(layers, shape):
    """Return (shape that comes out, number of weights)."""
    params = 0
    for kind, *size in layers:
        if kind == "conv":
            filters, side, padding = size
            lost = side - 1 if padding == "valid" else 0
            params = params + (side * side * shape[-1] + 1) * filters
            shape = (shape[0] - lost, shape[1] - lost, filters)
        elif kind == "pool":
            shape = (shape[0] // size[0], shape[1] // size[0], shape[2])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        elif kind == "dense":
            params = params + (shape[0] + 1) * size[0]
            shape = (size[0],)
        elif kind == "batchnorm":
            params = params + 4 * shape[-1]
        elif kind == "globalmax":
            shape = (shape[-1],)
    return shape, params


def build_convnet(shape=(28, 28, 1)):
    """Return a Keras model: pictures of this shape in, ten probabilities out."""
    import keras
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input(shape),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )


def show_predictions(model, X, Y, rows):
    """Return a figure: pictures beside the probabilities of the ten letters."""
    import keras
    answers = keras.ops.convert_to_numpy(model(X[:rows]))
    size = (5, 1.2 * rows)
    fig, axes = plt.subplots(rows, 2, figsize=size, squeeze=False)
    fig.subplots_adjust(hspace=0.5)
    for i in range(rows):
        picture, bars = axes[i]
        picture.imshow(X[i, :, :, 0], cmap="gray_r")
        picture.set_axis_off()
        drawn = bars.bar(list("ABCDEFGHIJ"), answers[i], color=BLUE)
        drawn[Y[i]].set(color=ORANGE, hatch="//", edgecolor="black")
        bars.set(ylim=(0, 1), yticks=[0, 1])
    return fig


def design_kernel():
    """Return a kernel that finds level bars."""
    return np.array([[-1, -1, -1], [2, 2, 2], [-1, -1, -1]])


def make_any_size(model):
    """Return a model with the same weights for pictures of any size."""
    import keras
    inputs = keras.Input((None, None, 1))
    outputs = inputs
    for layer in model.layers:
        if not isinstance(layer, keras.layers.InputLayer):
            outputs = layer(outputs)
    return keras.Model(inputs, outputs)


def shift_accuracy(model, X, y, dx):
    """Return the accuracy, 0 to 1, on pictures moved by dx pixels to the right."""
    import keras
    moved = np.zeros_like(X)
    if dx < 0:
        moved[:, :, :dx] = X[:, :, -dx:]
    else:
        moved[:, :, dx:] = X[:, :, : X.shape[2] - dx]
    answers = keras.ops.convert_to_numpy(model(moved))
    return float(np.mean(answers.argmax(axis=1) == y))

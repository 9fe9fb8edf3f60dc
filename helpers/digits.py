"""Pictures of digits, and two ways to train on them written for speed so that they can be raced.

Matplotlib is imported when a figure is drawn, so that importing `helpers` stays light.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np


def draw_digits(images, titles: Sequence | None = None, columns: int = 10, hatched: bool = False):
    """Draw images of 8 by 8 pixels side by side, dark ink on white paper.

    Parameters
    ----------
    images : array_like, shape (n, 64) or (n, 8, 8)
        Paper is 0; the ink of each image is scaled to its darkest pixel.
    titles : sequence, optional
        What to write above each image.
    columns : int, optional
        Images in a row.
    hatched : bool, optional
        Draw a hatched frame around each image, to mark it without colour.

    Returns
    -------
    matplotlib Figure
    """
    import matplotlib.pyplot as plt

    images = np.reshape(images, (-1, 8, 8))
    titles = None if titles is None else [str(title) for title in titles]
    lines = max((title.count("\n") + 1 for title in titles or []), default=0)
    rows = -(-len(images) // columns)
    # One axis for all, in units of pixels of the digits: far quicker than an axis for each.
    pixel, line = (0.05, 3.0) if columns > 10 else (0.068, 2.3)  # inches; pixels
    across, down = (11.0 + 2 * hatched, 11.0 + 2.5 * hatched + line * lines)
    fig, ax = plt.subplots(figsize=(pixel * across * columns, pixel * down * rows + 0.4))
    for number, image in enumerate(images):
        left, top = across * (number % columns), down * (number // columns)
        if hatched:
            frame = plt.Rectangle((left - 1.5, top - 1.5), 11, 11, fill=False, hatch="//////")
            ax.add_patch(frame).set(edgecolor="#888888", linewidth=1, zorder=1)
            ax.add_patch(plt.Rectangle((left, top), 8, 8, color="white", zorder=2))
        box = (left, left + 8, top + 8, top)
        ax.imshow(image, cmap="gray_r", vmin=0, extent=box, interpolation="nearest", zorder=3)
        if titles:
            place = (left + 4, top - (2 if hatched else 0.8))
            ax.text(*place, titles[number], ha="center", va="bottom", fontsize=9)
    ax.set(xlim=(-2, across * columns - 2), ylim=(down * (rows - 1) + 10, -2 - line * lines))
    ax.set_axis_off()
    return fig


def draw_confusion(counts: np.ndarray, title: str):
    """Draw a confusion matrix with its numbers; the shade shows the share of the row.

    Parameters
    ----------
    counts : array of int, shape (k, k)
        Row: the true class; column: the predicted one.
    title : str
        Title of the figure.

    Returns
    -------
    matplotlib Figure
    """
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(5.2, 5.2), layout="constrained")
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    ax.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        if count:
            shade = "white" if share[row, column] > 0.715 else "black"
            bold = "bold" if row != column else "normal"
            ax.text(column, row, count, ha="center", va="center", color=shade, weight=bold)
    ticks = range(len(counts))
    ax.set(title=title, xlabel="predicted digit", ylabel="true digit", xticks=ticks, yticks=ticks)
    ax.spines[["top", "right"]].set_visible(True)
    return fig


def epoch_one_by_one(W: list, X: np.ndarray, Y: np.ndarray, order, rate: float) -> None:
    """Change `W` in place: one epoch of gradient steps, each for a single image.

    Sigmoid layers, summed squared error, constant biases in row 0. Written for speed: nothing is
    copied that need not be, so that a race against it is fair.

    Parameters
    ----------
    W : list of arrays of shape (1 + n, m)
        The weights.
    X, Y : arrays of shape (n, ...)
        Images and what the outputs should be.
    order : sequence of int
        In which order the images come.
    rate : float
        Learning rate for one image.
    """
    last = len(W) - 1
    inputs = [np.ones((1, len(w))) for w in W]  # each with its constant 1 in front
    values = [a[:, 1:] for a in inputs]
    columns = [a.T for a in inputs]
    back = [w[1:].T for w in W]
    for i in order:
        values[0][0] = X[i]
        for k in range(last):
            values[k + 1][...] = _sigmoid(inputs[k].dot(W[k]))
        out = _sigmoid(inputs[last].dot(W[last]))
        d = (2 * rate) * (out - Y[i]) * out * (1 - out)
        for k in range(last, 0, -1):
            a = values[k]
            before = d.dot(back[k]) * a * (1 - a)
            W[k] -= columns[k] * d
            d = before
        W[0] -= columns[0] * d


def epoch_in_batches(
    W: list, X: np.ndarray, Y: np.ndarray, order, rate: float, size: int, recipe: str = "squared"
) -> None:
    """Change `W` in place: one epoch of gradient steps, each for `size` images at once.

    Parameters
    ----------
    W, X, Y, order
        As for `epoch_one_by_one`.
    rate : float
        Learning rate for the mean over a batch.
    size : int
        Images in a batch.
    recipe : {"squared", "softmax"}
        Sigmoid layers with the summed squared error, or tanh layers with softmax and cross-entropy.
    """
    last = len(W) - 1
    X, Y = X[order], Y[order]
    rows = [np.ones((size, len(w))) for w in W]  # each with its constant 1 in front
    back = [w[1:].T for w in W]
    for start in range(0, len(X), size):
        x, y = X[start : start + size], Y[start : start + size]
        inputs = [row[: len(x)] for row in rows]
        values = [a[:, 1:] for a in inputs]
        values[0][...] = x
        for k in range(last):
            values[k + 1][...] = _squash(inputs[k].dot(W[k]), recipe)
        d = rate / len(x) * _output_delta(inputs[last].dot(W[last]), y, recipe)
        for k in range(last, 0, -1):
            a = values[k]
            before = d.dot(back[k]) * (a * (1 - a) if recipe == "squared" else 1 - a * a)
            W[k] -= inputs[k].T.dot(d)
            d = before
        W[0] -= inputs[0].T.dot(d)


def predicted(W: list, X: np.ndarray, recipe: str = "squared") -> np.ndarray:
    """Return the class with the largest output for each row of `X`."""
    a = X
    for w in W[:-1]:
        a = _squash(a.dot(w[1:]) + w[0], recipe)
    # The sigmoid and softmax both keep the order of the sums.
    return (a.dot(W[-1][1:]) + W[-1][0]).argmax(axis=1)


def time_to_reach(
    target: float,
    epoch: Callable[[list, np.ndarray], None],
    accuracy: Callable[[list], float],
    W: list,
    n: int,
    rng: np.random.Generator,
    most: int = 100,
) -> tuple[float, int]:
    """Train until an accuracy is reached; time the training alone.

    Parameters
    ----------
    target : float
        The accuracy to reach.
    epoch : callable
        ``epoch(W, order)`` changes `W` in place. Only this is timed.
    accuracy : callable
        ``accuracy(W)``, asked after every epoch.
    W : list of arrays
        The start; it is not changed.
    n : int
        Number of training images.
    rng : numpy.random.Generator
        Shuffles them anew in every epoch.
    most : int, optional
        Give up after this many epochs.

    Returns
    -------
    seconds : float
        Time spent in `epoch`; infinite when the target was not reached.
    epochs : int
        How many it took.
    """
    W = [w.copy() for w in W]
    spent = 0.0
    for number in range(1, most + 1):
        order = rng.permutation(n)
        started = time.perf_counter()
        epoch(W, order)
        spent += time.perf_counter() - started
        if accuracy(W) >= target:
            return spent, number
    return float("inf"), most


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def _squash(z: np.ndarray, recipe: str) -> np.ndarray:
    return _sigmoid(z) if recipe == "squared" else np.tanh(z)


def _output_delta(z: np.ndarray, y: np.ndarray, recipe: str) -> np.ndarray:
    """Return how the loss changes with the sums that enter the outputs."""
    if recipe == "squared":
        out = _sigmoid(z)
        return 2 * (out - y) * out * (1 - out)
    power = np.exp(z - z.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True) - y

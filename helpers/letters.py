"""Pictures of letters and symbols: many small images in one figure.

Matplotlib is imported when a figure is drawn, so that importing `helpers` stays light.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_GAP = 3  # pixels of the images between two of them
_LINE = 7  # pixels that a line of text takes
_INCHES = 0.028  # for each pixel


def draw_letters(
    images: np.ndarray,
    titles: Sequence | None = None,
    columns: int = 10,
    rows: Sequence[str] = (),
    title: str = "",
):
    """Draw images of equal size side by side, with dark ink on white paper.

    Parameters
    ----------
    images : array_like, shape (n, height, width)
        0 is paper, 255 the darkest ink.
    titles : sequence, optional
        What to write above each image; a title may have several lines.
    columns : int, optional
        Images in a row.
    rows : sequence of str, optional
        What to write to the left of each row.
    title : str, optional
        Title of the figure.

    Returns
    -------
    matplotlib Figure
    """
    import matplotlib.pyplot as plt

    images = np.asarray(images)
    titles = None if titles is None else [str(text) for text in titles]
    lines = max((text.count("\n") + 1 for text in titles or []), default=0)
    height, width = images.shape[1:]
    across, down = width + _GAP, height + _GAP + _LINE * lines
    count = -(-len(images) // columns)
    margin = _LINE * max((len(text) for text in rows), default=0) * 0.7
    size = _INCHES * (across * columns + margin), _INCHES * (down * count + 3 * _LINE * bool(title))
    fig, ax = plt.subplots(figsize=size)
    for number, image in enumerate(images):
        left, top = across * (number % columns), down * (number // columns)
        box = (left, left + width, top + height, top)
        ax.imshow(image, cmap="gray_r", vmin=0, vmax=255, extent=box, interpolation="nearest")
        if titles:
            place = (left + width / 2, top - 0.5)
            ax.text(*place, titles[number], ha="center", va="bottom", fontsize=9, linespacing=1.2)
    for number, text in enumerate(rows):
        ax.text(-_GAP, down * number + height / 2, text, ha="right", va="center", fontsize=10)
    ax.set(
        xlim=(-margin - _GAP, across * columns),
        ylim=(down * count - _LINE * lines, -_LINE * lines - 1),
    )
    ax.set_title(title)
    ax.set_axis_off()
    return fig

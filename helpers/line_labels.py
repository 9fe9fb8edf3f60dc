"""Names at the ends of lines instead of a legend, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

_LINE_HEIGHT = 1.3  # distance of two labels, in sizes of their letters


class LineEnd(NamedTuple):
    """The end of a line, and what to write there."""

    label: str
    colour: str
    x: float
    y: float


def label_ends(ax, ends: Sequence[LineEnd]) -> None:
    """Write the names of lines to the right of a panel, each as near to its line as there is room.

    A dotted line leads from the end of a line to its name. An end that lies above or below the
    panel is taken to lie on its edge.

    Parameters
    ----------
    ax : matplotlib Axes
        The panel. Its height and limits have to be final; with a layout that is computed when
        the figure is drawn, call ``figure.draw_without_rendering()`` before.
    ends : sequence of LineEnd
        Where the lines end, in the panel's data.
    """
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties

    low, high = ax.get_ylim()
    shown = np.clip([end.y for end in ends], low, high)
    size = FontProperties(size=mpl.rcParams["legend.fontsize"]).get_size_in_points()
    height = ax.get_window_extent().height / ax.figure.dpi * 72
    places = spread((shown - low) / (high - low), _LINE_HEIGHT * size / height)
    for end, y, place in zip(ends, shown, places, strict=True):
        ax.annotate(
            end.label,
            xy=(end.x, y),
            xytext=(1.06, place),
            textcoords="axes fraction",
            va="center",
            fontsize=size,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "linestyle": ":",
                "color": end.colour,
                "linewidth": 1,
                "shrinkA": 1,
                "shrinkB": 3,
                "relpos": (0, 0.5),
            },
        )


def spread(places: Sequence[float], gap: float) -> np.ndarray:
    """Move places on a line from 0 to 1 apart, as little as that takes.

    Of all places in the same order that are `gap` apart, those with the least sum of squared
    moves: after `gap` is taken off for every place below, this is a regression that must not
    fall, for which there is a formula of largest and smallest means (Robertson, Wright and
    Dykstra, "Order Restricted Statistical Inference", 1988).

    Parameters
    ----------
    places : sequence of n numbers
        Where they would stand, in any order.
    gap : float
        Least distance. Where n of them do not fit, they stand closer, evenly.

    Returns
    -------
    array of n floats
        Where they stand, in the order of `places`.

    Examples
    --------
    >>> spread([0.5, 0.5, 0.1], 0.25).round(3).tolist()
    [0.375, 0.625, 0.1]
    """
    n = len(places)
    gap = min(gap, 1 / max(n - 1, 1))
    order = np.argsort(places, kind="stable")
    steps = gap * np.arange(n)
    wished = np.asarray(places, dtype=float)[order] - steps
    rising = [
        max(min(wished[j : k + 1].mean() for k in range(i, n)) for j in range(i + 1))
        for i in range(n)
    ]
    out = np.empty(n)
    out[order] = np.clip(rising, 0, 1 - gap * (n - 1)) + steps
    return out

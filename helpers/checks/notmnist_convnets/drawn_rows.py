"""What a figure shows: pictures, the bars beside them, and which of the bars stands out."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import NamedTuple

import numpy as np

_DOTS = 60  # per inch: enough to see a mark


class Bar(NamedTuple):
    """One bar: from where to where it is wide, how long it is, and how it looks."""

    first: float
    last: float
    base: float
    length: float
    opaque: bool
    style: tuple


class Sheet:
    """A figure, read.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Any, whatever made it.

    Attributes
    ----------
    pictures, bars : list of matplotlib.axes.Axes
        The panels with pictures and those with bars, from top to bottom.
    """

    def __init__(self, figure):
        panels = sorted(figure.axes, key=lambda ax: (-height_of(ax), ax.bbox.x0))
        self.pictures = [ax for ax in panels if ax.images]
        self.bars = [ax for ax in panels if bars_of(ax)]
        self._figure = figure

    @cached_property
    def dots(self) -> np.ndarray:
        """The figure as it is drawn, with few dots per inch."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        self._figure.set_dpi(_DOTS)
        canvas = FigureCanvasAgg(self._figure)
        canvas.draw()
        return np.array(canvas.buffer_rgba())

    @cached_property
    def texts(self) -> Counter:
        """The texts of the figure, those at its ticks among them, and how often each is there."""
        from matplotlib.text import Text

        _ = self.dots  # ticks get their texts when they are drawn
        found = self._figure.findobj(Text)
        return Counter(text.get_text() for text in found if text.get_visible())


def height_of(ax) -> float:
    """Return how high in the figure the middle of a panel is."""
    return round(float(ax.bbox.y0 + ax.bbox.y1) / 2)


def values_of(image) -> np.ndarray:
    """Return what an image shows as a matrix; of equal colour channels one is taken."""
    values = np.ma.filled(np.ma.asarray(image.get_array(), dtype=float), np.nan)
    if values.ndim == 3 and (values == values[..., :1]).all():
        values = values[..., 0]
    return values


def upside_down(ax) -> bool:
    """Tell whether the first row of a panel's picture is drawn at the bottom."""
    image = ax.images[0]
    _, _, bottom, top = image.get_extent()
    first = top if image.origin == "upper" else bottom
    low, high = ax.get_ylim()
    return abs(first - low) < abs(first - high)


def bars_of(ax) -> list[Bar]:
    """Return the bars of a panel in the order in which they are drawn."""
    found = []
    for container in ax.containers:
        lying = getattr(container, "orientation", None) == "horizontal"
        for patch in getattr(container, "patches", []):
            x, y, width, height = *patch.get_xy(), patch.get_width(), patch.get_height()
            first, base, wide, length = (y, x, height, width) if lying else (x, y, width, height)
            if not patch.get_visible():
                continue
            opaque = patch.get_fill() and patch.get_facecolor()[3] >= 1
            bar = Bar(first, first + wide, base, length, opaque, _style(patch))
            found.append((patch.get_zorder(), bar))
    return [bar for _, bar in sorted(found, key=lambda one: one[0])]


def _style(patch) -> tuple:
    edge = (patch.get_edgecolor(), patch.get_linewidth(), patch.get_linestyle())
    return (patch.get_facecolor(), patch.get_hatch(), edge)


def in_order(bars: list[Bar]) -> list[Bar]:
    """Return bars from left to right, or from bottom to top if they lie."""
    return sorted(bars, key=lambda bar: bar.first + bar.last)


def find_bars(bars: list[Bar], lengths: np.ndarray) -> list[Bar] | None:
    """Return bars of these lengths, in this order or in the opposite one; None if there are none.

    There may be others between them. Percent are taken as well.
    """
    for ordered in (in_order(bars), in_order(bars)[::-1]):
        for scale in (1, 100):
            rest, found = iter(ordered), []
            for length in lengths:
                bar = next((b for b in rest if abs(b.length / scale - length) < 1e-5), None)
                if bar is None:
                    break
                found.append(bar)
            else:
                return found
    return None


def hidden_bar(bars: list[Bar]) -> bool:
    """Tell whether a bar is drawn over one of another length that is no wider."""
    for number, behind in enumerate(bars):
        for front in bars[number + 1 :]:
            covers = front.first <= behind.first + 1e-9 and front.last >= behind.last - 1e-9
            seen = min(abs(front.length), abs(behind.length)) > 1e-9 and front.base == behind.base
            if covers and seen and front.opaque and abs(front.length - behind.length) > 1e-6:
                return True
    return False


def standing_out(bars: list[Bar]) -> set[int]:
    """Return the places of the bars that do not look like most of them."""
    usual, _ = Counter(bar.style for bar in bars).most_common(1)[0]
    return {place for place, bar in enumerate(bars) if bar.style != usual}

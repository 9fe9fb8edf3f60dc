"""Boxes, ellipses and lines of a computation graph, on a white figure measured in inches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from helpers.figures import BLUE, ORANGE
from helpers.graph_layout import Extent

INK, QUIET, TINT, PALE = "#1A1A1A", "#6A6A6A", "#FBE6D9", "#EFF5FA"
LINE = 0.185  # height of a line of text, inches
MARGIN = 0.08
KEY_GAP, KEY_HEIGHT = 0.12, 0.52
THIN, WIDE = 1.4, 9.0  # widths of lines, points
WORDS = {"family": "DejaVu Sans", "size": 10.5}
NAMES = {**WORDS, "weight": "bold"}
NUMBERS = {"family": "DejaVu Sans Mono", "size": 10.5}
TAGS = ("slope", "part")


@cache
def text_width(text: str, **font) -> float:
    """Return the width of a line of text in inches; mathematics may stand between dollars."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    if not text.strip():
        return 0.0
    return TextPath((0, 0), text, prop=FontProperties(**font)).get_extents().width / 72


@dataclass(eq=False)
class Shape:
    """What a node, or the tag with its slope, looks like.

    Attributes
    ----------
    kind : str
        "placeholder", "variable", "operation"; "slope" or "part" (of a slope) for a tag.
    text : list of str
        A heading and lines of numbers; numbers alone in a "part".
    width : float
        In inches; enough for the text if it is not given.
    in_key : bool
        Whether it explains its kind, in smaller letters.
    """

    kind: str
    text: list[str]
    width: float = 0.0
    in_key: bool = False

    def __post_init__(self):
        least = 0.3 if self.kind in TAGS else 0.7
        self.width = self.width or max(least, self._text_width() + 2 * self._margin)

    @property
    def _margin(self) -> float:
        return {"operation": 0.11, "slope": 0.08, "part": 0.06}.get(self.kind, 0.14)

    @property
    def height(self) -> float:
        """In inches; an ellipse needs more room for the same text."""
        factor = 1.22 if self.kind == "operation" else 1.0
        return factor * len(self.text) * LINE + self._margin

    def _text_width(self) -> float:
        """Return how wide the shape has to be, without a margin, to hold every line."""
        widths = np.array([text_width(line, **font) for line, font in self.lines])
        if self.kind == "operation":
            above = np.abs(np.arange(len(widths)) - (len(widths) - 1) / 2) * LINE + 0.06
            widths = widths / np.sqrt(1 - (2 * above / self.height) ** 2)
        return float(widths.max())

    @property
    def lines(self) -> list[tuple[str, dict]]:
        """The lines of text, each with its font."""
        heading = {"part": NUMBERS, "slope": WORDS}.get(self.kind, NAMES)
        heading = {**WORDS, "size": 9.5} if self.in_key else heading
        return list(zip(self.text, [heading, *[NUMBERS] * len(self.text)], strict=False))

    def rim(self, aside: float) -> float:
        """Return how far the rim is above the centre, at a distance to the side of it."""
        if self.kind != "operation":
            return self.height / 2
        return self.height / 2 * float(np.sqrt(1 - (2 * aside / self.width) ** 2))

    def patch(self, at: tuple[float, float], heavy: bool):
        """Return the matplotlib patch around `at`."""
        from matplotlib.patches import Ellipse, FancyBboxPatch, Rectangle

        corner = (at[0] - self.width / 2, at[1] - self.height / 2)
        style = {
            "facecolor": {"operation": PALE, "slope": TINT, "part": TINT}.get(self.kind, "white"),
            "edgecolor": ORANGE if self.kind in TAGS else BLUE if heavy else INK,
            "linewidth": 3.2 if heavy else 1.3,
            "zorder": 4,
        }
        if self.kind == "operation":
            return Ellipse(at, self.width, self.height, **style)
        if self.kind == "placeholder":
            style |= {"boxstyle": "round,pad=0,rounding_size=0.14", "linestyle": (0, (4, 2))}
            return FancyBboxPatch(corner, self.width, self.height, **style)
        return Rectangle(corner, self.width, self.height, **style)


class Canvas:
    """A white figure on which lengths are inches and y grows downwards.

    Parameters
    ----------
    box : Extent
        The room of the graph around (0, 0).
    title : str, optional
        A line of text above it.
    key : sequence of Shape, optional
        Shapes that explain themselves, below it.
    """

    def __init__(self, box: Extent, title: str = "", key: Sequence[Shape] = ()):
        import matplotlib.pyplot as plt
        from matplotlib.patches import Rectangle

        graph = box.left + box.right
        key_width = sum(shape.width + KEY_GAP for shape in key) - KEY_GAP
        inner = max(graph, text_width(title, **NAMES), key_width)
        side = (inner - graph) / 2 + MARGIN
        left, right = -box.left - side, box.right + side
        top = -box.up - MARGIN - (LINE + 0.12 if title else 0)
        bottom = box.down + MARGIN + (KEY_HEIGHT if key else 0)
        self.figure = plt.figure(figsize=(right - left, bottom - top), facecolor="white")
        self.ax = self.figure.add_axes((0, 0, 1, 1), xlim=(left, right), ylim=(bottom, top))
        self.ax.set_axis_off()
        # What is saved with tight bounds is what is drawn: this rectangle keeps the size the same
        # in pictures to step through.
        corner, size = (left, top), (right - left, bottom - top)
        self.ax.add_patch(Rectangle(corner, *size, facecolor="white", linewidth=0, zorder=0))
        if title:
            self._write(title, (left + MARGIN, top + MARGIN + LINE / 2), NAMES, ha="left")
        x = (left + right - key_width) / 2
        for shape in key:
            self.draw_shape(shape, (x + shape.width / 2, bottom - MARGIN - shape.height / 2))
            x += shape.width + KEY_GAP

    def draw_shape(self, shape: Shape, at: tuple[float, float], heavy: bool = False) -> None:
        """Draw a shape and its text around `at`, with a heavy outline if asked."""
        self.ax.add_patch(shape.patch(at, heavy))
        y = at[1] - LINE * (len(shape.text) - 1) / 2
        for i, (line, font) in enumerate(shape.lines):
            self._write(line, (at[0], y + i * LINE), font)

    def _write(self, text: str, at: tuple[float, float], font: dict, ha: str = "center") -> None:
        place = {"ha": ha, "va": "center_baseline", "zorder": 6}
        self.ax.text(*at, text, color=INK, **place, **font)

    def draw_line(
        self,
        points: Sequence[tuple[float, float]],
        back: bool = False,
        share: float | None = None,
        heavy: bool = False,
    ) -> None:
        """Draw an arrow that leaves and arrives vertically.

        Parameters
        ----------
        points : sequence of (x, y)
            An even number of them: from the first to the second it is straight, from there to the
            third it may bend, and so on.
        back : bool, optional
            Whether it leads a slope from the last point to the first, not a value forward.
        share : float or None, optional
            Of a slope, its size, from 0 (dotted) to 1 (widest).
        heavy : bool, optional
            Whether to make it stand out.
        """
        from matplotlib.patches import PathPatch, Polygon
        from matplotlib.path import Path

        colour = ORANGE if back else BLUE if heavy else QUIET
        width = max(3.2 if heavy else THIN, WIDE * (share or 0) if back else 0)
        dots = (0, (1, 1.2)) if back and share == 0 else "-"
        points = points[::-1] if back else points
        head, half = 0.07 + width / 72, 0.035 + 0.75 * width / 72
        x, y = points[-1]
        step = head * np.sign(y - points[0][1])
        end = y - 0.8 * step  # inside the head
        path = [(a, min(b, end) if step > 0 else max(b, end)) for a, b in points]
        vertices, codes = [path[0]], [Path.MOVETO]
        for i, ((a, b), (c, d)) in enumerate(pairwise(path)):
            middle = (b + d) / 2
            vertices += [(a, middle), (c, middle), (c, d)] if i % 2 else [(c, d)]
            codes += [Path.CURVE4] * 3 if i % 2 else [Path.LINETO]
        style = {"edgecolor": colour, "linewidth": width, "linestyle": dots, "zorder": 2}
        self.ax.add_patch(PathPatch(Path(vertices, codes), fill=False, capstyle="butt", **style))
        tip = [(x, y), (x - half, y - step), (x + half, y - step)]
        self.ax.add_patch(Polygon(tip, facecolor=colour, linewidth=0, zorder=3))

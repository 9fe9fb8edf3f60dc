"""Computation graphs as pictures: values on the way down, slopes on the way back up.

Narrow and tall, so that the numbers can be read on a phone as well as on a desk. Matplotlib alone
draws them; it is imported when a graph is drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.graph_canvas import Canvas, Shape
from helpers.graph_layout import Extent, Layout, lay_out, spread_out
from helpers.keras_graph import graph_of

__all__ = ["draw_graph", "graph_of", "number_text"]

# Gaps beside and below nodes, to tags, and between lines at a node, in inches.
BESIDE, BELOW, TAG, PORT = 0.2, 0.38, 0.06, 0.38
REACH = 0.4  # how far from its centre a node has lines, in its widths


def draw_graph(
    inputs: Mapping[str, Sequence[str]],
    *,
    variables: Collection[str] = (),
    labels: Mapping[str, str] | None = None,
    values: Mapping | None = None,
    slopes: Mapping | None = None,
    passed: Mapping | None = None,
    later: Collection = (),
    highlight: Collection = (),
    key: bool = True,
    title: str = "",
):
    """Draw a computation graph from its inputs down to its result.

    A placeholder is a rounded box with a dashed outline, a variable a square box, an operation an
    ellipse. Where a slope has arrived, the arrow from the user of the node points back up, the
    wider the larger the slope (dotted where it is 0), and its number stands in a tag at the node.
    The size of a slope that is an array is that of its largest entry.

    Parameters
    ----------
    inputs : mapping
        The names of the inputs of every node, an empty sequence for a placeholder or a variable.
        Names that are no key of their own count as placeholders or variables too.
    variables : collection of str, optional
        Which of the nodes without inputs are variables.
    labels : mapping, optional
        What to write in a node instead of its name.
    values : mapping, optional
        What to write below the name: a number, a row, a small matrix (for larger arrays their
        shape), or any text, in which line breaks separate lines.
    slopes : mapping, optional
        The slope of the result with respect to a node, for some nodes: a number or an array.
    passed : mapping, optional
        The part of a slope that comes back along one line, {(input, user): number or array}, for
        nodes with several users: it is written on the line. If a user takes the same input twice,
        a tuple with a part for each of its lines.
    later : collection, optional
        Nodes, and pairs (input, user), whose slope is not drawn yet; a line of `passed` waits for
        its own pair, any other one for its input as well. Pictures that differ in nothing but
        this and `highlight` have one size and one scale of widths.
    highlight : collection, optional
        Nodes, and pairs (input, user), to draw with a heavy line.
    key : bool, optional
        Whether to explain the shapes below the graph.
    title : str, optional
        A line of text above the graph.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError
        When a node needs itself, or when other arguments name what is not in the graph.

    Examples
    --------
    >>> figure = draw_graph({"z": ["x", "y"]}, values={"x": 1, "y": 2, "z": 3}, key=False)
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_text()]
    ['z', '3', 'x', '1', 'y', '2']
    """
    nodes = {name: list(sources) for name, sources in inputs.items()}
    for source in [source for sources in inputs.values() for source in sources]:
        nodes.setdefault(source, [])
    labels, values, slopes, passed = (given or {} for given in (labels, values, slopes, passed))
    ends = {(source, user) for user in nodes for source in nodes[user]}
    _refuse_unknown("node", nodes, [*variables, *labels, *values, *slopes])
    _refuse_unknown("line", ends, passed)
    _refuse_unknown("node or line", {*nodes, *ends}, [*later, *highlight])

    shapes = _shapes(nodes, variables, labels, values)
    tags = {name: Shape("slope", ["slope", *_written(slope)]) for name, slope in slopes.items()}
    lines = _lines(nodes, slopes, passed)
    layout = _layout(nodes, shapes, tags, lines)
    used = {shape.kind for shape in shapes.values()} if key else set()
    kinds = [kind for kind in ("placeholder", "variable", "operation") if kind in used]
    canvas = Canvas(layout.box, title, [Shape(kind, [kind], in_key=True) for kind in kinds])
    for line, points in _routes(lines, layout, shapes).items():
        awaited = {line.ends} if line.tag else {line.ends, line.source}
        back = line.is_back and awaited.isdisjoint(later)
        canvas.draw_line(points, back, line.share, line.ends in highlight)
        if back and line.tag:
            canvas.draw_shape(line.tag, _middle(line, points, layout, shapes))
    for name, shape in shapes.items():
        x, y = layout.places[name]
        canvas.draw_shape(shape, (x, y), name in highlight)
        if name in tags and name not in later:
            aside, above = _tag_place(shape, tags[name])
            canvas.draw_shape(tags[name], (x + aside, y - above))
    return canvas.figure


def number_text(value) -> str:
    """Return a number, a row or a small matrix as text, one row a line.

    Examples
    --------
    >>> print(number_text([[0.25, -1], [1, 0.5]]))
    0.25  −1.00
    1.00   0.50
    >>> number_text(7.0), number_text(0.00123), number_text(np.zeros((100, 4)))
    ('7', '0.0012', 'shape 100×4')
    """
    if isinstance(value, str):
        return value
    array = np.asarray(value, dtype=float)
    if array.ndim > 2 or max(array.shape, default=1) > 4:
        return "shape " + "×".join(map(str, array.shape))
    largest = np.abs(array[np.isfinite(array)]).max(initial=0)
    if 0 < largest < 1e-4:
        form = ".0e"
    else:
        decimals = int(np.clip(1 - np.floor(np.log10(largest or 1)), 2, 6))
        while decimals and np.allclose(array, array.round(decimals - 1), 1e-6, 0, equal_nan=True):
            decimals -= 1
        # Adding 0 turns -0 into 0.
        array, form = array.round(decimals) + 0.0, f".{decimals}f"
    cells = [[f"{cell:{form}}".replace("-", "−") for cell in row] for row in np.atleast_2d(array)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in cells
    )


def _refuse_unknown(what: str, known: Collection, names: Collection) -> None:
    for name in names:
        if name not in known:
            raise ValueError(
                f"{name!r} is no {what} of this graph. There are: {sorted(known, key=str)}."
            )


def _written(value) -> list[str]:
    """Return the lines of a value's text."""
    return number_text(value).splitlines()


def _size(slope) -> float:
    """Return the largest absolute entry of a slope."""
    return float(np.abs(np.asarray(slope, dtype=float)).max(initial=0))


def _shapes(nodes, variables, labels, values) -> dict[str, Shape]:
    """Return the shapes of the nodes; those of a kind are equally wide."""
    shapes = {}
    for name, sources in nodes.items():
        kind = "operation" if sources else "variable" if name in variables else "placeholder"
        shapes[name] = Shape(kind, [labels.get(name, name), *_written(values.get(name, ""))])
    for is_leaf in (True, False):
        alike = [s for s in shapes.values() if (s.kind != "operation") == is_leaf]
        for shape in alike:
            shape.width = max(s.width for s in alike)
    for name, shape in shapes.items():
        users = sum(sources.count(name) for sources in nodes.values())
        crowd = max(users, len(nodes[name])) - 1
        shape.width = max(shape.width, crowd * PORT / (2 * REACH))
    return shapes


@dataclass(frozen=True, eq=False)
class _Line:
    """One of the lines from a node to a user of it, and the slope that comes back along it."""

    source: str
    user: str
    which: int  # of the user's inputs
    is_back: bool = False
    share: float | None = None  # of the largest slope; None if the part is not known
    tag: Shape | None = None

    @property
    def ends(self) -> tuple[str, str]:
        return self.source, self.user

    @property
    def name(self) -> tuple[str, str, int]:
        return self.source, self.user, self.which


def _lines(nodes, slopes, passed) -> list[_Line]:
    """Return the lines of the graph with the slopes that come back along them."""
    ends = [(source, user) for user in nodes for source in nodes[user]]
    parts = {}
    for user, sources in nodes.items():
        for i, source in enumerate(sources):
            part = passed.get((source, user))
            if part is not None and sources.count(source) > 1:
                part = part[sources[:i].count(source)]
            # The slope of a node with one user has come along its only line.
            elif part is None and sum(source == one for one, _ in ends) == 1:
                part = slopes.get(source)
            parts[source, user, i] = part
    sizes = [_size(slope) for slope in [*slopes.values(), *parts.values()] if slope is not None]
    largest = max(sizes, default=0.0) or 1.0
    return [
        _Line(
            *name,
            is_back=part is not None or name[0] in slopes,
            share=None if part is None else _size(part) / largest,
            tag=Shape("part", _written(part)) if name[:2] in passed else None,
        )
        for name, part in parts.items()
    ]


def _tag_place(shape: Shape, tag: Shape) -> tuple[float, float]:
    """Return how far aside and above a node's centre its tag has its own: no line passes there."""
    if shape.kind == "operation":
        return -(shape.width + tag.width) / 2 - TAG, 0.0
    return 0.0, (shape.height + tag.height) / 2 + TAG


def _layout(nodes, shapes, tags, lines) -> Layout:
    """Place the nodes, with room for their tags and for those of lines."""
    extents = {}
    for name, shape in shapes.items():
        w, h = shape.width / 2, shape.height / 2
        extents[name] = Extent(w, w, h, h)
        if name in tags:
            tag = tags[name]
            aside, above = _tag_place(shape, tag)
            left, right = tag.width / 2 - aside, tag.width / 2 + aside
            up = above + tag.height / 2
            extents[name] = Extent(max(w, left), max(w, right), max(h, up), max(h, up - 2 * above))
    extents |= {x.name: Extent(x.tag.width / 2, x.tag.width / 2, 0, 0) for x in lines if x.tag}
    room = max((line.tag.height + 0.12 for line in lines if line.tag), default=0.0)
    return lay_out(nodes, extents, (BESIDE, BELOW + room))


def _routes(lines, layout, shapes) -> dict[_Line, list[tuple[float, float]]]:
    """Return where each line starts, bends and ends, with places of their own on the rims."""
    bends = {line: [(x, y) for x, *ys in layout.bends[line.name] for y in ys] for line in lines}
    stops = {
        line: [layout.places[line.source], *bends[line], layout.places[line.user]] for line in lines
    }
    ports = {}
    for name, shape in shapes.items():
        x, y = layout.places[name]
        for end, beyond, side in ((0, 1, 1), (1, -2, -1)):
            towards = {line: stops[line][beyond] for line in lines if line.ends[end] == name}
            alike = sorted(towards, key=towards.get)
            asides = _ports(shape, [towards[line][0] - x for line in alike])
            for line, aside in zip(alike, asides, strict=True):
                ports[line, side] = (x + aside, y + side * shape.rim(aside))
    routes = {}
    for line in lines:
        start, end = ports[line, 1], ports[line, -1]
        # Straight down until the whole row is passed, so that no line meets a taller neighbour.
        leave, arrive = layout.rows[line.source][1], layout.rows[line.user][0]
        routes[line] = [start, (start[0], leave), *bends[line], (end[0], arrive), end]
    return routes


def _middle(line, points, layout, shapes) -> tuple[float, float]:
    """Return where the tag of a line goes: level with those of other lines beside it."""
    if len(points) > 4:
        (a, b), (c, d) = points[2:4]
        return (a + c) / 2, (b + d) / 2
    upper = layout.places[line.source][1] + shapes[line.source].height / 2
    lower = layout.places[line.user][1] - shapes[line.user].height / 2
    return (points[0][0] + points[-1][0]) / 2, (upper + lower) / 2


def _ports(shape: Shape, wanted: Sequence[float]) -> np.ndarray:
    """Return how far aside of the centre lines leave that lead `wanted` aside, in order."""
    if len(wanted) < 2:
        return np.zeros(len(wanted))
    reach = REACH * shape.width
    steps = np.full(len(wanted) - 1, min(PORT, 2 * reach / (len(wanted) - 1)))
    lowest = np.cumsum([-reach, *steps])
    inside = np.clip(wanted, lowest, lowest - lowest[-1] + reach)
    return spread_out(inside, np.ones(len(wanted)), steps)

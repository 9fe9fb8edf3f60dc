"""Are computation graphs drawn so that everything in them can be read?"""

from __future__ import annotations

import io
from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.colors import to_rgb
from matplotlib.patches import Ellipse, FancyBboxPatch, PathPatch, Polygon, Rectangle

from helpers import graph_canvas
from helpers.graph_drawing import draw_graph, graph_of, number_text
from helpers.graph_layout import Extent, lay_out, ranks

LAYER = {
    "inputs": {"p": ["x", "W"], "s": ["p", "b"], "h": ["s"], "total": ["h"]},
    "variables": ["W", "b"],
    "values": {
        "x": [[1, 2]],
        "W": [[0.5, -1], [0, 1]],
        "b": [[-0.5, 0]],
        "p": [[0.5, 1]],
        "s": [[0, 1]],
        "h": [[0.5, 0.73]],
        "total": 1.23,
    },
    "slopes": {"total": 1.0, "h": [[1, 1]], "s": [[0.25, 0.2]], "W": [[0.25, 0.2], [0.5, 0.4]]},
}
TWICE = {
    "inputs": {"s": ["a", "a"], "z": ["s", "a"]},
    "slopes": {"a": 7, "s": 1, "z": 1},
    "passed": {("a", "s"): (3, 3), ("a", "z"): 1},
}


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def random_graph(rng) -> dict:
    """Return the arguments of a graph of up to 8 nodes, numbers of many shapes written in."""
    names = [f"n{i}" for i in range(rng.integers(2, 9))]
    inputs = {
        name: [names[j] for j in rng.integers(0, i, size=min(i, rng.integers(0, 3)))]
        for i, name in enumerate(names)
    }
    numbers = {name: rng.normal(size=rng.integers(1, 4, size=2)) for name in names}
    kinds = {"variables": [name for name in names if not inputs[name]][::2]}
    return {"inputs": inputs, "values": numbers, **kinds} | (
        {"slopes": numbers} if rng.random() < 0.5 else {}
    )


GRAPHS = [LAYER, TWICE, *(random_graph(np.random.default_rng(seed)) for seed in range(12))]


def shapes(figure) -> list:
    """Return nodes and tags: everything filled but the background and the heads of arrows."""
    kinds = (Rectangle, Ellipse, FancyBboxPatch)
    return [p for p in figure.axes[0].patches if isinstance(p, kinds)][1:]


def shafts(figure) -> list:
    return [patch for patch in figure.axes[0].patches if isinstance(patch, PathPatch)]


def texts(figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def points_of(shaft) -> np.ndarray:
    """Return points along a line, in pixels, without its ends."""
    path = shaft.get_transform().transform_path(shaft.get_path())
    corners = path.to_polygons(closed_only=False)[0]
    steps = np.linspace(0, 1, 20)[:, None]
    along = [a * (1 - steps) + b * steps for a, b in pairwise(corners)]
    points = np.concatenate(along)
    near_end = [np.abs(points - end).sum(axis=1) < 4 for end in corners[[0, -1]]]
    return points[~near_end[0] & ~near_end[1]]


def covers(shape, points) -> bool:
    transform = shape.get_transform()
    return bool(transform.transform_path(shape.get_path()).contains_points(points).any())


@pytest.mark.parametrize("graph", GRAPHS)
def test_nothing_lies_on_top_of_anything_else(graph):
    figure = draw_graph(**graph)
    figure.canvas.draw()
    boxes = [shape.get_window_extent() for shape in shapes(figure)]
    lines = [points_of(shaft) for shaft in shafts(figure)]
    for i, (box, shape) in enumerate(zip(boxes, shapes(figure), strict=True)):
        assert not any(box.overlaps(other) for other in boxes[:i])
        # Tags of lines lie on their line, and nothing else does.
        on_it = sum(covers(shape, points) for points in lines)
        assert on_it <= ("passed" in graph and isinstance(shape, Rectangle))


@pytest.mark.parametrize("graph", GRAPHS)
def test_every_text_fits_into_a_shape_and_every_shape_into_the_figure(graph):
    figure = draw_graph(**graph)
    figure.canvas.draw()
    boxes = [shape.get_window_extent() for shape in shapes(figure)]
    for text in figure.axes[0].texts:
        inner = text.get_window_extent()
        assert any(box.x0 < inner.x0 and inner.x1 < box.x1 for box in boxes), text
    corners = np.concatenate([box.get_points() for box in boxes])
    assert (corners >= 0).all()
    assert (corners <= [figure.bbox.width, figure.bbox.height]).all()


def test_the_layer_is_legible_on_a_phone():
    """The text column of a phone 390 pixels wide has about 350; letters of 11 are legible."""
    figure = draw_graph(**LAYER)
    smallest = min(text.get_fontsize() for text in figure.axes[0].texts)
    assert smallest / 72 * 350 / figure.get_figwidth() >= 11
    assert figure.get_figheight() < 7


def test_kinds_differ_in_shape_and_not_only_in_colour():
    figure = draw_graph({"z": ["x", "w"]}, variables=["w"], key=False)
    kinds = {
        text: (type(shape), shape.get_linestyle())
        for text, shape in zip(texts(figure), shapes(figure), strict=True)
    }
    assert len(set(kinds.values())) == 3
    assert kinds["z"][0] is Ellipse
    assert kinds["w"] == (Rectangle, "solid")


def test_the_key_names_the_kinds_that_occur():
    assert texts(draw_graph({"z": ["x"]}))[:2] == ["placeholder", "operation"]
    assert texts(draw_graph({"z": ["x"]}, variables=["x"]))[:2] == ["variable", "operation"]


def test_values_and_slopes_are_written():
    written = " ".join(texts(draw_graph(**LAYER)))
    for number in ("0.5  −1.0", "0.50  0.73", "1.23", "slope 0.25  0.20", "0.50  0.40"):
        assert number in written


def test_a_line_is_as_wide_as_its_slope_is_large_and_dotted_where_it_is_zero():
    slopes = {"c": 1.0, "b": 0.5, "a": 0.0}
    figure = draw_graph({"b": ["a"], "c": ["b"], "d": ["c"]}, slopes=slopes)
    zero, half, full = shafts(figure)
    assert full.get_linewidth() == pytest.approx(2 * half.get_linewidth())
    assert zero.get_linewidth() < half.get_linewidth()
    assert zero.get_linestyle() != half.get_linestyle()


def test_slopes_travel_against_values():
    for slopes, upwards in ((None, False), ({"x": 2.0}, True)):
        figure = draw_graph({"z": ["x"]}, slopes=slopes)
        (head,) = [patch for patch in figure.axes[0].patches if type(patch) is Polygon]
        tip, *rest = head.get_xy()[:3, 1]
        assert (tip < min(rest)) == upwards  # y grows downwards


def test_pictures_to_step_through_have_one_size_and_one_scale():
    everything = ["a", "s", "z", *TWICE["passed"], ("s", "z")]
    first = draw_graph(**TWICE, later=everything)
    last = draw_graph(**TWICE)
    assert tuple(first.get_size_inches()) == tuple(last.get_size_inches())
    assert "slope" not in texts(first)
    assert texts(last).count("slope") == 3
    assert texts(last).count("3") == 2
    # The part that has come along one line is there before the sum is.
    between = draw_graph(**TWICE, later=["a", ("a", "s")])
    assert texts(between).count("slope") == 2
    widths = [sorted(line.get_linewidth() for line in shafts(f)) for f in (between, last)]
    assert widths[0][-1] < widths[1][-1] == widths[1][-2]


def test_what_is_highlighted_has_a_heavier_line():
    inputs = {"z": ["x", "y"]}
    plain, heavy = draw_graph(inputs), draw_graph(inputs, highlight=["z", ("x", "z")])
    wider = [
        b.get_linewidth() > a.get_linewidth()
        for a, b in zip(plain.axes[0].patches, heavy.axes[0].patches, strict=True)
    ]
    assert sum(wider) == 2


def test_a_picture_is_the_same_bytes_in_every_run_and_white_to_its_edge():
    saved = []
    for _ in range(2):
        buffer = io.BytesIO()
        figure = draw_graph(**LAYER)
        figure.savefig(buffer, format="png", metadata={"Software": None}, bbox_inches="tight")
        saved.append(buffer.getvalue())
    assert saved[0] == saved[1]
    pixels = plt.imread(io.BytesIO(saved[0]))
    assert (pixels[[0, -1]] == 1).all() and (pixels[:, [0, -1]] == 1).all()


def luminance(colour: str) -> float:
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("ground", ["white", graph_canvas.TINT, graph_canvas.PALE])
def test_text_stands_out_from_its_ground(ground):
    assert (luminance(ground) + 0.05) / (luminance(graph_canvas.INK) + 0.05) >= 4.5


def test_lines_stand_out_from_white():
    for colour in (graph_canvas.QUIET, graph_canvas.ORANGE, graph_canvas.BLUE):
        assert 1.05 / (luminance(colour) + 0.05) >= 3


def test_names_that_are_not_in_the_graph_are_refused():
    for wrong in ({"values": {"q": 1}}, {"variables": ["q"]}, {"later": [("z", "x")]}):
        with pytest.raises(ValueError, match="of this graph"):
            draw_graph({"z": ["x"]}, **wrong)


def test_a_graph_that_bites_its_tail_is_refused():
    with pytest.raises(ValueError, match="'a' needs itself"):
        draw_graph({"a": ["b"], "b": ["a"]})


def test_a_chain_of_operations_is_straight_and_leaves_stand_above_their_user():
    inputs = LAYER["inputs"] | {"x": [], "W": [], "b": []}
    row = ranks(inputs)
    assert row["b"] == row["p"] == 1
    layout = lay_out(inputs, {name: Extent(0.5, 0.5, 0.2, 0.2) for name in inputs}, (0.2, 0.4))
    across = [layout.places[name][0] for name in ("p", "s", "h", "total")]
    assert np.ptp(across) < 0.02
    assert layout.places["x"][0] + layout.places["W"][0] == pytest.approx(2 * across[0], abs=0.02)


def test_crossings_that_can_be_avoided_are_avoided():
    crossed = {"u": ["b"], "v": ["a"], "z": ["v", "u"], "a": [], "b": []}
    layout = lay_out(crossed, {name: Extent(0.3, 0.3, 0.2, 0.2) for name in crossed}, (0.2, 0.4))
    x = {name: place[0] for name, place in layout.places.items()}
    assert (x["a"] < x["b"]) == (x["v"] < x["u"])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.float32(0.1), "0.1"),
        ([0.25, 0.19661], "0.25  0.20"),
        (-0.0, "0"),
        (1e-7, "1e−07"),
        ([[1, -10], [0, 2]], "1  −10\n0    2"),
        (np.zeros((2, 3, 4)), "shape 2×3×4"),
        (float("nan"), "nan"),
        ("(None, 4)", "(None, 4)"),
    ],
)
def test_numbers_are_written_with_few_digits(value, text):
    assert number_text(value) == text


def test_the_graph_of_a_keras_model():
    keras = pytest.importorskip("keras")
    x, y = keras.Input((4,), name="x"), keras.Input((3,), name="y")
    shared = keras.layers.Dense(3, name="shared")
    left = shared(keras.layers.Dense(4, name="left")(x))
    both = keras.layers.Concatenate(name="both")([left, shared(x), y])
    model = keras.Model([x, y], keras.ops.relu(both))
    graph = graph_of(model)
    assert list(graph.values()).count([]) == 2
    assert graph["shared"] in (["left", "x"], ["x", "left"])
    assert graph["both"] == ["shared", "shared", "y"]
    assert graph["relu"] == ["both"]
    draw_graph(graph)


def test_a_sequential_model_is_a_chain_once_its_input_is_known():
    keras = pytest.importorskip("keras")
    layers = [keras.layers.Dense(3, name="one"), keras.layers.Dense(2, name="two")]
    with pytest.raises(ValueError, match=r"keras\.Input"):
        graph_of(keras.Sequential(layers))
    start, *rest = graph_of(keras.Sequential([keras.Input((4,)), *layers])).items()
    assert rest == [("one", [start[0]]), ("two", ["one"])]

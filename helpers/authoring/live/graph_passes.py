"""A computation graph, forward and backward, one node or one slope at a time (unit 03)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# In pixels of the page's drawing, in which a phone shows letters of up to 20 pixels.
LEAF, OPERATION, HEIGHT, GAPS = 98, 164, 88, (14, 48)
PORT = 40  # between two lines at one node


def data() -> dict:
    """Return two graphs with the unit's numbers, their nodes in the order of the way forward."""
    one_unit = [
        _leaf("x₁", 1, 3),
        _leaf("w₁", 0.5, 2),
        _leaf("x₂", 2, 3),
        _leaf("w₂", -0.5, 2),
        _leaf("b", 0.5, 3),
        {"name": "p₁", "kind": "*", "inputs": ["x₁", "w₁"]},
        {"name": "p₂", "kind": "*", "inputs": ["x₂", "w₂"]},
        {"name": "s", "kind": "+", "inputs": ["p₁", "p₂", "b"]},
        {"name": "h", "kind": "sigmoid", "inputs": ["s"]},
    ]
    used_twice = [
        _leaf("a", 3, 4),
        {"name": "s", "kind": "*", "inputs": ["a", "a"]},
        {"name": "z", "kind": "+", "inputs": ["s", "a"]},
    ]
    return {
        "graphs": [
            {"name": "a · a + a", "nodes": used_twice, **_drawing(used_twice)},
            {"name": "one unit of a layer", "nodes": one_unit, **_drawing(one_unit)},
        ]
    }


def walk(nodes: Sequence[dict], feed: Mapping[str, float]) -> tuple[dict, dict]:
    """Return the value and the slope of every node, by the unit's own functions.

    Examples
    --------
    >>> walk(data()["graphs"][0]["nodes"], {"a": 3.0})
    ({'a': 3.0, 's': 9.0, 'z': 12.0}, {'a': 7.0, 's': 1.0, 'z': 1.0})
    """
    from helpers.reference import computation_graphs as unit
    from helpers.reference.xor_network import sigmoid

    functions = {"+": lambda *terms: sum(terms), "*": lambda a, b: a * b, "sigmoid": sigmoid}
    operations = [node for node in nodes if node["inputs"]]
    graph = {node["name"]: (functions[node["kind"]], *node["inputs"]) for node in operations}
    values = unit.evaluate(graph, feed)

    def local(node):
        def send(g):
            inputs = [values[name] for name in node["inputs"]]
            rules = {
                "input": lambda: (),
                "+": lambda: [g] * len(inputs),
                "*": lambda: (g * inputs[1], g * inputs[0]),
                "sigmoid": lambda: unit.sigmoid_rule(g, values[node["name"]]),
            }
            return list(zip(node["inputs"], rules[node["kind"]](), strict=True))

        return send

    slopes = unit.backward(
        [node["name"] for node in nodes], {node["name"]: local(node) for node in nodes}
    )
    return tuple({name: float(x) for name, x in found.items()} for found in (values, slopes))


def still(data: dict):
    """Draw the first graph as it is after both passes."""
    import matplotlib.pyplot as plt

    from helpers.figures import use_book_style
    from helpers.graph_drawing import draw_graph

    use_book_style()
    nodes = data["graphs"][0]["nodes"]
    values, slopes = walk(nodes, {"a": 3.0})
    figure = draw_graph(
        {node["name"]: node["inputs"] for node in nodes if node["inputs"]},
        labels={"s": "s = a · a", "z": "z = s + a"},
        values=values,
        slopes=slopes,
        passed={("a", "z"): 1.0, ("a", "s"): (3.0, 3.0)},
        title="z = a · a + a, forward and backward",
    )
    plt.close(figure)
    return figure


def _leaf(name: str, value: float, reach: float) -> dict:
    return {"name": name, "kind": "input", "inputs": [], "value": value, "reach": reach}


def _drawing(nodes: Sequence[dict]) -> dict:
    """Return the size of the drawing, the place of each node, and the way of each line."""
    from helpers.graph_layout import Extent, lay_out

    inputs = {node["name"]: node["inputs"] for node in nodes}
    widths = {name: OPERATION if sources else LEAF for name, sources in inputs.items()}
    half = {name: Extent(w / 2, w / 2, HEIGHT / 2, HEIGHT / 2) for name, w in widths.items()}
    layout = lay_out(inputs, half, GAPS)
    margin = 4
    left, top = layout.box.left + margin, layout.box.up + margin

    lines = {
        (source, user, which): [
            layout.places[source],
            *((x, y) for x, *ys in layout.bends[source, user, which] for y in ys),
            layout.places[user],
        ]
        for user, sources in inputs.items()
        for which, source in enumerate(sources)
    }
    ways = {line: [list(point) for point in points] for line, points in lines.items()}
    # Lines that meet at a node leave it side by side, in the order in which they go on.
    for name in inputs:
        for end, place, beyond, side in ((0, 0, 1, 1), (1, -1, -2, -1)):
            alike = sorted(
                (line for line in lines if line[end] == name), key=lambda x: (lines[x][beyond], x)
            )
            for number, line in enumerate(alike):
                aside = PORT * (number - (len(alike) - 1) / 2)
                x, y = layout.places[name]
                ways[line][place] = [x + aside, y + side * HEIGHT / 2]
    return {
        "width": round(layout.box.left + layout.box.right + 2 * margin),
        "height": round(layout.box.up + layout.box.down + 2 * margin),
        "boxes": {
            name: [
                round(x + left - widths[name] / 2, 1),
                round(y + top - HEIGHT / 2, 1),
                widths[name],
                HEIGHT,
            ]
            for name, (x, y) in layout.places.items()
        },
        "lines": [
            {
                "user": user,
                "which": which,
                "way": [
                    [round(x + left, 1), round(y + top, 1)] for x, y in ways[source, user, which]
                ],
            }
            for source, user, which in lines
        ],
    }

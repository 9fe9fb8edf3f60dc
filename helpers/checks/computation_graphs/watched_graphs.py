"""Graphs whose nodes notice how often and with what they are computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from helpers.checks.running import Wrong

Graph = dict[str, tuple]

FUNCTION_FIRST = (
    "In the tuple that the graph has for a node the function comes first. Only what stands behind "
    "it are names of inputs."
)


def watched(graph: Graph) -> tuple[Graph, Counter]:
    """Return the same graph with functions that count their calls, and the counts.

    A function that gets names, or all its inputs as one list, raises `Wrong`: numpy would add two
    names without a word.

    Parameters
    ----------
    graph : dict
        Name of a node -> (function, \\*names of its inputs).

    Returns
    -------
    graph : dict
        The same names and inputs.
    calls : collections.Counter
        How often each node was computed so far.
    """
    calls: Counter = Counter()
    return {name: (_watch(name, *node, calls=calls), *node[1:]) for name, node in graph.items()}, (
        calls
    )


def values_of(
    graph: Graph,
    feed: dict,
    compute: Callable = lambda function, inputs: function(*inputs.values()),
    fed_first: bool = True,
) -> dict:
    """Return the values of all nodes of a graph.

    Parameters
    ----------
    graph : dict
        Name of a node -> (function, \\*names of its inputs).
    feed : dict
        Values of the nodes that are not computed.
    compute : callable, optional
        Gets a node's function and its inputs by name, a pair a use, and returns its value.
    fed_first : bool, optional
        Whether a node that is fed keeps that value although the graph can compute it.
    """
    values = {name: value for name, value in feed.items() if fed_first or name not in graph}

    def value_of(name: str) -> object:
        if name not in values:
            function, *names = graph[name]
            values[name] = compute(function, _Inputs((n, value_of(n)) for n in names))
        return values[name]

    return {name: value_of(name) for name in {**feed, **graph}}


class _Inputs(list):
    """Pairs of name and value; unlike in a dict, a name may come twice."""

    def values(self) -> list:
        return [value for _, value in self]


def _watch(name: str, function: Callable, *names: str, calls: Counter) -> Callable:
    def node(*inputs: object) -> object:
        calls[name] += 1
        _expect_inputs(name, inputs, names)
        return function(*inputs)

    node.__name__ = node.__qualname__ = getattr(function, "__name__", name)
    return node


def _expect_inputs(name: str, inputs: tuple, names: tuple[str, ...]) -> None:
    if any(isinstance(value, list | tuple | dict) for value in inputs):
        raise Wrong(
            "not_unpacked",
            f"The function of node `{name}` got a whole `{type(inputs[0]).__name__}` as one input. "
            "It wants each value as an input of its own: a star in the call, `f(*values)`, hands "
            "them over one by one.",
        )
    if any(isinstance(value, str) for value in inputs):
        text = next(value for value in inputs if isinstance(value, str))
        raise Wrong(
            "names_not_values",
            f"The function of node `{name}` got the name `{text!r}`. It wants the value that "
            "belongs to that name.",
        )
    if any(callable(value) for value in inputs):
        raise Wrong(
            "function_as_name",
            f"The function of node `{name}` got a function as an input. {FUNCTION_FIRST}",
        )
    if len(inputs) == len(names) + 1 and inputs[0] is None:
        raise Wrong(
            "function_as_name",
            f"The function of node `{name}` got one input too many, and the first is `None`. Was "
            f"the function itself looked up like a name? {FUNCTION_FIRST}",
        )
    if len(inputs) != len(names):
        raise Wrong(
            "two_inputs_only",
            f"Node `{name}` has {len(names)} inputs, but its function got {len(inputs)}. A node "
            "may have any number of inputs: all that stands behind the function.",
        )

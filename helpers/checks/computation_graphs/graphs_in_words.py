"""Show a reader the graph at which a way back went wrong."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import NamedTuple

import numpy as np

from helpers.checks.arrays import close
from helpers.checks.computation_graphs import small_graphs
from helpers.checks.computation_graphs.ways_back import Rules, slopes_of


class GraphInWords(NamedTuple):
    """A graph as `backward` gets it, and as a reader does.

    Attributes
    ----------
    formula : str
        What the graph computes.
    order : list
        Nodes, each behind its inputs.
    local : dict
        Node -> rule.
    rules : dict
        Node -> what its rule sends; a node that is left out has no inputs.
    """

    formula: str
    order: list
    local: Rules
    rules: dict[Hashable, str]

    def table(self, came: Mapping | None = None) -> str:
        """Set what came beside what should have come, and beside the rules.

        Parameters
        ----------
        came : mapping, optional
            Node -> slope. Without it only the graph is shown.
        """
        expected = slopes_of(self.order, self.local)
        rows = [("node", "should be", "is", "its rule sends")]
        for node in reversed(self.order):
            is_now = _shown(came[node], expected[node]) if came and node in came else "-"
            sends = self.rules.get(node, "nothing: it has no inputs")
            rows.append((repr(node), _shown(expected[node]), is_now, sends))
        if came is None:
            rows = [(node, should, sends) for node, should, _, sends in rows]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ("   ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
        return "\n".join([self.formula, f"order = {self.order}", *lines])


def _shown(slope: object, expected: object = None) -> str:
    """Show a number as it is, and an array by its shape."""
    if np.ndim(slope) == 0:
        return f"{float(slope):g}"
    right = expected is None or close(slope, expected)
    return f"{np.shape(slope)}{'' if right else ', wrong'}"


def square_plus(a: float) -> GraphInWords:
    """Show a * a + a."""
    rules = {"s": f"{a:g} * g to a, {a:g} * g to a", "z": "g to s, g to a"}
    formula = f"z = s + a with s = a * a, at a = {a:g}"
    return GraphInWords(formula, *small_graphs.square_plus(a), rules)


def two_ways(a: float, b: float) -> GraphInWords:
    """Show (p + p * b) * a with p = a * a."""
    p = a * a
    rules = {
        "p": f"{a:g} * g to a, {a:g} * g to a",
        "q": f"{b:g} * g to p, {p:g} * g to b",
        "r": "g to p, g to q",
        "loss": f"{a:g} * g to r, {p + p * b:g} * g to a",
    }
    formula = f"loss = r * a, r = p + q, q = p * b, p = a * a, at a = {a:g}, b = {b:g}"
    return GraphInWords(formula, *small_graphs.two_ways(a, b), rules)


def side_branch() -> GraphInWords:
    """Show the graph with a node that leads nowhere."""
    rules = {
        0: "2 * g to 'a'",
        "nowhere": "9 * g to 'a', 4 * g to 'unused'",
        ("w", 1): "5 * g to 'a'",
        "z": "g to 0, g to ('w', 1)",
    }
    formula = (
        "z = 2a + 5a. The node 2a has the number 0 for a name, 5a the pair ('w', 1);\n"
        "'nowhere' does not lead to z."
    )
    return GraphInWords(formula, *small_graphs.side_branch(), rules)


def with_arrays() -> GraphInWords:
    """Show the graph in which one array stands for two slopes."""
    rules = {
        "u": "2 * g to x",
        "s": "g to x, and the same array to y",
        "product": "g * u to s, g * s to u",
        "sum": "g * ones to product",
    }
    formula = "sum = the sum of product, product = s * u, s = x + y, u = 2 * x: arrays of (4, 3)"
    return GraphInWords(formula, *small_graphs.with_arrays(), rules)


def with_product() -> GraphInWords:
    """Show the graph with a matrix product."""
    rules = {"p": "g @ W.T to x, x.T @ g to W", "loss": "g * 2 * p to p"}
    formula = "loss = the sum of p**2, p = x @ W with x of shape (4, 3), W (3, 2)"
    return GraphInWords(formula, *small_graphs.with_product(), rules)


def one_node() -> GraphInWords:
    """Show the graph that is nothing but its last node."""
    return GraphInWords("one node, without inputs", ["only"], {"only": lambda g: []}, {})


def doublings(local: Rules) -> GraphInWords:
    """Show the graph in which each node is twice the one before."""
    rules = dict.fromkeys(list(local)[1:], "g to the node before, twice")
    return GraphInWords("each node is the one before, plus itself", list(local), local, rules)

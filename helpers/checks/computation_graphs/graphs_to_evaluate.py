"""Graphs in which the usual ways to go wrong show."""

from __future__ import annotations

import numpy as np

from helpers.checks.computation_graphs.watched_graphs import Graph

SUM: Graph = {"z": (np.add, "x", "y")}
DIFFERENCE: Graph = {"z": (np.subtract, "y", "x")}
CHAIN: Graph = {"s": (np.add, "x", "y"), "t": (np.multiply, "s", "w")}
# Neither forwards, backwards nor by name does each node come behind its inputs; m is shared.
SHARED: Graph = {
    "p": (np.multiply, "m", "w"),
    "out": (np.subtract, "p", "m"),
    "m": (np.subtract, "y", "x"),
}
ANY_NUMBER: Graph = {
    "loss": (np.sum, "bent"),
    "bent": (np.tanh, "chosen"),
    "chosen": (np.where, "mask", "square", "product"),
    "square": (np.multiply, "double", "double"),
    "double": (np.add, "b", "b"),
    "product": (np.matmul, "a", "b"),
}
# The last node first: no fixed number of rounds is enough for every graph.
DEEP: Graph = {f"n{i}": (np.add, f"n{i - 1}", "step") for i in range(40, 0, -1)}

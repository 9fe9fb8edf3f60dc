"""Graphs to go back through: the order of their nodes, and the rule of each."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.computation_graphs.ways_back import Rules


def square_plus(a: float) -> tuple[list, Rules]:
    """Return order and rules of a * a + a."""
    return ["a", "s", "z"], {
        "a": lambda g: [],
        "s": lambda g: [("a", a * g), ("a", a * g)],
        "z": lambda g: [("s", g), ("a", g)],
    }


def two_ways(a: float, b: float) -> tuple[list, Rules]:
    """Return order and rules of (p + p * b) * a with p = a * a: each mistake shows in it."""
    p = a * a
    r = p + p * b
    return ["a", "p", "b", "q", "r", "loss"], {
        "a": lambda g: [],
        "p": lambda g: [("a", a * g), ("a", a * g)],
        "b": lambda g: [],
        "q": lambda g: [("p", b * g), ("b", p * g)],
        "r": lambda g: [("p", g), ("q", g)],
        "loss": lambda g: [("r", a * g), ("a", r * g)],
    }


def side_branch() -> tuple[list, Rules]:
    """Return order and rules of 2a + 5a, beside it a leaf and a node that lead nowhere."""
    return ["a", "unused", 0, "nowhere", ("w", 1), "z"], {
        "a": lambda g: [],
        "unused": lambda g: [],
        0: lambda g: [("a", 2 * g)],
        "nowhere": lambda g: [("a", 9 * g), ("unused", 4 * g)],
        ("w", 1): lambda g: [("a", 5 * g)],
        "z": lambda g: [(0, g), (("w", 1), g)],
    }


def with_arrays() -> tuple[list, Rules]:
    """Return order and rules of sum((x + y) * 2x), where one array stands for two slopes."""
    x, y = default_rng(6).standard_normal((2, 4, 3))
    s, u = x + y, 2 * x
    return ["x", "y", "u", "s", "product", "sum"], {
        "x": lambda g: [],
        "y": lambda g: [],
        "u": lambda g: [("x", 2 * g)],
        "s": lambda g: [("x", g), ("y", g)],
        "product": lambda g: [("s", g * u), ("u", g * s)],
        "sum": lambda g: [("product", g * np.ones((4, 3)))],
    }


def with_product() -> tuple[list, Rules]:
    """Return order and rules of sum((x @ W)²): the rule of a product adds up along an axis."""
    rng = default_rng(8)
    x, W = rng.standard_normal((4, 3)), rng.standard_normal((3, 2))
    p = x @ W
    return ["x", "W", "p", "loss"], {
        "x": lambda g: [],
        "W": lambda g: [],
        "p": lambda g: [("x", g @ W.T), ("W", x.T @ g)],
        "loss": lambda g: [("p", g * 2 * p)],
    }

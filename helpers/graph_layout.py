"""Where the nodes and lines of a computation graph go: inputs above, what uses them below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np


class Extent(NamedTuple):
    """How far something reaches from the centre of its node, in any unit of length."""

    left: float
    right: float
    up: float
    down: float


@dataclass
class Layout:
    """Positions, with y growing downwards.

    Attributes
    ----------
    places : dict
        (x, y) of each node.
    rows : dict
        (upper, lower) end of the row of each node, tags included.
    bends : dict
        For the line from an input to its user, (input, user, which of the user's inputs): the
        places (x, y of the upper end, y of the lower end) where it passes other nodes.
    box : Extent
        The rectangle around everything, measured from (0, 0).
    """

    places: dict[str, tuple[float, float]]
    rows: dict[str, tuple[float, float]]
    bends: dict[tuple[str, str, int], list[tuple[float, float, float]]]
    box: Extent


def ranks(inputs: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the row of each node: below all its inputs, and a leaf just above its first user.

    Parameters
    ----------
    inputs : mapping
        The names of the inputs of every node, an empty sequence for a leaf.

    Raises
    ------
    ValueError
        When a node needs itself.

    Examples
    --------
    >>> ranks({"x": [], "b": [], "square": ["x"], "sum": ["square", "b"]})
    {'x': 0, 'b': 1, 'square': 1, 'sum': 2}
    """
    rank: dict[str, int] = {}
    waiting: set[str] = set()

    def visit(name: str) -> int:
        if name in waiting:
            raise ValueError(
                f"This graph has no order: {name!r} needs itself, directly or by way of others."
            )
        if name not in rank:
            waiting.add(name)
            rank[name] = max((visit(source) + 1 for source in inputs[name]), default=0)
            waiting.remove(name)
        return rank[name]

    for name in inputs:
        visit(name)
    users = {name: [user for user in inputs if name in inputs[user]] for name in inputs}
    return {
        name: rank[name] if inputs[name] else min((rank[u] - 1 for u in users[name]), default=0)
        for name in inputs
    }


def lay_out(
    inputs: Mapping[str, Sequence[str]],
    extents: Mapping[str, Extent],
    gaps: tuple[float, float],
) -> Layout:
    """Place the nodes in rows, with few crossings and straight chains of operations.

    Parameters
    ----------
    inputs : mapping
        The names of the inputs of every node, an empty sequence for a leaf.
    extents : mapping
        The room that each node needs.
    gaps : tuple of two floats
        Between neighbours in a row, and between rows.
    """
    rank = ranks(inputs)
    rows: list[list] = [[n for n in inputs if rank[n] == r] for r in range(max(rank.values()) + 1)]
    chains = {}
    # A line that passes a row takes a place in it, like a node that is only a line wide.
    for user, sources in inputs.items():
        for i, source in enumerate(sources):
            passing = [(source, user, i, r) for r in range(rank[source] + 1, rank[user])]
            for step in passing:
                rows[step[-1]].append(step)
            chains[source, user, i] = [source, *passing, user]
    links = [pair for chain in chains.values() for pair in pairwise(chain)]
    size = dict.fromkeys((item for row in rows for item in row), Extent(0.15, 0.15, 0, 0)) | dict(
        extents
    )
    rows = _ordered(rows, links)
    across = _columns(rows, links, size, {name for name in inputs if not inputs[name]}, gaps[0])

    y, middle, reach = 0.0, [], []
    for row in rows:
        up, down = (max(size[item][side] for item in row) for side in (2, 3))
        middle.append(y + up)
        reach.append((y, y + up + down))
        y += up + down + gaps[1]
    return Layout(
        {name: (across[name], middle[rank[name]]) for name in inputs},
        {name: reach[rank[name]] for name in inputs},
        {
            line: [(across[step], *reach[step[-1]]) for step in chain[1:-1]]
            for line, chain in chains.items()
        },
        Extent(
            -min(across[item] - size[item].left for item in across),
            max(across[item] + size[item].right for item in across),
            0.0,
            y - gaps[1],
        ),
    )


def _neighbours(links: Sequence[tuple]) -> dict:
    """Return what each item is linked to, above and below."""
    found: dict = {}
    for upper, lower in links:
        found.setdefault(upper, ([], []))[1].append(lower)
        found.setdefault(lower, ([], []))[0].append(upper)
    return found


def _crossings(rows: Sequence[Sequence], links: Sequence[tuple]) -> int:
    """Return how many pairs of links cross between the rows."""
    at = {item: (r, i) for r, row in enumerate(rows) for i, item in enumerate(row)}
    ends = [(at[upper][0], at[upper][1], at[lower][1]) for upper, lower in links]
    return sum(
        row == other and (a - c) * (b - d) < 0
        for k, (row, a, b) in enumerate(ends)
        for other, c, d in ends[:k]
    )


def _ordered(rows: list[list], links: Sequence[tuple]) -> list[list]:
    """Order each row by the mean place of its neighbours, and keep what crosses least.

    The barycentre method of Sugiyama, Tagawa and Toda, "Methods for visual understanding of
    hierarchical system structures", 1981.
    """
    near = _neighbours(links)
    best = rows = [list(row) for row in rows]
    for sweep in range(8):
        upwards = sweep % 2
        at = {item: i for row in rows for i, item in enumerate(row)}
        for row in rows[::-1] if upwards else rows:

            def mean_place(item, at=at, upwards=upwards):
                others = near.get(item, ([], []))[upwards]
                return np.mean([at[other] for other in others]) if others else at[item]

            row.sort(key=mean_place)
            at |= {item: i for i, item in enumerate(row)}
        if _crossings(rows, links) < _crossings(best, links):
            best = [list(row) for row in rows]
    return best


def _columns(rows, links, size, leaves, gap) -> dict:
    """Return the x of every item: near its neighbours, and not on top of others in its row."""
    near = _neighbours(links)
    across = {item: float(i) for row in rows for i, item in enumerate(row)}
    for _ in range(60):
        for row in rows:
            wanted, weights = [], []
            for item in row:
                above, below = near.get(item, ([], []))
                others = above + below
                # Leaves give way, so that a chain of operations runs straight down.
                firm = [other for other in others if other not in leaves] or others
                wanted.append(np.mean([across[o] for o in firm]) if firm else across[item])
                weights.append(1.0 if item in leaves else 1000.0)
            steps = [size[a].right + gap + size[b].left for a, b in pairwise(row)]
            across |= dict(zip(row, spread_out(wanted, weights, steps), strict=True))
    return {item: round(float(x), 3) for item, x in across.items()}


def spread_out(wanted, weights, steps) -> np.ndarray:
    """Return the positions nearest to the wanted ones that keep their order and a distance.

    Least squares under p[i + 1] - p[i] >= steps[i]: what is too close is pooled with its
    neighbour (pool adjacent violators).

    Examples
    --------
    >>> spread_out([0.0, 0.0, 5.0], [1, 1, 1], [1, 1]).tolist()
    [-0.5, 0.5, 5.0]
    """
    offsets = np.concatenate([[0.0], np.cumsum(steps)])
    pools: list[list[float]] = []  # mean, weight, number of items
    for value, weight in zip(np.asarray(wanted) - offsets, weights, strict=True):
        pools.append([value, weight, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, v, m), (b, w, n) = pools[-2:]
            pools[-2:] = [[(a * v + b * w) / (v + w), v + w, m + n]]
    return np.concatenate([np.full(n, mean) for mean, _, n in pools]) + offsets

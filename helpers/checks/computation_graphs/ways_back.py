"""The way back through a graph, right and with the usual mistakes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from functools import partial

import numpy as np

from helpers.checks.arrays import Mistakes

# The slope for each input of a node, given the slope for the node itself.
Rules = dict[Hashable, Callable]

# Mistakes that are told in the words of another one, and with its name.
SAME_MISTAKE = {
    "too_early_in_depth": "too_early",
    "replaced_at_the_user": "added_to_the_user",
    "last_pair_only": "one_pair_only",
}


def slopes_of(
    order: list,
    local: Rules,
    nodes: Iterable | None = None,
    seed: Hashable | None = None,
    start: float = 0.0,
    add: Callable = lambda old, new, g: old + new,
    rule: Callable = lambda local, g: local(g),
) -> dict:
    """Return the slope of the last node with respect to each node.

    Parameters
    ----------
    order : list
        Nodes, each behind its inputs.
    local : dict
        Node -> rule: from the slope for the node to pairs (input, its slope).
    nodes : iterable, optional
        In which order the rules are applied; from the last node to the first by default.
    seed : hashable, optional
        The node whose slope is 1 at the start; the last one by default.
    start : float, optional
        The slope of all others at the start.
    add : callable, optional
        ``add(old, new, g)``: what becomes of an input's slope when one more path reaches it from
        a node with the slope g.
    rule : callable, optional
        How a rule is applied.
    """
    slopes = dict.fromkeys(order, start)
    slopes[order[-1] if seed is None else seed] = 1.0
    for node in reversed(order) if nodes is None else nodes:
        g = slopes[node]
        for name, slope in rule(local[node], g):
            slopes[name] = add(slopes[name], slope, g)
    return slopes


def mistaken_ways(order: list, local: Rules) -> Mistakes:
    """Return the slopes that the usual mistakes lead to, and what to say of each."""
    way = partial(slopes_of, order, local)
    return {
        **_mistaken_sums(way, order, local),
        **_mistaken_starts(way, order),
        **_mistaken_turns(order, local),
        **_misread_pairs(way, order, local),
    }


def _mistaken_sums(way: Callable, order: list, local: Rules) -> Mistakes:
    return {
        "overwritten": (
            partial(way, add=lambda old, new, g: new),
            "A node that is used twice keeps only the slope that came last. What comes from "
            "several uses is added: `=` replaces it.",
        ),
        "first_path_only": (
            partial(_first_only, order, local),
            "A node that is used twice keeps only the slope that came first. What comes from "
            "several uses is added.",
        ),
        "added_within_a_node_only": (
            partial(way, add=lambda old, new, g: new, rule=_added),
            "When two nodes use the same input, only one of them counts. What comes from several "
            "users is added.",
        ),
        "added_across_nodes_only": (
            partial(way, rule=lambda local, g: dict(local(g)).items()),
            "When a node uses the same input twice, as in a * a, only one use counts. The list of "
            "its rule has a pair for each use: a dictionary keeps only the last one.",
        ),
        "multiplied": (
            partial(way, start=1.0, add=lambda old, new, g: old * new),
            "Slopes from several uses are multiplied. Along a path slopes are multiplied, and the "
            "rules do that; what comes along different paths is added.",
        ),
        "averaged": (
            partial(_averaged, order, local),
            "Slopes from several uses are averaged. They are added: the loss feels every use.",
        ),
        "sign": (
            partial(way, add=lambda old, new, g: old - new),
            "Slopes are subtracted where they should be added.",
        ),
    }


def _mistaken_starts(way: Callable, order: list) -> Mistakes:
    stops = "The rules of some nodes were never applied. Go on until the first node of `order`."
    return {
        "no_seed": (
            partial(way, start=0.0, seed=object()),
            "All slopes are 0: nothing flows back where nothing comes in. What is the slope of the "
            "last node with respect to itself?",
        ),
        "forward_order": (
            partial(way, nodes=order),
            "Only the rule of the last node had something to pass on. Are the rules applied from "
            "the first node to the last, when nothing has arrived yet? Slopes flow back from the "
            "end. Or does the loop end after one turn?",
        ),
        "seed_at_first": (
            partial(way, seed=order[0]),
            "The slope 1 stands at the first node. It is the last one whose slopes are asked for: "
            "there it begins.",
        ),
        "starts_at_one": (
            partial(way, start=1.0),
            "Every node begins with the slope 1, so that all but the last get 1 too much. Only the "
            "last node begins with 1: nothing has come to the others.",
        ),
        "g_ignored": (
            partial(way, rule=lambda local, g: local(1.0)),
            "Each rule gets the slope 1 instead of the slope that has arrived at its node.",
        ),
        "g_twice": (
            partial(way, add=lambda old, new, g: old + new * g),
            "What the rules return is multiplied by the slope once more. A rule gets `g` and has "
            "it in its results already.",
        ),
        "stops_early": (partial(way, nodes=order[:1:-1]), stops),
    }


def _mistaken_turns(order: list, local: Rules) -> Mistakes:
    early = (
        "A node was passed before all that belongs to it had arrived: another node that uses it "
        "came later. `order` tells in which order it works, from the other end."
    )
    return {
        "too_early": (partial(_each_once, order, local, first_in=True), early),
        "too_early_in_depth": (partial(_each_once, order, local, first_in=False), early),
        "accumulated_again": (
            partial(_sent_again, order, local),
            "A node sends its slope on each time something arrives, and each time all of it. Wait "
            "until all that a node gets has arrived, and call its rule once: `order` tells when.",
        ),
    }


def _misread_pairs(way: Callable, order: list, local: Rules) -> Mistakes:
    first_only = (
        "Of the list that a rule returns, only one pair counts. It has a pair for each use of an "
        "input: go through all of them."
    )
    own = (
        "What a rule returns is added to the node whose rule it is. Each pair says where its slope "
        "belongs: to the input that it names."
    )
    return {
        "rule_ignored": (
            partial(way, add=lambda old, new, g: old + g),
            "Each input gets the slope of the node that uses it, unchanged. The rule says what "
            "becomes of it: the second entry of each pair is the slope for the input.",
        ),
        "added_to_the_user": (partial(_kept, order, local, add=lambda old, new: old + new), own),
        "replaced_at_the_user": (partial(_kept, order, local), own),
        "added_to_the_users_slope": (
            partial(way, add=lambda old, new, g: g + new),
            "What an input gets is added to the slope of the node that sends it. Add it to what "
            "that input itself has so far.",
        ),
        "one_pair_only": (partial(way, rule=lambda local, g: local(g)[:1]), first_only),
        "last_pair_only": (partial(way, rule=lambda local, g: local(g)[-1:]), first_only),
    }


def _added(local: Callable, g: object) -> Iterable:
    parts: dict = {}
    for name, slope in local(g):
        parts[name] = parts.get(name, 0.0) + slope
    return parts.items()


def _first_only(order: list, local: Rules) -> dict:
    slopes = {order[-1]: 1.0}
    for node in reversed(order):
        for name, slope in local[node](slopes.get(node, 0.0)):
            slopes.setdefault(name, slope)
    return slopes


def _averaged(order: list, local: Rules) -> dict:
    arrived = {node: [] for node in order}
    arrived[order[-1]].append(1.0)
    slopes = {}
    for node in reversed(order):
        slopes[node] = sum(arrived[node]) / max(1, len(arrived[node]))
        for name, slope in local[node](slopes[node]):
            arrived[name].append(slope)
    return slopes


def _kept(order: list, local: Rules, add: Callable = lambda old, new: new) -> dict:
    slopes = {**dict.fromkeys(order, 0.0), order[-1]: 1.0}
    for node in reversed(order):
        for _, slope in local[node](slopes[node]):
            slopes[node] = add(slopes[node], slope)
    return slopes


def _sent_again(order: list, local: Rules) -> dict:
    slopes = {**dict.fromkeys(order, 0.0), order[-1]: 1.0}

    def send(node: Hashable) -> None:
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
            send(name)

    send(order[-1])
    return slopes


def _each_once(order: list, local: Rules, first_in: bool) -> dict:
    """Apply each rule when its node is first met: in breadth, or in depth."""
    slopes = {**dict.fromkeys(order, 0.0), order[-1]: 1.0}
    waiting, met = deque([order[-1]]), {order[-1]}

    def visit(node: Hashable) -> None:
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
            if name not in met:
                met.add(name)
                if first_in:
                    waiting.append(name)
                else:
                    visit(name)

    while waiting:
        visit(waiting.popleft())
    return slopes


def added_in_place(order: list, local: Rules) -> dict[Hashable, np.ndarray]:
    """Return the slopes if arrays are added into the very arrays that the rules returned."""
    slopes = {order[-1]: 1.0}
    for node in reversed(order):
        for name, slope in local[node](slopes.get(node, 0.0)):
            if name in slopes:
                slopes[name] += slope
            else:
                slopes[name] = slope
    return slopes

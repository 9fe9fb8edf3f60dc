"""The check of the way back through a whole graph."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

import numpy as np

from helpers.checks.arrays import (
    Mistakes,
    as_array,
    close,
    expect_close,
    expect_shape,
    name_mistake,
)
from helpers.checks.computation_graphs.graphs_in_words import (
    GraphInWords,
    doublings,
    one_node,
    side_branch,
    square_plus,
    two_ways,
    with_arrays,
    with_product,
)
from helpers.checks.computation_graphs.stopped_ways_back import explain_error, of_unknown
from helpers.checks.computation_graphs.ways_back import (
    SAME_MISTAKE,
    added_in_place,
    mistaken_ways,
    slopes_of,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong

_DOUBLINGS = 30
# What is shown of a graph, at most.
_ROWS = 10


@exercise(
    smaller_step="do it by hand for a * a + a at 3, on paper: write 1 at the end, then go back "
    "node by node and write at each input what arrives. Where two arrows arrive, what is done?"
)
def backward(answer: Answer) -> str:
    """``backward(order, local)``: the slope of the last node with respect to every node.

    Parameters
    ----------
    order : list
        Nodes (anything that can be a key of a dictionary), each behind its inputs.
    local : dict
        Node -> function. It gets the slope g for its node, a number or an array, and returns a
        list of pairs (input, slope for that input), one for each use; an empty one for a leaf.

    Returns
    -------
    dict
        Node -> slope. A node that does not lead to the last one has 0, or is missing.
    """
    try:
        _expect_slopes(answer, two_ways(1.3, -0.7), in_the_text=square_plus(3.0))
        _expect_slopes(answer, square_plus(3.0))
        _expect_slopes(answer, square_plus(-5.0))
        _expect_order_obeyed(answer)
        _expect_any_node(answer)
        _expect_arrays(answer)
        _expect_slopes_handed_over(answer)
        _expect_few_calls(answer)
        _expect_slopes(answer, one_node(), mistakes={})
    except Wrong as wrong:
        if wrong.hint == "changes_input":
            wrong.message = (
                "`backward` changed the list or dictionary that it was given. The caller needs "
                "`order` as it was, for the way forward: go through it from its end, and leave it."
            )
        raise
    return (
        "Slopes of several uses are added, each rule gets all that has arrived, and arrays pass as "
        "well as numbers."
    )


def _expect_slopes(
    answer: Answer,
    graph: GraphInWords,
    lead: list | None = None,
    mistakes: Mistakes | None = None,
    in_the_text: GraphInWords | None = None,
) -> None:
    """Ask for the slopes of one graph, and show the graph if they are wrong."""
    known = mistaken_ways(graph.order, graph.local) if mistakes is None else mistakes
    came = None
    try:
        came = _slopes(answer, graph)
        _expect_nodes(came, graph, lead)
        _expect_right(came, graph, known)
    except Wrong as wrong:
        if in_the_text and came is not None and wrong.hint in known:
            wrong.table = _example_table(answer, in_the_text)
        if not wrong.table and (came is not None or wrong.__cause__):
            wrong.table = _table(graph, came)
        raise


def _expect_right(came: Mapping, graph: GraphInWords, known: Mistakes) -> None:
    order, expected = graph.order, slopes_of(graph.order, graph.local)
    arrays = {n: as_array(came[n], f"slopes[{n!r}]") for n in order if n in came}
    if all(_agree(array, expected[n]) for n, array in arrays.items()):
        return
    try:
        name_mistake(
            known, lambda other: all(_agree(a, other.get(n, 0.0)) for n, a in arrays.items())
        )
    except Wrong as wrong:
        wrong.hint = SAME_MISTAKE.get(wrong.hint, wrong.hint)
        raise
    _expect_more_than_the_seed(arrays, order)
    for node in reversed([n for n in order if n in arrays]):
        if not _agree(arrays[node], expected[node]):
            _expect_one(arrays[node], expected[node], node)


def _expect_more_than_the_seed(arrays: Mapping[Hashable, np.ndarray], order: list) -> None:
    """Raise `Wrong` if the last node has its slope and no other node has any."""
    others = [array for node, array in arrays.items() if node != order[-1]]
    if not others or any(np.any(array) for array in others):
        return
    if order[-1] in arrays and close(arrays[order[-1]], 1.0):
        raise Wrong(
            "only_the_seed",
            "The seed is right, but nothing has moved on from it. Go through `order` from its end, "
            "the last node included; call each node's rule, and add what it returns to its inputs, "
            "inside the loop.",
        )


def _agree(array: np.ndarray, expected: object) -> bool:
    """Compare; where nothing arrives, zeros of any shape are right."""
    return close(array, expected) or (np.ndim(expected) == 0 and expected == 0 and not array.any())


def _expect_one(array: np.ndarray, expected: object, node: Hashable) -> None:
    what = f"slopes[{node!r}]"
    summed = "Every entry of an array has its own slope: do not add them into one number."
    expect_shape(array, np.shape(expected), what, {(): ("one_number_each", summed)})
    expect_close(array, expected, what, otherwise="Of those that are off it is the last in order.")


def _example_table(answer: Answer, graph: GraphInWords) -> str | None:
    """Show a mistake in the graph of the text, if what comes is wrong there as well."""
    came = None
    try:
        came = answer(graph.order, graph.local)
        _expect_right(came, graph, {})
    except Wrong:
        return None if came is None else _table(graph, came)
    except Exception:  # something else than a dictionary
        return None
    return None


def _table(graph: GraphInWords, came: Mapping | None) -> str | None:
    """Show the graph at which an answer stopped, or what came of it."""
    if len(graph.order) > _ROWS:
        return None
    try:
        return graph.table(came)
    except Exception:  # what came cannot be shown
        return None


def _slopes(answer: Answer, graph: GraphInWords) -> Mapping:
    try:
        came = answer(graph.order, graph.local)
    except Wrong as wrong:
        explain_error(wrong, answer, graph.order)
        raise
    if not isinstance(came, Mapping):
        raise Wrong(
            "not_a_dict",
            "`backward` should return a dictionary, every node with its slope, but returned a "
            f"value of type `{type(came).__name__}`.",
        )
    return came


def _expect_nodes(came: Mapping, graph: GraphInWords, lead: list | None) -> None:
    order, local = graph.order, graph.local
    more = [node for node in came if node not in order]
    if more:
        hint, advice = of_unknown(more[0], order)
        raise Wrong(hint, f"What you return has the key `{more[0]!r}`. {advice}")
    lost = [node for node in (order if lead is None else lead) if node not in came]
    if not lost:
        return
    if lost == order[-1:]:
        hint, advice = "last_missing", "Its slope with respect to itself is 1."
    elif all(local[node](0.0) for node in lost):
        hint, advice = "only_leaves", "Nodes in between have slopes, too, and pictures show them."
    else:
        hint, advice = "nodes_missing", "Keep what has arrived at each node."
    raise Wrong(hint, f"The node {lost[0]!r} has no slope in what you return. {advice}")


def _expect_order_obeyed(answer: Answer) -> None:
    """The rules stand in their dictionary in another order."""
    graph = two_ways(1.3, -0.7)
    rules = {node: graph.local[node] for node in ("r", "a", "loss", "b", "q", "p")}
    as_listed = (
        lambda: slopes_of(graph.order, rules, nodes=list(reversed(rules))),
        "`local` may list its rules in any order. Only `order` tells when a node's turn comes.",
    )
    _expect_slopes(answer, graph._replace(local=rules), mistakes={"order_of_local": as_listed})


def _expect_any_node(answer: Answer) -> None:
    """Take numbers and tuples for nodes, and some that lead nowhere."""
    graph = side_branch()
    true_ones = [node for node in reversed(graph.order) if node]
    zero = (
        lambda: slopes_of(graph.order, graph.local, nodes=true_ones),
        "The rule of the node 0 was not applied. A node can be anything, 0 as well, and 0 counts "
        "as false: do not ask whether a node is true.",
    )
    lead = ["a", 0, ("w", 1), "z"]
    _expect_slopes(answer, graph, lead, mistakes={"falsy_node": zero})


def _expect_arrays(answer: Answer) -> None:
    graph = with_arrays()
    in_place = (
        lambda: added_in_place(graph.order, graph.local),
        "With numbers all is right; with arrays a slope changes after it was computed. A rule may "
        "hand the same array to two inputs, and `+=` writes into it, so that both change. Make a "
        "new array: `a = a + b`.",
    )
    _expect_slopes(answer, graph, mistakes={"in_place": in_place})


def _expect_slopes_handed_over(answer: Answer) -> None:
    """Where a rule adds up, its result for 1 cannot be multiplied by the slope afterwards."""
    graph = with_product()
    product = graph.local["p"]

    def rule(g: object) -> list:
        if np.all(np.equal(g, 1)):
            raise Wrong(
                "rule_called_with_one",
                "A rule was called with 1 instead of the slope of its node. To multiply what it "
                "gives by the slope afterwards is right only for operations that work entry by "
                "entry, and a matrix product does not: hand the rule the slope itself.",
            )
        return product(g)

    watched = graph._replace(local=graph.local | {"p": rule})
    _expect_slopes(answer, watched, mistakes={})


def _expect_few_calls(answer: Answer) -> None:
    """Double a number again and again: as many paths as 2 to the power of the doublings."""
    calls = 0

    def doubling(node: int) -> Callable:
        def rule(g: object) -> list:
            nonlocal calls
            calls += 1
            if calls > 10 * _DOUBLINGS**2:
                raise Wrong(
                    "path_by_path",
                    f"In a graph of {_DOUBLINGS + 1} nodes the rules were called over "
                    f"{10 * _DOUBLINGS**2} times: each path is followed for itself, and there are "
                    f"2 to the power of {_DOUBLINGS}. Let a node wait until all has arrived, then "
                    "call its rule once. `order` tells when that is.",
                )
            return [(node - 1, g), (node - 1, g)] if node else []

        return rule

    rules = {node: doubling(node) for node in range(_DOUBLINGS + 1)}
    _expect_slopes(answer, doublings(rules), mistakes={})

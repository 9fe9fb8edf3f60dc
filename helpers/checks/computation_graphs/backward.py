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
from helpers.checks.computation_graphs.small_graphs import (
    side_branch,
    square_plus,
    two_ways,
    with_arrays,
    with_product,
)
from helpers.checks.computation_graphs.ways_back import (
    Rules,
    added_in_place,
    mistaken_ways,
    slopes_of,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong

_DOUBLINGS = 30


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
        _expect_slopes(answer, *two_ways(1.3, -0.7), table=True)
        _expect_slopes(answer, *square_plus(3.0))
        _expect_slopes(answer, *square_plus(-5.0))
        _expect_any_node(answer)
        _expect_arrays(answer)
        _expect_slopes_handed_over(answer)
        _expect_few_calls(answer)
        _expect_slopes(answer, ["only"], {"only": lambda g: []}, mistakes={})
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
    order: list,
    local: Rules,
    lead: list | None = None,
    mistakes: Mistakes | None = None,
    table: bool = False,
) -> None:
    expected = slopes_of(order, local)
    came = _slopes(answer, order, local)
    _expect_nodes(came, order, order if lead is None else lead, local)
    arrays = {n: as_array(came[n], f"slopes[{n!r}]") for n in order if n in came}
    if all(_agree(array, expected[n]) for n, array in arrays.items()):
        return
    shown = _example_table(answer) if table else None
    known = mistaken_ways(order, local) if mistakes is None else mistakes
    try:
        name_mistake(
            known, lambda other: all(_agree(a, other.get(n, 0.0)) for n, a in arrays.items())
        )
        for node in reversed([n for n in order if n in arrays]):
            if not _agree(arrays[node], expected[node]):
                _expect_one(arrays[node], expected[node], node)
    except Wrong as wrong:
        hint = wrong.hint.removesuffix("_in_depth")
        raise Wrong(hint, wrong.message, wrong.table or shown) from None


def _agree(array: np.ndarray, expected: object) -> bool:
    """Compare; where nothing arrives, zeros of any shape are right."""
    return close(array, expected) or (np.ndim(expected) == 0 and expected == 0 and not array.any())


def _expect_one(array: np.ndarray, expected: object, node: Hashable) -> None:
    what = f"slopes[{node!r}]"
    summed = "Every entry of an array has its own slope: do not add them into one number."
    expect_shape(array, np.shape(expected), what, {(): ("one_number_each", summed)})
    expect_close(array, expected, what, otherwise="Of those that are off it is the last in order.")


def _example_table(answer: Answer) -> str | None:
    """Set what comes for a * a + a at 3 beside what should come."""
    order, local = square_plus(3.0)
    expected = slopes_of(order, local)
    rows = ["a * a + a at 3, s = a * a", "node     should be     is"]
    try:
        came = answer(order, local)
        rows += [f"{n:4} {expected[n]:13g} {float(came.get(n, 0)):6g}" for n in reversed(order)]
    except Exception:
        return None
    return "\n".join(rows)


def _slopes(answer: Answer, order: list, local: Rules) -> Mapping:
    try:
        came = answer(order, local)
    except Wrong as wrong:
        _explain(wrong, order)
        raise
    if not isinstance(came, Mapping):
        raise Wrong(
            "not_a_dict",
            "`backward` should return a dictionary, every node with its slope, but returned a "
            f"value of type `{type(came).__name__}`.",
        )
    return came


def _explain(wrong: Wrong, order: list) -> None:
    """Add what is wrong to the error with which the answer stopped."""
    error = wrong.__cause__
    if isinstance(error, KeyError) and error.args:
        hint, advice = _of_missing(error.args[0], order)
    elif isinstance(error, RecursionError):
        hint, advice = "asks_in_a_circle", _CIRCLE
    else:
        found = [told for words, told in _ERRORS.items() if words in wrong.message]
        if not found:
            return
        hint, advice = found[0]
    wrong.hint = hint
    wrong.message += f" {advice}"


def _of_missing(node: Hashable, order: list) -> tuple[str, str]:
    """Return hint and advice for a key that was not there."""
    if isinstance(node, float | np.ndarray):
        return "pair_turned_round", _TURNED
    if node not in order:
        return "unknown_nodes", f"This graph has other nodes, {order}: take them from `order`."
    if node == order[-1]:
        return "no_seed", (
            "Nothing has arrived at the last node, since nothing comes behind it. What is its "
            "slope with respect to itself?"
        )
    return "nothing_arrived", (
        f"Nothing has arrived at `{node!r}` yet. That may be so for ever: not every node leads to "
        "the last one. Its slope is 0."
    )


_TURNED = "In each pair of a rule the input comes first and its slope second."
_CIRCLE = (
    "To know the slope of one node, that of another is asked for, which asks back. `order` saves "
    "you that: from its end on, all that a node gets comes before its turn."
)
# What an error says, then the hint and the advice.
_ERRORS = {
    "'function' object is not": (
        "not_called",
        "`local[node]` is a function: call it with the slope of its node.",
    ),
    "'str'": ("pair_turned_round", _TURNED),
    "unhashable": ("pair_turned_round", _TURNED),
    "required positional argument": (
        "g_ignored",
        "Each rule wants the slope that has arrived at its node, and returns what each input gets "
        "of it.",
    ),
    "truth value": (
        "truth_of_an_array",
        "Slopes may be arrays, and an array is neither true nor false. Let zeros pass like other "
        "slopes.",
    ),
    "NoneType": (
        "nothing_arrived",
        "A rule got `None`, or `None` was added: not every node leads to the last one. Where "
        "nothing has arrived the slope is 0.",
    ),
}


def _expect_nodes(came: Mapping, order: list, lead: list, local: Rules) -> None:
    more = [node for node in came if node not in order]
    if more:
        raise Wrong(
            "unknown_nodes",
            f"What you return has the node {more[0]!r}, but the graph has {order}. Take the nodes "
            "from `order`.",
        )
    lost = [node for node in lead if node not in came]
    if not lost:
        return
    if lost == order[-1:]:
        hint, advice = "last_missing", "Its slope with respect to itself is 1."
    elif all(local[node](0.0) for node in lost):
        hint, advice = "only_leaves", "Nodes in between have slopes, too, and pictures show them."
    else:
        hint, advice = "nodes_missing", "Keep what has arrived at each node."
    raise Wrong(hint, f"The node {lost[0]!r} has no slope in what you return. {advice}")


def _expect_any_node(answer: Answer) -> None:
    """Take numbers and tuples for nodes, and some that lead nowhere."""
    order, local = side_branch()
    zero = (
        lambda: slopes_of(order, local, nodes=[node for node in reversed(order) if node]),
        "The rule of the node 0 was not applied. A node can be anything, 0 as well, and 0 counts "
        "as false: do not ask whether a node is true.",
    )
    lead = ["a", 0, ("w", 1), "z"]
    _expect_slopes(answer, order, local, lead, mistakes={"falsy_node": zero})


def _expect_arrays(answer: Answer) -> None:
    order, local = with_arrays()
    in_place = (
        lambda: added_in_place(order, local),
        "With numbers all is right; with arrays a slope changes after it was computed. A rule may "
        "hand the same array to two inputs, and `+=` writes into it, so that both change. Make a "
        "new array: `a = a + b`.",
    )
    _expect_slopes(answer, order, local, mistakes={"in_place": in_place})


def _expect_slopes_handed_over(answer: Answer) -> None:
    """Where a rule adds up, its result for 1 cannot be multiplied by the slope afterwards."""
    order, local = with_product()
    product = local["p"]

    def rule(g: object) -> list:
        if np.all(np.equal(g, 1)):
            raise Wrong(
                "rule_called_with_one",
                "A rule was called with 1 instead of the slope of its node. To multiply what it "
                "gives by the slope afterwards is right only for operations that work entry by "
                "entry, and a matrix product does not: hand the rule the slope itself.",
            )
        return product(g)

    _expect_slopes(answer, order, local | {"p": rule}, mistakes={})


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

    order = list(range(_DOUBLINGS + 1))
    _expect_slopes(answer, order, {n: doubling(n) for n in order}, mistakes={})

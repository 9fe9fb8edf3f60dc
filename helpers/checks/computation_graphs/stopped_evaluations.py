"""Why the evaluation of a graph stopped with an error."""

from __future__ import annotations

from collections import Counter

from helpers.checks.computation_graphs.graphs_to_evaluate import CHAIN
from helpers.checks.computation_graphs.watched_graphs import FUNCTION_FIRST, Graph, watched
from helpers.checks.running import Answer, Wrong

_ONE_BY_ONE = (
    "All names of inputs were looked up at once. Each name has a value of its own: take them one "
    "by one, and collect the values in a list."
)
# What an error says, then the hint and the advice.
_ERRORS = {
    "truth value": (
        "zero_is_a_value",
        "Whether a value is there is not the same as whether it is true: ask `name in values`.",
    ),
    "'tuple' object is not callable": (
        "tuple_called",
        "What stands in the graph for a node is a tuple, and only its first entry is the function. "
        "Take the tuple apart before you call.",
    ),
    "'str' object is not callable": (
        "name_called",
        "A name was called like a function. In the tuple that the graph has for a node, the "
        "function is the first entry; the names of the inputs come behind it.",
    ),
    "'dict' object is not callable": (
        "graph_called",
        "A dictionary was called like a function. Square brackets look a name up in it.",
    ),
    "positional argument but": ("all_names_at_once", _ONE_BY_ONE),
    "unhashable type: 'list'": ("all_names_at_once", _ONE_BY_ONE),
    "expected 2, got 1": (
        "items_forgotten",
        "A loop over a dictionary goes through its names alone. Look each name up, or take pairs "
        "of name and tuple: `.items()`.",
    ),
    "values to unpack": (
        "two_inputs_only",
        "A node may have any number of inputs: in `function, *names = ...` the star takes all that "
        "follow.",
    ),
}


def explain_error(wrong: Wrong, answer: Answer, graph: Graph, feed: dict, calls: Counter) -> None:
    """Add what is wrong to the error with which the answer stopped.

    Parameters
    ----------
    wrong : Wrong
        Gets another hint and a longer message, if the error is a known one.
    answer : Answer
        The student's `evaluate`.
    graph, feed : dict
        What it got.
    calls : collections.Counter
        How often each node was computed before the error.
    """
    error = wrong.__cause__
    if isinstance(error, KeyError) and error.args:
        told = _of_missing(error.args[0], answer, graph, feed, calls)
    elif isinstance(error, RecursionError):
        told = (
            "recursion_without_end",
            "It calls itself again and again. What is fed, and what was computed before, needs no "
            "further call: ask for that first.",
        )
    else:
        told = next((told for words, told in _ERRORS.items() if words in str(error)), None)
    if told:
        wrong.hint = told[0]
        wrong.message += f" {told[1]}"


def _of_missing(name: object, answer: Answer, graph: Graph, feed: dict, calls: Counter):
    """Return hint and advice for a key that was not there, or nothing."""
    if callable(name):
        return "function_as_name", f"A function was looked up like a name. {FUNCTION_FIRST}"
    if name in feed:
        return "feed_not_asked", (
            f"`{name}` is fed: its value stands in `feed`, and nothing in the graph computes it."
        )
    if len(graph) == 1:
        return calls[name] and (
            "not_kept",
            f"The function of `{name}` was called, but its result was not kept under that name.",
        )
    if _stops_at(answer, CHAIN) and _stops_at(answer, dict(reversed(CHAIN.items()))):
        return "only_fed_inputs", (
            f"`{name}` is an input, but it is not fed: it is itself a node that the graph "
            "computes. Look for inputs among the computed values, too."
        )
    return "order_of_the_dict", (
        f"The nodes stand in any order, so that `{name}` may be needed before its turn comes. Then "
        "compute it first, or come back later."
    )


def _stops_at(answer: Answer, graph: Graph) -> bool:
    try:
        answer(watched(graph)[0], {"x": 1.0, "y": 2.0, "w": 3.0})
    except Wrong as wrong:
        return isinstance(wrong.__cause__, KeyError)
    return False

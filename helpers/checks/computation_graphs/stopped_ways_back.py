"""Why a way back through a graph stopped with an error, or led to nodes that do not exist."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from helpers.checks.running import Answer, Wrong

_TURNED = "In each pair of a rule the input comes first and its slope second."
_CIRCLE = (
    "To know the slope of one node, that of another is asked for, which asks back. `order` saves "
    "you that: from its end on, all that a node gets comes before its turn."
)
_PAIR = (
    "A rule returns a list of pairs. Take each pair apart: its first entry is an input, a node of "
    "the graph, its second the slope to add there."
)
_ALL_PAIRS = (
    "The list that a rule returns has a pair for each use of an input: several, one, or none where "
    "a node has no inputs. Go through all of them, however many there are."
)
_ONE_SLOPE = (
    "A rule was not handed a slope. It wants the one that has arrived at its node: a number or an "
    "array, not the node itself and not the dictionary."
)
# What an error says, then the hint and the advice.
_ERRORS = {
    "'function' object is not": (
        "not_called",
        "`local[node]` is a function: call it with the slope of its node.",
    ),
    "'dict' object is not callable": (
        "local_called",
        "`local` is a dictionary, and so is `slopes`: square brackets look a node up. What "
        "`local` has for it is a function, and that is called, with the slope of the node.",
    ),
    "unsupported operand type(s) for *: 'function'": (
        "not_called",
        "`local[node]` is a function: it is not multiplied by the slope, but called with it.",
    ),
    "and 'dict'": ("dictionary_for_a_slope", _ONE_SLOPE),
    "multiply sequence": ("name_for_a_slope", _ONE_SLOPE),
    "'NoneType' object is not": (
        "reverse_gives_none",
        "What you loop over is `None`. `order.reverse()` gives nothing back, and turns round the "
        "caller's own list; `reversed(order)` leaves it alone.",
    ),
    "and 'list'": ("pair_not_unpacked", f"{_PAIR} {_ALL_PAIRS}"),
    "'list' object has no attribute": ("list_not_a_dict", _PAIR),
    "list indices must be": ("list_not_a_dict", _PAIR),
    "unhashable type: 'list'": ("pair_not_unpacked", _PAIR),
    "and 'tuple'": ("pair_not_unpacked", _PAIR),
    "'tuple' and": ("pair_not_unpacked", _PAIR),
    "can only concatenate tuple": ("pair_not_unpacked", _PAIR),
    "values to unpack": ("pair_not_unpacked", f"{_PAIR} {_ALL_PAIRS}"),
    "cannot unpack": ("pair_not_unpacked", _PAIR),
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


def explain_error(wrong: Wrong, answer: Answer, order: list) -> None:
    """Add what is wrong to the error with which the answer stopped.

    Parameters
    ----------
    wrong : Wrong
        Gets another hint and a longer message, if the error is a known one.
    answer : Answer
        The student's `backward`.
    order : list
        Nodes of the graph.
    """
    error = wrong.__cause__
    if isinstance(error, KeyError) and error.args:
        hint, advice = _of_missing(error.args[0], order)
    elif isinstance(error, RecursionError):
        hint, advice = "asks_in_a_circle", _CIRCLE
    elif isinstance(error, IndexError):
        hint, advice = _of_index(answer)
    else:
        found = [told for words, told in _ERRORS.items() if words in str(error)]
        if not found:
            return
        hint, advice = found[0]
    wrong.hint = hint
    wrong.message += f" {advice}"


def of_unknown(node: Hashable, order: list) -> tuple[str, str]:
    """Return hint and advice for a key that is no node of the graph."""
    if isinstance(node, float | np.ndarray):
        return "pair_turned_round", _TURNED
    if isinstance(node, tuple) and len(node) == 2 and node[0] in order:
        return "pair_not_unpacked", _PAIR
    return "unknown_nodes", f"This graph has other nodes, {order}: take them from `order`."


def _of_missing(node: Hashable, order: list) -> tuple[str, str]:
    """Return hint and advice for a key that was not there."""
    if node not in order:
        return of_unknown(node, order)
    if node == order[-1]:
        return "no_seed", (
            "Nothing has arrived at the last node, since nothing comes behind it. What is its "
            "slope with respect to itself?"
        )
    return "nothing_arrived", (
        f"Nothing has arrived at `{node!r}` yet. That may be so for ever: not every node leads to "
        "the last one. Its slope is 0."
    )


def _of_index(answer: Answer) -> tuple[str, str]:
    """Tell a rule's list that is too short from places that `order` does not have."""
    many_pairs = {node: lambda g: 9 * [("a", 0 * g)] for node in ("a", "z")}
    try:
        answer(list(many_pairs), many_pairs)
    except Wrong as wrong:
        if isinstance(wrong.__cause__, IndexError):
            return "place_out_of_range", (
                "`order` has no such place: counting begins at 0 and ends one before its length. "
                "A loop over the nodes themselves, from the last to the first, needs no places."
            )
    return "one_pair_only", _ALL_PAIRS

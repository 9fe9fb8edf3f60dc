"""The check of a graph's evaluation: every node's value, computed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import Mistakes, as_array, close, first_difference, name_mistake
from helpers.checks.computation_graphs.graphs_to_evaluate import (
    ANY_NUMBER,
    CHAIN,
    DEEP,
    DIFFERENCE,
    SHARED,
    SUM,
)
from helpers.checks.computation_graphs.missing_names import SECONDS, expect_key_error
from helpers.checks.computation_graphs.stopped_evaluations import explain_error
from helpers.checks.computation_graphs.watched_graphs import Graph, values_of, watched
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, OutOfTime, Wrong, run_with_limit


@exercise(
    smaller_step="take a graph of one node, `{'z': (np.add, 'x', 'y')}`: pick its function and the "
    "names of its inputs apart, look their values up in `feed`, call the function. Then ask what "
    "to do when an input is a node that has no value yet."
)
def evaluate(answer: Answer) -> str:
    """``evaluate(graph, feed)``: the value of every node.

    Parameters
    ----------
    graph : dict
        Name of a node -> (function, \\*names of its inputs), in any order.
    feed : dict
        Name -> value: number or array.

    Returns
    -------
    dict
        Name -> value of every node that is fed or in the graph. A node that several others use is
        computed once, one that is fed not at all. A name that is neither fed nor in the graph is a
        KeyError with that name. Neither argument is changed.
    """
    try:
        _expect_values(answer)
        _expect_each_once(answer)
        _expect_fed_node_kept(answer)
        expect_key_error(answer, "scale")
        expect_key_error(answer, "offset")
    except Wrong as wrong:
        if wrong.hint == "changes_input":
            wrong.message = (
                "`evaluate` changed a dictionary that it was given. The same graph is evaluated "
                "again, with other values: collect the values in a dictionary of your own, which "
                "begins as a copy of `feed`."
            )
        raise
    return (
        "Nodes in any order and with any number of inputs; a shared node computed once, a fed one "
        "not at all; a missing name told."
    )


def _expect_values(answer: Answer) -> None:
    first = {"x": 2.0, "y": 3.0}
    _expect_right(answer, SUM, first)
    rng = default_rng(3)
    x, y = rng.standard_normal((2, 4, 3))
    _expect_right(answer, SUM, {"x": x, "y": y}, before=values_of(SUM, first))
    _expect_right(answer, DIFFERENCE, {"x": 7, "y": 4})
    _expect_right(answer, CHAIN, {"x": x, "y": 2, "w": y}, in_order=True)


def _expect_each_once(answer: Answer) -> None:
    rng = default_rng(4)
    w, x, y = rng.standard_normal((3, 2, 5))
    _expect_right(answer, SHARED, {"x": x, "y": y, "w": w})
    a, b = rng.standard_normal((4, 3)), rng.standard_normal((3, 3))
    mask = rng.random((4, 3)) < 0.5
    feed = {"a": a[:3], "b": b, "mask": mask[:3], "loss_of_others": 1.5}
    _expect_right(answer, ANY_NUMBER, feed)
    _expect_right(answer, DEEP, {"n0": x, "step": 0.5})
    _expect_zero_known(answer)


def _expect_right(
    answer: Answer, graph: Graph, feed: dict, before: dict | None = None, in_order: bool = False
) -> None:
    expected = values_of(graph, feed)
    came, calls = _evaluated(answer, graph, feed)
    _expect_names(came, graph, feed, calls)
    _expect_numbers(came, graph, calls)
    _expect_close(came, expected, graph, calls, _mistakes(graph, feed, before))
    twice = [name for name in graph if calls[name] > 1]
    if twice:
        raise Wrong(
            "computed_twice",
            f"Node `{twice[0]}` was computed {calls[twice[0]]} times{_users(graph, twice[0])}. "
            "Keep each value in a dictionary, and look there before you compute.",
        )


def _users(graph: Graph, name: str) -> str:
    users = [f"`{user}`" for user, node in graph.items() if name in node[1:]]
    return f": {' and '.join(users)} use it" if len(users) > 1 else ""


def _evaluated(answer: Answer, graph: Graph, feed: dict) -> tuple[Mapping, Counter]:
    """Call the answer with a graph that counts, and explain the errors it may stop with."""
    counting, calls = watched(graph)
    try:
        came = run_with_limit(lambda: answer(counting, feed), SECONDS)
    except OutOfTime:
        raise Wrong(
            "waits_for_ever",
            f"`evaluate` did not come back from a graph of {len(graph)} nodes. A loop waits for a "
            "value that no round of it computes.",
        ) from None
    except Wrong as wrong:
        explain_error(wrong, answer, graph, feed, calls)
        raise
    if not isinstance(came, Mapping):
        raise Wrong(
            "not_a_dict",
            "`evaluate` should return a dictionary, the name of every node with its value, but "
            f"returned a value of type `{type(came).__name__}`.",
        )
    return came, calls


_PASSED_OVER = "Was it passed over because an input had no value yet?"


def _expect_names(came: Mapping, graph: Graph, feed: dict, calls: Counter) -> None:
    lost = [name for name in graph if name not in came]
    if lost == [*graph] and calls[lost[0]]:
        raise Wrong(
            "not_kept",
            f"The function of `{lost[0]}` was called, but what you return has no value for "
            f"`{lost[0]}`. Keep each result in the dictionary, under the name of its node.",
        )
    if lost:
        why = "It was computed: keep it." if calls[lost[0]] else _PASSED_OVER
        raise Wrong(
            "node_missing",
            f"What you return lacks {len(lost)} of the {len(graph)} nodes in the graph, first "
            f"`{lost[0]}`. {why}",
        )
    lost = [name for name in feed if name not in came]
    if lost:
        raise Wrong(
            "feed_missing",
            f"The fed node `{lost[0]}` is missing in what you return. Its value is known, and "
            "whoever goes back through the graph needs it.",
        )
    more = [name for name in came if name not in graph and name not in feed]
    if more:
        raise Wrong(
            "extra_names",
            "What you return has a key that is neither fed nor in the graph: "
            f"`{getattr(more[0], '__name__', more[0])}`.",
        )


def _expect_numbers(came: Mapping, graph: Graph, calls: Counter) -> None:
    for name in graph:
        value = came[name]
        if callable(value) or (isinstance(value, tuple) and any(map(callable, value))):
            raise Wrong(
                "not_computed",
                f"What stands for `{name}` is still to be computed: it is a function, or has one "
                "in it. Call the node's function with the values of its inputs.",
            )
        if isinstance(value, list | tuple) and not calls[name]:
            raise Wrong(
                "not_computed",
                f"For `{name}` there is a {type(value).__name__}, and its function was not called. "
                "Are these the values of its inputs? The function makes one value of them.",
            )


def _expect_close(came: Mapping, expected: dict, graph: Graph, calls: Counter, mistakes) -> None:
    arrays = {name: as_array(came[name], f"values['{name}']") for name in expected}
    wrong = [name for name in expected if not close(arrays[name], expected[name])]
    if not wrong:
        return
    nodes = [name for name in graph if name in wrong] or wrong
    name_mistake(mistakes, lambda other: all(close(arrays[n], other[n]) for n in graph))
    if nodes[0] in graph and not calls[nodes[0]]:
        raise Wrong(
            "keeps_old_values",
            f"`{nodes[0]}` has a value, but its function was not called. Is it computed in "
            "another way, or left from an earlier call? A default like `values={}` is made once "
            "and kept.",
        )
    _tell_first_difference(arrays, expected, nodes)


def _tell_first_difference(arrays: dict, expected: dict, nodes: list[str]) -> None:
    array, should = arrays[nodes[0]], np.asarray(expected[nodes[0]], dtype=float)
    what = f"values['{nodes[0]}']"
    if array.shape != should.shape:
        raise Wrong(
            "wrong_shape", f"`{what}` should have shape {should.shape}, but has {array.shape}."
        )
    raise Wrong("wrong_value", first_difference(array, should, what))


def _mistakes(graph: Graph, feed: dict, before: dict | None) -> Mistakes:
    known: Mistakes = {
        "function_ignored": (
            partial(values_of, graph, feed, lambda _, inputs: sum(inputs.values())),
            "Every node gets the sum of its inputs. Each node brings its own function: it stands "
            "first, before the names.",
        ),
        "arguments_reversed": (
            partial(values_of, graph, feed, lambda f, inputs: f(*inputs.values()[::-1])),
            "The inputs come in the wrong order: `(np.subtract, 'y', 'x')` is y - x.",
        ),
    }
    if before is not None:
        known["keeps_old_values"] = (
            lambda: before,
            "The graph is fed with new values, but the nodes still have the values of the call "
            "before. Begin each call with a new dictionary: a default like `values={}` is made "
            "once and kept.",
        )
    return known if len(graph) == 1 else {}


def _expect_zero_known(answer: Answer) -> None:
    advice = (
        "With the value 0 for a node, it was taken for a node without a value. 0 counts as false: "
        "ask whether the name is there, `name in values`, not whether its value is true."
    )
    try:
        _expect_right(answer, SHARED, {"x": 2.0, "y": 2.0, "w": 0.0})
    except Wrong as wrong:
        if wrong.hint in ("computed_twice", "order_of_the_dict", "feed_not_asked"):
            raise Wrong("zero_is_a_value", advice) from None
        raise


def _expect_fed_node_kept(answer: Answer) -> None:
    """Feed a node that the graph could compute, together with its inputs."""
    feed = {"x": 1.0, "y": 3.0, "w": 0.5, "m": 10.0}
    came, calls = _evaluated(answer, SHARED, feed)
    _expect_names(came, SHARED, feed, calls)
    computed = values_of(SHARED, feed, fed_first=False)
    arrays = {name: as_array(came[name], f"values['{name}']") for name in SHARED}
    if calls["m"] or all(close(arrays[name], computed[name]) for name in SHARED):
        raise Wrong(
            "fed_node_computed",
            "`m` is fed, so that its value is known, but it was computed from its inputs all the "
            "same. A fed value comes first: what uses `m` goes on from there.",
        )
    _expect_close(came, values_of(SHARED, feed), SHARED, calls, {})

"""Answers to `evaluate`: the values of all nodes of a graph."""

import graphlib
from collections import ChainMap, deque

from tests.banks import right, wrong


@right("evaluate")
def recursive_with_a_cache(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = graph[name]
            values[name] = function(*[value_of(i) for i in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@right("evaluate")
def waits_until_inputs_are_there(graph, feed):
    values = {**feed}
    pending = [name for name in graph if name not in values]
    for name in graph:
        for i in graph[name][1:]:
            if i not in graph and i not in feed:
                raise KeyError(i)
    while pending:
        for name in list(pending):
            function, *inputs = graph[name]
            if all(i in values for i in inputs):
                values[name] = function(*(values[i] for i in inputs))
                pending.remove(name)
    return values


@right("evaluate")
def sorted_by_graphlib(graph, feed):
    values = dict(feed)
    sorter = graphlib.TopologicalSorter({name: node[1:] for name, node in graph.items()})
    for name in sorter.static_order():
        if name not in values:
            function, *inputs = graph[name]
            values[name] = function(*map(values.__getitem__, inputs))
    return values


class Lazy(dict):
    def __missing__(self, name):
        function, *inputs = self.graph[name]
        self[name] = function(*(self[i] for i in inputs))
        return self[name]


@right("evaluate")
def dict_that_computes_what_is_missing(graph, feed):
    values = Lazy(feed)
    values.graph = graph
    for name in graph:
        values[name]
    return values


@right("evaluate")
def own_stack(graph, feed):
    values, stack = dict(feed), list(graph)
    while stack:
        name = stack.pop()
        if name in values:
            continue
        node = graph[name]
        waiting = [i for i in node[1:] if i not in values]
        if waiting:
            stack += [name, *waiting]
        else:
            values[name] = node[0](*[values[i] for i in node[1:]])
    return values


@right("evaluate")
def counts_open_inputs(graph, feed):
    values = dict(feed)
    users, open_inputs = {}, {}
    for name, (_, *inputs) in graph.items():
        if name in feed:
            continue
        for i in inputs:
            if i not in graph and i not in feed:
                raise KeyError(f"there is no node {i}")
            users.setdefault(i, []).append(name)
        open_inputs[name] = len(inputs)
    ready = deque(feed)
    while ready:
        for user in users.get(ready.popleft(), ()):
            open_inputs[user] -= 1
            if open_inputs[user] == 0:
                function, *inputs = graph[user]
                values[user] = function(*[values[i] for i in inputs])
                ready.append(user)
    return values


@right("evaluate")
def calls_itself_on_a_smaller_graph(graph, feed):
    values = feed
    for name, (_, *inputs) in graph.items():
        for i in inputs:
            if i not in values:
                part = {i: graph[i]}
                values = calls_itself_on_what_is_needed(part, values, graph)
        values = calls_itself_on_what_is_needed({name: graph[name]}, values, graph)
    return dict(values)


def calls_itself_on_what_is_needed(part, values, graph):
    for name, (function, *inputs) in part.items():
        if name in values:
            continue
        for i in inputs:
            if i not in values:
                values = calls_itself_on_what_is_needed({i: graph[i]}, values, graph)
        values = {**values, name: function(*[values[i] for i in inputs])}
    return values


@right("evaluate")
def own_values_in_a_chain_of_maps(graph, feed):
    values = ChainMap({}, feed)

    def visit(name):
        try:
            return values[name]
        except KeyError:
            function, *inputs = graph[name]
            values[name] = function(*[visit(i) for i in inputs])
            return values[name]

    [visit(name) for name in graph]
    return values


@wrong("evaluate", "computed_twice")
def without_a_cache(graph, feed):
    def value_of(name):
        if name in feed:
            return feed[name]
        function, *inputs = graph[name]
        return function(*[value_of(i) for i in inputs])

    return {**feed, **{name: value_of(name) for name in graph}}


@wrong("evaluate", "computed_twice")
def computes_and_computes_again(graph, feed):
    values = recursive_with_a_cache(graph, feed)
    for name, (function, *inputs) in graph.items():
        if name not in feed:
            values[name] = function(*[values[i] for i in inputs])
    return values


@wrong("evaluate", "computed_twice")
def sweeps_until_nothing_is_missing(graph, feed):
    values = dict(feed)
    for _ in graph:
        for name, (function, *inputs) in graph.items():
            if name not in feed and all(i in values for i in inputs):
                values[name] = function(*[values[i] for i in inputs])
    for name in graph:
        for i in graph[name][1:]:
            values[i]
    return values


@wrong("evaluate", "order_of_the_dict")
def one_pass(graph, feed):
    values = dict(feed)
    for name, (function, *inputs) in graph.items():
        values[name] = function(*[values[i] for i in inputs])
    return values


@wrong("evaluate", "order_of_the_dict")
def one_pass_from_the_end(graph, feed):
    values = dict(feed)
    for name in reversed(graph):
        function, *inputs = graph[name]
        values[name] = function(*[values[i] for i in inputs])
    return values


@wrong("evaluate", "order_of_the_dict")
def one_pass_in_alphabetical_order(graph, feed):
    values = dict(feed)
    for name in sorted(graph):
        function, *inputs = graph[name]
        values[name] = function(*[values[i] for i in inputs])
    return values


@wrong("evaluate", "only_fed_inputs")
def inputs_from_the_feed_only(graph, feed):
    values = dict(feed)
    for name, (function, *inputs) in graph.items():
        values[name] = function(*[feed[i] for i in inputs])
    return values


@wrong("evaluate", "feed_missing")
def computed_nodes_only(graph, feed):
    values = recursive_with_a_cache(graph, feed)
    return {name: values[name] for name in graph}


@wrong("evaluate", "node_missing")
def last_node_only(graph, feed):
    values = recursive_with_a_cache(graph, feed)
    used = {i for node in graph.values() for i in node[1:]}
    ends = [name for name in graph if name not in used]
    return {**feed, **{name: values[name] for name in ends}}


@wrong("evaluate", "node_missing")
def one_sweep_with_what_is_there(graph, feed):
    values = dict(feed)
    for name, (function, *inputs) in graph.items():
        if name not in values and all(i in values for i in inputs):
            values[name] = function(*[values[i] for i in inputs])
    return values


@wrong("evaluate", "not_a_dict")
def value_of_the_last_node(graph, feed):
    values = recursive_with_a_cache(graph, feed)
    return values[list(graph)[-1]]


@wrong("evaluate", "not_a_dict")
def list_of_values(graph, feed):
    return list(recursive_with_a_cache(graph, feed).values())


@wrong("evaluate", "not_a_dict")
def pairs_of_names_and_values(graph, feed):
    return list(recursive_with_a_cache(graph, feed).items())


@wrong("evaluate", "function_ignored")
def always_adds(graph, feed):
    values = {name: (lambda *numbers: sum(numbers), *graph[name][1:]) for name in graph}
    return recursive_with_a_cache(values, feed)


@wrong("evaluate", "function_ignored")
def x_plus_y(graph, feed):
    return {**feed, "z": feed["x"] + feed["y"]}


@wrong("evaluate", "arguments_reversed")
def inputs_from_the_right(graph, feed):
    turned = {name: (node[0], *node[:0:-1]) for name, node in graph.items()}
    return recursive_with_a_cache(turned, feed)


@wrong("evaluate", "arguments_reversed")
def inputs_sorted_by_name(graph, feed):
    # Right wherever the inputs stand in alphabetical order.
    ordered = {name: (node[0], *sorted(node[1:])) for name, node in graph.items()}
    return recursive_with_a_cache(ordered, feed)


@wrong("evaluate", "names_not_values")
def names_to_the_function(graph, feed):
    values = dict(feed)
    for name, (function, *inputs) in graph.items():
        values[name] = function(*inputs)
    return values


@wrong("evaluate", "names_not_values")
def names_not_looked_up_when_computed(graph, feed):
    values = dict(feed)
    for name, (function, *inputs) in graph.items():
        values[name] = function(*[feed.get(i, i) for i in inputs])
    return values


@wrong("evaluate", "not_unpacked")
def a_list_to_the_function(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = graph[name]
            values[name] = function([value_of(i) for i in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "not_computed")
def the_functions_not_their_values(graph, feed):
    return {**feed, **{name: node[0] for name, node in graph.items()}}


@wrong("evaluate", "not_computed")
def keeps_a_recipe(graph, feed):
    values = dict(feed)
    for name, (function, *inputs) in graph.items():
        values[name] = lambda f=function, i=inputs: f(*[values[n] for n in i])
    return values


@wrong("evaluate", "not_computed")
def the_graph_and_the_feed_together(graph, feed):
    return {**graph, **feed}


@wrong("evaluate", "two_inputs_only")
def takes_two_inputs(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, left, right_ = graph[name]
            values[name] = function(value_of(left), value_of(right_))
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "two_inputs_only")
def takes_the_first_two_inputs(graph, feed):
    return recursive_with_a_cache({name: node[:3] for name, node in graph.items()}, feed)


@wrong("evaluate", "changes_input")
def writes_into_the_feed(graph, feed):
    def value_of(name):
        if name not in feed:
            function, *inputs = graph[name]
            feed[name] = function(*[value_of(i) for i in inputs])
        return feed[name]

    for name in graph:
        value_of(name)
    return feed


@wrong("evaluate", "changes_input")
def empties_the_graph(graph, feed):
    values = dict(feed)
    while graph:
        name, (function, *inputs) = graph.popitem()
        if name in values:
            continue
        if all(i in values for i in inputs):
            values[name] = function(*[values[i] for i in inputs])
        else:
            rest = dict(graph)
            graph.clear()
            graph[name] = (function, *inputs)
            graph.update(rest)
    return values


@wrong("evaluate", "changes_input")
def writes_the_values_into_the_graph(graph, feed):
    def value_of(name):
        if name in feed:
            return feed[name]
        if isinstance(graph[name], tuple):
            function, *inputs = graph[name]
            graph[name] = function(*[value_of(i) for i in inputs])
        return graph[name]

    return {**feed, **{name: value_of(name) for name in graph}}


@wrong("evaluate", "keeps_old_values")
def cache_as_a_default(graph, feed, values={}):  # noqa: B006
    values.update(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = graph[name]
            values[name] = function(*[value_of(i) for i in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return {name: values[name] for name in {**feed, **graph}}


@wrong("evaluate", "keeps_old_values")
def cache_of_results_a_graph(graph, feed, known={}):  # noqa: B006
    key = tuple(graph)
    if key not in known:
        known[key] = recursive_with_a_cache(graph, feed)
    return {**known[key], **feed}


@wrong("evaluate", "keeps_old_values")
def cache_of_everything(graph, feed, known={}):  # noqa: B006
    key = tuple(graph)
    if key not in known:
        known[key] = recursive_with_a_cache(graph, feed)
    return dict(known[key])


@wrong("evaluate", "zero_is_a_value")
def asks_for_truth(graph, feed):
    values = dict(feed)

    def value_of(name):
        known = values.get(name)
        if known is None or (getattr(known, "ndim", 0) == 0 and not known):
            function, *inputs = graph[name]
            values[name] = function(*[value_of(i) for i in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "zero_is_a_value")
def asks_an_array_for_truth(graph, feed):
    values = dict(feed)

    def value_of(name):
        if not values.get(name):
            function, *inputs = graph[name]
            values[name] = function(*[value_of(i) for i in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "fed_node_computed")
def computes_every_node_of_the_graph(graph, feed):
    values = {name: value for name, value in feed.items() if name not in graph}

    def value_of(name):
        if name not in values:
            function, *inputs = graph[name]
            values[name] = function(*[value_of(i) for i in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "fed_node_computed")
def fed_values_put_in_at_the_end(graph, feed):
    values = {name: value for name, value in feed.items() if name not in graph}
    return {**recursive_with_a_cache(graph, values), **feed}


@wrong("evaluate", "missing_name_accepted")
def none_for_a_missing_name(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = graph.get(name, (lambda: 0.0,))
            values[name] = function(*[value_of(i) for i in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "missing_name_accepted")
def leaves_out_what_cannot_be_computed(graph, feed):
    values = dict(feed)
    for _ in graph:
        for name, (function, *inputs) in graph.items():
            if name not in values and all(i in values for i in inputs):
                values[name] = function(*[values[i] for i in inputs])
    return values


@wrong("evaluate", "missing_name_accepted")
def catches_the_key_error(graph, feed):
    try:
        return recursive_with_a_cache(graph, feed)
    except KeyError:
        return dict(feed)


@wrong("evaluate", "missing_name_accepted")
def prints_the_missing_name(graph, feed):
    try:
        return recursive_with_a_cache(graph, feed)
    except KeyError as error:
        print("missing:", error)


@wrong("evaluate", "not_a_key_error")
def value_error(graph, feed):
    try:
        return recursive_with_a_cache(graph, feed)
    except KeyError as error:
        raise ValueError(f"{error} is missing") from None


@wrong("evaluate", "not_a_key_error")
def unpacks_none(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = graph.get(name)
            values[name] = function(*[value_of(i) for i in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "names_another_node")
def names_the_user(graph, feed):
    values = dict(feed)
    pending = [name for name in graph if name not in values]
    while pending:
        ready = [n for n in pending if all(i in values for i in graph[n][1:])]
        if not ready:
            raise KeyError(pending[0])
        for name in ready:
            function, *inputs = graph[name]
            values[name] = function(*[values[i] for i in inputs])
            pending.remove(name)
    return values


@wrong("evaluate", "names_another_node")
def key_error_without_a_name(graph, feed):
    try:
        return recursive_with_a_cache(graph, feed)
    except KeyError:
        raise KeyError("a value is missing") from None


@wrong("evaluate", "waits_for_ever")
def waits_for_the_missing_name(graph, feed):
    values = dict(feed)
    while not all(name in values for name in graph):
        for name, (function, *inputs) in graph.items():
            if name not in values and all(i in values for i in inputs):
                values[name] = function(*[values[i] for i in inputs])
    return values


@wrong("evaluate", "extra_names")
def with_the_functions(graph, feed):
    values = recursive_with_a_cache(graph, feed)
    values.update({node[0]: None for node in graph.values()})
    return values


@wrong("evaluate", "returns_none")
def without_return(graph, feed):
    recursive_with_a_cache(graph, feed)


@wrong("evaluate", "wrong_value")
def rounds(graph, feed):
    values = recursive_with_a_cache(graph, feed)
    return {name: value if name in feed else value.round(1) for name, value in values.items()}


@wrong("evaluate", "recursion_without_end")
def calls_itself_for_ever(graph, feed):
    return {name: calls_itself_for_ever(graph, feed)[name] for name in graph}


@wrong("evaluate", "waits_for_ever")
def puts_it_back_in_the_queue(graph, feed):
    values, waiting = dict(feed), deque(graph)
    while waiting:
        name = waiting.popleft()
        if name in values:
            continue
        function, *inputs = graph[name]
        try:
            values[name] = function(*[values[i] for i in inputs])
        except KeyError:
            waiting.append(name)
    return values


@wrong("evaluate", "keeps_old_values")
def always_multiplies(graph, feed):
    # Named with what is neither computed by the node's function nor a known mistake.
    values = dict(feed)
    for name, (_, *inputs) in graph.items():
        values[name] = values[inputs[0]] * values[inputs[1]]
    return values


@wrong("evaluate", "order_of_the_dict")
def two_inputs_in_one_pass(graph, feed):
    values = dict(feed)
    for name in graph:
        values[name] = graph[name][0](values[graph[name][1]], values[graph[name][2]])
    return values


@wrong("evaluate", "node_missing")
def a_fixed_number_of_rounds(graph, feed):
    values = dict(feed)
    for _ in range(10):
        for name, (function, *inputs) in graph.items():
            if name not in values and all(i in values for i in inputs):
                values[name] = function(*[values[i] for i in inputs])
    return values


@wrong("evaluate", "not_kept")
def returns_the_value_without_keeping_it(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = graph[name]
            return function(*[value_of(source) for source in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "function_as_name")
def the_function_among_the_names(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function = graph[name][0]
            values[name] = function(*[value_of(source) for source in graph[name]])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "function_as_name")
def looks_the_function_up(graph, feed):
    values = dict(feed)
    for name in graph:
        function, *inputs = [values[part] for part in graph[name]]
        values[name] = function(*inputs)
    return values


@wrong("evaluate", "tuple_called")
def calls_the_tuple(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            values[name] = graph[name](*[value_of(source) for source in graph[name][1:]])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "not_kept")
def keeps_the_value_in_a_local_variable(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = graph[name]
            value = function(*[value_of(source) for source in inputs])  # noqa: F841
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "function_as_name")
def gets_what_stands_for_the_function(graph, feed):
    values = dict(feed)
    for name, node in graph.items():
        values[name] = node[0](*[values.get(part) for part in node])
    return values


@wrong("evaluate", "function_as_name")
def hands_the_function_to_itself(graph, feed):
    values = dict(feed)
    for name, node in graph.items():
        values[name] = node[0](*[values.get(part, part) for part in node])
    return values


@wrong("evaluate", "name_called")
def takes_the_name_apart(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = name
            values[name] = function(*[value_of(source) for source in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "items_forgotten")
def loops_over_pairs_that_are_names(graph, feed):
    values = dict(feed)
    for name, node in graph:
        values[name] = node[0](*[values[part] for part in node[1:]])
    return values


@wrong("evaluate", "feed_not_asked")
def begins_with_no_values(graph, feed):
    values = {}

    def value_of(name):
        if name not in values:
            function, *inputs = graph[name]
            values[name] = function(*[value_of(source) for source in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values | feed


@wrong("evaluate", "two_inputs_only")
def one_name_for_all_inputs(graph, feed):
    values = dict(feed)
    for name in graph:
        function, inputs = graph[name]
        values[name] = function(*[values[part] for part in inputs])
    return values


@wrong("evaluate", "all_names_at_once")
def hands_all_names_over(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = graph[name]
            values[name] = function(value_of(*inputs))
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "all_names_at_once")
def looks_the_list_up(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = graph[name]
            values[name] = function(value_of(inputs))
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "graph_called")
def calls_the_graph(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            function, *inputs = graph(name)
            values[name] = function(*[value_of(source) for source in inputs])
        return values[name]

    for name in graph:
        value_of(name)
    return values


@wrong("evaluate", "not_computed")
def collects_the_inputs(graph, feed):
    values = dict(feed)

    def value_of(name):
        if name not in values:
            values[name] = [value_of(source) for source in graph[name][1:]]
        return values[name]

    for name in graph:
        value_of(name)
    return values

"""Answers to `backward`: the slopes of the last node, from the end to the beginning."""

from collections import defaultdict, deque

import numpy as np

from tests.banks import right, wrong


@right("backward")
def push_to_inputs(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
    return slopes


@right("backward")
def default_dict(order, local):
    slopes = defaultdict(float, {order[-1]: 1.0})
    for node in order[::-1]:
        for name, slope in local[node](slopes[node]):
            slopes[name] += slope
    return slopes


@right("backward")
def only_what_leads_to_the_last(order, local):
    slopes = {order[-1]: 1}
    for node in reversed(order):
        if node in slopes:
            for name, slope in local[node](slopes[node]):
                slopes[name] = slopes.get(name, 0) + slope
    return slopes


@right("backward")
def pull_from_users(order, local):
    slopes = {order[-1]: 1.0}
    for place in range(len(order) - 2, -1, -1):
        slopes[order[place]] = sum(
            slope
            for user in order[place + 1 :]
            for name, slope in local[user](slopes[user])
            if name == order[place]
        )
    return slopes


@right("backward")
def sends_letters(order, local):
    letters = {node: [] for node in order}
    letters[order[-1]].append(np.ones(()))
    slopes = {}
    for node in reversed(order):
        slopes[node] = np.sum(np.broadcast_arrays(*letters[node]), axis=0) if letters[node] else 0
        for name, slope in local[node](slopes[node]):
            letters[name].append(slope)
    return slopes


@right("backward")
def copies_before_adding_in_place(order, local):
    slopes = {order[-1]: np.float64(1.0)}
    stack = list(order)
    while stack:
        node = stack.pop()
        for name, slope in local[node](slopes.get(node, 0.0)):
            if name in slopes:
                slopes[name] += slope
            else:
                slopes[name] = np.array(slope)
    return {node: slopes.get(node, 0.0) for node in order}


@right("backward")
def recursive_on_a_shorter_order(order, local, slopes=None):
    slopes = {order[-1]: 1.0} if slopes is None else slopes
    if order:
        for name, slope in local[order[-1]](slopes.get(order[-1], 0.0)):
            slopes = {**slopes, name: slopes.get(name, 0.0) + slope}
        return recursive_on_a_shorter_order(order[:-1], local, slopes)
    return slopes


@wrong("backward", "overwritten")
def last_path_wins(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slope
    return slopes


@wrong("backward", "overwritten")
def updates_a_dict(order, local):
    slopes = {order[-1]: 1.0}
    for node in reversed(order):
        slopes.update(local[node](slopes.get(node, 0.0)))
    return slopes


@wrong("backward", "first_path_only")
def first_path_wins(order, local):
    slopes = {order[-1]: 1.0}
    for node in reversed(order):
        for name, slope in local[node](slopes.get(node, 0.0)):
            slopes.setdefault(name, slope)
    return slopes


@wrong("backward", "added_within_a_node_only")
def adds_within_one_node(order, local):
    slopes = {order[-1]: 1.0}
    for node in reversed(order):
        parts = {}
        for name, slope in local[node](slopes.get(node, 0.0)):
            parts[name] = parts.get(name, 0.0) + slope
        slopes.update(parts)
    return slopes


@wrong("backward", "added_across_nodes_only")
def twice_the_same_input_counts_once(order, local):
    slopes = {order[-1]: 1.0}
    for node in reversed(order):
        for name, slope in dict(local[node](slopes.get(node, 0.0))).items():
            slopes[name] = slopes.get(name, 0.0) + slope
    return slopes


@wrong("backward", "forward_order")
def from_the_beginning(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in order:
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "no_seed")
def all_zero(order, local):
    slopes = dict.fromkeys(order, 0.0)
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "no_seed")
def nothing_to_begin_with(order, local):
    slopes = {}
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes.get(name, 0.0) + slope
    return slopes


@wrong("backward", "seed_at_first")
def begins_at_the_first_node(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[0]] = 1.0
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "starts_at_one")
def ones_everywhere(order, local):
    slopes = dict.fromkeys(order, 1.0)
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "last_missing")
def default_of_one(order, local):
    slopes = {}
    for node in reversed(order):
        for name, slope in local[node](slopes.get(node, 1.0)):
            slopes[name] = slopes.get(name, 1.0) + slope
    return slopes


@wrong("backward", "g_ignored")
def one_for_every_node(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for name, slope in local[node](1.0):
            slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "g_twice")
def times_g_again(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope * slopes[node]
    return slopes


@wrong("backward", "multiplied")
def product_of_the_paths(order, local):
    slopes = dict.fromkeys(order, 1.0)
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] * slope
    return slopes


@wrong("backward", "averaged")
def mean_of_the_paths(order, local):
    parts = defaultdict(list, {order[-1]: [1.0]})
    slopes = {}
    for node in reversed(order):
        slopes[node] = sum(parts[node]) / max(1, len(parts[node]))
        for name, slope in local[node](slopes[node]):
            parts[name].append(slope)
    return slopes


@wrong("backward", "only_leaves")
def leaves_only(order, local):
    slopes = push_to_inputs(order, local)
    return {node: slope for node, slope in slopes.items() if not local[node](0.0)}


@wrong("backward", "last_missing")
def without_the_last(order, local):
    slopes = push_to_inputs(order, local)
    del slopes[order[-1]]
    return slopes


@wrong("backward", "nodes_missing")
def dropped_when_used(order, local):
    slopes, done = {order[-1]: 1.0}, {}
    for node in reversed(order):
        done[node] = slopes.pop(node, 0.0)
        for name, slope in local[node](done[node]):
            slopes[name] = slopes.get(name, 0.0) + slope
    return {order[0]: done[order[0]], order[-1]: 1.0}


@wrong("backward", "not_a_dict")
def slope_of_the_first(order, local):
    return push_to_inputs(order, local)[order[0]]


@wrong("backward", "not_a_dict")
def list_of_slopes(order, local):
    slopes = push_to_inputs(order, local)
    return [slopes[node] for node in order]


@wrong("backward", "in_place")
def adds_into_the_same_array(order, local):
    slopes = {order[-1]: 1.0}
    for node in reversed(order):
        for name, slope in local[node](slopes.get(node, 0.0)):
            if name in slopes:
                slopes[name] += slope
            else:
                slopes[name] = slope
    return slopes


@wrong("backward", "too_early")
def visits_each_node_once_from_the_end(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    queue, seen = deque([order[-1]]), {order[-1]}
    while queue:
        node = queue.popleft()
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
            if name not in seen:
                seen.add(name)
                queue.append(name)
    return slopes


@wrong("backward", "too_early")
def depth_first_once(order, local):
    slopes, seen = dict.fromkeys(order, 0.0), set()
    slopes[order[-1]] = 1.0

    def visit(node):
        if node in seen:
            return
        seen.add(node)
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
            visit(name)

    visit(order[-1])
    return slopes


@wrong("backward", "path_by_path")
def every_path_for_itself(order, local):
    slopes = dict.fromkeys(order, 0.0)

    def walk(node, g):
        slopes[node] = slopes[node] + g
        for name, slope in local[node](g):
            walk(name, slope)

    walk(order[-1], 1.0)
    return slopes


@wrong("backward", "accumulated_again")
def sends_the_total_at_each_arrival(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0

    def walk(node):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
            walk(name)

    walk(order[-1])
    return slopes


@wrong("backward", "changes_input")
def reverses_the_list(order, local):
    last = order[-1]
    order.reverse()
    slopes = dict.fromkeys(order, 0.0)
    slopes[last] = 1.0
    for node in order:
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "changes_input")
def pops_the_list(order, local):
    slopes = {order[-1]: 1.0}
    while order:
        node = order.pop()
        for name, slope in local[node](slopes.get(node, 0.0)):
            slopes[name] = slopes.get(name, 0.0) + slope
    return slopes


@wrong("backward", "unknown_nodes")
def looks_for_letters(order, local):
    slopes = {name: 0.0 for name in "asz"}
    slopes["z"] = 1.0
    for node in "zsa":
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "stops_early")
def leaves_out_the_first(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for place in range(len(order) - 1, 1, -1):
        for name, slope in local[order[place]](slopes[order[place]]):
            slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "forward_order")
def returns_inside_the_loop(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
        return slopes


@wrong("backward", "not_called")
def takes_the_rule_for_its_result(order, local):
    slopes = {order[-1]: 1.0}
    for node in reversed(order):
        for name, slope in local[node]:
            slopes[name] = slopes.get(name, 0.0) + slope * slopes[node]
    return slopes


@wrong("backward", "returns_none")
def no_return(order, local):
    push_to_inputs(order, local)


@wrong("backward", "one_number_each")
def numbers_only(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] += float(np.sum(slope))
    return slopes


@wrong("backward", "unknown_nodes")
def the_example(order, local):
    return {"a": 7.0, "s": 1.0, "z": 1.0}


@wrong("backward", "sign")
def sign(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] - slope
    return slopes


@wrong("backward", "nothing_arrived")
def trusts_that_all_nodes_lead_to_the_last(order, local):
    slopes = {order[-1]: 1.0}
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes.get(name, 0.0) + slope
    return slopes


@wrong("backward", "nothing_arrived")
def none_where_nothing_arrived(order, local):
    slopes = {order[-1]: 1.0}
    for node in reversed(order):
        for name, slope in local[node](slopes.get(node)):
            slopes[name] = slopes.get(name, 0.0) + slope
    return slopes


@wrong("backward", "falsy_node")
def passes_over_node_zero(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        if not node:
            continue
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "truth_of_an_array")
def saves_work_where_the_slope_is_zero(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        if slopes[node]:
            for name, slope in local[node](slopes[node]):
                slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "g_ignored")
def calls_the_rules_without_a_slope(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for name, slope in local[node]():
            slopes[name] = slopes[name] + slope * slopes[node]
    return slopes


@wrong("backward", "pair_turned_round")
def slope_first(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for slope, name in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "pair_turned_round")
def slope_first_with_a_default(order, local):
    slopes = {order[-1]: 1.0}
    for node in reversed(order):
        for slope, name in local[node](slopes.get(node, 0.0)):
            slopes[name] = slopes.get(name, 0.0) + slope
    return slopes


@wrong("backward", "asks_in_a_circle")
def asks_all_other_nodes(order, local):
    known = {order[-1]: 1.0}

    def slope_at(node):
        if node not in known:
            known[node] = sum(
                slope
                for user in order
                for name, slope in local[user](slope_at(user))
                if name == node
            )
        return known[node]

    return {node: slope_at(node) for node in order}


@right("backward")
def skips_what_has_no_slope(order, local):
    arrived = {node: [] for node in order}
    arrived[order[-1]] = [1]
    slopes = {}
    for node in reversed(order):
        if len(arrived[node]) == 0:
            continue
        slopes[node] = sum(arrived[node][1:], arrived[node][0])
        for name, slope in local[node](slopes[node]):
            arrived[name].append(slope)
    return slopes


@wrong("backward", "wrong_value")
def seed_of_two(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 2.0
    for node in reversed(order):
        for name, slope in local[node](slopes[node]):
            slopes[name] = slopes[name] + slope
    return slopes


@wrong("backward", "wrong_shape")
def lists_of_what_arrived(order, local):
    slopes = {node: [] for node in order}
    slopes[order[-1]].append(1.0)
    for node in reversed(order):
        for name, slope in local[node](sum(slopes[node])):
            slopes[name].append(slope)
    return slopes


@wrong("backward", "rule_called_with_one")
def rule_with_one(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source, slope in local[node](1.0):
            slopes[source] = slopes[source] + slope * slopes[node]
    return slopes


@wrong("backward", "rule_called_with_one")
def rule_with_ones(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source, slope in local[node](np.ones_like(slopes[node])):
            slopes[source] = slopes[source] + slope * slopes[node]
    return slopes


@wrong("backward", "pair_not_unpacked")
def looks_a_pair_up(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source in local[node](slopes[node]):
            slopes[source] = slopes[source] + slopes[node]
    return slopes


@wrong("backward", "pair_not_unpacked")
def keeps_pairs_as_keys(order, local):
    slopes = defaultdict(float, {order[-1]: 1.0})
    for node in reversed(order):
        for source in local[node](slopes[node]):
            slopes[source] += slopes[node]
    return slopes


@wrong("backward", "pair_not_unpacked")
def adds_a_pair(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for pair in local[node](slopes[node]):
            slopes[node] += pair
    return slopes


@wrong("backward", "pair_not_unpacked")
def unpacks_the_list_for_a_pair(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        source, slope = local[node](slopes[node])
        slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "rule_ignored")
def hands_on_what_arrived(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source, _ in local[node](slopes[node]):
            slopes[source] += slopes[node]
    return slopes


@wrong("backward", "added_to_the_user")
def adds_to_the_node_itself(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for _, slope in local[node](slopes[node]):
            slopes[node] += slope
    return slopes


@wrong("backward", "local_called")
def calls_the_dictionary(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source, slope in local(node):
            slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "one_pair_only")
def takes_the_first_pair(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        source, slope = local[node](slopes[node])[0]
        slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "one_pair_only")
def takes_the_first_pair_if_there_is_one(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source, slope in local[node](slopes[node])[:1]:
            slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "one_pair_only")
def takes_the_last_pair_if_there_is_one(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        pairs = local[node](slopes[node])
        if pairs:
            source, slope = pairs[-1]
            slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "added_to_the_user")
def replaces_the_slope_of_the_node_itself(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for _, slope in local[node](slopes[node]):
            slopes[node] = slope
    return slopes


@wrong("backward", "pair_not_unpacked")
def takes_each_pair_for_a_list_of_pairs(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for pair in local[node](slopes[node]):
            for source, slope in pair:
                slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "list_not_a_dict")
def asks_the_list_for_items(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source, slope in local[node](slopes[node]).items():
            slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "list_not_a_dict")
def looks_an_input_up_in_the_list(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source in order:
            slopes[source] = slopes[source] + local[node](slopes[node])[source]
    return slopes


@wrong("backward", "place_out_of_range")
def counts_one_place_too_far(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for place in range(len(order), 0, -1):
        for source, slope in local[order[place]](slopes[order[place]]):
            slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "one_pair_only")
def always_two_pairs(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        pairs = local[node](slopes[node])
        for place in range(2):
            source, slope = pairs[place]
            slopes[source] = slopes[source] + slope
    return slopes


@right("backward")
def places_in_the_order_and_in_the_pairs(order, local):
    slopes = {node: 0 for node in order}
    slopes[order[len(order) - 1]] = 1
    place = len(order) - 1
    while place >= 0:
        pairs = local[order[place]](slopes[order[place]])
        for i in range(len(pairs)):
            slopes[pairs[i][0]] = slopes[pairs[i][0]] + pairs[i][1]
        place -= 1
    return slopes


@wrong("backward", "order_of_local")
def goes_by_the_rules(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(local):
        for source, slope in local[node](slopes[node]):
            slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "pair_not_unpacked")
def adds_the_list(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        slopes[node] += local[node](slopes[node])
    return slopes


@wrong("backward", "not_called")
def multiplies_the_rule(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source, slope in local[node] * slopes[node]:
            slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "dictionary_for_a_slope")
def hands_over_all_slopes(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source, slope in local[node](slopes):
            slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "name_for_a_slope")
def hands_over_the_name(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source, slope in local[node](node):
            slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "reverse_gives_none")
def loops_over_what_reverse_gives(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in order.reverse():
        for source, slope in local[node](slopes[node]):
            slopes[source] = slopes[source] + slope
    return slopes


@wrong("backward", "added_to_the_users_slope")
def adds_to_what_the_node_has(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order):
        for source, slope in local[node](slopes[node]):
            slopes[source] = slopes[node] + slope
    return slopes


@wrong("backward", "only_the_seed")
def backward_seed_alone(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    return slopes


@wrong("backward", "only_the_seed")
def backward_last_node_skipped(order, local):
    slopes = dict.fromkeys(order, 0.0)
    slopes[order[-1]] = 1.0
    for node in reversed(order[:-1]):
        for source, slope in local[node](slopes[node]):
            slopes[source] = slopes[source] + slope
    return slopes

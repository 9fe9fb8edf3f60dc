"""Right and wrong answers to the exercise about the number of a network's parameters."""

import math

import numpy as np

from tests.banks import right, wrong


@right("param_count")
def count_pairs(layers):
    return sum((n + 1) * m for n, m in zip(layers, layers[1:]))


@right("param_count")
def count_weights_then_biases(layers):
    weights = sum(a * b for a, b in zip(layers[:-1], layers[1:]))
    return weights + sum(layers[1:])


@right("param_count")
def count_dot(layers):
    return np.dot(np.array(layers[:-1]) + 1, layers[1:])


@right("param_count")
def count_loop(layers):
    total = 0
    for i in range(len(layers) - 1):
        total += layers[i] * layers[i + 1] + layers[i + 1]
    return total


@right("param_count")
def count_recursive(layers):
    if len(layers) < 2:
        return 0
    first, second, *_ = layers
    return (first + 1) * second + count_recursive(layers[1:])


@right("param_count")
def count_made_arrays(layers):
    shapes = [(1 + n, m) for n, m in zip(layers, layers[1:])]
    return sum(np.empty(shape).size for shape in shapes)


@right("param_count")
def count_zero_dimensional(layers):
    sizes = np.asarray(layers)
    return np.sum((sizes[:-1] + 1) * sizes[1:], keepdims=True).reshape(())


@right("param_count")
def count_products(layers):
    from itertools import pairwise

    return sum(map(math.prod, pairwise(layers))) + sum(layers) - layers[0]


@right("param_count")
def count_of_keras(layers):
    import keras

    network = keras.Sequential([keras.Input((layers[0],))])
    for size in layers[1:]:
        network.add(keras.layers.Dense(size))
    return network.count_params()


@wrong("param_count", "no_biases")
def count_no_biases(layers):
    return sum(n * m for n, m in zip(layers, layers[1:]))


@wrong("param_count", "no_biases")
def count_dot_no_biases(layers):
    return int(np.dot(layers[:-1], layers[1:]))


@wrong("param_count", "input_biases")
def count_biases_of_the_input(layers):
    return sum(n * m for n, m in zip(layers, layers[1:])) + sum(layers)


@wrong("param_count", "input_biases")
def count_recursive_biases_everywhere(layers):
    if len(layers) == 1:
        return layers[0]
    return layers[0] * layers[1] + layers[0] + count_recursive_biases_everywhere(layers[1:])


@wrong("param_count", "bias_units_fed")
def count_as_the_classic_class(layers):
    hidden = sum((n + 1) * (m + 1) for n, m in zip(layers[:-2], layers[1:-1]))
    return hidden + (layers[-2] + 1) * layers[-1]


@wrong("param_count", "bias_units_fed")
def count_one_more_on_both_sides(layers):
    return sum((n + 1) * (m + 1) for n, m in zip(layers, layers[1:]))


@wrong("param_count", "bias_for_each_input")
def count_bias_on_the_wrong_side(layers):
    return sum(n * (m + 1) for n, m in zip(layers, layers[1:]))


@wrong("param_count", "one_bias_a_layer")
def count_one_bias_a_layer(layers):
    return sum(n * m + 1 for n, m in zip(layers, layers[1:]))


@wrong("param_count", "output_biases_missing")
def count_biases_of_hidden_layers(layers):
    return sum(n * m for n, m in zip(layers, layers[1:])) + sum(layers[1:-1])


@wrong("param_count", "first_bias_only")
def count_biases_of_the_first_layer(layers):
    return sum(n * m for n, m in zip(layers, layers[1:])) + layers[1]


@wrong("param_count", "hard_coded")
def count_always_the_same(layers):
    return 9098


@wrong("param_count", "hard_coded")
def count_of_the_text(layers):
    return 60 * 128 + 128 + 128 * 10 + 10


@wrong("param_count", "product_of_all")
def count_product(layers):
    return math.prod(layers)


@wrong("param_count", "sum_of_sizes")
def count_neurons(layers):
    return sum(layers)


@wrong("param_count", "sum_of_sizes")
def count_neurons_without_the_input(layers):
    return sum(layers[1:])


@wrong("param_count", "three_layers_only")
def count_two_steps(layers):
    return (layers[0] + 1) * layers[1] + (layers[1] + 1) * layers[2]


@wrong("param_count", "three_layers_only")
def count_unpacks(layers):
    n, h, k = layers
    return n * h + h + h * k + k


@wrong("param_count", "three_layers_only")
def count_unpacks_with_a_star(layers):
    n, h, k, *_ = [*layers, 0]
    return n * h + h + h * k + k


@wrong("param_count", "last_layer_missing")
def count_stops_early(layers):
    return sum((layers[i] + 1) * layers[i + 1] for i in range(len(layers) - 2))


@wrong("param_count", "first_layer_missing")
def count_starts_late(layers):
    return sum((layers[i - 1] + 1) * layers[i] for i in range(2, len(layers)))


@wrong("param_count", "last_layer_only")
def count_overwrites(layers):
    for n, m in zip(layers, layers[1:]):
        total = (n + 1) * m
    return total


@wrong("param_count", "returns_in_loop")
def count_returns_in_the_loop(layers):
    total = 0
    for n, m in zip(layers, layers[1:]):
        total += (n + 1) * m
        return total


@wrong("param_count", "runs_over_the_end")
def count_runs_over_the_end(layers):
    return sum((layers[i] + 1) * layers[i + 1] for i in range(len(layers)))


@wrong("param_count", "counts_round")
def count_from_last_to_first(layers):
    return sum((layers[i - 1] + 1) * layers[i] for i in range(len(layers)))


@wrong("param_count", "every_pair")
def count_every_pair_of_layers(layers):
    from itertools import combinations

    return sum(n * m for n, m in combinations(layers, 2)) + sum(layers[1:])


@wrong("param_count", "one_for_each_layer")
def count_each_layer(layers):
    return [(n + 1) * m for n, m in zip(layers, layers[1:])]


@wrong("param_count", "one_for_each_layer")
def count_each_layer_in_an_array(layers):
    sizes = np.array(layers)
    return (sizes[:-1] + 1) * sizes[1:]


@wrong("param_count", "not_a_whole_number")
def count_float(layers):
    return float(count_pairs(layers))


@wrong("param_count", "text")
def count_text(layers):
    return f"{count_pairs(layers)} parameters"


@wrong("param_count", "wrong_type")
def count_generator(layers):
    return ((n + 1) * m for n, m in zip(layers, layers[1:]))


@wrong("param_count", "changes_input")
def count_pops(layers):
    total, n = 0, layers.pop(0)
    while layers:
        total += (n + 1) * layers[0]
        n = layers.pop(0)
    return total


@wrong("param_count", "squares")
def count_square_layers(layers):
    return sum((n + 1) * n for n in layers)


@wrong("param_count", "sizes_added")
def count_without_brackets(layers):
    return sum(n + 1 * m for n, m in zip(layers, layers[1:]))


@wrong("param_count", "small_type")
def count_sixteen_bits(layers):
    sizes = np.array(layers, dtype=np.int16)
    return np.dot(sizes[:-1] + np.int16(1), sizes[1:])


@wrong("param_count", "prints")
def count_prints(layers):
    print(count_pairs(layers))


@wrong("param_count", "wrong_value")
def count_looks_up_neighbours(layers):
    return sum((n + 1) * layers[layers.index(n) + 1] for n in layers[:-1])


@wrong("param_count", "sizes_added")
def count_adds_neighbours(sizes):
    total = 0
    for level in range(len(sizes) - 1):
        total = total + sizes[level] + sizes[level + 1]
    return total


@wrong("param_count", "sizes_added")
def count_adds_neighbours_and_one(sizes):
    return sum((n + 1) + m for n, m in zip(sizes, sizes[1:]))


@wrong("param_count", "sizes_added")
def count_adds_neighbours_and_biases(sizes):
    return sum(n + m + m for n, m in zip(sizes, sizes[1:]))


@wrong("param_count", "sum_of_sizes")
def count_values_that_come_in(sizes):
    total = 0
    for level in range(len(sizes) - 1):
        total = total + sizes[level] + 1
    return total


@wrong("param_count", "squares")
def count_square_layers_before_the_last(sizes):
    total = 0
    for level in range(len(sizes) - 1):
        total = total + (sizes[level] + 1) * sizes[level]
    return total


@wrong("param_count", "weights_and_biases_multiplied")
def count_multiplies_by_biases(sizes):
    return sum(n * m * m for n, m in zip(sizes, sizes[1:]))


@right("param_count")
def count_of_the_frame(sizes):
    total = 0
    for level in range(len(sizes) - 1):
        total = total + sizes[level] * sizes[level + 1]
        total = total + sizes[level + 1]
    return total


@wrong("param_count", "one_bias_a_layer")
def count_one_bias_in_all(sizes):
    return sum(n * m for n, m in zip(sizes, sizes[1:])) + 1


@wrong("param_count", "wrong_value")
def count_sorted_sizes(sizes):
    return sum((n + 1) * m for n, m in zip(sizes, sorted(sizes[1:], reverse=True)))

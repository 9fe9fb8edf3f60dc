"""Right and wrong answers to the exercises of unit 02."""

import numpy as np

from tests.banks import right, wrong


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def add_bias(X):
    return np.column_stack([np.ones(len(X)), X])


def activations(X, W):
    A = [X]
    for w in W:
        A.append(sigmoid(add_bias(A[-1]) @ w))
    return A


def deltas(A, W, Y):
    D = [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]
    for a, w in zip(A[-2:0:-1], W[:0:-1]):
        D.append(D[-1] @ w[1:].T * a * (1 - a))
    return D[::-1]


def gradients(A, D):
    return [add_bias(a).T @ d for a, d in zip(A, D)]


def minibatches(n, size, rng):
    order = rng.permutation(n)
    return [order[i : i + size] for i in range(0, n, size)]


def loss_of(W, X, Y):
    return np.sum((activations(X, W)[-1] - Y) ** 2)


# ---------------------------------------------------------------------------------- init_weights


@right("init_weights")
def init_comprehension(layers, rng, scale=1.0):
    return [scale * rng.standard_normal((1 + n, m)) for n, m in zip(layers, layers[1:])]


@right("init_weights")
def init_loop(layers, rng, scale=1.0):
    W = []
    for index in range(len(layers) - 1):
        W.append(rng.normal(0, scale, size=(layers[index] + 1, layers[index + 1])))
    return W


@right("init_weights")
def init_bias_apart(layers, rng, scale=1.0):
    weights = []
    for n, m in zip(layers[:-1], layers[1:]):
        body = rng.normal(size=(n, m)) * scale
        bias = rng.normal(size=(1, m)) * scale
        weights.append(np.vstack([bias, body]))
    return tuple(weights)


@right("init_weights")
def init_one_long_draw(layers, rng, scale=1.0):
    shapes = [(n + 1, m) for n, m in zip(layers, layers[1:])]
    ends = np.cumsum([0] + [n * m for n, m in shapes])
    numbers = scale * rng.standard_normal(ends[-1])
    return [numbers[a:b].reshape(s) for a, b, s in zip(ends, ends[1:], shapes)]


@right("init_weights")
def init_single_precision(layers, rng, scale=1.0):
    return [
        scale * rng.standard_normal((1 + n, m)).astype(np.float32)
        for n, m in zip(layers, layers[1:])
    ]


@wrong("init_weights", "bias_row_missing")
def init_no_bias(layers, rng, scale=1.0):
    return [scale * rng.standard_normal((n, m)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "bias_row_missing")
def init_no_bias_at_the_end(layers, rng, scale=1.0):
    W = init_comprehension(layers, rng, scale)
    return W[:-1] + [W[-1][1:]]


@wrong("init_weights", "transposed")
def init_transposed(layers, rng, scale=1.0):
    return [scale * rng.standard_normal((m, 1 + n)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "bias_column")
def init_bias_column(layers, rng, scale=1.0):
    return [scale * rng.standard_normal((n, 1 + m)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "learned_bias_unit")
def init_as_the_classic_class(layers, rng, scale=1.0):
    W = [scale * rng.standard_normal((n + 1, m + 1)) for n, m in zip(layers[:-2], layers[1:-1])]
    W.append(scale * rng.standard_normal((layers[-2] + 1, layers[-1])))
    return W


@wrong("init_weights", "wrong_number_of_layers")
def init_one_too_many(layers, rng, scale=1.0):
    ends = list(layers[1:]) + [layers[-1]]
    return [scale * rng.standard_normal((1 + n, m)) for n, m in zip(layers, ends)]


@wrong("init_weights", "wrong_number_of_layers")
def init_one_too_few(layers, rng, scale=1.0):
    return init_comprehension(layers[:-1], rng, scale)


@wrong("init_weights", "not_a_list")
def init_first_only(layers, rng, scale=1.0):
    return scale * rng.standard_normal((1 + layers[0], layers[1]))


@wrong("init_weights", "rng_ignored")
def init_global_numpy(layers, rng, scale=1.0):
    return [scale * np.random.randn(1 + n, m) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "rng_ignored")
def init_new_generator(layers, rng, scale=1.0):
    rng = np.random.default_rng()
    return [scale * rng.standard_normal((1 + n, m)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "own_seed")
def init_own_seed(layers, rng, scale=1.0):
    rng = np.random.default_rng(42)
    return [scale * rng.standard_normal((1 + n, m)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "same_for_all")
def init_reseeded_in_the_loop(layers, rng, scale=1.0):
    seed = int(rng.integers(1000))
    W = []
    for n, m in zip(layers, layers[1:]):
        W.append(scale * np.random.default_rng(seed).standard_normal((1 + n, m)))
    return W


@wrong("init_weights", "same_for_all")
def init_one_column_repeated(layers, rng, scale=1.0):
    return [
        np.repeat(scale * rng.standard_normal((1 + n, 1)), m, axis=1)
        for n, m in zip(layers, layers[1:])
    ]


@wrong("init_weights", "scale_ignored")
def init_scale_ignored(layers, rng, scale=1.0):
    return [rng.standard_normal((1 + n, m)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "scale_is_variance")
def init_scale_as_variance(layers, rng, scale=1.0):
    return [rng.normal(0, np.sqrt(scale), size=(1 + n, m)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "scale_added")
def init_scale_as_mean(layers, rng, scale=1.0):
    return [rng.normal(scale, size=(1 + n, m)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "all_zeros")
def init_zeros(layers, rng, scale=1.0):
    return [np.zeros((1 + n, m)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "not_normal")
def init_uniform(layers, rng, scale=1.0):
    return [scale * rng.uniform(-(3**0.5), 3**0.5, (1 + n, m)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "never_negative")
def init_zero_to_one(layers, rng, scale=1.0):
    return [scale * rng.random((1 + n, m)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "bias_row_zero")
def init_bias_zero(layers, rng, scale=1.0):
    W = init_comprehension(layers, rng, scale)
    for w in W:
        w[0] = 0
    return W


@wrong("init_weights", "scaled_by_width")
def init_glorot(layers, rng, scale=1.0):
    return [
        scale * np.sqrt(2 / (n + m)) * rng.standard_normal((1 + n, m))
        for n, m in zip(layers, layers[1:])
    ]


@wrong("init_weights", "returns_none")
def init_no_return(layers, rng, scale=1.0):
    W = [scale * rng.standard_normal((1 + n, m)) for n, m in zip(layers, layers[1:])]


@wrong("init_weights", "wrong_shape")
def init_always_the_same_network(layers, rng, scale=1.0):
    return init_comprehension([64, 32, 16, 10][-len(layers) :], rng, scale)


# ----------------------------------------------------------------------------------- activations


@right("activations")
def activations_loop(X, W):
    A = [X]
    for w in W:
        A.append(sigmoid(add_bias(A[-1]) @ w))
    return A


@right("activations")
def activations_bias_apart(X, W):
    a = np.asarray(X)
    out = (a,)
    for w in W:
        a = 1 / (1 + np.exp(-(a.dot(w[1:]) + w[0])))
        out = (*out, a)
    return out


@right("activations")
def activations_recursive(X, W):
    if len(W) == 0:
        return [X]
    before = activations_recursive(X, W[:-1])
    z = np.einsum("ni,ij->nj", np.insert(before[-1], 0, 1.0, axis=1), W[-1])
    return before + [np.exp(-np.logaddexp(0, -z))]


@right("activations")
def activations_row_by_row(X, W):
    A = [[] for _ in range(len(W) + 1)]
    for row in X:
        A[0].append(list(row))
        for k, w in enumerate(W):
            row = sigmoid(np.r_[1.0, row] @ w)
            A[k + 1].append(list(row))
    return [np.array(a) for a in A]


@right("activations")
def activations_single_precision(X, W):
    A = [np.array(X, dtype=np.float32)]
    for w in W:
        A.append(sigmoid(add_bias(A[-1]) @ w).astype(np.float32))
    return A


@wrong("activations", "input_missing")
def activations_without_input(X, W):
    return activations(X, W)[1:]


@wrong("activations", "only_the_output")
def activations_output(X, W):
    return activations(X, W)[-1]


@wrong("activations", "bias_kept")
def activations_bias_kept(X, W):
    A = [add_bias(X)]
    for w in W[:-1]:
        A.append(add_bias(sigmoid(A[-1] @ w)))
    return A + [sigmoid(A[-1] @ W[-1])]


@wrong("activations", "bias_kept")
def activations_bias_kept_on_the_input(X, W):
    return [add_bias(X)] + activations(X, W)[1:]


@wrong("activations", "bias_last")
def activations_bias_last(X, W):
    A = [X]
    for w in W:
        A.append(sigmoid(np.column_stack([A[-1], np.ones(len(A[-1]))]) @ w))
    return A


@wrong("activations", "linear_hidden")
def activations_linear_hidden(X, W):
    A = [X]
    for w in W[:-1]:
        A.append(add_bias(A[-1]) @ w)
    return A + [sigmoid(add_bias(A[-1]) @ W[-1])]


@wrong("activations", "linear_output")
def activations_linear_output(X, W):
    A = activations(X, W[:-1])
    return A + [add_bias(A[-1]) @ W[-1]]


@wrong("activations", "no_sigmoid")
def activations_no_sigmoid(X, W):
    A = [X]
    for w in W:
        A.append(add_bias(A[-1]) @ w)
    return A


@wrong("activations", "bias_ignored")
def activations_without_bias(X, W):
    A = [X]
    for w in W:
        A.append(sigmoid(A[-1] @ w[1:]))
    return A


@wrong("activations", "bias_only_at_input")
def activations_bias_only_first(X, W):
    A = [X, sigmoid(add_bias(X) @ W[0])]
    for w in W[1:]:
        A.append(sigmoid(A[-1] @ w[1:]))
    return A


@wrong("activations", "shapes_do_not_fit")
def activations_forgets_the_ones(X, W):
    A = [X]
    for w in W:
        A.append(sigmoid(A[-1] @ w))
    return A


@wrong("activations", "shapes_do_not_fit")
def activations_transposed_weights(X, W):
    A = [X]
    for w in W:
        A.append(sigmoid(add_bias(A[-1]) @ w.T))
    return A


@wrong("activations", "shapes_do_not_fit")
def activations_always_from_the_input(X, W):
    return [X] + [sigmoid(add_bias(X) @ w) for w in W]


@wrong("activations", "wrong_value")
def activations_adds_one(X, W):
    A = [X]
    for w in W:
        A.append(sigmoid(A[-1] @ w[1:] + 1))
    return A


@wrong("activations", "slopes")
def activations_slopes(X, W):
    A = activations(X, W)
    return [A[0]] + [a * (1 - a) for a in A[1:]]


@wrong("activations", "tanh")
def activations_tanh(X, W):
    A = [X]
    for w in W:
        A.append(np.tanh(add_bias(A[-1]) @ w))
    return A


@wrong("activations", "wrong_shape")
def activations_last_row_only(X, W):
    return [a[-1:] for a in activations(X, W)]


@wrong("activations", "changes_input")
def activations_normalises(X, W):
    X -= X.mean()
    return activations(X, W)


# ---------------------------------------------------------------------------------------- deltas


@right("deltas")
def deltas_reversed_at_the_end(A, W, Y):
    D = [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]
    for k in range(len(W) - 1, 0, -1):
        D.append(D[-1] @ W[k][1:].T * A[k] * (1 - A[k]))
    return D[::-1]


@right("deltas")
def deltas_put_in_front(A, W, Y):
    out = A[-1]
    D = (2 * (out - Y) * (out - out**2),)
    for a, w in zip(reversed(A[1:-1]), reversed(W[1:])):
        miss = D[0].dot(w.T)[:, 1:]
        D = (miss * (a - a**2), *D)
    return D


@right("deltas")
def deltas_recursive(A, W, Y):
    if len(W) == 1:
        return [2 * (A[1] - Y) * A[1] * (1 - A[1])]
    later = deltas_recursive(A[1:], W[1:], Y)
    return [np.einsum("nk,jk->nj", later[0], W[1][1:]) * A[1] * (1 - A[1])] + later


@right("deltas")
def deltas_filled_from_behind(A, W, Y):
    D = [np.empty_like(a) for a in A[1:]]
    for row in range(len(Y)):
        D[-1][row] = 2 * (A[-1][row] - Y[row]) * A[-1][row] * (1 - A[-1][row])
        for k in range(len(W) - 2, -1, -1):
            back = W[k + 1][1:] @ D[k + 1][row]
            D[k][row] = back * A[k + 1][row] * (1 - A[k + 1][row])
    return D


@right("deltas")
def deltas_single_precision(A, W, Y):
    return [d.astype("float32") for d in deltas(A, W, Y)]


@wrong("deltas", "not_reversed")
def deltas_not_reversed(A, W, Y):
    return deltas(A, W, Y)[::-1]


@wrong("deltas", "factor_two")
def deltas_half(A, W, Y):
    return [d / 2 for d in deltas(A, W, Y)]


@wrong("deltas", "mean_not_sum")
def deltas_mean(A, W, Y):
    return [d / len(Y) for d in deltas(A, W, Y)]


@wrong("deltas", "sign")
def deltas_sign(A, W, Y):
    return [-d for d in deltas(A, W, Y)]


@wrong("deltas", "slope_missing_output")
def deltas_no_output_slope(A, W, Y):
    D = [2 * (A[-1] - Y)]
    for a, w in zip(A[-2:0:-1], W[:0:-1]):
        D.append(D[-1] @ w[1:].T * a * (1 - a))
    return D[::-1]


@wrong("deltas", "slope_missing_hidden")
def deltas_no_hidden_slope(A, W, Y):
    D = [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]
    for w in W[:0:-1]:
        D.append(D[-1] @ w[1:].T)
    return D[::-1]


@wrong("deltas", "slope_missing")
def deltas_no_slope(A, W, Y):
    D = [2 * (A[-1] - Y)]
    for w in W[:0:-1]:
        D.append(D[-1] @ w[1:].T)
    return D[::-1]


@wrong("deltas", "sigmoid_twice")
def deltas_slope_of_the_activation(A, W, Y):
    slope = lambda a: sigmoid(a) * (1 - sigmoid(a))
    D = [2 * (A[-1] - Y) * slope(A[-1])]
    for a, w in zip(A[-2:0:-1], W[:0:-1]):
        D.append(D[-1] @ w[1:].T * slope(a))
    return D[::-1]


@wrong("deltas", "slope_at_z")
def deltas_slope_at_z(A, W, Y):
    Z = [add_bias(a) @ w for a, w in zip(A, W)]
    D = [2 * (A[-1] - Y) * Z[-1] * (1 - Z[-1])]
    for z, w in zip(Z[-2::-1], W[:0:-1]):
        D.append(D[-1] @ w[1:].T * z * (1 - z))
    return D[::-1]


@wrong("deltas", "bias_row_not_skipped")
def deltas_bias_row_not_skipped(A, W, Y):
    D = [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]
    for a, w in zip(A[-2:0:-1], W[:0:-1]):
        D.append(D[-1] @ w.T * a * (1 - a))
    return D[::-1]


@wrong("deltas", "bias_row_not_skipped")
def deltas_bias_column_carried(A, W, Y):
    D = [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]
    for a, w in zip(A[-2:0:-1], W[:0:-1]):
        a = add_bias(a)
        D.append((D[-1] if len(D) == 1 else D[-1][:, 1:]) @ w.T * a * (1 - a))
    return D[::-1]


@wrong("deltas", "wrong_row_skipped")
def deltas_last_row_skipped(A, W, Y):
    D = [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]
    for a, w in zip(A[-2:0:-1], W[:0:-1]):
        D.append(D[-1] @ w[:-1].T * a * (1 - a))
    return D[::-1]


@wrong("deltas", "shapes_do_not_fit")
def deltas_not_transposed(A, W, Y):
    D = [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]
    for a, w in zip(A[-2:0:-1], W[:0:-1]):
        D.append(D[-1] @ w[1:] * a * (1 - a))
    return D[::-1]


@wrong("deltas", "wrong_number_of_layers")
def deltas_one_for_the_input_too(A, W, Y):
    D = [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]
    for a, w in zip(A[-2::-1], W[::-1]):
        D.append(D[-1] @ w[1:].T * a * (1 - a))
    return D[::-1]


@wrong("deltas", "shapes_do_not_fit")
def deltas_always_from_the_output(A, W, Y):
    D = [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]
    for k in range(len(W) - 1, 0, -1):
        D.append(D[0] @ W[k][1:].T * A[k] * (1 - A[k]))
    return D[::-1]


@wrong("deltas", "wrong_number_of_layers")
def deltas_only_the_last_one(A, W, Y):
    D = 2 * (A[-1] - Y) * A[-1] * (1 - A[-1])
    for k in range(len(W) - 1, 0, -1):
        D = D @ W[k][1:].T * A[k] * (1 - A[k])
    return D


@wrong("deltas", "gradients_instead")
def deltas_gradients(A, W, Y):
    return gradients(A, deltas(A, W, Y))


@wrong("deltas", "wrong_number_of_layers")
def deltas_output_only(A, W, Y):
    return [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]


@wrong("deltas", "shapes_do_not_fit")
def deltas_slope_of_the_layer_after(A, W, Y):
    D = [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]
    for a, w in zip(A[:1:-1], W[:0:-1]):
        D.append(D[-1] @ w[1:].T * a * (1 - a))
    return D[::-1]


@wrong("deltas", "changes_input")
def deltas_in_place(A, W, Y):
    A[-1] -= Y
    return deltas(A, W, Y)


@wrong("deltas", "changes_input")
def deltas_updates_the_weights(A, W, Y):
    D = [2 * (A[-1] - Y) * A[-1] * (1 - A[-1])]
    for k in range(len(W) - 1, 0, -1):
        D.append(D[-1] @ W[k][1:].T * A[k] * (1 - A[k]))
        W[k] -= 0.1 * add_bias(A[k]).T @ D[-2]
    return D[::-1]


# ----------------------------------------------------------------------------------- minibatches


@right("minibatches")
def minibatches_list(n, size, rng):
    order = rng.permutation(n)
    return [order[start : start + size] for start in range(0, n, size)]


@right("minibatches")
def minibatches_generator(n, size, rng):
    order = np.arange(n)
    rng.shuffle(order)
    while len(order):
        yield order[:size]
        order = order[size:]


@right("minibatches")
def minibatches_split(n, size, rng):
    return np.array_split(rng.permutation(n), range(size, n, size))


@wrong("minibatches", "uneven")
def minibatches_nearly_equal(n, size, rng):
    return np.array_split(rng.permutation(n), -(-n // size))


@right("minibatches")
def minibatches_by_sorting_random_numbers(n, size, rng):
    order = sorted(range(n), key=lambda i, keys=rng.random(n): keys[i])
    return tuple(order[k * size : (k + 1) * size] for k in range((n + size - 1) // size))


@right("minibatches")
def minibatches_choice(n, size, rng):
    order = rng.choice(n, size=n, replace=False).tolist()
    return iter([order[i : i + size] for i in range(0, n, size)])


@wrong("minibatches", "with_replacement")
def minibatches_with_replacement(n, size, rng):
    return [rng.integers(n, size=min(size, n - i)) for i in range(0, n, size)]


@wrong("minibatches", "with_replacement")
def minibatches_choice_in_the_loop(n, size, rng):
    return [rng.choice(n, min(size, n - i), replace=False) for i in range(0, n, size)]


@wrong("minibatches", "last_batch_lost")
def minibatches_last_lost(n, size, rng):
    order = rng.permutation(n)
    return [order[k * size : (k + 1) * size] for k in range(n // size)]


@wrong("minibatches", "last_batch_lost")
def minibatches_reshaped(n, size, rng):
    return rng.permutation(n)[: n // size * size].reshape(-1, size)


@wrong("minibatches", "not_shuffled")
def minibatches_not_shuffled(n, size, rng):
    return [np.arange(i, min(i + size, n)) for i in range(0, n, size)]


@wrong("minibatches", "not_shuffled")
def minibatches_shuffle_thrown_away(n, size, rng):
    order = np.arange(n)
    rng.permutation(order)
    return [order[i : i + size] for i in range(0, n, size)]


@wrong("minibatches", "only_batches_shuffled")
def minibatches_order_of_batches(n, size, rng):
    starts = rng.permutation(np.arange(0, n, size))
    return sorted((np.arange(i, min(i + size, n)) for i in starts), key=lambda b: len(b) < size)


@wrong("minibatches", "uneven")
def minibatches_order_of_batches_small_one_anywhere(n, size, rng):
    starts = rng.permutation(np.arange(0, n, size))
    return [np.arange(i, min(i + size, n)) for i in starts]


@wrong("minibatches", "shuffled_within")
def minibatches_within(n, size, rng):
    return [rng.permutation(np.arange(i, min(i + size, n))) for i in range(0, n, size)]


@wrong("minibatches", "rng_ignored")
def minibatches_global_numpy(n, size, rng):
    order = np.random.permutation(n)
    return [order[i : i + size] for i in range(0, n, size)]


@wrong("minibatches", "own_seed")
def minibatches_own_seed(n, size, rng):
    order = np.random.default_rng(0).permutation(n)
    return [order[i : i + size] for i in range(0, n, size)]


@wrong("minibatches", "samples_lost")
def minibatches_one_too_few(n, size, rng):
    order = rng.permutation(n)
    return [order[i : i + size - 1] for i in range(0, n, size)][: 1 if size == 1 else None]


@wrong("minibatches", "last_batch_lost")
def minibatches_stops_before_the_end(n, size, rng):
    order = rng.permutation(n)
    return [order[i : i + size] for i in range(0, n - size + 1, size)]


@wrong("minibatches", "batch_too_large")
def minibatches_one_too_many(n, size, rng):
    order = rng.permutation(n)
    return [order[i : i + size + 1] for i in range(0, n, size + 1)]


@wrong("minibatches", "batch_too_large")
def minibatches_rest_goes_along(n, size, rng):
    return np.array_split(rng.permutation(n), max(1, n // size))


@wrong("minibatches", "empty_batch")
def minibatches_empty_at_the_end(n, size, rng):
    order = rng.permutation(n)
    return [order[k * size : (k + 1) * size] for k in range(n // size + 1)]


@wrong("minibatches", "count_not_size")
def minibatches_size_is_number(n, size, rng):
    return np.array_split(rng.permutation(n), size)


@wrong("minibatches", "overlapping")
def minibatches_sliding(n, size, rng):
    order = rng.permutation(n)
    return [order[i : i + size] for i in range(n)]


@wrong("minibatches", "starts_at_one")
def minibatches_from_one(n, size, rng):
    order = 1 + rng.permutation(n)
    return [order[i : i + size] for i in range(0, n, size)]


@wrong("minibatches", "first_batch_only")
def minibatches_return_in_the_loop(n, size, rng):
    order = rng.permutation(n)
    for i in range(0, n, size):
        return [order[i : i + size]]


@wrong("minibatches", "not_batches")
def minibatches_flat(n, size, rng):
    return rng.permutation(n)


@wrong("minibatches", "never_ends")
def minibatches_for_ever(n, size, rng):
    while True:
        order = rng.permutation(n)
        for i in range(0, n, size):
            yield order[i : i + size]


@wrong("minibatches", "raises")
def minibatches_generator_that_stops(n, size, rng):
    order = rng.permutation(n)
    for i in range(0, n, size):
        yield order[i, i + size]


# ------------------------------------------------------------------------------------------- fit


@right("fit")
def fit_new_lists(W, X, Y, rng, epochs, rate, size):
    losses = []
    for _ in range(epochs):
        for batch in minibatches(len(X), size, rng):
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch]))
            W = [w - rate * g / len(batch) for w, g in zip(W, G)]
        losses.append(loss_of(W, X, Y))
    return W, losses


@right("fit")
def fit_copies_then_in_place(W, X, Y, rng, epochs, rate, size):
    W = [w.copy() for w in W]
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        losses[epoch] = loss_of(W, X, Y)
        order = rng.permutation(len(X))
        for start in range(0, len(X), size):
            batch = order[start : start + size]
            A = activations(X[batch], W)
            D = deltas(A, W, Y[batch])
            for k in range(len(W)):
                W[k] -= rate * add_bias(A[k]).T @ D[k] / len(batch)
    return [W, losses]


@right("fit")
def fit_running_loss(W, X, Y, rng, epochs, rate, size):
    W, losses = tuple(W), []
    while len(losses) < epochs:
        total = 0.0
        for batch in minibatches(len(X), size, rng):
            A = activations(X[batch], W)
            total += float(np.square(A[-1] - Y[batch]).sum())
            steps = [
                rate * np.mean([np.outer(np.r_[1, a], d) for a, d in zip(al, dl)], axis=0)
                for al, dl in zip(A, deltas(A, W, Y[batch]))
            ]
            W = tuple(w - s for w, s in zip(W, steps))
        losses.append(total)
    return W, losses


@right("fit")
def fit_deep_copy_and_nearly_equal_batches(W, X, Y, rng, epochs, rate, size):
    import copy

    W = copy.deepcopy(W)
    losses = []
    for _ in range(epochs):
        for batch in np.array_split(rng.permutation(len(X)), -(-len(X) // size)):
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch] * 1.0))
            for w, g in zip(W, G):
                w -= (rate / len(batch)) * g
        losses += [loss_of(W, X, Y)]
    return W, losses


def fit_with(step, losses_of=None, per_epoch=None):
    """A fit whose update is `step(W, A, D, batch, size, rate)`."""

    def fit(W, X, Y, rng, epochs, rate, size):
        start, losses = W, []
        for _ in range(epochs):
            batches = minibatches(len(X), size, rng)
            for batch in batches:
                A = activations(X[batch], W)
                W = step(W, A, deltas(A, W, Y[batch]), batch, size, rate)
            losses.append(loss_of(W, X, Y))
        return W, losses

    return fit


@wrong("fit", "sums_the_batch")
def fit_sum(W, X, Y, rng, epochs, rate, size):
    step = lambda W, A, D, batch, size, rate: [w - rate * g for w, g in zip(W, gradients(A, D))]
    return fit_with(step)(W, X, Y, rng, epochs, rate, size)


@wrong("fit", "divides_by_all")
def fit_divides_by_n(W, X, Y, rng, epochs, rate, size):
    step = lambda W, A, D, batch, size, rate: [
        w - rate * g / len(X) for w, g in zip(W, gradients(A, D))
    ]
    return fit_with(step)(W, X, Y, rng, epochs, rate, size)


@wrong("fit", "divides_by_size")
def fit_divides_by_size(W, X, Y, rng, epochs, rate, size):
    step = lambda W, A, D, batch, size, rate: [
        w - rate * g / size for w, g in zip(W, gradients(A, D))
    ]
    return fit_with(step)(W, X, Y, rng, epochs, rate, size)


@wrong("fit", "climbs")
def fit_climbs(W, X, Y, rng, epochs, rate, size):
    step = lambda W, A, D, batch, size, rate: [
        w + rate * g / len(batch) for w, g in zip(W, gradients(A, D))
    ]
    return fit_with(step)(W, X, Y, rng, epochs, rate, size)


@wrong("fit", "no_update")
def fit_no_update(W, X, Y, rng, epochs, rate, size):
    return fit_with(lambda W, *rest: W)(W, X, Y, rng, epochs, rate, size)


@wrong("fit", "no_update")
def fit_forgets_the_new_weights(W, X, Y, rng, epochs, rate, size):
    step = lambda W, A, D, batch, size, rate: [
        w - rate * g / len(batch) for w, g in zip(W, gradients(A, D))
    ]
    return W, fit_with(step)(W, X, Y, rng, epochs, rate, size)[1]


@wrong("fit", "only_last_layer")
def fit_last_layer(W, X, Y, rng, epochs, rate, size):
    step = lambda W, A, D, batch, size, rate: (
        list(W[:-1]) + [W[-1] - rate * gradients(A, D)[-1] / len(batch)]
    )
    return fit_with(step)(W, X, Y, rng, epochs, rate, size)


@wrong("fit", "rate_ignored")
def fit_rate_ignored(W, X, Y, rng, epochs, rate, size):
    step = lambda W, A, D, batch, size, rate: [
        w - g / len(batch) for w, g in zip(W, gradients(A, D))
    ]
    return fit_with(step)(W, X, Y, rng, epochs, rate, size)


@wrong("fit", "updates_while_going_back")
def fit_updates_too_early(W, X, Y, rng, epochs, rate, size):
    W, losses = [w.copy() for w in W], []
    for _ in range(epochs):
        for batch in minibatches(len(X), size, rng):
            A = activations(X[batch], W)
            d = 2 * (A[-1] - Y[batch]) * A[-1] * (1 - A[-1])
            for k in range(len(W) - 1, -1, -1):
                W[k] -= rate * add_bias(A[k]).T @ d / len(batch)
                d = d @ W[k][1:].T * A[k] * (1 - A[k])
        losses.append(loss_of(W, X, Y))
    return W, losses


@wrong("fit", "changes_input")
def fit_in_place(W, X, Y, rng, epochs, rate, size):
    losses = []
    for _ in range(epochs):
        for batch in minibatches(len(X), size, rng):
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch]))
            for w, g in zip(W, G):
                w -= rate * g / len(batch)
        losses.append(loss_of(W, X, Y))
    return W, losses


@wrong("fit", "changes_input")
def fit_changes_the_list(W, X, Y, rng, epochs, rate, size):
    losses = []
    for _ in range(epochs):
        for batch in minibatches(len(X), size, rng):
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch]))
            for k, g in enumerate(G):
                W[k] = W[k] - rate * g / len(batch)
        losses.append(loss_of(W, X, Y))
    return W, losses


@wrong("fit", "changes_input")
def fit_shallow_copy(W, X, Y, rng, epochs, rate, size):
    return fit_in_place(W[:], X, Y, rng, epochs, rate, size)


@wrong("fit", "same_batches_each_epoch")
def fit_same_batches(W, X, Y, rng, epochs, rate, size):
    losses = []
    batches = list(minibatches(len(X), size, rng))
    for _ in range(epochs):
        for batch in batches:
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch]))
            W = [w - rate * g / len(batch) for w, g in zip(W, G)]
        losses.append(loss_of(W, X, Y))
    return W, losses


@wrong("fit", "one_epoch_only")
def fit_generator_used_up(W, X, Y, rng, epochs, rate, size):
    losses = []
    batches = iter(minibatches(len(X), size, rng))
    for _ in range(epochs):
        for batch in batches:
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch]))
            W = [w - rate * g / len(batch) for w, g in zip(W, G)]
        losses.append(loss_of(W, X, Y))
    return W, losses


@wrong("fit", "not_shuffled")
def fit_not_shuffled(W, X, Y, rng, epochs, rate, size):
    losses = []
    for _ in range(epochs):
        for i in range(0, len(X), size):
            A = activations(X[i : i + size], W)
            G = gradients(A, deltas(A, W, Y[i : i + size]))
            W = [w - rate * g / len(A[0]) for w, g in zip(W, G)]
        losses.append(loss_of(W, X, Y))
    return W, losses


@wrong("fit", "rng_ignored")
def fit_own_generator(W, X, Y, rng, epochs, rate, size):
    return fit_new_lists(W, X, Y, np.random.default_rng(), epochs, rate, size)


@wrong("fit", "full_batch")
def fit_ignores_the_size(W, X, Y, rng, epochs, rate, size):
    return fit_new_lists(W, X, Y, rng, epochs, rate, len(X))


@wrong("fit", "all_samples_each_step")
def fit_never_takes_the_rows(W, X, Y, rng, epochs, rate, size):
    losses = []
    for _ in range(epochs):
        for batch in minibatches(len(X), size, rng):
            A = activations(X, W)
            G = gradients(A, deltas(A, W, Y))
            W = [w - rate * g / len(X) for w, g in zip(W, G)]
        losses.append(loss_of(W, X, Y))
    return W, losses


@wrong("fit", "wrong_number_of_losses")
def fit_returns_in_the_loop(W, X, Y, rng, epochs, rate, size):
    losses = []
    for _ in range(epochs):
        for batch in minibatches(len(X), size, rng):
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch]))
            W = [w - rate * g / len(batch) for w, g in zip(W, G)]
        losses.append(loss_of(W, X, Y))
        return W, losses


@wrong("fit", "not_each_once")
def fit_draws_with_replacement(W, X, Y, rng, epochs, rate, size):
    losses = []
    for _ in range(epochs):
        for _ in range(-(-len(X) // size)):
            batch = rng.integers(len(X), size=min(size, len(X)))
            if size >= len(X):
                batch = np.arange(len(X))
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch]))
            W = [w - rate * g / len(batch) for w, g in zip(W, G)]
        losses.append(loss_of(W, X, Y))
    return W, losses


@wrong("fit", "labels_not_shuffled")
def fit_shuffles_only_x(W, X, Y, rng, epochs, rate, size):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), size):
            A = activations(X[order[i : i + size]], W)
            G = gradients(A, deltas(A, W, Y[i : i + size]))
            W = [w - rate * g / len(A[0]) for w, g in zip(W, G)]
        losses.append(loss_of(W, X, Y))
    return W, losses


@wrong("fit", "one_loss_per_batch")
def fit_loss_per_batch(W, X, Y, rng, epochs, rate, size):
    losses = []
    for _ in range(epochs):
        for batch in minibatches(len(X), size, rng):
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch]))
            W = [w - rate * g / len(batch) for w, g in zip(W, G)]
            losses.append(loss_of(W, X, Y))
    return W, losses


@wrong("fit", "loss_never_changes")
def fit_loss_of_the_start(W, X, Y, rng, epochs, rate, size):
    start = W
    W, losses = fit_new_lists(W, X, Y, rng, epochs, rate, size)
    return W, [loss_of(start, X, Y) for _ in losses]


@wrong("fit", "mean_loss")
def fit_mean_loss(W, X, Y, rng, epochs, rate, size):
    W, losses = fit_new_lists(W, X, Y, rng, epochs, rate, size)
    return W, [loss / len(X) for loss in losses]


@wrong("fit", "loss_of_one_batch")
def fit_loss_of_last_batch(W, X, Y, rng, epochs, rate, size):
    losses = []
    for _ in range(epochs):
        for batch in minibatches(len(X), size, rng):
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch]))
            W = [w - rate * g / len(batch) for w, g in zip(W, G)]
        losses.append(loss_of(W, X[batch], Y[batch]))
    return W, losses


@wrong("fit", "not_a_pair")
def fit_weights_only(W, X, Y, rng, epochs, rate, size):
    return fit_new_lists(W, X, Y, rng, epochs, rate, size)[0]


@wrong("fit", "not_a_pair")
def fit_losses_only(W, X, Y, rng, epochs, rate, size):
    return fit_new_lists(W, X, Y, rng, epochs, rate, size)[1]


@wrong("fit", "swapped")
def fit_swapped(W, X, Y, rng, epochs, rate, size):
    return fit_new_lists(W, X, Y, rng, epochs, rate, size)[::-1]


@wrong("fit", "one_loss_only")
def fit_last_loss_only(W, X, Y, rng, epochs, rate, size):
    W, losses = fit_new_lists(W, X, Y, rng, epochs, rate, size)
    return W, losses[-1]


@wrong("fit", "returns_none")
def fit_nothing(W, X, Y, rng, epochs, rate, size):
    fit_new_lists(W, X, Y, rng, epochs, rate, size)


# --------------------------------------------------------------------------------- predict_class


@right("predict_class")
def predict_argmax(X, W):
    return activations(X, W)[-1].argmax(axis=1)


@right("predict_class")
def predict_row_by_row(X, W):
    return [int(np.argmax(activations(X[i : i + 1], W)[-1])) for i in range(len(X))]


@right("predict_class")
def predict_by_sorting(X, W):
    out = np.asarray(X)
    for w in W:
        out = 1 / (1 + np.exp(-(w[0] + out @ w[1:])))
    return np.argsort(out, axis=-1)[:, -1].astype(np.uint8)


@right("predict_class")
def predict_without_the_last_sigmoid(X, W):
    last = activations(X, W[:-1])[-1]
    return tuple(max(range(W[-1].shape[1]), key=row.__getitem__) for row in add_bias(last) @ W[-1])


@wrong("predict_class", "wrong_axis")
def predict_axis_zero(X, W):
    return activations(X, W)[-1].argmax(axis=0)


@wrong("predict_class", "one_for_all")
def predict_no_axis(X, W):
    return activations(X, W)[-1].argmax()


@wrong("predict_class", "one_hot")
def predict_one_hot(X, W):
    out = activations(X, W)[-1]
    return (out == out.max(axis=1, keepdims=True)).astype(int)


@wrong("predict_class", "one_hot")
def predict_threshold(X, W):
    return activations(X, W)[-1] > 0.5


@wrong("predict_class", "outputs_not_classes")
def predict_outputs(X, W):
    return activations(X, W)[-1]


@wrong("predict_class", "largest_output_not_place")
def predict_max(X, W):
    return activations(X, W)[-1].max(axis=1)


@wrong("predict_class", "one_based")
def predict_one_based(X, W):
    return 1 + activations(X, W)[-1].argmax(axis=1)


@wrong("predict_class", "smallest")
def predict_argmin(X, W):
    return activations(X, W)[-1].argmin(axis=1)


@wrong("predict_class", "single_image")
def predict_squeezed(X, W):
    return activations(X, W)[-1].squeeze().argmax(axis=-1)


@wrong("predict_class", "wrong_layer")
def predict_hidden(X, W):
    return activations(X, W)[-2].argmax(axis=1)


@wrong("predict_class", "kept_as_column")
def predict_column(X, W):
    return activations(X, W)[-1].argmax(axis=1, keepdims=True)


@wrong("predict_class", "not_whole_numbers")
def predict_floats(X, W):
    return activations(X, W)[-1].argmax(axis=1).astype(float)


@wrong("predict_class", "bias_ignored")
def predict_without_bias(X, W):
    out = X
    for w in W:
        out = sigmoid(out @ w[1:])
    return out.argmax(axis=1)


@wrong("predict_class", "first_image_only")
def predict_first(X, W):
    return activations(X, W)[-1][:1].argmax(axis=1)


# mistakes that a reader of the notebook made


def _fit_by(update):
    def fit(W, X, Y, rng, epochs, rate, size):
        losses = []
        for _ in range(epochs):
            order = rng.permutation(len(X))
            for start in range(0, len(X), size):
                batch = order[start : start + size]
                A = activations(X[batch], W)
                G = gradients(A, deltas(A, W, Y[batch]))
                W = [w - rate * update(g, batch) for w, g in zip(W, G)]
            losses.append(loss_of(W, X, Y))
        return W, losses

    return fit


@wrong("fit", "mean_of_weights")
def fit_mean_of_all(W, X, Y, rng, epochs, rate, size):
    return _fit_by(lambda g, batch: np.mean(g))(W, X, Y, rng, epochs, rate, size)


@wrong("fit", "mean_of_rows")
def fit_mean_of_rows(W, X, Y, rng, epochs, rate, size):
    return _fit_by(lambda g, batch: np.mean(g, axis=0))(W, X, Y, rng, epochs, rate, size)


@wrong("init_weights", "a_list")
def init_weights_as_lists(layers, rng, scale=1.0):
    return [(scale * rng.standard_normal((1 + n, m))).tolist() for n, m in zip(layers, layers[1:])]


@wrong("minibatches", "uneven")
def minibatches_short_one_first(n, size, rng):
    order = rng.permutation(n)
    first = n % size or size
    return [order[:first], *(order[i : i + size] for i in range(first, n, size))]


@wrong("deltas", "returns_none")
def deltas_reversed_in_place(A, W, Y):
    return deltas(A, W, Y).reverse()


# found by trying to fool the checks


def _init_with_biases(biases):
    def init(layers, rng, scale=1.0):
        return [
            np.vstack([biases(m, rng, scale), scale * rng.standard_normal((n, m))])
            for n, m in zip(layers, layers[1:])
        ]

    return init


@wrong("init_weights", "bias_row_constant")
def init_biases_of_one(layers, rng, scale=1.0):
    return _init_with_biases(lambda m, rng, scale: np.ones(m))(layers, rng, scale)


@wrong("init_weights", "bias_row_constant")
def init_one_bias_for_all(layers, rng, scale=1.0):
    biases = lambda m, rng, scale: np.full(m, scale * rng.standard_normal())
    return _init_with_biases(biases)(layers, rng, scale)


@wrong("init_weights", "bias_row_differs")
def init_uniform_biases(layers, rng, scale=1.0):
    return _init_with_biases(lambda m, rng, scale: rng.random(m))(layers, rng, scale)


@wrong("init_weights", "bias_row_differs")
def init_biases_not_scaled(layers, rng, scale=1.0):
    return _init_with_biases(lambda m, rng, scale: rng.standard_normal(m))(layers, rng, scale)


@wrong("init_weights", "scale_ignored")
def init_scales_the_first_only(layers, rng, scale=1.0):
    W = init_comprehension(layers, rng)
    W[0] *= scale
    return W


@wrong("init_weights", "wrong_spread")
def init_scale_grows(layers, rng, scale=1.0):
    W = []
    for n, m in zip(layers, layers[1:]):
        W.append(scale * rng.standard_normal((1 + n, m)))
        scale *= scale
    return W


@wrong("init_weights", "raises")
def init_renames_scale(layers, rng, sigma=1.0):
    return init_comprehension(layers, rng, sigma)


@right("init_weights")
def init_filled_in_place(layers, rng, scale=1.0, mean=0.0):
    W = [np.empty((1 + n, m)) for n, m in zip(layers, layers[1:])]
    for w in W:
        rng.standard_normal(out=w)
        w *= scale
        w += mean
    return W


@wrong("activations", "a_list")
def activations_in_lists(X, W):
    return [a.tolist() for a in activations(X, W)]


@wrong("activations", "reversed")
def activations_put_in_front(X, W):
    A = [X]
    for w in W:
        A.insert(0, sigmoid(add_bias(A[0]) @ w))
    return A


@wrong("activations", "sigmoid_twice")
def activations_sigmoid_twice(X, W):
    A = [X]
    for w in W:
        A.append(sigmoid(sigmoid(add_bias(A[-1]) @ w)))
    return A


@wrong("activations", "bias_last")
def activations_last_row_is_the_bias(X, W):
    A = [X]
    for w in W:
        A.append(sigmoid(A[-1] @ w[:-1] + w[-1]))
    return A


@wrong("activations", "shapes_do_not_fit")
def activations_extends(X, W):
    A = [X]
    for w in W:
        A.extend(sigmoid(add_bias(A[-1]) @ w))
    return A


@wrong("activations", "wrong_number_of_layers")
def activations_returns_in_the_loop(X, W):
    A = [X]
    for w in W:
        A.append(sigmoid(add_bias(A[-1]) @ w))
        return A


@wrong("activations", "an_iterator")
def activations_generator(X, W):
    yield X
    for w in W:
        X = sigmoid(add_bias(X) @ w)
        yield X


@right("activations")
def activations_accumulated(X, W):
    import itertools

    return list(itertools.accumulate(W, lambda a, w: sigmoid(w[0] + a @ w[1:]), initial=X))


def _deltas_from(first, slope=lambda a: a * (1 - a)):
    def deltas(A, W, Y):
        D = [first(A[-1], Y)]
        for a, w in zip(A[-2:0:-1], W[:0:-1]):
            D.append(D[-1] @ w[1:].T * slope(a))
        return D[::-1]

    return deltas


@wrong("deltas", "a_list")
def deltas_in_lists(A, W, Y):
    return [d.tolist() for d in deltas(A, W, Y)]


@wrong("deltas", "an_iterator")
def deltas_reversed_iterator(A, W, Y):
    return reversed(deltas(A, W, Y)[::-1])


@wrong("deltas", "not_a_list")
def deltas_starts_with_an_array(A, W, Y):
    D = 2 * (A[-1] - Y) * A[-1] * (1 - A[-1])
    for level in range(len(W) - 1, 0, -1):
        D.append(D[-1] @ W[level][1:].T * A[level] * (1 - A[level]))
    return D[::-1]


@wrong("deltas", "factor_in_every_layer")
def deltas_two_in_every_layer(A, W, Y):
    first = lambda o, Y: 2 * (o - Y) * o * (1 - o)
    return _deltas_from(first, lambda a: 2 * a * (1 - a))(A, W, Y)


@wrong("deltas", "loss_not_slope")
def deltas_of_the_square(A, W, Y):
    return _deltas_from(lambda o, Y: (o - Y) ** 2 * o * (1 - o))(A, W, Y)


@wrong("deltas", "cross_entropy")
def deltas_of_the_cross_entropy(A, W, Y):
    return _deltas_from(lambda o, Y: o - Y)(A, W, Y)


@wrong("deltas", "tanh_slope")
def deltas_for_tanh(A, W, Y):
    return _deltas_from(lambda o, Y: 2 * (o - Y) * (1 - o**2), lambda a: 1 - a**2)(A, W, Y)


@right("deltas")
def deltas_with_the_bias_then_without(A, W, Y):
    d = -2 * (Y - A[-1]) * A[-1] * (1 - A[-1])
    D = [d]
    for level in reversed(range(1, len(W))):
        a = add_bias(A[level])
        d = (d @ W[level].T * a * (1 - a))[:, 1:]
        D.insert(0, d)
    return tuple(D)


@wrong("minibatches", "tuples")
def minibatches_of_tuples(n, size, rng):
    order = rng.permutation(n).tolist()
    return [tuple(order[i : i + size]) for i in range(0, n, size)]


@wrong("minibatches", "neighbours_together")
def minibatches_random_start(n, size, rng):
    order = np.roll(np.arange(n), rng.integers(n))
    return [order[i : i + size] for i in range(0, n, size)]


@wrong("minibatches", "shuffle_gives_none")
def minibatches_keeps_what_shuffle_returns(n, size, rng):
    order = rng.shuffle(np.arange(n))
    return [order[i : i + size] for i in range(0, n, size)]


@wrong("minibatches", "empty_batch")
def minibatches_ends_at_size(n, size, rng):
    order = rng.permutation(n)
    return [order[i:size] for i in range(0, n, size)]


@wrong("minibatches", "overlapping")
def minibatches_step_forgotten(n, size, rng):
    order = rng.permutation(n)
    return [order[i : i + size] for i in range(n // size)]


@wrong("minibatches", "not_batches")
def minibatches_of_sets(n, size, rng):
    order = rng.permutation(n).tolist()
    return [set(order[i : i + size]) for i in range(0, n, size)]


@right("minibatches")
def minibatches_sorted_within(n, size, rng):
    order = rng.permuted(np.arange(n))
    return (np.sort(order[i : i + size]) for i in range(0, n, size))


@right("minibatches")
def minibatches_drawn_from_what_is_left(n, size, rng):
    left = np.arange(n)
    while len(left):
        batch = rng.choice(left, min(size, len(left)), replace=False)
        left = np.setdiff1d(left, batch)
        yield batch


@wrong("fit", "same_batches_each_epoch")
def fit_shuffles_only_the_batches(W, X, Y, rng, epochs, rate, size):
    batches, losses = list(minibatches(len(X), size, rng)), []
    for _ in range(epochs):
        for k in rng.permutation(len(batches)):
            A = activations(X[batches[k]], W)
            G = gradients(A, deltas(A, W, Y[batches[k]]))
            W = [w - rate * g / len(batches[k]) for w, g in zip(W, G)]
        losses.append(loss_of(W, X, Y))
    return W, losses


@wrong("fit", "a_list")
def fit_weights_in_lists(W, X, Y, rng, epochs, rate, size):
    W, losses = fit_new_lists(W, X, Y, rng, epochs, rate, size)
    return [w.tolist() for w in W], losses


@wrong("fit", "raises")
def fit_other_names(W, X, Y, rng, n_epochs, lr, batch_size):
    return fit_new_lists(W, X, Y, rng, n_epochs, lr, batch_size)


@wrong("fit", "loss_not_a_number")
def fit_losses_in_columns(W, X, Y, rng, epochs, rate, size):
    W, losses = fit_new_lists(W, X, Y, rng, epochs, rate, size)
    return W, [[loss] for loss in losses]


@wrong("fit", "loss_not_a_number")
def fit_loss_of_each_output(W, X, Y, rng, epochs, rate, size):
    W, losses = fit_new_lists(W, X, Y, rng, epochs, rate, size)
    return W, [np.sum((activations(X, W)[-1] - Y) ** 2, axis=0) for _ in losses]


@wrong("fit", "root_of_loss")
def fit_root_of_loss(W, X, Y, rng, epochs, rate, size):
    W, losses = fit_new_lists(W, X, Y, rng, epochs, rate, size)
    return W, np.sqrt(losses)


@wrong("fit", "total_never_reset")
def fit_total_never_reset(W, X, Y, rng, epochs, rate, size):
    W, losses = fit_new_lists(W, X, Y, rng, epochs, rate, size)
    return W, np.cumsum(losses)


@wrong("fit", "divides_by_layers")
def fit_divides_by_the_layers(W, X, Y, rng, epochs, rate, size):
    return _fit_by(lambda g, batch: g / len(W))(W, X, Y, rng, epochs, rate, size)


@wrong("fit", "last_batch_lost")
def fit_leaves_out_the_rest(W, X, Y, rng, epochs, rate, size):
    keep = len(X) if len(X) < size else size
    update = lambda g, batch: g / len(batch) * (len(batch) == keep)
    return _fit_by(update)(W, X, Y, rng, epochs, rate, size)


@wrong("fit", "one_batch_only")
def fit_updates_after_the_loop(W, X, Y, rng, epochs, rate, size):
    losses = []
    for _ in range(epochs):
        for batch in minibatches(len(X), size, rng):
            A = activations(X[batch], W)
            G = gradients(A, deltas(A, W, Y[batch]))
        W = [w - rate * g / len(batch) for w, g in zip(W, G)]
        losses.append(loss_of(W, X, Y))
    return W, losses


@right("fit")
def fit_all_orders_drawn_first(W, X, Y, rng, epochs, rate, size):
    orders, losses = [rng.permutation(len(X)) for _ in range(epochs)], []
    for order in orders:
        for batch in np.split(order, range(size, len(X), size)):
            A = activations(X[batch], W)
            D = deltas(A, W, Y[batch])
            W = [
                np.vstack([w[0] - rate * d.mean(axis=0), w[1:] - rate / len(batch) * a.T @ d])
                for w, a, d in zip(W, A, D)
            ]
        losses.append(loss_of(W, X, Y))
    return W, tuple(losses)


@wrong("predict_class", "a_list_of_layers")
def predict_forgets_the_last(X, W):
    return np.argmax(activations(X, W), axis=1)


@wrong("predict_class", "one_for_each_layer")
def predict_each_layer(X, W):
    return [a.argmax() for a in activations(X, W)]


@wrong("predict_class", "two_for_each")
def predict_where(X, W):
    out = activations(X, W)[-1]
    return np.where(out == out.max(axis=1, keepdims=True))


@wrong("predict_class", "two_for_each")
def predict_argwhere(X, W):
    out = activations(X, W)[-1]
    return np.argwhere(out == out.max(axis=1, keepdims=True))


@wrong("predict_class", "rounded_first")
def predict_rounded(X, W):
    return np.round(activations(X, W)[-1]).argmax(axis=1)


@wrong("predict_class", "wrong_type")
def predict_map(X, W):
    return map(np.argmax, activations(X, W)[-1])


@right("predict_class")
def predict_places_of_the_maximum(X, W):
    out = activations(X, W)[-1]
    return np.nonzero(out == out.max(axis=1)[:, None])[1]

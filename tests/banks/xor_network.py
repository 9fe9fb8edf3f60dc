"""Answers to unit 01, from descent in one dimension to the share of starts that learn XOR."""

import math

import numpy as np

from tests.banks import right, wrong


def sig(z):
    return 1 / (1 + np.exp(-z))


def ones_first(X):
    return np.column_stack([np.ones(len(X)), X])


# descend


@right("descend")
def descend_by_append(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - rate * slope(path[-1]))
    return path


@right("descend")
def descend_into_an_array(slope, start, rate, steps):
    path = np.empty(steps + 1)
    path[0] = start
    for i in range(steps):
        path[i + 1] = path[i] - rate * slope(path[i])
    return path


@right("descend")
def descend_by_recursion(slope, start, rate, steps):
    if steps == 0:
        return [start]
    return [start, *descend_by_recursion(slope, start - rate * slope(start), rate, steps - 1)]


@right("descend")
def descend_with_a_while(slope, start, rate, steps):
    x, path = start, (start,)
    while len(path) < steps + 1:
        x -= rate * slope(x)
        path += (x,)
    return path


@wrong("descend", "climbs")
def descend_uphill(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] + rate * slope(path[-1]))
    return path


@wrong("descend", "last_only")
def descend_to_the_end(slope, start, rate, steps):
    x = start
    for _ in range(steps):
        x = x - rate * slope(x)
    return x


@wrong("descend", "start_missing")
def descend_without_start(slope, start, rate, steps):
    x, path = start, []
    for _ in range(steps):
        x = x - rate * slope(x)
        path.append(x)
    return path


@wrong("descend", "one_step_short")
def descend_one_short(slope, start, rate, steps):
    path = [start]
    for _ in range(steps - 1):
        path.append(path[-1] - rate * slope(path[-1]))
    return path


@wrong("descend", "slope_at_start")
def descend_with_the_first_slope(slope, start, rate, steps):
    g = slope(start)
    return [start - rate * g * i for i in range(steps + 1)]


@wrong("descend", "rate_ignored")
def descend_without_rate(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - slope(path[-1]))
    return path


@wrong("descend", "sign_only")
def descend_by_sign(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - rate * np.sign(slope(path[-1])))
    return path


@wrong("descend", "steps_from_start")
def descend_always_from_start(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(start - rate * slope(path[-1]))
    return path


@wrong("descend", "slope_of_the_example")
def descend_the_example(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - rate * 2 * (path[-1] - 3))
    return path


# sigmoid


@right("sigmoid")
def sigmoid_plain(z):
    return 1 / (1 + np.exp(-z))


@right("sigmoid")
def sigmoid_by_tanh(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


@right("sigmoid")
def sigmoid_by_logaddexp(z):
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


@right("sigmoid")
def sigmoid_by_where(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + e), e / (1 + e))


@right("sigmoid")
def sigmoid_clipped(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@right("sigmoid")
def sigmoid_in_single_precision(z):
    return (1 / (1 + np.exp(-np.asarray(z, dtype=np.float64)))).astype(np.float32)


@wrong("sigmoid", "a_list")
def sigmoid_as_list(z):
    return (1 / (1 + np.exp(-np.asarray(z)))).tolist()


@wrong("sigmoid", "falls")
def sigmoid_falling(z):
    return 1 / (1 + np.exp(z))


@wrong("sigmoid", "tanh")
def sigmoid_tanh(z):
    return np.tanh(z)


@wrong("sigmoid", "derivative")
def sigmoid_slope(z):
    s = sig(z)
    return s * (1 - s)


@wrong("sigmoid", "minus")
def sigmoid_with_minus(z):
    return 1 / (1 - np.exp(-z))


@wrong("sigmoid", "not_divided")
def sigmoid_denominator(z):
    return 1 + np.exp(-z)


@wrong("sigmoid", "not_divided")
def sigmoid_without_brackets(z):
    return 1 / 1 + np.exp(-z)


@wrong("sigmoid", "step")
def sigmoid_step(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


@wrong("sigmoid", "overflows")
def sigmoid_overflowing(z):
    return np.exp(z) / (1 + np.exp(z))


@wrong("sigmoid", "returns_none")
def sigmoid_without_return(z):
    1 / (1 + np.exp(-z))  # noqa: B018


@wrong("sigmoid", "softmax")
def sigmoid_softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


@wrong("sigmoid", "changes_input")
def sigmoid_in_place(z):
    z *= -1
    return 1 / (1 + np.exp(z))


@wrong("sigmoid", "base_two")
def sigmoid_base_two(z):
    return 1 / (1 + 2.0 ** -np.asarray(z))


@wrong("sigmoid", "scalars_only")
def sigmoid_by_math(z):
    import math

    return 1 / (1 + math.exp(-z))


# neuron_step


@right("neuron_step")
def neuron_in_matrix_form(w, X, y, rate):
    o = sig(X @ w)
    return w - rate * X.T @ (2 * (o - y) * o * (1 - o))


@right("neuron_step")
def neuron_by_loop(w, X, y, rate):
    gradient = np.zeros_like(w)
    for x, target in zip(X, y):
        o = sig(x @ w)
        gradient += 2 * (o - target) * o * (1 - o) * x
    return w - rate * gradient


@right("neuron_step")
def neuron_by_einsum(w, X, y, rate):
    o = sig(np.einsum("ij,j->i", X, w))
    return w + rate * np.einsum("i,ij->j", 2 * (y - o) * (o - o**2), X)


@wrong("neuron_step", "climbs")
def neuron_uphill(w, X, y, rate):
    o = sig(X @ w)
    return w + rate * X.T @ (2 * (o - y) * o * (1 - o))


@wrong("neuron_step", "factor_two")
def neuron_without_two(w, X, y, rate):
    o = sig(X @ w)
    return w - rate * X.T @ ((o - y) * o * (1 - o))


@wrong("neuron_step", "mean")
def neuron_by_mean(w, X, y, rate):
    o = sig(X @ w)
    return w - rate * X.T @ (2 * (o - y) * o * (1 - o)) / len(X)


@wrong("neuron_step", "slope_missing")
def neuron_without_slope(w, X, y, rate):
    o = sig(X @ w)
    return w - rate * X.T @ (2 * (o - y))


@wrong("neuron_step", "slope_at_z")
def neuron_slope_at_z(w, X, y, rate):
    z = X @ w
    return w - rate * X.T @ (2 * (sig(z) - y) * z * (1 - z))


@wrong("neuron_step", "gradient_only")
def neuron_gradient(w, X, y, rate):
    o = sig(X @ w)
    return X.T @ (2 * (o - y) * o * (1 - o))


@wrong("neuron_step", "changes_input")
def neuron_in_place(w, X, y, rate):
    o = sig(X @ w)
    w -= rate * X.T @ (2 * (o - y) * o * (1 - o))
    return w


@wrong("neuron_step", "one_by_one")
def neuron_row_by_row(w, X, y, rate):
    w = w.copy()
    for x, target in zip(X, y):
        o = sig(x @ w)
        w = w - rate * 2 * (o - target) * o * (1 - o) * x
    return w


@wrong("neuron_step", "no_sigmoid")
def neuron_linear(w, X, y, rate):
    return w - rate * X.T @ (2 * (X @ w - y))


@wrong("neuron_step", "rate_ignored")
def neuron_without_rate(w, X, y, rate):
    o = sig(X @ w)
    return w - X.T @ (2 * (o - y) * o * (1 - o))


@wrong("neuron_step", "extra_bias")
def neuron_with_another_bias(w, X, y, rate):
    X = ones_first(X)[:, : len(w)]
    o = sig(X @ w)
    return w - rate * X.T @ (2 * (o - y) * o * (1 - o))


# add_bias


@right("add_bias")
def bias_by_c(X):
    return np.c_[np.ones(len(X)), X]


@right("add_bias")
def bias_by_hstack(X):
    return np.hstack([np.ones((X.shape[0], 1)), X])


@right("add_bias")
def bias_by_insert(X):
    return np.insert(X, 0, 1.0, axis=1)


@right("add_bias")
def bias_by_pad(X):
    return np.pad(X, ((0, 0), (1, 0)), constant_values=1)


@right("add_bias")
def bias_by_lists(X):
    return [[1.0, *row] for row in X]


@wrong("add_bias", "bias_last")
def bias_at_the_end(X):
    return np.c_[X, np.ones(len(X))]


@wrong("add_bias", "bias_row")
def bias_as_a_row(X):
    return np.vstack([np.ones(X.shape[1]), X])


@wrong("add_bias", "zeros")
def bias_of_zeros(X):
    return np.c_[np.zeros(len(X)), X]


@wrong("add_bias", "overwrites")
def bias_over_the_first(X):
    X = X.copy()
    X[:, 0] = 1
    return X


@wrong("add_bias", "adds_one")
def bias_added_to_all(X):
    return X + 1


@wrong("add_bias", "ones_only")
def bias_alone(X):
    return np.ones((len(X), 1))


@wrong("add_bias", "wrong_shape")
def bias_flat(X):
    return np.insert(X, 0, 1)


@wrong("add_bias", "wrong_value")
def bias_counts(X):
    return np.c_[np.arange(1, len(X) + 1), X]


# forward


@right("forward")
def forward_by_c(X, W1, W2):
    h = sig(np.c_[np.ones(len(X)), X] @ W1)
    return h, sig(np.c_[np.ones(len(h)), h] @ W2)


@right("forward")
def forward_with_separate_biases(X, W1, W2):
    h = sig(X @ W1[1:] + W1[0])
    return h, sig(h @ W2[1:] + W2[0])


@right("forward")
def forward_row_by_row(X, W1, W2):
    hidden, outputs = [], []
    for x in X:
        h = sig(np.array([1.0, *x]) @ W1)
        hidden.append(h)
        outputs.append(sig(np.array([1.0, *h]) @ W2))
    return [np.array(hidden), np.array(outputs)]


@wrong("forward", "no_hidden_bias")
def forward_without_hidden_bias(X, W1, W2):
    h = sig(ones_first(X) @ W1)
    return h, sig(h @ W2[1:])


@wrong("forward", "no_input_bias")
def forward_without_input_bias(X, W1, W2):
    h = sig(X @ W1[1:])
    return h, sig(ones_first(h) @ W2)


@wrong("forward", "bias_last")
def forward_bias_last(X, W1, W2):
    h = sig(np.c_[X, np.ones(len(X))] @ W1)
    return h, sig(np.c_[h, np.ones(len(h))] @ W2)


@wrong("forward", "linear_hidden")
def forward_linear_hidden(X, W1, W2):
    h = ones_first(X) @ W1
    return h, sig(ones_first(h) @ W2)


@wrong("forward", "linear_output")
def forward_linear_output(X, W1, W2):
    h = sig(ones_first(X) @ W1)
    return h, ones_first(h) @ W2


@wrong("forward", "swapped")
def forward_swapped(X, W1, W2):
    h = sig(ones_first(X) @ W1)
    return sig(ones_first(h) @ W2), h


@wrong("forward", "output_only")
def forward_output_only(X, W1, W2):
    h = sig(ones_first(X) @ W1)
    return sig(ones_first(h) @ W2)


@wrong("forward", "bias_kept")
def forward_hidden_with_bias(X, W1, W2):
    h = ones_first(sig(ones_first(X) @ W1))
    return h, sig(h @ W2)


@wrong("forward", "last_row_only")
def forward_last_row(X, W1, W2):
    for x in X:
        h = sig(np.array([1.0, *x]) @ W1)
        o = sig(np.array([1.0, *h]) @ W2)
    return h, o


@wrong("forward", "learned_bias")
def forward_learned_bias(X, W1, W2):
    h = sig(ones_first(X) @ W1)
    b = sig(ones_first(X) @ W1[:, :1])
    return h, sig(np.c_[b, h] @ W2)


@wrong("forward", "rows_mixed")
def forward_normalised(X, W1, W2):
    h = sig(ones_first(X - X.mean(axis=0)) @ W1)
    return h, sig(ones_first(h) @ W2)


# xor_by_hand


@right("xor_by_hand")
def hand_or_and():
    return np.array([[-10, -30], [20, 20], [20, 20.0]]), np.array([[-10], [20], [-40.0]])


@right("xor_by_hand")
def hand_one_not_the_other():
    W1 = [[-10, -10], [20, -20], [-20, 20]]
    return W1, [[-10], [20], [20]]


@right("xor_by_hand")
def hand_or_and_nand():
    return (
        np.array([[-5.0, 15.0], [10.0, -10.0], [10.0, -10.0]]),
        np.array([[-15.0], [10.0], [10.0]]),
    )


@right("xor_by_hand")
def hand_flat_second_layer():
    return np.array([[-10, -30], [20, 20], [20, 20.0]]), np.array([-10, 20, -40.0])


@wrong("xor_by_hand", "or")
def hand_or():
    return np.array([[-10, -10], [20, 20], [20, 20.0]]), np.array([[-10], [20], [20.0]])


@wrong("xor_by_hand", "and")
def hand_and():
    return np.array([[-30, -30], [20, 20], [20, 20.0]]), np.array([[-10], [20], [20.0]])


@wrong("xor_by_hand", "xnor")
def hand_xnor():
    return np.array([[-10, -30], [20, 20], [20, 20.0]]), np.array([[10], [-20], [40.0]])


@wrong("xor_by_hand", "not_confident")
def hand_timid():
    return np.array([[-2.5, -7.5], [5, 5], [5, 5.0]]), np.array([[-2], [4], [-5.0]])


@wrong("xor_by_hand", "all_the_same")
def hand_zeros():
    return np.zeros((3, 2)), np.zeros((3, 1))


@wrong("xor_by_hand", "bias_row_missing")
def hand_without_bias():
    return np.array([[20, 20], [20, 20.0]]), np.array([[20], [-40.0]])


@wrong("xor_by_hand", "bias_last")
def hand_bias_last():
    return np.array([[20, 20], [20, 20], [-10, -30.0]]), np.array([[20], [-40.0], [-10]])


@wrong("xor_by_hand", "truth_table")
def hand_first_input():
    return np.array([[-10, -10], [20, 20], [0, 0.0]]), np.array([[-10], [20], [20.0]])


@wrong("xor_by_hand", "not_two")
def hand_one_matrix():
    return np.array([[-10, -30], [20, 20], [20, 20.0]])


@wrong("xor_by_hand", "nand")
def hand_nand():
    return np.array([[-30, -30], [20, 20], [20, 20.0]]), np.array([[10], [-20], [-20.0]])


# output_delta


@right("output_delta")
def output_plain(o, Y):
    return 2 * (o - Y) * o * (1 - o)


@right("output_delta")
def output_other_order(o, Y):
    return -2.0 * (np.asarray(Y) - o) * (o - o**2)


@right("output_delta")
def output_by_loop(o, Y):
    d = np.zeros(o.shape)
    for i in np.ndindex(o.shape):
        d[i] = 2 * (o[i] - Y[i]) * o[i] * (1 - o[i])
    return d


@wrong("output_delta", "factor_two")
def output_without_two(o, Y):
    return (o - Y) * o * (1 - o)


@wrong("output_delta", "sign")
def output_sign(o, Y):
    return 2 * (Y - o) * o * (1 - o)


@wrong("output_delta", "slope_missing")
def output_without_slope(o, Y):
    return 2 * (o - Y)


@wrong("output_delta", "slope_twice")
def output_slope_of_o(o, Y):
    return 2 * (o - Y) * sig(o) * (1 - sig(o))


@wrong("output_delta", "mean")
def output_mean(o, Y):
    return 2 * (o - Y) * o * (1 - o) / len(o)


@wrong("output_delta", "summed")
def output_sum(o, Y):
    return (2 * (o - Y) * o * (1 - o)).sum()


@wrong("output_delta", "loss")
def output_loss(o, Y):
    return (o - Y) ** 2


@wrong("output_delta", "only_slope")
def output_only_slope(o, Y):
    return o * (1 - o)


# hidden_delta


@right("hidden_delta")
def hidden_plain(d_out, W2, h):
    return (d_out @ W2[1:].T) * h * (1 - h)


@right("hidden_delta")
def hidden_then_drop(d_out, W2, h):
    return (d_out @ W2.T)[:, 1:] * (h - h * h)


@right("hidden_delta")
def hidden_by_einsum(d_out, W2, h):
    return np.einsum("nk,mk,nm->nm", d_out, W2[1:], h * (1 - h))


@right("hidden_delta")
def hidden_by_loop(d_out, W2, h):
    out = np.zeros_like(h)
    for i in range(h.shape[0]):
        for j in range(h.shape[1]):
            for k in range(d_out.shape[1]):
                out[i, j] += d_out[i, k] * W2[j + 1, k] * h[i, j] * (1 - h[i, j])
    return out


@wrong("hidden_delta", "bias_row_kept")
def hidden_all_rows(d_out, W2, h):
    return (d_out @ W2.T) * h * (1 - h)


@wrong("hidden_delta", "bias_row_kept")
def hidden_with_bias_column(d_out, W2, h):
    h = ones_first(h)
    return (d_out @ W2.T) * h * (1 - h)


@wrong("hidden_delta", "bias_last")
def hidden_last_row_dropped(d_out, W2, h):
    return (d_out @ W2[:-1].T) * h * (1 - h)


@wrong("hidden_delta", "slope_missing")
def hidden_without_slope(d_out, W2, h):
    return d_out @ W2[1:].T


@wrong("hidden_delta", "slope_twice")
def hidden_slope_of_h(d_out, W2, h):
    return (d_out @ W2[1:].T) * sig(h) * (1 - sig(h))


@wrong("hidden_delta", "factor_two")
def hidden_two_again(d_out, W2, h):
    return 2 * (d_out @ W2[1:].T) * h * (1 - h)


@wrong("hidden_delta", "shapes")
def hidden_not_transposed(d_out, W2, h):
    return (d_out @ W2[1:]) * h * (1 - h)


@wrong("hidden_delta", "sign")
def hidden_sign(d_out, W2, h):
    return -(d_out @ W2[1:].T) * h * (1 - h)


@wrong("hidden_delta", "weights_missing")
def hidden_without_weights(d_out, W2, h):
    return d_out.sum(axis=1, keepdims=True) * h * (1 - h)


# backprop


def _parts(X, W1, W2, Y):
    h = sig(ones_first(X) @ W1)
    o = sig(ones_first(h) @ W2)
    d = 2 * (o - Y) * o * (1 - o)
    return h, o, d, (d @ W2[1:].T) * h * (1 - h)


@right("backprop")
def backprop_matrix(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return ones_first(X).T @ e, ones_first(h).T @ d


@right("backprop")
def backprop_by_samples(X, W1, W2, Y):
    g1, g2 = np.zeros_like(W1), np.zeros_like(W2)
    for x, y in zip(X, Y):
        x = np.array([1.0, *x])
        h = np.array([1.0, *sig(x @ W1)])
        o = sig(h @ W2)
        d = 2 * (o - y) * o * (1 - o)
        g2 += np.outer(h, d)
        g1 += np.outer(x, (W2 @ d * h * (1 - h))[1:])
    return [g1, g2]


@right("backprop")
def backprop_by_einsum(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return (
        np.einsum("ni,nj->ij", ones_first(X), e),
        np.einsum("ni,nj->ij", ones_first(h), d),
    )


@right("backprop")
def backprop_by_differences(X, W1, W2, Y):
    def loss(A, B):
        return ((sig(ones_first(sig(ones_first(X) @ A)) @ B) - Y) ** 2).sum()

    gradients = []
    for which, W in enumerate((W1, W2)):
        g = np.zeros_like(W)
        for i in np.ndindex(W.shape):
            e = np.zeros_like(W)
            e[i] = 1e-5
            pair = [(W1, W2), (W1, W2)]
            pair[0] = (W1 + e, W2) if which == 0 else (W1, W2 + e)
            pair[1] = (W1 - e, W2) if which == 0 else (W1, W2 - e)
            g[i] = (loss(*pair[0]) - loss(*pair[1])) / 2e-5
        gradients.append(g)
    return tuple(gradients)


@wrong("backprop", "sign")
def backprop_sign(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return -ones_first(X).T @ e, -ones_first(h).T @ d


@wrong("backprop", "factor_two")
def backprop_without_two(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return ones_first(X).T @ e / 2, ones_first(h).T @ d / 2


@wrong("backprop", "mean")
def backprop_mean(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return ones_first(X).T @ e / len(X), ones_first(h).T @ d / len(X)


@wrong("backprop", "output_slope_missing")
def backprop_without_output_slope(X, W1, W2, Y):
    h, o, _, _ = _parts(X, W1, W2, Y)
    d = 2 * (o - Y)
    return ones_first(X).T @ ((d @ W2[1:].T) * h * (1 - h)), ones_first(h).T @ d


@wrong("backprop", "hidden_slope_missing")
def backprop_without_hidden_slope(X, W1, W2, Y):
    h, o, d, _ = _parts(X, W1, W2, Y)
    return ones_first(X).T @ (d @ W2[1:].T), ones_first(h).T @ d


@wrong("backprop", "slope_at_z")
def backprop_slope_at_z(X, W1, W2, Y):
    h, o, _, _ = _parts(X, W1, W2, Y)
    z1, z2 = ones_first(X) @ W1, ones_first(h) @ W2
    d = 2 * (o - Y) * z2 * (1 - z2)
    return ones_first(X).T @ ((d @ W2[1:].T) * z1 * (1 - z1)), ones_first(h).T @ d


@wrong("backprop", "bias_rows_missing")
def backprop_without_bias_rows(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return X.T @ e, h.T @ d


@wrong("backprop", "swapped")
def backprop_swapped(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return ones_first(h).T @ d, ones_first(X).T @ e


@wrong("backprop", "changes_input")
def backprop_updates(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    W2 -= 0.5 * ones_first(h).T @ d
    W1 -= 0.5 * ones_first(X).T @ e
    return ones_first(X).T @ e, ones_first(h).T @ d


@wrong("backprop", "bias_last")
def backprop_bias_last(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return np.c_[X, np.ones(len(X))].T @ e, np.c_[h, np.ones(len(h))].T @ d


@wrong("backprop", "first_layer")
def backprop_hidden_bias_used(X, W1, W2, Y):
    h, o, d, _ = _parts(X, W1, W2, Y)
    e = (d @ W2[:-1].T) * h * (1 - h)
    return ones_first(X).T @ e, ones_first(h).T @ d


@wrong("backprop", "updated_weights")
def backprop_updated_weights(X, W1, W2, Y):
    h, o, d, _ = _parts(X, W1, W2, Y)
    g2 = ones_first(h).T @ d
    W2 = W2 - 0.5 * g2
    return ones_first(X).T @ ((d @ W2[1:].T) * h * (1 - h)), g2


@wrong("backprop", "not_two")
def backprop_one_gradient(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return ones_first(h).T @ d


@wrong("backprop", "deltas")
def backprop_deltas(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return e, d


# gradient_check


def _ratio(numeric, grad):
    return np.linalg.norm(numeric - grad) / (np.linalg.norm(numeric) + np.linalg.norm(grad))


@right("gradient_check")
def gradient_check_by_ndindex(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        numeric[i] = (loss(W + step) - loss(W - step)) / (2 * eps)
    return _ratio(numeric, grad)


@right("gradient_check")
def gradient_check_in_place(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        W[i] += eps
        up = loss(W)
        W[i] -= 2 * eps
        down = loss(W)
        W[i] += eps
        numeric[i] = (up - down) / (2 * eps)
    return _ratio(numeric, grad)


@right("gradient_check")
def gradient_check_flat(loss, W, grad, eps):
    flat = W.flatten()
    numeric = []
    for i in range(len(flat)):
        up, down = flat.copy(), flat.copy()
        up[i] += eps
        down[i] -= eps
        numeric.append((loss(up.reshape(W.shape)) - loss(down.reshape(W.shape))) / (2 * eps))
    return float(_ratio(np.reshape(numeric, W.shape), grad))


@wrong("gradient_check", "one_sided")
def gradient_check_forward(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        numeric[i] = (loss(W + step) - loss(W)) / eps
    return _ratio(numeric, grad)


@wrong("gradient_check", "not_restored")
def gradient_check_drifting(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        W[i] += eps
        up = loss(W)
        W[i] -= 2 * eps
        numeric[i] = (up - loss(W)) / (2 * eps)
    return _ratio(numeric, grad)


@wrong("gradient_check", "eps_ignored")
def gradient_check_tiny(loss, W, grad, eps):
    return gradient_check_by_ndindex(loss, W, grad, 1e-15)


@wrong("gradient_check", "divided_by_eps")
def gradient_check_one_eps(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        numeric[i] = (loss(W + step) - loss(W - step)) / eps
    return _ratio(numeric, grad)


@wrong("gradient_check", "all_at_once")
def gradient_check_all_entries(loss, W, grad, eps):
    slope = (loss(W + eps) - loss(W - eps)) / (2 * eps)
    return _ratio(np.full_like(W, slope), grad)


@wrong("gradient_check", "absolute")
def gradient_check_absolute(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        numeric[i] = (loss(W + step) - loss(W - step)) / (2 * eps)
    return np.linalg.norm(numeric - grad)


@wrong("gradient_check", "not_a_number")
def gradient_check_matrix(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        numeric[i] = (loss(W + step) - loss(W - step)) / (2 * eps)
    return np.abs(numeric - grad) / (np.abs(numeric) + np.abs(grad))


@wrong("gradient_check", "always_small")
def gradient_check_flattering(loss, W, grad, eps):
    return 1e-10


@wrong("gradient_check", "signs_cancel")
def gradient_check_mean_difference(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        numeric[i] = (loss(W + step) - loss(W - step)) / (2 * eps)
    return abs((numeric - grad).sum()) / (np.abs(numeric).sum() + np.abs(grad).sum())


# xor_success


def _start(seed, hidden):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(3, hidden)), rng.normal(size=(hidden + 1, 1))


XOR_X = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]])
XOR_Y = np.array([[0], [1], [1], [0.0]])


def _train(W1, W2, epochs=1000):
    for _ in range(epochs):
        h, o, d, e = _parts(XOR_X, W1, W2, XOR_Y)
        W1, W2 = W1 - 0.5 * ones_first(XOR_X).T @ e, W2 - 0.5 * ones_first(h).T @ d
    return W1, W2


def _output(W1, W2):
    return sig(ones_first(sig(ones_first(XOR_X) @ W1)) @ W2)


@right("xor_success")
def success_by_loop(seeds, hidden):
    solved = 0
    for seed in seeds:
        W1, W2 = _train(*_start(seed, hidden))
        solved += bool(np.all((_output(W1, W2) > 0.5) == (XOR_Y > 0.5)))
    return solved / len(seeds)


@right("xor_success")
def success_by_list(seeds, hidden):
    outputs = [_output(*_train(*_start(seed, hidden))) for seed in seeds]
    return np.mean([np.array_equal(np.round(o), XOR_Y) for o in outputs])


@right("xor_success")
def success_in_one_array(seeds, hidden):
    starts = [_start(seed, hidden) for seed in seeds]
    W1, W2 = np.stack([a for a, _ in starts]), np.stack([b for _, b in starts])

    def wide(A):
        return np.concatenate([np.ones((*A.shape[:-1], 1)), A], axis=-1)

    X = np.broadcast_to(XOR_X, (len(W1), 4, 2))
    for _ in range(1000):
        h = sig(wide(X) @ W1)
        o = sig(wide(h) @ W2)
        d = 2 * (o - XOR_Y) * o * (1 - o)
        e = (d @ W2[:, 1:].transpose(0, 2, 1)) * h * (1 - h)
        W2 = W2 - 0.5 * wide(h).transpose(0, 2, 1) @ d
        W1 = W1 - 0.5 * wide(X).transpose(0, 2, 1) @ e
    return ((o > 0.5) == (XOR_Y > 0.5)).all(axis=(1, 2)).mean()


@wrong("xor_success", "count")
def success_counted(seeds, hidden):
    return success_by_loop(seeds, hidden) * len(seeds)


@wrong("xor_success", "percent")
def success_in_percent(seeds, hidden):
    return 100 * success_by_loop(seeds, hidden)


@wrong("xor_success", "all_count")
def success_of_one_seed(seeds, hidden):
    return success_by_loop([0] * len(seeds), hidden)


@wrong("xor_success", "hidden_ignored")
def success_with_two_always(seeds, hidden):
    return success_by_loop(seeds, 2)


@wrong("xor_success", "none_counts")
def success_without_training(seeds, hidden):
    outputs = [_output(*_start(seed, hidden)) for seed in seeds]
    return np.mean([np.array_equal(np.round(o), XOR_Y) for o in outputs])


@wrong("xor_success", "outputs_not_starts")
def success_of_outputs(seeds, hidden):
    outputs = [_output(*_train(*_start(seed, hidden))) for seed in seeds]
    return np.mean([(o > 0.5) == (XOR_Y > 0.5) for o in outputs])


@wrong("xor_success", "failures")
def success_upside_down(seeds, hidden):
    return 1 - success_by_loop(seeds, hidden)


@wrong("xor_success", "all_count")
def success_if_any(seeds, hidden):
    outputs = [_output(*_train(*_start(seed, hidden))) for seed in seeds]
    return np.mean([bool(np.any((o > 0.5) & (XOR_Y > 0.5))) for o in outputs])


@wrong("xor_success", "never_returns")
def success_until_solved(seeds, hidden):
    for seed in seeds:
        W1, W2 = _start(seed, hidden)
        while not np.array_equal(np.round(_output(W1, W2)), XOR_Y):
            W1, W2 = _train(W1, W2, epochs=100)
    return 1.0


@wrong("xor_success", "none_counts")
def success_by_equality(seeds, hidden):
    outputs = [_output(*_train(*_start(seed, hidden))) for seed in seeds]
    return np.mean([np.all(o == XOR_Y) for o in outputs])


@wrong("xor_success", "none_counts")
def success_by_broadcasting(seeds, hidden):
    outputs = [_output(*_train(*_start(seed, hidden))) for seed in seeds]
    return np.mean([np.all((o > 0.5) == (XOR_Y.ravel() > 0.5)) for o in outputs])


@wrong("xor_success", "too_strict")
def success_within_a_fifth(seeds, hidden):
    outputs = [_output(*_train(*_start(seed, hidden))) for seed in seeds]
    return np.mean([np.all(np.abs(o - XOR_Y) < 0.2) for o in outputs])


@wrong("xor_success", "too_strict")
def success_by_loss(seeds, hidden):
    outputs = [_output(*_train(*_start(seed, hidden))) for seed in seeds]
    return np.mean([((o - XOR_Y) ** 2).sum() < 0.1 for o in outputs])


# mistakes that students made


@wrong("descend", "returns_early")
def descend_return_in_loop(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - rate * slope(path[-1]))
        return path


@wrong("descend", "rate_divides")
def descend_divided(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - slope(path[-1]) / rate)
    return path


@wrong("descend", "step_only")
def descend_step_only(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(rate * slope(path[-1]))
    return path


@wrong("descend", "climbs_on_the_left")
def descend_leftwards(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - rate * abs(slope(path[-1])))
    return path


@wrong("neuron_step", "shapes")
def neuron_literal(w, X, y, rate):
    o = sig(X @ w)
    gradient = 2 * (o - y) * o * (1 - o) * X
    return w - rate * gradient


@wrong("neuron_step", "rate_twice")
def neuron_rate_twice(w, X, y, rate):
    o = sig(X @ w)
    gradient = rate * X.T @ (2 * (o - y) * o * (1 - o))
    return w - rate * gradient


@wrong("neuron_step", "climbs")
def neuron_miss_turned(w, X, y, rate):
    o = sig(X @ w)
    gradient = X.T @ (2 * (y - o) * o * (1 - o))
    return w - rate * gradient


@wrong("forward", "raises")
def forward_literal(X, W1, W2):
    h = sig([1, X] @ W1)
    return h, sig([1, h] @ W2)


@wrong("xor_by_hand", "always_off")
def hand_or_twice():
    return np.array([[-10, -10], [20, 20], [20, 20.0]]), np.array([[-10], [20], [-20.0]])


@wrong("xor_by_hand", "always_on")
def hand_and_bias_positive():
    return np.array([[-10, -30], [20, 20], [20, 20.0]]), np.array([[10], [20], [20.0]])


@wrong("hidden_delta", "shapes")
def hidden_column_dropped(d_out, W2, h):
    return (d_out @ W2[:, 1:].T) * h * (1 - h)


@wrong("hidden_delta", "shapes")
def hidden_slope_inside(d_out, W2, h):
    return (d_out * h * (1 - h)) @ W2[1:].T


@wrong("backprop", "inputs_swapped")
def backprop_inputs_swapped(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return ones_first(h).T @ e, ones_first(X).T @ d


@wrong("backprop", "wrong_shape")
def backprop_output_as_input(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    return ones_first(X).T @ e, ones_first(o).T @ d


@wrong("gradient_check", "reversed")
def gradient_check_reversed(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        numeric[i] = (loss(W - step) - loss(W + step)) / (2 * eps)
    return _ratio(numeric, grad)


@wrong("gradient_check", "not_divided")
def gradient_check_not_divided(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        numeric[i] = loss(W + step) - loss(W - step)
    return _ratio(numeric, grad)


@wrong("gradient_check", "brackets")
def gradient_check_brackets(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        numeric[i] = loss(W + step) - loss(W - step) / (2 * eps)
    return _ratio(numeric, grad)


# found by trying to fool the checks


@wrong("xor_success", "wrong_value")
def success_not_a_number(seeds, hidden):
    return float("nan")


@wrong("xor_success", "wrong_value")
def success_of_the_triangles(seeds, hidden):
    outputs = [_output(*_train(*_start(seed, hidden))) for seed in seeds]
    return np.mean([bool(o[1, 0] > 0.5 and o[2, 0] > 0.5) for o in outputs])


@wrong("xor_success", "wrong_value")
def success_after_2000_epochs(seeds, hidden):
    outputs = [_output(*_train(*_start(seed, hidden), epochs=2000)) for seed in seeds]
    return np.mean([np.array_equal(o > 0.5, XOR_Y > 0.5) for o in outputs])


@wrong("descend", "whole_numbers")
def descend_in_whole_numbers(slope, start, rate, steps):
    path = np.full(steps + 1, start)
    for i in range(steps):
        path[i + 1] = path[i] - rate * slope(path[i])
    return path


@wrong("descend", "old_path_kept")
def descend_default_list(slope, start, rate, steps, path=[]):
    path.append(start)
    for _ in range(steps):
        path.append(path[-1] - rate * slope(path[-1]))
    return path


@wrong("descend", "too_many")
def descend_one_more(slope, start, rate, steps):
    path = [start]
    for _ in range(steps + 1):
        path.append(path[-1] - rate * slope(path[-1]))
    return path


@wrong("descend", "too_few")
def descend_until_flat(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        if abs(slope(path[-1])) < 1e-3:
            break
        path.append(path[-1] - rate * slope(path[-1]))
    return path


@wrong("descend", "never_moves_on")
def descend_same_step(slope, start, rate, steps):
    return [start] + [start - rate * slope(start) for _ in range(steps)]


@wrong("descend", "wrong_type")
def descend_as_text(slope, start, rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - rate * slope(path[-1]))
    return [f"{x:.9f}" for x in path]


@wrong("sigmoid", "whole_numbers")
def sigmoid_like_its_input(z):
    s = np.zeros_like(z)
    for i in np.ndindex(np.shape(z)):
        s[i] = 1 / (1 + np.exp(-z[i]))
    return s


@wrong("sigmoid", "arrays_only")
def sigmoid_at_least_1d(z):
    return 1 / (1 + np.exp(-np.atleast_1d(z)))


@wrong("sigmoid", "arrays_only")
def sigmoid_over_rows(z):
    return np.array([1 / (1 + np.exp(-a)) for a in z])


@wrong("sigmoid", "overflows")
def sigmoid_math_vectorised(z):
    return np.vectorize(lambda a: 1 / (1 + math.exp(-a)))(z)


@wrong("sigmoid", "levels_off")
def sigmoid_clipped_too_early(z):
    return 1 / (1 + np.exp(-np.clip(z, -7, 7)))


@right("sigmoid")
def sigmoid_by_mask(z):
    z = np.asarray(z, dtype=float)
    s, up = np.empty_like(z), z >= 0
    s[up] = 1 / (1 + np.exp(-z[up]))
    s[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))
    return s


@wrong("neuron_step", "input_missing")
def neuron_without_input(w, X, y, rate):
    o = sig(X @ w)
    return w - rate * np.sum(2 * (o - y) * o * (1 - o))


@wrong("neuron_step", "slope_twice")
def neuron_slope_of_o(w, X, y, rate):
    o = sig(X @ w)
    return w - rate * X.T @ (2 * (o - y) * sig(o) * (1 - sig(o)))


@wrong("neuron_step", "not_summed")
def neuron_per_row(w, X, y, rate):
    o = sig(X @ w)
    return w - rate * (2 * (o - y) * o * (1 - o))[:, None] * X


@wrong("neuron_step", "last_row_only")
def neuron_last_row(w, X, y, rate):
    for x, t in zip(X, y):
        o = sig(x @ w)
        gradient = 2 * (o - t) * o * (1 - o) * x
    return w - rate * gradient


@wrong("xor_by_hand", "too_small")
def hand_faint():
    return [[-1, -3], [2, 2], [2, 2]], [[-1], [2], [-4]]


@wrong("xor_by_hand", "wrong_type")
def hand_text():
    return [["-10", "-30"], ["20", "20"], ["20", "20"]], [["-10"], ["20"], ["-40"]]


@wrong("hidden_delta", "shapes")
def hidden_by_dot(d_out, W2, h):
    return np.dot(d_out, W2[1:]) * h * (1 - h)


@right("hidden_delta")
def hidden_turned_twice(d_out, W2, h):
    return (W2[1:] @ d_out.T).T * h * (1 - h)


@wrong("output_delta", "slope_of_target")
def output_slope_of_y(o, Y):
    return 2 * (o - Y) * Y * (1 - Y)


@wrong("output_delta", "squared_miss")
def output_squared(o, Y):
    return 2 * (o - Y) ** 2 * o * (1 - o)


@wrong("forward", "last_row_everywhere")
def forward_fills_all_rows(X, W1, W2):
    h = np.zeros((len(X), W1.shape[1]))
    for x in X:
        h[:] = sig(W1[0] + x @ W1[1:])
    return h, sig(ones_first(h) @ W2)


@wrong("backprop", "bias_gradient_zero")
def backprop_biases_fixed(X, W1, W2, Y):
    h, o, d, e = _parts(X, W1, W2, Y)
    g1, g2 = ones_first(X).T @ e, ones_first(h).T @ d
    g1[0], g2[0] = 0, 0
    return g1, g2


def _numeric(loss, W, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        numeric[i] = (loss(W + step) - loss(W - step)) / (2 * eps)
    return numeric


@wrong("gradient_check", "not_a_length")
def gradient_check_absolute_values(loss, W, grad, eps):
    n = _numeric(loss, W, eps)
    return np.abs(n - grad).sum() / (np.abs(n).sum() + np.abs(grad).sum())


@wrong("gradient_check", "numeric_is_zero")
def gradient_check_nothing_stored(loss, W, grad, eps):
    return _ratio(np.zeros_like(W), grad)


@wrong("gradient_check", "eps_ignored")
def gradient_check_own_eps(loss, W, grad, eps):
    return _ratio(_numeric(loss, W, 1e-5), grad)


@wrong("gradient_check", "steps_pile_up")
def gradient_check_step_outside(loss, W, grad, eps):
    numeric, step = np.zeros_like(W), np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step[i] = eps
        numeric[i] = (loss(W + step) - loss(W - step)) / (2 * eps)
    return _ratio(numeric, grad)


@wrong("gradient_check", "half_step")
def gradient_check_no_copy(loss, W, grad, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        V = W
        V[i] += eps
        up = loss(V)
        V = W
        V[i] -= eps
        numeric[i] = (up - loss(V)) / (2 * eps)
    return _ratio(numeric, grad)


@right("gradient_check")
def gradient_check_two_loops(loss, W, grad, eps):
    numeric = np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            step = np.zeros(W.shape)
            step[i, j] = eps
            numeric[i, j] = (loss(W + step) - loss(W - step)) / (2 * eps)
    return _ratio(numeric, grad)

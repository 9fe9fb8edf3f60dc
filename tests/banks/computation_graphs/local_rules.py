"""Answers to `matmul_rule` and `sigmoid_rule`: the way back through a single node."""

import numpy as np

from tests.banks import right, wrong


@right("matmul_rule")
def both_products(g, a, b):
    return g @ b.T, a.T @ g


@right("matmul_rule")
def einsum(g, a, b):
    return np.einsum("ij,kj->ik", g, b), np.einsum("ki,kj->ij", a, g)


@right("matmul_rule")
def dot_in_a_list(g, a, b):
    return [np.dot(g, np.transpose(b)), np.dot(np.transpose(a), g)]


@right("matmul_rule")
def turned_round_twice(g, a, b):
    return (b @ g.T).T, (g.T @ a).T


@right("matmul_rule")
def loops(g, a, b):
    da, db = np.zeros(np.shape(a)), np.zeros(np.shape(b))
    for i in range(len(a)):
        for j in range(len(b[0])):
            for k in range(len(b)):
                da[i][k] += g[i][j] * b[k][j]
                db[k][j] += g[i][j] * a[i][k]
    return da, db


@right("matmul_rule")
def sum_of_outer_products(g, a, b):
    slope_b = sum(np.outer(row, back) for row, back in zip(a, g))
    return np.array([b @ back for back in g]), slope_b


@right("matmul_rule")
def single_precision(g, a, b):
    g, a, b = (np.asarray(v, dtype=np.float32) for v in (g, a, b))
    return np.matmul(g, b.T), np.matmul(a.T, g)


@right("matmul_rule")
def tensordot(g, a, b):
    return np.tensordot(g, b, axes=(1, 1)), np.tensordot(a, g, axes=(0, 0))


@wrong("matmul_rule", "swapped")
def other_order(g, a, b):
    return a.T @ g, g @ b.T


@wrong("matmul_rule", "g_ignored")
def ones(g, a, b):
    return np.ones_like(g) @ b.T, a.T @ np.ones_like(g)


@wrong("matmul_rule", "g_ignored")
def sums_of_rows_and_columns(g, a, b):
    da = np.tile(b.sum(axis=1), (len(a), 1))
    db = np.tile(a.sum(axis=0)[:, None], (1, b.shape[1]))
    return da, db


@wrong("matmul_rule", "g_ignored")
def the_other_factor(g, a, b):
    return b.T, a.T


@wrong("matmul_rule", "g_ignored")
def the_other_factor_as_it_is(g, a, b):
    return b, a


@wrong("matmul_rule", "g_ignored")
def g_only_for_a(g, a, b):
    return g @ b.T, a.T @ np.ones_like(g)


@wrong("matmul_rule", "g_ignored")
def g_only_for_b(g, a, b):
    return np.ones_like(g) @ b.T, a.T @ g


@wrong("matmul_rule", "sign")
def minus(g, a, b):
    return -(g @ b.T), -(a.T @ g)


@wrong("matmul_rule", "sign")
def minus_for_b(g, a, b):
    return g @ b.T, -a.T @ g


@wrong("matmul_rule", "transposed")
def both_transposed(g, a, b):
    return b @ g.T, g.T @ a


@wrong("matmul_rule", "transposed")
def first_transposed(g, a, b):
    return b @ g.T, a.T @ g


@wrong("matmul_rule", "transposed")
def second_transposed(g, a, b):
    return g @ b.T, g.T @ a


@wrong("matmul_rule", "shapes_do_not_fit")
def without_transposes(g, a, b):
    return g @ b, a @ g


@wrong("matmul_rule", "shapes_do_not_fit")
def factors_in_another_order(g, a, b):
    return b.T @ g, g @ a.T


@wrong("matmul_rule", "elementwise")
def stars(g, a, b):
    return g * b, a * g


@wrong("matmul_rule", "elementwise")
def stars_with_transposes(g, a, b):
    return g * b.T, a.T * g


@wrong("matmul_rule", "mean_not_sum")
def mean_over_rows(g, a, b):
    return g @ b.T / len(a), a.T @ g / len(a)


@wrong("matmul_rule", "mean_not_sum")
def mean_for_b(g, a, b):
    return g @ b.T, a.T @ g / len(a)


@wrong("matmul_rule", "not_a_pair")
def a_only(g, a, b):
    return g @ b.T


@wrong("matmul_rule", "not_a_pair")
def g_as_well(g, a, b):
    return g, g @ b.T, a.T @ g


@wrong("matmul_rule", "not_a_pair")
def a_dict(g, a, b):
    return {"a": g @ b.T, "b": a.T @ g}


@wrong("matmul_rule", "value_not_slope")
def forward(g, a, b):
    return a @ b, a @ b


@wrong("matmul_rule", "value_not_slope")
def forward_only(g, a, b):
    return a @ b


@wrong("matmul_rule", "value_not_slope")
def times_the_value(g, a, b):
    return g * (a @ b), g * (a @ b)


@wrong("matmul_rule", "same_for_both")
def first_twice(g, a, b):
    return g @ b.T, g @ b.T


@wrong("matmul_rule", "transpose_missing")
def transposed_where_it_fits(g, a, b):
    da = g @ b if g.shape[1] == b.shape[0] else g @ b.T
    db = a @ g if a.shape[1] == g.shape[0] else a.T @ g
    return da, db


@wrong("matmul_rule", "a_list")
def lists(g, a, b):
    return (g @ b.T).tolist(), (a.T @ g).tolist()


@wrong("matmul_rule", "changes_input")
def into_the_arrays(g, a, b):
    da = g @ b.T
    db = a.T @ g
    a[:], b[:] = da, db
    return a, b


@wrong("matmul_rule", "returns_none")
def no_return(g, a, b):
    g @ b.T, a.T @ g


@wrong("matmul_rule", "wrong_value")
def updated(g, a, b):
    return a - 0.1 * g @ b.T, b - 0.1 * a.T @ g


@wrong("matmul_rule", "wrong_value")
def only_the_sum_of_g(g, a, b):
    return g.sum() * np.ones_like(a), g.sum() * np.ones_like(b)


# ---------------------------------------------------------------------------------- sigmoid_rule


@right("sigmoid_rule")
def comma(g, y):
    return (g * y * (1 - y),)


@right("sigmoid_rule")
def tuple_of_a_list(g, y):
    return tuple([g * (y - y**2)])


@right("sigmoid_rule")
def exponential_form(g, y):
    x = np.log(y / (1 - y))
    return (g * np.exp(-x) / (1 + np.exp(-x)) ** 2,)


@right("sigmoid_rule")
def list_of_one(g, y):
    return [np.multiply(g, y) - g * y * y]


@right("sigmoid_rule")
def float32(g, y):
    y = np.asarray(y, dtype=np.float32)
    return (np.float32(1) * np.asarray(g, dtype=np.float32) * y * (1 - y),)


@right("sigmoid_rule")
def with_cosh(g, y):
    return (g * 0.25 / np.cosh(np.arctanh(2 * y - 1)) ** 2,)


@right("sigmoid_rule")
def entry_by_entry(g, y):
    slope = np.empty(np.shape(y))
    for i in np.ndindex(np.shape(y)):
        slope[i] = np.asarray(g)[i] * np.asarray(y)[i] * (1 - np.asarray(y)[i])
    return (slope,)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@wrong("sigmoid_rule", "not_a_tuple")
def brackets_without_a_comma(g, y):
    return g * y * (1 - y)


@wrong("sigmoid_rule", "not_a_tuple")
def array_of_one(g, y):
    return np.array([g * y * (1 - y)])


@wrong("sigmoid_rule", "not_a_tuple")
def generator(g, y):
    return (g * slope for slope in [y * (1 - y)])


@wrong("sigmoid_rule", "not_a_tuple")
def tuple_of_rows(g, y):
    return tuple(np.atleast_1d(g * y * (1 - y)))


@wrong("sigmoid_rule", "more_than_one")
def slope_and_g(g, y):
    return g * y * (1 - y), g


@wrong("sigmoid_rule", "more_than_one")
def tuple_of_nothing_more(g, y):
    return g * y * (1 - y), None


@wrong("sigmoid_rule", "g_ignored")
def without_g(g, y):
    return (y * (1 - y),)


@wrong("sigmoid_rule", "not_a_tuple")
def without_g_or_a_comma(g, y):
    return y * (1 - y)


@wrong("sigmoid_rule", "sigmoid_twice")
def slope_at_the_sigmoid_of_y(g, y):
    return (g * sigmoid(y) * (1 - sigmoid(y)),)


@wrong("sigmoid_rule", "slope_at_x")
def with_the_input(g, y):
    x = np.log(y / (1 - y))
    return (g * x * (1 - x),)


@wrong("sigmoid_rule", "tanh_slope")
def as_for_tanh(g, y):
    return (g * (1 - y**2),)


@wrong("sigmoid_rule", "sign")
def other_sign(g, y):
    return (g * y * (y - 1),)


@wrong("sigmoid_rule", "half_the_slope")
def only_one_minus_y(g, y):
    return (g * (1 - y),)


@wrong("sigmoid_rule", "half_the_slope")
def only_y(g, y):
    return (g * y,)


@wrong("sigmoid_rule", "forward_again")
def sigmoid_of_g(g, y):
    return (sigmoid(g),)


@wrong("sigmoid_rule", "forward_again")
def g_times_sigmoid(g, y):
    return (g * sigmoid(y),)


@wrong("sigmoid_rule", "g_confused")
def slope_at_g(g, y):
    return (g * (1 - g),)


@wrong("sigmoid_rule", "g_confused")
def roles_exchanged(g, y):
    return (y * g * (1 - g),)


@wrong("sigmoid_rule", "added")
def g_plus_slope(g, y):
    return (g + y * (1 - y),)


@wrong("sigmoid_rule", "summed")
def one_number(g, y):
    return (np.sum(g * y * (1 - y)),)


@wrong("sigmoid_rule", "a_list")
def list_in_a_tuple(g, y):
    return ((g * y * (1 - y)).tolist(),)


@wrong("sigmoid_rule", "changes_input")
def in_place(g, y):
    g *= y * (1 - y)
    return (g,)


@wrong("sigmoid_rule", "returns_none")
def nothing(g, y):
    (g * y * (1 - y),)


@wrong("sigmoid_rule", "matrix_product")
def at_sign(g, y):
    return (g.T @ (y * (1 - y)),)


@wrong("sigmoid_rule", "wrong_value")
def quarter(g, y):
    return (0.25 * g,)


@wrong("sigmoid_rule", "two_in_g_already")
def two_from_the_squared_error(g, y):
    return (2 * g * y * (1 - y),)


@wrong("sigmoid_rule", "plus_for_minus")
def one_plus_y(g, y):
    return (g * y * (1 + y),)


@wrong("sigmoid_rule", "brackets_missing")
def without_brackets(g, y):
    return (g * y * 1 - y,)


@wrong("sigmoid_rule", "brackets_missing")
def only_the_first_term_gets_g(g, y):
    return (g * y - y * y,)


@right("sigmoid_rule")
def multiplied_out(g, y):
    return (np.multiply(g, y) - np.multiply(g, np.square(y)),)


@right("sigmoid_rule")
def a_list_of_one_slope(g, y):
    return [y * g - y * y * g]

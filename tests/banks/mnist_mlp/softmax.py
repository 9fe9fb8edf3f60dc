"""Right and wrong answers to the exercise about scores that become probabilities."""

import math

import numpy as np

from tests.banks import right, wrong


def normalised(e):
    return e / e.sum(axis=1, keepdims=True)


@right("softmax")
def softmax_shifted_by_the_maximum(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@right("softmax")
def softmax_with_new_axes(z):
    z = np.asarray(z)
    shifted = z - np.max(z, axis=-1)[:, np.newaxis]
    return np.exp(shifted) / np.exp(shifted).sum(axis=-1)[:, None]


@right("softmax")
def softmax_by_logaddexp(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=1)[:, None])


@right("softmax")
def softmax_turned_on_its_side(z):
    e = np.exp(z.T - z.max(axis=1))
    return (e / e.sum(axis=0)).T


@right("softmax")
def softmax_row_by_row(z):
    p = np.empty(z.shape)
    for i in range(len(z)):
        e = np.exp(z[i] - max(z[i]))
        p[i] = e / sum(e)
    return p


@right("softmax")
def softmax_pure_python(z):
    rows = []
    for row in z:
        top = max(row)
        exps = [math.exp(v - top) for v in row]
        rows.append([e / sum(exps) for e in exps])
    return np.array(rows)


@right("softmax")
def softmax_of_differences(z):
    return 1 / np.exp(np.minimum(z[:, None, :] - z[:, :, None], 700)).sum(axis=2)


@right("softmax")
def softmax_single_precision(z):
    z = z.astype(np.float32)
    z = z - z.max(axis=1, keepdims=True)
    return np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)


@right("softmax")
def softmax_a_little_added(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / (e.sum(axis=1, keepdims=True) + 1e-8)


@right("softmax")
def softmax_along_an_axis(z):
    def one(row):
        e = np.exp(row - row.max())
        return e / e.sum()

    return np.apply_along_axis(one, 1, z)


@right("softmax")
def softmax_of_scipy(z):
    from scipy.special import softmax

    return softmax(z, axis=1)


@right("softmax")
def softmax_of_scikit_learn(z):
    from sklearn.utils.extmath import softmax

    return softmax(np.asarray(z, dtype=float))


@right("softmax")
def softmax_of_keras(z):
    import keras

    return keras.ops.convert_to_numpy(keras.ops.softmax(z, axis=-1))


@right("softmax")
def softmax_keras_tensor(z):
    import keras

    return keras.activations.softmax(keras.ops.convert_to_tensor(z, dtype="float32"))


@wrong("softmax", "whole_batch")
def softmax_over_the_batch(z):
    e = np.exp(z - z.max())
    return e / e.sum()


@wrong("softmax", "whole_batch")
def softmax_axis_of_the_sum_forgotten(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(keepdims=True)


@wrong("softmax", "wrong_axis")
def softmax_down_the_columns(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


@wrong("softmax", "wrong_axis")
def softmax_scipy_first_axis(z):
    from scipy.special import softmax

    return softmax(z, axis=0)


@wrong("softmax", "sigmoid")
def softmax_sigmoid(z):
    return 1 / (1 + np.exp(-z))


@wrong("softmax", "sigmoid")
def softmax_sigmoid_normalised(z):
    return normalised(1 / (1 + np.exp(-z)))


@wrong("softmax", "overflows")
def softmax_naive(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


@wrong("softmax", "overflows")
def softmax_math_exp(z):
    return np.array([[math.exp(v) / sum(math.exp(u) for u in row) for v in row] for row in z])


@wrong("softmax", "overflows")
def softmax_nan_replaced(z):
    return np.nan_to_num(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))


@wrong("softmax", "overflows")
def softmax_shifted_by_the_mean(z):
    return normalised(np.exp(z - z.mean(axis=1, keepdims=True)))


@wrong("softmax", "overflows")
def softmax_shifted_by_the_minimum(z):
    return normalised(np.exp(z - z.min(axis=1, keepdims=True)))


@wrong("softmax", "overflows")
def softmax_shifted_above_only(z):
    return normalised(np.exp(z - np.maximum(z.max(axis=1, keepdims=True), 0)))


@wrong("softmax", "other_rows_lost")
def softmax_maximum_of_the_batch(z):
    return normalised(np.exp(z - z.max()))


@wrong("softmax", "other_rows_lost")
def softmax_maximum_of_the_batch_and_a_bit(z):
    e = np.exp(z - z.max())
    return e / (e.sum(axis=1, keepdims=True) + 1e-12)


@wrong("softmax", "clipped")
def softmax_clipped_scores(z):
    return normalised(np.exp(np.clip(z, -500, 500)))


@wrong("softmax", "clipped")
def softmax_clipped_above(z):
    return normalised(np.exp(np.minimum(z, 700.0)))


@wrong("softmax", "shifted_by_column")
def softmax_maximum_of_each_column(z):
    return normalised(np.exp(z - z.max(axis=0)))


@wrong("softmax", "shifted_on_one_side")
def softmax_shifted_above_the_line(z):
    return np.exp(z - z.max(axis=1, keepdims=True)) / np.exp(z).sum(axis=1, keepdims=True)


@wrong("softmax", "keepdims_missing")
def softmax_sum_without_keepdims(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1)


@wrong("softmax", "keepdims_missing")
def softmax_maximum_without_keepdims(z):
    return normalised(np.exp(z - z.max(axis=1)))


@wrong("softmax", "keepdims_missing")
def softmax_right_unless_square(z):
    n, k = z.shape
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1) if n == k else normalised(e)


@wrong("softmax", "changes_input")
def softmax_in_place(z):
    z -= z.max(axis=1, keepdims=True)
    return normalised(np.exp(z))


@wrong("softmax", "not_divided")
def softmax_only_exp(z):
    return np.exp(z)


@wrong("softmax", "not_divided")
def softmax_only_exp_shifted(z):
    return np.exp(z - z.max(axis=1, keepdims=True))


@wrong("softmax", "no_exponential")
def softmax_divides_the_scores(z):
    return normalised(z)


@wrong("softmax", "no_exponential")
def softmax_divides_scores_from_zero(z):
    return normalised(z - z.min(axis=1, keepdims=True))


@wrong("softmax", "no_exponential")
def softmax_divides_the_absolute_scores(z):
    return normalised(np.abs(z))


@wrong("softmax", "logarithm")
def softmax_log(z):
    return z - np.logaddexp.reduce(z, axis=1)[:, None]


@wrong("softmax", "turned_round")
def softmax_smallest_wins(z):
    return normalised(np.exp(z.min(axis=1, keepdims=True) - z))


@wrong("softmax", "base_two")
def softmax_powers_of_two(z):
    return normalised(2.0 ** (z - z.max(axis=1, keepdims=True)))


@wrong("softmax", "hard_maximum")
def softmax_hard(z):
    return np.eye(z.shape[1])[z.argmax(axis=1)]


@wrong("softmax", "class_not_probabilities")
def softmax_argmax(z):
    return z.argmax(axis=1)


@wrong("softmax", "class_not_probabilities")
def softmax_largest_probability(z):
    return softmax_shifted_by_the_maximum(z).max(axis=1)


@wrong("softmax", "one_row_only")
def softmax_returns_in_the_loop(z):
    for row in z:
        e = np.exp(row - row.max())
        return e / e.sum()


@wrong("softmax", "one_row_only")
def softmax_last_row_only(z):
    for row in z:
        e = np.exp(row - row.max())
        p = e / e.sum()
    return p


@wrong("softmax", "twice")
def softmax_twice(z):
    return softmax_shifted_by_the_maximum(softmax_shifted_by_the_maximum(z))


@wrong("softmax", "percent")
def softmax_percent(z):
    return 100 * softmax_shifted_by_the_maximum(z)


@wrong("softmax", "divided_by_mean")
def softmax_by_the_mean(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.mean(axis=1, keepdims=True)


@wrong("softmax", "one_added")
def softmax_one_in_the_sum(z):
    e = np.exp(z)
    return e / (1 + e.sum(axis=1, keepdims=True))


@wrong("softmax", "rounded")
def softmax_rounded(z):
    return softmax_shifted_by_the_maximum(z).round(3)


@wrong("softmax", "wrong_shape")
def softmax_transposed(z):
    return softmax_shifted_by_the_maximum(z).T


@wrong("softmax", "a_list")
def softmax_list(z):
    return softmax_shifted_by_the_maximum(z).tolist()


@wrong("softmax", "returns_none")
def softmax_no_return(z):
    softmax_shifted_by_the_maximum(z)


@wrong("softmax", "prints")
def softmax_prints(z):
    print(softmax_shifted_by_the_maximum(z))


@wrong("softmax", "whole_numbers")
def softmax_into_the_type_of_z(z):
    p = np.zeros_like(z)
    for i, row in enumerate(z):
        e = np.exp(row - row.max())
        p[i] = e / e.sum()
    return p


@wrong("softmax", "wrong_value")
def softmax_squared_by_length(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / np.linalg.norm(e, axis=1, keepdims=True)


@wrong("softmax", "wrong_shape")
def softmax_ten_classes(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e[:, :10] / e[:, :10].sum(axis=1).reshape(-1, 1)


@wrong("softmax", "shared_result")
def softmax_one_array_for_all(z, out={}):
    p = out.setdefault(z.shape, np.empty(z.shape))
    p[...] = softmax_shifted_by_the_maximum(z)
    return p


@wrong("softmax", "wrong_axis")
def softmax_sum_of_python(z):
    e = np.exp(z - np.max(z))
    return e / sum(e)


@right("softmax")
def softmax_far_differences_cut(z):
    e = np.exp(np.clip(z - z.max(axis=1, keepdims=True), -500, 0))
    return e / e.sum(axis=1).reshape(-1, 1)


@right("softmax")
def softmax_layer_of_keras(z):
    import keras

    return keras.ops.convert_to_numpy(keras.layers.Softmax()(z))

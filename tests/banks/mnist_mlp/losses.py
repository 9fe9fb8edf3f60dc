"""Right and wrong answers to the exercise about the cross-entropy of probabilities."""

import math

import numpy as np

from tests.banks import right, wrong


def of_true_class(p, y):
    return np.clip(p[np.arange(len(y)), y], 1e-12, 1)


def one_hot(p, y):
    return np.eye(p.shape[1])[y]


@right("cross_entropy")
def ce_picks_the_true_class(p, y):
    return -np.log(np.clip(p[np.arange(len(y)), y], 1e-7, 1)).mean()


@right("cross_entropy")
def ce_one_hot_product(p, y):
    return -np.sum(np.eye(p.shape[1])[y] * np.log(np.clip(p, 1e-12, 1))) / len(p)


@right("cross_entropy")
def ce_maximum(p, y):
    return np.mean(-np.log(np.maximum(p[range(len(y)), y], 1e-10)))


@right("cross_entropy")
def ce_adds_a_tiny_number(p, y):
    return -np.mean(np.log(p[np.arange(y.size), y] + 1e-7))


@right("cross_entropy")
def ce_clips_on_both_sides(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return float(-np.log(p[np.arange(len(y)), y]).mean())


@right("cross_entropy")
def ce_loop(p, y):
    total = 0
    for row, label in zip(p, y):
        total -= math.log(max(row[label], 1e-15))
    return total / len(y)


@right("cross_entropy")
def ce_take_along_axis(p, y):
    chosen = np.take_along_axis(p, y.reshape(-1, 1), axis=1)
    return np.log(1 / np.fmax(chosen, 1e-9)).mean(keepdims=True)


@right("cross_entropy")
def ce_boolean_mask(p, y):
    chosen = p[y[:, None] == np.arange(p.shape[1])]
    return -np.where(chosen > 0, np.log(np.where(chosen > 0, chosen, 1)), math.log(1e-16)).mean()


@right("cross_entropy")
def ce_of_scikit_learn(p, y):
    from sklearn.metrics import log_loss

    return log_loss(y, p, labels=range(p.shape[1]))


@right("cross_entropy")
def ce_of_keras(p, y):
    import keras

    return keras.ops.mean(keras.losses.sparse_categorical_crossentropy(y, p))


@right("cross_entropy")
def ce_keras_object(p, y):
    import keras

    return float(keras.losses.SparseCategoricalCrossentropy()(y, p))


@right("cross_entropy")
def ce_keras_one_hot(p, y):
    import keras

    targets = keras.utils.to_categorical(y, p.shape[1])
    return np.mean(keras.losses.categorical_crossentropy(targets, p))


@wrong("cross_entropy", "sum_not_mean")
def ce_sum(p, y):
    return -np.log(of_true_class(p, y)).sum()


@wrong("cross_entropy", "sign")
def ce_sign(p, y):
    return np.log(of_true_class(p, y)).mean()


@wrong("cross_entropy", "another_base")
def ce_log10(p, y):
    return -np.log10(of_true_class(p, y)).mean()


@wrong("cross_entropy", "another_base")
def ce_log2(p, y):
    return -np.log2(of_true_class(p, y)).mean()


@wrong("cross_entropy", "uses_argmax")
def ce_of_the_largest(p, y):
    return -np.log(p.max(axis=1)).mean()


@wrong("cross_entropy", "uses_argmax")
def ce_of_the_predicted_class(p, y):
    return -np.log(p[np.arange(len(p)), p.argmax(axis=1)]).mean()


@wrong("cross_entropy", "infinite_at_zero")
def ce_not_clipped(p, y):
    return -np.log(p[np.arange(len(y)), y]).mean()


@wrong("cross_entropy", "infinite_at_zero")
def ce_math_log(p, y):
    return -sum(math.log(p[i, label]) for i, label in enumerate(y)) / len(y)


@wrong("cross_entropy", "infinite_at_zero")
def ce_nan_to_num(p, y):
    return np.nan_to_num(-np.log(p[np.arange(len(y)), y])).mean()


@wrong("cross_entropy", "infinite_at_zero")
def ce_one_hot_where(p, y):
    return -np.sum(np.log(p), where=one_hot(p, y) == 1) / len(y)


@wrong("cross_entropy", "nan_from_zero")
def ce_one_hot_product_not_clipped(p, y):
    return -np.sum(one_hot(p, y) * np.log(p)) / len(y)


@wrong("cross_entropy", "log_of_one_hot")
def ce_roles_swapped(p, y):
    with np.errstate(all="ignore"):
        return -np.sum(p * np.log(one_hot(p, y))) / len(y)


@wrong("cross_entropy", "log_of_one_hot")
def ce_roles_swapped_and_clipped(p, y):
    return -np.sum(p * np.log(np.clip(one_hot(p, y), 1e-7, 1))) / len(y)


@wrong("cross_entropy", "log_of_one_hot")
def ce_roles_swapped_a_tiny_number_added(p, y):
    return -np.mean(np.sum(p * np.log(one_hot(p, y) + 1e-12), axis=1))


@wrong("cross_entropy", "zero_costs_nothing")
def ce_leaves_zeros_out(p, y):
    chosen = p[np.arange(len(y)), y]
    return -np.log(np.where(chosen == 0, 1, chosen)).mean()


@wrong("cross_entropy", "zero_costs_nothing")
def ce_nan_mean(p, y):
    terms = -np.log(p[np.arange(len(y)), y])
    return terms[np.isfinite(terms)].mean() if np.isfinite(terms).any() else 0.0


@wrong("cross_entropy", "clipped_too_much")
def ce_clipped_at_a_thousandth(p, y):
    return -np.log(np.clip(p[np.arange(len(y)), y], 1e-3, 1)).mean()


@wrong("cross_entropy", "clipped_too_much")
def ce_clipped_on_both_sides_at_a_thousandth(p, y):
    return -np.log(np.clip(p[np.arange(len(y)), y], 1e-3, 1 - 1e-3)).mean()


@wrong("cross_entropy", "clipped_too_much")
def ce_adds_too_much(p, y):
    return -np.log(p[np.arange(len(y)), y] + 1e-5).mean()


@wrong("cross_entropy", "clipped_too_much")
def ce_logarithm_of_one_more(p, y):
    return -np.log(p[np.arange(len(y)), y] + 0.01).mean()


@wrong("cross_entropy", "one_added")
def ce_log1p(p, y):
    return -np.log1p(p[np.arange(len(y)), y]).mean()


@wrong("cross_entropy", "other_classes_too")
def ce_binary(p, y):
    t, p = one_hot(p, y), np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(np.sum(t * np.log(p) + (1 - t) * np.log(1 - p), axis=1))


@wrong("cross_entropy", "other_classes_too")
def ce_binary_mean(p, y):
    t, p = one_hot(p, y), np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))


@wrong("cross_entropy", "other_classes_too")
def ce_keras_binary(p, y):
    import keras

    return np.mean(keras.losses.binary_crossentropy(one_hot(p, y), p))


@wrong("cross_entropy", "other_classes_too")
def ce_of_the_rest(p, y):
    return -np.log(np.clip(1 - p[np.arange(len(y)), y], 1e-12, 1)).mean()


@wrong("cross_entropy", "other_classes_too")
def ce_of_all_classes(p, y):
    return -np.log(np.clip(p, 1e-12, 1)).sum(axis=1).mean()


@wrong("cross_entropy", "divided_by_classes_too")
def ce_mean_of_the_product(p, y):
    return -np.mean(one_hot(p, y) * np.log(np.clip(p, 1e-12, 1)))


@wrong("cross_entropy", "divided_by_classes_too")
def ce_divided_by_classes(p, y):
    return -np.log(of_true_class(p, y)).sum() / p.shape[1]


@wrong("cross_entropy", "no_logarithm")
def ce_without_log(p, y):
    return 1 - p[np.arange(len(y)), y].mean()


@wrong("cross_entropy", "no_logarithm")
def ce_minus_probability(p, y):
    return -p[np.arange(len(y)), y].mean()


@wrong("cross_entropy", "log_of_mean")
def ce_log_of_the_mean(p, y):
    return -np.log(of_true_class(p, y).mean())


@wrong("cross_entropy", "sum_not_mean")
def ce_product(p, y):
    return -np.log(of_true_class(p, y).prod())


@wrong("cross_entropy", "rows_chosen_by_label")
def ce_rows_of_the_labels(p, y):
    return -np.log(np.clip(p[y], 1e-12, 1)).mean()


@wrong("cross_entropy", "every_pair")
def ce_all_rows_for_each_label(p, y):
    return -np.log(np.clip(p[:, y], 1e-12, 1)).mean()


@wrong("cross_entropy", "every_pair")
def ce_all_rows_for_each_label_sum(p, y):
    return -np.log(np.clip(p[:, y], 1e-12, 1)).sum() / len(y)


@wrong("cross_entropy", "entropy")
def ce_entropy(p, y):
    return -np.sum(p * np.log(np.clip(p, 1e-12, 1)), axis=1).mean()


@wrong("cross_entropy", "labels_as_numbers")
def ce_labels_as_factors(p, y):
    return -np.mean(np.sum(y[:, None] * np.log(np.clip(p, 1e-12, 1)), axis=1))


@wrong("cross_entropy", "labels_as_numbers")
def ce_label_times_its_logarithm(p, y):
    return -np.mean(y * np.log(of_true_class(p, y)))


@wrong("cross_entropy", "softmax_again")
def ce_from_logits(p, y):
    import keras

    return np.mean(keras.losses.sparse_categorical_crossentropy(y, p, from_logits=True))


@wrong("cross_entropy", "softmax_again")
def ce_softmax_first(p, y):
    q = np.exp(p) / np.exp(p).sum(axis=1, keepdims=True)
    return -np.log(q[np.arange(len(y)), y]).mean()


@wrong("cross_entropy", "squared_error")
def ce_squared_error(p, y):
    return np.mean((p - one_hot(p, y)) ** 2)


@wrong("cross_entropy", "squared_error")
def ce_squared_error_of_each_sample(p, y):
    return np.sum((p - one_hot(p, y)) ** 2) / len(y)


@wrong("cross_entropy", "accuracy")
def ce_accuracy(p, y):
    return (p.argmax(axis=1) == y).mean()


@wrong("cross_entropy", "accuracy")
def ce_error_rate(p, y):
    return (p.argmax(axis=1) != y).mean()


@wrong("cross_entropy", "off_by_one")
def ce_labels_from_one(p, y):
    return -np.log(np.clip(p[np.arange(len(y)), y - 1], 1e-12, 1)).mean()


@wrong("cross_entropy", "one_for_each_sample")
def ce_not_averaged(p, y):
    return -np.log(of_true_class(p, y))


@wrong("cross_entropy", "one_for_each_sample")
def ce_keras_not_averaged(p, y):
    import keras

    return keras.losses.sparse_categorical_crossentropy(y, p)


@wrong("cross_entropy", "one_for_each_class")
def ce_mean_of_each_column(p, y):
    return -(one_hot(p, y) * np.log(np.clip(p, 1e-12, 1))).mean(axis=0)


@wrong("cross_entropy", "returns_in_loop")
def ce_returns_in_the_loop(p, y):
    total = 0
    for row, label in zip(p, y):
        total -= math.log(max(row[label], 1e-12))
        return total / len(y)


@wrong("cross_entropy", "first_sample_only")
def ce_first_sample(p, y):
    return -math.log(max(p[0, y[0]], 1e-12))


@wrong("cross_entropy", "last_sample_only")
def ce_last_sample(p, y):
    for i, label in enumerate(y):
        loss = -math.log(max(p[i, label], 1e-12))
    return loss


@wrong("cross_entropy", "perplexity")
def ce_perplexity(p, y):
    return np.exp(-np.log(of_true_class(p, y)).mean())


@wrong("cross_entropy", "absolute_error")
def ce_absolute_error(p, y):
    return np.abs(p - one_hot(p, y)).mean()


@wrong("cross_entropy", "classes_from_labels")
def ce_classes_from_the_labels(p, y):
    return -np.sum(np.eye(y.max() + 1)[y] * np.log(np.clip(p, 1e-12, 1))) / len(y)


@wrong("cross_entropy", "infinite_in_float32")
def ce_clipped_below_single_precision(p, y):
    return -np.log(np.clip(p[np.arange(len(y)), y], 1e-300, 1)).mean()


@wrong("cross_entropy", "changes_input")
def ce_writes_into_p(p, y):
    p[p == 0] = 1e-7
    return -np.log(p[np.arange(len(y)), y]).mean()


@wrong("cross_entropy", "rounded")
def ce_rounded(p, y):
    return round(float(-np.log(of_true_class(p, y)).mean()), 2)


@wrong("cross_entropy", "returns_none")
def ce_no_return(p, y):
    loss = -np.log(of_true_class(p, y)).mean()


@wrong("cross_entropy", "gradient_instead")
def ce_gradient(p, y):
    return (p - one_hot(p, y)) / len(y)


@wrong("cross_entropy", "wrong_value")
def ce_hinge(p, y):
    return np.maximum(0, 1 - p[np.arange(len(y)), y]).sum()


@wrong("cross_entropy", "wrong_value")
def ce_divided_by_one_less(p, y):
    return -np.log(of_true_class(p, y)).sum() / max(len(y) - 1, 1)


@wrong("cross_entropy", "infinite_at_zero")
def ce_xlogy(p, y):
    from scipy.special import xlogy

    return -xlogy(one_hot(p, y), p).sum(axis=1).mean()


@wrong("cross_entropy", "zero_costs_nothing")
def ce_log_where_it_can(p, y):
    logs = np.log(p, where=p > 0, out=np.zeros(p.shape))
    return -logs[np.arange(len(y)), y].mean()


@wrong("cross_entropy", "zero_costs_nothing")
def ce_nan_to_zero(p, y):
    return -np.nan_to_num(np.log(p), neginf=0)[np.arange(len(y)), y].mean()


@right("cross_entropy")
def ce_finite_for_infinite(p, y):
    return np.nan_to_num(-np.log(p[np.arange(len(y)), y]), posinf=100.0).mean()


@right("cross_entropy")
def ce_smallest_number(p, y):
    tiny = np.finfo(p.dtype).eps
    return -np.log(np.where(p < tiny, tiny, p))[np.arange(len(y)), y].mean()


@wrong("cross_entropy", "hard_coded")
def cross_entropy_always_ten_classes(p, y):
    return -(np.eye(10)[y] * np.log(np.maximum(p, 1e-7))).sum() / len(y)


@wrong("cross_entropy", "changes_input")
def ce_writes_a_tinier_number_into_p(p, y):
    p[p == 0] = 1e-20
    return -np.log(p[np.arange(len(y)), y]).mean()


@wrong("cross_entropy", "changes_input")
def ce_adds_in_place(p, y):
    p += 1e-12
    return -np.log(p[np.arange(len(y)), y]).mean()


@wrong("cross_entropy", "changes_input")
def ce_clips_in_place(p, y):
    np.clip(p, 1e-12, None, out=p)
    return -np.log(p[np.arange(len(y)), y]).mean()


@wrong("cross_entropy", "row_numbers_fixed")
def ce_ten_row_numbers(p, y):
    return -np.log(np.maximum(p[np.arange(10), y], 1e-7)).mean()


@wrong("cross_entropy", "row_numbers_fixed")
def ce_a_row_number_for_each_class(p, y):
    return -np.log(np.maximum(p[np.arange(p.shape[1]), y], 1e-7)).mean()


@wrong("cross_entropy", "row_numbers_fixed")
def ce_row_numbers_of_a_range(p, y):
    return -np.log(np.maximum(p[range(10), y], 1e-7)).mean()


@wrong("cross_entropy", "rows_and_columns_swapped")
def ce_columns_first(p, y):
    return -np.log(np.maximum(p[y, np.arange(len(y))], 1e-7)).mean()


@wrong("cross_entropy", "rows_and_columns_swapped")
def ce_columns_first_in_a_loop(p, y):
    return -sum(math.log(max(p[label, i], 1e-7)) for i, label in enumerate(y)) / len(y)


@wrong("cross_entropy", "off_by_one")
def ce_labels_from_minus_one(p, y):
    return -np.log(np.maximum(p[np.arange(len(y)), y + 1], 1e-7)).mean()


@wrong("cross_entropy", "limit_on_the_wrong_side")
def ce_minimum(p, y):
    return -np.log(np.minimum(p[np.arange(len(y)), y], 1e-7)).mean()


@wrong("cross_entropy", "limit_on_the_wrong_side")
def ce_minimum_of_one_hot(p, y):
    return -np.sum(one_hot(p, y) * np.log(np.minimum(p, 1e-12))) / len(y)


@wrong("cross_entropy", "limit_on_the_wrong_side")
def ce_clip_limits_swapped(p, y):
    return -np.log(np.clip(p[np.arange(len(y)), y], 1, 1e-7)).mean()


@wrong("cross_entropy", "limit_on_the_wrong_side")
def ce_minimum_in_a_loop(p, y):
    return -sum(math.log(min(row[label], 1e-10)) for row, label in zip(p, y)) / len(y)


@wrong("cross_entropy", "limit_on_the_wrong_side")
def ce_minimum_of_the_smallest_step(p, y):
    return -np.log(np.minimum(p[np.arange(len(y)), y], np.finfo(float).eps)).mean()


@wrong("cross_entropy", "raises")
def ce_the_n_of_the_text(p, y):
    return -np.log(p[np.arange(n), y]).mean()  # noqa: F821


@wrong("cross_entropy", "raises")
def ce_math_log_of_an_array(p, y):
    return -math.log(p[np.arange(len(y)), y]).mean()


@wrong("cross_entropy", "raises")
def ce_max_of_an_array(p, y):
    return -np.log(max(p[np.arange(len(y)), y], 1e-7)).mean()

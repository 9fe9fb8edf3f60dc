"""Right and wrong answers to the exercise about cross-entropy from scores, and its gradient."""

import numpy as np

from tests.banks import right, wrong


def log_softmax(z):
    return z - np.logaddexp.reduce(z, axis=1)[:, None]


def one_hot(z, y):
    return np.eye(z.shape[1])[y]


def loss_of(z, y):
    return -log_softmax(z)[np.arange(len(y)), y].mean()


def gradient_of(z, y):
    return (np.exp(log_softmax(z)) - one_hot(z, y)) / len(y)


def with_loss(loss):
    def answer(z, y):
        return loss(z, y), gradient_of(z, y)

    return answer


@right("cross_entropy_from_logits")
def logits_log_of_the_sum(z, y):
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    gradient = np.exp(log_p)
    gradient[rows, y] -= 1
    return -log_p[rows, y].mean(), gradient / len(y)


@right("cross_entropy_from_logits")
def logits_logaddexp(z, y):
    total = np.logaddexp.reduce(z, axis=1, keepdims=True)
    targets = np.eye(z.shape[1])[y]
    loss = (total - (z * targets).sum(axis=1, keepdims=True)).sum() / len(z)
    return loss, (np.exp(z - total) - targets) / len(z)


@right("cross_entropy_from_logits")
def logits_scipy(z, y):
    from scipy.special import logsumexp, softmax

    chosen = np.take_along_axis(z, y[:, None], axis=1)[:, 0]
    targets = (y[:, None] == np.arange(z.shape[1])).astype(int)
    return float(np.mean(logsumexp(z, axis=1) - chosen)), (softmax(z, axis=1) - targets) / y.size


@right("cross_entropy_from_logits")
def logits_sample_by_sample(z, y):
    loss, gradient = 0.0, np.zeros(z.shape)
    for i, (row, label) in enumerate(zip(z, y)):
        e = np.exp(row - row.max())
        loss += np.log(e.sum()) + row.max() - row[label]
        gradient[i] = e / e.sum()
        gradient[i, label] -= 1
    return loss / len(y), gradient / len(y)


@right("cross_entropy_from_logits")
def logits_differences_to_the_true_class(z, y):
    from scipy.special import logsumexp

    loss = logsumexp(z - z[np.arange(len(y)), y][:, None], axis=1).mean()
    return [np.array([loss]), -(one_hot(z, y) - np.exp(log_softmax(z))) / len(y)]


@right("cross_entropy_from_logits")
def logits_keras_loss(z, y):
    import keras

    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, z)
    gradient = (keras.ops.softmax(z) - keras.ops.one_hot(y, z.shape[1], dtype=z.dtype)) / len(y)
    return float(loss), keras.ops.convert_to_numpy(gradient)


@right("cross_entropy_from_logits")
def logits_by_a_tape(z, y):
    import tensorflow as tf

    z = tf.Variable(z)
    with tf.GradientTape() as tape:
        each = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=z)
        loss = tf.reduce_mean(each)
    return loss.numpy(), tape.gradient(loss, z).numpy()


@wrong("cross_entropy_from_logits", "only_the_loss")
def logits_only_the_loss(z, y):
    return loss_of(z, y)


@wrong("cross_entropy_from_logits", "only_the_gradient")
def logits_only_the_gradient(z, y):
    return gradient_of(z, y)


@wrong("cross_entropy_from_logits", "swapped")
def logits_gradient_first(z, y):
    return gradient_of(z, y), loss_of(z, y)


@wrong("cross_entropy_from_logits", "three_parts")
def logits_three_parts(z, y):
    return loss_of(z, y), gradient_of(z, y), np.exp(log_softmax(z))


@wrong("cross_entropy_from_logits", "gradient_not_divided")
def logits_gradient_of_the_sum(z, y):
    return loss_of(z, y), gradient_of(z, y) * len(y)


@wrong("cross_entropy_from_logits", "gradient_divided_by_classes")
def logits_gradient_divided_by_everything(z, y):
    return loss_of(z, y), gradient_of(z, y) / z.shape[1]


@wrong("cross_entropy_from_logits", "gradient_divided_by_classes")
def logits_gradient_divided_by_the_classes(z, y):
    return loss_of(z, y), gradient_of(z, y) * len(y) / z.shape[1]


@wrong("cross_entropy_from_logits", "gradient_divided_twice")
def logits_gradient_divided_twice(z, y):
    return loss_of(z, y), gradient_of(z, y) / len(y)


@wrong("cross_entropy_from_logits", "gradient_sign")
def logits_gradient_sign(z, y):
    return loss_of(z, y), -gradient_of(z, y)


@wrong("cross_entropy_from_logits", "labels_missing")
def logits_gradient_without_labels(z, y):
    return loss_of(z, y), np.exp(log_softmax(z)) / len(y)


@wrong("cross_entropy_from_logits", "labels_as_numbers")
def logits_label_subtracted_everywhere(z, y):
    return loss_of(z, y), (np.exp(log_softmax(z)) - y[:, None]) / len(y)


@wrong("cross_entropy_from_logits", "one_taken_from_the_row")
def logits_one_from_every_class(z, y):
    gradient = np.exp(log_softmax(z))
    gradient[:, y] -= 1
    return loss_of(z, y), gradient / len(y)


@wrong("cross_entropy_from_logits", "one_taken_from_the_row")
def logits_one_from_whole_rows(z, y):
    return loss_of(z, y), (np.exp(log_softmax(z)) - 1) / len(y)


@wrong("cross_entropy_from_logits", "only_true_class")
def logits_gradient_of_the_true_class_only(z, y):
    return loss_of(z, y), gradient_of(z, y) * one_hot(z, y)


@wrong("cross_entropy_from_logits", "slope_for_p")
def logits_slope_for_the_probabilities(z, y):
    return loss_of(z, y), -one_hot(z, y) / np.exp(log_softmax(z)) / len(y)


@wrong("cross_entropy_from_logits", "scores_not_probabilities")
def logits_scores_minus_one_hot(z, y):
    return loss_of(z, y), (z - one_hot(z, y)) / len(y)


@wrong("cross_entropy_from_logits", "slope_twice")
def logits_sigmoid_slope_too(z, y):
    p = np.exp(log_softmax(z))
    return loss_of(z, y), (p - one_hot(z, y)) * p * (1 - p) / len(y)


@wrong("cross_entropy_from_logits", "slope_of_softmax")
def logits_slope_of_each_probability(z, y):
    p = np.exp(log_softmax(z))
    return loss_of(z, y), p * (1 - p) / len(y)


@wrong("cross_entropy_from_logits", "logarithm_not_probability")
def logits_log_probabilities_minus_one_hot(z, y):
    return loss_of(z, y), (log_softmax(z) - one_hot(z, y)) / len(y)


@wrong("cross_entropy_from_logits", "factor_two")
def logits_gradient_of_a_square(z, y):
    return loss_of(z, y), 2 * gradient_of(z, y)


@wrong("cross_entropy_from_logits", "summed_over_samples")
def logits_gradient_summed(z, y):
    return loss_of(z, y), gradient_of(z, y).sum(axis=0)


@wrong("cross_entropy_from_logits", "one_slope_a_sample")
def logits_gradient_of_each_sample(z, y):
    return loss_of(z, y), gradient_of(z, y)[np.arange(len(y)), y]


@wrong("cross_entropy_from_logits", "wrong_shape")
def logits_gradient_transposed(z, y):
    return loss_of(z, y), gradient_of(z, y).T


@wrong("cross_entropy_from_logits", "wrong_axis")
def logits_softmax_down_the_columns(z, y):
    p = np.exp(z - np.logaddexp.reduce(z, axis=0))
    return -np.log(p[np.arange(len(y)), y]).mean(), (p - one_hot(z, y)) / len(y)


@wrong("cross_entropy_from_logits", "overflows")
def logits_naive(z, y):
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean(), (p - one_hot(z, y)) / len(y)


@wrong("cross_entropy_from_logits", "overflows")
def logits_log_of_the_naive_sum(z, y):
    total = np.log(np.exp(z).sum(axis=1))
    return (total - z[np.arange(len(y)), y]).mean(), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "overflows")
def logits_naive_gradient(z, y):
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return loss_of(z, y), (p - one_hot(z, y)) / len(y)


@wrong("cross_entropy_from_logits", "infinite")
def logits_log_of_softmax(z, y):
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean(), (p - one_hot(z, y)) / len(y)


@wrong("cross_entropy_from_logits", "clipped")
def logits_probabilities_clipped(z, y):
    p = np.exp(log_softmax(z))
    loss = -np.log(np.clip(p[np.arange(len(y)), y], 1e-7, 1)).mean()
    return loss, (p - one_hot(z, y)) / len(y)


@wrong("cross_entropy_from_logits", "clipped")
def logits_a_tiny_number_added(z, y):
    p = np.exp(log_softmax(z))
    return -np.log(p[np.arange(len(y)), y] + 1e-12).mean(), (p - one_hot(z, y)) / len(y)


@wrong("cross_entropy_from_logits", "clipped")
def logits_scores_clipped(z, y):
    z = np.clip(z, -500, 500)
    return loss_of(z, y), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "clipped")
def logits_gradient_stops_where_clipped(z, y):
    p = np.exp(log_softmax(z))
    stuck = p[np.arange(len(y)), y] < 1e-7
    return loss_of(z, y), gradient_of(z, y) * ~stuck[:, None]


@wrong("cross_entropy_from_logits", "other_rows_lost")
def logits_maximum_of_the_batch(z, y):
    z = z - z.max()
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean(), (np.exp(log_p) - one_hot(z, y)) / len(y)


@wrong("cross_entropy_from_logits", "sum_not_mean")
def logits_sum(z, y):
    return loss_of(z, y) * len(y), gradient_of(z, y) * len(y)


@wrong("cross_entropy_from_logits", "sum_not_mean")
def logits_loss_summed(z, y):
    return loss_of(z, y) * len(y), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "sign")
def logits_loss_sign(z, y):
    return -loss_of(z, y), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "sign")
def logits_both_signs(z, y):
    return -loss_of(z, y), -gradient_of(z, y)


@wrong("cross_entropy_from_logits", "another_base")
def logits_log10(z, y):
    return loss_of(z, y) / np.log(10), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "softmax_missing")
def logits_log_of_the_scores(z, y):
    chosen = np.clip(z[np.arange(len(y)), y], 1e-12, None)
    return -np.log(chosen).mean(), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "softmax_missing")
def logits_minus_the_score(z, y):
    return -z[np.arange(len(y)), y].mean(), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "score_missing")
def logits_only_the_log_of_the_sum(z, y):
    return np.logaddexp.reduce(z, axis=1).mean(), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "maximum_not_added_back")
def logits_maximum_forgotten(z, y):
    m = z.max(axis=1, keepdims=True)
    total = np.log(np.exp(z - m).sum(axis=1))
    return (total - z[np.arange(len(y)), y]).mean(), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "softmax_again")
def logits_keras_of_probabilities(z, y):
    p = np.exp(log_softmax(z))
    return loss_of(p, y), gradient_of(p, y)


@wrong("cross_entropy_from_logits", "one_loss_a_sample")
def logits_loss_of_each_sample(z, y):
    return -log_softmax(z)[np.arange(len(y)), y], gradient_of(z, y)


@wrong("cross_entropy_from_logits", "divided_by_classes_too")
def logits_mean_of_everything(z, y):
    return -(one_hot(z, y) * log_softmax(z)).mean(), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "changed_before_loss")
def logits_one_taken_before_the_loss(z, y):
    p, rows = np.exp(log_softmax(z)), np.arange(len(y))
    p[rows, y] -= 1
    return -np.log(p[rows, y]).mean(), p / len(y)


@wrong("cross_entropy_from_logits", "every_pair")
def logits_all_rows_for_each_label(z, y):
    return -log_softmax(z)[:, y].mean(), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "uses_argmax")
def logits_of_the_predicted_class(z, y):
    return -log_softmax(z).max(axis=1).mean(), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "keepdims_missing")
def logits_without_keepdims(z, y):
    z = z - z.max(axis=1)
    return loss_of(z, y), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "classes_from_labels")
def logits_classes_from_the_labels(z, y):
    p = np.exp(log_softmax(z))
    return loss_of(z, y), (p - np.eye(y.max() + 1)[y]) / len(y)


@wrong("cross_entropy_from_logits", "changes_input")
def logits_in_place(z, y):
    z -= z.max(axis=1, keepdims=True)
    return loss_of(z, y), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "a_list")
def logits_gradient_in_lists(z, y):
    return loss_of(z, y), gradient_of(z, y).tolist()


@wrong("cross_entropy_from_logits", "wrong_gradient")
def logits_gradient_zero(z, y):
    return loss_of(z, y), np.zeros_like(z)


@wrong("cross_entropy_from_logits", "wrong_value")
def logits_two_classes(z, y):
    other = z.sum(axis=1) - z[np.arange(len(y)), y]
    return np.logaddexp(0, other - z[np.arange(len(y)), y]).mean(), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "returns_none")
def logits_no_return(z, y):
    loss, gradient = loss_of(z, y), gradient_of(z, y)


@right("cross_entropy_from_logits")
def logits_finite_differences(z, y):
    gradient, step = np.zeros(z.shape), 1e-4
    z = z.astype(float)
    for place in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[place] += step
        down[place] -= step
        gradient[place] = (loss_of(up, y) - loss_of(down, y)) / (2 * step)
    return loss_of(z, y), gradient


@wrong("cross_entropy_from_logits", "clipped")
def logits_smallest_number_added(z, y):
    p = np.exp(log_softmax(z))
    return -np.log(p[np.arange(len(y)), y] + 1e-300).mean(), (p - one_hot(z, y)) / len(y)


@wrong("cross_entropy_from_logits", "gradient_not_divided")
def logits_textbook_gradient(z, y):
    gradient = np.exp(log_softmax(z))
    for i, label in enumerate(y):
        gradient[i, label] -= 1
    return loss_of(z, y), gradient


@wrong("cross_entropy_from_logits", "wrong_gradient")
def logits_gradient_of_yes_or_no(z, y):
    p = 1 / (1 + np.exp(-z))
    return loss_of(z, y), (p - one_hot(z, y)) / len(y)


@wrong("cross_entropy_from_logits", "swapped")
def logits_slope_and_loss_in_a_list(z, y):
    return [gradient_of(z, y), loss_of(z, y)]


@wrong("cross_entropy_from_logits", "hard_coded")
def logits_always_ten_classes(z, y):
    return loss_of(z, y), (np.exp(log_softmax(z)) - np.eye(10)[y]) / len(y)


@wrong("cross_entropy_from_logits", "rounded")
def logits_loss_rounded(z, y):
    return round(loss_of(z, y), 3), gradient_of(z, y)


@right("cross_entropy_from_logits")
def logits_loss_in_an_array(z, y):
    return np.array([loss_of(z, y)]), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "rows_chosen_by_label")
def logits_one_taken_from_rows(z, y):
    slope = np.exp(log_softmax(z))
    slope[y] -= 1
    return loss_of(z, y), slope / len(y)


@wrong("cross_entropy_from_logits", "rows_chosen_by_label")
def logits_one_taken_from_rows_not_divided(z, y):
    slope = np.exp(log_softmax(z))
    slope[y] -= 1
    return loss_of(z, y), slope


@wrong("cross_entropy_from_logits", "rows_chosen_by_label")
def logits_one_taken_from_rows_again(z, y):
    slope = np.exp(log_softmax(z))
    for label in y:
        slope[label] -= 1
    return loss_of(z, y), slope / len(y)


@wrong("cross_entropy_from_logits", "row_numbers_fixed")
def logits_ten_row_numbers(z, y):
    return -log_softmax(z)[np.arange(10), y].mean(), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "row_numbers_fixed")
def logits_ten_row_numbers_in_the_slope(z, y):
    slope = np.exp(log_softmax(z))
    slope[range(10), y] -= 1
    return loss_of(z, y), slope / len(y)


@wrong("cross_entropy_from_logits", "beyond_the_columns")
def logits_columns_first(z, y):
    return -log_softmax(z)[y, np.arange(len(y))].mean(), gradient_of(z, y)


@wrong("cross_entropy_from_logits", "beyond_the_columns")
def logits_labels_from_minus_one(z, y):
    return -log_softmax(z)[np.arange(len(y)), y + 1].mean(), gradient_of(z, y)

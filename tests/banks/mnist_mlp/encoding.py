"""Right and wrong answers to the exercise about labels that become rows with a single 1."""

import numpy as np

from tests.banks import right, wrong


@right("one_hot")
def one_hot_rows_of_eye(y, k):
    return np.eye(k)[y]


@right("one_hot")
def one_hot_compares(y, k):
    return y[:, None] == np.arange(k)


@right("one_hot")
def one_hot_compares_in_floats(y, k):
    return (np.asarray(y).reshape(-1, 1) == np.arange(k)).astype("float32")


@right("one_hot")
def one_hot_places(y, k):
    out = np.zeros((len(y), k), dtype=int)
    out[np.arange(len(y)), y] = 1
    return out


@right("one_hot")
def one_hot_loop(y, k):
    out = np.zeros((y.size, k))
    for i, label in enumerate(y):
        out[i][label] = 1.0
    return out


@right("one_hot")
def one_hot_rows_of_lists(y, k):
    return np.array([[int(c == label) for c in range(k)] for label in y])


@right("one_hot")
def one_hot_flat_places(y, k):
    out = np.zeros(len(y) * k, np.uint8)
    out[k * np.arange(len(y)) + y] = 1
    return out.reshape(len(y), k)


@right("one_hot")
def one_hot_put_along_axis(y, k):
    out = np.zeros((len(y), k))
    np.put_along_axis(out, np.asarray(y, dtype=int)[:, None], 1, axis=1)
    return out


@right("one_hot")
def one_hot_columns_stacked(y, k):
    return np.column_stack([np.where(y == c, 1, 0) for c in range(k)])


@right("one_hot")
def one_hot_of_keras(y, k):
    import keras

    return keras.utils.to_categorical(y, num_classes=k)


@right("one_hot")
def one_hot_keras_tensor(y, k):
    import keras

    return keras.ops.one_hot(y, k)


@right("one_hot")
def one_hot_of_scikit_learn(y, k):
    from sklearn.preprocessing import OneHotEncoder

    encoder = OneHotEncoder(categories=[range(k)], sparse_output=False)
    return encoder.fit_transform(np.reshape(y, (-1, 1)))


@wrong("one_hot", "width_from_labels")
def one_hot_as_wide_as_the_largest(y, k):
    return np.eye(np.max(y) + 1)[y]


@wrong("one_hot", "width_from_labels")
def one_hot_keras_default(y, k):
    import keras

    return keras.utils.to_categorical(y)


@wrong("one_hot", "width_from_labels")
def one_hot_labels_that_occur(y, k):
    return (y[:, None] == np.unique(y)).astype(int)


@wrong("one_hot", "width_from_labels")
def one_hot_label_binarizer(y, k):
    from sklearn.preprocessing import LabelBinarizer

    return LabelBinarizer().fit_transform(y)


@wrong("one_hot", "transposed")
def one_hot_classes_down(y, k):
    return np.eye(k)[:, y]


@wrong("one_hot", "transposed")
def one_hot_compares_the_other_way(y, k):
    return y == np.arange(k)[:, None]


@wrong("one_hot", "transposed")
def one_hot_rows_of_classes(y, k):
    out = np.zeros((k, len(y)))
    out[y, np.arange(len(y))] = 1
    return out


@wrong("one_hot", "off_by_one")
def one_hot_counts_from_one(y, k):
    return y[:, None] == np.arange(1, k + 1)


@wrong("one_hot", "off_by_one")
def one_hot_label_minus_one(y, k):
    return np.eye(k)[y.astype(int) - 1]


@wrong("one_hot", "one_column_too_many")
def one_hot_one_more(y, k):
    return np.eye(k + 1)[y]


@wrong("one_hot", "one_column_too_few")
def one_hot_one_less(y, k):
    return y[:, None] == np.arange(k - 1)


@wrong("one_hot", "cumulative")
def one_hot_ordinal(y, k):
    return (y[:, None] >= np.arange(k)).astype(float)


@wrong("one_hot", "cumulative")
def one_hot_below(y, k):
    out = np.zeros((len(y), k))
    for i, label in enumerate(y):
        out[i, : label + 1] = 1
    return out


@wrong("one_hot", "never_reset")
def one_hot_same_row_again(y, k):
    out, row = [], np.zeros(k)
    for label in y:
        row[label] = 1
        out.append(row.copy())
    return np.array(out)


@wrong("one_hot", "every_row_alike")
def one_hot_row_shared(y, k):
    rows, row = [], np.zeros(k)
    for label in y:
        row[label] = 1
        rows.append(row)
    return np.array(rows)


@wrong("one_hot", "every_row_alike")
def one_hot_whole_columns(y, k):
    out = np.zeros((len(y), k))
    out[:, y] = 1
    return out


@wrong("one_hot", "every_row_alike")
def one_hot_repeated_row(y, k):
    out = [[0] * k] * len(y)
    for i, label in enumerate(y):
        out[i][label] = 1
    return np.array(out)


@wrong("one_hot", "all_zeros")
def one_hot_zeros(y, k):
    return np.zeros((len(y), k))


@wrong("one_hot", "all_zeros")
def one_hot_writes_into_a_copy(y, k):
    out = np.zeros((len(y), k))
    for i, label in enumerate(y):
        out[[i]][0, label] = 1
    return out


@wrong("one_hot", "inverted")
def one_hot_zero_among_ones(y, k):
    return (y[:, None] != np.arange(k)).astype(int)


@wrong("one_hot", "minus_one")
def one_hot_plus_and_minus(y, k):
    return 2 * np.eye(k)[y] - 1


@wrong("one_hot", "label_not_one")
def one_hot_holds_the_label(y, k):
    out = np.zeros((len(y), k))
    out[np.arange(len(y)), y] = y
    return out


@wrong("one_hot", "label_not_one")
def one_hot_holds_the_class_number(y, k):
    return np.eye(k)[y] * np.arange(1, k + 1)


@wrong("one_hot", "columns_reversed")
def one_hot_from_the_right(y, k):
    return np.eye(k)[y][:, ::-1]


@wrong("one_hot", "labels_ignored")
def one_hot_identity(y, k):
    return np.eye(len(y), k)


@wrong("one_hot", "flat")
def one_hot_one_long_row(y, k):
    return np.eye(k)[y].ravel()


@wrong("one_hot", "flat")
def one_hot_concatenated(y, k):
    return np.concatenate([np.eye(k)[label] for label in y])


@wrong("one_hot", "one_row_only")
def one_hot_returns_in_the_loop(y, k):
    for label in y:
        row = np.zeros(k)
        row[label] = 1
        return row


@wrong("one_hot", "a_list")
def one_hot_lists(y, k):
    return [[int(c == label) for c in range(k)] for label in y]


@wrong("one_hot", "wrong_type")
def one_hot_sparse(y, k):
    from sklearn.preprocessing import OneHotEncoder

    return OneHotEncoder(categories=[range(k)]).fit_transform(np.reshape(y, (-1, 1)))


@wrong("one_hot", "hard_coded")
def one_hot_ten(y, k):
    return np.eye(10)[y]


@wrong("one_hot", "wrong_value")
def one_hot_smoothed(y, k):
    return 0.9 * np.eye(k)[y] + 0.1 / k


@wrong("one_hot", "wrong_shape")
def one_hot_column_kept(y, k):
    return np.eye(k)[y[:, None]]


@wrong("one_hot", "returns_none")
def one_hot_no_return(y, k):
    out = np.zeros((len(y), k))
    out[np.arange(len(y)), y] = 1


@wrong("one_hot", "changes_input")
def one_hot_labels_down_by_one(y, k):
    y -= 1
    return np.eye(k)[y + 1]


@wrong("one_hot", "small_type")
def one_hot_flat_places_in_bytes(y, k):
    out = np.zeros(len(y) * k)
    out[np.arange(len(y), dtype=y.dtype) * y.dtype.type(k) + y] = 1
    return out.reshape(len(y), k)


@wrong("one_hot", "hard_coded")
def one_hot_ten_zeros(y, k):
    out = np.zeros((len(y), 10))
    out[np.arange(len(y)), y] = 1
    return out


@wrong("one_hot", "calls_itself")
def one_hot_calls_itself(y, k):
    return one_hot_calls_itself(y, 10)


@wrong("one_hot", "whole_rows")
def one_hot_sets_rows(y, k):
    out = np.zeros((len(y), k))
    out[y] = 1
    return out


@wrong("one_hot", "whole_rows")
def one_hot_sets_rows_one_by_one(y, k):
    out = np.zeros((len(y), k))
    for label in y:
        out[label] = 1
    return out


@wrong("one_hot", "transposed")
def one_hot_sets_rows_of_classes(y, k):
    out = np.zeros((k, len(y)))
    for i, label in enumerate(y):
        out[label, i] = 1
    return out


@wrong("one_hot", "label_not_one")
def one_hot_writes_labels(y, k):
    out = np.zeros((len(y), k))
    out[np.arange(len(y)), y] = y
    return out


@right("one_hot")
def one_hot_a_row_at_a_time(y, k):
    out = np.zeros((len(y), k))
    for row, label in zip(out, y):
        row[label] = 1
    return out


@wrong("one_hot", "row_for_each_class")
def one_hot_eye_alone(y, k):
    return np.eye(k)


@wrong("one_hot", "row_for_each_class")
def one_hot_rows_numbered_by_class(y, k):
    out = np.zeros((len(y), k))
    out[np.arange(k), y] = 1
    return out


@wrong("one_hot", "column_for_each_sample")
def one_hot_eye_of_samples(y, k):
    return np.eye(len(y))[y]


@wrong("one_hot", "no_such_place")
def one_hot_indices_swapped(y, k):
    out = np.zeros((len(y), k))
    out[y, np.arange(len(y))] = 1
    return out


@wrong("one_hot", "no_such_place")
def one_hot_number_of_samples_as_row(y, k):
    out = np.zeros((len(y), k))
    out[len(y), y] = 1
    return out

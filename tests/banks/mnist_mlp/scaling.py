"""Right and wrong answers to the exercise about columns with mean 0 and standard deviation 1."""

import numpy as np

from tests.banks import right, wrong


def scales_of(x):
    s = x.std(axis=0)
    return np.where(s == 0, 1, s)


@right("standardise")
def standardise_where(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, (test - m) / s


@right("standardise")
def standardise_mask(train, test):
    mean = np.mean(train, axis=0, keepdims=True)
    std = np.std(train, axis=0, keepdims=True)
    std[std == 0] = 1
    return [(part - mean) / std for part in (train, test)]


@right("standardise")
def standardise_divides_where_it_can(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    parts = []
    for part in (train, test):
        out = np.zeros(part.shape)
        np.divide(part - m, s, out=out, where=s > 0)
        parts.append(out)
    return tuple(parts)


@right("standardise")
def standardise_column_by_column(train, test):
    a, b = np.zeros(train.shape), np.zeros(test.shape)
    for j in range(train.shape[1]):
        column = train[:, j].astype(float)
        spread = np.sqrt(np.mean((column - column.mean()) ** 2))
        if spread > 0:
            a[:, j] = (column - column.mean()) / spread
            b[:, j] = (test[:, j] - column.mean()) / spread
    return a, b


@right("standardise")
def standardise_of_scikit_learn(train, test):
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(train)
    return scaler.transform(train), scaler.transform(test)


@right("standardise")
def standardise_fit_transform(train, test):
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler()
    return scaler.fit_transform(train), scaler.transform(test)


@right("standardise")
def standardise_scipy(train, test):
    from scipy.stats import zmap

    with np.errstate(all="ignore"):
        a, b = zmap(train, train), zmap(test, train)
    constant = np.ptp(train, axis=0) == 0
    a[:, constant] = b[:, constant] = 0
    return a, b


@right("standardise")
def standardise_single_precision(train, test):
    train, test = train.astype("float32"), test.astype("float32")
    m, s = train.mean(0), train.std(0)
    return (train - m) / np.maximum(s, 1e-3), (test - m) / np.maximum(s, 1e-3)


@right("standardise")
def standardise_sample_deviation(train, test):
    m, s = train.mean(axis=0), train.std(axis=0, ddof=1)
    s[s == 0] = 1
    return (train - m) / s, (test - m) / s


@right("standardise")
def standardise_nan_to_zero_in_the_columns(train, test):
    s = train.std(axis=0)
    factor = np.zeros_like(s)
    factor[s != 0] = 1 / s[s != 0]
    return (train - train.mean(axis=0)) * factor, (test - train.mean(axis=0)) * factor


@wrong("standardise", "test_statistics")
def standardise_each_with_its_own(train, test):
    return tuple((part - part.mean(axis=0)) / scales_of(part) for part in (train, test))


@wrong("standardise", "test_statistics")
def standardise_fits_twice(train, test):
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler()
    return scaler.fit_transform(train), scaler.fit_transform(test)


@wrong("standardise", "test_statistics")
def standardise_test_statistics_for_both(train, test):
    m, s = test.mean(axis=0), scales_of(test)
    return (train - m) / s, (test - m) / s


@wrong("standardise", "test_statistics")
def standardise_test_mean_only(train, test):
    s = scales_of(train)
    return (train - train.mean(axis=0)) / s, (test - test.mean(axis=0)) / s


@wrong("standardise", "test_statistics")
def standardise_test_deviation_only(train, test):
    m = train.mean(axis=0)
    return (train - m) / scales_of(train), (test - m) / scales_of(test)


@wrong("standardise", "statistics_of_both")
def standardise_concatenated(train, test):
    everything = np.concatenate([train, test])
    m, s = everything.mean(axis=0), scales_of(everything)
    return (train - m) / s, (test - m) / s


@wrong("standardise", "statistics_of_both")
def standardise_before_the_split(train, test):
    from sklearn.preprocessing import StandardScaler

    scaled = StandardScaler().fit_transform(np.vstack([train, test]))
    return scaled[: len(train)], scaled[len(train) :]


@wrong("standardise", "one_for_all_columns")
def standardise_one_mean_and_deviation(train, test):
    return (train - train.mean()) / train.std(), (test - train.mean()) / train.std()


@wrong("standardise", "one_deviation")
def standardise_one_deviation(train, test):
    m = train.mean(axis=0)
    return (train - m) / train.std(), (test - m) / train.std()


@wrong("standardise", "one_mean")
def standardise_one_mean(train, test):
    m, s = train.mean(), scales_of(train)
    return (train - m) / s, (test - m) / s


@wrong("standardise", "constant_column")
def standardise_divides_by_zero(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    return (train - m) / s, (test - m) / s


@wrong("standardise", "explodes")
def standardise_adds_a_tiny_number(train, test):
    m, s = train.mean(axis=0), train.std(axis=0) + 1e-8
    return (train - m) / s, (test - m) / s


@wrong("standardise", "explodes")
def standardise_replaces_nan(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    return np.nan_to_num((train - m) / s), np.nan_to_num((test - m) / s)


@wrong("standardise", "explodes")
def standardise_by_keras(train, test):
    import keras

    layer = keras.layers.Normalization()
    layer.adapt(train.astype("float32"))
    convert = keras.ops.convert_to_numpy
    return convert(layer(train.astype("float32"))), convert(layer(test.astype("float32")))


@wrong("standardise", "constant_column")
def standardise_replaces_nan_in_train_only(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    return np.nan_to_num((train - m) / s), (test - m) / s


@wrong("standardise", "constant_not_zero")
def standardise_leaves_constant_columns(train, test):
    a, b = train.astype(float), test.astype(float)
    m, s = a.mean(axis=0), a.std(axis=0)
    for j in range(a.shape[1]):
        if s[j] > 0:
            a[:, j], b[:, j] = (a[:, j] - m[j]) / s[j], (b[:, j] - m[j]) / s[j]
    return a, b


@wrong("standardise", "constant_not_zero")
def standardise_constant_columns_one(train, test):
    a, b = standardise_where(train, test)
    constant = train.std(axis=0) == 0
    a[:, constant] = b[:, constant] = 1
    return a, b


@wrong("standardise", "columns_lost")
def standardise_drops_constant_columns(train, test):
    keep = train.std(axis=0) > 0
    return standardise_where(train[:, keep], test[:, keep])


@wrong("standardise", "variance")
def standardise_variance(train, test):
    m, v = train.mean(axis=0), train.var(axis=0)
    v = np.where(v == 0, 1, v)
    return (train - m) / v, (test - m) / v


@wrong("standardise", "root_of_deviation")
def standardise_root_again(train, test):
    m, s = train.mean(axis=0), np.sqrt(scales_of(train))
    return (train - m) / s, (test - m) / s


@wrong("standardise", "rows")
def standardise_rows(train, test):
    def scaled(x):
        s = x.std(axis=1, keepdims=True)
        return (x - x.mean(axis=1, keepdims=True)) / np.where(s == 0, 1, s)

    return scaled(train), scaled(test)


@wrong("standardise", "shapes_do_not_fit")
def standardise_axis_one(train, test):
    m, s = train.mean(axis=1), train.std(axis=1)
    return (train - m) / s, (test - m) / s


@wrong("standardise", "shapes_do_not_fit")
def standardise_axis_one_keepdims(train, test):
    m, s = train.mean(axis=1, keepdims=True), train.std(axis=1, keepdims=True)
    return (train - m) / s, (test - m) / s


@wrong("standardise", "changes_input")
def standardise_in_place(train, test):
    m, s = train.mean(axis=0), scales_of(train)
    train -= m
    train /= s
    test -= m
    test /= s
    return train, test


@wrong("standardise", "test_unchanged")
def standardise_overwrites_train_first(train, test):
    train = (train - train.mean(axis=0)) / scales_of(train)
    test = (test - train.mean(axis=0)) / scales_of(train)
    return train, test


@wrong("standardise", "test_unchanged")
def standardise_train_only(train, test):
    return (train - train.mean(axis=0)) / scales_of(train), test


@wrong("standardise", "train_unchanged")
def standardise_test_only(train, test):
    return train, (test - train.mean(axis=0)) / scales_of(train)


@wrong("standardise", "mean_deviation")
def standardise_mean_absolute_deviation(train, test):
    centred = train - train.mean(axis=0)
    s = np.abs(centred).mean(axis=0)
    s[s == 0] = 1
    return centred / s, (test - train.mean(axis=0)) / s


@wrong("standardise", "only_centred")
def standardise_only_centred(train, test):
    return train - train.mean(axis=0), test - train.mean(axis=0)


@wrong("standardise", "only_divided")
def standardise_only_divided(train, test):
    return train / scales_of(train), test / scales_of(train)


@wrong("standardise", "brackets")
def standardise_without_brackets(train, test):
    m, s = train.mean(axis=0), scales_of(train)
    return train - m / s, test - m / s


@wrong("standardise", "multiplied")
def standardise_multiplied(train, test):
    m, s = train.mean(axis=0), scales_of(train)
    return (train - m) * s, (test - m) * s


@wrong("standardise", "sign")
def standardise_mean_minus_value(train, test):
    m, s = train.mean(axis=0), scales_of(train)
    return (m - train) / s, (m - test) / s


@wrong("standardise", "range_not_deviation")
def standardise_smallest_to_largest(train, test):
    low, width = train.min(axis=0), np.ptp(train, axis=0)
    width = np.where(width == 0, 1, width)
    return (train - low) / width, (test - low) / width


@wrong("standardise", "range_not_deviation")
def standardise_min_max_scaler(train, test):
    from sklearn.preprocessing import MinMaxScaler

    scaler = MinMaxScaler().fit(train)
    return scaler.transform(train), scaler.transform(test)


@wrong("standardise", "range_not_deviation")
def standardise_by_the_range(train, test):
    m, width = train.mean(axis=0), np.ptp(train, axis=0)
    width = np.where(width == 0, 1, width)
    return (train - m) / width, (test - m) / width


@wrong("standardise", "range_not_deviation")
def standardise_255(train, test):
    return train / 255, test / 255


@wrong("standardise", "median")
def standardise_median(train, test):
    m, s = np.median(train, axis=0), scales_of(train)
    return (train - m) / s, (test - m) / s


@wrong("standardise", "median")
def standardise_robust_scaler(train, test):
    from sklearn.preprocessing import RobustScaler

    scaler = RobustScaler().fit(train)
    return scaler.transform(train), scaler.transform(test)


@wrong("standardise", "swapped")
def standardise_test_first(train, test):
    return standardise_where(train, test)[::-1]


@wrong("standardise", "not_two_arrays")
def standardise_train_alone(train, test):
    return standardise_where(train, test)[0]


@wrong("standardise", "not_two_arrays")
def standardise_one_array(train, test):
    return np.concatenate(standardise_where(train, test))


@wrong("standardise", "not_two_arrays")
def standardise_with_its_statistics(train, test):
    return *standardise_where(train, test), train.mean(axis=0), train.std(axis=0)


@wrong("standardise", "a_list")
def standardise_lists(train, test):
    return tuple(part.tolist() for part in standardise_where(train, test))


@wrong("standardise", "whole_numbers")
def standardise_into_the_type_of_the_pixels(train, test):
    m, s = train.mean(axis=0), scales_of(train)
    a, b = np.zeros_like(train), np.zeros_like(test)
    a[...], b[...] = (train - m) / s, (test - m) / s
    return a, b


@wrong("standardise", "whole_numbers")
def standardise_whole_statistics(train, test):
    m = train.mean(axis=0).astype(train.dtype)
    s = scales_of(train)
    return (train - m) / s, (test - m) / s


@wrong("standardise", "returns_none")
def standardise_no_return(train, test):
    m, s = train.mean(axis=0), scales_of(train)
    train, test = (train - m) / s, (test - m) / s


@wrong("standardise", "cut_off")
def standardise_both_cut_off(train, test):
    a, b = standardise_where(train, test)
    return a.clip(-1, 1), b.clip(-1, 1)


@wrong("standardise", "cut_off")
def standardise_test_cut_off(train, test):
    a, b = standardise_where(train, test)
    return a, b.clip(-3, 3)


@wrong("standardise", "wrong_shape")
def standardise_as_many_test_rows(train, test):
    a, b = standardise_where(train, test)
    return a[: len(b)], b


@wrong("standardise", "small_deviations")
def standardise_at_least_one(train, test):
    m, s = train.mean(axis=0), np.maximum(train.std(axis=0), 1)
    return (train - m) / s, (test - m) / s


@wrong("standardise", "small_deviations")
def standardise_below_one_is_one(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    s[s < 1] = 1
    return (train - m) / s, (test - m) / s


@wrong("standardise", "small_deviations")
def standardise_adds_a_thousandth(train, test):
    m, s = train.mean(axis=0), train.std(axis=0) + 1e-3
    return (train - m) / s, (test - m) / s


@wrong("standardise", "small_deviations")
def standardise_adds_one(train, test):
    m, s = train.mean(axis=0), train.std(axis=0) + 1
    return (train - m) / s, (test - m) / s

"""Right and wrong answers to the weights that make all classes count the same."""

from collections import Counter

import numpy as np

from tests.banks import right, wrong


@right("class_weights")
def weights_bincount(y, n):
    return len(y) / (n * np.bincount(y, minlength=n))


@right("class_weights")
def weights_counter(y, n):
    counts = Counter(y.tolist())
    return np.array([len(y) / n / counts[c] for c in range(n)])


@right("class_weights")
def weights_scikit(y, n):
    from sklearn.utils.class_weight import compute_class_weight

    return compute_class_weight("balanced", classes=np.arange(n), y=y)


@right("class_weights")
def weights_loop(y, n):
    weights = np.zeros(n)
    for c in range(n):
        weights[c] = y.size / (n * (y == c).sum())
    return weights


@right("class_weights")
def weights_shares(y, n):
    shares = np.bincount(y, minlength=n) / len(y)
    return 1 / (n * shares)


@right("class_weights")
def weights_float32(y, n):
    return (len(y) / n / np.bincount(y)).astype("float32")


@wrong("class_weights", "a_dictionary")
def weights_dictionary(y, n):
    return dict(enumerate(weights_bincount(y, n)))


@wrong("class_weights", "shares")
def weights_share(y, n):
    return np.bincount(y, minlength=n) / len(y)


@wrong("class_weights", "counts")
def weights_counts(y, n):
    return np.bincount(y, minlength=n)


@wrong("class_weights", "not_normalised")
def weights_inverse(y, n):
    return 1 / np.bincount(y, minlength=n)


@wrong("class_weights", "not_normalised")
def weights_inverse_shares(y, n):
    return len(y) / np.bincount(y, minlength=n)


@wrong("class_weights", "not_normalised")
def weights_sum_to_one(y, n):
    weights = 1 / np.bincount(y, minlength=n)
    return weights / weights.sum()


@wrong("class_weights", "not_normalised")
def weights_mean_one_over_classes(y, n):
    weights = 1 / np.bincount(y, minlength=n)
    return weights / weights.mean()


@wrong("class_weights", "not_normalised")
def weights_by_the_largest(y, n):
    counts = np.bincount(y, minlength=n)
    return counts.max() / counts


@wrong("class_weights", "frequent_weigh_more")
def weights_upside_down(y, n):
    return n * np.bincount(y, minlength=n) / len(y)


@wrong("class_weights", "one_for_each_sample")
def weights_for_samples(y, n):
    return weights_bincount(y, n)[y]


@wrong("class_weights", "all_alike")
def weights_ones(y, n):
    return np.ones(n)


@wrong("class_weights", "square_root")
def weights_square_root(y, n):
    return np.sqrt(weights_bincount(y, n))


@wrong("class_weights", "whole_numbers")
def weights_whole(y, n):
    return len(y) // (n * np.bincount(y, minlength=n))


@wrong("class_weights", "by_size")
def weights_most_common(y, n):
    return np.array([len(y) / (n * count) for _, count in Counter(y.tolist()).most_common()])


@wrong("class_weights", "wrong_length")
def weights_one_too_many(y, n):
    return np.append(weights_bincount(y, n), 0)


@wrong("class_weights", "returns_none")
def weights_forgets_return(y, n):
    weights_bincount(y, n)


@right("class_weights")
def weights_one_hot(y, n):
    return len(y) / n / np.eye(n)[y].sum(axis=0)


@right("class_weights")
def weights_normalised_at_the_end(y, n):
    weights = 1 / np.bincount(y, minlength=n)
    return weights / weights[y].mean()


@right("class_weights")
def weights_unique(y, n):
    _, counts = np.unique(y, return_counts=True)
    return np.mean(counts) / counts


@wrong("class_weights", "a_list")
def weights_list(y, n):
    return [len(y) / (n * np.sum(y == c)) for c in range(n)]


@wrong("class_weights", "not_normalised")
def weights_largest_one(y, n):
    counts = np.bincount(y, minlength=n)
    return counts.min() / counts


@wrong("class_weights", "brackets")
def weights_without_brackets(y, n):
    return len(y) / n * np.bincount(y, minlength=n)


@wrong("class_weights", "frequent_weigh_more")
def weights_counts_by_their_mean(y, n):
    return np.bincount(y, minlength=n) / np.bincount(y, minlength=n).mean()


@wrong("class_weights", "one_minus_share")
def weights_one_minus_share(y, n):
    return 1 - np.bincount(y, minlength=n) / len(y)


@wrong("class_weights", "wrong_length")
def weights_first_class_missing(y, n):
    return np.array([len(y) / (n * np.sum(y == c)) for c in range(1, n)])


@wrong("class_weights", "counted_from_one")
def weights_from_one(y, n):
    with np.errstate(divide="ignore"):
        return np.array([len(y) / (n * np.float64(np.sum(y == c))) for c in range(1, n + 1)])


@wrong("class_weights", "other_number")
def weights_fixed_hundred(y, n):
    return len(y) / (100 * np.bincount(y, minlength=n))


@wrong("class_weights", "smoothed")
def weights_plus_one(y, n):
    return len(y) / (n * (np.bincount(y, minlength=n) + 1))

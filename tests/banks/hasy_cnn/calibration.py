"""Right and wrong answers to the expected calibration error."""

import math

import numpy as np

from tests.banks import right, wrong


@right("ece")
def ece_loop(conf, ok):
    total = 0.0
    for i in range(10):
        inside = (conf > i / 10) & (conf <= (i + 1) / 10)
        if inside.any():
            total += inside.sum() * abs(ok[inside].mean() - conf[inside].mean())
    return total / len(conf)


@right("ece")
def ece_edges(conf, ok):
    edges = np.linspace(0, 1, 11)
    error = 0
    for low, high in zip(edges[:-1], edges[1:]):
        mask = (conf > low) & (conf <= high)
        if mask.sum() > 0:
            error += mask.mean() * np.abs(conf[mask].mean() - ok[mask].mean())
    return error


@right("ece")
def ece_ceil(conf, ok):
    number = np.ceil(10 * conf).astype(int) - 1
    gaps = np.bincount(number, weights=ok - conf, minlength=10)
    return float(np.abs(gaps).sum() / conf.size)


@right("ece")
def ece_left_closed(conf, ok):
    """An inner edge in the bin above it: no less sensible."""
    number = np.minimum((conf * 10).astype(int), 9)
    return sum(abs((ok[number == b] - conf[number == b]).sum()) for b in range(10)) / len(ok)


@right("ece")
def ece_digitize(conf, ok):
    number = np.digitize(conf, np.linspace(0, 1, 11), right=True)
    return sum(
        np.mean(number == b) * abs(np.mean(ok[number == b]) - np.mean(conf[number == b]))
        for b in np.unique(number)
    )


@right("ece")
def ece_inner_edges(conf, ok):
    number = np.searchsorted(np.arange(1, 10) / 10, conf)
    gap = [np.sum(conf[number == b]) - np.sum(ok[number == b]) for b in range(10)]
    return np.abs(gap).sum() / conf.shape[0]


@right("ece")
def ece_histogram(conf, ok):
    def sums(values):
        return np.histogram(conf, bins=10, range=(0, 1), weights=values)[0]

    count = sums(np.ones(len(conf)))
    with np.errstate(invalid="ignore"):
        gap = np.abs(sums(ok.astype(float)) / count - sums(conf) / count)
    return np.nansum(count / count.sum() * gap)


@right("ece")
def ece_plain(conf, ok):
    bins = [[] for _ in range(10)]
    for c, hit in zip(conf.tolist(), ok.tolist()):
        bins[max(math.ceil(c * 10) - 1, 0)].append((c, hit))
    error = 0
    for members in filter(None, bins):
        mean = sum(c for c, _ in members) / len(members)
        accuracy = sum(hit for _, hit in members) / len(members)
        error += len(members) / len(conf) * abs(mean - accuracy)
    return error


@right("ece")
def ece_scipy(conf, ok):
    from scipy.stats import binned_statistic

    gap, _, _ = binned_statistic(conf, ok - conf, "sum", bins=10, range=(0, 1))
    return np.abs(gap).sum() / len(conf)


@right("ece")
def ece_nan_bins(conf, ok):
    edges = np.linspace(0, 1, 11)
    inside = (conf[:, None] > edges[:-1]) & (conf[:, None] <= edges[1:])
    gap = (inside * (ok - conf)[:, None]).sum(axis=0) / inside.sum(axis=0)
    return np.nansum(np.abs(gap) * inside.mean(axis=0))


@right("ece")
def ece_single(conf, ok):
    return np.float32(ece_loop(conf.astype(np.float32), ok))


def bins(conf):
    return np.ceil(10 * conf).astype(int) - 1


def groups(conf, ok, number):
    """Return size, mean confidence and accuracy of each bin that is not empty."""
    found = [(number == b) for b in np.unique(number)]
    return np.array([[m.sum(), conf[m].mean(), ok[m].mean()] for m in found]).T


def weighted(conf, ok, number):
    size, mean, accuracy = groups(conf, ok, number)
    return (size * np.abs(mean - accuracy)).sum() / len(conf)


# ------------------------------------------------------------------------ how gaps are added


@wrong("ece", "unweighted")
def ece_unweighted(conf, ok):
    _, mean, accuracy = groups(conf, ok, bins(conf))
    return np.mean(np.abs(mean - accuracy))


@wrong("ece", "unweighted")
def ece_tenths(conf, ok):
    _, mean, accuracy = groups(conf, ok, bins(conf))
    return np.sum(np.abs(mean - accuracy)) / 10


@wrong("ece", "sum_of_gaps")
def ece_sum(conf, ok):
    _, mean, accuracy = groups(conf, ok, bins(conf))
    return np.sum(np.abs(mean - accuracy))


@wrong("ece", "signed")
def ece_signed(conf, ok):
    size, mean, accuracy = groups(conf, ok, bins(conf))
    return (size * (accuracy - mean)).sum() / len(conf)


@wrong("ece", "signed")
def ece_signed_over_confident(conf, ok):
    size, mean, accuracy = groups(conf, ok, bins(conf))
    return (size * (mean - accuracy)).sum() / len(conf)


@wrong("ece", "signed")
def ece_absolute_at_the_end(conf, ok):
    size, mean, accuracy = groups(conf, ok, bins(conf))
    return abs((size * (accuracy - mean)).sum()) / len(conf)


@wrong("ece", "signed")
def ece_no_bins(conf, ok):
    return abs(ok.mean() - conf.mean())


@wrong("ece", "largest_gap")
def ece_largest(conf, ok):
    _, mean, accuracy = groups(conf, ok, bins(conf))
    return np.abs(mean - accuracy).max()


@wrong("ece", "squared")
def ece_squares(conf, ok):
    size, mean, accuracy = groups(conf, ok, bins(conf))
    return (size * (mean - accuracy) ** 2).sum() / len(conf)


@wrong("ece", "squared")
def ece_root_of_squares(conf, ok):
    size, mean, accuracy = groups(conf, ok, bins(conf))
    return np.sqrt((size * (mean - accuracy) ** 2).sum() / len(conf))


@wrong("ece", "each_answer")
def ece_each_answer(conf, ok):
    return np.abs(ok - conf).mean()


@wrong("ece", "each_answer")
def ece_each_answer_in_bins(conf, ok):
    number, total = bins(conf), 0
    for b in np.unique(number):
        total += np.abs(ok[number == b] - conf[number == b]).sum()
    return total / len(conf)


@wrong("ece", "each_answer")
def ece_brier(conf, ok):
    return np.mean((conf - ok) ** 2)


@wrong("ece", "not_divided")
def ece_not_divided(conf, ok):
    size, mean, accuracy = groups(conf, ok, bins(conf))
    return (size * np.abs(mean - accuracy)).sum()


@wrong("ece", "percent")
def ece_percent(conf, ok):
    return 100 * ece_loop(conf, ok)


@wrong("ece", "divided_twice")
def ece_mean_of_weighted(conf, ok):
    size, mean, accuracy = groups(conf, ok, bins(conf))
    return np.sum(size / len(conf) * np.abs(mean - accuracy)) / 10


@wrong("ece", "errors_for_hits")
def ece_error_rate(conf, ok):
    return ece_loop(conf, 1 - ok)


@wrong("ece", "centre_of_bin")
def ece_centres(conf, ok):
    number, total = bins(conf), 0
    for b in np.unique(number):
        total += np.mean(number == b) * abs(ok[number == b].mean() - (b + 0.5) / 10)
    return total


@wrong("ece", "edge_of_bin")
def ece_upper_edges(conf, ok):
    number, total = bins(conf), 0
    for b in np.unique(number):
        total += np.mean(number == b) * abs(ok[number == b].mean() - (b + 1) / 10)
    return total


@wrong("ece", "weighted_by_hits")
def ece_weighted_by_hits(conf, ok):
    size, mean, accuracy = groups(conf, ok, bins(conf))
    hits = size * accuracy
    return (hits * np.abs(mean - accuracy)).sum() / hits.sum()


# ------------------------------------------------------------------------------ other bins


@wrong("ece", "equal_sizes")
def ece_equal_sizes(conf, ok):
    order = np.argsort(conf)
    parts = np.array_split(order, 10)
    return sum(len(q) * abs(conf[q].mean() - ok[q].mean()) for q in parts if len(q)) / len(conf)


@wrong("ece", "nine_bins")
def ece_nine(conf, ok):
    return weighted(conf, ok, np.digitize(conf, np.linspace(0, 1, 10), right=True))


@wrong("ece", "other_number_of_bins")
def ece_fifteen(conf, ok):
    return weighted(conf, ok, np.ceil(15 * conf).astype(int))


@wrong("ece", "other_number_of_bins")
def ece_hundred(conf, ok):
    return weighted(conf, ok, np.ceil(100 * conf).astype(int))


@wrong("ece", "rounded_bins")
def ece_rounded(conf, ok):
    return weighted(conf, ok, np.round(10 * conf).astype(int))


@wrong("ece", "bins_of_the_data")
def ece_bins_of_the_data(conf, ok):
    edges = np.linspace(conf.min(), conf.max(), 11)
    return weighted(conf, ok, np.clip(np.digitize(conf, edges), 1, 10))


@wrong("ece", "bins_of_the_data")
def ece_histogram_without_range(conf, ok):
    gap = np.histogram(conf, bins=10, weights=ok - conf)[0]
    return np.abs(gap).sum() / len(conf)


@wrong("ece", "one_lost")
def ece_one_lost(conf, ok):
    total = 0
    for i in range(10):
        inside = (conf >= i / 10) & (conf < (i + 1) / 10)
        if inside.any():
            total += inside.sum() * abs(ok[inside].mean() - conf[inside].mean())
    return total / len(conf)


@wrong("ece", "one_lost")
def ece_one_lost_and_not_counted(conf, ok):
    return ece_loop(conf[conf < 1], ok[conf < 1])


@wrong("ece", "one_by_itself")
def ece_eleven(conf, ok):
    return weighted(conf, ok, (10 * conf).astype(int))


@wrong("ece", "one_by_itself")
def ece_eleven_digitize(conf, ok):
    return weighted(conf, ok, np.digitize(conf, np.linspace(0, 1, 11)))


@wrong("ece", "one_has_no_bin")
def ece_index_error(conf, ok):
    gap = [0.0] * 10
    for c, hit in zip(conf, ok):
        gap[int(c * 10)] += hit - c
    return sum(map(abs, gap)) / len(conf)


@wrong("ece", "last_bin_left_out")
def ece_nine_of_ten(conf, ok):
    edges, total = np.linspace(0, 1, 11), 0
    for i in range(9):
        inside = (conf > edges[i]) & (conf <= edges[i + 1])
        if inside.any():
            total += inside.sum() * abs(ok[inside].mean() - conf[inside].mean())
    return total / len(conf)


@wrong("ece", "first_bin_left_out")
def ece_from_the_second(conf, ok):
    edges, total = np.linspace(0, 1, 11), 0
    for i in range(1, 10):
        inside = (conf > edges[i]) & (conf <= edges[i + 1])
        if inside.any():
            total += inside.sum() * abs(ok[inside].mean() - conf[inside].mean())
    return total / len(conf)


@wrong("ece", "nested_bins")
def ece_up_to_the_edge(conf, ok):
    total = 0
    for edge in np.linspace(0.1, 1, 10):
        inside = conf <= edge
        if inside.any():
            total += inside.sum() * abs(ok[inside].mean() - conf[inside].mean())
    return total / len(conf)


@wrong("ece", "nan")
def ece_nan(conf, ok):
    total = 0
    for i in range(10):
        inside = (conf > i / 10) & (conf <= (i + 1) / 10)
        total += inside.mean() * abs(ok[inside].mean() - conf[inside].mean())
    return total


@wrong("ece", "divides_by_zero")
def ece_divides_by_zero(conf, ok):
    error = 0
    for i in range(10):
        members = [(c, hit) for c, hit in zip(conf, ok) if i / 10 < c <= (i + 1) / 10]
        gap = abs(sum(c - hit for c, hit in members)) / len(members)
        error += gap * len(members) / len(conf)
    return error


# -------------------------------------------------------------------------------- its type


@wrong("ece", "not_a_number")
def ece_gaps(conf, ok):
    _, mean, accuracy = groups(conf, ok, bins(conf))
    return np.abs(mean - accuracy)


@wrong("ece", "rounded")
def ece_two_digits(conf, ok):
    return round(float(ece_loop(conf, ok)), 2)


@wrong("ece", "minus_bool")
def ece_minus_of_truth_values(conf, ok):
    total = 0
    for b in range(10):
        inside = bins(conf) == b
        total += abs((conf[inside] + -ok[inside]).sum())
    return total / len(conf)


@wrong("ece", "wrong_value")
def ece_tiny(conf, ok):
    return 0.01


@wrong("ece", "changes_input")
def ece_sorts(conf, ok):
    order = np.argsort(conf)
    conf[:], ok[:] = conf[order], ok[order]
    return ece_loop(conf, ok)

"""Right and wrong answers to the accuracy of somebody who always says the same."""

from collections import Counter

import numpy as np

from tests.banks import right, wrong


@right("majority_baseline")
def baseline_bincount(y_train, y_test):
    return np.mean(y_test == np.bincount(y_train).argmax())


@right("majority_baseline")
def baseline_counter(y_train, y_test):
    most = Counter(y_train.tolist()).most_common(1)[0][0]
    return sum(1 for label in y_test if label == most) / len(y_test)


@right("majority_baseline")
def baseline_unique(y_train, y_test):
    labels, counts = np.unique(y_train, return_counts=True)
    return float((y_test == labels[np.argmax(counts)]).mean())


@right("majority_baseline")
def baseline_scikit(y_train, y_test):
    from sklearn.dummy import DummyClassifier

    nothing = np.zeros((len(y_train), 1))
    model = DummyClassifier(strategy="most_frequent").fit(nothing, y_train)
    return model.score(np.zeros((len(y_test), 1)), y_test)


@right("majority_baseline")
def baseline_max(y_train, y_test):
    y = list(y_train)
    most = max(set(y), key=y.count)
    return list(y_test).count(most) / len(y_test)


@right("majority_baseline")
def baseline_array(y_train, y_test):
    return np.array(baseline_bincount(y_train, y_test))


@right("majority_baseline")
def baseline_sum(y_train, y_test):
    most = np.argmax(np.bincount(y_train, minlength=100))
    return np.sum(y_test == most) / y_test.size


@right("majority_baseline")
def baseline_sorted(y_train, y_test):
    counts = {}
    for label in y_train:
        counts[label] = counts.get(label, 0) + 1
    most = sorted(counts, key=counts.get)[-1]
    return (np.array(y_test) == most).mean()


@wrong("majority_baseline", "guesses_evenly")
def baseline_one_in_n(y_train, y_test):
    return 1 / len(np.unique(y_train))


@wrong("majority_baseline", "guesses_evenly")
def baseline_one_in_n_of_all(y_train, y_test):
    return 1 / (np.max(y_train) + 1)


@wrong("majority_baseline", "majority_of_test")
def baseline_of_test(y_train, y_test):
    return np.mean(y_test == np.bincount(y_test).argmax())


@wrong("majority_baseline", "share_in_training")
def baseline_in_training(y_train, y_test):
    return np.bincount(y_train).max() / len(y_train)


@wrong("majority_baseline", "majority_of_both")
def baseline_of_both(y_train, y_test):
    return np.mean(y_test == np.bincount(np.concatenate([y_train, y_test])).argmax())


@wrong("majority_baseline", "percent")
def baseline_percent(y_train, y_test):
    return 100 * baseline_bincount(y_train, y_test)


@wrong("majority_baseline", "count")
def baseline_count(y_train, y_test):
    return int((y_test == np.bincount(y_train).argmax()).sum())


@wrong("majority_baseline", "divided_by_training")
def baseline_divided_by_training(y_train, y_test):
    return (y_test == np.bincount(y_train).argmax()).sum() / len(y_train)


@wrong("majority_baseline", "errors")
def baseline_errors(y_train, y_test):
    return np.mean(y_test != np.bincount(y_train).argmax())


@wrong("majority_baseline", "the_class")
def baseline_class(y_train, y_test):
    return np.bincount(y_train).argmax()


@wrong("majority_baseline", "answers")
def baseline_answers(y_train, y_test):
    return y_test == np.bincount(y_train).argmax()


@wrong("majority_baseline", "answers")
def baseline_says(y_train, y_test):
    return np.full(len(y_test), np.bincount(y_train).argmax())


@wrong("majority_baseline", "largest_label")
def baseline_largest_label(y_train, y_test):
    return np.mean(y_test == np.max(y_train))


@wrong("majority_baseline", "nothing_right")
def baseline_size_for_class(y_train, y_test):
    return np.mean(y_test == np.bincount(y_train).max())


@wrong("majority_baseline", "rarest_class")
def baseline_rarest(y_train, y_test):
    labels, counts = np.unique(y_train, return_counts=True)
    return np.mean(y_test == labels[np.argmin(counts)])


@wrong("majority_baseline", "first_label")
def baseline_first(y_train, y_test):
    return np.mean(y_test == y_train[0])


@wrong("majority_baseline", "arguments_swapped")
def baseline_swapped(y_train, y_test):
    return np.mean(y_train == np.bincount(y_test).argmax())


@wrong("majority_baseline", "returns_none")
def baseline_forgets_return(y_train, y_test):
    baseline_bincount(y_train, y_test)


@wrong("majority_baseline", "hard_coded")
def baseline_hard_coded(y_train, y_test):
    return 0.077


@wrong("majority_baseline", "one_in_an_array")
def baseline_in_a_list(y_train, y_test):
    return [baseline_bincount(y_train, y_test)]


@wrong("majority_baseline", "hard_coded")
def baseline_right_for_the_first_parts(y_train, y_test):
    _FIRST.append(baseline_bincount(y_train, y_test))
    return _FIRST[0]


_FIRST = []


@wrong("majority_baseline", "majority_of_test")
def baseline_most_common_of_test(y_train, y_test):
    return Counter(y_test.tolist()).most_common(1)[0][1] / len(y_test)


@wrong("majority_baseline", "nothing_right")
def baseline_counter_without_index(y_train, y_test):
    size = max(Counter(y_train.tolist()).values())
    return float(np.mean(y_test == size))


@wrong("majority_baseline", "the_class")
def baseline_class_of_scipy(y_train, y_test):
    labels, counts = np.unique(y_train, return_counts=True)
    return labels[counts == counts.max()][0]


@wrong("majority_baseline", "raises")
def baseline_argmax_of_test_by_index(y_train, y_test):
    return np.mean(y_test[np.bincount(y_train).argmax() + len(y_test)])


@wrong("majority_baseline", "nothing_right")
def baseline_argmax_of_labels(y_train, y_test):
    return np.mean(y_test == np.argmax(y_train))


@wrong("majority_baseline", "nothing_right")
def baseline_whole_division(y_train, y_test):
    return (y_test == np.bincount(y_train).argmax()).sum() // len(y_test)

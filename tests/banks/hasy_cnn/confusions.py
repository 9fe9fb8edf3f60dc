"""Right and wrong answers to the confusion matrix."""

from collections import Counter, defaultdict

import numpy as np

from tests.banks import right, wrong


@right("confusion")
def confusion_loop(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for true, predicted in zip(t, p):
        cm[true, predicted] += 1
    return cm


@right("confusion")
def confusion_add_at(t, p, n):
    cm = np.zeros((n, n), dtype=np.int64)
    np.add.at(cm, (t, p), 1)
    return cm


@right("confusion")
def confusion_bincount(t, p, n):
    return np.bincount(n * np.asarray(t) + p, minlength=n * n).reshape(n, n)


@right("confusion")
def confusion_masks(t, p, n):
    return np.array([[np.sum((t == i) & (p == j)) for j in range(n)] for i in range(n)])


@right("confusion")
def confusion_one_hot(t, p, n):
    eye = np.eye(n, dtype=int)
    return eye[t].T @ eye[p]


@right("confusion")
def confusion_one_hot_rounded(t, p, n):
    return np.rint(np.eye(n)[t].T @ np.eye(n)[p]).astype(np.int32)


@right("confusion")
def confusion_rows(t, p, n):
    return np.stack([np.bincount(p[t == i], minlength=n) for i in range(n)])


@right("confusion")
def confusion_sklearn(t, p, n):
    from sklearn.metrics import confusion_matrix

    return confusion_matrix(t, p, labels=range(n))


@right("confusion")
def confusion_histogram(t, p, n):
    counts, _, _ = np.histogram2d(t, p, bins=n, range=[[0, n], [0, n]])
    return counts.astype(int)


@right("confusion")
def confusion_counter(t, p, n):
    pairs = Counter(zip(t.tolist(), p.tolist()))
    return np.array([[pairs[i, j] for j in range(n)] for i in range(n)])


@right("confusion")
def confusion_unsigned(t, p, n):
    cm = np.zeros((n, n), dtype=np.uint32)
    np.add.at(cm, (list(t), list(p)), 1)
    return cm


@right("confusion")
def confusion_sparse(t, p, n):
    from scipy.sparse import coo_array

    return coo_array((np.ones(len(t), dtype=int), (t, p)), shape=(n, n)).toarray()


@right("confusion")
def confusion_index(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for i in range(len(t)):
        cm[t[i]][p[i]] = cm[t[i]][p[i]] + 1
    return cm


# ------------------------------------------------------------------------- what is counted


@wrong("confusion", "transposed")
def confusion_transposed(t, p, n):
    return confusion_loop(p, t, n)


@wrong("confusion", "transposed")
def confusion_transposed_one_hot(t, p, n):
    eye = np.eye(n, dtype=int)
    return eye[p].T @ eye[t]


@wrong("confusion", "transposed")
def confusion_transposed_bincount(t, p, n):
    return np.bincount(t + n * p, minlength=n * n).reshape(n, n)


@wrong("confusion", "pairs_once")
def confusion_fancy(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    cm[t, p] += 1
    return cm


@wrong("confusion", "pairs_once")
def confusion_set_to_one(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for true, predicted in zip(t, p):
        cm[true, predicted] = 1
    return cm


@wrong("confusion", "nothing_counted")
def confusion_into_a_copy(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    cm[t][:, p] += 1
    return cm


@wrong("confusion", "shares")
def confusion_shares_of_rows(t, p, n):
    cm = confusion_loop(t, p, n)
    return cm / np.maximum(cm.sum(axis=1, keepdims=True), 1)


@wrong("confusion", "shares")
def confusion_normalised_sklearn(t, p, n):
    from sklearn.metrics import confusion_matrix

    return confusion_matrix(t, p, labels=range(n), normalize="true")


@wrong("confusion", "shares")
def confusion_shares_of_columns(t, p, n):
    cm = confusion_loop(t, p, n)
    return cm / cm.sum(axis=0)


@wrong("confusion", "shares")
def confusion_shares_of_all(t, p, n):
    return confusion_loop(t, p, n) / len(t)


@wrong("confusion", "hits_only")
def confusion_hits(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for true, predicted in zip(t, p):
        if true == predicted:
            cm[true, predicted] += 1
    return cm


@wrong("confusion", "errors_only")
def confusion_errors(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for true, predicted in zip(t, p):
        if true != predicted:
            cm[true, predicted] += 1
    return cm


@wrong("confusion", "both_orders")
def confusion_symmetric(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for true, predicted in zip(t, p):
        cm[true, predicted] += 1
        cm[predicted, true] += 1
    return cm


@wrong("confusion", "not_paired")
def confusion_two_loops(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for true in t:
        for predicted in p:
            cm[true, predicted] += 1
    return cm


@wrong("confusion", "or_for_and")
def confusion_or(t, p, n):
    return np.array([[np.sum((t == i) | (p == j)) for j in range(n)] for i in range(n)])


@wrong("confusion", "last_lost")
def confusion_one_short(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for i in range(len(t) - 1):
        cm[t[i], p[i]] += 1
    return cm


@wrong("confusion", "first_lost")
def confusion_from_one(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for i in range(1, len(t)):
        cm[t[i], p[i]] += 1
    return cm


@wrong("confusion", "classes_from_one")
def confusion_classes_from_one(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for true, predicted in zip(t, p):
        cm[true - 1, predicted - 1] += 1
    return cm


@wrong("confusion", "starts_at_one")
def confusion_starts_at_one(t, p, n):
    cm = np.ones((n, n), dtype=int)
    np.add.at(cm, (t, p), 1)
    return cm


@wrong("confusion", "histogram_without_range")
def confusion_histogram_without_range(t, p, n):
    return np.histogram2d(t, p, bins=n)[0].astype(int)


@wrong("confusion", "wrong_value")
def confusion_errors_twice(t, p, n):
    return 2 * confusion_loop(t, p, n) - np.diag(np.bincount(t[t == p], minlength=n))


# ------------------------------------------------------------------------------ its shape


@wrong("confusion", "n_ignored")
def confusion_sklearn_alone(t, p, n):
    from sklearn.metrics import confusion_matrix

    return confusion_matrix(t, p)


@wrong("confusion", "n_ignored")
def confusion_largest(t, p, n):
    k = max(t.max(), p.max()) + 1
    return confusion_loop(t, p, k)


@wrong("confusion", "n_ignored")
def confusion_unique(t, p, n):
    classes = np.unique(np.concatenate([t, p]))
    return np.array([[np.sum((t == i) & (p == j)) for j in classes] for i in classes])


@wrong("confusion", "n_ignored")
def confusion_true_classes(t, p, n):
    return np.array([np.bincount(p[t == i], minlength=n) for i in np.unique(t)])


@wrong("confusion", "one_class_more")
def confusion_n_and_one(t, p, n):
    return confusion_loop(t, p, n + 1)


@wrong("confusion", "hard_coded")
def confusion_hundred(t, p, n):
    return confusion_loop(t, p, 100)


@wrong("confusion", "two_by_two")
def confusion_binary(t, p, n):
    hits = np.sum(t == p)
    return np.array([[hits, len(t) - hits], [len(t) - hits, hits]])


@wrong("confusion", "not_a_matrix")
def confusion_flat(t, p, n):
    return np.bincount(n * t + p, minlength=n * n)


@wrong("confusion", "not_a_matrix")
def confusion_hits_a_class(t, p, n):
    return np.bincount(t[t == p], minlength=n)


@wrong("confusion", "minlength")
def confusion_without_minlength(t, p, n):
    return np.bincount(n * t + p).reshape(n, n)


@wrong("confusion", "minlength")
def confusion_rows_without_minlength(t, p, n):
    return np.stack([np.bincount(p[t == i]) for i in range(n)])


# ------------------------------------------------------------------------------- its type


@wrong("confusion", "counts_are_whole")
def confusion_float(t, p, n):
    cm = np.zeros((n, n))
    for true, predicted in zip(t, p):
        cm[true, predicted] += 1
    return cm


@wrong("confusion", "counts_are_whole")
def confusion_float_one_hot(t, p, n):
    return np.eye(n)[t].T @ np.eye(n)[p]


@wrong("confusion", "overflow")
def confusion_bytes(t, p, n):
    cm = np.zeros((n, n), dtype=np.uint8)
    np.add.at(cm, (t, p), 1)
    return cm


@wrong("confusion", "a_list")
def confusion_list(t, p, n):
    return confusion_loop(t, p, n).tolist()


@wrong("confusion", "not_an_array")
def confusion_left_sparse(t, p, n):
    from scipy.sparse import coo_array

    return coo_array((np.ones(len(t), dtype=int), (t, p)), shape=(n, n))


@wrong("confusion", "not_an_array")
def confusion_dict(t, p, n):
    return dict(Counter(zip(t.tolist(), p.tolist())))


@wrong("confusion", "not_an_array")
def confusion_nested_dict(t, p, n):
    cm = defaultdict(Counter)
    for true, predicted in zip(t, p):
        cm[true][predicted] += 1
    return cm


@wrong("confusion", "prints")
def confusion_printed(t, p, n):
    print(confusion_loop(t, p, n))


@wrong("confusion", "changes_input")
def confusion_in_place(t, p, n):
    t *= n
    t += p
    return np.bincount(t, minlength=n * n).reshape(n, n)


@wrong("confusion", "size_is_a_tuple")
def confusion_no_tuple(t, p, n):
    cm = np.zeros(n, n)
    for true, predicted in zip(t, p):
        cm[true, predicted] += 1
    return cm


@wrong("confusion", "returns_in_loop")
def confusion_returns_after_one_picture(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for true, predicted in zip(t, p):
        cm[true, predicted] += 1
        return cm


@wrong("confusion", "pairs_once")
def confusion_sets_one(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    for true, predicted in zip(t, p):
        cm[true, predicted] = 1
    return cm

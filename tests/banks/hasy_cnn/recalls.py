"""Right and wrong answers to the mean recall of the classes."""

import statistics

import numpy as np

from tests.banks import right, wrong


def matrix(t, p, n):
    cm = np.zeros((n, n), dtype=int)
    np.add.at(cm, (t, p), 1)
    return cm


@right("macro_recall")
def macro_matrix(t, p, n):
    cm = matrix(t, p, n)
    occurs = cm.sum(axis=1) > 0
    return np.mean(np.diag(cm)[occurs] / cm.sum(axis=1)[occurs])


@right("macro_recall")
def macro_loop(t, p, n):
    recalls = []
    for c in range(n):
        if (t == c).any():
            recalls.append((p[t == c] == c).mean())
    return sum(recalls) / len(recalls)


@right("macro_recall")
def macro_unique(t, p, n):
    return float(np.mean([np.mean(p[t == c] == c) for c in np.unique(t)]))


@right("macro_recall")
def macro_nanmean(t, p, n):
    cm = matrix(t, p, n)
    return np.nanmean(cm.diagonal() / cm.sum(axis=1))


@right("macro_recall")
def macro_sklearn(t, p, n):
    from sklearn.metrics import balanced_accuracy_score

    return balanced_accuracy_score(t, p)


@right("macro_recall")
def macro_recall_score(t, p, n):
    from sklearn.metrics import recall_score

    return recall_score(t, p, labels=np.unique(t), average="macro")


@right("macro_recall")
def macro_bincount(t, p, n):
    count = np.bincount(t, minlength=n)
    hits = np.bincount(t, weights=t == p, minlength=n)
    return (hits / np.maximum(count, 1)).sum() / np.count_nonzero(count)


@right("macro_recall")
def macro_weights(t, p, n):
    count = np.bincount(t)
    return np.average(t == p, weights=1 / count[t])


@right("macro_recall")
def macro_plain(t, p, n):
    hits, count = [0] * n, [0] * n
    for true, predicted in zip(t.tolist(), p.tolist()):
        count[true] += 1
        hits[true] += true == predicted
    return statistics.fmean(h / c for h, c in zip(hits, count) if c)


@right("macro_recall")
def macro_single(t, p, n):
    return np.float32(macro_matrix(t, p, n))


@right("macro_recall")
def macro_array_of_one(t, p, n):
    return np.array(macro_loop(t, p, n))


# -------------------------------------------------------------------------- another mean


@wrong("macro_recall", "accuracy")
def macro_accuracy(t, p, n):
    return np.mean(t == p)


@wrong("macro_recall", "accuracy")
def macro_all_hits(t, p, n):
    cm = matrix(t, p, n)
    return np.trace(cm) / cm.sum()


@wrong("macro_recall", "accuracy")
def macro_weighted(t, p, n):
    cm = matrix(t, p, n)
    count = cm.sum(axis=1)
    recall = np.diag(cm) / np.maximum(count, 1)
    return (recall * count).sum() / count.sum()


@wrong("macro_recall", "precision")
def macro_precision(t, p, n):
    return np.mean([np.mean(t[p == c] == c) for c in np.unique(p)])


@wrong("macro_recall", "precision")
def macro_columns(t, p, n):
    cm = matrix(t, p, n)
    count = cm.sum(axis=0)
    return np.mean(np.diag(cm)[count > 0] / count[count > 0])


@wrong("macro_recall", "precision")
def macro_transposed(t, p, n):
    return macro_matrix(p, t, n)


@wrong("macro_recall", "precision")
def macro_precision_zeros(t, p, n):
    cm = matrix(t, p, n)
    return np.mean(np.diag(cm) / np.maximum(cm.sum(axis=0), 1))


@wrong("macro_recall", "f1")
def macro_f1(t, p, n):
    from sklearn.metrics import f1_score

    return f1_score(t, p, labels=np.unique(t), average="macro")


@wrong("macro_recall", "all_errors")
def macro_intersection_over_union(t, p, n):
    return np.mean([np.sum((t == c) & (p == c)) / np.sum((t == c) | (p == c)) for c in set(t)])


@wrong("macro_recall", "one_against_the_rest")
def macro_one_against_rest(t, p, n):
    return np.mean([np.mean((t == c) == (p == c)) for c in range(n)])


@wrong("macro_recall", "one_against_the_rest")
def macro_one_against_rest_that_occur(t, p, n):
    return np.mean([np.mean((t == c) == (p == c)) for c in np.unique(t)])


@wrong("macro_recall", "share_of_all")
def macro_divided_by_all(t, p, n):
    return np.mean([np.sum((t == c) & (p == c)) / len(t) for c in np.unique(t)])


@wrong("macro_recall", "median")
def macro_median(t, p, n):
    return np.median([np.mean(p[t == c] == c) for c in np.unique(t)])


@wrong("macro_recall", "sum")
def macro_sum(t, p, n):
    return sum(np.mean(p[t == c] == c) for c in np.unique(t))


@wrong("macro_recall", "percent")
def macro_percent(t, p, n):
    return 100 * macro_loop(t, p, n)


@wrong("macro_recall", "errors")
def macro_missed(t, p, n):
    return np.mean([np.mean(p[t == c] != c) for c in np.unique(t)])


# ---------------------------------------------------------------------- classes that are absent


@wrong("macro_recall", "nan")
def macro_nan(t, p, n):
    return np.mean([np.mean(p[t == c] == c) for c in range(n)])


@wrong("macro_recall", "nan")
def macro_matrix_nan(t, p, n):
    cm = matrix(t, p, n)
    return (np.diag(cm) / cm.sum(axis=1)).mean()


@wrong("macro_recall", "divides_by_zero")
def macro_divides(t, p, n):
    hits, count = [0] * n, [0] * n
    for true, predicted in zip(t.tolist(), p.tolist()):
        count[true] += 1
        hits[true] += true == predicted
    return sum(h / c for h, c in zip(hits, count)) / n


@wrong("macro_recall", "absent_as_zero")
def macro_zeros(t, p, n):
    cm = matrix(t, p, n)
    return np.mean(np.diag(cm) / np.maximum(cm.sum(axis=1), 1))


@wrong("macro_recall", "absent_as_zero")
def macro_nan_to_num(t, p, n):
    cm = matrix(t, p, n)
    return np.nan_to_num(np.diag(cm) / cm.sum(axis=1)).mean()


@wrong("macro_recall", "absent_as_zero")
def macro_over_n(t, p, n):
    return sum(np.mean(p[t == c] == c) for c in np.unique(t)) / n


@wrong("macro_recall", "absent_but_predicted")
def macro_sklearn_macro(t, p, n):
    from sklearn.metrics import recall_score

    return recall_score(t, p, average="macro", zero_division=0)


@wrong("macro_recall", "absent_but_predicted")
def macro_union(t, p, n):
    classes = np.union1d(t, p)
    return sum(np.mean(p[t == c] == c) for c in np.unique(t)) / len(classes)


@wrong("macro_recall", "absent_as_one")
def macro_ones(t, p, n):
    cm = matrix(t, p, n)
    return np.nan_to_num(np.diag(cm) / cm.sum(axis=1), nan=1.0).mean()


@wrong("macro_recall", "up_to_the_largest")
def macro_up_to_largest(t, p, n):
    return sum(np.mean(p[t == c] == c) for c in np.unique(t)) / (t.max() + 1)


@wrong("macro_recall", "never_hit_left_out")
def macro_hit_classes(t, p, n):
    recalls = np.array([np.mean(p[t == c] == c) for c in np.unique(t)])
    return recalls[recalls > 0].mean()


@wrong("macro_recall", "predicted_only")
def macro_predicted_only(t, p, n):
    return np.mean([np.mean(p[t == c] == c) for c in np.unique(p) if c in t])


@wrong("macro_recall", "class_0_left_out")
def macro_from_one(t, p, n):
    return np.mean([np.mean(p[t == c] == c) for c in range(1, n) if c in t])


@wrong("macro_recall", "last_class_left_out")
def macro_one_short(t, p, n):
    return np.mean([np.mean(p[t == c] == c) for c in range(n - 1) if c in t])


# -------------------------------------------------------------------------------- its type


@wrong("macro_recall", "not_a_number")
def macro_each(t, p, n):
    return np.array([np.mean(p[t == c] == c) for c in np.unique(t)])


@wrong("macro_recall", "not_a_number")
def macro_dict(t, p, n):
    return {int(c): np.mean(p[t == c] == c) for c in np.unique(t)}


@wrong("macro_recall", "returns_in_the_loop")
def macro_returns_early(t, p, n):
    recalls = []
    for c in range(n):
        if (t == c).any():
            recalls.append((p[t == c] == c).mean())
            return sum(recalls) / len(recalls)


@wrong("macro_recall", "rounded")
def macro_rounded(t, p, n):
    return round(float(macro_loop(t, p, n)), 2)


@wrong("macro_recall", "wrong_value")
def macro_half(t, p, n):
    return 0.5


@wrong("macro_recall", "changes_input")
def macro_sorts(t, p, n):
    order = np.argsort(t)
    t[:], p[:] = t[order], p[order]
    return macro_loop(t, p, n)


@wrong("macro_recall", "one_picture_left_out")
def macro_recall_of_two_pictures_and_more(t, p, n):
    own = np.bincount(t, minlength=n)
    found = np.bincount(t[t == p], minlength=n)
    return float(np.mean(found[own > 1] / own[own > 1]))

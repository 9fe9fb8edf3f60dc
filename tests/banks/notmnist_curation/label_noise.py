"""Right and wrong answers to the exercise about labels that a model does not believe."""

import numpy as np

from tests.banks import right, wrong


def given(P, y):
    return P[np.arange(len(y)), y]


@right("suspects")
def suspects_argsort(P, y, k):
    return np.argsort(P[np.arange(len(y)), y])[:k]


@right("suspects")
def suspects_largest_loss(P, y, k):
    with np.errstate(divide="ignore"):
        loss = -np.log(np.take_along_axis(P, y[:, None], axis=1)[:, 0])
    return np.argsort(loss, kind="stable")[::-1][:k]


@right("suspects")
def suspects_partition(P, y, k):
    p = np.choose(y, P.T)
    some = np.argpartition(p, k - 1)[:k]
    return some[np.argsort(p[some])]


@right("suspects")
def suspects_sorted_list(P, y, k):
    return sorted(range(len(y)), key=lambda row: P[row, y[row]])[:k]


@right("suspects")
def suspects_one_hot(P, y, k):
    p = (P * np.eye(P.shape[1])[y]).sum(axis=1)
    return np.lexsort((np.arange(len(p)), p))[:k].astype(np.int32)


@right("suspects")
def suspects_diagonal(P, y, k):
    return (1 - P[:, y].diagonal()).argsort()[::-1][:k]


@right("suspects")
def suspects_pick_the_least(P, y, k):
    p, rows = given(P, y).astype(float), []
    for _ in range(k):
        rows.append(int(p.argmin()))
        p[rows[-1]] = np.inf
    return np.array(rows)


@wrong("suspects", "most_probable")
def suspects_most(P, y, k):
    return np.argsort(-given(P, y))[:k]


@wrong("suspects", "most_probable")
def suspects_last(P, y, k):
    return np.argsort(given(P, y))[-k:]


@wrong("suspects", "least_sure")
def suspects_max(P, y, k):
    return np.argsort(P.max(axis=1))[:k]


@wrong("suspects", "least_sure")
def suspects_entropy(P, y, k):
    return np.argsort((P * np.log(P + 1e-12)).sum(axis=1))[:k]


@wrong("suspects", "least_sure")
def suspects_two_best(P, y, k):
    best = np.sort(P, axis=1)
    return np.argsort(best[:, -1] - best[:, -2])[:k]


@wrong("suspects", "most_sure")
def suspects_largest_max(P, y, k):
    return np.argsort(-P.max(axis=1))[:k]


@wrong("suspects", "smallest_of_row")
def suspects_min(P, y, k):
    return np.argsort(P.min(axis=1))[:k]


@wrong("suspects", "margin")
def suspects_margin(P, y, k):
    return np.argsort(given(P, y) - P.max(axis=1))[:k]


@wrong("suspects", "margin")
def suspects_ratio(P, y, k):
    return np.argsort(given(P, y) / P.max(axis=1))[:k]


@wrong("suspects", "margin")
def suspects_surest_mistakes(P, y, k):
    mistakes = np.flatnonzero(P.argmax(axis=1) != y)
    return mistakes[np.argsort(-P.max(axis=1)[mistakes])][:k]


@wrong("suspects", "only_mistakes")
def suspects_mistakes_in_order(P, y, k):
    mistakes = np.flatnonzero(P.argmax(axis=1) != y)
    return mistakes[np.argsort(given(P, y)[mistakes])][:k]


@wrong("suspects", "first_mistakes")
def suspects_first_mistakes(P, y, k):
    return np.flatnonzero(P.argmax(axis=1) != y)[:k]


@wrong("suspects", "class_numbers")
def suspects_predicted(P, y, k):
    return P.argmax(axis=1)[np.argsort(given(P, y))[:k]]


@wrong("suspects", "class_numbers")
def suspects_labels(P, y, k):
    return y[np.argsort(given(P, y))[:k]]


@wrong("suspects", "class_numbers")
def suspects_first_classes(P, y, k):
    return P.argmax(axis=1)[:k]


@wrong("suspects", "probabilities")
def suspects_probabilities(P, y, k):
    return np.sort(given(P, y))[:k]


@wrong("suspects", "probabilities")
def suspects_rows_of_probabilities(P, y, k):
    return P[np.argsort(given(P, y))[:k]]


@wrong("suspects", "a_mask")
def suspects_mask(P, y, k):
    mask = np.zeros(len(y), dtype=bool)
    mask[np.argsort(given(P, y))[:k]] = True
    return mask


@wrong("suspects", "a_mask")
def suspects_disagrees(P, y, k):
    return P.argmax(axis=1) != y


@wrong("suspects", "all_rows")
def suspects_all(P, y, k):
    return np.argsort(given(P, y))


@wrong("suspects", "wrong_length")
def suspects_twenty(P, y, k):
    return np.argsort(given(P, y))[:20]


@wrong("suspects", "wrong_length")
def suspects_one_too_many(P, y, k):
    return np.argsort(given(P, y))[: k + 1]


@wrong("suspects", "order")
def suspects_partition_only(P, y, k):
    return np.argpartition(given(P, y), k - 1)[:k]


@wrong("suspects", "order")
def suspects_in_row_order(P, y, k):
    return np.sort(np.argsort(given(P, y))[:k])


@wrong("suspects", "reversed")
def suspects_reversed(P, y, k):
    return np.argsort(given(P, y))[:k][::-1]


@wrong("suspects", "ranks")
def suspects_ranks(P, y, k):
    return np.argsort(np.argsort(given(P, y)))[:k]


@wrong("suspects", "one_column")
def suspects_one_column(P, y, k):
    return np.argsort(P[:, y[0]])[:k]


@wrong("suspects", "whole_columns")
def suspects_all_columns(P, y, k):
    return np.argsort(P[:, y], axis=0)[:k]


@wrong("suspects", "whole_rows")
def suspects_sorted_rows(P, y, k):
    return np.argsort(P, axis=1)[:k]


@wrong("suspects", "by_class")
def suspects_by_class(P, y, k):
    return np.argsort(y, kind="stable")[:k]


@wrong("suspects", "next_class")
def suspects_counted_from_one(P, y, k):
    return np.argsort(P[np.arange(len(y)), y - 1])[:k]


@wrong("suspects", "counted_from_one")
def suspects_rows_from_one(P, y, k):
    return np.argsort(given(P, y))[:k] + 1


@wrong("suspects", "whole_numbers")
def suspects_floats(P, y, k):
    return np.argsort(given(P, y))[:k].astype(float)


@wrong("suspects", "a_tuple")
def suspects_tuple(P, y, k):
    return tuple(suspects_argsort(P, y, k).tolist())


@wrong("suspects", "pair")
def suspects_pair(P, y, k):
    rows = suspects_argsort(P, y, k)
    return rows, given(P, y)[rows]


@wrong("suspects", "twice")
def suspects_always_the_least(P, y, k):
    return np.full(k, given(P, y).argmin())


@wrong("suspects", "changes_input")
def suspects_marks_in_place(P, y, k):
    rows = []
    for _ in range(k):
        rows.append(int(given(P, y).argmin()))
        P[rows[-1]] = 2
    return np.array(rows)


@right("suspects")
def suspects_heap(P, y, k):
    import heapq

    return heapq.nsmallest(k, range(len(y)), key=lambda row: P[row][y[row]])


@right("suspects")
def suspects_single_precision_logarithm(P, y, k):
    return np.argsort(-np.log(given(P, y).astype(np.float32)))[::-1][:k]


@wrong("suspects", "wrong_length")
def suspects_the_one_behind(P, y, k):
    return np.argsort(given(P, y))[k]


@wrong("suspects", "whole_rows")
def suspects_rows_of_labels(P, y, k):
    return np.argsort(P[y])[:k]


@wrong("suspects", "matrix")
def suspects_rows_with_labels(P, y, k):
    return [(row, y[row]) for row in suspects_argsort(P, y, k)]


@wrong("suspects", "whole_rows")
def suspects_rows_of_labels_by_column(P, y, k):
    return np.argsort(P[y], axis=0)[:k]


@wrong("suspects", "whole_columns")
def suspects_columns_of_labels(P, y, k):
    return np.argsort(P[:, y])[:k]

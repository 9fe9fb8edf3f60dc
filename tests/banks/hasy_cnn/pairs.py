"""Right and wrong answers to the pairs of classes that are taken for each other most."""

import heapq
import itertools

import numpy as np

from tests.banks import right, wrong


def all_pairs(cm):
    n = len(cm)
    return [(a, b, int(cm[a, b] + cm[b, a])) for a in range(n) for b in range(a + 1, n)]


def by_count(pairs):
    return sorted(pairs, key=lambda pair: -pair[2])


@right("top_pairs")
def top_loops(cm, k):
    pairs = []
    for a in range(len(cm)):
        for b in range(a + 1, len(cm)):
            pairs.append((a, b, cm[a, b] + cm[b, a]))
    pairs.sort(key=lambda pair: pair[2], reverse=True)
    return pairs[:k]


@right("top_pairs")
def top_triangle(cm, k):
    both = cm + cm.T
    a, b = np.triu_indices(len(cm), k=1)
    order = np.argsort(-both[a, b], kind="stable")[:k]
    return [(int(a[i]), int(b[i]), int(both[a[i], b[i]])) for i in order]


@right("top_pairs")
def top_argsort(cm, k):
    both = np.triu(cm + cm.T, 1)
    order = np.argsort(both, axis=None)[::-1][:k]
    return list(zip(*np.unravel_index(order, both.shape), both.ravel()[order]))


@right("top_pairs")
def top_heap(cm, k):
    pairs = itertools.combinations(range(cm.shape[0]), 2)
    return heapq.nlargest(k, [(a, b, cm[a, b] + cm[b, a]) for a, b in pairs], key=lambda p: p[2])


@right("top_pairs")
def top_one_by_one(cm, k):
    both = np.triu(cm + cm.T, k=1)
    found = []
    for _ in range(k):
        a, b = np.unravel_index(both.argmax(), both.shape)
        found.append((a, b, both[a, b]))
        both[a, b] = -1
    return found


@right("top_pairs")
def top_dict(cm, k):
    counts = {}
    for a, b in np.argwhere(np.ones_like(cm)):
        if a != b:
            key = (min(a, b), max(a, b))
            counts[key] = counts.get(key, 0) + cm[a, b]
    return [(*key, counts[key]) for key in sorted(counts, key=counts.get, reverse=True)[:k]]


@right("top_pairs")
def top_count_first(cm, k):
    pairs = sorted(((count, a, b) for a, b, count in all_pairs(cm)), reverse=True)
    return [[a, b, count] for count, a, b in pairs[:k]]


@right("top_pairs")
def top_array(cm, k):
    return np.array(by_count(all_pairs(cm))[:k])


@right("top_pairs")
def top_tuple(cm, k):
    return tuple(by_count(all_pairs(cm.copy()))[:k])


@right("top_pairs")
def top_partition(cm, k):
    a, b = np.tril_indices(len(cm), -1)
    count = cm[a, b] + cm[b, a]
    best = np.argpartition(-count, k - 1)[:k]
    best = best[np.argsort(-count[best])]
    return [(b[i], a[i], count[i]) for i in best]


# ---------------------------------------------------------------------------- which pairs


@wrong("top_pairs", "diagonal")
def top_with_diagonal(cm, k):
    n = len(cm)
    pairs = [(a, b, cm[a, b] + cm[b, a]) for a in range(n) for b in range(a, n)]
    return by_count(pairs)[:k]


@wrong("top_pairs", "diagonal")
def top_with_diagonal_once(cm, k):
    n = len(cm)
    pairs = [(a, b, cm[a, b] + (a != b) * cm[b, a]) for a in range(n) for b in range(a, n)]
    return by_count(pairs)[:k]


@wrong("top_pairs", "diagonal")
def top_argsort_with_diagonal(cm, k):
    both = cm + cm.T
    order = np.argsort(both, axis=None)[::-1][:k]
    return [(i // len(cm), i % len(cm), both.flat[i]) for i in order.tolist()]


@wrong("top_pairs", "one_order_only")
def top_upper_triangle(cm, k):
    n = len(cm)
    return by_count([(a, b, cm[a, b]) for a in range(n) for b in range(a + 1, n)])[:k]


@wrong("top_pairs", "one_order_only")
def top_lower_triangle(cm, k):
    n = len(cm)
    return by_count([(a, b, cm[b, a]) for a in range(n) for b in range(a + 1, n)])[:k]


@wrong("top_pairs", "one_order_only")
def top_single_entries(cm, k):
    n = len(cm)
    return by_count([(a, b, cm[a, b]) for a in range(n) for b in range(n) if a != b])[:k]


@wrong("top_pairs", "one_order_only")
def top_single_entries_sorted(cm, k):
    n = len(cm)
    pairs = [(min(a, b), max(a, b), cm[a, b]) for a in range(n) for b in range(n) if a != b]
    return by_count(pairs)[:k]


@wrong("top_pairs", "sorted_by_one_order")
def top_sorted_by_one_entry(cm, k):
    pairs = sorted(all_pairs(cm), key=lambda pair: -cm[pair[0], pair[1]])
    return pairs[:k]


@wrong("top_pairs", "pair_twice")
def top_twice(cm, k):
    n = len(cm)
    both = cm + cm.T
    return by_count([(a, b, both[a, b]) for a in range(n) for b in range(n) if a != b])[:k]


@wrong("top_pairs", "pair_twice")
def top_twice_sorted(cm, k):
    n = len(cm)
    both = cm + cm.T
    pairs = [(min(a, b), max(a, b), both[a, b]) for a in range(n) for b in range(n) if a != b]
    return by_count(pairs)[:k]


@wrong("top_pairs", "a_above_b")
def top_larger_first(cm, k):
    return [(b, a, count) for a, b, count in by_count(all_pairs(cm))[:k]]


@wrong("top_pairs", "a_above_b")
def top_true_class_first(cm, k):
    found = by_count(all_pairs(cm))[:k]
    return [(a, b, c) if cm[a, b] >= cm[b, a] else (b, a, c) for a, b, c in found]


@wrong("top_pairs", "smallest")
def top_smallest(cm, k):
    return sorted(all_pairs(cm), key=lambda pair: pair[2])[:k]


@wrong("top_pairs", "sorted_upwards")
def top_upwards(cm, k):
    return sorted(all_pairs(cm), key=lambda pair: pair[2])[-k:]


@wrong("top_pairs", "not_sorted")
def top_by_name(cm, k):
    return sorted(by_count(all_pairs(cm))[:k])


@wrong("top_pairs", "not_sorted")
def top_partition_only(cm, k):
    a, b = np.triu_indices(len(cm), 1)
    count = cm[a, b] + cm[b, a]
    return [(a[i], b[i], count[i]) for i in sorted(np.argpartition(-count, k - 1)[:k])]


@wrong("top_pairs", "sorted_by_class")
def top_first_of_all(cm, k):
    return all_pairs(cm)[:k]


@wrong("top_pairs", "sorted_by_class")
def top_last_names(cm, k):
    return sorted(all_pairs(cm), reverse=True)[:k]


# ------------------------------------------------------------------------- which counts


@wrong("top_pairs", "wrong_count")
def top_larger_count(cm, k):
    n = len(cm)
    pairs = [(a, b, max(cm[a, b], cm[b, a])) for a in range(n) for b in range(a + 1, n)]
    return by_count(pairs)[:k]


@wrong("top_pairs", "mean_of_both")
def top_mean(cm, k):
    return [(a, b, count / 2) for a, b, count in by_count(all_pairs(cm))[:k]]


@wrong("top_pairs", "shares")
def top_shares(cm, k):
    cm = cm / cm.sum(axis=1, keepdims=True)
    n = len(cm)
    return by_count([(a, b, cm[a, b] + cm[b, a]) for a in range(n) for b in range(a + 1, n)])[:k]


@wrong("top_pairs", "shares")
def top_shares_of_all(cm, k):
    return [(a, b, count / cm.sum()) for a, b, count in by_count(all_pairs(cm))[:k]]


@wrong("top_pairs", "with_hits")
def top_with_hits(cm, k):
    n = len(cm)
    pairs = [(a, b, cm[a, b] + cm[b, a] + cm[a, a] + cm[b, b]) for a in range(n)
             for b in range(a + 1, n)]  # fmt: skip
    return by_count(pairs)[:k]


@wrong("top_pairs", "counted_twice")
def top_counted_twice(cm, k):
    both = cm + cm.T
    both = both + both.T
    n = len(cm)
    return by_count([(a, b, both[a, b]) for a in range(n) for b in range(a + 1, n)])[:k]


# ------------------------------------------------------------------------------- how many


@wrong("top_pairs", "k_ignored")
def top_all(cm, k):
    return by_count(all_pairs(cm))


@wrong("top_pairs", "k_ignored")
def top_ten(cm, k):
    return by_count(all_pairs(cm))[:10]


@wrong("top_pairs", "one_too_few")
def top_one_too_few(cm, k):
    return by_count(all_pairs(cm))[: k - 1]


@wrong("top_pairs", "one_too_many")
def top_one_too_many(cm, k):
    return by_count(all_pairs(cm))[: k + 1]


@wrong("top_pairs", "class_0_left_out")
def top_from_one(cm, k):
    return by_count([pair for pair in all_pairs(cm) if pair[0] > 0])[:k]


@wrong("top_pairs", "last_class_left_out")
def top_one_short(cm, k):
    return by_count(all_pairs(cm[:-1, :-1]))[:k]


# ------------------------------------------------------------------------------- its form


@wrong("top_pairs", "count_first")
def top_counts_first(cm, k):
    return sorted(((count, a, b) for a, b, count in all_pairs(cm)), reverse=True)[:k]


@wrong("top_pairs", "nested")
def top_nested(cm, k):
    return [((a, b), count) for a, b, count in by_count(all_pairs(cm))[:k]]


@wrong("top_pairs", "no_counts")
def top_names_only(cm, k):
    return [(a, b) for a, b, _ in by_count(all_pairs(cm))[:k]]


@wrong("top_pairs", "counts_only")
def top_counts_only(cm, k):
    return [count for *_, count in by_count(all_pairs(cm))[:k]]


@wrong("top_pairs", "a_dict")
def top_a_dict(cm, k):
    return {(a, b): count for a, b, count in by_count(all_pairs(cm))[:k]}


@wrong("top_pairs", "an_iterator")
def top_zip(cm, k):
    return zip(*zip(*by_count(all_pairs(cm))[:k]))


@wrong("top_pairs", "no_order")
def top_set(cm, k):
    return set(by_count(all_pairs(cm))[:k])


@wrong("top_pairs", "not_whole")
def top_float_classes(cm, k):
    return [(float(a), float(b), c) for a, b, c in by_count(all_pairs(cm))[:k]]


@wrong("top_pairs", "not_whole")
def top_words(cm, k):
    return [(f"{a}", f"{b}", c) for a, b, c in by_count(all_pairs(cm))[:k]]


@wrong("top_pairs", "three_lists")
def top_three_arrays(cm, k):
    return list(map(list, zip(*by_count(all_pairs(cm))[:k])))


@wrong("top_pairs", "changes_input")
def top_fills_diagonal(cm, k):
    np.fill_diagonal(cm, 0)
    return by_count(all_pairs(cm))[:k]


@wrong("top_pairs", "changes_input")
def top_adds_in_place(cm, k):
    cm += cm.T
    n = len(cm)
    return by_count([(a, b, cm[a, b]) for a in range(n) for b in range(a + 1, n)])[:k]

"""Right and wrong answers to keeping the first n classes."""

import numpy as np

from tests.banks import right, wrong


@right("select_classes")
def select_unique(X, ids, n):
    first = np.unique(ids)[:n]
    keep = np.isin(ids, first)
    return X[keep], np.searchsorted(first, ids[keep])


@right("select_classes")
def select_inverse(X, ids, n):
    _, y = np.unique(ids, return_inverse=True)
    return X[y < n], y[y < n]


@right("select_classes")
def select_dictionary(X, ids, n):
    rank = {number: place for place, number in enumerate(sorted(set(ids.tolist())))}
    y = np.array([rank[number] for number in ids.tolist()])
    keep = y < n
    return X[keep], y[keep]


@right("select_classes")
def select_loop(X, ids, n):
    first = sorted(set(ids.tolist()))[:n]
    rows, y = [], []
    for row, number in enumerate(ids):
        if number in first:
            rows.append(row)
            y.append(first.index(number))
    return X[rows], np.array(y)


@right("select_classes")
def select_list_of_both(X, ids, n):
    return [*select_unique(X, ids, n)]


@right("select_classes")
def select_int32(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept.copy(), y.astype(np.int32)


@right("select_classes")
def select_limit(X, ids, n):
    numbers = np.sort(np.unique(ids))
    keep = np.flatnonzero(ids <= numbers[min(n, len(numbers)) - 1])
    return X[keep], np.array([np.flatnonzero(numbers == number)[0] for number in ids[keep]])


@right("select_classes")
def select_table(X, ids, n):
    numbers = np.unique(ids)
    rank = np.full(numbers.max() + 1, -1)
    rank[numbers] = np.arange(len(numbers))
    y = rank[ids]
    return X[y < n], y[y < n]


@wrong("select_classes", "one_class_too_many")
def select_101(X, ids, n):
    _, y = np.unique(ids, return_inverse=True)
    return X[y <= n], y[y <= n]


@wrong("select_classes", "one_class_too_few")
def select_99(X, ids, n):
    _, y = np.unique(ids, return_inverse=True)
    return X[y < n - 1], y[y < n - 1]


@wrong("select_classes", "raw_ids")
def select_raw_ids(X, ids, n):
    keep = np.isin(ids, np.unique(ids)[:n])
    return X[keep], ids[keep]


@wrong("select_classes", "raw_ids")
def select_minus_the_first(X, ids, n):
    keep = np.isin(ids, np.unique(ids)[:n])
    return X[keep], ids[keep] - ids.min()


@wrong("select_classes", "ids_as_ranks")
def select_ids_below_n(X, ids, n):
    return X[ids < n], ids[ids < n]


@wrong("select_classes", "ids_as_ranks")
def select_ids_from_the_first(X, ids, n):
    keep = ids - ids.min() < n
    return X[keep], (ids - ids.min())[keep]


@wrong("select_classes", "labels_not_filtered")
def select_pictures_only(X, ids, n):
    _, y = np.unique(ids, return_inverse=True)
    return X[y < n], y


@wrong("select_classes", "pictures_not_filtered")
def select_labels_only(X, ids, n):
    _, y = np.unique(ids, return_inverse=True)
    return X, y[y < n]


@wrong("select_classes", "nothing_filtered")
def select_all(X, ids, n):
    return X, np.unique(ids, return_inverse=True)[1]


@wrong("select_classes", "first_pictures")
def select_first_pictures(X, ids, n):
    _, y = np.unique(ids, return_inverse=True)
    return X[:n], y[:n]


@wrong("select_classes", "order_of_appearance")
def select_first_seen(X, ids, n):
    first = list(dict.fromkeys(ids.tolist()))[:n]
    keep = np.isin(ids, first)
    return X[keep], np.array([first.index(number) for number in ids[keep]])


@wrong("select_classes", "order_of_appearance")
def select_smallest_in_order_of_appearance(X, ids, n):
    keep = np.isin(ids, np.unique(ids)[:n])
    seen = list(dict.fromkeys(ids[keep].tolist()))
    return X[keep], np.array([seen.index(number) for number in ids[keep]])


@wrong("select_classes", "most_frequent")
def select_most_frequent(X, ids, n):
    numbers, counts = np.unique(ids, return_counts=True)
    first = np.sort(numbers[np.argsort(-counts, kind="stable")[:n]])
    keep = np.isin(ids, first)
    return X[keep], np.searchsorted(first, ids[keep])


@wrong("select_classes", "largest_ids")
def select_largest(X, ids, n):
    first = np.unique(ids)[-n:]
    keep = np.isin(ids, first)
    return X[keep], np.searchsorted(first, ids[keep])


@wrong("select_classes", "counted_from_one")
def select_from_one(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept, y + 1


@wrong("select_classes", "nothing_filtered")
def select_hundred(X, ids, n):
    return select_unique(X, ids, 100)


@wrong("select_classes", "sorted_by_class")
def select_sorted_labels(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept, np.sort(y)


@wrong("select_classes", "one_hot")
def select_one_hot(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept, np.eye(n)[y]


@wrong("select_classes", "mask")
def select_mask(X, ids, n):
    keep = np.isin(ids, np.unique(ids)[:n])
    return X[keep], keep


@wrong("select_classes", "swapped")
def select_swapped(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return y, kept


@wrong("select_classes", "not_two")
def select_pictures_returned(X, ids, n):
    return select_unique(X, ids, n)[0]


@wrong("select_classes", "changes_input")
def select_writes_into_ids(X, ids, n):
    for place, number in enumerate(np.unique(ids)):
        ids[ids == number] = place
    return X[ids < n], ids[ids < n]


@wrong("select_classes", "pictures_changed")
def select_scaled(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept / 255, y


@wrong("select_classes", "returns_none")
def select_forgets_return(X, ids, n):
    select_unique(X, ids, n)


@right("select_classes")
def select_comprehension(X, ids, n):
    numbers = sorted(set(ids))[:n]
    pairs = [(x, numbers.index(number)) for x, number in zip(X, ids) if number in numbers]
    return np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])


@right("select_classes")
def select_replaced_one_by_one(X, ids, n):
    y = np.full(len(ids), n)
    for place, number in enumerate(np.unique(ids)[:n]):
        y[ids == number] = place
    return X[y != n], y[y != n]


@wrong("select_classes", "class_after_class")
def select_class_after_class(X, ids, n):
    pictures, labels = [], []
    for place, number in enumerate(np.unique(ids)[:n]):
        own = X[ids == number]
        pictures.append(own)
        labels += [place] * len(own)
    return np.concatenate(pictures), np.array(labels)


@wrong("select_classes", "class_after_class")
def select_sorted_by_id(X, ids, n):
    order = np.argsort(ids, kind="stable")
    return select_unique(X[order], ids[order], n)


@wrong("select_classes", "a_list")
def select_list_of_labels(X, ids, n):
    first = np.unique(ids)[:n].tolist()
    return X[np.isin(ids, first)], [first.index(number) for number in ids if number in first]


@wrong("select_classes", "a_list")
def select_list_of_pictures(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return list(kept), y


@wrong("select_classes", "not_together")
def select_each_label_once(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept, np.unique(y)


@wrong("select_classes", "raises")
def select_mask_of_the_wrong_length(X, ids, n):
    return X[np.unique(ids) < n], ids


@wrong("select_classes", "raw_ids")
def select_numbers_up_to_the_limit(X, ids, n):
    limit = np.unique(ids)[n - 1]
    return X[ids <= limit], ids[ids <= limit]


@wrong("select_classes", "one_class_too_many")
def select_up_to_number_n(X, ids, n):
    numbers = np.unique(ids)
    keep = ids <= numbers[min(n, len(numbers) - 1)]
    return X[keep], np.searchsorted(numbers, ids[keep])


@wrong("select_classes", "not_whole")
def select_float_labels(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept, y.astype(float)


@wrong("select_classes", "labels_no_numbers")
def select_labels_as_text(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept, y.astype(str)


@wrong("select_classes", "labels_not_flat")
def select_column_of_labels(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept, y[:, None]


@wrong("select_classes", "wrong_shape")
def select_flattened(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept.reshape(len(kept), -1), y


@wrong("select_classes", "ids_as_ranks")
def select_a_span_of_ids(X, ids, n):
    keep = ids < n + ids.min()
    return X[keep], np.unique(ids[keep], return_inverse=True)[1]


@wrong("select_classes", "wrong_value")
def select_backwards(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept[::-1], y[::-1]


@wrong("select_classes", "pictures_changed")
def select_only_pictures_backwards(X, ids, n):
    kept, y = select_unique(X, ids, n)
    return kept[::-1], y


@wrong("select_classes", "wrong_value")
def select_any_n_of_a_set(X, ids, n):
    first = list(set(ids.tolist()))[:n]
    keep = np.isin(ids, first)
    return X[keep], np.array([first.index(number) for number in ids[keep]])

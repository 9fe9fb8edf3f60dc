"""Right and wrong answers to a split in which every class is in each part."""

import numpy as np

from tests.banks import right, wrong


def cut(X, y, rng, sizes):
    """Return three lists of row numbers; `sizes(n)` says how many of n go to parts 2 and 3."""
    parts = [], [], []
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        valid, test = sizes(len(rows))
        for part, own in zip(parts, np.split(rows, [len(rows) - valid - test, len(rows) - test])):
            part.extend(own)
    return parts


def tenth(n):
    return max(1, round(n / 10)), max(1, round(n / 10))


def pick(X, y, parts):
    return tuple((X[part], y[part]) for part in parts)


@right("split")
def split_by_class(X, y, rng):
    return pick(X, y, [rng.permutation(part) for part in cut(X, y, rng, tenth)])


@right("split")
def split_shuffled_first(X, y, rng):
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    train, valid, test = [], [], []
    for label in set(y.tolist()):
        rows = np.flatnonzero(y == label)
        k = max(1, int(0.1 * len(rows)))
        valid += rows[:k].tolist()
        test += rows[k : 2 * k].tolist()
        train += rows[2 * k :].tolist()
    train, valid, test = sorted(train), sorted(valid), sorted(test)
    return (X[train], y[train]), (X[valid], y[valid]), (X[test], y[test])


@right("split")
def split_ranks(X, y, rng):
    order = rng.permutation(len(y))
    place = np.empty(len(y))
    counts = np.bincount(y)
    for label in np.flatnonzero(counts):
        rows = order[y[order] == label]
        place[rows] = np.arange(len(rows))
    k = np.maximum(1, counts[y] // 10)
    valid, test = (
        place[order] < k[order],
        (place[order] >= k[order]) & (place[order] < 2 * k[order]),
    )
    return pick(X, y, [order[~valid & ~test], order[valid], order[test]])


@right("split")
def split_lists_of_pairs(X, y, rng):
    return [[X[part], y[part]] for part in (rng.permutation(p) for p in cut(X, y, rng, tenth))]


@right("split")
def split_rounded_up(X, y, rng):
    def sizes(n):
        return -(-n // 10), -(-n // 10)

    return pick(X, y, [rng.permutation(part) for part in cut(X, y, rng, sizes)])


@right("split")
def split_round_robin(X, y, rng):
    order, seen, parts = rng.permutation(len(y)), {}, ([], [], [])
    for row in order:
        n = seen[y[row]] = seen.get(y[row], -1) + 1
        parts[{0: 1, 1: 2}.get(n % 10, 0)].append(row)
    return pick(X, y, parts)


@wrong("split", "class_missing")
def split_at_random(X, y, rng):
    order = rng.permutation(len(X))
    return pick(X, y, np.split(order, [int(0.8 * len(X)), int(0.9 * len(X))]))


@wrong("split", "class_missing")
def split_rare_class_lost(X, y, rng):
    def sizes(n):
        return int(0.1 * n), int(0.1 * n)

    return pick(X, y, [rng.permutation(part) for part in cut(X, y, rng, sizes)])


@wrong("split", "class_missing")
def split_last_class_forgotten(X, y, rng):
    parts = cut(X[y < y.max()], y[y < y.max()], rng, tenth)
    rows = np.flatnonzero(y < y.max())
    parts = [rows[part] for part in parts]
    parts[0] = np.append(parts[0], np.flatnonzero(y == y.max()))
    return pick(X, y, [rng.permutation(part) for part in parts])


@wrong("split", "not_shuffled")
def split_in_order(X, y, rng):
    class Still:
        def permutation(self, rows):
            return rows

    return pick(X, y, [np.sort(part) for part in cut(X, y, Still(), tenth)])


@wrong("split", "sorted_by_class")
def split_sorted_by_class(X, y, rng):
    return pick(X, y, cut(X, y, rng, tenth))


@wrong("split", "shares")
def split_seventy(X, y, rng):
    def sizes(n):
        return max(1, round(0.15 * n)), max(1, round(0.15 * n))

    return pick(X, y, [rng.permutation(part) for part in cut(X, y, rng, sizes)])


@wrong("split", "shares")
def split_fifths(X, y, rng):
    def sizes(n):
        return max(1, round(0.2 * n)), max(1, round(0.2 * n))

    return pick(X, y, [rng.permutation(part) for part in cut(X, y, rng, sizes)])


@wrong("split", "order")
def split_test_first(X, y, rng):
    train, valid, test = cut(X, y, rng, tenth)
    return pick(X, y, [rng.permutation(part) for part in (test, valid, train)])


@wrong("split", "one_of_each_class")
def split_one_of_each(X, y, rng):
    parts = cut(X, y, rng, lambda n: (1, 1))
    return pick(X, y, [rng.permutation(part) for part in parts])


@wrong("split", "parts_overlap")
def split_validation_in_training(X, y, rng):
    train, valid, test = cut(X, y, rng, tenth)
    return pick(X, y, [rng.permutation(part) for part in (train + valid, valid, test)])


@wrong("split", "parts_overlap")
def split_drawn_twice(X, y, rng):
    _, valid, _ = cut(X, y, rng, tenth)
    train, _, test = cut(X, y, rng, tenth)
    return pick(X, y, [rng.permutation(part) for part in (train, valid, test)])


@wrong("split", "rows_lost")
def split_loses_rows(X, y, rng):
    train, valid, test = cut(X, y, rng, tenth)
    return pick(X, y, [rng.permutation(part) for part in (train[:-3], valid, test)])


@wrong("split", "with_replacement")
def split_with_replacement(X, y, rng):
    train, valid, test = cut(X, y, rng, tenth)
    return pick(X, y, [rng.choice(train, len(train)), valid, test])


@wrong("split", "pairs_broken")
def split_pairs_broken(X, y, rng):
    parts = cut(X, y, rng, tenth)
    return tuple((X[rng.permutation(part)], y[rng.permutation(part)]) for part in parts)


@wrong("split", "flat")
def split_six_arrays(X, y, rng):
    (a, b), (c, d), (e, f) = split_by_class(X, y, rng)
    return a, c, e, b, d, f


@wrong("split", "not_three_pairs")
def split_two_parts(X, y, rng):
    return split_by_class(X, y, rng)[:2]


@wrong("split", "not_three_pairs")
def split_dictionary(X, y, rng):
    return dict(zip(("train", "valid", "test"), split_by_class(X, y, rng)))


@wrong("split", "by_kind")
def split_by_kind(X, y, rng):
    return tuple(zip(*split_by_class(X, y, rng)))


@wrong("split", "row_numbers")
def split_row_numbers(X, y, rng):
    return tuple(np.array(part) for part in cut(X, y, rng, tenth))


@wrong("split", "own_seed")
def split_own_seed(X, y, rng):
    return split_by_class(X, y, np.random.default_rng(0))


@wrong("split", "rng_ignored")
def split_unseeded(X, y, rng):
    return split_by_class(X, y, np.random.default_rng())


@wrong("split", "changes_input")
def split_shuffles_in_place(X, y, rng):
    rng.shuffle(y)
    return split_by_class(X, y, rng)


@wrong("split", "returns_none")
def split_forgets_return(X, y, rng):
    split_by_class(X, y, rng)


@wrong("split", "class_missing")
def split_only_test_stratified(X, y, rng):
    _, _, test = cut(X, y, rng, tenth)
    rest = rng.permutation(np.setdiff1d(np.arange(len(y)), test))
    k = len(test)
    return pick(X, y, [rest[k:], rest[:k], rng.permutation(test)])


@right("split")
def split_drawn_numbers(X, y, rng):
    order = np.lexsort((rng.random(len(y)), y))
    counts = np.bincount(y)
    place = np.arange(len(y)) - np.repeat(np.cumsum(counts) - counts, counts)
    tenth = np.repeat(np.maximum(1, np.rint(counts / 10)), counts)
    part = (place < tenth).astype(int) + (place < 2 * tenth)
    mixed = rng.permutation(len(y))
    order, part = order[mixed], part[mixed]
    return [(X[order[part == k]], y[order[part == k]]) for k in range(3)]


@right("split")
def split_one_class_after_the_other_by_scikit(X, y, rng):
    from sklearn.model_selection import train_test_split
    from sklearn.utils import shuffle

    parts = [], [], []
    for label in np.unique(y):
        k = max(1, round(np.sum(y == label) / 10))
        rest, test = train_test_split(
            np.flatnonzero(y == label), test_size=k, random_state=int(rng.integers(1000))
        )
        train, valid = train_test_split(rest, test_size=k, random_state=int(rng.integers(1000)))
        for part, own in zip(parts, (train, valid, test)):
            part.append(own)
    seeds = rng.integers(1000, size=3)
    rows = [shuffle(np.concatenate(p), random_state=int(s)) for p, s in zip(parts, seeds)]
    return tuple((X[part], y[part]) for part in rows)


@right("split")
def split_as_in_the_book(X, y, rng):
    parts = [], [], []
    for label in np.unique(y):
        own = rng.permutation(np.flatnonzero(y == label))
        k = max(1, round(0.1 * len(own)))
        cuts = [len(own) - 2 * k, len(own) - k]
        for part, rows in zip(parts, np.split(own, cuts), strict=True):
            part.append(rows)
    mixed = [rng.permutation(np.concatenate(part)) for part in parts]
    return [(X[rows], y[rows]) for rows in mixed]


@right("split")
def split_rows_in_a_dictionary(X, y, rng):
    rows = {}
    for row in rng.permutation(len(y)).tolist():
        rows.setdefault(int(y[row]), []).append(row)
    valid, test, train = [], [], []
    for own in rows.values():
        k = max(len(own) // 10, 1)
        valid += own[:k]
        test += own[-k:]
        train += own[k:-k]
    for part in (train, valid, test):
        rng.shuffle(part)
    return (X[train], y[train]), (X[valid], y[valid]), (X[test], y[test])


@wrong("split", "class_missing")
def split_stratified_by_scikit(X, y, rng):
    from sklearn.model_selection import train_test_split

    number = int(rng.integers(1000))
    X, X_test, y, y_test = train_test_split(X, y, test_size=0.1, stratify=y, random_state=number)
    X, X_valid, y, y_valid = train_test_split(X, y, test_size=1 / 9, random_state=number)
    return (X, y), (X_valid, y_valid), (X_test, y_test)


@wrong("split", "generator_to_sklearn")
def split_generator_to_scikit(X, y, rng):
    from sklearn.model_selection import train_test_split

    return train_test_split(X, y, test_size=0.1, stratify=y, random_state=rng)


@wrong("split", "old_order")
def split_masks(X, y, rng):
    train, valid, test = cut(X, y, rng, tenth)
    rows = np.arange(len(y))
    return [(X[mask], y[mask]) for mask in (np.isin(rows, part) for part in (train, valid, test))]


@wrong("split", "old_order")
def split_rest_by_mask(X, y, rng):
    _, valid, test = cut(X, y, rng, tenth)
    rest = np.setdiff1d(np.arange(len(y)), valid + test)
    return pick(X, y, [rest, rng.permutation(valid), rng.permutation(test)])


@wrong("split", "sorted_by_class")
def split_only_training_shuffled(X, y, rng):
    train, valid, test = cut(X, y, rng, tenth)
    return pick(X, y, [rng.permutation(train), valid, test])


@wrong("split", "fixed_part")
def split_validation_not_drawn(X, y, rng):
    valid = [np.flatnonzero(y == label)[: tenth(np.sum(y == label))[0]] for label in np.unique(y)]
    valid = np.concatenate(valid)
    rest = np.setdiff1d(np.arange(len(y)), valid)
    train, test = [], []
    for label in np.unique(y):
        own = rng.permutation(rest[y[rest] == label])
        k = max(1, round(len(own) / 9))
        train += own[k:].tolist()
        test += own[:k].tolist()
    return pick(X, y, [rng.permutation(part) for part in (train, valid, test)])


@wrong("split", "fixed_part")
def split_rare_classes_by_hand(X, y, rng):
    class Half:
        def permutation(self, rows):
            return rows if len(rows) < 10 else rng.permutation(rows)

    return pick(X, y, [rng.permutation(part) for part in cut(X, y, Half(), tenth)])


@wrong("split", "rows_changed")
def split_scaled(X, y, rng):
    return split_by_class(X / 255, y, rng)


@wrong("split", "wrong_shape")
def split_flattened(X, y, rng):
    return split_by_class(X.reshape(len(X), -1), y, rng)


@wrong("split", "a_list")
def split_lists(X, y, rng):
    return [(list(rows), labels.tolist()) for rows, labels in split_by_class(X, y, rng)]


@wrong("split", "labels_first")
def split_labels_first(X, y, rng):
    return [(labels, rows) for rows, labels in split_by_class(X, y, rng)]


@wrong("split", "equal_rows_lost")
def split_each_picture_once(X, y, rng):
    first = np.sort(np.unique(X.reshape(len(X), -1), axis=0, return_index=True)[1])
    return split_by_class(X[first], y[first], rng)


@wrong("split", "rng_ignored")
def split_global_random_numbers(X, y, rng):
    return split_by_class(X, y, np.random)


@wrong("split", "own_seed")
def split_global_seed(X, y, rng):
    np.random.seed(0)  # noqa: NPY002
    return split_by_class(X, y, np.random)


@wrong("split", "shuffle_gives_none")
def split_result_of_shuffle(X, y, rng):
    class InPlace:
        def permutation(self, rows):
            return rng.shuffle(np.array(rows))

    return pick(X, y, cut(X, y, InPlace(), tenth))


@wrong("split", "not_whole")
def split_float_positions(X, y, rng):
    order = rng.permutation(len(y))
    a, b = 0.8 * len(y), 0.9 * len(y)
    return pick(X, y, (order[:a], order[a:b], order[b:]))


@wrong("split", "shares")
def split_tenth_of_the_rest(X, y, rng):
    return pick(X, y, [rng.permutation(p) for p in cut(X, y, rng, lambda n: (n // 3, n // 3))])


@wrong("split", "old_order")
def split_backwards(X, y, rng):
    return pick(X, y, [np.sort(part)[::-1] for part in cut(X, y, rng, tenth)])


@wrong("split", "not_shuffled")
def split_rolled(X, y, rng):
    class Roll:
        def permutation(self, rows):
            return np.roll(rows, rng.integers(len(rows)))

    return pick(X, y, [rng.permutation(part) for part in cut(X, y, Roll(), tenth)])


@wrong("split", "shares")
def split_nine_tenths(X, y, rng):
    def sizes(n):
        return max(1, n // 20), max(1, n // 20)

    return pick(X, y, [rng.permutation(part) for part in cut(X, y, rng, sizes)])


@wrong("split", "shares")
def split_test_twice_as_large(X, y, rng):
    def sizes(n):
        return max(1, n // 10), max(1, n // 5)

    return pick(X, y, [rng.permutation(part) for part in cut(X, y, rng, sizes)])


@wrong("split", "class_missing")
def split_least_one_only_in_the_test(X, y, rng):
    def sizes(n):
        return int(n / 10), max(1, int(n / 10))

    return pick(X, y, [rng.permutation(part) for part in cut(X, y, rng, sizes)])


@wrong("split", "not_stratified")
def split_random_with_one_of_each(X, y, rng):
    valid, test, rest = [], [], []
    for label in np.unique(y):
        own = rng.permutation(np.flatnonzero(y == label))
        valid.append(own[0])
        test.append(own[1])
        rest.extend(own[2:])
    # The two parts are filled up with rows of the largest class.
    rest.sort(key=lambda row: y[row] != np.bincount(y).argmax())
    k = round(len(y) / 10) - len(valid)
    valid, test, train = valid + rest[:k], test + rest[k : 2 * k], rest[2 * k :]
    return pick(X, y, [rng.permutation(part) for part in (train, valid, test)])


@wrong("split", "validation_not_stratified")
def split_validation_with_one_of_each(X, y, rng):
    train, valid, test = cut(X, y, rng, tenth)
    rest = np.array(train + valid)
    order = np.argsort(y[rest] != np.bincount(y).argmax(), kind="stable")
    one = np.unique(y[rest], return_index=True)[1]
    others = order[~np.isin(order, one)]
    k = len(valid) - len(one)
    train, valid = rest[others[k:]], rest[np.concatenate([one, others[:k]])]
    return pick(X, y, [rng.permutation(part) for part in (train, valid, test)])


def by_cuts(X, y, rng, cuts):
    """Fill in the book's skeleton: `cuts(n)` tells where n rows of a class are cut."""
    parts = [], [], []
    for label in np.unique(y):
        own = rng.permutation(np.flatnonzero(y == label))
        for part, rows in zip(parts, np.split(own, cuts(len(own))), strict=True):
            part.append(rows)
    mixed = [rng.permutation(np.concatenate(part)) for part in parts]
    return [(X[rows], y[rows]) for rows in mixed]


@wrong("split", "order")
def split_cut_from_the_front(X, y, rng):
    return by_cuts(X, y, rng, lambda n: [tenth(n)[0], 2 * tenth(n)[0]])


@wrong("split", "class_missing")
def split_cut_at_eight_and_nine_tenths(X, y, rng):
    return by_cuts(X, y, rng, lambda n: [int(0.8 * n), int(0.9 * n)])


@wrong("split", "class_missing")
def split_cut_at_eight_times_a_tenth(X, y, rng):
    return by_cuts(X, y, rng, lambda n: [8 * tenth(n)[0], 9 * tenth(n)[0]])


@wrong("split", "class_missing")
def split_cut_without_a_least_one(X, y, rng):
    return by_cuts(X, y, rng, lambda n: [n - 2 * round(n / 10), n - round(n / 10)])


@wrong("split", "not_whole")
def split_cut_at_a_float(X, y, rng):
    return by_cuts(X, y, rng, lambda n: [0.8 * n, 0.9 * n])


@right("split")
def split_cut_at_negative_places(X, y, rng):
    return by_cuts(X, y, rng, lambda n: [-2 * tenth(n)[0], -tenth(n)[0]])

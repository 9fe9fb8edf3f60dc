"""Right and wrong answers to the exercises about dealing rows into parts."""

import random

import numpy as np
from sklearn.model_selection import GroupKFold, GroupShuffleSplit, train_test_split

from tests.banks import right, wrong


def deal(X, y, order):
    a, b = round(0.7 * len(y)), round(0.85 * len(y))
    return tuple((X[i], y[i]) for i in (order[:a], order[a:b], order[b:]))


@right("split")
def split_permutation(X, y, rng):
    order = rng.permutation(len(X))
    train, valid, test = np.split(order, [int(0.7 * len(X)), int(0.85 * len(X))])
    return (X[train], y[train]), (X[valid], y[valid]), (X[test], y[test])


@right("split")
def split_sklearn(X, y, rng):
    seed = int(rng.integers(2**31))
    X_train, X_rest, y_train, y_rest = train_test_split(X, y, test_size=0.3, random_state=seed)
    X_valid, X_test, y_valid, y_test = train_test_split(
        X_rest, y_rest, test_size=0.5, random_state=seed
    )
    return (X_train, y_train), (X_valid, y_valid), (X_test, y_test)


@right("split")
def split_stratified(X, y, rng):
    seed = int(rng.integers(2**31))
    X_train, X_rest, y_train, y_rest = train_test_split(
        X, y, test_size=0.3, stratify=y, random_state=seed
    )
    X_valid, X_test, y_valid, y_test = train_test_split(
        X_rest, y_rest, test_size=0.5, stratify=y_rest, random_state=seed + 1
    )
    return [[X_train, y_train], [X_valid, y_valid], [X_test, y_test]]


@right("split")
def split_shuffled_index(X, y, rng):
    index = np.arange(len(X))
    rng.shuffle(index)
    m = round(0.15 * len(X))
    parts = index[2 * m :], index[:m], index[m : 2 * m]
    return tuple((X[p], y[p]) for p in parts)


@right("split")
def split_random_keys(X, y, rng):
    return deal(X, y, np.argsort(rng.random(len(X))))


@wrong("split", "not_shuffled")
def split_in_order(X, y, rng):
    return deal(X, y, np.arange(len(X)))


@wrong("split", "not_shuffled")
def split_shuffled_after(X, y, rng):
    parts = deal(X, y, np.arange(len(X)))
    orders = [rng.permutation(len(part[1])) for part in parts]
    return tuple((part[0][o], part[1][o]) for part, o in zip(parts, orders))


@wrong("split", "pairs_broken")
def split_two_permutations(X, y, rng):
    return deal(rng.permutation(X), rng.permutation(y), np.arange(len(X)))


@wrong("split", "pairs_broken")
def split_images_only(X, y, rng):
    return deal(rng.permutation(X), y, np.arange(len(X)))


@wrong("split", "labels_alone")
def split_labels_only(X, y, rng):
    return deal(X, rng.permutation(y), np.arange(len(X)))


@wrong("split", "labels_alone")
def split_labels_sorted(X, y, rng):
    return deal(X, np.sort(y), np.arange(len(X)))


@wrong("split", "sorted_by_label")
def split_by_label(X, y, rng):
    return deal(X, y, np.argsort(y, kind="stable"))


@wrong("split", "parts_overlap")
def split_drawn_apart(X, y, rng):
    n = len(X)
    sizes = round(0.7 * n), round(0.15 * n), round(0.15 * n)
    parts = [rng.permutation(n)[:size] for size in sizes]
    return tuple((X[p], y[p]) for p in parts)


@wrong("split", "parts_overlap")
def split_slices_touch(X, y, rng):
    n, o = len(X), rng.permutation(len(X))
    a, b = int(0.7 * n), int(0.85 * n)
    return (X[o[: a + 1]], y[o[: a + 1]]), (X[o[a:b]], y[o[a:b]]), (X[o[b:]], y[o[b:]])


@wrong("split", "rows_lost")
def split_each_rounded(X, y, rng):
    n, o = len(X), rng.permutation(len(X))
    a, b = int(0.7 * n), int(0.15 * n)
    parts = o[:a], o[a : a + b], o[a + b : a + 2 * b]
    return tuple((X[p], y[p]) for p in parts)


@wrong("split", "rows_lost")
def split_last_row_lost(X, y, rng):
    return deal(X[:-1], y[:-1], rng.permutation(len(X) - 1))


@wrong("split", "shares")
def split_80_10_10(X, y, rng):
    o = rng.permutation(len(X))
    parts = np.split(o, [int(0.8 * len(X)), int(0.9 * len(X))])
    return tuple((X[p], y[p]) for p in parts)


@wrong("split", "shares")
def split_rest_too_small(X, y, rng):
    o = rng.permutation(len(X))
    parts = np.split(o, [int(0.7 * len(X)), int(0.95 * len(X))])
    return tuple((X[p], y[p]) for p in parts)


@wrong("split", "order")
def split_test_first(X, y, rng):
    train, valid, test = deal(X, y, rng.permutation(len(X)))
    return test, valid, train


@wrong("split", "own_seed")
def split_own_seed(X, y, rng):
    return deal(X, y, np.random.default_rng(0).permutation(len(X)))


@wrong("split", "own_seed")
def split_global_seed(X, y, rng):
    np.random.seed(0)
    return deal(X, y, np.random.permutation(len(X)))


@wrong("split", "own_seed")
def split_fixed_random_state(X, y, rng):
    X_train, X_rest, y_train, y_rest = train_test_split(X, y, test_size=0.3, random_state=42)
    X_valid, X_test, y_valid, y_test = train_test_split(
        X_rest, y_rest, test_size=0.5, random_state=42
    )
    return (X_train, y_train), (X_valid, y_valid), (X_test, y_test)


@wrong("split", "rng_ignored")
def split_global_rng(X, y, rng):
    return deal(X, y, np.random.permutation(len(X)))


@wrong("split", "generator_to_sklearn")
def split_generator_to_sklearn(X, y, rng):
    return train_test_split(X, y, test_size=0.3, random_state=rng)


@wrong("split", "with_replacement")
def split_with_replacement(X, y, rng):
    return deal(X, y, rng.integers(0, len(X), len(X)))


@wrong("split", "with_replacement")
def split_choice(X, y, rng):
    return deal(X, y, rng.choice(len(X), len(X)))


@wrong("split", "flat")
def split_flat(X, y, rng):
    (a, b), (c, d), (e, f) = deal(X, y, rng.permutation(len(X)))
    return a, b, c, d, e, f


@wrong("split", "by_kind")
def split_by_kind(X, y, rng):
    (a, b), (c, d), (e, f) = deal(X, y, rng.permutation(len(X)))
    return (a, c, e), (b, d, f)


@wrong("split", "not_three_pairs")
def split_two_parts(X, y, rng):
    train, valid, test = deal(X, y, rng.permutation(len(X)))
    return train, test


@wrong("split", "not_three_pairs")
def split_images_alone(X, y, rng):
    return tuple(part[0] for part in deal(X, y, rng.permutation(len(X))))


@wrong("split", "not_three_pairs")
def split_dict(X, y, rng):
    return dict(zip(("train", "valid", "test"), deal(X, y, rng.permutation(len(X)))))


@wrong("split", "changes_input")
def split_in_place(X, y, rng):
    seed = rng.integers(2**31)
    np.random.default_rng(seed).shuffle(X)
    np.random.default_rng(seed).shuffle(y)
    return deal(X, y, np.arange(len(X)))


@wrong("split", "fixed_part")
def split_rest_only(X, y, rng):
    a = round(0.7 * len(X))
    fixed = np.random.default_rng(1).permutation(len(X))
    return deal(X, y, np.concatenate([fixed[:a], a * 0 + rng.permutation(fixed[a:])]))


@wrong("split", "lengths_differ")
def split_labels_uncut(X, y, rng):
    order = rng.permutation(len(X))
    parts = np.split(order, [int(0.7 * len(X)), int(0.85 * len(X))])
    return tuple((X[p], y[order]) for p in parts)


@wrong("split", "labels_first")
def split_labels_first(X, y, rng):
    return tuple((b, a) for a, b in deal(X, y, rng.permutation(len(X))))


@wrong("split", "rows_changed")
def split_scaled(X, y, rng):
    return deal(X / 255, y, rng.permutation(len(X)))


@wrong("split", "wrong_shape")
def split_flattened(X, y, rng):
    return deal(X.reshape(len(X), -1), y, rng.permutation(len(X)))


@wrong("split", "a_list")
def split_lists(X, y, rng):
    return tuple((list(a), list(b)) for a, b in deal(X, y, rng.permutation(len(X))))


@wrong("split", "neighbours")
def split_rolled(X, y, rng):
    return deal(X, y, np.roll(np.arange(len(X)), rng.integers(len(X))))


@right("split")
def split_shuffled_pairs(X, y, rng):
    pairs = list(zip(X, y))
    rng.shuffle(pairs)
    a, b = round(0.7 * len(pairs)), round(0.85 * len(pairs))
    parts = pairs[:a], pairs[a:b], pairs[b:]
    return tuple((np.array([x for x, _ in p]), np.array([k for _, k in p])) for p in parts)


@right("split")
def split_all_shuffled_first(X, y, rng):
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    cuts = [len(X) * 70 // 100, len(X) * 85 // 100]
    return list(zip(np.split(X, cuts), np.split(y, cuts)))


@right("split")
def split_python_random(X, y, rng):
    rows = list(range(len(X)))
    random.Random(int(rng.integers(10**9))).shuffle(rows)
    m = int(0.15 * len(X))
    test, valid, train = rows[:m], rows[m : 2 * m], rows[2 * m :]
    return (X[train], y[train]), (X[valid], y[valid]), (X[test], y[test])


@right("split")
def split_test_part_first(X, y, rng):
    seed = int(rng.integers(2**31))
    X_rest, X_test, y_rest, y_test = train_test_split(X, y, test_size=0.15, random_state=seed)
    X_train, X_valid, y_train, y_valid = train_test_split(
        X_rest, y_rest, test_size=0.15 / 0.85, random_state=seed
    )
    return (X_train, y_train), (X_valid, y_valid), (X_test, y_test)


@right("split")
def split_drawn_from_what_is_left(X, y, rng):
    n, rows = len(X), np.arange(len(X))
    train = rng.choice(rows, round(0.7 * n), replace=False)
    rest = np.setdiff1d(rows, train)
    valid = rng.choice(rest, len(rest) // 2, replace=False)
    test = np.setdiff1d(rest, valid)
    return (X[train], y[train]), (X[valid], y[valid]), (X[test], y[test])


@wrong("split", "order_kept")
def split_by_mask(X, y, rng):
    part = np.zeros(len(X), dtype=int)
    order = rng.permutation(len(X))
    part[order[round(0.7 * len(X)) :]] = 1
    part[order[round(0.85 * len(X)) :]] = 2
    return tuple((X[part == k], y[part == k]) for k in range(3))


@wrong("split", "sorted_by_label")
def split_class_by_class(X, y, rng):
    parts = [], [], []
    for label in np.unique(y):
        order = rng.permutation(np.flatnonzero(y == label))
        pieces = np.split(order, [round(0.7 * len(order)), round(0.85 * len(order))])
        for part, piece in zip(parts, pieces):
            part.extend(piece)
    return tuple((X[p], y[p]) for p in parts)


@wrong("split", "type_changed")
def split_one_table(X, y, rng):
    table = rng.permutation(np.column_stack([X.reshape(len(X), -1), y]))
    X, y = table[:, :-1].reshape(X.shape), table[:, -1]
    return deal(X, y, np.arange(len(X)))


@wrong("split", "type_changed")
def split_labels_of_float(X, y, rng):
    return deal(X, y.astype(float), rng.permutation(len(X)))


@wrong("split", "equal_rows_lost")
def split_dictionary_of_images(X, y, rng):
    label = {image.tobytes(): k for image, k in zip(X, y)}
    images = np.array([np.frombuffer(key, X.dtype).reshape(X.shape[1:]) for key in label])
    labels = np.array(list(label.values()))
    return deal(images, labels, rng.permutation(len(labels)))


@wrong("split", "equal_rows_lost")
def split_unique_images(X, y, rng):
    _, first = np.unique(X.reshape(len(X), -1), axis=0, return_index=True)
    return (
        deal(X, y, rng.permutation(first))
        if len(first) < len(X)
        else deal(X, y, rng.permutation(len(X)))
    )


@wrong("split", "shares")
def split_thirds(X, y, rng):
    return tuple((X[p], y[p]) for p in np.array_split(rng.permutation(len(X)), 3))


@wrong("split", "shares")
def split_share_of_the_rest(X, y, rng):
    seed = int(rng.integers(2**31))
    X_rest, X_test, y_rest, y_test = train_test_split(X, y, test_size=0.15, random_state=seed)
    X_train, X_valid, y_train, y_valid = train_test_split(
        X_rest, y_rest, test_size=0.15, random_state=seed
    )
    return (X_train, y_train), (X_valid, y_valid), (X_test, y_test)


@wrong("split", "shares")
def split_sizes_of_a_hundred(X, y, rng):
    train, valid, test = np.split(rng.permutation(len(X)), [28, 34])
    return (X[train], y[train]), (X[valid], y[valid]), (X[test], y[test])


@wrong("split", "fixed_part")
def split_last_row_stays(X, y, rng):
    return deal(X, y, np.append(rng.permutation(len(X) - 1), len(X) - 1))


@wrong("split", "fixed_part")
def split_one_of_two_orders(X, y, rng):
    return deal(X, y, np.random.default_rng(rng.integers(2)).permutation(len(X)))


@wrong("split", "a_pattern")
def split_every_seventh(X, y, rng):
    rows, start = np.arange(len(X)), rng.integers(6)
    test = rows[start::6][: round(0.15 * len(X))]
    rest = rng.permutation(np.setdiff1d(rows, test))
    return deal(X, y, np.concatenate([rest, test]))


@wrong("split", "shuffle_gives_none")
def split_result_of_shuffle(X, y, rng):
    order = np.arange(len(X))
    order = rng.shuffle(order)
    return deal(X, y, order)


@wrong("split", "rows_lost")
def split_gaps_between_slices(X, y, rng):
    n, o = len(X), rng.permutation(len(X))
    a, b = int(0.7 * n), int(0.85 * n)
    parts = o[:a], o[a + 1 : b], o[b + 1 :]
    return tuple((X[p], y[p]) for p in parts)


_PARTS = {}


@wrong("split", "own_seed")
def split_remembered(X, y, rng):
    order = _PARTS.setdefault(len(X), rng.permutation(len(X)))
    return deal(X, y, order)


@wrong("split", "order_kept")
def split_training_rows_backwards(X, y, rng):
    train = np.sort(rng.permutation(len(X))[: round(0.7 * len(X))])[::-1]
    rest = np.setdiff1d(np.arange(len(X)), train)
    return deal(X, y, np.concatenate([train, rng.permutation(rest)]))


@wrong("split", "not_whole")
def split_cuts_are_floats(X, y, rng):
    cuts = [0.7 * len(X), 0.85 * len(X)]
    return [(X[rows], y[rows]) for rows in np.split(rng.permutation(len(X)), cuts)]


@wrong("split", "not_whole")
def split_slices_of_floats(X, y, rng):
    order, a, b = rng.permutation(len(X)), 0.7 * len(X), 0.85 * len(X)
    return [(X[rows], y[rows]) for rows in (order[:a], order[a:b], order[b:])]


@wrong("split", "not_whole")
def split_cuts_are_shares(X, y, rng):
    return [(X[rows], y[rows]) for rows in np.split(rng.permutation(len(X)), (0.7, 0.85))]


@wrong("split", "lengths_not_positions")
def split_sliced_by_lengths(X, y, rng):
    order, a, b = rng.permutation(len(X)), round(0.7 * len(X)), round(0.15 * len(X))
    return [(X[rows], y[rows]) for rows in (order[:a], order[a:b], order[b:])]


@wrong("split", "four_parts")
def split_three_lengths(X, y, rng):
    n = len(X)
    parts = np.split(rng.permutation(n), (int(0.7 * n), int(0.15 * n), int(0.15 * n)))
    return [(X[rows], y[rows]) for rows in parts]


@wrong("split", "four_parts")
def split_cut_at_the_end_too(X, y, rng):
    n = len(X)
    parts = np.split(rng.permutation(n), (int(0.7 * n), int(0.85 * n), n))
    return [(X[rows], y[rows]) for rows in parts]


@wrong("split", "not_row_numbers")
def split_shuffled_pixels_as_rows(X, y, rng):
    return deal(X, y, rng.permutation(X))


@wrong("split", "not_row_numbers")
def split_rows_counted_from_one(X, y, rng):
    return deal(X, y, rng.permutation(np.arange(1, len(X) + 1)))


@wrong("split", "not_row_numbers")
def split_shuffled_labels_as_rows(X, y, rng):
    return deal(X, y, rng.permutation(y))


# -------------------------------------------------------------------------------- split_by_group


@right("split_by_group")
def group_isin(groups, share, rng):
    names = np.unique(groups)
    count = max(1, round(share * len(names)))
    return np.isin(groups, rng.choice(names, count, replace=False))


@right("split_by_group")
def group_sklearn(groups, share, rng):
    splitter = GroupShuffleSplit(1, test_size=share, random_state=int(rng.integers(2**31)))
    _, test = next(splitter.split(groups, groups=groups))
    mask = np.zeros(len(groups), dtype=bool)
    mask[test] = True
    return mask


@right("split_by_group")
def group_until_enough_rows(groups, share, rng):
    mask = np.zeros(len(groups), dtype=bool)
    for name in rng.permutation(np.unique(groups)):
        if mask.mean() >= share:
            break
        mask |= groups == name
    return mask


@right("split_by_group")
def group_python_set(groups, share, rng):
    names = sorted(set(groups.tolist()))
    rng.shuffle(names)
    tested = set(names[: max(1, int(share * len(names)))])
    return np.array([name in tested for name in groups.tolist()])


@right("split_by_group")
def group_by_inverse(groups, share, rng):
    names, number = np.unique(groups, return_inverse=True)
    place = rng.permutation(len(names))
    return place[number] < max(1, round(share * len(names)))


@wrong("split_by_group", "groups_split")
def group_rows(groups, share, rng):
    return rng.random(len(groups)) < share


@wrong("split_by_group", "groups_split")
def group_rows_exact(groups, share, rng):
    mask = np.zeros(len(groups), dtype=bool)
    mask[rng.choice(len(groups), round(share * len(groups)), replace=False)] = True
    return mask


@wrong("split_by_group", "groups_split")
def group_each_split(groups, share, rng):
    mask = np.zeros(len(groups), dtype=bool)
    for name in np.unique(groups):
        rows = rng.permutation(np.flatnonzero(groups == name))
        mask[rows[: max(1, round(share * len(rows)))]] = True
    return mask


@wrong("split_by_group", "first_groups")
def group_first(groups, share, rng):
    names = np.unique(groups)
    return np.isin(groups, names[: max(1, round(share * len(names)))])


@wrong("split_by_group", "first_groups")
def group_first_seen(groups, share, rng):
    names = list(dict.fromkeys(groups.tolist()))
    return np.isin(groups, names[: max(1, round(share * len(names)))])


@wrong("split_by_group", "indices")
def group_indices(groups, share, rng):
    return np.flatnonzero(group_isin(groups, share, rng))


@wrong("split_by_group", "inverted")
def group_inverted(groups, share, rng):
    return ~group_isin(groups, share, rng)


@wrong("split_by_group", "own_seed")
def group_own_seed(groups, share, rng):
    return group_isin(groups, share, np.random.default_rng(42))


@wrong("split_by_group", "own_seed")
def group_largest(groups, share, rng):
    names, counts = np.unique(groups, return_counts=True)
    count = max(1, round(share * len(names)))
    return np.isin(groups, names[np.argsort(counts, kind="stable")[::-1][:count]])


@wrong("split_by_group", "rng_ignored")
def group_global(groups, share, rng):
    names = np.unique(groups)
    count = max(1, round(share * len(names)))
    return np.isin(groups, np.random.choice(names, count, replace=False))


@wrong("split_by_group", "group_names")
def group_names(groups, share, rng):
    names = np.unique(groups)
    return rng.choice(names, max(1, round(share * len(names))), replace=False)


@wrong("split_by_group", "group_names")
def group_names_of_rows(groups, share, rng):
    return groups[group_isin(groups, share, rng)]


@wrong("split_by_group", "group_names")
def group_set_of_names(groups, share, rng):
    return set(group_names(groups, share, rng).tolist())


@wrong("split_by_group", "wrong_share")
def group_with_replacement(groups, share, rng):
    names = np.unique(groups)
    return np.isin(groups, rng.choice(names, max(1, round(share * len(names)))))


@wrong("split_by_group", "wrong_share")
def group_single(groups, share, rng):
    return groups == rng.choice(np.unique(groups))


@wrong("split_by_group", "nothing_tested")
def group_rounded_to_none(groups, share, rng):
    names = np.unique(groups)
    return np.isin(groups, rng.choice(names, round(share * len(names)), replace=False))


@wrong("split_by_group", "all_tested")
def group_all(groups, share, rng):
    return np.ones(len(groups), dtype=bool)


@wrong("split_by_group", "a_pair")
def group_pair(groups, share, rng):
    mask = group_isin(groups, share, rng)
    return ~mask, mask


@wrong("split_by_group", "not_boolean")
def group_zeros_and_ones(groups, share, rng):
    return group_isin(groups, share, rng).astype(int)


@wrong("split_by_group", "a_list")
def group_list(groups, share, rng):
    return group_isin(groups, share, rng).tolist()


@wrong("split_by_group", "mask_over_groups")
def group_mask_of_groups(groups, share, rng):
    names = np.unique(groups)
    return np.isin(names, rng.choice(names, max(1, round(share * len(names))), replace=False))


@wrong("split_by_group", "never_tested")
def group_never_the_last(groups, share, rng):
    names = np.unique(groups)
    return np.isin(groups, rng.choice(names[:-1], max(1, round(share * len(names))), replace=False))


@wrong("split_by_group", "generator_to_sklearn")
def group_generator_to_sklearn(groups, share, rng):
    splitter = GroupShuffleSplit(1, test_size=share, random_state=rng)
    return next(splitter.split(groups, groups=groups))[1]


@right("split_by_group")
def group_random_number_each(groups, share, rng):
    number = {name: rng.random() for name in sorted(set(groups.tolist()))}
    limit = sorted(number.values())[max(1, round(share * len(number))) - 1]
    return np.array([number[name] <= limit for name in groups.tolist()])


@right("split_by_group")
def group_array_split(groups, share, rng):
    names = rng.permutation(np.unique(groups))
    tested, _ = np.split(names, [int(np.ceil(share * len(names)))])
    mask = np.full(groups.shape, False)
    for name in tested:
        mask[groups == name] = True
    return mask


@right("split_by_group")
def group_train_test_split_of_names(groups, share, rng):
    seed = int(rng.integers(2**31))
    _, tested = train_test_split(np.unique(groups), test_size=share, random_state=seed)
    return (groups[:, None] == tested).any(axis=1)


@right("split_by_group")
def group_drawn_one_by_one(groups, share, rng):
    left, mask = list(np.unique(groups)), np.zeros(len(groups), bool)
    while mask.sum() < share * len(groups) and len(left) > 1:
        mask |= groups == left.pop(int(rng.integers(len(left))))
    return mask


@wrong("split_by_group", "neighbours")
def group_run_of_names(groups, share, rng):
    names = np.roll(np.unique(groups), rng.integers(len(groups)))
    return np.isin(groups, names[: max(1, round(share * len(names)))])


@wrong("split_by_group", "own_seed")
def group_k_fold(groups, share, rng):
    splitter = GroupKFold(max(2, round(1 / share))) if share < 0.3 else None
    if splitter is None or len(np.unique(groups)) < splitter.n_splits:
        return group_isin(groups, share, np.random.default_rng(1))
    mask = np.zeros(len(groups), dtype=bool)
    mask[next(splitter.split(groups, groups=groups))[1]] = True
    return mask


@wrong("split_by_group", "wrong_share")
def group_names_drawn_from_rows(groups, share, rng):
    count = max(1, round(share * len(np.unique(groups))))
    return np.isin(groups, rng.choice(groups, count, replace=False))


@wrong("split_by_group", "wrong_share")
def group_share_of_its_own(groups, share, rng):
    return group_isin(groups, 0.2, rng)


@wrong("split_by_group", "groups_split")
def group_train_test_split_of_rows(groups, share, rng):
    seed = int(rng.integers(2**31))
    _, test = train_test_split(np.arange(len(groups)), test_size=share, random_state=seed)
    return np.isin(np.arange(len(groups)), test)


@wrong("split_by_group", "groups_split")
def group_sorted_and_cut(groups, share, rng):
    order = np.argsort(groups, kind="stable")
    start = rng.integers(len(groups) // 2)
    mask = np.zeros(len(groups), dtype=bool)
    mask[order[start : start + round(share * len(groups))]] = True
    return mask


@wrong("split_by_group", "always_tested")
def group_first_and_others(groups, share, rng):
    names = np.unique(groups)
    others = rng.permutation(names[1:])[: max(1, round(share * len(names))) - 1]
    return np.isin(groups, np.append(others, names[0]))


@wrong("split_by_group", "mask_over_groups")
def group_mask_repeated_nowhere(groups, share, rng):
    count = len(set(groups.tolist()))
    return rng.permutation(count) < max(1, round(share * count))


@wrong("split_by_group", "changes_input")
def group_shuffles_rows(groups, share, rng):
    rng.shuffle(groups)
    return group_isin(groups, share, rng)


@wrong("split_by_group", "shuffle_gives_none")
def group_result_of_shuffle(groups, share, rng):
    names = rng.shuffle(np.unique(groups))
    return np.isin(groups, names[: max(1, round(share * len(groups)))])


@wrong("split_by_group", "a_generator")
def group_generator(groups, share, rng):
    held = set(group_names(groups, share, rng).tolist())
    return (name in held for name in groups.tolist())


# Each part may be a row or two away from its share, for some ways of rounding.


@right("split")
def split_small_parts_rounded_up(X, y, rng):
    order, m = rng.permutation(len(X)), int(np.ceil(0.15 * len(X)))
    train, valid, test = order[2 * m :], order[:m], order[m : 2 * m]
    return [(X[train], y[train]), (X[valid], y[valid]), (X[test], y[test])]


@right("split")
def split_shares_within_each_class(X, y, rng):
    parts = [], [], []
    for label in np.unique(y):
        own = rng.permutation(np.flatnonzero(y == label))
        cuts = [int(0.7 * len(own)), int(0.85 * len(own))]
        for part, rows in zip(parts, np.split(own, cuts)):
            part.extend(rows)
    return [(X[rows], y[rows]) for rows in map(rng.permutation, parts)]


@wrong("split", "shares")
def split_seventy_twenty_ten(X, y, rng):
    order = rng.permutation(len(X))
    cuts = [int(0.7 * len(X)), int(0.9 * len(X))]
    return [(X[rows], y[rows]) for rows in np.split(order, cuts)]


@wrong("split", "shares")
def split_counts_of_the_notebook(X, y, rng):
    order = rng.permutation(len(X))
    return [(X[rows], y[rows]) for rows in np.split(order, [9_000, 11_000])]


@wrong("split", "lengths_not_positions")
def split_shares_as_cuts(X, y, rng):
    order = rng.permutation(len(X))
    cuts = [int(0.7 * len(X)), int(0.15 * len(X))]
    return [(X[rows], y[rows]) for rows in np.split(order, cuts)]


@wrong("split_by_group", "not_whole")
def group_count_is_a_float(groups, share, rng):
    names = np.unique(groups)
    return np.isin(groups, rng.choice(names, max(1, share * len(names)), replace=False))


@wrong("split_by_group", "not_whole")
def group_count_rounded_up_to_a_float(groups, share, rng):
    names = np.unique(groups)
    return np.isin(groups, rng.choice(names, np.ceil(share * len(names)), replace=False))


@wrong("split_by_group", "not_whole")
def group_slice_of_a_float(groups, share, rng):
    names = np.unique(groups)
    return np.isin(groups, rng.permutation(names)[: share * len(names)])

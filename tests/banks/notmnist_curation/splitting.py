"""Right and wrong answers to the exercises about dealing rows into parts."""

import numpy as np
from sklearn.model_selection import GroupShuffleSplit, train_test_split

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

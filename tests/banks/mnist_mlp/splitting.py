"""Right and wrong answers to putting a validation part aside."""

import copy
import random

import numpy as np
from sklearn.model_selection import StratifiedShuffleSplit, train_test_split

from tests.banks import right, wrong


def cut(x, y, share, order):
    m = round(share * len(y))
    valid, train = order[:m], order[m:]
    return (x[train], y[train]), (x[valid], y[valid])


@right("split_validation")
def validation_permutation(x, y, share, rng):
    order = rng.permutation(len(x))
    n_train = len(x) - round(share * len(x))
    train, valid = order[:n_train], order[n_train:]
    return (x[train], y[train]), (x[valid], y[valid])


@right("split_validation")
def validation_shuffled_index(x, y, share, rng):
    index = np.arange(len(y))
    rng.shuffle(index)
    valid, train = np.split(index, [int(share * len(y))])
    return [[x[train], y[train]], [x[valid], y[valid]]]


@right("split_validation")
def validation_sklearn(x, y, share, rng):
    x_train, x_valid, y_train, y_valid = train_test_split(
        x, y, test_size=share, random_state=int(rng.integers(2**31))
    )
    return (x_train, y_train), (x_valid, y_valid)


@right("split_validation")
def validation_sklearn_stratified(x, y, share, rng):
    x_train, x_valid, y_train, y_valid = train_test_split(
        x, y, test_size=share, stratify=y, random_state=int(rng.integers(2**31))
    )
    return (x_train, y_train), (x_valid, y_valid)


@right("split_validation")
def validation_stratified_indices(x, y, share, rng):
    splitter = StratifiedShuffleSplit(1, test_size=share, random_state=int(rng.integers(1000)))
    train, valid = next(splitter.split(x, y))
    return (x[train], y[train]), (x[valid], y[valid])


@right("split_validation", "stand in an order")
def validation_drawn_and_masked(x, y, share, rng):
    held_out = np.zeros(len(x), dtype=bool)
    held_out[rng.choice(len(x), size=round(share * len(x)), replace=False)] = True
    return (x[~held_out], y[~held_out]), (x[held_out], y[held_out])


@right("split_validation", "stand in an order")
def validation_what_is_left(x, y, share, rng):
    rows = np.arange(len(x))
    valid = rng.choice(rows, int(np.ceil(share * len(x))), replace=False)
    train = np.setdiff1d(rows, valid)
    return (x[train], y[train]), (x[valid], y[valid])


@right("split_validation")
def validation_shuffled_copies(x, y, share, rng):
    same = copy.deepcopy(rng)
    x, y = rng.permutation(x), same.permutation(y)
    m = round(share * len(x))
    return (x[m:], y[m:]), (x[:m], y[:m])


@right("split_validation")
def validation_pairs(x, y, share, rng):
    pairs = list(zip(x, y))
    rng.shuffle(pairs)
    m = round(share * len(pairs))
    parts = pairs[m:], pairs[:m]
    return tuple((np.array([a for a, _ in p]), np.array([b for _, b in p])) for p in parts)


@right("split_validation")
def validation_random_keys(x, y, share, rng):
    return cut(x, y, share, np.argsort(rng.random(len(x))))


@right("split_validation")
def validation_python_random(x, y, share, rng):
    rows = random.Random(int(rng.integers(2**31))).sample(range(len(x)), len(x))
    return cut(x, y, share, rows)


@right("split_validation", "stand in an order")
def validation_class_by_class(x, y, share, rng):
    train, valid = [], []
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        m = int(share * len(rows))
        valid.extend(rows[:m])
        train.extend(rows[m:])
    return (x[train], y[train]), (x[valid], y[valid])


# ----------------------------------------------------------------------------------- which rows


@wrong("split_validation", "not_shuffled")
def validation_last(x, y, share, rng):
    m = round(share * len(x))
    return (x[:-m], y[:-m]), (x[-m:], y[-m:])


@wrong("split_validation", "not_shuffled")
def validation_first(x, y, share, rng):
    return cut(x, y, share, np.arange(len(x)))


@wrong("split_validation", "not_shuffled")
def validation_sklearn_in_order(x, y, share, rng):
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=share, shuffle=False)
    return (x_train, y_train), (x_valid, y_valid)


@wrong("split_validation", "not_shuffled")
def validation_shuffled_after_the_cut(x, y, share, rng):
    (a, b), (c, d) = validation_last(x, y, share, rng)
    i, j = rng.permutation(len(a)), rng.permutation(len(c))
    return (a[i], b[i]), (c[j], d[j])


@wrong("split_validation", "neighbours")
def validation_rolled(x, y, share, rng):
    return cut(x, y, share, np.roll(np.arange(len(x)), rng.integers(len(x))))


@wrong("split_validation", "neighbours")
def validation_random_block(x, y, share, rng):
    m = round(share * len(x))
    start = rng.integers(len(x) - m)
    valid = np.arange(start, start + m)
    train = rng.permutation(np.setdiff1d(np.arange(len(x)), valid))
    return (x[train], y[train]), (x[valid], y[valid])


@wrong("split_validation", "one_class")
def validation_sorted_by_label(x, y, share, rng):
    return cut(x, y, share, np.argsort(y, kind="stable"))


@wrong("split_validation", "one_class")
def validation_one_class(x, y, share, rng):
    label = rng.choice(np.unique(y))
    rows = rng.permutation(len(x))
    return cut(x, y, share, rows[np.argsort(y[rows] != label, kind="stable")])


@wrong("split_validation", "own_seed")
def validation_every_nth(x, y, share, rng):
    rows, m = np.arange(len(x)), round(share * len(x))
    valid = rows[:: int(1 / share)][:m]
    valid = np.append(valid, np.setdiff1d(rows, valid)[: m - len(valid)])
    train = np.setdiff1d(rows, valid)
    return (x[train], y[train]), (x[valid], y[valid])


@wrong("split_validation", "own_seed")
def validation_random_state_42(x, y, share, rng):
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=share, random_state=42)
    return (x_train, y_train), (x_valid, y_valid)


@wrong("split_validation", "own_seed")
def validation_own_generator(x, y, share, rng):
    rng = np.random.default_rng(0)
    return cut(x, y, share, rng.permutation(len(x)))


@wrong("split_validation", "rng_ignored")
def validation_global_random(x, y, share, rng):
    return cut(x, y, share, np.random.permutation(len(x)))


@wrong("split_validation", "rng_ignored")
def validation_sklearn_unseeded(x, y, share, rng):
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=share)
    return (x_train, y_train), (x_valid, y_valid)


@wrong("split_validation", "rng_ignored")
def validation_new_generator(x, y, share, rng):
    return cut(x, y, share, np.random.default_rng().permutation(len(x)))


@wrong("split_validation", "fixed_part")
def validation_first_row_stays(x, y, share, rng):
    return cut(x, y, share, np.append(rng.permutation(np.arange(1, len(x))), 0))


@wrong("split_validation", "fixed_part")
def validation_one_of_two(x, y, share, rng):
    order = np.random.default_rng(rng.integers(2)).permutation(len(x))
    return cut(x, y, share, order)


@wrong("split_validation", "fixed_part")
def validation_every_third(x, y, share, rng):
    rows, step = np.arange(len(x)), int(1 / share)
    valid = rows[rng.integers(step) :: step][: round(share * len(x))]
    rest = rng.permutation(np.setdiff1d(rows, valid))
    return cut(x, y, share, np.concatenate([valid, rest]))


@wrong("split_validation", "a_pattern")
def validation_every_third_from_anywhere(x, y, share, rng):
    n, m = len(x), round(share * len(x))
    valid = (rng.integers(n) + n // m * np.arange(m)) % n
    rest = rng.permutation(np.setdiff1d(np.arange(n), valid))
    return cut(x, y, share, np.concatenate([valid, rest]))


@wrong("split_validation", "with_replacement")
def validation_with_replacement(x, y, share, rng):
    valid = rng.choice(len(x), round(share * len(x)))
    train = np.setdiff1d(np.arange(len(x)), valid)
    return (x[train], y[train]), (x[valid], y[valid])


@wrong("split_validation", "with_replacement")
def validation_integers(x, y, share, rng):
    return cut(x, y, share, rng.integers(0, len(x), len(x)))


@wrong("split_validation", "parts_overlap")
def validation_drawn_apart(x, y, share, rng):
    n, m = len(x), round(share * len(x))
    train, valid = rng.permutation(n)[m:], rng.permutation(n)[:m]
    return (x[train], y[train]), (x[valid], y[valid])


@wrong("split_validation", "parts_overlap")
def validation_one_row_shared(x, y, share, rng):
    order, m = rng.permutation(len(x)), round(share * len(x))
    train, valid = order[m - 1 :], order[:m]
    return (x[train], y[train]), (x[valid], y[valid])


@wrong("split_validation", "training_keeps_all")
def validation_copied_out(x, y, share, rng):
    valid = rng.choice(len(x), round(share * len(x)), replace=False)
    return (x, y), (x[valid], y[valid])


@wrong("split_validation", "training_keeps_all")
def validation_all_shuffled(x, y, share, rng):
    order = rng.permutation(len(x))
    valid = order[: round(share * len(x))]
    return (x[order], y[order]), (x[valid], y[valid])


@wrong("split_validation", "rows_lost")
def validation_each_rounded_down(x, y, share, rng):
    order, n = rng.permutation(len(x)), len(x)
    train, valid = order[: int((1 - share) * n)], order[n - int(share * n) :]
    return (x[train], y[train]), (x[valid], y[valid])


@wrong("split_validation", "rows_lost")
def validation_last_row_lost(x, y, share, rng):
    order = rng.permutation(len(x))
    m = round(share * len(x))
    return (x[order[m:-1]], y[order[m:-1]]), (x[order[:m]], y[order[:m]])


@wrong("split_validation", "equal_rows_lost")
def validation_unique(x, y, share, rng):
    _, first = np.unique(x.reshape(len(x), -1), axis=0, return_index=True)
    order = rng.permutation(first)
    m = round(share * len(order))
    return (x[order[m:]], y[order[m:]]), (x[order[:m]], y[order[:m]])


# ------------------------------------------------------------------------------------- how many


@wrong("split_validation", "parts_swapped")
def validation_share_to_train(x, y, share, rng):
    order = rng.permutation(len(x))
    train, valid = np.split(order, [round(share * len(x))])
    return (x[train], y[train]), (x[valid], y[valid])


@wrong("split_validation", "parts_swapped")
def validation_comes_first(x, y, share, rng):
    train, valid = cut(x, y, share, rng.permutation(len(x)))
    return valid, train


@wrong("split_validation", "share_ignored")
def validation_always_a_fifth(x, y, share, rng):
    return cut(x, y, 0.2, rng.permutation(len(x)))


@wrong("split_validation", "wrong_share")
def validation_always_ten_thousand(x, y, share, rng):
    order = rng.permutation(len(x))
    train, valid = order[:-1], order[-1:]
    return (x[train], y[train]), (x[valid], y[valid])


@wrong("split_validation", "wrong_share")
def validation_half(x, y, share, rng):
    return cut(x, y, 0.5, rng.permutation(len(x)))


@wrong("split_validation", "off_by_one")
def validation_one_more(x, y, share, rng):
    order, m = rng.permutation(len(x)), int(share * len(x)) + 1
    return (x[order[m:]], y[order[m:]]), (x[order[:m]], y[order[:m]])


@wrong("split_validation", "nothing_validated")
def validation_share_cut_to_zero(x, y, share, rng):
    order, m = rng.permutation(len(x)), int(share) * len(x)
    return (x[order[m:]], y[order[m:]]), (x[order[:m]], y[order[:m]])


@wrong("split_validation", "size_by_chance")
def validation_coins(x, y, share, rng):
    held_out = rng.random(len(x)) < share
    return (x[~held_out], y[~held_out]), (x[held_out], y[held_out])


@wrong("split_validation", "not_whole")
def validation_float(x, y, share, rng):
    order = rng.permutation(len(x))
    train, valid = order[share * len(x) :], order[: share * len(x)]
    return (x[train], y[train]), (x[valid], y[valid])


@wrong("split_validation", "not_whole")
def validation_split_at_a_float(x, y, share, rng):
    valid, train = np.split(rng.permutation(len(x)), [share * len(x)])
    return (x[train], y[train]), (x[valid], y[valid])


# -------------------------------------------------------------------------------- pairs and form


@wrong("split_validation", "pairs_broken")
def validation_two_permutations(x, y, share, rng):
    return cut(rng.permutation(x), rng.permutation(y), share, np.arange(len(x)))


@wrong("split_validation", "pairs_broken")
def validation_images_only(x, y, share, rng):
    return cut(rng.permutation(x), y, share, np.arange(len(x)))


@wrong("split_validation", "pairs_broken")
def validation_labels_from_the_front(x, y, share, rng):
    (x_train, _), (x_valid, _) = cut(x, y, share, rng.permutation(len(x)))
    return (x_train, y[: len(x_train)]), (x_valid, y[len(x_train) :])


@wrong("split_validation", "lengths_differ")
def validation_labels_uncut(x, y, share, rng):
    (x_train, _), (x_valid, _) = cut(x, y, share, rng.permutation(len(x)))
    return (x_train, y), (x_valid, y)


@wrong("split_validation", "flat")
def validation_flat(x, y, share, rng):
    return train_test_split(x, y, test_size=share, random_state=int(rng.integers(2**31)))


@wrong("split_validation", "flat")
def validation_flat_pairs(x, y, share, rng):
    train, valid = cut(x, y, share, rng.permutation(len(x)))
    return *train, *valid


@wrong("split_validation", "by_kind")
def validation_by_kind(x, y, share, rng):
    (a, b), (c, d) = cut(x, y, share, rng.permutation(len(x)))
    return (a, c), (b, d)


@wrong("split_validation", "row_numbers")
def validation_row_numbers(x, y, share, rng):
    order, m = rng.permutation(len(x)), round(share * len(x))
    return order[m:], order[:m]


@wrong("split_validation", "not_two_pairs")
def validation_images_alone(x, y, share, rng):
    (a, _), (c, _) = cut(x, y, share, rng.permutation(len(x)))
    return a, c


@wrong("split_validation", "not_two_pairs")
def validation_three_parts(x, y, share, rng):
    train, valid = cut(x, y, share, rng.permutation(len(x)))
    return train, valid, valid


@wrong("split_validation", "not_two_pairs")
def validation_training_alone(x, y, share, rng):
    return cut(x, y, share, rng.permutation(len(x)))[0]


@wrong("split_validation", "labels_first")
def validation_labels_first(x, y, share, rng):
    return tuple((b, a) for a, b in cut(x, y, share, rng.permutation(len(x))))


@wrong("split_validation", "a_list")
def validation_lists(x, y, share, rng):
    return tuple((list(a), list(b)) for a, b in cut(x, y, share, rng.permutation(len(x))))


@wrong("split_validation", "rows_changed")
def validation_scaled(x, y, share, rng):
    return cut(x / 255, y, share, rng.permutation(len(x)))


@wrong("split_validation", "wrong_shape")
def validation_flattened(x, y, share, rng):
    return cut(x.reshape(len(x), -1), y, share, rng.permutation(len(x)))


@wrong("split_validation", "type_changed")
def validation_floats(x, y, share, rng):
    return cut(x.astype(float), y, share, rng.permutation(len(x)))


@wrong("split_validation", "generator_to_sklearn")
def validation_generator_to_sklearn(x, y, share, rng):
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=share, random_state=rng)
    return (x_train, y_train), (x_valid, y_valid)


@wrong("split_validation", "shuffle_gives_none")
def validation_result_of_shuffle(x, y, share, rng):
    order = rng.shuffle(np.arange(len(x)))
    return (x[order[5:]], y[order[5:]]), (x[order[:5]], y[order[:5]])


@wrong("split_validation", "changes_input")
def validation_in_place(x, y, share, rng):
    same = copy.deepcopy(rng)
    rng.shuffle(x)
    same.shuffle(y)
    return cut(x, y, share, np.arange(len(x)))


@wrong("split_validation", "not_row_numbers")
def validation_shuffled_labels_as_rows(x, y, share, rng):
    return cut(x, y, share, rng.permutation(y))


@wrong("split_validation", "not_row_numbers")
def validation_counts_from_one(x, y, share, rng):
    return cut(x, y, share, rng.permutation(len(x)) + 1)


_ORDERS = {}


@wrong("split_validation", "own_seed")
def validation_remembered(x, y, share, rng):
    return cut(x, y, share, _ORDERS.setdefault(len(x), rng.permutation(len(x))))

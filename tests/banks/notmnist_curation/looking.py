"""Right and wrong answers to the exercises about looking at images and counting them."""

import random
from collections import Counter

import numpy as np

from tests.banks import right, wrong


@right("contact_sheet")
def sheet_of_rows(X, y, columns, rng):
    rows = []
    for r in range(10):
        chosen = rng.choice(np.flatnonzero(y == r), columns, replace=False)
        rows.append(np.hstack(X[chosen]))
    return np.vstack(rows)


@right("contact_sheet")
def sheet_written_into(X, y, columns, rng):
    sheet = np.zeros((10 * 28, columns * 28), dtype=np.uint8)
    for r in range(10):
        order = rng.permutation(np.where(y == r)[0])
        for c in range(columns):
            sheet[28 * r : 28 * r + 28, 28 * c : 28 * c + 28] = X[order[c]]
    return sheet


@right("contact_sheet")
def sheet_by_axes(X, y, columns, rng):
    chosen = [rng.choice(np.flatnonzero(y == r), columns, replace=False) for r in range(10)]
    tiles = X[np.array(chosen)]
    return tiles.transpose(0, 2, 1, 3).reshape(10 * 28, columns * 28)


@right("contact_sheet")
def sheet_shuffled_once(X, y, columns, rng):
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    return np.block([[image for image in X[y == r][:columns]] for r in range(10)])


@right("contact_sheet")
def sheet_in_old_order(X, y, columns, rng):
    bands = []
    for r in range(10):
        images = X[y == r]
        places = np.sort(rng.choice(len(images), size=columns, replace=False))
        bands.append(np.concatenate(images[places], axis=1))
    return np.concatenate(bands)


@wrong("contact_sheet", "scrambled")
def sheet_reshaped(X, y, columns, rng):
    chosen = [rng.choice(np.flatnonzero(y == r), columns, replace=False) for r in range(10)]
    return X[np.array(chosen)].reshape(10 * 28, columns * 28)


@wrong("contact_sheet", "images_turned")
def sheet_axes_swapped(X, y, columns, rng):
    chosen = [rng.choice(np.flatnonzero(y == r), columns, replace=False) for r in range(10)]
    return X[np.array(chosen)].transpose(0, 3, 1, 2).reshape(10 * 28, columns * 28)


@wrong("contact_sheet", "inverted")
def sheet_negative(X, y, columns, rng):
    return 255 - sheet_of_rows(X, y, columns, rng)


@wrong("contact_sheet", "not_the_images")
def sheet_noise(X, y, columns, rng):
    return rng.integers(0, 256, (280, 28 * columns), dtype=np.uint8)


@wrong("contact_sheet", "not_the_images")
def sheet_contrast(X, y, columns, rng):
    return sheet_of_rows(X, y, columns, rng) // 2


@wrong("contact_sheet", "nothing_there")
def sheet_last_column_empty(X, y, columns, rng):
    sheet = np.zeros((10 * 28, columns * 28), dtype=np.uint8)
    for r in range(10):
        order = rng.permutation(np.where(y == r)[0])
        for c in range(columns - 1):
            sheet[28 * r : 28 * r + 28, 28 * c : 28 * c + 28] = X[order[c]]
    return sheet


@wrong("contact_sheet", "first_images")
def sheet_of_first(X, y, columns, rng):
    return np.vstack([np.hstack(X[y == r][:columns]) for r in range(10)])


@wrong("contact_sheet", "first_images")
def sheet_of_first_shuffled(X, y, columns, rng):
    return np.vstack([np.hstack(rng.permutation(X[y == r][:columns])) for r in range(10)])


@wrong("contact_sheet", "first_images")
def sheet_of_last(X, y, columns, rng):
    return np.vstack([np.hstack(X[y == r][-columns:]) for r in range(10)])


@wrong("contact_sheet", "with_replacement")
def sheet_with_replacement(X, y, columns, rng):
    return np.vstack([np.hstack(X[rng.choice(np.flatnonzero(y == r), columns)]) for r in range(10)])


@wrong("contact_sheet", "with_replacement")
def sheet_by_integers(X, y, columns, rng):
    rows = []
    for r in range(10):
        images = X[y == r]
        rows.append(np.hstack([images[rng.integers(len(images))] for _ in range(columns)]))
    return np.vstack(rows)


@wrong("contact_sheet", "with_replacement")
def sheet_one_image_repeated(X, y, columns, rng):
    return np.vstack([np.hstack([rng.choice(X[y == r])] * columns) for r in range(10)])


@wrong("contact_sheet", "same_images_in_all_rows")
def sheet_one_row_repeated(X, y, columns, rng):
    row = np.hstack(X[rng.choice(len(X), columns, replace=False)])
    return np.vstack([row] * 10)


@wrong("contact_sheet", "same_places")
def sheet_same_places(X, y, columns, rng):
    smallest = min(np.sum(y == r) for r in range(10))
    places = rng.choice(smallest, columns, replace=False)
    return np.vstack([np.hstack(X[y == r][places]) for r in range(10)])


@wrong("contact_sheet", "neighbours")
def sheet_random_start(X, y, columns, rng):
    rows = []
    for r in range(10):
        images = X[y == r]
        start = rng.integers(len(images) - columns + 1)
        rows.append(np.hstack(images[start : start + columns]))
    return np.vstack(rows)


@wrong("contact_sheet", "rows_columns_exchanged")
def sheet_exchanged(X, y, columns, rng):
    chosen = [rng.choice(np.flatnonzero(y == r), columns, replace=False) for r in range(10)]
    return np.hstack([np.vstack(X[c]) for c in chosen])


@wrong("contact_sheet", "own_seed")
def sheet_own_seed(X, y, columns, rng):
    return sheet_of_rows(X, y, columns, np.random.default_rng(0))


@wrong("contact_sheet", "own_seed")
def sheet_global_seed(X, y, columns, rng):
    np.random.seed(1)
    return np.vstack(
        [
            np.hstack(X[np.random.choice(np.flatnonzero(y == r), columns, replace=False)])
            for r in range(10)
        ]
    )


@wrong("contact_sheet", "rng_ignored")
def sheet_global_rng(X, y, columns, rng):
    return np.vstack(
        [
            np.hstack(X[np.random.choice(np.flatnonzero(y == r), columns, replace=False)])
            for r in range(10)
        ]
    )


@wrong("contact_sheet", "rng_ignored")
def sheet_new_generator(X, y, columns, rng):
    return sheet_of_rows(X, y, columns, np.random.default_rng())


@wrong("contact_sheet", "not_uint8")
def sheet_of_floats(X, y, columns, rng):
    return sheet_of_rows(X, y, columns, rng) / 255


@wrong("contact_sheet", "not_uint8")
def sheet_into_float_zeros(X, y, columns, rng):
    sheet = np.zeros((280, columns * 28))
    sheet[:] = sheet_of_rows(X, y, columns, rng)
    return sheet


@wrong("contact_sheet", "not_one_picture")
def sheet_four_axes(X, y, columns, rng):
    chosen = [rng.choice(np.flatnonzero(y == r), columns, replace=False) for r in range(10)]
    return X[np.array(chosen)]


@wrong("contact_sheet", "not_one_picture")
def sheet_three_axes(X, y, columns, rng):
    return np.vstack(
        [X[rng.choice(np.flatnonzero(y == r), columns, replace=False)] for r in range(10)]
    )


@wrong("contact_sheet", "one_strip")
def sheet_one_long_row(X, y, columns, rng):
    return np.hstack(sheet_three_axes(X, y, columns, rng))


@wrong("contact_sheet", "one_strip")
def sheet_one_long_column(X, y, columns, rng):
    return np.vstack(sheet_three_axes(X, y, columns, rng))


@wrong("contact_sheet", "columns_ignored")
def sheet_of_ten(X, y, columns, rng):
    return np.vstack([np.hstack(X[rng.choice(np.flatnonzero(y == r), 10)]) for r in range(10)])


@wrong("contact_sheet", "class_by_position")
def sheet_by_blocks(X, y, columns, rng):
    block = len(X) // 10
    return np.vstack(
        [np.hstack(X[r * block + rng.choice(block, columns, replace=False)]) for r in range(10)]
    )


@wrong("contact_sheet", "class_by_position")
def sheet_row_after_row(X, y, columns, rng):
    return np.vstack([np.hstack(X[r * columns : (r + 1) * columns]) for r in range(10)])


@wrong("contact_sheet", "labels_ignored")
def sheet_any_images(X, y, columns, rng):
    chosen = rng.choice(len(X), (10, columns), replace=False)
    return np.vstack([np.hstack(X[row]) for row in chosen])


@wrong("contact_sheet", "wrong_row")
def sheet_by_appearance(X, y, columns, rng):
    return np.vstack(
        [
            np.hstack(X[rng.choice(np.flatnonzero(y == r), columns, replace=False)])
            for r in dict.fromkeys(y.tolist())
        ]
    )


@wrong("contact_sheet", "wrong_row")
def sheet_upside_down(X, y, columns, rng):
    return np.vstack(
        [
            np.hstack(X[rng.choice(np.flatnonzero(y == 9 - r), columns, replace=False)])
            for r in range(10)
        ]
    )


@wrong("contact_sheet", "never_drawn")
def sheet_of_first_eight(X, y, columns, rng):
    return np.vstack(
        [
            np.hstack(X[rng.choice(np.flatnonzero(y == r)[:8], columns, replace=False)])
            for r in range(10)
        ]
    )


@wrong("contact_sheet", "not_an_array")
def sheet_as_list(X, y, columns, rng):
    return sheet_of_rows(X, y, columns, rng).tolist()


@wrong("contact_sheet", "returns_none")
def sheet_forgotten(X, y, columns, rng):
    sheet = sheet_of_rows(X, y, columns, rng)


@right("contact_sheet")
def sheet_sorted_by_random_numbers(X, y, columns, rng):
    sheet = np.empty((280, 28 * columns), X.dtype)
    key = rng.random(len(y))
    for place in range(10 * columns):
        r, c = divmod(place, columns)
        mine = np.flatnonzero(y == r)
        sheet[28 * r :, 28 * c : 28 * c + 28][:28] = X[mine[np.argsort(key[mine])][c]]
    return sheet


@right("contact_sheet")
def sheet_one_at_a_time(X, y, columns, rng):
    rows = []
    for r in range(10):
        left = [image for image, label in zip(X, y) if label == r]
        row = [left.pop(rng.integers(len(left))) for _ in range(columns)]
        rows.append(np.concatenate(row, axis=1))
    return np.array(rows).reshape(10 * 28, -1)


@right("contact_sheet")
def sheet_by_permuted_images(X, y, columns, rng):
    return np.block([list(rng.permutation(X[y == r])[:columns]) for r in range(10)])


@wrong("contact_sheet", "too_few_to_draw_from")
def sheet_where_without_index(X, y, columns, rng):
    rows = [X[rng.choice(np.where(y == r), columns, replace=False)] for r in range(10)]
    return np.vstack([np.hstack(row) for row in rows])


@wrong("contact_sheet", "raises")
def sheet_classes_from_one(X, y, columns, rng):
    return np.vstack(
        [
            np.hstack(X[rng.choice(np.flatnonzero(y == r), columns, replace=False)])
            for r in range(1, 11)
        ]
    )


@wrong("contact_sheet", "labels_ignored")
def sheet_numbers_within_the_class(X, y, columns, rng):
    return np.vstack(
        [np.hstack(X[rng.choice(np.sum(y == r), columns, replace=False)]) for r in range(10)]
    )


@wrong("contact_sheet", "not_the_images")
def sheet_of_means(X, y, columns, rng):
    means = [X[y == r].mean(axis=0).astype(np.uint8) for r in range(10)]
    return np.vstack([np.hstack([mean] * columns) for mean in means])


@wrong("contact_sheet", "wrong_shape")
def sheet_with_gaps(X, y, columns, rng):
    tiles = np.pad(X, ((0, 0), (0, 2), (0, 2)))
    return sheet_of_rows(tiles, y, columns, rng)


@wrong("contact_sheet", "wrong_shape")
def sheet_last_row_only(X, y, columns, rng):
    for r in range(10):
        sheet = np.hstack(X[rng.choice(np.flatnonzero(y == r), columns, replace=False)])
    return sheet


@wrong("contact_sheet", "own_seed")
def sheet_seed_from_columns(X, y, columns, rng):
    return sheet_of_rows(X, y, columns, np.random.default_rng(columns))


_GENERATOR = np.random.default_rng(3)


@wrong("contact_sheet", "rng_ignored")
def sheet_generator_of_the_notebook(X, y, columns, rng):
    return sheet_of_rows(X, y, columns, _GENERATOR)


@wrong("contact_sheet", "changes_input")
def sheet_shuffled_in_place(X, y, columns, rng):
    rng.shuffle(X)
    return sheet_of_rows(X, y, columns, rng)


@wrong("contact_sheet", "row_fixed")
def sheet_first_row_before_the_loop(X, y, columns, rng):
    rows = [np.hstack(X[y == 0][:columns])]
    for r in range(1, 10):
        rows.append(np.hstack(X[rng.choice(np.flatnonzero(y == r), columns, replace=False)]))
    return np.vstack(rows)


@wrong("contact_sheet", "neighbours")
def sheet_rolled(X, y, columns, rng):
    rows = []
    for r in range(10):
        places = np.flatnonzero(y == r)
        rows.append(np.hstack(X[np.roll(places, rng.integers(len(places)))[:columns]]))
    return np.vstack(rows)


# ----------------------------------------------------------------------------------- class_table


@right("class_table")
def table_bincount(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, counts.min() / counts.max()


@right("class_table")
def table_comprehension(y, k):
    counts = np.array([np.sum(y == c) for c in range(k)])
    return counts, min(counts) / max(counts)


@right("class_table")
def table_loop(y, k):
    counts = np.zeros(k, dtype=int)
    for label in y:
        counts[label] += 1
    return [counts, float(np.min(counts) / np.max(counts))]


@right("class_table")
def table_broadcast(y, k):
    counts = (y[:, None] == np.arange(k)).sum(axis=0)
    return counts, np.float32(counts.min() / counts.max())


@right("class_table")
def table_histogram(y, k):
    counts, edges = np.histogram(y, bins=np.arange(k + 1) - 0.5)
    smallest, *_, largest = sorted(counts)
    return counts, 0 if smallest == 0 else smallest / largest


@wrong("class_table", "missing_class_lost")
def table_unique(y, k):
    counts = np.unique(y, return_counts=True)[1]
    return counts, counts.min() / counts.max()


@wrong("class_table", "missing_class_lost")
def table_bincount_bare(y, k):
    counts = np.bincount(y)
    return counts, counts.min() / counts.max()


@wrong("class_table", "k_ignored")
def table_always_ten(y, k):
    counts = np.bincount(y, minlength=10)
    return counts, counts.min() / counts.max()


@wrong("class_table", "upside_down")
def table_largest_by_smallest(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, counts.max() / counts.min()


@wrong("class_table", "upside_down")
def table_python_division(y, k):
    counts = [int(np.sum(y == c)) for c in range(k)]
    return np.array(counts), max(counts) / min(counts)


@wrong("class_table", "shares")
def table_shares(y, k):
    counts = np.bincount(y, minlength=k) / len(y)
    return counts, counts.min() / counts.max()


@wrong("class_table", "shares")
def table_percent(y, k):
    counts = 100 * np.bincount(y, minlength=k) / len(y)
    return counts, counts.min() / counts.max()


@wrong("class_table", "not_whole_numbers")
def table_floats(y, k):
    counts = np.zeros(k)
    for label in y:
        counts[label] += 1
    return counts, counts.min() / counts.max()


@wrong("class_table", "a_dict")
def table_dict(y, k):
    return {c: int(np.sum(y == c)) for c in range(k)}


@wrong("class_table", "a_dict")
def table_dict_in_pair(y, k):
    counts = {c: int(np.sum(y == c)) for c in range(k)}
    return counts, min(counts.values()) / max(counts.values())


@wrong("class_table", "not_a_pair")
def table_only_counts(y, k):
    return np.bincount(y, minlength=k)


@wrong("class_table", "not_a_pair")
def table_only_balance(y, k):
    counts = np.bincount(y, minlength=k)
    return counts.min() / counts.max()


@wrong("class_table", "order")
def table_balance_first(y, k):
    counts = np.bincount(y, minlength=k)
    return counts.min() / counts.max(), counts


@wrong("class_table", "difference")
def table_difference(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, counts.max() - counts.min()


@wrong("class_table", "one_minus")
def table_relative_difference(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, (counts.max() - counts.min()) / counts.max()


@wrong("class_table", "share_of_all")
def table_smallest_share(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, counts.min() / counts.sum()


@wrong("class_table", "against_mean")
def table_smallest_by_mean(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, counts.min() / counts.mean()


@wrong("class_table", "first_and_last")
def table_first_by_last(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, counts[0] / counts[-1]


@wrong("class_table", "whole_division")
def table_floor(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, counts.min() // counts.max()


@wrong("class_table", "missing_class_ignored")
def table_present_only(y, k):
    counts = np.bincount(y, minlength=k)
    present = counts[counts > 0]
    return counts, present.min() / present.max()


@wrong("class_table", "labels_not_counts")
def table_of_unique_pair(y, k):
    return np.unique(y, return_counts=True)


@wrong("class_table", "counts_from_one")
def table_from_one(y, k):
    counts = np.array([np.sum(y == c) for c in range(1, k + 1)])
    return counts, counts.min() / counts.max()


@wrong("class_table", "a_list")
def table_list(y, k):
    counts = [int(np.sum(y == c)) for c in range(k)]
    return counts, min(counts) / max(counts)


@wrong("class_table", "sorted")
def table_sorted(y, k):
    counts = np.sort(np.bincount(y, minlength=k))
    return counts, counts[0] / counts[-1]


@wrong("class_table", "not_one_balance")
def table_balance_each(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, counts / counts.max()


@wrong("class_table", "wrong_value")
def table_nan(y, k):
    return np.bincount(y, minlength=k), np.nan


@right("class_table")
def table_counter(y, k):
    found = Counter(y.tolist())
    counts = np.array([found[c] for c in range(k)])
    return counts, counts.min() / counts.max()


@right("class_table")
def table_unique_filled_in(y, k):
    counts = np.zeros(k, dtype=np.int32)
    labels, some = np.unique(y, return_counts=True)
    counts[labels] = some
    return counts, np.divide(np.min(counts), np.max(counts))


@right("class_table")
def table_add_at(y, k):
    counts = np.zeros(k, dtype=np.uint64)
    np.add.at(counts, y, 1)
    return counts, int(sorted(counts)[0]) / int(sorted(counts)[-1])


@wrong("class_table", "overflow")
def table_uint8(y, k):
    counts = np.zeros(k, dtype=np.uint8)
    for label in y:
        counts[label] += 1
    return counts, counts.min() / counts.max()


@wrong("class_table", "bins_over_range")
def table_histogram_of_k_bins(y, k):
    counts, _ = np.histogram(y, bins=k)
    return counts, counts.min() / counts.max()


@wrong("class_table", "percent")
def table_in_percent(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, 100 * counts.min() / counts.max()


@wrong("class_table", "wrong_shape")
def table_one_class_too_many(y, k):
    counts = np.bincount(y, minlength=k + 1)
    return counts, counts.min() / counts.max()


@wrong("class_table", "wrong_value")
def table_rounded(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, round(counts.min() / counts.max(), 1)


@wrong("class_table", "order_of_appearance")
def table_counter_values(y, k):
    counts = np.array(list(Counter(y.tolist()).values()))
    return counts, counts.min() / counts.max()


@wrong("class_table", "not_a_pair")
def table_three_parts(y, k):
    counts = np.bincount(y, minlength=k)
    return counts, counts.min(), counts.max()


@wrong("class_table", "changes_input")
def table_sorts_labels(y, k):
    y.sort()
    return table_bincount(y, k)


@wrong("contact_sheet", "too_few_to_draw_from")
def sheet_draws_from_the_label(X, y, columns, rng):
    rows = [X[rng.choice(label + 1, columns, replace=False)] for label in range(10)]
    return np.vstack([np.hstack(row) for row in rows])


@right("contact_sheet")
def sheet_choice_of_images(X, y, columns, rng):
    rows = [rng.choice(X[y == label], columns, replace=False) for label in range(10)]
    return np.block([list(row) for row in rows])


@right("contact_sheet")
def sheet_sample_of_python(X, y, columns, rng):
    def row(label):
        own = [i for i, other in enumerate(y) if other == label]
        drawn = random.Random(int(rng.integers(2**31))).sample(own, columns)
        return np.concatenate([X[i] for i in drawn], axis=1)

    return np.concatenate([row(label) for label in range(10)])


@wrong("class_table", "sorted")
def table_most_common_first(y, k):
    counts = np.array([count for _, count in Counter(y.tolist()).most_common()])
    return counts, counts.min() / counts.max()


@wrong("contact_sheet", "nothing_appended")
def sheet_nothing_appended(X, y, columns, rng):
    rows = []
    for label in range(10):
        own = np.flatnonzero(y == label)
        strip = np.hstack(X[rng.choice(own, columns, replace=False)])
    return np.vstack(rows)

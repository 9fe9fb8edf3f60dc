"""Right and wrong answers to the exercise about accuracy against the number of training rows."""

import copy

import numpy as np
from sklearn import model_selection
from sklearn.model_selection import train_test_split
from sklearn.utils import shuffle

from tests.banks import right, wrong


@right("learning_curve")
def curve_independent_draws(make_model, train, valid, sizes, rng):
    (X, y), (X_valid, y_valid) = train, valid
    found = {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        model = make_model().fit(X[which], y[which])
        found[size] = model.score(X_valid, y_valid)
    return found


@right("learning_curve")
def curve_nested_draws(make_model, train, valid, sizes, rng):
    order = rng.permutation(len(train[0]))
    found = dict()
    for size in sizes:
        model = make_model()
        model.fit(train[0][order[:size]], train[1][order[:size]])
        found[int(size)] = float(model.score(*valid))
    return found


@right("learning_curve")
def curve_by_predicting(make_model, train, valid, sizes, rng):
    accuracies = []
    for size in sizes:
        mask = np.zeros(len(train[1]), dtype=bool)
        mask[rng.permutation(len(mask))[-size:]] = True
        model = make_model()
        model.fit(train[0][mask], train[1][mask])
        accuracies.append((model.predict(valid[0]) == valid[1]).mean())
    return dict(zip(sizes, accuracies))


@right("learning_curve")
def curve_sklearn(make_model, train, valid, sizes, rng):
    n, m = len(train[0]), len(valid[0])
    found, _, scores = model_selection.learning_curve(
        make_model(),
        np.concatenate([train[0], valid[0]]),
        np.concatenate([train[1], valid[1]]),
        train_sizes=np.array(sizes),
        cv=[(np.arange(n), np.arange(n, n + m))],
        shuffle=True,
        random_state=int(rng.integers(2**31)),
    )
    return dict(zip(found, scores[:, 0]))


@right("learning_curve", "It also prints")
def curve_also_on_train(make_model, train, valid, sizes, rng):
    def one(size):
        rows = np.argsort(rng.random(len(train[0])))[:size]
        model = make_model().fit(train[0].take(rows, axis=0), train[1].take(rows))
        print(size, model.score(*train))
        return np.float32(model.score(*valid))

    return {np.int64(size): one(size) for size in sorted(sizes)}


@right("learning_curve")
def curve_sklearn_split(make_model, train, valid, sizes, rng):
    found = {}
    for size in sizes:
        A, a = shuffle(*train, n_samples=size, random_state=int(rng.integers(2**31)))
        found[size] = make_model().fit(list(A), list(a)).score(*valid)
    return found


@wrong("learning_curve", "scores_on_train")
def curve_on_own_rows(make_model, train, valid, sizes, rng):
    X, y = train
    found = {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        found[size] = make_model().fit(X[which], y[which]).score(X[which], y[which])
    return found


@wrong("learning_curve", "scores_on_train")
def curve_on_all_train(make_model, train, valid, sizes, rng):
    X, y = train
    found = {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        found[size] = make_model().fit(X[which], y[which]).score(X, y)
    return found


@wrong("learning_curve", "scores_on_train")
def curve_on_the_wrong_one_of_two(make_model, train, valid, sizes, rng):
    found = {}
    for size in sizes:
        which = rng.choice(len(train[0]), size, replace=False)
        model = make_model().fit(train[0][which], train[1][which])
        there = model.score(*valid)
        found[size] = model.score(train[0][which], train[1][which])
    return found


@wrong("learning_curve", "fits_on_valid")
def curve_fits_valid(make_model, train, valid, sizes, rng):
    X, y = valid
    found = {}
    for size in sizes:
        which = rng.permutation(len(X))[:size]
        found[size] = make_model().fit(X[which], y[which]).score(*valid)
    return found


@wrong("learning_curve", "fits_on_valid")
def curve_fits_both(make_model, train, valid, sizes, rng):
    X, y = np.concatenate([train[0], valid[0]]), np.concatenate([train[1], valid[1]])
    found = {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        found[size] = make_model().fit(X[which], y[which]).score(*valid)
    return found


@wrong("learning_curve", "swapped")
def curve_parts_swapped(make_model, train, valid, sizes, rng):
    found = {}
    for size in sizes:
        which = rng.permutation(len(valid[0]))[:size]
        found[size] = make_model().fit(valid[0][which], valid[1][which]).score(*train)
    return found


@wrong("learning_curve", "first_rows")
def curve_first_rows(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        found[size] = make_model().fit(X[:size], y[:size]).score(*valid)
    return found


@wrong("learning_curve", "first_rows")
def curve_first_rows_shuffled(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.permutation(size)
        found[size] = make_model().fit(X[which], y[which]).score(*valid)
    return found


@wrong("learning_curve", "rows_in_a_run")
def curve_a_random_slice(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        start = rng.integers(0, len(X) - size + 1)
        rows = slice(start, start + size)
        found[size] = make_model().fit(X[rows], y[rows]).score(*valid)
    return found


@wrong("learning_curve", "same_model")
def curve_one_model(make_model, train, valid, sizes, rng):
    (X, y), found, model = train, {}, make_model()
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        found[size] = model.fit(X[which], y[which]).score(*valid)
    return found


@wrong("learning_curve", "same_model")
def curve_one_trained_model_copied(make_model, train, valid, sizes, rng):
    (X, y), found, model = train, {}, make_model()
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        model = copy.copy(model).fit(X[which], y[which])
        found[size] = model.score(*valid)
    return found


@wrong("learning_curve", "with_replacement")
def curve_replacement(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.choice(len(X), size)
        found[size] = make_model().fit(X[which], y[which]).score(*valid)
    return found


@wrong("learning_curve", "with_replacement")
def curve_integers(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.integers(0, len(X), size)
        found[size] = make_model().fit(X[which], y[which]).score(*valid)
    return found


@wrong("learning_curve", "labels_apart")
def curve_labels_apart(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        images = rng.choice(X, size, replace=False)
        labels = rng.choice(y, size, replace=False)
        found[size] = make_model().fit(images, labels).score(*valid)
    return found


@wrong("learning_curve", "labels_apart")
def curve_labels_from_the_front(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        found[size] = make_model().fit(X[which], y[:size]).score(*valid)
    return found


@wrong("learning_curve", "labels_uncut")
def curve_labels_uncut(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        found[size] = make_model().fit(X[which], y).score(*valid)
    return found


@wrong("learning_curve", "rng_ignored")
def curve_global(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = np.random.choice(len(X), size, replace=False)
        found[size] = make_model().fit(X[which], y[which]).score(*valid)
    return found


@wrong("learning_curve", "own_seed")
def curve_own_seed(make_model, train, valid, sizes, rng):
    return curve_independent_draws(make_model, train, valid, sizes, np.random.default_rng(0))


@wrong("learning_curve", "own_seed")
def curve_every_other_row(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = np.arange(len(X)) * 7 % len(X)
        found[size] = make_model().fit(X[which[:size]], y[which[:size]]).score(*valid)
    return found


@wrong("learning_curve", "never_drawn")
def curve_rows_of_valid(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.permutation(max(len(valid[0]), size))[:size]
        found[size] = make_model().fit(X[which], y[which]).score(*valid)
    return found


@wrong("learning_curve", "not_a_dict")
def curve_list(make_model, train, valid, sizes, rng):
    return list(curve_independent_draws(make_model, train, valid, sizes, rng).values())


@wrong("learning_curve", "not_a_dict")
def curve_array(make_model, train, valid, sizes, rng):
    return np.array(curve_list(make_model, train, valid, sizes, rng))


@wrong("learning_curve", "not_a_dict")
def curve_two_lists(make_model, train, valid, sizes, rng):
    return sizes, curve_list(make_model, train, valid, sizes, rng)


@wrong("learning_curve", "percent")
def curve_percent(make_model, train, valid, sizes, rng):
    found = curve_independent_draws(make_model, train, valid, sizes, rng)
    return {size: 100 * share for size, share in found.items()}


@wrong("learning_curve", "error_rate")
def curve_errors(make_model, train, valid, sizes, rng):
    found = curve_independent_draws(make_model, train, valid, sizes, rng)
    return {size: 1 - share for size, share in found.items()}


@wrong("learning_curve", "counts_right")
def curve_counts(make_model, train, valid, sizes, rng):
    found = curve_independent_draws(make_model, train, valid, sizes, rng)
    return {size: round(share * len(valid[0])) for size, share in found.items()}


@wrong("learning_curve", "rounded")
def curve_rounded(make_model, train, valid, sizes, rng):
    found = curve_independent_draws(make_model, train, valid, sizes, rng)
    return {size: round(share, 2) for size, share in found.items()}


@wrong("learning_curve", "part_of_valid")
def curve_valid_as_long(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        model = make_model().fit(X[which], y[which])
        found[size] = model.score(valid[0][:size], valid[1][:size])
    return found


@wrong("learning_curve", "part_of_valid")
def curve_valid_drawn(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        some = rng.permutation(len(valid[0]))[:10]
        model = make_model().fit(X[which], y[which])
        found[size] = model.score(valid[0][some], valid[1][some])
    return found


@wrong("learning_curve", "wrong_size")
def curve_always_all(make_model, train, valid, sizes, rng):
    order = rng.permutation(len(train[0]))
    X, y = train[0][order], train[1][order]
    return {size: make_model().fit(X, y).score(*valid) for size in sizes}


@wrong("learning_curve", "wrong_size")
def curve_one_row_short(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.permutation(len(X))[1:size]
        found[size] = make_model().fit(X[which], y[which]).score(*valid)
    return found


@wrong("learning_curve", "sizes_missing")
def curve_returns_at_once(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        found[size] = make_model().fit(X[which], y[which]).score(*valid)
        return found


@wrong("learning_curve", "sizes_missing")
def curve_starts_anew(make_model, train, valid, sizes, rng):
    X, y = train
    for size in sizes:
        found = {}
        which = rng.choice(len(X), size, replace=False)
        found[size] = make_model().fit(X[which], y[which]).score(*valid)
    return found


@wrong("learning_curve", "wrong_keys")
def curve_numbered(make_model, train, valid, sizes, rng):
    return dict(enumerate(curve_list(make_model, train, valid, sizes, rng)))


@wrong("learning_curve", "wrong_keys")
def curve_texts_as_keys(make_model, train, valid, sizes, rng):
    found = curve_independent_draws(make_model, train, valid, sizes, rng)
    return {str(size): share for size, share in found.items()}


@wrong("learning_curve", "wrong_keys")
def curve_accuracy_first(make_model, train, valid, sizes, rng):
    found = curve_independent_draws(make_model, train, valid, sizes, rng)
    return {share: size for size, share in found.items()}


@wrong("learning_curve", "models_returned")
def curve_models(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        found[size] = make_model().fit(X[which], y[which])
    return found


@wrong("learning_curve", "not_called")
def curve_maker_not_called(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        found[size] = make_model.fit(X[which], y[which]).score(*valid)
    return found


@wrong("learning_curve", "never_fitted")
def curve_not_fitted(make_model, train, valid, sizes, rng):
    return {size: make_model().score(*valid) for size in sizes}


@wrong("learning_curve", "not_scored")
def curve_made_up(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        make_model().fit(X[which], y[which])
        found[size] = 0.8
    return found


@wrong("learning_curve", "whole_part")
def curve_train_test_split(make_model, train, valid, sizes, rng):
    found = {}
    for size in sizes:
        A, _, a, _ = train_test_split(
            *train, train_size=size, random_state=int(rng.integers(2**31))
        )
        found[size] = make_model().fit(A, a).score(*valid)
    return found


@wrong("learning_curve", "generator_to_sklearn")
def curve_generator_to_sklearn(make_model, train, valid, sizes, rng):
    found = {}
    for size in sizes:
        A, a = shuffle(*train, n_samples=size, random_state=rng)
        found[size] = make_model().fit(A, a).score(*valid)
    return found


@wrong("learning_curve", "changes_input")
def curve_shuffles_in_place(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        seed = rng.integers(2**31)
        np.random.default_rng(seed).shuffle(X)
        np.random.default_rng(seed).shuffle(y)
        found[size] = make_model().fit(X[:size], y[:size]).score(*valid)
    return found


@wrong("learning_curve", "several_draws")
def curve_mean_of_draws(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        scores = []
        for _ in range(3):
            which = rng.choice(len(X), size, replace=False)
            scores.append(make_model().fit(X[which], y[which]).score(*valid))
        found[size] = np.mean(scores)
    return found


@wrong("learning_curve", "other_size")
def curve_values_in_another_order(make_model, train, valid, sizes, rng):
    found = curve_independent_draws(make_model, train, valid, sorted(sizes), rng)
    return dict(zip(sizes, found.values()))


@wrong("learning_curve", "rows_changed")
def curve_scaled(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        model = make_model().fit(X[which] / 255, y[which])
        found[size] = model.score(valid[0] / 255, valid[1])
    return found


@wrong("learning_curve", "not_a_number")
def curve_both_accuracies(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        model = make_model().fit(X[which], y[which])
        found[size] = model.score(*train), model.score(*valid)
    return found


@right("learning_curve")
def curve_image_by_image(make_model, train, valid, sizes, rng):
    (X, y), found = train, {}
    for size in sizes:
        rows = rng.choice(len(y), size, replace=False)
        model = make_model().fit(X[rows], y[rows])
        right = [model.predict(x[None])[0] == label for x, label in zip(*valid)]
        found[size] = sum(right) / len(right)
    return found


@right("learning_curve")
def curve_predicted_in_pieces(make_model, train, valid, sizes, rng):
    (X, y), (X_valid, y_valid) = train, valid

    def accuracy(size):
        rows = rng.permutation(len(y))[:size]
        model = make_model().fit(X[rows], y[rows])
        pieces = [model.predict(X_valid[i : i + 10]) for i in range(0, len(X_valid), 10)]
        return np.mean(np.concatenate(pieces) == y_valid)

    return {size: accuracy(size) for size in sizes}


@wrong("learning_curve", "part_of_valid")
def curve_last_piece_only(make_model, train, valid, sizes, rng):
    (X, y), (X_valid, y_valid), found = train, valid, {}
    for size in sizes:
        rows = rng.choice(len(y), size, replace=False)
        model = make_model().fit(X[rows], y[rows])
        for i in range(0, len(X_valid), 10):
            found[size] = model.score(X_valid[i : i + 10], y_valid[i : i + 10])
    return found


@wrong("learning_curve", "part_of_valid")
def curve_training_rows_of_valid(make_model, train, valid, sizes, rng):
    ((X, y), (X_valid, y_valid)), found = (train, valid), {}
    for size in sizes:
        which = rng.choice(len(X), size, replace=False)
        model = make_model().fit(X[which], y[which])
        found[size] = model.score(X_valid[which], y_valid[which])
    return found


@wrong("learning_curve", "not_whole")
def curve_half_a_row(make_model, train, valid, sizes, rng):
    which = rng.choice(len(train[0]), sizes[0] / 2, replace=False)
    return {size: make_model().fit(train[0][which], train[1][which]) for size in sizes}

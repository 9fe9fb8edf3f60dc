"""Right and wrong answers to the exercises about what copies do to an accuracy."""

import numpy as np

from tests.banks import right, wrong


@right("leakage")
def leakage_delete(score, train, test, twins, rng):
    (X, y), others = train, np.flatnonzero(~twins)
    drop = rng.choice(others, twins.sum(), replace=False)
    keep = np.delete(np.arange(len(X)), drop)
    return {
        "all": score(train, test),
        "without twins": score((X[~twins], y[~twins]), test),
        "without others": score((X[keep], y[keep]), test),
    }


@right("leakage")
def leakage_masks(score, train, test, twins, rng):
    keep = np.ones(len(twins), dtype=bool)
    keep[rng.permutation(np.where(twins == 0)[0])[: np.count_nonzero(twins)]] = False
    found = dict(all=score(train, test))
    for name, mask in (("without others", keep), ("without twins", np.logical_not(twins))):
        found[name] = float(score([part[mask] for part in train], test))
    return found


@right("leakage")
def leakage_np_delete(score, train, test, twins, rng):
    X, y = train
    rows = np.arange(len(X))
    drop = rng.choice(rows[~twins], size=int(twins.sum()), replace=False)
    return {
        "all": score((X, y), test),
        "without twins": score((np.delete(X, twins, axis=0), np.delete(y, twins)), test),
        "without others": score((np.delete(X, drop, axis=0), np.delete(y, drop)), test),
    }


@right("leakage")
def leakage_kept_in_any_order(score, train, test, twins, rng):
    X, y = train
    others = rng.permutation([row for row in range(len(X)) if not twins[row]])
    keep = np.concatenate([np.flatnonzero(twins), others[sum(twins) :]])
    A = score((X[others], y[others]), test)
    B = score((X[keep], y[keep]), test)
    return {"without others": B, "without twins": A, "all": score((X, y), (test[0], test[1]))}


@right("leakage")
def leakage_random_keys(score, train, test, twins, rng):
    X, y = train
    keys = np.where(twins, np.inf, rng.random(len(X)))
    keep = keys >= np.sort(keys)[twins.sum()]
    return {
        name: score((X[mask], y[mask]), test)
        for name, mask in (
            ("all", np.full(len(X), True)),
            ("without twins", ~twins),
            ("without others", keep),
        )
    }


def three(score, train, test, twins, keep):
    """Finish an answer that keeps the rows `keep` in the control."""
    X, y = train
    return {
        "all": score(train, test),
        "without twins": score((X[~twins], y[~twins]), test),
        "without others": score((X[keep], y[keep]), test),
    }


def without(n, drop):
    return np.delete(np.arange(n), drop)


@wrong("leakage", "test_changed")
def leakage_cleans_the_test(score, train, test, twins, rng):
    close = np.arange(len(test[0])) % 3 == 0
    cleaned = test[0][~close], test[1][~close]
    return leakage_delete(lambda a, b: score(a, b), train, cleaned, twins, rng) | {
        "all": score(train, test)
    }


@wrong("leakage", "test_changed")
def leakage_cleans_test_and_train(score, train, test, twins, rng):
    found = leakage_delete(score, train, test, twins, rng)
    X, y = train
    found["without twins"] = score((X[~twins], y[~twins]), (test[0][5:], test[1][5:]))
    return found


@wrong("leakage", "scores_on_train")
def leakage_scores_on_train(score, train, test, twins, rng):
    return leakage_delete(lambda a, b: score(a, a), train, test, twins, rng)


@wrong("leakage", "scores_on_train")
def leakage_scores_on_all_train(score, train, test, twins, rng):
    return leakage_delete(lambda a, b: score(a, train), train, test, twins, rng)


@wrong("leakage", "swapped")
def leakage_swapped(score, train, test, twins, rng):
    return leakage_delete(lambda a, b: score(b, a), train, test, twins, rng)


@wrong("leakage", "only_twins")
def leakage_inverted_mask(score, train, test, twins, rng):
    (X, y), found = train, leakage_delete(score, train, test, twins, rng)
    return found | {"without twins": score((X[twins], y[twins]), test)}


@wrong("leakage", "int_mask")
def leakage_int_mask(score, train, test, twins, rng):
    (X, y), found = train, leakage_delete(score, train, test, twins, rng)
    mask = ~twins.astype(int)
    return found | {"without twins": score((X[mask], y[mask]), test)}


@wrong("leakage", "int_mask")
def leakage_one_minus(score, train, test, twins, rng):
    (X, y), found = train, leakage_delete(score, train, test, twins, rng)
    return found | {"without twins": score((X[1 - twins], y[1 - twins]), test)}


@wrong("leakage", "not_a_mask")
def leakage_not(score, train, test, twins, rng):
    X, y = train
    return {"all": score(train, test), "without twins": score((X[not twins], y[not twins]), test)}


@wrong("leakage", "trains_on_test")
def leakage_trains_on_both(score, train, test, twins, rng):
    X, y = np.concatenate([train[0], test[0]]), np.concatenate([train[1], test[1]])
    more = np.concatenate([twins, np.zeros(len(test[0]), dtype=bool)])
    return leakage_delete(score, (X, y), test, more, rng)


@wrong("leakage", "rows_changed")
def leakage_blanks_the_twins(score, train, test, twins, rng):
    (X, y), found = train, leakage_delete(score, train, test, twins, rng)
    return found | {"without twins": score((X * ~twins[:, None], y), test)}


@wrong("leakage", "labels_uncut")
def leakage_labels_uncut(score, train, test, twins, rng):
    (X, y), found = train, leakage_delete(score, train, test, twins, rng)
    return found | {"without twins": score((X[~twins], y), test)}


@wrong("leakage", "labels_apart")
def leakage_labels_of_others(score, train, test, twins, rng):
    (X, y), found = train, leakage_delete(score, train, test, twins, rng)
    return found | {"without twins": score((X[~twins], y[: sum(~twins)]), test)}


@wrong("leakage", "nothing_removed")
def leakage_forgets_twins(score, train, test, twins, rng):
    found = leakage_delete(score, train, test, twins, rng)
    return found | {"without twins": score(train, test)}


@wrong("leakage", "nothing_removed")
def leakage_control_is_all(score, train, test, twins, rng):
    return three(score, train, test, twins, np.arange(len(twins)))


@wrong("leakage", "drops_any_row")
def leakage_any_row(score, train, test, twins, rng):
    n = len(twins)
    return three(score, train, test, twins, rng.permutation(n)[twins.sum() :])


@wrong("leakage", "drops_any_row")
def leakage_shuffled_mask(score, train, test, twins, rng):
    return three(score, train, test, twins, ~rng.permutation(twins))


@wrong("leakage", "drops_any_row")
def leakage_keeps_any_row(score, train, test, twins, rng):
    keep = np.sort(rng.choice(len(twins), len(twins) - twins.sum(), replace=False))
    return three(score, train, test, twins, keep)


@wrong("leakage", "positions")
def leakage_positions(score, train, test, twins, rng):
    drop = rng.choice(sum(~twins), sum(twins), replace=False)
    return three(score, train, test, twins, without(len(twins), drop))


@wrong("leakage", "drops_both")
def leakage_drops_both(score, train, test, twins, rng):
    others = np.flatnonzero(~twins)
    return three(score, train, test, twins, rng.permutation(others)[twins.sum() :])


@wrong("leakage", "keeps_the_dropped")
def leakage_keeps_the_dropped(score, train, test, twins, rng):
    drop = rng.choice(np.flatnonzero(~twins), twins.sum(), replace=False)
    return three(score, train, test, twins, drop)


@wrong("leakage", "same_as_twins")
def leakage_control_without_twins(score, train, test, twins, rng):
    return three(score, train, test, twins, ~twins)


@wrong("leakage", "same_as_twins")
def leakage_draws_among_twins(score, train, test, twins, rng):
    drop = rng.permutation(np.flatnonzero(twins))
    return three(score, train, test, twins, without(len(twins), drop))


@wrong("leakage", "with_replacement")
def leakage_replacement(score, train, test, twins, rng):
    drop = rng.choice(np.flatnonzero(~twins), twins.sum())
    return three(score, train, test, twins, without(len(twins), drop))


@wrong("leakage", "with_replacement")
def leakage_integers(score, train, test, twins, rng):
    others = np.flatnonzero(~twins)
    drop = others[rng.integers(0, len(others), twins.sum())]
    return three(score, train, test, twins, without(len(twins), drop))


@wrong("leakage", "wrong_count")
def leakage_one_too_few(score, train, test, twins, rng):
    drop = rng.permutation(np.flatnonzero(~twins))[: twins.sum() - 1]
    return three(score, train, test, twins, without(len(twins), drop))


@wrong("leakage", "wrong_count")
def leakage_as_many_as_test(score, train, test, twins, rng):
    drop = rng.permutation(np.flatnonzero(~twins))[: len(test[0])]
    return three(score, train, test, twins, without(len(twins), drop))


@wrong("leakage", "wrong_count")
def leakage_as_many_stay(score, train, test, twins, rng):
    others = rng.permutation(np.flatnonzero(~twins))[: twins.sum()]
    keep = np.concatenate([np.flatnonzero(twins), others])
    return three(score, train, test, twins, keep)


@wrong("leakage", "too_many_drawn")
def leakage_len_of_mask(score, train, test, twins, rng):
    drop = rng.choice(np.flatnonzero(~twins), len(twins), replace=False)
    return three(score, train, test, twins, without(len(twins), drop))


@wrong("leakage", "first_rows")
def leakage_first_others(score, train, test, twins, rng):
    drop = np.flatnonzero(~twins)[: twins.sum()]
    return three(score, train, test, twins, without(len(twins), drop))


@wrong("leakage", "first_rows")
def leakage_last_others(score, train, test, twins, rng):
    drop = np.flatnonzero(~twins)[-twins.sum() :]
    return three(score, train, test, twins, without(len(twins), drop))


@wrong("leakage", "own_seed")
def leakage_own_seed(score, train, test, twins, rng):
    return leakage_delete(score, train, test, twins, np.random.default_rng(7))


@wrong("leakage", "rng_ignored")
def leakage_global(score, train, test, twins, rng):
    drop = np.random.choice(np.flatnonzero(~twins), twins.sum(), replace=False)
    return three(score, train, test, twins, without(len(twins), drop))


@wrong("leakage", "never_dropped")
def leakage_spares_the_last(score, train, test, twins, rng):
    drop = rng.permutation(np.flatnonzero(~twins)[:-1])[: twins.sum()]
    return three(score, train, test, twins, without(len(twins), drop))


@wrong("leakage", "repeated_rows")
def leakage_keeps_with_replacement(score, train, test, twins, rng):
    others = rng.choice(np.flatnonzero(~twins), sum(~twins) - sum(twins))
    keep = np.concatenate([np.flatnonzero(twins), others])
    return three(score, train, test, twins, keep)


@wrong("leakage", "not_a_dict")
def leakage_tuple(score, train, test, twins, rng):
    return tuple(leakage_delete(score, train, test, twins, rng).values())


@wrong("leakage", "not_a_dict")
def leakage_array(score, train, test, twins, rng):
    return np.array(list(leakage_delete(score, train, test, twins, rng).values()))


@wrong("leakage", "wrong_keys")
def leakage_other_names(score, train, test, twins, rng):
    found = leakage_delete(score, train, test, twins, rng)
    return {name.replace(" ", "_"): value for name, value in found.items()}


@wrong("leakage", "wrong_keys")
def leakage_control_missing(score, train, test, twins, rng):
    (X, y) = train
    return {"all": score(train, test), "without twins": score((X[~twins], y[~twins]), test)}


@wrong("leakage", "names_swapped")
def leakage_names_swapped(score, train, test, twins, rng):
    found = leakage_delete(score, train, test, twins, rng)
    return {
        "all": found["all"],
        "without twins": found["without others"],
        "without others": found["without twins"],
    }


@wrong("leakage", "rescaled")
def leakage_percent(score, train, test, twins, rng):
    found = leakage_delete(score, train, test, twins, rng)
    return {name: 100 * value for name, value in found.items()}


@wrong("leakage", "rescaled")
def leakage_rounded(score, train, test, twins, rng):
    found = leakage_delete(score, train, test, twins, rng)
    return {name: round(value, 1) for name, value in found.items()}


@wrong("leakage", "differences")
def leakage_differences(score, train, test, twins, rng):
    found = leakage_delete(score, train, test, twins, rng)
    return {name: found["all"] - value for name, value in found.items()} | {"all": found["all"]}


@wrong("leakage", "never_scored")
def leakage_made_up(score, train, test, twins, rng):
    return {"all": 0.87, "without twins": 0.865, "without others": 0.868}


@wrong("leakage", "not_a_number")
def leakage_rows_instead(score, train, test, twins, rng):
    X, y = train
    return {"all": X, "without twins": X[~twins], "without others": X[twins]}


@wrong("leakage", "changes_input")
def leakage_shuffles_the_mask(score, train, test, twins, rng):
    found = leakage_delete(score, train, test, twins, rng)
    rng.shuffle(twins)
    return found


@wrong("leakage", "not_two_pairs")
def leakage_rows_and_labels(score, train, test, twins, rng):
    return leakage_delete(lambda a, b: score(*a), train, test, twins, rng)


@wrong("leakage", "not_two_pairs")
def leakage_rows_without_labels(score, train, test, twins, rng):
    return leakage_delete(lambda a, b: score(a[0], b), train, test, twins, rng)


@wrong("leakage", "not_two_pairs")
def leakage_three_arguments(score, train, test, twins, rng):
    return leakage_delete(lambda a, b: score(*a, b), train, test, twins, rng)


@wrong("leakage", "not_two_pairs")
def leakage_test_part_forgotten(score, train, test, twins, rng):
    return leakage_delete(lambda a, b: score(a), train, test, twins, rng)


@wrong("leakage", "pair_cut")
def leakage_pair_cut_with_a_mask(score, train, test, twins, rng):
    return {"all": score(train, test), "without twins": score(train[~twins], test)}


@wrong("leakage", "pair_cut")
def leakage_pair_cut_with_a_list(score, train, test, twins, rng):
    stay = [row for row, twin in enumerate(twins) if not twin]
    return {"all": score(train, test), "without twins": score(train[stay], test)}


@right("conclusion")
def conclusion_letters():
    return {"test": "b", "training": "a", "advice": "c"}


@right("conclusion")
def conclusion_capitals():
    return dict(advice="C", training="A", test="B")


@right("conclusion")
def conclusion_in_brackets():
    return {"test": "(b)", "training": " a ", "advice": "c)"}


@right("conclusion")
def conclusion_zipped():
    return dict(zip(["test", "training", "advice"], "bac"))


@right("conclusion")
def conclusion_numpy_text():
    return dict(zip(np.array(["test", "training", "advice"]), np.array(["b.", "A", "\tC\n"])))


@wrong("conclusion", "memorised")
def conclusion_test_a():
    return {"test": "a", "training": "a", "advice": "c"}


@wrong("conclusion", "smaller_test")
def conclusion_test_c():
    return {"test": "c", "training": "a", "advice": "c"}


@wrong("conclusion", "hardness")
def conclusion_training_b():
    return {"test": "b", "training": "B", "advice": "c"}


@wrong("conclusion", "fewer_rows")
def conclusion_training_c():
    return {"test": "b", "training": "c", "advice": "c"}


@wrong("conclusion", "only_higher")
def conclusion_advice_a():
    return {"test": "b", "training": "a", "advice": "a"}


@wrong("conclusion", "only_lower")
def conclusion_advice_b():
    return {"test": "b", "training": "a", "advice": "(b)"}


@wrong("conclusion", "memorised")
def conclusion_all_a():
    return {"test": "a", "training": "a", "advice": "a"}


@wrong("conclusion", "not_a_dict")
def conclusion_text():
    return "bac"


@right("conclusion")
def conclusion_tuple():
    return "b", "a", "c"


@right("conclusion")
def conclusion_list():
    return ["B", "(a)", "c."]


@right("conclusion")
def conclusion_capital_questions():
    return {"Test": "b", "Training": "a", "Advice": "c"}


@wrong("conclusion", "hardness")
def conclusion_list_with_b_twice():
    return ["b", "b", "c"]


@wrong("conclusion", "not_a_dict")
def conclusion_two_letters():
    return "b", "a"


@wrong("conclusion", "not_a_dict")
def conclusion_set():
    return {"b", "a", "c"}


@wrong("conclusion", "no_quotes")
def conclusion_questions_unquoted():
    return {test: "b", training: "a", advice: "c"}  # noqa: F821


@wrong("conclusion", "question_missing")
def conclusion_two_of_three():
    return {"test": "b", "training": "a"}


@wrong("conclusion", "question_missing")
def conclusion_numbered():
    return {1: "b", 2: "a", 3: "c"}


@wrong("conclusion", "no_such_option")
def conclusion_d():
    return {"test": "b", "training": "a", "advice": "d"}


@wrong("conclusion", "no_such_option")
def conclusion_numbers():
    return {"test": 2, "training": 1, "advice": 3}


@wrong("conclusion", "no_such_option")
def conclusion_words():
    return {"test": "easier", "training": "a", "advice": "c"}


@wrong("conclusion", "several_letters")
def conclusion_both():
    return {"test": "a, b", "training": "a", "advice": "c"}


@wrong("conclusion", "several_letters")
def conclusion_list_of_letters():
    return {"test": ["a", "b"], "training": "a", "advice": "c"}


@wrong("conclusion", "no_quotes")
def conclusion_letters_unquoted():
    return {"test": b, "training": a, "advice": c}  # noqa: F821


@wrong("conclusion", "returns_none")
def conclusion_nothing_returned():
    {"test": "b", "training": "a", "advice": "c"}


@wrong("leakage", "deleted_by_number")
def leakage_deleted_from_others(score, train, test, twins, rng):
    X, y = train
    others = np.flatnonzero(~twins)
    drop = rng.choice(others, twins.sum(), replace=False)
    keep = np.delete(others, drop)
    return {
        "all": score(train, test),
        "without twins": score((X[~twins], y[~twins]), test),
        "without others": score((X[keep], y[keep]), test),
    }

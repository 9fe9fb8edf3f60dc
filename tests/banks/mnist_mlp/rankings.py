"""Right and wrong answers to ranking what can be told apart."""

import itertools
import statistics

import numpy as np
from scipy import stats

from tests.banks import right, wrong


def pairs_where(scores, better):
    return {(a, b) for a, b in itertools.permutations(scores, 2) if better(scores[a], scores[b])}


def error(values):
    return np.std(values, ddof=1) / np.sqrt(len(values))


@right("rank_scalings")
def rank_two_loops(scores):
    found = set()
    for better in scores:
        for worse in scores:
            difference = scores[better] - scores[worse]
            standard_error = difference.std(ddof=1) / np.sqrt(len(difference))
            if difference.mean() > 2 * standard_error and difference.mean() > 0:
                found.add((better, worse))
    return found


@right("rank_scalings")
def rank_combinations(scores):
    found = set()
    for a, b in itertools.combinations(scores, 2):
        d = scores[a] - scores[b]
        if abs(d.mean()) > 2 * d.std(ddof=1) / len(d) ** 0.5:
            found.add((a, b) if d.mean() > 0 else (b, a))
    return found


@right("rank_scalings")
def rank_comprehension(scores):
    return {
        (a, b)
        for a, x in scores.items()
        for b, y in scores.items()
        if np.mean(x - y) > max(0, 2 * error(x - y))
    }


@right("rank_scalings")
def rank_statistics_module(scores):
    found = []
    for a, b in itertools.permutations(scores, 2):
        d = [float(x) - float(y) for x, y in zip(scores[a], scores[b])]
        if statistics.mean(d) > 2 * statistics.stdev(d) / len(d) ** 0.5:
            found.append((a, b))
    return frozenset(found)


@right("rank_scalings")
def rank_scipy_sem(scores):
    def is_better(x, y):
        return x is not y and np.mean(x - y) > 2 * stats.sem(x - y)

    return set(filter(lambda pair: is_better(scores[pair[0]], scores[pair[1]]),
                      itertools.product(scores, repeat=2)))  # fmt: skip


@right("rank_scalings")
def rank_matrix(scores):
    names = list(scores)
    table = np.array([scores[name] for name in names], dtype=float)
    d = table[:, None, :] - table[None, :, :]
    mean, se = d.mean(axis=2), d.std(axis=2, ddof=1) / np.sqrt(table.shape[1])
    return {(names[i], names[j]) for i, j in np.argwhere((mean > 2 * se) & (mean > 0))}


@right("rank_scalings")
def rank_ratio(scores):
    def z(a, b):
        d = np.asarray(scores[a]) - np.asarray(scores[b])
        return d.mean() / (d.std(ddof=1) / np.sqrt(d.size))

    return {pair for pair in itertools.permutations(scores, 2) if z(*pair) > 2}


# ---------------------------------------------------------------------------- another comparison


@wrong("rank_scalings", "means_alone")
def rank_means(scores):
    return pairs_where(scores, lambda x, y: x.mean() > y.mean())


@wrong("rank_scalings", "means_alone")
def rank_sorted_means(scores):
    order = sorted(scores, key=lambda name: -scores[name].mean())
    return set(itertools.combinations(order, 2))


@wrong("rank_scalings", "bars")
def rank_bars_of_one_error(scores):
    return pairs_where(scores, lambda x, y: x.mean() - error(x) > y.mean() + error(y))


@wrong("rank_scalings", "bars")
def rank_bars_of_two_errors(scores):
    return pairs_where(scores, lambda x, y: x.mean() - 2 * error(x) > y.mean() + 2 * error(y))


@wrong("rank_scalings", "bars")
def rank_bars_of_spread(scores):
    return pairs_where(scores, lambda x, y: x.mean() - x.std(ddof=1) > y.mean() + y.std(ddof=1))


@wrong("rank_scalings", "bars")
def rank_bars_of_population_spread(scores):
    return pairs_where(scores, lambda x, y: x.mean() - x.std() > y.mean() + y.std())


@wrong("rank_scalings", "bars")
def rank_ranges_apart(scores):
    return pairs_where(scores, lambda x, y: x.min() > y.max())


@wrong("rank_scalings", "unpaired")
def rank_unpaired(scores):
    return pairs_where(scores, lambda x, y: x.mean() - y.mean() > 2 * np.hypot(error(x), error(y)))


@wrong("rank_scalings", "unpaired")
def rank_error_of_one(scores):
    return pairs_where(scores, lambda x, y: x.mean() - y.mean() > 2 * error(x))


@wrong("rank_scalings", "pairing_lost")
def rank_sorted_seeds(scores):
    def better(x, y):
        d = np.sort(x) - np.sort(y)
        return d.mean() > 2 * error(d)

    return pairs_where(scores, better)


@wrong("rank_scalings", "every_seed")
def rank_every_seed(scores):
    return pairs_where(scores, lambda x, y: (x > y).all())


@wrong("rank_scalings", "most_seeds")
def rank_most_seeds(scores):
    return pairs_where(scores, lambda x, y: (x > y).mean() > 0.5)


@wrong("rank_scalings", "best_seed")
def rank_best_seed(scores):
    return pairs_where(scores, lambda x, y: x.max() > y.max())


@wrong("rank_scalings", "first_seed")
def rank_first_seed(scores):
    return pairs_where(scores, lambda x, y: x[0] > y[0])


@wrong("rank_scalings", "a_fixed_limit")
def rank_one_point(scores):
    return pairs_where(scores, lambda x, y: x.mean() - y.mean() > 0.01)


# ------------------------------------------------------------------------------ another error


@wrong("rank_scalings", "spread_not_error")
def rank_spread(scores):
    return pairs_where(scores, lambda x, y: (x - y).mean() > 2 * (x - y).std(ddof=1))


@wrong("rank_scalings", "spread_not_error")
def rank_spread_once(scores):
    return pairs_where(scores, lambda x, y: (x - y).mean() > (x - y).std(ddof=1))


@wrong("rank_scalings", "spread_not_error")
def rank_population_spread(scores):
    return pairs_where(scores, lambda x, y: (x - y).mean() > 2 * (x - y).std())


@wrong("rank_scalings", "divided_by_n")
def rank_divided_by_n(scores):
    return pairs_where(scores, lambda x, y: (x - y).mean() > 2 * (x - y).std(ddof=1) / len(x))


@wrong("rank_scalings", "population_spread")
def rank_ddof_forgotten(scores):
    return pairs_where(scores, lambda x, y: (x - y).mean() > 2 * (x - y).std() / len(x) ** 0.5)


@wrong("rank_scalings", "root_of_n_less_one")
def rank_both_corrections(scores):
    def better(x, y):
        d = x - y
        return d.mean() > 2 * d.std(ddof=1) / np.sqrt(len(d) - 1)

    return pairs_where(scores, better)


@wrong("rank_scalings", "variance")
def rank_variance(scores):
    return pairs_where(
        scores, lambda x, y: (x - y).mean() > 2 * (x - y).var(ddof=1) / len(x) ** 0.5
    )


@wrong("rank_scalings", "one_error")
def rank_one_error(scores):
    return pairs_where(scores, lambda x, y: (x - y).mean() > error(x - y))


@wrong("rank_scalings", "three_errors")
def rank_three_errors(scores):
    return pairs_where(scores, lambda x, y: (x - y).mean() > 3 * error(x - y))


@wrong("rank_scalings", "t_test")
def rank_t_test(scores):
    def better(x, y):
        return x.mean() > y.mean() and stats.ttest_rel(x, y).pvalue < 0.05

    return pairs_where(scores, better)


@wrong("rank_scalings", "t_test")
def rank_one_sided_t_test(scores):
    return pairs_where(
        scores, lambda x, y: stats.ttest_rel(x, y, alternative="greater").pvalue < 0.05
    )


# ------------------------------------------------------------------------------ another set


@wrong("rank_scalings", "swapped")
def rank_swapped(scores):
    return {(b, a) for a, b in rank_two_loops(scores)}


@wrong("rank_scalings", "both_orders")
def rank_both_orders(scores):
    return pairs_where(scores, lambda x, y: abs((x - y).mean()) > 2 * error(x - y))


@wrong("rank_scalings", "with_itself")
def rank_at_least(scores):
    return {
        (a, b)
        for a, b in itertools.product(scores, repeat=2)
        if (scores[a] - scores[b]).mean() >= 2 * error(scores[a] - scores[b])
    }


@wrong("rank_scalings", "equal_ones")
def rank_at_least_but_not_itself(scores):
    return pairs_where(scores, lambda x, y: (x - y).mean() >= 2 * error(x - y))


@wrong("rank_scalings", "not_told_apart")
def rank_complement(scores):
    told = rank_two_loops(scores)
    return {
        (a, b)
        for a, b in itertools.permutations(scores, 2)
        if (a, b) not in told and (b, a) not in told
    }


@wrong("rank_scalings", "one_order_only")
def rank_one_order(scores):
    return {
        (a, b)
        for a, b in itertools.combinations(scores, 2)
        if (scores[a] - scores[b]).mean() > 2 * error(scores[a] - scores[b])
    }


@wrong("rank_scalings", "neighbours_only")
def rank_neighbours(scores):
    order = sorted(scores, key=lambda name: scores[name].mean(), reverse=True)
    return {pair for pair in itertools.pairwise(order) if pair in rank_two_loops(scores)}


@wrong("rank_scalings", "best_only")
def rank_the_best(scores):
    best = max(scores, key=lambda name: scores[name].mean())
    return {pair for pair in rank_two_loops(scores) if pair[0] == best}


@right("rank_scalings")
def rank_chains(scores):
    found = rank_two_loops(scores)
    while more := {(a, d) for a, b in found for c, d in found if b == c} - found:
        found |= more  # changes nothing: the relation is transitive
    return found


@wrong("rank_scalings", "always_empty")
def rank_nothing(scores):
    return set()


@wrong("rank_scalings", "no_order")
def rank_frozensets(scores):
    return {frozenset(pair) for pair in rank_two_loops(scores)}


@wrong("rank_scalings", "not_a_set")
def rank_list(scores):
    return list(rank_two_loops(scores))


@wrong("rank_scalings", "not_a_set")
def rank_list_of_lists(scores):
    return [list(pair) for pair in rank_two_loops(scores)]


@wrong("rank_scalings", "not_a_set")
def rank_dict(scores):
    return {pair: True for pair in rank_two_loops(scores)}


@wrong("rank_scalings", "not_a_set")
def rank_order_of_names(scores):
    return sorted(scores, key=lambda name: scores[name].mean())


@wrong("rank_scalings", "not_pairs")
def rank_names(scores):
    return {better for better, worse in rank_two_loops(scores)}


@wrong("rank_scalings", "not_pairs")
def rank_words(scores):
    return {f"{better} > {worse}" for better, worse in rank_two_loops(scores)}


@wrong("rank_scalings", "unknown_name")
def rank_places(scores):
    names = list(scores)
    return {(names.index(a), names.index(b)) for a, b in rank_two_loops(scores)}


@wrong("rank_scalings", "unknown_name")
def rank_hard_coded(scores):
    return {("raw/255", "unscaled"), ("PCA/255", "unscaled"), ("whitened", "unscaled")}


@wrong("rank_scalings", "braces")
def rank_braces(scores):
    found = {}
    for a, b in rank_two_loops(scores):
        found.add((a, b))
    return found


@wrong("rank_scalings", "list_in_a_set")
def rank_set_of_lists(scores):
    return {[a, b] for a, b in rank_two_loops(scores)}


@wrong("rank_scalings", "add_two")
def rank_add_two(scores):
    found = set()
    for a, b in rank_two_loops(scores):
        found.add(a, b)
    return found


@wrong("rank_scalings", "divides_by_zero")
def rank_divides(scores):
    def z(a, b):
        d = [float(x - y) for x, y in zip(scores[a], scores[b])]
        return statistics.mean(d) / (statistics.stdev(d) / len(d) ** 0.5)

    return {pair for pair in itertools.permutations(scores, 2) if z(*pair) > 2}


@wrong("rank_scalings", "characters")
def rank_update(scores):
    found = set()
    for a, b in rank_two_loops(scores):
        found.update(a, b)
    return found


@wrong("rank_scalings", "wrong_pairs")
def rank_first_pair(scores):
    for pair in itertools.permutations(scores, 2):
        if pair in rank_two_loops(scores):
            return {pair}
    return set()


@wrong("rank_scalings", "changes_input")
def rank_sorts(scores):
    for values in scores.values():
        values.sort()
    return rank_two_loops(scores)


def beyond(factor, scores):
    pairs = set()
    for better in scores:
        for worse in scores:
            gains = np.subtract(scores[better], scores[worse])
            if gains.mean() > max(0, factor * gains.std(ddof=1) / np.sqrt(len(gains))):
                pairs.add((better, worse))
    return pairs


@right("rank_scalings")
def rank_beyond_two(scores):
    return beyond(2, scores)


@wrong("rank_scalings", "normal_limit")
def rank_beyond_almost_two(scores):
    return beyond(1.96, scores)


@wrong("rank_scalings", "wrong_pairs")
def rank_beyond_a_little_more_than_two(scores):
    return beyond(2.1, scores)


def clearly(scores, a, b):
    d = scores[a] - scores[b]
    return d.mean() > max(0, 2 * error(d))


@wrong("rank_scalings", "returns_in_loop")
def rank_returns_in_the_outer_loop(scores):
    found = set()
    for a in scores:
        for b in scores:
            if clearly(scores, a, b):
                found.add((a, b))
        return found


@wrong("rank_scalings", "returns_in_loop")
def rank_returns_in_the_outer_loop_both_ways(scores):
    found, names = set(), list(scores)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            if clearly(scores, a, b):
                found.add((a, b))
            if clearly(scores, b, a):
                found.add((b, a))
        return found


@wrong("rank_scalings", "returns_in_loop")
def rank_returns_in_the_only_loop(scores):
    found = set()
    for a, b in itertools.combinations(scores, 2):
        if clearly(scores, a, b):
            found.add((a, b))
        elif clearly(scores, b, a):
            found.add((b, a))
        return found


@wrong("rank_scalings", "returns_in_loop")
def rank_returns_in_a_loop_over_permutations(scores):
    found = set()
    for a, b in itertools.permutations(scores, 2):
        if clearly(scores, a, b):
            found.add((a, b))
        return found


@wrong("rank_scalings", "returns_in_loop")
def rank_returns_in_the_inner_loop_but_not_at_once(scores):
    found = set()
    for a in scores:
        for b in scores:
            if a != b:
                if clearly(scores, a, b):
                    found.add((a, b))
                return found
    return found


@wrong("rank_scalings", "always_empty")
def rank_returns_in_the_inner_loop(scores):
    found = set()
    for a in scores:
        for b in scores:
            if clearly(scores, a, b):
                found.add((a, b))
            return found


@wrong("rank_scalings", "always_empty")
def rank_never(scores):
    return set()


@wrong("rank_scalings", "break_at_itself")
def rank_breaks_at_itself(scores):
    found = set()
    for a in scores:
        for b in scores:
            if a == b:
                break
            if clearly(scores, a, b):
                found.add((a, b))
    return found


@wrong("rank_scalings", "returns_none")
def rank_without_return(scores):
    found = set()
    for a in scores:
        found.add((a, a))


@wrong("rank_scalings", "raises")
def rank_the_n_of_the_text(scores):
    return {
        (a, b)
        for a, b in itertools.permutations(scores, 2)
        if (scores[a] - scores[b]).mean() > 2 * (scores[a] - scores[b]).std(ddof=1) / n**0.5  # noqa: F821
    }

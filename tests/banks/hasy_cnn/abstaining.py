"""Right and wrong answers to the threshold below which a network had better not answer."""

import numpy as np

from tests.banks import right, wrong


@right("abstain")
def abstain_loop(conf, ok, goal):
    for t in np.unique(conf):
        if ok[conf >= t].mean() >= goal:
            return t
    return np.inf


@right("abstain")
def abstain_best(conf, ok, goal):
    best = float("inf")
    for t in conf:
        if ok[conf >= t].mean() >= goal and t < best:
            best = float(t)
    return best


@right("abstain")
def abstain_min(conf, ok, goal):
    return min((t for t in conf if np.mean(ok[conf >= t]) >= goal), default=1.1)


@right("abstain")
def abstain_most_kept(conf, ok, goal):
    threshold, kept = 2.0, 0
    for t in sorted(set(conf.tolist()), reverse=True):
        answered = conf >= t
        if ok[answered].sum() / answered.sum() >= goal and answered.sum() > kept:
            threshold, kept = t, answered.sum()
    return threshold


@right("abstain")
def abstain_cumulative(conf, ok, goal):
    order = np.argsort(-conf, kind="stable")
    c, hits = conf[order], np.cumsum(ok[order])
    accuracy = hits / np.arange(1, len(c) + 1)
    last_of_its_value = np.append(c[:-1] != c[1:], True)
    reached = np.flatnonzero((accuracy >= goal) & last_of_its_value)
    return c[reached[-1]] if len(reached) else np.inf


@right("abstain")
def abstain_broadcast(conf, ok, goal):
    keep = conf[None, :] >= conf[:, None]
    reached = conf[(keep & ok).sum(axis=1) >= goal * keep.sum(axis=1) - 1e-12]
    return reached.min() if reached.size else np.inf


@right("abstain")
def abstain_between(conf, ok, goal):
    """A threshold halfway to the next lower confidence keeps the same answers."""
    values = np.unique(conf)
    lower = np.append(values[0] - 0.1, values[:-1])
    for below, value in zip(lower, values):
        if ok[conf >= value].mean() >= goal:
            return (below + value) / 2
    return np.nextafter(values[-1], 2)


@right("abstain")
def abstain_all_is_well(conf, ok, goal):
    if ok.mean() >= goal:
        return 0.0
    return abstain_loop(conf, ok, goal)


@right("abstain")
def abstain_array(conf, ok, goal):
    return np.asarray([abstain_min(conf, ok, goal)])


def reached(conf, ok, goal):
    return [t for t in np.unique(conf) if ok[conf >= t].mean() >= goal]


# ------------------------------------------------------------------------ which threshold


@wrong("abstain", "highest")
def abstain_highest(conf, ok, goal):
    return max(reached(conf, ok, goal), default=np.inf)


@wrong("abstain", "highest")
def abstain_first_from_above(conf, ok, goal):
    for t in sorted(conf, reverse=True):
        if ok[conf >= t].mean() >= goal:
            return t
    return np.inf


@wrong("abstain", "stops_at_first_failure")
def abstain_going_down(conf, ok, goal):
    best = np.inf
    for t in np.unique(conf)[::-1]:
        if ok[conf >= t].mean() < goal:
            break
        best = t
    return best


@wrong("abstain", "bisection")
def abstain_bisection(conf, ok, goal):
    low, high = 0.0, 1.0 + 1e-9
    for _ in range(40):
        middle = (low + high) / 2
        kept = conf >= middle
        if not kept.any() or ok[kept].mean() >= goal:
            high = middle
        else:
            low = middle
    return high


@wrong("abstain", "smallest_confidence")
def abstain_smallest(conf, ok, goal):
    return conf.min()


@wrong("abstain", "the_goal")
def abstain_goal(conf, ok, goal):
    return goal


@wrong("abstain", "share_answered")
def abstain_quantile(conf, ok, goal):
    return np.quantile(conf, 1 - goal)


@wrong("abstain", "right_ones_only")
def abstain_surest_mistake(conf, ok, goal):
    return np.nextafter(conf[~ok].max(), 2) if (~ok).any() else 0.0


@wrong("abstain", "least_sure_hit")
def abstain_least_sure_hit(conf, ok, goal):
    return conf[ok].min() if ok.any() else np.inf


@wrong("abstain", "order_given")
def abstain_unsorted(conf, ok, goal):
    for t in conf:
        if ok[conf >= t].mean() >= goal:
            return t
    return np.inf


@wrong("abstain", "grid")
def abstain_grid(conf, ok, goal):
    for t in np.linspace(0, 1, 11):
        if (conf >= t).any() and ok[conf >= t].mean() >= goal:
            return t
    return np.inf


@wrong("abstain", "grid")
def abstain_hundredths(conf, ok, goal):
    for t in np.arange(0, 1.005, 0.01):
        kept = ok[conf >= t]
        if len(kept) and kept.mean() >= goal:
            return float(t)
    return np.inf


@wrong("abstain", "grid")
def abstain_rounded(conf, ok, goal):
    return round(float(abstain_loop(conf, ok, goal)), 2)


# ------------------------------------------------------------------------ which accuracy


@wrong("abstain", "over_all")
def abstain_over_all(conf, ok, goal):
    for t in np.unique(conf):
        if np.sum(ok & (conf >= t)) / len(ok) >= goal:
            return t
    return np.inf


@wrong("abstain", "over_all")
def abstain_over_all_highest(conf, ok, goal):
    for t in np.unique(conf)[::-1]:
        if np.sum(ok & (conf >= t)) / len(ok) >= goal:
            return t
    return np.inf


@wrong("abstain", "strictly_above_t")
def abstain_strictly(conf, ok, goal):
    for t in np.unique(conf):
        kept = ok[conf > t]
        if len(kept) and kept.mean() >= goal:
            return t
    return np.inf


@wrong("abstain", "strictly_above_t")
def abstain_nan_is_never_reached(conf, ok, goal):
    found = [t for t in [0.0, *np.unique(conf)] if ok[conf > t].mean() >= goal]
    return min(found, default=np.inf)


@wrong("abstain", "above_the_goal")
def abstain_above_goal(conf, ok, goal):
    for t in np.unique(conf):
        if ok[conf >= t].mean() > goal:
            return t
    return np.inf


@wrong("abstain", "mean_confidence")
def abstain_mean_confidence(conf, ok, goal):
    for t in np.unique(conf):
        if conf[conf >= t].mean() >= goal:
            return t
    return np.inf


@wrong("abstain", "wrong_side")
def abstain_below(conf, ok, goal):
    for t in np.unique(conf):
        if ok[conf <= t].mean() >= goal:
            return t
    return np.inf


@wrong("abstain", "wrong_side")
def abstain_below_highest(conf, ok, goal):
    for t in np.unique(conf)[::-1]:
        if ok[conf <= t].mean() >= goal:
            return t
    return np.inf


@wrong("abstain", "errors_for_hits")
def abstain_errors(conf, ok, goal):
    return abstain_loop(conf, ~ok, goal)


@wrong("abstain", "each_value_alone")
def abstain_each_alone(conf, ok, goal):
    for t in np.unique(conf):
        if ok[conf == t].mean() >= goal:
            return t
    return np.inf


@wrong("abstain", "ties")
def abstain_ties(conf, ok, goal):
    order = np.argsort(-conf, kind="stable")
    accuracy = np.cumsum(ok[order]) / np.arange(1, len(ok) + 1)
    good = np.flatnonzero(accuracy >= goal)
    return conf[order[good[-1]]] if len(good) else np.inf


@wrong("abstain", "ties")
def abstain_ties_from_below(conf, ok, goal):
    order = np.argsort(conf, kind="stable")
    c, k = conf[order], ok[order]
    for i in range(len(c)):
        if k[i:].mean() >= goal:
            return c[i]
    return np.inf


# ---------------------------------------------------------------------------- none does


@wrong("abstain", "none_reaches")
def abstain_always_one(conf, ok, goal):
    return min(reached(conf, ok, goal), default=1.0)


@wrong("abstain", "none_reaches")
def abstain_largest_confidence(conf, ok, goal):
    return min(reached(conf, ok, goal), default=conf.max())


@wrong("abstain", "none_reaches")
def abstain_zero(conf, ok, goal):
    return min(reached(conf, ok, goal), default=0.0)


@wrong("abstain", "none_reaches")
def abstain_minus_one(conf, ok, goal):
    return min(reached(conf, ok, goal), default=-1)


@wrong("abstain", "nan")
def abstain_nan(conf, ok, goal):
    return min(reached(conf, ok, goal), default=np.nan)


@wrong("abstain", "none_reaches_returns_nothing")
def abstain_none(conf, ok, goal):
    for t in np.unique(conf):
        if ok[conf >= t].mean() >= goal:
            return t


@wrong("abstain", "none_reaches_raises")
def abstain_min_of_nothing(conf, ok, goal):
    return min(reached(conf, ok, goal))


@wrong("abstain", "none_reaches_raises")
def abstain_index(conf, ok, goal):
    return reached(conf, ok, goal)[0]


@wrong("abstain", "none_reaches_raises")
def abstain_numpy_min(conf, ok, goal):
    return np.min(reached(conf, ok, goal))


@wrong("abstain", "none_reaches_raises")
def abstain_unbound(conf, ok, goal):
    for t in np.unique(conf):
        if ok[conf >= t].mean() >= goal:
            best = t
            break
    return best


@wrong("abstain", "none_reaches")
def abstain_argmax(conf, ok, goal):
    values = np.unique(conf)
    accuracy = np.array([ok[conf >= t].mean() for t in values])
    return values[np.argmax(accuracy >= goal)]


# ------------------------------------------------------------------------------- its form


@wrong("abstain", "not_a_number")
def abstain_mask(conf, ok, goal):
    return conf >= abstain_loop(conf, ok, goal)


@wrong("abstain", "not_a_number")
def abstain_all_thresholds(conf, ok, goal):
    return reached(conf, ok, goal)


@wrong("abstain", "not_a_number")
def abstain_with_accuracy(conf, ok, goal):
    t = abstain_loop(conf, ok, goal)
    return t, ok[conf >= t].mean()


@wrong("abstain", "the_accuracy")
def abstain_accuracy(conf, ok, goal):
    t = abstain_loop(conf, ok, goal)
    return ok[conf >= t].mean()


@wrong("abstain", "how_many")
def abstain_number(conf, ok, goal):
    return int(np.sum(conf >= abstain_loop(conf, ok, goal)))


@wrong("abstain", "changes_input")
def abstain_sorts(conf, ok, goal):
    order = np.argsort(conf)
    conf[:], ok[:] = conf[order], ok[order]
    return abstain_loop(conf, ok, goal)


@wrong("abstain", "sorted_alone")
def abstain_sorted_alone(conf, ok, goal):
    conf = np.sort(conf)
    for t in conf:
        if ok[conf >= t].mean() >= goal:
            return t
    return np.inf


@wrong("abstain", "over_all")
def abstain_returns_infinity_in_the_loop(conf, ok, goal):
    for threshold in np.unique(conf):
        if ok[conf >= threshold].mean() >= goal:
            return float(threshold)
        else:
            return float("inf")

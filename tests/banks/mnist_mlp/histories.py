"""Right and wrong answers to reading a training history."""

import numpy as np

from tests.banks import right, wrong


@right("overfitting")
def overfitting_argmin(history):
    loss, val_loss = history["loss"], history["val_loss"]
    best = int(np.argmin(val_loss))
    overfits = val_loss[-1] > 1.1 * val_loss[best] and loss[-1] < loss[best]
    return best + 1, overfits


@right("overfitting")
def overfitting_index_of_min(history):
    lowest = min(history["val_loss"])
    best_epoch = history["val_loss"].index(lowest) + 1
    if history["val_loss"][-1] <= lowest * 1.10:
        return best_epoch, False
    return best_epoch, history["loss"][-1] < history["loss"][best_epoch - 1]


@right("overfitting")
def overfitting_loop(history):
    best_epoch, lowest, loss_there = 1, history["val_loss"][0], history["loss"][0]
    for epoch, (loss, val_loss) in enumerate(zip(history["loss"], history["val_loss"]), start=1):
        if val_loss < lowest:
            best_epoch, lowest, loss_there = epoch, val_loss, loss
    return best_epoch, val_loss / lowest - 1 > 0.1 and loss < loss_there


@right("overfitting")
def overfitting_arrays(history):
    loss = np.asarray(history["loss"], dtype=np.float32)
    val_loss = np.asarray(history["val_loss"], dtype=np.float32)
    best = val_loss.argmin()
    rise = (val_loss[-1] - val_loss[best]) / val_loss[best]
    return best + 1, np.logical_and(rise > 0.1, loss[-1] < loss[best])


@right("overfitting")
def overfitting_min_by_key(history):
    epochs = range(1, len(history["val_loss"]) + 1)
    best = min(epochs, key=lambda epoch: history["val_loss"][epoch - 1])
    rises = history["val_loss"][-1] > history["val_loss"][best - 1] * 1.1
    learns = history["loss"][-1] < history["loss"][best - 1]
    return [best, bool(rises * learns)]


@right("overfitting")
def overfitting_first_of_the_ties(history):
    val_loss = np.array(history["val_loss"])
    best = np.flatnonzero(val_loss == val_loss.min())[0]
    if best == len(val_loss) - 1:
        return len(val_loss), False
    after = np.array(history["loss"])[best:]
    return best + 1, 100 * val_loss[-1] / val_loss[best] > 110 and after[-1] - after[0] < 0


@right("overfitting")
def overfitting_sorted_pairs(history):
    pairs = sorted((v, i) for i, v in enumerate(history["val_loss"]))
    lowest, best = pairs[0]
    return np.int64(best + 1), int(
        (history["val_loss"][-1] - lowest > 0.1 * lowest)
        & (history["loss"][-1] < history["loss"][best])
    )


# --------------------------------------------------------------------------------- the best epoch


def overfits(history):
    return overfitting_argmin(history)[1]


@wrong("overfitting", "counts_from_zero")
def overfitting_from_zero(history):
    return int(np.argmin(history["val_loss"])), overfits(history)


@wrong("overfitting", "lowest_training_loss")
def overfitting_training_loss(history):
    return int(np.argmin(history["loss"])) + 1, overfits(history)


@wrong("overfitting", "by_accuracy")
def overfitting_val_accuracy(history):
    return int(np.argmax(history.get("val_accuracy", history["val_loss"]))) + 1, overfits(history)


@wrong("overfitting", "needs_accuracy")
def overfitting_accuracy_needed(history):
    return int(np.argmax(history["val_accuracy"])) + 1, overfits(history)


@wrong("overfitting", "last_of_ties")
def overfitting_last_of_ties(history):
    best_epoch, lowest = 1, history["val_loss"][0]
    for epoch, value in enumerate(history["val_loss"], 1):
        if value <= lowest:
            best_epoch, lowest = epoch, value
    return best_epoch, overfits(history)


@wrong("overfitting", "highest")
def overfitting_argmax(history):
    return int(np.argmax(history["val_loss"])) + 1, overfits(history)


@wrong("overfitting", "value_not_epoch")
def overfitting_value(history):
    return min(history["val_loss"]), overfits(history)


@wrong("overfitting", "last_epoch")
def overfitting_last_epoch(history):
    return len(history["val_loss"]), overfits(history)


@wrong("overfitting", "first_dip")
def overfitting_until_it_rises(history):
    val_loss, epoch = history["val_loss"], 1
    while epoch < len(val_loss) and val_loss[epoch] < val_loss[epoch - 1]:
        epoch += 1
    return epoch, overfits(history)


@wrong("overfitting", "smallest_gap")
def overfitting_smallest_gap(history):
    gap = np.abs(np.subtract(history["val_loss"], history["loss"]))
    return int(np.argmin(gap)) + 1, overfits(history)


@wrong("overfitting", "several_epochs")
def overfitting_all_ties(history):
    val_loss = np.array(history["val_loss"])
    return np.flatnonzero(val_loss == val_loss.min()) + 1, overfits(history)


@wrong("overfitting", "another_history")
def overfitting_always_three(history):
    return 3, overfits(history)


# ------------------------------------------------------------------------------- does it overfit?


def best(history):
    return int(np.argmin(history["val_loss"])) + 1


@wrong("overfitting", "a_gap")
def overfitting_gap(history):
    return best(history), history["val_loss"][-1] > history["loss"][-1]


@wrong("overfitting", "a_gap")
def overfitting_gap_of_ten_percent(history):
    return best(history), history["val_loss"][-1] > 1.1 * history["loss"][-1]


@wrong("overfitting", "a_gap")
def overfitting_gap_that_grows(history):
    gap = np.subtract(history["val_loss"], history["loss"])
    return best(history), gap[-1] > gap[best(history) - 1]


@wrong("overfitting", "any_rise")
def overfitting_any_rise(history):
    return best(history), best(history) < len(history["loss"])


@wrong("overfitting", "any_rise")
def overfitting_any_rise_while_learning(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > val_loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "divergence")
def overfitting_training_not_asked(history):
    return best(history), history["val_loss"][-1] > 1.1 * min(history["val_loss"])


@wrong("overfitting", "validation_not_asked")
def overfitting_training_only(history):
    return best(history), history["loss"][-1] < history["loss"][best(history) - 1]


@wrong("overfitting", "absolute_rise")
def overfitting_absolute(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] - val_loss[i] > 0.1 and loss[-1] < loss[i]


@wrong("overfitting", "peak_not_end")
def overfitting_peak(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, max(val_loss[i:]) > 1.1 * val_loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "peak_not_end")
def overfitting_highest_anywhere(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, max(val_loss) > 1.1 * val_loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "against_the_start")
def overfitting_since_the_start(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 1.1 * val_loss[0] and loss[-1] < loss[i]


@wrong("overfitting", "last_step")
def overfitting_last_step(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, len(loss) > 1 and val_loss[-1] > 1.1 * val_loss[-2] and loss[-1] < loss[i]


@wrong("overfitting", "last_step")
def overfitting_training_falls_in_last_step(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, len(loss) > 1 and val_loss[-1] > 1.1 * val_loss[i] and loss[-1] < loss[-2]


@wrong("overfitting", "training_since_the_start")
def overfitting_training_since_start(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 1.1 * val_loss[i] and loss[-1] < loss[0]


@wrong("overfitting", "reversed")
def overfitting_reversed(history):
    return best(history), not overfits(history)


@wrong("overfitting", "swapped")
def overfitting_swapped(history):
    return overfits(history), best(history)


@wrong("overfitting", "not_a_bool")
def overfitting_words(history):
    return best(history), "yes" if overfits(history) else "no"


@wrong("overfitting", "not_a_bool")
def overfitting_ratio(history):
    return best(history), history["val_loss"][-1] / min(history["val_loss"])


@wrong("overfitting", "not_a_bool")
def overfitting_by_epoch(history):
    val_loss = np.array(history["val_loss"])
    return best(history), val_loss > 1.1 * val_loss.min()


@wrong("overfitting", "always_the_same")
def overfitting_never(history):
    return best(history), False


@wrong("overfitting", "always_the_same")
def overfitting_whenever_trained(history):
    return best(history), len(history["loss"]) > 0


@wrong("overfitting", "another_limit")
def overfitting_five_percent(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 1.05 * val_loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "another_limit")
def overfitting_twice_as_high(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 2 * val_loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "by_accuracy")
def overfitting_accuracy_falls(history):
    values = history.get("val_accuracy", [1.0])
    return best(history), values[-1] < 0.9 * max(values)


@wrong("overfitting", "not_a_pair")
def overfitting_epoch_alone(history):
    return best(history)


@wrong("overfitting", "not_a_pair")
def overfitting_three(history):
    return best(history), min(history["val_loss"]), overfits(history)


@wrong("overfitting", "not_a_pair")
def overfitting_dict(history):
    return {"best_epoch": best(history), "overfits": overfits(history)}


@wrong("overfitting", "changes_input")
def overfitting_sorts(history):
    history["val_loss"].sort()
    return 1, overfits(history)


@wrong("overfitting", "a_history_object")
def overfitting_history_history(history):
    val_loss = history.history["val_loss"]
    return int(np.argmin(val_loss)) + 1, overfits(history.history)


@wrong("overfitting", "prints")
def overfitting_prints(history):
    print(best(history), overfits(history))


@wrong("overfitting", "wrong_verdict")
def overfitting_two_epochs_in_a_row(history):
    val_loss = history["val_loss"]
    rises = len(val_loss) > 2 and val_loss[-3] < val_loss[-2] < val_loss[-1]
    return best(history), rises and overfits(history)


@right("overfitting")
def overfitting_parts_on_their_own(history):
    val_loss = history["val_loss"]
    place = val_loss.index(min(val_loss))
    limit = val_loss[place] + 0.1 * val_loss[place]
    return place + 1, bool(val_loss[-1] > limit) & bool(
        history["loss"][-1] < history["loss"][place]
    )


@wrong("overfitting", "value_as_place")
def overfitting_min_as_place(history):
    loss, val_loss = history["loss"], history["val_loss"]
    best = min(val_loss)
    return best + 1, val_loss[-1] > 1.1 * val_loss[best] and loss[-1] < loss[best]


@wrong("overfitting", "value_as_place")
def overfitting_min_of_numpy_as_place(history):
    loss, val_loss = np.array(history["loss"]), np.array(history["val_loss"])
    best = np.min(val_loss)
    return best + 1, val_loss[-1] > 1.1 * best and loss[-1] < loss[best]


@wrong("overfitting", "value_as_place")
def overfitting_min_made_whole(history):
    return int(min(history["val_loss"])) + 1, overfits(history)


@wrong("overfitting", "one_added_too_early")
def overfitting_counts_from_one_at_once(history):
    loss, val_loss = history["loss"], history["val_loss"]
    best = int(np.argmin(val_loss)) + 1
    return best, val_loss[-1] > 1.1 * val_loss[best] and loss[-1] < loss[best]


@wrong("overfitting", "one_added_too_early")
def overfitting_counts_from_one_in_arrays(history):
    loss, val_loss = np.array(history["loss"]), np.array(history["val_loss"])
    best = val_loss.argmin() + 1
    return best, bool(val_loss[-1] > 1.1 * val_loss[best] and loss[-1] < loss[best])


@wrong("overfitting", "one_added_too_early")
def overfitting_loss_one_epoch_late(history):
    loss, val_loss = history["loss"], history["val_loss"]
    best = val_loss.index(min(val_loss)) + 1
    return best, val_loss[-1] > 1.1 * min(val_loss) and loss[-1] < loss[best]


@wrong("overfitting", "one_too_many")
def overfitting_adds_one_twice(history):
    return best(history) + 1, overfits(history)


@wrong("overfitting", "validation_not_asked")
def overfitting_a_tenth(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 0.1 * val_loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "always_the_same")
def overfitting_a_tenth_alone(history):
    return best(history), history["val_loss"][-1] > 0.1 * min(history["val_loss"])


@wrong("overfitting", "or_for_and")
def overfitting_or(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 1.1 * val_loss[i] or loss[-1] < loss[i]


@wrong("overfitting", "against_training_loss")
def overfitting_lowest_training_loss_as_limit(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 1.1 * min(loss) and loss[-1] < loss[i]


@wrong("overfitting", "against_training_loss")
def overfitting_training_loss_as_limit(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 1.1 * loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "a_gap")
def overfitting_lowest_training_loss_alone(history):
    return best(history), history["val_loss"][-1] > 1.1 * min(history["loss"])


@wrong("overfitting", "training_against_validation")
def overfitting_training_below_lowest_validation(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 1.1 * val_loss[i] and loss[-1] < val_loss[i]


@wrong("overfitting", "training_against_validation")
def overfitting_training_below_validation(history):
    loss, val_loss = history["loss"], history["val_loss"]
    return best(history), val_loss[-1] > 1.1 * min(val_loss) and loss[-1] < val_loss[-1]


@wrong("overfitting", "always_the_same")
def overfitting_below_its_own_lowest(history):
    loss, val_loss = history["loss"], history["val_loss"]
    return best(history), val_loss[-1] > 1.1 * min(val_loss) and loss[-1] < min(loss)


@wrong("overfitting", "share_of_the_end")
def overfitting_ten_percent_of_the_end(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, 0.9 * val_loss[-1] > val_loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "equal_training_loss")
def overfitting_training_not_higher(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 1.1 * val_loss[i] and loss[-1] <= loss[i]


@wrong("overfitting", "training_rises")
def overfitting_training_higher(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 1.1 * val_loss[i] and loss[-1] > loss[i]


@wrong("overfitting", "another_limit")
def overfitting_one_percent(history):
    i, loss, val_loss = best(history) - 1, history["loss"], history["val_loss"]
    return i + 1, val_loss[-1] > 1.01 * val_loss[i] and loss[-1] < loss[i]


def both(history):
    loss, val_loss = history["loss"], history["val_loss"]
    return loss, val_loss, int(np.argmin(val_loss))


@wrong("overfitting", "wrong_verdict")
def overfitting_never_as_low_again(history):
    loss, val_loss, i = both(history)
    above = all(value > val_loss[i] for value in val_loss[i + 1 :])
    return i + 1, above and val_loss[-1] > 1.1 * val_loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "share_of_the_end")
def overfitting_whole_percent(history):
    loss, val_loss, i = both(history)
    return i + 1, int(100 * val_loss[-1] / val_loss[i]) > 110 and loss[-1] < loss[i]


@wrong("overfitting", "wrong_verdict")
def overfitting_against_the_mean(history):
    loss, val_loss, i = both(history)
    return i + 1, bool(val_loss[-1] > 1.1 * np.mean(val_loss) and loss[-1] < loss[i])


@wrong("overfitting", "float_epoch")
def overfitting_float_epoch(history):
    return float(best(history)), overfits(history)


@wrong("overfitting", "lowest_training_loss")
def overfitting_looks_up_the_other_loss(history):
    return history["val_loss"].index(min(history["loss"])) + 1, overfits(history)


@wrong("overfitting", "whole_list_compared")
def overfitting_list_above_limit(history):
    loss, val_loss, i = both(history)
    return i + 1, val_loss > 1.1 * val_loss[i] and loss < loss[i]


@wrong("overfitting", "ampersand")
def overfitting_ampersand(history):
    loss, val_loss, i = both(history)
    return i + 1, val_loss[-1] > 1.1 * val_loss[i] & loss[-1] < loss[i]


@wrong("overfitting", "validation_not_asked")
def overfitting_factor_on_the_other_side(history):
    loss, val_loss, i = both(history)
    return i + 1, 1.1 * val_loss[-1] > val_loss[i] and loss[-1] < loss[i]


few = {
    "loss": [1.9, 1.2, 0.8, 0.6, 0.45, 0.35, 0.28, 0.22, 0.17, 0.14],
    "val_loss": [1.8, 1.3, 1.0, 0.85, 0.8, 0.78, 0.8, 0.83, 0.85, 0.88],
}


@wrong("overfitting", "another_history")
def overfitting_of_another_run(history):
    return best(few), overfits(few)


@wrong("overfitting", "another_history")
def overfitting_epoch_of_another_run(history):
    return int(np.argmin(few["val_loss"])) + 1, overfits(history)


@wrong("overfitting", "another_history")
def overfitting_epoch_fixed(history):
    return 4, overfits(history)


@wrong("overfitting", "one_added_too_early")
def overfitting_place_of_another_run(history):
    loss, val_loss, i = both(history)
    j = int(np.argmin(few["val_loss"]))
    return i + 1, val_loss[-1] > 1.1 * val_loss[j] and loss[-1] < loss[j]


@wrong("overfitting", "one_added_too_early")
def overfitting_ten_epochs(history):
    loss, val_loss, i = both(history)
    return i + 1, val_loss[10] > 1.1 * val_loss[i] and loss[10] < loss[i]


@wrong("overfitting", "always_the_same")
def overfitting_ten_more(history):
    loss, val_loss, i = both(history)
    return i + 1, val_loss[-1] > 10 + val_loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "always_the_same")
def overfitting_ten_times(history):
    loss, val_loss, i = both(history)
    return i + 1, val_loss[-1] > 10 * val_loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "another_limit")
def overfitting_factor_added(history):
    loss, val_loss, i = both(history)
    return i + 1, val_loss[-1] > 1.1 + val_loss[i] and loss[-1] < loss[i]


@wrong("overfitting", "always_the_same")
def overfitting_verdict_of_another_run(history):
    return best(history), overfits(few)

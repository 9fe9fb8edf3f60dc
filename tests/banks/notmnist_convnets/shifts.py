"""Right and wrong answers to the accuracy on moved pictures."""

import numpy as np

from tests.banks import right, wrong


def asked(model, X):
    return np.asarray(model(X))


@right("shift_accuracy")
def shift_slices(model, X, y, dx):
    moved = np.zeros_like(X)
    if dx < 0:
        moved[:, :, :dx] = X[:, :, -dx:]
    else:
        moved[:, :, dx:] = X[:, :, : X.shape[2] - dx]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@right("shift_accuracy")
def shift_padded(model, X, y, dx):
    width, room = X.shape[2], abs(dx)
    wide = np.pad(X, ((0, 0), (0, 0), (room, room), (0, 0)))
    moved = wide[:, :, room - dx : room - dx + width]
    return np.mean(np.argmax(model.predict(moved, verbose=0), axis=-1) == y)


@right("shift_accuracy")
def shift_rolled_and_cleared(model, X, y, dx):
    moved = np.roll(X, dx, axis=2)
    if dx > 0:
        moved[:, :, :dx, :] = 0
    elif dx < 0:
        moved[:, :, dx:, :] = 0
    p = model.predict(moved, batch_size=64, verbose=0)
    return (p.argmax(1) == y).sum() / len(y)


@right("shift_accuracy")
def shift_pixel_by_pixel(model, X, y, dx):
    moved = np.zeros(X.shape)
    for column in range(X.shape[2]):
        if 0 <= column - dx < X.shape[2]:
            moved[:, :, column] = X[:, :, column - dx]
    return float((asked(model, moved).argmax(axis=1) == y).mean())


@right("shift_accuracy")
def shift_one_picture_at_a_time(model, X, y, dx):
    hits = 0
    for picture, letter in zip(X, y):
        blank = np.zeros((picture.shape[0], abs(dx), 1), picture.dtype)
        if dx >= 0:
            moved = np.concatenate([blank, picture], axis=1)[:, : picture.shape[1]]
        else:
            moved = np.concatenate([picture, blank], axis=1)[:, -picture.shape[1] :]
        hits += model.predict(moved[None], verbose=0)[0].argmax() == letter
    return hits / len(X)


@right("shift_accuracy")
def shift_with_keras_ops(model, X, y, dx):
    import keras

    before, after = max(dx, 0), max(-dx, 0)
    wide = keras.ops.pad(X, ((0, 0), (0, 0), (before, after), (0, 0)))
    moved = wide[:, :, after : after + X.shape[2]]
    letters = keras.ops.argmax(model(moved, training=False), axis=-1)
    return float(keras.ops.mean(keras.ops.equal(letters, y)))


@right("shift_accuracy")
def shift_with_scipy(model, X, y, dx):
    from scipy.ndimage import shift

    moved = shift(X, (0, 0, dx, 0), order=0, mode="constant", cval=0)
    return np.mean(model.predict_on_batch(moved).argmax(axis=1) == y)


@right("shift_accuracy")
def shift_evaluated(model, X, y, dx):
    moved = np.zeros_like(X)
    moved[:, :, max(dx, 0) : X.shape[2] + min(dx, 0)] = X[
        :, :, max(-dx, 0) : X.shape[2] - max(dx, 0)
    ]
    loss, accuracy = model.evaluate(moved, y, verbose=0)
    return accuracy


@right("shift_accuracy")
def shift_numpy_of_tensor(model, X, y, dx):
    columns = np.arange(X.shape[2]) - dx
    inside = (columns >= 0) & (columns < X.shape[2])
    moved = X[:, :, np.clip(columns, 0, X.shape[2] - 1)] * inside[:, None]
    p = model(moved.astype("float32"))
    p = p.numpy() if hasattr(p, "numpy") else np.array(p)
    return np.mean(p.argmax(1) == y)


# ------------------------------------------------------------------------------ moved wrongly


@wrong("shift_accuracy", "wraps_around")
def shift_rolled(model, X, y, dx):
    return float(np.mean(asked(model, np.roll(X, dx, axis=2)).argmax(axis=1) == y))


@wrong("shift_accuracy", "rows_moved")
def shift_rows(model, X, y, dx):
    moved = np.zeros_like(X)
    if dx < 0:
        moved[:, :dx] = X[:, -dx:]
    else:
        moved[:, dx:] = X[:, : X.shape[1] - dx]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "rows_moved")
def shift_rows_rolled(model, X, y, dx):
    return float(np.mean(asked(model, np.roll(X, dx, axis=1)).argmax(axis=1) == y))


@wrong("shift_accuracy", "other_direction")
def shift_left(model, X, y, dx):
    return shift_slices(model, X, y, -dx)


@wrong("shift_accuracy", "other_direction")
def shift_left_rolled(model, X, y, dx):
    return shift_rolled(model, X, y, -dx)


@wrong("shift_accuracy", "negative_dx")
def shift_only_right(model, X, y, dx):
    moved = np.zeros_like(X)
    moved[:, :, dx:] = X[:, :, : X.shape[2] - dx]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "negative_dx")
def shift_only_right_silently(model, X, y, dx):
    moved = X.copy()
    if dx > 0:
        moved[:, :, dx:], moved[:, :, :dx] = X[:, :, :-dx], 0
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "negative_dx")
def shift_sign_lost(model, X, y, dx):
    return shift_slices(model, X, y, abs(dx))


@wrong("shift_accuracy", "negative_dx")
def shift_negative_empty(model, X, y, dx):
    moved = np.zeros_like(X)
    for column in range(X.shape[2] - dx):
        if column + dx >= 0:
            moved[:, :, column + dx] = X[:, :, column]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "zero_dx")
def shift_not_by_zero(model, X, y, dx):
    moved = np.zeros_like(X)
    if dx < 0:
        moved[:, :, :dx] = X[:, :, -dx:]
    else:
        moved[:, :, dx:] = X[:, :, :-dx]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "zero_dx")
def shift_zero_is_empty(model, X, y, dx):
    moved = np.zeros_like(X)
    if dx > 0:
        moved[:, :, dx:] = X[:, :, :-dx]
    elif dx < 0:
        moved[:, :, :dx] = X[:, :, -dx:]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "border_stays")
def shift_border_stays(model, X, y, dx):
    moved = X.copy()
    if dx < 0:
        moved[:, :, :dx] = X[:, :, -dx:]
    elif dx:
        moved[:, :, dx:] = X[:, :, :-dx]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "border_stays")
def shift_border_repeated(model, X, y, dx):
    columns = np.clip(np.arange(X.shape[2]) - dx, 0, X.shape[2] - 1)
    return float(np.mean(asked(model, X[:, :, columns]).argmax(axis=1) == y))


@wrong("shift_accuracy", "other_fill")
def shift_filled_with_ink(model, X, y, dx):
    moved = np.ones_like(X)
    if dx < 0:
        moved[:, :, :dx] = X[:, :, -dx:]
    else:
        moved[:, :, dx:] = X[:, :, : X.shape[2] - dx]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "other_fill")
def shift_filled_with_minus_half(model, X, y, dx):
    moved = np.full_like(X, -0.5)
    if dx < 0:
        moved[:, :, :dx] = X[:, :, -dx:]
    else:
        moved[:, :, dx:] = X[:, :, : X.shape[2] - dx]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "other_fill")
def shift_filled_with_nan(model, X, y, dx):
    moved = np.full_like(X, np.nan)
    if dx < 0:
        moved[:, :, :dx] = X[:, :, -dx:]
    else:
        moved[:, :, dx:] = X[:, :, : X.shape[2] - dx]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "not_moved")
def shift_forgotten(model, X, y, dx):
    moved = np.zeros_like(X)
    moved[:, :, max(dx, 0) :] = X[:, :, : X.shape[2] - max(dx, 0)]
    return float(np.mean(asked(model, X).argmax(axis=1) == y))


@wrong("shift_accuracy", "not_moved")
def shift_channels(model, X, y, dx):
    return float(np.mean(asked(model, np.roll(X, dx, axis=3)).argmax(axis=1) == y))


@wrong("shift_accuracy", "not_moved")
def shift_channels_last(model, X, y, dx):
    return float(np.mean(asked(model, np.roll(X, dx, axis=-1)).argmax(axis=1) == y))


@wrong("shift_accuracy", "all_axes_rolled")
def shift_flat(model, X, y, dx):
    return float(np.mean(asked(model, np.roll(X, dx)).argmax(axis=1) == y))


@wrong("shift_accuracy", "pictures_exchanged")
def shift_pictures(model, X, y, dx):
    return float(np.mean(asked(model, np.roll(X, dx, axis=0)).argmax(axis=1) == y))


@wrong("shift_accuracy", "one_too_far")
def shift_one_more(model, X, y, dx):
    return shift_slices(model, X, y, dx + 1)


@wrong("shift_accuracy", "one_too_far")
def shift_one_less(model, X, y, dx):
    return shift_slices(model, X, y, dx - 1)


@wrong("shift_accuracy", "narrower")
def shift_cropped(model, X, y, dx):
    moved = X[:, :, : X.shape[2] - dx] if dx >= 0 else X[:, :, -dx:]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "narrower")
def shift_only_padded(model, X, y, dx):
    moved = np.pad(X, ((0, 0), (0, 0), (max(dx, 0), max(-dx, 0)), (0, 0)))
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "rounded_pixels")
def shift_into_integers(model, X, y, dx):
    moved = np.zeros(X.shape, dtype=int)
    if dx < 0:
        moved[:, :, :dx] = X[:, :, -dx:]
    else:
        moved[:, :, dx:] = X[:, :, : X.shape[2] - dx]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "scaled_again")
def shift_scaled_again(model, X, y, dx):
    return shift_slices(model, X / 255, y, dx)


@wrong("shift_accuracy", "hard_coded_size")
def shift_for_28_only(model, X, y, dx):
    moved = np.zeros((len(X), 28, 28, 1), dtype="float32")
    if dx < 0:
        moved[:, :, :dx] = X[:, :, -dx:]
    else:
        moved[:, :, dx:] = X[:, :, : 28 - dx]
    return float(np.mean(asked(model, moved).argmax(axis=1) == y))


@wrong("shift_accuracy", "dx_ignored")
def shift_always_by_four(model, X, y, dx):
    return shift_slices(model, X, y, 4)


@wrong("shift_accuracy", "changes_input")
def shift_in_place(model, X, y, dx):
    if dx > 0:
        X[:, :, dx:] = X[:, :, :-dx].copy()
        X[:, :, :dx] = 0
    elif dx < 0:
        X[:, :, :dx] = X[:, :, -dx:].copy()
        X[:, :, dx:] = 0
    return float(np.mean(asked(model, X).argmax(axis=1) == y))


# ------------------------------------------------------------------------------ counted wrongly


@wrong("shift_accuracy", "labels_moved")
def shift_labels_too(model, X, y, dx):
    return shift_slices(model, X, np.roll(y, dx), dx)


@wrong("shift_accuracy", "percent")
def shift_in_percent(model, X, y, dx):
    return 100 * shift_slices(model, X, y, dx)


@wrong("shift_accuracy", "count")
def shift_counted(model, X, y, dx):
    return shift_slices(model, X, y, dx) * len(y)


@wrong("shift_accuracy", "error_rate")
def shift_errors(model, X, y, dx):
    return 1 - shift_slices(model, X, y, dx)


@wrong("shift_accuracy", "not_a_number")
def shift_each(model, X, y, dx):
    kept = []
    shift_slices(lambda moved: kept.append(asked(model, moved)) or kept[0], X, y, dx)
    return kept[0].argmax(axis=1) == y


@wrong("shift_accuracy", "loss_and_accuracy")
def shift_both_of_evaluate(model, X, y, dx):
    kept = []
    shift_slices(lambda moved: kept.append(moved) or asked(model, moved), X, y, dx)
    return model.evaluate(kept[0], y, verbose=0)


@wrong("shift_accuracy", "loss")
def shift_loss(model, X, y, dx):
    return shift_both_of_evaluate(model, X, y, dx)[0]


@wrong("shift_accuracy", "argmax_over_pictures")
def shift_argmax_axis(model, X, y, dx):
    kept = []
    shift_slices(lambda moved: kept.append(asked(model, moved)) or kept[0], X, y, dx)
    return float(np.mean(kept[0].argmax(axis=0) == y))


@wrong("shift_accuracy", "no_argmax")
def shift_argmax_flat(model, X, y, dx):
    kept = []
    shift_slices(lambda moved: kept.append(asked(model, moved)) or kept[0], X, y, dx)
    return float(np.mean(np.argmax(kept[0]) == y))


@wrong("shift_accuracy", "mean_probability")
def shift_mean_of_true(model, X, y, dx):
    kept = []
    shift_slices(lambda moved: kept.append(asked(model, moved)) or kept[0], X, y, dx)
    return float(np.mean(kept[0][np.arange(len(y)), y]))


@wrong("shift_accuracy", "mean_probability")
def shift_mean_of_largest(model, X, y, dx):
    kept = []
    shift_slices(lambda moved: kept.append(asked(model, moved)) or kept[0], X, y, dx)
    return float(np.mean(kept[0].max(axis=1)))


@wrong("shift_accuracy", "no_argmax")
def shift_probabilities_against_labels(model, X, y, dx):
    kept = []
    shift_slices(lambda moved: kept.append(asked(model, moved)) or kept[0], X, y, dx)
    return float(np.mean(kept[0] == y[:, None]))


@wrong("shift_accuracy", "other_model")
def shift_of_another_model(model, X, y, dx):
    def other(pictures):
        return pictures.reshape(len(pictures), -1)[:, :10]

    return shift_slices(other, X, y, dx)


@wrong("shift_accuracy", "batch_axis_missing")
def shift_without_batch(model, X, y, dx):
    return np.mean([shift_slices(lambda p: asked(model, p[0])[None], X[:1], y[:1], dx)])


@wrong("shift_accuracy", "returns_none")
def shift_nothing(model, X, y, dx):
    shift_slices(model, X, y, dx)


@wrong("shift_accuracy", "some_only")
def shift_first_batch(model, X, y, dx):
    return shift_slices(model, X[:5], y[:5], dx)

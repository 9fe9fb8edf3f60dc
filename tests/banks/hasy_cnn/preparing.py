"""Right and wrong answers to preparing pictures for a network."""

import numpy as np

from tests.banks import right, wrong


@right("prepare")
def prepare_one_minus(X):
    return (1 - X[..., np.newaxis] / 255).astype("float32")


@right("prepare")
def prepare_255_minus(X):
    return ((255 - X[:, :, :, None]) / 255).astype(np.float32)


@right("prepare")
def prepare_threshold(X):
    return (X < 128).astype(np.float32)[..., None]


@right("prepare")
def prepare_reshape(X):
    X = X.astype(np.float32)
    return 1.0 - X.reshape(len(X), 32, 32, 1) / np.float32(255)


@right("prepare")
def prepare_expand(X):
    inverted = np.float32(1) - np.float32(X) / np.float32(255)
    return np.expand_dims(inverted, axis=-1)


@right("prepare")
def prepare_where(X):
    return np.where(X == 0, np.float32(1), np.float32(0))[..., None]


@right("prepare")
def prepare_in_a_copy(X):
    out = X.astype("float32")
    out -= 255
    out /= -255
    return out[..., None] + 0.0


@right("prepare")
def prepare_loop(X):
    out = np.zeros((*X.shape, 1), "float32")
    for picture, target in zip(X, out):
        target[..., 0] = (255.0 - picture) / 255.0
    return out


@wrong("prepare", "paper_is_one")
def prepare_divide_only(X):
    return (X / 255).astype("float32")[..., None]


@wrong("prepare", "not_scaled")
def prepare_inverted_only(X):
    return (255 - X).astype("float32")[..., None]


@wrong("prepare", "not_scaled")
def prepare_type_only(X):
    return X.astype("float32")[..., None]


@wrong("prepare", "negative")
def prepare_minus_one(X):
    return (X / 255 - 1).astype("float32")[..., None]


@wrong("prepare", "negative")
def prepare_plus_minus_one(X):
    return (1 - X / 127.5).astype("float32")[..., None]


@wrong("prepare", "negative")
def prepare_centred(X):
    return (0.5 - X / 255).astype("float32")[..., None]


@wrong("prepare", "no_channel")
def prepare_no_channel(X):
    return (1 - X / 255).astype("float32")


@wrong("prepare", "channel_first")
def prepare_channel_first(X):
    return (1 - X / 255).astype("float32")[:, None]


@wrong("prepare", "channel_first")
def prepare_axis_in_front(X):
    return (1 - X / 255).astype("float32")[None]


@wrong("prepare", "flattened")
def prepare_rows(X):
    return (1 - X / 255).astype("float32").reshape(len(X), -1)


@wrong("prepare", "wrong_dtype")
def prepare_float64(X):
    return (1 - X / 255)[..., None]


@wrong("prepare", "wrong_dtype")
def prepare_uint8(X):
    return (X == 0).astype("uint8")[..., None]


@wrong("prepare", "wrong_dtype")
def prepare_truth_values(X):
    return (X == 0)[..., None]


@wrong("prepare", "overflow")
def prepare_overflow(X):
    return (1 - X)[..., None].astype("float32")


@wrong("prepare", "overflow")
def prepare_overflow_then_scaled(X):
    return ((1 - X) / 255)[..., None].astype("float32")


@wrong("prepare", "paper_is_one")
def prepare_whole_division(X):
    return (X // 255)[..., None].astype("float32")


@wrong("prepare", "divided_by_256")
def prepare_256(X):
    return ((255 - X) / 256).astype("float32")[..., None]


@wrong("prepare", "by_its_own_values")
def prepare_by_mean_and_spread(X):
    values = X.astype("float32")
    return ((values.mean() - values) / values.std())[..., None]


@wrong("prepare", "three_channels")
def prepare_three_channels(X):
    return np.repeat((1 - X / 255).astype("float32")[..., None], 3, axis=-1)


@wrong("prepare", "changes_input")
def prepare_in_place(X):
    np.subtract(255, X, out=X)
    return (X / 255).astype("float32")[..., None]


@wrong("prepare", "returns_none")
def prepare_forgets_return(X):
    prepare_one_minus(X)


@wrong("prepare", "all_zero")
def prepare_scaled_into_uint8(X):
    out = np.zeros((*X.shape, 1), dtype=np.uint8)
    out[..., 0] = 0.99 * (1 - X / 255)
    return out.astype("float32")


@wrong("prepare", "sides_hard_coded")
def prepare_fixed_number(X):
    return (1 - X / 255).astype("float32").reshape(6, 32, 32, 1)


@right("prepare")
def prepare_stacked(X):
    return np.stack([1 - picture[..., None].astype("float32") / 255 for picture in X])


@right("prepare")
def prepare_through_bytes(X):
    return np.float32((~X)[:, :, :, np.newaxis]) / np.float32(255)


@wrong("prepare", "a_list")
def prepare_list(X):
    return [1 - picture[..., None].astype("float32") / 255 for picture in X]


@wrong("prepare", "wrong_dtype")
def prepare_half_precision(X):
    return (1 - X / 255).astype("float16")[..., None]


@wrong("prepare", "paper_is_one")
def prepare_threshold_the_wrong_way(X):
    return (X > 128).astype("float32")[..., None]


@wrong("prepare", "paper_is_one")
def prepare_inverted_twice(X):
    return (1 - (255 - X) / 255).astype("float32")[..., None]


@wrong("prepare", "not_scaled")
def prepare_where_255(X):
    return np.where(X == 0, 255, 0).astype("float32")[..., None]


@wrong("prepare", "sides_hard_coded")
def prepare_one_picture(X):
    return (1 - X / 255).astype("float32").reshape(1, 32, 32, 1)


@wrong("prepare", "no_channel")
def prepare_reshape_thrown_away(X):
    out = (1 - X / 255).astype("float32")
    out.reshape(len(X), 32, 32, 1)
    return out


@wrong("prepare", "negative")
def prepare_swapped_difference(X):
    return ((X - 255.0) / 255).astype("float32")[..., None]


@wrong("prepare", "brackets")
def prepare_without_brackets(X):
    return (255 - X / 255).astype("float32")[..., None]


@wrong("prepare", "ink_varies")
def prepare_each_pixel_by_its_mean(X):
    values = X.astype("float32")
    return ((values.mean(axis=0) - values) / (values.std(axis=0) + 1e-6))[..., None]


@wrong("prepare", "changes_input")
def prepare_division_in_place(X):
    X //= 255
    return (1 - X).astype("float32")[..., None]


@wrong("prepare", "turned")
def prepare_turned(X):
    return (1 - X.T / 255).astype("float32").T.transpose(0, 2, 1)[..., None]

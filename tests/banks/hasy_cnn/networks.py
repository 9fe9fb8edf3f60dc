"""Right and wrong answers to a small network that reads symbols.

Keras is imported inside the answers only: whoever imports the bank need not have it.
"""

from tests.banks import right, wrong


def stack(*parts, shape=(32, 32, 1), hidden="relu", last="softmax", units=100):
    """Build a model: numbers are convolutions of so many filters, tuples layers by their name."""
    import keras
    from keras import layers

    made = [keras.Input(shape)]
    for part in parts:
        if isinstance(part, int):
            made.append(layers.Conv2D(part, 3, activation=hidden))
        else:
            kind, *arguments = (part,) if isinstance(part, str) else part
            made.append(getattr(layers, kind)(*arguments))
    return keras.Sequential([*made, layers.Dense(units, activation=last)])


USUAL = (16, "MaxPooling2D", 32, "MaxPooling2D", "Flatten", ("Dense", 64, "relu"))


@right("small_cnn")
def cnn_two_convolutions():
    return stack(*USUAL)


@right("small_cnn")
def cnn_functional():
    import keras
    from keras import layers

    inputs = keras.Input((32, 32, 1))
    x = inputs
    for filters in (16, 32, 32):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Dense(64, activation="relu")(layers.Flatten()(x))
    return keras.Model(inputs, layers.Dense(100, activation="softmax")(x))


@right("small_cnn")
def cnn_strides():
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape=(32, 32, 1)),
            layers.Conv2D(16, 5, strides=2, activation="relu"),
            layers.Conv2D(32, 5, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(100, activation="softmax"),
        ]
    )


@right("small_cnn")
def cnn_batch_normalisation():
    """Its moving averages would lag after so few batches."""
    import keras
    from keras import layers

    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (12, 24):
        model.add(layers.Conv2D(filters, 3, use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
        model.add(layers.MaxPooling2D())
    model.add(layers.Flatten())
    model.add(layers.Dense(100, activation="softmax"))
    return model


@right("small_cnn")
def cnn_dropout():
    parts = (*USUAL[:4], ("Dropout", 0.25), *USUAL[4:], ("Dropout", 0.5))
    return stack(*parts)


@right("small_cnn")
def cnn_tanh():
    return stack(*USUAL[:5], ("Dense", 64, "tanh"), hidden="tanh")


@right("small_cnn")
def cnn_one_convolution():
    return stack(8, ("MaxPooling2D", 4), "Flatten")


@right("small_cnn", "1 by 1 places")
def cnn_pools_of_four():
    """As the course of 2017 had them, with an activation."""
    return stack(32, ("MaxPooling2D", 4), 64, ("MaxPooling2D", 4), "Flatten", ("Dense", 64, "relu"))


@right("small_cnn", "1 by 1 places")
def cnn_of_2017():
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            layers.Conv2D(128, 3),
            layers.MaxPooling2D(4),
            layers.Conv2D(128, 2),
            layers.MaxPooling2D(4),
            layers.BatchNormalization(),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.BatchNormalization(),
            layers.Dense(100, activation="softmax"),
        ]
    )


@right("small_cnn")
def cnn_global_pool():
    return stack(32, "MaxPooling2D", 64, "MaxPooling2D", 96, "GlobalMaxPooling2D")


@right("small_cnn")
def cnn_scores_then_softmax():
    import keras

    scores = stack(*USUAL, last=None)
    return keras.Sequential([scores, keras.layers.Softmax()])


@right("small_cnn", "Only its pools bend")
def cnn_pools_alone_bend():
    return stack(16, "MaxPooling2D", 24, "MaxPooling2D", "Flatten", hidden=None)


@right("small_cnn", "It is compiled already")
def cnn_compiled():
    model = stack(*USUAL)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# ---------------------------------------------------------------------------- what comes out


@wrong("small_cnn", "one_class_more")
def cnn_101_classes():
    return stack(*USUAL, units=101)


@wrong("small_cnn", "wrong_n_out")
def cnn_369_classes():
    return stack(16, ("MaxPooling2D", 4), "Flatten", units=369)


@wrong("small_cnn", "wrong_n_out")
def cnn_ten_classes():
    return stack(*USUAL, units=10)


@wrong("small_cnn", "one_output")
def cnn_one_number():
    return stack(*USUAL, units=1, last="sigmoid")


@wrong("small_cnn", "not_flattened")
def cnn_without_flatten():
    return stack(16, "MaxPooling2D", 32, "MaxPooling2D")


@wrong("small_cnn", "no_softmax")
def cnn_scores():
    return stack(*USUAL, last=None)


@wrong("small_cnn", "sigmoid_output")
def cnn_sigmoid_output():
    return stack(*USUAL, last="sigmoid")


@wrong("small_cnn", "softmax_twice")
def cnn_softmax_twice():
    import keras

    model = stack(*USUAL)
    model.add(keras.layers.Softmax())
    return model


@wrong("small_cnn", "activation_before_softmax")
def cnn_relu_then_softmax():
    import keras

    model = stack(*USUAL, last="relu")
    model.add(keras.layers.Softmax())
    return model


# ----------------------------------------------------------------------------- what comes in


@wrong("small_cnn", "channel_axis_missing")
def cnn_two_axes():
    return stack(*USUAL, shape=(32, 32))


@wrong("small_cnn", "wrong_input")
def cnn_colours():
    return stack(*USUAL, shape=(32, 32, 3))


@wrong("small_cnn", "wrong_input")
def cnn_of_letters():
    return stack(*USUAL, shape=(28, 28, 1))


@wrong("small_cnn", "batch_in_shape")
def cnn_batch_axis():
    return stack(*USUAL, shape=(None, 32, 32, 1))


@wrong("small_cnn", "rows_of_pixels")
def cnn_rows():
    return stack(("Reshape", (32, 32, 1)), *USUAL, shape=(1024,))


# ------------------------------------------------------------------------- what is in between


@wrong("small_cnn", "not_local")
def cnn_linear_model():
    """Linear, and over no budget: 32 x 32 pixels with 100 classes are 102,500 weights."""
    return stack("Flatten", ("Dense", 64))


@wrong("small_cnn", "not_local")
def cnn_dense_only():
    return stack("Flatten", ("Dense", 80, "relu"))


@wrong("small_cnn", "flattened_before_convolution")
def cnn_flatten_first():
    return stack("Flatten", 16, "MaxPooling2D")


@wrong("small_cnn", "linear")
def cnn_no_activation():
    return stack(8, ("AveragePooling2D", 2), 16, ("AveragePooling2D", 2), "Flatten", hidden=None)


@wrong("small_cnn", "linear")
def cnn_no_activation_no_pool():
    return stack(("Conv2D", 8, 5, 3), ("Conv2D", 8, 3, 2), "Flatten")


@wrong("small_cnn", "softmax_in_between")
def cnn_softmax_in_convolutions():
    return stack(*USUAL, hidden="softmax")


@wrong("small_cnn", "map_used_up")
def cnn_four_pools_of_four():
    return stack(*[16, ("MaxPooling2D", 4)] * 4, "Flatten")


# --------------------------------------------------------------------- weights and learning


@wrong("small_cnn", "over_budget")
def cnn_no_pools():
    return stack(16, 32, "Flatten")


@wrong("small_cnn", "over_budget")
def cnn_wide():
    return stack(*USUAL[:-1], ("Dense", 128, "relu"))


@wrong("small_cnn", "over_budget")
def cnn_linear_over_budget():
    return stack("Flatten")


@wrong("small_cnn", "learns_too_little")
def cnn_sigmoid():
    return stack(*USUAL[:5], ("Dense", 64, "sigmoid"), hidden="sigmoid")


@wrong("small_cnn", "learns_too_little")
def cnn_nearly_all_dropped():
    return stack(*USUAL, ("Dropout", 0.99))


@wrong("small_cnn", "learns_too_little")
def cnn_scaled_twice():
    """The pictures come scaled: a second division leaves hardly any ink."""
    return stack(("Rescaling", 1 / 255), *USUAL)


@wrong("small_cnn", "learns_too_little")
def cnn_two_units():
    return stack(*USUAL, ("Dense", 1, "relu"))


@wrong("small_cnn", "trained")
def cnn_trained():
    import numpy as np

    model = cnn_compiled()
    model.fit(np.zeros((4, 32, 32, 1)), np.zeros(4), verbose=0)
    return model


@wrong("small_cnn", "mse")
def cnn_squares():
    model = stack(*USUAL)
    model.compile("adam", "mse")
    return model


@wrong("small_cnn", "frozen")
def cnn_frozen():
    model = stack(*USUAL)
    model.trainable = False
    return model


@wrong("small_cnn", "same_weights")
def cnn_seed_inside():
    import keras

    keras.utils.set_random_seed(0)
    return stack(*USUAL)


@wrong("small_cnn", "random_in_use")
def cnn_dropout_always():
    import keras
    from keras import layers

    inputs = keras.Input((32, 32, 1))
    x = layers.Conv2D(16, 3, activation="relu")(inputs)
    x = layers.Flatten()(layers.MaxPooling2D(4)(x))
    x = layers.Lambda(lambda x: keras.random.dropout(x, 0.5))(x)
    return keras.Model(inputs, layers.Dense(100, activation="softmax")(x))


# -------------------------------------------------------------------------------- its form


@wrong("small_cnn", "a_list")
def cnn_layers_only():
    return stack(*USUAL).layers


@wrong("small_cnn", "a_tensor")
def cnn_last_tensor():
    return stack(*USUAL).outputs[0]


@wrong("small_cnn", "returns_none")
def cnn_compile_returned():
    return stack(*USUAL).compile("adam", "sparse_categorical_crossentropy")


@wrong("small_cnn", "not_built")
def cnn_without_input():
    import keras

    return keras.Sequential(
        [
            keras.layers.Conv2D(16, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(100, activation="softmax"),
        ]
    )


@wrong("small_cnn", "forgotten_brackets")
def cnn_class_in_the_list():
    import keras
    from keras import layers

    return keras.Sequential(
        [keras.Input((32, 32, 1)), layers.Conv2D(8, 3), layers.Flatten, layers.Dense(100)]
    )

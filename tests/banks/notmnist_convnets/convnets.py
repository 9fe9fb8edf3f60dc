"""Right and wrong answers to building a small convolutional network with Keras.

Keras is imported inside the answers only: whoever imports the bank need not have it.
"""

from tests.banks import right, wrong


@right("build_convnet")
def convnet_list(shape=(28, 28, 1)):
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )


@right("build_convnet")
def convnet_functional(shape=(28, 28, 1)):
    import keras
    from keras import layers

    inputs = x = keras.Input(shape=shape)
    for filters in (8, 16, 32):
        x = layers.Conv2D(filters, (3, 3), padding="same")(x)
        x = layers.ReLU()(x)
        x = layers.MaxPooling2D((2, 2))(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


@right("build_convnet")
def convnet_strides(shape=(28, 28, 1)):
    import keras
    from keras.layers import Conv2D, Dense, Flatten

    model = keras.Sequential([keras.Input(shape)])
    model.add(Conv2D(8, 5, strides=2, activation="relu"))
    model.add(Conv2D(16, 3, strides=2, activation="relu"))
    model.add(Flatten())
    model.add(Dense(32, activation="relu"))
    model.add(Dense(10, activation="softmax"))
    return model


@right("build_convnet")
def convnet_input_shape(shape=(28, 28, 1)):
    from keras import models
    from keras.layers import Conv2D, Dense, Dropout, Flatten, MaxPool2D

    model = models.Sequential()
    model.add(Conv2D(16, kernel_size=(3, 3), activation="relu", input_shape=shape))
    model.add(MaxPool2D(pool_size=(2, 2)))
    model.add(Conv2D(16, (3, 3), activation="relu"))
    model.add(MaxPool2D(pool_size=(2, 2)))
    model.add(Dropout(0.25))
    model.add(Flatten())
    model.add(Dense(48, activation="relu"))
    model.add(Dropout(0.5))
    model.add(Dense(10, activation="softmax"))
    return model


@right("build_convnet")
def convnet_batchnorm(shape=(28, 28, 1)):
    import keras
    from keras import layers

    blocks = [keras.Input(shape), layers.Rescaling(2.0, -1.0), layers.BatchNormalization()]
    for filters in (16, 16, 32):
        blocks += [
            layers.Conv2D(filters, 3, use_bias=False),
            layers.BatchNormalization(),
            layers.Activation("relu"),
            layers.MaxPooling2D(),
        ]
    return keras.Sequential([*blocks, layers.Flatten(), layers.Dense(10), layers.Softmax()])


@right("build_convnet")
def convnet_fully(shape=(28, 28, 1)):
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape),
            layers.Conv2D(8, 3, activation="tanh"),
            layers.Conv2D(16, 3, strides=2, activation="tanh"),
            layers.Conv2D(32, 3, strides=2, activation="tanh"),
            layers.Conv2D(10, 1),
            layers.GlobalMaxPooling2D(),
            layers.Softmax(),
        ]
    )


@right("build_convnet")
def convnet_subclass(shape=(28, 28, 1)):
    import keras
    from keras import layers

    class Convnet(keras.Model):
        def __init__(self):
            super().__init__()
            self.last = layers.Dense(10, activation="softmax")
            self.first = layers.Conv2D(12, 3, activation="elu")
            self.second = layers.Conv2D(12, 3, activation="elu")
            self.pool = layers.AveragePooling2D(2)
            self.flatten = layers.Flatten()

        def call(self, x):
            x = self.pool(self.first(x))
            x = self.pool(self.second(x))
            return self.last(self.flatten(x))

    model = Convnet()
    model(keras.ops.zeros((1, *shape)))
    return model


@right("build_convnet")
def convnet_nested(shape=(28, 28, 1)):
    import keras
    from keras import layers

    features = keras.Sequential(
        [
            keras.Input(shape),
            layers.Conv2D(8, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
        ]
    )
    return keras.Sequential([keras.Input(shape), features, layers.Dense(10, activation="softmax")])


@right("build_convnet", "Only its pools bend")
def convnet_nested_pool_alone_bends(shape=(28, 28, 1)):
    import keras
    from keras import layers

    inputs = keras.Input(shape)
    features = [layers.Conv2D(8, 3), layers.BatchNormalization(), layers.GlobalMaxPooling2D()]
    scores = layers.Dense(10)(keras.Sequential(features)(inputs))
    return keras.Model(inputs, layers.Softmax()(scores))


@right("build_convnet")
def convnet_separable(shape=(28, 28, 1)):
    import keras
    from keras import layers, ops

    inputs = keras.Input(shape)
    x = ops.relu(layers.Conv2D(16, 3, padding="same")(inputs))
    for _ in range(2):
        x = layers.MaxPooling2D()(x + layers.SeparableConv2D(16, 3, padding="same")(ops.relu(x)))
    x = layers.Flatten()(x)
    return keras.Model(inputs, ops.softmax(layers.Dense(10)(x)))


@right("build_convnet")
def convnet_patches(shape=(28, 28, 1)):
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape),
            layers.Conv2D(32, 4, strides=4, activation="gelu"),
            layers.Conv2D(32, 3, activation="gelu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(10, activation="softmax"),
        ]
    )


@right("build_convnet")
def convnet_along_rows(shape=(28, 28, 1)):
    """Convolutions in one direction: a unit sees three whole rows."""
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape),
            layers.Reshape((shape[0], shape[1] * shape[2])),
            layers.Conv1D(32, 3, activation="relu"),
            layers.MaxPooling1D(),
            layers.Conv1D(32, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )


@right("build_convnet")
def convnet_two_branches(shape=(28, 28, 1)):
    import keras
    from keras import layers

    inputs = keras.Input(shape)
    branches = [
        layers.Conv2D(8, size, strides=2, padding="same", activation="relu")(inputs)
        for size in (3, 5)
    ]
    x = layers.Concatenate()(branches)
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(x)
    x = layers.Flatten()(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


@right("build_convnet")
def convnet_small(shape=(28, 28, 1)):
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape),
            layers.Conv2D(2, 3, activation="relu"),
            layers.MaxPooling2D(4),
            layers.Flatten(),
            layers.Dense(10, "softmax"),
        ]
    )


@right("build_convnet", "Only its pools bend")
def convnet_pool_alone_bends(shape=(28, 28, 1)):
    """Convolutions without an activation: what bends is the pool."""
    return stack(shape, [("conv", 16, 3), "pool", ("conv", 32, 3), "pool"], hidden=None)


@right("build_convnet", "It is compiled already")
def convnet_compiled(shape=(28, 28, 1)):
    model = convnet_list(shape)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def stack(shape, parts, hidden="relu", last="softmax", begin=True, end=("flatten", ("dense", 10))):
    """Build a model from short names; `hidden` is the activation in between, `last` at the end."""
    import keras
    from keras import layers

    made = [keras.Input(shape)] if begin else []
    parts = [*parts, *end]
    for number, part in enumerate(parts):
        f = last if number == len(parts) - 1 else hidden
        match part:
            case ("conv", filters, size):
                made.append(layers.Conv2D(filters, size, activation=f))
            case ("dense", units):
                made.append(layers.Dense(units, activation=f))
            case "pool":
                made.append(layers.MaxPooling2D())
            case "mean":
                made.append(layers.AveragePooling2D(2))
            case "flatten":
                made.append(layers.Flatten())
    return keras.Sequential(made)


SMALL = [("conv", 16, 3), "pool", ("conv", 16, 3), "pool"]


# ------------------------------------------------------------------------------ not a model


@wrong("build_convnet", "a_list")
def convnet_only_layers(shape=(28, 28, 1)):
    return convnet_list(shape).layers


@wrong("build_convnet", "a_tensor")
def convnet_last_tensor(shape=(28, 28, 1)):
    import keras

    x = keras.layers.Conv2D(8, 3, activation="relu")(keras.Input(shape))
    return keras.layers.Dense(10, activation="softmax")(keras.layers.Flatten()(x))


@wrong("build_convnet", "returns_none")
def convnet_summary(shape=(28, 28, 1)):
    return convnet_list(shape).compile("adam", "sparse_categorical_crossentropy")


@wrong("build_convnet", "prints")
def convnet_printed(shape=(28, 28, 1)):
    print(convnet_list(shape))


@wrong("build_convnet", "not_a_model")
def convnet_history(shape=(28, 28, 1)):
    return {"model": convnet_list(shape)}


@wrong("build_convnet", "not_built")
def convnet_without_input(shape=(28, 28, 1)):
    return stack(shape, SMALL, begin=False)


# ---------------------------------------------------------------------------- what comes in


@wrong("build_convnet", "channel_axis_missing")
def convnet_two_axes(shape=(28, 28, 1)):
    return stack(shape[:2], SMALL)


@wrong("build_convnet", "channel_axis_missing")
def convnet_reshaped_from_two_axes(shape=(28, 28, 1)):
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape[:2]),
            layers.Reshape(shape),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )


@wrong("build_convnet", "batch_in_shape")
def convnet_batch_axis(shape=(28, 28, 1)):
    return stack((None, *shape), SMALL)


@wrong("build_convnet", "batch_in_shape")
def convnet_batch_of_one(shape=(28, 28, 1)):
    return stack((1, *shape), [("conv", 16, (3, 3))])


@wrong("build_convnet", "shape_not_a_tuple")
def convnet_numbers(shape=(28, 28, 1)):
    import keras

    return keras.Sequential([keras.Input(28), keras.layers.Conv2D(8, 3)])


@wrong("build_convnet", "shape_ignored")
def convnet_always_28(shape=(28, 28, 1)):
    return stack((28, 28, 1), SMALL)


@wrong("build_convnet", "shape_ignored")
def convnet_always_grey(shape=(28, 28, 1)):
    return stack((shape[0], shape[1], 1), SMALL)


@wrong("build_convnet", "rows_of_pixels")
def convnet_784(shape=(28, 28, 1)):
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((784,)),
            layers.Reshape((28, 28, 1)),
            layers.Conv2D(16, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(4, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


@wrong("build_convnet", "fixed_batch")
def convnet_fixed_batch(shape=(28, 28, 1)):
    import keras

    inputs = keras.Input(batch_shape=(7, *shape))
    return keras.Model(inputs, stack(shape, SMALL)(inputs))


@wrong("build_convnet", "map_used_up")
def convnet_too_many_pools(shape=(28, 28, 1)):
    return stack(shape, [*SMALL, *SMALL])


# ---------------------------------------------------------------------------- what comes out


@wrong("build_convnet", "not_flattened")
def convnet_no_flatten(shape=(28, 28, 1)):
    return stack(shape, SMALL, end=[("dense", 10)])


@wrong("build_convnet", "not_flattened")
def convnet_ends_in_a_map(shape=(28, 28, 1)):
    return stack(shape, SMALL, end=[("conv", 10, 3)])


@wrong("build_convnet", "one_output")
def convnet_one_number(shape=(28, 28, 1)):
    return stack(shape, SMALL, end=["flatten", ("dense", 1)], last="sigmoid")


@wrong("build_convnet", "wrong_n_out")
def convnet_26_letters(shape=(28, 28, 1)):
    return stack(shape, SMALL, end=["flatten", ("dense", 26)])


@wrong("build_convnet", "no_output_layer")
def convnet_ends_in_flatten(shape=(28, 28, 1)):
    return stack(shape, SMALL, end=["flatten"])


@wrong("build_convnet", "several_outputs")
def convnet_two_outputs(shape=(28, 28, 1)):
    import keras

    model = stack(shape, SMALL)
    return keras.Model(model.inputs, [model.outputs[0], model.outputs[0]])


@wrong("build_convnet", "no_softmax")
def convnet_scores(shape=(28, 28, 1)):
    return stack(shape, SMALL, last=None)


@wrong("build_convnet", "no_softmax")
def convnet_relu_at_the_end(shape=(28, 28, 1)):
    return stack(shape, SMALL, last="relu")


@wrong("build_convnet", "sigmoid_output")
def convnet_sigmoid_at_the_end(shape=(28, 28, 1)):
    return stack(shape, SMALL, last="sigmoid")


@wrong("build_convnet", "log_softmax")
def convnet_logarithms(shape=(28, 28, 1)):
    return stack(shape, SMALL, last="log_softmax")


@wrong("build_convnet", "softmax_over_batch")
def convnet_softmax_over_batch(shape=(28, 28, 1)):
    import keras

    scores = stack(shape, SMALL, last=None)
    softmax = keras.layers.Softmax(axis=0)
    return keras.Model(scores.inputs, softmax(scores.outputs[0]))


@wrong("build_convnet", "activation_before_softmax")
def convnet_relu_then_softmax(shape=(28, 28, 1)):
    import keras

    model = stack(shape, SMALL, last="relu")
    model.add(keras.layers.Softmax())
    return model


@wrong("build_convnet", "activation_before_softmax")
def convnet_sigmoid_then_softmax(shape=(28, 28, 1)):
    import keras

    model = stack(shape, SMALL, last="sigmoid")
    model.add(keras.layers.Softmax())
    return model


@wrong("build_convnet", "softmax_twice")
def convnet_softmax_twice(shape=(28, 28, 1)):
    import keras

    model = stack(shape, SMALL)
    model.add(keras.layers.Softmax())
    return model


@wrong("build_convnet", "softmax_twice")
def convnet_softmax_as_a_layer_too(shape=(28, 28, 1)):
    import keras

    model = stack(shape, SMALL)
    model.add(keras.layers.Activation("softmax"))
    return model


# ------------------------------------------------------------------------ what is in between


@wrong("build_convnet", "linear")
def convnet_no_activation(shape=(28, 28, 1)):
    return stack(shape, [("conv", 8, 5), "mean", ("conv", 16, 5), "mean"], hidden=None)


@wrong("build_convnet", "linear")
def convnet_no_activation_no_pool(shape=(28, 28, 1)):
    return stack(shape, [("conv", 4, 3), ("conv", 4, 5)], hidden="linear")


@wrong("build_convnet", "softmax_in_between")
def convnet_softmax_everywhere(shape=(28, 28, 1)):
    return stack(shape, SMALL, hidden="softmax")


@wrong("build_convnet", "softmax_in_between")
def convnet_softmax_on_first(shape=(28, 28, 1)):
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape),
            layers.Conv2D(16, 3, activation="softmax"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )


@wrong("build_convnet", "not_local")
def convnet_dense_only(shape=(28, 28, 1)):
    return stack(shape, ["flatten", ("dense", 32)], end=[("dense", 10)])


@wrong("build_convnet", "not_local")
def convnet_logistic_with_relu(shape=(28, 28, 1)):
    return stack(shape, ["flatten", ("dense", 16), ("dense", 16)], end=[("dense", 10)])


@wrong("build_convnet", "not_local")
def convnet_flatten_first(shape=(28, 28, 1)):
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape),
            layers.Flatten(),
            layers.Dense(36, activation="relu"),
            layers.Reshape((6, 6, 1)),
            layers.Conv2D(8, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )


@wrong("build_convnet", "not_local")
def convnet_kernel_of_the_whole_picture(shape=(28, 28, 1)):
    return stack(shape, [("conv", 32, shape[:2])])


@wrong("build_convnet", "not_local")
def convnet_pooled_then_dense(shape=(28, 28, 1)):
    return stack(shape, ["pool", "flatten", ("dense", 64)], end=[("dense", 10)])


@wrong("build_convnet", "not_local")
def convnet_single_pixels(shape=(28, 28, 1)):
    return stack(shape, [("conv", 8, 1), "pool", "pool"])


@wrong("build_convnet", "not_local")
def convnet_dense_on_pixels(shape=(28, 28, 1)):
    return stack(shape, [("dense", 16), "pool", "pool"])


@wrong("build_convnet", "flattened_before_convolution")
def convnet_flatten_then_conv(shape=(28, 28, 1)):
    return stack(shape, ["flatten", ("conv", 16, 3)], end=[("dense", 10)])


# ------------------------------------------------------------------------ weights and training


@wrong("build_convnet", "over_budget")
def convnet_without_pools(shape=(28, 28, 1)):
    return stack(shape, [("conv", 16, 3), ("conv", 16, 3)])


@wrong("build_convnet", "over_budget")
def convnet_wide_dense(shape=(28, 28, 1)):
    return stack(shape, [*SMALL, "flatten", ("dense", 128)], end=[("dense", 10)])


@wrong("build_convnet", "over_budget")
def convnet_just_over(shape=(28, 28, 1)):
    return stack(shape, [*SMALL, "flatten", ("dense", 67)], end=[("dense", 10)])


@wrong("build_convnet", "trained")
def convnet_trained(shape=(28, 28, 1)):
    import numpy as np

    model = convnet_list(shape)
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(np.zeros((4, *shape)), np.zeros(4), verbose=0)
    return model


@wrong("build_convnet", "mse")
def convnet_squares(shape=(28, 28, 1)):
    model = convnet_list(shape)
    model.compile("adam", "mse")
    return model


@wrong("build_convnet", "same_weights")
def convnet_seed_inside(shape=(28, 28, 1)):
    import keras

    keras.utils.set_random_seed(0)
    return convnet_list(shape)


@wrong("build_convnet", "same_model")
def convnet_kept(shape=(28, 28, 1)):
    made = convnet_kept.__dict__.setdefault("made", {})
    return made.setdefault(shape, convnet_list(shape))


@wrong("build_convnet", "constant_weights")
def convnet_zeros(shape=(28, 28, 1)):
    import numpy as np

    model = convnet_list(shape)
    model.set_weights([np.zeros_like(w) for w in model.get_weights()])
    return model


@wrong("build_convnet", "frozen")
def convnet_frozen(shape=(28, 28, 1)):
    model = convnet_list(shape)
    model.trainable = False
    return model


@wrong("build_convnet", "random_in_use")
def convnet_dropout_always(shape=(28, 28, 1)):
    import keras
    from keras import layers

    inputs = keras.Input(shape)
    x = layers.Conv2D(16, 3, activation="relu")(inputs)
    x = layers.Flatten()(layers.MaxPooling2D(4)(x))
    x = layers.Lambda(lambda x: keras.random.dropout(x, 0.5))(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


@wrong("build_convnet", "raises")
def convnet_no_such_layer(shape=(28, 28, 1)):
    import keras

    return keras.Sequential([keras.Input(shape), keras.layers.Convolution(8, 3)])


@wrong("build_convnet", "forgotten_brackets")
def convnet_class_in_the_list(shape=(28, 28, 1)):
    import keras
    from keras import layers

    return keras.Sequential(
        [keras.Input(shape), layers.Conv2D(8, 3), layers.Flatten, layers.Dense(10)]
    )

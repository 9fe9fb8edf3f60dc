"""Right and wrong answers to building a network with Keras.

Keras is imported inside the answers only: whoever imports the bank need not have it.
"""

import numpy as np

from tests.banks import right, wrong


@right("build_mlp")
def mlp_list(n_in, hidden, n_out, activation):
    import keras

    layers = [keras.Input((n_in,))]
    layers += [keras.layers.Dense(n, activation=activation) for n in hidden]
    return keras.Sequential([*layers, keras.layers.Dense(n_out, activation="softmax")])


@right("build_mlp")
def mlp_add(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential()
    model.add(keras.Input(shape=(n_in,)))
    for size in hidden:
        model.add(keras.layers.Dense(size, activation))
    model.add(keras.layers.Dense(n_out, "softmax"))
    return model


@right("build_mlp")
def mlp_functional(n_in, hidden, n_out, activation):
    import keras

    inputs = h = keras.Input((n_in,))
    for size in hidden:
        h = keras.layers.Dense(size, activation=activation)(h)
    outputs = keras.layers.Dense(n_out, activation=keras.activations.softmax)(h)
    return keras.Model(inputs, outputs, name="mlp")


@right("build_mlp")
def mlp_layers_of_their_own(n_in, hidden, n_out, activation):
    from keras import Input, Sequential
    from keras.layers import Activation, Dense, Softmax

    model = Sequential([Input((n_in,))])
    for size in hidden:
        model.add(Dense(size))
        model.add(Activation(activation))
    model.add(Dense(n_out))
    model.add(Softmax())
    return model


@right("build_mlp")
def mlp_input_shape(n_in, hidden, n_out, activation):
    from keras import models
    from keras.layers import Dense

    sizes, model = [*hidden, n_out], models.Sequential()
    for place, size in enumerate(sizes):
        last = place == len(sizes) - 1
        options = {"input_shape": (n_in,)} if place == 0 else {}
        model.add(Dense(size, activation="softmax" if last else activation, **options))
    return model


@right("build_mlp")
def mlp_built_later(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.layers.Dense(n, activation=activation) for n in hidden])
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    model.build((None, n_in))
    return model


@right("build_mlp")
def mlp_subclass(n_in, hidden, n_out, activation):
    import keras

    class Network(keras.Model):
        def __init__(self):
            super().__init__()
            self.last = keras.layers.Dense(n_out, activation="softmax")
            self.inner = [keras.layers.Dense(n, activation=activation) for n in hidden]

        def call(self, x):
            for layer in self.inner:
                x = layer(x)
            return self.last(x)

    model = Network()
    model(keras.ops.zeros((1, n_in)))
    return model


@right("build_mlp")
def mlp_other_start(n_in, hidden, n_out, activation):
    import keras

    options = {"kernel_initializer": "he_normal", "bias_initializer": "random_normal"}
    model = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        model.add(keras.layers.Dense(size, activation=activation, **options))
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


@right("build_mlp")
def mlp_nested(n_in, hidden, n_out, activation):
    import keras

    body = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        body.add(keras.layers.Dense(size, activation=keras.activations.get(activation)))
    return keras.Sequential(
        [keras.Input((n_in,)), body, keras.layers.Dense(n_out, activation="softmax")]
    )


@right("build_mlp", "It is compiled already")
def mlp_compiled_sensibly(n_in, hidden, n_out, activation):
    model = mlp_list(n_in, hidden, n_out, activation)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@right("build_mlp", "It is compiled already")
def mlp_compiled_for_one_hot(n_in, hidden, n_out, activation):
    import keras

    model = mlp_list(n_in, hidden, n_out, activation)
    model.compile(optimizer="sgd", loss=keras.losses.CategoricalCrossentropy())
    return model


@right("build_mlp")
def mlp_softmax_by_ops(n_in, hidden, n_out, activation):
    import keras

    inputs = h = keras.Input((n_in,))
    for size in hidden:
        h = keras.layers.Dense(size)(h)
        h = {"relu": keras.ops.relu, "tanh": keras.ops.tanh, "sigmoid": keras.ops.sigmoid}[
            activation
        ](h)
    z = keras.layers.Dense(n_out)(h)
    e = keras.ops.exp(z - keras.ops.max(z, axis=-1, keepdims=True))
    return keras.Model(inputs, e / keras.ops.sum(e, axis=-1, keepdims=True))


@right("build_mlp")
def mlp_input_layer(n_in, hidden, n_out, activation):
    import keras

    layers = [keras.layers.InputLayer(shape=(n_in,))]
    for size, function in zip([*hidden, n_out], [*[activation] * len(hidden), "softmax"]):
        layers += [keras.layers.Dense(size, activation=function)]
    return keras.models.Sequential(layers)


def network(n_in, sizes, activations, **options):
    import keras

    model = keras.Sequential([keras.Input((n_in,))])
    for size, activation in zip(sizes, activations, strict=True):
        model.add(keras.layers.Dense(size, activation=activation, **options))
    return model


# ------------------------------------------------------------------------- the last activation


@wrong("build_mlp", "sigmoid_output")
def mlp_sigmoid_output(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*[activation] * len(hidden), "sigmoid"])


@wrong("build_mlp", "no_softmax")
def mlp_scores(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*[activation] * len(hidden), None])


@wrong("build_mlp", "activation_at_the_end")
def mlp_activation_everywhere(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [activation] * (len(hidden) + 1))


@wrong("build_mlp", "activation_before_softmax")
def mlp_activation_then_softmax(n_in, hidden, n_out, activation):
    import keras

    model = mlp_activation_everywhere(n_in, hidden, n_out, activation)
    model.add(keras.layers.Softmax())
    return model


@wrong("build_mlp", "activation_before_softmax")
def mlp_sigmoid_then_softmax(n_in, hidden, n_out, activation):
    import keras

    model = mlp_sigmoid_output(n_in, hidden, n_out, activation)
    model.add(keras.layers.Activation("softmax"))
    return model


@wrong("build_mlp", "softmax_twice")
def mlp_softmax_twice(n_in, hidden, n_out, activation):
    import keras

    model = mlp_list(n_in, hidden, n_out, activation)
    model.add(keras.layers.Softmax())
    return model


@wrong("build_mlp", "softmax_over_batch")
def mlp_softmax_over_batch(n_in, hidden, n_out, activation):
    import keras

    model = mlp_scores(n_in, hidden, n_out, activation)
    model.add(keras.layers.Softmax(axis=0))
    return model


@wrong("build_mlp", "log_softmax")
def mlp_log_softmax(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*[activation] * len(hidden), "log_softmax"])


@wrong("build_mlp", "rows_not_one")
def mlp_exponentials(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*[activation] * len(hidden), "exponential"])


@wrong("build_mlp", "wrong_outputs")
def mlp_sharpened(n_in, hidden, n_out, activation):
    import keras

    model = mlp_scores(n_in, hidden, n_out, activation)
    model.add(keras.layers.Rescaling(2.0))
    model.add(keras.layers.Softmax())
    return model


# ---------------------------------------------------------------------- the hidden activations


@wrong("build_mlp", "linear")
def mlp_no_activation(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*[None] * len(hidden), "softmax"])


@wrong("build_mlp", "linear")
def mlp_linear_and_doubled(n_in, hidden, n_out, activation):
    import keras

    inputs = h = keras.Input((n_in,))
    for size in hidden:
        h = 2 * keras.layers.Dense(size)(h)
    return keras.Model(inputs, keras.layers.Dense(n_out, activation="softmax")(h))


@wrong("build_mlp", "activation_ignored")
def mlp_always_relu(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*["relu"] * len(hidden), "softmax"])


@wrong("build_mlp", "activation_ignored")
def mlp_always_tanh(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*["tanh"] * len(hidden), "softmax"])


@wrong("build_mlp", "activation_ignored")
def mlp_relu_or_tanh(n_in, hidden, n_out, activation):
    used = "relu" if activation == "relu" else "tanh"
    return network(n_in, [*hidden, n_out], [*[used] * len(hidden), "softmax"])


@wrong("build_mlp", "softmax_in_hidden")
def mlp_softmax_everywhere(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], ["softmax"] * (len(hidden) + 1))


@wrong("build_mlp", "activations_swapped")
def mlp_activations_swapped(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*["softmax"] * len(hidden), activation])


@wrong("build_mlp", "activations_swapped")
def mlp_softmax_before_the_last(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*["softmax"] * len(hidden), None])


@wrong("build_mlp", "softmax_first")
def mlp_softmax_of_inputs(n_in, hidden, n_out, activation):
    import keras

    body = mlp_list(n_in, hidden, n_out, activation)
    return keras.Sequential([keras.Input((n_in,)), keras.layers.Softmax(), body])


@wrong("build_mlp", "activation_first")
def mlp_activation_of_inputs(n_in, hidden, n_out, activation):
    import keras

    body = mlp_list(n_in, hidden, n_out, activation)
    return keras.Sequential([keras.Input((n_in,)), keras.layers.Activation(activation), body])


@wrong("build_mlp", "activation_once")
def mlp_activation_in_the_first(n_in, hidden, n_out, activation):
    names = [activation] + [None] * len(hidden)
    return network(n_in, [*hidden, n_out], [*names[: len(hidden)], "softmax"])


@wrong("build_mlp", "activation_once")
def mlp_activation_in_the_last(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input((n_in,)), *map(keras.layers.Dense, hidden)])
    if hidden:
        model.add(keras.layers.Activation(activation))
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


@wrong("build_mlp", "activation_twice")
def mlp_activation_twice(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        model.add(keras.layers.Dense(size, activation=activation))
        model.add(keras.layers.Activation(activation))
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


@wrong("build_mlp", "dropout")
def mlp_dropout(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        model.add(keras.layers.Dense(size, activation=activation))
        model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


# ------------------------------------------------------------------------------- sizes and biases


@wrong("build_mlp", "no_biases")
def mlp_no_biases(n_in, hidden, n_out, activation):
    names = [*[activation] * len(hidden), "softmax"]
    return network(n_in, [*hidden, n_out], names, use_bias=False)


@wrong("build_mlp", "some_biases")
def mlp_no_bias_at_the_end(n_in, hidden, n_out, activation):
    import keras

    model = network(n_in, hidden, [activation] * len(hidden))
    model.add(keras.layers.Dense(n_out, activation="softmax", use_bias=False))
    return model


@wrong("build_mlp", "some_biases")
def mlp_no_hidden_biases(n_in, hidden, n_out, activation):
    import keras

    model = network(n_in, hidden, [activation] * len(hidden), use_bias=False)
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


@wrong("build_mlp", "one_hidden_only")
def mlp_first_hidden(n_in, hidden, n_out, activation):
    return mlp_list(n_in, hidden[:1], n_out, activation)


@wrong("build_mlp", "one_hidden_only")
def mlp_last_hidden(n_in, hidden, n_out, activation):
    import keras

    layers = [keras.Input((n_in,))]
    for size in hidden:
        layers = [keras.Input((n_in,)), keras.layers.Dense(size, activation=activation)]
    return keras.Sequential([*layers, keras.layers.Dense(n_out, activation="softmax")])


@wrong("build_mlp", "hidden_missing")
def mlp_without_hidden(n_in, hidden, n_out, activation):
    return mlp_list(n_in, [], n_out, activation)


@wrong("build_mlp", "hidden_reversed")
def mlp_reversed(n_in, hidden, n_out, activation):
    return mlp_list(n_in, hidden[::-1], n_out, activation)


@wrong("build_mlp", "hidden_reversed")
def mlp_sorted(n_in, hidden, n_out, activation):
    return mlp_list(n_in, sorted(hidden, reverse=True), n_out, activation)


@wrong("build_mlp", "wrong_count")
def mlp_sorted_upwards(n_in, hidden, n_out, activation):
    return mlp_list(n_in, sorted(hidden), n_out, activation)


@wrong("build_mlp", "batch_matters")
def mlp_other_for_one_row(n_in, hidden, n_out, activation):
    import keras

    class Doubled(keras.layers.Layer):
        def call(self, x):
            return x * (1 + (x.shape[0] == 1))

    body = mlp_list(n_in, hidden, n_out, activation)
    return keras.Sequential([keras.Input((n_in,)), Doubled(), body])


@wrong("build_mlp", "input_as_a_layer")
def mlp_dense_for_the_inputs(n_in, hidden, n_out, activation):
    return mlp_list(n_in, [n_in, *hidden], n_out, activation)


@wrong("build_mlp", "hidden_twice")
def mlp_one_hidden_more(n_in, hidden, n_out, activation):
    return mlp_list(n_in, [*hidden, *hidden[-1:]], n_out, activation)


@wrong("build_mlp", "output_twice")
def mlp_output_as_hidden(n_in, hidden, n_out, activation):
    return mlp_list(n_in, [*hidden, n_out], n_out, activation)


@wrong("build_mlp", "sizes_equal")
def mlp_all_of_the_first_size(n_in, hidden, n_out, activation):
    return mlp_list(n_in, [hidden[0] for _ in hidden] if hidden else [], n_out, activation)


@wrong("build_mlp", "hard_coded")
def mlp_hidden_of_128(n_in, hidden, n_out, activation):
    return mlp_list(n_in, [128], n_out, activation)


@wrong("build_mlp", "hard_coded")
def mlp_ten_classes(n_in, hidden, n_out, activation):
    return mlp_list(n_in, hidden, 10, activation)


@wrong("build_mlp", "hard_coded_inputs")
def mlp_sixty_inputs(n_in, hidden, n_out, activation):
    return mlp_list(60, hidden, n_out, activation)


@wrong("build_mlp", "wrong_n_in")
def mlp_784_inputs(n_in, hidden, n_out, activation):
    return mlp_list(784, hidden, n_out, activation)


@wrong("build_mlp", "wrong_n_in")
def mlp_inputs_are_outputs(n_in, hidden, n_out, activation):
    return mlp_list(n_out, hidden, n_in, activation)


@wrong("build_mlp", "wrong_n_in")
def mlp_pictures(n_in, hidden, n_out, activation):
    import keras

    layers = [keras.layers.Dense(n, activation=activation) for n in hidden]
    last = keras.layers.Dense(n_out, activation="softmax")
    flat = keras.layers.Flatten()
    return keras.Sequential([keras.Input((n_in, n_in)), flat, *layers, last])


@wrong("build_mlp", "no_output_layer")
def mlp_without_output(n_in, hidden, n_out, activation):
    return network(n_in, hidden, [activation] * len(hidden))


@wrong("build_mlp", "not_one_row_each")
def mlp_column_of_inputs(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input((n_in,)), keras.layers.Reshape((n_in, 1))])
    for size in hidden:
        model.add(keras.layers.Dense(size, activation=activation))
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


@wrong("build_mlp", "extra_numbers")
def mlp_batch_normalisation(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        model.add(keras.layers.Dense(size, activation=activation))
        model.add(keras.layers.BatchNormalization())
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


@wrong("build_mlp", "wrong_count")
def mlp_halves(n_in, hidden, n_out, activation):
    return mlp_list(n_in, [max(1, n // 2) for n in hidden], n_out, activation)


# ------------------------------------------------------------------------------- not a fresh model


@wrong("build_mlp", "not_built")
def mlp_without_input(n_in, hidden, n_out, activation):
    import keras

    layers = [keras.layers.Dense(n, activation=activation) for n in hidden]
    return keras.Sequential([*layers, keras.layers.Dense(n_out, activation="softmax")])


@wrong("build_mlp", "no_layers")
def mlp_empty(n_in, hidden, n_out, activation):
    import keras

    return keras.Sequential()


@wrong("build_mlp", "a_list")
def mlp_list_of_layers(n_in, hidden, n_out, activation):
    import keras

    layers = [keras.Input((n_in,))]
    for size in hidden:
        layers.append(keras.layers.Dense(size, activation=activation))
    layers.append(keras.layers.Dense(n_out, activation="softmax"))
    return layers


@wrong("build_mlp", "a_tensor")
def mlp_outputs(n_in, hidden, n_out, activation):
    import keras

    h = keras.Input((n_in,))
    for size in hidden:
        h = keras.layers.Dense(size, activation=activation)(h)
    return keras.layers.Dense(n_out, activation="softmax")(h)


@wrong("build_mlp", "a_layer")
def mlp_layer(n_in, hidden, n_out, activation):
    import keras

    layer = keras.layers.Dense(n_out, activation="softmax")
    layer.build((None, n_in))
    return layer


@wrong("build_mlp", "returns_none")
def mlp_no_return(n_in, hidden, n_out, activation):
    mlp_list(n_in, hidden, n_out, activation)


@wrong("build_mlp", "returns_none")
def mlp_returns_what_compile_gives(n_in, hidden, n_out, activation):
    model = mlp_list(n_in, hidden, n_out, activation)
    return model.compile("adam", "sparse_categorical_crossentropy")


@wrong("build_mlp", "prints")
def mlp_returns_summary(n_in, hidden, n_out, activation):
    return mlp_list(n_in, hidden, n_out, activation).summary()


@wrong("build_mlp", "not_a_model")
def mlp_weights(n_in, hidden, n_out, activation):
    return mlp_list(n_in, hidden, n_out, activation).count_params()


_models = {}


@wrong("build_mlp", "same_model")
def mlp_kept(n_in, hidden, n_out, activation):
    key = n_in, *hidden, n_out, activation
    if key not in _models:
        _models[key] = mlp_list(n_in, hidden, n_out, activation)
    return _models[key]


@wrong("build_mlp", "same_weights")
def mlp_seeded(n_in, hidden, n_out, activation):
    import keras

    keras.utils.set_random_seed(0)
    return mlp_list(n_in, hidden, n_out, activation)


@wrong("build_mlp", "same_weights")
def mlp_seeded_initialiser(n_in, hidden, n_out, activation):
    import keras

    start = keras.initializers.GlorotUniform(seed=1)
    names = [*[activation] * len(hidden), "softmax"]
    return network(n_in, [*hidden, n_out], names, kernel_initializer=start)


@wrong("build_mlp", "constant_weights")
def mlp_zeros(n_in, hidden, n_out, activation):
    names = [*[activation] * len(hidden), "softmax"]
    return network(n_in, [*hidden, n_out], names, kernel_initializer="zeros")


@wrong("build_mlp", "constant_weights")
def mlp_output_starts_at_zero(n_in, hidden, n_out, activation):
    import keras

    model = network(n_in, hidden, [activation] * len(hidden))
    last = keras.layers.Dense(n_out, activation="softmax", kernel_initializer="zeros")
    model.add(last)
    return model


@wrong("build_mlp", "frozen")
def mlp_frozen(n_in, hidden, n_out, activation):
    model = mlp_list(n_in, hidden, n_out, activation)
    model.trainable = False
    return model


@wrong("build_mlp", "trained")
def mlp_trained(n_in, hidden, n_out, activation):
    import numpy as np

    model = mlp_list(n_in, hidden, n_out, activation)
    model.compile("sgd", "sparse_categorical_crossentropy")
    x, y = np.random.normal(size=(32, n_in)), np.random.randint(0, n_out, 32)
    model.fit(x, y, verbose=0)
    return model


@wrong("build_mlp", "mse")
def mlp_mse(n_in, hidden, n_out, activation):
    model = mlp_list(n_in, hidden, n_out, activation)
    model.compile(optimizer="sgd", loss="mse", metrics=["accuracy"])
    return model


@wrong("build_mlp", "mse")
def mlp_mse_object(n_in, hidden, n_out, activation):
    import keras

    model = mlp_list(n_in, hidden, n_out, activation)
    model.compile(optimizer="sgd", loss=keras.losses.MeanSquaredError())
    return model


@wrong("build_mlp", "other_loss")
def mlp_binary(n_in, hidden, n_out, activation):
    model = mlp_list(n_in, hidden, n_out, activation)
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@wrong("build_mlp", "from_logits")
def mlp_from_logits(n_in, hidden, n_out, activation):
    import keras

    model = mlp_list(n_in, hidden, n_out, activation)
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@wrong("build_mlp", "fixed_batch")
def mlp_fixed_batch(n_in, hidden, n_out, activation):
    import keras

    layers = [keras.layers.Dense(n, activation=activation) for n in hidden]
    last = keras.layers.Dense(n_out, activation="softmax")
    return keras.Sequential([keras.Input(batch_shape=(128, n_in)), *layers, last])


@wrong("build_mlp", "no_layers")
def mlp_layers_thrown_away(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        keras.layers.Dense(size, activation=activation)
    keras.layers.Dense(n_out, activation="softmax")
    return model


def softmax_of_numpy(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_of_functions(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@wrong("build_mlp", "own_softmax")
def mlp_own_softmax(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*[activation] * len(hidden), softmax_of_numpy])


@wrong("build_mlp", "own_softmax")
def mlp_own_softmax_that_computes(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*[activation] * len(hidden), softmax_of_functions])


@wrong("build_mlp", "own_softmax")
def mlp_own_softmax_behind(n_in, hidden, n_out, activation):
    import keras

    inputs = h = keras.Input((n_in,))
    for size in hidden:
        h = keras.layers.Dense(size, activation=activation)(h)
    return keras.Model(inputs, softmax_of_numpy(keras.layers.Dense(n_out)(h)))


@right("build_mlp")
def mlp_softmax_of_keras_ops(n_in, hidden, n_out, activation):
    import keras

    def last(z):
        return keras.ops.softmax(z, axis=-1)

    return network(n_in, [*hidden, n_out], [*[activation] * len(hidden), last])


@wrong("build_mlp", "shape_not_a_tuple")
def mlp_input_of_a_number(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input(n_in)])
    for size in [*hidden, n_out]:
        model.add(keras.layers.Dense(size, activation=activation))
    return model


@wrong("build_mlp", "list_as_a_size")
def mlp_dense_of_a_list(n_in, hidden, n_out, activation):
    import keras

    return keras.Sequential(
        [
            keras.Input((n_in,)),
            keras.layers.Dense(hidden, activation=activation),
            keras.layers.Dense(n_out, activation="softmax"),
        ]
    )


@wrong("build_mlp", "name_in_quotes")
def mlp_activation_in_quotes(n_in, hidden, n_out, activation):
    return network(n_in, [*hidden, n_out], [*["activation"] * len(hidden), "softmax"])


@wrong("build_mlp", "hidden_may_be_empty")
def mlp_first_hidden_needed(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input((n_in,))])
    model.add(keras.layers.Dense(hidden[0], activation=activation))
    for size in hidden[1:]:
        model.add(keras.layers.Dense(size, activation=activation))
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


@wrong("build_mlp", "nested_list")
def mlp_list_in_a_list(n_in, hidden, n_out, activation):
    import keras

    layers = [keras.layers.Dense(n, activation=activation) for n in hidden]
    return keras.Sequential(
        [keras.Input((n_in,)), layers, keras.layers.Dense(n_out, activation="softmax")]
    )


@wrong("build_mlp", "changes_input")
def mlp_appends(n_in, hidden, n_out, activation):
    hidden.append(n_out)
    names = [*[activation] * (len(hidden) - 1), "softmax"]
    return network(n_in, hidden, names)


@wrong("build_mlp", "several_outputs")
def mlp_two_outputs(n_in, hidden, n_out, activation):
    import keras

    inputs = h = keras.Input((n_in,))
    for size in hidden:
        h = keras.layers.Dense(size, activation=activation)(h)
    return keras.Model(inputs, [keras.layers.Dense(n_out, activation="softmax")(h), h])


@wrong("build_mlp", "hidden_missing")
def mlp_hidden_thrown_away(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        keras.layers.Dense(size, activation=activation)
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


@wrong("build_mlp", "hidden_missing")
def mlp_hidden_result_not_used(n_in, hidden, n_out, activation):
    import keras

    inputs = keras.Input((n_in,))
    for size in hidden:
        keras.layers.Dense(size, activation=activation)(inputs)
    return keras.Model(inputs, keras.layers.Dense(n_out, activation="softmax")(inputs))


@wrong("build_mlp", "no_output_layer")
def mlp_last_thrown_away(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        model.add(keras.layers.Dense(size, activation=activation))
    keras.layers.Dense(n_out, activation="softmax")
    return model


@wrong("build_mlp", "own_softmax")
def mlp_relu_of_numpy(n_in, hidden, n_out, activation):
    import keras

    inputs = h = keras.Input((n_in,))
    for size in hidden:
        h = np.maximum(keras.layers.Dense(size)(h), 0)
    return keras.Model(inputs, keras.layers.Dense(n_out, activation="softmax")(h))


@wrong("build_mlp", "own_softmax")
def mlp_own_softmax_in_a_layer(n_in, hidden, n_out, activation):
    import keras

    model = network(n_in, [*hidden, n_out], [*[activation] * len(hidden), None])
    model.add(keras.layers.Activation(softmax_of_functions))
    return model


# ------------------------------------------------------------- slips in the frame of the notebook


def in_the_frame(add_hidden, add_last):
    """Return the answer of the notebook's frame with two of its lines filled in."""

    def build_mlp(n_in, hidden, n_out, activation):
        import keras

        model = keras.Sequential([keras.Input((n_in,))])
        for size in hidden:
            add_hidden(model, size, activation)
        add_last(model, n_out)
        return model

    return build_mlp


def right_hidden(model, size, activation):
    import keras

    model.add(keras.layers.Dense(size, activation=activation))


def right_last(model, n_out):
    import keras

    model.add(keras.layers.Dense(n_out, activation="softmax"))


def softmax_of_a_layer(model, n_out):
    import keras

    model.add(softmax_of_numpy(keras.layers.Dense(n_out)))


def softmax_added(model, n_out):
    import keras

    model.add(keras.layers.Dense(n_out))
    model.add(softmax_of_numpy)


def softmax_in_words(model, n_out):
    import keras

    model.add(keras.layers.Dense(n_out, activation="soft max"))


def activation_called(model, size, activation):
    import keras

    model.add(keras.layers.Dense(size)(activation))


def activation_for_add(model, size, activation):
    import keras

    model.add(keras.layers.Dense(size), activation=activation)


def activation_added(model, size, activation):
    import keras

    model.add(keras.layers.Dense(size))
    model.add(activation)


def called_on_its_input(model, size, activation):
    import keras

    model.add(keras.layers.Dense(size, activation=activation)(keras.Input((60,))))


def size_added(model, size, activation):
    model.add(size)


right("build_mlp")(in_the_frame(right_hidden, right_last))
wrong("build_mlp", "own_softmax")(in_the_frame(right_hidden, softmax_of_a_layer))
wrong("build_mlp", "not_a_layer")(in_the_frame(right_hidden, softmax_added))
wrong("build_mlp", "unknown_activation")(in_the_frame(right_hidden, softmax_in_words))
wrong("build_mlp", "activation_apart")(in_the_frame(activation_called, right_last))
wrong("build_mlp", "activation_apart")(in_the_frame(activation_for_add, right_last))
wrong("build_mlp", "not_a_layer")(in_the_frame(activation_added, right_last))
wrong("build_mlp", "not_a_layer")(in_the_frame(size_added, right_last))
wrong("build_mlp", "called_layer_added")(in_the_frame(called_on_its_input, right_last))


@wrong("build_mlp", "add_gives_nothing")
def mlp_keeps_what_add_gives(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        model = model.add(keras.layers.Dense(size, activation=activation))
    model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


@wrong("build_mlp", "last_in_loop")
def mlp_last_in_the_loop(n_in, hidden, n_out, activation):
    import keras

    model = keras.Sequential([keras.Input((n_in,))])
    for size in hidden:
        model.add(keras.layers.Dense(size, activation=activation))
        model.add(keras.layers.Dense(n_out, activation="softmax"))
    return model


@wrong("build_mlp", "place_as_size")
def mlp_place_as_size(n_in, hidden, n_out, activation):
    return network(n_in, [*range(len(hidden)), n_out], [*[activation] * len(hidden), "softmax"])

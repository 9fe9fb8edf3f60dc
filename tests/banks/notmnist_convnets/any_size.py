"""Right and wrong answers to making a network take pictures of any size.

Keras is imported inside the answers only: whoever imports the bank need not have it.
"""

from tests.banks import right, wrong


@right("make_any_size")
def any_size_called_again(model):
    import keras

    outputs = inputs = keras.Input((None, None, 1))
    for layer in model.layers:
        if not isinstance(layer, keras.layers.InputLayer):
            outputs = layer(outputs)
    return keras.Model(inputs, outputs)


@right("make_any_size")
def any_size_sequential(model):
    import keras

    layers = [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    return keras.Sequential([keras.Input((None, None, 1)), *layers])


@right("make_any_size", "Functional API it would not take")
def any_size_for_sequential_models(model):
    """Stops for a functional model, whose first layer is its input; the unit's is Sequential."""
    import keras

    return keras.Sequential([keras.Input((None, None, 1)), *model.layers])


@right("make_any_size")
def any_size_weights_copied(model):
    import keras

    copies = [
        layer.__class__.from_config(layer.get_config())
        for layer in model.layers
        if not isinstance(layer, keras.layers.InputLayer)
    ]
    new = keras.Sequential([keras.Input(shape=(None, None, 1)), *copies])
    new.set_weights(model.get_weights())
    return new


@right("make_any_size", "Functional API it would not take")
def any_size_cloned(model):
    import keras

    inputs = keras.Input((None, None, 1))
    if isinstance(model, keras.Sequential):
        new = keras.models.clone_model(model, input_tensors=inputs)
    else:
        new = keras.Model(inputs, keras.models.clone_model(model, input_tensors=[inputs]).outputs)
    new.set_weights(model.get_weights())
    return new


@right("make_any_size")
def any_size_config(model):
    import keras

    config = model.get_config()
    config["layers"][0]["config"]["batch_shape"] = (None, None, None, 1)
    config.pop("build_input_shape", None)
    new = type(model).from_config(config)
    new.set_weights(model.get_weights())
    assert isinstance(new, keras.Model)
    return new


@right("make_any_size")
def any_size_by_kind(model):
    import keras
    from keras import layers

    new = keras.Sequential([keras.Input((None, None, 1))])
    for layer in model.layers:
        kind = type(layer).__name__
        if kind == "Conv2D":
            new.add(
                layers.Conv2D(
                    layer.filters,
                    layer.kernel_size,
                    padding=layer.padding,
                    activation=layer.activation,
                )
            )
            new.layers[-1].set_weights(layer.get_weights())
        elif kind == "MaxPooling2D":
            new.add(layers.MaxPooling2D(layer.pool_size))
        elif kind == "GlobalMaxPooling2D":
            new.add(layers.GlobalMaxPooling2D())
        elif kind == "Dense":
            new.add(layers.Dense(layer.units, activation=layer.activation))
            new.layers[-1].set_weights(layer.get_weights())
    return new


@right("make_any_size")
def any_size_subclass(model):
    import keras

    class AnySize(keras.Model):
        def __init__(self):
            super().__init__()
            self.parts = [x for x in model.layers if not isinstance(x, keras.layers.InputLayer)]

        def call(self, x):
            for part in self.parts:
                x = part(x)
            return x

    new = AnySize()
    new(keras.ops.zeros((1, 28, 28, 1)))
    return new


@right("make_any_size")
def any_size_model_as_a_layer(model):
    """Keras takes a Sequential model as a layer for pictures of another size."""
    import keras

    inputs = keras.Input((None, None, 1))
    return keras.Model(inputs, model(inputs))


def rebuilt(model, keep=True, shape=(None, None, 1), change=lambda layer: layer, end=()):
    """Call the layers of a model, perhaps changed, on a new input."""
    import keras

    x = inputs = keras.Input(shape)
    for layer in model.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        new = change(layer.__class__.from_config(layer.get_config()))
        x = new(x)
        if keep and new.weights and type(new) is type(layer):
            new.set_weights(layer.get_weights())
    for layer in end:
        x = layer(x)
    return keras.Model(inputs, x)


@wrong("make_any_size", "size_fixed")
def any_size_same_model(model):
    return model


@wrong("make_any_size", "size_fixed")
def any_size_cloned_as_it_is(model):
    import keras

    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    return new


@wrong("make_any_size", "size_fixed")
def any_size_28(model):
    return rebuilt(model, shape=(28, 28, 1))


@wrong("make_any_size", "size_fixed")
def any_size_width_only(model):
    return rebuilt(model, shape=(28, None, 1))


@wrong("make_any_size", "size_fixed")
def any_size_60(model):
    return rebuilt(model, shape=(60, 60, 1))


@wrong("make_any_size", "fresh_weights")
def any_size_without_weights(model):
    return rebuilt(model, keep=False)


@wrong("make_any_size", "fresh_weights")
def any_size_cloned_without_weights(model):
    import keras

    return keras.models.clone_model(model, input_tensors=keras.Input((None, None, 1)))


@wrong("make_any_size", "some_weights_lost")
def any_size_biases_lost(model):
    new = rebuilt(model)
    new.set_weights([w if w.ndim > 1 else 0 * w for w in new.get_weights()])
    return new


@wrong("make_any_size", "some_weights_lost")
def any_size_dense_anew(model):
    import keras

    x = inputs = keras.Input((None, None, 1))
    for layer in model.layers[:-1]:
        if not isinstance(layer, keras.layers.InputLayer):
            x = layer(x)
    return keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(x))


@wrong("make_any_size", "average_pooling")
def any_size_global_average(model):
    import keras

    return rebuilt(
        model,
        change=lambda layer: (
            keras.layers.GlobalAveragePooling2D()
            if isinstance(layer, keras.layers.GlobalMaxPooling2D)
            else layer
        ),
    )


@wrong("make_any_size", "average_pooling")
def any_size_average_pools(model):
    import keras

    return rebuilt(
        model,
        change=lambda layer: (
            keras.layers.AveragePooling2D(layer.pool_size)
            if isinstance(layer, keras.layers.MaxPooling2D)
            else layer
        ),
    )


@wrong("make_any_size", "activation_lost")
def any_size_no_activation(model):
    import keras

    return rebuilt(
        model,
        change=lambda layer: (
            keras.layers.Conv2D(layer.filters, layer.kernel_size, padding=layer.padding)
            if isinstance(layer, keras.layers.Conv2D)
            else layer
        ),
    )


@wrong("make_any_size", "activation_lost")
def any_size_no_softmax(model):
    import keras

    return rebuilt(
        model,
        change=lambda layer: (
            keras.layers.Dense(layer.units) if isinstance(layer, keras.layers.Dense) else layer
        ),
    )


@wrong("make_any_size", "other_padding")
def any_size_same_padding(model):
    import keras

    return rebuilt(
        model,
        change=lambda layer: (
            keras.layers.Conv2D.from_config(layer.get_config() | {"padding": "same"})
            if isinstance(layer, keras.layers.Conv2D)
            else layer
        ),
    )


@wrong("make_any_size", "resized")
def any_size_resized(model):
    import keras

    x = inputs = keras.Input((None, None, 1))
    return keras.Model(inputs, model(keras.layers.Resizing(28, 28)(x)))


@wrong("make_any_size", "resized")
def any_size_cut(model):
    import keras

    inputs = keras.Input((None, None, 1))
    return keras.Model(inputs, model(inputs[:, :28, :28]))


@wrong("make_any_size", "no_global_pool")
def any_size_without_global_pool(model):
    import keras

    x = inputs = keras.Input((None, None, 1))
    for layer in model.layers:
        if not isinstance(layer, keras.layers.InputLayer | keras.layers.GlobalMaxPooling2D):
            x = layer(x)
    return keras.Model(inputs, x)


@wrong("make_any_size", "flattened")
def any_size_flattened(model):
    import keras

    x = inputs = keras.Input((None, None, 1))
    for layer in model.layers:
        if isinstance(layer, keras.layers.GlobalMaxPooling2D):
            x = keras.layers.Flatten()(x)
        elif isinstance(layer, keras.layers.Dense):
            x = keras.layers.Dense(layer.units, activation=layer.activation)(x)
        elif not isinstance(layer, keras.layers.InputLayer):
            x = layer(x)
    return keras.Model(inputs, x)


@wrong("make_any_size", "channel_missing")
def any_size_two_axes(model):
    return rebuilt(model, shape=(None, None))


@wrong("make_any_size", "channels_wrong")
def any_size_colours(model):
    import keras

    x = inputs = keras.Input((None, None, 3))
    for layer in model.layers:
        x = layer(x)
    return keras.Model(inputs, x)


@wrong("make_any_size", "channels_wrong")
def any_size_three_open(model):
    return rebuilt(model, shape=(None, None, None))


@wrong("make_any_size", "batch_in_shape")
def any_size_four_axes(model):
    return rebuilt(model, shape=(None, None, None, 1))


@wrong("make_any_size", "layers_not_chained")
def any_size_first_missing(model):
    import keras

    x = inputs = keras.Input((None, None, 1))
    for layer in model.layers[1:]:
        x = layer(x)
    return keras.Model(inputs, x)


@wrong("make_any_size", "last_layer_missing")
def any_size_last_missing(model):
    import keras

    x = inputs = keras.Input((None, None, 1))
    for layer in model.layers[:-1]:
        if not isinstance(layer, keras.layers.InputLayer):
            x = layer(x)
    return keras.Model(inputs, x)


@wrong("make_any_size", "hard_coded")
def any_size_of_one_architecture(model):
    import keras
    from keras import layers

    new = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(8, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(32, 3, activation="relu"),
            layers.GlobalMaxPooling2D(),
            layers.Dense(10, activation="softmax"),
        ]
    )
    new.set_weights(model.get_weights())
    return new


@wrong("make_any_size", "a_tensor")
def any_size_tensor(model):
    return any_size_called_again(model).outputs[0]


@wrong("make_any_size", "a_list")
def any_size_list(model):
    import keras

    return [keras.Input((None, None, 1)), *model.layers]


@wrong("make_any_size", "returns_none")
def any_size_set_weights(model):
    new = rebuilt(model, keep=False)
    return new.set_weights(model.get_weights())


@wrong("make_any_size", "model_changed")
def any_size_takes_apart(model):
    new = any_size_called_again(model)
    model.set_weights([0 * w for w in model.get_weights()])
    other = any_size_weights_copied(new)
    other.set_weights(new.get_weights())
    return other


@wrong("make_any_size", "layers_not_chained")
def any_size_only_listed(model):
    import keras

    x = inputs = keras.Input((None, None, 1))
    for layer in model.layers:
        layer(x)
    return keras.Model(inputs, x)


@wrong("make_any_size", "layers_not_chained")
def any_size_always_on_the_input(model):
    import keras

    inputs = keras.Input((None, None, 1))
    for layer in model.layers:
        if not isinstance(layer, keras.layers.InputLayer):
            x = layer(inputs)
    return keras.Model(inputs, x)


@wrong("make_any_size", "not_connected")
def any_size_two_inputs(model):
    import keras

    return keras.Model(keras.Input((None, None, 1)), model.outputs)

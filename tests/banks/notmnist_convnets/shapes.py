"""Right and wrong answers to the shapes and the weights of a convolutional network."""

import math

import numpy as np

from tests.banks import right, wrong


@right("conv_shape")
def shapes_loop(layers, shape):
    params = 0
    for kind, *size in layers:
        if kind == "conv":
            filters, side, padding = size
            params += (side * side * shape[-1] + 1) * filters
            lost = 0 if padding == "same" else side - 1
            shape = (shape[0] - lost, shape[1] - lost, filters)
        elif kind == "pool":
            shape = (shape[0] // size[0], shape[1] // size[0], shape[2])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        elif kind == "dense":
            params += (shape[0] + 1) * size[0]
            shape = (size[0],)
        elif kind == "batchnorm":
            params += 4 * shape[-1]
        elif kind == "globalmax":
            shape = (shape[-1],)
    return shape, params


@right("conv_shape")
def shapes_match(layers, shape):
    total = 0
    for layer in layers:
        match layer:
            case ("conv", filters, side, "same"):
                total += filters * (1 + side**2 * shape[2])
                shape = [*shape[:2], filters]
            case ("conv", filters, side, "valid"):
                total += filters * (1 + side**2 * shape[2])
                shape = [shape[0] - side + 1, shape[1] - side + 1, filters]
            case ("pool", side):
                shape = [shape[0] // side, shape[1] // side, shape[2]]
            case ("flatten",):
                shape = [math.prod(shape)]
            case ("dense", units):
                total += units * (1 + shape[-1])
                shape = [*shape[:-1], units]
            case ("batchnorm",):
                total += 4 * shape[-1]
            case ("globalmax",):
                shape = [shape[-1]]
            case ("dropout", _):
                pass
    return tuple(shape), total


@right("conv_shape")
def shapes_recursion(layers, shape):
    if not layers:
        return shape, 0
    (kind, *size), *rest = layers
    weights = 0
    if kind == "conv":
        weights = size[0] * (size[1] ** 2 * shape[-1] + 1)
        cut = size[1] - 1 if size[2] == "valid" else 0
        shape = (shape[0] - cut, shape[1] - cut, size[0])
    if kind == "pool":
        shape = (shape[0] // size[0], shape[1] // size[0], shape[2])
    if kind == "flatten":
        shape = (shape[0] * shape[1] * shape[2],) if len(shape) == 3 else shape
    if kind == "dense":
        weights, shape = size[0] * shape[0] + size[0], (size[0],)
    if kind == "batchnorm":
        weights = 2 * shape[-1] + 2 * shape[-1]
    if kind == "globalmax":
        shape = shape[2:]
    after, more = shapes_recursion(rest, shape)
    return after, weights + more


@right("conv_shape")
def shapes_list_for_a_tuple(layers, shape):
    out, params = shapes_loop(layers, shape)
    return list(out), params


@right("conv_shape")
def shapes_numpy_numbers(layers, shape):
    out, params = shapes_loop(layers, shape)
    return np.array(out), np.int64(params)


@right("conv_shape")
def shapes_list_of_both(layers, shape):
    return [*shapes_loop(layers, shape)]


@right("conv_shape")
def shapes_height_and_width(layers, shape):
    h, w, c = (*shape, 1, 1)[:3] if len(shape) < 3 else shape
    flat, n = None, 0
    for layer in layers:
        name = layer[0]
        if name == "conv":
            n += layer[2] * layer[2] * c * layer[1] + layer[1]
            c = layer[1]
            if layer[3] != "same":
                h, w = h - layer[2] + 1, w - layer[2] + 1
        elif name == "pool":
            h, w = int(h / layer[1]), int(w / layer[1])
        elif name == "flatten":
            flat = flat or h * w * c
        elif name == "globalmax":
            flat = c
        elif name == "dense":
            n += flat * layer[1] + layer[1]
            flat = layer[1]
        elif name == "batchnorm":
            n += 4 * (flat or c)
    return ((flat,) if flat else (h, w, c)), n


@right("conv_shape")
def shapes_with_functions(layers, shape):
    def conv(shape, filters, side, padding):
        cut = {"same": 0, "valid": side - 1}[padding]
        weights = filters * (shape[2] * side**2) + filters
        return (shape[0] - cut, shape[1] - cut, filters), weights

    def pool(shape, side):
        return (*(n // side for n in shape[:2]), shape[2]), 0

    kinds = {
        "conv": conv,
        "pool": pool,
        "flatten": lambda shape: ((math.prod(shape),), 0),
        "dense": lambda shape, units: ((units,), units * (shape[0] + 1)),
        "dropout": lambda shape, rate: (shape, 0),
        "batchnorm": lambda shape: (shape, 4 * shape[-1]),
        "globalmax": lambda shape: (shape[-1:], 0),
    }
    params = 0
    for kind, *arguments in layers:
        shape, weights = kinds[kind](shape, *arguments)
        params += weights
    return shape, params


@right("conv_shape")
def shapes_array_of_sides(layers, shape):
    sides, channels, params = np.array(shape[:2]), shape[2], 0
    for layer in layers:
        if layer[0] == "conv":
            params += (layer[2] ** 2 * channels + 1) * layer[1]
            channels = layer[1]
            sides = sides - (layer[2] - 1) * (layer[3] == "valid")
        if layer[0] == "pool":
            sides = sides // layer[1]
        if layer[0] == "batchnorm":
            params += 4 * channels
        if layer[0] == "flatten":
            channels, sides = int(np.prod(sides)) * channels, sides[:0]
        if layer[0] == "globalmax":
            sides = sides[:0]
        if layer[0] == "dense":
            params += layer[1] * (channels + 1)
            channels = layer[1]
    return (*sides.tolist(), channels), params


def mistaken(**changes):
    """Return an answer with some rules replaced."""
    rules = {
        "kernel": lambda side, channels, filters: (side * side * channels + 1) * filters,
        "valid": lambda n, side: n - side + 1,
        "same": lambda n, side: n,
        "pool": lambda n, side: n // side,
        "flatten": lambda shape: (int(np.prod(shape)),),
        "dense": lambda inputs, units: (inputs + 1) * units,
        "batchnorm": lambda channels: 4 * channels,
        "dropout": lambda shape, rate: shape,
        "globalmax": lambda shape: (shape[-1],),
    } | changes

    def answer(layers, shape):
        n = 0
        for kind, *size in layers:
            if kind == "conv":
                filters, side, padding = size
                n += rules["kernel"](side, shape[-1], filters)
                shape = (*(rules[padding](s, side) for s in shape[:2]), filters)
            elif kind == "pool":
                shape = (*(rules["pool"](s, size[0]) for s in shape[:2]), shape[2])
            elif kind == "flatten":
                shape = rules["flatten"](shape)
            elif kind == "dense":
                n += rules["dense"](shape[0], size[0])
                shape = (size[0],)
            elif kind == "batchnorm":
                n += rules["batchnorm"](shape[-1])
            elif kind == "dropout":
                shape = rules["dropout"](shape, size[0])
            elif kind == "globalmax":
                shape = rules["globalmax"](shape)
        return shape, n

    return answer


@wrong("conv_shape", "channels_forgotten")
def shapes_channels_forgotten(layers, shape):
    return mistaken(kernel=lambda side, channels, filters: (side * side + 1) * filters)(
        layers, shape
    )


@wrong("conv_shape", "biases_forgotten")
def shapes_biases_forgotten(layers, shape):
    return mistaken(
        kernel=lambda side, channels, filters: side * side * channels * filters,
        dense=lambda inputs, units: inputs * units,
    )(layers, shape)


@wrong("conv_shape", "biases_forgotten")
def shapes_kernel_biases_forgotten(layers, shape):
    return mistaken(kernel=lambda side, channels, filters: side * side * channels * filters)(
        layers, shape
    )


@wrong("conv_shape", "biases_forgotten")
def shapes_dense_biases_forgotten(layers, shape):
    return mistaken(dense=lambda inputs, units: inputs * units)(layers, shape)


@wrong("conv_shape", "another_bias")
def shapes_one_bias_a_layer(layers, shape):
    return mistaken(
        kernel=lambda side, channels, filters: side * side * channels * filters + 1,
    )(layers, shape)


@wrong("conv_shape", "another_bias")
def shapes_bias_for_each_channel(layers, shape):
    return mistaken(
        kernel=lambda side, channels, filters: (side * side + 1) * channels * filters,
    )(layers, shape)


@wrong("conv_shape", "side_not_squared")
def shapes_side_not_squared(layers, shape):
    return mistaken(kernel=lambda side, channels, filters: (side * channels + 1) * filters)(
        layers, shape
    )


@wrong("conv_shape", "padding_ignored")
def shapes_always_valid(layers, shape):
    return mistaken(same=lambda n, side: n - side + 1)(layers, shape)


@wrong("conv_shape", "padding_ignored")
def shapes_always_same(layers, shape):
    return mistaken(valid=lambda n, side: n)(layers, shape)


@wrong("conv_shape", "paddings_swapped")
def shapes_paddings_swapped(layers, shape):
    return mistaken(valid=lambda n, side: n, same=lambda n, side: n - side + 1)(layers, shape)


@wrong("conv_shape", "valid_off_by_one")
def shapes_valid_loses_all(layers, shape):
    return mistaken(valid=lambda n, side: n - side)(layers, shape)


@wrong("conv_shape", "valid_off_by_one")
def shapes_valid_loses_half(layers, shape):
    return mistaken(valid=lambda n, side: n - side // 2)(layers, shape)


@wrong("conv_shape", "pool_rounded_up")
def shapes_pool_rounded_up(layers, shape):
    return mistaken(pool=lambda n, side: -(-n // side))(layers, shape)


@wrong("conv_shape", "pool_rounded_up")
def shapes_pool_rounded(layers, shape):
    return mistaken(pool=lambda n, side: math.floor(n / side + 0.5))(layers, shape)


@wrong("conv_shape", "pool_not_whole")
def shapes_pool_not_whole(layers, shape):
    return mistaken(pool=lambda n, side: n / side)(layers, shape)


@wrong("conv_shape", "pool_by_two")
def shapes_pool_by_two(layers, shape):
    return mistaken(pool=lambda n, side: n // 2)(layers, shape)


@wrong("conv_shape", "pool_as_convolution")
def shapes_pool_slides(layers, shape):
    return mistaken(pool=lambda n, side: n - side + 1)(layers, shape)


@wrong("conv_shape", "batchnorm_two")
def shapes_batchnorm_two(layers, shape):
    return mistaken(batchnorm=lambda channels: 2 * channels)(layers, shape)


@wrong("conv_shape", "batchnorm_forgotten")
def shapes_batchnorm_none(layers, shape):
    return mistaken(batchnorm=lambda channels: 0)(layers, shape)


@wrong("conv_shape", "batchnorm_once")
def shapes_batchnorm_once(layers, shape):
    return mistaken(batchnorm=lambda channels: 4)(layers, shape)


@wrong("conv_shape", "dropout_changes")
def shapes_dropout_removes(layers, shape):
    def fewer(shape, rate):
        return (*shape[:-1], int(shape[-1] * (1 - rate)))

    return mistaken(dropout=fewer)(layers, shape)


@wrong("conv_shape", "globalmax_ignored")
def shapes_globalmax_flattens(layers, shape):
    return mistaken(globalmax=lambda shape: (int(np.prod(shape)),))(layers, shape)


@wrong("conv_shape", "flatten_is_wrong")
def shapes_flatten_without_channels(layers, shape):
    return mistaken(flatten=lambda shape: (shape[0] * shape[1],) if len(shape) > 1 else shape)(
        layers, shape
    )


@wrong("conv_shape", "last_layer_only")
def shapes_last_layer_only(layers, shape):
    weights = 0
    for layer in layers:
        shape, more = shapes_loop([layer], shape)
        weights = more or weights
    return shape, weights


@wrong("conv_shape", "returns_in_loop")
def shapes_return_in_loop(layers, shape):
    for layer in layers:
        shape, weights = shapes_loop([layer], shape)
        return shape, weights


@wrong("conv_shape", "swapped")
def shapes_swapped(layers, shape):
    out, weights = shapes_loop(layers, shape)
    return weights, out


@wrong("conv_shape", "not_two")
def shapes_weights_only(layers, shape):
    return shapes_loop(layers, shape)[1]


@wrong("conv_shape", "not_two")
def shapes_shape_only(layers, shape):
    return shapes_loop(layers, shape)[0]


@wrong("conv_shape", "batch_axis")
def shapes_batch_axis(layers, shape):
    out, weights = shapes_loop(layers, shape)
    return (None, *out), weights


@wrong("conv_shape", "number_for_a_shape")
def shapes_number_for_a_shape(layers, shape):
    out, weights = shapes_loop(layers, shape)
    return out[0], weights


@wrong("conv_shape", "shape_never_changes")
def shapes_shape_never_changes(layers, shape):
    weights = 0
    for layer in layers:
        weights += shapes_loop([layer], shape)[1]
    return shape, weights


@wrong("conv_shape", "channels_stay")
def shapes_channels_stay(layers, shape):
    weights, channels = 0, shape[-1]
    for layer in layers:
        shape, more = shapes_loop([layer], shape)
        if len(shape) == 3:
            shape = (*shape[:2], channels)
        weights += more
    return shape, weights


@wrong("conv_shape", "square_only")
def shapes_square_only(layers, shape):
    return shapes_loop(layers, (shape[0], shape[0], shape[2]))


@wrong("conv_shape", "hard_coded")
def shapes_hard_coded(layers, shape):
    return shapes_loop(layers, (28, 28, 1))


@wrong("conv_shape", "asks_keras")
def shapes_ask_keras(layers, shape):
    import keras

    kinds = {
        "conv": lambda filters, side, padding: keras.layers.Conv2D(filters, side, padding=padding),
        "pool": keras.layers.MaxPooling2D,
        "flatten": keras.layers.Flatten,
        "dense": keras.layers.Dense,
        "batchnorm": keras.layers.BatchNormalization,
        "dropout": keras.layers.Dropout,
        "globalmax": keras.layers.GlobalMaxPooling2D,
    }
    parts = [kinds[kind](*size) for kind, *size in layers]
    model = keras.Sequential([keras.Input(shape), *parts])
    return model.output_shape[1:], model.count_params()


@wrong("conv_shape", "changes_input")
def shapes_eats_the_list(layers, shape):
    params = 0
    while layers:
        shape, more = shapes_loop([layers.pop(0)], shape)
        params += more
    return shape, params


@wrong("conv_shape", "returns_none")
def shapes_forgets_return(layers, shape):
    shapes_loop(layers, shape)


@wrong("conv_shape", "raises")
def shapes_batchnorm_not_written(layers, shape):
    rules = {"conv": 1, "pool": 1, "flatten": 1, "dense": 1}
    for layer in layers:
        rules[layer[0]]
    return shapes_loop(layers, shape)


@wrong("conv_shape", "not_shared")
def shapes_weights_at_each_place(layers, shape):
    params = 0
    for layer in layers:
        shape, weights = shapes_loop([layer], shape)
        params += weights * (shape[0] * shape[1] if layer[0] == "conv" else 1)
    return shape, params


@wrong("conv_shape", "another_bias")
def shapes_one_bias_for_each_layer(layers, shape):
    return mistaken(
        kernel=lambda side, channels, filters: side * side * channels * filters + 1,
        dense=lambda inputs, units: inputs * units + 1,
    )(layers, shape)


@wrong("conv_shape", "another_bias")
def shapes_bias_for_each_input(layers, shape):
    return mistaken(dense=lambda inputs, units: inputs * (units + 1))(layers, shape)


@wrong("conv_shape", "three_by_three_only")
def shapes_three_by_three(layers, shape):
    return mistaken(
        valid=lambda n, side: n - 2,
        kernel=lambda side, channels, filters: (9 * channels + 1) * filters,
    )(layers, shape)


@wrong("conv_shape", "three_by_three_only")
def shapes_valid_loses_two(layers, shape):
    return mistaken(valid=lambda n, side: n - 2)(layers, shape)


@wrong("conv_shape", "flatten_is_wrong")
def shapes_flatten_forgotten(layers, shape):
    return mistaken(flatten=lambda shape: shape)(layers, shape)


@wrong("conv_shape", "flatten_is_wrong")
def shapes_flatten_keeps_channels_only(layers, shape):
    return mistaken(flatten=lambda shape: (shape[-1],))(layers, shape)


@wrong("conv_shape", "asks_keras")
def shapes_ask_keras_without_count_params(layers, shape):
    import keras

    x = pictures = keras.Input(shape)
    for kind, *size in layers:
        if kind == "conv":
            x = keras.layers.Conv2D(size[0], size[1], padding=size[2])(x)
        elif kind == "pool":
            x = keras.layers.MaxPooling2D(size[0])(x)
        elif kind == "flatten":
            x = keras.layers.Flatten()(x)
        elif kind == "dense":
            x = keras.layers.Dense(size[0])(x)
        elif kind == "batchnorm":
            x = keras.layers.BatchNormalization()(x)
        elif kind == "globalmax":
            x = keras.layers.GlobalMaxPooling2D()(x)
    weights = keras.Model(pictures, x).weights
    return tuple(x.shape[1:]), sum(math.prod(w.shape) for w in weights)


@wrong("conv_shape", "same_for_odd_only")
def shapes_frame_of_half_a_kernel(layers, shape):
    return mistaken(same=lambda n, side: n + 2 * (side // 2) - side + 1)(layers, shape)


@wrong("conv_shape", "same_for_odd_only")
def shapes_frame_too_narrow(layers, shape):
    return mistaken(same=lambda n, side: n + 2 * ((side - 1) // 2) - side + 1)(layers, shape)


@wrong("conv_shape", "dropout_changes")
def shapes_dropout_flattens(layers, shape):
    return mistaken(dropout=lambda shape, rate: (math.prod(shape),))(layers, shape)


@wrong("conv_shape", "wrong_type")
def shapes_words(layers, shape):
    out, weights = shapes_loop(layers, shape)
    return out, f"{weights}"


@wrong("conv_shape", "wrong_type")
def shapes_nested(layers, shape):
    out, weights = shapes_loop(layers, shape)
    return (out[:2], out[2:]), weights


@wrong("conv_shape", "wrong_value")
def shapes_two_mistakes(layers, shape):
    return mistaken(batchnorm=lambda channels: 2 * channels, pool=lambda n, side: n // 2)(
        layers, shape
    )


def overwriting(*kinds):
    """Return an answer that sets the number of weights anew at these kinds of layers."""

    def shapes(layers, shape):
        params = 0
        for layer in layers:
            shape, weights = shapes_loop([layer], shape)
            params = weights if layer[0] in kinds else params + weights
        return shape, params

    return shapes


@wrong("conv_shape", "overwritten")
def shapes_convolutions_overwrite(layers, shape):
    return overwriting("conv")(layers, shape)


@wrong("conv_shape", "overwritten")
def shapes_dense_layers_overwrite(layers, shape):
    return overwriting("dense")(layers, shape)


@wrong("conv_shape", "last_layer_only")
def shapes_all_overwrite(layers, shape):
    return overwriting("conv", "dense", "batchnorm")(layers, shape)


@wrong("conv_shape", "size_is_a_list")
def shapes_divides_by_the_list(layers, shape):
    for kind, *size in layers:
        if kind == "pool":
            shape = (shape[0] // size, shape[1] // size, shape[2])
    return shapes_loop(layers, shape)


@wrong("conv_shape", "number_for_a_shape")
def shapes_flatten_gives_a_number(layers, shape):
    params = 0
    for layer in layers:
        if layer[0] == "flatten":
            shape = int(np.prod(shape))
            continue
        if layer[0] == "dense":
            params, shape = params + (shape[0] + 1) * layer[1], (layer[1],)
            continue
        shape, more = shapes_loop([layer], shape)
        params += more
    return shape, params


@wrong("conv_shape", "square_only")
def shapes_height_for_both_sides(layers, shape):
    params = 0
    for layer in layers:
        taken = (shape[0], shape[0], shape[2]) if layer[0] in ("conv", "pool") else shape
        shape, more = shapes_loop([layer], taken)
        params += more
    return shape, params

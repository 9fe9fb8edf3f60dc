"""Answers to `tape_gradient`: the gradients that TensorFlow records.

TensorFlow is imported by the answers, not here: the bank can be read without it.
"""

import numpy as np

from tests.banks import right, wrong


@right("tape_gradient")
def variables(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@right("tape_gradient")
def watched_constants(x, W, b):
    import tensorflow as tf

    x, W, b = tf.constant(x), tf.constant(W), tf.constant(b)
    with tf.GradientTape() as tape:
        tape.watch(W)
        tape.watch([b])
        loss = tf.reduce_sum(tf.nn.sigmoid(tf.matmul(x, W) + b))
    dW, db = tape.gradient(loss, (W, b))
    return dW.numpy(), db.numpy()


@right("tape_gradient")
def keras_ops(x, W, b):
    import tensorflow as tf
    from keras import ops

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = ops.sum(ops.sigmoid(ops.matmul(x, W) + b))
    return tuple(tape.gradient(loss, [W, b]))


@right("tape_gradient")
def dense_layer(x, W, b):
    import keras
    import tensorflow as tf

    layer = keras.layers.Dense(W.shape[1], activation="sigmoid")
    layer.build(x.shape)
    layer.set_weights([W, b])
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(layer(x))
    return tape.gradient(loss, layer.trainable_weights)


@right("tape_gradient", "You left out the sum")
def keras_model(x, W, b):
    import keras
    import tensorflow as tf

    inputs = keras.Input(shape=(x.shape[1],))
    model = keras.Model(inputs, keras.layers.Dense(len(b), activation="sigmoid")(inputs))
    model.set_weights([W, b])
    with tf.GradientTape(persistent=True) as tape:
        y = model(x)
    kernel, bias = (v.value for v in model.trainable_variables)
    return tape.gradient(y, kernel), tape.gradient(y, bias)


@right("tape_gradient")
def persistent(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape(persistent=True) as tape:
        y = 1 / (1 + tf.exp(-(x @ W + b)))
        loss = tf.reduce_sum(y)
    return tape.gradient(loss, W), tape.gradient(loss, b)


@right("tape_gradient", "You left out the sum")
def slope_of_the_values(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        y = tf.sigmoid(x @ W + b)
    return tape.gradient(y, [W, b])


@right("tape_gradient")
def traced(x, W, b):
    import tensorflow as tf

    @tf.function
    def gradients(x, W, b):
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch((W, b))
            loss = tf.math.reduce_sum(tf.math.sigmoid(tf.linalg.matmul(x, W) + b))
        return tape.gradient(loss, {"W": W, "b": b})

    result = gradients(tf.constant(x), tf.constant(W), tf.constant(b))
    return result["W"], result["b"]


@right("tape_gradient")
def in_double_precision(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W, dtype=tf.float64), tf.Variable(b, dtype=tf.float64)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(tf.cast(x, tf.float64) @ W + b))
    return tape.gradient(loss, [W, b])


@right("tape_gradient")
def two_tapes(x, W, b):
    import tensorflow as tf

    slopes = []
    W, b = tf.convert_to_tensor(W), tf.convert_to_tensor(b)
    for v in (W, b):
        with tf.GradientTape() as tape:
            tape.watch(v)
            loss = tf.reduce_sum(tf.sigmoid(tf.add(tf.matmul(x, W), b)))
        slopes.append(tape.gradient(loss, v))
    return slopes


@right("tape_gradient")
def keras_variables(x, W, b):
    import keras
    import tensorflow as tf

    W, b = keras.Variable(W), keras.Variable(b)
    with tf.GradientTape() as tape:
        loss = keras.ops.sum(keras.ops.sigmoid(keras.ops.matmul(x, W) + b))
    return tape.gradient(loss, [W.value, b.value])


@wrong("tape_gradient", "outside_the_tape")
def loss_before_the_tape(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    with tf.GradientTape() as tape:
        pass
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "way_interrupted")
def loss_after_the_tape(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        y = tf.sigmoid(x @ W + b)
    loss = tf.reduce_sum(y)
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "not_watched")
def constants_not_watched(x, W, b):
    import tensorflow as tf

    W, b = tf.constant(W), tf.constant(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "way_interrupted")
def watched_too_late(x, W, b):
    import tensorflow as tf

    W, b = tf.constant(W), tf.constant(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
        tape.watch([W, b])
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "way_interrupted")
def turned_into_variables_inside(x, W, b):
    import tensorflow as tf

    first_W, first_b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        W, b = tf.Variable(first_W.numpy()), tf.Variable(first_b.numpy())
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [first_W, first_b])


@wrong("tape_gradient", "not_watched")
def bias_not_watched(x, W, b):
    import tensorflow as tf

    W = tf.Variable(W)
    b = tf.constant(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "outside_the_tape")
def bias_forgotten(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "numpy_inside")
def numpy_loss(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = np.sum(1 / (1 + np.exp(-(x @ W + b))))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "way_interrupted")
def numpy_in_the_middle(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        z = (x @ W + b).numpy()
        loss = tf.reduce_sum(tf.sigmoid(z))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "not_tensors")
def arrays_watched(x, W, b):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(W)
        tape.watch(b)
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "not_tensors")
def arrays_as_they_are(x, W, b):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "not_tensors")
def keras_variables_asked_for(x, W, b):
    import keras
    import tensorflow as tf

    W, b = keras.Variable(W), keras.Variable(b)
    with tf.GradientTape() as tape:
        loss = keras.ops.sum(keras.ops.sigmoid(x @ W + b))
    return tape.gradient(loss, [W.numpy(), b.numpy()])


@wrong("tape_gradient", "used_twice")
def asks_the_tape_twice(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, W), tape.gradient(loss, b)


@wrong("tape_gradient", "mean_not_sum")
def mean(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "mean_over_samples")
def mean_over_samples(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.reduce_mean(tf.sigmoid(x @ W + b), axis=0))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "not_a_pair")
def weights_only(x, W, b):
    import tensorflow as tf

    W = tf.Variable(W)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, W)


@wrong("tape_gradient", "not_a_pair")
def weights_only_in_a_list(x, W, b):
    import tensorflow as tf

    W = tf.Variable(W)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W])


@wrong("tape_gradient", "inputs_too")
def input_as_well(x, W, b):
    import tensorflow as tf

    x, W, b = tf.Variable(x), tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [x, W, b])


@wrong("tape_gradient", "loss_too")
def loss_first(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return loss, *tape.gradient(loss, [W, b])


@wrong("tape_gradient", "inputs_instead")
def input_instead_of_weights(x, W, b):
    import tensorflow as tf

    x, b = tf.Variable(x), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [x, b])


@wrong("tape_gradient", "swapped")
def bias_first(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [b, W])


@wrong("tape_gradient", "no_sigmoid")
def linear(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(x @ W + b)
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "sigmoid_twice")
def twice(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(tf.sigmoid(x @ W + b)))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "tanh")
def tanh(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.tanh(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "all_zero")
def softmax(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.nn.softmax(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "relu")
def relu(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.nn.relu(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "sum_inside")
def sigmoid_of_the_sum(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.sigmoid(tf.reduce_sum(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "squared")
def sum_of_squares(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b) ** 2)
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "bias_missing")
def bias_in_another_loss(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W)) + tf.reduce_sum(tf.sigmoid(b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "sign")
def negative(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = -tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "values_not_slopes")
def the_variables(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    tape.gradient(loss, [W, b])
    return W, b


@wrong("tape_gradient", "no_tape")
def by_hand(x, W, b):
    y = 1 / (1 + np.exp(-(x @ W + b)))
    return x.T @ (y * (1 - y)), (y * (1 - y)).sum(axis=0)


@wrong("tape_gradient", "no_tape")
def by_hand_in_tensorflow(x, W, b):
    import tensorflow as tf

    y = tf.sigmoid(x @ W + b)
    return tf.transpose(x) @ (y * (1 - y)), tf.reduce_sum(y * (1 - y), axis=0)


@wrong("tape_gradient", "no_tape")
def by_hand_beside_a_tape(x, W, b):
    import tensorflow as tf

    with tf.GradientTape():
        y = 1 / (1 + np.exp(-(x @ W + b)))
    return x.T @ (y * (1 - y)), (y * (1 - y)).sum(axis=0)


@wrong("tape_gradient", "bias_as_a_row")
def bias_as_a_row(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b[None, :])
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "a_slope_a_sample")
def bias_of_each_sample(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(np.tile(b, (len(x), 1)))
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "a_slope_a_sample")
def jacobians(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        y = tf.sigmoid(x @ W + b)
    return tape.jacobian(y, [W, b])


@wrong("tape_gradient", "not_a_pair")
def the_tape(x, W, b):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape


@wrong("tape_gradient", "a_list")
def lists(x, W, b):
    return [slope.numpy().tolist() for slope in variables(x, W, b)]


@wrong("tape_gradient", "returns_none")
def no_return(x, W, b):
    variables(x, W, b)


@wrong("tape_gradient", "way_interrupted")
def numpy_multiplies_a_keras_variable(x, W, b):
    # An array in front of a Keras variable: the product is numpy's.
    import keras
    import tensorflow as tf

    W, b = keras.Variable(W), keras.Variable(b)
    with tf.GradientTape() as tape:
        loss = keras.ops.sum(keras.ops.sigmoid(x @ W + b))
    return tape.gradient(loss, [W.value, b.value])


@wrong("tape_gradient", "wrapped")
def a_list_each(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W]), tape.gradient(loss, [b])


@wrong("tape_gradient", "all_zero")
def zeros_instead_of_none(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    with tf.GradientTape() as tape:
        pass
    return tape.gradient(loss, [W, b], unconnected_gradients="zero")


@wrong("tape_gradient", "bias_ignored")
def zeros_for_a_forgotten_bias(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W))
    return tape.gradient(loss, [W, b], unconnected_gradients="zero")


@wrong("tape_gradient", "wrong_value")
def one_step_down(x, W, b):
    dW, db = variables(x, W, b)
    return W - 0.1 * dW, b - 0.1 * db


@right("tape_gradient")
def traced_once_for_all(x, W, b):
    # Traced at the first check only: at the next one its tape is asked unseen.
    import tensorflow as tf

    if not TRACED:
        TRACED.append(tf.function(ask_a_tape))
    return TRACED[0](tf.constant(x), tf.constant(W), tf.constant(b))


TRACED = []


def ask_a_tape(x, W, b):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch([W, b])
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "no_tape_made")
def without_brackets(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "precisions_differ")
def weights_in_double_precision(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W, dtype=tf.float64), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, [W, b])


@wrong("tape_gradient", "not_a_pair")
def a_dict(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss, {"dW": W, "db": b})


@right("tape_gradient")
def all_arguments_by_name(x, W, b):
    import tensorflow as tf

    W, b = tf.constant(W), tf.constant(b)
    with tf.GradientTape(persistent=False) as tape:
        tape.watch(tensor=[W, b])
        loss = tf.reduce_sum(input_tensor=tf.sigmoid(tf.matmul(a=x, b=W) + b))
    return tape.gradient(target=loss, sources=[W, b])


@wrong("tape_gradient", "raises")
def asks_without_saying_for_what(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(loss)


@wrong("tape_gradient", "keras_variable")
def numpy_multiplies_wrapped_variables(x, W, b):
    import keras
    import tensorflow as tf

    W, b = keras.Variable(W), keras.Variable(b)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(total, [W, b])


@wrong("tape_gradient", "target_and_sources_swapped")
def number_and_sources_swapped(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient([W, b], total)


@wrong("tape_gradient", "target_and_sources_swapped")
def swapped_and_unpacked(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.sigmoid(x @ W + b))
    dW, db = tape.gradient([W, b], total)
    return dW, db


@wrong("tape_gradient", "target_and_sources_swapped")
def swapped_in_two_questions(x, W, b):
    import tensorflow as tf

    W, b = tf.constant(W), tf.constant(b)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([W, b])
        total = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient(W, total), tape.gradient(b, total)


@wrong("tape_gradient", "outside_the_tape")
def wrapped_variables_before_the_tape(x, W, b):
    import keras
    import tensorflow as tf

    W, b = keras.Variable(W), keras.Variable(b)
    total = keras.ops.sum(keras.ops.sigmoid(keras.ops.matmul(x, W) + b))
    with tf.GradientTape() as tape:
        pass
    return tape.gradient(total, [W, b])


@wrong("tape_gradient", "keras_variable")
def numpy_multiplies_what_keras_adds_up(x, W, b):
    import keras
    import tensorflow as tf

    W, b = keras.Variable(W), keras.Variable(b)
    with tf.GradientTape() as tape:
        total = keras.ops.sum(keras.ops.sigmoid(x @ W + b))
    return tape.gradient(total, [W, b])


@right("tape_gradient")
def keras_variables_by_themselves(x, W, b):
    import keras
    import tensorflow as tf

    W, b = keras.Variable(W), keras.Variable(b)
    with tf.GradientTape() as tape:
        total = keras.ops.sum(keras.ops.sigmoid(keras.ops.matmul(x, W) + b))
    return tape.gradient(total, [W, b])


@wrong("tape_gradient", "elementwise")
def star_for_a_product(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.sigmoid(x * W + b))
    return tape.gradient(total, [W, b])


@wrong("tape_gradient", "elementwise")
def star_between_arrays(x, W, b):
    import tensorflow as tf

    b = tf.Variable(b)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.sigmoid(x * W + b))
    return tape.gradient(total, [W, b])


@wrong("tape_gradient", "elementwise")
def keras_multiplies_entry_by_entry(x, W, b):
    import keras
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.sigmoid(keras.ops.multiply(x, W) + b))
    return tape.gradient(total, [W, b])


@wrong("tape_gradient", "elementwise")
def star_in_a_traced_function(x, W, b):
    import tensorflow as tf

    @tf.function
    def gradients(W, b):
        with tf.GradientTape() as tape:
            tape.watch([W, b])
            total = tf.reduce_sum(tf.sigmoid(x * W + b))
        return tape.gradient(total, [W, b])

    return gradients(tf.constant(W), tf.constant(b))


@wrong("tape_gradient", "factors_do_not_fit")
def weights_on_the_left(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.sigmoid(W @ x + b))
    return tape.gradient(total, [W, b])


@wrong("tape_gradient", "factors_do_not_fit")
def numpy_weights_on_the_left(x, W, b):
    import tensorflow as tf

    b = tf.Variable(b)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.sigmoid(W @ x + b))
    return tape.gradient(total, [W, b])


@wrong("tape_gradient", "target_and_sources_swapped")
def swapped_and_never_made_variables(x, W, b):
    import tensorflow as tf

    W, b = tf.constant(W), tf.constant(b)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tf.sigmoid(x @ W + b))
    return tape.gradient([W, b], total)


@wrong("tape_gradient", "target_and_sources_swapped")
def swapped_with_wrapped_variables(x, W, b):
    import keras
    import tensorflow as tf

    W, b = keras.Variable(W), keras.Variable(b)
    with tf.GradientTape(persistent=True) as tape:
        total = keras.ops.sum(keras.ops.sigmoid(keras.ops.matmul(x, W) + b))
    return tape.gradient(W, total), tape.gradient(b, total)


@right("tape_gradient", "You left out the sum")
def asks_for_the_slope_in_between(x, W, b):
    import tensorflow as tf

    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape(persistent=True) as tape:
        z = x @ W + b
        total = tf.reduce_sum(tf.sigmoid(z))
    slope = tape.gradient(total, z)
    return tape.gradient(z, W, output_gradients=slope), tf.reduce_sum(slope, axis=0)

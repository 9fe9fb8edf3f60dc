"""Right and wrong answers to batch normalisation's statistics, taken anew.

Keras is imported inside the answers only: whoever imports the bank need not have it.
"""

import numpy as np

from tests.banks import right, wrong


def copy_of(model):
    import keras

    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    return new


def norms(model):
    import keras

    return [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]


def as_numpy(x):
    import keras

    return np.asarray(keras.ops.convert_to_numpy(x), dtype=float)


def forget_at_once(model):
    for layer in norms(model):
        layer.momentum = 0.0
    return model


@right("recalibrate")
def recalibrate_whole_batch(model, X):
    new = forget_at_once(copy_of(model))
    new(X, training=True)
    return new


@right("recalibrate")
def recalibrate_cumulative(model, X):
    """The mean over the batches, each with the momentum that gives it its share."""
    new = copy_of(model)
    for number, start in enumerate(range(0, len(X), 100), start=1):
        for layer in norms(new):
            layer.momentum = 1 - 1 / number
        new(X[start : start + 100], training=True)
    return new


@right("recalibrate")
def recalibrate_by_hand(model, X):
    new = copy_of(model)
    x = X
    for layer in new.layers:
        if layer in norms(new):
            seen = as_numpy(x)
            axes = tuple(range(seen.ndim - 1))
            layer.moving_mean.assign(seen.mean(axis=axes))
            layer.moving_variance.assign(seen.var(axis=axes))
        x = layer(x, training=False)
    return new


@right("recalibrate")
def recalibrate_submodels(model, X):
    import keras

    new = copy_of(model)
    for layer in norms(new):
        before = keras.Model(new.inputs, layer.input)
        seen = keras.ops.convert_to_numpy(before(X, training=False))
        gamma, beta, *_ = layer.get_weights()
        axes = tuple(range(seen.ndim - 1))
        layer.set_weights([gamma, beta, seen.mean(axis=axes), seen.var(axis=axes)])
    return new


@right("recalibrate")
def recalibrate_many_passes(model, X):
    """A momentum that forgets more slowly, and passes enough."""
    new = copy_of(model)
    for layer in norms(new):
        layer.momentum = 0.7
    for _ in range(25):
        new(X, training=True)
    return new


@right("recalibrate")
def recalibrate_shuffled_passes(model, X):
    new = copy_of(model)
    rng = np.random.default_rng(0)
    for layer in norms(new):
        layer.momentum = 0.95
    for _ in range(15):
        order = rng.permutation(len(X))
        for start in range(0, 256, 128):
            new(X[order[start : start + 128]], training=True)
        for layer in norms(new):
            layer.momentum = 0.9
    return new


@right("recalibrate")
def recalibrate_deep_copy(model, X):
    import copy

    new = forget_at_once(copy.deepcopy(model))
    new(X, training=True)
    return new


@right("recalibrate")
def recalibrate_from_config(model, X):
    new = forget_at_once(model.__class__.from_config(model.get_config()))
    new.build((None, *X.shape[1:]))
    for layer, old in zip(new.layers, model.layers):
        layer.set_weights(old.get_weights())
    new(X, training=True)
    return new


@right("recalibrate")
def recalibrate_fit_frozen(model, X):
    """`fit` with everything frozen but the normalisation, and a rate of 0."""
    import keras

    new = forget_at_once(copy_of(model))
    new.compile(keras.optimizers.SGD(0.0), "sparse_categorical_crossentropy")
    new.fit(X, np.zeros(len(X)), batch_size=len(X), epochs=1, verbose=0)
    return new


@right("recalibrate")
def recalibrate_keeps_momentum(model, X):
    new = copy_of(model)
    before = [layer.momentum for layer in norms(new)]
    forget_at_once(new)
    new(X, training=True)
    for layer, momentum in zip(norms(new), before):
        layer.momentum = momentum
    return new


@right("recalibrate")
def recalibrate_unbiased(model, X):
    new = recalibrate_by_hand(model, X)
    for layer in norms(new):
        layer.moving_variance.assign(layer.moving_variance * len(X) / (len(X) - 1))
    return new


# ---------------------------------------------------------------------- the model given


@wrong("recalibrate", "model_changed")
def recalibrate_in_place(model, X):
    forget_at_once(model)(X, training=True)
    return model


@wrong("recalibrate", "model_changed")
def recalibrate_another_name(model, X):
    new = model
    forget_at_once(new)
    new(X, training=True)
    return new


@wrong("recalibrate", "model_changed")
def recalibrate_shared_layers(model, X):
    import keras

    new = keras.Sequential([keras.Input(X.shape[1:]), *model.layers])
    forget_at_once(new)(X, training=True)
    return new


@wrong("recalibrate", "model_changed")
def recalibrate_functional_wrapper(model, X):
    import keras

    new = forget_at_once(keras.Model(model.inputs, model.outputs))
    new(X, training=True)
    return new


@wrong("recalibrate", "model_changed")
def recalibrate_changes_then_copies(model, X):
    forget_at_once(model)(X, training=True)
    return copy_of(model)


@wrong("recalibrate", "momentum_changed")
def recalibrate_momentum_of_given(model, X):
    forget_at_once(model)
    new = copy_of(model)
    new(X, training=True)
    return new


@wrong("recalibrate", "same_model")
def recalibrate_nothing(model, X):
    return model


@wrong("recalibrate", "same_model")
def recalibrate_predicts(model, X):
    model.predict(X, verbose=0)
    return model


# ------------------------------------------------------------------------ other weights


@wrong("recalibrate", "weights_lost")
def recalibrate_clone_only(model, X):
    import keras

    new = forget_at_once(keras.models.clone_model(model))
    new(X, training=True)
    return new


@wrong("recalibrate", "weights_trained")
def recalibrate_trains(model, X):
    new = forget_at_once(copy_of(model))
    new.compile("adam", "sparse_categorical_crossentropy")
    new.fit(X, np.zeros(len(X)), batch_size=len(X), verbose=0)
    return new


@wrong("recalibrate", "weights_trained")
def recalibrate_trains_slowly(model, X):
    import keras

    new = forget_at_once(copy_of(model))
    new.compile(keras.optimizers.SGD(0.01), "sparse_categorical_crossentropy")
    new.fit(X, np.zeros(len(X)), batch_size=len(X), epochs=2, verbose=0)
    return new


@wrong("recalibrate", "scale_and_shift")
def recalibrate_gamma_and_beta(model, X):
    """The statistics land in the weights that training fits."""
    new = recalibrate_by_hand(model, X)
    for layer, old in zip(norms(new), norms(model)):
        _, _, mean, variance = layer.get_weights()
        layer.set_weights([mean, variance, *old.get_weights()[2:]])
    return new


# ------------------------------------------------------------------- statistics that remain


@wrong("recalibrate", "nothing_changed")
def recalibrate_copy_only(model, X):
    return copy_of(model)


@wrong("recalibrate", "nothing_changed")
def recalibrate_inference(model, X):
    new = forget_at_once(copy_of(model))
    new(X)
    return new


@wrong("recalibrate", "nothing_changed")
def recalibrate_predict(model, X):
    new = forget_at_once(copy_of(model))
    new.predict(X, verbose=0)
    return new


@wrong("recalibrate", "nothing_changed")
def recalibrate_frozen(model, X):
    """Frozen, a layer of batch normalisation does not take part in training either."""
    new = forget_at_once(copy_of(model))
    new.trainable = False
    new(X, training=True)
    return new


@wrong("recalibrate", "lags")
def recalibrate_one_pass(model, X):
    new = copy_of(model)
    new(X, training=True)
    return new


@wrong("recalibrate", "lags")
def recalibrate_one_pass_in_batches(model, X):
    new = copy_of(model)
    for start in range(0, len(X), 50):
        new(X[start : start + 50], training=True)
    return new


@wrong("recalibrate", "lags")
def recalibrate_a_few_passes(model, X):
    new = copy_of(model)
    for _ in range(20):
        new(X, training=True)
    return new


@wrong("recalibrate", "lags")
def recalibrate_momentum_half(model, X):
    new = copy_of(model)
    for layer in norms(new):
        layer.momentum = 0.5
    new(X, training=True)
    return new


@wrong("recalibrate", "last_batch")
def recalibrate_last_batch(model, X):
    new = forget_at_once(copy_of(model))
    for start in range(0, len(X), 32):
        new(X[start : start + 32], training=True)
    return new


@wrong("recalibrate", "last_batch")
def recalibrate_last_hundred(model, X):
    new = forget_at_once(copy_of(model))
    for start in range(0, len(X), 100):
        new(X[start : start + 100], training=True)
    return new


@wrong("recalibrate", "first_batch")
def recalibrate_first_batch(model, X):
    new = forget_at_once(copy_of(model))
    new(X[:32], training=True)
    return new


@wrong("recalibrate", "some_layers_only")
def recalibrate_first_layer(model, X):
    new = copy_of(model)
    norms(new)[0].momentum = 0.0
    new(X, training=True)
    return new


@wrong("recalibrate", "some_layers_only")
def recalibrate_last_layer(model, X):
    new = copy_of(model)
    norms(new)[-1].momentum = 0.0
    new(X, training=True)
    return new


# -------------------------------------------------------------------------- other statistics


@wrong("recalibrate", "variance_forgotten")
def recalibrate_mean_only(model, X):
    new = recalibrate_by_hand(model, X)
    for layer, old in zip(norms(new), norms(model)):
        layer.moving_variance.assign(old.moving_variance)
    return new


@wrong("recalibrate", "mean_forgotten")
def recalibrate_variance_only(model, X):
    new = recalibrate_by_hand(model, X)
    for layer, old in zip(norms(new), norms(model)):
        layer.moving_mean.assign(old.moving_mean)
    return new


@wrong("recalibrate", "deviation")
def recalibrate_deviation(model, X):
    new = recalibrate_by_hand(model, X)
    for layer in norms(new):
        layer.moving_variance.assign(layer.moving_variance**0.5)
    return new


@wrong("recalibrate", "reset")
def recalibrate_reset(model, X):
    new = copy_of(model)
    for layer in norms(new):
        layer.moving_mean.assign(np.zeros(layer.moving_mean.shape))
        layer.moving_variance.assign(np.ones(layer.moving_variance.shape))
    return new


@wrong("recalibrate", "swapped")
def recalibrate_swapped(model, X):
    new = recalibrate_by_hand(model, X)
    for layer in norms(new):
        gamma, beta, mean, variance = layer.get_weights()
        layer.set_weights([gamma, beta, variance, mean])
    return new


@wrong("recalibrate", "all_at_once")
def recalibrate_from_the_old_model(model, X):
    """Each layer's inputs as the old statistics let them through."""
    new = copy_of(model)
    x = X
    for layer, old in zip(new.layers, model.layers):
        if layer in norms(new):
            seen = as_numpy(x)
            axes = tuple(range(seen.ndim - 1))
            layer.moving_mean.assign(seen.mean(axis=axes))
            layer.moving_variance.assign(seen.var(axis=axes))
        x = old(x, training=False)
    return new


@wrong("recalibrate", "behind_the_layer")
def recalibrate_outputs(model, X):
    new = copy_of(model)
    x = X
    for layer, old in zip(new.layers, model.layers):
        x = old(x, training=False)
        if layer in norms(new):
            seen = as_numpy(x)
            axes = tuple(range(seen.ndim - 1))
            layer.moving_mean.assign(seen.mean(axis=axes))
            layer.moving_variance.assign(seen.var(axis=axes))
    return new


@wrong("recalibrate", "pixels")
def recalibrate_pixels(model, X):
    new = copy_of(model)
    for layer in norms(new):
        layer.moving_mean.assign(np.full(layer.moving_mean.shape, X.mean()))
        layer.moving_variance.assign(np.full(layer.moving_variance.shape, X.var()))
    return new


# -------------------------------------------------------------------------------- its form


@wrong("recalibrate", "returns_none")
def recalibrate_no_return(model, X):
    new = forget_at_once(copy_of(model))
    new(X, training=True)


@wrong("recalibrate", "not_a_model")
def recalibrate_outputs_returned(model, X):
    new = forget_at_once(copy_of(model))
    return as_numpy(new(X, training=True))


@wrong("recalibrate", "a_list")
def recalibrate_weights(model, X):
    return recalibrate_whole_batch(model, X).get_weights()


@wrong("recalibrate", "changes_input")
def recalibrate_scales(model, X):
    X -= X.mean()
    return recalibrate_whole_batch(model, X)


@wrong("recalibrate", "other_architecture")
def recalibrate_without_normalisation(model, X):
    import keras

    new = copy_of(model)
    kept = [layer for layer in new.layers if layer not in norms(new)]
    return keras.Sequential([keras.Input(X.shape[1:]), *kept])

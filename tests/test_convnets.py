"""Are the letters' networks built as they are written down, and started anew as if new?"""

from __future__ import annotations

import numpy as np
import pytest

from helpers.convnets import keras_network, probabilities, refresh_statistics, restart

CLASSIC = [
    ("conv", 4, 3, "same"),
    ("batchnorm",),
    ("pool", 2),
    ("conv", 5, 3, "valid"),
    ("globalmax",),
    ("dropout", 0.5),
    ("dense", 6),
    ("dense", 3),
]


@pytest.fixture(scope="module")
def keras():
    return pytest.importorskip("keras")


@pytest.fixture
def pictures():
    return np.random.default_rng(0).random((40, 8, 8, 1)).astype("float32")


def test_the_layers_are_those_of_the_list(keras):
    model = keras_network(CLASSIC, (8, 8, 1), hidden="tanh")
    assert [type(layer).__name__ for layer in model.layers] == [
        "Conv2D",
        "BatchNormalization",
        "MaxPooling2D",
        "Conv2D",
        "GlobalMaxPooling2D",
        "Dropout",
        "Dense",
        "Dense",
    ]
    assert [
        layer.activation.__name__ for layer in model.layers if hasattr(layer, "activation")
    ] == [
        "tanh",
        "tanh",
        "tanh",
        "softmax",
    ]
    assert model.layers[0].output.shape == (None, 8, 8, 4)
    assert model.output_shape == (None, 3)


def test_an_unknown_layer_is_named(keras):
    with pytest.raises(ValueError, match="'convolution'"):
        keras_network([("convolution", 3)])


def test_a_network_of_any_size(keras, pictures):
    model = keras_network(CLASSIC, (None, None, 1))
    assert probabilities(model, pictures).shape == (40, 3)
    assert probabilities(model, pictures[:, :, :7]).shape == (40, 3)


def test_asking_in_parts_gives_the_same(keras, pictures, monkeypatch):
    model = keras_network(CLASSIC, (8, 8, 1))
    whole = probabilities(model, pictures)
    monkeypatch.setattr("helpers.convnets._MEASURED", 7)
    np.testing.assert_allclose(probabilities(model, pictures), whole, atol=1e-6)
    np.testing.assert_allclose(whole.sum(axis=1), 1, atol=1e-5)


def trained(model, pictures, seed):
    restart(model, seed)
    y = np.arange(40) % 3
    model.fit(pictures, y, epochs=2, batch_size=10, verbose=0)
    return np.concatenate([w.ravel() for w in model.get_weights()])


def test_a_restart_leaves_no_trace_of_what_was_before(keras, pictures):
    model = keras_network([layer for layer in CLASSIC if layer[0] != "dropout"], (8, 8, 1))
    rate = keras.optimizers.schedules.CosineDecay(0.01, 8)
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    first = trained(model, pictures, 1)
    other = trained(model, pictures, 2)
    again = trained(model, pictures, 1)
    np.testing.assert_allclose(again, first, atol=1e-6)
    assert abs(other - first).max() > 0.01


def test_a_restart_keeps_a_constant_rate(keras, pictures):
    model = keras_network([("flatten",), ("dense", 3)], (8, 8, 1))
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    trained(model, pictures, 1)
    restart(model, 2)
    assert float(keras.ops.convert_to_numpy(model.optimizer.learning_rate)) == pytest.approx(0.02)
    assert int(keras.ops.convert_to_numpy(model.optimizer.iterations)) == 0


def test_layers_of_one_kind_do_not_start_equal(keras):
    model = keras_network([("flatten",), ("dense", 4), ("dense", 4), ("dense", 4)], (2, 2, 1))
    restart(model, 3)
    kernels = [w for w in model.get_weights() if w.ndim == 2]
    assert not np.allclose(kernels[0], kernels[1])
    assert not np.allclose(kernels[1], kernels[2])


def test_a_model_in_a_model_is_started_anew_too(keras):
    inner = keras.Sequential(
        [keras.Input((8, 8, 1)), keras.layers.Flatten(), keras.layers.Dense(4)]
    )
    model = keras.Sequential([keras.Input((8, 8, 1)), inner, keras.layers.Dense(3)])
    restart(model, 1)
    first = model.get_weights()
    restart(model, 2)
    assert not np.allclose(first[0], model.get_weights()[0])
    restart(model, 1)
    np.testing.assert_array_equal(first[0], model.get_weights()[0])


def test_refreshed_statistics_are_those_of_the_pictures(keras, pictures):
    model = keras_network(CLASSIC, (8, 8, 1))
    before = model.layers[0].get_weights()
    refresh_statistics(model, pictures)
    maps = keras.ops.convert_to_numpy(model.layers[0](pictures))
    _, _, mean, variance = model.layers[1].get_weights()
    np.testing.assert_allclose(mean, maps.mean(axis=(0, 1, 2)), atol=1e-5)
    np.testing.assert_allclose(variance, maps.var(axis=(0, 1, 2)), atol=1e-4)
    assert model.layers[1].momentum == 0.99
    np.testing.assert_array_equal(before[0], model.layers[0].get_weights()[0])

"""Is each of several networks trained at once what it would have become alone?"""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys

import numpy as np
import pytest

from helpers.side_by_side import SideBySide

LAYERS, SEEDS = [6, 8, 3], [3, 1, 2]
RNG = np.random.default_rng(0)
X = RNG.normal(size=(210, 6))
Y = (X[:, :3] + 0.3 * RNG.normal(size=(210, 3))).argmax(axis=1)
VALIDATION = X[150:], Y[150:]
X, Y = X[:150], Y[:150]
# 150 samples in batches of 16: the last batch is smaller.
TRAINING = {"epochs": 3, "batch_size": 16, "seed": 5}


@pytest.fixture
def keras():
    return pytest.importorskip("keras")


def alone(keras, weights, optimizer, inputs=X):
    """Train one plain Keras model from `weights`, batch for batch as `fit` has to do it."""
    model = keras.Sequential([keras.Input((LAYERS[0],))])
    model.add(keras.layers.Dense(LAYERS[1], activation="relu"))
    model.add(keras.layers.Dense(LAYERS[2], activation="softmax"))
    model.set_weights(weights)
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    rng = np.random.default_rng(TRAINING["seed"])
    history = []
    for _ in range(TRAINING["epochs"]):
        order = rng.permutation(len(inputs))
        batch = TRAINING["batch_size"]
        model.fit(inputs[order], Y[order], batch_size=batch, shuffle=False, verbose=0)
        history.append(model.evaluate(inputs, Y, verbose=0))
    return model, np.array(history)


OPTIMIZERS = {
    "sgd": lambda keras: "sgd",
    "adam": lambda keras: "adam",
    "momentum": lambda keras: keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
}


@pytest.mark.parametrize("name", ["sgd", "adam", pytest.param("momentum", marks=pytest.mark.slow)])
def test_each_becomes_what_it_would_become_alone(name, keras):
    nets = SideBySide(LAYERS, SEEDS)
    starts = [nets.weights(i) for i in range(len(SEEDS))]
    nets.compile(OPTIMIZERS[name](keras))
    history = nets.fit(X, Y, validation=VALIDATION, **TRAINING)
    for i, start in enumerate(starts):
        model, expected = alone(keras, start, OPTIMIZERS[name](keras))
        for own, together in zip(model.get_weights(), nets.weights(i), strict=True):
            assert np.allclose(own, together, atol=1e-4)
        assert np.allclose(history["loss"][:, i], expected[:, 0], atol=1e-4)
        assert np.allclose(history["accuracy"][:, i], expected[:, 1], atol=1e-6)
        val = model.evaluate(*VALIDATION, verbose=0)
        assert np.allclose(
            [history["val_loss"][-1, i], history["val_accuracy"][-1, i]], val, atol=1e-4
        )
        assert np.allclose(nets.predict(X)[:, i], model.predict(X, verbose=0), atol=1e-4)


def test_each_network_may_have_inputs_of_its_own(keras):
    own = X[:, None, :] * np.array([1.0, 0.1, 3.0])[:, None]
    nets = SideBySide(LAYERS, SEEDS)
    starts = [nets.weights(i) for i in range(len(SEEDS))]
    nets.compile("sgd")
    history = nets.fit(own, Y, **TRAINING)
    assert set(history) == {"loss", "accuracy"}
    for i, start in enumerate(starts):
        model, expected = alone(keras, start, "sgd", own[:, i])
        for one, together in zip(model.get_weights(), nets.weights(i), strict=True):
            assert np.allclose(one, together, atol=1e-4)
        assert np.allclose(history["loss"][:, i], expected[:, 0], atol=1e-4)


def test_rates_are_the_learning_rates_of_networks_alone(keras):
    rates = [0.01, 0.3, 0.1]
    nets = SideBySide(LAYERS, SEEDS)
    starts = [nets.weights(i) for i in range(len(SEEDS))]
    nets.compile("sgd", rates=rates)
    nets.fit(X, Y, **TRAINING)
    for i, (start, rate) in enumerate(zip(starts, rates, strict=True)):
        model, _ = alone(keras, start, keras.optimizers.SGD(rate))
        for own, together in zip(model.get_weights(), nets.weights(i), strict=True):
            assert np.allclose(own, together, atol=1e-4)


@pytest.mark.parametrize("own_inputs", [False, True])
def test_a_network_that_diverges_leaves_the_others_alone(own_inputs, keras):
    inputs = np.repeat(X[:, None], len(SEEDS), axis=1) if own_inputs else X

    def trained(rates):
        nets = SideBySide(LAYERS, SEEDS)
        nets.compile("sgd", rates=rates)
        return nets, nets.fit(inputs, Y, **TRAINING)

    calm, calm_history = trained([0.1, 0.1, 0.1])
    wild, history = trained([0.1, 1e30, 0.1])
    assert not np.isfinite(history["loss"][-1, 1])
    assert not np.all([np.isfinite(w).all() for w in wild.weights(1)])
    for i in (0, 2):
        assert np.array_equal(history["loss"][:, i], calm_history["loss"][:, i])
        for a, b in zip(calm.weights(i), wild.weights(i), strict=True):
            assert np.array_equal(a, b)


def test_the_start_follows_the_seed_and_not_the_company():
    nets, other = SideBySide(LAYERS, SEEDS), SideBySide(LAYERS, [2])
    assert np.array_equal(nets.weights(2)[0], other.weights(0)[0])
    assert not np.array_equal(nets.weights(0)[0], nets.weights(1)[0])


@pytest.mark.parametrize(
    ("start", "limits"), [("glorot", (0.1, 0.1)), ("he", (0.1, 0.2)), (0.5, 2 * (0.5,))]
)
def test_the_first_weights_lie_between_the_limits_of_the_formula(start, limits):
    weights = SideBySide([600, 150, 450], [0], start=start).weights(0)
    if start == "glorot":
        limits = ((6 / 750) ** 0.5, 0.1)
    for kernel, limit in zip(weights[::2], limits, strict=True):
        assert 0.99 * limit < np.abs(kernel).max() <= limit * 1.000001
    assert not any(bias.any() for bias in weights[1::2])


def test_a_second_fit_goes_on_and_restart_goes_back(keras):
    nets = SideBySide(LAYERS, SEEDS)
    first = nets.fit(X, Y, **TRAINING)
    before = nets.evaluate(X, Y)
    assert np.allclose(before[0], first["loss"][-1])
    second = nets.fit(X, Y, **TRAINING)
    assert (second["loss"][-1] < first["loss"][-1]).all()
    traced = nets._model.train_function
    nets.restart()
    again = nets.fit(X, Y, **TRAINING)
    assert np.array_equal(first["loss"], again["loss"])
    assert nets._model.train_function is traced


def test_two_fits_are_one_long_fit_even_with_another_number_of_batches(keras):
    """Is what the optimizer has gathered kept when the number of steps a call changes?"""
    model_alone = SideBySide(LAYERS, [1])
    halves = {"epochs": 1, "batch_size": 16}
    model_alone.fit(X, Y, seed=1, **halves)
    model_alone.fit(X[:112], Y[:112], seed=2, **halves)
    nets = SideBySide(LAYERS, [1])
    nets.compile("adam")
    for seed, n in ((1, 150), (2, 112)):
        order = np.random.default_rng(seed).permutation(n)
        nets._make(2)
        if nets._fresh is None:
            nets._prepare_training(1)
        for first in range(0, n, 16):
            rows = order[first : first + 16]
            nets._model.fit(X[rows], Y[rows], batch_size=16, verbose=0)
    for a, b in zip(model_alone.weights(0), nets.weights(0), strict=True):
        assert np.allclose(a, b, atol=1e-5)


def test_no_global_random_state_is_used_or_changed(keras):
    def states():
        generator = keras.src.backend.common.global_state.get_global_attribute(
            "global_seed_generator"
        )
        seed = None if generator is None else keras.ops.convert_to_numpy(generator.state).tolist()
        return random.getstate(), np.random.get_state()[1].tolist(), seed  # noqa: NPY002

    before = states()
    losses = []
    for global_seed in (None, 7):
        if global_seed is not None:
            keras.utils.set_random_seed(global_seed)
            before = states()
        losses.append(SideBySide(LAYERS, SEEDS).fit(X, Y, **TRAINING)["loss"])
        assert states() == before
    assert np.array_equal(*losses)


def test_after_each_epoch_the_caller_is_told(keras):
    told = []
    nets = SideBySide(LAYERS, SEEDS)
    history = nets.fit(X, Y, after_epoch=lambda n, row: told.append((n, row["loss"])), **TRAINING)
    assert [n for n, _ in told] == [1, 2, 3]
    assert np.array_equal([loss for _, loss in told], history["loss"])


def test_what_does_not_fit_is_told_in_a_sentence(keras):
    nets = SideBySide(LAYERS, SEEDS)
    with pytest.raises(ValueError, match=r"X has the shape \(150, 5\).*take \(n, 6\)"):
        nets.fit(X[:, :5], Y)
    with pytest.raises(ValueError, match=r"epochs=0.*1 or more"):
        nets.fit(X, Y, epochs=0)
    with pytest.raises(ValueError, match="y has the shape"):
        nets.fit(X, np.eye(3)[Y])
    with pytest.raises(ValueError, match="the type <U1"):
        nets.fit(X, np.array(list("ABC"))[Y])
    with pytest.raises(ValueError, match="from 0 to 3; with 3 outputs"):
        nets.fit(X, np.append(Y[:-1], 3))
    with pytest.raises(ValueError, match="3 networks, and each needs one"):
        nets.compile("sgd", rates=[0.1])
    with pytest.raises(ValueError, match="only under SGD"):
        nets.compile("adam", rates=[0.1] * 3)
    with pytest.raises(ValueError, match="clipnorm measures all networks"):
        nets.compile(keras.optimizers.Adam(clipnorm=1.0))
    with pytest.raises(ValueError, match="Adafactor looks at a whole kernel"):
        nets.compile("adafactor")
    nets.evaluate(X, Y)
    with pytest.raises(ValueError, match="used with 2 before"):
        nets.evaluate(np.repeat(X[:, None], 3, axis=1), Y)


@pytest.mark.parametrize(("layers", "seeds"), [([6], [1]), ([6, 3], []), ([6, 0, 3], [1])])
def test_networks_without_layers_or_seeds_are_refused(layers, seeds):
    with pytest.raises(ValueError, match="at least one seed"):
        SideBySide(layers, seeds)


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_another_backend_gives_the_same_networks(backend, keras, tmp_path):
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed")
    code = (
        "import sys\n"
        "from tests.test_side_by_side import *\n"
        "import keras  # after the star, which brings a fixture of that name\n"
        "nets = SideBySide(LAYERS, SEEDS)\n"
        "nets.fit(X, Y, **TRAINING)\n"
        "nets.restart()\n"
        "history = nets.fit(X, Y, validation=VALIDATION, **TRAINING)\n"
        "assert keras.backend.backend() == sys.argv[1]\n"
        "np.savez(sys.argv[2], **history)\n"
    )
    target = tmp_path / "history.npz"
    environment = os.environ | {"KERAS_BACKEND": backend}
    subprocess.run([sys.executable, "-c", code, backend, str(target)], env=environment, check=True)
    here = SideBySide(LAYERS, SEEDS).fit(X, Y, validation=VALIDATION, **TRAINING)
    there = np.load(target)
    for name, values in here.items():
        assert np.allclose(values, there[name], atol=1e-3)

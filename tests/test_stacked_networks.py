"""Do networks that are stacked in one array behave as each would alone?"""

from __future__ import annotations

import numpy as np
import pytest

from helpers.digits import epoch_in_batches
from helpers.stacked_networks import adam, descend, score, slopes, stacked_weights

LAYERS = [6, 5, 4, 3]


@pytest.fixture
def samples():
    rng = np.random.default_rng(1)
    return rng.normal(size=(20, 6)), rng.integers(0, 3, 20)


def double(W):
    return [w.astype(float) for w in W]


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_slopes_agree_with_finite_differences(samples, activation):
    X, y = samples
    W = double(stacked_weights(LAYERS, seeds=[3, 4]))
    rng, eps = np.random.default_rng(0), 1e-6
    for w in W:  # a bias of 0 is where ReLU has its kink, when no unit before it is active
        w[:, 0] = rng.normal(size=w[:, 0].shape)
    for w, g in zip(W, slopes(W, X, y, activation), strict=True):
        assert g.shape == w.shape
        for _ in range(8):
            place = tuple(rng.integers(0, w.shape))
            before, change = w[place], []
            for step in (eps, -eps):
                w[place] = before + step
                change.append(score(W, X, y, activation)[0][place[0]])
            w[place] = before
            assert g[place] == pytest.approx((change[0] - change[1]) / (2 * eps), abs=1e-6)


def test_two_networks_together_are_the_two_alone(samples):
    together = stacked_weights(LAYERS, seeds=[3, 4])
    descend(together, *samples, "relu", 0.3, 6, np.random.default_rng(0))
    for number, seed in enumerate([3, 4]):
        alone = stacked_weights(LAYERS, seeds=[seed])
        descend(alone, *samples, "relu", 0.3, 6, np.random.default_rng(0))
        for a, b in zip(together, alone, strict=True):
            np.testing.assert_allclose(a[number], b[0], rtol=1e-4, atol=1e-6)


def test_each_network_may_have_its_own_inputs_and_its_own_rate(samples):
    X, y = samples
    together = stacked_weights(LAYERS, seeds=[3, 3])
    descend(together, np.stack([X, 2 * X]), y, "relu", [0.3, 0.1], 6, np.random.default_rng(0))
    for number, (inputs, rate) in enumerate([(X, 0.3), (2 * X, 0.1)]):
        alone = stacked_weights(LAYERS, seeds=[3])
        descend(alone, inputs, y, "relu", rate, 6, np.random.default_rng(0))
        for a, b in zip(together, alone, strict=True):
            np.testing.assert_allclose(a[number], b[0], rtol=1e-4, atol=1e-6)


def test_adam_remembers_from_epoch_to_epoch_and_steps_as_keras_does(samples):
    keras = pytest.importorskip("keras")
    X, y = samples
    W, memories = stacked_weights(LAYERS, seeds=[3]), [{}, {}, {}]
    model = keras.Sequential([keras.Input((6,))])
    for size, activation in ((5, "tanh"), (4, "tanh"), (3, "softmax")):
        model.add(keras.layers.Dense(size, activation))
    model.set_weights([part for w in W for part in (w[0, 1:], w[0, 0])])
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    rng, same = np.random.default_rng(5), np.random.default_rng(5)
    for _ in range(3):
        descend(W, X, y, "tanh", 0.01, 5, rng, adam, memories)
        order = same.permutation(20)
        model.fit(X[order], y[order], batch_size=5, shuffle=False, verbose=0)
    weights = model.get_weights()
    for w, kernel, bias in zip(W, weights[::2], weights[1::2], strict=True):
        np.testing.assert_allclose(w[0, 1:], kernel, atol=1e-4)
        np.testing.assert_allclose(w[0, 0], bias, atol=1e-4)


def test_a_network_that_diverges_leaves_the_others_alone(samples, recwarn):
    W = stacked_weights(LAYERS, seeds=[3, 3])
    for _ in range(30):
        descend(W, *samples, "relu", [1e30, 0.1], 6, np.random.default_rng(0))
    loss, _ = score(W, *samples, "relu")
    assert np.isnan(loss[0])
    assert loss[1] < np.log(3)
    assert not recwarn.list


def test_an_epoch_is_the_same_as_that_of_unit_02(samples):
    X, y = samples
    W = double(stacked_weights(LAYERS, seeds=[3]))
    other = [w[0].copy() for w in W]
    descend(W, X, y, "tanh", 0.2, 8, np.random.default_rng(5))
    order = np.random.default_rng(5).permutation(len(X))
    epoch_in_batches(other, X, np.eye(3)[y], order, 0.2, 8, "softmax")
    for a, b in zip(W, other, strict=True):
        np.testing.assert_allclose(a[0], b, rtol=1e-9)


@pytest.mark.parametrize(("start", "variance"), [("glorot", 2 / 300), ("he", 2 / 200)])
def test_first_weights_have_the_spread_of_their_recipe(start, variance):
    (w,) = stacked_weights([200, 100], seeds=[0, 1], start=start)
    assert np.all(w[:, 0] == 0)
    assert w[:, 1:].var() == pytest.approx(variance, rel=0.05)


def test_a_network_that_diverged_has_nan_as_its_loss(samples):
    W = stacked_weights(LAYERS, seeds=[0, 1])
    W[-1][1] = np.inf
    loss, _ = score(W, *samples, "relu")
    assert np.isfinite(loss[0])
    assert np.isnan(loss[1])

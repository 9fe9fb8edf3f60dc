"""Do the quick loops of unit 02's race compute what the unit's own training computes?"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import default_rng

from helpers.digits import epoch_in_batches, epoch_one_by_one, predicted, time_to_reach
from helpers.reference.digits_network import fit, init_weights, predict_class

LAYERS = [5, 4, 3]


@pytest.fixture
def problem():
    rng = default_rng(0)
    X = rng.uniform(size=(12, 5))
    return X, np.eye(3)[rng.integers(0, 3, size=12)], init_weights(LAYERS, rng)


class InOrder:
    """A generator that leaves everything in its old order."""

    def permutation(self, n):
        return np.arange(n)


@pytest.mark.parametrize("size", [1, 4, 5, 12])
def test_an_epoch_in_batches_is_that_of_fit(problem, size):
    X, Y, W = problem
    right, _ = fit(W, X, Y, InOrder(), 1, 0.7, size)
    came = [w.copy() for w in W]
    epoch_in_batches(came, X, Y, np.arange(12), 0.7, size)
    # Sums of at most twelve numbers in another order: rounding in the last digits.
    assert all(np.allclose(a, b, rtol=1e-10) for a, b in zip(came, right, strict=True))


def test_an_epoch_of_single_images_is_that_of_fit(problem):
    X, Y, W = problem
    right, _ = fit(W, X, Y, InOrder(), 1, 0.3, 1)
    came = [w.copy() for w in W]
    epoch_one_by_one(came, X, Y, range(12), 0.3)
    assert all(np.allclose(a, b, rtol=1e-10) for a, b in zip(came, right, strict=True))


def test_a_step_with_softmax_goes_down_the_cross_entropy(problem):
    """Compared with central differences, an oracle that knows no chain rule."""
    X, Y, W = problem

    def outputs(W):
        a = np.tanh(X @ W[0][1:] + W[0][0])
        z = a @ W[1][1:] + W[1][0]
        p = np.exp(z)
        return p / p.sum(axis=1, keepdims=True)

    def loss(W):
        return -(Y * np.log(outputs(W))).sum() / len(X)

    came = [w.copy() for w in W]
    epoch_in_batches(came, X, Y, np.arange(12), 1.0, 12, "softmax")
    for k in range(2):
        for i in np.ndindex(W[k].shape):
            up, down = ([w.copy() for w in W] for _ in range(2))
            up[k][i] += 1e-6
            down[k][i] -= 1e-6
            slope = (loss(up) - loss(down)) / 2e-6
            assert np.isclose(W[k][i] - came[k][i], slope, atol=1e-7)


def test_the_class_is_that_of_predict_class(problem):
    X, _, W = problem
    assert (predicted(W, X) == predict_class(X, W)).all()


def test_the_race_counts_epochs_and_leaves_the_start_as_it_was(problem):
    _, _, W = problem
    before = [w.copy() for w in W]
    scores = iter([10, 50, 95])

    def epoch(weights, order):
        weights[0][...] = 0

    seconds, epochs = time_to_reach(92, epoch, lambda _: next(scores), W, 12, default_rng(0))
    assert epochs == 3
    assert seconds >= 0
    assert all((a == b).all() for a, b in zip(W, before, strict=True))


def test_a_race_that_is_never_won_takes_for_ever(problem):
    _, _, W = problem
    never = time_to_reach(92, lambda W, order: None, lambda W: 0.0, W, 12, default_rng(0), most=2)
    assert never == (float("inf"), 2)

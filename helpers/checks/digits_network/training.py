"""The check of training by mini-batch gradient descent."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import (
    as_array,
    close,
    expect_no_list,
    expect_shape,
    first_difference,
)
from helpers.checks.digits_network.updates import (
    expect_full_batch_step,
    expect_new_order_each_epoch,
    expect_repeatable,
    expect_small_batches,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import random_problem, squared_error, step_down


@exercise(
    smaller_step="write one step for one batch: activations, deltas, gradients, then a new list of "
    "weights. Run it with `epochs=1` and `size=len(X)`, then add the two loops.",
    seconds=10,
)
def fit(answer: Answer) -> str:
    """``fit(W, X, Y, rng, epochs, rate, size)``: train by mini-batch gradient descent.

    Parameters
    ----------
    W : list of numpy.ndarray
        The weights to start from. They are not changed.
    X, Y : numpy.ndarray
        Samples and what the outputs should be, one a row.
    rng : numpy.random.Generator
        Shuffles the samples anew in every epoch.
    epochs : int
        How often every sample is used.
    rate : float
        Learning rate: each step subtracts `rate` times the mean gradient of the batch.
    size : int
        Samples in a batch.

    Returns
    -------
    W : list of numpy.ndarray
        The trained weights.
    losses : list of float
        For each epoch the summed squared error over all of X, before or after its updates.
    """
    _expect_weights_and_losses(answer)
    expect_full_batch_step(answer)
    expect_small_batches(answer)
    expect_repeatable(answer)
    expect_new_order_each_epoch(answer)
    _expect_loss_of_each_epoch(answer)
    _expect_loss_of_all_samples(answer)
    _expect_learning(answer)
    return (
        "One step agrees with the formula, batches of 1, 2 and all samples are each used once an "
        "epoch in a new order, and on a toy set the loss falls as it should."
    )


def _expect_weights_and_losses(answer: Answer) -> None:
    X, W, Y = random_problem([3, 4, 2], 5, default_rng(40))
    # By their names, as the notebook does.
    result = answer(W, X, Y, default_rng(0), epochs=2, rate=0.1, size=2)
    is_pair = isinstance(result, list | tuple) and len(result) == 2
    # Two arrays of weights alone, or two losses alone, are a pair as well, but not the one.
    if not is_pair or np.isscalar(result[0]) or getattr(result[0], "ndim", 1) == 2:
        raise Wrong("not_a_pair", "`fit` should return two things: `return W, losses`.")
    if np.isscalar(result[1]) or getattr(result[1], "ndim", 1) == 0:
        raise Wrong(
            "one_loss_only", "The second thing returned should be a list: one loss an epoch."
        )
    came, losses = result
    if [np.shape(loss) for loss in losses] == [w.shape for w in W]:
        raise Wrong("swapped", "Weights first, then losses: `return W, losses`.")
    if len(came) != len(W):
        raise Wrong("wrong_shape", f"The network has {len(W)} arrays of weights, not {len(came)}.")
    for level, (w, v) in enumerate(zip(came, W, strict=True)):
        expect_shape(w, v.shape, f"W[{level}]")
    _expect_one_loss_an_epoch(losses, epochs=2, batches=3)


def _expect_one_loss_an_epoch(losses, epochs: int, batches: int) -> None:
    if len(losses) != epochs:
        one_per_batch = len(losses) == epochs * batches
        early = " Does `return` stand inside the loop?" if len(losses) == 1 else ""
        raise Wrong(
            "one_loss_per_batch" if one_per_batch else "wrong_number_of_losses",
            f"After {epochs} epochs of {batches} batches the list of losses has length "
            f"{len(losses)}. Keep one an epoch.{early}",
        )
    if np.ndim(losses[0]):
        raise Wrong(
            "loss_not_a_number",
            f"The loss of the first epoch has shape {np.shape(losses[0])}. It should be one "
            "number: the sum over all samples and all outputs.",
        )


def _expect_loss_of_each_epoch(answer: Answer) -> None:
    n, epochs, rate = 3, 3, 0.7
    X, W, Y = random_problem([3, 4, 2], n, default_rng(70))
    states = [W]
    for _ in range(epochs):
        states.append(step_down(states[-1], X, Y, rate / n))
    sums = np.array([squared_error(state, X, Y) for state in states])
    losses = as_array(answer(W, X, Y, default_rng(0), epochs, rate, n)[1], "losses").ravel()

    def are_sums(values):
        return close(values, sums[1:]) or close(values, sums[:-1])

    if are_sums(losses):
        return
    if np.ptp(losses) == 0:
        raise Wrong(
            "loss_never_changes",
            "The loss is the same in every epoch although the weights change. Compute it with "
            "the weights of that epoch, not with those of the start.",
        )
    if close(losses, np.cumsum(sums[1:])) or close(losses, np.cumsum(sums[:-1])):
        raise Wrong(
            "total_never_reset",
            "Each loss also contains those of the epochs before. Begin every epoch with 0.",
        )
    if are_sums(losses**2):
        raise Wrong(
            "root_of_loss", "These are the square roots of the losses. The sum itself is asked for."
        )
    for factor in (n, n * Y.shape[1], Y.shape[1], 2):
        if are_sums(losses * factor):
            raise Wrong(
                "mean_loss",
                f"The losses are {factor} times too small: the sum is asked for, over all "
                "samples and all outputs, without a division.",
            )
    raise Wrong("wrong_value", first_difference(losses, sums[1:], "losses"))


def _expect_loss_of_all_samples(answer: Answer) -> None:
    # So small a rate leaves the loss where it is: then any epoch's loss is that of the start.
    X, W, Y = random_problem([3, 4, 2], 7, default_rng(71))
    losses = as_array(answer(W, X, Y, default_rng(0), 2, 1e-4, 2)[1], "losses").ravel()
    right = squared_error(W, X, Y)
    if not np.allclose(losses, right, rtol=0.02):
        raise Wrong(
            "loss_of_one_batch",
            f"The squared error over all 7 samples is {right:.3g}, but the loss came as "
            f"{losses[-1]:.3g}. It should cover all of `X`, not only a batch.",
        )


def _expect_learning(answer: Answer) -> None:
    X, W, _ = random_problem([2, 6, 3], 30, default_rng(5))
    Y = np.eye(3)[(X[:, 0] > 0).astype(int) + (X[:, 1] > 0)]
    came, losses = answer(W, X, Y, default_rng(0), 60, 1.0, 4)
    if len(losses) != 60:
        raise Wrong("wrong_number_of_losses", f"In 60 epochs there came {len(losses)} losses.")
    if not losses[-1] < 0.6 * losses[0]:
        raise Wrong(
            "does_not_learn",
            f"On 30 points of three kinds the loss went from {losses[0]:.3g} to {losses[-1]:.3g} "
            "in 60 epochs. It should fall by far more.",
        )
    for level, w in enumerate(came):
        expect_no_list(f"W[{level}]", w)

"""What well-known mistakes in building a network make of its parameters and of its outputs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from helpers.checks.mnist_mlp.probabilities import right_softmax
from helpers.checks.small_networks import identity, sigmoid

Function = Callable[[np.ndarray], np.ndarray]


def _softmax_over_batch(z: np.ndarray) -> np.ndarray:
    return right_softmax(z.T).T


ACTIVATIONS: dict[str, Function] = {
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": sigmoid,
}


_BEFORE_SOFTMAX = (
    "The last layer's sums go through another activation before the softmax. It cuts off or "
    "squeezes what tells the classes apart: softmax alone."
)


def number_of_parameters(sizes: Sequence[int]) -> int:
    """Return how many weights and biases layers of these sizes have.

    Examples
    --------
    >>> number_of_parameters([60, 128, 10])
    9098
    """
    return sum((n + 1) * m for n, m in itertools.pairwise(sizes))


def forward(
    x: np.ndarray, weights: Sequence[np.ndarray], hidden: Sequence[Function], last: Function
) -> np.ndarray:
    """Return the outputs of a network.

    Parameters
    ----------
    x : numpy.ndarray, shape (n, n_in)
        Inputs.
    weights : sequence of numpy.ndarray
        Weights and biases in turn, layer by layer.
    hidden : sequence of callable
        The activation of each hidden layer.
    last : callable
        The activation of the last layer.
    """
    for W, b, f in zip(weights[::2], weights[1::2], [*hidden, last], strict=True):
        x = f(x @ W + b)
    return x


def wrong_counts(n_in: int, hidden: list[int], n_out: int) -> Iterator[tuple[str, int, str]]:
    """Yield hint, number of parameters and sentence of each known mistake in sizes and biases."""
    count, sizes = number_of_parameters, [n_in, *hidden, n_out]
    right = count(sizes)
    yield "no_biases", right - sum(sizes[1:]), "The biases are missing, one for each unit."
    some = "Some biases are missing: every unit has one, in the hidden layers and in the last."
    yield "some_biases", right - n_out, some
    yield "some_biases", right - sum(hidden), some
    yield (
        "input_as_a_layer",
        count([n_in, *sizes]),
        "There is a layer of `n_in` units too many. The inputs are no layer that computes: "
        "`keras.Input` only tells how many there are.",
    )
    yield (
        "output_twice",
        count([*sizes, n_out]),
        "There is a layer of `n_out` units too many: the last layer and its softmax are one layer, "
        "or a layer without softmax and a softmax behind it.",
    )
    yield (
        "hard_coded",
        count([n_in, 128, n_out]),
        "There is a hidden layer of 128 units, whatever `hidden` is. Use the sizes handed in.",
    )
    if hidden:
        yield from _wrong_hidden(n_in, hidden, n_out)


_NO_HIDDEN = (
    "The hidden layers are missing: one for each size in `hidden`. A layer that is made has to be "
    "added to the model, or called with what goes in and its result used."
)


def _wrong_hidden(n_in: int, hidden: list[int], n_out: int) -> Iterator[tuple[str, int, str]]:
    def count(*sizes: int) -> int:
        return number_of_parameters([n_in, *sizes, n_out])

    only_one = "There is one hidden layer only. Add one for each size in `hidden`."
    yield "hidden_missing", count(), _NO_HIDDEN
    yield "one_hidden_only", count(hidden[0]), only_one
    yield "one_hidden_only", count(hidden[-1]), only_one
    yield (
        "hidden_reversed",
        count(*hidden[::-1]),
        "The hidden layers stand in another order: the first size in `hidden` is the layer next to "
        "the inputs.",
    )
    yield (
        "hidden_twice",
        count(*hidden, hidden[-1]),
        "There is a hidden layer too many, of the last size in `hidden`.",
    )
    yield (
        "sizes_equal",
        count(*[hidden[0]] * len(hidden)),
        "All hidden layers have the first size in `hidden`. Each has a size of its own.",
    )
    yield (
        "last_in_loop",
        count(*itertools.chain(*((size, n_out) for size in hidden)))
        - number_of_parameters([n_out, n_out]),
        "The last layer stands behind each hidden one. It comes once, behind the loop.",
    )
    extra = (
        "It is as many as normalising layers would add. They are a step of their own: here only "
        "layers of units, with weights and biases."
    )
    yield "extra_numbers", count(*hidden) + 4 * sum(hidden), extra
    yield "extra_numbers", count(*hidden) + 2 * sum(hidden), extra


def wrong_outputs(
    x: np.ndarray, weights: Sequence[np.ndarray], activation: str
) -> Iterator[tuple[str, np.ndarray, str]]:
    """Yield hint, outputs and sentence of each known mistake in the activations.

    Parameters
    ----------
    x, weights : see `forward`
    activation : str
        The activation that was asked for in the hidden layers.
    """
    f, count = ACTIVATIONS[activation], len(weights) // 2 - 1
    for hint, last, sentence in _wrong_last(f):
        yield hint, forward(x, weights, [f] * count, last), sentence
    right = [f] * count
    yield (
        "softmax_first",
        forward(right_softmax(x), weights, right, right_softmax),
        "A softmax is applied to the inputs. It belongs behind the last layer.",
    )
    yield (
        "activation_first",
        forward(f(x), weights, right, right_softmax),
        f"`{activation}` is applied to the inputs as well. It belongs behind each hidden layer.",
    )
    for hint, hidden, last, sentence in _wrong_hidden_functions(activation, count):
        yield hint, forward(x, weights, hidden, last), sentence


def _wrong_last(f: Function) -> Iterator[tuple[str, Function, str]]:
    yield (
        "no_softmax",
        identity,
        "The outputs are the sums of the last layer: they can be negative, and they do not add up "
        "to 1. Make probabilities of them.",
    )
    yield (
        "activation_at_the_end",
        f,
        "The last layer has the activation of the hidden ones. Probabilities of classes that "
        "exclude each other come from another function.",
    )
    yield (
        "sigmoid_output",
        sigmoid,
        "The outputs come from a sigmoid: each lies between 0 and 1, but their sum is not 1. A "
        "digit is one of the classes, not several at once.",
    )
    yield "activation_before_softmax", lambda z: right_softmax(f(z)), _BEFORE_SOFTMAX
    yield "activation_before_softmax", lambda z: right_softmax(sigmoid(z)), _BEFORE_SOFTMAX
    yield (
        "softmax_twice",
        lambda z: right_softmax(right_softmax(z)),
        "Softmax is applied twice. The second one makes all probabilities nearly equal.",
    )
    yield (
        "softmax_over_batch",
        _softmax_over_batch,
        "The columns have the sum 1, not the rows: softmax goes over the samples of the batch. It "
        "should go over the classes, the last axis.",
    )
    yield (
        "log_softmax",
        lambda z: np.log(right_softmax(z)),
        "The outputs are logarithms of probabilities. Asked for are the probabilities.",
    )


_SWAPPED = "Softmax stands in the hidden layers and not at the end: the other way round."


def _wrong_hidden_functions(activation: str, count: int) -> Iterator[tuple]:
    """Yield hint, hidden functions, last function and sentence, if there are hidden layers."""
    if not count:
        return
    f = ACTIVATIONS[activation]
    yield (
        "linear",
        [identity] * count,
        right_softmax,
        "The hidden layers have no activation, so that the whole network is one linear layer in "
        "disguise. Use `activation` in each of them.",
    )
    for name, other in ACTIVATIONS.items():
        if name != activation:
            yield (
                "activation_ignored",
                [other] * count,
                right_softmax,
                f"Asked for was {activation!r}, but the hidden layers use {name!r}. Hand on what "
                "is handed in.",
            )
    yield (
        "softmax_in_hidden",
        [right_softmax] * count,
        right_softmax,
        "The hidden layers use softmax as well: their units would share out a sum of 1 among them. "
        "Use `activation` there.",
    )
    yield "activations_swapped", [right_softmax] * count, f, _SWAPPED
    yield "activations_swapped", [right_softmax] * count, identity, _SWAPPED
    once = "Only one of the hidden layers has an activation. Each should have it."
    yield "activation_once", [f, *[identity] * (count - 1)], right_softmax, once
    yield "activation_once", [*[identity] * (count - 1), f], right_softmax, once
    yield (
        "activation_twice",
        [lambda z: f(f(z))] * count,
        right_softmax,
        f"`{activation}` is applied twice in each hidden layer: in the layer and behind it.",
    )

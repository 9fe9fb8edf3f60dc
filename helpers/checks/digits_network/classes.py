"""The check of the class that a trained network gives to a sample."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import as_array, expect_close, expect_shape, explained
from helpers.checks.digits_network.forward import mistaken_biases
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import forward_pass, random_problem


@exercise(
    smaller_step="look at the outputs for a single image: `activations(X[:1], W)[-1]`. At which "
    "place does the largest of the numbers stand?"
)
def predict_class(answer: Answer) -> str:
    """``predict_class(X, W)``: the class whose output is the largest.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, layers[0])
        One sample a row.
    W : list of numpy.ndarray
        Trained weights.

    Returns
    -------
    numpy.ndarray of int, shape (n,)
        For each sample the class, counted from 0.
    """
    for n, layers in ((9, [4, 6, 5]), (1, [4, 6, 5]), (12, [3, 10]), (8, [2, 5, 4, 3])):
        X, W, _ = random_problem(layers, n, default_rng(20 + n))
        with explained("a_list_of_layers", _LAYERS, _speaks_of_a_list):
            came = answer(X, W)
        as_array(came, "predict_class(X, W)")
        classes = np.asarray(came)
        _expect_one_each(classes, n, layers[-1], len(layers))
        _expect_right_classes(classes, X, W)
    return "Right for 1, 8, 9 and 12 samples and networks with 3, 5 and 10 classes."


_LAYERS = "`activations` returns a list with one array a layer. Which of them holds the outputs?"


def _speaks_of_a_list(error: str) -> bool:
    return "'list' object has no attribute" in error or "inhomogeneous" in error


def _expect_one_each(array: np.ndarray, n: int, k: int, depth: int) -> None:
    """Expect one number for each of n samples; there are k classes and `depth` layers of values."""
    if array.shape == (n, k) and array.dtype.kind in "biu":
        raise Wrong(
            "one_hot",
            "For each sample there are still as many numbers as classes. One is asked for: the "
            "place of the largest output, whether or not it exceeds .5.",
        )
    if n == 1 and array.shape == ():
        raise Wrong(
            "single_image",
            "For a single image there came a bare number. With one row in there should be an array "
            "with one class out: keep the axis of samples.",
        )
    hints = {
        (): ("one_for_all", "One answer came for the whole batch; each row needs its own."),
        (k,): (
            "wrong_axis",
            "There came one number a class. Look along each row, not each column.",
        ),
        (n, k): ("outputs_not_classes", "These are the outputs. At which place is the largest?"),
        (2, n): ("two_for_each", "Two rows came. Hand back the classes alone."),
        (n, 2): ("two_for_each", "Two numbers came a sample. Hand back the classes alone."),
        (n, 1): ("kept_as_column", "Give a flat array."),
    }
    if depth not in (n, k):
        hints[(depth,)] = (
            "one_for_each_layer",
            "There came one number a layer. Only the last layer counts, and there each row.",
        )
    if n > 1:
        hints[(1,)] = ("first_image_only", "Only the first sample was classified.")
    expect_shape(array, (n,), "predict_class(X, W)", hints)


def _expect_right_classes(array: np.ndarray, X, W) -> None:
    *_, before, out = forward_pass(X, W)
    expected = out.argmax(axis=1)
    without_biases, sentence = mistaken_biases(X, W)["bias_ignored"]
    wrong = {
        "largest_output_not_place": (
            lambda: out.max(axis=1),
            "These are the largest outputs themselves. The class is the place of each.",
        ),
        "one_based": (lambda: expected + 1, "All classes are one too high: they count from 0."),
        "rounded_first": (
            lambda: (out > 0.5).argmax(axis=1),
            "This is the place of the first output above .5. Several outputs may be, or none: "
            "look for the largest one itself.",
        ),
        "smallest": (lambda: out.argmin(axis=1), "This is the place of the smallest output."),
        "wrong_layer": (
            lambda: before.argmax(axis=1),
            "This is the largest value of the layer before the last. The outputs come last.",
        ),
        "bias_ignored": (lambda: without_biases()[-1].argmax(axis=1), sentence),
    }
    expect_close(array, expected, "predict_class(X, W)", wrong)
    if array.dtype.kind not in "iu":
        raise Wrong(
            "not_whole_numbers",
            f"The classes are right, but of type {array.dtype}. A class is used as an index: hand "
            "back whole numbers.",
        )

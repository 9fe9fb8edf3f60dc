"""The check of gradients that TensorFlow's tape computes."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from helpers.checks.arrays import (
    as_array,
    close,
    expect_close,
    expect_no_list,
    expect_shape,
    name_mistake,
)
from helpers.checks.computation_graphs.mistaken_losses import (
    gradients_by_hand,
    mistaken_gradients,
)
from helpers.checks.computation_graphs.stopped_tapes import expect_not_swapped, explain_error
from helpers.checks.computation_graphs.watched_tapes import Questions, tapes_watched
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong

_NAMES = ("dW", "db")


# Long enough to import TensorFlow on a slow computer, if the answer is the first to do so.
@exercise(
    smaller_step="let the tape find a slope that you know: of v * v at 3. Make `v` a "
    "`tf.Variable`, compute inside `with tf.GradientTape() as tape:`, then ask the tape.",
    seconds=90.0,
)
def tape_gradient(answer: Answer) -> str:
    """``tape_gradient(x, W, b)``: the gradient of ``sum(sigmoid(x @ W + b))``, by a tape.

    Parameters
    ----------
    x : numpy.ndarray of float32, shape (n, k)
        Samples.
    W : numpy.ndarray of float32, shape (k, m)
        Weights.
    b : numpy.ndarray of float32, shape (m,)
        Biases.

    Returns
    -------
    tuple of two tensors or arrays, shapes (k, m) and (m,)
        Slopes with respect to W and to b.
    """
    for seed, (n, k, m) in enumerate(((5, 4, 3), (1, 3, 2), (4, 2, 1), (3, 3, 3))):
        rng = default_rng(70 + seed)
        shapes = ((n, k), (k, m), (m,))
        x, W, b = (0.5 * rng.standard_normal(s).astype(np.float32) for s in shapes)
        came, questions = _asked(answer, x, W, b)
        _expect_gradients(came, questions, x, W, b)
    said = (
        "The tape's gradients equal those by the rules of this unit, for four shapes, a single "
        "sample among them."
    )
    return said if questions.target_is_number else f"{said} {_SUMMED_SILENTLY}"


_SUMMED_SILENTLY = (
    "You left out the sum: asked about several numbers at once, the tape adds them up silently. "
    "Had you meant their mean, nothing would have warned you."
)


def _asked(answer: Answer, x, W, b) -> tuple[object, Questions]:
    """Return what the answer returns, and what it asked of tapes on the way."""
    with tapes_watched() as questions:
        try:
            came = answer(x, W, b)
        except Wrong as wrong:
            explain_error(wrong, questions, x, W)
            raise
    if questions.asked:
        return came, questions
    # A `tf.function` that was traced at an earlier check asks its tape unseen.
    with tapes_watched(traced_anew=True) as questions:
        try:
            answer(x, W, b)
        except Wrong:  # it takes tensors only, so it is a traced function, and may have a tape
            questions.asked = True
    return came, questions


def _expect_gradients(came: object, questions: Questions, x, W, b) -> None:
    expect_not_swapped(questions)
    pair = _expect_pair(came, x, W, b)
    lost = [name for name, part in zip(_NAMES, pair, strict=True) if part is None]
    if lost:
        _explain_none(lost, questions)
    for name, part in zip(_NAMES, pair, strict=True):
        if isinstance(part, list | tuple) and len(part) == 1 and np.ndim(part[0]):
            raise Wrong(
                "wrapped",
                f"`{name}` stands in a list of its own: asked with a list, `[W]`, the tape answers "
                "with a list. Ask once, with both in the list.",
            )
    arrays = [as_array(part, name) for name, part in zip(_NAMES, pair, strict=True)]
    expected = gradients_by_hand(x, W, b)
    _expect_shapes(arrays, expected, x)
    # The computation is in single precision, whatever the result is turned into.
    arrays = [array.astype(np.float32) for array in arrays]
    if not all(map(close, arrays, expected)):
        _expect_not_zero(arrays)
        name_mistake(mistaken_gradients(x, W, b), lambda other: all(map(close, arrays, other)))
    for name, array, gradient in zip(_NAMES, arrays, expected, strict=True):
        expect_close(array, gradient, name, otherwise="The rules of this unit give that.")
    if not questions.asked:
        raise Wrong(
            "no_tape",
            "The numbers are right, but no tape was asked for them. The point here is that you "
            "write only the way forward: record it in `with tf.GradientTape() as tape:` and ask "
            "`tape.gradient(...)`.",
        )
    expect_no_list("tape_gradient(x, W, b)", *pair)


def _expect_pair(came: object, x, W, b) -> tuple | list:
    if not isinstance(came, tuple | list):
        raise Wrong(
            "not_a_pair",
            "`tape_gradient` should return two gradients, `dW, db`, but returned one value of type "
            f"`{type(came).__name__}`.",
        )
    if len(came) == 3:
        if np.shape(came[0]) == ():
            raise Wrong(
                "loss_too",
                "Three values came, the first of them a number: the loss. Return the two "
                "gradients only.",
            )
        raise Wrong(
            "inputs_too",
            "Three gradients came. `x` is data: nobody changes it to make the loss smaller. Ask "
            "for `W` and `b` only.",
        )
    if len(came) != 2:
        raise Wrong(
            "not_a_pair",
            f"`tape_gradient` should return two gradients, `dW, db`, but returned {len(came)} "
            "value(s).",
        )
    return came


def _explain_none(lost: list[str], questions: Questions) -> None:
    """Say why the tape knows no slope, as far as its questions tell."""
    which = " and ".join(f"`{name}`" for name in lost)
    found = f"{which} came as `None`: the tape knows no way from there to the loss."
    if "wrapped" in questions.sources:
        raise Wrong(
            "keras_variable",
            f"{found} A `keras.Variable` is a wrapper, and with a numpy array before the `@` it is "
            "numpy that computes, unheard by the tape. Make a `tf.Variable` instead.",
        )
    if "constant" in questions.sources:
        raise Wrong(
            "not_watched",
            f"{found} It watches variables by itself, but not constant tensors. Make a "
            "`tf.Variable`, or tell the tape, first thing in the block: `tape.watch(...)`.",
        )
    if "unused" in questions.sources:
        raise Wrong(
            "outside_the_tape",
            f"{found} It never met the variable that you ask about. Use that variable inside the "
            "block `with tf.GradientTape() as tape:`, since only what runs there is recorded.",
        )
    raise Wrong(
        "way_interrupted",
        f"{found} It met what you ask about, but the way to the loss is interrupted. Does a line "
        "stand below the block, or compute with numpy or `.numpy()`? Does `tape.watch` come only "
        "after the computation?",
    )


def _expect_shapes(arrays: list[np.ndarray], expected: tuple, x: np.ndarray) -> None:
    shapes, wanted = [a.shape for a in arrays], [e.shape for e in expected]
    if shapes == wanted[::-1] != wanted:
        raise Wrong("swapped", "The gradients stand in the wrong order: first `dW`, then `db`.")
    if shapes[0] == x.shape != wanted[0]:
        raise Wrong(
            "inputs_instead",
            "The first gradient has the shape of `x`. It should be the one for `W`.",
        )
    row = "The bias became a row of a matrix. Keep it as it is given: broadcasting adds it."
    each = "There is a slope for each sample. The gradient of the sum is the sum of them."
    for name, array, shape in zip(_NAMES, arrays, wanted, strict=True):
        hints = {(1, *wanted[1]): ("bias_as_a_row", row)} if name == "db" else {}
        if array.ndim > len(shape) and array.shape[0] == len(x):
            hints.setdefault(array.shape, ("a_slope_a_sample", each))
        expect_shape(array, shape, name, hints)


def _expect_not_zero(arrays: list[np.ndarray]) -> None:
    if max(float(np.abs(array).max()) for array in arrays) < 1e-5:
        raise Wrong(
            "all_zero",
            "All slopes are 0: the loss that the tape recorded does not depend on `W` and `b`. "
            "(So it is with a softmax: each of its rows sums to 1, whatever comes in.) Here each "
            "number passes a sigmoid, and all are added up.",
        )

"""Why TensorFlow stopped with an error, or its tape had no answer."""

from __future__ import annotations

import numpy as np

from helpers.checks.computation_graphs.watched_tapes import Questions
from helpers.checks.running import Wrong

_SWAPPED = (
    "The tape was asked the other way round: for slopes of `W` and `b` with respect to the sum. "
    "But they come first and the sum is made from them. In `tape.gradient(number, [first, "
    "second])` the number stands first."
)
_CLASS = "`tf.GradientTape` is a class. Brackets make a tape of it."
_STAR = (
    "Was `x` multiplied by `W` with a star? That multiplies entry by entry, and the shapes do not "
    "fit. A layer has a matrix product there: `@`."
)
_FACTORS = (
    "The factors of a matrix product do not fit. Each row of `x` is a sample and meets the columns "
    "of `W`: `x` stands on the left, and nothing is turned round."
)
# What TensorFlow's error says, then the hint and the advice.
_ERRORS = {
    "non-persistent": (
        "used_twice",
        "A tape answers once and then lets go of what it recorded. Ask for both gradients in one "
        "question, with a list of sources.",
    ),
    "context manager": ("no_tape_made", _CLASS),
    "__enter__": ("no_tape_made", _CLASS),
    "was expected to be a": (
        "precisions_differ",
        "TensorFlow does not mix single and double precision. All three arrays arrive as float32: "
        "leave them so.",
    ),
    "core dimension": ("factors_do_not_fit", _FACTORS),
    "Matrix size-incompatible": ("factors_do_not_fit", _FACTORS),
}


def expect_not_swapped(questions: Questions) -> None:
    """Raise `Wrong` if a tape was asked for slopes of `W` or `b` with respect to the loss."""
    if questions.swapped:
        raise Wrong("target_and_sources_swapped", _SWAPPED)


def explain_error(wrong: Wrong, questions: Questions, x: np.ndarray, W: np.ndarray) -> None:
    """Add what is wrong to the error with which TensorFlow stops.

    Parameters
    ----------
    wrong : Wrong
        Gets another hint and a longer message, if the error is a known one.
    questions : Questions
        What the tape was asked before.
    x, W : numpy.ndarray
        What the answer got.
    """
    error = f"{wrong.message} {wrong.__cause__}"  # a traced function's has many lines
    if questions.swapped:
        told = "target_and_sources_swapped", _SWAPPED
    elif _speaks_of_entries(error, x, W):
        told = "elementwise", _STAR
    else:
        known = (told for words, told in _ERRORS.items() if words in error)
        told = next(known, None) or _of_questions(error, questions)
    if told:
        wrong.hint = told[0]
        wrong.message += f" {told[1]}"


def _speaks_of_entries(error: str, x: np.ndarray, W: np.ndarray) -> bool:
    """Tell whether `x` and `W` themselves could not be multiplied entry by entry."""
    shapes = error.replace("[", "(").replace("]", ")").replace(" ", "")
    both = all(str(array.shape).replace(" ", "") in shapes for array in (x, W))
    words = ("be broadcast together", "Incompatible shapes", "Dimensions must be equal")
    return both and "MatMul" not in error and any(w in error for w in words)


def _of_questions(error: str, questions: Questions) -> tuple[str, str] | None:
    """Return hint and advice for what the tape was asked about, if that was wrong."""
    if not questions.target_is_tensor:
        return "numpy_inside", (
            "The tape was asked for the slope of something that is not a tensor: numpy computed "
            "it, and the tape cannot see what numpy does. Use TensorFlow's functions inside the "
            "block."
        )
    if "array" in questions.sources or "Passed in object" in error:
        return "not_tensors", (
            "A tape follows tensors and variables. `W` and `b` arrive as numpy arrays: make them "
            "variables before the block, and ask for the slopes with respect to those."
        )
    return None

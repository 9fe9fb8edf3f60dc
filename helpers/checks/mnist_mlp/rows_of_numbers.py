"""What a network that takes rows of numbers takes and gives."""

from __future__ import annotations

import numpy as np

from helpers.checks.keras_models import input_shape
from helpers.checks.running import Wrong


def expect_outputs(model, called: str, n_in: int, hidden: list[int], n_out: int) -> None:
    """Raise `Wrong` unless the model takes rows of `n_in` numbers and gives rows of `n_out`."""
    x = np.zeros((7, n_in), dtype=np.float32)
    try:
        value = model(x, training=False)
    except Exception as error:
        raise _no_such_inputs(model, called, n_in) from error
    if isinstance(value, list | tuple | dict):
        raise Wrong(
            "several_outputs", f"{called} the model has {len(value)} outputs. It should have one."
        )
    expected, came = (7, n_out), tuple(value.shape)
    batch = (input_shape(model) or (None,))[0]
    if batch is not None and came == expected:
        raise Wrong(
            "fixed_batch",
            f"{called} the model is made for batches of {batch}. `keras.Input((n_in,))` leaves "
            "the number of rows open.",
        )
    if came == expected:
        return
    said = f"{called} an input of shape (7, {n_in}) gives outputs of shape {came}, not {expected}."
    if len(came) != 2 or came[0] != 7:
        raise Wrong("not_one_row_each", f"{said} Each row of inputs should give one row.")
    if came[1] == 10:
        raise Wrong("hard_coded", f"{said} Is there a 10 that should be `n_out`?")
    if hidden and came[1] == hidden[-1]:
        raise Wrong(
            "no_output_layer",
            f"{said} The last hidden layer needs another one behind it. Is that made, but not "
            "added to the model, or does `return` stand in the loop?",
        )
    raise Wrong("wrong_n_out", f"{said} How large is the last layer?")


def _no_such_inputs(model, called: str, n_in: int) -> Wrong:
    shape = input_shape(model)
    said = f"{called} the model does not take inputs of shape (7, {n_in})"
    if shape is None:
        return Wrong("wrong_n_in", f"{said}.")
    each = f"{said}: it is made for rows of shape {tuple(shape[1:])}."
    if tuple(shape[1:]) == (60,):
        return Wrong("hard_coded_inputs", f"{each} Is there a 60 that should be `n_in`?")
    return Wrong("wrong_n_in", f"{each} The first line of the model tells how many inputs come.")

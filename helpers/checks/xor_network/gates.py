"""The check of a network for XOR whose weights are found by thinking."""

from __future__ import annotations

import numpy as np

from helpers.checks.arrays import as_array, expect_pair, expect_shape
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong
from helpers.checks.small_networks import forward_pass
from helpers.checks.xor_network.truth_table import XOR_X, XOR_Y, right_sides


@exercise(
    smaller_step="first find one neuron with weights (bias, w1, w2) that answers OR, and one that "
    "answers AND. Then ask how XOR follows from their two answers."
)
def xor_by_hand(answer: Answer) -> str:
    """``xor_by_hand()``: weights with which a network of two hidden units solves XOR.

    Returns
    -------
    W1 : array_like, shape (3, 2)
        Weights of the hidden layer, the bias row first.
    W2 : array_like, shape (3, 1) or (3,)
        Weights of the output, the bias first. Every output is within 0.2 of 0 or 1.
    """
    W1, W2 = expect_pair(answer(), "xor_by_hand", "W1, W2", "not_two")
    W1, W2 = as_array(W1, "W1").astype(float), as_array(W2, "W2").astype(float)
    if W1.shape == (2, 2):
        raise Wrong(
            "bias_row_missing",
            "`W1` has no row for the biases. It needs 3 rows: bias, first input, second input.",
        )
    expect_shape(W1, (3, 2), "W1")
    if W2.shape != (3,):
        expect_shape(W2, (3, 1), "W2", {(2, 1): ("bias_row_missing", "Its first row is the bias.")})
    W = [W1, W2.reshape(3, 1)]
    _, h, o = forward_pass(XOR_X, W)
    table = _table(o)
    if not right_sides(W).all():
        raise Wrong(*_name_gate(h, o, W), table)
    if np.abs(o - XOR_Y).max() >= 0.2:
        raise Wrong(
            "not_confident",
            "All four answers are on the right side of 0.5, but not within 0.2 of 0 or 1. Larger "
            "weights make a steeper sigmoid: multiply all of them.",
            table,
        )
    return "The truth table is XOR's, and every output is within 0.2 of 0 or 1."


def _table(o: np.ndarray) -> str:
    pairs = zip(XOR_X, o.ravel(), strict=True)
    rows = [f"  {int(a)}  {int(b)}    {out:.2f}" for (a, b), out in pairs]
    return "\n".join([" x1 x2  output", *rows])


def _name_gate(h: np.ndarray, o: np.ndarray, W: list[np.ndarray]) -> tuple[str, str]:
    """Return the hint and the sentence for weights that do not solve XOR."""
    if right_sides([np.roll(w, 1, axis=0) for w in W]).all():
        return (
            "bias_last",
            "These weights would solve it if the bias stood last. In this book row 0 is the bias.",
        )
    if right_sides([20 * w for w in W]).all():
        return (
            "too_small",
            "The plan is right, but the weights are so small that no neuron is clearly on or off. "
            "Multiply all of them.",
        )
    if np.ptp(h, axis=0).max() < 1e-3:
        return "all_the_same", "Both hidden units say the same to all four inputs: look at `W1`."
    says = tuple((o.ravel() > 0.5).astype(int))
    if len(set(says)) == 1:
        which = "on" if says[0] else "off"
        units = ", ".join(f"({a:.0f}, {b:.0f})" for a, b in h)
        return (
            "always_" + which,
            f"The output is {which} for all four inputs. From the top, the hidden units say "
            f"{units}. Work out the output's sum for each of them.",
        )
    return _GATES.get(
        says, ("truth_table", "Compare the outputs with XOR's, which are 0, 1, 1, 0 from the top.")
    )


_GATES = {
    (0, 1, 1, 1): ("or", "This is OR. The output must also be switched off when BOTH are on."),
    (0, 0, 0, 1): ("and", "This is AND: on only when both are. XOR is on when exactly one is."),
    (1, 0, 0, 1): ("xnor", "This is XOR upside down. Flip the sign of every number in `W2`."),
    (1, 1, 1, 0): ("nand", "This is NAND: it must also be off when both inputs are 0."),
    (1, 0, 0, 0): ("nor", "This is NOR: on only when both inputs are 0."),
}

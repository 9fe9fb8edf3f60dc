"""Checks of unit 01, from gradient descent and one neuron to a network that solves XOR.

The conventions of the unit: a sample is a row; a column or row of biases comes first; the loss is
the squared error summed over samples and outputs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.checks.arrays import (
    TOLERANCE,
    as_array,
    close,
    expect_close,
    expect_no_list,
    expect_shape,
    first_difference,
)
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Wrong

_XOR_X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
_XOR_Y = np.array([[0], [1], [1], [0]], dtype=float)
_X1 = np.column_stack([np.ones(4), _XOR_X])


def _sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def _wide(A):
    """Put a column of ones first; works on stacks of matrices too."""
    return np.concatenate([np.ones((*A.shape[:-1], 1)), A], axis=-1)


def _forward(X, W1, W2):
    h = _sigmoid(_wide(X) @ W1)
    return h, _sigmoid(_wide(h) @ W2)


def _random_network(rng, n, inputs, hidden, outputs):
    return (
        rng.normal(size=(n, inputs)),
        rng.normal(size=(1 + inputs, hidden)),
        rng.normal(size=(1 + hidden, outputs)),
        rng.uniform(size=(n, outputs)),
    )


@exercise(
    smaller_step="take one step with pen and paper: at x = 5 with slope 4 and rate 0.1, where is "
    "the next x?"
)
def descend(descend: Answer) -> str:
    """Check ``descend(slope, start, rate, steps)``.

    It returns ``steps + 1`` positions, the start first. Each next one is the last one minus
    ``rate`` times the slope there.
    """
    for slope, start, rate, steps in (
        (lambda x: 2 * (x - 3), 5, 0.1, 4),
        (lambda x: 2 * np.tanh(x) + 0.2 * x, -1.5, 0.3, 7),
        (lambda x: np.cos(x), 0.3, 0.5, 1),
        (lambda x: 2 * (x - 3), 3.0, 0.1, 3),
    ):
        path = descend(slope, start, rate, steps)
        right = _path(start, lambda x, s=slope, r=rate: x - r * s(x), steps)
        _judge_path(path, right, slope, start, rate, steps)
    return "Every step goes down the slope that it meets, and the path starts at the start."


def _path(x, step, steps):
    path = [x]
    for _ in range(steps):
        path.append(step(path[-1]))
    return np.array(path)


def _judge_path(path, right, slope, start, rate, steps):
    path = as_array(path, "descend(...)")
    if path.ndim == 0 and steps > 0 and close(path, right[-1]):
        raise Wrong(
            "last_only",
            "Only the last position came back. Keep all of them, the start included, in a list: "
            "the figure below draws the path.",
        )
    if path.shape == (2,) and steps > 1 and close(path, right[:2]):
        raise Wrong(
            "returns_early",
            "Only one step was taken. Is `return` inside the loop? It ends the function at once.",
        )
    if path.shape == (steps,) and close(path, right[1:]):
        raise Wrong("start_missing", "The path should begin with `start` itself, before any step.")
    if path.shape == (steps,) and close(path, right[:-1]):
        raise Wrong(
            "one_step_short",
            f"{steps} steps make {steps + 1} positions, because the start counts too. One is "
            "missing at the end.",
        )
    _judge_length(path, right, steps)
    with np.errstate(all="ignore"):
        wrong = {
            "whole_numbers": (
                lambda: _path(start, lambda x: int(x - rate * slope(x)), steps),
                "Every position is cut to a whole number, because `start` is the whole number "
                f"{start}: an array made from it holds nothing else. Make it with `dtype=float`.",
            ),
            "never_moves_on": (
                lambda: np.array([start, *np.full(steps, start - rate * slope(start))]),
                "All positions after the start are the same: each step sets off from `start` "
                "again. Set off from the last position.",
            ),
            "climbs_on_the_left": (
                lambda: _path(start, lambda x: x - rate * abs(slope(x)), steps),
                "Every step goes to the left. Keep the sign of the slope: where it is negative, "
                "the way down leads to the right.",
            ),
            "climbs": (
                lambda: _path(start, lambda x: x + rate * slope(x), steps),
                "The path goes up. The slope points uphill, so subtract it.",
            ),
            "rate_ignored": (
                lambda: _path(start, lambda x: x - slope(x), steps),
                "Each step is the whole slope long. Multiply it by `rate`.",
            ),
            "slope_at_start": (
                lambda: start - rate * slope(start) * np.arange(steps + 1),
                "Every step uses the slope at the start. Ask `slope` again at each new position.",
            ),
            "sign_only": (
                lambda: _path(start, lambda x: x - rate * np.sign(slope(x)), steps),
                "Every step has the same length. A steeper slope should give a longer step.",
            ),
            "rate_divides": (
                lambda: _path(start, lambda x: x - slope(x) / rate, steps),
                "The slope is divided by `rate`. A larger rate should make longer steps: multiply.",
            ),
            "step_only": (
                lambda: _path(start, lambda x: rate * slope(x), steps),
                "This is the step itself. The next position is the last one minus the step.",
            ),
            "slope_of_the_example": (
                lambda: _path(start, lambda x: x - rate * 2 * (x - 3), steps),
                "It always walks on the example's slope, 2(x - 3). Call the function `slope` that "
                "you were given.",
            ),
            "steps_from_start": (
                lambda: _path(start, lambda x: start - rate * slope(x), steps),
                "Every step sets off from `start`. Set off from the last position instead.",
            ),
        }
        expect_close(path, right, "descend(...)", wrong, "Is `slope` called at each position?")


def _judge_length(path, right, steps):
    n = path.size
    if path.ndim != 1 or n == steps + 1:
        return
    if n < steps + 1 and close(path, right[:n]):
        raise Wrong(
            "too_few",
            f"Only {n} of {steps + 1} positions came back. Does the loop make all `steps` turns, "
            "is every position appended, and does `return` stand behind the loop, not in it?",
        )
    if n > steps + 1 and close(path[: steps + 1], right):
        raise Wrong(
            "too_many",
            f"{n} positions came back. {steps} steps make {steps + 1}, the start included.",
        )
    if n > steps + 1 and close(path[-steps - 1 :], right):
        raise Wrong(
            "old_path_kept",
            "The positions of an earlier call are still in the list. Make the list inside the "
            "function: one in the `def` line, or outside, is made only once.",
        )


@exercise(smaller_step="compute `np.exp(-z)` first and print it for z = 0, 2 and -2.")
def sigmoid(sigmoid: Answer) -> str:
    """Check ``sigmoid(z)``, elementwise 1 / (1 + exp(-z)), for a number or array of any shape."""
    rng = np.random.default_rng(1)
    for z in (
        rng.normal(scale=2, size=(3, 4)),
        rng.normal(size=5),
        np.array([[0.0, 1.0]]),
        rng.normal(size=(2, 3, 2)),
    ):
        came = as_array(_on_arrays(sigmoid, z), "sigmoid(z)")
        if came.shape == z.shape and not close(came, _sigmoid(z)):
            _name_wrong_sigmoid(came, z)
        expect_close(came, _sigmoid(z), "sigmoid(z)")
    expect_no_list("sigmoid(z)", sigmoid(np.array([0.0])))
    whole = np.array([-2, 0, 3])
    if not close(as_array(sigmoid(whole), "sigmoid(z)"), _sigmoid(whole)):
        raise Wrong(
            "whole_numbers",
            "It goes wrong for an array of whole numbers, such as -2, 0, 3: an array made by "
            "`np.zeros_like(z)` then holds whole numbers only. Make it with `np.zeros(z.shape)`.",
        )
    _judge_number(sigmoid)
    _judge_far(sigmoid)
    return "It works elementwise on any shape, is 0.5 at 0, rises, and stays between 0 and 1."


def _judge_number(sigmoid: Answer) -> None:
    try:
        number = sigmoid(0.0)
    except Wrong as wrong:
        if wrong.hint == "raises":
            wrong.hint = "arrays_only"
            wrong.message += " It works on arrays only; `sigmoid(0.0)` should be 0.5."
        raise
    number = as_array(number, "sigmoid(0.0)")
    expect_shape(number, (), "sigmoid(0.0)", {(1,): ("arrays_only", "A number in, a number out.")})
    if not close(number, np.array(0.5)):
        raise Wrong("wrong_value", f"`sigmoid(0.0)` should be 0.5, but is {number}.")


def _judge_far(sigmoid: Answer) -> None:
    try:
        far = as_array(sigmoid(np.array([-800.0, 800.0])), "sigmoid(z)")
    except Wrong as wrong:
        if wrong.hint == "raises" and "OverflowError" in wrong.message:
            wrong.hint = "overflows"
            wrong.message += (
                " This is z = -800: `math.exp` stops at numbers above 709, while `np.exp` returns "
                "inf, and 1 / inf is 0."
            )
        raise
    if np.isnan(far).any():
        raise Wrong(
            "overflows",
            f"`sigmoid` of -800 and 800 should be 0 and 1, but is {far[0]} and {far[1]}. A huge "
            "number divided by a huge number is not a number: let only `np.exp(-z)` appear, once.",
        )
    if not close(far, np.array([0.0, 1.0])):
        raise Wrong(
            "levels_off",
            f"`sigmoid` of -800 and 800 should be 0 and 1, but is {far[0]:.2g} and {far[1]:.6g}. "
            "Is `z` cut off too early?",
        )


def _on_arrays(sigmoid: Answer, z):
    try:
        return sigmoid(z)
    except Wrong as wrong:
        if wrong.hint == "raises" and "array" in wrong.message:
            wrong.hint = "scalars_only"
            wrong.message += (
                " It works on single numbers only. The functions of numpy (`np.exp`) take whole "
                "arrays; those of `math` and `if z > 0` do not."
            )
        raise


def _name_wrong_sigmoid(came, z):
    s = _sigmoid(z)
    e = np.exp(z - np.max(z))
    wrong = {
        "falls": (
            lambda: 1 - s,
            "It falls where z rises. Look at the sign inside the exponential.",
        ),
        "tanh": (
            lambda: np.tanh(z),
            "This is the hyperbolic tangent: its values lie between -1 and 1. The sigmoid's lie "
            "between 0 and 1.",
        ),
        "derivative": (
            lambda: s * (1 - s),
            "This is the slope of the sigmoid, not the sigmoid itself: it is largest at 0.",
        ),
        "minus": (
            lambda: 1 / (1 - np.exp(-z)),
            "There is a minus in the denominator; it is a plus.",
        ),
        "not_divided": (
            lambda: 1 / s,
            "This is 1 + exp(-z), the denominator. The sigmoid is 1 divided by all of it: mind "
            "the brackets.",
        ),
        "step": (
            lambda: (z > 0).astype(float),
            "This jumps from 0 to 1. The sigmoid rises smoothly, so that it has a slope.",
        ),
        "softmax": (
            lambda: e / e.sum(),
            "The entries influence each other (they add up to 1). Each entry stands for itself.",
        ),
        "base_two": (lambda: 1 / (1 + 2.0**-z), "This uses powers of 2. Use `np.exp`."),
    }
    expect_close(came, s, "sigmoid(z)", wrong)


@exercise(
    smaller_step="for the first row alone, work out the three factors: 2(o - y), o(1 - o), and x."
)
def neuron_step(neuron_step: Answer) -> str:
    """Check ``neuron_step(w, X, y, rate) -> new w`` of shape (k,).

    ``X`` has shape (n, k), its first column being ones already; ``y`` has shape (n,). One step of
    gradient descent on the squared error summed over all rows.
    """
    rng = np.random.default_rng(2)
    for n, k, rate in ((4, 3, 0.4), (1, 2, 0.1), (6, 5, 1.3)):
        X = np.column_stack([np.ones(n), rng.normal(size=(n, k - 1))])
        w, y = rng.normal(size=k), rng.integers(0, 2, size=n).astype(float)
        try:
            came = neuron_step(w, X, y, rate)
        except Wrong as wrong:
            if wrong.hint == "raises" and "broadcast" in wrong.message:
                wrong.hint = "shapes"
                wrong.message += (
                    f" Miss and slope have shape ({n},), one number per row; `X` has shape "
                    f"({n}, {k}). A product of matrices, `X.T @ ...`, adds up the rows."
                )
            raise
        z = X @ w
        o = _sigmoid(z)
        miss, slope = o - y, o * (1 - o)
        right = w - rate * X.T @ (2 * miss * slope)
        if np.shape(came) == X.shape:
            raise Wrong(
                "not_summed",
                "One row of weights per sample came back. Add the gradient up over the rows first.",
            )
        expect_close(came, right, "neuron_step(...)", _wrong_steps(w, X, y, rate, z, o))
    return "One step down the gradient, for any number of rows and inputs, on new arrays."


def _wrong_steps(w, X, y, rate, z, o):
    miss, slope = o - y, o * (1 - o)

    s, both = _sigmoid(o), 2 * miss * slope
    gradient = X.T @ both

    def step(signal):
        return lambda: w - rate * X.T @ signal

    def row_by_row():
        v = w.copy()
        for x, target in zip(X, y, strict=True):
            out = _sigmoid(x @ v)
            v = v - rate * 2 * (out - target) * out * (1 - out) * x
        return v

    return {
        "climbs": (
            step(-2 * miss * slope),
            "The loss rises. Either the miss is turned round (it is o - y, not y - o), or the step "
            "is added instead of subtracted.",
        ),
        "rate_twice": (
            lambda: w - rate * rate * X.T @ (2 * miss * slope),
            "The gradient is multiplied by `rate` twice: once in your line, once in the last one.",
        ),
        "factor_two": (
            step(miss * slope),
            "The step is half as long as it should be: the derivative of a square is 2 times it.",
        ),
        "mean": (
            step(2 * miss * slope / len(X)),
            "The gradient is averaged over the rows. The loss is a sum over rows, so add them up.",
        ),
        "slope_missing": (
            step(2 * miss),
            "The slope of the sigmoid, o(1 - o), is missing from the chain.",
        ),
        "slope_at_z": (
            step(2 * miss * z * (1 - z)),
            "The slope is computed as z(1 - z). It is o(1 - o), with the output o = sigmoid(z).",
        ),
        "gradient_only": (
            lambda: X.T @ (2 * miss * slope),
            "This is the gradient. Return the new weights: the old ones minus `rate` times it.",
        ),
        "rate_ignored": (
            lambda: w - X.T @ (2 * miss * slope),
            "The gradient is subtracted whole. Multiply it by `rate`.",
        ),
        "no_sigmoid": (
            lambda: w - rate * X.T @ (2 * (z - y)),
            "The neuron's output is `sigmoid(X @ w)`. Here the sigmoid is missing.",
        ),
        "one_by_one": (
            row_by_row,
            "The weights change between the rows. Add up the gradient of all rows first, at the "
            "old weights, then take one step.",
        ),
        "slope_twice": (
            step(2 * miss * s * (1 - s)),
            "`o` is the sigmoid's value already. Its slope is o(1 - o), with no new sigmoid.",
        ),
        "input_missing": (
            lambda: w - rate * both.sum(),
            "All weights change by the same amount: the last factor, the input, is missing.",
        ),
        "summed_too_far": (
            lambda: w - rate * gradient.sum(),
            "The sum runs over rows and inputs. Add up the rows only: each weight has its own sum.",
        ),
        "last_row_only": (
            lambda: w - rate * both[-1] * X[-1],
            "Only the last row counts. Add up the gradients of all rows.",
        ),
        "step_only": (
            lambda: -rate * gradient,
            "This is the step alone. The new weights are the old ones plus it.",
        ),
        "bias_stays": (
            lambda: w - rate * gradient * (np.arange(len(w)) > 0),
            "The first weight, the bias, does not change. It is a weight like the others.",
        ),
        "mean_of_half": (
            step(miss * slope / len(X)),
            "The factor 2 is missing, and the gradient is averaged. The loss is a sum over rows.",
        ),
        "global_X": (
            lambda: w - rate * _X1.T @ _signal(_X1, w, y) if X.shape == _X1.shape else np.nan,
            "This uses the notebook's `X1`. Use the argument `X`: it may be another array.",
        ),
        "extra_bias": (
            lambda: w - rate * _shifted(X).T @ _signal(_shifted(X), w, y),
            "A column of ones is added, but `X` has one already.",
        ),
    }


def _shifted(X):
    return _wide(X)[:, : X.shape[1]]


def _signal(X, w, y):
    o = _sigmoid(X @ w)
    return 2 * (o - y) * o * (1 - o)


@exercise(smaller_step="make `np.ones((len(X), 1))` and look at its shape beside that of X.")
def add_bias(add_bias: Answer) -> str:
    """Check ``add_bias(X)``: (n, k) in, (n, k + 1) out, with a column of ones first."""
    rng = np.random.default_rng(3)
    for n, k in ((4, 2), (1, 3), (5, 5)):
        X = rng.normal(size=(n, k))
        came = as_array(add_bias(X), "add_bias(X)")
        ones = np.ones((n, 1))
        if close(came, np.vstack([np.ones((1, k)), X])):
            raise Wrong(
                "bias_row", "The ones form a row on top. Every row needs a 1: add a column."
            )
        for hint, lookalike, sentence in (
            ("overwrites", np.hstack([ones, X[:, 1:]]), "The ones replace the first input."),
            ("adds_one", X + 1, "1 is added to every number. Put a new column beside them."),
            ("ones_only", ones, "Only the ones came back. The inputs belong beside them."),
        ):
            if close(came, lookalike):
                raise Wrong(hint, f"{sentence} `add_bias(X)` has one column more than `X`.")
        wrong = {
            "bias_last": (
                lambda X=X, ones=ones: np.hstack([X, ones]),
                "The ones stand last. In this book column 0 is the 1.",
            ),
            "zeros": (
                lambda X=X: np.hstack([np.zeros((len(X), 1)), X]),
                "The new column holds zeros: a bias weight times 0 does nothing.",
            ),
        }
        expect_close(came, np.hstack([ones, X]), "add_bias(X)", wrong)
    return "Column 0 is the 1, for any number of rows."


@exercise(smaller_step="compute `h` alone for one row and print its shape: one number per unit.")
def forward(forward: Answer) -> str:
    """Check ``forward(X, W1, W2) -> (h, o)``.

    ``X`` is (n, k), ``W1`` (1 + k, m), ``W2`` (1 + m, q), bias rows first. ``h`` is (n, m), without
    the 1; ``o`` is (n, q).
    """
    rng = np.random.default_rng(4)
    for n, k, m, q in ((7, 2, 3, 1), (1, 3, 2, 2), (5, 4, 4, 3)):
        X, W1, W2, _ = _random_network(rng, n, k, m, q)
        try:
            h, o = _expect_pair(forward(X, W1, W2), "forward", "h, o", "output_only")
        except Wrong as wrong:
            raise _explain_shapes(wrong) from None
        right_h, right_o = _forward(X, W1, W2)
        h, o = as_array(h, "h"), as_array(o, "o")
        if n > 1 and h.shape == (n, m) and close(h, np.broadcast_to(right_h[-1], (n, m))):
            raise Wrong(
                "last_row_everywhere",
                "Every row of `h` holds the last sample's. Write each sample into its own row.",
            )
        if h.shape == (n, m) and not close(h[0], np.ravel(forward(X[:1], W1, W2)[0])):
            raise Wrong(
                "rows_mixed",
                "The first row's `h` changes when the other rows are left out. Each sample stands "
                "for itself: nothing may be computed across rows.",
            )
        _judge_forward(h, o, right_h, right_o, X, W1, W2)
    _expect_constant_bias(forward)
    expect_no_list("forward(...)", *forward(X, W1, W2))
    return "Both layers, for any sizes and for a single row, with biases that are constant."


def _expect_pair(value, name, names, hint):
    """Return the two parts of a result, or say that there should be two."""
    if isinstance(value, tuple | list) and len(value) == 2:
        return value
    raise Wrong(hint, f"`{name}` should return two arrays: `return {names}`.")


def _explain_shapes(wrong: Wrong) -> Wrong:
    words = ("matmul", "shape", "dimension")
    if wrong.hint == "raises" and any(word in wrong.message for word in words):
        wrong.message += (
            " Print the `.shape` of both sides: before each layer its input gets one more column, "
            "the 1 for the bias. `add_bias` puts it there."
        )
    return wrong


def _judge_forward(h, o, right_h, right_o, X, W1, W2):
    n = len(X)
    if close(h, right_o) and close(o, right_h):
        raise Wrong("swapped", "The two came back in the other order: return `h` first, then `o`.")
    if n > 1 and h.shape in ((h.size,), (1, h.size)) and close(h.ravel(), right_h[-1]):
        raise Wrong("last_row_only", "Only the last row came back. Collect one row per sample.")
    if close(h, _wide(right_h)):
        raise Wrong(
            "bias_kept", "`h` still has its column of ones. Return the hidden units without it."
        )
    wrong = {
        "bias_last": (
            lambda: _sigmoid(np.hstack([X, np.ones((n, 1))]) @ W1),
            "The ones stand last, so the wrong weights act as biases. Column 0 is the 1.",
        ),
        "no_input_bias": (
            lambda: _sigmoid(X @ W1[1:]),
            "The hidden units do without their bias, row 0 of `W1`.",
        ),
        "linear_hidden": (
            lambda: _wide(X) @ W1,
            "The hidden layer has no sigmoid. Without one, two layers are one linear map.",
        ),
    }
    expect_close(h, right_h, "h", wrong)
    constant, learned = _wide(right_h), np.hstack([right_h[:, :1], right_h])
    wrong = {
        "no_hidden_bias": (
            lambda: _sigmoid(right_h @ W2[1:]),
            "The output does without its bias, row 0 of `W2`: `h` needs a column of ones too.",
        ),
        "linear_output": (lambda: constant @ W2, "The output has no sigmoid."),
        "learned_bias": (
            lambda: _sigmoid(learned @ W2),
            "The hidden bias depends on the input. It must be a constant 1, not one more unit.",
        ),
        "bias_last": (
            lambda: _sigmoid(np.hstack([right_h, np.ones((n, 1))]) @ W2),
            "In the second layer the ones stand last. Column 0 is the 1.",
        ),
    }
    expect_close(o, right_o, "o", wrong)


def _expect_constant_bias(forward: Answer) -> None:
    rng = np.random.default_rng(5)
    X, W1, W2, _ = _random_network(rng, 6, 2, 3, 1)
    W2[1:] = 0
    _, o = forward(X, W1, W2)
    expect_close(o, np.full((6, 1), _sigmoid(W2[0, 0])), "o with all but the bias of `W2` at 0")


@exercise(
    smaller_step="first find one neuron with weights (bias, w1, w2) that answers OR, and one that "
    "answers AND. Then ask how XOR follows from their two answers."
)
def xor_by_hand(xor_by_hand: Answer) -> str:
    """Check ``xor_by_hand() -> (W1, W2)``, shapes (3, 2) and (3, 1), bias rows first."""
    W1, W2 = _expect_pair(xor_by_hand(), "xor_by_hand", "W1, W2", "not_two")
    W1, W2 = as_array(W1, "W1").astype(float), as_array(W2, "W2").astype(float)
    if W1.shape == (2, 2):
        raise Wrong(
            "bias_row_missing",
            "`W1` has no row for the biases. It needs 3 rows: bias, first input, second input.",
        )
    expect_shape(W1, (3, 2), "W1")
    if W2.shape != (3,):
        expect_shape(W2, (3, 1), "W2", {(2, 1): ("bias_row_missing", "Its first row is the bias.")})
    _, o = _forward(_XOR_X, W1, W2.reshape(3, 1))
    o = o.ravel()
    table = _truth_table(o)
    says = tuple((o > 0.5).astype(int))
    if says != (0, 1, 1, 0):
        raise Wrong(*_name_gate(o, says, W1, W2), table)
    if np.abs(o - _XOR_Y.ravel()).max() >= 0.2:
        raise Wrong(
            "not_confident",
            "All four answers are on the right side of 0.5, but not within 0.2 of 0 or 1. Larger "
            "weights make a steeper sigmoid: multiply all of them.",
            table,
        )
    return "The truth table is XOR's, and every output is within 0.2 of 0 or 1."


def _truth_table(o):
    rows = [f"  {int(a)}  {int(b)}    {out:.2f}" for (a, b), out in zip(_XOR_X, o, strict=True)]
    return "\n".join([" x1 x2  output", *rows])


def _name_gate(o, says, W1, W2):
    _, turned = _forward(_XOR_X, np.roll(W1, 1, axis=0), np.roll(W2.reshape(3, 1), 1, axis=0))
    if tuple((turned.ravel() > 0.5).astype(int)) == (0, 1, 1, 0):
        return (
            "bias_last",
            "These weights would solve it if the bias stood last. In this book row 0 is the bias.",
        )
    _, steeper = _forward(_XOR_X, 20 * W1, 20 * W2.reshape(3, 1))
    if tuple((steeper.ravel() > 0.5).astype(int)) == (0, 1, 1, 0):
        return (
            "too_small",
            "The plan is right, but the weights are so small that no neuron is clearly on or off. "
            "Multiply all of them.",
        )
    h, _ = _forward(_XOR_X, W1, W2.reshape(3, 1))
    if np.ptp(h, axis=0).max() < 1e-3:
        return "all_the_same", "Both hidden units say the same to all four inputs: look at `W1`."
    if says in ((0, 0, 0, 0), (1, 1, 1, 1)):
        which = "off" if says[0] == 0 else "on"
        units = ", ".join(f"({a:.0f}, {b:.0f})" for a, b in h)
        return (
            "always_" + which,
            f"The output is {which} for all four inputs. From the top, the hidden units say "
            f"{units}. Work out the output's sum for each of them.",
        )
    gates = {
        (0, 1, 1, 1): ("or", "This is OR. The output must also be switched off when BOTH are on."),
        (0, 0, 0, 1): ("and", "This is AND: on only when both are. XOR is on when exactly one is."),
        (1, 0, 0, 1): ("xnor", "This is XOR upside down. Flip the sign of every number in `W2`."),
        (1, 1, 1, 0): ("nand", "This is NAND: it must also be off when both inputs are 0."),
        (1, 0, 0, 0): ("nor", "This is NOR: on only when both inputs are 0."),
    }
    return gates.get(
        says, ("truth_table", "Compare the outputs with XOR's, which are 0, 1, 1, 0 from the top.")
    )


@exercise(
    smaller_step="write the two factors on two lines: how the loss changes with o, 2(o - Y), and "
    "how o changes with its input, o(1 - o)."
)
def output_delta(output_delta: Answer) -> str:
    """Check ``output_delta(o, Y)``: how the summed squared error changes with the output's input.

    Both arguments and the result have shape (n, q).
    """
    rng = np.random.default_rng(6)
    for shape in ((5, 1), (1, 3), (4, 2)):
        o, Y = rng.uniform(0.05, 0.95, size=shape), rng.uniform(size=shape)
        right = 2 * (o - Y) * o * (1 - o)
        came = as_array(output_delta(o, Y), "output_delta(o, Y)")
        if came.ndim == 0 and close(came, right.sum()):
            raise Wrong(
                "summed", "It is added up to one number. Keep one delta per row and output."
            )
        s = _sigmoid(o)
        wrong = {
            "factor_two": (
                lambda r=right: r / 2,
                "The factor 2 is missing: it comes from the square.",
            ),
            "sign": (
                lambda r=right: -r,
                "The sign is turned. When o is too large, more input makes the loss larger: the "
                "delta is positive there.",
            ),
            "slope_missing": (
                lambda o=o, Y=Y: 2 * (o - Y),
                "This is how the loss changes with o. Go one step on, through the sigmoid: times "
                "its slope.",
            ),
            "slope_twice": (
                lambda o=o, Y=Y, s=s: 2 * (o - Y) * s * (1 - s),
                "`o` is the sigmoid's value already. Its slope is o(1 - o), with no new sigmoid.",
            ),
            "mean": (
                lambda r=right: r / len(r),
                "It is divided by the number of rows. The loss is a sum, so nothing is divided.",
            ),
            "loss": (
                lambda o=o, Y=Y: (o - Y) ** 2,
                "This is the loss of each output. The delta is how it changes.",
            ),
            "miss_only": (
                lambda o=o, Y=Y: o - Y,
                "This is how far o misses Y. The square's 2 and the sigmoid's slope are missing.",
            ),
            "slope_of_target": (
                lambda o=o, Y=Y: 2 * (o - Y) * Y * (1 - Y),
                "The slope is computed from Y. It is the sigmoid's at the output: o(1 - o).",
            ),
            "squared_miss": (
                lambda o=o, Y=Y: 2 * (o - Y) ** 2 * o * (1 - o),
                "The miss is still squared. The derivative of a square has no square.",
            ),
            "no_sign": (
                lambda r=right: np.abs(r),
                "The sign is lost. It tells whether o is too large or too small.",
            ),
            "only_slope": (
                lambda o=o: o * (1 - o),
                "This is the slope of the sigmoid. How far o misses Y has to come in too.",
            ),
        }
        expect_close(came, right, "output_delta(o, Y)", wrong)
    expect_no_list("output_delta(o, Y)", output_delta(o, Y))
    return "Miss times slope, for one output and for several."


@exercise(
    smaller_step="for one row and one hidden unit: add up, over the outputs, delta times "
    "weight. Then multiply by the slope of that unit."
)
def hidden_delta(hidden_delta: Answer) -> str:
    """Check ``hidden_delta(d_out, W2, h)``.

    ``d_out`` is (n, q), ``W2`` (1 + m, q) with the bias row first, ``h`` (n, m). The result has the
    shape of ``h``: how the loss changes with the input of each hidden unit.
    """
    rng = np.random.default_rng(7)
    for n, m, q in ((5, 4, 2), (1, 3, 1), (4, 2, 3)):
        d_out, W2 = rng.normal(size=(n, q)), rng.normal(size=(1 + m, q))
        h = rng.uniform(0.05, 0.95, size=(n, m))
        try:
            came = as_array(hidden_delta(d_out, W2, h), "hidden_delta(...)")
        except Wrong as wrong:
            raise _explain_hidden(wrong, n, m, q) from None
        if came.shape == (n, m + 1):
            raise Wrong(
                "bias_row_kept",
                f"{m + 1} columns came back for {m} hidden units. Row 0 of `W2` belongs to the "
                "constant 1, which has no input to change: leave it out.",
            )
        back, slope, s = d_out @ W2[1:].T, h * (1 - h), _sigmoid(h)
        sentences = _hidden_sentences()
        formulas = {
            "bias_last": (d_out @ W2[:-1].T) * slope,
            "slope_missing": back,
            "slope_twice": back * s * (1 - s),
            "factor_two": 2 * back * slope,
            "sign": -back * slope,
            "weights_missing": d_out.sum(axis=1, keepdims=True) * slope,
        }
        wrong = {hint: (lambda f=f: f, sentences[hint]) for hint, f in formulas.items()}
        expect_close(came, back * slope, "hidden_delta(...)", wrong)
    return "Each unit gets its share of every output's delta, times its own slope."


def _hidden_sentences():
    return {
        "bias_last": "The last row of `W2` is left out. The bias is its first row.",
        "slope_missing": "The slope of the hidden units, h(1 - h), is missing.",
        "slope_twice": "`h` is the sigmoid's value already: its slope is h(1 - h).",
        "factor_two": "There is one factor 2 too many: `d_out` has it already.",
        "sign": "The sign is turned. Nothing is subtracted on the way back.",
        "weights_missing": "`W2` does not come in: a unit with a larger weight has more influence.",
    }


def _explain_hidden(wrong: Wrong, n: int, m: int, q: int) -> Wrong:
    if wrong.hint != "raises":
        return wrong
    if f"({n},{m + 1})" in wrong.message and f"({n},{m})" in wrong.message:
        wrong.hint = "bias_row_kept"
        wrong.message += (
            f" Row 0 of `W2` belongs to the constant 1, so `W2` has {m + 1} rows for {m} hidden "
            "units: leave that row out."
        )
    elif any(word in wrong.message for word in ("matmul", "broadcast", "aligned")):
        wrong.hint = "shapes"
        wrong.message += (
            f" The shapes are: `d_out` ({n}, {q}), `W2[1:]` ({m}, {q}), `h` ({n}, {m}). Which "
            "product of the first two has the shape of the third?"
        )
    return wrong


@exercise(
    smaller_step="call `forward`, `output_delta` and `hidden_delta` in this order and print the "
    "three shapes. Each gradient is (inputs with their 1) transposed, times the delta."
)
def backprop(backprop: Answer) -> str:
    """Check ``backprop(X, W1, W2, Y) -> (gW1, gW2)`` for the summed squared error.

    The gradients have the shapes of ``W1`` and ``W2``, bias rows first. Compared with central
    differences of the loss at random points.
    """
    rng = np.random.default_rng(8)
    for n, k, m, q in ((5, 4, 2, 3), (1, 2, 3, 1), (6, 2, 5, 1)):
        X, W1, W2, Y = _random_network(rng, n, k, m, q)
        g1, g2 = _expect_pair(backprop(X, W1, W2, Y), "backprop", "gW1, gW2", "not_two")
        g1, g2 = as_array(g1, "gW1"), as_array(g2, "gW2")
        right = _differences(X, W1, W2, Y)
        if g1.shape == W2.shape and g2.shape == W1.shape and close(g1, right[1]):
            raise Wrong("swapped", "The two came back in the other order: `gW1` first.")
        _judge_gradient_shapes(g1, g2, W1, W2, n)
        if not (_near(g1, right[0]) and _near(g2, right[1])):
            _name_wrong_gradient(g1, g2, right, X, W1, W2, Y)
    expect_no_list("backprop(...)", *backprop(X, W1, W2, Y))
    return "Both gradients agree with small differences of the loss, at three random networks."


def _differences(X, W1, W2, Y, eps=1e-5):
    """Return the gradients by central differences: an oracle that knows no chain rule."""

    def loss(A, B):
        return ((_forward(X, A, B)[1] - Y) ** 2).sum()

    gradients = []
    for which, W in enumerate((W1, W2)):
        gradient = np.zeros_like(W)
        for i in np.ndindex(W.shape):
            step = np.zeros_like(W)
            step[i] = eps
            up = (W1 + step, W2) if which == 0 else (W1, W2 + step)
            down = (W1 - step, W2) if which == 0 else (W1, W2 - step)
            gradient[i] = (loss(*up) - loss(*down)) / (2 * eps)
        gradients.append(gradient)
    return gradients


def _near(a, b):
    # Central differences of the loss carry about nine right digits here.
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-4, atol=1e-6))


def _judge_gradient_shapes(g1, g2, W1, W2, n):
    if g1.shape == (W2.shape[0], W1.shape[1]) and g2.shape == (W1.shape[0], W2.shape[1]):
        raise Wrong(
            "inputs_swapped",
            "Each delta is multiplied by the inputs of the other layer. What came into `W1` is X "
            "with its ones, and what came into `W2` is h with its ones.",
        )
    if g1.shape == (W1.shape[0] - 1, W1.shape[1]) or g2.shape == (W2.shape[0] - 1, W2.shape[1]):
        raise Wrong(
            "bias_rows_missing",
            f"`gW1` and `gW2` have shapes {g1.shape} and {g2.shape}, the weights {W1.shape} and "
            f"{W2.shape}. The row of the biases is missing: multiply by inputs that have their 1.",
        )
    if g1.shape == (n, W1.shape[1]) and g2.shape == (n, W2.shape[1]):
        raise Wrong(
            "deltas",
            "These are the deltas: one number per row and unit. A gradient has one number per "
            "weight. Multiply each delta by what came into the weight, and add up the rows.",
        )
    expect_shape(g1, W1.shape, "gW1")
    expect_shape(g2, W2.shape, "gW2")


def _name_wrong_gradient(g1, g2, right, X, W1, W2, Y):
    table = _gradient_table(g1, g2, right)
    for hint, (formula, sentence) in _wrong_gradients(X, W1, W2, Y).items():
        a, b = formula()
        if _near(g1, a) and _near(g2, b):
            raise Wrong(hint, sentence, table)
    if _near(g2, right[1]):
        raise Wrong(
            "first_layer",
            "`gW2` is right, `gW1` is not. So the mistake is on the way from the output back to "
            "the hidden units, or in the last product.",
            table,
        )
    raise Wrong(
        "wrong_value",
        first_difference(g2, right[1], "gW2")
        + " Start with `gW2`: it needs only the output delta.",
        table,
    )


def _gradient_table(g1, g2, right):
    lines = ["weight       yours    by differences"]
    for name, came, expected in (("gW1", g1, right[0]), ("gW2", g2, right[1])):
        for i in list(np.ndindex(came.shape))[:4]:
            place = f"{name}[{i[0]},{i[1]}]"
            lines.append(f"{place:9} {came[i]:9.5f}   {expected[i]:9.5f}")
    return "\n".join(lines)


def _wrong_gradients(X, W1, W2, Y) -> dict[str, tuple[Callable, str]]:
    z1 = _wide(X) @ W1
    h = _sigmoid(z1)
    z2 = _wide(h) @ W2
    o = _sigmoid(z2)
    miss, s1, s2 = 2 * (o - Y), h * (1 - h), o * (1 - o)

    def gradients(d, slope, inputs=_wide):
        return inputs(X).T @ ((d @ W2[1:].T) * slope), inputs(h).T @ d

    def bias_last(A):
        return np.hstack([A, np.ones((len(A), 1))])

    return {
        "sign": (
            lambda: gradients(-miss * s2, s1),
            "Every sign is turned. The gradient points uphill; the minus comes in the update.",
        ),
        "factor_two": (
            lambda: gradients(miss * s2 / 2, s1),
            "Everything is half as large as it should be: the square's factor 2 is missing.",
        ),
        "mean": (
            lambda: gradients(miss * s2 / len(X), s1),
            "Everything is divided by the number of rows. The loss is a sum over rows.",
        ),
        "output_slope_missing": (
            lambda: gradients(miss, s1),
            "The slope of the output, o(1 - o), is missing from the output delta.",
        ),
        "hidden_slope_missing": (
            lambda: gradients(miss * s2, 1),
            "The slope of the hidden units, h(1 - h), is missing from the hidden delta.",
        ),
        "slope_at_z": (
            lambda: gradients(miss * z2 * (1 - z2), z1 * (1 - z1)),
            "The slopes are computed as z(1 - z). They are o(1 - o) and h(1 - h): with the values "
            "after the sigmoid.",
        ),
        "bias_gradient_zero": (
            lambda: tuple(g * (np.arange(len(g)) > 0)[:, None] for g in gradients(miss * s2, s1)),
            "Row 0, the gradient of the biases, is 0. Biases learn too: their input is the 1.",
        ),
        "cross_entropy": (
            lambda: gradients(miss / 2, s1),
            "The output delta is o - Y alone. It needs the 2 and the slope o(1 - o).",
        ),
        "bias_last": (
            lambda: gradients(miss * s2, s1, bias_last),
            "The gradient of the biases stands in the last row. Row 0 is the bias.",
        ),
        "updated_weights": (
            lambda: (
                _wide(X).T @ (((miss * s2) @ (W2 - 0.5 * _wide(h).T @ (miss * s2))[1:].T) * s1),
                _wide(h).T @ (miss * s2),
            ),
            "The hidden delta uses weights that were updated on the way. Compute both gradients "
            "at the same weights first.",
        ),
    }


@exercise(
    smaller_step="for one entry only: print the loss a step to its right and a step to its "
    "left. How far apart are these two places?"
)
def gradient_check(gradient_check: Answer) -> str:
    """Check ``gradient_check(loss, W, grad, eps) -> float``.

    ``loss(W)`` is a number; ``grad`` has the shape of ``W``. The result is the relative error
    |numeric - grad| / (|numeric| + |grad|), where | | is the root of the summed squares and
    ``numeric`` are central differences with step ``eps``.
    """
    rng = np.random.default_rng(9)
    for shape in ((3, 2), (4, 1), (1, 5)):
        X, W = rng.normal(size=(6, shape[0])), rng.normal(size=shape)
        _judge_one_gradient_check(gradient_check, X, W)
    return "Small for a right gradient, large for a wrong one, and the weights stay as they were."


def _judge_one_gradient_check(gradient_check: Answer, X, W):
    def loss(V):
        return float((_sigmoid(X @ V) ** 2).sum())

    s = _sigmoid(X @ W)
    right = X.T @ (2 * s * s * (1 - s))
    one_wrong = right.copy()
    one_wrong.flat[0] -= 0.3
    one_wrong.flat[-1] += 0.5
    balanced = right.copy()
    balanced.flat[0] += 0.3
    balanced.flat[-1] -= 0.3
    for eps, grad in ((1e-4, one_wrong), (1e-4, 2 * right), (1e-4, balanced), (1e-3, right)):
        numeric = _numeric(loss, W, eps)
        expected = _ratio(numeric, grad)
        came = as_array(_run_check(gradient_check, loss, W, grad, eps), "gradient_check(...)")
        if came.size != 1:
            raise Wrong(
                "not_a_number",
                f"It should be one number, but has shape {came.shape}. Compare lengths: the root "
                "of the summed squares, `np.linalg.norm`.",
            )
        came = float(came.ravel()[0])
        if not np.isclose(came, expected, rtol=1e-3, atol=1e-8):
            fooled = expected > 1e-3 > came
            if came == 1 or abs(came - 1) < 1e-6:
                raise Wrong(
                    "numeric_is_zero",
                    "The error is 1, as if `numeric` were 0 everywhere. Is every difference "
                    "stored, and divided by all of `(2 * eps)`, in brackets?",
                )
            if not fooled and gradient_check(loss, W, grad, 0.5) == came:
                raise Wrong(
                    "eps_ignored",
                    "A step of 0.5 and one of 0.0001 give the same error. Is `eps` the step that "
                    "you take? A far smaller one drowns in rounding errors.",
                )
            _name_wrong_check(came, expected, loss, W, grad, eps, numeric)


def _run_check(gradient_check: Answer, loss, W, grad, eps):
    try:
        return gradient_check(loss, W, grad, eps)
    except Wrong as wrong:
        if wrong.hint == "changes_input":
            wrong.hint = "not_restored"
            wrong.message = (
                "`W` is not what it was before: a step was not taken back. The loss drifts away "
                "from entry to entry. Restore the entry, or step on a copy."
            )
        raise


def _numeric(loss, W, eps):
    numeric = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        numeric[i] = (loss(W + step) - loss(W - step)) / (2 * eps)
    return numeric


def _without_brackets(loss, W, eps):
    wrong = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        wrong[i] = loss(W + step) - loss(W - step) / (2 * eps)
    return wrong


def _ratio(a, b):
    return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))


def _name_wrong_check(came, expected, loss, W, grad, eps, numeric):
    one_sided = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = eps
        one_sided[i] = (loss(W + step) - loss(W)) / eps
    all_at_once = np.full_like(W, (loss(W + eps) - loss(W - eps)) / (2 * eps))
    a, b = np.linalg.norm(numeric), np.linalg.norm(grad)
    gap = np.linalg.norm(numeric - grad)
    piled, moved, backward = (np.zeros_like(W) for _ in range(3))
    for i in np.ndindex(W.shape):
        moved[i] = eps
        one = np.zeros_like(W)
        one[i] = eps
        backward[i] = (loss(W) - loss(W - one)) / eps
        piled[i] = (loss(W + moved) - loss(W - moved)) / (2 * eps)
    cancelling = abs((numeric - grad).sum()) / (np.abs(numeric).sum() + np.abs(grad).sum())
    known = {
        "one_sided": (
            _ratio(one_sided, grad),
            f"With a right gradient the error is {came:.1e}, about as large as `eps`. Step to both "
            "sides of W and divide by 2 eps: the error becomes far smaller.",
        ),
        "divided_by_eps": (
            _ratio(2 * numeric, grad),
            "The difference spans 2 eps, from -eps to +eps, but is divided by eps.",
        ),
        "reversed": (
            _ratio(-numeric, grad),
            "The difference is taken the wrong way round: right minus left, not left minus right.",
        ),
        "brackets": (
            _ratio(_without_brackets(loss, W, eps), grad),
            "Division comes before subtraction, so only the second loss is divided. Set brackets "
            "around the difference.",
        ),
        "not_divided": (
            _ratio(2 * eps * numeric, grad),
            "This is the difference of the losses. Divide it by the distance, 2 eps.",
        ),
        "all_at_once": (
            _ratio(all_at_once, grad),
            "All entries are moved at once. Move one entry at a time: each has its own slope.",
        ),
        "absolute": (
            float(np.linalg.norm(numeric - grad)),
            "This error grows with the gradient. Divide by |numeric| + |grad|.",
        ),
        "half_step": (
            _ratio(one_sided / 2, grad),
            "Each slope is half of what it should be. Is one side still W itself? `V = W` makes "
            "no copy, and the step back must go to W - eps.",
        ),
        "one_sided_left": (
            _ratio(backward, grad),
            "This looks to one side of W only. Step to both sides and divide by 2 eps: with a "
            "right gradient the error becomes far smaller.",
        ),
        "steps_pile_up": (
            _ratio(piled, grad),
            "Steps pile up: entries that were moved before stay moved. Make a new `step` of "
            "zeros for each entry.",
        ),
        "no_root": (
            (gap / np.hypot(a, b)) ** 2,
            "The root is missing: a length is the root of the summed squares.",
        ),
        "not_a_length": (
            float(np.abs(numeric - grad).sum() / (np.abs(numeric).sum() + np.abs(grad).sum())),
            "These are sums of absolute values. A length is the root of the summed squares.",
        ),
        "brackets_below": (
            float(gap / a + b),
            "Only the first length divides. Put brackets around the sum below the line.",
        ),
        **{
            f"divided_by_{which}": (
                float(gap / below),
                "The difference is right. Divide it by |numeric| + |grad|: both lengths, added.",
            )
            for which, below in (
                ("grad", b),
                ("numeric", a),
                ("larger", max(a, b)),
                ("length_of_sum", np.linalg.norm(numeric + grad)),
            )
        },
        "signs_cancel": (
            cancelling,
            "Differences of opposite sign cancel out. Square them before you add them up.",
        ),
    }
    for hint, (value, sentence) in known.items():
        if np.isclose(came, value, rtol=1e-6, atol=1e-12):
            raise Wrong(hint, sentence)
    if expected > 1e-3 > came:
        raise Wrong(
            "always_small",
            f"A wrong gradient gets the error {came:.1e}, which says that all is well. It should "
            f"get {expected:.2f}.",
        )
    raise Wrong("wrong_value", f"The relative error should be {expected:.3g}, but is {came:.3g}.")


@exercise(
    smaller_step="for one seed: train it, run `forward`, and print whether all four outputs lie on "
    "the right side of 0.5.",
    seconds=10,
)
def xor_success(xor_success: Answer) -> str:
    """Check ``xor_success(seeds, hidden)``: the share of starts, from 0 to 1, that learn XOR.

    A start is ``random_start(seed, hidden)``; it is trained by ``train`` (1000 epochs of the full
    batch, rate 0.5) and counts when all four outputs are on the right side of 0.5.
    """
    for seeds, hidden in (([0, 8, 12, 45, 47, 170, 249, 279], 2), ([10, 125, 329, 0, 8, 1], 3)):
        solved, before, right_outputs = _successes(seeds, hidden)
        share = float(np.mean(solved))
        came = as_array(xor_success(seeds, hidden), "xor_success(...)")
        if came.size != 1:
            raise Wrong("not_a_number", f"It should be one number, but has shape {came.shape}.")
        came = float(came.ravel()[0])
        if not abs(came - share) <= 1e-9:  # catches nan as well
            _name_wrong_share(came, share, seeds, hidden, before, right_outputs)
    return "The share of starts with all four outputs right, for 2 and for 3 hidden units."


def _successes(seeds, hidden):
    """Train all starts in one batch; return who solved it, who had before, and right outputs."""
    starts = [np.random.default_rng(seed) for seed in seeds]
    weights = [(r.normal(size=(3, hidden)), r.normal(size=(hidden + 1, 1))) for r in starts]
    W1, W2 = (np.stack(part) for part in zip(*weights, strict=True))
    X = np.broadcast_to(_XOR_X, (len(seeds), 4, 2))
    before = ((_forward(X, W1, W2)[1] > 0.5) == (_XOR_Y > 0.5)).all(axis=(1, 2))
    for _ in range(1000):
        h, o = _forward(X, W1, W2)
        d = 2 * (o - _XOR_Y) * o * (1 - o)
        e = (d @ W2[:, 1:].transpose(0, 2, 1)) * h * (1 - h)
        W1 = W1 - 0.5 * _wide(X).transpose(0, 2, 1) @ e
        W2 = W2 - 0.5 * _wide(h).transpose(0, 2, 1) @ d
    right = (_forward(X, W1, W2)[1] > 0.5) == (_XOR_Y > 0.5)
    return right.all(axis=(1, 2)), float(before.mean()), float(right.mean())


def _name_wrong_share(came, share, seeds, hidden, before, right_outputs):
    n, told = len(seeds), f"For the seeds {seeds} and {hidden} hidden units"
    if abs(came - share * n) < TOLERANCE:
        raise Wrong("count", "This is a count. Divide it by the number of seeds.")
    if abs(came - 100 * share) < TOLERANCE:
        raise Wrong("percent", "This is in per cent. Return a share between 0 and 1.")
    if abs(came - right_outputs) < TOLERANCE:
        raise Wrong(
            "outputs_not_starts",
            "This is the share of right outputs. A start counts only when all four are right.",
        )
    if abs(came - (1 - share)) < TOLERANCE:
        raise Wrong("failures", "This is the share of starts that failed.")
    if abs(came - float(np.mean(_successes(seeds, 2)[0]))) < TOLERANCE and hidden != 2:
        raise Wrong("hidden_ignored", f"{told} it answers as for 2. Does `hidden` come in?")
    if came == 0:
        raise Wrong(
            "none_counts",
            f"{told} some starts succeed, but you count none. Compare sides, not values (an output "
            "is never exactly 1), and compare shapes: `o` and `XOR_Y` are both (4, 1).",
        )
    if abs(came - before) < TOLERANCE:
        raise Wrong("untrained", "These networks look untrained. Use what `train` returns.")
    if came == 1:
        raise Wrong(
            "all_count",
            f"{told} some starts fail, but you count all. Does every turn of the loop use its own "
            "seed? Do all four outputs have to be right?",
        )
    if came < share and round(came * n, 6) == round(came * n):
        raise Wrong(
            "too_strict",
            f"{told} you count too few: {came:.2f} instead of {share:.2f}. A start counts when "
            "its four outputs are on the right side of 0.5, however near to it, after the 1000 "
            "epochs that `train` makes by itself.",
        )
    raise Wrong("wrong_value", f"{told} the share should be {share:.3f}, but is {came:.3f}.")

"""Checks of unit 02: a network of any depth, trained on handwritten digits."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

import numpy as np

from helpers.checks.arrays import as_array, close, expect_close, expect_shape, first_difference
from helpers.checks.blanks import holds_blank
from helpers.checks.feedback import exercise
from helpers.checks.running import Answer, Blank, Wrong

# Depths 3, 2 and 1, the deepest first: a mistake shows there most clearly. No two
# neighbouring layers have the same size, so that a transposed or reversed result shows.
NETWORKS = ([3, 5, 4, 2], [3, 4, 2], [3, 2])


@exercise(
    smaller_step="make the one array of `layers = [3, 2]`: four rows (the first for the bias), two "
    "columns. Then let a loop go over the pairs of neighbouring sizes."
)
def init_weights(answer: Answer) -> str:
    """``init_weights(layers, rng, scale=1.0)``: draw the first weights of a network.

    Parameters
    ----------
    layers : list of int
        Number of values in each layer, input and output included, e.g. ``[64, 32, 16, 10]``.
    rng : numpy.random.Generator
        The only source of random numbers.
    scale : float, optional
        Standard deviation of every entry.

    Returns
    -------
    list of numpy.ndarray
        One array for each layer but the input, of shape (1 + layers[l], layers[l + 1]); row 0
        holds the biases. All entries are independent and normal with mean 0.
    """
    for layers in (*NETWORKS, [6, 3, 7, 2, 5]):
        _expect_weights(answer(layers, _rng(1)), layers)
    first, again, other = (_flat(answer([5, 4, 3], _rng(seed))) for seed in (7, 7, 8))
    if not first.any():
        raise Wrong(
            "all_zeros",
            "All weights are 0. Then all units of a layer compute the same and stay the same: "
            "draw the numbers at random.",
        )
    if not close(first, again):
        raise Wrong(
            "rng_ignored",
            "Two calls with generators of the same seed gave different numbers. Draw from the "
            "`rng` that is handed in, not from `np.random` or a generator of your own.",
        )
    if close(first, other):
        raise Wrong(
            "own_seed",
            "Generators with different seeds gave the same numbers. A seed inside the function "
            "makes every start the same: draw from the `rng` that is handed in.",
        )
    same, again = (as_array(w, "W") for w in answer([4, 4, 4], _rng(3)))
    if close(same, again) or len(np.unique(same[1:])) < np.size(same[1:]):
        raise Wrong(
            "same_for_all",
            "The same numbers come more than once. Draw every entry of every layer afresh.",
        )
    _expect_normal(answer)
    return (
        "Shapes for five networks, reproducible from the seed, and 60,000 entries look "
        "normal with the standard deviation asked for."
    )


@exercise(
    smaller_step="take a single layer, `W = [w]`, and return `[X, A1]`. What stands in `A1` is one "
    "line of unit 01. Then put that line into a loop over `W`."
)
def activations(answer: Answer) -> str:
    """``activations(X, W)``: what every layer gives, for a whole batch.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, layers[0])
        One sample a row, without a column of ones.
    W : list of numpy.ndarray
        As from `init_weights`: row 0 of each array holds the biases.

    Returns
    -------
    list of numpy.ndarray
        ``[A0, A1, ..., AL]``: A0 is X, and A[l + 1] is the sigmoid of A[l], with a constant 1 put
        in front of every row, times W[l].
    """
    for n, layers in zip((6, 4, 1), NETWORKS, strict=True):
        X, W, _ = _problem(layers, n, seed=n)
        A = _explained(answer, _FORWARD_SHAPES, X, W)
        _expect_list(A, "activations(X, W)", "only_the_output", "Return what every layer gives.")
        if len(A) == len(W) and np.shape(A[0]) != X.shape:
            raise Wrong(
                "input_missing",
                f"There are {len(A)} arrays for {len(W)} layers of weights. The list starts with "
                "`X` itself: the way back needs it.",
            )
        if len(A) != len(W) + 1:
            raise Wrong(
                "wrong_number_of_layers",
                f"For {len(W)} arrays of weights there should be {len(W) + 1} activations, `X` "
                f"among them, but there are {len(A)}.",
            )
        expected = _forward(X, W)
        kept = "A column of ones is left in it. Add the ones only for the product."
        for level, (a, size) in enumerate(zip(A, layers, strict=True)):
            expect_shape(a, (n, size), f"A[{level}]", {(n, size + 1): ("bias_kept", kept)})
        _expect_all_close(A, expected, "activations(X, W)", _WRONG_FORWARD, (X, W))
    return (
        "Networks of one, two and three layers, with 4, 1 and 6 samples; the biases are constant."
    )


@exercise(
    smaller_step="return only `[D]` for a network of one layer (`len(W) == 1`): the slope of the "
    "squared error times the slope of the sigmoid. It is the output delta of unit 01."
)
def deltas(answer: Answer) -> str:
    """``deltas(A, W, Y)``: the slope of the loss with respect to every layer's input.

    Parameters
    ----------
    A : list of numpy.ndarray
        As from `activations`.
    W : list of numpy.ndarray
        As from `init_weights`.
    Y : numpy.ndarray, shape (n, layers[-1])
        What the outputs should be.

    Returns
    -------
    list of numpy.ndarray
        One array for each array of weights, in the same order. D[l] has the shape of A[l + 1]
        and holds the derivative of the summed squared error with respect to z = [1, A[l]] @ W[l].
    """
    for n, layers in zip((5, 4, 1), NETWORKS, strict=True):
        X, W, Y = _problem(layers, n, seed=10 + n)
        A = _forward(X, W)
        D = _explained(answer, _BACKWARD_SHAPES, A, W, Y)
        _expect_list(D, "deltas(A, W, Y)", "wrong_number_of_layers", "Return one array a layer.")
        _expect_delta_shapes(D, A, W, layers, n)
        expected, what = _backward(A, W, Y), "deltas(A, W, Y)"
        try:
            _expect_all_close(D[::-1], expected[::-1], what, _WRONG_BACKWARD, (A, W, Y), back=True)
        except Wrong as wrong:
            raise Wrong(wrong.hint, wrong.message, _gradient_table(X, W, Y, A, D)) from None
    _expect_gradients(answer)
    return (
        "The gradients made from your deltas agree with finite differences, for one, two and three "
        "layers and for 1, 4 and 5 samples."
    )


@exercise(
    smaller_step="first shuffle: all whole numbers below `n`, in a random order from `rng`. Then "
    "cut that one array into pieces of `size`."
)
def minibatches(answer: Answer) -> str:
    """``minibatches(n, size, rng)``: cut n samples into small batches, in a random order.

    Parameters
    ----------
    n : int
        Number of samples.
    size : int
        Samples in a batch; the last batch may be smaller.
    rng : numpy.random.Generator
        The only source of random numbers.

    Returns
    -------
    iterable of array of int
        As few batches as possible; every index from 0 to n - 1 stands in exactly one of them.
        A list and a generator are both fine.
    """
    for n, size in ((10, 4), (12, 3), (7, 7), (5, 1), (4, 10), (1, 3)):
        _expect_partition(_drained(answer, n, size, seed=n), n, size)
    _expect_shuffled(answer)
    return (
        "Every index once, for six pairs of `n` and `size`; a new order at every call, and the "
        "same one again from the same seed."
    )


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
    _expect_pair(answer)
    _expect_full_batch_step(answer)
    _expect_small_batches(answer)
    _expect_repeatable(answer)
    _expect_new_order_each_epoch(answer)
    _expect_losses(answer)
    X, W, _ = _problem([2, 6, 3], 30, seed=5)
    Y = np.eye(3)[(X[:, 0] > 0).astype(int) + (X[:, 1] > 0)]
    _, losses = answer(W, X, Y, _rng(0), 60, 1.0, 4)
    if len(losses) != 60:
        raise Wrong("wrong_number_of_losses", f"In 60 epochs there came {len(losses)} losses.")
    if not losses[-1] < 0.6 * losses[0]:
        raise Wrong(
            "does_not_learn",
            f"On 30 points of three kinds the loss went from {losses[0]:.3g} to {losses[-1]:.3g} "
            "in 60 epochs. It should fall by far more.",
        )
    return (
        "One step agrees with the formula, batches of 1, 2 and all samples are each used once an "
        "epoch in a new order, and on a toy set the loss falls as it should."
    )


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
        X, W, _ = _problem(layers, n, seed=20 + n)
        A = _forward(X, W)
        _expect_classes(answer(X, W), X, W, A)
    return "Right for 1, 8, 9 and 12 samples and networks with 3, 5 and 10 classes."


# ------------------------------------------------------------------ a network to compare with


def _rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def _problem(layers: list[int], n: int, seed: int):
    """Return samples, weights and targets at random."""
    rng = _rng(seed)
    X = rng.standard_normal((n, layers[0]))
    W = [rng.standard_normal((1 + a, b)) for a, b in itertools.pairwise(layers)]
    return X, W, rng.random((n, layers[-1]))


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.tanh(0.5 * z))


def _ones_before(a: np.ndarray) -> np.ndarray:
    return np.hstack([np.ones((len(a), 1)), a])


def _forward(X, W, hidden=_sigmoid, last=_sigmoid, product=lambda a, w: _ones_before(a) @ w):
    A = [X]
    for level, w in enumerate(W, start=1):
        A.append((last if level == len(W) else hidden)(product(A[-1], w)))
    return A


def _slope(a: np.ndarray) -> np.ndarray:
    return a * (1 - a)


def _backward(A, W, Y, factor=2.0, hidden=_slope, last=_slope, back=lambda w: w[1:].T):
    D = [factor * (A[-1] - Y) * last(A[-1])]
    for a, w in zip(A[-2:0:-1], W[:0:-1], strict=True):
        D.append((D[-1] @ back(w)) * hidden(a))
    return D[::-1]


def _gradients(A, D) -> list[np.ndarray]:
    return [_ones_before(a).T @ d for a, d in zip(A, D, strict=False)]


def _loss(W, X, Y) -> float:
    return float(np.sum((_forward(X, W)[-1] - Y) ** 2))


def _numeric_gradients(X, W, Y, step=1e-6) -> list[np.ndarray]:
    """Return the gradients of the loss by central differences, one weight at a time."""
    W = [w.copy() for w in W]
    gradients = [np.empty_like(w) for w in W]
    for w, g in zip(W, gradients, strict=True):
        for index in np.ndindex(w.shape):
            kept = w[index]
            w[index] = kept + step
            above = _loss(W, X, Y)
            w[index] = kept - step
            g[index] = (above - _loss(W, X, Y)) / (2 * step)
            w[index] = kept
    return gradients


def _identity(z):
    return z


def _slope_at_z(A, W, Y):
    Z = [None, *(_ones_before(a) @ w for a, w in zip(A, W, strict=False))]
    D = [2 * (A[-1] - Y) * _slope(Z[-1])]
    for z, w in zip(Z[-2:0:-1], W[:0:-1], strict=True):
        D.append((D[-1] @ w[1:].T) * _slope(z))
    return D[::-1]


# Each known mistake: what it computes, and the sentence that names it.
_WRONG_FORWARD = {
    "bias_last": (
        lambda X, W: _forward(X, W, product=lambda a, w: a @ w[:-1] + w[-1]),
        "The ones stand behind the values, but row 0 of each array holds the biases: the ones "
        "belong in front.",
    ),
    "linear_hidden": (
        lambda X, W: _forward(X, W, hidden=_identity),
        "The hidden layers lack the sigmoid. Linear layers in a row are one linear layer: depth "
        "would gain nothing.",
    ),
    "linear_output": (
        lambda X, W: _forward(X, W, last=_identity),
        "The last layer lacks the sigmoid: its outputs should lie between 0 and 1.",
    ),
    "no_sigmoid": (
        lambda X, W: _forward(X, W, hidden=_identity, last=_identity),
        "No layer applies the sigmoid. What you return is the weighted sums.",
    ),
    "bias_ignored": (
        lambda X, W: _forward(X, W, product=lambda a, w: a @ w[1:]),
        "The biases, row 0 of each array, are left out.",
    ),
    "bias_only_at_input": (
        lambda X, W: [X, *_forward(_forward(X, W[:1])[1], W[1:], product=lambda a, w: a @ w[1:])],
        "Only the first layer uses its bias row. Every layer has one.",
    ),
    "slopes": (
        lambda X, W: [X, *(_slope(a) for a in _forward(X, W)[1:])],
        "These are the sigmoid's slopes, `s * (1 - s)`. Here its values are asked for.",
    ),
    "tanh": (
        lambda X, W: _forward(X, W, hidden=np.tanh, last=np.tanh),
        "These are values of tanh, between -1 and 1. The sigmoid's lie between 0 and 1.",
    ),
}
_WRONG_BACKWARD = {
    "factor_two": (
        lambda A, W, Y: _backward(A, W, Y, factor=1.0),
        "All deltas are half as large as they should be: the slope of a square `e**2` is `2 * e`.",
    ),
    "mean_not_sum": (
        lambda A, W, Y: _backward(A, W, Y, factor=2.0 / len(Y)),
        "These are the deltas of the mean over the batch. Here the loss is the sum: no division by "
        "the number of samples.",
    ),
    "sign": (
        lambda A, W, Y: _backward(A, W, Y, factor=-2.0),
        "All signs are turned round. Output minus target: an output that is too large gives a "
        "positive slope.",
    ),
    "slope_missing_output": (
        lambda A, W, Y: _backward(A, W, Y, last=np.ones_like),
        "At the output the slope of the sigmoid is missing: the loss reaches `z` through it.",
    ),
    "slope_missing_hidden": (
        lambda A, W, Y: _backward(A, W, Y, hidden=np.ones_like),
        "In the hidden layers the slope of the sigmoid is missing: what comes back through the "
        "weights has yet to pass the sigmoid.",
    ),
    "slope_missing": (
        lambda A, W, Y: _backward(A, W, Y, hidden=np.ones_like, last=np.ones_like),
        "The slope of the sigmoid is missing in every layer.",
    ),
    "sigmoid_twice": (
        lambda A, W, Y: _backward(
            A, W, Y, *(2.0, lambda a: _slope(_sigmoid(a)), lambda a: _slope(_sigmoid(a)))
        ),
        "`A` already went through the sigmoid. Applying it once more gives the slope at another "
        "place.",
    ),
    "slope_at_z": (
        _slope_at_z,
        "The slope `s * (1 - s)` wants the sigmoid's value `s`, which stands in `A`, not `z`.",
    ),
    "wrong_row_skipped": (
        lambda A, W, Y: _backward(A, W, Y, back=lambda w: w[:-1].T),
        "On the way back the last row of the weights is left out. The bias row is the first one.",
    ),
    "not_reversed": (
        lambda A, W, Y: _backward(A, W, Y)[::-1],
        "The deltas stand in the order in which they were computed, output first. `D[0]` "
        "belongs to `W[0]`.",
    ),
}
_FORWARD_SHAPES = (
    "The number of columns on the left must equal the number of rows of `W[l]`, which has one row "
    "more than the layer before has values."
)
_BACKWARD_SHAPES = "`D[l]` comes from `D[l + 1]`, `W[l + 1]` and the slope at `A[l + 1]`."


# ------------------------------------------------------------------------------- the questions


def _explained(answer: Answer, advice: str, *arguments):
    """Call the answer; turn numpy's words about shapes into advice."""
    try:
        return answer(*arguments)
    except Wrong as wrong:
        if wrong.hint != "raises" or not any(
            word in wrong.message for word in ("mismatch", "broadcast", "not aligned")
        ):
            raise
        hint = "shapes_do_not_fit"
        if advice is _BACKWARD_SHAPES and _one_column_more(wrong.message):
            hint = "bias_row_not_skipped"
            advice = (
                "One array has one column more than the other: on the way back the bias row takes "
                "no part, since no unit of the layer before feeds it."
            )
        raise Wrong(hint, f"{wrong.message} {advice}") from None


def _one_column_more(message: str) -> bool:
    shapes = [tuple(map(int, found)) for found in re.findall(r"\((\d+), ?(\d+)\)", message)]
    return any(a[0] == b[0] and a[1] == b[1] + 1 for a, b in itertools.pairwise(shapes))


def _expect_list(value, what: str, hint: str, advice: str) -> None:
    if not isinstance(value, list | tuple):
        kind = type(value).__name__
        raise Wrong(hint, f"`{what}` should be a list of arrays, but is of type `{kind}`. {advice}")


def _expect_all_close(values, expected, what, known, problem, back=False) -> None:
    """Compare lists of arrays; a known mistake must explain all of them.

    With `back` the lists come last array first, as the deltas are computed.
    """
    values = [as_array(value, what) for value in values]
    if all(map(close, values, expected)):
        return
    for hint, (formula, sentence) in known.items():
        came = formula(*problem)
        if all(map(close, values, came[::-1] if back else came)):
            raise Wrong(hint, sentence)
    for number, (value, right) in enumerate(zip(values, expected, strict=True)):
        if not close(value, right):
            level = len(values) - 1 - number if back else number
            place = f"{what}[{level}]"
            way = "Going back" if back else "Going forward"
            raise Wrong(
                "wrong_value",
                f"{way}, array {level} is the first that is off. "
                + first_difference(value, right, place),
            )


def _flat(W) -> np.ndarray:
    return np.concatenate([np.ravel(w) for w in W])


def _expect_weights(W, layers: list[int]) -> None:
    _expect_list(W, f"init_weights({layers}, rng)", "not_a_list", "One array for each layer.")
    if len(W) != len(layers) - 1:
        raise Wrong(
            "wrong_number_of_layers",
            f"`layers = {layers}` needs {len(layers) - 1} arrays of weights, one between each two "
            f"neighbours, but you return {len(W)}.",
        )
    for level, (w, n, m) in enumerate(zip(W, layers, layers[1:], strict=False)):
        extra = "A whole column more is a further unit that learns, not a bias."
        hints = {
            (n, m): ("bias_row_missing", "The row for the bias is missing."),
            (m, 1 + n): ("transposed", "Rows are what comes in, columns are units."),
            (n, 1 + m): ("bias_column", "The bias is one more row, not one more column."),
            (1 + n, 1 + m): ("learned_bias_unit", extra),
        }
        expect_shape(w, (1 + n, m), f"init_weights({layers}, rng)[{level}]", hints)


def _expect_normal(answer: Answer) -> None:
    """Ask 60,000 entries for their mean, spread and shape; the bands are over 5 standard errors."""
    layers, n = [300, 200, 4], 301 * 200
    for scale in (1.0, 4.0, 0.25):
        arguments = (scale,) if scale != 1.0 else ()
        W = answer(layers, _rng(11), *arguments)
        w = as_array(W[0], "W[0]")
        if not w[0].any():
            raise Wrong(
                "bias_row_zero",
                "The bias row is all 0. That is a usual choice, but here the biases are drawn like "
                "all other weights.",
            )
        _expect_spread(w, scale)
        shape = np.mean((w - w.mean()) ** 4) / w.std() ** 4
        if abs(shape - 3) > 0.25:
            raise Wrong(
                "not_normal",
                "Mean and spread are right, but the numbers are not normal: the tails are too "
                f"{'short' if shape < 3 else 'long'} (all {n:,} lie within "
                f"{np.abs(w).max() / w.std():.2g} standard deviations).",
            )


def _expect_spread(w: np.ndarray, scale: float) -> None:
    mean, spread = w.mean(), w.std()
    if w.min() >= 0:
        raise Wrong(
            "never_negative",
            "No weight is negative. A unit should be able to count against as well as for: draw "
            "from a normal distribution around 0.",
        )
    if abs(mean - scale) < 0.03 * scale and scale != 1.0:
        raise Wrong(
            "scale_added",
            f"With scale = {scale:g} the mean is {mean:.3g}. The scale is the standard deviation, "
            "not the mean: see which argument of the generator's method is which.",
        )
    if abs(spread / scale - 1) < 0.03 and abs(mean) < 0.03 * scale:
        return
    told = f"With scale = {scale:g} the standard deviation is {spread:.3g}, the mean {mean:.3g}."
    if abs(mean - 1) < 0.03 and scale == 1.0:
        raise Wrong("scale_added", told + " The scale belongs to the spread, not to the mean.")
    if scale != 1.0 and abs(spread - 1) < 0.03:
        raise Wrong("scale_ignored", told + " It should grow in proportion to the scale.")
    if scale != 1.0 and abs(spread / np.sqrt(scale) - 1) < 0.03:
        raise Wrong(
            "scale_is_variance",
            told + " The scale is the standard deviation, not its square, the variance.",
        )
    if scale == 1.0 and spread < 0.3:
        raise Wrong(
            "scaled_by_width",
            told + " Dividing by the width of the layer is a good idea for later; here every entry "
            "has the standard deviation `scale`.",
        )
    raise Wrong("wrong_spread", told + f" Expected are a spread of {scale:g} around 0.")


def _expect_delta_shapes(D, A, W, layers, n) -> None:
    if len(D) != len(W):
        more = " The input has none: nothing there is to be changed." if len(D) > len(W) else ""
        raise Wrong(
            "wrong_number_of_layers",
            f"There should be {len(W)} deltas, one for each array of weights, but there are "
            f"{len(D)}.{more}",
        )
    shapes = [np.shape(d) for d in D]
    wanted = [(n, size) for size in layers[1:]]
    if shapes == wanted[::-1] and len(W) > 1:
        raise Wrong("not_reversed", _WRONG_BACKWARD["not_reversed"][1])
    if shapes == [w.shape for w in W]:
        raise Wrong(
            "gradients_instead",
            "These have the shapes of the weights: you went one step further, to the gradients. "
            "`gradients(A, D)` does that.",
        )
    kept = "The bias row was not left out on the way back."
    for level, (d, shape) in enumerate(zip(D, wanted, strict=True)):
        hints = {(n, shape[1] + 1): ("bias_row_not_skipped", kept)}
        expect_shape(d, shape, f"deltas(A, W, Y)[{level}]", hints)


def _gradient_table(X, W, Y, A, D) -> str:
    """Set a few gradients made from `D` beside finite differences."""
    rows = ["weight        from your deltas    finite difference"]
    made = _gradients(A, [as_array(d, "D") for d in D])
    for level, (g, numeric) in enumerate(zip(made, _numeric_gradients(X, W, Y), strict=True)):
        for index in ((0, 0), (1, 1)):
            name = f"W[{level}][{index[0]}, {index[1]}]"
            rows.append(f"{name:12} {g[index]:18.6f} {numeric[index]:20.6f}")
    return "\n".join(rows)


def _expect_gradients(answer: Answer) -> None:
    """Compare with finite differences, an oracle that shares no code with the backward pass."""
    largest = 0.0
    for n, layers in zip((5, 4, 1), NETWORKS, strict=True):
        X, W, Y = _problem(layers, n, seed=30 + n)
        A = _forward(X, W)
        D = [as_array(d, "D") for d in answer(A, W, Y)]
        single = any(d.dtype == np.float32 for d in D)
        for g, numeric in zip(_gradients(A, D), _numeric_gradients(X, W, Y), strict=True):
            largest = max(largest, float(np.max(np.abs(g - numeric))))
        if largest > (1e-4 if single else 1e-6):
            raise Wrong(
                "wrong_value",
                f"A gradient made from your deltas is off by {largest:.2g} from its finite "
                "difference.",
                _gradient_table(X, W, Y, A, D),
            )


class _Watched:
    """A student's function with something done to what it gives; errors still name its line."""

    def __init__(self, function: Callable, then: Callable):
        self.function, self.then = function, then
        self.__code__ = getattr(function, "__code__", None)

    def __call__(self, *arguments):
        return self.then(self.function, *arguments)


def _drain(function: Callable, n: int, size: int, rng) -> object:
    """Call `function` and take what it yields, one batch more than can be right at most."""
    value = function(n, size, rng)
    if value is None or value is ... or not hasattr(value, "__iter__"):
        return value
    return list(itertools.islice(iter(value), 2 * n + 5))


def _drained(answer: Answer, n: int, size: int, seed: int) -> list[np.ndarray]:
    """Return the batches as arrays of whole numbers."""
    value = Answer(_Watched(answer.function, _drain), answer.name, answer.printed)(
        n, size, _rng(seed)
    )
    return _as_batches(value, n)


def _as_batches(value, n: int) -> list[np.ndarray]:
    if not isinstance(value, list):
        raise Wrong("not_batches", f"`minibatches` should give batches, not {value!r:.60}.")
    if len(value) > 2 * n + 4:
        raise Wrong(
            "never_ends",
            f"With {n} samples there came more than {2 * n + 4} batches, and more would follow. "
            "One call is one epoch: it ends when every sample was used.",
        )
    if holds_blank(value):
        raise Blank
    batches = []
    for number, item in enumerate(value):
        batch = np.asarray(item)
        if batch.ndim == 0:
            raise Wrong(
                "not_batches",
                f"The first of what you return is the single number {item!r:.20}. Cut the shuffled "
                "indices into arrays of `size`.",
            )
        if batch.size == 0:
            raise Wrong(
                "empty_batch",
                f"Batch {number} is empty. When `size` divides `n`, no rest is left over.",
            )
        if batch.ndim != 1 or batch.dtype.kind not in "iu":
            raise Wrong(
                "not_indices",
                f"Batch {number} should be a flat array of whole numbers, the places of its "
                f"samples, but has shape {batch.shape} and type {batch.dtype}.",
            )
        batches.append(batch)
    if not batches:
        raise Wrong("not_batches", f"With {n} samples there came no batch at all.")
    return batches


def _expect_partition(batches: list[np.ndarray], n: int, size: int) -> None:
    case = f"With n = {n} and size = {size}"
    _expect_each_once(batches, n, size, case)
    lengths, most = [len(batch) for batch in batches], -(-n // size)
    if len(batches) == size and most != size:
        raise Wrong(
            "count_not_size",
            f"{case} there are {size} batches. `size` is the number of samples in a batch, not the "
            "number of batches.",
        )
    if max(lengths) > size:
        raise Wrong(
            "batch_too_large", f"{case} the batches have the sizes {lengths}: at most {size} fit."
        )
    if len(batches) > most:
        raise Wrong(
            "too_many_batches",
            f"{case} the batches have the sizes {lengths}. Fill each batch; {most} are enough.",
        )


def _expect_each_once(batches: list[np.ndarray], n: int, size: int, case: str) -> None:
    lengths = [len(batch) for batch in batches]
    came = np.concatenate(batches)
    if sorted(came.tolist()) == list(range(1, n + 1)):
        raise Wrong("starts_at_one", f"{case} the indices run from 1 to {n}; rows count from 0.")
    unknown = [int(index) for index in came if not 0 <= index < n]
    if unknown:
        raise Wrong("not_indices", f"{case} there came the index {unknown[0]}: no row has it.")
    missing = sorted(set(range(n)) - set(came.tolist()))
    if len(came) > n and not missing and len(batches) == n and max(lengths) <= size:
        raise Wrong(
            "overlapping",
            f"{case} there are {len(batches)} batches that overlap. The next batch starts `size` "
            "further on.",
        )
    if len(set(came.tolist())) < len(came):
        raise Wrong(
            "with_replacement",
            f"{case} an index comes twice, while {missing or 'none'} never comes. Shuffle all "
            "indices once, then cut; do not draw each batch for itself.",
        )
    if len(batches) == 1 and n > 2 * size and lengths[0] == size:
        raise Wrong(
            "first_batch_only",
            f"{case} only one batch came. Does `return` stand inside the loop?",
        )
    if missing and set(lengths) != {size}:
        raise Wrong(
            "samples_lost",
            f"{case} the batches have the sizes {lengths}: {len(missing)} sample(s) never come. "
            "Does each batch end where the next one starts?",
        )
    if missing:
        raise Wrong(
            "last_batch_lost",
            f"{case} the batches have the sizes {lengths}: {len(missing)} sample(s) never come. "
            "The last batch may be smaller, but it counts.",
        )


def _expect_shuffled(answer: Answer) -> None:
    n, size = 60, 8
    first, again, other = (_drained(answer, n, size, seed) for seed in (1, 1, 2))
    order = np.concatenate(first)
    blocks = [set(batch.tolist()) for batch in first]
    in_order = [set(range(start, min(start + size, n))) for start in range(0, n, size)]
    if (order == np.arange(n)).all():
        raise Wrong("not_shuffled", "The indices come in their old order. Shuffle them with `rng`.")
    if blocks == in_order:
        raise Wrong(
            "shuffled_within",
            "The indices are shuffled only within each batch: the batches always hold the same "
            "samples. Shuffle all indices first, then cut.",
        )
    if sorted(map(min, blocks)) == [min(block) for block in in_order] and all(
        max(block) - min(block) < size for block in blocks
    ):
        raise Wrong(
            "only_batches_shuffled",
            "The batches come in a random order, but each one always holds the same neighbours. "
            "Shuffle the indices first, then cut.",
        )
    if not np.array_equal(order, np.concatenate(again)):
        raise Wrong(
            "rng_ignored",
            "Two generators with the same seed gave different orders. Shuffle with the `rng` that "
            "is handed in.",
        )
    twice = Answer(_Watched(answer.function, _drain_twice), answer.name, answer.printed)
    one, two = (np.concatenate(_as_batches(v, n)) for v in twice(n, size, _rng(1)))
    if np.array_equal(order, np.concatenate(other)) or np.array_equal(one, two):
        raise Wrong(
            "own_seed",
            "The order is the same at every call. A seed inside the function repeats it: use the "
            "`rng` that is handed in.",
        )


def _drain_twice(function: Callable, n: int, size: int, rng) -> list:
    return [_drain(function, n, size, rng), _drain(function, n, size, rng)]


def _expect_pair(answer: Answer) -> None:
    layers, epochs = [3, 4, 2], 2
    X, W, Y = _problem(layers, 5, seed=40)
    result = answer(W, X, Y, _rng(0), epochs, 0.1, 2)
    is_pair = isinstance(result, list | tuple) and len(result) == 2
    # Two arrays of weights alone, or two losses alone, are a pair as well, but not the one.
    if not is_pair or np.isscalar(result[0]) or getattr(result[0], "ndim", 1) == 2:
        raise Wrong("not_a_pair", "`fit` should return two things: `return W, losses`.")
    if np.isscalar(result[1]) or getattr(result[1], "ndim", 1) == 0:
        raise Wrong(
            "one_loss_only", "The second thing returned should be a list: one loss an epoch."
        )
    came, losses = result
    if len(losses) == len(W) and np.ndim(losses[0]) == 2:
        raise Wrong("swapped", "Weights first, then losses: `return W, losses`.")
    if len(came) != len(W):
        raise Wrong("wrong_shape", f"The network has {len(W)} arrays of weights, not {len(came)}.")
    for level, (w, v) in enumerate(zip(came, W, strict=True)):
        expect_shape(w, v.shape, f"W[{level}]")
    if len(losses) != epochs:
        hint = "one_loss_per_batch" if len(losses) == 3 * epochs else "wrong_number_of_losses"
        early = " Does `return` stand inside the loop?" if len(losses) == 1 else ""
        raise Wrong(
            hint,
            f"After {epochs} epochs of 3 batches the list of losses has length {len(losses)}. Keep "
            f"one an epoch.{early}",
        )


def _step(W, X, Y, rate, batch, divisor=None):
    """Return the weights after one update with the given samples."""
    A = _forward(X[batch], W)
    divisor = len(batch) if divisor is None else divisor
    return [
        w - rate * g / divisor
        for w, g in zip(W, _gradients(A, _backward(A, W, Y[batch])), strict=True)
    ]


def _same_weights(a, b) -> bool:
    return all(close(as_array(v, "W"), w) for v, w in zip(a, b, strict=True))


def _early_updates(W, X, Y, rate):
    W, A = [w.copy() for w in W], _forward(X, W)
    d = 2 * (A[-1] - Y) * _slope(A[-1])
    for level in range(len(W) - 1, -1, -1):
        W[level] -= rate * _ones_before(A[level]).T @ d / len(X)
        d = (d @ W[level][1:].T) * _slope(A[level])
    return W


def _mistaken_steps(W, X, Y, rate, right) -> dict:
    """Return for each known mistake the weights after one step, and the sentence that names it."""
    every = np.arange(len(X))
    return {
        "no_update": (W, "The weights come back as they went in. Hand back the updated ones."),
        "sums_the_batch": (
            _step(W, X, Y, rate, every, divisor=1),
            "The step uses the sum over the batch. Divide by its number of samples: else a larger "
            "batch means a larger step.",
        ),
        "climbs": (
            _step(W, X, Y, -rate, every),
            "The step goes up the slope: the loss rises. Subtract the gradient.",
        ),
        "rate_ignored": (_step(W, X, Y, 1.0, every), "The learning rate is not used."),
        "only_last_layer": (
            [*W[:-1], right[-1]],
            "Only the last layer learns. Update every array in `W`.",
        ),
        "updates_while_going_back": (
            _early_updates(W, X, Y, rate),
            "A layer's weights are changed before the delta of the layer below is computed from "
            "them. Compute all deltas first, then update.",
        ),
    }


def _expect_full_batch_step(answer: Answer) -> None:
    n, rate = 3, 0.7
    X, W, Y = _problem([3, 5, 4, 2], n, seed=41)
    right = _step(W, X, Y, rate, np.arange(n))
    for seed in range(4):  # the order of the samples makes no difference here
        came, _ = answer(W, X, Y, _rng(seed), 1, rate, n)
        if not _same_weights(came, right):
            _explain_step(came, W, X, Y, rate, right)
    came, _ = answer(W, X, Y, _rng(1), 1, rate, 10)
    if not _same_weights(came, right):
        raise Wrong(
            "divides_by_size",
            "With 3 samples and size = 10 the step is not the mean over the 3. Divide by the "
            "number of samples that the batch really holds: the last may be smaller than `size`.",
        )


def _explain_step(came, W, X, Y, rate, right) -> None:
    for hint, (formula, sentence) in _mistaken_steps(W, X, Y, rate, right).items():
        if _same_weights(came, formula):
            raise Wrong(hint, sentence)
    every = np.arange(len(X))
    for order in itertools.permutations(range(len(X))):
        if _same_weights(came, _step(W, X[list(order)], Y, rate, every)):
            raise Wrong(
                "labels_not_shuffled",
                "The rows of `X` are shuffled, those of `Y` are not: each image gets another "
                "one's label. Use the same indices for both.",
            )
    worst = next(i for i, (v, w) in enumerate(zip(came, right, strict=True)) if not close(v, w))
    raise Wrong(
        "wrong_value",
        "After one epoch in one batch, "
        + first_difference(as_array(came[worst], "W"), right[worst], f"W[{worst}]"),
    )


def _orders(n: int, size: int) -> Iterator[list[list[int]]]:
    """Yield every way to cut n samples into as few batches of at most `size` as possible."""
    count = -(-n // size)
    for order in itertools.permutations(range(n)):
        for cuts in itertools.combinations(range(1, n), count - 1):
            ends = [0, *cuts, n]
            batches = [list(order[a:b]) for a, b in itertools.pairwise(ends)]
            if all(batch == sorted(batch) and len(batch) <= size for batch in batches):
                yield batches


def _epoch(W, X, Y, rate, batches, divisor=None):
    for batch in batches:
        W = _step(W, X, Y, rate, batch, divisor)
    return W


def _expect_small_batches(answer: Answer) -> None:
    rate = 2.0
    for n, size in ((4, 2), (3, 2), (3, 1)):
        X, W, Y = _problem([3, 4, 2], n, seed=50 + n)
        came, _ = answer(W, X, Y, _rng(4), 1, rate, size)
        orders = list(_orders(n, size))
        if any(_same_weights(came, _epoch(W, X, Y, rate, order)) for order in orders):
            continue
        case = f"With {n} samples and size = {size},"
        for divisor, hint, sentence in (
            (
                n,
                "divides_by_all",
                "each step is divided by all samples, not by those of its batch.",
            ),
            (size, "divides_by_size", "the last, smaller batch is divided by `size`."),
        ):
            if any(_same_weights(came, _epoch(W, X, Y, rate, o, divisor)) for o in orders):
                raise Wrong(hint, f"{case} {sentence}")
        if _same_weights(came, _step(W, X, Y, rate, list(range(n)))):
            raise Wrong("full_batch", f"{case} one step with all samples was made. Use `size`.")
        every = [list(range(n))] * len(orders[0])
        if _same_weights(came, _epoch(W, X, Y, rate, every)):
            raise Wrong(
                "all_samples_each_step",
                f"{case} each step used all samples. Take the rows of the batch from `X` and `Y`.",
            )
        raise Wrong(
            "not_each_once",
            f"{case} no order of the samples leads to the weights that came back. In one epoch "
            "every sample belongs to exactly one batch, and each step starts from the weights that "
            "the one before has left.",
        )


def _expect_repeatable(answer: Answer) -> None:
    X, W, Y = _problem([3, 4, 2], 20, seed=61)
    one, two = (answer(W, X, Y, _rng(9), 1, 2.0, 1)[0] for _ in range(2))
    if not _same_weights(one, two):
        raise Wrong(
            "rng_ignored",
            "Two runs from the same seed gave different weights. Shuffle with the `rng` that is "
            "handed in, or nobody can repeat your run.",
        )


def _expect_new_order_each_epoch(answer: Answer) -> None:
    n, rate = 3, 2.0
    X, W, Y = _problem([3, 4, 2], n, seed=60)
    orders = list(_orders(n, 1))
    firsts = [_epoch(W, X, Y, rate, order) for order in orders]
    met = []
    for seed in range(7):
        came, _ = answer(W, X, Y, _rng(seed), 2, rate, 1)
        if any(_same_weights(came, first) for first in firsts):
            raise Wrong(
                "one_epoch_only",
                "Two epochs gave what one epoch gives. A generator can be gone through only once: "
                "make new batches in every epoch.",
            )
        met += [
            (a, b)
            for a, first in enumerate(firsts)
            for b, order in enumerate(orders)
            if _same_weights(came, _epoch(first, X, Y, rate, order))
        ]
    if len(met) < 7:
        raise Wrong(
            "not_each_once", "With two epochs, the second does not use every sample exactly once."
        )
    if len(set(met)) == 1:
        raise Wrong(
            "not_shuffled",
            "Whatever the seed, the samples come in the same order. Shuffle them with `rng`.",
        )
    if all(a == b for a, b in met):
        raise Wrong(
            "same_batches_each_epoch",
            "Every epoch uses the same batches in the same order. Shuffle anew in each epoch.",
        )


def _expect_losses(answer: Answer) -> None:
    n, epochs, rate = 3, 3, 0.7
    X, W, Y = _problem([3, 4, 2], n, seed=70)
    states = [W]
    for _ in range(epochs):
        states.append(_step(states[-1], X, Y, rate, list(range(n))))
    sums = np.array([_loss(state, X, Y) for state in states])
    losses = as_array(answer(W, X, Y, _rng(0), epochs, rate, n)[1], "losses").ravel()
    if not (close(losses, sums[1:]) or close(losses, sums[:-1])):
        if np.ptp(losses) == 0:
            raise Wrong(
                "loss_never_changes",
                "The loss is the same in every epoch although the weights change. Compute it with "
                "the weights of that epoch, not with those of the start.",
            )
        for factor in (n, n * Y.shape[1], Y.shape[1], 2):
            if close(losses * factor, sums[1:]) or close(losses * factor, sums[:-1]):
                raise Wrong(
                    "mean_loss",
                    f"The losses are {factor} times too small: the sum is asked for, over all "
                    "samples and all outputs, without a division.",
                )
        raise Wrong("wrong_value", first_difference(losses, sums[1:], "losses"))
    # So small a rate leaves the loss where it is: then any epoch's loss is that of the start.
    X, W, Y = _problem([3, 4, 2], 7, seed=71)
    losses = as_array(answer(W, X, Y, _rng(0), 2, 1e-4, 2)[1], "losses").ravel()
    if not np.allclose(losses, _loss(W, X, Y), rtol=0.02):
        raise Wrong(
            "loss_of_one_batch",
            f"The squared error over all 7 samples is {_loss(W, X, Y):.3g}, but the loss came as "
            f"{losses[-1]:.3g}. It should cover all of `X`, not only a batch.",
        )


def _expect_classes(value, X, W, A) -> None:
    n, k = len(X), W[-1].shape[1]
    array = np.asarray(value)
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
        (n, 1): ("kept_as_column", "Give a flat array."),
    }
    if n > 1:
        hints[(1,)] = ("first_image_only", "Only the first sample was classified.")
    expect_shape(array, (n,), "predict_class(X, W)", hints)
    _expect_right_classes(array, X, W, A)


def _expect_right_classes(array: np.ndarray, X, W, A) -> None:
    out = A[-1]
    expected = out.argmax(axis=1)
    wrong = {
        "largest_output_not_place": (
            lambda: out.max(axis=1),
            "These are the largest outputs themselves. The class is the place of each.",
        ),
        "one_based": (lambda: expected + 1, "All classes are one too high: they count from 0."),
        "smallest": (lambda: out.argmin(axis=1), "This is the place of the smallest output."),
        "wrong_layer": (
            lambda: A[-2].argmax(axis=1),
            "This is the largest value of the layer before the last. The outputs come last.",
        ),
        "bias_ignored": (
            lambda: _WRONG_FORWARD["bias_ignored"][0](X, W)[-1].argmax(axis=1),
            _WRONG_FORWARD["bias_ignored"][1],
        ),
    }
    expect_close(array, expected, "predict_class(X, W)", wrong)
    if array.dtype.kind not in "iu":
        raise Wrong(
            "not_whole_numbers",
            f"The classes are right, but of type {array.dtype}. A class is used as an index: hand "
            "back whole numbers.",
        )

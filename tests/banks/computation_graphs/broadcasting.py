"""Answers to `unbroadcast`: the sum over what broadcasting had repeated."""

import numpy as np

from tests.banks import right, wrong


@right("unbroadcast")
def leading_axes_then_ones(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


@right("unbroadcast")
def all_axes_at_once(g, shape):
    padded = (1,) * (g.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i, size in enumerate(padded) if size == 1)
    return np.add.reduce(g, axis=axes, keepdims=True).reshape(shape)


@right("unbroadcast")
def add_at(g, shape):
    total = np.zeros(shape)
    target = np.broadcast_to(np.arange(total.size).reshape(shape), g.shape)
    np.add.at(total.reshape(-1), target.ravel(), g.ravel())
    return total


@right("unbroadcast")
def entry_by_entry(g, shape):
    total = np.zeros(shape)
    for index in np.ndindex(*g.shape):
        tail = index[g.ndim - len(shape) :]
        total[tuple(0 if size == 1 else i for i, size in zip(tail, shape))] += g[index]
    return total


@right("unbroadcast")
def from_the_last_axis_on(g, shape):
    extra = np.ndim(g) - len(shape)
    for axis in reversed(range(np.ndim(g))):
        if axis < extra:
            g = np.sum(g, axis)
        elif shape[axis - extra] == 1 and g.shape[axis] != 1:
            g = np.expand_dims(np.sum(g, axis), axis)
    return g


@right("unbroadcast")
def float32(g, shape):
    return leading_axes_then_ones(np.asarray(g, dtype=np.float32), shape)


@right("unbroadcast")
def one_number_as_python_float(g, shape):
    if shape == ():
        return float(np.sum(g))
    return leading_axes_then_ones(g, shape)


@right("unbroadcast")
def weighted_with_einsum(g, shape):
    extra = g.ndim - len(shape)
    letters = "abcdefgh"[: g.ndim]
    kept = "".join(c for c, size in zip(letters[extra:], shape) if size != 1)
    return np.einsum(f"{letters}->{kept}", g).reshape(shape)


@wrong("unbroadcast", "first_row")
def g_of_zero(g, shape):
    while g.ndim > len(shape):
        g = g[0]
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.take([0], axis=axis)
    return g


@wrong("unbroadcast", "first_row")
def cut_to_shape(g, shape):
    return np.resize(g, shape)


@wrong("unbroadcast", "mean")
def mean(g, shape):
    while g.ndim > len(shape):
        g = g.mean(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.mean(axis=axis, keepdims=True)
    return g


@wrong("unbroadcast", "largest")
def largest(g, shape):
    while g.ndim > len(shape):
        g = g.max(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.max(axis=axis, keepdims=True)
    return g


@wrong("unbroadcast", "total_everywhere")
def total_everywhere(g, shape):
    return np.full(shape, g.sum())


@wrong("unbroadcast", "total_everywhere")
def one_number_always(g, shape):
    return g.sum()


@wrong("unbroadcast", "unchanged")
def as_it_is(g, shape):
    return g


@wrong("unbroadcast", "unchanged")
def broadcast_again(g, shape):
    return np.broadcast_to(g, np.broadcast_shapes(g.shape, shape))


@wrong("unbroadcast", "axis_lost")
def without_keepdims(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    axes = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return g.sum(axis=axes)


@wrong("unbroadcast", "axis_lost")
def squeezed(g, shape):
    return np.squeeze(leading_axes_then_ones(g, shape))


@wrong("unbroadcast", "axis_too_many")
def keepdims_for_leading_axes(g, shape):
    extra = g.ndim - len(shape)
    g = g.sum(axis=tuple(range(extra)), keepdims=True)
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis=axis + extra, keepdims=True)
    return g


@wrong("unbroadcast", "ones_not_summed")
def leading_axes_only(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    return g


@wrong("unbroadcast", "leading_axes_not_summed")
def ones_only(g, shape):
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


@wrong("unbroadcast", "wrong_axis")
def last_axes_first(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=-1)
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


@wrong("unbroadcast", "wrong_axis")
def sums_the_axes_that_stay(g, shape):
    padded = (1,) * (g.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i, size in enumerate(padded) if size != 1)
    return g.sum(axis=axes, keepdims=True)


@wrong("unbroadcast", "wrong_axis")
def always_over_rows(g, shape):
    return g.sum(axis=0).reshape(shape) if g.shape != shape else g


@wrong("unbroadcast", "total_everywhere")
def where_the_sizes_differ_from_the_left(g, shape):
    for axis, size in enumerate(shape):
        if g.shape[axis] != size:
            g = g.sum(axis=axis, keepdims=True)
    while g.ndim > len(shape):
        g = g.sum(axis=-1)
    return g


@wrong("unbroadcast", "does_not_fit")
def reshaped(g, shape):
    return g.reshape(shape)


@wrong("unbroadcast", "does_not_fit")
def broadcast_to_the_smaller(g, shape):
    return np.broadcast_to(g, shape)


@wrong("unbroadcast", "one_axis_only")
def for_matrices(g, shape):
    if g.shape == shape:
        return g
    if shape == ():
        return g.sum()
    if len(shape) == 1:
        return g.sum(axis=0) if shape[0] != 1 else g.sum(keepdims=True).reshape(shape)
    axes = tuple(i for i in range(2) if shape[i] == 1)
    return g.sum(axis=axes, keepdims=True)


@wrong("unbroadcast", "one_axis_only")
def one_leading_axis(g, shape):
    if g.ndim > len(shape):
        g = g.sum(axis=0) if shape else g.sum()
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


@wrong("unbroadcast", "wrong_axis")
def axis_of_equal_size(g, shape):
    if len(shape) == 1 and g.ndim == 2 and shape[0] == g.shape[0] and shape[0] != 1:
        return g.sum(axis=1)
    return leading_axes_then_ones(g, shape)


@wrong("unbroadcast", "one_axis_only")
def stops_after_one_axis(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1 and g.shape[axis] != 1:
            return g.sum(axis=axis, keepdims=True)
    return g


@wrong("unbroadcast", "a_list")
def list_of_numbers(g, shape):
    return leading_axes_then_ones(g, shape).tolist()


@wrong("unbroadcast", "changes_input")
def in_place(g, shape):
    total = leading_axes_then_ones(g, shape)
    g[...] = 0
    return total


@wrong("unbroadcast", "returns_none")
def no_return(g, shape):
    leading_axes_then_ones(g, shape)


@wrong("unbroadcast", "repeated_again")
def a_one_summed_and_repeated(g, shape):
    return np.broadcast_to(leading_axes_then_ones(g, shape), g.shape)


@wrong("unbroadcast", "wrong_value")
def square_root_of_count(g, shape):
    total = leading_axes_then_ones(g, shape)
    return total * np.sqrt(max(1, np.size(total)) / np.size(g))


@wrong("unbroadcast", "wrong_type")
def shape_of_it(g, shape):
    return f"{shape}"


@wrong("unbroadcast", "axis_out_of_range")
def axes_shift_while_summing(g, shape):
    extra = g.ndim - len(shape)
    for axis in range(extra):
        g = g.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis=axis)
    return g.reshape(shape)


@wrong("unbroadcast", "aligned_left")
def asks_for_an_axis_that_shape_lacks(g, shape):
    for axis in range(g.ndim):
        if shape[axis] == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


@wrong("unbroadcast", "one_axis_only")
def asks_for_one_difference(g, shape):
    if g.ndim > len(shape):
        return g.sum(axis=tuple(range(g.ndim - len(shape))))
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


@wrong("unbroadcast", "axes_in_a_list")
def axes_in_a_list(g, shape):
    extra = g.ndim - len(shape)
    axes = [axis for axis in range(g.ndim) if axis < extra or shape[axis - extra] == 1]
    return np.sum(g, axis=axes).reshape(shape)


@right("unbroadcast")
def ones_before_leading_axes(g, shape):
    for place, size in enumerate(reversed(shape)):
        if size == 1:
            g = g.sum(axis=-1 - place, keepdims=True)
    return g.sum(axis=tuple(range(g.ndim - len(shape))))


@wrong("unbroadcast", "wrong_axis")
def axis_zero_in_the_loop(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for size in shape:
        if size == 1:
            g = g.sum(axis=0, keepdims=True)
    return g


@wrong("unbroadcast", "wrong_axis")
def sum_of_rows_in_another_shape(g, shape):
    return g.sum(axis=0).reshape(shape)


@wrong("unbroadcast", "does_not_fit")
def sum_of_columns_or_another_shape(g, shape):
    return g.sum(axis=0) if len(shape) == 1 else g.reshape(shape)


@right("unbroadcast")
def einsum_over_letters(g, shape):
    letters = "abcdef"[: np.ndim(g)]
    kept = [
        letter
        for letter, size in zip(letters[np.ndim(g) - len(shape) :], shape, strict=True)
        if size != 1
    ]
    return np.einsum(f"{letters}->{''.join(kept)}", g).reshape(shape)

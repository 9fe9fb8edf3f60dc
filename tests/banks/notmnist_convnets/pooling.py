"""Right and wrong answers to max pooling."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from tests.banks import right, wrong


@right("maxpool")
def maxpool_blocks(x):
    h, w = x.shape
    return x[: h // 2 * 2, : w // 2 * 2].reshape(h // 2, 2, w // 2, 2).max(axis=(1, 3))


@right("maxpool")
def maxpool_four_slices(x):
    h, w = x.shape[0] // 2 * 2, x.shape[1] // 2 * 2
    x = x[:h, :w]
    above = np.maximum(x[::2, ::2], x[::2, 1::2])
    return np.maximum(above, np.maximum(x[1::2, ::2], x[1::2, 1::2]))


@right("maxpool")
def maxpool_loops(x):
    out = np.zeros((len(x) // 2, len(x[0]) // 2))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.max(x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2])
    return out


@right("maxpool")
def maxpool_python(x):
    rows = []
    for i in range(0, len(x) - 1, 2):
        row = []
        for j in range(0, len(x[0]) - 1, 2):
            row.append(max(x[i][j], x[i][j + 1], x[i + 1][j], x[i + 1][j + 1]))
        rows.append(row)
    return np.array(rows)


@right("maxpool")
def maxpool_windows(x):
    return sliding_window_view(x, (2, 2))[::2, ::2].max(axis=(-1, -2))


@right("maxpool")
def maxpool_float32(x):
    return maxpool_blocks(np.asarray(x, dtype=np.float32))


@right("maxpool")
def maxpool_rows_then_columns(x):
    h, w = x.shape
    x = x[: h - h % 2, : w - w % 2]
    rows = np.maximum(x[0::2], x[1::2])
    return np.maximum(rows[:, 0::2], rows[:, 1::2])


@right("maxpool")
def maxpool_stacked(x):
    h, w = np.array(x.shape) // 2
    return np.max([x[a::2, b::2][:h, :w] for a in (0, 1) for b in (0, 1)], axis=0)


@right("maxpool")
def maxpool_from_minus_infinity(x):
    out = np.full((x.shape[0] // 2, x.shape[1] // 2), -np.inf)
    for i in range(out.shape[0] * 2):
        for j in range(out.shape[1] * 2):
            out[i // 2, j // 2] = max(out[i // 2, j // 2], x[i, j])
    return out


@wrong("maxpool", "mean")
def maxpool_mean(x):
    h, w = x.shape
    return x[: h // 2 * 2, : w // 2 * 2].reshape(h // 2, 2, w // 2, 2).mean(axis=(1, 3))


@wrong("maxpool", "sum")
def maxpool_sum(x):
    return 4 * maxpool_mean(x)


@wrong("maxpool", "smallest")
def maxpool_smallest(x):
    return -maxpool_blocks(-x)


@wrong("maxpool", "one_corner")
def maxpool_upper_left(x):
    h, w = np.array(x.shape) // 2
    return x[::2, ::2][:h, :w]


@wrong("maxpool", "one_corner")
def maxpool_lower_right(x):
    return x[1::2, 1::2]


@wrong("maxpool", "starts_at_zero")
def maxpool_from_zero(x):
    out = np.zeros((x.shape[0] // 2, x.shape[1] // 2))
    for i in range(out.shape[0] * 2):
        for j in range(out.shape[1] * 2):
            out[i // 2, j // 2] = max(out[i // 2, j // 2], x[i, j])
    return out


@wrong("maxpool", "largest_size")
def maxpool_absolute(x):
    return maxpool_blocks(abs(x))


@wrong("maxpool", "overlapping")
def maxpool_stride_one(x):
    return sliding_window_view(x, (2, 2)).max(axis=(2, 3))


@wrong("maxpool", "overlapping")
def maxpool_overlapping_windows(x):
    h, w = np.array(x.shape) // 2
    return sliding_window_view(x, (2, 2)).max(axis=(2, 3))[:h, :w]


@wrong("maxpool", "rows_only")
def maxpool_rows_only(x):
    h = len(x) // 2 * 2
    return np.maximum(x[:h:2], x[1:h:2])


@wrong("maxpool", "columns_only")
def maxpool_columns_only(x):
    w = x.shape[1] // 2 * 2
    return np.maximum(x[:, :w:2], x[:, 1:w:2])


@wrong("maxpool", "two_of_four")
def maxpool_diagonal(x):
    h, w = np.array(x.shape) // 2
    return np.maximum(x[::2, ::2][:h, :w], x[1::2, 1::2])


@wrong("maxpool", "two_of_four")
def maxpool_upper_two(x):
    h, w = np.array(x.shape) // 2
    return np.maximum(x[::2, ::2][:h, :w], x[::2, 1::2][:h, :w])


@wrong("maxpool", "odd_edge_kept")
def maxpool_odd_edge_kept(x):
    h, w = x.shape
    padded = np.pad(x, ((0, h % 2), (0, w % 2)), constant_values=-np.inf)
    return maxpool_blocks(padded)


@wrong("maxpool", "odd_edge_kept")
def maxpool_rounded_up(x):
    out = np.zeros(((x.shape[0] + 1) // 2, (x.shape[1] + 1) // 2))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()
    return out


@wrong("maxpool", "even_sides_only")
def maxpool_even_only(x):
    h, w = x.shape
    return x.reshape(h // 2, 2, w // 2, 2).max(axis=(1, 3))


@wrong("maxpool", "even_sides_only")
def maxpool_four_slices_of_odd(x):
    above = np.maximum(x[::2, ::2], x[::2, 1::2])
    return np.maximum(above, np.maximum(x[1::2, ::2], x[1::2, 1::2]))


@wrong("maxpool", "quarters")
def maxpool_quarters(x):
    h, w = np.array(x.shape) // 2
    return x[: 2 * h, : 2 * w].reshape(2, h, 2, w).max(axis=(0, 2))


@wrong("maxpool", "not_a_picture")
def maxpool_one_number(x):
    return x.max()


@wrong("maxpool", "square_only")
def maxpool_square(x):
    n = len(x) // 2
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            out[i, j] = x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()
    return out


@wrong("maxpool", "places_swapped")
def maxpool_transposed(x):
    return maxpool_blocks(x).T


@wrong("maxpool", "window_not_moved_by_two")
def maxpool_forgets_the_two(x):
    out = np.zeros((x.shape[0] // 2, x.shape[1] // 2))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = x[i : i + 2, 2 * j : 2 * j + 2].max()
    return out


@wrong("maxpool", "one_row")
def maxpool_one_row(x):
    return maxpool_blocks(x).ravel()


@wrong("maxpool", "last_places_empty")
def maxpool_loop_ends_early(x):
    out = np.zeros((x.shape[0] // 2, x.shape[1] // 2))
    for i in range(out.shape[0] - 1):
        for j in range(out.shape[1] - 1):
            out[i, j] = x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()
    return out


@wrong("maxpool", "whole_numbers")
def maxpool_whole_numbers(x):
    return maxpool_blocks(x).astype(int)


@wrong("maxpool", "changes_input")
def maxpool_in_place(x):
    np.maximum(x[:-1], x[1:], out=x[:-1])
    out = np.maximum(x[:, :-1], x[:, 1:])
    return out[::2, ::2]


@wrong("maxpool", "returns_none")
def maxpool_forgets_return(x):
    maxpool_blocks(x)


@wrong("maxpool", "raises")
def maxpool_past_the_end(x):
    out = np.zeros((x.shape[0] // 2, x.shape[1] // 2))
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            out[i, j] = x[2 * i, 2 * j]
    return out


@wrong("maxpool", "a_list")
def maxpool_list(x):
    return maxpool_blocks(x).tolist()


@wrong("maxpool", "starts_at_zero")
def maxpool_from_minus_one(x):
    return np.maximum(maxpool_blocks(x), -1)


@wrong("maxpool", "starts_at_zero")
def maxpool_from_minus_999(x):
    return np.maximum(maxpool_blocks(x), -999)


@wrong("maxpool", "maximum_of_two")
def maxpool_maximum_of_four(x):
    h, w = x.shape[0] // 2 * 2, x.shape[1] // 2 * 2
    x = x[:h, :w]
    return np.maximum(x[::2, ::2], x[1::2, ::2], x[::2, 1::2], x[1::2, 1::2])


@wrong("maxpool", "rows_in_pieces")
def maxpool_reshape_in_pieces(x):
    h, w = x.shape[0] // 2, x.shape[1] // 2
    return x[: 2 * h, : 2 * w].reshape(h, w, 2, 2).max(axis=(2, 3))

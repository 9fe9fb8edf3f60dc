"""Right and wrong answers to the convolution of a picture with a kernel."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from tests.banks import right, wrong


@right("conv2d")
def conv2d_loops(x, k):
    (h, w), (kh, kw) = x.shape, k.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            out[i, j] = (x[i : i + kh, j : j + kw] * k).sum()
    return out


@right("conv2d")
def conv2d_windows(x, k):
    return np.einsum("ijab,ab->ij", sliding_window_view(x, k.shape), k)


@right("conv2d")
def conv2d_tensordot(x, k):
    return np.tensordot(sliding_window_view(np.asarray(x), np.shape(k)), k, 2)


@right("conv2d")
def conv2d_shifted_pictures(x, k):
    kh, kw = k.shape
    h, w = x.shape[0] - kh + 1, x.shape[1] - kw + 1
    out = 0
    for a in range(kh):
        for b in range(kw):
            out = out + k[a, b] * x[a : a + h, b : b + w]
    return out


@right("conv2d")
def conv2d_four_loops(x, k):
    out = []
    for i in range(len(x) - len(k) + 1):
        row = []
        for j in range(len(x[0]) - len(k[0]) + 1):
            total = 0
            for a in range(len(k)):
                for b in range(len(k[0])):
                    total += x[i + a][j + b] * k[a][b]
            row.append(total)
        out.append(row)
    return np.array(out)


@right("conv2d")
def conv2d_float32(x, k):
    windows = sliding_window_view(x.astype(np.float32), k.shape)
    return (windows * k.astype(np.float32)).sum(axis=(2, 3))


@right("conv2d")
def conv2d_matrix(x, k):
    windows = sliding_window_view(x, k.shape)
    h, w = windows.shape[:2]
    return (windows.reshape(h * w, -1) @ k.reshape(-1)).reshape(h, w)


@right("conv2d")
def conv2d_fourier(x, k):
    shape = x.shape
    spectrum = np.fft.rfft2(x) * np.conj(np.fft.rfft2(k, shape))
    full = np.fft.irfft2(spectrum, shape)
    return full[: shape[0] - k.shape[0] + 1, : shape[1] - k.shape[1] + 1]


@right("conv2d")
def conv2d_list_of_lists(x, k):
    kh, kw = np.shape(k)
    x = np.array(x)
    return np.array(
        [
            [np.sum(x[i : i + kh, j : j + kw] * k) for j in range(x.shape[1] - kw + 1)]
            for i in range(x.shape[0] - kh + 1)
        ]
    )


@wrong("conv2d", "kernel_turned")
def conv2d_turned(x, k):
    return conv2d_loops(x, k[::-1, ::-1])


@wrong("conv2d", "kernel_mirrored")
def conv2d_mirrored(x, k):
    return conv2d_loops(x, k[:, ::-1])


@wrong("conv2d", "kernel_mirrored")
def conv2d_upside_down(x, k):
    return conv2d_loops(x, k[::-1])


@wrong("conv2d", "same_padding")
def conv2d_same(x, k):
    kh, kw = k.shape
    top, left = (kh - 1) // 2, (kw - 1) // 2
    return conv2d_loops(np.pad(x, ((top, kh - 1 - top), (left, kw - 1 - left))), k)


@wrong("conv2d", "full_padding")
def conv2d_full(x, k):
    kh, kw = k.shape
    return conv2d_loops(np.pad(x, ((kh - 1, kh - 1), (kw - 1, kw - 1))), k)


@wrong("conv2d", "one_place_lost")
def conv2d_last_place_lost(x, k):
    return conv2d_loops(x, k)[:-1, :-1]


@wrong("conv2d", "one_place_lost")
def conv2d_last_column_lost(x, k):
    return conv2d_loops(x, k)[:, :-1]


@wrong("conv2d", "last_places_empty")
def conv2d_last_places_empty(x, k):
    out = conv2d_loops(x, k)
    out[-1], out[:, -1] = 0, 0
    return out


@wrong("conv2d", "mean")
def conv2d_mean(x, k):
    return conv2d_loops(x, k) / k.size


@wrong("conv2d", "divided_by_kernel_sum")
def conv2d_normalised(x, k):
    return conv2d_loops(x, k) / k.sum()


@wrong("conv2d", "largest")
def conv2d_largest(x, k):
    return (sliding_window_view(x, k.shape) * k).max(axis=(2, 3))


@wrong("conv2d", "kernel_forgotten")
def conv2d_window_sums(x, k):
    return sliding_window_view(x, k.shape).sum(axis=(2, 3))


@wrong("conv2d", "matrix_product")
def conv2d_matmul(x, k):
    k = np.array(k)
    (h, w), (kh, kw) = x.shape, k.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            out[i, j] = (x[i : i + kh, j : j + kw] @ k.T).sum()
    return out


@wrong("conv2d", "matrix_product")
def conv2d_matmul_of_square_windows(x, k):
    (h, w), (kh, kw) = x.shape, k.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            out[i, j] = np.sum(x[i : i + kh, j : j + kw] @ k)
    return out


@wrong("conv2d", "places_swapped")
def conv2d_places_swapped(x, k):
    return conv2d_loops(x, k).T


@wrong("conv2d", "kernel_transposed")
def conv2d_kernel_transposed(x, k):
    return conv2d_loops(x, k.T)


@wrong("conv2d", "three_by_three_only")
def conv2d_three_by_three(x, k):
    out = np.zeros((x.shape[0] - 2, x.shape[1] - 2))
    for i in range(x.shape[0] - 2):
        for j in range(x.shape[1] - 2):
            out[i, j] = (x[i : i + 3, j : j + 3] * k[:3, :3]).sum()
    return out


@wrong("conv2d", "three_by_three_only")
def conv2d_three_by_three_window(x, k):
    kh, kw = k.shape
    out = np.zeros((x.shape[0] - kh + 1, x.shape[1] - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (x[i : i + 3, j : j + 3] * k).sum()
    return out


@wrong("conv2d", "square_only")
def conv2d_square_picture(x, k):
    n, m = len(x), len(k)
    out = np.zeros((n - m + 1, n - m + 1))
    for i in range(n - m + 1):
        for j in range(n - m + 1):
            out[i, j] = (x[i : i + m, j : j + m] * k).sum()
    return out


@wrong("conv2d", "square_only")
def conv2d_square_kernel(x, k):
    m = len(k)
    out = np.zeros((x.shape[0] - m + 1, x.shape[1] - m + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (x[i : i + m, j : j + m] * k).sum()
    return out


@wrong("conv2d", "strides")
def conv2d_strides(x, k):
    return conv2d_loops(x, k)[:: k.shape[0], :: k.shape[1]]


@wrong("conv2d", "first_window_only")
def conv2d_window_stands_still(x, k):
    (h, w), (kh, kw) = x.shape, k.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            out[i, j] = (x[:kh, :kw] * k).sum()
    return out


@wrong("conv2d", "not_a_picture")
def conv2d_one_number(x, k):
    (h, w), (kh, kw) = x.shape, k.shape
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            total = (x[i : i + kh, j : j + kw] * k).sum()
    return total


@wrong("conv2d", "not_summed")
def conv2d_not_summed(x, k):
    return sliding_window_view(x, k.shape) * k


@wrong("conv2d", "one_row")
def conv2d_one_row(x, k):
    return conv2d_loops(x, k).ravel()


@wrong("conv2d", "relu")
def conv2d_relu(x, k):
    return np.maximum(conv2d_loops(x, k), 0)


@wrong("conv2d", "absolute")
def conv2d_absolute(x, k):
    return abs(conv2d_loops(x, k))


@wrong("conv2d", "whole_numbers")
def conv2d_rounded(x, k):
    return conv2d_loops(x, k).astype(int)


@wrong("conv2d", "whole_numbers")
def conv2d_integer_array(x, k):
    out = np.zeros((x.shape[0] - k.shape[0] + 1, x.shape[1] - k.shape[1] + 1), dtype=int)
    out[:] = conv2d_loops(x, k)
    return out


@wrong("conv2d", "changes_input")
def conv2d_writes_into_the_picture(x, k):
    out = conv2d_loops(x, k)
    x[: out.shape[0], : out.shape[1]] = out
    return out


@wrong("conv2d", "returns_none")
def conv2d_forgets_return(x, k):
    conv2d_loops(x, k)


@wrong("conv2d", "prints")
def conv2d_prints(x, k):
    print(conv2d_loops(x, k))


@wrong("conv2d", "raises")
def conv2d_past_the_end(x, k):
    (h, w), (kh, kw) = x.shape, k.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(h):
        for j in range(w):
            out[i, j] = (x[i : i + kh, j : j + kw] * k).sum()
    return out


@wrong("conv2d", "places_swapped")
def conv2d_window_from_swapped_places(x, k):
    (h, w), (kh, kw) = x.shape, k.shape
    out = np.zeros((w - kw + 1, h - kh + 1))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            out[j, i] = (x[i : i + kh, j : j + kw] * k).sum()
    return out


@wrong("conv2d", "wrong_value")
def conv2d_squared(x, k):
    return conv2d_loops(x, k) ** 2


@wrong("conv2d", "a_list")
def conv2d_list(x, k):
    return conv2d_loops(x, k).tolist()


@wrong("conv2d", "whole_numbers")
def conv2d_in_the_type_of_the_picture(x, k):
    out = np.zeros((x.shape[0] - k.shape[0] + 1, x.shape[1] - k.shape[1] + 1), dtype=x.dtype)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (x[i : i + k.shape[0], j : j + k.shape[1]] * k).sum()
    return out


@wrong("conv2d", "returns_in_loop")
def conv2d_returns_after_one_place(x, k):
    (h, w), (kh, kw) = x.shape, k.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            out[i, j] = (x[i : i + kh, j : j + kw] * k).sum()
            return out


@wrong("conv2d", "returns_in_loop")
def conv2d_returns_after_one_row(x, k):
    (h, w), (kh, kw) = x.shape, k.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            out[i, j] = (x[i : i + kh, j : j + kw] * k).sum()
        return out


@wrong("conv2d", "not_summed")
def conv2d_products_not_added(x, k):
    (h, w), (kh, kw) = x.shape, k.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            out[i, j] = x[i : i + kh, j : j + kw] * k
    return out

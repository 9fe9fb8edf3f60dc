"""Right and wrong answers to the kernel that finds level bars."""

import numpy as np

from tests.banks import right, wrong


@right("design_kernel")
def kernel_line():
    return np.array([[-1, -1, -1], [2, 2, 2], [-1, -1, -1]])


@right("design_kernel")
def kernel_two_by_two():
    return np.array([[1, 1], [-1, -1]])


@right("design_kernel")
def kernel_edge():
    return np.array([[1, 1, 1], [0, 0, 0], [-1, -1, -1]])


@right("design_kernel")
def kernel_sobel():
    return np.array([[1.0, 2.0, 1.0], [0.0, 0.0, 0.0], [-1.0, -2.0, -1.0]]).astype("float32")


@wrong("design_kernel", "a_list")
def kernel_lists():
    return [[-1, -1, -1, -1], [1, 1, 1, 1]]


@right("design_kernel")
def kernel_five():
    k = np.zeros((5, 5))
    k[2], k[0], k[4] = 2, -1, -1
    return k / 10


@right("design_kernel")
def kernel_dark_on_light():
    return -np.array([[-1, -1, -1], [2, 2, 2], [-1, -1, -1]]) / 6


@right("design_kernel")
def kernel_wide():
    return np.outer([1, -1], np.ones(7))


@right("design_kernel")
def kernel_smooth():
    k = np.exp(-((np.arange(7) - 3) ** 2) / 2)
    k = k - k.mean()
    return np.outer(k, np.ones(7))


@right("design_kernel")
def kernel_of_tiny_numbers():
    return np.array([[1, 1], [-1, -1]]) * 1e-9


@right("design_kernel")
def kernel_of_huge_numbers():
    return np.outer([1, 0, -1], [1, 2, 1]) * 1e200


@right("design_kernel")
def kernel_uneven_numbers():
    return np.array([[0.9, 1.1, 1.0], [-0.9, -1.1, -1.0]], dtype=np.float32)


@wrong("design_kernel", "finds_upright")
def kernel_upright():
    return np.array([[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]])


@wrong("design_kernel", "finds_upright")
def kernel_upright_edge():
    return np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])


@wrong("design_kernel", "not_blind_to_even")
def kernel_ones_in_a_row():
    return np.array([[0, 0, 0], [1, 1, 1], [0, 0, 0]])


@wrong("design_kernel", "not_blind_to_even")
def kernel_sum_not_zero():
    return np.array([[-1, -1, -1], [3, 3, 3], [-1, -1, -1]])


@wrong("design_kernel", "not_blind_to_even")
def kernel_blur():
    return np.full((3, 3), 1 / 9)


@wrong("design_kernel", "both_alike")
def kernel_outline():
    return np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])


@wrong("design_kernel", "both_alike")
def kernel_cross():
    return np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])


@wrong("design_kernel", "both_alike")
def kernel_slanting():
    return np.array([[2, -1, -1], [-1, 2, -1], [-1, -1, 2]])


@wrong("design_kernel", "too_little")
def kernel_leaning():
    level = np.array([[1, 1, 1], [0, 0, 0], [-1, -1, -1]])
    return level + 0.5 * level.T


@wrong("design_kernel", "all_zeros")
def kernel_zeros():
    return np.zeros((3, 3))


@wrong("design_kernel", "wrong_size")
def kernel_large():
    return np.outer([1] * 5 + [-1] * 5, np.ones(10))


@wrong("design_kernel", "wrong_size")
def kernel_column():
    return np.array([[-1], [2], [-1]])


@wrong("design_kernel", "one_row")
def kernel_flat():
    return np.array([-1, -1, -1, 2, 2, 2, -1, -1, -1])


@wrong("design_kernel", "one_row")
def kernel_single_row():
    return np.array([1, 1, 1])


@wrong("design_kernel", "not_a_picture")
def kernel_number():
    return 3


@wrong("design_kernel", "not_a_picture")
def kernel_with_channels():
    return np.ones((3, 3, 1))


@wrong("design_kernel", "wrong_type")
def kernel_text():
    return "level"


@wrong("design_kernel", "wrong_type")
def kernel_ragged():
    return [[1, 1, 1], [-1, -1]]


@wrong("design_kernel", "not_finite")
def kernel_infinite():
    return np.array([[np.inf, np.inf], [-np.inf, -np.inf]])


@wrong("design_kernel", "not_finite")
def kernel_nan():
    return np.full((3, 3), np.nan)


@wrong("design_kernel", "returns_none")
def kernel_nothing():
    np.array([[-1, -1, -1], [2, 2, 2], [-1, -1, -1]])


@wrong("design_kernel", "changes_each_time")
def kernel_random():
    rng = np.random.default_rng()
    return np.outer([-1, 2, -1], rng.random(3))

"""A kernel that slides over a letter (unit 06)."""

from __future__ import annotations

import base64

import numpy as np

SEED = 0  # the unit's, for its split


def data() -> dict:
    """Return a letter of each kind as base64 of its bytes, 255 for ink, and the unit's kernels."""
    letters = unit_letters()
    return {
        "side": letters.shape[1],
        "letters": [base64.b64encode(letter.tobytes()).decode() for letter in letters],
        "names": "ABCDEFGHIJ",
        "kernels": [[name, kernel.tolist()] for name, kernel in zoo().items()],
    }


def unit_letters() -> np.ndarray:
    """Return the first A, B, ... J of the unit's validation part, shape (10, 28, 28), uint8."""
    from helpers.data import notmnist

    letters, labels, *_ = notmnist("embedded")
    order = np.random.default_rng(SEED).permutation(len(letters))
    valid = order[round(0.7 * len(order)) : round(0.85 * len(order))]
    return np.stack([letters[valid[labels[valid] == label][0]] for label in range(10)])


def zoo() -> dict[str, np.ndarray]:
    """Return the unit's five kernels by name."""
    upright = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
    return {
        "blur": np.full((3, 3), 1 / 9),
        "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "upright edges": upright,
        "level edges": upright.T,
        "outline": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    }


def still(data: dict):
    """Draw the A, a window on it, and the whole answer of the kernel for upright edges."""
    import matplotlib.pyplot as plt
    from matplotlib.colors import LinearSegmentedColormap

    from helpers.figures import BLUE, ORANGE, PINK, use_book_style
    from helpers.reference.notmnist_convnets import conv2d

    use_book_style()
    pixels = np.frombuffer(base64.b64decode(data["letters"][0]), np.uint8)
    letter = pixels.reshape(data["side"], -1) / 255
    name, kernel = data["kernels"][2]
    answer = conv2d(letter, np.array(kernel))
    row, column = 12, 6
    fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.3))
    left.imshow(letter, cmap="gray_r")
    left.set_title("the letter and a window of 3 by 3")
    corner = (column - 0.5, row - 0.5)
    left.add_patch(plt.Rectangle(corner, 3, 3, fill=False, edgecolor=PINK, lw=3))
    signs = LinearSegmentedColormap.from_list("signs", [ORANGE, "white", BLUE])
    reach = abs(answer).max()
    right.imshow(answer, cmap=signs, vmin=-reach, vmax=reach)
    corner = (column - 0.5, row - 0.5)
    right.add_patch(plt.Rectangle(corner, 1, 1, fill=False, edgecolor=PINK, lw=2))
    right.set_title(f"{name}: the sum there is {answer[row, column]:.2f}")
    for ax in (left, right):
        ax.set_axis_off()
    plt.close(fig)
    return fig

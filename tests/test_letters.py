"""Are many small pictures drawn each in its place, with its own title?"""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.letters import draw_letters


@pytest.fixture
def images():
    return np.random.default_rng(0).integers(0, 256, size=(7, 28, 28), dtype=np.uint8)


def test_each_image_has_its_place_and_none_lies_on_another(images):
    fig = draw_letters(images, columns=3)
    drawn = fig.axes[0].images
    assert len(drawn) == 7
    boxes = [image.get_extent() for image in drawn]
    assert len({(left, top) for left, _, _, top in boxes}) == 7
    for number, (left, right, bottom, top) in enumerate(boxes):
        assert (right - left, bottom - top) == (28, 28)
        others = boxes[:number] + boxes[number + 1 :]
        assert all(
            right <= other[0] or other[1] <= left or bottom <= other[3] or other[2] <= top
            for other in others
        )
    for image, drawn_image in zip(images, drawn, strict=True):
        assert (drawn_image.get_array() == image).all()
    plt.close(fig)


def test_ink_is_dark_and_the_scale_is_the_same_for_all(images):
    images[0] = 0
    fig = draw_letters(images)
    for drawn in fig.axes[0].images:
        assert (drawn.norm.vmin, drawn.norm.vmax) == (0, 255)
        assert sum(drawn.cmap(255)[:3]) < sum(drawn.cmap(0)[:3])
    plt.close(fig)


def test_titles_rows_and_the_title_stay_inside_the_axis(images):
    titles = [f"{number} times\nAB" for number in range(7)]
    fig = draw_letters(images, titles, columns=4, rows=["A", "B"], title="Seven letters")
    ax = fig.axes[0]
    assert [text.get_text() for text in ax.texts] == [*titles, "A", "B"]
    assert ax.get_title() == "Seven letters"
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    for text in ax.texts:
        x, y = text.get_position()
        assert left <= x <= right and top <= y <= bottom
    plt.close(fig)


def test_symbols_of_another_size_are_drawn_as_well():
    fig = draw_letters(np.zeros((2, 32, 20), dtype=np.uint8))
    left, right, bottom, top = fig.axes[0].images[1].get_extent()
    assert (right - left, bottom - top) == (20, 32)
    plt.close(fig)

"""Are the shared figures what they promise: readable without colour, and steppable by keyboard?"""

from __future__ import annotations

import re

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

from helpers import figures

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
Y = np.array([0, 1, 1, 0])


@pytest.fixture
def ax():
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


def a_stepper() -> figures.Stepper:
    stepper = figures.Stepper("Which <epoch>?")
    for epoch in (0, 10):
        fig, ax = plt.subplots(figsize=(1, 1))
        ax.plot([0, epoch])
        stepper.add(fig, f"epoch {epoch}", f'a line up to "{epoch}"')
    return stepper


def test_classes_differ_in_shape_and_not_only_in_colour(ax):
    figures.plot_points(ax, X, Y)
    circles, triangles = (path.get_paths()[0] for path in ax.collections)
    assert len(circles.vertices) != len(triangles.vertices)
    assert [text.get_text() for text in ax.legend().get_texts()] == ["class 0", "class 1"]


def test_the_line_at_one_half_is_drawn_where_the_answer_crosses_it(ax):
    figures.plot_surface(ax, lambda A: A[:, 0], X, Y, "title")
    lines = [c for c in ax.collections if isinstance(c, mpl.contour.ContourSet)]
    assert np.allclose(lines[0].get_paths()[0].vertices[:, 0], 0.5)


def test_no_line_is_drawn_through_the_rounding_errors_of_a_flat_answer(ax):
    flat = lambda A: 0.5 + 1e-16 * A[:, 0]  # noqa: E731
    figures.plot_surface(ax, flat, X, Y, "title")
    assert not [c for c in ax.collections if isinstance(c, mpl.contour.ContourSet)]


def test_a_network_is_drawn_with_a_line_for_each_weight(ax):
    figures.plot_network(ax, [2, 3, 1], ["in", "hidden", "out"])
    assert len(ax.lines) == (1 + 2) * 3 + (1 + 3) * 1


def test_a_stepper_is_radio_buttons_with_labels_and_no_script():
    html = a_stepper()._repr_html_()
    names = set(re.findall(r'type="radio" name="([^"]+)"', html))
    ids = re.findall(r'<input [^>]*id="([^"]+)"', html)
    assert len(names) == 1
    assert re.findall(r'<label for="([^"]+)"', html) == ids
    assert html.count(" checked") == 1
    assert "<script" not in html
    assert "on" + "click" not in html
    assert "<legend>Which &lt;epoch&gt;?</legend>" in html


def test_every_picture_of_a_stepper_says_what_it_shows():
    html = a_stepper()._repr_html_()
    assert re.findall(r'<img alt="([^"]+)"', html) == [
        "a line up to &quot;0&quot;",
        "a line up to &quot;10&quot;",
    ]


def test_a_stepper_is_the_same_each_time_and_two_do_not_get_mixed_up():
    one, two = a_stepper(), a_stepper()
    assert one._repr_html_() == two._repr_html_()
    fig, _ = plt.subplots(figsize=(1, 1))
    two.add(fig, "epoch 20", "empty axes")
    name = r'<fieldset id="([^"]+)"'
    assert re.search(name, one._repr_html_())[1] != re.search(name, two._repr_html_())[1]


def test_adding_a_picture_closes_its_figure():
    before = plt.get_fignums()
    a_stepper()
    assert plt.get_fignums() == before

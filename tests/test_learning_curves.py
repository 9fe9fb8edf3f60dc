"""Can learning curves be told apart without colour, and their names be read?"""

from __future__ import annotations

import itertools

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

from helpers.learning_curves import plot_history, plot_starts
from helpers.line_labels import spread

EPOCHS = np.arange(1, 7)
HISTORY = {
    "loss": (2 / EPOCHS).tolist(),
    "val_loss": (2 / EPOCHS + 0.1).tolist(),
    "accuracy": (1 - 0.5 / EPOCHS).tolist(),
    "val_accuracy": (0.95 - 0.5 / EPOCHS).tolist(),
}
MANY = {
    f"network {i}": {key: [x + 0.001 * i for x in values] for key, values in HISTORY.items()}
    for i in range(9)
}


@pytest.fixture(autouse=True)
def closing():
    yield
    plt.close("all")


def labels(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def boxes(figure) -> list[list]:
    """Return where the labels of each panel stand, in pixels, the lowest first."""
    figure.draw_without_rendering()
    # An annotation's own extent holds its line as well.
    extent = mpl.text.Text.get_window_extent
    return [
        sorted((extent(text) for text in ax.texts), key=lambda box: box.y0) for ax in figure.axes
    ]


def test_one_history_has_a_panel_for_each_metric_and_two_named_lines_in_it():
    figure = plot_history({"MLP": HISTORY})
    assert [ax.get_title("left") for ax in figure.axes] == ["loss", "accuracy"]
    for ax in figure.axes:
        assert [line.get_linestyle() for line in ax.lines] == ["-", "--"]
        assert labels(ax) == ["training", "validation"]
        assert ax.get_legend() is None
    assert np.array_equal(figure.axes[0].lines[0].get_xdata(), EPOCHS)
    assert np.array_equal(figure.axes[0].lines[1].get_ydata(), HISTORY["val_loss"])


def test_of_several_histories_each_is_named_once_in_a_panel_and_the_dashes_are_explained():
    figure = plot_history({"ReLU": HISTORY, "sigmoid": HISTORY}, title="Two activations")
    assert [labels(ax) for ax in figure.axes] == [["ReLU", "sigmoid"]] * 2
    assert "dashed: validation" in figure.axes[-1].get_xlabel()
    assert figure.get_suptitle() == "Two activations"


def test_without_validation_nothing_is_said_of_dashes():
    figure = plot_history({"a": {"loss": [2, 1]}, "b": {"loss": [3, 1]}}, metrics=["loss"])
    assert labels(figure.axes[0]) == ["a", "b"]
    assert figure.axes[0].get_xlabel() == "epoch"


def test_lines_differ_in_colour_and_in_marker_and_training_from_validation_in_style():
    lines = plot_history(MANY).axes[0].lines
    looks = {(line.get_color(), line.get_marker(), line.get_linestyle()) for line in lines}
    assert len(looks) == len(lines) == 18
    for one, two in itertools.combinations(lines[:14:2], 2):
        assert one.get_color() != two.get_color()
        assert one.get_marker() != two.get_marker()


@pytest.mark.parametrize("title", ["", "A title"])
def test_no_label_lies_on_another_or_outside_the_figure(title):
    figure = plot_history(MANY, title=title)
    for panel in boxes(figure):
        assert len(panel) == 9
        for low, high in itertools.pairwise(panel):
            assert low.y1 < high.y0 + 2  # two pixels: letters fill their box from below
        assert all(0 <= box.x0 < box.x1 <= figure.bbox.width for box in panel)


def test_a_line_that_diverges_is_said_to_and_is_labelled_where_it_was_last_seen():
    wild = {"loss": [2.0, 50.0, np.inf, np.nan]}
    gone = {"loss": [np.nan] * 4}
    figure = plot_history(
        {"calm": {"loss": [2, 1, 1, 1]}, "wild": wild, "gone": gone},
        metrics=["loss"],
        limits={"loss": (0, 3)},
    )
    ax = figure.axes[0]
    assert labels(ax) == ["calm", "wild: diverges", "gone: diverges"]
    assert ax.get_ylim() == (0, 3)
    assert ax.texts[1].xy == (2, 3)
    assert all(np.isfinite(text.xy).all() for text in ax.texts)


def test_limits_are_those_of_their_metric_alone():
    figure = plot_history({"MLP": HISTORY}, limits={"loss": (0, 9)})
    assert figure.axes[0].get_ylim() == (0, 9)
    assert figure.axes[1].get_ylim()[1] < 2


def test_several_starts_are_thin_lines_and_their_mean_a_thick_one():
    runs = np.array([[3.0, 1.0], [2.0, 0.0]])
    figure = plot_starts({"ReLU": {"val_loss": runs}}, metrics=["val_loss"])
    *thin, thick = figure.axes[0].lines
    assert len(thin) == 2
    assert all(line.get_linewidth() < thick.get_linewidth() / 2 for line in thin)
    assert np.array_equal(thick.get_ydata(), [2, 1])
    assert labels(figure.axes[0]) == ["ReLU"]
    assert figure.axes[0].get_title("left") == "loss, validation part"


def test_histories_may_be_of_different_lengths_and_of_one_epoch():
    figure = plot_history({"a": {"loss": [2.0]}, "b": {"loss": [3.0, 2.0]}}, metrics=["loss"])
    assert [text.xy[0] for text in figure.axes[0].texts] == [1, 2]
    assert figure.axes[0].lines[0].get_marker() not in ("", "None")


def test_what_cannot_be_drawn_is_told_in_a_sentence():
    with pytest.raises(ValueError, match=r"No history has 'acc'\. They have accuracy, loss"):
        plot_history({"MLP": HISTORY}, metrics=["acc"])
    with pytest.raises(ValueError, match="take plot_starts"):
        plot_history({"MLP": {"loss": np.ones((3, 2))}}, metrics=["loss"])
    with pytest.raises(ValueError, match="take plot_history"):
        plot_starts({"MLP": HISTORY})


@pytest.mark.parametrize("seed", range(20))
def test_places_are_moved_apart_keep_their_order_and_stay_inside(seed):
    rng = np.random.default_rng(seed)
    places = rng.random(rng.integers(1, 12)).round(1)
    gap = rng.choice([0.02, 0.08, 0.3])
    moved = spread(places, gap)
    order = np.argsort(places, kind="stable")
    assert np.diff(moved[order]).min(initial=1) > min(gap, 1 / max(len(places) - 1, 1)) - 1e-9
    assert moved.min() > -1e-9
    assert moved.max() < 1 + 1e-9


def test_places_that_are_apart_stay():
    assert np.allclose(spread([0.9, 0.1, 0.5], 0.1), [0.9, 0.1, 0.5])


def test_no_places_are_no_trouble():
    assert spread([], 0.1).shape == (0,)

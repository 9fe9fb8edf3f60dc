"""Learning curves in one manner: a panel for each metric, every line named at its end.

Training is a solid line and validation a dashed one; what differs in colour differs in its marker
too. The panels stand one above the other, so that they can be read on a phone.

Matplotlib is imported when a figure is drawn, so that importing `helpers` stays light.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from helpers.figures import BLUE, GREEN, ORANGE, PINK, SKY, YELLOW
from helpers.line_labels import LineEnd, label_ends

# The pale colours last. Six colours and seven markers: each pair comes once in 42 lines.
_COLOURS = (BLUE, ORANGE, GREEN, PINK, "black", SKY, YELLOW)
_MARKERS = "o^sDvPX*"
_WIDTH, _PANEL_HEIGHT = 4.8, 2.4  # inches: 350 pixels of a phone leave its text legible


def plot_history(
    histories: Mapping[str, Mapping[str, Sequence[float]]],
    metrics: Sequence[str] = ("loss", "accuracy"),
    title: str = "",
    limits: Mapping[str, tuple[float, float]] | None = None,
):
    """Draw how training went, as Keras recorded it: one panel for each metric.

    Parameters
    ----------
    histories : dict of str to dict
        For each name what ``model.fit(...).history`` holds: lists, one number an epoch. What
        stands there under ``"val_" + metric`` is drawn too, dashed. A line that does not end in a
        finite number is said to diverge.
    metrics : sequence of str, optional
        What to draw. A history that lacks one is left out of that panel.
    title : str, optional
        Above the panels.
    limits : dict of str to pair of float, optional
        Lowest and highest value in a metric's panel, e.g. ``{"loss": (0, 2)}``: where one line
        would press the others flat, or for the same axes in several figures.

    Returns
    -------
    matplotlib Figure
        Narrow enough for a phone. The alternative text is the caller's to give.

    Raises
    ------
    ValueError
        If no history has a metric, or holds several networks where one is meant.
    """
    _demand(histories, metrics, axes=1)
    figure, panels = _panels(metrics, title)
    panel_ends, validated = [], False
    for ax, metric in zip(panels, metrics, strict=True):
        ends = []
        for (name, history), look in zip(histories.items(), _looks(), strict=False):
            drawn = [key for key in (metric, f"val_{metric}") if key in history]
            for key in drawn:
                dashed = key.startswith("val_")
                label = ("validation" if dashed else "training") if len(histories) == 1 else name
                end = _draw(ax, history[key], look, dashed, label)
                # Of two lines of one name the validation line carries it.
                if len(histories) == 1 or key == drawn[-1]:
                    ends.append(end)
                validated |= dashed
        panel_ends.append(ends)
    if validated and len(histories) > 1:
        panels[-1].set_xlabel("epoch (solid: training, dashed: validation)")
    _finish(figure, metrics, panel_ends, limits or {})
    return figure


def plot_starts(
    histories: Mapping[str, Mapping[str, np.ndarray]],
    metrics: Sequence[str] = ("val_loss", "val_accuracy"),
    title: str = "",
    limits: Mapping[str, tuple[float, float]] | None = None,
):
    """Draw training from several starts: a thin line for each start, a thick one for their mean.

    Parameters
    ----------
    histories : dict of str to dict
        For each name arrays of shape (epochs, starts).
    metrics : sequence of str, optional
        What to draw, a panel each, by the names in the histories.
    title, limits : optional
        As in `plot_history`.

    Returns
    -------
    matplotlib Figure
        As from `plot_history`.

    Raises
    ------
    ValueError
        If no history has a metric, or one holds a single list where several starts are meant.
    """
    _demand(histories, metrics, axes=2)
    figure, panels = _panels(metrics, title)
    panel_ends = []
    for ax, metric in zip(panels, metrics, strict=True):
        ends = []
        dashed = metric.startswith("val_")
        for (name, history), look in zip(histories.items(), _looks(), strict=False):
            if metric not in history:
                continue
            runs = np.asarray(history[metric], dtype=float)
            style = "--" if dashed else "-"
            ax.plot(_epochs(runs), runs, style, color=look[0], linewidth=0.8, alpha=0.6)
            ends.append(_draw(ax, runs.mean(axis=1), look, dashed, name))
        panel_ends.append(ends)
    panels[-1].set_xlabel("epoch (thick: mean of the starts)")
    _finish(figure, metrics, panel_ends, limits or {})
    return figure


def _demand(histories, metrics, axes: int) -> None:
    """Raise a sentence unless every metric is there with so many axes."""
    for metric in metrics:
        found = [
            history[key]
            for history in histories.values()
            for key in (metric, f"val_{metric}")
            if key in history
        ]
        if not found:
            there = sorted({key for history in histories.values() for key in history})
            raise ValueError(
                f"No history has {metric!r}. They have {', '.join(there) or 'nothing'}."
            )
        if any(np.ndim(values) != axes for values in found):
            raise ValueError(
                f"{metric!r} is not of the shape "
                + (
                    "(epochs,). For several networks in one array take plot_starts."
                    if axes == 1
                    else "(epochs, starts). For one network take plot_history."
                )
            )


def _looks():
    """Return colour and marker of one line after the other."""
    return zip(itertools.cycle(_COLOURS), itertools.cycle(_MARKERS), strict=False)


def _panels(metrics: Sequence[str], title: str):
    """Return a figure and its panels, one above the other, each headed by its metric."""
    import matplotlib.pyplot as plt
    from matplotlib.ticker import MaxNLocator

    figure, panels = plt.subplots(
        len(metrics),
        figsize=(_WIDTH, _PANEL_HEIGHT * len(metrics) + 0.3 * bool(title)),
        sharex=True,
        squeeze=False,
        layout="constrained",
    )
    panels = panels[:, 0]
    for ax, metric in zip(panels, metrics, strict=True):
        part = ", validation part" if metric.startswith("val_") else ""
        ax.set_title(metric.removeprefix("val_").replace("_", " ") + part, loc="left")
        ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
        ax.grid(axis="y", color="#dddddd", linewidth=0.8)
        ax.set_axisbelow(True)
    panels[-1].set_xlabel("epoch")
    if title:
        figure.suptitle(title, x=0.01, ha="left", fontsize="large")
    return figure, panels


def _epochs(values: np.ndarray) -> np.ndarray:
    """Return the numbers of the epochs, from 1: what was measured after the first stands at 1."""
    return np.arange(1, len(values) + 1)


def _draw(ax, values, look: tuple[str, str], dashed: bool, label: str) -> LineEnd:
    """Draw one line and return where it ends."""
    values, (colour, marker) = np.asarray(values, dtype=float), look
    epochs = _epochs(values)
    ax.plot(
        epochs,
        values,
        "--" if dashed else "-",
        color=colour,
        linewidth=1.8,
        marker=marker,
        markersize=5,
        markerfacecolor="white" if dashed else colour,
        markevery=max(1, len(values) // 8),
        label=label,
    )
    finite = np.flatnonzero(np.isfinite(values))
    if len(finite) == len(values):
        return LineEnd(label, colour, epochs[-1], values[-1])
    if len(finite) == 0:
        return LineEnd(f"{label}: diverges", colour, 1, np.inf)
    return LineEnd(f"{label}: diverges", colour, epochs[finite[-1]], values[finite[-1]])


def _finish(figure, metrics, panel_ends, limits) -> None:
    """Set the panels' limits, let the layout settle, and write the labels."""
    for ax, metric in zip(figure.axes, metrics, strict=True):
        ax.set_ylim(limits.get(metric))
    figure.draw_without_rendering()
    for ax, ends in zip(figure.axes, panel_ends, strict=True):
        label_ends(ax, ends)

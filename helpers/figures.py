"""Figures that several units share, in one style: colours that everybody can tell apart.

Matplotlib is imported when a figure is drawn, so that importing `helpers` stays light.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
from collections.abc import Callable, Sequence

import numpy as np

# Okabe and Ito, "Color Universal Design", 2008; the order in which lines take them.
BLUE, ORANGE, GREEN, PINK, YELLOW, SKY = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
)


def use_book_style() -> None:
    """Set matplotlib's defaults to the book's: quiet axes, safe colours, readable text."""
    import matplotlib as mpl

    mpl.rcParams.update(
        {
            "axes.prop_cycle": mpl.cycler(color=[BLUE, ORANGE, GREEN, PINK, YELLOW, SKY]),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 11,
            "axes.titlelocation": "left",
            "axes.labelsize": 10,
            "xtick.labelsize": 9,
            "ytick.labelsize": 9,
            "legend.fontsize": 9,
            "legend.frameon": False,
            "lines.linewidth": 2,
            "figure.dpi": 110,
            "figure.facecolor": "white",
            "savefig.facecolor": "white",
            "savefig.bbox": "tight",
            "font.size": 10,
        }
    )


def ink(colour: str) -> tuple[float, float, float]:
    """Return a colour of the book darkened for text in it.

    Lines and marks need a contrast of 3 to 1 against the page, small text one of 4.5 (WCAG 2.2,
    success criteria 1.4.11 and 1.4.3).

    Parameters
    ----------
    colour : str
        One of the colours of this module, or another that matplotlib knows.

    Returns
    -------
    tuple of three floats
        Red, green and blue, from 0 to 1.

    Examples
    --------
    >>> ink("#ffffff")
    (0.6, 0.6, 0.6)
    """
    from matplotlib.colors import to_rgb

    return tuple(0.6 * part for part in to_rgb(colour))


def plot_points(ax, X: np.ndarray, y: np.ndarray, labels: bool = True) -> None:
    """Draw points of two classes, told apart by shape as well as by colour.

    Each has a white rim and a black one around it, so that it is seen on any shade of a map.

    Parameters
    ----------
    ax : matplotlib Axes
        Where to draw.
    X : array of shape (n, 2)
        Positions.
    y : array of n numbers
        The class of each point: 0 is a circle, 1 a triangle.
    labels : bool, optional
        Whether to name the shapes in the legend.
    """
    from matplotlib.patheffects import withStroke

    y = np.asarray(y).ravel()
    for value, marker, colour in ((0, "o", ORANGE), (1, "^", BLUE)):
        ax.scatter(
            *X[y == value].T,
            marker=marker,
            s=90,
            color=colour,
            edgecolors="white",
            linewidths=1.5,
            path_effects=[withStroke(linewidth=3, foreground="black")],
            zorder=3,
            clip_on=False,
            label=f"class {value}" if labels else None,
        )


def plot_surface(ax, network: Callable, X: np.ndarray, y: np.ndarray, title: str):
    """Draw what a network answers everywhere between -0.5 and 1.5, and where it says 0.5.

    Parameters
    ----------
    ax : matplotlib Axes
        Where to draw.
    network : callable
        Takes an array of shape (n, 2), returns n numbers between 0 and 1.
    X, y : arrays of shape (n, 2) and (n,) or (n, 1)
        The points to draw on top.
    title : str
        Title of the panel.

    Returns
    -------
    matplotlib image
        For a colour bar.
    """
    side = np.linspace(-0.5, 1.5, 81)
    x1, x2 = np.meshgrid(side, side)
    grid = np.column_stack([x1.ravel(), x2.ravel()])
    out = np.asarray(network(grid)).reshape(x1.shape)
    image = ax.imshow(
        out,
        origin="lower",
        extent=(-0.5, 1.5, -0.5, 1.5),
        cmap="PuOr",
        vmin=0,
        vmax=1,
        interpolation="bilinear",
    )
    # Where the answer is 0.5 everywhere up to rounding there is no line to draw.
    if out.min() < 0.499 or out.max() > 0.501:
        ax.contour(x1, x2, out, levels=[0.5], colors="black", linewidths=1.5)
    plot_points(ax, X, y, labels=False)
    ax.set(xticks=[0, 1], yticks=[0, 1], xlim=(-0.5, 1.5), ylim=(-0.5, 1.5))
    ax.set_title(title)
    return image


def plot_network(ax, layers: Sequence[int], names: Sequence[str]) -> None:
    """Draw the units of a network, its biases as squares, and a line for each weight.

    Parameters
    ----------
    ax : matplotlib Axes
        Where to draw.
    layers : sequence of int
        Number of units in each layer, without the biases.
    names : sequence of str
        What to write under each layer.
    """
    ax.set_axis_off()
    top = max(layers)
    places = []
    for depth, size in enumerate(layers):
        units = [(depth, (size - 1) / 2 - i) for i in range(size)]
        last = depth == len(layers) - 1
        bias = [] if last else [(depth, (size - 1) / 2 + 1)]
        places.append(bias + units)
        ax.text(depth, -top / 2 - 0.35, names[depth], ha="center", va="top")
    for depth in range(len(layers) - 1):
        targets = places[depth + 1][0 if depth == len(layers) - 2 else 1 :]
        for x, y in places[depth]:
            style = "--" if (x, y) == places[depth][0] else "-"
            for x2, y2 in targets:
                ax.plot([x, x2], [y, y2], style, color="#888888", linewidth=1.2, zorder=1)
    for depth, column in enumerate(places):
        for i, (x, y) in enumerate(column):
            is_bias = depth < len(layers) - 1 and i == 0
            ax.scatter(
                x, y, s=520, marker="s" if is_bias else "o", color="white", edgecolors="black"
            )
            ax.text(x, y, "1" if is_bias else "", ha="center", va="center", zorder=4)
    ax.set_xlim(-0.4, len(layers) - 0.6)
    ax.set_ylim(-top / 2 - 0.9, top / 2 + 1.1)


class Stepper:
    """Pictures to step through, on a static page, without a script and by keyboard.

    The control is a group of radio buttons; style rules alone decide which picture is seen.

    Parameters
    ----------
    question : str
        What the control is for; read out before its buttons.
    dpi : int, optional
        Dots per inch of the pictures, which are seen one to one where there is room.
    """

    def __init__(self, question: str, dpi: int = 80):
        self.question, self.dpi = question, dpi
        self.frames: list[tuple[str, str, str]] = []

    def add(self, figure, label: str, alt: str) -> None:
        """Add a matplotlib figure as the next picture and close it.

        Parameters
        ----------
        figure : matplotlib Figure
            The picture. Its pixels are kept, not the figure.
        label : str
            Text of its button, e.g. ``"epoch 40"``.
        alt : str
            What it shows, for those who do not see it.
        """
        import matplotlib.pyplot as plt

        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=self.dpi, metadata={"Software": None})
        plt.close(figure)
        self.frames.append((label, alt, base64.b64encode(buffer.getvalue()).decode()))

    def __repr__(self) -> str:
        return f"{self.question} {len(self.frames)} pictures to step through."

    def _repr_html_(self) -> str:
        # A line may break at a <wbr> alone, so that no button loses its label.
        name = "step-" + hashlib.sha256(repr(self.frames).encode()).hexdigest()[:8]
        buttons, pictures, rules = [], [], []
        for i, (label, alt, png) in enumerate(self.frames):
            checked = " checked" if i == 0 else ""
            buttons.append(
                f'<input type="radio" name="{name}" id="{name}-{i}"{checked}>'
                f'<label for="{name}-{i}">{html.escape(label)}</label><wbr>'
            )
            pictures.append(f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{png}">')
            rules.append(f"#{name}-{i}:checked~img:nth-of-type({i + 1}){{display:block}}")
        return (
            f"<style>#{name}{{border:1px solid #888;padding:.5em;margin:0;min-width:0;"
            "line-height:1.8;white-space:nowrap}"
            f"#{name} label{{padding:.4em .7em .4em .2em}}"
            f"#{name} legend{{white-space:normal;line-height:1.5}}"
            f"#{name} img{{display:none;max-width:100%;margin:auto;background:white}}"
            f"{''.join(rules)}</style>"
            f'<fieldset id="{name}" class="first-layers-stepper">'
            f"<legend>{html.escape(self.question)}</legend>"
            f"{''.join(buttons)}{''.join(pictures)}</fieldset>"
        )

"""Steps down three losses, at any learning rate and from any start (unit 01).

The first loss is the unit's parabola. The second has two valleys, a wide one and a narrow one. The
third has two weights, and is twenty times less curved along one of them.
"""

from __future__ import annotations

import numpy as np
from numpy.polynomial import Polynomial

SLOPE = Polynomial([-6, 2])
# Minima at 0.5 and 5, a hill at 2; the factor makes their curvatures 2 and 4.
TWO_VALLEYS = Polynomial.fromroots([0.5, 2, 5]) * (8 / 27)


def direction(slope: Polynomial) -> dict:
    """Return a loss of one weight: coefficients (the constant first), and where it is flat.

    Parameters
    ----------
    slope : Polynomial
        The derivative of the loss, which is 0 at its lowest point.

    Returns
    -------
    dict
        ``loss`` and ``slope`` are coefficients, ``minima`` pairs of place and curvature, ``hills``
        places.
    """
    curvature = slope.deriv()
    flat = sorted(slope.roots().real)
    loss = slope.integ()
    loss -= min(loss(x) for x in flat)
    return {
        "loss": [float(c) for c in loss.coef],
        "slope": [float(c) for c in slope.coef],
        "minima": [[round(x, 9), round(curvature(x), 9)] for x in flat if curvature(x) > 0],
        "hills": [round(x, 9) for x in flat if curvature(x) < 0],
    }


def data() -> dict:
    """Return the three losses, and the numbers with which unit 01 walks down the first."""
    return {
        "losses": {
            "one": [direction(SLOPE)],
            "two": [direction(TWO_VALLEYS)],
            "ravine": [direction(SLOPE), direction(SLOPE / 20)],
        },
        "start": [5, 6],
        "rates": [0.1, 0.8, 1.05],
        "steps": 8,
    }


def still(data: dict):
    """Return a figure of the unit's three walks, and of the loss along each."""
    import matplotlib.pyplot as plt

    from helpers.figures import BLUE, GREEN, ORANGE
    from helpers.reference.xor_network import descend

    loss = Polynomial(data["losses"]["one"][0]["loss"])
    slope = Polynomial(data["losses"]["one"][0]["slope"])
    side = np.linspace(-1, 7, 100)
    fig, axes = plt.subplots(1, 4, figsize=(6.8, 2.4), layout="constrained")
    for ax, rate, colour, marker in zip(
        axes, data["rates"], (BLUE, GREEN, ORANGE), "o^s", strict=False
    ):
        path = np.array(descend(slope, data["start"][0], rate, data["steps"]))
        ax.plot(side, loss(side), color="#888888", linewidth=1)
        ax.plot(path, loss(path), marker + "-", color=colour, markersize=4, linewidth=1)
        ax.set(title=f"rate {rate}", xlabel="weight x", ylim=(-1, 17))
        axes[3].semilogy(loss(path), marker + "-", color=colour, markersize=3, linewidth=1)
        axes[3].text(8.4, loss(path)[-1], f"{rate}", color=colour, va="center", fontsize=9)
    axes[0].set_ylabel("loss")
    axes[3].set(title="loss", xlabel="step", xlim=(0, 11))
    return fig

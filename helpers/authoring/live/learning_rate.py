"""Steps down a valley at four learning rates (unit 01): pilot."""

from __future__ import annotations


def data() -> dict:
    return {"rates": [0.05, 0.4, 0.9, 1.1]}


def still(data: dict):
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots()
    ax.plot(data["rates"])
    return fig

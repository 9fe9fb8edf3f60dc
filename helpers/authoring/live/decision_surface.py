"""What the 2-2-1 network answers on the plane while it learns XOR, from two starts (unit 01)."""

from __future__ import annotations

import numpy as np

SEEDS = {0: "solved", 8: "stuck"}
MILESTONES = [0, 50, 100, 200, 400, 1000]  # where the unit itself looks
SNAPSHOTS = 42
EVERY = 5  # epochs between two points of a loss curve


def history(seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the weights of one start after each epoch, up to the last milestone."""
    from helpers.reference.xor_network import random_start, train

    past = [random_start(seed)]
    while len(past) <= MILESTONES[-1]:
        past.append(train(*past[-1], epochs=1))
    return past


def instants(pasts: list[list]) -> list[int]:
    """Return epochs such that from one to the next the answers on the plane change equally much."""
    from helpers.reference.xor_network import forward

    side = np.linspace(-0.5, 1.5, 21)
    plane = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    answers = np.array([[forward(plane, *weights)[1] for weights in past] for past in pasts])
    change = np.abs(np.diff(answers, axis=1)).mean(axis=(0, 2, 3))
    so_far = np.concatenate([[0], np.cumsum(change)])
    equally = np.searchsorted(so_far, np.linspace(0, so_far[-1], SNAPSHOTS))
    return sorted({*MILESTONES, *equally.tolist()})


def loss(W1: np.ndarray, W2: np.ndarray) -> float:
    """Return the summed squared error of a network on the four points of XOR."""
    from helpers.reference.xor_network import XOR_X, XOR_Y, forward

    return float(np.sum((forward(XOR_X, W1, W2)[1] - XOR_Y) ** 2))


def data() -> dict:
    """Return for both starts the weights at some epochs, and the loss along all."""
    pasts = {seed: history(seed) for seed in SEEDS}
    epochs = instants(list(pasts.values()))
    return {
        "epochs": epochs,
        "every": EVERY,
        "starts": [
            {
                "seed": seed,
                "name": SEEDS[seed],
                "weights": [[W.round(9).tolist() for W in past[epoch]] for epoch in epochs],
                "losses": [round(loss(*weights), 4) for weights in past[::EVERY]],
            }
            for seed, past in pasts.items()
        ],
    }


def still(data: dict):
    """Return a figure of both maps after the last epoch, and of both losses."""
    import matplotlib.pyplot as plt

    from helpers.figures import GREEN, PINK, plot_surface
    from helpers.reference.xor_network import XOR_X, XOR_Y, forward

    fig, axes = plt.subplots(1, 3, figsize=(6.5, 2.3), layout="constrained")
    for ax, start in zip(axes, data["starts"], strict=False):
        weights = [np.array(W) for W in start["weights"][-1]]
        title = f"seed {start['seed']}, {start['name']}"
        image = plot_surface(ax, lambda A, w=weights: forward(A, *w)[1], XOR_X, XOR_Y, title)
        ax.set(xlabel="first input")
    axes[0].set(ylabel="second input")
    fig.colorbar(image, ax=axes[:2], label="answer", shrink=0.8)
    for start, colour, style in zip(data["starts"], (GREEN, PINK), ("-", "--"), strict=True):
        epochs = np.arange(len(start["losses"])) * data["every"]
        axes[2].plot(epochs, start["losses"], style, color=colour)
        axes[2].text(1000, start["losses"][-1] + 0.04, f"seed {start['seed']}", ha="right")
    axes[2].set(title="loss", xlabel="epoch", ylim=(0, 1.5))
    return fig

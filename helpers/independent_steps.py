"""Steps of several networks in one model that are those which each would take alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

# Optimizers that look at each weight alone. Others (Adafactor, Lamb, Muon) measure a whole kernel,
# in which several networks lie here.
_WEIGHT_BY_WEIGHT = frozenset(
    ["SGD", "RMSprop", "Adam", "AdamW", "Adadelta", "Adagrad", "Adamax", "Nadam", "Ftrl", "Lion"]
)


def demand_weight_by_weight(optimizer, settings: dict) -> None:
    """Refuse an optimizer whose step for one network would depend on the others."""
    name = type(optimizer).__name__
    if name not in _WEIGHT_BY_WEIGHT:
        raise ValueError(
            f"{name} looks at a whole kernel at once, and here several networks lie in one. "
            f"Take one of {', '.join(sorted(_WEIGHT_BY_WEIGHT))}."
        )
    for clip in ("clipnorm", "global_clipnorm"):
        if settings.get(clip) is not None:
            raise ValueError(
                f"{clip} measures all networks together, so that they would not be trained as "
                "each would be alone. Leave it out."
            )


def checked_rates(rates, networks: int, optimizer, settings: dict) -> np.ndarray:
    """Return the rates as an array, or say why they cannot be used."""
    rates = np.asarray(rates, dtype=float)
    if rates.shape != (networks,):
        raise ValueError(
            f"rates has the shape {rates.shape}; there are {networks} networks, and each needs one."
        )
    # Adam and its like divide a slope by its own size, so a scaled loss changes nothing there.
    others = [name for name in ("weight_decay", "clipvalue") if settings.get(name) is not None]
    if type(optimizer).__name__ != "SGD" or others:
        raise ValueError(
            "rates work by scaling each network's loss, which scales its steps only under SGD "
            f"without weight_decay and clipvalue; this is {type(optimizer).__name__}"
            f"{' with ' + ' and '.join(others) if others else ''}."
        )
    return rates


def summed_loss(rates: np.ndarray) -> Callable:
    """Return a loss for Keras: the networks' cross-entropies, times their rates, summed.

    In a sum the slope of each network's weights is that of its own loss alone.

    Parameters
    ----------
    rates : array of shape (networks,)
        What each network's loss is multiplied by.

    Returns
    -------
    callable
        Takes classes (n,) and logits (n, networks, classes), returns (n,).
    """
    from keras import ops

    rates = rates.astype("float32")

    def loss(y, logits):
        y = ops.repeat(ops.reshape(ops.cast(y, "int32"), (-1, 1)), len(rates), axis=1)
        each = ops.sparse_categorical_crossentropy(y, logits, from_logits=True)
        return ops.sum(ops.multiply(each, rates), axis=-1)

    return loss

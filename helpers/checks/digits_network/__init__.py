"""Checks of unit 02: a network of any depth, trained on handwritten digits."""

from helpers.checks.digits_network.backward import deltas
from helpers.checks.digits_network.batches import minibatches
from helpers.checks.digits_network.classes import predict_class
from helpers.checks.digits_network.first_weights import init_weights
from helpers.checks.digits_network.forward import activations
from helpers.checks.digits_network.training import fit

# In the order of the unit.
__all__ = [  # noqa: RUF022
    "init_weights",
    "activations",
    "deltas",
    "minibatches",
    "fit",
    "predict_class",
]

"""Checks of unit 01, from gradient descent and one neuron to a network that solves XOR.

The conventions of the unit: a sample is a row; a column or row of biases comes first; the loss is
the squared error summed over samples and outputs.
"""

from helpers.checks.xor_network.activation import sigmoid
from helpers.checks.xor_network.backpropagation import backprop
from helpers.checks.xor_network.deltas import hidden_delta, output_delta
from helpers.checks.xor_network.descent import descend
from helpers.checks.xor_network.gates import xor_by_hand
from helpers.checks.xor_network.layers import add_bias, forward
from helpers.checks.xor_network.neuron import neuron_step
from helpers.checks.xor_network.small_differences import gradient_check
from helpers.checks.xor_network.starts import xor_success

# In the order of the unit.
__all__ = [  # noqa: RUF022
    "descend",
    "sigmoid",
    "neuron_step",
    "add_bias",
    "forward",
    "xor_by_hand",
    "output_delta",
    "hidden_delta",
    "backprop",
    "gradient_check",
    "xor_success",
]

"""Answers to the exercises of unit 06, one module a topic."""

from tests.banks.notmnist_convnets import (  # noqa: F401
    any_size,
    convnets,
    convolution,
    kernels,
    pooling,
    predictions,
    shapes,
    shifts,
)

"""Checks of unit 04: the digits of MNIST, and training well."""

from helpers.checks.mnist_mlp.histories import overfitting

# In the order of the unit.
__all__ = [  # noqa: RUF022
    "overfitting",
]

"""Checks of unit 06: convolution by hand, and networks that read letters by it."""

from helpers.checks.notmnist_convnets.convnets import build_convnet
from helpers.checks.notmnist_convnets.shifts import shift_accuracy

# In the order of the unit.
__all__ = [
    "build_convnet",
    "shift_accuracy",
]

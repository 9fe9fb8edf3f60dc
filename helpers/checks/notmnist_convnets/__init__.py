"""Checks of unit 06: convolution by hand, and networks that read letters by it."""

from helpers.checks.notmnist_convnets.any_size import make_any_size
from helpers.checks.notmnist_convnets.convnets import build_convnet
from helpers.checks.notmnist_convnets.predictions import show_predictions
from helpers.checks.notmnist_convnets.shifts import shift_accuracy

# In the order of the unit.
__all__ = [
    "build_convnet",
    "make_any_size",
    "shift_accuracy",
    "show_predictions",
]

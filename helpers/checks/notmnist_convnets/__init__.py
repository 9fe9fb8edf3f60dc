"""Checks of unit 06: convolution by hand, and networks that read letters by it."""

from helpers.checks.notmnist_convnets.any_size import make_any_size
from helpers.checks.notmnist_convnets.convnets import build_convnet
from helpers.checks.notmnist_convnets.convolution import conv2d
from helpers.checks.notmnist_convnets.kernels import design_kernel
from helpers.checks.notmnist_convnets.pooling import maxpool
from helpers.checks.notmnist_convnets.predictions import show_predictions
from helpers.checks.notmnist_convnets.shapes import conv_shape
from helpers.checks.notmnist_convnets.shifts import shift_accuracy

# In the order of the unit.
__all__ = [  # noqa: RUF022
    "conv2d",
    "maxpool",
    "conv_shape",
    "build_convnet",
    "show_predictions",
    "design_kernel",
    "make_any_size",
    "shift_accuracy",
]

"""Answers to the exercises of unit 06, one module a topic."""

from tests.banks.notmnist_convnets import any_size, convnets, convolution, predictions, shifts  # noqa: F401

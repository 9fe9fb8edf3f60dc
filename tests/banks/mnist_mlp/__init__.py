"""Answers to the exercises of unit 04, one module a topic."""

from tests.banks.mnist_mlp import (  # noqa: F401
    building,
    counting,
    encoding,
    histories,
    logits,
    losses,
    rankings,
    scaling,
    softmax,
    splitting,
)

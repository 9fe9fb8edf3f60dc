"""Checks of unit 04: the digits of MNIST, and training well."""

from helpers.checks.mnist_mlp.building import build_mlp
from helpers.checks.mnist_mlp.counting import param_count
from helpers.checks.mnist_mlp.encoding import one_hot
from helpers.checks.mnist_mlp.histories import overfitting
from helpers.checks.mnist_mlp.logits import cross_entropy_from_logits
from helpers.checks.mnist_mlp.losses import cross_entropy
from helpers.checks.mnist_mlp.probabilities import softmax
from helpers.checks.mnist_mlp.rankings import rank_scalings
from helpers.checks.mnist_mlp.scaling import standardise
from helpers.checks.mnist_mlp.splitting import split_validation

# In the order of the unit.
__all__ = [  # noqa: RUF022
    "one_hot",
    "softmax",
    "cross_entropy",
    "cross_entropy_from_logits",
    "standardise",
    "param_count",
    "build_mlp",
    "split_validation",
    "overfitting",
    "rank_scalings",
]

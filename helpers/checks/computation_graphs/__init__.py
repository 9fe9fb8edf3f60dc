"""Checks of unit 03: computation graphs, and the slopes that flow back through them."""

from helpers.checks.computation_graphs.backward import backward
from helpers.checks.computation_graphs.broadcasting import unbroadcast
from helpers.checks.computation_graphs.evaluation import evaluate
from helpers.checks.computation_graphs.local_rules import matmul_rule, sigmoid_rule
from helpers.checks.computation_graphs.tape import tape_gradient

# In the order of the unit.
__all__ = [  # noqa: RUF022
    "evaluate",
    "matmul_rule",
    "backward",
    "sigmoid_rule",
    "unbroadcast",
    "tape_gradient",
]

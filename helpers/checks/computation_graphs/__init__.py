"""Checks of unit 03: computation graphs, and the slopes that flow back through them."""

from helpers.checks.computation_graphs.evaluation import evaluate

# In the order of the unit.
__all__ = [
    "evaluate",
]

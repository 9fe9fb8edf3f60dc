"""Answers to the exercises of unit 03, one module a topic."""

from tests.banks.computation_graphs import (  # noqa: F401
    backward,
    broadcasting,
    evaluation,
    local_rules,
    tape,
)

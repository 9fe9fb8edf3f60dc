"""Answers to the exercises of unit 05, one module a topic."""

from tests.banks.notmnist_curation import (  # noqa: F401
    copies,
    label_noise,
    leaking,
    learning,
    looking,
    reading,
    safety,
    saving,
    splitting,
)

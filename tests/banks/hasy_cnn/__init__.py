"""Answers to the exercises of unit 07, one module a topic."""

from tests.banks.hasy_cnn import (  # noqa: F401
    abstaining,
    baselines,
    calibration,
    classes,
    confusions,
    networks,
    pairs,
    parts,
    preparing,
    reading,
    recalibration,
    recalls,
    weights,
)

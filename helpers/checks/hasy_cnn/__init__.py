"""Checks of unit 07: handwritten symbols, from the archive to an honest report."""

from helpers.checks.hasy_cnn.abstentions import abstain
from helpers.checks.hasy_cnn.baselines import majority_baseline
from helpers.checks.hasy_cnn.calibration import ece
from helpers.checks.hasy_cnn.classes import select_classes
from helpers.checks.hasy_cnn.confusions import confusion
from helpers.checks.hasy_cnn.networks import small_cnn
from helpers.checks.hasy_cnn.pairs import top_pairs
from helpers.checks.hasy_cnn.parts import split
from helpers.checks.hasy_cnn.preparing import prepare
from helpers.checks.hasy_cnn.reading import read_symbols
from helpers.checks.hasy_cnn.recalibration import recalibrate
from helpers.checks.hasy_cnn.recalls import macro_recall
from helpers.checks.hasy_cnn.weights import class_weights

# In the order of the unit.
__all__ = [  # noqa: RUF022
    "read_symbols",
    "select_classes",
    "split",
    "majority_baseline",
    "prepare",
    "small_cnn",
    "confusion",
    "macro_recall",
    "ece",
    "top_pairs",
    "class_weights",
    "abstain",
    "recalibrate",
]

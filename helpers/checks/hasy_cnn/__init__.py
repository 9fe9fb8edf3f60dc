"""Checks of unit 07: handwritten symbols, from the archive to an honest report."""

from helpers.checks.hasy_cnn.abstentions import abstain
from helpers.checks.hasy_cnn.calibration import ece
from helpers.checks.hasy_cnn.confusions import confusion
from helpers.checks.hasy_cnn.pairs import top_pairs
from helpers.checks.hasy_cnn.recalibration import recalibrate
from helpers.checks.hasy_cnn.recalls import macro_recall

# In the order of the unit.
__all__ = [  # noqa: RUF022
    "confusion",
    "macro_recall",
    "ece",
    "top_pairs",
    "abstain",
    "recalibrate",
]

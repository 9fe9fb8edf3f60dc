"""What well-known mistakes make of the expected calibration error."""

from __future__ import annotations

import numpy as np

from helpers.checks.arrays import Mistakes
from helpers.checks.hasy_cnn.confidence_bins import BINS, binned, tenths, weighted_gaps


def wrong_sums(conf: np.ndarray, ok: np.ndarray) -> Mistakes:
    """Return the mistakes in adding up the gaps of the ten bins.

    A formula may give several numbers: ways to make the same mistake.

    Parameters
    ----------
    conf, ok : numpy.ndarray, shape (m,)
        Confidences, and whether the answers are right.
    """
    size, mean, accuracy = binned(conf, ok, tenths(conf))
    gap, m = np.abs(accuracy - mean), len(conf)
    right = (size * gap).sum() / m
    signed = (size * (accuracy - mean)).sum() / m
    hits = size * accuracy
    return {
        "signed": (
            lambda: np.array([signed, -signed, abs(signed)]),
            "bins in which it is too sure and bins in which it is not sure enough cancel each "
            "other. Take the distance of each bin, `abs`, before you add.",
        ),
        "unweighted": (
            lambda: np.array([gap.mean(), gap.sum() / BINS]),
            "a bin of four answers counts as much as one of fifty. Weight each gap by the share "
            "of answers in its bin.",
        ),
        "sum_of_gaps": (
            lambda: gap.sum(),
            "the gaps are added up without weights. Multiply each by the share of answers in its "
            "bin.",
        ),
        "largest_gap": (
            lambda: gap.max(),
            "that is the gap of the worst bin. All count here, each by its size.",
        ),
        "squared": (
            lambda: _with_root((size * gap**2).sum() / m),
            "gaps were squared. Here it is their distance from 0, `abs`.",
        ),
        "each_answer": (
            lambda: np.append(_with_root(np.mean((conf - ok) ** 2)), np.abs(conf - ok).mean()),
            "each answer was compared by itself. A single one is right or wrong, never 80 % right: "
            "compare the means of a bin.",
        ),
        "not_divided": (
            lambda: right * m,
            "the gaps are weighted by the number of answers. Divide by how many there are in all.",
        ),
        "percent": (lambda: 100 * right, "that is in percent. Leave it between 0 and 1."),
        "divided_twice": (
            lambda: right / BINS,
            "the weighted gaps were divided by the number of bins as well. The weights add up to "
            "1 already: add.",
        ),
        "errors_for_hits": (
            lambda: (size * np.abs(1 - accuracy - mean)).sum() / m,
            "the confidence was compared with the share of wrong answers.",
        ),
        "weighted_by_hits": (
            lambda: (hits * gap).sum() / hits.sum(),
            "a bin was weighted by its right answers. All in it count.",
        ),
    }


def _with_root(number: float) -> np.ndarray:
    return np.array([number, np.sqrt(number)])


def wrong_bins(conf: np.ndarray, ok: np.ndarray) -> Mistakes:
    """Return the mistakes in sorting answers into bins; parameters as in `wrong_sums`."""
    below_one = conf < 1

    def errors(*numbers: np.ndarray) -> np.ndarray:
        return np.array([weighted_gaps(conf, ok, number) for number in numbers])

    return {
        "one_lost": (
            lambda: _only(below_one, conf, ok),
            "answers with a confidence of exactly 1 are lost. They belong to the last bin.",
        ),
        "one_by_itself": (
            lambda: errors(np.floor(BINS * conf).astype(int)),
            "answers with a confidence of exactly 1 get an eleventh bin. They belong to the last "
            "of the ten.",
        ),
        "centre_of_bin": (
            lambda: _with_one_confidence(conf, ok, 0.5),
            "the centre of the bin took the place of the mean confidence of the answers in it.",
        ),
        "edge_of_bin": (
            lambda: np.array([_with_one_confidence(conf, ok, place) for place in (0.0, 1.0)]),
            "an edge of the bin took the place of the mean confidence of the answers in it.",
        ),
        "equal_sizes": (
            lambda: errors(_equal_sizes(conf)),
            "the bins hold equally many answers. They should be equally wide: 0 to .1, .1 to .2 "
            "and so on.",
        ),
        "nine_bins": (
            lambda: errors(np.ceil(9 * conf)),
            "there are nine bins. Ten bins have eleven edges: `np.linspace(0, 1, 11)`.",
        ),
        "rounded_bins": (
            lambda: errors(np.round(BINS * conf)),
            "the confidence was rounded to the nearest tenth. That makes eleven bins, and those "
            "at both ends are half as wide.",
        ),
        "bins_of_the_data": (
            lambda: errors(_bins_of_the_data(conf)),
            "the bins reach from the smallest confidence to the largest. They should share 0 to 1, "
            "whatever comes: else two networks are measured by two rulers.",
        ),
        "last_bin_left_out": (
            lambda: _only(tenths(conf) < BINS - 1, conf, ok),
            "the last bin, from .9 on, is left out.",
        ),
        "first_bin_left_out": (
            lambda: _only(tenths(conf) > 0, conf, ok),
            "the first bin, up to .1, is left out.",
        ),
        "nested_bins": (
            lambda: sum(
                abs((ok[inside] - conf[inside]).sum()) / len(conf)
                for inside in (conf <= edge for edge in np.linspace(0.1, 1, BINS))
            ),
            "each bin holds those below it too. A bin has two edges.",
        ),
        "other_number_of_bins": (
            lambda: errors(*(np.ceil(k * conf) for k in (5, 11, 12, 15, 20, 50, 100))),
            "that fits another number of bins. Ten are asked for.",
        ),
    }


def _only(kept: np.ndarray, conf: np.ndarray, ok: np.ndarray) -> np.ndarray:
    """Return the error of some of the answers, as their own mean and as a share of all."""
    if not kept.any():
        return np.zeros(1)
    error = weighted_gaps(conf[kept], ok[kept], tenths(conf[kept]))
    return np.array([error, error * kept.mean()])


def _with_one_confidence(conf: np.ndarray, ok: np.ndarray, place: float) -> float:
    """Return the error if all answers of a bin were as sure as one place of it: 0 left, 1 right."""
    number = tenths(conf)
    return weighted_gaps((number + place) / BINS, ok, number)


def _equal_sizes(conf: np.ndarray) -> np.ndarray:
    number = np.empty(len(conf), dtype=int)
    for b, rows in enumerate(np.array_split(np.argsort(conf), BINS)):
        number[rows] = b
    return number


def _bins_of_the_data(conf: np.ndarray) -> np.ndarray:
    edges = np.linspace(conf.min(), conf.max(), BINS + 1)
    return np.clip(np.digitize(conf, edges), 1, BINS)

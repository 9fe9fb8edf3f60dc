"""What well-known mistakes make of two parts whose columns should be standardised."""

from __future__ import annotations

import numpy as np

from helpers.checks.naming import Forms


def deviation(part: np.ndarray, ddof: int = 0) -> np.ndarray:
    """Return each column's standard deviation, and 1 where that is 0 or cannot be had."""
    spread = part.std(axis=0, ddof=ddof) if len(part) > ddof else np.zeros(part.shape[1])
    return np.where(spread == 0, 1, spread)


def wrong_pairs(train: np.ndarray, test: np.ndarray) -> Forms:
    """Return by their hints what well-known mistakes make of both parts: several pairs each."""
    return (
        _other_rows(train, test)
        | _fewer_numbers(train, test)
        | _other_divisors(train, test)
        | _changed_deviations(train, test)
        | _other_formulas(train, test)
    )


def _scaled(train, test, mean, spread) -> tuple[np.ndarray, np.ndarray]:
    return (train - mean) / spread, (test - mean) / spread


def _other_rows(train: np.ndarray, test: np.ndarray) -> Forms:
    """Mean and standard deviation come from other rows than those of the training part."""
    both = np.concatenate([train, test])
    mean, test_mean = train.mean(axis=0), test.mean(axis=0)
    spread, test_spread = deviation(train), deviation(test)
    right_train, right_test = _scaled(train, test, mean, spread)
    return {
        "test_statistics": (
            lambda: [
                (right_train, (test - test_mean) / test_spread),
                (right_train, (test - test_mean) / spread),
                (right_train, (test - mean) / test_spread),
                _scaled(train, test, test_mean, test_spread),
            ],
            "The test part has a say in its own scaling. Then one and the same image gets other "
            "numbers in other company, and a network has to be trained on numbers that mean the "
            "same later. Mean and standard deviation of the training part serve both.",
        ),
        "statistics_of_both": (
            lambda: [_scaled(train, test, both.mean(axis=0), deviation(both))],
            "Mean and standard deviation were taken over both parts together, so the training part "
            "knows something about the test part. Take them from the training part alone.",
        ),
        "test_unchanged": (
            lambda: [(right_train, test)],
            "The training part is right, the test part comes back as it was. If `train` is "
            "overwritten by its scaled version first, its mean is 0 and its deviation 1 by then: "
            "keep both numbers before.",
        ),
        "train_unchanged": (
            lambda: [(train, right_test)],
            "The test part is right, the training part comes back as it was. Scale both.",
        ),
    }


def _fewer_numbers(train: np.ndarray, test: np.ndarray) -> Forms:
    """One mean or deviation serves all columns, or one serves each row."""
    if train.shape[1] == 1:
        return {}
    mean, spread = train.mean(axis=0), deviation(train)
    each_row = [
        (part - part.mean(axis=1, keepdims=True)) / deviation(part.T)[:, None]
        for part in (train, test)
    ]
    return {
        "one_for_all_columns": (
            lambda: [_scaled(train, test, train.mean(), train.std())],
            "All columns share one mean and one standard deviation. That is a sound way to scale "
            "pixels, but another one: here each column gets its own, `axis=0`.",
        ),
        "one_deviation": (
            lambda: [_scaled(train, test, mean, train.std())],
            "Each column has its own mean, but all share one standard deviation. Take that with "
            "`axis=0` as well.",
        ),
        "one_mean": (
            lambda: [_scaled(train, test, train.mean(), spread)],
            "Each column has its own standard deviation, but all share one mean. Take that with "
            "`axis=0` as well.",
        ),
        "rows": (
            lambda: [each_row],
            "Each row was scaled by its own mean and deviation. Take them down the columns: "
            "`axis=0`.",
        ),
    }


def _other_formulas(train: np.ndarray, test: np.ndarray) -> Forms:
    """Mean and deviation are the training part's, but something else is made of them."""
    mean, spread = train.mean(axis=0), deviation(train)
    middle = np.median(train, axis=0)
    return {
        "brackets": (
            lambda: [(train - mean / spread, test - mean / spread)],
            "Division comes before subtraction, so only the mean was divided. Set brackets.",
        ),
        "multiplied": (
            lambda: [_scaled(train, test, mean, 1 / spread)],
            "The differences are multiplied by the standard deviation. Divide by it.",
        ),
        "only_divided": (
            lambda: [_scaled(train, test, 0, spread)],
            "The deviations are 1, but the means are not 0. Subtract each column's mean first.",
        ),
        "sign": (
            lambda: [_scaled(train, test, mean, -spread)],
            "All signs are turned round: subtract the mean from the value, not the value from the "
            "mean.",
        ),
        "median": (
            lambda: [
                _scaled(train, test, middle, spread),
                _scaled(train, test, middle, _quarters(train)),
            ],
            "The median was subtracted. It is less easily moved by a few large numbers, but the "
            "mean is asked for.",
        ),
    }


def _other_divisors(train: np.ndarray, test: np.ndarray) -> Forms:
    mean, low, width = train.mean(axis=0), train.min(axis=0), np.ptp(train, axis=0)
    spread, absolute = deviation(train), np.abs(train - mean).mean(axis=0)
    return {
        "only_centred": (
            lambda: [_scaled(train, test, mean, 1)],
            "The means are 0, but the columns are still as wide as before. Divide each by its "
            "standard deviation.",
        ),
        "variance": (
            lambda: [_scaled(train, test, mean, spread**2)],
            "You divided by the variance. The standard deviation is its square root: `std`.",
        ),
        "root_of_deviation": (
            lambda: [_scaled(train, test, mean, np.sqrt(spread))],
            "You divided by the square root of the standard deviation. `std` has taken the root "
            "already.",
        ),
        "mean_deviation": (
            lambda: [_scaled(train, test, mean, absolute)],
            "You divided by the mean of the absolute differences. The standard deviation is the "
            "root of the mean of their squares: `std`.",
        ),
        "range_not_deviation": (
            lambda: [
                _scaled(train, test, low, width),
                _scaled(train, test, mean, width),
                _scaled(train, test, 0, 255),
            ],
            "The columns are scaled by their range. That is a sound way, but another one: divide "
            "by the standard deviation here.",
        ),
    }


def _changed_deviations(train: np.ndarray, test: np.ndarray) -> Forms:
    mean, spread = train.mean(axis=0), deviation(train)
    return {
        "small_deviations": (
            lambda: [
                *(_scaled(train, test, mean, spread + more) for more in 0.1 ** np.arange(8)),
                *(_scaled(train, test, mean, np.maximum(spread, least)) for least in (0.1, 1)),
                _scaled(train, test, mean, np.where(spread < 1, 1, spread)),
            ],
            "Columns that vary little go wrong: something is added to every standard deviation, or "
            "small ones are replaced. Only a deviation of exactly 0 needs to be replaced.",
        ),
    }


def _quarters(train: np.ndarray) -> np.ndarray:
    """Return how wide the middle half of each column is."""
    return np.subtract(*np.percentile(train, [75, 25], axis=0))

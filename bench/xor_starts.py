"""Training many starts of the XOR network: one by one, and in one array.

Prints the time per start of both, and the ratio, from alternating repeats in one run.
"""

from __future__ import annotations

import statistics
import time

from helpers.reference.xor_network import random_start, train, train_many

REPEATS, LOOPED, TOGETHER, HIDDEN = 5, 10, 500, 2


def seconds(task) -> float:
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


def main() -> None:
    looped, together = [], []
    for _ in range(REPEATS):
        looped.append(
            seconds(lambda: [train(*random_start(s, HIDDEN)) for s in range(LOOPED)]) / LOOPED
        )
        together.append(seconds(lambda: train_many(range(TOGETHER), HIDDEN)) / TOGETHER)
    ratios = [a / b for a, b in zip(looped, together, strict=True)]
    print(f"one by one:   {1000 * statistics.median(looped):7.2f} ms per start")
    print(f"in one array: {1000 * statistics.median(together):7.2f} ms per start")
    print(
        f"ratio:        {statistics.median(ratios):7.0f} ({min(ratios):.0f} to {max(ratios):.0f})"
    )


if __name__ == "__main__":
    main()

"""Copies among 200,000 images: what finding them takes, and how that grows with their number.

Equal images are looked for by ``np.unique(axis=0)`` and by `helpers.duplicates`, near ones by
`helpers.near_duplicates`. What is a copy of what is known, because `helpers.planted_copies` made
the images; every result is held against that truth, and the truth itself against brute force on a
sample. Each way runs in fresh processes: CPU seconds and seconds by the clock of the search alone,
and the peak of memory of the whole process. The ways take turns, and the least of each figure
counts, because other work on the computer only ever adds to it.

Run it with ``make bench``, or ``python bench/duplicates.py``.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# One thread: CPU seconds of several would not be comparable.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

TURNS = 3
RADIUS = 2.0
SIZES = (12_500, 25_000, 50_000, 100_000, 200_000)
SAMPLE = 100
WAYS = {
    "unique": "np.unique(axis=0)",
    "groups": "exact_groups",
    "overlap": "overlap of the two halves",
    "near": f"near, radius {RADIUS:g}",
    "pairs": f"near_pairs, radius {RADIUS:g}",
}


def halves(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the first half and the rest."""
    return rows[: len(rows) // 2], rows[len(rows) // 2 :]


def search(way: str) -> Callable:
    """Import what a way needs, and return it as a function of the images."""
    from helpers.duplicates import exact_groups, overlap
    from helpers.near_duplicates import near, near_pairs

    return {
        # How many differ is the least one can ask; which are equal would take it longer.
        "unique": lambda images: len(np.unique(images.reshape(len(images), -1), axis=0)),
        "groups": exact_groups,
        "overlap": lambda images: overlap(*halves(images)),
        "near": lambda images: near(images, None, RADIUS),
        "pairs": lambda images: near_pairs(images, None, RADIUS),
        "brute force": brute_force,
    }[way]


def brute_force(images: np.ndarray) -> np.ndarray:
    """Return which images of a sample have another one within the radius: a distance for each."""
    rows = images.reshape(len(images), -1)
    sample = sampled(len(rows))
    count = np.zeros(len(sample), dtype=int)
    some = rows[sample].astype(np.float64)
    for start in range(0, len(rows), 5000):
        part = rows[start : start + 5000].astype(np.float64)
        # Whole numbers below 2**53: no step rounds.
        squares = (some**2).sum(axis=1)[:, None] + (part**2).sum(axis=1) - 2 * some @ part.T
        count += (squares <= (255 * RADIUS) ** 2).sum(axis=1)
    return count > 1  # each is within any radius of itself


def sampled(n: int) -> np.ndarray:
    """Return the places of the sample."""
    return np.random.default_rng(1).choice(n, size=min(n, SAMPLE), replace=False)


def is_true(way: str, found, folder: Path) -> bool:
    """Tell whether a result is what was planted."""
    from helpers.planted_copies import Planted

    truth = Planted(*(np.load(folder / f"{name}.npy") for name in Planted._fields))
    groups, pairs = truth.groups(), truth.pairs(RADIUS)
    near = np.isin(np.arange(len(groups)), pairs[:2])
    expected = {
        "unique": groups.max() + 1,
        "groups": groups,
        "overlap": np.isin(*halves(groups)[::-1]),
        "near": near,
        "pairs": pairs,
        "brute force": near[sampled(len(groups))],
    }[way]
    if way == "pairs":
        return all(map(np.array_equal, found, expected))
    return np.array_equal(found, expected)


def make(n: str, folder: str) -> None:
    """Make images and the truth about them."""
    from helpers.planted_copies import planted

    for name, value in planted(int(n))._asdict().items():
        np.save(Path(folder, name), value)


def report(way: str, folder: str) -> None:
    """Go one way and print what it cost, and whether it is right."""
    images, find = np.load(Path(folder, "images.npy")), search(way)
    find(images[:200])  # numpy loads parts of itself at their first use
    clock, cpu = time.perf_counter(), time.process_time()
    found = find(images)
    facts = {
        "cpu": time.process_time() - cpu,
        "clock": time.perf_counter() - clock,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,  # Linux counts in KiB
    }
    print(json.dumps(facts | {"true": bool(is_true(way, found, Path(folder)))}))


def fresh(*words: str | int) -> dict:
    """Run a part of this script in a process of its own and return what it prints."""
    # This process stays small: the peak of a child counts from the size of its parent.
    command = [sys.executable, __file__, *map(str, words)]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(out or "{}")


def race(folder: str) -> dict[str, dict]:
    """Let the ways take turns on the largest set, print them side by side, return the best."""
    turns = [{way: fresh(way, folder) for way in WAYS} for _ in range(TURNS)]
    best = {
        way: {cost: min(turn[way][cost] for turn in turns) for cost in turns[0][way]}
        for way in WAYS
    }
    print(f"{'':28}{'CPU s':>9}{'clock s':>9}{'peak MiB':>10}   as planted")
    for way, it in best.items():
        figures = f"{it['cpu']:9.3f}{it['clock']:9.3f}{it['memory']:10.0f}"
        print(f"{WAYS[way]:28}{figures}   {it['true']}", flush=True)
    for way in ("groups", "overlap"):
        ratios = [turn["unique"]["cpu"] / turn[way]["cpu"] for turn in turns]
        print(
            f"CPU: {WAYS[way]} takes {best['unique']['cpu'] / best[way]['cpu']:.0f} times fewer "
            f"seconds (turn by turn: {', '.join(f'{ratio:.0f}' for ratio in ratios)})"
        )
    return best


def main() -> None:
    """Measure all ways at the largest size, then how each grows."""
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    for n in sorted(SIZES, reverse=True):
        with tempfile.TemporaryDirectory() as folder:
            fresh("make", n, folder)
            if n == max(SIZES):
                print(f"{n:,} images of 28 x 28, the least of {TURNS} turns", flush=True)
                costs = race(folder)
                checked = fresh("brute force", folder)["true"]
                print(f"what was planted is what brute force finds for {SAMPLE} images: {checked}")
                print("\nCPU seconds for n images, one turn for those below the largest n")
                print(f"{'n':>9}" + "".join(f"{WAYS[way]:>28}" for way in WAYS))
            else:
                costs = {way: fresh(way, folder) for way in WAYS}
        print(f"{n:9,}" + "".join(f"{costs[way]['cpu']:28.3f}" for way in WAYS), flush=True)
        for way in WAYS:
            seconds[way].append(costs[way]["cpu"])
    # What has to be done for any n hides the growth of the small ones.
    largest = np.log(sorted(SIZES, reverse=True)[:3])
    powers = [np.polyfit(largest, np.log(seconds[way][:3]), 1)[0] for way in WAYS]
    print(f"{'n to the':>9}" + "".join(f"{power:28.2f}" for power in powers))
    print("(power of n fitted to the three largest)")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    elif sys.argv[1] == "make":
        make(*sys.argv[2:])
    else:
        report(*sys.argv[1:])

"""What `import helpers` and the checks of each unit cost, beside numpy alone.

Each import runs in a fresh interpreter; the modules take turns.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from helpers.authoring.course import units

REPEATS = 7


def seconds(module: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
    return time.perf_counter() - begun


def main() -> None:
    modules = ["numpy", "helpers", *(f"helpers.checks.{unit.name}" for unit in units())]
    times: dict[str, list[float]] = {module: [] for module in modules}
    for _ in range(REPEATS):
        for module in modules:
            times[module].append(seconds(module))
    for module in modules:
        more = statistics.median(
            own - base for own, base in zip(times[module], times["numpy"], strict=True)
        )
        print(f"{module:32} {statistics.median(times[module]):6.3f} s, {more:+.3f} s beyond numpy")


if __name__ == "__main__":
    main()

"""Reading HASYv2: the package's way against extracting the archive and opening file by file.

Each way runs in fresh processes: CPU seconds (user and system, with children), seconds by the
clock, and the peak of memory. The ways take turns, and the least of each figure counts, because
other work on the computer only ever adds to it. Run with ``python bench/reading.py``; it reads the
archive below the folder FIRST_LAYERS_DATA, or the embedded one.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import numpy as np

from helpers.data import folders
from helpers.data.registry import datasets

TURNS = 3
WAYS = {
    "plain": "extract, then file by file",
    "ours": "one pass in memory",
    "again": "from the cache",
}


def plain(archive: str, folder: str) -> tuple:
    """The way of the old tutorials: extract everything, then one file after the other."""
    from PIL import Image

    with tarfile.open(archive) as tar:
        # Newer Pythons want to be told that nothing is to be checked, which is the quickest.
        trusted = {"filter": "fully_trusted"} if hasattr(tarfile, "data_filter") else {}
        tar.extractall(folder, **trusted)
    table = next(Path(folder).rglob("hasy-data-labels.csv"))
    with open(table, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    images = []
    for row in rows:
        with Image.open(table.parent / row["path"]) as image:
            images.append(np.asarray(image.convert("L")))
    symbol_ids, labels = np.unique([int(row["symbol_id"]) for row in rows], return_inverse=True)
    latex = {int(row["symbol_id"]): row["latex"] for row in rows}
    names = [latex[number] for number in symbol_ids.tolist()]
    writers = np.array([int(row["user_id"]) for row in rows])
    return np.stack(images), labels, names, symbol_ids, writers, [row["path"] for row in rows]


def ours(archive: str, folder: str) -> tuple:
    """One pass over the archive in memory, without the cache."""
    from helpers.data.hasy import read_symbols

    return read_symbols(archive)[:6]


def again(archive: str, folder: str) -> tuple:
    """What every later start of a kernel does: open the cache."""
    from helpers.data.cache import cached
    from helpers.data.hasy import Symbols, read_symbols

    return cached(Symbols, [archive], folder, lambda: read_symbols(archive))[0][:6]


def measured(way: str, archive: str) -> dict:
    """Run one way in a fresh process and return what it cost and what it gave."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, way, archive, folder]
        if way == "again":  # the second time counts
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def _report(way: str, archive: str, folder: str) -> None:
    started = time.perf_counter()
    value = {"plain": plain, "ours": ours, "again": again}[way](archive, folder)
    seconds = time.perf_counter() - started
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    digest = hashlib.sha256()
    for field in value:
        array = isinstance(field, np.ndarray)
        digest.update(field.tobytes() if array else json.dumps(list(field)).encode())
    facts = {
        "images": len(value[0]),
        "cpu": sum(one.ru_utime + one.ru_stime for one in usage),
        "clock": seconds,
        "memory": max(one.ru_maxrss for one in usage) / 1024,  # Linux counts in KiB
        "digest": digest.hexdigest(),
    }
    print(json.dumps(facts))


def main() -> None:
    """Measure the three ways and print them side by side."""
    hasy = datasets()["hasy"]
    by_hand = folders.found(hasy) if os.environ.get("FIRST_LAYERS_DATA") else []
    archive = by_hand[0] if by_hand else folders.EMBEDDED / hasy.files[0].name
    print(f"{'the real set' if by_hand else 'the embedded set'}, {archive.name}", flush=True)
    turns = []
    for number in range(TURNS):
        turns.append({})
        for way in WAYS:
            turns[-1][way] = it = measured(way, str(archive))
            # Extracting takes minutes where the disk is slow: show that it goes on.
            print(f"turn {number + 1}, {WAYS[way]}: {it['cpu']:.2f} CPU s", flush=True)
    best = {
        way: {cost: min(turn[way][cost] for turn in turns) for cost in ("cpu", "clock", "memory")}
        for way in WAYS
    }
    print(f"{'':28}{'CPU s':>9}{'clock s':>9}{'peak MiB':>10}")
    for way, it in best.items():
        print(f"{WAYS[way]:28}{it['cpu']:9.2f}{it['clock']:9.3f}{it['memory']:10.0f}")
    equal = len({turn[way]["digest"] for turn in turns for way in WAYS}) == 1
    print(f"{turns[0]['ours']['images']:,} images; all results equal bit for bit: {equal}")
    ratios = [turn["plain"]["cpu"] / turn["ours"]["cpu"] for turn in turns]
    print(
        f"CPU: one pass takes {best['plain']['cpu'] / best['ours']['cpu']:.1f} times fewer seconds "
        f"(turn by turn: {', '.join(f'{ratio:.1f}' for ratio in ratios)})"
    )


if __name__ == "__main__":
    _report(*sys.argv[1:]) if len(sys.argv) > 1 else main()

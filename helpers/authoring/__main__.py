"""The commands behind the Makefile: ``python -m helpers.authoring notebooks``."""

from __future__ import annotations

import argparse
import sys

from helpers.authoring import evidence, full_run
from helpers.authoring.course import EditedByHand, make, units
from helpers.authoring.execution import ROOT, CellFailed
from helpers.authoring.lab import copy_to_my
from helpers.authoring.markers import DerivationError


def main() -> int:
    """Run a command; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m helpers.authoring", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    notebooks = commands.add_parser("notebooks", help="bring both trees up to date")
    notebooks.add_argument("--force", action="store_true", help="overwrite files edited by hand")
    notebooks.add_argument("units", nargs="*", help="e.g. 01_xor_network; all when left out")
    commands.add_parser("my", help="copy the student notebooks to my/, overwriting none")
    full = commands.add_parser("full", help="run units on the real data at full size")
    full.add_argument("units", nargs="*", help="e.g. 05; all when left out")
    commands.add_parser("results", help="bring the page of results up to date, without a run")
    commands.add_parser("evidence", help="write the page on how we know that the book works")
    arguments = parser.parse_args()
    if arguments.command == "my":
        copy_to_my(ROOT)
        return 0
    if arguments.command == "full":
        return full_run.full(arguments.units)
    if arguments.command == "results":
        return full_run.renew()
    if arguments.command == "evidence":
        print(f"wrote {evidence.write().relative_to(ROOT)}")
        return 0
    return _notebooks(arguments.units, arguments.force)


def _notebooks(stems: list[str], force: bool) -> int:
    unknown = set(stems) - {unit.stem for unit in units()}
    if unknown:
        print(f"There is no solutions/{sorted(unknown)[0]}.py.", file=sys.stderr)
        return 2
    failed = 0
    for unit in units():
        if stems and unit.stem not in stems:
            continue
        try:
            written = make(unit, force)
        except (DerivationError, EditedByHand, CellFailed) as error:
            print(error, file=sys.stderr)
            failed += 1
            continue
        names = ", ".join(str(path.relative_to(ROOT)) for path in written)
        print(f"{unit.stem}: {'wrote ' + names if names else 'up to date'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

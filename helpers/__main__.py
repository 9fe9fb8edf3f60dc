"""``python -m helpers data list|fetch|verify|where``: the commands of this package."""

from __future__ import annotations

import sys

USAGE = "Usage: python -m helpers data list|fetch|verify|where"


def main() -> int:
    """Run a command; return the exit status."""
    from helpers.data.commands import run

    if sys.argv[1:] in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    if sys.argv[1:2] != ["data"]:
        print(USAGE, file=sys.stderr)
        return 2
    return run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())

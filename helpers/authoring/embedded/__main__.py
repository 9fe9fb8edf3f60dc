"""Make the embedded data sets anew: ``python -m helpers.authoring.embedded [mnist letters ...]``.

The same packages make the same bytes, as long as Pillow's FreeType and zlib are the same.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from helpers.authoring.embedded.fonts import NotThatFont
from helpers.authoring.embedded.letters import make_letters
from helpers.authoring.embedded.mnist import NotMNIST, make_mnist
from helpers.authoring.embedded.packages import NotInstalled
from helpers.data.folders import EMBEDDED


def make_symbols(folder: Path) -> None:
    """Write the symbols; matplotlib is loaded only for them."""
    from helpers.authoring.embedded.symbols import make_symbols

    make_symbols(folder)


MAKERS = {
    "mnist": lambda folder: make_mnist(folder / "mnist"),
    "letters": make_letters,
    "symbols": make_symbols,
}


def main() -> int:
    """Make what was asked for; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m helpers.authoring.embedded")
    parser.add_argument("sets", nargs="*", help=f"of {', '.join(MAKERS)}; all when left out")
    parser.add_argument("--to", type=Path, default=EMBEDDED, help="the folder to write to")
    arguments = parser.parse_args()
    unknown = set(arguments.sets) - set(MAKERS)
    if unknown:
        parser.error(f"there is no {sorted(unknown)[0]!r}; choose from {', '.join(MAKERS)}")
    for name in arguments.sets or MAKERS:
        try:
            MAKERS[name](arguments.to)
        except (NotInstalled, NotMNIST, NotThatFont) as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 1
    for path in sorted(arguments.to.rglob("*")):
        if path.suffix in {".gz", ".bz2"}:
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            print(f"{path.relative_to(arguments.to)}: {len(content):,} bytes, sha256 {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

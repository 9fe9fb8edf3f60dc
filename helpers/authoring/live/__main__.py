"""Write data and still pictures of the live figures: ``python -m helpers.authoring.live``.

Each module of this folder has ``data()``, which returns what its figure's script needs, as a
dictionary for JSON, and ``still(data)``, which draws the picture for a page without scripts.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path

import helpers.authoring.live as live
from helpers.authoring.execution import ROOT, prepare_environment


def names() -> list[str]:
    """Return the names of all live figures."""
    found = (module.name for module in pkgutil.iter_modules(live.__path__))
    return sorted(name for name in found if name != "__main__")


def script(name: str, data: dict) -> str:
    """Return the script that hands a figure its data.

    >>> script("bowl", {"rates": [0.1, 1]})
    'live.data.bowl = {"rates":[0.1,1]};\\n'
    """
    return f"live.data.{name} = {json.dumps(data, separators=(',', ':'), allow_nan=False)};\n"


def write(name: str, folder: Path = ROOT / live.STATIC) -> list[Path]:
    """Write the data and the still picture of one figure; return both paths."""
    from helpers.figures import use_book_style

    use_book_style()
    module = importlib.import_module(f"helpers.authoring.live.{name}")
    data = module.data()
    paths = [folder / f"{name}.data.js", folder / f"{name}.png"]
    paths[0].write_text(script(name, data), encoding="utf-8")
    module.still(data).savefig(paths[1], dpi=110, metadata={"Software": None})
    return paths


if __name__ == "__main__":
    prepare_environment()
    for one in sys.argv[1:] or names():
        print("wrote", *(path.relative_to(ROOT) for path in write(one)))

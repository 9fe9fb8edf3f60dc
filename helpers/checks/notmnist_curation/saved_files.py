"""Is the file that was saved where it should be, and does it give back the same arrays?"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import numpy as np

from helpers.checks.running import Wrong

_ONE_LINE = "`np.savez_compressed(path, X=X, y=y)` writes both arrays into one file."


def expect_only_file(path: Path, here: Path) -> None:
    """Expect that `path` was written, and nothing else below the working folder `here`."""
    files = {file for file in here.rglob("*") if file.is_file()}
    others = sorted(str(file.relative_to(here)) for file in files - {path})
    if path in files:
        if others:
            raise Wrong(
                "second_file",
                f"Besides the file asked for, `{others[0]}` was written. Put everything into one "
                f"file: {_ONE_LINE}",
            )
        return
    if not files:
        raise Wrong("nothing_written", f"After the call there is no file at `path`. {_ONE_LINE}")
    if others[0].endswith(".npy"):
        raise Wrong(
            "np_save",
            f"`np.save` keeps one array, and it wrote `{Path(others[0]).name}` instead of "
            f"`{path.name}`. {_ONE_LINE}",
        )
    if any(file.parent == here for file in files):
        raise Wrong(
            "path_ignored",
            f"The file should be `{path.relative_to(here)}`, but `{others[0]}` was written into "
            "the working folder. Hand `path` on as it is.",
        )
    raise Wrong(
        "other_file",
        f"The file should be called `{path.name}`, but is called `{Path(others[0]).name}`. `path` "
        "ends in .npz already; hand it on as it is.",
    )


def expect_replaced(path: Path, before: bytes) -> None:
    """Expect that nothing is left of the file that was at `path` before."""
    after = path.read_bytes()
    if after == before:
        raise Wrong(
            "old_file_kept",
            "Where a file was before, it is still the old one. Write in any case; "
            "`np.savez_compressed` replaces it.",
        )
    if after.startswith(before[: len(before) // 2]):
        raise Wrong(
            "appended",
            f"Saved over an old file of {len(before)} bytes, the old content is still there, now "
            f"within {len(after)} bytes. Open the file for writing (`'wb'`), not for appending.",
        )


def read_npz(path: Path) -> dict[str, np.ndarray]:
    """Return the arrays `X` and `y` of a .npz file by their names, without unpickling anything."""
    data = path.read_bytes()
    if data.startswith(b"\x93NUMPY"):
        raise Wrong(
            "np_save",
            f"The file is one array as `np.save` writes it, without names. {_ONE_LINE}",
        )
    if data.startswith(b"\x80"):
        raise Wrong(
            "pickled",
            "The file is a pickle. Whoever loads it runs what it says, and only Python reads it. "
            f"{_ONE_LINE}",
        )
    if not zipfile.is_zipfile(path):
        raise Wrong("not_npz", f"`np.load` cannot read the {len(data)} bytes there. {_ONE_LINE}")
    try:
        with np.load(path, allow_pickle=False) as kept:
            _expect_names(set(kept.files))
            return {name: np.asarray(kept[name]) for name in kept.files}
    except (ValueError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        if "allow_pickle" not in str(error):
            raise Wrong(
                "not_npz", f"`np.load` cannot read the file: {error}. {_ONE_LINE}"
            ) from None
        raise Wrong(
            "objects",
            "An array in the file is of type object: numpy pickles those, and "
            "`np.load(path, allow_pickle=False)` refuses them. Save the arrays as they came, of "
            "whole numbers.",
        ) from None


def expect_arrays(kept: dict[str, np.ndarray], X: np.ndarray, y: np.ndarray) -> None:
    """Expect the pictures and labels that were saved."""
    if np.array_equal(kept["X"], y) and np.array_equal(kept["y"], X):
        raise Wrong("exchanged", "`X` holds the labels and `y` the pictures: exchange the two.")
    _expect_pictures(kept["X"], X)
    _expect_labels(kept["y"], y)


def _expect_names(names: set[str]) -> None:
    missing = sorted({"X", "y"} - names)
    if not missing:
        return
    others = sorted(names - {"X", "y"})
    if any(name.startswith("arr_") for name in others):
        raise Wrong(
            "unnamed",
            f"An array in the file is called `{others[0]}`: without a name numpy counts them. "
            "Name them when you save: `X=X, y=y`.",
        )
    if others:
        raise Wrong(
            "other_names",
            f"The arrays should be called `X` and `y`, but `{missing[0]}` is missing and there is "
            f"`{others[0]}`. What stands before `=` is the name: `X=X, y=y`.",
        )
    raise Wrong(
        "array_missing",
        f"There is no `{missing[0]}` in the file. Give both arrays to one call, since a second "
        f"one starts the file anew: {_ONE_LINE}",
    )


def _expect_pictures(came: np.ndarray, X: np.ndarray) -> None:
    if came.dtype != np.uint8:
        raise Wrong(
            "not_uint8",
            f"`X` came as uint8, one byte a pixel, but is saved as {came.dtype}, "
            f"{came.dtype.itemsize} bytes each. Save the pixels as they are, and scale them after "
            "loading.",
        )
    if came.shape != X.shape:
        raise Wrong(
            "pictures_changed",
            f"`X` should come back with shape {X.shape}, but has {came.shape}. Save it as "
            "this call got it.",
        )
    if not np.array_equal(came, X):
        place = tuple(int(i) for i in np.argwhere(came != X)[0])
        raise Wrong(
            "pictures_changed",
            f"`X` comes back changed: the pixel at {place} should be {X[place]}, but is "
            f"{came[place]}. Save exactly the pictures that this call was given.",
        )


def _expect_labels(came: np.ndarray, y: np.ndarray) -> None:
    if came.dtype != y.dtype:
        raise Wrong(
            "labels_changed",
            f"`y` came as {y.dtype}, but is saved as {came.dtype}. Save it as it is, bit for bit.",
        )
    if not np.array_equal(came, y):
        raise Wrong(
            "labels_changed",
            f"`y` should begin with {y[:5].tolist()}, but the file has shape {came.shape} and "
            f"begins with {came.ravel()[:5].tolist()}. Save it as it is, in its order.",
        )

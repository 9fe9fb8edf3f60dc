"""Where data lies: in the package, in a folder filled by hand, or in the cache."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from types import ModuleType

from helpers.data.registry import Dataset

SOURCES = ("embedded", "real")
EMBEDDED = Path(__file__).parent / "embedded"


def chosen(source: str | None) -> str:
    """Return the source to read: the one asked for, else the one the environment names.

    Parameters
    ----------
    source : {"embedded", "real"} or None
        None: what ``FIRST_LAYERS_SOURCE`` says, and ``"embedded"`` when it says nothing.

    Raises
    ------
    ValueError
        When it is neither.

    Examples
    --------
    >>> chosen("real")
    'real'
    """
    name, origin = source, "source"
    if source is None:
        name, origin = os.environ.get("FIRST_LAYERS_SOURCE") or "embedded", "FIRST_LAYERS_SOURCE"
    if name not in SOURCES:
        raise ValueError(f'{origin} is {name!r}. It can be "embedded" or "real".')
    return name


def by_hand() -> Path | None:
    """Return the folder that ``FIRST_LAYERS_DATA`` names, or None when it names none.

    Raises
    ------
    FileNotFoundError
        When there is no such folder: a misspelt name should not end in a download.
    """
    named = os.environ.get("FIRST_LAYERS_DATA")
    if not named:
        return None
    folder = Path(named).expanduser()
    if not folder.is_dir():
        raise FileNotFoundError(
            f"FIRST_LAYERS_DATA names the folder {folder}, and there is no such folder. "
            "Make it, or correct the name."
        )
    return folder


def cache() -> Path:
    """Return the folder for downloads and decoded arrays; it need not exist yet.

    It is the one that ``FIRST_LAYERS_CACHE`` names, else the usual one of this computer.
    """
    named = os.environ.get("FIRST_LAYERS_CACHE")
    if named:
        return Path(named).expanduser()
    return Path(import_pooch().os_cache("first-layers"))


def import_pooch() -> ModuleType:
    """Return the module `pooch`: imported late, and without a word about its progress bars."""
    with warnings.catch_warnings():
        # In a notebook without ipywidgets it asks for them, and no bar of it is ever shown.
        warnings.filterwarnings("ignore", message="IProgress not found")
        import pooch
    return pooch


def downloads(dataset: Dataset) -> Path:
    """Return the folder into which the files of a data set are downloaded."""
    return cache() / "downloads" / dataset.name


def found(dataset: Dataset) -> list[Path]:
    """Return every place where all files of a data set seem to lie, the likeliest first.

    A file counts when its name begins and ends like the published one: ``HASYv2-copy.tar.bz2``
    is a candidate for ``HASYv2.tar.bz2``. Whether it is the right one has yet to be seen.

    Parameters
    ----------
    dataset : Dataset
        What is looked for, below the folder filled by hand and among the downloads.

    Returns
    -------
    list of Path
        Archives; for a data set of several files the folders that hold them all.
    """
    folders = [folder for folder in (by_hand(), downloads(dataset)) if folder and folder.is_dir()]
    places: list[Path] = []
    for folder in folders:
        for current, below, names in os.walk(folder):
            below.sort()
            places += _in_folder(Path(current), names, dataset)
    published = {file.name for file in dataset.files}
    # A stable sort: what lies in the folder filled by hand comes first among equals.
    return sorted(places, key=lambda place: place.is_file() and place.name not in published)


def _in_folder(folder: Path, names: list[str], dataset: Dataset) -> list[Path]:
    if len(dataset.files) > 1:
        return [folder] if {file.name for file in dataset.files} <= set(names) else []
    stem, dot, ending = dataset.files[0].name.partition(".")
    fits = [name for name in names if name.startswith(stem) and name.endswith(dot + ending)]
    return [folder / name for name in sorted(fits)]

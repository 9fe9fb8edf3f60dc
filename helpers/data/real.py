"""The real data sets: found or fetched, and taken only when they are the right ones.

An archive is the right one when it has the published hash, or else when its pixels and labels,
once decoded, are those that the set is known to have. So a copy that was packed anew is as good.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from helpers.data import folders
from helpers.data.cache import cached
from helpers.data.registry import Dataset, File

_MEBIBYTE = 1 << 20


class Format(NamedTuple):
    """How an archive becomes arrays: the NamedTuple that holds them, and what reads them."""

    kind: type
    read: Callable[[Path], tuple]


class NoRealData(OSError):
    """The real data set is not here and could not be fetched."""


def place(dataset: Dataset, form: Format) -> Path:
    """Return where the real archive lies: a file, or the folder that holds its several files.

    Parameters
    ----------
    dataset : Dataset
        What is wanted. It is fetched when it is not there.
    form : Format
        How it is read, should its hash not be the published one.

    Raises
    ------
    NoRealData
        When it is neither here nor to be had; the message says what was tried.
    """
    refused = []
    for candidate in folders.found(dataset):
        if published(candidate, dataset):
            return candidate
        problem = _wrong_content(candidate, dataset, form)
        if problem is None:
            return candidate
        refused.append(problem)
    return _fetched(dataset, refused)


def load(dataset: Dataset, form: Format) -> tuple:
    """Return the arrays of a real data set, from the cache when they were read before.

    Parameters and errors are those of `place`.
    """
    refused = []
    for candidate in folders.found(dataset):
        try:
            value, content = _read(candidate, dataset, form)
        except (OSError, ValueError) as error:
            refused.append(f"{candidate} cannot be read: {error}")
            continue
        if content == dataset.content or published(candidate, dataset):
            return value
        refused.append(_differs(candidate, dataset))
    value, _ = _read(_fetched(dataset, refused), dataset, form)
    return value


def verify(dataset: Dataset, form: Format) -> Iterator[tuple[Path, str | None]]:
    """Read every candidate anew, past the cache; yield its path, and what is wrong with it."""
    for candidate in folders.found(dataset):
        try:
            same = form.read(candidate).content() == dataset.content
        except (OSError, ValueError) as error:
            yield candidate, f"cannot be read: {error}"
            continue
        good = same or published(candidate, dataset)
        yield candidate, None if good else "holds other pictures or labels than the published set"


def published(candidate: Path, dataset: Dataset) -> bool:
    """Tell whether all files of an archive are, byte for byte, the published ones."""
    paths = _paths(candidate, dataset)
    return all(_same(path, file) for path, file in zip(paths, dataset.files, strict=True))


def _same(path: Path, file: File) -> bool:
    if path.stat().st_size != file.size:
        return False
    algorithm, _, wanted = file.hash.partition(":")
    digest = hashlib.new(algorithm, usedforsecurity=False)
    with path.open("rb") as stream:
        while piece := stream.read(_MEBIBYTE):
            digest.update(piece)
    return digest.hexdigest() == wanted


def _paths(candidate: Path, dataset: Dataset) -> list[Path]:
    if candidate.is_dir():
        return [candidate / file.name for file in dataset.files]
    return [candidate]


def _read(candidate: Path, dataset: Dataset, form: Format) -> tuple[tuple, str]:
    paths = _paths(candidate, dataset)
    return cached(form.kind, paths, folders.cache() / "arrays", lambda: form.read(candidate))


def _wrong_content(candidate: Path, dataset: Dataset, form: Format) -> str | None:
    """Return why a candidate is not the data set, or None when it is."""
    try:
        _, content = _read(candidate, dataset, form)
    except (OSError, ValueError) as error:
        return f"{candidate} cannot be read: {error}"
    return None if content == dataset.content else _differs(candidate, dataset)


def _differs(candidate: Path, dataset: Dataset) -> str:
    return f"{candidate} holds other pictures or labels than {dataset.title}."


def _fetched(dataset: Dataset, refused: list[str]) -> Path:
    from helpers.data.download import DownloadError, fetch

    for problem in refused:
        warnings.warn(f"Not used: {problem}", stacklevel=4)
    target = folders.downloads(dataset)
    try:
        paths = [fetch(file, target) for file in dataset.files]
    except DownloadError as error:
        lines = [f"The real {dataset.title} is not here and could not be fetched.", str(error)]
        if len(dataset.files) > 1:
            names = ", ".join(file.name for file in dataset.files)
            lines.append(f"Its {len(dataset.files)} files belong in one folder: {names}.")
        lines += [f"Found but not used: {problem}" for problem in refused]
        lines.append('Or go on with what is built in: source="embedded".')
        raise NoRealData("\n".join(lines)) from None
    return target if len(paths) > 1 else paths[0]

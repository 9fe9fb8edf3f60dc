"""The registry of real data sets: what each is called, where it lies, how it is recognised."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class File:
    """A file that can be downloaded.

    Parameters
    ----------
    name : str
        Its name, without a folder.
    addresses : tuple of str
        Where it lies; tried in this order.
    size : int
        Its exact size in bytes.
    hash : str
        ``"algorithm:hexadecimal digest"``, as pooch writes it.
    """

    name: str
    addresses: tuple[str, ...]
    size: int
    hash: str


@dataclass(frozen=True)
class Embedded:
    """What stands in for a data set in this package: title, licence, and what it is."""

    title: str
    licence: str
    about: str


@dataclass(frozen=True)
class Dataset:
    """What is known of one real data set.

    Parameters
    ----------
    name : str
        What `helpers.data` calls it: ``"mnist"``, ``"notmnist"`` or ``"hasy"``.
    title, licence, credit, about : str
        For a reader.
    images : int
        How many readable images it has.
    content : str
        The digest of its labels and pixels: see `helpers.data.contents`.
    embedded : Embedded
        What stands in for it.
    files : tuple of File
        What its archive consists of.
    """

    name: str
    title: str
    licence: str
    credit: str
    about: str
    images: int
    content: str
    embedded: Embedded
    files: tuple[File, ...]

    @property
    def size(self) -> int:
        """Bytes of all its files together."""
        return sum(file.size for file in self.files)


@cache
def datasets() -> dict[str, Dataset]:
    """Return all data sets by name, as ``registry.toml`` lists them.

    >>> datasets()["hasy"].images
    168233
    """
    text = Path(__file__).with_name("registry.toml").read_text(encoding="utf-8")
    found = {}
    for name, entry in tomllib.loads(text).items():
        files = tuple(
            File(file["name"], tuple(file["addresses"]), file["size"], file["hash"])
            for file in entry.pop("files")
        )
        embedded = Embedded(**entry.pop("embedded"))
        found[name] = Dataset(name=name, files=files, embedded=embedded, **entry)
    return found


def dataset(name: str) -> Dataset:
    """Return one data set by its name.

    Raises
    ------
    ValueError
        When there is none of that name.
    """
    if name not in datasets():
        raise ValueError(f"There is no data set {name!r}. There are {', '.join(datasets())}.")
    return datasets()[name]

"""Arrays that took long to read, kept as .npy files and opened again by memory map.

A cache is a folder of plain files: one .npy for each array, and ``record.json`` with all other
fields and a stamp that says from which archive it was made. It is written under another name and
then renamed, so it is there as a whole or not at all. Nothing is unpickled.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import numpy as np

FORMAT = 1  # to be raised whenever the reading functions come to give something else
RECORD = "record.json"
PATIENCE = 600  # seconds to wait while another process reads the same archive

Kind = TypeVar("Kind", bound=tuple)


class _Unusable(Exception):
    """A cache that is not there, outdated or damaged."""


def cached(
    kind: type[Kind], files: Iterable[Path | str], folder: Path | str, read: Callable[[], Kind]
) -> tuple[Kind, str]:
    """Return what `read` returns, from the cache if it is there and up to date.

    Parameters
    ----------
    kind : class
        A NamedTuple of arrays and of tuples of strings (or of pairs of them), with a method
        ``content()``.
    files : iterable of Path or str
        What `read` reads. When the path, size or time of one changes, it is read anew.
    folder : Path or str
        Where caches lie. If it cannot be written there simply is no cache.
    read : callable
        Takes nothing and returns a `kind`.

    Returns
    -------
    value : kind
        Its arrays are read-only.
    content : str
        What ``value.content()`` returned when it was read.
    """
    stamp = _stamp(kind, files)
    name = hashlib.sha256(json.dumps(stamp).encode()).hexdigest()[:16]
    place = Path(folder) / f"{kind.__name__.lower()}-{name}"
    try:
        return _load(kind, place, stamp)
    except _Unusable:
        pass
    lock = _locked(place)
    try:
        if lock is not None:
            try:
                return _load(kind, place, stamp)  # another process may have been quicker
            except _Unusable:
                pass
        value = read()
        content = value.content()
        if lock is not None:
            try:
                _store(value, content, place, stamp)
                _remove_outdated(place, stamp)
                return _load(kind, place, stamp)
            except (OSError, _Unusable):  # no room, no right: then without a cache
                pass
    finally:
        if lock is not None:
            lock.release()
    for field in value:
        if isinstance(field, np.ndarray):
            field.flags.writeable = False
    return value, content


def _stamp(kind: type, files: Iterable[Path | str]) -> dict:
    found = []
    for file in files:
        path = Path(file).resolve()
        found.append([str(path), *_state(path)])
    return {"format": FORMAT, "fields": list(kind._fields), "files": found}


def _locked(place: Path):
    """Return a lock that only one process holds, or None where there can be no cache."""
    import filelock

    lock = filelock.FileLock(place.parent / f"{place.name.split('-')[0]}.lock")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        return lock.acquire(timeout=PATIENCE).lock
    except (OSError, NotImplementedError, filelock.Timeout):
        return None


def _load(kind: type[Kind], place: Path, stamp: dict) -> tuple[Kind, str]:
    """Return the value and content of a cache; raise `_Unusable` if anything is wrong with it."""
    try:
        seal, _, text = (place / RECORD).read_bytes().partition(b"\n")
        if seal.decode() != hashlib.sha256(text).hexdigest():
            raise _Unusable
        record = json.loads(text)
        if record["stamp"] != stamp:
            raise _Unusable
        fields = {name: _tuple(items) for name, items in record["texts"].items()}
        for name, state in record["arrays"].items():
            path = place / f"{name}.npy"
            if _state(path) != state:  # before anything in it is believed
                raise _Unusable
            fields[name] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        return kind(**fields), record["content"]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, EOFError) as error:
        raise _Unusable from error


def _store(value: tuple, content: str, place: Path, stamp: dict) -> None:
    """Write a cache beside its place, and rename it when it is complete."""
    part = Path(tempfile.mkdtemp(prefix=f"{place.name}.part-", dir=place.parent))
    try:
        record = {"stamp": stamp, "content": content, "arrays": {}, "texts": {}}
        for name, field in value._asdict().items():
            if isinstance(field, np.ndarray):
                np.save(part / f"{name}.npy", field, allow_pickle=False)
                record["arrays"][name] = _state(part / f"{name}.npy")
            else:
                record["texts"][name] = field
        text = json.dumps(record).encode()
        (part / RECORD).write_bytes(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
        shutil.rmtree(place, ignore_errors=True)  # if it is there, it has just proved unusable
        os.rename(part, place)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _state(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _tuple(items: list) -> tuple:
    return tuple(tuple(item) if isinstance(item, list) else item for item in items)


def _remove_outdated(place: Path, stamp: dict) -> None:
    """Remove caches of other states of the same files, and what a killed process left."""
    paths = [path for path, *_ in stamp["files"]]
    front = place.name.split("-")[0]
    for other in place.parent.glob(f"{front}-*"):
        if other == place:
            continue
        try:
            _, _, text = (other / RECORD).read_bytes().partition(b"\n")
            same = [path for path, *_ in json.loads(text)["stamp"]["files"]] == paths
        except (OSError, ValueError, LookupError, TypeError):
            same = True  # what nobody can read is of no use to anybody
        if same:
            shutil.rmtree(other, ignore_errors=True)

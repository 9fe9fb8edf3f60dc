"""Watch what an answer calls, where nothing else tells how it came to its result."""

from __future__ import annotations

import contextlib
import functools
import tarfile
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def replaced(owner: object, name: str, by: Callable) -> Iterator[None]:
    """Put another function in the place of one, and the old one back afterwards."""
    old = getattr(owner, name)
    setattr(owner, name, by)
    try:
        yield
    finally:
        setattr(owner, name, old)


@contextlib.contextmanager
def unpacking_watched() -> Iterator[list[str]]:
    """Collect the names of the methods that write members of an archive to a disk."""
    called: list[str] = []

    def watched(method: Callable) -> Callable:
        @functools.wraps(method)
        def call(*args, **kwargs):
            called.append(method.__name__)
            return method(*args, **kwargs)

        return call

    tar = tarfile.TarFile
    with (
        replaced(tar, "extract", watched(tar.extract)),
        replaced(tar, "extractall", watched(tar.extractall)),
    ):
        yield called

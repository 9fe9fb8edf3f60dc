"""One file from the network, verified before anybody sees it.

`pooch` compares the hash and renames the file to its place. What it does not do is done here:
several addresses, resuming, limits of size and time, pauses that a server asks for, a lock.
"""

from __future__ import annotations

import json  # noqa: F401
import logging
import os
import re  # noqa: F401
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime  # noqa: F401
from http import HTTPStatus  # noqa: F401
from pathlib import Path
from urllib.parse import urljoin  # noqa: F401

import helpers  # noqa: F401
from helpers.data.progress import Progress
from helpers.data.registry import File

REPOSITORY = "https://github.com/first-layers/first-layers"
CHUNK = 1 << 20  # bytes
REDIRECTS = 5
MAY_PASS = (429, 500, 502, 503, 504)
RESERVE = 1 << 20  # bytes of the disk that a download leaves free


@dataclass(frozen=True)
class Limits:
    """When to stop, in seconds unless said otherwise.

    Parameters
    ----------
    tries : int
        Requests to one address before it is given up.
    pause, longest_pause : float
        The first pause between two of them, which doubles each time; and the longest that a
        server may ask for. If it asks for more, its address is given up.
    connect, read : float
        How long to wait for a connection, and for the next bytes.
    total : float
        How long one address may take, pauses included.
    patience : float
        How long to wait for another process that downloads the same file before saying so.
    """

    tries: int = 4
    pause: float = 1.0
    longest_pause: float = 120.0
    connect: float = 10.0
    read: float = 30.0
    total: float = 3600.0
    patience: float = 3.0


LIMITS = Limits()


class DownloadError(OSError):
    """A file could not be downloaded; there is nothing under its name.

    The message names each address with the cause, and where to put the file by hand.
    """


class _Failed(Exception):
    """An address does not give the file; the message is the cause."""


class _MayPass(_Failed):
    """It may be better after a pause, of at least `pause` seconds if the server asked for it."""

    def __init__(self, cause: str, pause: float = 0.0):
        super().__init__(cause)
        self.pause = pause


def fetch(
    file: File,
    folder: Path,
    *,
    limits: Limits = LIMITS,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Path:
    """Return the path of a file with the right hash, downloading it if need be.

    A file that is there and right is returned at once, without network and without writing. One
    that is there and wrong is renamed to ``NAME.wrong``, as it may have been put there by hand,
    and the file is downloaded anew. What has come before a connection broke stays in ``NAME.part``
    and is continued, now or by the next call. Two processes at once download once.

    Parameters
    ----------
    file : File
        Its name, addresses, exact size and hash.
    folder : Path
        Where it goes; made if it is not there.
    limits : Limits, optional
        When to stop.
    sleep, clock : callable, optional
        How to pause, and what time it is, in seconds.

    Returns
    -------
    Path
        The full path of the file.

    Raises
    ------
    DownloadError
        When no address gives the right file, or the folder cannot take it.
    """
    target = Path(folder).resolve() / file.name
    causes: dict[str, str] = {}
    progress = Progress(file.name, file.size)
    try:
        if _is_right(target, file):
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target, limits, progress):
            if _is_right(target, file):
                return target
            _move_aside(target, progress)
            part = _Part(target)  # noqa: F821
            _check_room(file, part)
            transfer = _Transfer(file, part, limits, progress, sleep, clock)  # noqa: F821
            for address in file.addresses:
                try:
                    return _retrieve(address, file, target.parent, transfer)
                except _Failed as error:
                    causes[address] = str(error)
    except OSError as error:
        problem = f"{error.strerror}: {error.filename}" if error.strerror else str(error)
        raise DownloadError(_advice(file, target, causes, problem)) from error
    finally:
        progress.close()
    raise DownloadError(_advice(file, target, causes))


def _is_right(path: Path, file: File) -> bool:
    import pooch

    if not path.is_file() or path.stat().st_size != file.size:
        return False
    algorithm, _, wanted = file.hash.rpartition(":")
    return pooch.file_hash(str(path), alg=algorithm or "sha256") == wanted.lower()


def _move_aside(target: Path, progress: Progress) -> None:
    if target.exists():
        aside = target.with_name(f"{target.name}.wrong")
        os.replace(target, aside)
        progress.say(f"{target} is not the published file. It is now called {aside.name}.")


def _check_room(file: File, part: _Part) -> None:  # noqa: F821
    needed = file.size - part.size() + RESERVE
    free = shutil.disk_usage(part.path.parent).free
    if free < needed:
        raise OSError(
            f"the disk has {free / 1e6:.1f} MB left, and {needed / 1e6:.1f} MB are needed"
        )


@contextmanager
def _alone(target: Path, limits: Limits, progress: Progress) -> Iterator[None]:
    """Keep other processes out. The lock is the system's: that of a dead process is gone."""
    import filelock

    lock = filelock.FileLock(f"{target}.lock")
    try:
        try:
            lock.acquire(timeout=limits.patience)
        except filelock.Timeout:
            progress.say(f"Another process is downloading {target.name}: waiting for it.")
            lock.acquire(timeout=limits.total)
    except filelock.Timeout:
        raise OSError(f"another process has held {target}.lock for too long") from None
    except NotImplementedError:
        pass  # a file system without locks: the hash still protects
    try:
        yield
    finally:
        lock.release()


def _retrieve(address: str, file: File, folder: Path, transfer: _Transfer) -> Path:  # noqa: F821
    """Let pooch download from one address, verify and rename."""
    import pooch

    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel(logging.WARNING)  # it would announce what the progress shows
    try:
        while True:
            try:
                return Path(pooch.retrieve(address, file.hash, file.name, folder, None, transfer))
            except ValueError:  # the wrong hash, and pooch has removed the file
                if not transfer.resumed:
                    raise _Failed("what comes is another file: its hash is wrong") from None
                # An old part may be to blame, so once more from the first byte.
    finally:
        logger.setLevel(level)


def _advice(file: File, target: Path, causes: dict[str, str], problem: str = "") -> str:
    lines = [f"{file.name} could not be downloaded{f': {problem}' if problem else ''}."]
    for address in file.addresses:
        lines.append(f"  {address}: {causes.get(address, 'not tried')}.")
    lines.append(f"You can get it elsewhere and put it, under the name {file.name}, into")
    lines.append(f"  {target.parent}")
    lines.append("or into another folder that the environment variable FIRST_LAYERS_DATA names.")
    return "\n".join(lines)

"""One file from the network, verified before anybody sees it.

`pooch` compares the hash and renames the file to its place. What it does not do is done here:
several addresses, resuming, limits of size and time, pauses that a server asks for, a lock.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.data.answers import Failed
from helpers.data.folders import import_pooch
from helpers.data.progress import Progress
from helpers.data.registry import File
from helpers.data.transfer import Limits, Part, Transfer

LIMITS = Limits()
RESERVE = 1 << 20  # bytes of the disk that a download leaves free


class DownloadError(OSError):
    """A file could not be downloaded; there is nothing under its name.

    The message names each address with the cause, and where to put the file by hand.
    """


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
            part = Part(target)
            _check_room(file, part)
            transfer = Transfer(file, part, limits, progress, sleep, clock)
            for address in file.addresses:
                try:
                    return _download(address, file, target.parent, transfer)
                except Failed as error:
                    causes[address] = str(error)
                except OSError:
                    causes[address] = "what came could not be written here"
                    raise
    except OSError as error:
        problem = ": ".join(str(word) for word in (error.strerror, error.filename) if word)
        raise DownloadError(_advice(file, target, causes, problem or str(error))) from error
    finally:
        progress.close()
    raise DownloadError(_advice(file, target, causes))


def _is_right(path: Path, file: File) -> bool:
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    algorithm, _, wanted = file.hash.rpartition(":")
    return import_pooch().file_hash(str(path), alg=algorithm or "sha256") == wanted.lower()


def _move_aside(target: Path, progress: Progress) -> None:
    if target.exists():
        aside = target.with_name(f"{target.name}.wrong")
        os.replace(target, aside)
        progress.say(f"{target} is not the published file. It is now called {aside.name}.")


def _check_room(file: File, part: Part) -> None:
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


def _download(address: str, file: File, folder: Path, transfer: Transfer) -> Path:
    """Bring a file from one address and have it verified; once anew if an old part was wrong."""
    for last in (False, True):
        transfer.bring(address)
        try:
            return _accepted(address, file, folder, transfer)
        except ValueError:
            if last or not transfer.resumed:
                break
    raise Failed("another file came: its hash is wrong")


def _accepted(address: str, file: File, folder: Path, transfer: Transfer) -> Path:
    """Let pooch compare the hash, then put the file in its place; raise ValueError if it is wrong.

    It compares in a folder of its own: what a process leaves there that is killed meanwhile, under
    whatever name, the next one removes.
    """
    pooch = import_pooch()
    checking = folder / f"{file.name}.checking"
    shutil.rmtree(checking, ignore_errors=True)
    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel(logging.WARNING)  # it would announce what the progress has shown
    try:
        right = pooch.retrieve(
            address, file.hash, fname=file.name, path=checking, downloader=transfer
        )
        os.replace(right, folder / file.name)
        return folder / file.name
    finally:
        logger.setLevel(level)
        shutil.rmtree(checking, ignore_errors=True)


def _advice(file: File, target: Path, causes: dict[str, str], problem: str = "") -> str:
    lines = [f"{file.name} could not be downloaded{f': {problem}' if problem else ''}."]
    for address in file.addresses:
        lines.append(f"  {address}: {causes.get(address, 'not tried')}.")
    lines.append(f"You can get it elsewhere and put it, under the name {file.name}, into")
    lines.append(f"  {target.parent}")
    lines.append("or into another folder that the environment variable FIRST_LAYERS_DATA names.")
    return "\n".join(lines)

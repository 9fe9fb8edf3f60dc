"""Is the cache always either the whole of what was read, or not used?"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import filelock
import numpy as np
import pytest

from helpers.data import cache
from helpers.data.cache import RECORD, cached


class Pictures(NamedTuple):
    """What a reading function gives, small."""

    images: np.ndarray
    labels: np.ndarray
    names: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]

    def content(self) -> str:
        return hashlib.sha256(self.images.tobytes()).hexdigest()


def made() -> Pictures:
    """Return the same pictures each time, in arrays of their own."""
    images = np.random.default_rng(0).integers(0, 256, (50, 28, 28), dtype=np.uint8)
    return Pictures(images, np.arange(50) % 10, ("NA", "nan", "≤"), (("a.png", "is empty"),))


class Reader:
    """Reads an archive through the cache, and counts how often it is really read."""

    def __init__(self, folder: Path):
        self.archive, self.folder, self.count = folder / "a.tar.gz", folder / "cache", 0
        self.archive.write_bytes(b"archive")

    def __call__(self, kind: type = Pictures) -> Pictures:
        value, content = cached(kind, [self.archive], self.folder, self.read)
        right = made()
        assert (value.images == right.images).all()
        assert (value.labels == right.labels).all()
        assert (value.names, value.skipped) == (right.names, right.skipped)
        assert (value.images.dtype, value.labels.dtype) == (np.uint8, np.int64)
        assert content == right.content()
        for array in (value.images, value.labels):
            assert not array.flags.writeable
        return value

    def read(self) -> Pictures:
        self.count += 1
        return made()

    @property
    def places(self) -> list[Path]:
        """All that lies in the cache beside its lock."""
        return [path for path in self.folder.iterdir() if path.suffix != ".lock"]

    @property
    def place(self) -> Path:
        (place,) = self.places
        return place


@pytest.fixture
def load(tmp_path) -> Reader:
    return Reader(tmp_path)


def test_the_second_load_reads_nothing_and_maps_the_files(load):
    load()
    again = load()
    assert load.count == 1
    assert isinstance(again.images.base, np.memmap)
    assert Path(again.images.base.filename) == (load.place / "images.npy").resolve()


def test_it_consists_of_plain_arrays_and_one_record(load):
    load()
    names = {path.name for path in load.place.iterdir()}
    assert names == {"images.npy", "labels.npy", RECORD}
    images = np.load(load.place / "images.npy", allow_pickle=False)
    assert images.dtype == np.uint8
    assert (images == made().images).all()


def other_size(archive: Path) -> None:
    archive.write_bytes(b"another archive")


def other_time(archive: Path) -> None:
    status = archive.stat()
    os.utime(archive, ns=(status.st_atime_ns, status.st_mtime_ns + 1000))


@pytest.mark.parametrize("change", [other_size, other_time])
def test_a_changed_archive_is_read_anew_and_the_old_cache_goes(load, change):
    load()
    old = load.place
    change(load.archive)
    load()
    load()
    assert load.count == 2
    assert load.place != old


def test_caches_of_two_archives_stay_side_by_side(load, tmp_path):
    load()
    load.archive = shutil.copy2(load.archive, tmp_path / "b.tar.gz")
    load()
    assert load.count == 2
    assert len(load.places) == 2


def test_a_cache_in_an_older_format_is_rebuilt_and_goes(load, monkeypatch):
    load()
    old = load.place
    monkeypatch.setattr(cache, "FORMAT", cache.FORMAT + 1)
    load()
    assert load.count == 2
    assert load.place != old


def test_a_cache_with_other_fields_is_rebuilt(load):
    class Fewer(NamedTuple):
        images: np.ndarray

        def content(self) -> str:
            return "of another version"

    Fewer.__name__ = "Pictures"
    cached(Fewer, [load.archive], load.folder, lambda: Fewer(made().images))
    load()
    load()
    assert load.count == 1
    assert len(load.places) == 1


# Damage


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    before = path.stat().st_mtime_ns
    path.write_bytes(data)
    os.utime(path, ns=(before, before + 1_000_000))  # clocks of file systems tick slowly


def lengthened(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("name", ["images.npy", "labels.npy", RECORD])
@pytest.mark.parametrize("damage", [cut, emptied, flipped, lengthened, Path.unlink])
def test_a_damaged_cache_is_rebuilt(load, damage, name):
    load()
    damage(load.place / name)
    load()
    assert load.count == 2
    load()
    assert load.count == 2
    names = {path.name for path in load.place.rglob("*")}
    assert names == {"images.npy", "labels.npy", RECORD}


@pytest.mark.parametrize("name", ["images.npy", RECORD])
def test_a_folder_in_place_of_a_file_is_replaced(load, name):
    load()
    replaced_by_a_folder(load.place / name)
    load()
    load()
    assert load.count == 2


def seal(place: Path, **changes) -> None:
    """Write the record anew with some changes, as if it had been written so."""
    record = json.loads((place / RECORD).read_bytes().partition(b"\n")[2]) | changes
    text = json.dumps(record).encode()
    (place / RECORD).write_bytes(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)


@pytest.mark.parametrize(
    "changes",
    [
        {"stamp": {"format": 0, "fields": [], "files": []}},
        {"stamp": None},
        {"arrays": {}},
        {"texts": {}},
        {"texts": None},
        {"arrays": {"images": [1, 2], "labels": [1, 2]}},
    ],
    ids=[
        "older stamp",
        "no stamp",
        "no arrays",
        "no texts",
        "texts of a wrong kind",
        "other state",
    ],
)
def test_a_whole_record_of_something_else_is_not_believed(load, changes):
    load()
    seal(load.place, **changes)
    load()
    assert load.count == 2
    load()
    assert load.count == 2


class Payload:
    """Makes a folder when it is unpickled."""

    def __init__(self, mark: Path):
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


def test_nothing_is_unpickled(load, tmp_path):
    load()
    path = load.place / "labels.npy"
    np.save(path, np.array([Payload(tmp_path / "unpickled")], object), allow_pickle=True)
    arrays = {name: [(load.place / f"{name}.npy").stat().st_size] for name in ("images", "labels")}
    for name, state in arrays.items():
        state.append((load.place / f"{name}.npy").stat().st_mtime_ns)
    seal(load.place, arrays=arrays)
    load()
    assert load.count == 2
    assert not (tmp_path / "unpickled").exists()
    pickle.loads(pickle.dumps(Payload(tmp_path / "unpickled")))
    assert (tmp_path / "unpickled").exists()  # it would have worked


# Interruptions


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["save", "rename"])
def test_what_stops_the_writing_leaves_nothing_behind(load, monkeypatch, step, error):
    def stop(*_, **__):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(*{"save": (np, "save"), "rename": (os, "rename")}[step], stop)
        if isinstance(error, OSError):
            load()  # without a cache
        else:
            with pytest.raises(KeyboardInterrupt):
                load()
    assert load.places == []
    load()
    load()
    assert load.count == 2


def test_an_error_while_reading_reaches_the_caller_and_leaves_nothing(load):
    def fail():
        raise ValueError("damaged archive")

    with pytest.raises(ValueError, match="damaged archive"):
        cached(Pictures, [load.archive], load.folder, fail)
    assert load.places == []
    load()


def test_where_no_folder_can_be_made_the_archive_is_read_each_time(load):
    load.folder.write_text("a file, not a folder")
    load()
    load()
    assert load.count == 2


def test_who_waits_too_long_for_another_process_reads_without_a_cache(load, monkeypatch):
    monkeypatch.setattr(cache, "PATIENCE", 0)
    load.folder.mkdir()
    with filelock.FileLock(load.folder / "pictures.lock"):
        load()
        assert load.places == []
    load()
    assert len(load.places) == 1


PROCESS = """
import os, sys, time
from pathlib import Path
import numpy as np
from helpers.data.cache import cached
from tests.test_cache import Pictures, made

archive, folder, log, task = *map(Path, sys.argv[1:4]), sys.argv[4]
save = np.save

def die(path, array, **options):
    save(path, array[: len(array) // 2], **options)
    if "labels" in str(path):
        os._exit(9)

def read():
    with log.open("a") as file:
        file.write("read ")
    time.sleep(0.2)
    return made()

if task == "die":
    np.save = die
else:  # both begin when both are there
    log.with_name(task).touch()
    while not all(log.with_name(one).exists() for one in ("first", "second")):
        time.sleep(0.01)
value, content = cached(Pictures, [archive], folder, read)
assert content == made().content() and (value.images == made().images).all()
"""


@pytest.fixture
def process(load, tmp_path) -> Callable[[str], subprocess.Popen]:
    def start(task: str) -> subprocess.Popen:
        command = [sys.executable, "-c", PROCESS, load.archive, load.folder, tmp_path / "log", task]
        return subprocess.Popen(command, cwd=Path(__file__).parents[1])

    return start


def test_two_processes_at_once_read_once(load, process, tmp_path):
    both = [process("first"), process("second")]
    assert [one.wait(60) for one in both] == [0, 0]
    assert (tmp_path / "log").read_text() == "read "
    load()
    assert load.count == 0


def test_a_process_killed_while_it_writes_leaves_nothing_that_is_used(load, process):
    assert process("die").wait(60) == 9
    assert ".part-" in load.place.name
    load()
    assert load.count == 1
    assert ".part-" not in load.place.name

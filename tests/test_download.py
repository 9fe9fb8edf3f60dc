"""Does a download end with the right file, or with no file and a sentence that helps?

The server is one of `tests.fault_server`, on this computer. Nothing waits: time is injected.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
import yaml

import helpers
from helpers.authoring.execution import ROOT
from helpers.data.download import DownloadError, Limits, fetch
from helpers.data.registry import File
from tests.fault_server import (
    MOST,
    FaultServer,
    drop,
    good,
    held,
    page,
    redirect,
    status,
    whole,
)
from tests.faults import DATA, FAULTS, HALF, HTML, MONDAY, OTHER, SIZE

NAME = "letters.tar.gz"
SHA256 = "sha256:" + hashlib.sha256(DATA).hexdigest()


class Time:
    """A clock that only goes on when somebody sleeps."""

    def __init__(self):
        self.now, self.pauses = 0.0, []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def nothing_between_us_and_the_server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.delenv("FIRST_LAYERS_PROGRESS", raising=False)


@pytest.fixture
def server():
    with FaultServer(DATA) as running:
        yield running


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "downloads"


def wanted(*addresses: str, size: int = SIZE, digest: str = SHA256) -> File:
    return File(NAME, addresses, size, digest)


def get(file: File, folder: Path, times: Time | None = None, **limits) -> Path:
    times = times or Time()
    return fetch(file, folder, limits=Limits(**limits), sleep=times.sleep, clock=times.clock)


def refused(file: File, folder: Path, times: Time | None = None, **limits) -> str:
    """Fetch a file that cannot be had; check that nothing is there, return the message."""
    with pytest.raises(DownloadError) as caught:
        get(file, folder, times, **limits)
    assert not (folder / NAME).exists()
    message = str(caught.value)
    assert str(folder) in message
    assert all(f"\n  {address}: " in message for address in file.addresses)
    return message


def left(folder: Path) -> set[str]:
    """Return which files lie in the folder, without the lock."""
    return {path.name for path in folder.iterdir()} - {f"{NAME}.lock"}


PART = {f"{NAME}.part", f"{NAME}.part.json"}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_fault_ends_with_the_right_file_or_with_none_and_a_cause(fault, server, folder):
    server.script, times = fault.script, Time()
    file = wanted(server.address())
    if fault.cause:
        message = refused(file, folder, times, read=fault.read)
        line = next(line for line in message.splitlines() if server.address() in line)
        assert fault.cause in line
        assert left(folder) == (PART if fault.part else set())
    else:
        path = get(file, folder, times, read=fault.read)
        assert path == folder / NAME
        assert path.read_bytes() == DATA
        assert left(folder) == {NAME}
    assert len(server.requests) == fault.requests
    assert times.pauses == list(fault.pauses)
    # Whatever the server had to say, the sockets' buffers and little else could be filled.
    assert max(server.sent) < MOST / 2


def test_the_message_names_addresses_causes_and_where_to_put_the_file(server, folder):
    server.script = [status(404), page(HTML)]
    first, second = server.address("/a"), server.address("/b")
    lines = refused(wanted(first, second), folder).splitlines()
    assert lines[0] == f"{NAME} could not be downloaded."
    assert lines[1] == f"  {first}: it is not there (404 Not Found)."
    assert lines[2] == f"  {second}: a web page came instead of the file."
    assert NAME in lines[3]
    assert lines[4] == f"  {folder}"
    assert "FIRST_LAYERS_DATA" in lines[5]


def test_the_second_address_helps_whatever_the_first_one_sent(server, folder):
    server.script = [whole(OTHER), good()]
    file = wanted(server.address("/a"), server.address("/b"))
    assert get(file, folder).read_bytes() == DATA
    assert left(folder) == {NAME}


def test_the_folder_is_named_in_full(server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    server.script = [status(404)]
    assert f"  {tmp_path / 'here'}\n" in refused(wanted(server.address()), Path("here"))


def test_a_dropped_download_is_continued_where_it_broke(server, folder):
    server.script = [drop(HALF), good()]
    get(wanted(server.address()), folder)
    assert "Range" not in server.requests[0]
    assert server.requests[1]["Range"] == f"bytes={HALF}-"
    assert server.requests[1]["If-Range"] == '"1"'
    assert sum(server.sent) == SIZE


def test_the_next_call_continues_what_an_earlier_one_left(server, folder):
    server.script = [drop(HALF), good()]
    refused(wanted(server.address()), folder, tries=1)
    assert (folder / f"{NAME}.part").read_bytes() == DATA[:HALF]
    assert get(wanted(server.address()), folder).read_bytes() == DATA
    assert server.sent == [HALF, HALF]


def test_a_page_in_between_does_not_cost_what_has_come(server, folder):
    server.script = [drop(HALF), page(HTML), good()]
    for _ in range(2):
        refused(wanted(server.address()), folder, tries=1)
    assert get(wanted(server.address()), folder).read_bytes() == DATA
    assert server.sent[2] == HALF


def test_a_weak_etag_is_no_version_but_the_date_is(server, folder):
    server.script = [drop(HALF, 'W/"1"', Last_Modified=MONDAY), whole()]
    get(wanted(server.address()), folder)
    assert server.requests[1]["If-Range"] == MONDAY


def test_what_came_from_one_address_is_not_continued_from_another(server, folder):
    server.script = [drop(HALF), good()]
    file = wanted(server.address("/a"), server.address("/b"))
    assert get(file, folder, tries=1).read_bytes() == DATA
    assert "Range" not in server.requests[1]


def test_a_part_that_is_whole_needs_no_request(server, folder):
    server.script = [drop(SIZE - 1)]
    refused(wanted(server.address()), folder, tries=1)
    (folder / f"{NAME}.part").write_bytes(DATA)
    assert get(wanted(server.address()), folder).read_bytes() == DATA
    assert len(server.requests) == 1


def test_what_a_process_left_that_was_killed_while_it_compared_is_removed(server, folder):
    checking = folder / f"{NAME}.checking"
    checking.mkdir(parents=True)
    (checking / "tmp1234").write_bytes(OTHER)
    server.script = [good()]
    assert get(wanted(server.address()), folder).read_bytes() == DATA
    assert left(folder) == {NAME}


@pytest.mark.parametrize("length", [HALF, SIZE, SIZE + 1])
def test_a_damaged_part_is_thrown_away(server, folder, length):
    server.script = [drop(HALF), good()]
    refused(wanted(server.address()), folder, tries=1)
    (folder / f"{NAME}.part").write_bytes(OTHER.ljust(SIZE + 1)[:length])
    assert get(wanted(server.address()), folder).read_bytes() == DATA
    assert left(folder) == {NAME}


@pytest.mark.parametrize("note", ["", "{", "[]", '{"address": 1}'])
def test_a_part_without_a_readable_note_is_not_continued(server, folder, note):
    server.script = [drop(HALF), good()]
    refused(wanted(server.address()), folder, tries=1)
    (folder / f"{NAME}.part.json").write_text(note)
    assert get(wanted(server.address()), folder).read_bytes() == DATA
    assert "Range" not in server.requests[1]


def test_nobody_listening_is_not_asked_again(folder):
    times, address = Time(), f"http://127.0.0.1:{free_port()}/file"
    assert f"{address}: no connection (Connection refused)" in refused(
        wanted(address), folder, times
    )
    assert times.pauses == []


@pytest.mark.parametrize(
    "owner, step, error",
    [
        (socket, "getaddrinfo", socket.gaierror(socket.EAI_NONAME, "Name or service not known")),
        (socket.socket, "connect", TimeoutError("timed out")),
    ],
    ids=["unknown name", "no answer"],
)
def test_a_host_that_is_not_there_is_not_asked_again(folder, monkeypatch, owner, step, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(owner, step, fail)
    times, address = Time(), "http://127.0.0.1:9/file"
    message = refused(wanted(address), folder, times)
    assert f"{address}: no connection ({error.args[-1]})." in message
    assert times.pauses == []


def test_the_second_address_helps_when_nobody_listens_at_the_first(server, folder):
    server.script = [good()]
    file = wanted(f"http://127.0.0.1:{free_port()}/file", server.address())
    assert get(file, folder).read_bytes() == DATA


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_an_address_that_takes_too_long_is_given_up(server, folder):
    server.script, times = [good()], Time()
    file = wanted(server.address())
    ticks = iter(range(0, 10**9, 50))
    with pytest.raises(DownloadError, match=r"bytes came in time"):
        fetch(file, folder, limits=Limits(total=10), sleep=times.sleep, clock=lambda: next(ticks))
    assert not (folder / NAME).exists()


def test_no_pause_goes_beyond_the_total_time(server, folder):
    server.script, times = [status(503, Retry_After=90)], Time()
    refused(wanted(server.address()), folder, times, total=100)
    assert times.pauses == [90]


def test_a_request_says_who_asks_and_wants_the_bytes_as_they_are(server, folder):
    server.script = [redirect("/elsewhere"), good()]
    get(wanted(server.address()), folder)
    repository = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]
    agent = f"first-layers/{helpers.__version__} (+{repository['url']})"
    for headers in server.requests:
        assert headers["User-Agent"] == agent
        assert headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("algorithm", ["sha256", "md5"])
def test_a_right_file_is_returned_without_network_and_without_writing(folder, algorithm):
    folder.mkdir()
    (folder / NAME).write_bytes(DATA)
    file = wanted(digest=f"{algorithm}:{hashlib.new(algorithm, DATA).hexdigest()}")
    assert get(file, folder) == folder / NAME
    assert [path.name for path in folder.iterdir()] == [NAME]


@pytest.mark.parametrize("old", [b"", DATA[:-1], OTHER])
def test_a_wrong_file_is_moved_aside_and_fetched_anew(server, folder, old):
    folder.mkdir()
    (folder / NAME).write_bytes(old)
    server.script = [status(404), good()]
    refused(wanted(server.address()), folder)
    assert get(wanted(server.address()), folder).read_bytes() == DATA
    assert (folder / f"{NAME}.wrong").read_bytes() == old


def test_md5_is_compared_too(server, folder):
    server.script = [whole(OTHER), good()]
    file = wanted(server.address(), digest="md5:" + hashlib.md5(DATA).hexdigest())
    assert "its hash is wrong" in refused(file, folder)
    assert get(file, folder).read_bytes() == DATA


def test_a_full_disk_is_found_before_anything_is_asked(server, folder, monkeypatch):
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=400_000))
    message = refused(wanted(server.address()), folder)
    assert "the disk has 0.4 MB left, and 1.3 MB are needed" in message
    assert f"{server.address()}: not tried" in message
    assert server.requests == []


@pytest.mark.skipif(os.name == "nt", reason="the limit is one of Unix")
def test_a_disk_that_fills_up_on_the_way_leaves_nothing(server, folder):
    import resource

    server.script = [good()]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (HALF, before[1]))
    try:
        message = refused(wanted(server.address()), folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert message.startswith(f"{NAME} could not be downloaded: File too large.")
    assert f"{server.address()}: what came could not be written here" in message
    assert left(folder) == set()


@pytest.fixture
def locked_folder():
    """A folder that this process may read and not write; root steps down for it."""
    if os.name == "nt":
        pytest.skip("rights are another matter on Windows")
    folder = Path(tempfile.mkdtemp()).resolve()
    root = os.geteuid() == 0
    try:
        yield folder, lambda: (folder.chmod(0o555), root and os.seteuid(65534))
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_read_only_folder_is_named(server, locked_folder):
    folder, lock = locked_folder
    server.script = [good()]
    get(wanted(server.address()), folder / "warm-up")  # modules are loaded while root may
    lock()
    message = refused(wanted(server.address()), folder)
    assert message.startswith(f"{NAME} could not be downloaded: Permission denied: {folder}")
    assert "FIRST_LAYERS_DATA" in message
    assert len(server.requests) == 1


def test_a_right_file_in_a_read_only_folder_is_good_enough(locked_folder):
    folder, lock = locked_folder
    (folder / NAME).write_bytes(DATA)
    get(wanted(), folder)
    lock()
    assert get(wanted(), folder) == folder / NAME


def test_a_file_in_the_place_of_the_folder_is_an_error_with_a_message(server, tmp_path):
    (tmp_path / "downloads").write_text("no folder")
    assert str(tmp_path / "downloads") in refused(wanted(server.address()), tmp_path / "downloads")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    """Make a certificate for 127.0.0.1 that nobody has signed."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    files = folder / "certificate.pem", folder / "key.pem"
    arguments = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    out = ["-out", str(files[0]), "-keyout", str(files[1])]
    command = ["openssl", *arguments.split(), *names.split(), *out]
    subprocess.run(command, check=True, capture_output=True)
    return files


@pytest.fixture
def secure(certificate, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate[0]))
    with FaultServer(DATA, certificate=certificate) as running:
        yield running


def test_a_redirect_from_https_to_plain_http_is_refused(secure, server, folder):
    secure.script, server.script = [redirect(server.address())], [good()]
    message = refused(wanted(secure.address()), folder)
    assert f"it redirects to an unencrypted address, {server.address()}" in message
    assert server.requests == []


def test_a_redirect_within_https_or_from_plain_http_is_followed(secure, server, folder):
    server.script = [redirect(secure.address())]
    secure.script = [redirect("/elsewhere"), good()]
    assert get(wanted(server.address()), folder).read_bytes() == DATA


def test_a_way_back_from_https_to_http_is_refused_too(secure, server, folder):
    server.script = [redirect(secure.address()), good()]
    secure.script = [redirect(server.address())]
    assert "unencrypted" in refused(wanted(server.address()), folder)
    assert len(server.requests) == 1


def test_a_certificate_that_nobody_signed_is_named(secure, folder, monkeypatch):
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    secure.script, times = [good()], Time()
    message = refused(wanted(secure.address()), folder, times)
    assert re.search(r"no connection \(self.signed certificate\)", message)
    assert times.pauses == []


CHILD = f"""
import sys
from pathlib import Path
from helpers.data.download import Limits, fetch
from helpers.data.registry import File
file = File({NAME!r}, (sys.argv[1],), {SIZE}, {SHA256!r})
print(fetch(file, Path(sys.argv[2]), limits=Limits(patience=0.05)))
"""


@pytest.fixture
def children(server, folder):
    """Start processes that fetch the file; end those that are left."""
    with ExitStack() as stack:

        def start() -> subprocess.Popen:
            child = subprocess.Popen(
                [sys.executable, "-c", CHILD, server.address(), str(folder)],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(child)
            stack.callback(child.kill)
            return child

        yield start


def until(condition, seconds: float = 30) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def test_two_processes_download_once_and_both_get_the_file(server, folder, children):
    gate = threading.Event()
    server.script = [held(gate, HALF)]
    first = children()
    until(lambda: server.requests)
    second = children()
    assert f"Another process is downloading {NAME}" in second.stderr.readline()
    gate.set()
    for child in (first, second):
        assert child.communicate(timeout=30)[0].strip() == str(folder / NAME)
    assert len(server.requests) == 1
    assert (folder / NAME).read_bytes() == DATA


@pytest.mark.parametrize(
    "answer, resumes",
    [(good(), True), (whole(), False), (good('"2"'), False)],
    ids=["resumed", "range ignored", "another version by now"],
)
def test_a_killed_process_leaves_no_lock_and_the_next_one_goes_on(
    server, folder, children, answer, resumes
):
    gate = threading.Event()
    server.script = [held(gate, HALF), answer]
    child, part = children(), folder / f"{NAME}.part"
    until(lambda: part.exists() and part.stat().st_size)
    child.kill()
    child.wait()
    assert left(folder) == PART
    have = part.stat().st_size
    assert get(wanted(server.address()), folder).read_bytes() == DATA
    assert left(folder) == {NAME}
    assert server.requests[1]["Range"] == f"bytes={have}-"
    assert server.sent[1] == (SIZE - have if resumes else SIZE)
    gate.set()


def test_a_lock_that_is_never_freed_is_named(server, folder):
    import filelock

    folder.mkdir()
    with filelock.FileLock(folder / f"{NAME}.lock"):
        message = refused(wanted(server.address()), folder, patience=0.01, total=0.01)
    assert f"another process has held {folder / NAME}.lock for too long" in message


def test_a_file_system_without_locks_is_no_reason_to_fail(server, folder, monkeypatch):
    import filelock

    def acquire(*_, **__):
        raise NotImplementedError

    monkeypatch.setattr(filelock.FileLock, "acquire", acquire)
    server.script = [good()]
    assert get(wanted(server.address()), folder).read_bytes() == DATA


def test_an_interrupted_download_is_continued(server, folder):
    server.script, ticks = [good()], iter([0.0])

    def interrupted_clock() -> float:
        for now in ticks:
            return now
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(wanted(server.address()), folder, clock=interrupted_clock)
    assert left(folder) == PART
    assert get(wanted(server.address()), folder).read_bytes() == DATA
    assert server.requests[1]["Range"].startswith("bytes=")

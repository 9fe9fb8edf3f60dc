"""The bytes of one file from one address: resumed, retried, and stopped when they cannot be right.

`helpers.data.download` hands a `Transfer` to pooch as its downloader. Whether the hash is right
is for pooch to say.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin

import helpers
from helpers.data.progress import Progress
from helpers.data.registry import File

REPOSITORY = "https://github.com/first-layers/first-layers"
CHUNK = 1 << 20  # bytes
REDIRECTS = 5
MAY_PASS = (429, 500, 502, 503, 504)
WORDS = {403: "the server refuses it", 404: "it is not there", 429: "the server is overrun"}


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


class Failed(Exception):
    """An address does not give the file; the message is the cause."""


class MayPass(Failed):
    """It may be better after a pause, of at least `pause` seconds if the server asked for it."""

    def __init__(self, cause: str, pause: float = 0.0):
        super().__init__(cause)
        self.pause = pause


class Part:
    """The first bytes of a file, and a note from which address and version they came.

    Parameters
    ----------
    target : Path
        The file that it is to become. The part lies beside it.
    """

    def __init__(self, target: Path):
        self.path = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.part.json")

    def size(self) -> int:
        """Return how many bytes are here; 0 when there is no part."""
        return self.path.stat().st_size if self.path.exists() else 0

    def version(self, address: str) -> str | None:
        """Return which version came from an address ("" if unnamed); None if it is another's."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return note["version"] if note["address"] == address else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def begin(self, address: str, version: str) -> None:
        """Throw away what is here, for other bytes to come."""
        self.discard()
        note = json.dumps({"address": address, "version": version})
        self._note.write_text(note, encoding="utf-8")

    def discard(self) -> None:
        """Remove the part and its note."""
        # The part first: without a note it is worth nothing, but a note could be glued to it.
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)


class Transfer:
    """A downloader for pooch: called with an address, it leaves the whole file where told.

    Parameters
    ----------
    file : File
        What is wanted.
    part : Part
        Where its bytes are gathered.
    limits : Limits
        When to stop.
    progress : Progress
        Is told how far it is.
    sleep, clock : callable
        How to pause, and what time it is, in seconds.

    Attributes
    ----------
    resumed : bool
        Whether some bytes of the last call came from an earlier request.
    """

    def __init__(
        self,
        file: File,
        part: Part,
        limits: Limits,
        progress: Progress,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._file, self._part, self._limits = file, part, limits
        self._progress, self._sleep, self._clock = progress, sleep, clock
        self._session = _session()
        self.resumed = False

    def __call__(self, address: str, output: str, _=None) -> None:
        """Bring the file from `address` to the path `output`.

        Raises
        ------
        Failed
            With the cause. A part stays if it can be continued.
        OSError
            When the disk does not take it; then nothing stays.
        """
        end = self._clock() + self._limits.total
        for number in range(1, self._limits.tries + 1):
            try:
                self._try(address, end)
                break
            except MayPass as trouble:
                pause = max(trouble.pause, self._limits.pause * 2 ** (number - 1))
                if trouble.pause > self._limits.longest_pause:
                    cause = f"{trouble}; it asks to come back in {trouble.pause:.0f} s"
                    raise Failed(cause) from None
                if number == self._limits.tries or self._clock() + pause > end:
                    raise Failed(f"{trouble}; requests: {number}") from None
                self._progress.say(f"{self._file.name}: {trouble}. Again in {pause:.0f} s.")
                self._sleep(pause)
        os.replace(self._part.path, output)
        self._part.discard()

    def _try(self, address: str, end: float) -> None:
        """Make one request, and take what comes."""
        version = self._part.version(address)
        have = self._part.size() if version is not None else 0
        if have > self._file.size:
            self._part.discard()
            have = 0
        self.resumed = have > 0
        if have == self._file.size:
            return  # it was killed between the last byte and the hash
        wanted = {"Range": f"bytes={have}-"} if have else {}
        if have and version:
            wanted["If-Range"] = version
        with self._answer(address, wanted) as response:
            if response.status_code == 206 and have:
                self._refuse_another_part(response, have, version)
            elif response.status_code == 200:
                have, self.resumed = 0, False
            else:
                raise self._refusal(response)
            self._take(response, address, have, end)

    def _answer(self, address: str, wanted: dict[str, str]):
        """Return the response to a request, after a bounded number of redirects."""
        seconds = (self._limits.connect, self._limits.read)
        for _ in range(REDIRECTS + 1):
            with _network_errors_in_words():
                response = self._session.get(address, headers=wanted, stream=True, timeout=seconds)
            if not response.is_redirect:
                return response
            response.close()
            address, before = urljoin(address, response.headers["Location"]), address
            if before.startswith("https:") and not address.startswith("https:"):
                raise Failed(f"it redirects to an unencrypted address, {address}")
        raise Failed(f"more than {REDIRECTS} redirects")

    def _refuse_another_part(self, response, have: int, version: str) -> None:
        """Raise if the server sends other bytes than those that were asked for."""
        size = self._file.size
        place = re.fullmatch(
            r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", "").strip()
        )
        fits = place and int(place[1]) == have and place[2] in (str(size), "*")
        now = _version(response)
        if not fits or (version and now and now != version):
            self._part.discard()
            raise MayPass("the file there has changed, or another part of it came")

    def _refusal(self, response) -> Failed:
        code = response.status_code
        if code == 416:  # the part is longer than what is there now
            self._part.discard()
            return MayPass("the file there is shorter than the part that had come")
        phrase = HTTPStatus(code).phrase if code in list(HTTPStatus) else "unknown"
        cause = f"{WORDS.get(code, 'the server answers')} ({code} {phrase})"
        return MayPass(cause, _asked_pause(response)) if code in MAY_PASS else Failed(cause)

    def _take(self, response, address: str, have: int, end: float) -> None:
        """Append the body to the part; nothing is thrown away before the answer looks right."""
        size, pieces = self._file.size, self._pieces(response, have, end)
        first = next(pieces, b"")
        if not have:
            claimed = response.headers.get("Content-Length", "")
            if _is_page(response, first, size):
                raise Failed("a web page came instead of the file")
            if claimed.isdigit() and int(claimed) != size:
                raise Failed(f"the file there has {int(claimed):,} bytes instead of {size:,}")
            self._part.begin(address, _version(response))
        self._progress.start(have)
        try:
            with open(self._part.path, "ab") as stream:
                while first:
                    have += stream.write(first)
                    self._progress.at(have)
                    first = next(pieces, b"")
        except _WrongLength as error:
            self._part.discard()
            raise Failed(str(error)) from None
        except OSError:
            self._part.discard()
            raise

    def _pieces(self, response, have: int, end: float) -> Iterator[bytes]:
        """Yield the body's bytes as they were sent, and raise unless the file gets full."""
        size = self._file.size
        # `read1` does not wait until a chunk is full: the limits hold on a slow line as well.
        # Raw, since a server that thinks .gz an encoding must not have it undone.
        read = getattr(response.raw, "read1", response.raw.read)
        while True:
            with _network_errors_in_words(f"after {have:,} of {size:,} bytes"):
                piece = read(min(CHUNK, size - have + 1), decode_content=False)
            have += len(piece)
            if have > size:
                raise _WrongLength(f"more came than the {size:,} bytes of the file")
            if not piece:
                break
            yield piece
            if self._clock() > end:
                raise MayPass(f"{have:,} of {size:,} bytes came in {self._limits.total:.0f} s")
        if have < size:
            if "chunked" in response.headers.get("Transfer-Encoding", "").lower():
                raise _WrongLength(f"the file there ends after {have:,} of {size:,} bytes")
            raise MayPass(f"the connection was dropped after {have:,} of {size:,} bytes")


class _WrongLength(Failed):
    """The body is complete, or goes on, and cannot be the file."""


def _session():
    import requests

    session = requests.Session()
    agent = f"first-layers/{helpers.__version__} (+{REPOSITORY})"
    session.headers.update({"User-Agent": agent, "Accept-Encoding": "identity"})
    # `Transfer` follows redirects itself. Told not to, requests would still read their bodies
    # to the end, however long; told that there are none, it leaves them alone.
    session.get_redirect_target = lambda response: None
    return session


def _version(response) -> str:
    """Return what names the version of a file in If-Range; a weak ETag does not."""
    tag = response.headers.get("ETag", "")
    return tag if tag.startswith('"') else response.headers.get("Last-Modified", "")


def _is_page(response, first: bytes, size: int) -> bool:
    if first.lstrip(b"\xef\xbb\xbf \t\r\n")[:14].lower().startswith((b"<!doctype html", b"<html")):
        return True
    claims = "html" in response.headers.get("Content-Type", "").lower()
    return claims and response.headers.get("Content-Length") != str(size)


def _asked_pause(response) -> float:
    """Return the seconds that Retry-After asks for; 0 when it does not or makes no sense."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        # The server's clock, where it is told: this computer's may be wrong.
        sent = response.headers.get("Date")
        now = parsedate_to_datetime(sent) if sent else datetime.now(UTC)
        return max(0.0, (parsedate_to_datetime(asked) - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0


@contextmanager
def _network_errors_in_words(when: str = "") -> Iterator[None]:
    """Turn what requests and urllib3 raise into `MayPass` and `Failed`."""
    import requests
    from urllib3.exceptions import HTTPError, MaxRetryError, ReadTimeoutError

    try:
        yield
    except (requests.ReadTimeout, ReadTimeoutError):
        raise MayPass(f"the server fell silent {when}".strip()) from None
    except requests.ConnectionError as error:
        if error.args and not isinstance(error.args[0], MaxRetryError):
            raise MayPass("the connection was dropped") from None
        raise Failed(f"no connection ({_innermost(error)})") from None
    except requests.RequestException as error:
        raise Failed(f"the address cannot be used ({error})") from None
    except HTTPError:
        raise MayPass(f"the connection was dropped {when}".strip()) from None


def _innermost(error: BaseException) -> str:
    while isinstance(deeper := error.__cause__ or error.__context__, BaseException):
        error = deeper
    return getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)

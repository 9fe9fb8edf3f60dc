"""What a server answers to one request, with every failure put in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import helpers

REPOSITORY = "https://github.com/first-layers/first-layers"
CHUNK = 1 << 20  # bytes
REDIRECTS = 5
MAY_PASS = (429, 500, 502, 503, 504)
WORDS = {403: "the server refuses it", 404: "it is not there", 429: "the server is overrun"}


class Failed(Exception):
    """An address does not give the file; the message is the cause."""


class WrongContent(Failed):
    """What comes cannot be the file, and nothing of it is worth keeping."""


class MayPass(Failed):
    """It may be better after a pause, of at least `pause` seconds if the server asked for it."""

    def __init__(self, cause: str, pause: float = 0.0):
        super().__init__(cause)
        self.pause = pause


def open_session():
    """Return a requests.Session that says who asks, and follows no redirects by itself."""
    import requests

    opened = requests.Session()
    agent = f"first-layers/{helpers.__version__} (+{REPOSITORY})"
    opened.headers.update({"User-Agent": agent, "Accept-Encoding": "identity"})
    # `request` follows redirects. Told not to, requests would still read their bodies to the
    # end, however long; told that there are none, it leaves them alone.
    opened.get_redirect_target = lambda response: None
    return opened


def request(session, address: str, headers: dict[str, str], timeout: tuple[float, float]):
    """Return the response to a request, its body unread.

    Parameters
    ----------
    session : requests.Session
        From `open_session`.
    address : str
        Where to ask. Redirects are followed, a few, and never from https to http.
    headers : dict
        What to ask for.
    timeout : (float, float)
        Seconds to wait for a connection, and for the next bytes.

    Raises
    ------
    Failed, MayPass
        When there is no response.
    """
    for _ in range(REDIRECTS + 1):
        with _errors_in_words():
            response = session.get(address, headers=headers, stream=True, timeout=timeout)
        if not response.is_redirect:
            return response
        response.close()
        with _errors_in_words():
            before, address = address, urljoin(address, response.headers["Location"])
        if urlsplit(before).scheme == "https" != urlsplit(address).scheme:
            raise Failed(f"it redirects to an unencrypted address, {address}")
    raise Failed(f"more than {REDIRECTS} redirects")


def pieces(response, have: int, size: int) -> Iterator[bytes]:
    """Yield the body of a response in pieces of at most 1 MiB, just as it was sent.

    Parameters
    ----------
    response : requests.Response
        Its body follows the first `have` bytes.
    have, size : int
        Bytes that are here, and that the whole file has.

    Raises
    ------
    MayPass
        When it breaks off.
    WrongContent
        When it is complete and too short, or goes on beyond `size`: then no more of it is read.
    """
    # `read1` does not wait until a chunk is full: limits of time hold on a slow line as well.
    # Raw, since a server that takes .gz for an encoding must not have it undone.
    read = getattr(response.raw, "read1", response.raw.read)
    while True:
        with _errors_in_words(f"after {have:,} of {size:,} bytes"):
            piece = read(CHUNK, decode_content=False)
        if not piece:
            break
        have += len(piece)
        if have > size:
            raise WrongContent(f"more came than the {size:,} bytes of the file")
        yield piece
    if have < size:
        chunked = "chunked" in response.headers.get("Transfer-Encoding", "").lower()
        if chunked or response.headers.get("Content-Length") == "0":
            raise WrongContent(f"the file there ends after {have:,} of {size:,} bytes")
        raise MayPass(f"the connection was dropped after {have:,} of {size:,} bytes")


def check_start(response, first: bytes, size: int) -> None:
    """Raise if a whole file is announced, or begins, that cannot be the wanted one.

    Parameters
    ----------
    response : requests.Response
        With status 200.
    first : bytes
        The first piece of its body.
    size : int
        What the file has.

    Raises
    ------
    WrongContent
    """
    claimed = response.headers.get("Content-Length", "")
    start = first.lstrip(b"\xef\xbb\xbf \t\r\n")[:14].lower()
    page = "html" in response.headers.get("Content-Type", "").lower() and claimed != str(size)
    if page or start.startswith((b"<!doctype html", b"<html")):
        raise WrongContent("a web page came instead of the file")
    if re.fullmatch(r"\d{1,15}", claimed) and int(claimed) != size:
        raise WrongContent(f"the file there has {int(claimed):,} bytes instead of {size:,}")


def continues(response, have: int, size: int, before: str) -> bool:
    """Tell whether a partial response follows the first `have` bytes of version `before`."""
    place = re.fullmatch(
        r"bytes (\d{1,15})-\d+/(\d+|\*)", response.headers.get("Content-Range", "").strip()
    )
    now = version(response)
    return (
        place is not None
        and int(place[1]) == have
        and place[2] in (str(size), "*")
        and (not before or not now or now == before)
    )


def version(response) -> str:
    """Return what names the version of a file in If-Range, or ""; a weak ETag does not."""
    tag = response.headers.get("ETag", "")
    return tag if tag.startswith('"') else response.headers.get("Last-Modified", "")


def refusal(response) -> Failed:
    """Return what to raise for a status that brings no file."""
    code = response.status_code
    phrase = HTTPStatus(code).phrase if code in list(HTTPStatus) else "unknown"
    cause = f"{WORDS.get(code, 'the server answers')} ({code} {phrase})"
    return MayPass(cause, _asked_pause(response)) if code in MAY_PASS else Failed(cause)


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
def _errors_in_words(when: str = "") -> Iterator[None]:
    """Turn what requests, urllib3 and urllib raise into `MayPass` and `Failed`."""
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
    except (requests.RequestException, ValueError) as error:
        raise Failed(f"the address cannot be used ({error})") from None
    except HTTPError:
        raise MayPass(f"the connection was dropped {when}".strip()) from None


def _innermost(error: BaseException) -> str:
    while deeper := error.__cause__ or error.__context__:
        error = deeper
    return getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)

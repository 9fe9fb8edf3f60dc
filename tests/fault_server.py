"""A web server on this computer that answers as it is told: well, or with one fault after another.

Each answer is a function that takes the handler of a request. A script is a list of them: the
first request gets the first, and so on; the last one is repeated. `good`, `status`, `drop`, ...
return such functions.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PIECE = 64 << 10
MOST = 64 << 20  # an endless body ends here after all, so that a failing test does
AT_ONCE = struct.pack("ii", 1, 0)  # linger for no time: that resets a connection

Answer = Callable[["Handler"], None]


@dataclass
class FaultServer:
    """A server in a thread; ``with`` starts and stops it.

    Parameters
    ----------
    data : bytes
        The file that it holds, under every path.
    script : list of Answer
        How it answers.
    certificate : (Path, Path), optional
        Certificate and key, for https.

    Attributes
    ----------
    requests : list of dict
        The headers of each request.
    sent : list of int
        Bytes of the body that each answer has handed over to the network.
    """

    data: bytes
    script: list[Answer] = field(default_factory=list)
    certificate: tuple[Path, Path] | None = None
    requests: list[dict[str, str]] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)

    def __enter__(self) -> FaultServer:
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.faults, self._http.daemon_threads = self, True
        self._http.handle_error = lambda *_: None  # clients that hang up are expected
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.certificate)
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._stopped.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def address(self, path: str = "/file") -> str:
        """Return the address of a path."""
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://127.0.0.1:{self._http.server_address[1]}{path}"

    def next_answer(self, headers: dict[str, str]) -> tuple[int, Answer]:
        """Note a request; return its number, from 0, and how to answer it."""
        with self._lock:
            self.requests.append(headers)
            self.sent.append(0)
            number = len(self.requests) - 1
        return number, self.script[min(number, len(self.script) - 1)]

    def wait(self, seconds: float) -> None:
        """Wait, but not beyond the server's end."""
        self._stopped.wait(seconds)


class Handler(BaseHTTPRequestHandler):
    """Passes each request on to the server's script."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        self.number, answer = self.faults.next_answer(dict(self.headers))
        answer(self)

    @property
    def faults(self) -> FaultServer:
        return self.server.faults

    def head(self, code: int, **headers: str | int) -> None:
        """Send the status and headers; an underscore in a name stands for a hyphen."""
        self.send_response_only(code)
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def body(self, data: bytes) -> None:
        """Send bytes and count them."""
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            self.faults.sent[self.number] += len(piece)  # first: the client may be very quick
            self.wfile.write(piece)

    def log_message(self, *_) -> None:
        pass


def good(etag: str = '"1"', ignores_if_range: bool = False) -> Answer:
    """Serve the file as it should be, parts included."""

    def answer(handler: Handler) -> None:
        data = handler.faults.data
        first = _asked(handler, "" if ignores_if_range else etag)
        if first >= len(data):
            handler.head(416, Content_Length=0)
        else:
            _send(handler, data, first, len(data), etag, {})

    return answer


def drop(
    after: int,
    etag: str = '"1"',
    data: bytes | None = None,
    reset: bool = False,
    **headers: str,
) -> Answer:
    """Break the connection when `after` bytes of the body were sent: end it, or reset it."""

    def answer(handler: Handler) -> None:
        first = _asked(handler, etag)
        body = handler.faults.data if data is None else data
        _send(handler, body, first, first + after, etag, headers)
        if reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            handler.rfile.close()  # the connection is closed with its last user
            handler.connection.close()
        else:
            handler.connection.shutdown(socket.SHUT_RDWR)

    return answer


def whole(data: bytes | None = None, length: bool = True, **headers: str) -> Answer:
    """Send all of `data`, or of the file, whatever range was asked for."""

    def answer(handler: Handler) -> None:
        body = handler.faults.data if data is None else data
        announced = {"Content_Length": len(body)} if length else {}
        handler.head(200, **announced, **headers)
        handler.body(body)

    return answer


def part_of(data: bytes, first: int, content_range: str) -> Answer:
    """Send the end of `data` with a ``Content-Range`` that may be a lie."""

    def answer(handler: Handler) -> None:
        body = data[first:]
        handler.head(206, Content_Length=len(body), Content_Range=content_range)
        handler.body(body)

    return answer


def status(code: int, **headers: str | int) -> Answer:
    """Answer with a status and a short text."""

    def answer(handler: Handler) -> None:
        handler.head(code, Content_Length=2, **headers)
        handler.body(b"no")

    return answer


def page(text: bytes) -> Answer:
    """Send a web page, as if all were well."""
    return whole(text, Content_Type="text/html; charset=utf-8")


def chunked(data: bytes, endless: bool = False, code: int = 200, **headers: str) -> Answer:
    """Send chunks without saying how many; `data` again and again if it is to be endless."""

    def answer(handler: Handler) -> None:
        handler.head(code, Transfer_Encoding="chunked", **headers)
        while data:
            handler.wfile.write(b"%x\r\n" % len(data))
            handler.body(data)
            handler.wfile.write(b"\r\n")
            if not endless or handler.faults.sent[handler.number] >= MOST:
                break
        handler.wfile.write(b"0\r\n\r\n")

    return answer


def redirect(to: str) -> Answer:
    """Send the client elsewhere."""
    return status(302, Location=to)


def hang_up(handler: Handler) -> None:
    """Break the connection without a word."""
    handler.connection.shutdown(socket.SHUT_RDWR)


def babble(handler: Handler) -> None:
    """Say something that is no HTTP."""
    handler.wfile.write(b"220 mail.example ready\r\n")


def silent(after: int = 0) -> Answer:
    """Say nothing for a long time: at once, or when `after` bytes of the body were sent."""

    def answer(handler: Handler) -> None:
        if after:
            handler.head(200, Content_Length=len(handler.faults.data), ETag='"1"')
            handler.body(handler.faults.data[:after])
        handler.faults.wait(60)

    return answer


def held(gate: threading.Event, after: int) -> Answer:
    """Send `after` bytes of the body, and the others when the gate opens."""

    def answer(handler: Handler) -> None:
        data = handler.faults.data
        handler.head(200, Content_Length=len(data), ETag='"1"')
        handler.body(data[:after])
        gate.wait(60)
        handler.body(data[after:])

    return answer


def _asked(handler: Handler, etag: str) -> int:
    """Return the first byte that was asked for; 0 when all, or another version, was."""
    asked = handler.headers.get("Range")
    if not asked or (etag and handler.headers.get("If-Range", etag) != etag):
        return 0
    return int(asked.removeprefix("bytes=").removesuffix("-"))


def _send(handler: Handler, data: bytes, first: int, last: int, etag: str, headers: dict) -> None:
    if etag:
        headers = {"ETag": etag, **headers}
    if first:
        headers = {**headers, "Content_Range": f"bytes {first}-{len(data) - 1}/{len(data)}"}
    handler.head(206 if first else 200, Content_Length=len(data) - first, **headers)
    handler.body(data[first:last])

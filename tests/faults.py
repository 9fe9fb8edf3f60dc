"""What can go wrong between a server and a download, and how each of it has to end."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.fault_server import (
    babble,
    chunked,
    drop,
    good,
    hang_up,
    page,
    part_of,
    redirect,
    silent,
    status,
    whole,
)

SIZE = 300_000
DATA = random.Random(0).randbytes(SIZE)
OTHER = random.Random(1).randbytes(SIZE)
HALF = SIZE // 2
HTML = b"<!DOCTYPE html><title>Sign in</title>" + b" " * 500
MONDAY = "Mon, 05 Jan 2026 10:00:00 GMT"
LATER = "Mon, 05 Jan 2026 10:00:40 GMT"


@dataclass
class Fault:
    """What goes wrong and how it ends: with the file, or with a cause."""

    name: str
    script: list
    cause: str = ""  # "" where the file comes after all
    requests: int = 1
    pauses: tuple = ()
    part: bool = False  # whether what has come stays, to be continued
    read: float = 20  # seconds until silence is noticed


FAULTS = [
    Fault("none", [good()]),
    Fault("none, in chunks", [chunked(DATA)]),
    Fault("none, without a length", [whole(length=False)]),
    Fault("none, but called a web page", [whole(Content_Type="text/html")]),
    Fault("none, but .gz called an encoding", [whole(Content_Encoding="gzip")]),
    Fault("dropped half-way", [drop(HALF), good()], requests=2, pauses=(1,)),
    Fault("reset half-way", [drop(HALF, reset=True), good()], requests=2, pauses=(1,)),
    Fault("silent half-way", [silent(HALF), good()], requests=2, pauses=(1,), read=1),
    Fault("dropped at once", [hang_up, good()], requests=2, pauses=(1,)),
    Fault("silent at once", [silent(), good()], requests=2, pauses=(1,), read=1),
    Fault("dropped twice", [drop(9), drop(9), good()], requests=3, pauses=(1, 2)),
    Fault("always dropped", [drop(1000)], "dropped after 4,000 of 300,000", 4, (1, 2, 4), True),
    Fault(
        "always silent", [silent()], "the server fell silent (requests: 4)", 4, (1, 2, 4), read=0.1
    ),
    Fault("no HTTP", [babble], "the connection was dropped (requests: 4)", 4, (1, 2, 4)),
    Fault("403", [status(403)], "refuses it (403 Forbidden)"),
    Fault("404", [status(404)], "not there (404 Not Found)"),
    Fault("451", [status(451)], "answers (451 Unavailable For Legal Reasons)"),
    Fault("a status that nobody knows", [status(799)], "answers (799 unknown)"),
    Fault("a part that nobody wanted", [part_of(DATA, 0, "")], "206 Partial Content"),
    Fault("429, 7 s", [status(429, Retry_After=7), good()], requests=2, pauses=(7,)),
    Fault(
        "429, until a date",
        [status(429, Retry_After=LATER, Date=MONDAY), good()],
        requests=2,
        pauses=(40,),
    ),
    Fault(
        "429, until a past date",
        [status(429, Retry_After=MONDAY, Date=LATER), good()],
        requests=2,
        pauses=(1,),
    ),
    Fault("429, an hour", [status(429, Retry_After=3600)], "asks to come back in 3600 s"),
    Fault("429, always", [status(429)], "429 Too Many Requests", 4, (1, 2, 4)),
    Fault("503, soon?", [status(503, Retry_After="soon"), good()], requests=2, pauses=(1,)),
    Fault("500, in 9 s", [status(500, Retry_After=9), good()], requests=2, pauses=(9,)),
    Fault("500, always", [status(500)], "500 Internal Server Error", 4, (1, 2, 4)),
    *(
        Fault(f"{code}, once", [status(code), good()], requests=2, pauses=(1,))
        for code in (500, 502, 503, 504)
    ),
    Fault("web page", [page(HTML)], "a web page came"),
    Fault("web page in chunks", [chunked(HTML, Content_Type="text/html")], "a web page came"),
    Fault("web page without tags", [chunked(b"No.", Content_Type="text/html")], "a web page came"),
    Fault("web page longer than the file", [page(HTML + bytes(SIZE))], "a web page came"),
    Fault("web page as long as the file", [page(HTML.ljust(SIZE))], "a web page came"),
    Fault("web page called data", [whole(b"\n<html>")], "a web page came"),
    Fault("shorter file", [whole(DATA[:-1])], "has 299,999 bytes instead of 300,000"),
    Fault("shorter, in chunks", [chunked(DATA[:-1])], "ends after 299,999 of 300,000"),
    Fault(
        "shorter, without a length",
        [whole(DATA[:-1], length=False)],
        "dropped after 299,999 of 300,000",
        requests=4,
        pauses=(1, 2, 4),
        part=True,
    ),
    Fault("nothing", [whole(b"")], "the file there ends after 0 of 300,000"),
    Fault("a length of 5,000 digits", [whole(length=False, Content_Length="9" * 5000)]),
    Fault("longer file", [whole(DATA + b"x")], "has 300,001 bytes"),
    Fault("longer, in chunks", [chunked(DATA + b"x")], "more came than the 300,000"),
    Fault("endless", [chunked(bytes(1 << 16), endless=True)], "more came than the 300,000"),
    Fault("wrong hash", [whole(OTHER)], "its hash is wrong"),
    Fault("wrong hash, resumed", [drop(9, data=OTHER), whole(OTHER)], "its hash", 2, (1,)),
    Fault("redirect", [redirect("/elsewhere"), good()], requests=2),
    Fault("redirect loop", [redirect("/file")], "more than 5 redirects", 6),
    Fault("redirect to ftp", [redirect("ftp://127.0.0.1/")], "address cannot be used"),
    Fault("redirect to nonsense", [redirect("http://[")], "address cannot be used"),
    Fault("redirect without an aim", [status(302)], "302 Found"),
    Fault(
        "redirect with an endless body",
        [chunked(bytes(1 << 16), endless=True, code=302, Location="/elsewhere"), good()],
        requests=2,
    ),
    Fault("range ignored", [drop(HALF), whole()], requests=2, pauses=(1,)),
    Fault("range refused", [drop(HALF), status(416), good()], requests=3, pauses=(1, 2)),
    Fault(
        "other range than asked for",
        [drop(HALF), part_of(DATA, 9, f"bytes 9-{SIZE - 1}/{SIZE}"), good()],
        requests=3,
        pauses=(1, 2),
    ),
    Fault(
        "range that begins at 5,000 digits",
        [drop(HALF), part_of(DATA, HALF, f"bytes {'9' * 5000}-1/{SIZE}"), good()],
        requests=3,
        pauses=(1, 2),
    ),
    Fault(
        "range of a file of another size",
        [drop(HALF), part_of(DATA, HALF, f"bytes {HALF}-{SIZE}/{SIZE + 1}"), good()],
        requests=3,
        pauses=(1, 2),
    ),
    Fault(
        "range that goes on beyond the file",
        [drop(HALF), part_of(DATA + b"x", HALF, f"bytes {HALF}-{SIZE - 1}/{SIZE}")],
        "more came than the 300,000",
        requests=2,
        pauses=(1,),
    ),
    Fault(
        "empty range, again and again",
        [drop(HALF), chunked(b"", code=206, Content_Range=f"bytes {HALF}-{SIZE - 1}/{SIZE}")],
        "ends after 150,000",
        requests=2,
        pauses=(1,),
    ),
    Fault(
        "changed file",
        [drop(HALF, '"old"', OTHER), good('"new"')],
        requests=2,
        pauses=(1,),
    ),
    Fault(
        "changed file, If-Range ignored",
        [drop(HALF, '"old"', OTHER), good('"new"', ignores_if_range=True)],
        requests=3,
        pauses=(1, 2),
    ),
    Fault(
        "changed file without ETag",  # glued together, found out by the hash
        [drop(HALF, "", OTHER), good("")],
        requests=3,
        pauses=(1,),
    ),
]

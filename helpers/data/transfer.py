"""One file from one address, resumed and retried until it is whole.

Whether its hash is right is not asked here: `helpers.data.download` leaves that to pooch.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from helpers.data import answers
from helpers.data.answers import Failed, MayPass, WrongContent
from helpers.data.progress import Progress
from helpers.data.registry import File


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
    """Brings a file, and then hands it to pooch as the downloader that pooch calls.

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
        Whether some of the bytes came before the last request.
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
        self.resumed = False

    def bring(self, address: str) -> None:
        """Make the part as long as the file is, from one address.

        Raises
        ------
        Failed
            With the cause. The part stays if it can be continued.
        OSError
            When the disk does not take it; then nothing stays.
        """
        end = self._clock() + self._limits.total
        with answers.open_session() as session:
            for number in range(1, self._limits.tries + 1):
                try:
                    self._try(session, address, end)
                    break
                except MayPass as trouble:
                    self._pause(trouble, number, end)

    def __call__(self, address: str, output: str, pooch=None) -> None:
        """Move the whole part to the path `output`; pooch removes it there if it is wrong."""
        os.replace(self._part.path, output)
        self._part.discard()

    def _pause(self, trouble: MayPass, number: int, end: float) -> None:
        """Wait before the next request, or raise if there should be none."""
        if trouble.pause > self._limits.longest_pause:
            raise Failed(f"{trouble}; it asks to come back in {trouble.pause:.0f} s") from None
        pause = max(trouble.pause, self._limits.pause * 2 ** (number - 1))
        if number == self._limits.tries or self._clock() + pause > end:
            raise Failed(f"{trouble} (requests: {number})") from None
        self._progress.say(f"{self._file.name}: {trouble}. Next request in {pause:.0f} s.")
        self._sleep(pause)

    def _try(self, session, address: str, end: float) -> None:
        """Make one request, and take what comes."""
        version = self._part.version(address)
        have = self._part.size() if version is not None else 0
        self.resumed = have > 0
        if have == self._file.size:
            return  # it was killed between the last byte and the hash
        wanted = {"Range": f"bytes={have}-"} if have else {}
        if have and version:
            wanted["If-Range"] = version
        seconds = (self._limits.connect, self._limits.read)
        with answers.request(session, address, wanted, seconds) as response:
            code = response.status_code
            if have and code in (206, 416):
                if code == 416 or not answers.continues(response, have, self._file.size, version):
                    self._part.discard()
                    raise MayPass("the file there is not the one that had begun to come")
            elif code == 200:
                have, self.resumed = 0, False
            else:
                raise answers.refusal(response)
            self._take(response, address, have, end)

    def _take(self, response, address: str, have: int, end: float) -> None:
        """Append the body to the part; an older one stays until a new body looks right."""
        size, begun = self._file.size, have > 0
        pieces = answers.pieces(response, have, size)
        try:
            piece = next(pieces, b"")
            if not begun:
                answers.check_start(response, piece, size)
                begun = True
                self._part.begin(address, answers.version(response))
            self._progress.start(have)
            with open(self._part.path, "ab") as stream:
                while piece:
                    have += stream.write(piece)
                    self._progress.at(have)
                    if have < size and self._clock() > end:
                        raise MayPass(f"no more than {have:,} of {size:,} bytes came in time")
                    piece = next(pieces, b"")
        except (WrongContent, OSError):
            if begun:
                self._part.discard()
            raise

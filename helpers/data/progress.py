"""How far a download is: one line of text, for a terminal or a notebook."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable


class Progress:
    """Says how far a download is; quiet where nobody watches.

    A terminal gets one line that is written over again and again, a notebook a plain line every
    few seconds, a file or a pipe none. ``FIRST_LAYERS_PROGRESS=0`` silences everything.

    Parameters
    ----------
    name : str
        What is downloaded.
    size : int
        How many bytes it has.
    stream : text stream, optional
        Where to write; standard error when left out.
    clock : callable, optional
        Returns seconds.
    """

    def __init__(
        self,
        name: str,
        size: int,
        stream=None,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._name, self._size, self._clock = name, size, clock
        self._stream = sys.stderr if stream is None else stream
        # A program without a console has no standard error at all.
        self._silent = os.environ.get("FIRST_LAYERS_PROGRESS") == "0" or self._stream is None
        self._rewrites = not self._silent and self._stream.isatty()
        notebook = type(self._stream).__module__.startswith("ipykernel")
        self._shows = self._rewrites or (notebook and not self._silent)
        self._interval = 0.2 if self._rewrites else 5.0
        self._width = 0  # of the line that the cursor is still on
        self.start(0)

    def start(self, done: int) -> None:
        """Begin to measure the speed: `done` bytes were here before."""
        self._before, self._begun, self._last = done, self._clock(), None

    def at(self, done: int) -> None:
        """Show that `done` bytes are here, unless something was shown a moment ago."""
        if not self._shows:
            return
        now = self._clock()
        waits = self._last is not None and now - self._last < self._interval
        if waits and done < self._size:
            return
        self._last = now
        speed = (done - self._before) / max(now - self._begun, 1e-3)
        line = (
            f"{self._name}: {100 * done // max(self._size, 1)} %, "
            f"{done / 1e6:.1f} of {self._size / 1e6:.1f} MB, {speed / 1e6:.1f} MB/s"
        )
        self._write("\r" + line.ljust(self._width) if self._rewrites else line + "\n")
        self._width = len(line) if self._rewrites else 0

    def say(self, sentence: str) -> None:
        """Write a sentence on a line of its own."""
        if not self._silent:
            self.close()
            self._write(sentence + "\n")

    def close(self) -> None:
        """Leave the line that was written over, if there is one."""
        if self._width:
            self._write("\n")
            self._width = 0

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()

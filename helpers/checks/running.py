"""Run a student's function so that nothing it does can hurt: limits, copies, captured output."""

from __future__ import annotations

import contextlib
import copy
import ctypes
import io
import os
import random
import sys
import threading
import traceback
import warnings
from collections.abc import Callable

import numpy as np

from helpers.checks.blanks import holds_blank
from helpers.checks.error_advice import advice


class Wrong(Exception):
    """A check found that an answer is not right.

    Parameters
    ----------
    hint : str
        The stable name of the misconception, e.g. ``"slope_at_z"``.
    message : str
        What was expected, what came and what to look at; Markdown's backticks mark code.
    table : str, optional
        Numbers to show below the message, set in a fixed-width font.
    """

    def __init__(self, hint: str, message: str, table: str | None = None):
        super().__init__(message)
        self.hint = hint
        self.message = message
        self.table = table


class Blank(Exception):
    """A blank (``...``) was met where a value was needed."""


class OutOfTime(BaseException):
    """Raised inside a student's code when its time is up; not an `Exception` on purpose."""


class _Stop(OutOfTime):
    """`OutOfTime` as it is raised from outside, in a thread that may swallow it.

    A bare ``except:`` around the body of a loop catches every one. So the first line that runs
    after this was raised, which is in the handler, raises a second one, and that leaves the loop.
    """

    def __init__(self):
        super().__init__()
        frame = sys._getframe(1)
        while frame is not None and frame.f_globals is not globals():
            frame.f_trace = _raise_out_of_time
            frame = frame.f_back
        sys.settrace(_raise_out_of_time)


def _raise_out_of_time(frame, event, argument):
    if frame.f_globals is globals():
        return None
    if event == "line":
        raise OutOfTime
    return _raise_out_of_time


def run_with_limit(task: Callable[[], object], seconds: float) -> object:
    """Run `task` and give up after `seconds`, on every platform.

    The task runs in a thread of its own. When its time is up, an exception is raised inside
    that thread: a loop in Python stops there. A single long call into compiled code cannot be
    stopped. It is left behind and the caller goes on, unless it never lets go of the
    interpreter's lock (``sum(range(10**12))``): then the reader has to interrupt the kernel.

    Parameters
    ----------
    task : callable
        Called without arguments.
    seconds : float
        How long to wait, in seconds.

    Returns
    -------
    object
        What `task` returned.

    Raises
    ------
    OutOfTime
        When `task` did not return in time.
    BaseException
        Whatever `task` raised.
    """
    if sys.platform == "emscripten":  # a browser's Python has no threads to start
        return task()
    outcome: dict[str, object] = {}
    done = threading.Event()  # not `join`: interrupted, it takes a running thread for a dead one

    def target() -> None:
        try:
            outcome["value"] = task()
        except (Exception, OutOfTime) as error:
            outcome["error"] = error
        except BaseException as error:  # a KeyboardInterrupt that the answer's own code raised
            outcome["error"] = RuntimeError(type(error).__name__)
        finally:
            sys.settrace(None)
            done.set()

    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    try:
        done.wait(seconds)
    finally:  # also when the reader interrupts the cell
        _stop(thread, done)
    if "value" in outcome:
        return outcome["value"]
    raise outcome.get("error", OutOfTime())


def _stop(thread: threading.Thread, done: threading.Event) -> None:
    # Nested handlers swallow the first attempts, so there are several.
    for _ in range(20):
        if done.is_set():
            break
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(_Stop)
        )
        done.wait(0.1)


@contextlib.contextmanager
def undisturbed():
    """Keep random states, warnings filters and the screen as they were; yield what was printed."""
    # The old global state of numpy is what a student's code may have set or may use.
    numpy_state, python_state = np.random.get_state(), random.getstate()  # noqa: NPY002
    deepest, folder = sys.getrecursionlimit(), os.getcwd()
    printed = io.StringIO()
    try:
        with (
            warnings.catch_warnings(),
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            yield printed
    finally:
        np.random.set_state(numpy_state)  # noqa: NPY002
        random.setstate(python_state)
        sys.setrecursionlimit(deepest)
        os.chdir(folder)


class Answer:
    """A student's function, called with copies and watched.

    Calling it raises `Blank` when a ``...`` comes back, and `Wrong` when the function stops with
    an error, returns nothing, or changes what it was given (with ``exactly=True`` by however
    little, else by more than a rounding error). Whatever else comes back is returned as it is.

    Parameters
    ----------
    function : callable
        The student's function.
    name : str
        What the exercise calls it.
    printed : io.StringIO
        Where the running check collects what is printed.
    """

    def __init__(self, function: Callable, name: str, printed: io.StringIO):
        self.function = function
        self.name = name
        self.printed = printed

    def __call__(self, *args, may_change: bool = False, exactly: bool = False, **kwargs):
        given = copy.deepcopy((args, kwargs))
        before = self.printed.tell()
        try:
            value = self.function(*given[0], **given[1])
        except (Wrong, Blank, OutOfTime):
            raise
        except BaseException as error:
            raise self._stopped(error) from error
        if holds_blank(value):
            raise Blank
        if value is None:
            raise self._nothing(printed=self.printed.tell() > before)
        if not may_change and not _same(given, (args, kwargs), exactly):
            raise Wrong(
                "changes_input",
                f"`{self.name}` changed an array or a list that it was given: `a += 1`, "
                "`a[i] = ...`, a shuffle in place, and methods such as `.sort()`, `.pop()` or "
                "`.append(...)` write into the caller's own. Make a new one: the caller still "
                "needs the old one.",
            )
        return value

    def _nothing(self, printed: bool) -> Wrong:
        if printed:
            return Wrong(
                "prints",
                f"`{self.name}` prints its result, but hands nothing back. Printing shows a value "
                "to you; `return` gives it to the code that called the function.",
            )
        return Wrong(
            "returns_none",
            f"`{self.name}` returned nothing (`None`). Did you forget `return` in its last line? "
            "Or return what a method like `list.reverse` gives, which is nothing?",
        )

    def _stopped(self, error: BaseException) -> Exception:
        # numpy's IndexError lists the valid indices, an ellipsis among them.
        met_dots = "llipsis" in _first_line(error) and not isinstance(error, IndexError)
        if isinstance(error, NotImplementedError) or met_dots:
            return Blank()
        where = _where(error, self.function)
        text = _first_line(error)
        said = f"`{self.name}` stopped with {type(error).__name__}: {text}{where}"
        return Wrong("raises", f"{said} {advice(error, text)}".rstrip())


def _first_line(error: BaseException) -> str:
    try:
        text = str(error).strip()
    except Exception:
        text = ""
    return (text.splitlines() or ["(no message)"])[0][:300]


def _where(error: BaseException, function: Callable) -> str:
    """Name the line of the student's own code at which `error` happened."""
    if isinstance(error, TypeError) and error.__traceback__.tb_next is None:
        return ". Compare its arguments with those in the text above."
    code = getattr(function, "__code__", None)
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if code is not None and f.filename == code.co_filename]
    if not own:
        return "."
    line = own[-1].lineno
    text = f", `{own[-1].line}`" if own[-1].line else ""
    return f" (line {line} of its cell{text})."


def _same(a: object, b: object, exactly: bool = False) -> bool:
    """Compare arguments with their copies; what cannot be compared counts as unchanged."""
    if isinstance(a, tuple | list):
        return (
            type(a) is type(b)
            and len(a) == len(b)
            and all(_same(x, y, exactly) for x, y in zip(a, b, strict=True))
        )
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_same(a[key], b[key], exactly) for key in a)
    if isinstance(a, np.ndarray):
        return (
            isinstance(b, np.ndarray)
            and a.shape == b.shape
            and a.dtype == b.dtype
            and _same_numbers(a, b, exactly)
        )
    if isinstance(a, int | float | complex | str | None):
        return type(a) is type(b) and (a == b or a != a)
    return True


def _same_numbers(a: np.ndarray, b: np.ndarray, exactly: bool) -> bool:
    """Compare entries; what was moved and put back may differ by a rounding error."""
    if a.dtype.kind == "f" and not exactly:
        return bool(np.allclose(a, b, rtol=1e-9, atol=1e-12, equal_nan=True))
    return bool(np.array_equal(a, b, equal_nan=a.dtype.kind == "f"))

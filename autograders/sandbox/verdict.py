"""Test cells: trusted source that runs in the trusted process and looks at a learner's values from outside.

What is sealed from what: the verdict from the learner's code. The test's globals fall back to copies of the
learner's names; builtins are always our own, whatever the learner called `len` or `print`. A test should
import what it checks with (`numpy`, …) itself: a function the learner imported runs in the learner's process.
The time limit strikes between bytecodes: a test does not hand a learner's number to one long C operation
(`10 ** n`, `"a" * n`) without looking at its size.
"""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import io
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from types import CodeType

from .channel import ChannelError
from .learner import Learner, LearnerObject

_ERROR = 2000
_OUTPUT = 100_000
_GRACE = 0.2  # seconds: a deadline that the channel sees itself comes first


class TimeUpError(BaseException):
    """The budget ran out inside a test cell. Not an Exception: a test's own handlers must not take it."""


class TestNames(dict[str, object]):
    """Globals of test cells: their own names first, then copies of the learner's, the same within a cell."""

    __test__ = False  # not for pytest to collect

    def __init__(self, learner: Learner, values: Mapping[str, object]) -> None:
        super().__init__({**values, "__name__": "__test__"})
        self._learner = learner
        self._copies: dict[str, object] = {}
        self._deleted: set[str] = set()

    def new_cell(self) -> None:
        """Forget the copies: the learner's code may have run since."""
        self._copies.clear()

    def __missing__(self, name: str) -> object:
        if hasattr(builtins, name) or name.startswith("__"):
            raise KeyError(name)
        if name not in self._copies:
            self._copies[name] = self._learner.value(name)
        return self._copies[name]

    def __delitem__(self, name: str) -> None:
        """`del` of a learner's name takes it from the learner's code, so that tests can see who calls it."""
        if name in self:
            super().__delitem__(name)
            return
        self[name]
        self._learner.bind(name, None)
        self._copies.pop(name, None)
        self._deleted.add(name)

    def __setitem__(self, name: str, value: object) -> None:
        if name in self._deleted and isinstance(value, LearnerObject):
            self._learner.bind(name, value)
            self._deleted.discard(name)
        else:
            super().__setitem__(name, value)


class _Printed(io.StringIO):
    def write(self, text: str) -> int:
        return super().write(text[: max(_OUTPUT - self.tell(), 0)])


def run_test(name: str, source: str, names: TestNames, learner: Learner, until: float) -> tuple[str, str, bool]:
    """(why it failed or "", what was printed, whether the fault is ours). Raises ChannelError if lost."""
    names.new_cell()
    printed = _Printed()
    place = f"<test {name}>"
    try:
        code = compile(source, place, "exec")
    except (SyntaxError, ValueError) as error:
        return f"the test cell does not compile: {error}", "", True
    error_line = ""
    try:
        with contextlib.redirect_stdout(printed):
            _execute(code, names, until)
    except TimeUpError:
        error_line = "the time ran out in this test"
    except ChannelError:
        error_line = "the learner's process was lost"
    except (Exception, SystemExit) as error:
        error_line = _line(error, place, source)
    if learner.lost is not None:
        raise learner.lost
    ours = learner.not_sent is not None
    if ours:
        error_line = f"the test passes an argument that cannot be sent: {learner.not_sent}"
        learner.not_sent = None
    return error_line[:_ERROR], printed.getvalue(), ours


def _line(error: BaseException, place: str, source: str) -> str:
    """The exception's text; of a bare assertion the line of the test."""
    text = str(error)
    if text:
        return text if isinstance(error, AssertionError) else f"{type(error).__name__}: {text}"
    numbers = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == place]
    lines = source.splitlines()
    shown = lines[numbers[-1] - 1].strip() if numbers and numbers[-1] else ""
    return f"{type(error).__name__}: {shown}"


class _Watch(threading.Thread):
    """Raises TimeUpError in the thread that made it at the moment `until`, again and again if swallowed."""

    def __init__(self, until: float) -> None:
        super().__init__(daemon=True)
        self.finished = False
        self._until, self._woken = until, threading.Event()
        self._target_thread = ctypes.c_ulong(threading.get_ident())
        self._interrupt: Callable[..., int] = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def run(self) -> None:
        wait = self._until - time.monotonic() + _GRACE
        while not self._woken.wait(max(wait, 0)) and not self.finished:
            self._interrupt(self._target_thread, ctypes.py_object(TimeUpError))
            wait = _GRACE

    def settle(self) -> None:
        """Stop watching. An interrupt that was on its way when `finished` was set is caught here."""
        for _ in range(5):
            try:
                self._woken.set()
                self.join()
                self._interrupt(self._target_thread, None)
            except TimeUpError:
                continue
            return


def _execute(code: CodeType, names: TestNames, until: float) -> None:
    if time.monotonic() >= until:
        raise TimeUpError
    watch = _Watch(until)  # strikes _GRACE from now at the earliest, so never inside start()
    watch.start()
    try:
        exec(code, names)  # noqa: S102 - our own lesson's source, never the submission's
    finally:
        watch.finished = True  # a plain store: nothing can interrupt between exec and here
        watch.settle()

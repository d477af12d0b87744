"""Test cells: trusted source that runs in the tester's process and looks at a learner's values from outside.

What is sealed from what: the verdict from the learner's code. The test's globals fall back to copies of the
learner's names; builtins are always our own, whatever the learner called `len` or `print`. A test should
import what it checks with (`numpy`, …) itself: a function the learner imported runs in the learner's process.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import traceback
from collections.abc import Mapping
from types import CodeType

from .cell import Cell, CellOutcome, credit, not_run
from .channel import ChannelError
from .learner import Learner, LearnerError, LearnerObject

_ERROR = 2000
_OUTPUT = 100_000


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

    def __contains__(self, name: object) -> bool:
        """For `'name' in globals()`."""
        if dict.__contains__(self, name) or not isinstance(name, str):
            return dict.__contains__(self, name)
        try:
            self.__missing__(name)
        except KeyError:
            return False
        except LearnerError:  # there is something, though not for tests
            return True
        return True

    def __delitem__(self, name: str) -> None:
        """`del` of a learner's name takes it from the learner's code, so that tests can see who calls it."""
        if dict.__contains__(self, name):
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


def run_test(cell: Cell, names: TestNames, learner: Learner) -> CellOutcome:
    """Run a test and say why it failed. Raises ChannelError if the learner's process was lost."""
    names.new_cell()
    printed = _Printed()
    place = f"<test {cell.id}>"
    try:
        statements, shown = _compiled(cell.source, place)
    except (SyntaxError, ValueError) as error:
        return not_run(cell, f"the test cell does not compile: {error}", failed_by_us=True)
    error_line, points = "", None
    try:
        with contextlib.redirect_stdout(printed):
            exec(statements, names)  # noqa: S102 - our own lesson's source, never the submission's
            points = None if shown is None else credit(eval(shown, names))  # noqa: S307 - the same
    except ChannelError:
        error_line = "the learner's process was lost"
    except BaseException as error:  # pytest.raises fails with none of Exception
        error_line = _line(error, place, cell.source)
    if learner.lost is not None:
        raise learner.lost
    ours = learner.not_sent is not None
    if ours:
        error_line = f"the test passes an argument that cannot be sent: {learner.not_sent}"
        learner.not_sent = None
    ok = not error_line
    return CellOutcome(cell.id, ok, error_line[:_ERROR], printed.getvalue(), ours, credit=points if ok else None)


def _compiled(source: str, place: str) -> tuple[CodeType, CodeType | None]:
    """The statements, and apart from them the last expression if IPython would show its value."""
    tree = ast.parse(source, place)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr) or source.rstrip().endswith(";"):
        return compile(tree, place, "exec"), None
    shown = ast.Expression(last.value)
    del tree.body[-1]
    return compile(tree, place, "exec"), compile(shown, place, "eval")


def _line(error: BaseException, place: str, source: str) -> str:
    """The exception's text; of a bare assertion the line of the test."""
    text = str(error)
    if text:
        return text if isinstance(error, AssertionError) else f"{type(error).__name__}: {text}"
    numbers = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == place]
    lines = source.splitlines()
    shown = lines[numbers[-1] - 1].strip() if numbers and numbers[-1] else ""
    return f"{type(error).__name__}: {shown}"

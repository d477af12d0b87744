"""Code that is the same is run once; code that is not is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest

from autograders.same_runs import SameRuns
from autograders.sandbox.cell import Cell, CellOutcome
from autograders.sandbox.executor import Executor


class Counting(Executor):
    runs = 0

    def run(
        self,
        cells: Sequence[Cell],
        *,
        values: Mapping[str, object],
        files: Mapping[str, bytes] | None = None,
        seconds: float = 20,
    ) -> list[CellOutcome]:
        self.runs += 1
        return super().run(cells, values=values, files=files, seconds=seconds)


@pytest.fixture(scope="module")
def counting() -> Iterator[Counting]:
    with Counting() as executor:
        yield executor


def cells(call: str = 'exercise("text.small/pick")', code: str = "x = 1") -> list[Cell]:
    define = Cell("d", "code", "def exercise(name, answer=None): ...")
    return [define, Cell("c", "code", call), Cell("a", "code", code), Cell("t", "test", "assert x == wanted")]


@pytest.mark.parametrize(
    ("again", "values", "runs"),
    [
        (cells(), {"wanted": 1}, 1),
        (cells('exercise("text.small/pick", answer={"items": {"day": "right"}})'), {"wanted": 1}, 1),
        (cells('exercise("text.small/notice")'), {"wanted": 1}, 2),
        (cells('exercise("text.small/pick"); x = 2'), {"wanted": 1}, 2),
        (cells(code="x = 2"), {"wanted": 1}, 2),
        (cells(), {"wanted": 2}, 2),
        (cells("exercise("), {"wanted": 1}, 2),
    ],
)
def test_only_answers_make_no_difference(
    counting: Counting, again: list[Cell], values: dict[str, object], runs: int
) -> None:
    before = counting.runs
    same = SameRuns(counting)
    first = same.run(cells(), values={"wanted": 1})
    second = same.run(again, values=values)
    assert counting.runs - before == runs
    assert first[-1].ok
    assert second == Executor.run(counting, again, values=values)

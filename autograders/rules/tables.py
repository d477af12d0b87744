"""The rule has_table: a table typed with pipes or tabs, compared cell by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from autograders import wording
from autograders.models import Context
from autograders.normalize import folded, syllables
from autograders.rules.answers import text_of
from autograders.rules.facts import fact_name, find_statement, states
from autograders.rules.figures import find_figures
from autograders.rules.finding import Finding, lost, not_done, quoted
from course.criteria import Fact, HasTable
from course.lesson import Exercise

_RULE = re.compile(r":?-{2,}:?")  # the line under the head of a markdown table
_SEPARATORS = ("|", "\t")
_MORE_WORDS = 6  # that a cell may hold besides the fact

Row = tuple[str, ...]


def read_table(text: str) -> list[Row]:
    """The rows of the longest table in a text, the head first; [] when there is none.

    A table is at least two lines that follow each other with the same separator in each.
    """
    best: list[Row] = []
    for separator in _SEPARATORS:
        runs: list[list[Row]] = [[]]
        for line in text.splitlines():
            if separator in line:
                runs[-1].append(_cells(line, separator))
            elif line.strip():  # an empty line between two rows ends no table
                runs.append([])
        best = max([best, *runs], key=len)
    rows = [row for row in best if not all(_RULE.fullmatch(cell) for cell in row if cell)]
    return rows if len(rows) > 1 else []


def _cells(line: str, separator: str) -> Row:
    line = line.strip(" ") if separator == "\t" else line.strip()
    if separator == "|":
        line = line.removeprefix("|").removesuffix("|")
    return tuple(cell.strip(" *_`") for cell in line.split(separator))


def has_table(criterion: HasTable, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Points shared evenly over wanted columns and rows; rows and columns may stand in any order."""
    text = text_of(answer, criterion.on)
    if not text.strip():
        return not_done()
    table = read_table(text)
    if not table:
        return Finding(0.0, wording.NO_TABLE)
    head, body = table[0], [row for row in table[1:] if any(row)]
    if len(body) < criterion.min_rows:
        return Finding(0.0, wording.FEW_ROWS.format(n=len(body), limit=criterion.min_rows), quoted([" | ".join(head)]))
    columns = [_column(head, wanted) for wanted in criterion.columns]
    missing = [fact_name(w) for w, at in zip(criterion.columns, columns, strict=True) if at is None]
    found = [head[at] for at in columns if at is not None]
    taken: set[int] = set()
    for wanted_row in criterion.rows:
        at = next((i for i, row in enumerate(body) if i not in taken and _is_row(row, wanted_row, columns)), None)
        if at is None:
            missing.append(" | ".join(fact_name(cell) for cell in wanted_row if cell))
        else:
            taken.add(at)
            found.append(" | ".join(body[at]))
    if not missing:
        return Finding(1.0, wording.FULL_TABLE.format(n=len(body)), quoted(found))
    share = len(found) / (len(criterion.columns) + len(criterion.rows))
    return lost(criterion, share, missing, found, len(missing))


def _column(head: Row, wanted: Fact) -> int | None:
    return next((at for at, cell in enumerate(head) if _holds(cell, wanted)), None)


def _is_row(row: Row, wanted: Sequence[Fact], columns: Sequence[int | None]) -> bool:
    """Whether each wanted cell stands in its own column."""
    pairs = [(cell, at) for cell, at in zip(wanted, columns, strict=False) if cell]
    return all(at is not None and at < len(row) and _holds(row[at], cell) for cell, at in pairs)


def _holds(cell: str, wanted: Fact) -> bool:
    """Whether a cell states `wanted` and hardly more: a cell with every possibility states nothing."""
    if isinstance(wanted, str) and (folded(cell) == folded(wanted) or _is_figure_of(cell, wanted)):
        return True
    statement = find_statement(cell, wanted)
    return statement is not None and syllables(cell) <= syllables(statement.wording) + _MORE_WORDS


def _is_figure_of(cell: str, wanted: str) -> bool:
    """Whether a cell is nothing but the figure of `wanted`: its unit stands in the head of the table."""
    given, meant = find_figures(cell), find_figures(wanted)
    return len(given) == len(meant) == 1 and given[0].last == syllables(cell) - 1 and states(given[0], meant[0])

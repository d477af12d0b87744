"""How much something rose or fell: between two columns of a row, or between two rows of years."""

from collections.abc import Sequence

from hub_config.services.ai.practice.tables import wording as w
from hub_config.services.ai.practice.tables.columns import YEAR
from hub_config.services.ai.practice.tables.figures import MOST_LINES, by_name
from hub_config.services.ai.practice.tables.grid import Grid
from hub_config.services.ai.practice.tables.numbers import shown
from hub_config.services.ai.practice.vocabulary import search


def changes(grid: Grid, columns: Sequence[str], named: Sequence[str]) -> list[str]:
    """A line for each row that the question names (else for all and the sum), or for each column between two rows."""
    if search(w.TIME_COLUMN, grid.names):
        return _between_rows(grid, columns, named)
    pair = _pair(grid, columns)
    if pair is None:
        return _between_rows(grid, columns, named) if len(named) == 2 else []
    before, after = pair
    old, new = by_name(grid, before), by_name(grid, after)
    rows = [row for row in old.index if row in new.index and (not named or row in named)]
    rows = [row for row in rows if list(old.index).count(row) == 1 == list(new.index).count(row)][:MOST_LINES]
    lines = [_line(str(row), before, old[row], after, new[row]) for row in rows]
    if not named and len(rows) > 1:
        lines.append(_line(w.ALL_ROWS, before, float(old.sum()), after, float(new.sum())))
    return lines


def _pair(grid: Grid, columns: Sequence[str]) -> tuple[str, str] | None:
    """The two columns to compare, the earlier first: those named, else the two of years."""
    for titles in (list(columns), [title for title in grid.measured if _year(title)], grid.measured):
        if len(titles) == 2:
            first, second = sorted(titles, key=_year) if all(map(_year, titles)) else titles
            return first, second
    return None


def _year(title: str) -> str:
    """The year in a column's title, "" when there is none."""
    found = YEAR.search(title)
    return found[0] if found else ""


def _between_rows(grid: Grid, columns: Sequence[str], named: Sequence[str]) -> list[str]:
    """Between the two rows named, else between the first and the last."""
    lines = []
    for column in columns or grid.measured:
        values = [(str(row), float(value)) for row, value in by_name(grid, column).items()]
        chosen = [(row, value) for row, value in values if row in named] if len(named) == 2 else values
        if len(chosen) > 1 and (len(named) != 2 or len(chosen) == 2):
            lines.append(_line(column, *chosen[0], *chosen[-1]))
    return lines


def _line(row: str, before: str, old: float, after: str, new: float) -> str:
    change = w.SAME
    if new != old:
        worded = (w.ROSE if new > old else w.FELL) if old else (w.ROSE_FROM_ZERO if new > old else w.FELL_FROM_ZERO)
        percent = shown(abs(new - old) / abs(old) * 100) if old else ""
        change = worded.format(value=shown(abs(new - old)), percent=percent)
    return w.CHANGE.format(
        row=row, before=before, before_value=shown(old), after=after, after_value=shown(new), change=change
    )

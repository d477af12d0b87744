"""What is calculated of the rows of a table, column by column."""

from collections.abc import Callable, Sequence

import pandas as pd

from hub_config.services.ai.practice.tables import wording as w
from hub_config.services.ai.practice.tables.grid import Grid
from hub_config.services.ai.practice.tables.numbers import shown

MOST_LINES = 30
Answer = Callable[[Grid, str, Sequence[str]], list[str]]


def answer(ask: str, grid: Grid, column: str, named: Sequence[str]) -> list[str]:
    """The lines that answer one thing asked of one column; `named` are the rows that the question names."""
    return ANSWERS[ask](grid, column, named)[:MOST_LINES]


def by_name(grid: Grid, column: str) -> "pd.Series[float]":
    """The numbers of a column under the names of their rows."""
    return pd.Series(grid.values[column].to_numpy(), index=grid.row_names, dtype=float).dropna()


def _sum(grid: Grid, column: str, named: Sequence[str]) -> list[str]:
    return [w.SUM.format(column=column, value=shown(grid.values[column].sum()))]


def _mean(grid: Grid, column: str, named: Sequence[str]) -> list[str]:
    mean = grid.values[column].mean()
    return [] if pd.isna(mean) else [w.MEAN.format(column=column, value=shown(mean))]


def _max(grid: Grid, column: str, named: Sequence[str]) -> list[str]:
    return _extreme(grid, column, w.MAX, by_name(grid, column).max())


def _min(grid: Grid, column: str, named: Sequence[str]) -> list[str]:
    return _extreme(grid, column, w.MIN, by_name(grid, column).min())


def _extreme(grid: Grid, column: str, sentence: str, value: float) -> list[str]:
    values = by_name(grid, column)
    named = [f"{grid.names} {row}" if str(row).isdigit() else str(row) for row in values.index[values == value]]
    rows = ", ".join(named[:MOST_LINES])
    return [sentence.format(column=column, row=rows, value=shown(value))] if rows else []


def _difference(grid: Grid, column: str, named: Sequence[str]) -> list[str]:
    """Between the two rows that the question names, else between the largest and the smallest."""
    values = by_name(grid, column)
    chosen = values[values.index.isin(named)] if len(named) == 2 else values
    if len(chosen) < 2:
        return []
    chosen = chosen.sort_values()
    low, high = chosen.iloc[0], chosen.iloc[-1]
    return [
        w.DIFFERENCE.format(
            column=column,
            high=chosen.index[-1],
            high_value=shown(high),
            low=chosen.index[0],
            low_value=shown(low),
            value=shown(high - low),
        )
    ]


def _percent(grid: Grid, column: str, named: Sequence[str]) -> list[str]:
    """The shares of the rows that the question names, else of all."""
    values = by_name(grid, column)
    total = values.sum()
    if not total:
        return []
    chosen = values[values.index.isin(named)] if named else values
    return [w.PERCENT.format(row=row, column=column, value=shown(v / total * 100)) for row, v in chosen.items()]


def _no_lines(grid: Grid, column: str, named: Sequence[str]) -> list[str]:
    """Rows are counted and changes are told once for the table, not for each column."""
    return []


ANSWERS: dict[str, Answer] = {
    "sum": _sum,
    "mean": _mean,
    "max": _max,
    "min": _min,
    "difference": _difference,
    "percent": _percent,
    "count": _no_lines,
    "change": _no_lines,
}

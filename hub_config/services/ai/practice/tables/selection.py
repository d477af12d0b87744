"""Rows of a table chosen, sorted and cut as a question says, and tables written back."""

from collections.abc import Iterable, Sequence

import pandas as pd

from hub_config.services.ai.practice.tables import wording as w
from hub_config.services.ai.practice.tables.conditions import Condition
from hub_config.services.ai.practice.tables.grid import Grid
from hub_config.services.ai.practice.tables.numbers import shown
from hub_config.services.ai.practice.vocabulary import fold

MOST_ROWS = 50  # of a table that is written back


def selected(grid: Grid, where: Iterable[Condition]) -> Grid:
    """The grid with the rows that meet all conditions; several texts of one column are alternatives."""
    kept = pd.Series(True, index=grid.cells.index)
    texts: dict[str, pd.Series] = {}
    for condition in where:
        met = _met(grid, condition)
        if isinstance(condition.value, str):
            texts[condition.column] = texts.get(condition.column, met & False) | met
        else:
            kept &= met
    for met in texts.values():
        kept &= met
    return _rows(grid, kept[kept].index)


def sorted_by(grid: Grid, column: str, falling: bool, limit: int | None = None) -> Grid:
    """The grid sorted by a column, rows without a number last; at most `limit` rows."""
    key = grid.values[column] if column in grid.values else grid.cells[column].map(lambda text: fold(text).lower())
    order = key.sort_values(ascending=not falling, kind="stable", na_position="last").index
    return _rows(grid, order[:limit] if limit is not None else order)


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)


def written(grid: Grid) -> str:
    """The grid's texts as a Markdown table, at most MOST_ROWS rows."""
    return markdown(list(grid.cells.columns), grid.cells.head(MOST_ROWS).values.tolist())


def conditions_said(where: Iterable[Condition]) -> str:
    """The conditions as a learner reads them."""
    said = []
    for c in where:
        value = c.value if isinstance(c.value, str) else shown(c.value)
        said.append(w.CONDITION.format(column=c.column, sign=w.SIGN_WORDS[c.sign], value=value))
    return w.AND.join(said)


def _met(grid: Grid, condition: Condition) -> "pd.Series[bool]":
    if isinstance(condition.value, str):
        return grid.cells[condition.column] == condition.value
    column = grid.values[condition.column]
    return {
        ">": column > condition.value,
        ">=": column >= condition.value,
        "<": column < condition.value,
        "<=": column <= condition.value,
        "=": column == condition.value,
    }[condition.sign]


def _rows(grid: Grid, index: "pd.Index[int]") -> Grid:
    cells, values = grid.cells.loc[index], grid.values.loc[index]
    return Grid(cells, values, grid.names, grid.around, grid.has_total, grid.delimiter)

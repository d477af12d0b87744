"""The answer to a question about a table: rows chosen, figures calculated, groups, changes, the table itself."""

from collections.abc import Sequence

from hub_config.services.ai.practice.request import Request
from hub_config.services.ai.practice.tables import wording as w
from hub_config.services.ai.practice.tables.changes import changes
from hub_config.services.ai.practice.tables.conditions import Condition
from hub_config.services.ai.practice.tables.figures import answer
from hub_config.services.ai.practice.tables.grid import Grid
from hub_config.services.ai.practice.tables.numbers import shown
from hub_config.services.ai.practice.tables.question import Column, Query, read_question
from hub_config.services.ai.practice.tables.selection import (
    MOST_ROWS,
    conditions_said,
    markdown,
    selected,
    sorted_by,
    written,
)
from hub_config.services.ai.practice.vocabulary import search

FIGURES = ("sum", "mean", "max", "min", "difference", "percent")
GROUP_FIGURES = ("sum", "mean", "max", "min")


def brings_table(request: Request) -> bool:
    return request.grid is not None


def table_reply(request: Request) -> str | None:
    """The answer to a question about the table of a request; None when nothing is asked of it, or nothing found."""
    grid = request.grid
    if grid is None:
        return None
    question = question_of(request, grid)
    query = read_question(question, columns_of(grid))
    if query.unread and request.own_grid is None:  # of something else than the table that was there before
        return None
    if query.group:
        return _grouped(grid, query)
    if query.sort or (query.limit and query.columns):
        return _sorted(grid, query)
    lines = _lines(grid, query)
    if lines:
        return "\n".join([*lines, *_notes(grid)])
    if query.where and query.lists:
        return _listed(grid, query)
    return f"{w.BACK}\n\n{written(grid)}" if search(w.AS_TABLE, question) else None


def question_of(request: Request, grid: Grid) -> str:
    """What is said around the table; where an earlier turn brought it, what is said now."""
    return (grid.around if request.brings else request.prompt).strip()


def columns_of(grid: Grid) -> list[Column]:
    """The columns of a grid as a question may name them."""
    measured = set(grid.measured)
    return [
        Column(title, "number") if title in measured else Column(title, "text", tuple(dict.fromkeys(grid.cells[title])))
        for title in map(str, grid.cells.columns)
    ]


def _lines(grid: Grid, query: Query) -> list[str]:
    """The figures asked for, under a line that says of which rows."""
    named = [str(c.value) for c in query.where if c.column == grid.names and isinstance(c.value, str)]
    compared = {"difference", "percent", "change"} & set(query.asks)
    where = [c for c in query.where if not (compared and c.column == grid.names)]
    chosen = selected(grid, where)
    measured = [column for column in query.columns if column in grid.values] or _measured(grid, query)
    lines = changes(chosen, [c for c in query.columns if c in grid.values], named) if "change" in query.asks else []
    asks = [ask for ask in FIGURES if ask in query.asks and not (lines and ask in ("percent", "difference"))]
    lines += [line for column in measured for ask in asks for line in answer(ask, chosen, column, named)]
    if not lines and "count" in query.asks and (where or not query.columns):
        return [_count(grid, chosen, where)]
    if not lines:
        return []
    if where:
        said = conditions_said(where)
        return [w.SELECTED_LEAD.format(rows=len(chosen.cells), total=len(grid.cells), conditions=said), *lines]
    return [w.TABLE_LEAD.format(rows=len(grid.cells)), *lines]


def _measured(grid: Grid, query: Query) -> list[str]:
    """Where no column is named: those that conditions speak of are none of them, unless there is no other."""
    spoken = {c.column for c in query.where}
    return [column for column in grid.measured if column not in spoken] or grid.measured


def _count(grid: Grid, chosen: Grid, where: Sequence[Condition]) -> str:
    if not where:
        return w.COUNTED.format(n=len(grid.cells))
    return w.COUNTED_SELECTED.format(conditions=conditions_said(where), n=len(chosen.cells), total=len(grid.cells))


def _listed(grid: Grid, query: Query) -> str:
    chosen = selected(grid, query.where)
    said = conditions_said(query.where)
    if chosen.cells.empty:
        return w.NONE_SELECTED.format(total=len(grid.cells), conditions=said)
    lead = w.SELECTED.format(n=len(chosen.cells), total=len(grid.cells), conditions=said)
    return f"{lead}\n\n{written(chosen)}"


def _sorted(grid: Grid, query: Query) -> str:
    chosen = selected(grid, query.where)
    falling = "min" not in query.asks
    column = query.sort[0] if query.sort else next((c for c in query.columns if c in grid.values), query.columns[0])
    if query.sort:
        falling = query.sort[1]
        lead = w.SORTED.format(column=column, direction=w.FALLING_WORDS if falling else w.RISING_WORDS)
    ordered = sorted_by(chosen, column, falling, query.limit)
    if query.limit:
        direction = w.LARGEST if falling else w.SMALLEST
        lead = w.TOP_ROWS.format(n=len(ordered.cells), column=column, direction=direction)
    return "\n".join([lead, "", written(ordered), *_notes(grid)])


def _grouped(grid: Grid, query: Query) -> str:
    """A table of groups, in the order in which they first stand."""
    chosen = selected(grid, query.where)
    asks = [ask for ask in GROUP_FIGURES if ask in query.asks]
    named = [column for column in query.columns if column in grid.values]
    columns = named or ([] if "count" in query.asks and not asks else chosen.measured)
    asks = asks or (["sum"] if columns else [])
    groups = chosen.values.groupby(chosen.cells[query.group], sort=False)
    head = [str(query.group), w.GROUP_COUNT]
    cells = {str(name): [str(name), shown(float(size))] for name, size in groups.size().items()}
    for ask in asks:
        for column in columns:
            head.append(
                w.GROUP_TITLES[ask].format(column=column if column[1:2].isupper() else column[:1].lower() + column[1:])
            )
            for name, value in groups[column].agg(ask).items():
                cells[str(name)].append("" if value != value else shown(value))
    lead = w.GROUPED.format(column=query.group, rows=len(chosen.cells))
    return "\n".join([lead, "", markdown(head, list(cells.values())[:MOST_ROWS]), *_notes(grid)])


def _notes(grid: Grid) -> list[str]:
    skipped = int(grid.values.isna().sum().sum())
    notes = [w.TABLE_SKIPPED.format(n=skipped)] if skipped else []
    return [*notes, w.TABLE_TOTAL_ROW] if grid.has_total else notes

"""A query as read from a question, written as one SELECT, and the sentence that says what it takes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hub_config.services.ai.practice.queries import wording as w
from hub_config.services.ai.practice.queries.schema import Schema
from hub_config.services.ai.practice.tables.columns import TOKEN
from hub_config.services.ai.practice.tables.conditions import Condition
from hub_config.services.ai.practice.tables.question import Query
from hub_config.services.ai.practice.tables.selection import conditions_said
from hub_config.services.ai.practice.vocabulary import fold

PLAIN_NAME = re.compile(r"^[a-z_][a-z0-9_]*$")
RESERVED = frozenset(("all", "and", "as", "case", "desc", "from", "group", "in", "limit", "or", "order", "table", "to"))
FUNCTIONS = {"sum": "SUM", "mean": "AVG", "max": "MAX", "min": "MIN"}


@dataclass(frozen=True)
class Select:
    """A SELECT. `figures` are (function, column) pairs; without any, columns are listed (all when there are none)."""

    columns: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()  # ("count", "") counts rows
    where: tuple[Condition, ...] = ()
    group: str | None = None
    order: str | tuple[str, str] | None = None  # a column or one of the figures
    falling: bool = True
    limit: int | None = None


def select_of(schema: Schema, query: Query) -> Select | None:
    """What to select; None when the question names nothing that the table has."""
    kinds = {column.name: column.kind for column in schema.columns}
    numbers = [column for column in query.columns if kinds[column] == "number"]
    group = query.group or (query.which if _totals(query, numbers) else None)
    if group:
        return _grouped(query, group, numbers)
    extreme = next((ask for ask in ("max", "min") if ask in query.asks), None)
    if extreme and numbers and (query.which or query.limit):
        shown = tuple(dict.fromkeys((*([query.which] if query.which else []), *query.columns))) if query.which else ()
        return Select(shown, (), query.where, None, numbers[0], extreme == "max", query.limit or 1)
    if query.sort:
        columns = tuple(c for c in query.columns if c != query.sort[0])
        shown = (*columns, query.sort[0]) if columns else ()
        return Select(shown, (), query.where, None, query.sort[0], query.sort[1], query.limit)
    figures = tuple((ask, column) for ask in FUNCTIONS if ask in query.asks for column in numbers)
    if figures:
        return Select((), figures, query.where)
    if "count" in query.asks and not (query.lists and query.columns and not query.where):
        return Select((), (("count", ""),), query.where)
    if query.where or (query.lists and (query.columns or query.which)):
        shown = (*([query.which] if query.which else []), *query.columns) if query.columns else ()
        return Select(tuple(dict.fromkeys(shown)), (), query.where, limit=query.limit)
    return None


def _totals(query: Query, numbers: Sequence[str]) -> bool:
    """Whether "which one has most" is asked of sums or counts, so that rows must be grouped first."""
    extreme = {"max", "min"} & set(query.asks)
    return bool(query.which and extreme and ({"sum", "mean"} & set(query.asks) or not numbers))


def _grouped(query: Query, group: str, numbers: Sequence[str]) -> Select:
    extreme = next((ask for ask in ("max", "min") if ask in query.asks and query.which), None)
    asks = [ask for ask in FUNCTIONS if ask in query.asks and ask != extreme]
    figures = tuple((ask, column) for ask in asks for column in numbers) or (("count", ""),)
    if "count" in query.asks and figures != (("count", ""),):
        figures = (*figures, ("count", ""))
    if extreme:
        return Select((group,), figures, query.where, group, figures[0], extreme == "max", query.limit or 1)
    falling = query.sort[1] if query.sort else True
    order = figures[0] if query.sort or query.limit else None
    return Select((group,), figures, query.where, group, order, falling, query.limit)


def sql(schema: Schema, select: Select) -> str:
    """The SELECT, a clause a line."""
    listed = [*map(identifier, select.columns), *(f"{_figure(f)} AS {_alias(f)}" for f in select.figures)]
    lines = [f"SELECT {', '.join(listed) or '*'}", f"FROM {identifier(schema.table)}"]
    if select.where:
        lines.append("WHERE " + " AND ".join(_conditions(select.where)))
    if select.group:
        lines.append(f"GROUP BY {identifier(select.group)}")
    if select.order:
        by = identifier(select.order) if isinstance(select.order, str) else _alias(select.order)
        lines.append(f"ORDER BY {by} {'DESC NULLS LAST' if select.falling else 'ASC NULLS LAST'}")
    if select.limit:
        lines.append(f"LIMIT {select.limit}")
    return "\n".join(lines) + ";"


def identifier(name: str) -> str:
    """A name as SQL writes it, in quotes where it must be."""
    return name if PLAIN_NAME.match(name) and name not in RESERVED else '"' + name.replace('"', '""') + '"'


def explained(schema: Schema, select: Select) -> str:
    """One sentence of what the SELECT takes."""
    what = w.AND.join(w.WHAT[f].format(column=column) for f, column in select.figures)
    if not what:
        listed = ", ".join(f"“{column}”" for column in select.columns)
        what = w.COLUMNS.format(columns=listed) if listed else w.ALL_COLUMNS
    by = select.order if isinstance(select.order, str) else None
    ordered = f"“{by}”" if by else w.WHAT[select.order[0]].format(column=select.order[1]) if select.order else ""
    return w.EXPLAIN.format(
        what=what,
        table=schema.table,
        where=w.WHERE.format(conditions=conditions_said(select.where)) if select.where else "",
        group=w.GROUP.format(column=select.group) if select.group else "",
        order=w.ORDER.format(what=ordered, direction=w.FALLING if select.falling else w.RISING) if ordered else "",
        limit=w.LIMIT.format(n=select.limit) if select.limit else "",
    )


def _figure(figure: tuple[str, str]) -> str:
    function, column = figure
    return "COUNT(*)" if function == "count" else f"{FUNCTIONS[function]}({identifier(column)})"


def _alias(figure: tuple[str, str]) -> str:
    function, column = figure
    return "_".join([w.ALIASES[function], *TOKEN.findall(fold(column).lower())])


def _conditions(where: Sequence[Condition]) -> list[str]:
    """Conditions; several texts of one column are alternatives."""
    texts: dict[str, list[str]] = {}
    for condition in where:
        if isinstance(condition.value, str):
            texts.setdefault(condition.column, []).append("'" + condition.value.replace("'", "''") + "'")
    found = [f"{identifier(c.column)} {c.sign} {c.value:.10g}" for c in where if not isinstance(c.value, str)]
    for column, values in texts.items():
        found.append(
            f"{identifier(column)} = {values[0]}"
            if len(values) == 1
            else f"{identifier(column)} IN ({', '.join(values)})"
        )
    return found

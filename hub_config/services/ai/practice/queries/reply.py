"""The reply to a request for SQL: the query, what it takes, and what of the question it does not hold."""

from hub_config.services.ai.practice.queries import wording as w
from hub_config.services.ai.practice.queries.schema import find_schema
from hub_config.services.ai.practice.queries.translation import explained, select_of, sql
from hub_config.services.ai.practice.request import Request
from hub_config.services.ai.practice.tables.columns import TOKEN
from hub_config.services.ai.practice.tables.question import read_question
from hub_config.services.ai.practice.vocabulary import fold, search, search_folded


def asks_sql(request: Request) -> bool:
    return bool(search(w.SQL, request.order) or search_folded(w.CREATE, request.prompt))


def sql_reply(request: Request) -> str:
    """A query in a fence and its explanation, or why there is none."""
    schema = find_schema(request)
    if schema is None:
        return w.NEEDS_SCHEMA
    question = " ".join(schema.question.split())
    query = read_question(question, schema.columns)
    select = select_of(schema, query)
    columns = ", ".join(column.name for column in schema.columns)
    if select is None:
        return w.CANNOT_SQL.format(columns=columns)
    table = set(TOKEN.findall(fold(schema.table).lower()))
    unread = [word for word in query.unread if fold(word).lower() not in table]
    notes = [w.UNREAD.format(words=" ".join(unread), columns=columns)] if unread else []
    return "\n".join(["```sql", sql(schema, select), "```", explained(schema, select), *notes])

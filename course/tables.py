"""Tables in a lesson's cells: read from the lesson's material, asked by SQL that can touch nothing else.

DuckDB is closed wherever a lesson runs: no file, no network, no extension, and no query opens it again. A table of
pandas has no name there but the one it is given.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from course.exercises import wording

if TYPE_CHECKING:
    import pandas as pd

CLOSED = {"enable_external_access": "false", "lock_configuration": "true", "threads": "1", "memory_limit": "256MB"}
"""DuckDB's settings: it starts no thread of its own, so that a fork finds it whole."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class QuestionError(ValueError):
    """A query that cannot be asked; the text is a sentence for the learner, DuckDB's own words are its cause."""


def read_table(csv: str) -> pd.DataFrame:
    """A table from the text of a CSV file with a head; columns that hold nothing but ISO days become dates."""
    import pandas as pd

    table = pd.read_csv(io.StringIO(csv))
    for name in table.columns:
        written = table[name].dropna().astype(str)
        if len(written) and written.str.fullmatch(DAY).all():
            table[name] = pd.to_datetime(table[name])
    return table


def ask(sql: str, **tables: pd.DataFrame) -> pd.DataFrame:
    """What one SELECT finds in the tables, each under its keyword's name. Raises QuestionError."""
    import duckdb

    with duckdb.connect(config=dict(CLOSED)) as database:
        for name, table in tables.items():
            database.register(name, table)
        try:
            statements = database.extract_statements(sql)
            if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
                raise QuestionError(wording.ONE_SELECT)
            return database.execute(statements[0]).df()
        except duckdb.Error as error:
            raise QuestionError(_sentence(error, tables)) from error


def close_database() -> None:
    """From now on every connection of this process is closed as above, DuckDB's own one too."""
    try:
        import duckdb
    except ImportError:
        return
    connect = duckdb.connect

    def closed(database: str = ":memory:", read_only: bool = False, config: dict[str, Any] | None = None) -> Any:
        return connect(database, read_only, {**(config or {}), **CLOSED})

    duckdb.connect = closed  # type: ignore[assignment]
    duckdb.set_default_connection(closed())


def _sentence(error: Exception, tables: dict[str, pd.DataFrame]) -> str:
    """What to look at, by the kind of DuckDB's error."""
    import duckdb

    columns = ", ".join(str(column) for table in tables.values() for column in table.columns)
    if isinstance(error, duckdb.CatalogException):
        return wording.NO_SUCH_TABLE.format(tables=", ".join(tables))
    if isinstance(error, duckdb.BinderException):
        return wording.NO_SUCH_COLUMN.format(columns=columns)
    if isinstance(error, duckdb.ParserException):
        return wording.NOT_SQL
    return wording.SQL_FAILED.format(columns=columns)

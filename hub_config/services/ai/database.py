"""The gateway's own database, `ai.sqlite`: the quota of each day, the audit and what the AI said."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event

metadata = MetaData()
BUSY_SECONDS = 30


def connect(path: Path) -> Engine:
    """The engine of the file at `path`, made with its tables when it is not there yet. Several processes may use it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        metadata.create_all(connection)  # gateway and campus may both be the first
        connection.exec_driver_sql("DROP TABLE IF EXISTS usage")  # a day's sums, before they had money
    return engine


def _prepare(driver_connection: Any, _record: object) -> None:
    driver_connection.isolation_level = None  # the driver would begin a transaction late; _begin does it
    driver_connection.execute("PRAGMA journal_mode = WAL")
    driver_connection.execute("PRAGMA synchronous = NORMAL")
    driver_connection.execute("PRAGMA cache_size = -256")  # kB; 2 MB fill with rows that nobody reads again
    driver_connection.execute("PRAGMA secure_delete = ON")  # a text whose days are over is overwritten


def _begin(connection: Any) -> None:
    # a transaction that reads first and writes later fails at once when another wrote meanwhile
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

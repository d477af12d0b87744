"""Campus's database: one engine, a list of named migrations, times in UTC.

A module that owns tables declares them on `metadata` and registers how they come to be:

    @migration("0002_drafts")
    def _create(connection: Connection) -> None:
        draft.create(connection)

Each process applies what it knows and the database has not seen, in the order of the names. A migration that has
been released is never changed; a change is a further migration.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    String,
    Table,
    TypeDecorator,
    create_engine,
    event,
    insert,
    select,
)

from hub_config.settings import Settings

metadata = MetaData()
Migration = Callable[[Connection], None]
_migrations: dict[str, Migration] = {}
BUSY_SECONDS = 30
_to_disk = getattr(os, "fdatasync", os.fsync)  # macOS has the latter only


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in Python, UTC in the database (SQLite keeps no zone)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"time {value!r} has no zone; give an aware datetime")
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


schema_version = Table(
    "schema_version",
    metadata,
    Column("name", String, primary_key=True),
    Column("applied_at", UtcDateTime, nullable=False),
)


def migration(name: str) -> Callable[[Migration], Migration]:
    """Register a migration under `NNNN_what`; names sort in the order they are applied."""

    def register(function: Migration) -> Migration:
        if name in _migrations:
            raise ValueError(f"migration {name!r} is registered twice")
        _migrations[name] = function
        return function

    return register


def connect(settings: Settings) -> Engine:
    """The engine of campus's database, with every registered migration applied."""
    settings.data.mkdir(parents=True, exist_ok=True)
    engine = create_engine(settings.campus_database)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        writers = _Writers(_Journal(Path(f"{engine.url.database}-wal")))
        event.listen(engine, "begin", writers.begin)
        event.listen(engine, "commit", writers.commit)
        event.listen(engine, "rollback", writers.end)
    migrate(engine)
    return engine


def migrate(engine: Engine) -> list[str]:
    """Apply what is registered and not yet applied, all or nothing; the names applied."""
    with engine.begin() as connection:
        schema_version.create(connection, checkfirst=True)
        done = set(connection.scalars(select(schema_version.c.name)))
        missing = sorted(set(_migrations) - done)
        for name in missing:
            _migrations[name](connection)
            connection.execute(insert(schema_version).values(name=name, applied_at=now()))
    return missing


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that only reads: it never waits for a writer."""
    with engine.connect().execution_options(reading=True) as connection:
        yield connection


def now() -> datetime:
    """The present moment, aware, UTC."""
    return datetime.now(UTC)


def _prepare_sqlite(driver_connection: Any, _record: object) -> None:
    driver_connection.isolation_level = None  # the driver would begin late and commit before DDL
    cursor = driver_connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")  # a commit is brought to the disk by _Journal
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


class _Journal:
    """Brings SQLite's write-ahead log to the disk, for all at once who have committed meanwhile.

    With `synchronous = FULL` SQLite does it for each commit, and every other writer waits for it: a disk that takes
    5 ms would bear 200 drafts a second and no more. What was confirmed survives a power cut in either case.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._count = threading.Lock()
        self._turn = threading.Lock()
        self._committed = 0
        self._kept = 0

    def keep(self) -> None:
        """Returns when what this thread has just committed is on the disk. Raises OSError."""
        with self._count:
            self._committed += 1
            own = self._committed
        with self._turn:
            if self._kept >= own:
                return
            with self._count:
                upto = self._committed
            file = os.open(self._path, os.O_RDWR)
            try:
                _to_disk(file)
            finally:
                os.close(file)
            self._kept = upto


class _Writers:
    """One writer at a time in this process: SQLite itself lets others sleep, up to 0.1 s, and look again."""

    def __init__(self, journal: _Journal) -> None:
        self._journal = journal
        self._turn = threading.Lock()

    def begin(self, connection: Connection) -> None:
        # a transaction that starts reading and then writes fails at once when another wrote meanwhile
        if connection.get_execution_options().get("reading", False):
            connection.exec_driver_sql("BEGIN")
            return
        held = self._turn.acquire(timeout=BUSY_SECONDS)  # without it SQLite says what is wrong
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            if held:
                self._turn.release()
            raise
        connection.info["turn"] = held

    def commit(self, connection: Connection) -> None:
        """Before SQLAlchemy's own commit, which then finds nothing to do: the next writer waits for this one's end."""
        if "turn" not in connection.info:
            return
        try:
            connection.exec_driver_sql("COMMIT")
        finally:
            self.end(connection)
        self._journal.keep()

    def end(self, connection: Connection) -> None:
        if connection.info.pop("turn", False):
            self._turn.release()

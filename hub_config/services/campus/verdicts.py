"""Verdicts of the judge in campus's database, so that the same answer is never paid for twice."""

from __future__ import annotations

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from hub_config.services.campus import tables
from hub_config.services.campus.database import now, reading

_cache = tables.verdict_cache


class StoredVerdicts:
    """A `VerdictCache` (autograders.judge.cache) over the table `verdict_cache`; calls may come from threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, key: str) -> str | None:
        """The verdict stored under `key`, as JSON."""
        with reading(self._engine) as connection:
            found = connection.execute(select(_cache.c.verdict).where(_cache.c.key == key)).scalar_one_or_none()
        return None if found is None else str(found)

    def put(self, key: str, verdict: str) -> None:
        """Store a verdict; an earlier one under the key stays."""
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(_cache).values(key=key, verdict=verdict, at=now()))
        except IntegrityError:  # two questions at once for the same answer: the first verdict counts
            return

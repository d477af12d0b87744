"""What campus confirms lies on the disk, and many who write at once go there together."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from hub_config.services.campus import accounts, database
from hub_config.services.campus.database import connect, now, reading
from hub_config.settings import Settings

PEOPLE = 24


@dataclass
class Disk:
    """The real way to the disk, noted: how long the journal was each time. `slow_s` makes it one of a small machine."""

    journal: Path
    kept: list[int] = field(default_factory=list)
    slow_s: float = 0.0


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    noted = Disk(tmp_path / "campus.sqlite-wal")
    really = database._to_disk

    def to_disk(file: int) -> None:
        size = noted.journal.stat().st_size
        time.sleep(noted.slow_s)
        really(file)
        noted.kept.append(size)

    monkeypatch.setattr(database, "_to_disk", to_disk)
    return noted


@pytest.fixture
def engine(tmp_path: Path, disk: Disk) -> Iterator[Engine]:
    engine = connect(Settings.load({"HOCAI_DATA": str(tmp_path)}))
    disk.kept.clear()
    yield engine
    engine.dispose()


def add(engine: Engine, name: str) -> None:
    person = {"name": name, "kind": "learner", "display_name": name, "role": "farmer", "created_at": now()}
    with engine.begin() as connection:
        connection.execute(insert(accounts.account), person)


def count(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(accounts.account)).scalar_one()


def test_what_was_written_is_on_the_disk_when_the_call_returns(engine: Engine, disk: Disk) -> None:
    for number in range(3):
        add(engine, f"person{number}")
        assert disk.kept[-1] == disk.journal.stat().st_size > 0
    assert len(disk.kept) == 3


def test_who_only_reads_does_not_go_to_the_disk(engine: Engine, disk: Disk) -> None:
    assert count(engine) == 0
    assert disk.kept == []


def test_many_who_write_at_once_go_to_a_slow_disk_together(engine: Engine, disk: Disk) -> None:
    disk.slow_s = 0.05
    start = threading.Barrier(PEOPLE)

    def write(name: str) -> None:
        start.wait()
        add(engine, name)

    threads = [threading.Thread(target=write, args=(f"person{number}",)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(engine) == PEOPLE
    assert len(disk.kept) < PEOPLE
    assert disk.kept[-1] == disk.journal.stat().st_size


def test_a_write_that_was_refused_lets_the_next_one_write(engine: Engine) -> None:
    add(engine, "person")
    with pytest.raises(IntegrityError):
        add(engine, "person")
    add(engine, "another")
    assert count(engine) == 2

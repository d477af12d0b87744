"""A disk that is full and a database that is locked: a calm 503, and nothing half-written."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import graders
import pytest
from campus_site import LESSON, Site, right_answers, until
from sqlalchemy import func, select

from hub_config.services.campus import database, tables
from hub_config.services.campus.database import reading


@contextmanager
def full_disk(site: Site) -> Iterator[None]:
    """No file of this process may grow beyond what the database's journal holds now: writes fail as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def counts(site: Site) -> list[int]:
    with reading(site.campus.engine) as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (tables.submission, tables.grading, tables.draft, tables.attempt)
        ]


def test_on_a_full_disk_submitting_is_refused_and_works_again_later(site: Site) -> None:
    site.prepare()
    site.start(grader=graders.quick)
    site.draft("an.nguyen", right_answers())
    before = counts(site)
    with site.program("an.nguyen") as client:
        with full_disk(site):
            reply = client.post(f"lessons/{LESSON}/submit", json={"active_s": 1}, headers={"Idempotency-Key": "k"})
        assert (reply.status_code, reply.json()["error"]["code"]) == (503, "storage")
        assert "những gì đã lưu vẫn còn nguyên" in reply.json()["error"]["message"]
    assert counts(site) == before
    submission = site.hand_in("an.nguyen", "k")
    until(lambda: site.state(submission) == "graded")
    assert counts(site)[0] == 1


def test_a_locked_database_refuses_a_draft_and_loses_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)
    site.prepare()
    site.start(grader=graders.quick)
    site.draft("an.nguyen", {"notice": {"final": "một"}})
    with sqlite3.connect(site.data / "campus.sqlite") as other, site.program("an.nguyen") as client:
        other.execute("BEGIN IMMEDIATE")
        body = {"answer": {"final": "hai"}, "active_s": 1}
        reply = client.put(f"exercises/{LESSON}/notice/draft", json=body)
        other.rollback()
        assert (reply.status_code, reply.json()["error"]["code"]) == (503, "storage")
        assert client.get(f"exercises/{LESSON}/notice").json()["answer"] == {"final": "một"}
        assert client.put(f"exercises/{LESSON}/notice/draft", json=body).status_code == 200

"""A gateway with a model for campus's tests, and submissions that are graded as far as rules go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import uvicorn
from campus_site import LESSON, LocalHub, Serving, Site, free_port
from openai_server import OpenAIServer
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from autograders.grade import grade
from autograders.models import Context, Grade
from hub_config.services.campus import accounts, drafts, judge_queue, queue, submissions, tables
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import reading
from hub_config.services.campus.judging import judge_of
from hub_config.services.campus.verdicts import StoredVerdicts
from hub_config.settings import Settings

PRACTICE = {"id": "luyen-tap", "hocai": {"practice": True, "kinds": ["chat", "speech"]}}
REAL = {"id": "big-model", "hocai": {"practice": False, "kinds": ["chat"]}}
TOKEN = "service-token"
SENTENCE = "Mời bà con họp ngày 12/03/2027 tại nhà văn hóa xóm."


class Gateway:
    """Names the models it is given and answers as `model` does, to the service's own token only."""

    def __init__(self) -> None:
        self.port = free_port()
        self.answer: Any = {"data": [PRACTICE]}
        self.model = OpenAIServer(self.port, respond=partial(said, 2))
        routes = [
            Route("/services/ai/v1/models", self._models),
            Route("/services/ai/replies", self._replies),
            Route("/services/ai/v1/chat/completions", self._chat, methods=["POST"]),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes), port=self.port, log_level="error", timeout_graceful_shutdown=1, lifespan="off"
        )
        self.serving = Serving(uvicorn.Server(config))

    def has_a_model(self) -> None:
        self.answer = {"data": [PRACTICE, REAL]}

    async def _models(self, request: Request) -> Response:
        return JSONResponse(self.answer) if _ours(request) else JSONResponse({}, 403)

    async def _replies(self, request: Request) -> Response:
        return JSONResponse({"replies": {}}) if _ours(request) else JSONResponse({}, 403)

    async def _chat(self, request: Request) -> Response:
        return await self.model.answer(request) if _ours(request) else JSONResponse({}, 403)


@dataclass
class JudgedSite(Site):
    """A campus whose gateway is `gateway`; it looks for work and for a judge many times a second."""

    gateway: Gateway = field(default_factory=Gateway)

    def __post_init__(self) -> None:
        self.port = free_port()  # one that the gateway has not taken

    @property
    def settings(self) -> Settings:
        environ = super().settings.environment() | {"HOCAI_PORT": str(self.gateway.port - 4)}
        return Settings.load(environ)

    def start(self, **options: Any) -> None:
        super().start(**{"judging": {"poll_s": 0.05, "ask_s": 0.1}, **options})

    def close(self) -> None:
        super().close()
        self.gateway.serving.stop()

    def judge_queue(self, **options: Any) -> judge_queue.JudgeQueue:
        """A queue of its own, for tests that need no pages."""
        find = partial(judge_of, self.settings, TOKEN, StoredVerdicts(self.campus.engine))
        return judge_queue.JudgeQueue(self.campus, find, **{"poll_s": 0.05, "ask_s": 0.1, **options})

    def judging(self, submission: str) -> Any:
        """The row of `judging`; None: there is none."""
        with reading(self.campus.engine) as connection:
            query = select(tables.judging).where(tables.judging.c.submission == submission)
            return connection.execute(query).one_or_none()

    def judging_state(self, submission: str) -> str:
        row = self.judging(submission)
        return "" if row is None else str(row.state)

    def grade_of(self, submission: str) -> Grade:
        """The grade as it is stored."""
        with reading(self.campus.engine) as connection:
            query = select(tables.grading.c.grade).where(tables.grading.c.submission == submission)
            return Grade.model_validate_json(connection.execute(query).scalar_one())

    def entries(self, submission: str, criterion: str = "fit") -> list[Any]:
        """The ledger's lines of one criterion, oldest first."""
        entry = tables.grade_entry
        query = select(entry).where(entry.c.submission == submission, entry.c.criterion == criterion)
        with reading(self.campus.engine) as connection:
            return list(connection.execute(query.order_by(entry.c.id)))


@contextmanager
def judged_site(folder: Path, hub: LocalHub) -> Iterator[JudgedSite]:
    """One that is prepared, and closed in the end."""
    made = JudgedSite(folder, hub)
    made.prepare()
    yield made
    made.close()


def add_second_teacher(site: Site) -> None:
    """thay.son, who teaches the class demo too."""
    engine = site.campus.engine
    accounts.create_account(engine, "thay.son", "Bùi Văn Sơn", password=None, kind="teacher", role="teacher")
    accounts.enrol(engine, "demo", "thay.son", "teacher")


def hand_in_graded(campus: Campus, learner: str, final: str = SENTENCE) -> str:
    """Hand in the small lesson with this notice and grade it by its rules, without a running campus."""
    answer = {"prompt": "Viết thông báo họp xóm, đọc trên loa, dưới 80 chữ", "final": final}
    with campus.engine.begin() as connection:
        drafts.save(connection, learner, LESSON, "notice", answer)
    submission = submissions.submit(campus, learner, None, LESSON, None, "phone").id
    grade_next(campus)
    return submission


def grade_next(campus: Campus) -> None:
    """Grade the submission that waits first by its rules."""
    row = queue.claim(campus.engine, "tests", timedelta(minutes=1))
    assert row is not None
    folder = campus.lesson(row.lesson)
    made = grade(folder, nbformat.reads(row.notebook.decode(), as_version=4), Context.model_validate_json(row.context))
    assert queue.store(campus.engine, "tests", row.id, made)


def by_rules(job: Any) -> str:
    """A grader that runs no code; a grader's process imports it by name."""
    from course.catalog import read_lesson

    notebook = nbformat.reads(job.notebook, as_version=4)
    return grade(read_lesson(Path(job.folder)), notebook, Context.model_validate_json(job.context)).model_dump_json()


def said(level: int, body: dict[str, Any]) -> str:
    """The verdict of a model that gives this level and quotes the whole answer's first line."""
    found = re.search(r"<BAI-LAM-([0-9a-f]+)>\n(.*)", body["messages"][-1]["content"])
    assert found
    verdict = {"nonce": found[1], "level": level, "quote": found[2][:200], "advice": "Bạn nói rõ giờ họp nhé."}
    return json.dumps(verdict, ensure_ascii=False)


def _ours(request: Request) -> bool:
    return request.headers.get("authorization") == f"Bearer {TOKEN}"

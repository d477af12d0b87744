"""A gateway over the project's own lessons, and a learner who talks to the coach in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from gateway_run import KEY, LEARNER, Gateway, gateway
from nbformat import writes
from openai_server import OpenAIServer

from course.assignment import student_notebook
from course.catalog import Catalog
from hub_config.services.ai.coach.seen import Kept, Seen, Standing
from hub_config.services.campus.database import connect

ROOT = Path(__file__).parents[5]
LEVELS = sorted(ROOT.glob("level*"))
CATALOG = Catalog(LEVELS)
COACHED = [folder for folder in CATALOG if not folder.lesson.is_challenge]
EXERCISES = [f"{folder.lesson.id}/{raw['id']}" for folder in COACHED for raw in folder.lesson.exercise]
NAME = "hoa"
LIMITS = ("DAILY_TOKENS", "CLASS_DAILY_TOKENS", "BURST_REQUESTS", "BURST_TOKENS", "PRACTICE_BURST")
UNBOUND = {f"HOCAI_AI_{limit}": "1000000000" for limit in LIMITS}


@dataclass(frozen=True)
class Classroom:
    """What runs, and where its learner stands."""

    gateway: Gateway
    client: httpx.Client
    standing: Standing

    def stands(self, exercise: str, answer: Mapping[str, Any] | None = None) -> tuple[Seen, Kept]:
        """What the learner hoa sees of an exercise, and what is kept from her."""
        lesson, _, id_ = exercise.partition("/")
        folder = CATALOG.get(lesson)
        assert folder is not None
        return self.standing.of(folder, id_, NAME, answer)

    def post(self, exercise: str, body: Mapping[str, Any] | bytes, token: str = LEARNER) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}", "X-Hocai-Exercise": exercise, "Content-Type": "application/json"}
        if isinstance(body, bytes):
            return self.client.post("/v1/coach", content=body, headers=headers)
        return self.client.post("/v1/coach", json=body, headers=headers)

    def ask(
        self,
        exercise: str,
        message: str,
        answer: Mapping[str, Any] | None = None,
        history: Sequence[Mapping[str, str]] = (),
    ) -> dict[str, Any]:
        """The coach's reply as the page gets it."""
        reply = self.post(exercise, {"message": message, "answer": answer, "history": list(history)})
        assert reply.status_code == 200, reply.text
        return dict(reply.json())


@contextmanager
def classroom(data: Path, hub_api: str, model: OpenAIServer | None = None, **more: str) -> Iterator[Classroom]:
    """The project's lessons, published, with `model` or the practice AI alone behind the gateway."""
    settings = {"HOCAI_LESSONS": os.pathsep.join(map(str, LEVELS)), **UNBOUND, **more}
    if model:
        settings |= {"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_KEY": KEY, "HOCAI_AI_MODEL": "test-model"}
    with gateway(data, hub_api, **settings) as running:
        for folder in CATALOG:
            place = running.settings.published / folder.lesson.id
            place.mkdir(parents=True)
            (place / "lesson.ipynb").write_text(writes(student_notebook(folder)), "utf-8")
        engine = connect(running.settings)
        with httpx.Client(base_url=running.url, timeout=30) as client:
            yield Classroom(running, client, Standing(engine, running.settings.published))
        engine.dispose()

"""The judge for rubric criteria: a real model behind the gateway, when there is one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Self

import httpx

from autograders.judge.cache import VerdictCache
from autograders.judge.judge import Judge, JudgeAway, JudgeUnavailable, LLMJudge
from autograders.models import CriterionGrade
from course.criteria import Judged
from course.lesson import Exercise
from hub_config.services.campus.gateway import gateway_address, gateway_client
from hub_config.settings import Settings

log = logging.getLogger(__name__)

ASK_SECONDS = 5.0


def judge_of(settings: Settings, token: str, cache: VerdictCache) -> LLMJudge | None:
    """A judge, or None when the gateway has no model but the practice AI, or is away: judged criteria then wait.

    `token` is campus's own at the hub: what the judge asks counts on the service's quota.
    """
    try:
        with gateway_client(settings, token, ASK_SECONDS) as client:
            reply = client.get("v1/models").raise_for_status()
        held = [(model["id"], model["hocai"]) for model in reply.json()["data"]]
        models = [name for name, told in held if not told["practice"] and "chat" in told["kinds"]]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        log.warning("no judge: the gateway did not name its models: %s", error)
        return None
    if not models:
        return None
    return LLMJudge(
        f"{gateway_address(settings)}/v1",
        token,
        models[0],
        votes=settings.judge_votes,
        concurrency=settings.judge_concurrency,
        cache=cache,
    )


class Attended:
    """A judge for one submission that remembers what kept it from reading. The judge within is entered already."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self.away = False
        """Whether the model could not be reached, as against answering without a valid verdict."""
        self.problem = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def score(self, criterion: Judged, exercise: Exercise, answer: Mapping[str, Any]) -> CriterionGrade:
        """As the judge within."""
        try:
            return await self._judge.score(criterion, exercise, answer)
        except JudgeUnavailable as reason:
            self.problem = str(reason)
            self.away = self.away or isinstance(reason, JudgeAway)
            raise

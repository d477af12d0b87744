"""A judge as one would write it without a thought of attack, to measure what the defences give and cost.

Never used for scores: the whole text in one message, and the level that the model says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from autograders.judge.endpoint import Endpoint, JudgeUnavailable
from autograders.models import CriterionGrade, Provenance
from autograders.rules.answers import text_of
from course.criteria import Judged
from course.lesson import Exercise

PROMPT = (Path(__file__).parent.parent / "prompts" / "undefended.md").read_text("utf-8")
_LEVEL = re.compile(r"level\W{0,5}(\d+)", re.IGNORECASE)


class UndefendedJudge:
    """One plain prompt; no nonce, no quote to prove, no votes, no cache."""

    def __init__(
        self, base_url: str, api_key: str, model: str, *, seconds: float = 30.0, concurrency: int = 16
    ) -> None:
        self.model = model
        self._endpoint = Endpoint(base_url, api_key, model, seconds=seconds, concurrency=concurrency)

    async def __aenter__(self) -> Self:
        await self._endpoint.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._endpoint.__aexit__()

    async def score(self, criterion: Judged, exercise: Exercise, answer: Mapping[str, Any]) -> CriterionGrade:
        """The level the model says, or the highest where it says more. Raises JudgeUnavailable where it says none."""
        values = {
            "task": exercise.ask,
            "question": criterion.judge,
            "levels": "\n".join(criterion.levels),
            "answer": text_of(answer, criterion.on),
        }
        asked = re.sub(r"\{\{(\w+)\}\}", lambda name: values.get(name[1], name[0]), PROMPT)
        reply = await self._endpoint.ask([{"role": "user", "content": asked}], temperature=0)
        said = _LEVEL.search(reply.text)
        if said is None:
            raise JudgeUnavailable("no level in the reply")
        top = len(criterion.levels) - 1
        level = min(int(said[1]), top)
        return CriterionGrade(
            id=criterion.id,
            points=round(level / top * criterion.points, 2),
            max=criterion.points,
            status="scored",
            provenance=Provenance(by="judge", model=reply.model, votes=(level,), tokens=reply.tokens),
        )

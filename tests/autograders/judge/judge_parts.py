"""What tests of the judge share: a criterion with its exercise, a judge at a local endpoint, verdicts to say."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from autograders.judge.judge import Judge, LLMJudge
from autograders.models import CriterionGrade
from course.criteria import Judged
from course.lesson import Exercise

CRITERION = Judged(
    id="fit",
    points=2,
    on="text",
    missing="Đọc lại một lần.",
    judge="Nghe một lần, bà con có biết phải làm gì không?",
    levels=(
        "0: không rõ phải làm gì (ví dụ: “Yêu cầu chấp hành nghiêm túc.”)",
        "1: hiểu được nhưng việc chính bị chìm (ví dụ: “Trân trọng kính mong quý vị…”)",
        "2: một lượt là biết việc, giờ, nơi (ví dụ: “Mời bà con họp lúc 19 giờ 30, tại nhà văn hóa.”)",
    ),
)
EXERCISE = Exercise(
    id="notice", kind="text", title="Viết", ask="Viết thông báo họp xóm.", skill="prompt.parts", difficulty=2
)
TEXT = "Kính mời bà con đến họp lúc 19 giờ 30 tại nhà văn hóa xóm."

Respond = Callable[[dict[str, Any]], str]


def score(judge: Judge, answer: str | Mapping[str, Any] = TEXT, criterion: Judged = CRITERION) -> CriterionGrade:
    """One answer scored, in an event loop of its own."""
    return asyncio.run(_score(judge, {"text": answer} if isinstance(answer, str) else answer, criterion))


async def _score(judge: Judge, answer: Mapping[str, Any], criterion: Judged) -> CriterionGrade:
    async with judge:
        return await judge.score(criterion, EXERCISE, answer)


def points(judge: Judge, texts: Iterable[str]) -> dict[str, float | None]:
    """What each text earns, in one event loop."""

    async def run() -> dict[str, float | None]:
        async with judge:
            return {text: (await judge.score(CRITERION, EXERCISE, {"text": text})).points for text in texts}

    return asyncio.run(run())


def at(base_url: str, **settings: Any) -> LLMJudge:
    return LLMJudge(base_url, "token-of-the-service", "test-model", **{"seconds": 2.0, **settings})


def nonce_of(body: dict[str, Any]) -> str:
    found = re.search(r"<BAI-LAM-([0-9a-f]{16})>", body["messages"][1]["content"])
    assert found
    return found[1]


def verdict(level: int = 2, quote: str = "Kính mời bà con đến họp", **changed: Any) -> Respond:
    """A model that says this verdict with the right nonce."""

    def respond(body: dict[str, Any]) -> str:
        said = {"nonce": nonce_of(body), "level": level, "quote": quote, "advice": "Tốt, nói rõ giờ họp."}
        return json.dumps({**said, **changed}, ensure_ascii=False)

    return respond


class Kept(dict[str, str]):
    """A verdict cache in memory; an earlier verdict stays."""

    def get(self, key: str, default: Any = None) -> Any:
        return super().get(key, default)

    def put(self, key: str, verdict: str) -> None:
        self.setdefault(key, verdict)

"""Scoring one criterion by an LLM behind any OpenAI-compatible endpoint (here: the AI gateway)."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, Self

import openai

from autograders.judge.cache import VerdictCache
from autograders.judge.verdict import InvalidVerdict, Verdict, read_verdict, schema
from autograders.models import CriterionGrade, Provenance
from autograders.rules.answers import text_of
from course.criteria import Judged
from course.lesson import Exercise

log = logging.getLogger(__name__)

PROMPT = (Path(__file__).parent.parent / "prompts" / "judge.md").read_text("utf-8")
ATTEMPTS = 2  # a reply that is no verdict is asked for once more


class JudgeUnavailable(Exception):
    """No judge could be reached, or none of its replies was a verdict: the criterion waits."""


class Judge(Protocol):
    """Whoever scores what no rule can. Used inside `async with`, in one event loop; may be entered again."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(self, *_: object) -> None: ...

    async def score(self, criterion: Judged, exercise: Exercise, answer: Mapping[str, Any]) -> CriterionGrade:
        """The scored criterion, or a waiting one where votes differ. Raises JudgeUnavailable."""


class LLMJudge:
    """A judge that asks a model; `base_url` and `api_key` are those of the AI gateway and of the asking service."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str,
        *,
        seconds: float = 30.0,
        votes: int = 1,
        concurrency: int = 16,
        cache: VerdictCache | None = None,
    ) -> None:
        self._base_url, self._api_key, self.model = base_url, api_key, model
        self._seconds, self._votes, self._concurrency, self._cache = seconds, votes, concurrency, cache

    async def __aenter__(self) -> Self:
        self._client = openai.AsyncOpenAI(
            base_url=self._base_url, api_key=self._api_key, timeout=self._seconds, max_retries=1
        )
        self._free = asyncio.Semaphore(self._concurrency)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    async def score(self, criterion: Judged, exercise: Exercise, answer: Mapping[str, Any]) -> CriterionGrade:
        """Score `criterion` by the level the model chose and proved. Raises JudgeUnavailable."""
        text = text_of(answer, criterion.on)
        problem = ""
        for _ in range(ATTEMPTS):
            nonce = secrets.token_hex(8)
            async with self._free:
                reply, tokens, model = await self._ask(criterion, exercise, text, nonce)
            try:
                verdict = read_verdict(reply, nonce, len(criterion.levels), text)
            except InvalidVerdict as error:
                problem = str(error)
                log.warning("judge %s, %s/%s: %s", model, exercise.id, criterion.id, problem)
                continue
            return self._grade(criterion, exercise, verdict, tokens, model)
        raise JudgeUnavailable(f"no valid verdict: {problem}")

    async def _ask(self, criterion: Judged, exercise: Exercise, text: str, nonce: str) -> tuple[str, int, str]:
        levels = "\n".join(criterion.levels)
        system = PROMPT.replace("{{nonce}}", nonce).replace("{{levels}}", levels)
        system = system.replace("{{question}}", criterion.judge).replace("{{task}}", exercise.ask)
        fence = f"BAI-LAM-{nonce}"
        try:
            reply = await self._client.chat.completions.create(
                model=self.model,
                temperature=0,
                response_format=schema(len(criterion.levels)),
                messages=[
                    {"role": "system", "content": system},
                    {"role": "user", "content": f"<{fence}>\n{text}\n</{fence}>"},
                ],
            )
        except (openai.OpenAIError, ValueError) as error:  # ValueError: a body that is no JSON
            raise JudgeUnavailable(f"{type(error).__name__}: {error}") from error
        if not getattr(reply, "choices", None):
            raise JudgeUnavailable("the endpoint's reply holds no choices")
        tokens = reply.usage.total_tokens if reply.usage else 0
        return reply.choices[0].message.content or "", tokens, reply.model

    def _grade(
        self, criterion: Judged, exercise: Exercise, verdict: Verdict, tokens: int, model: str
    ) -> CriterionGrade:
        share = verdict.level / (len(criterion.levels) - 1)
        prompt, rubric = versions(criterion, exercise)
        return CriterionGrade(
            id=criterion.id,
            points=round(share * criterion.points, 2),
            max=criterion.points,
            status="scored",
            message=verdict.advice or criterion.missing,
            evidence=verdict.quote if verdict.level else "",
            provenance=Provenance(
                by="judge",
                model=model,
                prompt_version=prompt,
                rubric_version=rubric,
                votes=(verdict.level,),
                tokens=tokens,
            ),
        )


def versions(criterion: Judged, exercise: Exercise) -> tuple[str, str]:
    """(prompt version, rubric version) by which a judge reads this criterion of this drawn exercise."""
    return _version(PROMPT), _version("\n".join((exercise.ask, criterion.judge, *criterion.levels)))


def _version(text: str) -> str:
    """Twelve hex digits that change when the text does."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]

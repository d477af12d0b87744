"""Scoring one criterion by an LLM: what it says counts only where code can verify it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, Self

from autograders import wording
from autograders.judge.cache import VerdictCache, verdict_key
from autograders.judge.endpoint import Endpoint, JudgeAway, JudgeUnavailable
from autograders.judge.question import PROMPT, question, rubric_lines, versions
from autograders.judge.spans import Reading, read_for_judge
from autograders.judge.verdict import InvalidVerdict, KeptVerdict, kept_verdict, read_verdict, schema
from autograders.models import CriterionGrade, Provenance
from autograders.rules.answers import text_of
from course.criteria import Judged
from course.lesson import Exercise

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionMessageParam

__all__ = ["PROMPT", "Judge", "JudgeAway", "JudgeUnavailable", "LLMJudge", "versions"]

log = logging.getLogger(__name__)

ATTEMPTS = 2  # a reply that is no verdict is asked for once more
LEAST_WORDS = 2  # fewer prove nothing


class Judge(Protocol):
    """Whoever scores what no rule can. Used inside `async with`, in one event loop; may be entered again."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(self, *_: object) -> None: ...

    async def score(self, criterion: Judged, exercise: Exercise, answer: Mapping[str, Any]) -> CriterionGrade:
        """The scored criterion, or a waiting one where votes differ. Raises JudgeUnavailable."""


@dataclass(frozen=True)
class _Vote:
    verdict: KeptVerdict
    tokens: int  # 0 when it was given before


class LLMJudge:
    """A judge that asks a model; `base_url` and `api_key` are those of the AI gateway and of the asking service.

    `votes` readings of each answer must agree, else the criterion waits for a teacher. With a `cache` nothing is
    asked twice.
    """

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
        self.model = model
        self._endpoint = Endpoint(base_url, api_key, model, seconds=seconds, concurrency=concurrency)
        self._votes, self._cache = votes, cache
        self._under_way: dict[str, asyncio.Task[_Vote]] = {}

    async def __aenter__(self) -> Self:
        await self._endpoint.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._under_way.values():
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)
        self._under_way.clear()
        await self._endpoint.__aexit__()

    async def score(self, criterion: Judged, exercise: Exercise, answer: Mapping[str, Any]) -> CriterionGrade:
        """Score `criterion` by the level the model chose and proved. Raises JudgeUnavailable."""
        text, rubric = text_of(answer, criterion.on), rubric_lines(criterion)
        reading = await asyncio.to_thread(read_for_judge, text, rubric)  # half a second for a text made to be slow
        if reading.words < LEAST_WORDS:
            message = wording.ONLY_TO_GRADER if reading.excluded else criterion.missing
            return _line(criterion, exercise, Provenance(by="rule"), 0, message)
        asked = [self._vote(criterion, exercise, reading, number) for number in range(self._votes)]
        votes: list[_Vote] = []
        for vote in await asyncio.gather(*asked, return_exceptions=True):  # what was answered is kept in the cache
            if isinstance(vote, BaseException):
                raise vote
            votes.append(vote)
        return self._grade(criterion, exercise, votes)

    async def _vote(self, criterion: Judged, exercise: Exercise, reading: Reading, number: int) -> _Vote:
        """Vote `number` on what the judge may read: kept from before, under way for another learner, or asked for."""
        prompt, rubric = versions(criterion, exercise)
        seen = " ".join(reading.text.split())
        key = verdict_key(self.model, {**_parameters(number), "vote": number}, prompt, rubric, seen)
        return await self._once(key, lambda: self._kept_or_asked(key, criterion, exercise, reading, number))

    async def _once(self, key: str, ask: Callable[[], Awaitable[_Vote]]) -> _Vote:
        """The vote of `ask`, which is called once for all who want the same key meanwhile."""
        if task := self._under_way.get(key):
            return replace(await asyncio.shield(task), tokens=0)
        task = asyncio.ensure_future(ask())
        self._under_way[key] = task
        task.add_done_callback(lambda _: self._under_way.pop(key, None))
        return await asyncio.shield(task)

    async def _kept_or_asked(
        self, key: str, criterion: Judged, exercise: Exercise, reading: Reading, number: int
    ) -> _Vote:
        levels = len(criterion.levels)
        kept = await asyncio.to_thread(self._cache.get, key) if self._cache is not None else None
        if kept is not None:
            try:
                return _Vote(kept_verdict(kept, levels, reading.parts), 0)
            except InvalidVerdict as error:
                log.warning("a kept verdict on %s/%s is asked for anew: %s", exercise.id, criterion.id, error)
        vote = await self._ask(criterion, exercise, reading, number)
        if self._cache is not None:
            await asyncio.to_thread(self._cache.put, key, vote.verdict.model_dump_json())
        return vote

    async def _ask(self, criterion: Judged, exercise: Exercise, reading: Reading, number: int) -> _Vote:
        problem, tokens = "", 0
        for _ in range(ATTEMPTS):
            nonce = secrets.token_hex(8)
            fence = f"BAI-LAM-{nonce}"
            messages: list[ChatCompletionMessageParam] = [
                {"role": "system", "content": question(criterion, exercise, nonce, highest_first=number % 2 == 1)},
                {"role": "user", "content": f"<{fence}>\n{reading.text}\n</{fence}>"},
            ]
            reply = await self._endpoint.ask(
                messages, response_format=schema(len(criterion.levels)), **_parameters(number)
            )
            tokens += reply.tokens
            try:
                verdict = read_verdict(reply.text, nonce, len(criterion.levels), reading.parts)
            except InvalidVerdict as error:
                problem = str(error)
                log.warning("judge %s, %s/%s: %s", reply.model, exercise.id, criterion.id, problem)
                continue
            kept = KeptVerdict(model=reply.model, level=verdict.level, quote=verdict.quote, advice=verdict.advice)
            return _Vote(kept, tokens)
        raise JudgeUnavailable(f"no valid verdict: {problem}")

    def _grade(self, criterion: Judged, exercise: Exercise, votes: list[_Vote]) -> CriterionGrade:
        first = votes[0].verdict
        provenance = Provenance(
            by="judge",
            model=first.model,
            votes=tuple(vote.verdict.level for vote in votes),
            tokens=sum(vote.tokens for vote in votes),
        )
        if len(set(provenance.votes)) > 1:
            return _line(criterion, exercise, provenance, None, wording.JUDGES_DIFFER)
        evidence = first.quote if first.level else ""
        return _line(criterion, exercise, provenance, first.level, first.advice or criterion.missing, evidence)


def _parameters(number: int) -> dict[str, Any]:
    """What makes vote `number` another reading, besides the order of the levels."""
    return {"temperature": 0, "seed": number}


def _line(
    criterion: Judged, exercise: Exercise, by: Provenance, level: int | None, message: str, evidence: str = ""
) -> CriterionGrade:
    """The line of a grade; `level` None waits for a teacher."""
    prompt, rubric = versions(criterion, exercise)
    top = len(criterion.levels) - 1
    return CriterionGrade(
        id=criterion.id,
        points=None if level is None else round(min(max(level, 0), top) / top * criterion.points, 2),
        max=criterion.points,
        status="waiting" if level is None else "scored",
        message=message,
        evidence=evidence,
        provenance=by.model_copy(update={"prompt_version": prompt, "rubric_version": rubric}),
    )

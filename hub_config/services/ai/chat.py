"""`POST v1/chat/completions`."""

import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

import anyio
from anyio.to_thread import run_sync
from starlette.requests import Request

from hub_config.services.ai.attached import attached_document
from hub_config.services.ai.call import Call
from hub_config.services.ai.completion import DONE, cut_to, event, labelled, spoken_chunks, spoken_completion
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.endpoint import Answer, Endpoint
from hub_config.services.ai.errors import UpstreamError
from hub_config.services.ai.guard.policy import Guard
from hub_config.services.ai.practice import PracticeAI
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.question import Question, read_question
from hub_config.services.ai.routing import Candidate, Routing

CHUNK_PAUSE_S = 0.008  # the practice AI writes at about the pace of a fast model
EVENTS = "text/event-stream; charset=utf-8"
Chunk = tuple[bytes, dict[str, Any]]  # as it came, and read


class ChatEndpoint(Endpoint[Question]):
    kind = "chat"

    def __init__(self, desk: Desk, routing: Routing, guard: Guard, exercises: Exercises) -> None:
        super().__init__(desk, routing, guard)
        self._exercises = exercises
        self._practice = PracticeAI(exercises)

    async def read(self, request: Request) -> Question:
        return await read_question(request)

    async def prepare(self, call: Call[Question], candidates: Sequence[Candidate]) -> None:
        if call.exercise and candidates and not call.caller.is_service:
            call.attached = attached_document(await run_sync(self._exercises.drawn, call.exercise, call.caller.name))

    async def from_model(self, call: Call[Question], candidate: Candidate) -> Answer:
        body = call.sent.forwarded(candidate.model.id, call.attached)
        if not call.question.stream:
            answer = await candidate.upstream.complete(body)
            call.heard(answer)
            return _whole(call, answer)
        chunks = candidate.upstream.stream(body)
        return Answer(EVENTS, DONE, _events(call, await anext(chunks), chunks))

    async def from_practice(self, call: Call[Question]) -> Answer:
        text = await run_sync(self._practice.reply, call.question.prompt, call.exercise, call.caller.name)
        return said(call, *cut_to(text, call.question.reply_tokens))

    def cut(self, call: Call[Question], error: UpstreamError) -> bytes:
        return event({**error.body(), "hocai": call.label})


def said(call: Call[Question], text: str, finish: str) -> Answer:
    """The answer in which `text` is said, in pieces where pieces were asked for."""
    if not call.question.stream:
        answer = spoken_completion(call.model, text, finish, call.prompt_tokens)
        call.heard(answer)
        return _whole(call, answer)
    return Answer(EVENTS, DONE, _spoken(call, text, finish))


def _whole(call: Call[Question], answer: dict[str, Any]) -> Answer:
    return Answer("application/json", json.dumps({**answer, "hocai": call.label}, ensure_ascii=False).encode())


async def _events(call: Call[Question], first: Chunk, rest: AsyncGenerator[Chunk, None]) -> AsyncGenerator[bytes, None]:
    """The events of a model's stream: each as it came, with the label."""
    held = json.dumps(call.label, ensure_ascii=False).encode()
    async with aclosing(rest):
        data, chunk = first
        while True:
            call.heard(chunk)
            if chunk["choices"] or call.question.wants_usage:  # else a count that the gateway asked for by itself
                yield labelled(data, held)
            try:
                data, chunk = await anext(rest)
            except StopAsyncIteration:
                return


async def _spoken(call: Call[Question], text: str, finish: str) -> AsyncGenerator[bytes, None]:
    held = call.label
    for chunk in spoken_chunks(call.model, text, finish, call.prompt_tokens):
        call.heard(chunk)
        if chunk["choices"] or call.question.wants_usage:
            yield event({**chunk, "hocai": held})
        await anyio.sleep(CHUNK_PAUSE_S)

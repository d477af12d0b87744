"""`POST v1/chat/completions`."""

import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from io import BytesIO
from typing import Any

import anyio
from anyio.to_thread import run_sync
from starlette.requests import Request

from hub_config.services.ai.attached import attached_document
from hub_config.services.ai.call import Call
from hub_config.services.ai.completion import DONE, cut_to, event, labelled, spoken_chunks, spoken_completion
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.endpoint import Answer, Endpoint, whole
from hub_config.services.ai.errors import GatewayError, UpstreamError
from hub_config.services.ai.once import Once
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.practice.process import PracticeAI
from hub_config.services.ai.question import ImagePart, Question, read_question
from hub_config.services.ai.routing import Candidate, Routing
from hub_config.services.ai.saved import SavedReplies
from hub_config.services.ai.wording import NOT_FILLED
from hub_config.services.ai.workshop import Workshop

CHUNK_PAUSE_S = 0.008  # the practice AI writes at about the pace of a fast model
EVENTS = "text/event-stream; charset=utf-8"
Chunk = tuple[bytes, dict[str, Any]]  # as it came, and read


class ChatEndpoint(Endpoint[Question]):
    kind = "chat"

    def __init__(
        self,
        desk: Desk,
        routing: Routing,
        once: Once,
        exercises: Exercises,
        practice: PracticeAI,
        saved: SavedReplies,
        workshop: Workshop,
    ) -> None:
        super().__init__(desk, routing, once)
        self._exercises = exercises
        self._saved = saved
        self._workshop = workshop
        self._practice = practice

    async def read(self, request: Request) -> Question:
        return await read_question(request)

    async def prepare(self, call: Call[Question], candidates: Sequence[Candidate]) -> None:
        if call.exercise and candidates and not call.caller.is_service:
            call.attached = attached_document(await run_sync(self._exercises.drawn, call.exercise, call.caller.name))
        call.saved_as = self._saved.key(call, candidates)

    async def answered(self, call: Call[Question], candidates: Sequence[Candidate]) -> Answer:
        if call.saved_as and (reply := await run_sync(self._saved.read, call.saved_as)) is not None:
            call.goes_to(candidates[0])
            call.asked, call.cached, call.fallback = False, True, False
            call.note = call.error = ""  # nobody steps in, also where nothing is left of the quota
            return said(call, reply, "stop")
        return await super().answered(call, candidates)

    async def finished(self, call: Call[Question]) -> None:
        own = not (call.practice or call.fallback or call.cached)
        if call.saved_as and own and call.text and call.finish == "stop":
            await run_sync(self._saved.save, call.saved_as, call.text)

    async def from_model(self, call: Call[Question], candidate: Candidate) -> Answer:
        body = call.sent.forwarded(candidate.model.id, call.attached)
        if not call.question.stream:
            answer = await candidate.upstream.complete(body)
            call.heard(answer)
            return whole(call, answer)
        chunks = candidate.upstream.stream(body)
        return Answer(EVENTS, DONE, _events(call, await anext(chunks), chunks))

    async def from_practice(self, call: Call[Question]) -> Answer:
        text = await self._practised(call)
        return said(call, *cut_to(text, call.question.reply_tokens))

    async def _practised(self, call: Call[Question]) -> str:
        asked = call.question
        (earlier, sources), prompt = asked.turns(), asked.prompt
        if pictures := [part.file for part in asked.files() if isinstance(part, ImagePart)]:
            return await self._workshop.look(pictures, prompt)
        for sound in asked.files():
            prompt += "\n" + (await self._workshop.transcript(BytesIO(sound.file))).text
        if (schema := asked.reply_schema) is not None:
            filled = await self._practice.structured(prompt, schema, sources)
            if filled is None:
                raise GatewayError(422, "practice_cannot", sentence=NOT_FILLED)
            return filled
        exercise, name = call.exercise, call.caller.name
        text, call.invented = await self._practice.reply(prompt, exercise, name, earlier, sources)
        if exercise and asked.before.strip():
            call.better = await self._practice.better(asked.before, prompt, exercise, name)
        return text

    def cut(self, call: Call[Question], error: UpstreamError) -> bytes:
        return event({**error.body(), "hocai": call.label})


def said(call: Call[Question], text: str, finish: str) -> Answer:
    """The answer in which `text` is said, in pieces where pieces were asked for."""
    if not call.question.stream:
        answer = spoken_completion(call.model, text, finish, call.prompt_tokens)
        call.heard(answer)
        return whole(call, answer)
    return Answer(EVENTS, DONE, _spoken(call, text, finish))


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
            held.pop("better", None)  # once is enough
        await anyio.sleep(CHUNK_PAUSE_S)

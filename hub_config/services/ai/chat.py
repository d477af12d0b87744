"""`POST v1/chat/completions`: who asks, what it may cost, which AI answers, what is kept of it."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Any

import anyio
from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from hub_config.services.ai.attached import attached_document
from hub_config.services.ai.call import Call
from hub_config.services.ai.completion import (
    DONE,
    PRACTICE_MODEL,
    cut_to,
    event,
    practice_chunks,
    practice_completion,
)
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.practice import PracticeAI
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.question import Question, read_question
from hub_config.services.ai.upstream import Upstream, UpstreamError

log = logging.getLogger(__name__)
CHUNK_PAUSE_S = 0.008  # the practice AI writes at about the pace of a fast model


class ChatEndpoint:
    """The ASGI app of the route. It holds no state of a request."""

    def __init__(self, desk: Desk, exercises: Exercises, upstream: Upstream | None) -> None:
        self._desk = desk
        self._exercises = exercises
        self._practice = PracticeAI(exercises)
        self._upstream = upstream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            caller = await self._desk.caller(request)
            exercise = self._desk.exercise(request)
            call = Call("chat", caller, await read_question(request), exercise)
            if exercise and self._asks_model(call) and not caller.is_service:
                call.attached = attached_document(await run_sync(self._exercises.drawn, exercise, caller.name))
            await _while_connected(receive, lambda: self._answer(call, scope, receive, send))
        except ClientDisconnect:
            log.info("client left before its question was read")
        except GatewayError as error:
            await error.response()(scope, receive, send)

    async def _answer(self, call: Call[Question], scope: Scope, receive: Receive, send: Send) -> None:
        """Reserve, answer, settle. Raises GatewayError as long as nothing was sent."""
        async with self._desk.admitted(call):
            if call.question.stream:
                last = await self._send_stream(call, send)
            else:
                answer = await self._completion(call)
        # whoever has read the end of an answer finds it recorded
        if call.question.stream:
            await send({"type": "http.response.body", "body": last, "more_body": False})
        else:
            await JSONResponse({**answer, "hocai": call.label})(scope, receive, send)

    # --- which AI answers
    async def _completion(self, call: Call[Question]) -> dict[str, Any]:
        upstream = self._chosen(call)
        if upstream:
            try:
                answer = await upstream.complete(call.question.forwarded(upstream.model, call.attached))
                call.heard(answer)
                return answer
            except UpstreamError as error:
                self._fall_back(call, error)
        text, finish = await self._practised(call)
        answer = practice_completion(text, finish, call.prompt_tokens)
        call.heard(answer)
        return answer

    async def _chunks(self, call: Call[Question]) -> AsyncGenerator[dict[str, Any], None]:
        upstream = self._chosen(call)
        if upstream:
            begun = False
            try:
                async with aclosing(upstream.stream(call.question.forwarded(upstream.model, call.attached))) as chunks:
                    async for chunk in chunks:
                        begun = True
                        call.heard(chunk)
                        yield chunk
                return
            except UpstreamError as error:
                if begun:
                    raise
                self._fall_back(call, error)
        text, finish = await self._practised(call)
        for chunk in practice_chunks(text, finish, call.prompt_tokens):
            call.heard(chunk)
            yield chunk
            await anyio.sleep(CHUNK_PAUSE_S)

    def _asks_model(self, call: Call[Question]) -> bool:
        return self._upstream is not None and (call.caller.is_service or call.question.model != PRACTICE_MODEL)

    def _chosen(self, call: Call[Question]) -> Upstream | None:
        """The model that shall answer; None for the practice AI, which a service must never take for a model."""
        if self._upstream and self._asks_model(call):
            call.model, call.practice, call.asked = self._upstream.model, False, True
            return self._upstream
        if call.caller.is_service:
            raise GatewayError(503, "no_model")
        call.asked = True
        return None

    def _fall_back(self, call: Call[Question], error: UpstreamError) -> None:
        """Let the practice AI answer a learner; a service gets the error, so that what it grades waits."""
        call.asked = False
        if call.caller.is_service or error.status < 500:
            raise error
        call.model, call.practice, call.asked, call.attached = PRACTICE_MODEL, True, True, ""

    async def _practised(self, call: Call[Question]) -> tuple[str, str]:
        text = await run_sync(self._practice.reply, call.question.prompt, call.exercise, call.caller.name)
        return cut_to(text, call.question.reply_tokens)

    # --- server-sent events
    async def _send_stream(self, call: Call[Question], send: Send) -> bytes:
        """Send all but the last event, which is returned: [DONE], or the error that cut the stream."""
        async with aclosing(self._chunks(call)) as chunks:
            chunk = await anext(chunks)  # while this fails, an error still has a status of its own
            headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-cache")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            try:
                await _send_chunk(call, chunk, send)
                async for chunk in chunks:
                    await _send_chunk(call, chunk, send)
            except UpstreamError as error:
                return event({**error.body(), "hocai": call.label})
        return DONE


async def _send_chunk(call: Call[Question], chunk: dict[str, Any], send: Send) -> None:
    if not chunk["choices"] and not call.question.wants_usage:
        return  # the count of tokens, which the gateway asks for on its own account
    await send({"type": "http.response.body", "body": event({**chunk, "hocai": call.label}), "more_body": True})


async def _while_connected(receive: Receive, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work, but stop it, and with it the request to the model, as soon as the client has gone."""
    failure: GatewayError | None = None
    async with anyio.create_task_group() as group:

        async def watch() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

        group.start_soon(watch)
        try:
            await work()
        except GatewayError as error:
            failure = error  # raised outside of the group, which would wrap it
        group.cancel_scope.cancel()
    if failure:
        raise failure

"""What all routes of the gateway have in common: who asks, what it may cost, which AI answers, how it is sent."""

import json
import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar, Generic
from urllib.parse import quote

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope, Send

from hub_config.services.ai.call import Call, Kind, Q
from hub_config.services.ai.cost import dearest
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.errors import GatewayError, UpstreamError
from hub_config.services.ai.once import Once
from hub_config.services.ai.routing import FIRST, Candidate, Routing

log = logging.getLogger(__name__)
KEY_HEADER = "idempotency-key"
PERSONAL_HEADER = "x-hocai-personal-data"


@dataclass
class Answer:
    """What goes back: `pieces`, the first of which is there already, and then `body`, or `body` alone."""

    media_type: str
    body: bytes | None = b""  # None: the connection is broken off
    pieces: AsyncGenerator[bytes, None] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def start(self) -> Message:
        given = {"content-type": self.media_type, **self.headers}
        given |= {"cache-control": "no-cache"} if self.pieces else {"content-length": str(len(self.body or b""))}
        return {
            "type": "http.response.start",
            "status": 200,
            "headers": [(key.encode(), value.encode("latin-1")) for key, value in given.items()],
        }


class Endpoint(ABC, Generic[Q]):
    """The ASGI app of a route. It holds no state of a request."""

    kind: ClassVar[Kind]

    def __init__(self, desk: Desk, routing: Routing, once: Once) -> None:
        self._desk = desk
        self._routing = routing
        self._once = once

    # --- what each route has of its own
    @abstractmethod
    async def read(self, request: Request) -> Q:
        """The checked body. Raises GatewayError 400 or 413."""

    @abstractmethod
    async def from_model(self, call: Call[Q], candidate: Candidate) -> Answer:
        """What the model answers; of a stream the first piece is there. Raises UpstreamError."""

    @abstractmethod
    async def from_practice(self, call: Call[Q]) -> Answer:
        """What the practice AI answers. Raises GatewayError 422 where it cannot."""

    async def release(self, question: Q) -> None:
        """Give back what a body holds besides memory."""

    async def prepare(self, call: Call[Q], candidates: Sequence[Candidate]) -> None:
        """Add to the call what its body does not hold."""

    async def finished(self, call: Call[Q]) -> None:
        """Follow up an answer that is there to its end."""

    def cut(self, call: Call[Q], error: UpstreamError) -> bytes | None:
        """How a stream ends that broke off; None: with the connection."""
        return None

    # --- the way of a request
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            caller = await self._desk.caller(request)
            exercise = self._desk.exercise(request)
            question = await self.read(request)
            try:
                await self._handle(request, Call(self.kind, caller, question, exercise), send)
            finally:
                await self.release(question)
        except ClientDisconnect:
            log.info("client left before its question was read")
        except GatewayError as error:
            await error.response()(scope, receive, send)

    async def _handle(self, request: Request, call: Call[Q], send: Send) -> None:
        candidates = self._routing.candidates(self.kind, call.question.model, service=call.caller.is_service)
        call.metered = bool(candidates)
        call.may_practise = call.question.model in FIRST and not call.caller.is_service
        call.price = dearest(candidate.model for candidate in candidates)
        call.personal_data = request.headers.get(PERSONAL_HEADER, "").strip().lower()
        await self.prepare(call, candidates)
        if (key := request.headers.get(KEY_HEADER)) is None:
            await while_connected(request.receive, lambda: self._answer(call, candidates, send))
        else:  # an answer that the client has lost is finished nevertheless, and found when it asks again
            asked = f"{call.exercise}\0{call.question.fingerprint()}"
            work = partial(self._answer, call, candidates)
            await self._once.answer(call.caller.key, self.kind, key, asked, send, work)

    async def _answer(self, call: Call[Q], candidates: Sequence[Candidate], send: Send) -> bool:
        """Reserve, answer, settle; whether it was answered to the end. Raises GatewayError while nothing was sent."""
        async with self._desk.admitted(call):
            answer = await self.answered(call, candidates)
            answer.headers |= call.headers
            if answer.pieces:
                await self._send_pieces(call, answer, answer.pieces, send)
            if not call.cut:
                await self.finished(call)
        # whoever has read the end of an answer finds it recorded
        if not answer.pieces:
            await send(answer.start())
        if answer.body is not None:
            await send({"type": "http.response.body", "body": answer.body, "more_body": False})
        return not call.cut

    async def answered(self, call: Call[Q], candidates: Sequence[Candidate]) -> Answer:
        """The answer of the first candidate that gives one; of the practice AI when none does.

        A service gets the error instead, so that what it grades waits.
        """
        failure: UpstreamError | None = None
        for candidate in candidates if call.metered else ():
            await self._desk.guard.passed(call, candidate.upstream)
            call.goes_to(candidate)
            try:
                answer = await self.from_model(call, candidate)
                answer.body = call.revealed(answer.body)
                return answer
            except UpstreamError as error:
                call.asked = False
                if error.status < 500:
                    raise  # the request itself is at fault
                failure, call.fallback = failure or error, True
                call.error = failure.code
        if failure and call.caller.is_service:
            raise failure
        call.goes_to_practice()
        return await self.from_practice(call)

    async def _send_pieces(
        self, call: Call[Q], answer: Answer, pieces: AsyncGenerator[bytes, None], send: Send
    ) -> None:
        """Send the pieces; what comes after them is left in the answer's body."""
        await send(answer.start())
        async with aclosing(pieces):
            try:
                async for piece in pieces:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            except UpstreamError as error:
                call.cut, call.error = True, error.code
                answer.body = self.cut(call, error)


def whole(call: Call[Any], answer: dict[str, Any]) -> Answer:
    """A JSON answer, with the label."""
    return Answer("application/json", json.dumps({**answer, "hocai": call.label}, ensure_ascii=False).encode())


def label_headers(call: Call[Any]) -> dict[str, str]:
    """The label of an answer that is no JSON: its text in UTF-8, percent-encoded."""
    told = {"X-Hocai-Label": quote(call.label["label"]), "X-Hocai-Practice": str(call.practice).lower()}
    told |= {"X-Hocai-Fallback": str(call.fallback).lower()}
    return told | ({"X-Hocai-Masked": ",".join(call.masked)} if call.masked else {})


async def while_connected(receive: Receive, work: Callable[[], Awaitable[object]]) -> None:
    """Do the work, but stop it, and with it the request to the model, as soon as the client has gone."""
    failure: Exception | None = None
    async with anyio.create_task_group() as group:

        async def watch() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

        group.start_soon(watch)
        try:
            await work()
        except Exception as error:
            failure = error  # raised outside of the group, which would wrap it
        group.cancel_scope.cancel()
    if failure:
        raise failure

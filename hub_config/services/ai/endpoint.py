"""What all routes of the gateway have in common: who asks, what it may cost, which AI answers, how it is sent."""

import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import ClassVar, Generic

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope, Send

from hub_config.services.ai.call import Call, Kind, Q
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.errors import GatewayError, UpstreamError
from hub_config.services.ai.guard.policy import HEADER, Guard
from hub_config.services.ai.routing import Candidate, Routing

log = logging.getLogger(__name__)


@dataclass
class Answer:
    """What goes back: `pieces`, the first of which is there already, and then `body`, or `body` alone."""

    media_type: str
    body: bytes = b""
    pieces: AsyncGenerator[bytes, None] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def start(self) -> Message:
        given = {"content-type": self.media_type, **self.headers}
        given |= {"cache-control": "no-cache"} if self.pieces else {"content-length": str(len(self.body))}
        return {
            "type": "http.response.start",
            "status": 200,
            "headers": [(key.encode(), value.encode("latin-1")) for key, value in given.items()],
        }


class Endpoint(ABC, Generic[Q]):
    """The ASGI app of a route. It holds no state of a request."""

    kind: ClassVar[Kind]

    def __init__(self, desk: Desk, routing: Routing, guard: Guard) -> None:
        self._desk = desk
        self._routing = routing
        self._guard = guard

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

    async def prepare(self, call: Call[Q], candidates: Sequence[Candidate]) -> None:
        """Add to the call what its body does not hold."""

    def cut(self, call: Call[Q], error: UpstreamError) -> bytes:
        """How a stream ends that broke off; raised on, it breaks the connection."""
        raise error

    # --- the way of a request
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            caller = await self._desk.caller(request)
            exercise = self._desk.exercise(request)
            call = Call(self.kind, caller, await self.read(request), exercise)
            call.personal_data = request.headers.get(HEADER, "").strip().lower()
            candidates = self._routing.candidates(self.kind, call.question.model, service=caller.is_service)
            await self.prepare(call, candidates)
            await while_connected(receive, lambda: self._answer(call, candidates, send))
        except ClientDisconnect:
            log.info("client left before its question was read")
        except GatewayError as error:
            await error.response()(scope, receive, send)

    async def _answer(self, call: Call[Q], candidates: Sequence[Candidate], send: Send) -> None:
        """Reserve, answer, settle. Raises GatewayError as long as nothing was sent."""
        async with self._desk.admitted(call):
            answer = await self._answered(call, candidates)
            if answer.pieces:
                await self._send_pieces(call, answer, answer.pieces, send)
        # whoever has read the end of an answer finds it recorded
        if not answer.pieces:
            await send(answer.start())
        await send({"type": "http.response.body", "body": answer.body, "more_body": False})

    async def _answered(self, call: Call[Q], candidates: Sequence[Candidate]) -> Answer:
        """The answer of the first candidate that gives one; of the practice AI when none does.

        A service gets the error instead, so that what it grades waits.
        """
        failure: UpstreamError | None = None
        for candidate in candidates:
            await self._guard.passed(call, candidate.upstream)
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
                call.cut = True
                answer.body = self.cut(call, error)


async def while_connected(receive: Receive, work: Callable[[], Awaitable[None]]) -> None:
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

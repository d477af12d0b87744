"""A real HTTP server on loopback that speaks OpenAI's interface, for tests of whatever talks to a model.

    with OpenAIServer(21210) as model:           # any free port of your range
        model.base_url                           # "http://127.0.0.1:21210/v1": HOCAI_AI_BASE_URL, or openai's base_url
        model.reply = "Xin chào"                 # what it says when it behaves
        model.behaviour = "rate_limit"           # how it behaves from the next request on, see BEHAVIOURS
        model.script = ["error", "normal"]       # or: one behaviour a request, then `behaviour` again
        model.respond = lambda body: '{"level": 2}'   # or: the content computed from the request (a judge's verdict)
        model.requests[0].body["messages"]       # what it was asked, with the Authorization header it saw

Behaviours: `normal` · `delay` (answers after `delay_s`) · `error` (500) · `rate_limit` (429 with Retry-After
`retry_after`) · `hang` (never answers, until the client leaves or the server stops; see `cancelled`) · `nonsense`
(200 with a body that is no JSON) · `bad_content` (a right completion whose content is broken JSON) · `half_stream`
(some chunks, then the connection is cut) · `early_end` (some chunks, then an orderly end without [DONE]) ·
`error_chunk` (some chunks, then an error event) · `bad_key` (401 that quotes the key) · `bad_request` (400) ·
`other_limit` (400 unless `max_completion_tokens` is used, as OpenAI's reasoning models do) · `endless` (a body that
never ends, as fast as it is read) · `drip` (one byte of the body every `delay_s`).
To test a refused connection use `refuse()`, which closes the port, and `start()` again.

Requests with `stream: true` are answered as server-sent events, word by word. Tokens are counted as words. The routes
of embeddings, pictures, speech and transcriptions answer as `model_media` says, and behave in the same ways.
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self, get_args

import model_media
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

Behaviour = Literal[
    "normal", "delay", "error", "rate_limit", "hang", "nonsense", "bad_content", "half_stream", "early_end",
    "error_chunk", "bad_key", "bad_request", "other_limit", "endless", "drip",
]  # fmt: skip
BEHAVIOURS = get_args(Behaviour)


@dataclass(frozen=True)
class Asked:
    """A request it got: the JSON body or the form's fields, the Authorization header, all headers in small letters."""

    body: dict[str, Any]
    authorization: str
    headers: dict[str, str]
    path: str


@dataclass
class OpenAIServer:
    port: int
    model: str = "test-model"
    reply: str = "Đây là câu trả lời của mô hình thử."
    behaviour: Behaviour = "normal"
    script: list[Behaviour] = field(default_factory=list)
    respond: Callable[[dict[str, Any]], str] | None = None
    delay_s: float = 0.5
    retry_after: str = "1"
    requests: list[Asked] = field(default_factory=list)
    cancelled: threading.Event = field(default_factory=threading.Event)  # a client left while it hung or streamed
    hanging: threading.Event = field(default_factory=threading.Event)  # a request hangs now
    _server: uvicorn.Server | None = None
    _thread: threading.Thread | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.refuse()

    def start(self) -> None:
        """Listen; returns when connections are accepted."""
        routes = [
            Route("/v1/chat/completions", self.answer, methods=["POST"]),
            Route("/v1/embeddings", self.answer, methods=["POST"]),
            Route("/v1/images/generations", self.answer, methods=["POST"]),
            Route("/v1/audio/speech", self.answer, methods=["POST"]),
            Route("/v1/audio/transcriptions", self.answer, methods=["POST"]),
            Route("/v1/models", self._models, methods=["GET"]),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes), port=self.port, log_level="error", timeout_graceful_shutdown=1, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError(f"port {self.port} is taken")
            self._thread.join(0.01)

    def refuse(self) -> None:
        """Close the port: connections are refused from now on."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
            self._server = self._thread = None

    # --- the interface
    async def _models(self, request: Request) -> Response:
        if self.behaviour == "hang":
            await self._hang(request)
        return JSONResponse({"object": "list", "data": [{"id": self.model, "object": "model", "created": 0}]})

    async def answer(self, request: Request) -> Response:
        """To a request on whatever route."""
        headers = dict(request.headers)
        asked = Asked(await _body(request), headers.get("authorization", ""), headers, request.url.path)
        self.requests.append(asked)
        behaviour = self.script.pop(0) if self.script else self.behaviour
        refusal = self._refusal(behaviour, asked)
        if refusal:
            return refusal
        if behaviour == "hang":
            await self._hang(request)
        if behaviour == "delay":
            await asyncio.sleep(self.delay_s)
        if behaviour == "nonsense":
            return Response("<html>Bad gateway</html>", media_type="text/html")
        if behaviour in ("endless", "drip"):
            return StreamingResponse(self._without_end(behaviour), media_type="text/event-stream")
        return self._as_asked(asked, behaviour)

    def _as_asked(self, asked: Asked, behaviour: Behaviour) -> Response:
        match asked.path.removeprefix("/v1/"):
            case "embeddings":
                return JSONResponse(model_media.embeddings(asked.body, self.model))
            case "images/generations":
                return JSONResponse(model_media.images(asked.body))
            case "audio/speech":
                return StreamingResponse(self._sound(behaviour), media_type="audio/mpeg")
            case "audio/transcriptions":
                return JSONResponse({"text": self.reply, "duration": 2.5})
        body = asked.body
        text = self.respond(body) if self.respond else self.reply
        text = '{"level": 2, "evidence": "cut he' if behaviour == "bad_content" else text
        if body.get("stream"):
            return StreamingResponse(self._events(text, body, behaviour), media_type="text/event-stream")
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if body.get("tools"):
            message |= {"content": None, "tool_calls": [_tool_call(body["tools"][0])]}
        choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if body.get("tools") else "stop"}
        return JSONResponse({**self._head("chat.completion"), "choices": [choice], "usage": usage(body, text)})

    async def _sound(self, behaviour: Behaviour) -> AsyncIterator[bytes]:
        for start in range(0, len(model_media.SOUND), 1000):
            if behaviour == "half_stream" and start:
                raise ConnectionError("cut on purpose")
            yield model_media.SOUND[start : start + 1000]

    async def _without_end(self, behaviour: Behaviour) -> AsyncIterator[str]:
        delta = {"content": "dài " * 20}
        event = sse({**self._head("chat.completion.chunk"), "choices": [{"index": 0, "delta": delta}]})
        try:
            while behaviour == "endless":
                yield event
                await asyncio.sleep(0)
            for letter in event * 1000:
                yield letter
                await asyncio.sleep(self.delay_s)
        except asyncio.CancelledError:
            self.cancelled.set()
            raise

    def _refusal(self, behaviour: Behaviour, asked: Asked) -> Response | None:
        key = asked.authorization.removeprefix("Bearer ")
        limit = {"message": "Use max_completion_tokens", "code": "unsupported_parameter", "param": "max_tokens"}
        if behaviour == "error":
            return JSONResponse({"error": {"message": f"boom {key}"}}, 500)
        if behaviour == "rate_limit":
            return JSONResponse({"error": {"message": "slow down"}}, 429, {"Retry-After": self.retry_after})
        if behaviour == "bad_key":
            return JSONResponse({"error": {"message": f"Incorrect API key provided: {key}"}}, 401)
        if behaviour == "bad_request":
            return JSONResponse({"error": {"message": f"context too long for {key}"}}, 400)
        if behaviour == "other_limit" and "max_tokens" in asked.body:
            return JSONResponse({"error": limit}, 400)
        return None

    async def _hang(self, request: Request) -> None:
        self.hanging.set()
        while not await request.is_disconnected():
            await asyncio.sleep(0.02)
        self.hanging.clear()
        self.cancelled.set()

    async def _events(self, text: str, body: dict[str, Any], behaviour: Behaviour) -> AsyncIterator[str]:
        head = self._head("chat.completion.chunk")
        words = text.split(" ")
        try:
            for number, word in enumerate(words):
                if behaviour in ("half_stream", "early_end", "error_chunk") and number == max(1, len(words) // 2):
                    break
                delta = {"content": word if number == 0 else " " + word}
                yield sse({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
                await asyncio.sleep(self.delay_s if behaviour == "delay" else 0)
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        if behaviour == "half_stream":
            raise ConnectionError("cut on purpose")
        if behaviour == "error_chunk":
            yield sse({"error": {"message": "overloaded"}})
        if behaviour in ("early_end", "error_chunk"):
            return
        yield sse({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        if (body.get("stream_options") or {}).get("include_usage"):
            yield sse({**head, "choices": [], "usage": usage(body, text)})
        yield "data: [DONE]\n\n"

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": f"chatcmpl-{len(self.requests)}", "object": kind, "created": 0, "model": self.model}


async def _body(request: Request) -> dict[str, Any]:
    if not request.headers["content-type"].startswith("multipart/"):
        return dict(await request.json())
    async with request.form() as form:
        fields: dict[str, Any] = {}
        for name, value in form.items():
            fields[name] = value if isinstance(value, str) else await value.read()
        return fields


def _tool_call(tool: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "call_1",
        "type": "function",
        "function": {"name": tool["function"]["name"], "arguments": '{"xom": "Nà Pồng"}'},
    }


def usage(body: dict[str, Any], text: str) -> dict[str, int]:
    asked = sum(len(str(message.get("content")).split()) for message in body["messages"])
    said = len(text.split())
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def sse(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"

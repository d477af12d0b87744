"""An OpenAI-compatible endpoint behind the gateway. The only place that holds its key.

Each request passes the endpoint's circuit breaker; a passing fault is tried again before the first byte has come.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from hub_config.services.ai.breaker import Breaker
from hub_config.services.ai.errors import UpstreamError
from hub_config.services.ai.events import read_events
from hub_config.services.ai.options import Options
from hub_config.upstreams import UpstreamSettings

log = logging.getLogger(__name__)
PAUSES_S = (0.5, 1.0)  # before the second and the third try, where the endpoint names no time itself
LONGEST_PAUSE_S = 10.0  # an endpoint that asks for more is reported as busy at once
CONNECT_S = 5.0
PROBE_S = 5.0
MAX_ANSWER = 16 * 1024 * 1024  # bytes; the largest are pictures in base64 and sound
MAX_REFUSAL, REFUSAL_S = 64 * 1024, 5.0
Shape = Callable[[Any], bool]
"""Whether an answer's JSON is what it should be; may raise LookupError or TypeError instead."""


class Upstream:
    """One endpoint. It gets `timeout_s` for an answer, and for each next piece of a stream."""

    def __init__(self, settings: UpstreamSettings, *, rest_s: float, stream_s: float) -> None:
        """Raises SettingsError when its key cannot be read."""
        self.name = settings.name
        self.models = settings.model
        self.outside = settings.leaves
        self.breaker = Breaker(rest_s)
        self._key = settings.secret()
        self._timeout_s = settings.timeout_s
        self._stream_s = stream_s
        self._options = Options()
        self._probing: asyncio.Task[None] | None = None
        self._client = httpx.AsyncClient(
            base_url=settings.base_url.rstrip("/") + "/",
            timeout=httpx.Timeout(self._timeout_s, connect=min(CONNECT_S, self._timeout_s)),
            limits=httpx.Limits(max_connections=200),
            verify=settings.base_url.startswith("https:"),  # the list of authorities takes 2 MB
        )

    async def close(self) -> None:
        if self._probing:
            self._probing.cancel()
        await self._client.aclose()

    # --- what it is asked
    async def complete(self, body: dict[str, Any]) -> dict[str, Any]:
        """The completion for a request without stream. Raises UpstreamError."""
        return await self.answer("chat/completions", _is_completion, json=body)

    async def stream(self, body: dict[str, Any]) -> AsyncGenerator[tuple[bytes, dict[str, Any]], None]:
        """The chunks of a streamed completion, as they came and read. Raises UpstreamError, also in the middle."""
        begun = finished = False
        body = {**body, "stream": True, "stream_options": {"include_usage": True}}
        async with self._opened("chat/completions", json=body) as response:
            async with aclosing(read_events(response, self._timeout_s, self._stream_s)) as events:
                async for data in events:
                    if data == b"[DONE]":
                        finished = True
                        break
                    chunk = _chunk(data)
                    finished = finished or any(choice.get("finish_reason") for choice in chunk["choices"])
                    begun = True
                    yield data, chunk
            if not finished:
                raise UpstreamError(502, "upstream_cut" if begun else "upstream_nonsense")

    async def answer(self, path: str, shaped: Shape, **content: Any) -> dict[str, Any]:
        """A JSON answer for which `shaped` holds; `content` as httpx takes it. Raises UpstreamError."""
        async with self._opened(path, **content) as response:
            async with asyncio.timeout(self._timeout_s):
                read = await _within(response, MAX_ANSWER)
            try:
                answer = json.loads(read)
                if shaped(answer):
                    return dict(answer)
            except (ValueError, LookupError, TypeError, RecursionError) as error:
                raise UpstreamError(502, "upstream_nonsense") from error
            raise UpstreamError(502, "upstream_nonsense")

    async def raw(self, path: str, media: tuple[str, ...], **content: Any) -> AsyncGenerator[bytes, None]:
        """The body of an answer of one of the media types, piece by piece. Raises UpstreamError, also in the middle."""
        received, loop = 0, asyncio.get_running_loop()
        until = loop.time() + self._stream_s
        async with self._opened(path, **content) as response, aclosing(response.aiter_bytes()) as pieces:  # type: ignore[type-var]
            if not response.headers.get("content-type", "").startswith(media):
                raise UpstreamError(502, "upstream_nonsense")
            while True:
                try:
                    async with asyncio.timeout(self._timeout_s):
                        piece = await anext(pieces)
                except StopAsyncIteration:
                    break
                received += len(piece)
                if received > MAX_ANSWER or loop.time() > until:
                    raise UpstreamError(502, "upstream_endless")
                yield piece
            if not received:
                raise UpstreamError(502, "upstream_nonsense")

    # --- how it is asked
    @asynccontextmanager
    async def _opened(self, path: str, **content: Any) -> AsyncIterator[httpx.Response]:
        """A response with status 200, after some tries if need be. Faults while it is read become UpstreamError."""
        leave = self.breaker.enter()
        if leave is None:
            self._probe()
            raise UpstreamError(503, "upstream_resting")
        answered: bool | None = None
        try:
            response = await self._sent(path, content)
            try:
                yield response
                answered = True
            except (TimeoutError, httpx.TimeoutException) as error:
                raise _reported(UpstreamError(503, "upstream_timeout"), error) from error
            except httpx.HTTPError as error:
                raise _reported(UpstreamError(502, "upstream_cut"), error) from error
            finally:
                await response.aclose()
        except UpstreamError as error:
            answered = not error.is_fault
            raise
        finally:
            leave.done(answered)

    async def _sent(self, path: str, content: dict[str, Any]) -> httpx.Response:
        for pause in PAUSES_S:
            try:
                return await self._send_once(path, content)
            except UpstreamError as error:
                wait = pause if error.retry_after_s is None else error.retry_after_s
                if not error.again or wait > LONGEST_PAUSE_S:
                    raise
            await asyncio.sleep(wait)
        return await self._send_once(path, content)

    async def _send_once(self, path: str, content: dict[str, Any]) -> httpx.Response:
        if body := content.get("json"):
            content = {"json": self._options.fitted(body)}
        request = self._client.build_request("POST", path, headers=self._headers(), **content)
        try:
            async with asyncio.timeout(self._timeout_s):
                response = await self._client.send(request, stream=True)
        except httpx.ConnectTimeout as error:
            raise _reported(UpstreamError(503, "upstream_unreachable", again=True), error) from error
        except (TimeoutError, httpx.TimeoutException) as error:  # it may be at work on it: again would cost twice
            raise _reported(UpstreamError(503, "upstream_timeout"), error) from error
        except httpx.HTTPError as error:
            raise _reported(UpstreamError(503, "upstream_unreachable", again=True), error) from error
        if response.status_code == 200:
            return response
        try:
            if response.status_code == 400 and body:
                refusal = await _refused(response)
                if self._options.learn(content["json"], refusal):
                    return await self._send_once(path, {"json": body})
            raise _reported(_refusal(response), None)
        finally:
            await response.aclose()

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key.get_secret_value()}"} if self._key else {}

    def _probe(self) -> None:
        """Ask whether a resting endpoint is there again, once its rest is over; nobody waits for it."""
        if self.breaker.wants_probe():
            self._probing = asyncio.create_task(self._probed())

    async def _probed(self) -> None:
        there = False
        try:
            async with asyncio.timeout(PROBE_S):
                there = (await self._client.get("models", headers=self._headers())).status_code < 500
        except (TimeoutError, httpx.HTTPError):
            pass  # then it is not
        finally:
            self.breaker.probed(there)


async def _refused(response: httpx.Response) -> bytes:
    """What an endpoint says of a request that it refused; nothing when it cannot be read."""
    try:
        async with asyncio.timeout(REFUSAL_S):
            return await _within(response, MAX_REFUSAL)
    except (TimeoutError, httpx.HTTPError, UpstreamError):
        return b""


async def _within(response: httpx.Response, most: int) -> bytes:
    read = bytearray()
    async for piece in response.aiter_bytes():
        read += piece
        if len(read) > most:
            raise UpstreamError(502, "upstream_endless")
    return bytes(read)


def _refusal(response: httpx.Response) -> UpstreamError:
    status = response.status_code
    wait = _retry_after_s(response.headers.get("retry-after"))
    if status == 429:
        return UpstreamError(503, "upstream_busy", again=True, retry_after_s=wait)
    if status >= 500 or status in (408, 409):
        return UpstreamError(502, "upstream_failed", again=True, retry_after_s=wait)
    if status in (400, 413, 422):
        return UpstreamError(400, "upstream_rejected")
    return UpstreamError(502, "upstream_refused")


def _retry_after_s(header: str | None) -> float | None:
    """Seconds that a Retry-After header names, by number or by date; None when it names none."""
    if not header:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass  # then it is a date
    try:
        return max(0.0, (parsedate_to_datetime(header).astimezone(UTC) - datetime.now(UTC)).total_seconds())
    except ValueError:
        return None


def _reported(error: UpstreamError, cause: Exception | None) -> UpstreamError:
    """Log a fault by its kind alone."""
    log.warning("upstream: %s (%s)", error.code, type(cause).__name__ if cause else "status")
    return error


def _is_completion(answer: Any) -> bool:
    return isinstance(answer["choices"][0]["message"], dict)


def _chunk(data: bytes) -> dict[str, Any]:
    try:
        chunk = json.loads(data)
        if isinstance(chunk["choices"], list) and all(isinstance(choice, dict) for choice in chunk["choices"]):
            return dict(chunk)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise UpstreamError(502, "upstream_nonsense") from error
    raise UpstreamError(502, "upstream_nonsense")

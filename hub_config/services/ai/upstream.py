"""The model behind the gateway: any OpenAI-compatible endpoint. The only place that holds its key.

Nothing that the endpoint says about an error is handed on: such texts quote keys and accounts.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from pydantic import SecretStr

from hub_config.services.ai.cost import FREE, Price
from hub_config.services.ai.errors import GatewayError

log = logging.getLogger(__name__)
PAUSES_S = (0.5, 1.0)  # before the second and the third try, where the endpoint names no time itself
LONGEST_PAUSE_S = 10.0  # an endpoint that asks for more is reported as busy at once
CONNECT_S = 5.0


class UpstreamError(GatewayError):
    """The endpoint gave no answer. `again`: whether the same request may be answered when sent once more."""

    def __init__(self, status: int, code: str, *, again: bool = False, retry_after_s: float | None = None) -> None:
        super().__init__(status, code, retry_after_s=retry_after_s)
        self.again = again


class Upstream:
    """One endpoint and model. `timeout_s` is how long an answer, or the next piece of a stream, may take."""

    def __init__(self, base_url: str, key: SecretStr | None, model: str, timeout_s: float, price: Price = FREE) -> None:
        self.model = model
        self.price = price
        self._key = key
        self._timeout_s = timeout_s
        self._limit_key = ""  # "max_completion_tokens" once the endpoint has asked for that name
        self._client = httpx.AsyncClient(
            base_url=base_url.rstrip("/") + "/",
            timeout=httpx.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s)),
            limits=httpx.Limits(max_connections=200),
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def complete(self, body: dict[str, Any]) -> dict[str, Any]:
        """The completion for a request without stream. Raises UpstreamError."""
        async with self._opened(body) as response:
            try:
                async with asyncio.timeout(self._timeout_s):
                    answer = json.loads(await response.aread())
                if isinstance(answer["choices"][0]["message"], dict):
                    return dict(answer)
            except (ValueError, LookupError, TypeError) as error:
                raise UpstreamError(502, "upstream_nonsense") from error
        raise UpstreamError(502, "upstream_nonsense")

    async def stream(self, body: dict[str, Any]) -> AsyncGenerator[dict[str, Any], None]:
        """The chunks of a streamed completion. Raises UpstreamError, also in the middle of it."""
        begun = finished = False
        body = {**body, "stream": True, "stream_options": {"include_usage": True}}
        async with self._opened(body) as response, aclosing(_events(response)) as events:
            async for data in events:
                if data == "[DONE]":
                    finished = True
                    break
                chunk = _chunk(data)
                finished = finished or any(choice.get("finish_reason") for choice in chunk["choices"])
                begun = True
                yield chunk
        if not finished:
            raise UpstreamError(502, "upstream_cut" if begun else "upstream_nonsense")

    @asynccontextmanager
    async def _opened(self, body: dict[str, Any]) -> AsyncIterator[httpx.Response]:
        """A response with status 200, after some tries if need be. Faults while it is read become UpstreamError."""
        response = await self._sent(body)
        try:
            yield response
        except (TimeoutError, httpx.TimeoutException) as error:
            raise _reported(UpstreamError(503, "upstream_timeout"), error) from error
        except httpx.HTTPError as error:
            raise _reported(UpstreamError(502, "upstream_cut"), error) from error
        finally:
            await response.aclose()

    async def _sent(self, body: dict[str, Any]) -> httpx.Response:
        for pause in PAUSES_S:
            try:
                return await self._send_once(body)
            except UpstreamError as error:
                wait = pause if error.retry_after_s is None else error.retry_after_s
                if not error.again or wait > LONGEST_PAUSE_S:
                    raise
            await asyncio.sleep(wait)
        return await self._send_once(body)

    async def _send_once(self, body: dict[str, Any]) -> httpx.Response:
        if self._limit_key and "max_tokens" in body:
            body = {**body, self._limit_key: body["max_tokens"]}
            del body["max_tokens"]
        headers = {"Authorization": f"Bearer {self._key.get_secret_value()}"} if self._key else {}
        request = self._client.build_request("POST", "chat/completions", json=body, headers=headers)
        try:
            response = await self._client.send(request, stream=True)
        except httpx.ConnectTimeout as error:
            raise _reported(UpstreamError(503, "upstream_unreachable", again=True), error) from error
        except httpx.TimeoutException as error:  # it may be at work on it: asking again would cost twice
            raise _reported(UpstreamError(503, "upstream_timeout"), error) from error
        except httpx.HTTPError as error:
            raise _reported(UpstreamError(503, "upstream_unreachable", again=True), error) from error
        if response.status_code == 200:
            return response
        try:
            if await self._wants_other_limit(response, body):
                self._limit_key = "max_completion_tokens"
                return await self._send_once(body)
            raise _reported(_refusal(response), None)
        finally:
            await response.aclose()

    async def _wants_other_limit(self, response: httpx.Response, body: dict[str, Any]) -> bool:
        """Whether the endpoint only knows `max_completion_tokens`, as OpenAI's reasoning models do."""
        if response.status_code != 400 or "max_tokens" not in body:
            return False
        try:
            error = json.loads(await response.aread())["error"]
            return bool(error["code"] == "unsupported_parameter" and error["param"] == "max_tokens")
        except (httpx.HTTPError, ValueError, LookupError, TypeError):
            return False  # some other refusal, in words of its own


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


async def _events(response: httpx.Response) -> AsyncGenerator[str, None]:
    """The data of each server-sent event; OpenAI's have one line each."""
    async with aclosing(response.aiter_lines()) as lines:  # type: ignore[type-var]
        async for line in lines:
            if line.startswith("data:"):
                yield line[5:].strip()


def _chunk(data: str) -> dict[str, Any]:
    try:
        chunk = json.loads(data)
        if isinstance(chunk["choices"], list) and all(isinstance(choice, dict) for choice in chunk["choices"]):
            return dict(chunk)
    except (ValueError, LookupError, TypeError) as error:
        raise UpstreamError(502, "upstream_nonsense") from error
    raise UpstreamError(502, "upstream_nonsense")

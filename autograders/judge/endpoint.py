"""The model behind any OpenAI-compatible endpoint (here: the AI gateway), a limited number of questions at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:  # openai takes a second to import, and most processes that grade ask no model
    from openai.types.chat import ChatCompletionMessageParam


class JudgeUnavailable(Exception):
    """No judge could be reached, or none of its replies was a verdict: the criterion waits."""


class JudgeAway(JudgeUnavailable):
    """The model could not be reached at all: nothing is wrong with the answer or the criterion."""


@dataclass(frozen=True)
class Reply:
    text: str
    tokens: int  # those of question and answer
    model: str  # the endpoint's own name for it


class Endpoint:
    """Used inside `async with`, in one event loop; may be entered again. `seconds` is the patience for one reply."""

    def __init__(self, base_url: str, api_key: str, model: str, *, seconds: float, concurrency: int) -> None:
        self._base_url, self._api_key, self.model = base_url, api_key, model
        self._seconds, self._concurrency = seconds, concurrency

    async def __aenter__(self) -> Self:
        from openai import AsyncOpenAI

        self._client = AsyncOpenAI(base_url=self._base_url, api_key=self._api_key, timeout=self._seconds, max_retries=1)
        self._free = asyncio.Semaphore(self._concurrency)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    async def ask(self, messages: Iterable[ChatCompletionMessageParam], **parameters: Any) -> Reply:
        """What the model says to `messages`. Raises JudgeUnavailable."""
        from openai import OpenAIError

        try:
            async with self._free:
                reply = await self._client.chat.completions.create(model=self.model, messages=messages, **parameters)
        except OpenAIError as error:
            raise JudgeAway(f"{type(error).__name__}: {error}") from error
        except ValueError as error:  # a body that is no JSON
            raise JudgeUnavailable(f"{type(error).__name__}: {error}") from error
        if not getattr(reply, "choices", None):
            raise JudgeUnavailable("the endpoint's reply holds no choices")
        tokens = reply.usage.total_tokens if reply.usage else 0
        return Reply(reply.choices[0].message.content or "", tokens, reply.model or self.model)

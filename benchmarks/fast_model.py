"""A model for benchmarks that costs nothing: OpenAI's interface over real HTTP, always the same completion.

    python fast_model.py PORT

`GET /calls` says how often it was asked.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
from texts import TEXTS

TOKENS = 100  # that each completion says it cost
COMPLETION = json.dumps(
    {
        "id": "benchmark",
        "object": "chat.completion",
        "created": 0,
        "model": "fast-model",
        "choices": [
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": TEXTS["reply"] * 20}}
        ],
        "usage": {"prompt_tokens": 20, "completion_tokens": TOKENS - 20, "total_tokens": TOKENS},
    }
).encode()
Message = dict[str, Any]


class FastModel:
    """The server, as a bare ASGI app: whatever it took would be taken for the gateway's."""

    def __init__(self) -> None:
        self._asked = 0

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        while (await receive()).get("more_body"):
            continue
        if scope["path"].endswith("/chat/completions"):
            self._asked += 1
            body = COMPLETION
        else:
            body = json.dumps({"calls": self._asked}).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(FastModel(), port=int(sys.argv[1]), log_level="warning", access_log=False, lifespan="off")

"""A judge's model for benchmarks: OpenAI's interface over real HTTP, right verdicts, each after a fixed time.

    python slow_model.py PORT LATENCY_S

`GET /services/ai/v1/models` and the chat call are where the AI gateway has them; `GET /calls` says how often it was
asked. It stands in for a paid model behind the gateway.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from texts import TEXTS

PREFIX = "/services/ai/v1"
FENCE = re.compile(r"<BAI-LAM-([0-9a-f]+)>\n(.*)\n</BAI-LAM", re.DOTALL)


def app(latency_s: float) -> Starlette:
    """The server."""
    asked = 0

    async def models(_: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": "slow-model", "hocai": {"practice": False}}]})

    async def chat(request: Request) -> Response:
        nonlocal asked
        asked += 1
        body = await request.json()
        await asyncio.sleep(latency_s)
        return JSONResponse(completion(body["messages"]))

    async def calls(_: Request) -> Response:
        return JSONResponse({"calls": asked})

    return Starlette(
        routes=[
            Route(f"{PREFIX}/models", models),
            Route(f"{PREFIX}/chat/completions", chat, methods=["POST"]),
            Route("/calls", calls),
        ]
    )


def completion(messages: list[dict[str, str]]) -> dict[str, object]:
    """A verdict of level 1 that quotes the first words of the answer it was shown."""
    found = FENCE.search(messages[-1]["content"])
    if found is None:
        raise ValueError("no answer between the judge's fences: has its prompt changed?")
    quote = " ".join(found[2].split()[:3])
    verdict = {"nonce": found[1], "level": 1, "quote": quote, "advice": TEXTS["advice"]}
    return {
        "id": "benchmark",
        "object": "chat.completion",
        "created": 0,
        "model": "slow-model",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": json.dumps(verdict, ensure_ascii=False)},
            }
        ],
        "usage": {"prompt_tokens": 400, "completion_tokens": 40, "total_tokens": 440},
    }


if __name__ == "__main__":
    uvicorn.run(app(float(sys.argv[2])), port=int(sys.argv[1]), log_level="warning")

"""OpenAI's shapes of an answer: a whole completion, and the chunks of a stream, each with its label."""

import json
import secrets
import time
from collections.abc import Iterator, Sequence
from typing import Any

from hub_config.services.ai.quota import BYTES_A_TOKEN, estimate
from hub_config.services.ai.wording import PRACTICE_LABEL
from hub_config.upstreams import PRACTICE_MODEL as PRACTICE_MODEL

WORDS_A_CHUNK = 3
DONE = b"data: [DONE]\n\n"


def label(
    model: str, practice: bool, *, fallback: bool = False, cached: bool = False, masked: Sequence[str] = ()
) -> dict[str, Any]:
    """What `hocai` holds in every answer; `cached` stands there only of what was said before, `masked` (kinds of
    personal data) only where the model was told masks instead."""
    held = {"label": PRACTICE_LABEL if practice else model, "practice": practice, "fallback": fallback}
    return held | ({"cached": True} if cached else {}) | ({"masked": list(masked)} if masked else {})


def cut_to(text: str, tokens: int) -> tuple[str, str]:
    """The text within so many tokens, cut between words, and its finish reason ("stop" or "length")."""
    limit = tokens * BYTES_A_TOKEN
    if len(text.encode()) <= limit:
        return text, "stop"
    within = text.encode()[:limit].decode("utf-8", "ignore")
    return within.rsplit(maxsplit=1)[0] if " " in within else within, "length"


def usage(prompt_tokens: int, text: str) -> dict[str, int]:
    reply = estimate(text)
    return {"prompt_tokens": prompt_tokens, "completion_tokens": reply, "total_tokens": prompt_tokens + reply}


def spoken_completion(model: str, text: str, finish: str, prompt_tokens: int) -> dict[str, Any]:
    """A completion in which `model` says `text`: the practice AI, or a model what it said before."""
    message = {"role": "assistant", "content": text, "refusal": None}
    return {
        **_head("chat.completion", model),
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": finish}],
        "usage": usage(prompt_tokens, text),
    }


def spoken_chunks(model: str, text: str, finish: str, prompt_tokens: int) -> Iterator[dict[str, Any]]:
    """The same as chunks of a few words; the last one holds the counted tokens, as with `include_usage`."""
    head = _head("chat.completion.chunk", model)
    words = text.split(" ")
    pieces = [" ".join(words[i : i + WORDS_A_CHUNK]) for i in range(0, len(words), WORDS_A_CHUNK)]
    yield {**head, "choices": [_choice({"role": "assistant", "content": ""})]}
    for number, piece in enumerate(pieces):
        yield {**head, "choices": [_choice({"content": piece if number == 0 else " " + piece})]}
    yield {**head, "choices": [_choice({}, finish)]}
    yield {**head, "choices": [], "usage": usage(prompt_tokens, text)}


def event(data: dict[str, Any]) -> bytes:
    """One server-sent event."""
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


def labelled(data: bytes, held: bytes) -> bytes:
    """A chunk as it came, made an event that also holds `held`, the JSON of a label; spares a second serialisation."""
    return b"data: " + data[: data.rindex(b"}")] + b', "hocai": ' + held + b"}\n\n"


def _head(kind: str, model: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": kind,
        "created": int(time.time()),
        "model": model,
    }


def _choice(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}

"""What the OpenAI-speaking server of the tests answers on its routes besides chat: vectors, a picture, sound, text."""

import base64
import math
from typing import Any

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one pixel."""
SOUND = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 2000
"""What looks like MP3; long enough for several pieces of a body."""


def embeddings(body: dict[str, Any], model: str) -> dict[str, Any]:
    """A vector of two numbers for each text, by its length."""
    texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
    vectors = [[math.cos(len(text)), math.sin(len(text))] for text in texts]
    data = [{"object": "embedding", "index": n, "embedding": vector} for n, vector in enumerate(vectors)]
    tokens = sum(len(str(text).split()) for text in texts)
    return {"object": "list", "data": data, "model": model, "usage": {"prompt_tokens": tokens, "total_tokens": tokens}}


def images(body: dict[str, Any]) -> dict[str, Any]:
    data = [{"b64_json": base64.b64encode(PNG).decode(), "revised_prompt": body["prompt"]}]
    return {"created": 0, "data": data * int(body.get("n") or 1)}

"""`POST v1/embeddings`."""

import base64
import struct
from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from pydantic import Field
from starlette.requests import Request

from hub_config.services.ai.bodies import Body, read_json
from hub_config.services.ai.call import Call
from hub_config.services.ai.endpoint import Answer, Endpoint, whole
from hub_config.services.ai.practice.vectors import vector
from hub_config.services.ai.quota import estimate
from hub_config.services.ai.routing import Candidate

MOST_TEXTS = 256
LARGEST = 3e38  # a number of 32 bits
Text = Annotated[str, Field(min_length=1, max_length=32_768)]


class Embedding(Body):
    """Texts that shall become vectors. Lists of token numbers are not taken: each model counts in its own."""

    input: Text | Annotated[list[Text], Field(min_length=1, max_length=MOST_TEXTS)]
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: int | None = Field(default=None, ge=1, le=4096)

    @property
    def texts(self) -> list[str]:
        return [self.input] if isinstance(self.input, str) else self.input

    @property
    def prompt(self) -> str:
        return "\n".join(self.texts)

    @property
    def prompt_tokens(self) -> int:
        return estimate(self.prompt)


class EmbeddingsEndpoint(Endpoint[Embedding]):
    kind = "embeddings"

    async def read(self, request: Request) -> Embedding:
        return await read_json(request, Embedding)

    async def from_model(self, call: Call[Embedding], candidate: Candidate) -> Answer:
        body = call.sent.model_dump(exclude_none=True) | {"model": candidate.model.id}
        number = len(call.question.texts)
        answer = await candidate.upstream.answer("embeddings", lambda read: _has_vectors(read, number), json=body)
        for one in answer["data"]:  # not every endpoint heeds the form that was asked for; npm's client relies on it
            one["embedding"] = _in_form(one["embedding"], call.question.encoding_format)
        call.heard(answer)
        return whole(call, answer)

    async def from_practice(self, call: Call[Embedding]) -> Answer:
        asked = call.question
        vectors = await run_sync(lambda: [vector(text, asked.dimensions) for text in asked.texts])
        shown = [_in_form(one, asked.encoding_format) for one in vectors]
        data = [{"object": "embedding", "index": n, "embedding": one} for n, one in enumerate(shown)]
        usage = {"prompt_tokens": call.prompt_tokens, "total_tokens": call.prompt_tokens}
        answer = {"object": "list", "data": data, "model": call.model, "usage": usage}
        call.heard(answer)
        return whole(call, answer)


def _has_vectors(answer: Any, number: int) -> bool:
    return len(answer["data"]) == number and all(_is_vector(one["embedding"]) for one in answer["data"])


def _is_vector(read: object) -> bool:
    if isinstance(read, str):
        return len(base64.b64decode(read, validate=True)) % 4 == 0
    return isinstance(read, list) and all(isinstance(n, int | float) and abs(n) < LARGEST for n in read)


def _in_form(vector: list[float] | str, form: str) -> list[float] | str:
    """As numbers, or as OpenAI's clients ask for it: little-endian 32-bit floats in base64."""
    if isinstance(vector, str) and form == "float":
        packed = base64.b64decode(vector)
        return list(struct.unpack(f"<{len(packed) // 4}f", packed))
    if not isinstance(vector, str) and form == "base64":
        return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
    return vector

"""`POST v1/audio/speech`."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Literal, cast

from pydantic import Field
from starlette.requests import Request

from hub_config.services.ai.bodies import Body, read_json
from hub_config.services.ai.call import Call
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.endpoint import Answer, Endpoint, label_headers
from hub_config.services.ai.once import Once
from hub_config.services.ai.practice.media.speech import Form
from hub_config.services.ai.quota import estimate
from hub_config.services.ai.routing import Candidate, Routing
from hub_config.services.ai.workshop import Workshop

MEDIA = {
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pcm": "audio/pcm",
}
VOICE = "alloy"  # where none is named
SOUND = ("audio/", "application/octet-stream")


class Spoken(Body):
    """A text to be read aloud."""

    input: str = Field(min_length=1, max_length=4096)
    voice: str = Field(default="", max_length=64)
    response_format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] = "mp3"
    speed: float = Field(default=1.0, ge=0.25, le=4)
    instructions: str | None = Field(default=None, max_length=4096)

    @property
    def prompt(self) -> str:
        return self.input

    @property
    def prompt_tokens(self) -> int:
        return estimate(self.input + (self.instructions or ""))

    @property
    def units(self) -> float:
        return len(self.input) / 1_000_000


class SpeechEndpoint(Endpoint[Spoken]):
    kind = "speech"

    def __init__(self, desk: Desk, routing: Routing, once: Once, workshop: Workshop) -> None:
        super().__init__(desk, routing, once)
        self._workshop = workshop

    async def read(self, request: Request) -> Spoken:
        return await read_json(request, Spoken)

    async def from_model(self, call: Call[Spoken], candidate: Candidate) -> Answer:
        body = call.sent.model_dump(exclude_none=True) | {"model": candidate.model.id}
        pieces = candidate.upstream.raw("audio/speech", SOUND, json=body)
        first = await anext(pieces)
        return self._sound(call, _told(first, pieces))

    async def from_practice(self, call: Call[Spoken]) -> Answer:
        asked = call.question
        form = cast(Form, asked.response_format)  # another is refused there, with the names of those that are made
        spoken = await self._workshop.speech(asked.input, asked.voice or VOICE, asked.speed, form)
        return Answer(spoken.media_type, spoken.sound, headers=label_headers(call))

    def _sound(self, call: Call[Spoken], pieces: AsyncGenerator[bytes, None]) -> Answer:
        return Answer(MEDIA[call.question.response_format], pieces=pieces, headers=label_headers(call))


async def _told(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(rest):
        yield first
        async for piece in rest:
            yield piece

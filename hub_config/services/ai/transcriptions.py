"""`POST v1/audio/transcriptions`: a form with a sound, which lies in a temporary file while it is worked on."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import Any, Literal

from anyio.to_thread import run_sync
from pydantic import ConfigDict, Field, PrivateAttr, ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from hub_config.services.ai.bodies import Body, invalid
from hub_config.services.ai.call import Call
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.endpoint import Answer, Endpoint, label_headers, whole
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.once import Once
from hub_config.services.ai.practice.media.transcription import Transcript
from hub_config.services.ai.quota import estimate
from hub_config.services.ai.routing import Candidate, Routing
from hub_config.services.ai.workshop import Workshop

MAX_SOUND = 25 * 1024 * 1024  # bytes, as OpenAI's
MAX_FIELDS = 64 * 1024  # bytes of the form besides
BYTES_A_MINUTE = 8000 * 60  # of speech as phones record it
SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,5}$")
TEXTS = {"text": "text/plain; charset=utf-8", "srt": "text/plain; charset=utf-8", "vtt": "text/vtt; charset=utf-8"}
PATH = "audio/transcriptions"


class Recording(Body):
    """A sound whose words shall be written down."""

    model_config = ConfigDict(extra="ignore")

    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    prompt: str = Field(default="", max_length=2000)
    response_format: Literal["json", "text", "srt", "verbose_json", "vtt"] = "json"
    temperature: float | None = Field(default=None, ge=0, le=1)
    size: int = Field(gt=0)  # bytes
    sha256: str
    _sound: UploadFile = PrivateAttr()

    @property
    def prompt_tokens(self) -> int:
        return estimate(self.prompt) if self.prompt else 0

    @property
    def units(self) -> float:
        return self.size / BYTES_A_MINUTE

    @property
    def sound(self) -> UploadFile:
        return self._sound

    def form(self, model: str) -> dict[str, Any]:
        """What a model is sent, as httpx takes it. The name of the file stays here: it may tell of a person."""
        fields = {"model": model, **self.model_dump(include=FORWARDED, exclude_none=True, exclude_defaults=True)}
        suffix = SUFFIX.search(self._sound.filename or "")
        name = f"sound{suffix[0].lower() if suffix else ''}"
        data = {key: str(value) for key, value in fields.items()}
        return {"data": data, "files": {"file": (name, self._sound.file, "application/octet-stream")}}


FORWARDED = {"language", "prompt", "response_format", "temperature"}


class TranscriptionsEndpoint(Endpoint[Recording]):
    kind = "transcriptions"

    def __init__(self, desk: Desk, routing: Routing, once: Once, workshop: Workshop) -> None:
        super().__init__(desk, routing, once)
        self._workshop = workshop

    async def read(self, request: Request) -> Recording:
        return await read_form(request)

    async def release(self, question: Recording) -> None:
        await question.sound.close()

    async def from_model(self, call: Call[Recording], candidate: Candidate) -> Answer:
        content, form = call.sent.form(candidate.model.id), call.question.response_format
        if form not in TEXTS:
            answer = await candidate.upstream.answer(PATH, _has_text, **content)
            call.heard(answer)
            call.text = answer["text"]
            return whole(call, answer)
        async with aclosing(candidate.upstream.raw(PATH, ("text/", "application/x-subrip"), **content)) as pieces:
            read = b"".join([piece async for piece in pieces])
        call.text = read.decode("utf-8", "replace")
        return Answer(TEXTS[form], read, headers=label_headers(call))

    async def from_practice(self, call: Call[Recording]) -> Answer:
        sound = call.question.sound.file
        sound.seek(0)
        heard = await self._workshop.transcript(sound)
        call.text = heard.text
        form = call.question.response_format
        if form in TEXTS:
            return Answer(TEXTS[form], _written(heard, form).encode(), headers=label_headers(call))
        if form == "json":
            return whole(call, {"text": heard.text})
        segment = {"id": 0, "start": 0.0, "end": heard.seconds, "text": heard.text}
        told = {"task": "transcribe", "language": "vi", "duration": heard.seconds, "segments": [segment]}
        return whole(call, {"text": heard.text, **told})


async def read_form(request: Request) -> Recording:
    """The form in a request's body. Raises GatewayError 400 or 413."""
    limited = Request(request.scope, _limited(request.receive, MAX_SOUND + MAX_FIELDS))
    try:
        form = await limited.form(max_files=1, max_fields=20, max_part_size=MAX_FIELDS)
    except HTTPException as error:
        raise GatewayError(400, "broken_upload", param="file") from error
    sound = form.get("file")
    try:
        if not isinstance(sound, UploadFile):
            raise GatewayError(400, "invalid_request", param="file")
        if (sound.size or 0) > MAX_SOUND:
            raise GatewayError(413, "too_large", limit=MAX_SOUND // 1024)
        fields = {key: value for key, value in form.items() if isinstance(value, str)}
        digest = (await run_sync(lambda: hashlib.file_digest(sound.file, "sha256"))).hexdigest()  # type: ignore[arg-type]
        recording = Recording.model_validate({**fields, "size": sound.size, "sha256": digest})
    except (GatewayError, ValidationError) as error:
        await form.close()
        raise invalid(error) if isinstance(error, ValidationError) else error from error
    recording._sound = sound
    return recording


def _limited(receive: Callable[[], Awaitable[Message]], most: int) -> Callable[[], Awaitable[Message]]:
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most:
            raise GatewayError(413, "too_large", limit=MAX_SOUND // 1024)
        return message

    return limited


def _has_text(answer: Any) -> bool:
    return isinstance(answer["text"], str)


def _written(heard: Transcript, form: str) -> str:
    if form == "text":
        return heard.text + "\n"
    point = "," if form == "srt" else "."
    cue = f"{_clock(0, point)} --> {_clock(heard.seconds, point)}\n{heard.text}\n"
    return f"1\n{cue}" if form == "srt" else f"WEBVTT\n\n{cue}"


def _clock(seconds: float, point: str) -> str:
    whole_s, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole_s // 3600:02}:{whole_s // 60 % 60:02}:{whole_s % 60:02}{point}{thousandths:03}"

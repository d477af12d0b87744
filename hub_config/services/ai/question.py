"""The request of a chat completion: what of OpenAI's request is taken, checked and handed on."""

import base64
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field
from starlette.requests import Request

from hub_config.services.ai.bodies import MAX_TEXT, Body, read_json
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.quota import estimate

MAX_REPLY_TOKENS = 4096
DEFAULT_REPLY_TOKENS = 1024
FILE_TOKENS = 1000  # what one picture or sound is counted as where no model counted it


NOT_AS_IT_IS = {"model", "before", "stream_options", "max_tokens", "max_completion_tokens"}


class TextPart(BaseModel):
    type: Literal["text"]
    text: str


class ImageUrl(BaseModel):
    url: str = Field(pattern=r"^data:image/")  # a picture travels in the request, never as an address to fetch
    detail: str | None = None


class ImagePart(BaseModel):
    type: Literal["image_url"]
    image_url: ImageUrl

    @property
    def file(self) -> bytes:
        return _decoded(self.image_url.url.partition(",")[2])


class Sound(BaseModel):
    data: str = Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$")
    format: Literal["wav", "mp3"]


class SoundPart(BaseModel):
    type: Literal["input_audio"]
    input_audio: Sound

    @property
    def file(self) -> bytes:
        return _decoded(self.input_audio.data)


class Message(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[Annotated[TextPart | ImagePart | SoundPart, Field(discriminator="type")]] | None = None
    name: str | None = None
    tool_calls: list[dict[str, Any]] | None = None
    tool_call_id: str | None = None

    @property
    def text(self) -> str:
        """All text of the message, NFC."""
        parts = self.content if isinstance(self.content, list) else [TextPart(type="text", text=self.content or "")]
        text = "\n".join(part.text for part in parts if isinstance(part, TextPart))
        return unicodedata.normalize("NFC", text)

    def files(self) -> list[ImagePart | SoundPart]:
        """The pictures and sounds it holds."""
        held = self.content if isinstance(self.content, list) else []
        return [part for part in held if not isinstance(part, TextPart)]


class Question(Body):
    """A chat completion request."""

    messages: list[Message] = Field(min_length=1, max_length=200)
    before: str = ""  # ours: the prompt that the learner asked this exercise before, to tell what is better now
    stream: bool = False
    stream_options: dict[str, Any] | None = None
    temperature: float | None = Field(None, ge=0, le=2)
    top_p: float | None = Field(None, ge=0, le=1)
    max_tokens: int | None = Field(None, ge=1)
    max_completion_tokens: int | None = Field(None, ge=1)
    presence_penalty: float | None = Field(None, ge=-2, le=2)
    frequency_penalty: float | None = Field(None, ge=-2, le=2)
    stop: str | list[str] | None = None
    seed: int | None = None
    response_format: dict[str, Any] | None = None
    tools: list[dict[str, Any]] | None = None
    tool_choice: str | dict[str, Any] | None = None

    @property
    def prompt(self) -> str:
        """The last message of the user."""
        return next((message.text for message in reversed(self.messages) if message.role == "user"), "")

    def turns(self) -> tuple[list[str], str]:
        """What the user said before the last message, the oldest first; and what systems and tools added."""
        said = [message.text for message in self.messages if message.role == "user"]
        added = [message.text for message in self.messages if message.role in ("system", "developer", "tool")]
        return said[:-1], "\n".join(added)

    def files(self) -> list[ImagePart | SoundPart]:
        """The pictures and sounds of the user's last message."""
        return next((message.files() for message in reversed(self.messages) if message.role == "user"), [])

    @property
    def prompt_tokens(self) -> int:
        """An estimate from the safe side of all that is sent."""
        rest = self.model_dump_json(include={"tools", "response_format"}, exclude_none=True)
        calls = "".join(str(message.tool_calls or "") for message in self.messages)
        words = "\n".join(message.text for message in self.messages)
        return estimate(words + calls + rest) + FILE_TOKENS * sum(len(message.files()) for message in self.messages)

    @property
    def reply_tokens(self) -> int:
        """How long the reply may be at most."""
        asked = self.max_completion_tokens or self.max_tokens or DEFAULT_REPLY_TOKENS
        return min(asked, MAX_REPLY_TOKENS)

    @property
    def reply_schema(self) -> dict[str, Any] | None:
        """What the reply has to fit, where it shall be JSON."""
        asked = self.response_format or {}
        if asked.get("type") == "json_object":
            return {"type": "object"}
        if asked.get("type") != "json_schema":
            return None
        schema = (asked.get("json_schema") or {}).get("schema")
        return schema if isinstance(schema, dict) else {}

    @property
    def wants_usage(self) -> bool:
        """Whether a stream shall end with a chunk of counted tokens."""
        return bool((self.stream_options or {}).get("include_usage"))

    def forwarded(self, model: str, attached: str = "") -> dict[str, Any]:
        """The body for an upstream model, with the length of the reply clamped.

        What is `attached` is told it by a system message of its own, before all others.
        """
        body = self.model_dump(exclude=NOT_AS_IT_IS, exclude_none=True)
        limit = "max_completion_tokens" if self.max_completion_tokens else "max_tokens"
        if attached:
            body["messages"].insert(0, {"role": "system", "content": attached})
        return {**body, "model": model, limit: self.reply_tokens}


async def read_question(request: Request) -> Question:
    """The question in a request's body. Raises GatewayError 400 or 413."""
    question = await read_json(request, Question)
    if sum(len(message.text) for message in question.messages) >= MAX_TEXT:
        raise GatewayError(413, "too_large", limit=MAX_TEXT // 1024)
    if not question.prompt.strip() and not any(message.files() for message in question.messages):
        raise GatewayError(400, "no_question")
    return question


def _decoded(text: str) -> bytes:
    """The bytes of a file in base64; none when it is not, which no file is."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""

"""The request of a chat completion: what of OpenAI's request is taken, checked and handed on."""

import unicodedata
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.quota import estimate

MAX_BODY = 256 * 1024  # bytes
MAX_REPLY_TOKENS = 4096
DEFAULT_REPLY_TOKENS = 1024
IMAGE_TOKENS = 1000  # what one picture is counted as where no model counted it


class TextPart(BaseModel):
    type: Literal["text"]
    text: str


class ImageUrl(BaseModel):
    url: str = Field(pattern=r"^data:image/")  # a picture travels in the request, never as an address to fetch
    detail: str | None = None


class ImagePart(BaseModel):
    type: Literal["image_url"]
    image_url: ImageUrl


class Message(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[Annotated[TextPart | ImagePart, Field(discriminator="type")]] | None = None
    name: str | None = None
    tool_calls: list[dict[str, Any]] | None = None
    tool_call_id: str | None = None

    @property
    def text(self) -> str:
        """All text of the message, NFC."""
        parts = self.content if isinstance(self.content, list) else [TextPart(type="text", text=self.content or "")]
        text = "\n".join(part.text for part in parts if isinstance(part, TextPart))
        return unicodedata.normalize("NFC", text)

    @property
    def images(self) -> int:
        return sum(isinstance(part, ImagePart) for part in self.content) if isinstance(self.content, list) else 0


class Question(BaseModel):
    """A chat completion request. Keys that are not named here are not handed on (`user`, `n`, `store`, …)."""

    model_config = ConfigDict(extra="ignore")

    messages: list[Message] = Field(min_length=1, max_length=200)
    model: str = ""
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

    @property
    def prompt_tokens(self) -> int:
        """An estimate from the safe side of all that is sent."""
        rest = self.model_dump_json(include={"tools", "response_format"}, exclude_none=True)
        calls = "".join(str(message.tool_calls or "") for message in self.messages)
        words = "\n".join(message.text for message in self.messages)
        return estimate(words + calls + rest) + IMAGE_TOKENS * sum(message.images for message in self.messages)

    @property
    def reply_tokens(self) -> int:
        """How long the reply may be at most."""
        asked = self.max_completion_tokens or self.max_tokens or DEFAULT_REPLY_TOKENS
        return min(asked, MAX_REPLY_TOKENS)

    @property
    def wants_usage(self) -> bool:
        """Whether a stream shall end with a chunk of counted tokens."""
        return bool((self.stream_options or {}).get("include_usage"))

    def forwarded(self, model: str, attached: str = "") -> dict[str, Any]:
        """The body for an upstream model, with the length of the reply clamped.

        What is `attached` is told it by a system message of its own, before all others.
        """
        kept = set(Question.model_fields) - {"model", "stream_options", "max_tokens", "max_completion_tokens"}
        body = self.model_dump(include=kept, exclude_none=True)
        limit = "max_completion_tokens" if self.max_completion_tokens else "max_tokens"
        if attached:
            body["messages"].insert(0, {"role": "system", "content": attached})
        return {**body, "model": model, limit: self.reply_tokens}


async def read_question(request: Request) -> Question:
    """The question in a request's body. Raises GatewayError 400 or 413."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            raise GatewayError(413, "too_large", limit=MAX_BODY // 1024)
    try:
        question = Question.model_validate_json(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise GatewayError(400, "broken_text") from error
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"])) or "JSON"
        raise GatewayError(400, "invalid_request", param=place) from error
    if not question.prompt.strip():
        raise GatewayError(400, "no_question")
    return question

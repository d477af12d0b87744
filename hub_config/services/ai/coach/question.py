"""The request to the coach: what the learner asks, what stands in the exercise now, what was said before."""

import unicodedata
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from hub_config.services.ai.errors import GatewayError

MAX_BODY = 64 * 1024  # bytes
MAX_MESSAGE = 2000  # characters
MAX_TURNS = 12
MAX_DEPTH = 8  # of the answer


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode().replace("\0", "")).strip()


Text = Annotated[str, Field(max_length=MAX_MESSAGE), AfterValidator(_clean)]


class Turn(BaseModel):
    """One thing said before, as the page tells it: a learner can write anything here, in the coach's name too."""

    model_config = ConfigDict(extra="ignore")

    by: Literal["learner", "coach"]
    text: Text


class CoachQuestion(BaseModel):
    """`answer` is what stands in the exercise now, in the shape of its kind; None: what campus has saved."""

    model_config = ConfigDict(extra="ignore")

    message: Text
    answer: dict[str, Any] | None = None
    history: list[Turn] = Field(default_factory=list, max_length=MAX_TURNS)


async def read_coach_question(request: Request) -> CoachQuestion:
    """The question in a request's body. Raises GatewayError 400 or 413."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            raise GatewayError(413, "too_large", limit=MAX_BODY // 1024)
    try:
        question = CoachQuestion.model_validate_json(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise GatewayError(400, "broken_text") from error
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"])) or "JSON"
        raise GatewayError(400, "invalid_request", param=place) from error
    if not question.message:
        raise GatewayError(400, "no_question")
    if _too_deep(question.answer, MAX_DEPTH):
        raise GatewayError(400, "invalid_request", param="answer")
    return question


def _too_deep(value: Any, depth: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return depth == 0 or any(_too_deep(one, depth - 1) for one in inner)

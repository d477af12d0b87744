"""The bodies of requests: read with a limit, checked against OpenAI's shapes."""

import hashlib
import re
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request

from hub_config.services.ai.errors import GatewayError

MAX_TEXT = 256 * 1024  # bytes, all but what is a file in base64
MAX_BODY = 8 * 1024 * 1024  # bytes, with pictures
FILES = re.compile(rb'"(?:data:[a-z]+/[\w.+-]+;base64,)?[A-Za-z0-9+/]{1000,}={0,2}"')


class Body(BaseModel):
    """What is taken of a request; keys that are not named are not handed on (`user`, `n`, `store`, …)."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    model: str = ""

    @property
    def reply_tokens(self) -> int:
        """How many tokens the reply may have at most: none, where it is no text."""
        return 0

    @property
    def units(self) -> float:
        """What besides tokens is paid for: pictures, million letters or minutes."""
        return 0.0

    def fingerprint(self) -> str:
        """The SHA-256 of all that is asked."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


B = TypeVar("B", bound=Body)


async def read_json(request: Request, shape: type[B]) -> B:
    """The JSON in a request's body. Raises GatewayError 400 or 413."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            raise GatewayError(413, "too_large", limit=MAX_BODY // 1024)
    if len(body) > MAX_TEXT and len(body) - sum(len(found[0]) for found in FILES.finditer(body)) > MAX_TEXT:
        raise GatewayError(413, "too_large", limit=MAX_TEXT // 1024)
    try:
        return shape.model_validate_json(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise GatewayError(400, "broken_text") from error
    except ValidationError as error:
        raise invalid(error) from error


def invalid(error: ValidationError) -> GatewayError:
    """The first thing that is wrong, for the caller."""
    place = ".".join(map(str, error.errors(include_url=False, include_input=False)[0]["loc"])) or "JSON"
    return GatewayError(400, "invalid_request", param=place)

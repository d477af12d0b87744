"""Who asks: a learner with a hub token, or a service of the hub (campus, when it grades)."""

from dataclasses import dataclass
from typing import Literal

from hub_config.services.ai.errors import GatewayError
from hub_config.services.tokens import TokenError, Tokens
from hub_config.settings import Settings


@dataclass(frozen=True)
class Caller:
    """`daily_tokens` is the caller's quota."""

    name: str
    kind: Literal["user", "service"]
    daily_tokens: int

    @property
    def key(self) -> str:
        """Under which tokens are counted: a service is never taken for a learner of the same name."""
        return f"{self.kind}:{self.name}"

    @property
    def is_service(self) -> bool:
        return self.kind == "service"


async def caller_of(tokens: Tokens, authorization: str | None, settings: Settings) -> Caller:
    """The caller that an Authorization header stands for. Raises GatewayError 401, 403 or 503."""
    try:
        user = await tokens.identify(authorization)
    except TokenError as error:
        raise GatewayError(error.status, error.code) from error
    service = user.kind == "service"
    return Caller(user.name, user.kind, settings.ai_service_daily_tokens if service else settings.ai_daily_tokens)

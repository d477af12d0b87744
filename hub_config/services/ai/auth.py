"""Who asks: somebody with a hub token, in the role that campus knows them in, or a service of the hub."""

import time
from dataclasses import dataclass
from typing import Literal

from anyio.to_thread import run_sync
from sqlalchemy import Engine

from hub_config.services.ai.errors import GatewayError
from hub_config.services.campus.accounts import find_account, list_enrolments
from hub_config.services.tokens import HubUser, TokenError, Tokens

Role = Literal["learner", "teacher", "admin", "service"]
KEPT_S = 60.0  # a change of class counts after this long


@dataclass(frozen=True)
class Caller:
    """`classes` are the ids of those in which a learner learns: what they use counts in each of them."""

    name: str
    role: Role = "learner"
    classes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Under which use is counted: a service is never taken for a learner of the same name."""
        return f"{'service' if self.is_service else 'user'}:{self.name}"

    @property
    def is_service(self) -> bool:
        return self.role == "service"

    @property
    def sees_all(self) -> bool:
        """Whether the use of others may be told: to admins, and to services, which look after who asks them."""
        return self.role in ("service", "admin")


class Roles:
    """Who is what, by campus's accounts and enrolments; answers are kept for a minute."""

    def __init__(self, campus: Engine) -> None:
        self._campus = campus
        self._known: dict[tuple[str, bool], tuple[float, Caller]] = {}

    async def caller(self, user: HubUser) -> Caller:
        """The caller behind a hub user. Somebody whom only the hub knows is a learner of no class."""
        if user.kind == "service":
            return Caller(user.name, "service")
        key = (user.name, user.admin)
        known = self._known.get(key)
        if known is None or known[0] <= time.monotonic():
            known = (time.monotonic() + KEPT_S, await run_sync(self._found, user))
            self._known[key] = known  # no more of them than there are accounts
        return known[1]

    def _found(self, user: HubUser) -> Caller:
        account = find_account(self._campus, user.name)
        kind = account.kind if account else "learner"
        enrolments = list_enrolments(self._campus, user.name)
        if user.admin or kind == "admin":
            return Caller(user.name, "admin")
        if kind == "teacher" or any(e.as_ == "teacher" for e in enrolments):
            return Caller(user.name, "teacher")
        return Caller(user.name, "learner", tuple(e.class_id for e in enrolments))


async def caller_of(tokens: Tokens, roles: Roles, authorization: str | None) -> Caller:
    """The caller that an Authorization header stands for. Raises GatewayError 401, 403 or 503."""
    return await roles.caller(await _user(tokens, authorization))


async def may_read(tokens: Tokens, roles: Roles, authorization: str | None, scope: str) -> bool:
    """Whether the token is a service's, an admin's, or has `scope`, with which it need not have that of the gateway.

    Raises GatewayError 401, 403 or 503.
    """
    user = await _user(tokens, authorization, scope)
    return scope in user.scopes or (await roles.caller(user)).sees_all


async def _user(tokens: Tokens, authorization: str | None, also: str = "") -> HubUser:
    try:
        return await tokens.identify(authorization, also)
    except TokenError as error:
        raise GatewayError(error.status, error.code) from error

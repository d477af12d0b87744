"""`Authorization: Bearer TOKEN` → the hub user behind it, for services that answer HTTP.

The hub is asked through JupyterHub's own `HubAuth`, asynchronously, and its answers are kept for a while, five
minutes unless set otherwise, as JupyterHub's own services keep them; that nobody has a token is never kept. What an
error says to a person is worded by each service; here it has a status and a code.
"""

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from jupyterhub.services.auth import HubAuth, check_scopes
from tornado.web import HTTPError

REPLIES_SCOPE = "custom:ai:replies"
"""What campus holds at the hub to read the gateway's record of replies; no person does."""
BEARER = re.compile(r"(?:bearer|token) +([!-~]+)", re.IGNORECASE)  # tokens are printable ASCII

Problem = Literal["missing_token", "unknown_token", "lacking_scope", "hub_unreachable"]
STATUS: dict[Problem, int] = {"missing_token": 401, "unknown_token": 401, "lacking_scope": 403, "hub_unreachable": 503}


class TokenError(Exception):
    """No user can be told from the request. `status` is 401, 403 or 503, `code` one of `Problem`."""

    def __init__(self, code: Problem) -> None:
        super().__init__(code)
        self.code = code
        self.status = STATUS[code]


@dataclass(frozen=True)
class HubUser:
    """Whose token it is: a person (`user`) or a service of the hub."""

    name: str
    kind: Literal["user", "service"]
    admin: bool
    groups: frozenset[str]
    scopes: frozenset[str]  # of the token, expanded by the hub


class Tokens(Protocol):
    """Tells whose token a request carries: `HubTokens` under the hub, `preview.people.People` without one."""

    async def identify(self, authorization: str | None) -> HubUser: ...


class HubTokens:
    """Asks the hub whose token it is and whether it may use the service `service`. One for each process."""

    def __init__(self, service: str, environ: Mapping[str, str], kept_s: float) -> None:
        """`environ` holds what the hub gives its services: JUPYTERHUB_API_URL and JUPYTERHUB_API_TOKEN.

        A token that was taken back works for at most `kept_s` seconds more.
        """
        self._kept_s = kept_s
        self._scope = f"access:services!service={service}"
        self._hub = HubAuth(
            api_url=environ["JUPYTERHUB_API_URL"],
            api_token=environ["JUPYTERHUB_API_TOKEN"],
        )
        # of a token's hash: until when, whose, whether it may use the service: asking that of the scopes takes long.
        # Not HubAuth's own cache, which keeps refusals as long as answers.
        self._known: dict[bytes, tuple[float, HubUser, bool]] = {}

    async def identify(self, authorization: str | None) -> HubUser:
        """The user of an Authorization header's token. Raises TokenError."""
        found = BEARER.fullmatch((authorization or "").strip())
        if found is None:
            raise TokenError("missing_token")
        user, allowed = await self._user(found[1])
        if not allowed:
            raise TokenError("lacking_scope")
        return user

    async def _user(self, token: str) -> tuple[HubUser, bool]:
        """Whose token it is, and whether it may use the service."""
        key = hashlib.sha256(token.encode()).digest()
        known = self._known.get(key)
        if known is not None and time.monotonic() < known[0]:
            return known[1:]
        try:
            model = await self._hub.user_for_token(token, use_cache=False, sync=False)
        except (HTTPError, OSError, ValueError) as error:  # the hub is down, or did not answer as a hub does
            raise TokenError("hub_unreachable") from error
        if model is None:
            raise TokenError("unknown_token")
        user = hub_user(model)
        allowed = bool(check_scopes(self._scope, user.scopes))
        self._remember(key, user, allowed)
        return user, allowed

    def _remember(self, key: bytes, user: HubUser, allowed: bool) -> None:
        """Keep an answer, and forget those whose time is over: they stand first, since each is kept equally long."""
        now = time.monotonic()
        while self._known and self._known[oldest := next(iter(self._known))][0] <= now:
            del self._known[oldest]
        self._known.pop(key, None)
        self._known[key] = (now + self._kept_s, user, allowed)


def hub_user(model: Mapping[str, Any]) -> HubUser:
    """The hub's JSON model of a user or service, as `GET /hub/api/user` answers it."""
    return HubUser(
        name=model["name"],
        kind="service" if model.get("kind") == "service" else "user",
        admin=bool(model.get("admin")),
        groups=frozenset(model.get("groups") or ()),
        scopes=frozenset(model.get("scopes") or ()),
    )

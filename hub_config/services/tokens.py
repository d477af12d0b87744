"""`Authorization: Bearer TOKEN` → the hub user behind it, for services that answer HTTP.

The hub is asked as JupyterHub's own `HubAuth` asks it (`GET /hub/api/user` with the token), and its answers are kept
for a while, five minutes unless set otherwise, as JupyterHub's own services keep them; that nobody has a token is never
kept. HubAuth itself is not imported: it brings the hub's whole database layer, 23 MB, into each service. What an error
says to a person is worded by each service; here it has a status and a code.
"""

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import httpx

REPLIES_SCOPE = "custom:ai:replies"
"""What campus holds at the hub to read the gateway's record of replies; no person does."""
BEARER = re.compile(r"(?:bearer|token) +([!-~]+)", re.IGNORECASE)  # tokens are printable ASCII

Problem = Literal["missing_token", "unknown_token", "lacking_scope", "hub_unreachable"]
HUB_S = 20.0  # for the hub's answer, as in HubAuth
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

    async def identify(self, authorization: str | None, also: str = "") -> HubUser: ...


class HubTokens:
    """Asks the hub whose token it is and whether it may use the service `service`. One for each process."""

    def __init__(self, service: str, environ: Mapping[str, str], kept_s: float) -> None:
        """`environ` holds what the hub gives its services: JUPYTERHUB_API_URL.

        A token that was taken back works for at most `kept_s` seconds more.
        """
        self._kept_s = kept_s
        self._scopes = {"access:services", f"access:services!service={service}"}  # either will do
        self._url = environ["JUPYTERHUB_API_URL"].rstrip("/") + "/user"
        # a token is asked about once in minutes: nothing is gained by open connections
        self._hub = httpx.AsyncClient(
            timeout=HUB_S,
            limits=httpx.Limits(max_keepalive_connections=0),
            trust_env=False,
            verify=self._url.startswith("https:"),  # the list of authorities takes 2 MB
        )
        # of a token's hash: until when, whose, whether it may use the service: asking that of the scopes takes long.
        # Not HubAuth's own cache, which keeps refusals as long as answers.
        self._known: dict[bytes, tuple[float, HubUser, bool]] = {}

    async def identify(self, authorization: str | None, also: str = "") -> HubUser:
        """The user of an Authorization header's token. Raises TokenError.

        A token that may not use the service is let in when it has the scope `also`.
        """
        found = BEARER.fullmatch((authorization or "").strip())
        if found is None:
            raise TokenError("missing_token")
        user, allowed = await self._user(found[1])
        if not allowed and also not in user.scopes:
            raise TokenError("lacking_scope")
        return user

    async def _user(self, token: str) -> tuple[HubUser, bool]:
        """Whose token it is, and whether it may use the service."""
        key = hashlib.sha256(token.encode()).digest()
        known = self._known.get(key)
        if known is not None and time.monotonic() < known[0]:
            return known[1:]
        user = await self._asked(token)
        allowed = not user.scopes.isdisjoint(self._scopes)
        self._remember(key, user, allowed)
        return user, allowed

    async def _asked(self, token: str) -> HubUser:
        try:
            reply = await self._hub.get(self._url, headers={"Authorization": f"token {token}"})
            if reply.status_code == httpx.codes.FORBIDDEN:
                raise TokenError("unknown_token")
            return hub_user(reply.raise_for_status().json())
        except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:  # down, or it answers as no hub does
            raise TokenError("hub_unreachable") from error

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

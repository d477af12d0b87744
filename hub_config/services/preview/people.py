"""Who is who in a preview: whoever holds its key is the writer, and looks at the lesson as one learner or another."""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from course.lesson import Lesson, Variant
from hub_config.services.campus import accounts, draws
from hub_config.services.campus.refusals import Refusal
from hub_config.services.preview import wording
from hub_config.services.tokens import HubUser, TokenError

CLASS = "xem-thu"
TOKEN_LIFE = timedelta(days=1)


class People:
    """A learner for each variant of the lesson. Does for a preview what hub and OAuth do for the services.

    Loopback is shared by all users of a machine: `key` is asked for in every request, tokens are as random.
    """

    def __init__(self, engine: Engine, cookie: str) -> None:
        """Adds the class that they all are in."""
        self.key = secrets.token_urlsafe(24)
        self.cookie = cookie
        self.current = ""
        self._engine = engine
        self._tokens: dict[str, str] = {}  # learner -> token
        self._lives: dict[tuple[str, str], int] = {}  # role and variant -> how often its learner began anew
        self._lesson: Lesson | None = None
        accounts.create_class(engine, CLASS, wording.CLASS_TITLE)

    def read(self, lesson: Lesson) -> None:
        """See to it that each variant of the lesson, as it stands now, has its learner."""
        self._lesson = lesson
        for variant in lesson.variant:
            self._admit(lesson, variant)
        if self.current not in (names := [name for name, _ in self.listed()]):
            self.current = names[0]

    def listed(self) -> list[tuple[str, Variant]]:
        """The learners by name with their variants, in the lesson's order."""
        return [(self._name(v), v) for v in (self._lesson.variant if self._lesson else ())]

    def choose(self, name: str) -> None:
        """Look at the lesson as this learner. Raises Refusal("bad_request") for an unknown one."""
        if name not in dict(self.listed()):
            raise Refusal("bad_request")
        self.current = name

    def begin_anew(self) -> None:
        """Somebody with the same variant and no answers yet takes the place of the present learner."""
        variant = dict(self.listed()).get(self.current)
        if self._lesson is None or variant is None:
            return
        key = (variant.role, variant.id)
        self._lives[key] = self._lives.get(key, 1) + 1
        self.current = self._admit(self._lesson, variant)

    def _name(self, variant: Variant) -> str:
        life = self._lives.get((variant.role, variant.id), 1)
        return f"xem.{variant.role}.{variant.id}.{life}".lower()

    def _admit(self, lesson: Lesson, variant: Variant) -> str:
        name = self._name(variant)
        if name not in self._tokens:
            accounts.create_account(self._engine, name, wording.LEARNER, password=None, role=variant.role)
            accounts.enrol(self._engine, CLASS, name)
            self._tokens[name] = secrets.token_urlsafe(24)
        with self._engine.begin() as connection:
            draws.assign(connection, lesson, name, variant)
        return name

    # --- hub_config.services.campus.identity.Session
    async def user(self, request: Request) -> str | None:
        return self.current if self.holds_key(request.cookies.get(self.cookie, "")) else None

    def holds_key(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.key.encode())

    def sign_in(self, request: Request) -> Response:
        raise Refusal("not_signed_in")

    async def callback(self, request: Request) -> Response:
        raise Refusal("not_found")

    def sign_out(self) -> Response:
        return RedirectResponse("/services/campus/", 303)  # there is nobody else to sign in as

    def form_token(self, request: Request) -> str:
        return hmac.new(self.key.encode(), b"form", "sha256").hexdigest()

    def check_form(self, request: Request, token: str) -> None:
        if not hmac.compare_digest(token.encode(), self.form_token(request).encode()):
            raise Refusal("expired_form")

    # --- hub_config.services.tokens.Tokens
    async def identify(self, authorization: str | None, also: str = "") -> HubUser:
        kind, _, given = (authorization or "").partition(" ")
        if kind.lower() != "bearer" or not given:
            raise TokenError("missing_token")
        for name, token in self._tokens.items():
            if hmac.compare_digest(token.encode(), given.encode()):
                return HubUser(name, "user", False, frozenset(), frozenset())
        raise TokenError("unknown_token")

    # --- hub_config.services.campus.identity.Hub
    async def issue_token(self, name: str, note: str) -> dict[str, Any]:
        return {"token": self._tokens[name], "expires_at": (datetime.now(UTC) + TOKEN_LIFE).isoformat()}

    async def start_server(self, name: str) -> None:
        raise Refusal("not_found")

    async def server_ready(self, name: str) -> bool:
        return False

    async def close(self) -> None:
        return

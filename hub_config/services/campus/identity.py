"""Who looks at a page, and who issues tokens: what campus, apps and the preview each ask of whoever signs people in."""

from __future__ import annotations

from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response


class Session(Protocol):
    """The sign-in of pages: `session.PageSession` under the hub, `preview.people.People` without one."""

    async def user(self, request: Request) -> str | None: ...

    def sign_in(self, request: Request) -> Response: ...

    async def callback(self, request: Request) -> Response: ...

    def sign_out(self) -> Response: ...

    def form_token(self, request: Request) -> str: ...

    def check_form(self, request: Request, token: str) -> None: ...


class Hub(Protocol):
    """Tokens for people, and the servers of classes: `hubapi.HubApi` under the hub."""

    async def issue_token(self, name: str, note: str) -> dict[str, Any]: ...

    async def start_server(self, name: str) -> None: ...

    async def server_ready(self, name: str) -> bool: ...

    async def close(self) -> None: ...

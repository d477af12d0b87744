"""Who gets into a preview, and where its pages may be framed. Both wrap an ASGI app."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub_config.services.preview import wording
from hub_config.services.preview.people import People


class KeyHolders:
    """Lets in who holds the preview's key: once in the address, from then on in a cookie."""

    def __init__(self, app: ASGIApp, people: People) -> None:
        self._app, self._people = app, people

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        if self._people.holds_key(request.query_params.get("key", "")):
            reply = RedirectResponse(scope["path"], 303)  # the key leaves the address bar
            reply.set_cookie(self._people.cookie, self._people.key, httponly=True, samesite="strict")
            await reply(scope, receive, send)
        elif self._people.holds_key(request.cookies.get(self._people.cookie, "")):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse(wording.NO_KEY, 403)(scope, receive, send)


class FramedHere:
    """Lets the preview's own frame, in no other site's but those in `also`, show the pages of the services."""

    def __init__(self, app: ASGIApp, also: Sequence[str]) -> None:
        self._app = app
        self._around = " ".join(["frame-ancestors 'self'", *also])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def framed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if policy := headers.get("content-security-policy"):
                    headers["content-security-policy"] = policy.replace("frame-ancestors 'none'", self._around)
            await send(message)

        await self._app(scope, receive, framed)

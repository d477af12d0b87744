"""Sign-in of pages: the hub's OAuth, kept in a cookie of the service, and forms that only our own pages can send.

Campus and apps use it alike: `PageSession(prefix, environ)` gives `user`, `sign_in`, `callback` and `form_token`.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Mapping

from jupyterhub.services.auth import HubOAuth, check_scopes
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from tornado.web import HTTPError

from hub_config.services.campus.refusals import Refusal

log = logging.getLogger(__name__)

CACHE_SECONDS = 60
STATE_SECONDS = 600
HUB_SESSION_COOKIE = "jupyterhub-session-id"  # changes when the person signs out of the hub


class PageSession:
    """Who looks at a page. One for each process."""

    def __init__(self, prefix: str, environ: Mapping[str, str]) -> None:
        """`prefix` as "/services/campus"; `environ` holds what the hub gives its services."""
        self.prefix = prefix.rstrip("/") + "/"
        self._scope = f"access:services!service={environ['JUPYTERHUB_SERVICE_NAME']}"
        self._key = environ["JUPYTERHUB_API_TOKEN"].encode()
        self._hub = HubOAuth(
            api_url=environ["JUPYTERHUB_API_URL"],
            api_token=environ["JUPYTERHUB_API_TOKEN"],
            base_url=self.prefix,
            oauth_client_id=environ["JUPYTERHUB_CLIENT_ID"],
            oauth_redirect_uri=environ.get("JUPYTERHUB_OAUTH_CALLBACK_URL", self.prefix + "oauth_callback"),
            oauth_state_max_age=STATE_SECONDS,
            cache_max_age=CACHE_SECONDS,
        )

    @property
    def cookie(self) -> str:
        """The name of the cookie that keeps the person's OAuth token."""
        return str(self._hub.cookie_name)

    async def user(self, request: Request) -> str | None:
        """The name of the signed-in person; None: nobody. Raises Refusal("hub_down" or "forbidden")."""
        token = request.cookies.get(self.cookie)
        if not token:
            return None
        return await self._identify(token, request.cookies.get(HUB_SESSION_COOKIE, ""), use_cache=True)

    def sign_in(self, request: Request) -> Response:
        """Off to the hub, and back to this page; a form that was sent without a session goes to the first page."""
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        state = self._hub.generate_state(here if request.method == "GET" else self.prefix)
        reply = RedirectResponse(f"{self._hub.login_url}&state={state}", 302)
        self._set(request, reply, self._hub.state_cookie_name, state, STATE_SECONDS)
        return reply

    async def callback(self, request: Request) -> Response:
        """The way back from the hub: the code becomes a token, the token a cookie."""
        code, state = request.query_params.get("code"), request.query_params.get("state", "")
        kept = request.cookies.get(self._hub.state_cookie_name, "")
        if not code or not state or not hmac.compare_digest(state.encode(), kept.encode()):
            return RedirectResponse(self.prefix, 302)  # an old tab or a forged link: start again
        try:
            token = await self._hub.token_for_code(code, sync=False)
        except (HTTPError, OSError) as error:
            log.error("the hub gave no token for a sign-in: %s", error)
            raise Refusal("hub_down") from error
        await self._identify(token, "", use_cache=False)
        target = self._hub.get_next_url(state)
        self._hub.clear_oauth_state(state)
        reply = RedirectResponse(target if target.startswith(self.prefix) else self.prefix, 302)
        self._set(request, reply, self.cookie, token, None)
        reply.delete_cookie(self._hub.state_cookie_name, path=self.prefix)
        return reply

    def sign_out(self) -> Response:
        """Forget the page's session and end the hub's."""
        reply = RedirectResponse(f"{self._hub.hub_prefix}logout", 303)
        reply.delete_cookie(self.cookie, path=self.prefix)
        return reply

    def form_token(self, request: Request) -> str:
        """What a form of ours carries: bound to the person's cookie, unknown to any other site."""
        cookie = request.cookies.get(self.cookie, "")
        return hmac.new(self._key, b"form\0" + cookie.encode(), hashlib.sha256).hexdigest()

    def check_form(self, request: Request, token: str) -> None:
        """Raises Refusal("expired_form") for a form that is not ours."""
        if not hmac.compare_digest(token.encode(), self.form_token(request).encode()):
            raise Refusal("expired_form")

    async def _identify(self, token: str, session: str, *, use_cache: bool) -> str | None:
        try:
            model = await self._hub.user_for_token(token, use_cache=use_cache, session_id=session, sync=False)
        except (HTTPError, OSError, ValueError) as error:
            log.error("the hub did not say who signs in: %s", error)
            raise Refusal("hub_down") from error
        if model is None:
            return None
        if not check_scopes(self._scope, frozenset(model["scopes"])):
            raise Refusal("forbidden")
        return str(model["name"])

    def _set(self, request: Request, reply: Response, name: str, value: str, max_age: int | None) -> None:
        secure = request.headers.get("x-forwarded-proto", request.url.scheme).split(",")[0].strip() == "https"
        reply.set_cookie(name, value, max_age=max_age, path=self.prefix, httponly=True, samesite="lax", secure=secure)

"""What campus asks of the hub's API with its own token: tokens for people, starting a class's server."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import httpx

from hub_config.services.campus.refusals import Refusal

log = logging.getLogger(__name__)

TOKEN_SECONDS = 3600
TOKEN_SCOPES = ("access:services!service=campus", "access:services!service=ai")
HUB_SECONDS = 15.0


class HubApi:
    """The hub's API as this service may use it. One for each process."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """`environ` holds what the hub gives its services: JUPYTERHUB_API_URL and JUPYTERHUB_API_TOKEN."""
        self._client = httpx.AsyncClient(
            base_url=environ["JUPYTERHUB_API_URL"],
            headers={"Authorization": f"token {environ['JUPYTERHUB_API_TOKEN']}"},
            timeout=HUB_SECONDS,
            trust_env=False,  # the hub is on this machine: no proxy of the environment stands between
        )

    async def issue_token(self, name: str, note: str) -> dict[str, Any]:
        """A token of the person for campus and gateway: {"token", "expires_at"}. Raises Refusal("hub_down")."""
        body = {"expires_in": TOKEN_SECONDS, "scopes": list(TOKEN_SCOPES), "note": note}
        model = (await self._ask("POST", f"/users/{name}/tokens", body)).json()
        return {"token": model["token"], "expires_at": model["expires_at"]}

    async def start_server(self, name: str) -> None:
        """Start a user's server; no error when it runs or is on its way. Raises Refusal("hub_down")."""
        await self._ask("POST", f"/users/{name}/server", {}, allowed=(400,))  # 400: running or pending

    async def server_ready(self, name: str) -> bool:
        """Whether a user's server runs. Raises Refusal("hub_down")."""
        model = (await self._ask("GET", f"/users/{name}")).json()
        return bool(model.get("servers", {}).get("", {}).get("ready"))

    async def close(self) -> None:
        await self._client.aclose()

    async def _ask(self, method: str, path: str, body: Any = None, allowed: tuple[int, ...] = ()) -> httpx.Response:
        try:
            reply = await self._client.request(method, path, json=body)
        except httpx.HTTPError as error:
            log.error("the hub's API did not answer %s %s: %s", method, path, error)
            raise Refusal("hub_down") from error
        if reply.is_error and reply.status_code not in allowed:
            log.error("the hub's API answered %s to %s %s: %s", reply.status_code, method, path, reply.text[:500])
            raise Refusal("hub_down")
        return reply

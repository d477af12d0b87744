"""The learner's drawn values, fetched from campus: a sealed kernel has no network to ask for them itself."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from hub_config.services.campus.hubapi import HubApi
from hub_config.services.campus.refusals import Refusal
from hub_config.services.live.refusals import NotOpened

CAMPUS_SECONDS = 10.0


class Material:
    """Asks campus as the learner, with a token that lives an hour and that no kernel sees."""

    def __init__(self, campus: str, hub: HubApi) -> None:
        """`campus` is its address on this machine, http://HOST:PORT."""
        self._hub = hub
        self._client = httpx.AsyncClient(base_url=campus, timeout=CAMPUS_SECONDS, trust_env=False)

    async def of(self, learner: str, full_ids: tuple[str, ...]) -> dict[str, Any]:
        """`{full exercise id: values}`. Raises NotOpened."""
        if not full_ids:
            return {}
        try:
            token = (await self._hub.issue_token(learner, "live lesson"))["token"]
            given = await asyncio.gather(*(self._values(full_id, token) for full_id in full_ids))
        except (Refusal, httpx.HTTPError, KeyError, ValueError) as error:
            raise NotOpened("material", f"no values for {learner}: {type(error).__name__}: {error}") from error
        return dict(zip(full_ids, given, strict=True))

    async def _values(self, full_id: str, token: str) -> Any:
        answer = await self._client.get(
            f"/services/campus/api/exercises/{full_id}/material", headers={"Authorization": f"Bearer {token}"}
        )
        answer.raise_for_status()
        return answer.json()["values"]

    async def close(self) -> None:
        await self._client.aclose()

"""Fifty learners who submit at the same moment, over HTTP, to a real hub: how long until each sees a score."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import httpx
import numpy as np
from jupyterhub import orm
from learners import ROOT, Learner, enrolled
from output import progress

from hub_config.services.campus import accounts
from hub_config.services.campus.campus import Campus
from hub_config.settings import Settings

sys.path.insert(0, str(ROOT / "tests"))
from running_hub import RunningHub

LEARNERS = 50
POLL_S = 0.2
GIVE_UP_S = 120.0


def measured() -> float:
    """The 95th percentile of the seconds from sending a notebook to seeing its score."""
    hub = RunningHub(extra={"HOCAI_LESSONS": str(ROOT / "level1_text")})
    campus = Campus.open(Settings.load(hub.environment()))
    try:
        accounts.create_class(campus.engine, "bench", "Benchmark")
        learners = enrolled(campus, LEARNERS + 4)
    finally:
        campus.engine.dispose()
    progress("starting a hub")
    with hub.running():
        tokens = _tokens(hub.data, learners)
        asyncio.run(_burst(hub.url, tokens, learners[LEARNERS:]))  # warm, as the service is
        progress(f"{LEARNERS} learners submit at once")
        return float(np.percentile(asyncio.run(_burst(hub.url, tokens, learners[:LEARNERS])), 95))


def _tokens(data: Path, learners: list[Learner]) -> dict[str, str]:
    """A hub token for each learner, as signing in gives them; written into the hub's database, to save 50 sign-ins."""
    database = orm.new_session_factory(f"sqlite:///{data / 'hub' / 'jupyterhub.sqlite'}")()
    try:
        tokens = {}
        role = orm.Role.find(database, "user")
        for learner in learners:
            user = orm.User(name=learner.name)
            user.roles.append(role)
            database.add(user)
            database.commit()
            tokens[learner.name] = str(user.new_api_token(scopes=["inherit"], note="benchmark"))
        return tokens
    finally:
        database.close()


async def _burst(url: str, tokens: dict[str, str], learners: list[Learner]) -> list[float]:
    async with httpx.AsyncClient(base_url=f"{url}/services/campus/api/", timeout=60) as client:
        return await asyncio.gather(*(_one(client, tokens[learner.name], learner) for learner in learners))


async def _one(client: httpx.AsyncClient, token: str, learner: Learner) -> float:
    headers = {"Authorization": f"Bearer {token}"}
    began = time.perf_counter()
    sent = await client.post(
        "exchange/assignments/bench/text.report/submissions", json=learner.notebook, headers=headers
    )
    sent.raise_for_status()
    while True:
        await asyncio.sleep(POLL_S)
        found = (await client.get(f"submissions/{sent.json()['id']}", headers=headers)).raise_for_status().json()
        waited = time.perf_counter() - began
        if found["state"] == "graded":
            return waited
        if found["state"] == "failed" or waited > GIVE_UP_S:
            raise RuntimeError(f"no score for {learner.name} after {waited:.0f} s: {found}")

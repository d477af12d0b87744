"""The judge for rubric criteria: a real model behind the gateway, when there is one."""

from __future__ import annotations

import logging
import os

import httpx

from autograders.judge.judge import LLMJudge
from hub_config.settings import Settings

log = logging.getLogger(__name__)

ASK_SECONDS = 5.0


def judge_of(settings: Settings) -> LLMJudge | None:
    """A judge, or None when the gateway has no model but the practice AI, or is away: judged criteria then wait."""
    token = os.environ.get("JUPYTERHUB_API_TOKEN", "")
    base_url = f"http://127.0.0.1:{settings.ai_port}/services/ai/v1"
    try:
        with httpx.Client(trust_env=False, timeout=ASK_SECONDS) as client:
            reply = client.get(f"{base_url}/models", headers={"Authorization": f"Bearer {token}"}).raise_for_status()
        models = [model["id"] for model in reply.json()["data"] if not model["hocai"]["practice"]]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        log.warning("no judge: the gateway did not name its models: %s", error)
        return None
    return LLMJudge(base_url, token, models[0]) if models else None

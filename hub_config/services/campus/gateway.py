"""How campus asks the AI gateway: with its own token at the hub, on loopback."""

from __future__ import annotations

import httpx

from hub_config.settings import Settings


def gateway_address(settings: Settings) -> str:
    """Where the gateway's routes begin, without a slash at the end."""
    return f"http://127.0.0.1:{settings.ai_port}/services/ai"


def gateway_client(settings: Settings, token: str, seconds: float) -> httpx.Client:
    """A client for paths below that address, with so much patience; safe to use from several threads. To be closed."""
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=gateway_address(settings), headers=headers, timeout=seconds, trust_env=False)

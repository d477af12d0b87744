"""The three services that the hub runs, and what each is told. Never the AI key: see Settings.hand_over_key."""

import sys
from typing import Any

from traitlets.config import Config

from hub_config.settings import Settings


def apply(c: Config, settings: Settings) -> None:
    """Campus, AI gateway and apps as hub-managed services on loopback."""
    gateway = [key for key in Settings.model_fields if key.startswith("ai_")]
    judge = [key for key in Settings.model_fields if key.startswith("judge_")]
    c.JupyterHub.services = [
        _service(settings, "campus", settings.campus_port, "database_url", "demo_class", *judge, "dask_scheduler"),
        _service(settings, "ai", settings.ai_port, *gateway),
        _service(settings, "apps", settings.apps_port),
    ]


def _service(settings: Settings, name: str, port: int, *keys: str) -> dict[str, Any]:
    return {
        "name": name,
        "url": f"http://127.0.0.1:{port}",
        "command": [sys.executable, "-m", f"hub_config.services.{name}"],
        "environment": settings.environment("log_level", *keys),
        "cwd": str(settings.data),
        "oauth_no_confirm": True,
        "display": False,
    }

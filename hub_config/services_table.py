"""The services that the hub runs, and what each is told. Never the AI key: see Settings.hand_over_key."""

import sys
from typing import Any

from traitlets.config import Config

from hub_config.settings import Settings


def apply(c: Config, settings: Settings) -> None:
    """Campus, AI gateway, apps and live lessons as hub-managed services on loopback; the daily run has no address."""
    gateway = [key for key in Settings.model_fields if key.startswith("ai_")]
    judge = [key for key in Settings.model_fields if key.startswith("judge_")]
    c.JupyterHub.services = [
        _service(
            settings,
            "campus",
            settings.campus_port,
            "database_url",
            "demo_class",
            "token_kept_s",
            *judge,
            "dask_scheduler",
        ),
        _service(settings, "ai", settings.ai_port, "token_kept_s", "judge_concurrency", *gateway),
        _service(settings, "apps", settings.apps_port),
        _service(settings, "live", settings.live_port, "live_kernels", "live_ready", "live_idle_s"),
        _service(settings, "daily", None, "database_url", "daily_at"),
    ]


def _service(settings: Settings, name: str, port: int | None, *keys: str) -> dict[str, Any]:
    # the hub refuses to start when a service without an address is to sign people in
    address = {} if port is None else {"url": f"http://127.0.0.1:{port}", "oauth_no_confirm": True}
    return {
        "name": name,
        **address,
        # without columns of tracebacks: half a megabyte in each process
        "command": [sys.executable, "-X", "no_debug_ranges", "-m", f"hub_config.services.{name}"],
        "environment": settings.environment("log_level", *keys),
        "cwd": str(settings.data),
        "display": False,
    }

"""A slow start of a service does not end the hub.

JupyterHub 5 asks a service that it manages ten times for a second each, then gives up and ends; no setting changes that
(`JupyterHub.start_service`). On a slow or busy machine campus alone takes longer to read its lessons.
"""

from __future__ import annotations

from typing import Any

from jupyterhub.objects import Server
from traitlets.config import Config

from hub_config.settings import Settings

SECONDS = 6.0  # a try, so that ten of them are a minute; between two tries the hub looks whether the service has ended

_wait_up = Server.wait_up


def apply(_c: Config, _settings: Settings) -> None:
    """Make each try of this process longer."""
    Server.wait_up = _wait_longer


def _wait_longer(server: Server, timeout: float = 10, **how: Any) -> Any:
    return _wait_up(server, timeout=max(timeout, SECONDS), **how)

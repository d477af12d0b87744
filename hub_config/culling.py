"""Ends servers that nobody uses; kernels inside them are culled by the server itself (spawner.py)."""

import sys

from traitlets.config import Config

from hub_config.settings import Settings

IDLE_SERVER_S = 3600
IDLE_KERNEL_S = 1800
LOOK_EVERY_S = 300


def apply(c: Config, settings: Settings) -> None:
    """The idle culler as a hub-managed service; its scopes stand in roles.py."""
    command = [sys.executable, "-m", "jupyterhub_idle_culler"]
    c.JupyterHub.services.append(
        {
            "name": "idle-culler",
            "command": [*command, f"--timeout={IDLE_SERVER_S}", f"--cull-every={LOOK_EVERY_S}"],
            "cwd": str(settings.hub_folder),
        }
    )

"""JupyterLab for teachers who write lessons (`hocai lab`), as an extension of its Jupyter server.

A launcher card that makes a lesson, and the preview of the lesson whose notebook is open. Both work with the rights
of whoever started it, on loopback, behind the server's own token.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

LABEXTENSIONS = Path(__file__).parent / "labextensions"
"""Front ends that JupyterLab finds only where it is told to: never on a learner's server."""


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "hub_config.lab"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the routes to a jupyter server (`jupyter_server.serverapp.ServerApp`)."""
    from hub_config.lab.handlers import add_routes
    from hub_config.settings import Settings

    add_routes(server, Settings.load(os.environ))

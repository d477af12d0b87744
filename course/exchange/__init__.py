"""nbgrader's exchange over HTTP, and the server extension behind its assignment list in JupyterLab.

The extension takes the routes of `nbgrader.server_extensions.assignment_list` and of `validate_assignment`; routes
that are added first win, and extensions load in the order of their names.
"""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "course.exchange"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the routes to a jupyter server (`jupyter_server.serverapp.ServerApp`)."""
    from course.exchange.handlers import add_routes  # a kernel that imports the client needs no tornado

    add_routes(server)

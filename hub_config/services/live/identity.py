"""Who looks: JupyterHub's sign-in as Voila asks for it, with its addresses below the service's own."""

from __future__ import annotations

from typing import Any

from jupyter_server.utils import url_path_join
from jupyterhub.singleuser.extension import JupyterHubIdentityProvider


class LiveIdentity(JupyterHubIdentityProvider):  # type: ignore[misc]  # mypy is told to skip jupyterhub
    """Anonymous visitors are sent to the hub's sign-in; who lacks the scope of this service is refused."""

    def get_handlers(self) -> list[tuple[Any, ...]]:
        """Its handlers; JupyterHub's own stand at the root, where an extension of a server is put below its base."""
        base = self.hub_auth.base_url
        return [(url_path_join(base, path), *more) for path, *more in super().get_handlers()]

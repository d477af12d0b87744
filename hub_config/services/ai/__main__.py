"""`python -m hub_config.services.ai`, started by the hub."""

import os
from collections.abc import Mapping

from starlette.applications import Starlette

from hub_config.services.ai.app import create_app
from hub_config.services.listening import run
from hub_config.settings import Settings


def gateway(settings: Settings, environ: Mapping[str, str]) -> Starlette:
    """The gateway, in a process that keeps the key to itself."""
    os.environ.pop("HOCAI_AI_KEY", None)  # no child process shall inherit it
    return create_app(settings, environ, warm=True)


if __name__ == "__main__":
    run("ai", gateway)

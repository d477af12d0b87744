"""`python -m hub_config.services.campus`, started by the hub."""

import sys
from collections.abc import Mapping

from starlette.applications import Starlette

from hub_config.services.campus.app import create_app
from hub_config.services.listening import run
from hub_config.settings import Settings

# Python's own 5 ms are long for the event loop: it asks for its turn several times a request, while threads that grade
# an answer compute for as long at a stretch
SWITCH_SECONDS = 0.0005


def campus(settings: Settings, environ: Mapping[str, str]) -> Starlette:
    """Campus, in a process whose threads give way to the event loop soon."""
    sys.setswitchinterval(SWITCH_SECONDS)
    return create_app(settings, environ)


if __name__ == "__main__":
    run("campus", campus)

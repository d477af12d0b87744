"""`python -m hub_config.services.apps`, started by the hub."""

from collections.abc import Mapping

from starlette.applications import Starlette

from hub_config.services.apps.app import create_app
from hub_config.services.campus.hubapi import HubApi
from hub_config.services.campus.session import PageSession
from hub_config.services.listening import prefix_of, run
from hub_config.settings import Settings


def apps(settings: Settings, environ: Mapping[str, str]) -> Starlette:
    """The app pages, signed in over the hub."""
    return create_app(settings.published / "apps", PageSession(prefix_of("apps", environ), environ), HubApi(environ))


if __name__ == "__main__":
    run("apps", apps)

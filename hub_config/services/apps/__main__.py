"""`python -m hub_config.services.apps`, started by the hub."""

import logging
import os
import sys

from hub_config.services.apps.app import create_app
from hub_config.services.campus.hubapi import HubApi
from hub_config.services.campus.session import PageSession
from hub_config.services.listening import listen, prefix_of
from hub_config.settings import Settings, SettingsError


def main() -> None:
    """Serve the app pages until the hub ends it. Exits with a line for the operator when it cannot start."""
    prefix = prefix_of("apps", os.environ)
    try:
        settings = Settings.load(os.environ)
        logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
        app = create_app(settings.published / "apps", PageSession(prefix, os.environ), HubApi(os.environ))
    except SettingsError as error:
        sys.exit(f"apps: {error}")
    except KeyError as error:
        sys.exit(f"apps: {error.args[0]} is not set; start it as a service of the hub")
    listen(app, settings.apps_port, prefix, settings.log_level)


if __name__ == "__main__":
    main()

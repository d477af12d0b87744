"""`python -m hub_config.services.live`, started by the hub."""

import logging
import os
import resource
import sys

from hub_config import processes
from hub_config.services.listening import prefix_of
from hub_config.services.live.app import LiveVoila
from hub_config.settings import Settings, SettingsError


def main() -> None:
    """Serve the live lessons until the hub ends it. Exits with a line for the operator when it cannot start."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    prefix = prefix_of("live", os.environ)
    try:
        settings = Settings.load(os.environ)
        app = LiveVoila.of(settings, prefix, os.environ)
    except SettingsError as error:
        sys.exit(f"live: {error}")
    except KeyError as error:
        sys.exit(f"live: {error.args[0]} is not set; start it as a service of the hub")
    logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    processes.conceal()
    app.start()


if __name__ == "__main__":
    main()

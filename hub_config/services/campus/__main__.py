"""`python -m hub_config.services.campus`, started by the hub."""

import logging
import os
import sys

from course.errors import LessonError
from hub_config.services.campus.app import create_app
from hub_config.services.listening import listen, prefix_of
from hub_config.settings import Settings, SettingsError

# Python's own 5 ms are long for the event loop: it asks for its turn several times a request, while threads that grade
# an answer compute for as long at a stretch
SWITCH_SECONDS = 0.0005


def main() -> None:
    """Serve campus until the hub ends it. Exits with a line for the operator when it cannot start."""
    try:
        settings = Settings.load(os.environ)
        logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
        logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines at every call say nothing new
        app = create_app(settings, os.environ)
        sys.setswitchinterval(SWITCH_SECONDS)
    except (SettingsError, LessonError) as error:
        sys.exit(f"campus: {error}")
    except KeyError as error:
        sys.exit(f"campus: {error.args[0]} is not set; start it as a service of the hub")
    listen(app, settings.campus_port, prefix_of("campus", os.environ), settings.log_level)


if __name__ == "__main__":
    main()

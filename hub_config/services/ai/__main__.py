"""`python -m hub_config.services.ai`, started by the hub."""

import logging
import os
import sys

from course.errors import LessonError
from hub_config.services.ai.app import create_app
from hub_config.services.listening import listen, prefix_of
from hub_config.settings import Settings, SettingsError


def main() -> None:
    """Serve the gateway until the hub ends it. Exits with a line for the operator when it cannot start."""
    try:
        settings = Settings.load(os.environ)
        logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
        logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines would repeat the endpoint's address
        logging.getLogger("httpcore").setLevel(logging.WARNING)  # its debug lines hold headers
        os.environ.pop("HOCAI_AI_KEY", None)  # no child process shall inherit it
        app = create_app(settings, os.environ)
    except (SettingsError, LessonError) as error:
        sys.exit(f"ai gateway: {error}")
    except KeyError as error:
        sys.exit(f"ai gateway: {error.args[0]} is not set; start it as a service of the hub")
    listen(app, settings.ai_port, prefix_of("ai", os.environ), settings.log_level)


if __name__ == "__main__":
    main()

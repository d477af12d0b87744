"""`python -m hub_config.services.daily`, started by the hub."""

import logging
import os
import signal
import sys
from types import FrameType

from hub_config import processes
from hub_config.services.daily.daily import serve
from hub_config.settings import Settings, SettingsError


def main() -> None:
    """Make the daily runs until the hub ends this process: that is exit code 0."""
    processes.conceal()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    try:
        settings = Settings.load(os.environ)
    except SettingsError as error:
        sys.exit(f"daily: {error}")
    logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    serve(settings)


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()

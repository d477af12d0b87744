"""`python -m hub_config.services.live`, started by the hub."""

import resource

from hub_config import processes
from hub_config.services.listening import built
from hub_config.services.live.app import LiveVoila


def main() -> None:
    """Serve the live lessons until the hub ends it. Exits with a line for the operator when it cannot start."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    _, app = built("live", LiveVoila.of)
    processes.conceal()
    app.start()


if __name__ == "__main__":
    main()

"""What the hub runs: its configuration, its services, and the command `hocai`."""

import course  # noqa: F401 - before jupyterhub brings jsonschema, see there

"""Loads the settings and applies each concern; everything else stands in the modules named here."""

import os

from traitlets.config import Config

from hub_config import auth, culling, front, patience, roles, services_table, spawner
from hub_config.settings import Settings


def configure(c: Config, settings: Settings) -> None:
    """Apply every concern; the culler adds itself to the services of the table."""
    for concern in (patience, front, auth, roles, services_table, culling, spawner):
        concern.apply(c, settings)


if "get_config" in globals():  # JupyterHub executes this file with it; tests import it without
    _settings = Settings.load(os.environ)
    _settings.hand_over_key()
    os.environ.pop("HOCAI_AI_KEY", None)  # nothing that the hub starts inherits it
    configure(globals()["get_config"](), _settings.without_keys())

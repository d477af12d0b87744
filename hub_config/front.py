"""Addresses, proxy, database and pages of the hub itself."""

from pathlib import Path

from traitlets.config import Config

from hub_config.node import proxy_command
from hub_config.settings import Settings

CAMPUS = "/services/campus/"
TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"  # the style sheet goes into the hub's pages: they stand when campus is down


def apply(c: Config, settings: Settings) -> None:
    """One public port; everything else on loopback; everything ends when the hub ends."""
    folder = settings.hub_folder
    c.JupyterHub.bind_url = settings.public_url
    c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{settings.hub_port}"
    c.JupyterHub.db_url = f"sqlite:///{folder / 'jupyterhub.sqlite'}"
    c.JupyterHub.cookie_secret_file = str(folder / "cookie_secret")
    c.JupyterHub.cleanup_servers = True
    c.JupyterHub.cleanup_proxy = True
    c.JupyterHub.log_level = settings.log_level.upper()
    c.JupyterHub.allow_named_servers = False
    c.JupyterHub.template_paths = [str(TEMPLATES), str(STATIC)]
    c.JupyterHub.default_url = CAMPUS
    c.JupyterHub.logo_file = str(TEMPLATES / "logo.svg")
    c.ConfigurableHTTPProxy.command = proxy_command(settings)
    c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{settings.proxy_api_port}"
    c.ConfigurableHTTPProxy.pid_file = str(folder / "proxy.pid")

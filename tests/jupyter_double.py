"""A jupyter server as a learner's or a class's server is started, without the hub around it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

TOKEN = "t" * 32
NBGRADER_CONFIG = Path(__file__).parent.parent / "hub_config" / "nbgrader_config.py"


@contextmanager
def jupyter(
    home: Path, port: int, extensions: Mapping[str, bool], environ: Mapping[str, str] | None = None
) -> Iterator[httpx.Client]:
    """A running server with these extensions and our nbgrader configuration; yields a client that is signed in."""
    home.mkdir(parents=True, exist_ok=True)
    config = home.parent / f"config-{port}"
    config.mkdir(exist_ok=True)
    (config / "nbgrader_config.py").write_bytes(NBGRADER_CONFIG.read_bytes())
    off = {f"nbgrader.server_extensions.{name}": False for name in ("formgrader", "assignment_list", "course_list")}
    options = {"ServerApp": {"jpserver_extensions": {**off, "nbgrader": False, "jupyter_lsp": False, **extensions}}}
    (config / "jupyter_server_config.json").write_text(json.dumps(options))
    env = {k: v for k, v in os.environ.items() if not k.startswith(("HOCAI_", "JUPYTER"))}
    env |= {"HOME": str(home), "JUPYTER_CONFIG_PATH": str(config), "JUPYTER_NO_CONFIG": "", **(environ or {})}
    env |= {"JUPYTER_RUNTIME_DIR": str(home.parent / f"r{port}")}
    log = (home.parent / f"server-{port}.log").open("wb")
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={home}"]
    process = subprocess.Popen(command, env=env, cwd=home, stdout=log, stderr=log)
    headers = {"Authorization": f"token {TOKEN}"}
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60) as client:
            _wait(client, process, Path(log.name))
            yield client
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _wait(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            if client.get("/api/status").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text()[-3000:]}")

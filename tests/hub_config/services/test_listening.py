"""A service below its prefix, concealed, and ended by signals."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running_hub import until
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from hub_config.services.listening import BelowPrefix, prefix_of, server

PORT = 21298
# root without capabilities is to the kernel what an ordinary user is: it may read what is its own
ORDINARY = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.getuid() == 0 else []
ENVIRONMENT = os.environ | {"SECRET": "sk-1"}
SERVICE = """
import sys
from starlette.applications import Starlette
from hub_config.services.listening import listen
listen(Starlette(), int(sys.argv[1]), "/p", "warning")
"""


async def page(request: Request) -> Response:
    return PlainTextResponse(f"{request.url_for('page', name='x').path} {request.path_params['name']}")


def below(prefix: str) -> BelowPrefix:
    return BelowPrefix(Starlette(routes=[Route("/pages/{name}", page, name="page")]), prefix)


def test_the_app_sees_its_own_paths_and_makes_urls_with_the_prefix() -> None:
    with TestClient(below("/services/campus/")) as client:
        assert client.get("/services/campus/pages/a").text == "/services/campus/pages/x a"


@pytest.mark.parametrize("path", ["/pages/a", "/services/campusx/pages/a", "/services/campus", "/"])
def test_other_paths_are_not_found(path: str) -> None:
    with TestClient(below("/services/campus")) as client:
        assert client.get(path).status_code == 404


def test_the_prefix_is_the_hubs_or_the_usual_one() -> None:
    assert prefix_of("ai", {"JUPYTERHUB_SERVICE_PREFIX": "/x/services/ai/"}) == "/x/services/ai"
    assert prefix_of("ai", {}) == "/services/ai"


def test_a_service_listens_on_loopback_only() -> None:
    assert server(below("/p"), 21299, "/p").config.host == "127.0.0.1"


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def service() -> Iterator[subprocess.Popen[str]]:
    """A listening process without capabilities, as a service that an ordinary user runs."""
    command = [*ORDINARY, sys.executable, "-c", SERVICE, str(PORT)]
    output: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, env=ENVIRONMENT, text=True, **output) as process:
        until(lambda: process.poll() is not None or accepts(PORT))
        yield process
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_service_that_is_told_to_stop_ends_quietly(service: subprocess.Popen[str], number: signal.Signals) -> None:
    service.send_signal(number)
    said, _ = service.communicate(timeout=30)
    assert (service.returncode, said) == (0, "")


def test_who_waits_is_told_when_the_port_is_open() -> None:
    probe = "socket.socket().connect_ex(('127.0.0.1', int(sys.argv[1])))"
    code = f"import os, socket\n{SERVICE.strip()[:-1]}, opened=lambda: os._exit({probe}))"
    done = subprocess.run([sys.executable, "-c", code, str(PORT)], env=ENVIRONMENT, timeout=30, check=False)
    assert done.returncode == 0


def test_another_process_of_the_same_user_reads_no_environment(service: subprocess.Popen[str]) -> None:
    with subprocess.Popen([*ORDINARY, "sleep", "60"], env=ENVIRONMENT) as unprotected:
        until(lambda: Path(f"/proc/{unprotected.pid}/comm").read_text() == "sleep\n")
        assert "SECRET=sk-1" in read_as_the_same_user(unprotected.pid)
        unprotected.kill()
    assert service.poll() is None
    assert read_as_the_same_user(service.pid) == ""


def read_as_the_same_user(pid: int) -> str:
    """The environment of a process, "" when it is refused."""
    command = [*ORDINARY, "cat", f"/proc/{pid}/environ"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout

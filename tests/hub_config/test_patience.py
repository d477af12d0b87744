"""A service that is slow to answer is waited for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from jupyterhub.objects import Server
from jupyterhub.utils import AnyTimeoutError
from traitlets.config import Config

from hub_config import patience
from hub_config.settings import Settings


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing to tell."""


@pytest.fixture
def late() -> Iterator[Server]:
    """A server that begins to listen after more than one of JupyterHub's seconds."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer, bind_and_activate=False)
    server.server_bind()
    later = threading.Timer(2.0, lambda: (server.server_activate(), server.serve_forever()))
    later.start()
    yield Server(ip="127.0.0.1", port=server.server_port)
    later.join(0.1)
    server.shutdown()
    server.server_close()


def test_a_try_lasts_longer_than_jupyterhubs_second(
    late: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wait() -> None:
        await late.wait_up(http=True, timeout=1)

    monkeypatch.setattr(Server, "wait_up", patience._wait_up)
    with pytest.raises(AnyTimeoutError):
        asyncio.run(wait())
    patience.apply(Config(), Settings.load({"HOCAI_DATA": str(tmp_path)}))
    asyncio.run(wait())

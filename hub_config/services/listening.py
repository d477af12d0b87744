"""How a service of the hub starts and listens: uvicorn on loopback, below the prefix that the proxy routes to it."""

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from types import FrameType
from typing import TypeVar

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from course.errors import LessonError
from hub_config import processes
from hub_config.settings import Settings, SettingsError

App = TypeVar("App")

HOST = "127.0.0.1"
KEEP_ALIVE_SECONDS = 75  # the proxy keeps its connections to us: one closed just as it is used fails a request
STOP_SECONDS = 5  # requests in flight get this long when the hub ends the service


class BelowPrefix:
    """Hands requests below `prefix` on to `app`, which sees its own paths; its URLs are made with the prefix.

    Lifespan events go through as they are. Any other path is 404.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["path"].startswith(self._prefix + "/"):
            await self._app({**scope, "root_path": self._prefix}, receive, send)
        else:
            await PlainTextResponse("Not found\n", status_code=404)(scope, receive, send)


class _Telling(uvicorn.Server):
    """Says when its port is open: an app's lifespan begins a moment before."""

    def __init__(self, config: uvicorn.Config, opened: Callable[[], None]) -> None:
        super().__init__(config)
        self._opened = opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._opened()


def prefix_of(service: str, environ: Mapping[str, str]) -> str:
    """The service's prefix without a slash at its end, such as "/services/ai"."""
    return environ.get("JUPYTERHUB_SERVICE_PREFIX", f"/services/{service}/").rstrip("/")


def server(
    app: ASGIApp, port: int, prefix: str, log_level: str = "info", opened: Callable[[], None] = lambda: None
) -> uvicorn.Server:
    """A server for `app` on loopback, not yet running; `serve()` or `run()` starts it, `opened` hears of its port."""
    return _Telling(
        uvicorn.Config(
            BelowPrefix(app, prefix),
            host=HOST,
            port=port,
            log_level=log_level,
            loop="uvloop",
            http="httptools",
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            access_log=False,  # the proxy logs requests; one line each is enough
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
            lifespan="on",
        ),
        opened,
    )


def run(service: str, make: Callable[[Settings, Mapping[str, str]], ASGIApp]) -> None:
    """Serve what `make` builds of settings and environment until the hub ends it: `python -m hub_config.services.NAME`.

    Exits with a line for the operator when it cannot start.
    """
    settings, app = built(service, make)
    listen(app, getattr(settings, f"{service}_port"), prefix_of(service, os.environ), settings.log_level)


def built(service: str, make: Callable[[Settings, Mapping[str, str]], App]) -> tuple[Settings, App]:
    """The settings, and what `make` builds of them and the environment. Exits with a line for the operator."""
    try:
        settings = Settings.load(os.environ)
        logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
        for library in ("httpx", "httpcore"):  # lines at every call, with addresses and headers
            logging.getLogger(library).setLevel(logging.WARNING)
        app = make(settings, os.environ)
    except (SettingsError, LessonError) as error:
        sys.exit(f"{service}: {error}")
    except KeyError as error:
        sys.exit(f"{service}: {error.args[0]} is not set; start it as a service of the hub")
    return settings, app


def listen(
    app: ASGIApp, port: int, prefix: str, log_level: str = "info", opened: Callable[[], None] = lambda: None
) -> None:
    """Serve `app` until the process is told to stop: that is exit code 0. `opened` is called when the port is open.

    Exits with a line in the log when the port is taken. The process is concealed: the tokens and keys in its
    environment and memory are not for other processes of the same user.
    """
    processes.conceal()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)  # uvicorn raises the signal once more when it has shut down
    server(app, port, prefix, log_level, opened).run()


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)

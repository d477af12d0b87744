"""The line between a page and its kernel. No address names a kernel: whoever is signed in has their own alone."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.websocket import WebSocketMixin
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from hub_config.services.live.lessons import Lessons
from hub_config.services.live.visits import Visit, Visits

log = logging.getLogger(__name__)

TEACHERS = "formgrade-"  # the groups of those who may see what a notebook raised
MESSAGE_BYTES = 1_000_000


class KernelLine(ZMQChannelsWebsocketConnection):  # type: ignore[misc]  # mypy is told to skip jupyter_server
    """What goes on to the page: no traceback, nothing that was printed for operators."""

    def _on_zmq_reply(self, stream: Any, message: Any) -> None:
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "stream" and content.get("name") == "stderr":
            log.warning("a live part printed for operators: %s", content["text"])
            return
        if kind == "error":
            log.error("a live part raised %s: %s\n%s", content.get("ename"), content.get("evalue"), _lines(content))
            message["content"] = {"ename": "", "evalue": "", "traceback": []}
        super()._on_zmq_reply(stream, message)


class LessonSocket(VoilaKernelWebsocketHandler):  # type: ignore[misc]  # mypy is told to skip voila
    """Opens a lesson for whoever is signed in, tells the page how that goes on, then carries Jupyter's messages.

    Of its own it says `{"hocai": "waiting", "ahead"}`, `{"hocai": "open", "cells", "widgets"}`,
    `{"hocai": "ended", "why"}`; the rest is as on any Jupyter kernel's socket.
    """

    connection: Any = None
    visit: Visit | None = None

    def initialize(self, lessons: Lessons, visits: Visits) -> None:
        self.lessons, self.visits = lessons, visits

    @property
    def kernel_websocket_connection_class(self) -> type[KernelLine]:
        return KernelLine

    @ws_authenticated  # type: ignore[untyped-decorator]
    async def get(self, lesson: str) -> None:
        found = self.lessons.live(lesson)
        if found is None:
            raise HTTPError(404)
        groups = self.current_user.hub_user.get("groups") or ()
        teaches = any(group.startswith(TEACHERS) for group in groups)
        self.visit = Visit(self.current_user.username, found, self, teaches=teaches)
        await super(KernelWebsocketHandler, self).get()

    def select_subprotocol(self, subprotocols: list[str]) -> None:
        """Plain JSON, so that any client can speak it."""

    async def open(self) -> None:
        WebSocketMixin.open(self)
        assert self.visit is not None  # noqa: S101 - for the type alone
        self.visits.begin(self.visit)

    async def join(self, kernel_id: str) -> None:
        """Carry the kernel's messages from now on."""
        self.kernel_id = kernel_id
        kernel = self.kernel_manager.get_kernel(kernel_id)
        self.connection = KernelLine(parent=kernel, websocket_handler=self, config=self.config)
        await self.connection.prepare()
        await asyncio.wait_for(self.connection.connect(), self.connection.kernel_info_timeout)

    def tell(self, message: dict[str, Any]) -> None:
        try:
            super(VoilaKernelWebsocketHandler, self).write_message(json.dumps(message, ensure_ascii=False))
        except WebSocketClosedError:
            log.debug("%s has gone before it heard %s", self.request.path, message["hocai"])

    def close_line(self) -> None:
        self.close()

    def on_message(self, message: str | bytes) -> None:
        if self.connection is None or self.visit is None or self.visit.over:
            return
        self.visit.use()
        try:
            self.connection.handle_incoming_message(message)
        except (ValueError, KeyError, TypeError, AssertionError, AttributeError) as error:
            log.warning("%s sent what is no message of Jupyter's: %s", self.visit.learner, error)
            self.close()

    def on_close(self) -> None:
        if self.visit is not None:
            self.visits.end(self.visit)
        if self.connection is not None:
            self.connection.disconnect()
            self.connection = None


def _lines(content: dict[str, Any]) -> str:
    return "\n".join(map(str, content.get("traceback") or ()))

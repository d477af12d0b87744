"""A live lesson without a browser: one socket, on which the service speaks and then the kernel."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any, Self

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

LONGEST_S = 60.0
Message = dict[str, Any]


class LiveVisitor:
    """Who shows `token`, or is signed in by `cookies`, at the socket of a lesson."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.socket = socket
        self.widgets: dict[str, Message] = {}
        self.cells: dict[str, Message] = {}

    @classmethod
    async def arrive(cls, hub_url: str, lesson: str, *, token: str = "", cookies: str = "", origin: str = "") -> Self:
        """Raises HTTPClientError for who is refused."""
        headers = {"Authorization": f"Bearer {token}"} if token else {"Cookie": cookies}
        if origin:
            headers["Origin"] = origin
        address = f"{hub_url.replace('http', 'ws', 1)}/services/live/{lesson}/kernel"
        return cls(await websocket_connect(HTTPRequest(address, headers=headers), max_message_size=50_000_000))

    async def next(self) -> Message | None:
        """What is said next, by the service ("hocai") or the kernel ("header"); None: the line is closed."""
        raw = await asyncio.wait_for(self.socket.read_message(), LONGEST_S)
        return None if raw is None else dict(json.loads(raw))

    async def said(self) -> Message | None:
        """What the service itself says next; None: the line is closed."""
        while (message := await self.next()) is not None:
            if "hocai" in message:
                return message
        return None

    async def opened(self) -> Self:
        """Wait until the lesson is open."""
        while (message := await self.said()) is not None:
            assert message["hocai"] != "ended", message
            if message["hocai"] == "open":
                self.cells, self.widgets = message["cells"], message["widgets"]
                return self
        raise AssertionError("the line was closed before the lesson was open")

    async def send(self, kind: str, content: Message, channel: str = "shell") -> str:
        """A message of Jupyter's; its id."""
        id_ = uuid.uuid4().hex
        header = {"msg_id": id_, "msg_type": kind, "username": "", "session": "s", "version": "5.3"}
        whole = {"channel": channel, "header": header, "parent_header": {}, "metadata": {}, "content": content}
        await self.socket.write_message(json.dumps({**whole, "buffers": []}))
        return id_

    def widget(self, model: str) -> str:
        """Id of the lesson's first widget of a model, such as IntSliderModel."""
        return next(id_ for id_, state in self.widgets.items() if state["_model_name"] == model)

    async def slide(self, value: object) -> list[Message]:
        """Move the first slider; all that the kernel says until it is idle again after it."""
        data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        return await self._told("IntSliderModel", data)

    async def press(self) -> list[Message]:
        """Press the first button; all that the kernel says until it is idle again after it."""
        return await self._told("ButtonModel", {"method": "custom", "content": {"event": "click"}})

    async def _told(self, model: str, data: Message) -> list[Message]:
        sent = await self.send("comm_msg", {"comm_id": self.widget(model), "data": data})
        heard = []
        while (message := await self.next()) is not None:
            heard.append(message)
            mine = message.get("parent_header", {}).get("msg_id") == sent
            if mine and message["content"].get("execution_state") == "idle":
                return heard
        raise AssertionError("the line was closed before the kernel was done")

    async def plot(self, value: int) -> str:
        """Move the slider; the picture that follows it, PNG in base64."""
        shown = [m["content"]["data"] for m in await self.slide(value) if m["header"]["msg_type"] == "display_data"]
        return str(shown[-1]["image/png"])

    def leave(self) -> None:
        """Close the page."""
        self.socket.close()

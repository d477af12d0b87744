"""A campus with the real AI gateway over the same data folder, and a model behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from campus_site import LocalHub, Serving, Site, free_port
from openai_server import OpenAIServer

from course.catalog import Catalog
from hub_config.services import listening
from hub_config.services.ai.app import app_of
from hub_config.services.tokens import HubUser, TokenError
from hub_config.settings import Settings

NOBODY: frozenset[str] = frozenset()


class Known:
    """Whose token it is, as the hub would tell the gateway: campus's own, or NAME's own name."""

    async def identify(self, authorization: str | None, also: str = "") -> HubUser:
        token = (authorization or "").removeprefix("Bearer ")
        if not token:
            raise TokenError("missing_token")
        kind = "service" if token == "service-token" else "user"
        return HubUser("campus" if kind == "service" else token, kind, False, NOBODY, NOBODY)  # type: ignore[arg-type]


@dataclass
class AiSite(Site):
    """`limits` are settings of the gateway, by their names in hocai.toml."""

    ai_port: int = field(default_factory=free_port)
    model: OpenAIServer | None = None
    limits: dict[str, str] = field(default_factory=dict)
    gateway: Serving | None = None

    @property
    def settings(self) -> Settings:
        given = {"HOCAI_PORT": str(self.ai_port - 4)}
        given |= {f"HOCAI_{key.upper()}": value for key, value in self.limits.items()}
        if self.model:
            given |= {"HOCAI_AI_BASE_URL": self.model.base_url, "HOCAI_AI_MODEL": "mo-hinh-thu"}
        return Settings.load(super().settings.environment() | given)

    def start_gateway(self) -> None:
        app = app_of(self.settings, Known(), Catalog(self.settings.lessons))
        self.gateway = Serving(listening.server(app, self.ai_port, "/services/ai", "warning"))

    def stop_gateway(self) -> None:
        if self.gateway:
            self.gateway.stop()
            self.gateway = None

    def ask(self, name: str, prompt: str = "Viết thông báo họp xóm.", model: str = "") -> httpx.Response:
        """A question to the AI by somebody; `service-token`: by campus."""
        body = {"model": model, "messages": [{"role": "user", "content": prompt}]}
        address = f"http://127.0.0.1:{self.ai_port}/services/ai/v1/chat/completions"
        return httpx.post(address, json=body, headers={"Authorization": f"Bearer {name}"}, timeout=30)

    def close(self) -> None:
        self.stop_gateway()
        super().close()


@contextmanager
def ai_site(folder: Path, hub: LocalHub, model: OpenAIServer | None, **limits: str) -> Iterator[AiSite]:
    """One that runs, gateway included; ended in the end."""
    made = AiSite(folder, hub, model=model, limits=limits)
    made.prepare()
    made.start()
    made.start_gateway()
    try:
        yield made
    finally:
        made.close()

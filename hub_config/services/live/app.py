"""Voila, stand-alone, with none of its addresses but ours: pages, and a socket to the signed-in learner's kernel."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import zmq.asyncio
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop
from traitlets import Instance, List, Unicode, default
from traitlets.config import Config
from voila.app import Voila

from autograders.sandbox.provisioner import WarmProvisioner
from hub_config.services.campus.hubapi import HubApi
from hub_config.services.listening import HOST, prefix_of
from hub_config.services.live import pages
from hub_config.services.live.identity import LiveIdentity
from hub_config.services.live.lessons import Lessons
from hub_config.services.live.material import Material
from hub_config.services.live.room import Room, seats_of_this_machine
from hub_config.services.live.socket import LessonSocket
from hub_config.services.live.visits import KERNEL, Visits
from hub_config.settings import Settings

SOCKETS = 20_000  # zmq's own limit ends at 204 kernels
COOKIE_SECRET = "live_cookie_secret"  # noqa: S105 - the name of a file
FROM_PAGES = ["comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request"]
LESSON = r"(?P<lesson>[a-z0-9_]+\.[a-z0-9_]+)"


class OneKernel(KernelSpecManager):  # type: ignore[misc]  # mypy is told to skip jupyter_client
    """The only kernel there is: a sealed fork."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        metadata = {"kernel_provisioner": {"provisioner_name": "hocai-warm"}}
        return KernelSpec(argv=[], display_name="Python", language="python", metadata=metadata)

    def find_kernel_specs(self) -> dict[str, str]:
        return {KERNEL: ""}


class Kernels(AsyncMappingKernelManager):  # type: ignore[misc]  # mypy is told to skip jupyter_server
    """Voila's kernels; who is idle is told by what pages send (`visits`), so that nobody listens in on all output."""

    @default("context")  # type: ignore[untyped-decorator]
    def _context_default(self) -> zmq.asyncio.Context:
        context: zmq.asyncio.Context = super()._context_default()
        context.set(zmq.MAX_SOCKETS, SOCKETS)
        return context

    def start_watching_activity(self, kernel_id: str) -> None:
        self.get_kernel(kernel_id).execution_state = "idle"

    def stop_watching_activity(self, kernel_id: str) -> None:
        return


class LiveVoila(Voila):  # type: ignore[misc]  # mypy is told to skip voila
    """Voila without its tree, its files, its kernel API and its way of passing the environment on to kernels."""

    raise_config_file_errors = True
    config_file_paths = List(Unicode(), [])  # what lies in somebody's home has no say here
    hocai = Instance(Settings)
    hub = Instance(HubApi)

    @classmethod
    def of(cls, settings: Settings, environ: Mapping[str, str]) -> LiveVoila:
        """The service, set up and not yet listening. Raises KeyError for what the hub did not hand over."""
        config = Config()
        config.Voila.base_url = prefix_of("live", environ) + "/"
        config.Voila.ip = HOST
        config.Voila.port = settings.live_port
        config.Voila.port_retries = 0
        config.Voila.open_browser = False
        config.Voila.log_level = settings.log_level.upper()
        config.Voila.identity_provider_class = LiveIdentity
        config.Voila.cookie_secret = cookie_secret(settings.hub_folder / COOKIE_SECRET)
        config.VoilaConfiguration.allow_template_override = "NO"
        config.VoilaConfiguration.allow_theme_override = "NO"
        config.VoilaConfiguration.kernel_spec_manager_class = OneKernel
        config.VoilaConfiguration.multi_kernel_manager_class = Kernels
        config.MultiKernelManager.default_kernel_name = KERNEL
        config.AsyncMappingKernelManager.buffer_offline_messages = False
        config.KernelManager.transport = "ipc"
        config.KernelManager.autorestart = False  # a kernel that died has forgotten the lesson: the page opens another
        config.WarmProvisioner.published = str(settings.published)
        app: LiveVoila = cls.instance(config=config, hocai=settings, hub=HubApi(environ))
        app.initialize([])
        return app

    def init_settings(self) -> dict[str, Any]:
        found: dict[str, Any] = super().init_settings()
        self.kernel_manager.allowed_message_types = FROM_PAGES
        return found

    def init_handlers(self) -> list[Any]:
        """Ours and the sign-in's; none of Voila's own."""
        settings = self.hocai
        self.lessons = Lessons(settings.published)
        self.material = Material(f"http://{HOST}:{settings.campus_port}", self.hub)
        seats = settings.live_kernels or seats_of_this_machine()
        self.log.info("room for %d kernels", seats)
        self.warm_kernels = WarmProvisioner.kernels(str(settings.published), settings.live_ready)
        self.visits = Visits(self.kernel_manager, Room(seats), self.material, settings.live_idle_s)
        IOLoop.current().add_callback(self._begin)
        base, shown = self.base_url, {"lessons": self.lessons, "hub": self.hub}
        return [
            *self.identity_provider.get_handlers(),
            (base, pages.ToCampus, shown),
            (base + "session", pages.Session, shown),
            (base + "health", pages.Health, shown),
            (base + r"sw\.js", pages.Worker, shown),
            (base + LESSON, pages.ToPage, shown),
            (base + LESSON + "/", pages.LessonPage, shown),
            (base + LESSON + "/material/(?P<name>.+)", pages.Picture, shown),
            (base + LESSON + "/kernel", LessonSocket, {"lessons": self.lessons, "visits": self.visits}),
            (".*", pages.Nowhere, shown),
        ]

    async def _begin(self) -> None:
        """Have the warm parent ready before the first learner comes, and watch over the kernels."""
        self._watching = asyncio.create_task(self.visits.watch())
        await asyncio.to_thread(self.warm_kernels.warm)
        self.log.info("the warm parent of the kernels is ready")

    def stop(self) -> None:
        """End all kernels and their parent."""
        super().stop()
        for kernels in WarmProvisioner.shared.values():
            kernels.stop()


def cookie_secret(file: Path) -> bytes:
    """What signs the cookies: kept, so that a restart signs nobody out. Raises OSError."""
    try:
        return bytes.fromhex(file.read_text())
    except FileNotFoundError:
        made = secrets.token_bytes(32)
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
            kept.write(made.hex())
        return made

"""Servers of learners and classes as sealed local processes; learners are no users of the system."""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen
from typing import Any

from jupyterhub.spawner import LocalProcessSpawner
from jupyterhub.utils import random_port
from tornado.web import HTTPError
from traitlets import Any as AnyTrait
from traitlets.config import Config

from autograders.sandbox.seal import Capabilities, capabilities, sealed_command
from hub_config import processes, server_config, wording
from hub_config.services.campus.accounts import CLASS_PREFIX
from hub_config.settings import Settings

SYSTEM_PATH = ("/usr/local/bin", "/usr/bin", "/bin")
LONGEST_SOCKET_FOLDER = 107 - len("/kernel--ipc-99999") - 36  # bytes; a Unix socket's path ends at 107


class SpawnError(HTTPError):  # type: ignore[misc]  # tornado is not followed; the hub hides any other exception
    """A server that is not started; the hub shows `jupyterhub_message` to the person, and logs the reason."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(status, reason)
        self.jupyterhub_message = message


class SealedSpawner(LocalProcessSpawner):  # type: ignore[misc]  # jupyterhub has no types
    """A server that sees its own home, the published notebooks, and one port of this machine."""

    settings = AnyTrait(help="hub_config.settings.Settings").tag(config=True)
    machine = AnyTrait(help="autograders.sandbox.seal.Capabilities").tag(config=True)

    @property
    def purpose(self) -> server_config.Purpose:
        return "class" if self.user.name.startswith(CLASS_PREFIX) else "learner"

    @property
    def home(self) -> Path:
        settings: Settings = self.settings
        name: str = self.user.name
        if self.purpose == "class":
            return settings.classes / name.removeprefix(CLASS_PREFIX)
        return settings.homes / name

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        return lambda: (os.umask(0o077), None)[1]

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """Home and places of the server, in place of those of a system user."""
        settings: Settings = self.settings
        own_tmp = self.machine.bwrap  # an empty /tmp of its own; it keeps socket paths short
        scratch = Path("/tmp") if own_tmp else self.home / ".tmp"  # noqa: S108
        env |= {
            "USER": self.user.name,
            "HOME": str(self.home),
            "SHELL": "/bin/bash",
            "PATH": os.pathsep.join([str(Path(sys.prefix) / "bin"), *SYSTEM_PATH]),
            "TMPDIR": str(scratch),
            "JUPYTER_RUNTIME_DIR": str(scratch / "run"),
            "JUPYTER_CONFIG_PATH": str(server_config.folder(settings, self.purpose)),
            "JUPYTERHUB_DEFAULT_URL": "/formgrader" if self.purpose == "class" else "/lab",
            "HOCAI_PUBLIC_URL": settings.public_url,
            "HOCAI_PUBLISHED": str(settings.published),
        }
        env.setdefault("LANG", "C.UTF-8")
        if self.purpose == "class":
            env["HOCAI_CLASS"] = self.user.name.removeprefix(CLASS_PREFIX)
        else:  # the openai client finds the gateway by itself
            env["OPENAI_BASE_URL"] = f"{settings.public_url}/services/ai/v1"
            env["OPENAI_API_KEY"] = self.api_token
        return env

    def command(self) -> list[str]:
        """The server's command under its seal. Raises `SpawnError`."""
        settings: Settings = self.settings
        machine: Capabilities = self.machine
        bare = [*self.cmd, *self.get_args()]
        if not machine.can_seal:
            if self.purpose == "class" or self._teaches():
                return bare
            raise SpawnError(403, machine.sentence, wording.JUPYTERLAB_CLOSED)
        return sealed_command(
            bare,
            home=self.home,
            read_only=[server_config.folder(settings, self.purpose), settings.published],
            connect_ports=[settings.port],
            bind_ports=[self.port],
            packages=("course",),
            machine=machine,
        )

    async def start(self) -> tuple[str, int]:
        """Start the server; address and port."""
        self.port = random_port()
        env = self.get_env()
        try:
            self._prepare_folders(env)
        except OSError as error:
            raise SpawnError(503, f"home of {self.user.name}: {error}", wording.HOME_FULL) from error
        command = self.command()
        log = self.settings.hub_folder / "servers" / f"{self.user.name}.log"
        log.parent.mkdir(exist_ok=True)
        with log.open("wb") as output:
            self.proc = Popen(
                command,
                env=env,
                cwd=self.home,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=self.make_preexec_fn(self.user.name),
            )
        self.pid = self.proc.pid
        if self.purpose == "class":  # run by the operator: its teachers are not asked whether they trust it
            self.user.settings["oauth_no_confirm_list"].add(self.oauth_client_id)
        return ("127.0.0.1", self.port)

    async def stop(self, now: bool = False) -> None:
        """End the server and everything that was started inside it."""
        inside = processes.descendants(self.pid) if self.pid else []
        await super().stop(now)
        await asyncio.to_thread(processes.kill, inside)

    def _prepare_folders(self, env: dict[str, str]) -> None:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        sockets = Path(env["JUPYTER_RUNTIME_DIR"])
        if sockets.is_relative_to(self.home):
            sockets.mkdir(parents=True, exist_ok=True, mode=0o700)
        if len(bytes(sockets)) > LONGEST_SOCKET_FOLDER:
            raise OSError(
                f"{sockets} is longer than {LONGEST_SOCKET_FOLDER} bytes, too long for kernel sockets; "
                "move the data folder (HOCAI_DATA) to a shorter path, or install bubblewrap"
            )

    def _teaches(self) -> bool:
        return any(group.name.startswith("formgrade-") for group in self.user.groups)


def apply(c: Config, settings: Settings) -> None:
    """How servers are started."""
    server_config.write(settings)
    values: dict[str, Any] = {
        "settings": settings.without_keys(),
        "machine": capabilities(),
        "cmd": [sys.executable, "-m", "jupyterhub.singleuser"],
        "env_keep": ["LANG", "LC_ALL", "TZ"],
        "hub_connect_url": settings.public_url,  # all that a server may reach
        "disable_user_config": True,
        "start_timeout": 120,
        "http_timeout": 120,
        "interrupt_timeout": 5,
    }
    c.JupyterHub.spawner_class = SealedSpawner
    c.SealedSpawner.update(values)

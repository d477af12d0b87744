"""jupyter_client's kernels as sealed forks: the kernel provisioner `hocai-warm`.

What is sealed from what: a kernel gets nothing of the environment of the process that asks for it, secrets of services
included, but variables whose names begin with HANDED_ON.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Unicode

from .kernel_names import CHANNELS
from .kernels import KernelParent, KernelProcess, check_endpoint
from .ready_kernels import LEAST, ReadyKernels
from .seal import Capabilities, capabilities
from .warm import ParentLostError

log = logging.getLogger(__name__)

HANDED_ON = "HOCAI_KERNEL_"
_POLL = 0.05  # seconds between two looks at a kernel that is to end


class WarmKernels:
    """Kernels from one warm parent, which is started when the first is wanted, and anew when it is lost.

    Some are forked ahead, for all lessons: `ready` at least, where there is the memory.
    """

    def __init__(self, published: Path, machine: Capabilities | None = None, *, ready: int = LEAST) -> None:
        self._published = published
        self._machine = machine or capabilities()
        self._parent: KernelParent | None = None
        self._turn = threading.Lock()
        self.ready = ReadyKernels(lambda: self.warm().kernel(), ready)
        # bubblewrap dies with the thread that started it: this one lasts
        self._starter = ThreadPoolExecutor(1, "kernel-parents")

    def warm(self) -> KernelParent:
        """The warm parent, started if need be: some seconds. Raises ExecutorUnavailable."""
        with self._turn:
            if self._parent is not None and not self._parent.alive():
                log.warning("the warm parent of the kernels ended; starting another")
                self._parent.stop()
                self._parent = None
            if self._parent is None:
                self._parent = self._new_parent()
            self.ready.open()
            return self._parent

    def start(self, endpoint: str, key: str, variables: Mapping[str, str]) -> KernelProcess:
        """A kernel at ENDPOINT-1 to ENDPOINT-5: forked ahead or now, or a fresh process under the same seal.

        May be called from any thread. Raises ExecutorUnavailable where nothing seals, ParentLostError, OSError.
        """
        check_endpoint(endpoint)
        parent = self.warm()
        while (ready := self.ready.take()) is not None:
            try:
                return ready.hand_out(endpoint, key, variables)
            except ParentLostError as error:
                log.warning("a ready kernel was lost: %s", error)
        try:
            return parent.kernel().hand_out(endpoint, key, variables)
        except ParentLostError as error:
            log.warning("no kernel could be forked (%s); starting one that is sealed but cold", error)
        own = self._new_parent()
        try:
            cold = own.kernel(fork=False)
            cold.process.owner = own
            return cold.hand_out(endpoint, key, variables)
        except BaseException:
            own.stop()
            raise

    def _new_parent(self) -> KernelParent:
        return self._starter.submit(KernelParent, self._machine, self._published).result()

    def stop(self) -> None:
        """End the warm parent and all kernels that it forked."""
        self.ready.stop()
        with self._turn:
            if self._parent is not None:
                self._parent.stop()
                self._parent = None
        self._starter.shutdown()


class WarmProvisioner(KernelProvisionerBase):  # type: ignore[misc]  # mypy is told to skip jupyter_client
    """Has kernels forked instead of starting programs. The kernel manager's transport must be ipc."""

    published = Unicode(help="the folder in which the kit finds what exercises are").tag(config=True)
    shared: ClassVar[dict[str, WarmKernels]] = {}
    """One warm parent for each published folder, for all kernels of this process."""

    _process: KernelProcess | None = None

    @property
    def has_process(self) -> bool:
        return self._process is not None

    @property
    def process(self) -> KernelProcess | None:
        """The kernel that runs."""
        return self._process

    @classmethod
    def kernels(cls, published: str, ready: int = LEAST) -> WarmKernels:
        """What starts the kernels that read `published`; who asks first says how many are forked ahead."""
        if published not in cls.shared:
            cls.shared[published] = WarmKernels(Path(published), ready=ready)
        return cls.shared[published]

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Number the sockets. Raises ValueError for a kernel manager whose sockets would be another's."""
        manager = self.parent
        if manager.transport != "ipc" or not manager.connection_file:
            raise ValueError("hocai-warm: KernelManager.transport must be 'ipc' and connection_file be set")
        for number, channel in enumerate(CHANNELS, 1):
            setattr(manager, f"{channel}_port", number)
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        return {**await super().pre_launch(**kwargs), "cmd": []}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel; the answer is its connection info. Raises as `WarmKernels.start`."""
        variables = {key: value for key, value in kwargs["env"].items() if key.startswith(HANDED_ON)}
        key = self.connection_info["key"]
        kernels = self.kernels(self.published)
        self._process = await asyncio.to_thread(
            kernels.start, str(self.parent.ip), key if isinstance(key, str) else key.decode(), variables
        )
        return self.connection_info

    async def poll(self) -> int | None:
        """None while the kernel runs, else 1: nobody but the warm parent learns the status."""
        return None if self._process is not None and not self._process.ended() else 1

    async def wait(self) -> int | None:
        while await self.poll() is None:
            await asyncio.sleep(_POLL)
        if self._process is not None:
            await asyncio.to_thread(self._process.forget)
            self._process = None
        return 1

    async def send_signal(self, signum: int) -> None:
        if self._process is not None:
            self._process.send(signum)

    async def kill(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGKILL)  # process 1 of its namespace does not hear SIGTERM

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the sockets; their names are free for the kernel that follows."""
        for number in range(1, len(CHANNELS) + 1):
            Path(f"{self.parent.ip}-{number}").unlink(missing_ok=True)

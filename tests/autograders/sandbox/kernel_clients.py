"""Sealed kernels as jupyter_client manages them, and clients of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from autograders.sandbox.provisioner import WarmKernels, WarmProvisioner
from autograders.sandbox.seal import Capabilities


@contextmanager
def provided(published: Path, machine: Capabilities, *, ready: int) -> Iterator[WarmKernels]:
    """What the provisioner starts kernels from, inside `with`: on this kind of machine, so many forked ahead."""
    running = WarmKernels(published, machine, ready=ready)
    WarmProvisioner.shared[""] = running
    try:
        yield running
    finally:
        running.stop()
        del WarmProvisioner.shared[""]


class Specs(KernelSpecManager):  # type: ignore[misc]
    """One kernel, from the provisioner."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        metadata = {"kernel_provisioner": {"provisioner_name": "hocai-warm"}}
        return KernelSpec(argv=[], display_name="Python", language="python", metadata=metadata)


class Kernel:
    """A kernel as jupyter_client manages it, and a client of it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.manager = AsyncKernelManager(
            transport="ipc", connection_file=str(folder / f"{name}.json"), kernel_spec_manager=Specs()
        )

    @classmethod
    def of(cls, manager: AsyncKernelManager) -> Kernel:
        """Around a manager that starts its kernel by itself."""
        kernel = cls.__new__(cls)
        kernel.manager = manager
        return kernel

    async def __aenter__(self) -> Kernel:
        await self.manager.start_kernel(env={"SECRET": "token of the service", "HOCAI_KERNEL_WHO": "an"})
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.client.stop_channels()
        await self.manager.shutdown_kernel(now=True)

    async def connect(self) -> None:
        self.client = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=30)

    async def run(self, code: str) -> tuple[str, list[dict[str, Any]]]:
        """(what was printed, or the error's name and text; the data of what was shown)."""
        said: list[str] = []
        shown: list[dict[str, Any]] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            said.extend([content["text"]] if message["msg_type"] == "stream" else [])
            said.extend([f"{content['ename']}: {content['evalue']}"] if message["msg_type"] == "error" else [])
            shown.extend([content["data"]] if message["msg_type"] in ("display_data", "execute_result") else [])

        await self.client.execute_interactive(code, output_hook=hear, timeout=30)
        return "".join(said), shown


async def said(folder: Path, code: str) -> str:
    async with Kernel(folder, "one") as kernel:
        return (await kernel.run(code))[0]

"""Sealed kernels behind jupyter_client: forked, interrupted, restarted, killed, and what they cannot reach."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import re
import signal
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import AsyncKernelManager
from kernel_clients import Kernel, Specs, provided, said
from machines import MACHINE, MACHINES, USABLE
from PIL import Image

from autograders.sandbox.cell import ExecutorUnavailable
from autograders.sandbox.kernels import KernelParent
from autograders.sandbox.provisioner import WarmKernels
from autograders.sandbox.warm import ParentLostError

pytestmark = pytest.mark.skipif(not MACHINE.can_seal, reason=MACHINE.sentence)


@pytest.fixture(scope="module")
def published() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="published-") as folder:
        (Path(folder) / "public.json").write_text("{}")
        yield Path(folder)


@pytest.fixture(scope="module", params=USABLE)
def kernels(request: pytest.FixtureRequest, published: Path) -> Iterator[WarmKernels]:
    """The kernels that the provisioner starts, on each kind of machine that is usable here."""
    with provided(published, MACHINES[request.param], ready=2) as running:
        yield running


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short: paths of sockets are."""
    with tempfile.TemporaryDirectory(prefix="k-") as name:
        yield Path(name)


def test_the_warm_parent_outlives_the_thread_that_asked_first(kernels: WarmKernels, folder: Path) -> None:
    asyncio.run(said(folder, "print(1)"))
    first = kernels.warm()
    asyncio.run(said(folder, "print(1)"))
    assert kernels.warm() is first
    assert first.alive()


def test_a_kernel_knows_what_it_was_handed_and_no_variable_more(kernels: WarmKernels, folder: Path) -> None:
    printed = asyncio.run(said(folder, "import os; print(dict(os.environ))"))
    assert "'HOCAI_KERNEL_WHO': 'an'" in printed
    assert "SECRET" not in printed
    assert "token" not in printed.lower()


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("open('/etc/hostname').read()", r"FileNotFoundError|PermissionError"),
        ("import socket; socket.socket(socket.AF_UNIX)", "PermissionError"),
        ("import socket; socket.create_connection(('127.0.0.1', 22))", "PermissionError"),
        ("import os; os.fork()", "BlockingIOError"),
        ("import subprocess; subprocess.run(['true'])", "BlockingIOError"),
        ("import os; print(sorted(os.listdir('/proc')) if os.path.isdir('/proc/1') else 'empty')", "empty|Permission"),
        ("import autograders", "ImportError: this package|ModuleNotFoundError|PermissionError"),
        ("x = bytearray(2**30)", "MemoryError"),
    ],
    ids=["files", "unix", "tcp", "fork", "programs", "processes", "packages", "memory"],
)
def test_what_is_sealed(kernels: WarmKernels, folder: Path, code: str, answer: str) -> None:
    assert re.match(answer, asyncio.run(said(folder, code)))


def test_kernels_do_not_see_each_other(kernels: WarmKernels, folder: Path) -> None:
    async def two() -> tuple[str, str]:
        async with Kernel(folder, "one") as first, Kernel(folder, "two") as second:
            await first.run("open('note', 'w').write('mine'); import os; place = os.getcwd()")
            place = (await first.run("print(place)"))[0].strip()
            drawn = [(await one.run("import random; print(random.random())"))[0] for one in (first, second)]
            assert drawn[0] != drawn[1]
            return place, (await second.run(f"print(open('{place}/note').read())"))[0]

    _, seen = asyncio.run(two())
    assert "mine" not in seen
    assert "Error" in seen


def test_plots_and_widgets_are_shown(kernels: WarmKernels, folder: Path) -> None:
    async def shown() -> list[dict[str, Any]]:
        async with Kernel(folder, "one") as kernel:
            _, plot = await kernel.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
            _, slider = await kernel.run("import ipywidgets\nipywidgets.IntSlider()")
            return [*plot, *slider]

    *plots, slider = asyncio.run(shown())
    pngs = [b64decode(data["image/png"]) for data in plots if "image/png" in data]
    assert [Image.open(io.BytesIO(png)).mode for png in pngs] == ["RGB"]  # IPython's own are RGBA
    assert "application/vnd.jupyter.widget-view+json" in slider


def test_duckdb_reads_no_file_and_its_lock_stays(kernels: WarmKernels, folder: Path) -> None:
    async def tried() -> list[str]:
        async with Kernel(folder, "one") as kernel:
            await kernel.run("import duckdb, pandas as pd\nopen('a.csv', 'w').write('a\\n1')")
            sums = (
                "duckdb.register('t', pd.DataFrame({'a': [1, 2]}))\n"
                "print(duckdb.sql('select sum(a) from t').fetchall())"
            )
            codes = [
                sums,
                "duckdb.sql(\"select * from read_csv('a.csv')\")",
                "duckdb.connect().sql(\"select * from 'a.csv'\")",
                "duckdb.connect(config={'enable_external_access': 'true'}).sql(\"select * from 'a.csv'\")",
                "duckdb.sql('set enable_external_access = true')",
            ]
            return [(await kernel.run(code))[0] for code in codes]

    total, *refused = asyncio.run(tried())
    assert total == "[(3,)]\n"
    assert all("disabled" in line or "locked" in line for line in refused), refused


def test_interrupt_restart_and_shutdown(kernels: WarmKernels, folder: Path) -> None:
    async def story() -> None:
        async with Kernel(folder, "one") as kernel:
            await kernel.run("x = 1")
            running = asyncio.create_task(kernel.run("while True: pass"))
            await asyncio.sleep(0.5)
            await kernel.manager.interrupt_kernel()
            assert (await running)[0].startswith("KeyboardInterrupt")
            assert (await kernel.run("print(x)"))[0] == "1\n"
            key = kernel.manager.session.key
            kernel.client.stop_channels()
            await kernel.manager.restart_kernel()
            assert kernel.manager.session.key == key
            await kernel.connect()
            assert (await kernel.run("print(x)"))[0].startswith("NameError")
            await kernel.manager.shutdown_kernel()
            assert not await kernel.manager.is_alive()
        assert [path.name for path in folder.iterdir()] == []

    asyncio.run(story())


def test_a_kernel_that_was_killed_is_noticed(kernels: WarmKernels, folder: Path) -> None:
    async def story() -> None:
        async with Kernel(folder, "one") as kernel:
            assert await kernel.manager.is_alive()
            await kernel.manager.provisioner.send_signal(signal.SIGKILL)
            for _ in range(100):
                if not await kernel.manager.is_alive():
                    return
                await asyncio.sleep(0.05)
            raise AssertionError("it still counts as alive")

    asyncio.run(story())


def test_a_fork_that_fails_gives_way_to_a_fresh_sealed_kernel(
    kernels: WarmKernels, folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = KernelParent.kernel

    def no_fork(self: KernelParent, *args: Any, fork: bool = True) -> Any:
        if fork:
            raise ParentLostError("no process could be made")
        return whole(self, *args, fork=fork)

    monkeypatch.setattr(KernelParent, "kernel", no_fork)
    while (stocked := kernels.ready.take()) is not None:
        stocked.end()
    code = "import socket\ntry:\n    socket.socket(socket.AF_UNIX)\nexcept OSError as error:\n    print(error.errno)"
    with caplog.at_level(logging.WARNING):
        assert asyncio.run(said(folder, code)) == "1\n"
    assert "sealed but cold" in caplog.text


def test_a_warm_parent_that_died_is_started_anew(kernels: WarmKernels, folder: Path) -> None:
    parent = kernels.warm()
    os.kill(parent.pid, signal.SIGKILL)
    parent._process.wait(20)
    assert asyncio.run(said(folder, "print(1)")) == "1\n"


def test_without_a_seal_there_is_no_kernel(published: Path, folder: Path) -> None:
    nothing = replace(MACHINE, bwrap=False, landlock_abi=0, can_seal=False, sentence="no seal here")
    with pytest.raises(ExecutorUnavailable, match="no seal here"):
        WarmKernels(published, nothing).start(str(folder / "k"), "key", {})


def test_paths_too_long_for_sockets_and_shared_names_are_refused(kernels: WarmKernels, folder: Path) -> None:
    with pytest.raises(OSError, match="longer than 107 bytes"):
        kernels.start(str(folder / ("x" * 100)), "key", {})
    manager = AsyncKernelManager(transport="tcp", kernel_spec_manager=Specs())
    with pytest.raises(ValueError, match="transport must be 'ipc'"):
        asyncio.run(manager.start_kernel())

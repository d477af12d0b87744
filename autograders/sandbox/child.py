"""The sealed child: runs a learner's cells and functions for one run, then ends.

What is sealed from what: the learner's code from everything. Before the first line of it runs, the child is
in namespaces of its own (where they can be had), sees an empty home and an empty /proc, may read the
system and the Python environment and nothing else, has no network, no capabilities, cannot start processes,
and has bounded memory, time, files and output. It never holds a test or an expected value. It is itself in
the learner's hands: whatever it sends is a claim.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import resource
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from .channel import Channel
from .landlock import drop_capabilities, filter_calls, restrict
from .session import Output, Session

_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_MS_NOSUID_NODEV, _MS_REC_PRIVATE = 6, 0x44000
_MIB = 2**20
# what takes long to import; without it runs are as good
_WARM_MODULES = ("matplotlib.pyplot", "duckdb", "ipywidgets", "course.exercises")
_WARM_CELLS = (
    "import math, json, statistics, collections, datetime",
    "import numpy as np, pandas as pd",
    "pd.DataFrame({'a': [1, 2], 'b': ['x', 'y']}).groupby('b').sum().to_string()",
    "1 / 0",  # warms the traceback machinery
    "%reset -f",
)


@dataclass(frozen=True)
class Settings:
    """Where and within which limits children run. Paths are strings, sizes MiB.

    `variables` are added to the environment of a run; None: those of grading.
    """

    scratch: str
    read_only: list[str]
    listable: list[str]
    memory: int = 1024
    disk: int = 128
    files: int = 128
    tasks: int = 64
    variables: dict[str, str] | None = None

    @property
    def home(self) -> Path:
        """The learner's home: empty, below the scratch directory."""
        return Path(self.scratch, "home")


_shells: list[Any] = []


def warm() -> None:
    """Import what learners use and start the shell, once, before any fork."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    import_modules()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Minimal"
    shell = InteractiveShell.instance(config=config)
    shell.enable_gui = lambda gui=None: None  # `%matplotlib inline` asks for one
    shell._tee = lambda channel: contextlib.nullcontext()  # it would keep all output a second time, without bound
    with contextlib.redirect_stdout(Output()):
        for source in _WARM_CELLS:
            shell.run_cell(source, store_history=False)
    _shells.append(shell)


def import_modules() -> None:
    """Import what is slow to import; what is missing is left out."""
    for name in _WARM_MODULES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def serve(end: socket.socket, settings: Settings, *, own_namespaces: bool, seconds: float) -> NoReturn:
    """Seal this process and answer requests until the other side closes. Never returns."""
    status = 1
    try:
        # file descriptors first: what the learner's code finds is this one socket
        descriptor = os.dup2(end.fileno(), 3)
        null = os.open("/dev/null", os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        os.closerange(4, 4096)
        end.detach()
        channel = Channel(socket.socket(fileno=descriptor))
        try:
            sealed = seal(settings, own_namespaces=own_namespaces, seconds=seconds)
        except OSError as error:
            channel.send({"sealed": False, "reason": str(error)})
            os._exit(1)
        channel.send({"sealed": sealed, "reason": "neither namespaces nor Landlock"})
        if sealed:
            sys.path.insert(0, "")  # modules that lie beside the notebook, as in a kernel
            Session(channel, _shells[0]).serve()
        status = 0
    finally:
        os._exit(status)  # whatever was raised: a forked copy must not go on as the parent


def seal(settings: Settings, *, own_namespaces: bool, seconds: float) -> bool:
    """Close everything of this process that was not given; whether namespaces or Landlock hold it closed."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    if own_namespaces:
        _mount_empty(settings)
    settings.home.mkdir(parents=True)
    os.chdir(settings.home)
    os.environ.clear()
    os.environ.update(environment(settings))
    for limit, value in (
        (resource.RLIMIT_AS, used + settings.memory * _MIB),
        # all cores' time: the wall clock outside strikes first, so that a SIGKILL is never this limit's
        (resource.RLIMIT_CPU, (int(seconds) + 2) * (os.cpu_count() or 1)),
        (resource.RLIMIT_FSIZE, settings.disk * _MIB),
        (resource.RLIMIT_NOFILE, settings.files),
        (resource.RLIMIT_NPROC, settings.tasks),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (bound, bound))
    devices = [path for path in _DEVICES if Path(path).exists()]
    drop_capabilities()
    abi = restrict(
        read_only=settings.read_only,
        listable=settings.listable,
        read_write=[settings.scratch, *devices],
    )
    filter_calls(families=(), processes=False)
    return own_namespaces or abi > 0


def environment(settings: Settings) -> dict[str, str]:
    """The whole environment of a run."""
    home = str(settings.home)
    return {
        "HOME": home,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "PATH": "/usr/bin:/bin",
        "TMPDIR": settings.scratch,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",  # else each thread takes 64 MiB of addresses
        **({"HOCAI_MATERIAL": f"{home}/material.json"} if settings.variables is None else settings.variables),
    }


def _mount_empty(settings: Settings) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    size = f"size={settings.disk}m,nr_inodes=4096,mode=700".encode()
    for source, target, flags, data in (
        (None, "/", _MS_REC_PRIVATE, None),
        (b"tmpfs", str(Path(settings.scratch).parent), _MS_NOSUID_NODEV, size),  # the tester's as well
        (b"tmpfs", "/proc", _MS_NOSUID_NODEV, b"size=4k,mode=555"),
    ):
        if libc.mount(source, target.encode(), source, ctypes.c_ulong(flags), data) != 0:
            code = ctypes.get_errno()
            raise OSError(code, f"mount on {target}: {os.strerror(code)}")

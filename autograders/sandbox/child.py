"""The sealed child: runs a learner's cells and functions for one run, then ends.

What is sealed from what: the learner's code from everything. Before the first line of it runs, the child is
in namespaces of its own (where they can be had), sees an empty home and an empty /proc, may read the
system and the Python environment and nothing else, has no network, no capabilities, cannot start processes,
and has bounded memory, time, files and output. It never holds a test or an expected value. It is itself in
the learner's hands: whatever it sends is a claim.
"""

from __future__ import annotations

import base64
import builtins
import contextlib
import ctypes
import importlib
import io
import os
import resource
import socket
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from . import wire
from .channel import Channel, ChannelClosedError, ChannelMessageError, Message
from .landlock import drop_capabilities, filter_calls, restrict

OUTPUT = 100_000
"""Characters of output kept per message."""

_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_MS_NOSUID_NODEV, _MS_REC_PRIVATE = 6, 0x44000
_MIB = 2**20
_WARM_CELLS = (
    "import math, json, statistics, collections, datetime",
    "import numpy as np, pandas as pd",
    "pd.DataFrame({'a': [1, 2], 'b': ['x', 'y']}).groupby('b').sum().to_string()",
    "1 / 0",  # warms the traceback machinery
    "%reset -f",
)


@dataclass(frozen=True)
class Settings:
    """Where and within which limits children run. Paths are strings, sizes MiB."""

    scratch: str
    read_only: list[str]
    listable: list[str]
    memory: int = 1024
    disk: int = 128

    @property
    def home(self) -> Path:
        """The learner's home: empty, below the scratch directory."""
        return Path(self.scratch, "home")


class _Output(io.TextIOBase):
    """Keeps the first OUTPUT characters, swallows the rest."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.left = OUTPUT

    def write(self, text: str) -> int:
        if self.left > 0:
            self.parts.append(text[: self.left])
            self.left -= len(text)
        return len(text)

    def writable(self) -> bool:
        return True


_shells: list[Any] = []


def warm() -> None:
    """Import what learners use and start the shell, once, before any fork."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    for name in ("matplotlib.pyplot", "course.exercises"):  # what takes long; without it runs are as good
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Minimal"
    shell = InteractiveShell.instance(config=config)
    with contextlib.redirect_stdout(_Output()):
        for source in _WARM_CELLS:
            shell.run_cell(source, store_history=False)
    _shells.append(shell)


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
            sealed = _seal(settings, own_namespaces=own_namespaces, seconds=seconds)
        except OSError as error:
            channel.send({"sealed": False, "reason": str(error)})
            os._exit(1)
        channel.send({"sealed": sealed, "reason": "neither namespaces nor Landlock"})
        if sealed:
            _Session(channel).serve()
        status = 0
    finally:
        os._exit(status)  # whatever was raised: a forked copy must not go on as the parent


def _seal(settings: Settings, *, own_namespaces: bool, seconds: float) -> bool:
    """Close everything that was not given; whether namespaces or Landlock hold it closed."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    if own_namespaces:
        _mount_empty(settings)
    settings.home.mkdir(parents=True)
    os.chdir(settings.home)
    os.environ.clear()
    os.environ.update(environment(settings))
    for limit, value in (
        (resource.RLIMIT_AS, used + settings.memory * _MIB),
        (resource.RLIMIT_CPU, int(seconds) + 2),
        (resource.RLIMIT_FSIZE, settings.disk * _MIB),
        (resource.RLIMIT_NOFILE, 128),
        (resource.RLIMIT_NPROC, 64),
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
        "HOCAI_MATERIAL": f"{home}/material.json",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "PATH": "/usr/bin:/bin",
        "TMPDIR": settings.scratch,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _mount_empty(settings: Settings) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    size = f"size={settings.disk}m,nr_inodes=4096,mode=700".encode()
    for source, target, flags, data in (
        (None, "/", _MS_REC_PRIVATE, None),
        (b"tmpfs", settings.scratch, _MS_NOSUID_NODEV, size),
        (b"tmpfs", "/proc", _MS_NOSUID_NODEV, b"size=4k,mode=555"),
    ):
        if libc.mount(source, target.encode(), source, ctypes.c_ulong(flags), data) != 0:
            code = ctypes.get_errno()
            raise OSError(code, f"mount on {target}: {os.strerror(code)}")


class _Session:
    """Answers the trusted side's requests with what the learner's code made."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.shell = _shells[0]
        self.names: dict[str, Any] = self.shell.user_ns
        self.kept: list[object] = []  # what references point to
        self.numbers: dict[int, int] = {}  # by id(); safe, since what is kept lives on

    def serve(self) -> None:
        answers: dict[str, Callable[[Message], Message]] = {
            "files": self.files,
            "cell": self.cell,
            "get": self.get,
            "call": self.call,
            "bind": self.bind,
        }
        while True:
            try:
                request = self.channel.receive()
            except ChannelClosedError:
                return
            with _captured() as output:
                try:
                    reply = answers[request["op"]](request)
                except Exception as error:  # a learner's __str__ or __getattr__ may do anything
                    reply = {"refused": f"{type(error).__name__} while reading the value"}
            reply |= {"nonce": request["nonce"], "stdout": "".join(output.parts)}
            try:
                self.channel.send(reply)
            except ChannelMessageError as error:
                refused = {"refused": f"the value is too big: {error}", "nonce": request["nonce"]}
                self.channel.send({**refused, "stdout": ""})

    def files(self, request: Message) -> Message:
        for name, content in request["files"].items():
            path = Path.cwd() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(content))
        return {}

    def cell(self, request: Message) -> Message:
        result = self.shell.run_cell(request["source"], store_history=True)
        error = result.error_before_exec or result.error_in_exec
        return {"ok": error is None, "error": "" if error is None else _line(error)}

    def get(self, request: Message) -> Message:
        if request["name"] not in self.names:
            return {"absent": True}
        value = self.names[request["name"]]
        if type(value) is types.ModuleType:
            return {"module": value.__name__}
        return self.encoded(value)

    def bind(self, request: Message) -> Message:
        """Delete a name, or give it back what it referred to."""
        if request["number"] is None:
            self.names.pop(request["name"], None)
        else:
            self.names[request["name"]] = self.kept[request["number"]]
        return {}

    def call(self, request: Message) -> Message:
        arguments = wire.decode(request["args"], self.resolve)
        named = wire.decode(request["kwargs"], self.resolve)
        try:
            result = self.kept[request["number"]](*arguments, **named)  # type: ignore[operator]
        except BaseException as error:
            plain = type(error) is getattr(builtins, type(error).__name__, None)
            return {"raised": [type(error).__name__ if plain else "", _line(error, with_type=not plain)]}
        reply = self.encoded(result)
        if "value" in reply:
            reply["args"] = wire.encode(arguments, self.refer)
            reply["kwargs"] = wire.encode(named, self.refer)
        return reply

    def encoded(self, value: object) -> Message:
        try:
            return {"value": wire.encode(value, self.refer)}
        except wire.WireError as error:
            return {"refused": str(error)}

    def refer(self, value: object) -> wire.Reference:
        number = self.numbers.setdefault(id(value), len(self.kept))
        if number == len(self.kept):
            self.kept.append(value)
        name = getattr(value, "__name__", "")
        return wire.Reference(number, type(value).__name__, str(name), callable(value))

    def resolve(self, reference: wire.Reference) -> object:
        return self.kept[reference.number]


def _line(error: BaseException, *, with_type: bool = True) -> str:
    text = str(error)[:500]
    return f"{type(error).__name__}: {text}" if with_type else text


@contextlib.contextmanager
def _captured() -> Iterator[_Output]:
    output = _Output()
    before = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = output
    try:
        yield output
    finally:
        sys.stdout, sys.stderr = before

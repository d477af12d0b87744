"""The warm parent: has the course's libraries imported and forks a sealed child and its tester for each run.

What is sealed from what: it runs inside bubblewrap (own user, mount, pid, net, ipc and uts namespaces, the
environment read-only) where that works, and holds nothing a learner could want: no secret, no test, no
expected value, no open file but its control socket. It never runs learners' code or reads what it sends.

    python -I -c BOOT CONTROL_FD SETTINGS_JSON

Control messages, JSON in packets: {"op": "run", "seconds"} with the tester's socket as ancillary data;
{"op": "end", "wait"} answers {"learner", "tester"}, their exit statuses, once both and all they started are gone;
{"op": "drop"} does the same at once and answers nothing.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from . import child, tester
from .visible import around

_PR_SET_CHILD_SUBREAPER = 36
# mount, cgroup left alone, uts, ipc, user, pid, net
_NAMESPACES = 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
_PACKET = 65536
_MADV_COLLAPSE = 25
_BIG_PAGE = 2**21


@dataclass
class _Run:
    """The processes that run now, None between runs."""

    learner: int | None = None
    tester: int | None = None


def own_namespaces() -> bool:
    """Move into namespaces of our own; the next fork is process 1 there. False where that is refused."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NAMESPACES) != 0:
        return False
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return True


def fork_child(serve: Callable[[bool], NoReturn]) -> tuple[int, int]:
    """Fork a child by way of a process in between, which enters namespaces of its own.

    The child calls `serve` with whether the namespaces could be had. Returns (pid of the process in between, where it
    writes the child's pid; nothing where the child was not started).
    """
    reader, writer = os.pipe()
    between = os.fork()
    if between == 0:
        try:
            own = own_namespaces()
            pid = os.fork()
            if pid == 0:
                serve(own)
            os.write(writer, str(pid).encode())
        finally:
            os._exit(0)
    os.close(writer)
    return between, reader


def _begin(run: _Run, grader: socket.socket, settings: child.Settings, seconds: float) -> None:
    """Fork the child and its tester, in domains of Landlock that know nothing of each other."""
    ours, theirs = socket.socketpair()
    places = [replace(settings, scratch=f"{settings.scratch}/{name}") for name in ("learner", "tester")]
    for place in places:
        Path(place.scratch).mkdir(mode=0o700)
    with ours, theirs:
        between, reader = fork_child(lambda own: child.serve(theirs, places[0], own_namespaces=own, seconds=seconds))
        run.tester = os.fork()  # in the time that the namespaces take
        if run.tester == 0:
            tester.serve(grader, ours, replace(places[1], memory=tester.MEMORY), seconds=seconds)
    with os.fdopen(reader) as report:
        pid_text = report.read()
    os.waitpid(between, 0)
    if not pid_text:
        raise OSError("the child was not started")
    run.learner = int(pid_text)


def _gone(pid: int | None, wait: float) -> int | None:
    """The exit status (negative: signal) of a child that ends within `wait` seconds by itself."""
    if pid is None:
        return None
    until = time.monotonic() + wait
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= until:
            return None
        time.sleep(0.002)


def _end(run: _Run, wait: float, scratch: Path) -> dict[str, int | None]:
    """End both and all below them; their exit statuses, None for what had not ended by itself."""
    statuses = {"learner": _gone(run.learner, wait), "tester": _gone(run.tester, 0)}
    left = [pid for name, pid in vars(run).items() if pid is not None and statuses[name] is None]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    for pid in left:
        os.waitpid(pid, 0)
    if run.learner is not None:
        with contextlib.suppress(ChildProcessError):  # what the child started, where it had no namespace
            while os.waitpid(-1, os.WNOHANG)[0]:
                continue
        wipe(scratch)
    run.learner = run.tester = None
    return statuses


def wipe(scratch: Path) -> None:
    """Empty the scratch directory, for the case that the child had no mount of its own over it."""
    for top, directories, files in os.walk(scratch):
        for name in directories:
            path = Path(top, name)
            if not path.is_symlink():
                path.chmod(0o700)  # before the walk goes in, and for rmtree
        for name in files:
            Path(top, name).unlink()
    for left in scratch.iterdir():
        left.unlink() if left.is_symlink() else shutil.rmtree(left)


def _collapse_heap() -> None:
    """Put the heap into pages of 2 MiB: a fork copies fewer entries. Kernels before 6.1 refuse, and that is all."""
    libc = ctypes.CDLL(None)
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, mode, _, _, _, *name = line.split()
        if mode == "rw-p" and name in ([], ["[heap]"]):
            begin, end = (int(address, 16) for address in span.split("-"))
            first, last = -(-begin // _BIG_PAGE) * _BIG_PAGE, end // _BIG_PAGE * _BIG_PAGE
            if last > first:
                libc.madvise(ctypes.c_void_p(first), ctypes.c_size_t(last - first), _MADV_COLLAPSE)


def _serve(control: socket.socket, settings: child.Settings) -> None:
    run = _Run()
    scratch = Path(settings.scratch)
    while True:
        packet, descriptors, _, _ = socket.recv_fds(control, _PACKET, 1)
        if not packet:
            _end(run, 0, scratch)
            return
        message: dict[str, Any] = json.loads(packet)
        if message["op"] == "run":
            _end(run, 0, scratch)
            with socket.socket(fileno=descriptors[0]) as grader:
                _begin(run, grader, settings, message["seconds"])
            control.send(b'{"started": true}')
        elif message["op"] == "end":
            control.send(json.dumps(_end(run, message["wait"], scratch)).encode())
        else:
            _end(run, 0, scratch)


def prepare(warm: Callable[[], None]) -> tuple[socket.socket, child.Settings]:
    """Read what the command line hands over, warm up, say so; the control socket and the settings of children."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = child.Settings(**json.loads(sys.argv[2]))
    if settings.read_only == ["/"]:
        shown, listable = around(Path("/"), [Path(settings.scratch)])
        settings = replace(settings, read_only=[*map(str, shown)], listable=[*map(str, listable)])
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    warm()
    wipe(Path(settings.scratch))
    del sys.path[0]  # our own programs: imported by now
    sys.path_importer_cache.clear()
    sys.argv = [""]
    gc.collect()
    gc.freeze()
    _collapse_heap()
    control.send(json.dumps({"warm": True}).encode())
    return control, settings


def main() -> None:
    """Warm up, say so, serve until the control socket closes."""
    _serve(*prepare(child.warm))

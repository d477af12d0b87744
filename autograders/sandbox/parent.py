"""The warm parent: has IPython, numpy and pandas imported and forks one sealed child for each run.

What is sealed from what: it runs inside bubblewrap (own user, mount, pid, net, ipc and uts namespaces, the
environment read-only) where that works, and holds nothing a learner could want: no secret, no test, no
expected value, no open file but its control socket. It never runs learners' code; its children do.

    python -I -c BOOT CONTROL_FD SETTINGS_JSON

Control messages, JSON in packets: {"op": "run", "seconds"} with the child's socket as ancillary data;
{"op": "end", "wait"} answers {"status"} once the child and all it started are gone.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import child

_PR_SET_CHILD_SUBREAPER = 36
# mount, cgroup left alone, uts, ipc, user, pid, net
_NAMESPACES = 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
_PACKET = 65536


@dataclass
class _Run:
    """The child that runs now, None between runs."""

    pid: int | None = None


def _own_namespaces() -> bool:
    """Move into namespaces of our own; the next fork is process 1 there. False where that is refused."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NAMESPACES) != 0:
        return False
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return True


def _fork(end: socket.socket, control: socket.socket, settings: child.Settings, seconds: float) -> int:
    """Fork the sealed child by way of a process in between, which enters the namespaces; the child's pid."""
    reader, writer = os.pipe()
    between = os.fork()
    if between == 0:
        try:
            control.close()
            os.close(reader)
            own = _own_namespaces()
            pid = os.fork()
            if pid == 0:
                child.serve(end, settings, own_namespaces=own, seconds=seconds)
            os.write(writer, str(pid).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as report:
        pid_text = report.read()
    os.waitpid(between, 0)
    if not pid_text:
        raise OSError("the child was not started")
    return int(pid_text)


def _gone(pid: int, wait: float) -> int | None:
    """The exit status (negative: signal) of a child that ends within `wait` seconds by itself."""
    until = time.monotonic() + wait
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= until:
            return None
        time.sleep(0.002)


def _end(run: _Run, wait: float, scratch: Path) -> int | None:
    """End the child and all below it; its exit status if it had ended by itself."""
    if run.pid is None:
        return None
    status = _gone(run.pid, wait)
    if status is None:
        os.kill(run.pid, signal.SIGKILL)
        os.waitpid(run.pid, 0)
    run.pid = None
    with contextlib.suppress(ChildProcessError):  # what the child started, where it had no namespace
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue
    _wipe(scratch)
    return status


def _wipe(scratch: Path) -> None:
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
            with socket.socket(fileno=descriptors[0]) as end:
                run.pid = _fork(end, control, settings, message["seconds"])
            answer: dict[str, Any] = {"started": True}
        else:
            answer = {"status": _end(run, message["wait"], scratch)}
        control.send(json.dumps(answer).encode())


def main() -> None:
    """Warm up, say so, serve until the control socket closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = child.Settings(**json.loads(sys.argv[2]))
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    child.warm()
    _wipe(Path(settings.scratch))
    del sys.path[0]  # our own programs: imported by now
    sys.path_importer_cache.clear()
    sys.argv = [""]
    gc.collect()
    gc.freeze()
    control.send(json.dumps({"warm": True}).encode())
    _serve(control, settings)

"""The trusted side's handle on sealed kernels: bind their sockets, have them forked, hand them out, notice their end.

What is sealed from what: a kernel holds nothing of this side but five sockets that listen, bound here. Their folder is
out of its sight, its messages are signed with a key of its own, and it knows of people what it is told when it is
handed out. Nobody's code runs in it before.
"""

from __future__ import annotations

import itertools
import json
import os
import select
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from .cell import ExecutorUnavailable
from .child import Settings
from .kernel_names import CHANNELS, INLINE, PACKET
from .seal import Capabilities
from .warm import ParentLostError, SealedParent

LONGEST_PATH = 107  # bytes; a Unix socket's path ends there
_BACKLOG = 64
_ANSWER_SECONDS = 20.0


def check_endpoint(endpoint: str) -> None:
    """Raises OSError naming a path that is too long for a socket."""
    for path in _numbered(Path(endpoint)):
        if len(os.fsencode(path)) > LONGEST_PATH:
            raise OSError(f"{path} is longer than {LONGEST_PATH} bytes; move the folder to a shorter path")


class KernelProcess:
    """A sealed kernel by its pidfd: no other process is ever taken for it."""

    def __init__(self, pidfd: int, sockets: Path) -> None:
        self.pidfd = pidfd
        self.sockets = sockets  # the path of each channel's socket, but for its number
        self.owner: SealedParent | None = None  # the process that became this kernel, to be waited for with it
        self._watch = select.poll()  # select() ends at descriptor 1023
        self._watch.register(pidfd, select.POLLIN)

    def ended(self) -> bool:
        """Whether the process is gone."""
        return self.pidfd < 0 or bool(self._watch.poll(0))

    def send(self, number: int) -> None:
        """Send a signal; nothing happens when the process is gone."""
        if not self.ended():
            try:
                signal.pidfd_send_signal(self.pidfd, number)
            except ProcessLookupError:
                return

    def forget(self) -> None:
        """Close the pidfd of a process that is gone, and remove its sockets."""
        if self.pidfd >= 0:
            os.close(self.pidfd)
            self.pidfd = -1
        for path in _numbered(self.sockets):
            path.unlink(missing_ok=True)
        if self.owner is not None:
            self.owner.stop()
            self.owner = None


class ReadyKernel:
    """A sealed kernel that runs and is nobody's yet; it ends when this side ends."""

    def __init__(self, process: KernelProcess, status: socket.socket) -> None:
        self.process = process
        self._status = status

    def usable(self) -> bool:
        """Whether it waits and can be reached."""
        return not self.process.ended() and all(path.exists() for path in _numbered(self.process.sockets))

    def hand_out(self, endpoint: str, key: str, variables: Mapping[str, str]) -> KernelProcess:
        """The kernel at ENDPOINT-1 to ENDPOINT-5, in the order of CHANNELS.

        `key` signs its messages, `variables` are added to its environment. Raises OSError where the sockets cannot
        be named so, ParentLostError for a kernel that is gone; either way the kernel has ended.
        """
        try:
            self._name(key, variables)
            for path, bound in zip(_numbered(Path(endpoint)), _numbered(self.process.sockets), strict=True):
                path.unlink(missing_ok=True)  # of the kernel before, when one is restarted
                path.symlink_to(bound)
        except BaseException:
            self.end()
            raise
        self._status.close()
        return self.process

    def _name(self, key: str, variables: Mapping[str, str]) -> None:
        """Say whose it is and wait until it knows: what it sends before is signed with another key."""
        try:
            self._status.send(json.dumps({"key": key, "variables": dict(variables)}).encode())
            answer = self._status.recv(PACKET)
        except OSError as error:
            raise ParentLostError(f"the kernel does not answer: {error}") from error
        if not answer:
            raise ParentLostError("the kernel ended before it was handed out")

    def end(self) -> None:
        """End a kernel that nobody wanted."""
        self._status.close()
        self.process.send(signal.SIGKILL)
        self.process.forget()


class KernelParent(SealedParent):
    """The warm parent of kernels. Raises ExecutorUnavailable where it cannot be started sealed.

    `published` is the folder in which the kit finds what exercises are.
    """

    program = "kernel_parent"

    def __init__(self, machine: Capabilities, published: Path) -> None:
        variables = {"MPLBACKEND": INLINE, "HOCAI_PUBLISHED": str(published)}
        self._folder = Path(tempfile.mkdtemp(prefix="hocai-kernels-"))
        self._started = itertools.count(1)
        self._turn = threading.Lock()
        try:
            super().__init__(machine, read_only=[published], settings=_limits(variables))
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def kernel(self, *, fork: bool = True) -> ReadyKernel:
        """Start a kernel; with `fork` False the parent itself becomes it.

        May be called from any thread. Raises ParentLostError, or ExecutorUnavailable if the kernel is not sealed.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        sockets = self._folder / str(next(self._started))
        listening = [_listening(path) for path in _numbered(sockets)]
        try:
            with self._turn:
                self._send({"fork": fork}, [*(one.fileno() for one in listening), theirs.fileno()])
        except BaseException:
            ours.close()
            raise
        finally:
            for one in (*listening, theirs):
                one.close()
        return self._started_kernel(ours, sockets)

    def _started_kernel(self, status: socket.socket, sockets: Path) -> ReadyKernel:
        status.settimeout(_ANSWER_SECONDS)
        try:
            packet, pidfds, _, _ = socket.recv_fds(status, PACKET, 1)
        except OSError as error:
            status.close()
            raise ParentLostError(f"the kernel does not answer: {error}") from error
        if not packet:
            status.close()
            raise ParentLostError(f"the kernel was not started: {self._said()}")
        said = json.loads(packet)
        ready = ReadyKernel(KernelProcess(pidfds[0], sockets), status)
        if said["sealed"] is not True:
            ready.end()
            raise ExecutorUnavailable(f"the kernel could not be sealed: {said['reason']}")
        return ready

    def stop(self) -> None:
        """End the parent and all its kernels."""
        super().stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def _limits(variables: dict[str, str]) -> Settings:
    return Settings("", [], [], memory=512, disk=32, files=256, tasks=4096, variables=variables)


def _numbered(sockets: Path) -> list[Path]:
    """The path of each channel's socket."""
    return [sockets.with_name(f"{sockets.name}-{number}") for number in range(1, len(CHANNELS) + 1)]


def _listening(path: Path) -> socket.socket:
    one = socket.socket(socket.AF_UNIX)
    try:
        one.bind(str(path))
        one.listen(_BACKLOG)
        one.setblocking(False)
    except OSError:
        one.close()
        raise
    return one

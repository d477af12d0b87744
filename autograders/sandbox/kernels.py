"""The trusted side's handle on sealed kernels: bind their sockets, have them forked, notice that they ended.

What is sealed from what: a kernel holds nothing of this side but five sockets that listen, bound here. Their folder is
out of its sight, its messages are signed with a key of its own, and it knows of people what it is told.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import threading
from collections.abc import Mapping
from pathlib import Path

from .cell import ExecutorUnavailable
from .child import Settings
from .kernel_names import CHANNELS, INLINE
from .seal import Capabilities
from .warm import ParentLostError, SealedParent

LONGEST_PATH = 107  # bytes; a Unix socket's path ends there
_BACKLOG = 64
_ANSWER_SECONDS = 20.0
_PACKET = 4096


class KernelProcess:
    """A sealed kernel by its pidfd: no other process is ever taken for it."""

    def __init__(self, pidfd: int) -> None:
        self.pidfd = pidfd
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
        """Close the pidfd of a process that is gone."""
        if self.pidfd >= 0:
            os.close(self.pidfd)
            self.pidfd = -1
        if self.owner is not None:
            self.owner.stop()
            self.owner = None


class KernelParent(SealedParent):
    """The warm parent of kernels. Raises ExecutorUnavailable where it cannot be started sealed.

    `published` is the folder in which the kit finds what exercises are.
    """

    program = "kernel_parent"

    def __init__(self, machine: Capabilities, published: Path) -> None:
        variables = {"MPLBACKEND": INLINE, "HOCAI_PUBLISHED": str(published)}
        super().__init__(machine, read_only=[published], settings=_limits(variables))
        self._turn = threading.Lock()

    def kernel(self, endpoint: str, key: str, variables: Mapping[str, str], *, fork: bool = True) -> KernelProcess:
        """Start a kernel whose sockets are ENDPOINT-1 to ENDPOINT-5, in the order of CHANNELS.

        With `fork` False the parent itself becomes the kernel. May be called from any thread. Raises ParentLostError,
        or ExecutorUnavailable if the kernel is not sealed.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        message = {"key": key, "variables": dict(variables), "fork": fork}
        listening = _listening(endpoint)
        try:
            with self._turn:
                self._send(message, [*(one.fileno() for one in listening), theirs.fileno()])
        finally:
            for one in (*listening, theirs):
                one.close()
        with ours:
            return self._started(ours)

    def _started(self, status: socket.socket) -> KernelProcess:
        status.settimeout(_ANSWER_SECONDS)
        try:
            packet, pidfds, _, _ = socket.recv_fds(status, _PACKET, 1)
        except OSError as error:
            raise ParentLostError(f"the kernel does not answer: {error}") from error
        if not packet:
            raise ParentLostError(f"the kernel was not started: {self._said()}")
        said = json.loads(packet)
        process = KernelProcess(pidfds[0])
        if said["sealed"] is not True:
            process.forget()
            raise ExecutorUnavailable(f"the kernel could not be sealed: {said['reason']}")
        return process


def _limits(variables: dict[str, str]) -> Settings:
    return Settings("", [], [], memory=512, disk=32, files=256, tasks=4096, variables=variables)


def _listening(endpoint: str) -> list[socket.socket]:
    """A listening socket for each channel. Raises OSError naming a path that is too long."""
    found: list[socket.socket] = []
    try:
        for number in range(1, len(CHANNELS) + 1):
            path = f"{endpoint}-{number}"
            if len(os.fsencode(path)) > LONGEST_PATH:
                raise OSError(f"{path} is longer than {LONGEST_PATH} bytes; move the folder to a shorter path")
            Path(path).unlink(missing_ok=True)  # of the kernel before, when one is restarted
            one = socket.socket(socket.AF_UNIX)
            found.append(one)
            one.bind(path)
            one.listen(_BACKLOG)
            one.setblocking(False)
    except OSError:
        for one in found:
            one.close()
        raise
    return found

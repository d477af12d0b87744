"""The warm parent of kernels: has the lessons' libraries and a shell ready, and forks a sealed kernel on demand.

What is sealed from what: as `parent`, whose way of forking it shares. It runs no learner's code. Its kernels live side
by side, each in namespaces of its own (where they can be had) and in its own Landlock domain.

Control messages, JSON in packets: {"fork"} with the descriptors that `kernel.serve` wants as ancillary data; the kernel
answers for itself on the last of them. With "fork" false this process itself becomes the kernel. When the control
socket closes all kernels end.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from . import child, kernel
from .kernel_names import CHANNELS, PACKET
from .parent import fork_child, prepare, wipe

_REAP_EVERY = 1000  # milliseconds


class _Kernels:
    """The kernels that run now: process id -> its scratch directory."""

    def __init__(self, settings: child.Settings) -> None:
        self.settings = settings
        self.running: dict[int, Path] = {}
        self.started = 0

    def start(self, descriptors: list[int], *, fork: bool) -> None:
        """Fork a kernel, which answers for itself; without a fork never returns."""
        self.started += 1
        place = Path(self.settings.scratch, str(self.started))
        place.mkdir(mode=0o700)
        settings = replace(self.settings, scratch=str(place))

        def serve(own: bool) -> NoReturn:
            kernel.serve(descriptors, settings, own_namespaces=own)

        if not fork:
            serve(False)
        between, number = fork_child(serve)
        for descriptor in descriptors:
            os.close(descriptor)
        with os.fdopen(number) as report:
            pid_text = report.read()
        os.waitpid(between, 0)
        if pid_text:
            self.running[int(pid_text)] = place

    def reap(self) -> None:
        """Forget the kernels that have ended, and what they left."""
        while True:
            try:
                pid, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            place = self.running.pop(pid, None)
            if place is not None and place.exists():
                wipe(place)
                place.rmdir()

    def end(self) -> None:
        for pid in self.running:
            os.kill(pid, signal.SIGKILL)


def main() -> None:
    """Warm up, say so, serve until the control socket closes."""
    control, settings = prepare(kernel.warm)
    kernels = _Kernels(settings)
    wake = select.poll()
    wake.register(control, select.POLLIN)
    while True:
        ready = wake.poll(_REAP_EVERY)
        kernels.reap()
        if not ready:
            continue
        packet, descriptors, _, _ = socket.recv_fds(control, PACKET, len(CHANNELS) + 1)
        if not packet:
            kernels.end()
            return
        kernels.start(descriptors, fork=json.loads(packet)["fork"])

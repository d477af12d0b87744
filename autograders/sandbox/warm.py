"""The trusted side's handle on the warm parent: start it sealed, have it fork and end children, stop it.

What is sealed from what: the parent gets an environment of its own, no file of ours but one end of a control
socket, and the Python environment read-only. Where bubblewrap cannot run, only its children are sealed, by
their own namespaces if the kernel gives them, and by Landlock.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any, ClassVar

from . import child
from .cell import ExecutorUnavailable
from .channel import Channel, ChannelError
from .seal import INSIDE, Capabilities, landlock_view, namespaces

_HERE = Path(__file__).resolve().parent
_BOOT = "import sys; sys.path.insert(0, {place!r}); from sandbox.{program} import main; main()"
_SCRATCH = Path("/scratch")  # inside the mount namespace
_START_SECONDS = 90.0
_ANSWER_SECONDS = 20.0
_PACKET = 65536


class ParentLostError(Exception):
    """The warm parent ended or does not answer: a fault of ours."""


@dataclass(frozen=True)
class Ended:
    """Exit statuses (negative: signal) of what ended by itself, None for what had to be ended."""

    learner: int | None
    tester: int | None


class SealedParent:
    """One sealed process that takes messages over a control socket. Raises ExecutorUnavailable where nothing seals.

    `read_only` paths are shown to it besides the environment; `settings` says how its children run.
    """

    program: ClassVar[str]
    """The module of this package that runs in it."""

    def __init__(
        self,
        machine: Capabilities,
        *,
        packages: tuple[str, ...] = ("course",),
        read_only: Sequence[Path] = (),
        settings: child.Settings = child.Settings("", [], []),  # noqa: B008 - frozen
    ) -> None:
        if not machine.can_seal:
            raise ExecutorUnavailable(machine.sentence)
        self._scratch = None if machine.bwrap else tempfile.mkdtemp(prefix="hocai-")
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command, settings = self._command(machine, packages, read_only, settings)
        with theirs:
            self._process = subprocess.Popen(
                [*command, str(theirs.fileno()), json.dumps(asdict(settings))],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                env=child.environment(settings),
                cwd="/",
                pass_fds=[theirs.fileno()],
            )
        try:
            self._answer(_START_SECONDS)
        except ParentLostError as error:
            said = self._said()
            self.stop()
            raise ExecutorUnavailable(f"the warm parent did not start: {said or error}") from error

    def _command(
        self, machine: Capabilities, packages: tuple[str, ...], read_only: Sequence[Path], settings: child.Settings
    ) -> tuple[list[str], child.Settings]:
        # all that -I stands for but -E: the environment is ours. Absolute: bubblewrap looks from elsewhere
        program = os.path.abspath(sys.executable)  # noqa: PTH100 - resolve() would leave the virtual environment
        python = [program, "-s", "-P", "-B", "-c"]
        if machine.bwrap:
            boot = _BOOT.format(place=str(INSIDE), program=self.program)
            command = [*namespaces(read_only=read_only, packages=packages, scratch=_SCRATCH), *python, boot]
            return command, replace(settings, scratch=str(_SCRATCH), read_only=["/"])
        boot = _BOOT.format(place=str(_HERE.parent), program=self.program)
        allowed, listable = landlock_view(packages, read_only)
        shown = [path for path in allowed if not path.startswith("/proc/")]  # its own is another one
        return [*python, boot], replace(settings, scratch=str(self._scratch), read_only=shown, listable=listable)

    @property
    def pid(self) -> int:
        """Process id of the outermost process."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the parent and every child."""
        self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _send(self, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        try:
            socket.send_fds(self._control, [json.dumps(message).encode()], descriptors)
        except OSError as error:
            raise ParentLostError(f"the warm parent is gone: {error}") from error

    def _answer(self, seconds: float) -> dict[str, Any]:
        self._control.settimeout(seconds)
        try:
            packet = self._control.recv(_PACKET)
        except OSError as error:
            raise ParentLostError(f"the warm parent does not answer: {error}") from error
        if not packet:
            raise ParentLostError("the warm parent ended")
        answer: dict[str, Any] = json.loads(packet)
        return answer

    def _said(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""


class WarmParent(SealedParent):
    """The parent that forks a child and its tester for each run of the executor."""

    program = "parent"

    def fork(self, seconds: float) -> Channel:
        """The channel to the tester of a new sealed child.

        Raises ParentLostError, or ExecutorUnavailable if the child is not sealed.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._send({"op": "run", "seconds": seconds}, [theirs.fileno()])
                self._answer(_ANSWER_SECONDS)
            except ParentLostError:
                ours.close()
                raise
        channel = Channel(ours, time.monotonic() + _ANSWER_SECONDS)
        try:
            said = channel.receive()
        except ChannelError as error:
            channel.close()
            raise ParentLostError(f"the tester did not start: {error} {self._said()}") from error
        if said.get("sealed") is True:
            return channel
        channel.close()
        if "failed" in said:
            raise ParentLostError(f"the child or its tester did not start: {said['failed']} {self._said()}")
        raise ExecutorUnavailable(f"the child could not be sealed: {said['reason']}")

    def end(self, wait: float) -> Ended:
        """End the child and its tester, the child after at most `wait` seconds. Raises ParentLostError."""
        self._send({"op": "end", "wait": wait})
        return Ended(**self._answer(_ANSWER_SECONDS + wait))

    def drop(self) -> None:
        """Have the child and its tester ended, without waiting for it. Raises ParentLostError."""
        self._send({"op": "drop"})

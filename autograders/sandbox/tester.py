"""The tester: a trusted process of one run that runs the test cells and talks to the learner's process.

What is sealed from what: the verdict from the learner's code, and the grader (its memory, database, tokens) from
whatever a learner's value makes a test do. The warm parent forks it beside the learner's child: it holds one
socket to each of the two sides and no secret but the tests of this run, has bounded memory and no network, and
cannot start processes. It needs no clock: who started it kills it when the time is up, so that no long C
operation on a learner's number (`10 ** n`) outlives the run.

Messages to the grader, in order: {"sealed", "reason"}; one outcome a cell; instead of an outcome {"lost", "broken"}
when the learner's process cannot be talked to, or {"failed"} for a fault of ours.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import signal
import socket
from collections.abc import Callable, Mapping
from dataclasses import asdict
from itertools import pairwise
from typing import NoReturn

import numpy as np

from . import wire
from .cell import Cell, CellOutcome
from .channel import Channel, ChannelError, ChannelMessageError, Message
from .child import Settings, seal
from .learner import Learner
from .verdict import TestNames, run_test

MEMORY = 2048
"""MiB above what the warm parent uses."""

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_CPU_MORE = 10  # seconds: the wall clock outside strikes first


def request(cells: list[Cell], values: Mapping[str, object], files: Mapping[str, str]) -> Message:
    """The message that starts a run; `files` in base64. Raises wire.WireError for values that are not plain data."""
    return {"cells": [asdict(cell) for cell in cells], "values": wire.encode(dict(values)), "files": dict(files)}


def serve(grader: socket.socket, learner: socket.socket, settings: Settings, *, seconds: float) -> NoReturn:
    """Seal this process, run the cells that the grader sends, wait to be ended. Never returns."""
    status = 1
    try:
        _keep_only(grader.fileno(), learner.fileno())
        channel = Channel(grader)
        try:
            seal(settings, own_namespaces=False, seconds=seconds + _CPU_MORE)
            libc = ctypes.CDLL(None)
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
            np.random.seed(secrets.randbits(32))  # the learner's process inherits the same state
            _run(channel, Channel(learner))
        except BaseException as error:
            channel.send({"failed": f"{type(error).__name__}: {error}"})
        status = 0
    finally:
        os._exit(status)  # whatever was raised: a forked copy must not go on as the parent


def _keep_only(*descriptors: int) -> None:
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    for before, after in pairwise([2, *sorted(descriptors), 4096]):
        os.closerange(before + 1, after)


def _run(grader: Channel, channel: Channel) -> None:
    """Serve one run, then wait until the grader hangs up or ends this process."""
    grader.send(channel.receive())  # the learner's code has not run yet: this can be believed
    job = grader.receive()
    learner = Learner(channel)
    names = TestNames(learner, wire.decode(job["values"]))
    run: dict[str, Callable[[Cell], CellOutcome]] = {
        "code": learner.run,
        "shared_test": learner.run,
        "test": lambda cell: run_test(cell, names, learner),
    }
    try:
        learner.write(job["files"])
        for cell in (Cell(**given) for given in job["cells"]):
            grader.send(asdict(run[cell.kind](cell)))
    except ChannelError as error:
        grader.send({"lost": str(error), "broken": isinstance(error, ChannelMessageError)})
    grader.receive()

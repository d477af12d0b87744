"""The sealed kernel: an IPython kernel that is forked from a warm process and speaks over sockets it was handed.

What is sealed from what: as for a graded run (see `child`), the lesson's and the learner's code from everything. The
sockets were bound outside and are handed over listening, so that the kernel needs no directory in common with anybody
and may open no socket of its own. It is itself in the learner's hands: whatever it sends is a claim.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import sys
import traceback
from typing import Any, NoReturn

import tornado.platform.asyncio  # noqa: F401 - else each kernel imports it
import zmq
from ipykernel import debugger, kernelapp
from ipykernel.control import ControlThread
from ipykernel.heartbeat import Heartbeat
from ipykernel.iostream import IOPubThread
from ipykernel.shellchannel import ShellChannelThread
from ipykernel.zmqshell import ZMQInteractiveShell
from traitlets.config import Config

from course.tables import close_database

from . import child, figures
from .kernel_names import CHANNELS, INLINE, PACKET
from .session import Output

_LIFETIME = 600.0  # seconds of each core's time that a kernel may use in its life
_WARM_CELLS = (
    "import math, json, statistics, collections, datetime",
    "import numpy as np, pandas as pd, ipywidgets, duckdb, matplotlib.pyplot as plt",
    "pd.DataFrame({'a': [1, 2], 'b': ['x', 'y']}).groupby('b').sum().to_string()",
    "pd.DataFrame({'a': [1, 2]})._repr_html_()",
    "duckdb.sql('select 1 + 1').fetchall()",
)


class _Sockets:
    """Binds a zmq socket to the descriptor that belongs to its channel."""

    @staticmethod
    def bind(channel: zmq.Socket[bytes], number: int) -> int:
        channel.setsockopt(zmq.USE_FD, 2 + number)  # they are numbered from 1
        channel.bind(f"ipc://handed-over-{number}")  # a name only: the descriptor is bound already
        return number


class _Heartbeat(Heartbeat):  # type: ignore[misc]
    def _bind_socket(self) -> None:
        _Sockets.bind(self.socket, self.port)


class KernelApp(kernelapp.IPKernelApp):  # type: ignore[misc]
    """ipykernel's application without files, profile, debugger and pipes of subprocesses: none works in the seal."""

    def initialize(self, argv: object = None) -> None:
        """The steps of ipykernel's own that a fork needs."""
        self.init_sockets()
        self.init_heartbeat()
        self.init_io()
        self.init_signal()
        self.init_kernel()
        self.init_shell()
        self.kernel.shell.kernel = self.kernel  # the shell is older than the kernel

    def _bind_socket(self, s: zmq.Socket[bytes], port: int) -> int:
        return _Sockets.bind(s, port)

    def init_control(self, context: zmq.Context[zmq.Socket[bytes]]) -> None:
        """The control channel; ipykernel would connect a debugger's socket, which the seal refuses again and again."""
        self.control_socket = context.socket(zmq.ROUTER)
        self.control_socket.linger = 1000
        self.control_socket.router_handover = 1
        self.control_port: int = self._bind_socket(self.control_socket, CHANNELS.index("control") + 1)
        self.debugpy_socket = context.socket(zmq.STREAM)
        self.debug_shell_socket = context.socket(zmq.DEALER)
        self.control_thread = ControlThread(daemon=True)
        self.shell_channel_thread = ShellChannelThread(context, daemon=True)

    def init_iopub(self, context: zmq.Context[zmq.Socket[bytes]]) -> None:
        """What everybody hears; without a pipe for subprocesses, of which there are none."""
        self.iopub_socket = context.socket(zmq.XPUB)
        self.iopub_socket.linger = 1000
        self.iopub_port: int = self._bind_socket(self.iopub_socket, CHANNELS.index("iopub") + 1)
        self.iopub_thread = IOPubThread(self.iopub_socket, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_heartbeat(self) -> None:
        """The heart has a context of its own."""
        self.heartbeat = _Heartbeat(zmq.Context(), ("ipc", "handed-over", self.hb_port))
        self.heartbeat.start()


def warm() -> None:
    """Import what lessons use and start the shell, once, before any fork."""
    from matplotlib.figure import Figure

    os.environ["MPLBACKEND"] = "Agg"  # for the first plot, which has no kernel to show it
    debugger._is_debugpy_available = False  # half a second and 30 MB a kernel, for what no page asks
    child.import_modules()
    close_database()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Plain"
    shell = ZMQInteractiveShell.instance(config=config)
    shell.enable_gui = lambda gui=None: None  # `%matplotlib inline` asks for one
    with contextlib.redirect_stdout(Output()), contextlib.redirect_stderr(Output()):
        for source in _WARM_CELLS:
            shell.run_cell(source, store_history=False)
        _warm_plot()
        _warm_traceback(shell)
        os.environ["MPLBACKEND"] = INLINE
        shell.run_line_magic("matplotlib", "inline")  # as a cell it would show what is not to be shown
        shell.display_formatter.formatters["image/png"].for_type(Figure, figures.print_figure)
        shell.run_cell("%reset -f", store_history=False)


def _warm_plot() -> None:
    """Draw once: fonts, the renderer and the PNG writer are then shared by all kernels."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([1, 2], [2, 1], label="a")
    axes.bar(["a", "b"], [2, 1])
    axes.set_title("a")
    axes.legend()
    figures.print_figure(figure)
    plt.close("all")


def _warm_traceback(shell: Any) -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        shell.InteractiveTB.structured_traceback(*sys.exc_info())


def serve(descriptors: list[int], settings: child.Settings, *, own_namespaces: bool) -> NoReturn:
    """Seal this process, say whether that worked, make ready, and be the kernel of whoever is named.

    `descriptors` are the listening sockets of CHANNELS and the one over which this side says {"sealed", "reason"}, with
    a pidfd of this process; the other then says {"key", "variables"}: what signs messages, and what is added to the
    environment; this side says {} when it knows. That may take hours; if the other closes instead, the process ends.
    """
    code = 1
    try:
        _arrange(descriptors)
        with socket.socket(fileno=2 + len(descriptors)) as status:
            me = os.pidfd_open(os.getpid())
            try:
                sealed = child.seal(settings, own_namespaces=own_namespaces, seconds=_LIFETIME)
                reason = "" if sealed else "neither namespaces nor Landlock"
            except OSError as error:
                sealed, reason = False, str(error)
            socket.send_fds(status, [json.dumps({"sealed": sealed, "reason": reason}).encode()], [me])
            os.close(me)
            app = _ready_app() if sealed else None
            named = app is not None and _named(app, status)
        if app is not None and named:
            _silence()
            app.start()
            code = 0
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)  # what the parent wrote last is what the operator reads
        raise
    finally:
        os._exit(code)  # whatever was raised: a forked copy must not go on as the parent


def _arrange(descriptors: list[int]) -> None:
    """Standard input and output lead nowhere, the given ones are 3 and on; all others are closed."""
    above = 3 + len(descriptors)
    moved = [os.dup2(descriptor, 4096 + place) for place, descriptor in enumerate(descriptors)]
    null = os.dup2(os.open("/dev/null", os.O_RDWR), 4096 + len(moved))
    for standard in (0, 1):
        os.dup2(null, standard)
    os.closerange(3, 4096)
    for place, descriptor in enumerate(moved):
        os.dup2(descriptor, 3 + place)
    os.closerange(above, 8192)


def _named(app: KernelApp, status: socket.socket) -> bool:
    """Wait to be told whose kernel this is; False if it is nobody's."""
    packet = status.recv(PACKET)
    if not packet:
        return False
    told = json.loads(packet)
    os.environ.update(told["variables"])
    app.session.key = told["key"].encode()
    status.send(b"{}")
    return True


def _silence() -> None:
    """From here on learners' code writes."""
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 2)
    os.close(null)


def _ready_app() -> KernelApp:
    """All that can be done before it is known whose kernel this will be."""
    import numpy as np

    random.seed()
    np.random.seed()  # else all kernels draw the same numbers
    sys.path.insert(0, "")
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    app: KernelApp = KernelApp.instance(transport="ipc", ip="handed-over", connection_file="", log_level=50)
    for number, channel in enumerate(CHANNELS, 1):
        setattr(app, f"{channel}_port", number)
    app.initialize()
    return app

"""A lesson's cells in a learner's kernel: what they show, and the widgets that came to be."""

from __future__ import annotations

import asyncio
import copy
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from queue import Empty
from typing import Any

from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from voila.execute import VoilaExecutor

from course.live import handing_over
from hub_config.services.live.lessons import LiveLesson
from hub_config.services.live.refusals import NotOpened

log = logging.getLogger(__name__)

CELL_SECONDS = 60
READY_SECONDS = 30
SUBSCRIBED_SECONDS = 0.1
LOOK_SECONDS = 0.02
Receive = Callable[..., Awaitable[Any]]


async def run(
    lesson: LiveLesson, manager: Any, values: Mapping[str, Mapping[str, Any]], who: str, *, tell_details: bool
) -> dict[str, Any]:
    """Run the live cells: `{"cells": {place: {"outputs", "fault"}}, "widgets": {id: state} or None}`.

    `manager` is the kernel's (jupyter_client). None for widgets: they hold buffers, the page asks the kernel itself.
    A cell that raises ends the run; its "fault" holds details only with `tell_details`. Raises NotOpened.
    """
    notebook = copy.deepcopy(lesson.notebook)
    executor = VoilaExecutor(notebook, km=manager, timeout=CELL_SECONDS, show_tracebacks=True)
    executor.reset_execution_trackers()
    executor.kc = manager.client()
    executor.kc.start_channels()
    executor.kc.shell_channel.get_msg = _looking_again(executor.kc.shell_channel.get_msg)
    try:
        await _ready(executor.kc)
        executor.kc.execute(handing_over(values), silent=True, store_history=False)
        cells = await _cells(executor, lesson, notebook, who, tell_details)
    except (DeadKernelError, TimeoutError) as error:
        raise NotOpened("fault", f"{lesson.id} for {who}: {error or type(error).__name__}") from error
    finally:
        executor.kc.stop_channels()
    return {"cells": cells, "widgets": None if executor.widget_buffers else executor.widget_state}


def _looking_again(receive: Receive) -> Receive:
    """A channel's `get_msg` that asks its socket anew every LOOK_SECONDS.

    nbclient sends on the shell channel (an Output widget's state) while it waits there for the reply. jupyter_client
    sends past asyncio, and zmq tells of an arrival once: what came in that moment would lie there unheard.
    """

    async def get_msg(timeout: float | None = None) -> Any:
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            left = LOOK_SECONDS if deadline is None else min(LOOK_SECONDS, deadline - time.monotonic())
            try:
                return await receive(timeout=max(0.0, left))
            except Empty:
                if deadline is not None and time.monotonic() >= deadline:
                    raise

    return get_msg


async def _ready(client: Any) -> None:
    """Wait until the kernel answers and we hear what it says to everybody. Raises TimeoutError.

    jupyter_client's own wait goes on to listen for 0.2 s of silence.
    """
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        client.kernel_info()
        try:
            await client.shell_channel.get_msg(timeout=READY_SECONDS)
            await client.iopub_channel.get_msg(timeout=SUBSCRIBED_SECONDS)
        except Empty:
            continue  # asked before the subscription stood
        return
    raise TimeoutError("the kernel does not answer")


async def _cells(
    executor: Any, lesson: LiveLesson, notebook: NotebookNode, who: str, tell_details: bool
) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for place in lesson.cells:
        cell = notebook.cells[place]
        try:
            await executor.execute_cell(cell, None, place, store_history=False)
        except CellExecutionError as error:
            first = cell.source.splitlines()[0] if cell.source else ""
            details = f"{lesson.id}, cell {place + 1} ({first!r}): {error.ename}: {error.evalue}"
            log.error("%s (for %s)\n%s", details, who, error.traceback)
            shown[str(place)] = {"outputs": [], "fault": {"details": details} if tell_details else {}}
            break
        shown[str(place)] = {"outputs": [_plain(output) for output in cell.outputs if _is_shown(output)], "fault": None}
        await asyncio.sleep(0)
    return shown


def _is_shown(output: NotebookNode) -> bool:
    return bool(output.output_type != "stream" or output.name == "stdout")


def _plain(output: NotebookNode) -> dict[str, Any]:
    """An output without what only a notebook wants of it, and without a traceback."""
    if output.output_type == "error":
        return {"output_type": "error"}
    return {key: output[key] for key in ("output_type", "name", "text", "data") if key in output}

"""The live service of a running hub as the machine sees it: its process and its kernels."""

from __future__ import annotations

import os
from pathlib import Path

from running_hub import RunningHub

from hub_config import processes

ROOT = Path(__file__).parent.parent
LESSONS = os.pathsep.join([str(ROOT / "level1_text"), str(ROOT / "tests" / "live_lessons")])
TEACHER, OFFICIAL, HOUSEHOLD, STUDENT = "co.lan", "an.nguyen", "hoa.ly", "minh.pham"
RAIN, BROKEN = "data.rain", "data.broken"
IDLE_S = 6.0
SCOPES = ("access:services!service=live", "access:services!service=campus")


def service(hub: RunningHub) -> int | None:
    """Process id of the live service; None: it does not run now."""
    assert hub.process is not None
    for pid in processes.descendants(hub.process.pid):
        if "hub_config.services.live" in _line(pid):
            return pid
    return None


def kernels(hub: RunningHub) -> set[int]:
    """Process ids of the kernels: what the warm parent, the only Python below the service, has forked."""
    pid = service(hub)
    below = processes.descendants(pid) if pid else []
    pythons = [one for one in below if Path(_line(one).partition("\0")[0]).name.startswith("python")]
    return {kernel for one in pythons for kernel in processes.descendants(one)}


def _line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""  # it has just ended


def log_of(hub: RunningHub) -> str:
    return (hub.data / "hub" / "hub.log").read_text("utf-8", "replace")

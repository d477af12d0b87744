"""The CPU time that each process of a running hub took."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping

import psutil

NAMES = {  # what stands in a process's command line
    "hub_config.services.campus": "campus",
    "hub_config.services.ai": "ai",
    "hub_config.services.apps": "apps",
    "hub_config.services.live": "live",
    "run/hocai": "kernels",
    "hub_config.services.daily": "daily",
    "configurable-http-proxy": "proxy",
    "jupyterhub_idle_culler": "culler",
    "jupyterhub": "hub",
}


def cpu_seconds(top: int) -> Counter[str]:
    """Seconds of user and system time so far: of this process as `client`, of process `top` and its descendants."""
    spent: Counter[str] = Counter()
    for process in [psutil.Process(os.getpid()), *_family(top)]:
        try:
            times, line = process.cpu_times(), " ".join(process.cmdline())
        except psutil.NoSuchProcess:  # ended between listing and looking
            continue
        name = "client" if process.pid == os.getpid() else _name(line)
        spent[name] += times.user + times.system
    return spent


def shares(before: Mapping[str, float], after: Mapping[str, float], seconds: float) -> str:
    """What each took of one core meanwhile, the largest first: "campus 41 %, proxy 20 %"."""
    spent = {name: after[name] - before.get(name, 0.0) for name in after}
    rows = [(share, name) for name, used in spent.items() if (share := round(100 * used / seconds)) > 0]
    return ", ".join(f"{name} {share} %" for share, name in sorted(rows, reverse=True))


def _family(top: int) -> list[psutil.Process]:
    process = psutil.Process(top)
    return [process, *process.children(recursive=True)]


def _name(line: str) -> str:
    return next((name for mark, name in NAMES.items() if mark in line), "other")

"""This machine's memory, as Linux tells it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

MEMINFO = Path("/proc/meminfo")


def memory(kind: Literal["MemTotal", "MemAvailable"], meminfo: Path = MEMINFO) -> int:
    """Bytes: all there is, or what new processes may take without any being swapped out.

    Raises OSError where the kernel does not tell; MemAvailable came with Linux 3.14.
    """
    for line in meminfo.read_text().splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) * 1024
    raise OSError(f"{meminfo} has no {kind}")

"""Starts the short-lived process in which pictures are drawn and files of others are opened."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

from . import CannotDo

logger = logging.getLogger(__name__)
CHILD = Path(__file__).parent / "child.py"
SECONDS = 20.0


def run(job: str, header: dict[str, Any], body: bytes = b"", *, failure: str) -> tuple[dict[str, Any], bytes]:
    """What the job (a key of `child.JOBS`) makes of a header and a body.

    Raises CannotDo as the job says, or with the code `failure` when the process dies or takes too long.
    """
    sent = json.dumps(header).encode() + b"\n" + body
    command = [sys.executable, "-I", str(CHILD), job]
    try:
        done = subprocess.run(command, input=sent, capture_output=True, timeout=SECONDS, env={}, cwd="/", check=False)
    except subprocess.TimeoutExpired:
        raise CannotDo(failure) from None
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        logger.warning("the process for %r ended with %s: %s", job, done.returncode, *last or [""])
        raise CannotDo(failure)
    first, _, rest = done.stdout.partition(b"\n")
    answer = json.loads(first)
    if "refused" in answer:
        raise CannotDo(answer.pop("refused"), **answer)
    return answer, rest

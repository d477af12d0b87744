"""nbgrader's validation in a process of its own: a notebook may loop for ever, and the learner's server must not.

`python -m course.exchange.validation NOTEBOOK` prints nbgrader's result as JSON. Cells that call `exercise(...)` are
no tests: campus checks them, so they are left out of what has failed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import uuid
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_runtime_dir
from nbformat import NotebookNode
from nbgrader.validator import Validator
from traitlets.config import Config

from course import wording
from course.exchange.client import ExchangeProblem
from course.notebook import exercise_calls

log = logging.getLogger(__name__)

SECONDS = 50.0
CELL_SECONDS = 20


class LessonValidator(Validator):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's validator for lessons made with the kit."""

    def _get_failed_cells(self, notebook: NotebookNode) -> list[NotebookNode]:
        calls = {call.cell for call in exercise_calls(notebook)}
        tests = NotebookNode(cells=[cell for i, cell in enumerate(notebook.cells) if i not in calls])
        return list(super()._get_failed_cells(tests))


async def validate(file: Path) -> dict[str, Any]:
    """nbgrader's result: {} when all passes, else one of "failed", "changed", "type_changed" with the cells.

    Raises ExchangeProblem when it takes longer than `SECONDS` or cannot run.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, str(file), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        output, errors = await asyncio.wait_for(process.communicate(), SECONDS)
    except TimeoutError:
        raise ExchangeProblem(wording.VALIDATION_TOO_LONG.format(seconds=round(SECONDS))) from None
    finally:
        if process.returncode is None:
            process.kill()  # its kernel looks for its parent and ends itself
            await process.wait()
    if process.returncode:
        log.error("validation of %s failed: %s", file, errors.decode(errors="replace")[-2000:])
        raise ExchangeProblem(wording.VALIDATION_FAILED)
    result: dict[str, Any] = json.loads(output)
    return result


def _config() -> Config:
    """A kernel without any network port, which a sealed server could not open."""
    config = Config()
    config.KernelManager.transport = "ipc"
    config.KernelManager.connection_file = str(Path(jupyter_runtime_dir()) / f"v-{uuid.uuid4().hex[:8]}.json")
    config.Execute.timeout = CELL_SECONDS
    return config


def main() -> None:
    """Validate the notebook named on the command line; the result goes to the real standard output only."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    Path(jupyter_runtime_dir()).mkdir(parents=True, exist_ok=True, mode=0o700)
    result = LessonValidator(config=_config()).validate(sys.argv[1])
    output.write(json.dumps(result))
    output.close()


if __name__ == "__main__":
    main()

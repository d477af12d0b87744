"""The process that draws pictures and opens images and sounds: run as a script, one job, then it ends.

    python -I child.py JOB   < one line of JSON, then bytes   > one line of JSON, then bytes

Run by its path and not as a module of the project, because the project's packages take a second to import and a
hundred megabytes. It bounds its own memory and time, and gives up files, sockets and programs before it reads input.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import resource
import sys
from pathlib import Path
from types import ModuleType

JOBS = {
    "picture": ".drawing.job",
    "image": ".image_facts",
    "encode": ".sound_files",
    "decode": ".sound_files",
    "compose": "autograders.pictures.jobs",
    "open": "autograders.pictures.jobs",
    "measure": "autograders.pictures.jobs",
}
MEMORY, CPU_S = 1 << 30, 15


def main(job: str) -> None:
    here = Path(__file__).resolve().parent
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    package = _package(here)
    run = getattr(importlib.import_module(JOBS[job], package.__name__), job)
    _seal(here)
    first, _, body = sys.stdin.buffer.read().partition(b"\n")
    try:
        answer, made = run(json.loads(first), body)
    except Exception as error:
        if not hasattr(error, "code") or not hasattr(error, "values"):  # CannotDo, PictureRefused
            raise
        answer, made = {"refused": error.code, **error.values}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made)


def _package(here: Path) -> ModuleType:
    """The folder of this file as a package of its own; its modules import each other relatively."""
    spec = importlib.util.spec_from_file_location("media", here / "__init__.py", submodule_search_locations=[str(here)])
    if spec is None or spec.loader is None:
        raise ImportError(here)
    package = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = package
    spec.loader.exec_module(package)
    return package


def _seal(here: Path) -> None:
    """Leave this process its libraries and fonts to read, and nothing else that the kernel can take away."""
    from autograders.sandbox.landlock import SealError, filter_calls, restrict

    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_S), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(limit)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (bound, bound))
    readable = [place for place in (*sys.path, str(here)) if Path(place).exists()]
    try:
        restrict(read_only=readable)
        filter_calls(families=(), processes=False)
    except SealError:  # an old kernel or a rare machine: the limits hold, and no learner's code runs here
        return


if __name__ == "__main__":
    main(sys.argv[1])

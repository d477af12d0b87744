"""The attacks against stock nbgrader: its own command line, default configuration and a real kernel.

Each runs in a box of its own: bubblewrap with nothing of this machine writable, own processes, network and /tmp,
bounded memory and time. What an attack does there stays there.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from attack_case import FOLDER, Case
from attack_lesson import CLASSMATE, LESSON, lesson_notebook
from code_attack import CodeAttack, honest_body

SECONDS = 120.0
MEMORY = 6 * 2**30
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
BOX = [
    *("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind", "/", "/", "--dev", "/dev"),
    *("--proc", "/proc", "--size", str(2**30), "--tmpfs", "/tmp", "--size", str(2**28), "--tmpfs", "/dev/shm"),
    *("--size", str(2**28), "--tmpfs", "/var/tmp"),
]


def run_stock(cases: list[Case], *, record: bool) -> int:
    """Run the flagged ones, print what became of each; 0 when at least one succeeded."""
    flagged = [case for case in cases if case.content.get("stock") is True]
    succeeded = 0
    with tempfile.TemporaryDirectory(prefix="stock-") as folder:
        course = Path(folder)
        _make_course(course)
        for case in flagged:
            seen = attempt(case, course)
            succeeded += bool(seen)
            print(f"{'succeeds' if seen else 'fails   '}  {case.name}: {seen or 'nothing gained'}", flush=True)
            if record:
                _record(case, seen or "nothing gained")
    print(f"stock: {succeeded} of {len(flagged)} attacks succeed")
    return 0 if succeeded else 1


def attempt(case: Case, course: Path) -> str:
    """What an attack gains against stock nbgrader; empty: nothing."""
    CodeAttack.model_validate(case.content)
    box = [*BOX, "--ro-bind", str(course), "/tmp/template", "--ro-bind", str(FOLDER.parent), "/tmp/tests"]
    inside = ["prlimit", f"--as={MEMORY}", "--", sys.executable, "/tmp/tests/attacks/stock_box.py", str(case.path.name)]
    try:
        done = subprocess.run(
            [*box, "--", *inside, case.suite],
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"the grader hangs for more than {SECONDS:g} s"
    last = (done.stdout.strip().splitlines() or [""])[-1]
    if not last.startswith("{"):
        return f"the whole run was ended with status {done.returncode}: {done.stderr.strip()[-200:]}"
    return "; ".join(json.loads(last)["effects"])


def _make_course(course: Path) -> None:
    """A course with the lesson released and a classmate graded."""
    source = course / "source" / LESSON
    source.mkdir(parents=True)
    nbformat.write(lesson_notebook(calls=False), source / "lesson.ipynb")
    (course / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "demo"\n')
    _nbgrader(course, "generate_assignment", LESSON)
    fetched = nbformat.read(course / "release" / LESSON / "lesson.ipynb", as_version=4)
    submitted = course / "submitted" / CLASSMATE / LESSON
    submitted.mkdir(parents=True)
    (submitted / "lesson.ipynb").write_bytes(honest_body(fetched))
    _nbgrader(course, "autograde", LESSON)
    _nbgrader(course, "generate_feedback", LESSON)


def _nbgrader(course: Path, *command: str) -> None:
    command = (sys.executable, "-m", "nbgrader", *command)
    done = subprocess.run(command, cwd=course, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")


def _record(case: Case, seen: str) -> None:
    text = re.sub(r"^stock_seen = .*\n", "", case.path.read_text("utf-8"), flags=re.M)
    line = f"stock_seen = {json.dumps(seen, ensure_ascii=False)}\n"
    case.path.write_text(re.sub(r"^(stock = .*\n)", lambda found: found[1] + line, text, count=1, flags=re.M), "utf-8")

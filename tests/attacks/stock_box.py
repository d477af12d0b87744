"""Inside the box: hand an attack in to a stock nbgrader course, autograde it, and print what it gained as JSON.

python stock_box.py FILE SUITE
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import nbformat
from active_content import active_content
from attack_case import FOLDER, Case
from attack_lesson import CLASSMATE, LESSON, POINTS
from bait import Bait
from code_attack import CodeAttack, body_of

COURSE = Path("/tmp/course")
ATTACKER = "attacker"
SECONDS = 90.0
SCORES = """
SELECT sa.student_id, c.name, g.auto_score, g.manual_score FROM grade g JOIN base_cell c ON c.id = g.cell_id
JOIN submitted_notebook sn ON sn.id = g.notebook_id JOIN submitted_assignment sa ON sa.id = sn.assignment_id
"""


def main(name: str, suite: str) -> None:
    """Run the attack and print its effects."""
    path = FOLDER / suite / name
    case = Case(suite, path.stem, path, tomllib.loads(path.read_text("utf-8")))
    attack = CodeAttack.model_validate(case.content)
    shutil.copytree("/tmp/template", COURSE)
    os.chdir(COURSE)
    os.environ["HOME"] = str(COURSE / "home")
    bait = Bait([COURSE / "homes" / CLASSMATE / "private.txt"], [22098])
    places = {
        "data": str(COURSE),
        "secret": str(bait.files[0]),
        "submitted": str(COURSE / "submitted"),
        "gradebook": str(COURSE / "gradebook.db"),
        "lesson": str(COURSE / "source" / LESSON),
        "classmate": CLASSMATE,
        "port": str(bait.port),
        "campus": "22097",
        "abstract": bait.abstract,
        "pid": str(os.getpid()),
    }
    fetched = nbformat.read(COURSE / "release" / LESSON / "lesson.ipynb", as_version=4)
    handed_in = COURSE / "submitted" / ATTACKER / LESSON / "lesson.ipynb"
    handed_in.parent.mkdir(parents=True)
    handed_in.write_bytes(body_of(attack, fetched, places))
    before = _scores(CLASSMATE)
    effects = _graded(attack)
    effects += bait.touched()
    effects += [f"left running: {name}" for name in _left()]
    effects += _gradebook(before)
    effects += _shown(bait.token, attack)
    bait.close()
    print(json.dumps({"effects": effects}))


def _graded(attack: CodeAttack) -> list[str]:
    try:
        status = _nbgrader("autograde", LESSON, "--student", ATTACKER)
    except subprocess.TimeoutExpired:
        return [f"the grader hangs for more than {SECONDS:g} s"]
    if status:
        return [f"no grade: nbgrader ended with status {status}"]
    try:
        given = _scores(ATTACKER)
    except sqlite3.Error as error:
        return [f"no grade: {error}"]
    earned = sum((manual if manual is not None else auto) or 0 for _, _, auto, manual in given)
    honest = sum(attack.points()[id_] for id_ in POINTS)
    return [] if earned == honest else [f"{earned:g}/{sum(POINTS.values()):g} points, {honest:g} earned"]


def _nbgrader(*command: str) -> int:
    """Exit status. The output goes to a file: a process that is left behind may hold a pipe open."""
    with open("/tmp/nbgrader.log", "wb") as log:  # noqa: PTH123
        started = subprocess.Popen([sys.executable, "-m", "nbgrader", *command], stdout=log, stderr=log)
        try:
            return started.wait(SECONDS)
        finally:
            started.kill()


def _scores(student: str) -> list[Any]:
    with closing(sqlite3.connect(COURSE / "gradebook.db", timeout=2)) as connection:
        return sorted((row for row in connection.execute(SCORES) if row[0] == student), key=str)


def _gradebook(before: list[Any]) -> list[str]:
    try:
        with closing(sqlite3.connect(COURSE / "gradebook.db", timeout=2)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
        return [] if _scores(CLASSMATE) == before else ["a classmate's scores changed"]
    except sqlite3.Error as error:
        return [f"the gradebook cannot be used: {error}"]


def _left() -> list[str]:
    """Names of processes that are neither this one nor process 1 of the box."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) not in (1, os.getpid(), os.getppid()):
            words = (entry / "cmdline").read_bytes().split(b"\0")
            if any(words):
                words[0] = words[0].rpartition(b"/")[2]  # no path of the machine in a record
                found.append(b" ".join(words).decode("utf-8", "replace").strip()[:40])
    return found


def _shown(token: str, attack: CodeAttack) -> list[str]:
    file = COURSE / "autograded" / ATTACKER / LESSON / "lesson.ipynb"
    if not file.is_file():
        return []
    effects = ["the classmate's secret is shown"] if token in file.read_text("utf-8", "replace") else []
    if attack.family == "script" and _nbgrader("generate_feedback", LESSON, "--student", ATTACKER) == 0:
        pages = [COURSE / "feedback" / name / LESSON / "lesson.html" for name in (ATTACKER, CLASSMATE)]
        mine, honest = (active_content(page.read_text("utf-8")) for page in pages)
        more = mine - honest
        effects += [f"its page can act: {', '.join(sorted(more))[:160]}"] if more else []
    return effects


if __name__ == "__main__":
    main(*sys.argv[1:])

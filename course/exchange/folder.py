"""The learner's side of the exchange: lessons, submissions and feedback as they lie in the home.

    LESSON/lesson.ipynb                     the learner's copy; fetched once, never written over
    LESSON/material/NAME                    pictures and sounds that the lesson shows; the same
    LESSON/feedback/TIMESTAMP/lesson.html   feedback, written anew with each fetch

Lists have the shape that nbgrader's lab extension reads.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from course import wording
from course.exchange.client import CampusExchange, ExchangeProblem

log = logging.getLogger(__name__)

NOTEBOOK = "lesson"
MAX_BYTES = 5_000_000
MATERIAL = "material"
MATERIAL_FILES, MATERIAL_BYTES = 100, 20_000_000  # of a lesson; what is more is no lesson of ours
MATERIAL_NAME = re.compile(r"\w[\w. -]*(?:/\w[\w. -]*)*")
LESSON_ID = re.compile(r"[a-z]+\.[a-z][a-z0-9_]*")
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class LearnerFolder:
    """A learner's home and the exchange it is filled from. Methods block and raise ExchangeProblem."""

    root: Path
    campus: CampusExchange

    def courses(self) -> list[str]:
        return sorted(self.campus.courses())

    def assignments(self, course: str) -> list[dict[str, Any]]:
        """Released and fetched lessons of a course, then what was submitted."""
        submitted = self.campus.submissions(course)
        return [*self.released(course), *self.submitted(course, submitted)]

    def released(self, course: str) -> list[dict[str, Any]]:
        """Lessons to fetch, and those fetched already."""
        return [self._released(course, str(a["assignment_id"])) for a in self.campus.assignments(course)]

    def submitted(self, course: str, found: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
        """One entry a lesson with all its submissions, oldest first."""
        by_lesson: dict[str, list[dict[str, Any]]] = {}
        for submission in self.campus.submissions(course) if found is None else found:
            by_lesson.setdefault(str(submission["assignment_id"]), []).append(self._submission(course, submission))
        return [
            {
                **_names(course, lesson),
                "student_id": os.environ.get("JUPYTERHUB_USER", ""),
                "status": "submitted",
                "submissions": sorted(of_lesson, key=lambda s: str(s["timestamp"])),
            }
            for lesson, of_lesson in sorted(by_lesson.items())
        ]

    def fetch(self, course: str, lesson: str) -> Path:
        """Bring a lesson home, the notebook last: where it lies all is there. What is there stays as it is."""
        file = self._notebook(lesson)
        self._fetch_material(course, lesson)
        content = self.campus.notebook(course, lesson)
        if not file.exists():
            _write(file, content)
        return file

    def submit(self, course: str, lesson: str) -> dict[str, Any]:
        """Hand in the learner's copy: `{"id", "timestamp"}`."""
        file = self._notebook(lesson)
        try:
            if file.stat().st_size > MAX_BYTES:
                raise ExchangeProblem(wording.NOTEBOOK_TOO_BIG)
            content = file.read_bytes()
        except FileNotFoundError:
            raise ExchangeProblem(wording.NOT_FETCHED) from None
        except OSError as error:
            raise ExchangeProblem(wording.NOT_A_NOTEBOOK) from error
        return self.campus.submit(course, lesson, content)

    def fetch_feedback(self, course: str, lesson: str) -> list[Path]:
        """Bring the feedback of every graded submission of a lesson."""
        self._notebook(lesson)
        found = self.campus.submissions(course)
        graded = [s for s in found if s["assignment_id"] == lesson and s["feedback"]]
        files = []
        for submission in graded:
            file = self._feedback(lesson, submission)
            _write(file, self.campus.feedback(str(submission["id"])).encode())
            files.append(file)
        return files

    def _fetch_material(self, course: str, lesson: str) -> None:
        sizes = {str(entry["name"]): int(entry["bytes"]) for entry in self.campus.material(course, lesson)}
        if len(sizes) > MATERIAL_FILES or sum(sizes.values()) > MATERIAL_BYTES:
            log.error("%s: %d files of %d bytes are too many", lesson, len(sizes), sum(sizes.values()))
            raise ExchangeProblem(wording.CAMPUS_FAULT)
        files = {name: self._material(lesson, name) for name in sizes}
        for name, file in files.items():
            if not file.exists():
                content = self.campus.material_file(course, lesson, name)
                if len(content) != sizes[name]:
                    log.error("%s: %r has %d bytes, not %d", lesson, name, len(content), sizes[name])
                    raise ExchangeProblem(wording.CAMPUS_FAULT)
                _write(file, content)

    def _material(self, lesson: str, name: str) -> Path:
        """Where a file of the lesson goes; never outside its folder, whatever campus or a link in the home says."""
        if not MATERIAL_NAME.fullmatch(name):
            log.error("%s: %r is no name of a file to fetch", lesson, name)
            raise ExchangeProblem(wording.CAMPUS_FAULT)
        folder = self.root / lesson
        file = folder / MATERIAL / name
        if not file.resolve().is_relative_to(folder.resolve() / MATERIAL):
            raise ExchangeProblem(wording.HOME_FULL)
        return file

    def _notebook(self, lesson: str) -> Path:
        if not LESSON_ID.fullmatch(lesson):  # it becomes a folder's name
            raise ExchangeProblem(wording.NO_SUCH_LESSON)
        return self.root / lesson / f"{NOTEBOOK}.ipynb"

    def _feedback(self, lesson: str, submission: dict[str, Any]) -> Path:
        return self.root / lesson / "feedback" / _timestamp(submission) / f"{NOTEBOOK}.html"

    def _released(self, course: str, lesson: str) -> dict[str, Any]:
        file = self._notebook(lesson)
        book = {"notebook_id": NOTEBOOK, "path": str(file.relative_to(self.root))}
        status = "fetched" if file.is_file() else "released"
        return {**_names(course, lesson), "status": status, "path": lesson, "notebooks": [book]}

    def _submission(self, course: str, submission: dict[str, Any]) -> dict[str, Any]:
        lesson = str(submission["assignment_id"])
        file = self._feedback(lesson, submission)
        feedback = {
            "has_local_feedback": file.is_file(),
            "has_exchange_feedback": bool(submission["feedback"]),
            "feedback_updated": False,
            "local_feedback_path": str(file.parent.relative_to(self.root)) if file.is_file() else None,
        }
        return {
            **_names(course, lesson),
            "status": "submitted",
            "path": lesson,
            "timestamp": _timestamp(submission),
            "notebooks": [{"notebook_id": NOTEBOOK, "path": lesson, **feedback}],
            **feedback,
        }


def _names(course: str, lesson: str) -> dict[str, str]:
    return {"course_id": course, "assignment_id": lesson}


def _timestamp(submission: dict[str, Any]) -> str:
    """When it was submitted, by the learner's clock; also a folder's name."""
    return f"{datetime.fromisoformat(str(submission['timestamp'])).astimezone(HERE):%Y-%m-%d %H:%M:%S}"


def _write(file: Path, content: bytes) -> None:
    """Write a whole file or none. Raises ExchangeProblem where the home cannot take it."""
    temporary = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        temporary.chmod(0o644)
        temporary.replace(file)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise ExchangeProblem(wording.HOME_FULL) from error

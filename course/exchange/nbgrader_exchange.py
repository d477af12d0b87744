"""nbgrader's exchange classes as thin clients of campus, for `nbgrader list`, `fetch_assignment`, `submit` …

On a class's server nothing has to be released or collected: campus does both; these classes say so in one line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.exchange import abc

from course import wording
from course.exchange.client import CampusExchange, ExchangeProblem
from course.exchange.folder import LearnerFolder


class CampusExchangeBase(abc.Exchange):  # type: ignore[misc]  # nbgrader has no types
    """No paths to prepare: everything happens in `copy_files`."""

    def init_src(self) -> None:
        """Nothing lies in a folder."""

    def init_dest(self) -> None:
        """Nothing lies in a folder."""

    def copy_files(self) -> None:
        """Nothing to transfer, unless a class below does."""

    def in_folder(self, method: str) -> Any:
        """Call a method of LearnerFolder for the course and lesson asked for. Raises nbgrader's ExchangeError."""
        try:
            with CampusExchange.from_environment() as campus:
                folder = LearnerFolder(Path(self.assignment_dir).resolve(), campus)
                return getattr(folder, method)(self.coursedir.course_id, self.coursedir.assignment_id)
        except ExchangeProblem as problem:
            return self.fail(str(problem))


class FetchAssignment(CampusExchangeBase, abc.ExchangeFetchAssignment):  # type: ignore[misc]
    """`nbgrader fetch_assignment LESSON --course ID`."""

    def copy_files(self) -> None:
        self.log.info("Fetched as %s", self.in_folder("fetch"))


class Submit(CampusExchangeBase, abc.ExchangeSubmit):  # type: ignore[misc]
    """`nbgrader submit LESSON --course ID`."""

    def copy_files(self) -> None:
        self.log.info("Submitted: %s", self.in_folder("submit"))


class FetchFeedback(CampusExchangeBase, abc.ExchangeFetchFeedback):  # type: ignore[misc]
    """`nbgrader fetch_feedback LESSON --course ID`."""

    def copy_files(self) -> None:
        for file in self.in_folder("fetch_feedback"):
            self.log.info("Fetched %s", file)


class List(CampusExchangeBase, abc.ExchangeList):  # type: ignore[misc]
    """`nbgrader list`: what is released to the learner, or (`--cached`) what the learner submitted."""

    def list_files(self) -> list[dict[str, Any]]:
        try:
            with CampusExchange.from_environment() as campus:
                found = self._listed(LearnerFolder(Path(self.assignment_dir).resolve(), campus))
        except ExchangeProblem as problem:
            return list(self.fail(str(problem)))
        for entry in found:
            self.log.info("%s %s %s", entry["course_id"], entry["assignment_id"], entry["status"])
        return found

    def remove_files(self) -> None:
        """Nothing is ever removed from campus."""
        self.fail(wording.CAMPUS_RELEASES)

    def _listed(self, folder: LearnerFolder) -> list[dict[str, Any]]:
        courses = [self.coursedir.course_id] if self.coursedir.course_id else folder.courses()
        ask = folder.submitted if self.cached or self.inbound else folder.released
        return [entry for course in courses for entry in ask(course)]


class ClassList(List):
    """On a class's server: the assignments of the class's own folder. Formgrader asks with every page."""

    def list_files(self) -> list[dict[str, Any]]:
        release = Path(self.coursedir.root) / self.coursedir.release_directory
        return [
            {"course_id": self.coursedir.course_id, "assignment_id": path.name, "status": "released", "notebooks": []}
            for path in sorted(release.glob("*/"))
        ]


class ReleaseAssignment(CampusExchangeBase, abc.ExchangeReleaseAssignment):  # type: ignore[misc]
    """Campus releases with publishing."""

    def copy_files(self) -> None:
        self.fail(wording.CAMPUS_RELEASES)


class Collect(CampusExchangeBase, abc.ExchangeCollect):  # type: ignore[misc]
    """Campus puts submissions into the class's folder by itself."""

    def copy_files(self) -> None:
        self.fail(wording.CAMPUS_COLLECTS)


class ReleaseFeedback(CampusExchangeBase, abc.ExchangeReleaseFeedback):  # type: ignore[misc]
    """Campus shows feedback as soon as there is a grade."""

    def copy_files(self) -> None:
        self.fail(wording.CAMPUS_SENDS_FEEDBACK)

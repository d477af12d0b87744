"""What a teacher sees of a class: who did what, what waits, what failed."""

from __future__ import annotations

from dataclasses import dataclass

from hub_config.services.campus import backlog, ledger, submissions
from hub_config.services.campus.accounts import Account, CourseClass, list_accounts, list_classes, list_enrolments
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.collation import name_key
from hub_config.services.campus.database import reading
from hub_config.services.campus.ledger import Standing
from hub_config.services.campus.refusals import Refusal
from hub_config.services.campus.submissions import Submission


@dataclass(frozen=True)
class Cell:
    """One learner's work on one lesson: the standing, and the latest submission with its state."""

    latest: Submission | None
    standing: Standing | None


@dataclass(frozen=True)
class Learner:
    account: Account
    cells: tuple[Cell, ...]  # in the order of `Overview.lessons`


@dataclass(frozen=True)
class Overview:
    """A class at a glance; learners by given name."""

    course: CourseClass
    lessons: tuple[tuple[str, str], ...]  # id, title
    learners: tuple[Learner, ...]
    failed: tuple[Submission, ...]
    waiting_points: int  # submissions with points that wait for a judge or a teacher
    pending: int  # submissions that wait for their grade
    graded: int
    again: dict[str, int]  # lesson id -> submissions that could be graded again
    outdated: dict[str, int]  # lesson id -> those of them that another version of the lesson graded


def taught_class(campus: Campus, teacher: str, class_id: str) -> CourseClass:
    """The class, for its teachers. Raises Refusal("forbidden"), also for a class that does not exist."""
    taught = {e.class_id for e in list_enrolments(campus.engine, teacher) if e.as_ == "teacher"}
    found = next((c for c in list_classes(campus.engine) if c.id == class_id and c.id in taught), None)
    if found is None:
        raise Refusal("forbidden")
    return found


def overview(campus: Campus, course: CourseClass) -> Overview:
    """The class as it stands now."""
    with reading(campus.engine) as connection:
        handed_in = submissions.list_submissions(connection, class_id=course.id)
        standings = ledger.standings(connection, class_id=course.id)
        groups = backlog.groups(connection, class_id=course.id)
    latest: dict[tuple[str, str], Submission] = {}
    for submission in handed_in:
        latest.setdefault((submission.learner, submission.lesson), submission)
    lessons = tuple((folder.lesson.id, folder.lesson.title) for folder in campus.catalog)
    people = sorted(
        list_accounts(campus.engine, class_id=course.id, as_="learner"), key=lambda a: name_key(a.display_name)
    )
    return Overview(
        course=course,
        lessons=lessons,
        learners=tuple(
            Learner(a, tuple(Cell(latest.get((a.name, id_)), standings.get((a.name, id_))) for id_, _ in lessons))
            for a in people
        ),
        failed=tuple(s for s in handed_in if s.state == "failed"),
        waiting_points=sum(1 for s in standings.values() if s.waiting > 0),
        pending=backlog.number(groups, *backlog.PENDING),
        graded=backlog.number(groups, "graded"),
        again=backlog.gradable(groups),
        outdated=backlog.gradable(groups, outdated=backlog.current_versions(campus.catalog)),
    )


def class_submission(campus: Campus, course: CourseClass, submission_id: str) -> Submission:
    """A submission of the class. Raises Refusal("not_found")."""
    with reading(campus.engine) as connection:
        found = submissions.find(connection, submission_id)
    if found is None or found.class_id != course.id:
        raise Refusal("not_found")
    return found

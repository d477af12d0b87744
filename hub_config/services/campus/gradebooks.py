"""The classes' gradebooks, kept in step: grades go in, teachers' changes come out.

Importing this module imports nbgrader, which takes seconds: the service does so in a thread.
"""

from __future__ import annotations

import logging
import sqlite3

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from autograders.gradebook import ClassGradebook, GradebookError, Override
from autograders.models import Context, Grade
from course.notebook import stored_notebook
from hub_config.services.campus import artefacts, ledger, tables
from hub_config.services.campus.accounts import list_classes
from hub_config.services.campus.campus import Campus
from hub_config.services.campus.database import now, reading
from hub_config.services.campus.ledger import Standing, TeacherScore, Work

log = logging.getLogger(__name__)

FAULTS = (GradebookError, SQLAlchemyError, sqlite3.Error, OSError, ValueError)
"""What one gradebook may suffer without stopping the others; it is tried again with the next round."""

_grading, _submission = tables.grading, tables.submission


class Gradebooks:
    """All gradebooks of this campus. Call from one thread at a time."""

    def __init__(self, campus: Campus) -> None:
        self._campus = campus
        self._open: dict[str, ClassGradebook] = {}
        self._taken: dict[str, list[Override]] = {}
        """Class -> what its teachers had changed when last all of it stood in the ledger."""

    def of(self, class_id: str) -> ClassGradebook:
        """The gradebook of a class, opened once."""
        if class_id not in self._open:
            self._open[class_id] = ClassGradebook(self._campus.settings.classes / class_id, class_id)
        return self._open[class_id]

    def keep_up(self) -> None:
        """One round: grades that are not in their gradebook yet go in, teachers' changes come out."""
        for work in self._pending():
            try:
                self._write(work)
            except FAULTS:
                log.exception("the gradebook of class %s did not take %s of %s", *work)
        for course in list_classes(self._campus.engine):
            try:
                self._take_overrides(course.id)
            except FAULTS:
                log.exception("the gradebook of class %s could not be read", course.id)

    def close(self) -> None:
        while self._open:
            self._open.popitem()[1].close()

    def _pending(self) -> list[Work]:
        query = select(_submission.c.class_id, _submission.c.learner, _submission.c.lesson).distinct().join(_grading)
        query = query.where(_grading.c.state == "graded", _grading.c.in_gradebook_at.is_(None))
        with reading(self._campus.engine) as connection:
            return [(row.class_id, row.learner, row.lesson) for row in connection.execute(query)]

    def _write(self, work: Work) -> None:
        """Put the submission that counts into the gradebook, whichever was graded last."""
        class_id, learner, lesson = work
        mine = (_submission.c.class_id == class_id, _submission.c.learner == learner, _submission.c.lesson == lesson)
        where = {"class_id": class_id, "learner": learner, "lesson": lesson}
        with reading(self._campus.engine) as connection:
            standing = ledger.standings(connection, **where)[learner, lesson]
            columns = (_submission.c.notebook, _submission.c.context, _grading.c.grade)
            query = select(*columns).join(_grading).where(_submission.c.id == standing.submission.id)
            row = connection.execute(query).one()
            context = Context.model_validate_json(row.context)
            made = artefacts.contents(connection, learner, lesson, context.artefacts or {})
            times = select(_submission.c.id, _grading.c.graded_at).join(_grading).where(*mine)
            seen = connection.execute(times.where(_grading.c.graded_at.is_not(None))).all()
        gradebook = self.of(class_id)
        try:
            gradebook.cells(lesson)
        except GradebookError:  # the class is younger than the lesson
            gradebook.add_assignment(self._campus.lesson(lesson))
        *family, given = self._campus.person(learner).display_name.split() or [learner]
        gradebook.write(
            learner,
            lesson,
            stored_notebook(row.notebook),
            Grade.model_validate_json(row.grade),
            standing.submission.submitted_at,
            context,
            (given, " ".join(family)),
            made,
        )
        at = now()
        with self._campus.engine.begin() as connection:
            for id_, graded_at in seen:  # a grade that was stored since then is written with the next round
                done = update(_grading).where(_grading.c.submission == id_, _grading.c.graded_at == graded_at)
                connection.execute(done.values(in_gradebook_at=at))

    def _take_overrides(self, class_id: str) -> None:
        overrides = self.of(class_id).overrides()
        if overrides == self._taken.get(class_id):
            return
        found = {(class_id, o.learner, o.lesson, o.exercise): o for o in overrides}
        with reading(self._campus.engine) as connection:
            known = {
                (*work, exercise): score
                for work, scores in ledger.teacher_scores(connection, class_id=class_id).items()
                for exercise, score in scores.items()
            }
            changed = [key for key in found.keys() | known.keys() if _differ(found.get(key), known.get(key))]
            standings = ledger.standings(connection, class_id=class_id) if changed else {}
        left = False
        for _, learner, lesson, exercise in sorted(changed):
            standing = standings.get((learner, lesson))
            if standing is not None and exercise in standing.exercises:
                self._append(standing, exercise, found.get((class_id, learner, lesson, exercise)))
            else:  # not graded here yet
                left = True
        if not left:
            self._taken[class_id] = overrides

    def _append(self, standing: Standing, exercise: str, override: Override | None) -> None:
        points, comment = (override.manual_score, override.comment) if override else (None, "")
        with self._campus.engine.begin() as connection:
            ledger.add_teacher_score(connection, standing.submission, exercise, points, comment)


def _differ(override: Override | None, score: TeacherScore | None) -> bool:
    given = (override.manual_score, override.comment) if override else (None, "")
    kept = (score.points, score.comment) if score else (None, "")
    return given != kept

"""How a submission's score came about: every grade it was given over time, read from the append-only ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select

from autograders.models import Context, Grader
from hub_config.services.campus import tables
from hub_config.services.campus.ledger import WITHDRAWN

REMOVED = "removed"
_entry = tables.grade_entry
_Line = Row[Any]
_Key = tuple[str, str]  # exercise, criterion


@dataclass(frozen=True)
class Change:
    """What one grade changed: a criterion, or by a teacher an exercise as a whole. Points None: none were given."""

    exercise: str
    by: Grader
    status: str  # as in the ledger, or REMOVED: the lesson has this criterion no more
    before: float | None
    after: float | None
    max: float
    message: str


@dataclass(frozen=True)
class Round:
    """One grade that a submission was given; points are those of the whole submission after it."""

    at: datetime
    by: tuple[Grader, ...]
    points: float
    max: float
    waiting: float
    changes: tuple[Change, ...]
    first: bool


def history(connection: Connection, submission_id: str) -> list[Round]:
    """Every grade given to a submission by code, rules, judge and teachers, the newest first.

    A teacher's change is about the learner's work on the lesson, so those made on another submission of it count too;
    what was changed before this submission had a grade shows in its first round.
    """
    submission = tables.submission.c
    mine = connection.execute(select(tables.submission).where(submission.id == submission_id)).one()
    same_work = (submission.class_id == mine.class_id, submission.learner == mine.learner)
    by_teachers = and_(_entry.c.criterion == "", submission.lesson == mine.lesson, *same_work)
    query = select(_entry).join(tables.submission).where(or_(_entry.c.submission == mine.id, by_teachers))
    rows = connection.execute(query.order_by(_entry.c.id)).all()
    return list(_rounds(rows, Context.model_validate_json(mine.context).caps))[::-1]


def _rounds(rows: Iterable[_Line], caps: dict[str, float]) -> Iterator[Round]:
    score = _Score(caps)
    # a grade's entries share their moment; a teacher's change is an entry of its own
    for (at, by_teacher), group in groupby(rows, key=lambda row: (row.at, row.criterion == "")):
        lines = list(group)
        first = not score.lines
        changes = [score.take_teacher(line) for line in lines] if by_teacher else score.take_grade(lines)
        if not score.lines:
            continue  # a teacher's change that is older than the first grade
        graders = [_grader(line) for line in lines if by_teacher or line.points is not None]
        by = tuple(dict.fromkeys(graders + ["teacher"] * (first and bool(score.teachers))))
        yield Round(at, by, score.points, score.max, score.waiting, tuple(changes), first)


@dataclass
class _Score:
    """A submission's score while its entries are read in their order."""

    caps: dict[str, float]
    lines: dict[_Key, _Line] = field(default_factory=dict)
    teachers: dict[str, float] = field(default_factory=dict)  # exercise -> points

    def take_grade(self, new: Sequence[_Line]) -> list[Change]:
        changes = [
            _change(self.lines.get(_key(line)), line) for line in new if _differ(self.lines.get(_key(line)), line)
        ]
        if any(_grader(line) != "judge" for line in new):  # the judge's own entries are only part of a grade
            gone = self.lines.keys() - {_key(line) for line in new}
            changes += [_removed(self.lines.pop(key)) for key in sorted(gone)]
        self.lines |= {_key(line): line for line in new}
        return changes

    def take_teacher(self, line: _Line) -> Change:
        before = self._points(line.exercise)
        if line.points is None:
            self.teachers.pop(line.exercise, None)
        else:
            self.teachers[line.exercise] = line.points
        after = self._points(line.exercise)
        status = WITHDRAWN if line.status == WITHDRAWN else "scored"
        return Change(line.exercise, "teacher", status, before, after, self._max(line.exercise), line.message)

    @property
    def points(self) -> float:
        return round(sum(self._points(exercise) for exercise in self._exercises()), 2)

    @property
    def max(self) -> float:
        return float(sum(line.max for line in self.lines.values()))

    @property
    def waiting(self) -> float:
        waits = (line for line in self.lines.values() if line.points is None and line.exercise not in self.teachers)
        return float(sum(line.max for line in waits))

    def _exercises(self) -> set[str]:
        return {exercise for exercise, _ in self.lines}

    def _max(self, exercise: str) -> float:
        return float(sum(line.max for (of, _), line in self.lines.items() if of == exercise))

    def _points(self, exercise: str) -> float:
        """What counts for an exercise: a teacher's points over the criteria's, these clamped as in a grade."""
        if exercise in self.teachers:
            return self.teachers[exercise]
        earned = sum(line.points or 0.0 for (of, _), line in self.lines.items() if of == exercise)
        return max(0.0, min(earned, self.caps.get(exercise, self._max(exercise))))


def _key(line: _Line) -> _Key:
    return line.exercise, line.criterion


def _grader(line: _Line) -> Grader:
    by: Grader = line.provenance["by"]
    return by


def _differ(old: _Line | None, new: _Line) -> bool:
    return old is None or (old.points, old.max, old.status) != (new.points, new.max, new.status)


def _change(old: _Line | None, new: _Line) -> Change:
    before = None if old is None else old.points
    return Change(new.exercise, _grader(new), new.status, before, new.points, new.max, new.message)


def _removed(old: _Line) -> Change:
    return Change(old.exercise, _grader(old), REMOVED, old.points, None, old.max, "")

"""What the kit's widgets are told of an exercise: the `State` and `Result` of docs/architecture.md."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from course.catalog import LessonFolder
from course.lesson import Exercise
from course.projection import public_block, public_exercise, public_values
from course.variants import drawn_exercises
from hub_config.services.campus import attempts, drafts, draws, guidance, tries
from hub_config.services.campus.attempts import Attempt


def state(connection: Connection, folder: LessonFolder, learner: str, exercise_id: str) -> dict[str, Any]:
    """The exercise as the learner left it."""
    lesson = folder.lesson
    _, exercise = draws.exercise_of(connection, lesson, learner, exercise_id)
    made = attempts.list_attempts(connection, learner, lesson.id, exercise_id)
    hints = guidance.hints_seen(connection, learner, lesson.id, exercise)
    saved = drafts.saved_at(connection, learner, lesson.id, exercise_id)
    seen = exercise_id in guidance.solutions_seen(connection, learner, lesson.id)
    here = tries.present(connection, lesson, learner) if lesson.is_challenge else None
    return {
        "exercise": public_exercise(exercise, lesson.id, learner),
        "answer": drafts.drafts(connection, learner, lesson.id).get(exercise_id),
        "result": result(exercise, made[-1]) if made else None,
        "hints": hints,
        "hints_left": len(exercise.hints) - len(hints),
        "solution": {"solution": exercise.solution, "why": exercise.why} if seen else None,
        "tries": len(made),
        "saved_at": saved.isoformat() if saved else None,
        "sitting": {"state": here.sitting, "ends_at": here.ends_at.isoformat()} if here and here.ends_at else None,
    }


def result(exercise: Exercise, made: Attempt) -> dict[str, Any]:
    """One check as the widget shows it; the reveal comes with the first."""
    grade = made.grade
    lines = [
        {
            "id": line.id,
            "points": line.points,
            "max": line.max,
            "status": line.status,
            "message": line.message,
            "evidence": line.evidence,
        }
        for line in grade.criteria
    ]
    return {
        "points": grade.points,
        "max": grade.max,
        "waiting": grade.waiting,
        "note": grade.note,
        "criteria": lines,
        "items": {id_: {"ok": item.ok, "reason": item.reason} for id_, item in grade.items.items()},
        "reveal": exercise.reveal,
        "follow_up": grade.follow_up,
    }


def material(connection: Connection, folder: LessonFolder, learner: str, exercise_id: str) -> dict[str, Any]:
    """What a notebook's own code may read of an exercise."""
    _, exercise = draws.exercise_of(connection, folder.lesson, learner, exercise_id)
    return {"values": public_values(exercise), "material": [public_block(block) for block in exercise.material]}


def lesson_exercises(connection: Connection, folder: LessonFolder, learner: str) -> list[dict[str, Any]]:
    """The exercises of a lesson with where the learner stands in each."""
    lesson = folder.lesson
    variant = draws.drawn_variant(connection, lesson, learner)  # of a challenge not begun: its titles alone are told
    saved = drafts.drafts(connection, learner, lesson.id)
    best: dict[str, float] = {}
    for made in attempts.list_attempts(connection, learner, lesson.id):
        best[made.grade.id] = max(best.get(made.grade.id, 0.0), made.grade.points)
    return [
        {
            "id": exercise.id,
            "title": exercise.title,
            "points": exercise.points,
            "earned": best.get(exercise.id, 0.0),
            "state": "checked" if exercise.id in best else "draft" if exercise.id in saved else "new",
        }
        for exercise in drawn_exercises(lesson, variant)
    ]

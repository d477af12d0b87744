"""What a level challenge must be besides a lesson: it asks for what its level has trained, and for nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from course.catalog import LessonFolder, read_level
from course.lesson import Exercise


def challenge_problems(folder: LessonFolder, drawn: Sequence[Exercise]) -> list[str]:
    """Exercises whose skill no other lesson of the level trains; none for a lesson that is no challenge."""
    if not folder.lesson.is_challenge:
        return []
    others = [other.lesson for other in read_level(folder.path.parent).lessons if other.lesson.id != folder.lesson.id]
    trained = {skill for lesson in others for skill in lesson.skills}
    return [
        f"exercise {exercise.id!r}: skill {exercise.skill!r} is trained in no lesson of the level; "
        f"there are {', '.join(sorted(trained))}"
        for exercise in drawn
        if exercise.skill not in trained
    ]

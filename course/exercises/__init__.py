"""The exercise kit: `exercise("lesson/exercise")` shows one, `material("lesson/exercise")` hands its values to code."""

from course.exercises.calls import exercise, material

__all__ = ["exercise", "material"]

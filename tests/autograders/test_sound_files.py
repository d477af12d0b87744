"""What the lesson check says of a lesson's files."""

from __future__ import annotations

from pathlib import Path

import pytest
from kinds_lesson import write_lesson

from autograders.lesson_check import check_lesson
from course.catalog import read_lesson


@pytest.mark.parametrize(
    ("size", "problem"),
    [
        (150_000, ""),
        (151_000, "sound material/call.mp3 has 151 kB, at most 150"),
        (None, "material/call.mp3 is missing"),
    ],
)
def test_a_sound_is_there_and_small_enough_for_a_thin_line(tmp_path: Path, size: int | None, problem: str) -> None:
    path = write_lesson(tmp_path / "01_kinds")
    sound = path / "material" / "call.mp3"
    sound.write_bytes(bytes(size)) if size else sound.unlink()
    said = [text for text in check_lesson(read_lesson(path), None).problems if "call.mp3" in text]
    assert len(said) == (1 if problem else 0), said
    assert all(problem in text for text in said)

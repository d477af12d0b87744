"""Answers in exercise calls: read without running anything, written without touching the rest."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.notebook import exercise_calls, with_answer

ANSWER = {"prompt": 'Viết "thông báo"\ncho bà con', "final": "ừ\\n", "n": True}


def test_an_answer_written_is_the_answer_read() -> None:
    source = 'from course.exercises import exercise\nexercise("text.small/notice")\nx = 1'
    written = with_answer(source, ANSWER)
    (call,) = exercise_calls(new_notebook(cells=[new_code_cell(written)]))
    assert (call.exercise, call.answer) == ("text.small/notice", ANSWER)
    assert written.splitlines()[0] == "from course.exercises import exercise"
    assert written.splitlines()[-1] == "x = 1"


def test_writing_again_replaces_the_answer() -> None:
    once = with_answer('exercise("text.small/notice")', {"text": "một"})
    (call,) = exercise_calls(new_notebook(cells=[new_code_cell(with_answer(once, {"text": "hai"}))]))
    assert call.answer == {"text": "hai"}


@pytest.mark.parametrize(
    "source",
    [
        "def broken(",
        'exercise(open("/etc/passwd").read())',
        'exercise("a/b", answer=__import__("os").environ)',
        'exercise("a/b", answer="not a dict")',
        "exercise()",
        "(" * 5000,
        'exercise("a/b", answer={' + "[" * 5000 + "})",
        "\x00",
    ],
)
def test_hostile_cells_hold_no_answer(source: str) -> None:
    calls = exercise_calls(new_notebook(cells=[new_code_cell(source), new_markdown_cell('exercise("x/y")')]))
    assert all(call.answer is None for call in calls)


def test_a_cell_without_a_call_takes_no_answer() -> None:
    with pytest.raises(ValueError, match="no exercise call"):
        with_answer("x = 1", {})


def test_a_long_answer_is_broken_into_lines_a_teacher_can_read() -> None:
    answer = {"prompt": "Viết thông báo họp xóm cho bà con. " * 20, "final": "Mời bà con\nđến họp."}
    written = with_answer('exercise("text.small/notice")', answer)
    assert max(map(len, written.splitlines())) <= 120
    (call,) = exercise_calls(new_notebook(cells=[new_code_cell(written)]))
    assert call.answer == answer

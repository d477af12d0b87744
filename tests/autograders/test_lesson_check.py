"""The lesson check: the template's lesson is good, and each thing that is broken in it is named."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from autograders.lesson_check import Report, check_lesson
from autograders.lesson_limits import Figures, limits, past_limits
from course.catalog import read_lesson
from course.notebook import exercise_calls, with_answer
from hub_config.new_lesson import TEMPLATE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(TEMPLATE, tmp_path / "lesson")


def handed_in(notebook: NotebookNode, lesson: str, drafts: Mapping[str, dict[str, Any]]) -> NotebookNode:
    for call in exercise_calls(notebook):
        if answer := drafts.get(call.exercise.partition("/")[2]):
            notebook.cells[call.cell].source = with_answer(notebook.cells[call.cell].source, answer)
    return notebook


def checked(folder: Path) -> Report:
    return check_lesson(read_lesson(folder), None, handed_in)


def edit(folder: Path, old: str, new: str, name: str = "lesson.toml") -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def edit_notebook(folder: Path, change: Callable[[NotebookNode], None]) -> None:
    notebook = nbformat.read(folder / "lesson.ipynb", as_version=4)
    change(notebook)
    nbformat.write(notebook, folder / "lesson.ipynb")


def test_the_template_is_good(folder: Path) -> None:
    report = checked(folder)
    assert (report.problems, report.ok) == ([], True)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "never"', 'id = "yes"', "item 'send', reason of option 'yes': no answer brings it up"),
        ('reason = "Chưa ai soát cả, người soát là bạn."', 'reason = ""', "question 'fluent': 'c' has no reason"),
        (
            'reason = "Khách sẽ đòi đúng lời đã hứa."',
            'reason = "Lời hứa càng lớn, trách nhiệm càng nặng."',
            "question 'promise': 'a', 'c' have the same reason",
        ),
        (
            "Xem giờ, xem số tiền, rồi xem dòng cuối lấy ở đâu ra.",
            "Có ba dòng. Đặt tay lên giấy, dò từng dòng một.",
            "exercise 'spot', hint 2 says what an earlier one says",
        ),
        ('ideas = ["guesses", "check"]', 'ideas = ["guesses"]', "idea 'check': no answer is asked its follow_up"),
        ("Thẻ không có lời dọa này.", "![](material/ba_cho.svg)", "a picture without alt text"),
        ("Bạn giữ phần soát lại.", "[Đọc thêm](tep/huong_dan.html)", "'tep/huong_dan.html' is relative to nothing"),
        ("Bạn giữ phần soát lại.", "[Xem](#cham)", "the link '#cham' leads nowhere"),
        ("Bạn giữ phần soát lại.", "[Xem](https://vidu.vn/a)", "reads from a remote address"),
        ("Bạn giữ phần soát lại.", "<img src='material/ba_cho.svg'>", "a picture without alt text"),
        (
            'gate = ["not_copied"]  # chép nguyên giấy thì chưa được điểm',
            "",
            "exercise 'mend': lazy answer (the card pasted) earns 5 of 8 in teacher/A, teacher/B",
        ),
        ('facts = ["{{hour}}", "{{day|date}}", "{{place}}", "{{money}}"]', 'facts = ["tin"]', "lazy answer"),
    ],
)
def test_what_is_broken_in_lesson_toml_is_named(folder: Path, old: str, new: str, words: str) -> None:
    edit(folder, old, new)
    problems = checked(folder).problems
    assert any(words in problem for problem in problems), problems


def other_points(notebook: NotebookNode) -> None:
    notebook.cells[3].metadata.nbgrader.points = 5


def picture_gone(notebook: NotebookNode) -> None:
    notebook.cells[2].source = notebook.cells[2].source.replace("ba_cho", "bon_cho")


def stored_output(notebook: NotebookNode) -> None:
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="xong")]


def called_twice(notebook: NotebookNode) -> None:
    notebook.cells.append(copy.deepcopy(notebook.cells[1]))
    notebook.cells[-1].id = "lan-hai"


def reads_remote(notebook: NotebookNode) -> None:
    notebook.cells[1].source += "\nhinh = 'https://vidu.vn/anh.png'"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (other_points, ["cells spot carry 5 points, lesson.toml says 6"]),
        (picture_gone, ["cell 3: picture material/bon_cho.svg is missing", "material/ba_cho.svg is shown by nothing"]),
        (stored_output, ["cell 2 holds stored outputs"]),
        (called_twice, ["exercise 'guess' is called 2 times, not once"]),
        (reads_remote, ["cell 2 reads from a remote address"]),
    ],
)
def test_what_is_broken_in_the_notebook_is_named(
    folder: Path, change: Callable[[NotebookNode], None], words: list[str]
) -> None:
    edit_notebook(folder, change)
    problems = checked(folder).problems
    assert all(any(word in problem for problem in problems) for word in words), problems


def test_a_picture_with_a_script_or_a_remote_part_is_named(folder: Path) -> None:
    edit(folder, "<rect", "<script>1</script><image href='https://vidu.vn/a.png'/><rect", "material/ba_cho.svg")
    problems = checked(folder).problems
    assert any("ba_cho.svg holds a script" in problem for problem in problems)
    assert any("ba_cho.svg reads from another file" in problem for problem in problems)


def test_a_criterion_that_no_sample_is_told_of_is_named(folder: Path) -> None:
    (folder / "samples" / "fail_mend_new_figure.toml").unlink()
    edit(folder, "18 giờ", "19 giờ", "samples/fail_mend_ai_hour.toml")
    assert any("criterion 'only_ours': no sample is told its missing" in p for p in checked(folder).problems)


def test_a_score_that_depends_on_the_door_is_named(folder: Path) -> None:
    def loses_answers(notebook: NotebookNode, lesson: str, drafts: Mapping[str, dict[str, Any]]) -> NotebookNode:
        return handed_in(notebook, lesson, {id_: answer for id_, answer in drafts.items() if id_ != "spot"})

    problems = check_lesson(read_lesson(folder), None, loses_answers).problems
    assert any(
        "sample pass_spot: exercise 'spot' earns 6 by a check, 0 by the app, 6 by nbgrader" in problem
        for problem in problems
    ), problems


def test_what_would_reach_a_model_unread_is_noted_and_costs_nothing(folder: Path) -> None:
    edit(folder, 'gate = ["not_copied", "on_topic"]\n  missing = "Đọc to', 'missing = "Đọc to')
    report = checked(folder)
    assert any("criterion 'plain': its gates let through to a model: one word" in note for note in report.notes)
    assert report.ok


def test_a_challenge_may_take_twice_the_reading_and_typing() -> None:
    figures = Figures(
        syllables=1600, syllables_with_material=2200, typed=160, cells=12, exercises=4, kinds=["find", "text"],
        offline_points_share=0.8, lazy_share_max=0.1, roles=2, variants_min=3,
    )  # fmt: skip
    assert list(past_limits(figures, "text.challenge", "")) == []
    assert len(list(past_limits(figures, "text.report", ""))) == 3
    past = figures.model_copy(update={"syllables": 1601, "lazy_share_max": 0.25})
    assert [line.partition(":")[0] for line in past_limits(past, "text.challenge", "")] == [
        "syllables of prose",
        "best lazy answer's share",
    ]


def test_every_figure_but_the_number_of_samples_has_a_limit() -> None:
    assert {limit.figure for limit in limits("text.report")} == set(Figures.model_fields) - {"samples"}

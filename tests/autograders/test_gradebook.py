"""The gradebook of a class, read back with nbgrader's own classes."""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from small_lesson import write_lesson

from autograders.gradebook import ClassGradebook, GradebookError, Override, write_file
from autograders.models import CriterionGrade, ExerciseGrade, Grade, Provenance
from course.assignment import student_notebook
from course.catalog import LessonFolder, read_lesson
from course.notebook import exercise_calls, with_answer

LESSON = "text.small"
AT = datetime(2027, 3, 12, 8, 30, 15, 123456, tzinfo=UTC)
RULE = Provenance(by="rule")


@pytest.fixture
def folder(tmp_path: Path) -> LessonFolder:
    return read_lesson(write_lesson(tmp_path / "small", code=True))


@pytest.fixture
def gradebook(tmp_path: Path, folder: LessonFolder) -> Iterator[ClassGradebook]:
    with ClassGradebook(tmp_path / "classes" / "demo", "demo") as opened:
        opened.add_assignment(folder)
        yield opened


def scored(id_: str, points: float | None, max_: float, message: str = "", evidence: str = "") -> CriterionGrade:
    status = "scored" if points is not None else "waiting"
    return CriterionGrade(
        id=id_, points=points, max=max_, status=status, message=message, evidence=evidence, provenance=RULE
    )


def grade(pick: float = 4, facts: float = 2, fit: float | None = None, tests: float = 3) -> Grade:
    return Grade(
        lesson=LESSON,
        graded_at=AT,
        exercises=(
            ExerciseGrade(id="pick", max=4, criteria=(scored("right", pick, 4),)),
            ExerciseGrade(
                id="notice",
                max=6,
                criteria=(
                    scored("facts", facts, 4, "Chưa có: nhà văn hóa xóm.", "họp ngày 12/3"),
                    scored("fit", fit, 2, "Chờ thầy cô."),
                ),
            ),
            ExerciseGrade(id="sum", max=3, criteria=(scored("tests", tests, 3),)),
        ),
    )


def submission(folder: LessonFolder) -> NotebookNode:
    notebook = student_notebook(folder)
    for call in exercise_calls(notebook):
        cell = notebook.cells[call.cell]
        if call.exercise.endswith("/notice"):
            cell.source = with_answer(cell.source, {"prompt": "viết", "final": "họp ngày 12/3"})
    return notebook


def rows(gradebook: ClassGradebook, learner: str = "lan") -> dict[str, tuple[float | None, float | None, bool]]:
    with Gradebook(f"sqlite:///{gradebook.path / 'gradebook.db'}", "demo") as gb:
        book = gb.find_submission_notebook("lesson", LESSON, learner)
        return {g.name: (g.auto_score, g.manual_score, g.needs_manual_grade) for g in book.grades}


def comments(gradebook: ClassGradebook, learner: str = "lan") -> dict[str, str | None]:
    with Gradebook(f"sqlite:///{gradebook.path / 'gradebook.db'}", "demo") as gb:
        return {c.name: c.comment for c in gb.find_submission_notebook("lesson", LESSON, learner).comments}


def as_teacher(gradebook: ClassGradebook, cell: str, score: float | None, comment: str | None = None) -> None:
    """What formgrader's page does."""
    with Gradebook(f"sqlite:///{gradebook.path / 'gradebook.db'}", "demo") as gb:
        gb.find_grade(cell, "lesson", LESSON, "lan").manual_score = score
        if comment is not None:
            gb.find_comment(cell, "lesson", LESSON, "lan").manual_comment = comment
        gb.db.commit()


def autograded(gradebook: ClassGradebook) -> NotebookNode:
    return nbformat.read(gradebook.path / "autograded" / "lan" / LESSON / "lesson.ipynb", as_version=4)


def test_the_database_is_one_nbgrader_takes_for_its_own(gradebook: ClassGradebook) -> None:
    with Gradebook(f"sqlite:///{gradebook.path / 'gradebook.db'}", "demo") as gb:
        assignment = gb.find_assignment(LESSON)
        assert (assignment.max_score, assignment.course_id) == (13.0, "demo")
        assert "HIDDEN TESTS" in gb.find_source_cell("sum_test", "lesson", LESSON).source
    connection = sqlite3.connect(gradebook.path / "gradebook.db")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("SELECT length(version_num) FROM alembic_version").fetchall() == [(12,)]


def test_a_learner_stands_there_by_name_until_another_name_is_given(
    gradebook: ClassGradebook, folder: LessonFolder
) -> None:
    for given, stands in ((("Lan", "Nông Thị"), "Nông Thị"), (None, "Nông Thị"), (("Lan", "Nông"), "Nông")):
        gradebook.write("lan", LESSON, submission(folder), grade(), AT, names=given)
        with Gradebook(f"sqlite:///{gradebook.path / 'gradebook.db'}", "demo") as gb:
            student = gb.find_student("lan")
            assert (student.first_name, student.last_name) == ("Lan", stands)


def test_scores_comments_and_what_waits_are_written(gradebook: ClassGradebook, folder: LessonFolder) -> None:
    gradebook.write("lan", LESSON, submission(folder), grade(), AT)
    assert rows(gradebook) == {"pick": (4, None, False), "notice": (2, None, True), "sum_test": (3, None, False)}
    notice = comments(gradebook)["notice"] or ""
    assert "2/4 điểm: Chưa có: nhà văn hóa xóm." in notice
    assert "Trong bài: “họp ngày 12/3”" in notice and "chờ chấm (2 điểm): Chờ thầy cô." in notice
    assert comments(gradebook)["sum_answer"] == "• 3/3 điểm: Đạt."


def test_files_lie_where_nbgrader_looks_and_times_agree(gradebook: ClassGradebook, folder: LessonFolder) -> None:
    here = AT.astimezone(timezone(timedelta(hours=7)))
    gradebook.write("lan", LESSON, submission(folder), grade(), here)
    stamp = (gradebook.path / "submitted" / "lan" / LESSON / "timestamp.txt").read_text()
    assert stamp == "2027-03-12 08:30:15.123456 UTC"
    with Gradebook(f"sqlite:///{gradebook.path / 'gradebook.db'}", "demo") as gb:
        assert gb.find_submission(LESSON, "lan").timestamp == AT.replace(tzinfo=None)
    assert (gradebook.path / "source" / LESSON / "lesson.ipynb").exists()
    assert "HIDDEN" not in (gradebook.path / "release" / LESSON / "lesson.ipynb").read_text()


def test_a_regrade_keeps_what_the_teacher_gave(gradebook: ClassGradebook, folder: LessonFolder) -> None:
    gradebook.write("lan", LESSON, submission(folder), grade(), AT)
    as_teacher(gradebook, "notice", 5.5, "Rất rõ.")
    gradebook.write("lan", LESSON, submission(folder), grade(facts=4), AT)
    assert rows(gradebook)["notice"] == (4, 5.5, False)
    assert comments(gradebook)["notice"] == "Rất rõ."


def test_writing_twice_changes_nothing(gradebook: ClassGradebook, folder: LessonFolder) -> None:
    gradebook.write("lan", LESSON, submission(folder), grade(), AT)
    before = rows(gradebook), comments(gradebook), autograded(gradebook).cells[2].source
    gradebook.add_assignment(folder)
    gradebook.write("lan", LESSON, submission(folder), grade(), AT)
    assert (rows(gradebook), comments(gradebook), autograded(gradebook).cells[2].source) == before
    with Gradebook(f"sqlite:///{gradebook.path / 'gradebook.db'}", "demo") as gb:
        assert len(gb.assignment_submissions(LESSON)) == 1


def test_overrides_are_what_teachers_changed_and_nothing_else(gradebook: ClassGradebook, folder: LessonFolder) -> None:
    gradebook.write("lan", LESSON, submission(folder), grade(), AT)
    assert gradebook.overrides() == []
    as_teacher(gradebook, "notice", 5.5, "Rất rõ.")
    as_teacher(gradebook, "sum_test", 1)
    assert gradebook.overrides() == [
        Override("lan", LESSON, "notice", 5.5, "Rất rõ."),
        Override("lan", LESSON, "sum", 1, ""),
    ]
    as_teacher(gradebook, "sum_test", None)
    assert gradebook.overrides() == [Override("lan", LESSON, "notice", 5.5, "Rất rõ.")]


def test_extra_credit_counts_as_a_change(gradebook: ClassGradebook, folder: LessonFolder) -> None:
    gradebook.write("lan", LESSON, submission(folder), grade(), AT)
    with Gradebook(f"sqlite:///{gradebook.path / 'gradebook.db'}", "demo") as gb:
        gb.find_grade("pick", "lesson", LESSON, "lan").extra_credit = 0.5
        gb.db.commit()
    assert gradebook.overrides() == [Override("lan", LESSON, "pick", 4.5, "")]


def test_locked_cells_are_put_back_and_the_answer_stays(gradebook: ClassGradebook, folder: LessonFolder) -> None:
    notebook = submission(folder)
    notebook.cells[5].source = "pass"
    gradebook.write("lan", LESSON, notebook, grade(), AT)
    cells = autograded(gradebook).cells
    assert "HIDDEN TESTS" in cells[5].source
    assert "họp ngày 12/3" in cells[2].source


def test_deleted_cells_get_their_rows_and_their_place_back(gradebook: ClassGradebook, folder: LessonFolder) -> None:
    notebook = submission(folder)
    del notebook.cells[1:6]
    gradebook.write("lan", LESSON, notebook, grade(), AT)
    ids = [c.metadata.get("nbgrader", {}).get("grade_id") for c in autograded(gradebook).cells]
    assert [id_ for id_ in ids if id_] == ["pick", "notice", "sum_answer", "sum_test", "sum_touch"]
    assert set(rows(gradebook)) == {"pick", "notice", "sum_test"}


def test_of_copied_cells_the_one_that_was_graded_is_shown_with_the_score(
    gradebook: ClassGradebook, folder: LessonFolder
) -> None:
    notebook = submission(folder)
    empty = copy.deepcopy(student_notebook(folder).cells[2])
    empty.id = "copy"
    notebook.cells.insert(0, empty)
    gradebook.write("lan", LESSON, notebook, grade(), AT)
    shown = [c for c in autograded(gradebook).cells if c.metadata.get("nbgrader", {}).get("grade_id") == "notice"]
    assert len(shown) == 1 and "họp ngày 12/3" in shown[0].source


def test_a_learners_metadata_and_outputs_do_not_reach_the_teachers_page(
    gradebook: ClassGradebook, folder: LessonFolder
) -> None:
    notebook = submission(folder)
    evil = '"><script>alert(1)</script>'
    output = nbformat.v4.new_output("display_data", {"text/html": evil})
    meta = {"nbgrader": {"grade_id": evil, "solution": True, "grade": True, "points": evil}, "tags": [evil]}
    notebook.cells.append(nbformat.v4.new_code_cell("x", metadata=meta, outputs=[output]))
    notebook.cells.append(nbformat.v4.new_raw_cell("y", metadata={"raw_mimetype": "text/html"}))
    notebook.metadata["title"] = evil
    gradebook.write("lan", LESSON, notebook, grade(), AT)
    assert evil not in (gradebook.path / "autograded" / "lan" / LESSON / "lesson.ipynb").read_text()
    assert {cell.cell_type for cell in autograded(gradebook).cells} == {"code", "markdown"}


def test_a_learners_markdown_is_shown_as_written_and_the_lessons_as_markdown(
    gradebook: ClassGradebook, folder: LessonFolder
) -> None:
    notebook = submission(folder)
    notebook.cells.append(nbformat.v4.new_markdown_cell("````\n<b>"))
    gradebook.write("lan", LESSON, notebook, grade(), AT)
    shown = autograded(gradebook).cells
    assert shown[0].source == "**Bài nhỏ.** Anh Thắng viết thông báo."
    assert shown[-1].source == "`````\n````\n<b>\n`````"


def test_a_lesson_that_is_no_assignment_is_refused_and_leaves_no_file(
    gradebook: ClassGradebook, folder: LessonFolder
) -> None:
    with pytest.raises(GradebookError, match=r"'text\.other' is no assignment of class 'demo'"):
        gradebook.write("lan", "text.other", submission(folder), grade(), AT)
    assert not (gradebook.path / "submitted" / "lan" / "text.other").exists()


def test_taking_a_graded_cell_out_of_a_lesson_that_was_submitted_is_refused(
    gradebook: ClassGradebook, folder: LessonFolder
) -> None:
    gradebook.write("lan", LESSON, submission(folder), grade(), AT)
    notebook = copy.deepcopy(folder.notebook)
    notebook.cells.pop(6)
    nbformat.write(notebook, folder.path / "lesson.ipynb")
    with pytest.raises(GradebookError, match="cells sum_touch are gone"):
        gradebook.add_assignment(read_lesson(folder.path))


def test_a_cell_added_later_gets_rows_in_earlier_submissions(tmp_path: Path) -> None:
    place = write_lesson(tmp_path / "small")
    with ClassGradebook(tmp_path / "demo", "demo") as gradebook:
        gradebook.add_assignment(read_lesson(place))
        gradebook.write("lan", LESSON, submission(read_lesson(place)), grade(), AT)
        bigger = read_lesson(write_lesson(place, code=True))
        gradebook.add_assignment(bigger)
        assert rows(gradebook)["sum_test"] == (None, None, True)
        gradebook.write("lan", LESSON, submission(bigger), grade(), AT)
        assert rows(gradebook)["sum_test"] == (3, None, False)


def test_points_of_a_code_exercise_are_shared_over_its_test_cells(tmp_path: Path) -> None:
    place = write_lesson(tmp_path / "small", code=True)
    toml = (place / "lesson.toml").read_text().replace('cells = ["sum_test"]', 'cells = ["sum_test", "sum_more"]')
    (place / "lesson.toml").write_text(toml)
    notebook = nbformat.read(place / "lesson.ipynb", as_version=4)
    notebook.cells[5].metadata.nbgrader.points = 1
    more = copy.deepcopy(notebook.cells[5])
    more.id, more.metadata.nbgrader.grade_id, more.metadata.nbgrader.points = "more", "sum_more", 2
    notebook.cells.insert(6, more)
    nbformat.write(notebook, place / "lesson.ipynb")
    folder = read_lesson(place)
    with ClassGradebook(tmp_path / "demo", "demo") as gradebook:
        gradebook.add_assignment(folder)
        gradebook.write("lan", LESSON, submission(folder), grade(tests=2), AT)
        scores = {name: row[0] for name, row in rows(gradebook).items()}
        assert scores["sum_test"] == 0.67 and scores["sum_more"] == 1.33
        as_teacher(gradebook, "sum_more", 2)
        assert gradebook.overrides() == [Override("lan", LESSON, "sum", 2.67, "")]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b.txt"
    write_file(file, b"old")
    with pytest.raises(TypeError):
        write_file(file, "not bytes")  # type: ignore[arg-type]
    assert file.read_bytes() == b"old" and list(file.parent.iterdir()) == [file]

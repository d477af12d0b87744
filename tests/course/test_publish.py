from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from kinds_lesson import notebook, write_lesson
from nbformat.v4 import new_code_cell, new_markdown_cell

from course.catalog import LessonFolder, read_lesson
from course.errors import LessonError
from course.publish import execute, files_shown, public_index, steps_of, without_code


@pytest.fixture
def folder(tmp_path: Path) -> LessonFolder:
    return read_lesson(write_lesson(tmp_path / "01_kinds"))


def test_the_public_index_has_kinds_but_no_answer_and_nothing_drawn(folder: LessonFolder) -> None:
    index = public_index(folder)
    assert index["exercises"]["notice"]["kind"] == "prompt"
    assert index["exercises"]["sort"]["categories"][0]["label"] == "Việc"
    text = json.dumps(index, ensure_ascii=False)
    for secret in ("19 giờ 30", "12/03/2027", "13/03/2027", "reason", "correct", "Thẻ ghi thế", "levels", "150000"):
        assert secret not in text.replace('"facts": ["19 giờ 30"', ""), secret


def test_of_drawn_items_the_ones_that_all_variants_share_are_public(folder: LessonFolder) -> None:
    items = public_index(folder)["exercises"]["pick"]["items"]
    assert [item["id"] for item in items] == ["who"]


def test_code_solutions_tests_and_lab_cells_are_left_out_of_the_app(folder: LessonFolder) -> None:
    sources = [cell.source for cell in without_code(notebook()).cells]
    assert not any("total" in source or "JupyterLab" in source for source in sources)
    assert sum("exercise(" in source for source in sources) == 12


def test_a_step_is_what_is_read_and_the_exercise_after_it() -> None:
    cells = [
        new_markdown_cell("a"),
        new_markdown_cell("b"),
        new_code_cell('exercise("text.kinds/pick")', outputs=[nbformat.v4.new_output("display_data")]),
        new_code_cell('exercise("text.kinds/sum")', outputs=[nbformat.v4.new_output("display_data")]),
        new_code_cell("x = 1"),
        new_markdown_cell("c"),
    ]
    steps = steps_of(nbformat.v4.new_notebook(cells=cells), {"text.kinds/sum": "code"})
    assert [[cell.source for cell in step.cells] for step in steps] == [
        ["a", "b", 'exercise("text.kinds/pick")'],
        ["c"],
    ]


def test_a_cell_that_raises_is_named_with_its_lesson(tmp_path: Path) -> None:
    cells = [new_markdown_cell("a"), new_code_cell("x = 1"), new_code_cell("1 / 0")]
    with pytest.raises(LessonError, match=r"lesson text\.kinds, cell 3 of the app \('1 / 0'\): ZeroDivisionError"):
        execute(nbformat.v4.new_notebook(cells=cells), "text.kinds", tmp_path)


def test_a_lessons_kernel_gets_no_secret_of_the_process_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOCAI_AI_KEY", "sk-secret")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "token")
    cell = new_code_cell("import os\nprint('HOCAI_AI_KEY' in os.environ, 'JUPYTERHUB_API_TOKEN' in os.environ)")
    execute(nbformat.v4.new_notebook(cells=[cell]), "text.kinds", tmp_path)
    assert cell.outputs[0].text == "False False\n"


def test_a_picture_or_sound_that_is_missing_or_outside_material_is_an_error(folder: LessonFolder) -> None:
    assert files_shown(folder) == ["call.mp3"]
    for name in ("tea.png", "../lesson.toml"):
        folder.notebook.cells[0].source = f"![chè](material/{name})"
        with pytest.raises(LessonError, match="no file in material"):
            files_shown(folder)
    (folder.path / "material" / "tea.png").write_bytes(b"png")
    folder.notebook.cells[0].source = "![chè](material/tea.png)"
    assert files_shown(folder) == ["call.mp3", "tea.png"]
    (folder.path / "material" / "call.mp3").unlink()
    with pytest.raises(LessonError, match=r"'call\.mp3' is shown but is no file in material"):
        files_shown(folder)


def test_a_table_without_a_given_name_fails_when_published_as_it_would_in_a_learners_kernel(tmp_path: Path) -> None:
    setup = new_code_cell("import duckdb, pandas as pd\nrain = pd.DataFrame({'mm': [1, 2]})")
    asked = new_code_cell("duckdb.sql('select sum(mm) from rain').df()")
    with pytest.raises(LessonError, match=r"cell 2 of the app .*CatalogException"):
        execute(nbformat.v4.new_notebook(cells=[setup, asked]), "text.kinds", tmp_path)
    named = new_code_cell("duckdb.register('rain', rain)\nduckdb.sql('select sum(mm) from rain').df()")
    execute(nbformat.v4.new_notebook(cells=[setup, named]), "text.kinds", tmp_path)

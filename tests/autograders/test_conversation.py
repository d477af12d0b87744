"""The conversation with the AI in formgrader's page, as nbgrader's own exporter shows it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from small_lesson import write_lesson

sys.path.insert(0, str(Path(__file__).parents[1] / "attacks"))

from active_content import active_content
from chromium import chromium, needs_chromium
from formgrader_page import page_of
from playwright.sync_api import Page

from autograders import wording
from autograders.conversation import turns
from autograders.gradebook import ClassGradebook
from autograders.graded_notebook import graded_notebook
from autograders.models import AiReply, Context, Grade, prompt_sha256
from course.assignment import gradebook_notebook, nbgrader_metadata, student_notebook
from course.catalog import LessonFolder, read_lesson
from course.notebook import exercise_calls, with_answer

PROMPT = "Viết thông báo họp xóm."
REPLY = "THÔNG BÁO\n\nThời gian: 8 giờ sáng.\n- Mang theo sổ."
AT = datetime(2027, 3, 12, 2, 5, tzinfo=UTC)


def said(text: str = REPLY, prompt: str = PROMPT, made_up: str = "") -> AiReply:
    spans = ((text.index(made_up), text.index(made_up) + len(made_up)),) if made_up else ()
    return AiReply(
        prompt_sha256=prompt_sha256(prompt), label="AI luyện tập", practice=True, text=text, at=AT, invented=spans
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> LessonFolder:
    return read_lesson(write_lesson(tmp_path_factory.mktemp("lesson") / "small"))


def submitted(folder: LessonFolder) -> NotebookNode:
    notebook = student_notebook(folder)
    for call in exercise_calls(notebook):
        if call.exercise.endswith("/notice"):
            cell = notebook.cells[call.cell]
            cell.source = with_answer(cell.source, {"prompt": PROMPT, "final": "Họp."})
    return notebook


def shown(folder: LessonFolder, *replies: AiReply) -> NotebookNode:
    return graded_notebook(gradebook_notebook(folder), submitted(folder), replies={"notice": replies})


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


def conversation(page: Page, notebook: NotebookNode, folder: Path) -> Page:
    """Formgrader's page of a notebook, in a browser."""
    nbformat.write(notebook, folder / "lesson.ipynb")
    page.set_content(page_of(str(folder / "lesson.ipynb")), wait_until="domcontentloaded")
    return page


def test_it_stands_behind_its_exercise_and_changes_no_cell_of_the_gradebook(folder: LessonFolder) -> None:
    plain, talking = shown(folder), shown(folder, said())
    new = [index for index, cell in enumerate(talking.cells) if wording.CONVERSATION in cell.source]
    assert len(new) == 1 and len(talking.cells) == len(plain.cells) + 1
    before = talking.cells[new[0] - 1]
    assert PROMPT in before.source and nbgrader_metadata(before)["grade_id"]
    del talking.cells[new[0]]
    assert [(c.source, c.metadata) for c in talking.cells] == [(c.source, c.metadata) for c in plain.cells]


def test_an_exercise_in_which_nobody_asked_has_none(folder: LessonFolder) -> None:
    assert not any(wording.CONVERSATION in cell.source for cell in shown(folder).cells)


@needs_chromium
def test_the_teacher_reads_the_reply_as_it_was_and_what_was_made_up(
    folder: LessonFolder, browser_page: Page, tmp_path: Path
) -> None:
    page = conversation(browser_page, shown(folder, said(made_up="8 giờ sáng"), said("Khác.", "Viết.")), tmp_path)
    first, second = page.locator("li pre", has_text="THÔNG BÁO"), page.locator("li", has_text="Khác.")
    assert first.inner_text() == REPLY.replace("8 giờ sáng", f"8 giờ sáng [{wording.MADE_UP}]")
    assert page.locator("mark").all_inner_texts() == [f"8 giờ sáng [{wording.MADE_UP}]"]
    assert "09:05, 12/03/2027" in page.inner_text("body") and wording.TO_PROMPT in page.inner_text("body")
    assert wording.TO_EARLIER_PROMPT in second.inner_text()


HOSTILE = [
    "</pre></li></ol></div><script>top.hit = 1</script>",
    "<img src=x onerror='top.hit = 1'>",
    "# Tiêu đề\n\n```python\nx\n```\n\n| a | b |\n|---|---|",
    "![x](http://example.org/x.png) [y](javascript:top.hit=1) <http://example.org>",
    "$$\\href{javascript:top.hit=1}{x}$$ \\(x\\) _a_ *b* ~c~ `d`",
    "a\r\nb\n\n\n</div>\n\n<svg onload='top.hit = 1'>",
    "&lt;script&gt; &amp; &#60;",
]


@needs_chromium
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_reply_is_shown_letter_by_letter(
    folder: LessonFolder, browser_page: Page, tmp_path: Path, text: str
) -> None:
    page = conversation(browser_page, shown(folder, said(f"TRẢ LỜI {text}")), tmp_path)
    assert page.locator("li pre", has_text="TRẢ LỜI").text_content() == f"TRẢ LỜI {text}".replace("\r", "")
    assert page.evaluate("top.hit") is None
    assert active_content(page_of(str(tmp_path / "lesson.ipynb"))) == active_content(_plain_page(folder, tmp_path))


def _plain_page(folder: LessonFolder, place: Path) -> str:
    nbformat.write(shown(folder), place / "plain.ipynb")
    return page_of(str(place / "plain.ipynb"))


def test_the_gradebook_writes_it_from_the_context(folder: LessonFolder, tmp_path: Path) -> None:
    context = Context(role="official", variant="A", replies={"notice": (said(),)})
    with ClassGradebook(tmp_path / "demo", "demo") as book:
        book.add_assignment(folder)
        book.write(
            "lan", "text.small", submitted(folder), Grade(lesson="text.small", exercises=(), graded_at=AT), AT, context
        )
    graded = (tmp_path / "demo" / "autograded" / "lan" / "text.small" / "lesson.ipynb").read_text("utf-8")
    assert wording.CONVERSATION in graded
    handed_in = (tmp_path / "demo" / "submitted" / "lan" / "text.small" / "lesson.ipynb").read_text("utf-8")
    assert wording.CONVERSATION not in handed_in


def test_prompts_are_told_by_their_hash() -> None:
    known = turns([said("a", "một"), said("b", "hai"), said("c", "ba"), said("d", " hai\n")], "hai", ["một", ""])
    assert [(t.prompt, t.handed_in) for t in known] == [("một", False), ("hai", True), ("", False), ("hai", True)]
    assert [t.handed_in for t in turns([said("a", "")], "")] == [False]

"""The teachers' handbook says what the product shows: its buttons, commands, links and pictures are there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from hub_config.cli import main

ROOT = Path(__file__).parent.parent
BOOK = ROOT / "docs" / "teachers"
PAGES = sorted(BOOK.glob("*.md"))
PICTURE = re.compile(r"!\[([^\]]*)\]\((pictures/[^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#]+)(?:#[^)]*)?\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
COMMAND = re.compile(r"`?(?:\.venv/bin/)?hocai ([a-z]+)(?: ([a-z]+))?")
MAX_BYTES = 1_500_000
ENGLISH = {  # buttons of JupyterLab and nbgrader
    "+", "Assignment List", "Create Assignment", "Full credit", "ID", "Manage Assignments", "Manual Grading",
    "No credit", "Password or token", "Points", "Show All Names", "Terminal", "Total points", "Type",
}  # fmt: skip
EMPHASIS = {"Chữ đậm", "một", "thầy cô"}  # bold, and no words on a screen


def test_every_page_is_in_the_index() -> None:
    index = (BOOK / "README.md").read_text("utf-8")
    assert {page.name for page in PAGES} == {"README.md", *LINK.findall(index)} - {"../grading.md"}
    for readme in ("README.md", "README.vi.md"):
        assert "docs/teachers/README.md" in (ROOT / readme).read_text("utf-8")


def test_every_picture_is_shown_with_a_text_and_they_are_small() -> None:
    shown = [found for page in PAGES for found in PICTURE.findall(page.read_text("utf-8"))]
    assert all(len(text) > 20 for text, _ in shown)
    files = {f"pictures/{file.name}" for file in (BOOK / "pictures").iterdir()}
    assert {name for _, name in shown} == files
    assert sum((BOOK / name).stat().st_size for name in files) <= MAX_BYTES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (BOOK / link).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_exist(page: Path) -> None:
    context = click.Context(main)
    for word, second in COMMAND.findall(page.read_text("utf-8")):
        command = main.get_command(context, word)
        assert command is not None, f"hocai {word}"
        if isinstance(command, click.Group):
            assert command.get_command(context, second) is not None, f"hocai {word} {second}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_words_of_buttons_are_those_on_the_screen(page: Path) -> None:
    screens = _screens()
    words = {" ".join(word.split()) for word in BOLD.findall(page.read_text("utf-8"))} - ENGLISH - EMPHASIS
    unknown = sorted(word for word in words if word not in screens)
    assert not unknown, f"{page.name} names {unknown}, which no page of the product shows"


def _screens() -> str:
    """All Vietnamese text that the product shows."""
    kinds = ("wording.py", "*.html", "*.j2", "*.js")
    found = [file for package in ("hub_config", "course") for kind in kinds for file in (ROOT / package).rglob(kind)]
    return " ".join(" ".join(file.read_text("utf-8").split()) for file in sorted(found))

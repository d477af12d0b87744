from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from course.exercises import frontend
from course.exercises.kinds import WIDGETS

MODULES = sorted({widget.module for widget in WIDGETS.values()})
PAGE = Path(__file__).parents[3] / "hub_config/services/apps/templates/phone"
FILES = sorted([*frontend.FOLDER.glob("*.js"), *PAGE.glob("*.js")])
LETTERS = re.compile("[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ]", re.IGNORECASE)


@pytest.mark.parametrize("name", MODULES)
def test_a_joined_module_stands_alone(name: str, tmp_path: Path) -> None:
    text = frontend.joined_module(name)
    assert not re.search(r"^import ", text, re.MULTILINE)
    assert len(re.findall(r"^export default ", text, re.MULTILINE)) == 1
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed; it checks the syntax of the joined module")
    file = tmp_path / f"{name}.mjs"
    file.write_text(text, "utf-8")
    found = subprocess.run([node, "--check", str(file)], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


def test_modules_joined_for_a_page_keep_their_names_apart(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        'import b from "./b.js";\nimport { c } from "./c.js";\nconst own = 1;\nlog(own, b, c());\n'
    )
    (tmp_path / "b.js").write_text('import { c } from "./c.js";\nconst own = 2;\nexport default own + c();\n')
    (tmp_path / "c.js").write_text("const own = 3;\nexport const c = () => own;\n")
    text = frontend.joined("a", [tmp_path])
    assert text.count("const own = 3;") == 1, "a module that two need is there once"
    file = tmp_path / "joined.js"
    file.write_text(f"const log = (...all) => console.log(all.join());\n{text}", "utf-8")
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed; it runs the joined script")
    assert subprocess.run([node, file], capture_output=True, text=True, check=True).stdout == "1,5,3\n"


def test_hashed_names_follow_content() -> None:
    first = frontend.hashed({"a.css": b"a", "b.png": b"b"})
    second = frontend.hashed({"a.css": b"c", "b.png": b"b"})
    assert re.fullmatch(r"a\.[0-9a-f]{12}\.css", first["a.css"][0])
    assert second["a.css"][0] != first["a.css"][0] and second["b.png"] == first["b.png"]


def test_an_import_of_nothing_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\n', "utf-8")
    with pytest.raises(ValueError, match=r"b\.js"):
        frontend.joined("a", [tmp_path])


def test_pages_have_a_widget_for_every_kind() -> None:
    text = (frontend.FOLDER / "kinds.js").read_text("utf-8")
    listed = re.search(r"widgets = \{([^}]*)\}", text)
    assert listed
    pairs = [pair.strip().partition(": ") for pair in listed[1].split(",")]
    assert {kind: module or kind for kind, _, module in pairs} == {kind: w.module for kind, w in WIDGETS.items()}


@pytest.mark.parametrize("file", [*frontend.FOLDER.glob("*.css"), *FILES], ids=lambda p: p.name)
def test_front_end_files_are_short_and_remote_addresses_are_none(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name)
def test_what_learners_read_stands_in_wording_only(file: Path) -> None:
    if file.stem == "wording":
        return
    code = re.sub(r"^\s*//.*$", "", file.read_text("utf-8"), flags=re.MULTILINE)
    code = re.sub(r" // .*$", "", code, flags=re.MULTILINE)
    assert not LETTERS.search(code)


def test_every_word_that_is_used_is_there() -> None:
    there = set(re.findall(r"^  (\w+):", (frontend.FOLDER / "wording.js").read_text("utf-8"), re.MULTILINE))
    used = {w for f in FILES for w in re.findall(r"words\.(\w+)", f.read_text("utf-8"))}
    assert used - there == set()
    assert there - used - {"yes", "partly", "notYet", "pending", "failed"} == set(), "words that nothing uses"

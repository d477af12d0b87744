from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from course.exercises import frontend
from course.exercises.kinds import WIDGETS

MODULES = sorted({widget.module for widget in WIDGETS.values()})
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


def test_hashed_names_follow_content_and_imports_point_to_them(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nb();\n', "utf-8")
    (tmp_path / "b.js").write_text("export const b = () => 1;\n", "utf-8")
    files = [tmp_path / "a.js", tmp_path / "b.js"]
    first = frontend.hashed_files(files)
    assert f"./{first['b.js'][0]}" in first["a.js"][1].decode()
    (tmp_path / "b.js").write_text("export const b = () => 2;\n", "utf-8")
    second = frontend.hashed_files(files)
    assert second["b.js"][0] != first["b.js"][0]
    assert second["a.js"][0] != first["a.js"][0], "a page must not keep the old import"


def test_an_import_of_nothing_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\n', "utf-8")
    with pytest.raises(ValueError, match=r"b\.js"):
        frontend.hashed_files([tmp_path / "a.js"])


@pytest.mark.parametrize("file", frontend.kit_files(), ids=lambda p: p.name)
def test_front_end_files_are_short_and_remote_addresses_are_none(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("file", frontend.FOLDER.glob("*.js"), ids=lambda p: p.name)
def test_what_learners_read_stands_in_wording_only(file: Path) -> None:
    if file.stem == "wording":
        return
    code = re.sub(r"^\s*//.*$", "", file.read_text("utf-8"), flags=re.MULTILINE)
    code = re.sub(r" // .*$", "", code, flags=re.MULTILINE)
    assert not LETTERS.search(code)


def test_every_word_that_is_used_is_there() -> None:
    there = set(re.findall(r"^  (\w+):", (frontend.FOLDER / "wording.js").read_text("utf-8"), re.MULTILINE))
    template = Path(__file__).parents[3] / "hub_config/services/apps/templates/phone/app.js"
    used = {
        w for f in [*frontend.FOLDER.glob("*.js"), template] for w in re.findall(r"words\.(\w+)", f.read_text("utf-8"))
    }
    assert used - there == set()
    assert there - used - {"yes", "partly", "notYet", "pending", "failed"} == set(), "words that nothing uses"

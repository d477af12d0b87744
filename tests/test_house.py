"""Rules of the house that hold over the whole tree."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("course", "autograders", "hub_config")
MAY_IMPORT = {"course": {"course"}, "autograders": {"course", "autograders"}, "hub_config": set(PACKAGES)}
VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)

SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
WRITTEN = SOURCES + [path for folder in ("tests", "benchmarks") for path in sorted((ROOT / folder).rglob("*.py"))]
NOTEBOOKS = sorted(p for level in ROOT.glob("level*") for p in level.rglob("*.ipynb"))


def imported(path: Path) -> set[str]:
    """Top names of the packages a module imports, those in functions included."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_there_are_sources_and_notebooks_to_look_at() -> None:
    assert len(SOURCES) > 40
    assert len(NOTEBOOKS) >= 3


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    wrong = imported(path) & set(PACKAGES) - MAY_IMPORT[package]
    assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}; allowed: course <- autograders <- hub_config"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_vietnamese_stands_only_in_wording_modules(path: Path) -> None:
    if path.name == "wording.py":
        return
    found = [n for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if VIETNAMESE.search(line)]
    assert not found, f"{path.relative_to(ROOT)}: Vietnamese text in lines {found}; move it to a wording.py"


@pytest.mark.parametrize("path", WRITTEN, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_stay_readable(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= 300, f"{path.relative_to(ROOT)} has {lines} lines; split it by noun, 300 at most"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.parent.name)
def test_notebooks_hold_no_outputs_and_import_only_the_kit(path: Path) -> None:
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"], 1):
        if cell["cell_type"] != "code":
            continue
        assert not cell["outputs"] and cell["execution_count"] is None, f"{path}: cell {number} holds outputs"
        source = "".join(cell["source"])
        assert not re.search(r"^\s*(from|import) (autograders|hub_config)", source, re.M), f"{path}: cell {number}"


def test_no_path_of_a_machine_stands_in_the_project() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    texts = [ROOT / name for name in listed if Path(name).suffix in {".py", ".md", ".toml", ".sh", ".ipynb", ".js", ""}]
    private = re.compile(r"(?<![\w.])/(work|farm|root)/")
    found = [str(p) for p in texts if p.is_file() and private.search(p.read_text("utf-8", "replace"))]
    assert found in ([], [str(Path(__file__))])

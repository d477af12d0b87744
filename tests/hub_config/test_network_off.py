"""Every kind of exercise on a machine with no network and no key, and the same lessons in front of a real model."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from kinds_lesson import write_lesson

from course.lesson import Kind

pytestmark = [
    pytest.mark.hub,
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap takes the network away"),
]
SCRIPT = Path(__file__).parents[1] / "network_off.py"
BWRAP = ("bwrap", "--dev-bind", "/", "/", "--unshare-net", "--die-with-parent")


def worked_through(folder: Path, *words: str) -> list[dict[str, Any]]:
    """The exercises of all lessons, and that each lesson was handed in and graded."""
    write_lesson(folder / "level1_kinds" / "01_kinds")
    shutil.copy(SCRIPT.parent / "live_lessons" / "level.toml", folder / "level1_kinds" / "level.toml")
    command = [*BWRAP, sys.executable, SCRIPT, folder / "level1_kinds", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["interfaces"] == ["lo"], "the network was not off"
    assert {lesson["state"] for lesson in told["lessons"].values()} == {"graded"}
    return [exercise for lesson in told["lessons"].values() for exercise in lesson["exercises"]]


def test_every_kind_works_without_network_or_key(tmp_path: Path) -> None:
    exercises = worked_through(tmp_path)
    assert {exercise["kind"] for exercise in exercises} >= set(get_args(Kind))
    for exercise in exercises:
        assert "failed" not in exercise.get("statuses", ()), exercise
        if exercise["kind"] == "prompt":
            assert (exercise["label"], exercise["practice"]) == ("AI luyện tập", True)
            assert len(exercise["reply"]) > 20


def test_the_same_lessons_are_answered_by_a_real_model_under_its_own_label(tmp_path: Path) -> None:
    prompts = [exercise for exercise in worked_through(tmp_path, "model") if exercise["kind"] == "prompt"]
    assert len(prompts) >= 2
    assert {(one["label"], one["practice"], one["reply"]) for one in prompts} == {
        ("test-model", False, "Kính mời bà con họp xóm.")
    }

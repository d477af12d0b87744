"""`hocai publish` while the hub runs: learners have the new lesson, the changed one, without a restart."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from running_hub import RunningHub, until

ROOT = Path(__file__).parents[2]
NEW = "text.don_xin"
API = "/services/campus/api"

pytestmark = [pytest.mark.hub, pytest.mark.timeout(400)]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[tuple[RunningHub, Path]]:
    """A hub over lessons of its own, and the folder of their level."""
    level = tmp_path / "level1_text"
    level.mkdir()
    shutil.copy(ROOT / "level1_text" / "level.toml", level)
    shutil.copytree(ROOT / "level1_text" / "07_report", level / "07_report")
    with RunningHub(extra={"HOCAI_LESSONS": str(level)}).running() as hub:
        yield hub, level


def test_a_new_lesson_is_learned_graded_and_coached_and_an_edit_is_seen(school: tuple[RunningHub, Path]) -> None:
    hub, level = school
    made = hub.command("lesson", "new", NEW)
    assert made.returncode == 0, made.stderr
    with hub.api(hub.token("hoa.ly")) as api:
        assert api.get(f"{API}/lessons/{NEW}").status_code == 404
        published = hub.command("publish")
        assert "Lessons published anew: 1" in published.stdout, published.stderr
        assert api.get(f"{API}/lessons/{NEW}").status_code == 200

        answer = {"text": "Bác chưa cho AI biết giờ nên nó tự nghĩ ra. Dò lại giấy gốc rồi hãy gửi."}
        body = {"answer": {**answer, "asked": "", "follow_up": ""}, "active_s": 5}
        assert api.post(f"{API}/exercises/{NEW}/tell/check", json=body).json()["points"] == 5
        asked = {"X-Hocai-Exercise": f"{NEW}/spot"}
        coached = api.post("/services/ai/v1/coach", json={"message": "Tôi bắt đầu từ đâu?"}, headers=asked)
        assert coached.json()["reply"]
        handed_in = api.post(f"{API}/lessons/{NEW}/submit", json={"active_s": 5}).json()["id"]
        until(lambda: api.get(f"{API}/submissions/{handed_in}").json()["state"] == "graded")
        assert api.get(f"{API}/submissions/{handed_in}").json()["points"] == 5

        file = level / "08_don_xin" / "lesson.toml"
        file.write_text(
            file.read_text("utf-8").replace('title = "Chạm vào chỗ AI viết sai"', 'title = "Dò lại"'), "utf-8"
        )
        assert "Dò lại" not in api.get(f"{API}/exercises/{NEW}/spot").text
        hub.command("publish")
        assert api.get(f"{API}/exercises/{NEW}/spot").json()["exercise"]["title"] == "Dò lại"
    with hub.sign_in("co.lan") as teacher:
        assert "Soát ba chỗ trước khi gửi" in teacher.get("/services/campus/classes/demo").text

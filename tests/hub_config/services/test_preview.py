"""The preview of a lesson over real HTTP: started by the command, following its folder, open to its key alone."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from running_hub import HOCAI, until

SOURCE = Path(__file__).parents[3] / "level1_text" / "03_summarise"
APP = "/services/apps/text.summarise/"


class Preview:
    """The command, running on a copy of a lesson."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.toml = folder / "lesson.toml"
        self.notebook = folder / "lesson.ipynb"
        self._output = output
        with output.open("wb") as said:
            self.process = subprocess.Popen([HOCAI, "preview", str(folder)], stdout=said, stderr=said)
        self.address = str(until(lambda: re.search(r"Ready: (\S+)", self.said()) or self.process.poll())[1])
        self.base = self.address.partition("/?")[0]
        self.client = httpx.Client(base_url=self.base, follow_redirects=True, timeout=30)

    def said(self) -> str:
        return self._output.read_text("utf-8")

    def state(self) -> dict[str, Any]:
        return dict(self.client.get("/preview/state").json())

    def session(self) -> dict[str, str]:
        answer = self.client.get("/services/apps/session").json()
        return {"Authorization": f"Bearer {answer['token']}"}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    place = tmp_path_factory.mktemp("preview")
    shutil.copytree(SOURCE, place / "lesson")
    running = Preview(place / "lesson", place / "said")
    assert running.client.get(running.address).status_code == 200  # takes the key into a cookie
    yield running
    running.client.close()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(30) == 0, running.said()


def test_without_the_key_nothing_is_shown(preview: Preview) -> None:
    for path in ("/", "/preview/state", APP, "/services/apps/session", "/services/campus/"):
        assert httpx.get(preview.base + path).status_code == 403, path
    assert httpx.get(f"{preview.base}/?key=wrong").status_code == 403
    elsewhere = preview.client.get("/", headers={"Host": "elsewhere.example"})
    assert elsewhere.status_code == 400
    assert preview.client.post("/preview/anew", data={"a": "b"}).status_code == 400  # another site's form


def test_the_real_app_page_is_shown_and_campus_checks_answers(preview: Preview) -> None:
    page = preview.client.get(APP)
    assert 'data-lesson="text.summarise"' in page.text
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    call = "/services/campus/api/exercises/text.summarise/changed"
    assert preview.client.get(call).status_code == 401
    state = preview.client.get(call, headers=preview.session()).json()
    body = {"answer": {"touched": [item["id"] for item in state["exercise"]["items"]]}, "active_s": 1}
    result = preview.client.post(f"{call}/check", json=body, headers=preview.session()).json()
    assert result["max"] > result["points"]
    assert any(not item["ok"] for item in result["items"].values())
    headers = {**preview.session(), "X-Hocai-Exercise": "text.summarise/changed"}
    said = preview.client.post("/services/ai/v1/coach", json={"message": "Tôi bắt đầu từ đâu?"}, headers=headers).json()
    assert "Dò từng dòng với nguồn" in said["reply"] and "?" in said["reply"]
    preview.client.post("/preview/anew", json={})
    assert preview.client.get(call, headers=preview.session()).json()["result"] is None


def test_another_variant_is_shown_when_it_is_chosen(preview: Preview) -> None:
    names = re.findall(r'<option value="([^"]+)"', preview.client.get("/").text)
    call = "/services/campus/api/exercises/text.summarise/changed"
    seen = set()
    for name in names[:3]:
        assert preview.client.post("/preview/person", json={"name": name}).status_code == 200
        seen.add(preview.client.get(call, headers=preview.session()).text)
    assert len(seen) == 3
    assert preview.client.post("/preview/person", json={"name": "nobody"}).status_code == 400


def test_an_edit_is_seen_and_a_broken_file_is_told_and_mended(preview: Preview) -> None:
    toml, notebook = preview.toml.read_text("utf-8"), preview.notebook.read_text("utf-8")
    before = preview.state()["version"]
    preview.toml.write_text(re.sub(r'^title = "', 'title = "Edited ', toml, count=1, flags=re.MULTILINE), "utf-8")
    until(lambda: preview.state()["version"] > before)
    assert "Edited " in preview.client.get(APP).text

    preview.toml.write_text(re.sub(r"^points = .*$", 'points = "many"', toml, count=1, flags=re.MULTILINE), "utf-8")
    problem = until(lambda: preview.state()["problem"])
    assert "lesson.toml" in problem[0] and "points = 'many'" in problem[0] and "valid number" in problem[0]
    assert preview.client.get("/").status_code == 200
    assert "Edited " in preview.client.get(APP).text, "the page that was built last stays"

    preview.toml.write_text("id = [", "utf-8")
    until(lambda: "not valid TOML" in "".join(preview.state()["problem"]))
    preview.toml.write_text(toml, "utf-8")
    until(lambda: not preview.state()["problem"])
    assert "Edited " not in preview.client.get(APP).text

    preview.notebook.write_text(notebook.replace("from course", "raise OSError(5)\\nfrom course", 1), "utf-8")
    assert "cell" in until(lambda: preview.state()["problem"])[0]
    preview.notebook.write_text(notebook, "utf-8")
    until(lambda: not preview.state()["problem"])


def test_a_lesson_that_does_not_exist_is_refused_with_those_that_do() -> None:
    said = subprocess.run([HOCAI, "preview", "text.nothing"], capture_output=True, text=True, check=False)
    assert said.returncode == 2 and "text.summarise" in said.stderr


def test_a_lesson_with_live_python_is_shown_and_says_where_its_live_parts_run(tmp_path: Path) -> None:
    shutil.copytree(SOURCE.parents[1] / "tests" / "live_lessons" / "rain", tmp_path / "lesson")
    running = Preview(tmp_path / "lesson", tmp_path / "said")
    try:
        assert running.client.get(running.address).status_code == 200
        page = running.client.get("/services/apps/data.rain/")
        assert page.status_code == 200
        assert "Kéo thanh để xem từng tuần" in page.text
        assert "Phần này chạy trực tiếp trong bài đã xuất bản" in page.text
        assert "data-kernel" not in page.text
    finally:
        running.client.close()
        running.process.send_signal(signal.SIGINT)
        running.process.wait(30)

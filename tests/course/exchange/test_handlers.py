"""The server extension in a real jupyter server, at nbgrader's addresses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import nbformat
import pytest
from exchange_double import LESSON, TOKEN, ExchangeDouble
from jupyter_double import NBGRADER_CONFIG, jupyter

PORT = 21330
ASKED = {"course_id": "demo", "assignment_id": LESSON}


@dataclass
class Server:
    client: httpx.Client
    home: Path

    def post(self, action: str, **fields: str) -> dict[str, Any]:
        response = self.client.post(f"/assignments/{action}", json=fields or ASKED)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def get(self, path: str) -> dict[str, Any]:
        response = self.client.get(path)
        assert response.status_code == 200, response.text
        return dict(response.json())


@pytest.fixture(scope="module")
def server(running_campus: ExchangeDouble, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("s") / "home"
    extensions = {"course.exchange": True, "nbgrader.server_extensions.validate_assignment": True}
    environ = {"HOCAI_CAMPUS_URL": running_campus.url, "JUPYTERHUB_API_TOKEN": TOKEN}
    with jupyter(home, PORT, extensions, environ) as client:
        yield Server(client, home)


@pytest.fixture
def fresh(server: Server, campus: ExchangeDouble) -> Server:
    file = server.home / LESSON / "lesson.ipynb"
    file.unlink(missing_ok=True)
    return server


def test_courses_and_assignments_have_nbgraders_shape(fresh: Server) -> None:
    assert fresh.get("/courses") == {"success": True, "value": ["demo"]}
    listed = fresh.get("/assignments?course_id=demo")
    assert listed["success"] and listed["value"][0]["status"] == "released"


def test_fetch_submit_and_feedback_each_answer_with_the_new_list(fresh: Server, campus: ExchangeDouble) -> None:
    assert fresh.post("fetch")["value"][0]["status"] == "fetched"
    submitted = fresh.post("submit")["value"]
    assert [entry["status"] for entry in submitted] == ["fetched", "submitted"]
    campus.grade()
    [submission] = fresh.post("fetch_feedback")["value"][1]["submissions"]
    assert submission["has_local_feedback"]
    assert (fresh.home / submission["local_feedback_path"] / "lesson.html").is_file()


@pytest.mark.parametrize("action", ["fetch", "submit", "fetch_feedback"])
def test_a_failure_is_a_sentence_and_no_success(fresh: Server, campus: ExchangeDouble, action: str) -> None:
    fresh.post("fetch")
    campus.status = 403
    assert fresh.post(action) == {"success": False, "value": "Bạn không có tên trong lớp này."}


def test_a_request_without_its_fields_is_a_sentence(fresh: Server) -> None:
    assert "thiếu thông tin" in fresh.post("fetch", course_id="demo")["value"]
    assert "thiếu thông tin" in fresh.get("/assignments")["value"]


def test_the_server_answers_while_campus_is_silent(fresh: Server, campus: ExchangeDouble) -> None:
    campus.silent = True
    answers: list[dict[str, Any]] = []

    def ask() -> None:
        with httpx.Client(base_url=fresh.client.base_url, headers=fresh.client.headers, timeout=60) as own:
            answers.append(own.get("/courses").json())

    asking = threading.Thread(target=ask)
    asking.start()
    assert campus.asked.wait(20)
    assert fresh.client.get("/api/status").is_success
    assert asking.is_alive() and not answers
    asking.join(40)
    assert answers[0]["success"] is False and "Chưa kết nối được" in answers[0]["value"]


def test_nobody_gets_in_without_the_servers_token(fresh: Server) -> None:
    answer = httpx.get(f"http://127.0.0.1:{PORT}/courses")
    assert answer.status_code in (302, 403)


def test_the_lab_extension_is_told_whether_it_fits(fresh: Server) -> None:
    assert fresh.get("/nbgrader_version?version=0.9.6")["success"]
    assert "bản cũ" in fresh.get("/nbgrader_version?version=0.1")["message"]


def answered(home: Path, source: str) -> None:
    """Write `source` into the solution cell of the fetched notebook; kit cells are left out of the run."""
    file = home / LESSON / "lesson.ipynb"
    notebook = nbformat.read(file, as_version=4)
    notebook.cells[4].source = source
    nbformat.write(notebook, file)


def test_validation_tells_a_right_solution_from_a_wrong_one(fresh: Server) -> None:
    fresh.post("fetch")
    path = f"{LESSON}/lesson.ipynb"
    answered(fresh.home, "def total(xs):\n    return sum(xs)")
    assert fresh.post("validate", path=path) == {"success": True, "value": {}}
    answered(fresh.home, "def total(xs):\n    print('x')\n    return 0")
    [failed] = fresh.post("validate", path=path)["value"]["failed"]
    assert failed["source"] == "assert total([1, 2]) == 3"


def test_validation_outside_the_home_is_refused(fresh: Server) -> None:
    for path in ("../config-21330/nbgrader_config.py", "/etc/passwd", "nothing.ipynb"):
        assert fresh.post("validate", path=path) == {"success": False, "value": "Không tìm thấy tệp này."}


def test_validation_of_a_broken_file_is_a_sentence(fresh: Server) -> None:
    (fresh.home / "broken.ipynb").write_text("{")
    assert "Không chạy được" in fresh.post("validate", path="broken.ipynb")["value"]


def test_nbgrader_on_the_learners_terminal_uses_the_same_exchange(campus: ExchangeDouble, tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_bytes(NBGRADER_CONFIG.read_bytes())
    env = os.environ | {"HOCAI_CAMPUS_URL": campus.url, "JUPYTERHUB_API_TOKEN": TOKEN, "HOME": str(tmp_path)}

    def nbgrader(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "nbgrader", *words, "--course", "demo"]
        return subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60)

    assert "demo text.small released" in nbgrader("list").stderr
    assert nbgrader("fetch_assignment", LESSON).returncode == 0
    assert nbgrader("submit", LESSON).returncode == 0
    assert json.loads(campus.bodies[0])["cells"]
    campus.status = 403
    refused = nbgrader("submit", LESSON)
    assert refused.returncode != 0 and "Bạn không có tên trong lớp này." in refused.stderr

"""The learner's folder against a campus over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from exchange_double import LESSON, TOKEN, ExchangeDouble

from course import wording
from course.exchange import client
from course.exchange.client import CampusExchange, ExchangeProblem
from course.exchange.folder import LearnerFolder


@pytest.fixture
def folder(campus: ExchangeDouble, tmp_path: Path) -> Iterator[LearnerFolder]:
    with CampusExchange(campus.url, TOKEN) as exchange:
        yield LearnerFolder(tmp_path, exchange)


def test_fetching_brings_the_notebook_home(folder: LearnerFolder) -> None:
    assert folder.released("demo")[0]["status"] == "released"
    file = folder.fetch("demo", LESSON)
    assert file == folder.root / LESSON / "lesson.ipynb"
    nbformat.validate(nbformat.read(file, as_version=4))
    found = folder.released("demo")[0]
    assert (found["status"], found["path"]) == ("fetched", LESSON)
    assert found["notebooks"] == [{"notebook_id": "lesson", "path": f"{LESSON}/lesson.ipynb"}]


def test_fetching_again_keeps_the_learners_work_and_brings_back_what_was_deleted(folder: LearnerFolder) -> None:
    file = folder.fetch("demo", LESSON)
    file.write_text("bài của em")
    folder.fetch("demo", LESSON)
    assert file.read_text() == "bài của em"
    file.unlink()
    assert folder.released("demo")[0]["status"] == "released"
    folder.fetch("demo", LESSON)
    assert json.loads(file.read_text())["cells"]


def test_what_is_submitted_is_the_learners_file(folder: LearnerFolder, campus: ExchangeDouble) -> None:
    file = folder.fetch("demo", LESSON)
    folder.submit("demo", LESSON)
    folder.submit("demo", LESSON)
    assert campus.bodies == [file.read_bytes()] * 2
    [entry] = folder.submitted("demo")
    assert (entry["status"], entry["assignment_id"], entry["course_id"]) == ("submitted", LESSON, "demo")
    assert [s["timestamp"] for s in entry["submissions"]] == ["2027-03-12 15:30:00", "2027-03-12 15:30:01"]
    assert not entry["submissions"][0]["has_exchange_feedback"]


def test_feedback_lands_beside_the_notebook(folder: LearnerFolder, campus: ExchangeDouble) -> None:
    folder.fetch("demo", LESSON)
    folder.submit("demo", LESSON)
    assert folder.fetch_feedback("demo", LESSON) == []
    campus.grade()
    assert folder.submitted("demo")[0]["submissions"][0]["has_exchange_feedback"]
    [file] = folder.fetch_feedback("demo", LESSON)
    assert file == folder.root / LESSON / "feedback" / "2027-03-12 15:30:00" / "lesson.html"
    assert file.read_text() == "<p>Nhận xét s0</p>"
    found = folder.submitted("demo")[0]["submissions"][0]
    assert found["has_local_feedback"] and found["local_feedback_path"] == f"{LESSON}/feedback/2027-03-12 15:30:00"


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, wording.SIGN_IN_AGAIN),
        (403, wording.NOT_YOUR_CLASS),
        (404, wording.NO_SUCH_LESSON),
        (413, wording.NOTEBOOK_TOO_BIG),
        (422, wording.NOT_A_NOTEBOOK),
        (500, wording.CAMPUS_FAULT),
        (503, wording.CAMPUS_DOWN),
    ],
)
def test_each_refusal_is_a_sentence(folder: LearnerFolder, campus: ExchangeDouble, status: int, sentence: str) -> None:
    folder.fetch("demo", LESSON)
    campus.status = status
    with pytest.raises(ExchangeProblem, match=f"^{sentence[:20]}") as problem:
        folder.submit("demo", LESSON)
    assert str(problem.value) == sentence


def test_campus_own_sentence_is_passed_on(folder: LearnerFolder, campus: ExchangeDouble) -> None:
    campus.status, campus.sentence = 403, "Lớp này đã đóng."
    with pytest.raises(ExchangeProblem, match=r"^Lớp này đã đóng\.$"):
        folder.courses()


def test_a_campus_that_is_down_or_silent_is_a_sentence(
    folder: LearnerFolder, campus: ExchangeDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "SECONDS", 0.3)
    with (
        CampusExchange("http://127.0.0.1:21399/services/campus", TOKEN) as nobody,
        pytest.raises(ExchangeProblem, match="Chưa kết nối được"),
    ):
        nobody.courses()
    campus.silent = True
    with CampusExchange(campus.url, TOKEN) as silent, pytest.raises(ExchangeProblem, match="Chưa kết nối được"):
        silent.courses()


def test_a_notebook_of_more_than_5_mb_is_not_sent(folder: LearnerFolder, campus: ExchangeDouble) -> None:
    folder.fetch("demo", LESSON).write_bytes(b" " * 5_000_001)
    with pytest.raises(ExchangeProblem, match="5 MB"):
        folder.submit("demo", LESSON)
    assert campus.bodies == []


def test_what_is_no_notebook_and_what_was_not_fetched_are_told_apart(folder: LearnerFolder) -> None:
    with pytest.raises(ExchangeProblem, match="chưa tải bài"):
        folder.submit("demo", LESSON)
    folder.fetch("demo", LESSON).write_text("đây không phải notebook")
    with pytest.raises(ExchangeProblem, match="bị hỏng"):
        folder.submit("demo", LESSON)


@pytest.mark.parametrize("name", ["../../etc", "/etc/passwd", "text.small/../..", ""])
def test_a_name_that_is_no_lesson_never_becomes_a_path(folder: LearnerFolder, name: str) -> None:
    with pytest.raises(ExchangeProblem, match="Không tìm thấy bài"):
        folder.fetch("demo", name)
    assert list(folder.root.iterdir()) == []


def test_a_full_home_is_a_sentence_and_leaves_nothing_half(folder: LearnerFolder) -> None:
    (folder.root / LESSON).write_text("a file where the folder should be")
    with pytest.raises(ExchangeProblem, match="hết chỗ"):
        folder.fetch("demo", LESSON)


def test_the_address_comes_from_the_hubs_environment() -> None:
    environ = {"JUPYTERHUB_API_URL": "http://127.0.0.1:9000/hub/api", "JUPYTERHUB_API_TOKEN": "x"}
    with CampusExchange.from_environment(environ) as exchange:
        assert str(exchange._http.base_url) == "http://127.0.0.1:9000/services/campus/api/exchange/"
    with pytest.raises(ExchangeProblem, match="không nối với lớp học"):
        CampusExchange.from_environment({})

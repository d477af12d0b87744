"""Formgrader on a class's server, with our configuration of nbgrader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from class_of_two import AT, CONTEXT, EVIL, LESSON, class_folder, lesson_folder, submission
from jupyter_double import jupyter

from autograders.grade import grade
from autograders.gradebook import ClassGradebook, Override
from course.catalog import LessonFolder

PORT = 21310
PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> LessonFolder:
    return lesson_folder(tmp_path_factory.mktemp("lessons"))


@dataclass
class Formgrader:
    client: httpx.Client
    path: Path

    def json(self, path: str) -> object:
        response = self.client.get(f"/formgrader/api/{path}")
        assert response.status_code == 200, response.text
        return response.json()


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory: pytest.TempPathFactory, folder: LessonFolder) -> Iterator[Formgrader]:
    data = tmp_path_factory.mktemp("data")
    path = class_folder(data, folder)
    material = data / "published" / "apps" / LESSON / "material"
    material.mkdir(parents=True)
    (material / "leaf.svg").write_bytes(PICTURE)
    (material.parent / "index.html").write_text("page")
    environ = {"HOCAI_CLASS": "demo", "HOCAI_PUBLISHED": str(data / "published")}
    with jupyter(path, PORT, {"course.exchange.formgrader": True}, environ) as client:
        yield Formgrader(client, path)


def test_both_submissions_stand_in_formgrader_as_graded(formgrader: Formgrader) -> None:
    found = formgrader.json(f"submissions/{LESSON}")
    assert isinstance(found, list)
    by_name = {s["student"]: s for s in found}
    assert {name: s["autograded"] for name, s in by_name.items()} == {"lan": True, "minh": True}
    assert by_name["lan"]["score"] > by_name["minh"]["score"]
    assert (by_name["lan"]["max_score"], by_name["lan"]["display_timestamp"]) == (13, "12/03/2027 15:30")
    assert by_name["lan"]["last_name"] == "Nông Thị" and by_name["lan"]["needs_manual_grade"]


@pytest.mark.parametrize(
    "page", ["manage_assignments", f"manage_submissions/{LESSON}", "gradebook", f"gradebook/{LESSON}",
             f"gradebook/{LESSON}/lesson", "manage_students"]
)  # fmt: skip
def test_formgraders_pages_open(formgrader: Formgrader, page: str) -> None:
    response = formgrader.client.get(f"/formgrader/{page}")
    assert response.status_code == 200
    assert "exchange directory" not in response.text


def submission_page(formgrader: Formgrader, learner: str) -> tuple[str, str]:
    found = formgrader.json(f"submitted_notebooks/{LESSON}/lesson")
    assert isinstance(found, list)
    id_ = next(s["id"] for s in found if s["student"] == learner)
    response = formgrader.client.get(f"/formgrader/submissions/{id_}/")
    assert response.status_code == 200
    return id_, response.text


def test_a_submissions_page_shows_the_answer_and_runs_nothing_of_the_learners(formgrader: Formgrader) -> None:
    _, page = submission_page(formgrader, "lan")
    assert "nhà văn hóa xóm" in page and 'id="notice-comment"' in page
    assert EVIL not in page and "&lt;script&gt;alert(" in page
    assert 'href="javascript:' not in page
    for address in ("https://", "http://"):
        assert f'src="{address}' not in page and f'href="{address}' not in page


def test_a_picture_of_the_lesson_shows_on_a_submissions_page(formgrader: Formgrader) -> None:
    id_, page = submission_page(formgrader, "lan")
    assert 'src="material/leaf.svg"' in page
    picture = formgrader.client.get(f"/formgrader/submissions/{id_}/material/leaf.svg")
    assert (picture.content, picture.headers["content-type"]) == (PICTURE, "image/svg+xml")
    nobody = httpx.get(str(picture.url))
    assert nobody.status_code in (302, 403)


@pytest.mark.parametrize("name", ["none.svg", "..%2findex.html", "%2e%2e/index.html", "..%2f..%2f..%2f..%2fclasses"])
def test_beside_a_submission_lies_nothing_but_what_the_lesson_shows(formgrader: Formgrader, name: str) -> None:
    id_, _ = submission_page(formgrader, "lan")
    reply = formgrader.client.get(f"{formgrader.client.base_url}/formgrader/submissions/{id_}/material/{name}")
    assert reply.status_code in (403, 404) and reply.text != "page"
    assert formgrader.client.get("/formgrader/submissions/none/material/leaf.svg").status_code == 404


def test_a_changed_score_and_comment_come_back_as_an_override(formgrader: Formgrader) -> None:
    id_, _ = submission_page(formgrader, "minh")
    client = formgrader.client
    with ClassGradebook(formgrader.path, "demo") as gradebook:
        assert gradebook.overrides() == []
        grades = client.get("/formgrader/api/grades", params={"submission_id": id_}).json()
        comments = client.get("/formgrader/api/comments", params={"submission_id": id_}).json()
        row = next(g for g in grades if g["name"] == "notice")
        comment = next(c for c in comments if c["name"] == "notice")
        assert "Chưa có" in comment["auto_comment"] and row["manual_score"] is None
        sent = {"manual_score": 5.5, "extra_credit": None}
        assert client.put(f"/formgrader/api/grade/{row['id']}", json=sent).status_code == 200
        said = {"manual_comment": "Bổ sung địa điểm nhé."}
        assert client.put(f"/formgrader/api/comment/{comment['id']}", json=said).status_code == 200
        assert gradebook.overrides() == [Override("minh", LESSON, "notice", 5.5, "Bổ sung địa điểm nhé.")]
    assert client.put(f"/formgrader/api/grade/{row['id']}", json={}).status_code == 200


def test_formgrader_shows_what_was_written_while_it_runs(formgrader: Formgrader, folder: LessonFolder) -> None:
    before, _ = submission_page(formgrader, "lan")
    notebook = submission(folder, "Họp nhé")
    with ClassGradebook(formgrader.path, "demo") as gradebook:
        gradebook.write("lan", LESSON, notebook, grade(folder, notebook, CONTEXT), AT, CONTEXT)
    grades = formgrader.client.get("/formgrader/api/grades", params={"submission_id": before}).json()
    assert next(g["auto_score"] for g in grades if g["name"] == "notice") == 0
    assert "nhà văn hóa xóm" not in submission_page(formgrader, "lan")[1]


@pytest.mark.parametrize(
    ("button", "sentence"),
    [
        (f"submission/{LESSON}/lan/autograde", "chấm tự động"),
        (f"assignment/{LESSON}/assign", "phát cho lớp"),
        (f"assignment/{LESSON}/release", "phát cho lớp"),
        (f"assignment/{LESSON}/unrelease", "phát cho lớp"),
        (f"assignment/{LESSON}/collect", "sổ điểm"),
        (f"assignment/{LESSON}/generate_feedback", "nhận xét"),
        (f"assignment/{LESSON}/lan/generate_feedback", "nhận xét"),
        (f"assignment/{LESSON}/lan/release_feedback", "nhận xét"),
    ],
)
def test_buttons_that_would_run_or_delete_say_that_campus_does_it(
    formgrader: Formgrader, button: str, sentence: str
) -> None:
    answer = formgrader.client.post(f"/formgrader/api/{button}").json()
    assert answer["success"] is False and sentence in answer["log"]
    assert (formgrader.path / "autograded" / "lan" / LESSON / "lesson.ipynb").is_file()
    assert not list(formgrader.path.rglob("stolen"))

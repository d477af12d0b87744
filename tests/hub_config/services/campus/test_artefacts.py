"""Pictures of learners: made and opened by campus, seen by their own learner, graded alike through both doors."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from typing import Any

import httpx
import nbformat
import pytest
from campus_site import Site, until
from drawn_posters import busy, packed, poster
from PIL import Image
from sqlalchemy import func, select

from course.lesson import Lesson
from course.notebook import exercise_calls, with_answer
from hub_config.services.campus import artefact_calls, artefacts, draws, tables
from hub_config.services.campus.database import reading

LESSON, EXERCISE = "media.poster", "poster"
AT = f"exercises/{LESSON}/{EXERCISE}"
PROMPT = "Vẽ chồng sách dưới gốc cây, chừa chỗ trống phía trên, không có chữ"
DESIGN = {
    "title": "Ngày hội đọc sách Đồng Chè",
    "lines": "8 giờ, thứ Tư 21/04/2027\nSân nhà văn hóa Đồng Chè",
    "note": "Ảnh nền do AI tạo",
    "title_size": "large",
    "ink": "white",
    "ground": "green",
}


@pytest.fixture
def campus(site: Site) -> Site:
    site.prepare()
    site.start()
    lesson: Lesson = site.campus.lesson(LESSON).lesson
    variant = next(v for v in lesson.variant if (v.role, v.id) == ("official", "A"))
    with site.campus.engine.begin() as connection:
        for name in ("an.nguyen", "hoa.ly"):
            draws.assign(connection, lesson, name, variant)
    return site


@pytest.fixture
def widget(campus: Site) -> Iterator[httpx.Client]:
    with campus.program("an.nguyen") as client:
        yield client


def made(client: httpx.Client, **other: str) -> dict[str, Any]:
    """The answer with a poster that campus composed."""
    reply = client.post(f"{AT}/poster", json={"design": {**DESIGN, **other}})
    assert reply.status_code == 200, reply.text
    return {"artefact": reply.json()["artefact"], "design": {**DESIGN, **other}, "prompt": PROMPT}


def sent(client: httpx.Client, body: bytes, read: str = "0") -> httpx.Response:
    return client.post(f"{AT}/artefacts", params={"read": read}, content=body)


def checked(client: httpx.Client, answer: dict[str, Any]) -> dict[str, Any]:
    reply = client.post(f"{AT}/check", json={"answer": answer, "active_s": 1})
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def code(reply: httpx.Response) -> tuple[int, str]:
    error = reply.json()["error"]
    assert error["message"]
    return reply.status_code, error["code"]


def test_a_design_becomes_a_picture_that_its_learner_sees_and_that_is_graded(widget: httpx.Client) -> None:
    answer = made(widget)
    shown = widget.get(f"artefacts/{answer['artefact']}")
    assert shown.headers["content-type"] == "image/jpeg"
    assert hashlib.sha256(shown.content).hexdigest() == answer["artefact"]
    with Image.open(io.BytesIO(shown.content)) as image:
        assert image.size == (1080, 1350)
    assert checked(widget, answer)["points"] == 13.5  # no picture lies behind it


def test_a_picture_that_was_sent_lies_behind_the_lettering(widget: httpx.Client) -> None:
    ground = sent(widget, packed(busy())).json()["artefact"]
    over = checked(widget, made(widget, picture=ground, place="over"))
    beside = checked(widget, made(widget, picture=ground))
    assert (over["points"], beside["points"]) == (11, 14)


def test_both_doors_give_the_same_score(campus: Site, widget: httpx.Client) -> None:
    answer = made(widget, shape="wide")
    widget.put(f"{AT}/draft", json={"answer": answer, "active_s": 1})
    phone = widget.post(f"lessons/{LESSON}/submit", json={}).json()["id"]
    fetched = widget.get(f"exchange/assignments/demo/{LESSON}")
    notebook = nbformat.reads(fetched.text, as_version=4)
    for call in exercise_calls(notebook):
        if call.exercise.endswith(f"/{EXERCISE}"):
            notebook.cells[call.cell].source = with_answer(notebook.cells[call.cell].source, answer)
    reply = widget.post(f"exchange/assignments/demo/{LESSON}/submissions", content=nbformat.writes(notebook))
    scores = [graded(campus, widget, id_) for id_ in (phone, reply.json()["id"])]
    assert scores[0] == scores[1] == (13, 0)


def graded(campus: Site, client: httpx.Client, submission: str) -> tuple[float, float]:
    until(lambda: campus.state(submission) == "graded")
    model = client.get(f"submissions/{submission}").json()
    return model["points"], model["waiting"]


def test_who_may_see_a_picture_that_was_handed_in(campus: Site, widget: httpx.Client) -> None:
    answer = made(widget)
    widget.put(f"{AT}/draft", json={"answer": answer, "active_s": 1})
    id_ = widget.post(f"lessons/{LESSON}/submit", json={}).json()["id"]
    until(lambda: campus.state(id_) == "graded")
    place = f"submissions/{id_}/artefacts/{answer['artefact']}"
    with campus.browser("an.nguyen") as own, campus.browser("hoa.ly") as other:
        assert own.get(place).headers["content-type"] == "image/jpeg"
        assert f"{place}" in own.get(f"submissions/{id_}").text
        assert other.get(place).status_code == 404
        assert other.get(f"classes/demo/{place}").status_code in (403, 404)
    with campus.browser("co.lan") as teacher, campus.browser("thay.binh") as stranger:
        assert teacher.get(f"classes/demo/{place}").content.startswith(b"\xff\xd8")
        assert f"classes/demo/{place}" in teacher.get(f"classes/demo/submissions/{id_}").text
        assert stranger.get(f"classes/demo/{place}").status_code in (403, 404)
        assert stranger.get(f"classes/khac/{place}").status_code == 404


def test_formgrader_and_the_feedback_page_hold_the_picture_itself(campus: Site, widget: httpx.Client) -> None:
    answer = made(widget)
    widget.put(f"{AT}/draft", json={"answer": answer, "active_s": 1})
    id_ = widget.post(f"lessons/{LESSON}/submit", json={}).json()["id"]
    until(lambda: campus.state(id_) == "graded")
    held = base64.b64encode(widget.get(f"artefacts/{answer['artefact']}").content).decode()
    assert held in widget.get(f"exchange/submissions/{id_}/feedback").text
    marked = campus.data / "classes" / "demo" / "autograded" / "an.nguyen" / LESSON / "lesson.ipynb"
    until(marked.is_file)
    assert held in marked.read_text("utf-8")


def test_a_classmates_picture_is_neither_shown_nor_graded_nor_laid_behind(campus: Site, widget: httpx.Client) -> None:
    theirs = made(widget)
    with campus.program("hoa.ly") as other:
        assert code(other.get(f"artefacts/{theirs['artefact']}")) == (404, "picture_gone")
        stolen = checked(other, theirs)
        assert {line["points"] for line in stolen["criteria"] if line["id"] != "prompt"} == {0}
        design = {**DESIGN, "picture": theirs["artefact"]}
        assert code(other.post(f"{AT}/poster", json={"design": design})) == (404, "picture_gone")


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        (b"", (422, "not_a_picture")),
        ("poster.png: Ngày hội đọc sách".encode(), (422, "not_a_picture")),
        (packed(busy(), "GIF"), (422, "not_a_picture")),
        (packed(Image.new("1", (8_100, 8_100))), (413, "picture_too_big")),
        (bytes(artefact_calls.PICTURE_BYTES + 1), (413, "picture_too_big")),
    ],
    ids=["nothing", "text", "gif", "many pixels", "many bytes"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(
    widget: httpx.Client, body: bytes, refused: tuple[int, str]
) -> None:
    assert code(sent(widget, body)) == refused


@pytest.mark.parametrize(
    "design", [None, [], "x", {"ink": "gold"}, {"title": "a" * 301}, {"picture": "../../etc/passwd"}, {"more": 1}]
)
def test_a_design_that_is_none_is_refused(widget: httpx.Client, design: Any) -> None:
    assert code(widget.post(f"{AT}/poster", json={"design": design})) == (422, "bad_design")


def test_only_an_exercise_that_asks_for_a_picture_takes_one(widget: httpx.Client) -> None:
    assert code(widget.post(f"exercises/{LESSON}/tell/artefacts", content=packed(busy()))) == (400, "bad_request")
    assert code(widget.post(f"exercises/{LESSON}/none/poster", json={"design": DESIGN}))[0] == 404
    assert widget.post(f"{AT}/poster", json={}, headers={"Authorization": "Bearer stranger:x"}).status_code == 403


def test_a_poster_from_elsewhere_is_read_or_waits_but_costs_nothing(widget: httpx.Client) -> None:
    _, content = poster(**DESIGN)
    answer = {"artefact": sent(widget, content, read="1").json()["artefact"], "prompt": PROMPT}
    found = checked(widget, answer)
    assert found["points"] + found["waiting"] == 14


def test_old_tries_go_and_what_was_handed_in_stays(campus: Site, widget: httpx.Client) -> None:
    kept = made(widget)
    widget.put(f"{AT}/draft", json={"answer": kept, "active_s": 1})
    widget.post(f"lessons/{LESSON}/submit", json={})
    tries = [made(widget, title=f"Ngày hội lần {n}")["artefact"] for n in range(artefacts.NEWEST + 2)]
    assert widget.get(f"artefacts/{kept['artefact']}").status_code == 200
    assert [widget.get(f"artefacts/{one}").status_code for one in tries] == [404] * 2 + [200] * artefacts.NEWEST
    with reading(campus.campus.engine) as connection:
        count = connection.execute(select(func.count()).select_from(tables.artefact)).scalar_one()
    assert count == artefacts.NEWEST + 1

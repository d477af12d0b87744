"""The files that lessons show, over HTTP: listed and sent to programs, and nothing else is."""

from __future__ import annotations

import graders
import httpx
import nbformat
import pytest
from campus_site import LESSON, Site
from nbformat.v4 import new_markdown_cell
from small_lesson import write_lesson

CHALLENGE = "text.challenge"
HINTS = 'hints = ["Xem lại thẻ.", "Còn thiếu một ý."]\n'
LARGE = bytes(3_000_000)
SHOWN = {"bốn mảnh.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>", "tiếng/họp.mp3": LARGE}
COURSE = f"exchange/assignments/demo/{LESSON}/material"


def publish(site: Site, lesson: str, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = site.settings.published / "apps" / lesson / "material" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@pytest.fixture
def started(site: Site) -> Site:
    challenge = write_lesson(site.data / "level1_text" / "10_challenge")
    for file in (challenge / "lesson.toml", challenge / "lesson.ipynb"):
        file.write_text(file.read_text("utf-8").replace(LESSON, CHALLENGE).replace(HINTS, ""), "utf-8")
    notebook = nbformat.read(challenge / "lesson.ipynb", as_version=4)
    notebook.cells.insert(0, new_markdown_cell("![bốn việc](material/own.svg)"))
    nbformat.write(notebook, challenge / "lesson.ipynb")
    site.prepare()
    publish(site, LESSON, SHOWN)
    publish(site, CHALLENGE, {"own.svg": b"<svg/>", "task.jpg": b"jpg"})
    (site.settings.published / "apps" / LESSON / "index.html").write_text("page")
    site.start(grader=graders.quick)
    return site


def code(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, str(reply.json()["error"]["code"])


def test_a_class_member_gets_the_list_and_each_file_as_it_is(started: Site) -> None:
    with started.program("an.nguyen") as client:
        listed = client.get(COURSE).json()
        assert {entry["name"]: entry["bytes"] for entry in listed} == {n: len(c) for n, c in SHOWN.items()}
        sent = {entry["name"]: client.get(f"{COURSE}/{entry['name']}") for entry in listed}
    assert {name: reply.content for name, reply in sent.items()} == SHOWN
    picture = sent["bốn mảnh.svg"]
    assert picture.headers["content-type"] == "image/svg+xml"
    assert (picture.headers["x-content-type-options"], picture.headers["content-security-policy"]) == (
        "nosniff",
        "sandbox",
    )


def test_a_widget_gets_a_file_by_its_lesson_alone(started: Site) -> None:
    with started.program("khach.le") as client:  # in no class: the apps service sends it to whoever is signed in, too
        reply = client.get(f"lessons/{LESSON}/material/tiếng/họp.mp3")
    assert (reply.content, reply.headers["content-type"]) == (LARGE, "audio/mpeg")


@pytest.mark.parametrize("path", ["", "/bốn mảnh.svg"])
def test_a_foreign_class_gets_neither_list_nor_file(started: Site, path: str) -> None:
    with started.program("khach.le") as client:
        assert code(client.get(COURSE + path)) == (403, "not_in_class")
    with started.program("an.nguyen") as client:
        assert code(client.get(COURSE.replace("demo", "khac") + path)) == (403, "not_in_class")
        assert code(client.get(COURSE.replace(LESSON, "text.none") + path)) == (404, "unknown_lesson")
    with started.program("stranger") as client:
        assert code(client.get(COURSE + path))[0] in (401, 403)


@pytest.mark.parametrize("place", [COURSE, f"lessons/{LESSON}/material"])
@pytest.mark.parametrize(
    "name",
    [
        "none.svg",
        "tiếng",
        "..%2findex.html",
        "%2e%2e/index.html",
        "..%2f..%2f..%2fcampus.sqlite",
        "%2fetc%2fpasswd",
    ],
)
def test_a_name_that_is_not_shown_is_not_found(started: Site, place: str, name: str) -> None:
    with started.program("an.nguyen") as client:
        reply = client.get(f"{client.base_url}{place}/{name}")
    assert reply.status_code == 404 and b"page" not in reply.content


def test_of_a_challenge_only_what_its_notebook_shows_comes_home_with_it(started: Site) -> None:
    course = COURSE.replace(LESSON, CHALLENGE)
    with started.program("an.nguyen") as client:
        assert [entry["name"] for entry in client.get(course).json()] == ["own.svg"]
        assert client.get(f"{course}/own.svg").content == b"<svg/>"
        assert code(client.get(f"{course}/task.jpg")) == (404, "not_found")


def test_a_lesson_that_shows_nothing_has_an_empty_list(started: Site) -> None:
    for path in (started.settings.published / "apps" / LESSON).rglob("*"):
        if path.is_file():
            path.unlink()
    with started.program("an.nguyen") as client:
        assert client.get(COURSE).json() == []

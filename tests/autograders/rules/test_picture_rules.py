"""Rules over pictures: real posters, good ones and ones that are weak in one way each."""

from __future__ import annotations

from typing import Any

import pytest
from built_exercise import build
from drawn_posters import TITLE, WHEN, WHERE, busy, poster

from autograders import wording
from autograders.grade import grade_exercise
from autograders.models import Context, CriterionGrade, Lettering, Picture

HASH = "a" * 64
ARTEFACT: dict[str, Any] = {"on": "artefact", "missing": "{missing}|{found}"}
FACTS = [{"name": "tên việc", "any": ["chợ chè xuân"]}, "8 giờ", "14/03/2027", "sân kho"]
CRITERIA = [
    {"id": "facts", "rule": "keeps_facts", "facts": FACTS, "max_syllables": 40, "points": 4, **ARTEFACT},
    {"id": "readable", "rule": "readable_text", "gate": ["on_topic"], **ARTEFACT},
    {"id": "order", "rule": "text_order", "first": FACTS[:1], "gate": ["on_topic"], **ARTEFACT},
    {"id": "frame", "rule": "picture_frame", "shapes": ["4:5"], "gate": ["on_topic"], **ARTEFACT},
]
EXERCISE = build("make", CRITERIA, making={})
ALL = {"facts": 4, "readable": 1, "order": 1, "frame": 1}


def lines(
    picture: Picture | None, artefacts: dict[str, Picture] | None = None, **answer: Any
) -> dict[str, CriterionGrade]:
    if picture is not None:
        artefacts, answer = {HASH: picture}, {"artefact": HASH, **answer}
    grade = grade_exercise(EXERCISE, answer, Context(role="official", variant="A", artefacts=artefacts))
    return {line.id: line for line in grade.criteria}


def points(picture: Picture | None, **more: Any) -> dict[str, float | None]:
    return {id_: line.points for id_, line in lines(picture, **more).items()}


def test_a_good_poster_earns_all() -> None:
    assert points(poster()[0]) == ALL
    assert points(poster(busy())[0]) == ALL


@pytest.mark.parametrize(
    ("design", "lost"),
    [
        ({"ink": "yellow", "ground": "white"}, {"readable": 0}),
        ({"lines_size": "small"}, {"readable": 0.5}),
        ({"title_size": "small"}, {"order": 0}),
        ({"title_size": "medium", "lines_size": "large"}, {"order": 0}),
        ({"title": WHEN, "lines": f"{TITLE}\n{WHERE}"}, {"order": 0}),
        ({"lines": WHERE}, {"facts": 2}),
        ({"shape": "wide"}, {"frame": 0}),
        ({"title": f"{TITLE} {WHEN} {WHERE}", "lines": "", "note": ""}, {"order": 0}),
        ({"title": "", "note": ""}, {"facts": 3, "order": 0}),
        ({"title": "Chè"}, {"facts": 3, "order": 0}),
    ],
    ids=lambda value: " ".join(value),
)
def test_each_weakness_costs_its_own_criterion(design: dict[str, str], lost: dict[str, float]) -> None:
    assert points(poster(**design)[0]) == {**ALL, **lost}


def test_letters_over_a_busy_picture_are_not_readable() -> None:
    seen = lines(poster(busy(), place="over")[0])
    assert seen["readable"].points == 0
    assert "Chìm vào nền" in seen["readable"].message


def test_a_page_of_text_earns_nothing_however_well_it_is_set() -> None:
    page = "\n".join(["Nghề chè có từ ba đời, mỗi nhà sao một kiểu, bà con ai cũng tự hào"] * 3)
    found = points(poster(lines=f"{WHEN}\n{WHERE}\n{page}")[0])
    assert (found["facts"], found["readable"], found["order"]) == (0, 0, 0)


@pytest.mark.parametrize("design", [{"title": "", "lines": "", "note": ""}, {"title": "abc", "lines": "", "note": ""}])
def test_a_poster_of_nothing_or_of_something_else_earns_nothing(design: dict[str, str]) -> None:
    assert set(points(poster(**design)[0]).values()) == {0}


def test_the_question_set_as_a_poster_earns_nothing() -> None:
    criteria = [{**criterion, "gate": ["not_copied"]} for criterion in CRITERIA]
    asked = build("make", criteria, making={}, ask=f"Làm poster cho {TITLE}, {WHEN}, {WHERE}.")
    seen = poster(title=f"Làm poster cho {TITLE}", lines=f"{WHEN}\n{WHERE}")[0]
    grade = grade_exercise(asked, {"artefact": HASH}, Context(role="official", variant="A", artefacts={HASH: seen}))
    assert grade.points == 0


def test_lettering_alone_is_half_a_picture_where_one_is_asked_for() -> None:
    frame = {**CRITERIA[3], "pictured": True, "gate": []}
    exercise = build("make", [frame], making={})
    for picture, earned in ((None, 0.5), (busy(), 1)):
        seen = poster(picture)[0]
        grade = grade_exercise(exercise, {"artefact": HASH}, Context(role="a", variant="A", artefacts={HASH: seen}))
        assert grade.points == earned


def test_what_an_answer_says_of_its_picture_is_not_believed() -> None:
    told = "\n".join((TITLE, WHEN, WHERE))
    for answer in ({"written_on_artefact": told}, {"artefact": HASH, "written_on_artefact": told, "text": told}):
        grade = grade_exercise(EXERCISE, answer, Context(role="official", variant="A", artefacts={}))
        assert grade.points == grade.waiting == 0
    weak = poster(title="abc", lines="", note="")[0]
    assert set(points(weak, written_on_artefact=told).values()) == {0}


def test_nothing_made_is_not_done_and_a_hash_of_nobody_is_said_so() -> None:
    assert {line.message for line in lines(None, artefacts={}).values()} == {wording.NOT_DONE}
    gone = lines(None, artefacts={}, artefact=HASH)
    assert {(line.points, line.message) for line in gone.values()} == {(0, wording.PICTURE_GONE)}


@pytest.mark.parametrize("artefact", [7, ["a"], "abc", {"a": 1}, None])
def test_a_hash_of_any_other_shape_is_no_artefact(artefact: Any) -> None:
    assert set(points(None, artefacts={HASH: poster()[0]}, artefact=artefact).values()) == {0}


def test_where_nobody_could_look_it_waits() -> None:
    seen = lines(None, artefacts=None, artefact=HASH)
    assert {(line.status, line.points, line.message) for line in seen.values()} == {
        ("waiting", None, wording.PICTURE_ELSEWHERE)
    }


READ = [
    {"role": "read", "text": TITLE, "size": 0.09, "contrast": 8},
    {"role": "read", "text": f"{WHEN} {WHERE}", "size": 0.04, "contrast": 8},
]


def uploaded(texts: list[dict[str, Any]] | None, **more: Any) -> Picture:
    letters = None if texts is None else tuple(Lettering.model_validate(text) for text in texts)
    return Picture(**{"made": "uploaded", "width": 800, "height": 1000, "texts": letters, **more})


def test_a_poster_from_elsewhere_earns_what_is_read_in_it() -> None:
    assert points(uploaded(READ)) == ALL


def test_marks_that_were_misread_in_it_cost_nothing() -> None:
    slips = [{**piece, "text": piece["text"].replace("Sim", "Sỉm").replace("chợ", "chơ")} for piece in READ]
    assert points(uploaded(slips)) == ALL


def test_what_was_not_read_in_it_waits_for_a_teacher() -> None:
    seen = lines(uploaded(READ[:1]))
    assert (seen["facts"].status, seen["facts"].points) == ("waiting", None)
    assert seen["facts"].message == wording.PICTURE_UNSURE
    assert {line.status for line in lines(uploaded([])).values()} == {"waiting"}


def test_where_nothing_can_read_pictures_everything_waits_and_a_blank_one_earns_nothing() -> None:
    assert {line.message for line in lines(uploaded(None)).values()} == {wording.PICTURE_UNREAD}
    assert set(points(uploaded(None, blank=True)).values()) == {0}


def test_a_screenshot_of_the_question_earns_nothing() -> None:
    text = " ".join([EXERCISE.ask, TITLE, WHEN, WHERE, *["bà con đi họp"] * 8])
    page = {"role": "read", "text": text, "size": 0.03, "contrast": 15}
    grade = grade_exercise(
        EXERCISE, {"artefact": HASH}, Context(role="official", variant="A", artefacts={HASH: uploaded([page])})
    )
    assert grade.points <= ALL["frame"]
    assert {c.id for c in grade.criteria if c.status == "waiting"} >= {"facts", "readable", "order"}

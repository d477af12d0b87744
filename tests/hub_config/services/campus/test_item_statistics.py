"""Item statistics: the figures of a class, and the page and the command that tell them."""

from __future__ import annotations

import json
from typing import Any

import graders
import pytest
from campus_site import LESSON, Site, right_answers, until
from click.testing import CliRunner, Result
from sqlalchemy import event

from hub_config.cli import main
from hub_config.services.campus import accounts, wording
from hub_config.services.campus.database import reading
from hub_config.services.campus.item_statistics import ExerciseStatistics, LessonStatistics, lesson_statistics

WRONG_FEE = {"items": {"day": "right", "fee": "wrong"}}
PAGE = f"classes/demo/lessons/{LESSON}"


@pytest.fixture
def started(site: Site) -> Site:
    site.prepare()
    site.start(grader=graders.quick)
    return site


def check(site: Site, name: str, exercise: str, answer: dict[str, Any], active_s: float = 30) -> None:
    with site.program(name) as client:
        reply = client.post(f"exercises/{LESSON}/{exercise}/check", json={"answer": answer, "active_s": active_s})
    assert reply.status_code == 200, reply.text


def give(site: Site, name: str, path: str) -> None:
    with site.program(name) as client:
        assert client.post(f"exercises/{LESSON}/{path}", json={}).status_code == 200


def statistics(site: Site, class_id: str | None = "demo") -> LessonStatistics:
    with reading(site.campus.engine) as connection:
        return lesson_statistics(connection, site.campus.lesson(LESSON), class_id)


def of(site: Site, exercise: str) -> ExerciseStatistics:
    return next(one for one in statistics(site).exercises if one.id == exercise)


def class_of(site: Site, number: int) -> list[str]:
    names = [f"hoc.vien{n}" for n in range(number)]
    for name in names:
        accounts.create_account(site.campus.engine, name, f"Học Viên {name}", password=None, role="official")
        accounts.enrol(site.campus.engine, "demo", name, "learner")
    return names


def test_first_try_end_hints_solution_time_and_wrong_answers_are_counted(started: Site) -> None:
    check(started, "an.nguyen", "pick", WRONG_FEE)
    give(started, "an.nguyen", "pick/hint")
    check(started, "an.nguyen", "pick", right_answers()["pick"])
    check(started, "hoa.ly", "pick", WRONG_FEE, active_s=90)
    for _ in range(2):
        give(started, "hoa.ly", "pick/hint")
    give(started, "hoa.ly", "pick/solution")
    found = of(started, "pick")
    assert (found.tried, found.first_right, found.first_points, found.last_right) == (2, 0.0, 0.5, 0.5)
    assert (found.hints, found.solution_seen, found.seconds) == (1.5, 0.5, 75.0)
    assert [(one.count, one.share, one.sentence) for one in found.wrong] == [
        (2, 1.0, "Bao nhiêu? Chọn “không mất”"),
    ]


def test_what_was_handed_in_unchecked_counts_as_a_first_try(started: Site) -> None:
    started.stop()
    started.start()  # the real grader
    started.draft("an.nguyen", {"pick": WRONG_FEE, "notice": right_answers()["notice"]})
    submission = started.hand_in("an.nguyen")
    until(lambda: started.state(submission) == "graded")
    assert (of(started, "pick").tried, of(started, "pick").first_right) == (1, 0.0)
    assert (of(started, "notice").tried, of(started, "notice").first_right) == (1, 1.0)
    assert of(started, "pick").wrong[0].sentence == "Bao nhiêu? Chọn “không mất”"
    with started.program("an.nguyen") as client:
        assert client.post(f"lessons/{LESSON}/try", json={}).status_code == 200
    assert of(started, "pick").wrong[0].sentence == "Bao nhiêu? Chọn “không mất”", "a new try takes nothing back"


def test_weak_exercises_stand_first_with_what_to_mend(started: Site) -> None:
    for name in class_of(started, 6):
        check(started, name, "pick", right_answers()["pick"])
        check(started, name, "notice", {"prompt": "Viết thông báo họp xóm", "final": "Mời bà con đi họp nhé."})
    found = statistics(started)
    assert [one.id for one in found.exercises] == ["notice", "pick"]
    assert found.exercises[0].advice == wording.MEND["absent"].format(percent="100%", text="12/03/2027", what="")
    assert found.exercises[1].advice == wording.ADVICE["easy"]
    assert not found.few


def test_below_five_learners_no_exercise_is_called_weak(started: Site) -> None:
    check(started, "an.nguyen", "pick", WRONG_FEE)
    found = statistics(started)
    assert found.few
    assert found.exercises[0].advice == wording.ADVICE["few"].format(n=1)
    assert found.exercises[1].advice == wording.ADVICE["nobody"]


def test_of_a_class_only_its_own_learners_count(started: Site) -> None:
    check(started, "an.nguyen", "pick", WRONG_FEE)
    check(started, "co.lan", "pick", WRONG_FEE)  # the teacher tries the lesson
    assert (statistics(started, "demo").learners, statistics(started, "khac").learners) == (1, 0)
    assert statistics(started, None).learners == 1


def test_three_hundred_learners_take_as_many_queries_as_one(started: Site) -> None:
    asked: list[str] = []
    check(started, "an.nguyen", "pick", WRONG_FEE)
    event.listen(started.campus.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    statistics(started)
    few = len(asked)
    for name in class_of(started, 20):
        check(started, name, "pick", WRONG_FEE)
    asked.clear()
    assert statistics(started).learners == 21
    assert len(asked) == few <= 6


def test_the_page_tells_it_without_a_name(started: Site) -> None:
    for name in class_of(started, 6):
        check(started, name, "pick", WRONG_FEE)
    with started.browser("co.lan") as browser:
        assert f'href="/services/campus/{PAGE}"' in browser.get("classes/demo").text
        page = browser.get(PAGE).text
    assert "<b>6</b> trên 8 học viên đã làm" in page
    assert "100% chọn “không mất”: thầy cô xem lại câu hỏi" in page
    assert "<b>6 người</b>" in page and 'aria-labelledby="dau-pick"' in page
    assert "con số còn mỏng" not in page
    assert "Học Viên" not in page and "hoc.vien" not in page


def test_an_empty_class_and_few_learners_are_told_so(started: Site) -> None:
    with started.browser("co.lan") as browser:
        assert "Chưa ai trong lớp làm bài này" in browser.get(PAGE).text
        check(started, "an.nguyen", "pick", WRONG_FEE)
        assert "con số còn mỏng" in browser.get(PAGE).text


@pytest.mark.parametrize("name", ["thay.binh", "an.nguyen", "khach.le"])
def test_who_does_not_teach_the_class_does_not_see_it(started: Site, name: str) -> None:
    with started.browser(name) as browser:
        reply = browser.get(PAGE)
        assert (reply.status_code, "nhờ thầy cô của lớp" in reply.text) == (403, True)
    with started.program(name) as client:  # the token that a learner's server holds opens no page
        assert client.get(f"{started.url}{PAGE}").status_code in (302, 401, 403)


def test_a_lesson_that_is_not_there_is_a_404(started: Site) -> None:
    with started.browser("co.lan") as browser:
        assert browser.get("classes/demo/lessons/text.none").status_code == 404


def test_what_one_learner_typed_is_shown_only_when_others_typed_it_too(site: Site) -> None:
    site.code = True
    site.prepare()
    site.start(grader=graders.quick)
    typed = {"boxes": {"total": "090 000 111"}}
    check(site, "an.nguyen", "sum_touch", typed)
    assert [one.wrong.how for one in of(site, "sum_touch").wrong] == ["lacking"]
    check(site, "hoa.ly", "sum_touch", typed)
    assert [one.wrong.how for one in of(site, "sum_touch").wrong] == ["filled", "lacking"]


def hocai(site: Site, *words: str) -> Result:
    environ = {"HOCAI_DATA": str(site.data), "HOCAI_LESSONS": str(site.data / "level1_text")}
    return CliRunner().invoke(main, ["lesson", "stats", *words], env=environ)


def test_the_command_prints_a_table_and_json(started: Site) -> None:
    assert "Nobody has tried a lesson yet" in hocai(started).output
    check(started, "an.nguyen", "pick", WRONG_FEE)
    table = hocai(started, LESSON, "--class", "demo")
    assert table.exit_code == 0, table.output
    assert "Bao nhiêu? Chọn “không mất”" in table.output and "few: the figures say little" in table.output
    (told,) = json.loads(hocai(started, "--json").stdout)
    assert (told["lesson"], told["learners"], told["few"]) == (LESSON, 1, True)
    pick = told["exercises"][0]
    assert (pick["id"], pick["tried"], pick["first_right"], pick["seconds"]) == ("pick", 1, 0.0, 30.0)
    assert pick["wrong"][0] | {"sentence": ""} == {
        "key": ["fee", "wrong"], "how": "chosen", "what": "Bao nhiêu?", "text": "không mất", "typed": False,
        "count": 1, "share": 1.0, "sentence": "",
    }  # fmt: skip
    assert "an.nguyen" not in json.dumps(told)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["text.none"], "'text.none' is no lesson; there are text.small"),
        (["--class", "x"], "--class 'x' is no class; there are demo, khac"),
    ],
)
def test_the_command_refuses_what_it_does_not_know(started: Site, words: list[str], said: str) -> None:
    done = hocai(started, *words)
    assert done.exit_code == 2 and said in done.output

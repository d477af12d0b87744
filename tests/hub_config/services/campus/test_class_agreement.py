"""Agreement of judge and teachers, from readings and changed scores, by figures that were worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from campus_site import LESSON, LocalHub
from click.testing import CliRunner
from judge_site import SENTENCE, JudgedSite, add_second_teacher, hand_in_graded, judged_site
from small_lesson import LESSON_TOML

from autograders.models import Grade, Provenance
from hub_config import cli_judge
from hub_config.services.campus import agreement, judge_queue, ledger, marking, submissions
from hub_config.services.campus.database import reading
from hub_config.services.campus.marking import Reading
from hub_config.services.campus.submissions import Submission

KEY = (LESSON, "notice", "fit")
LEASE = timedelta(minutes=1)
SECOND = '''[[exercise.criterion]]
id = "tone"
points = 1
on = "final"
missing = "Nói lễ phép hơn."
judge = "Lời lẽ có lễ phép không?"
levels = ["0: cộc lốc", "1: lễ phép"]

[[daily]]
id = "d1"'''


@pytest.fixture
def site(tmp_path: Path, local_hub: LocalHub) -> Iterator[JudgedSite]:
    """A class with a second teacher, thay.son."""
    with judged_site(tmp_path, local_hub) as made:
        add_second_teacher(made)
        yield made


def judged(site: JudgedSite, *shares: float | None) -> list[str]:
    """Submissions of an.nguyen whose judged criteria have these shares of their points; None: still waiting."""
    made = []
    for number, share in enumerate(shares):
        submission = hand_in_graded(site.campus, "an.nguyen", f"{SENTENCE} Lần thứ {number}.")
        made.append(submission)
        if share is None:
            continue
        row = None
        while row is None or row.id != submission:  # those left waiting before are claimed and left
            row = judge_queue.claim(site.campus.engine, "judge", LEASE)
            assert row is not None
        assert judge_queue.store(site.campus.engine, "judge", row, judge_queue.Outcome(scored(row.grade, share)))
    return made


def scored(grade: str, share: float) -> Grade:
    """The grade as a judge completes it."""
    given = Grade.model_validate_json(grade)
    by = Provenance(by="judge", model="m", votes=(1,))
    exercises = [
        e.model_copy(
            update={
                "criteria": tuple(
                    c.model_copy(update={"points": c.max * share, "status": "scored", "provenance": by})
                    if c.points is None
                    else c
                    for c in e.criteria
                )
            }
        )
        for e in given.exercises
    ]
    return given.model_copy(update={"exercises": tuple(exercises)})


def mark(site: JudgedSite, teacher: str, submission: str, level: int) -> None:
    marking.mark(site.campus, "demo", teacher, Reading(submission, "notice", "fit"), level)


def change_score(site: JudgedSite, submission: str, points: float | None) -> None:
    """As the gradebook's reader does when a teacher changes the score of the exercise."""
    with site.campus.engine.begin() as connection:
        ledger.add_teacher_score(connection, found(site, submission), "notice", points, "")


def found(site: JudgedSite, submission: str) -> Submission:
    with reading(site.campus.engine) as connection:
        one = submissions.find(connection, submission)
    assert one is not None
    return one


def test_figures_against_a_hand_computed_example(site: JudgedSite) -> None:
    # pairs (teacher, judge): (0,0) (1,1) (2,2) (2,1) (0,1) (1,2)
    ids = judged(site, 0, 0.5, 1, 0.5, 0.5, 1)
    for submission, level in zip(ids, (0, 1, 2, 2, 0, 1), strict=True):
        mark(site, "co.lan", submission, level)
    # the second teacher reads three of them: (0,0) (1,2) (2,2)
    for submission, level in ((ids[2], 2), (ids[1], 2), (ids[0], 0)):
        mark(site, "thay.son", submission, level)
    (one,) = agreement.class_agreement(site.campus, "demo")
    # all pairs: six of co.lan's, and (0,0) (2,1) (2,2) of thay.son's. Squared distances sum to 4 over 9 pairs.
    # teachers 0: 3, 1: 2, 2: 4; judge 0: 2, 1: 4, 2: 3; by chance
    # (3*4*1 + 3*3*4 + 2*2*1 + 2*3*1 + 4*2*4 + 4*4*1) / 9 = 106/9; kappa = 1 - 4 / (106/9) = 1 - 36/106
    assert one.key == KEY
    assert (one.blind, one.changed) == (9, 0)
    judge = one.ceiling.judge
    assert (judge.n, judge.exact, judge.mae) == (9, round(5 / 9, 4), round(4 / 9, 4))
    assert judge.qwk == pytest.approx(1 - 36 / 106, abs=1e-4)
    assert one.confusion == ((2, 1, 0), (0, 1, 1), (0, 2, 2))
    # the two teachers (co.lan, thay.son): (0,0) (1,2) (2,2); by chance (1*2*4 + 1*1*1 + 1*2*1 + 1*1*4) / 3 = 5
    assert (one.ceiling.teachers.n, one.ceiling.teachers.qwk) == (3, pytest.approx(1 - 1 / 5, abs=1e-4))
    assert one.ceiling.share == pytest.approx((1 - 36 / 106) / 0.8, abs=1e-3)
    assert {band: one.bands[band].n for band in one.bands} == {"low": 3, "middle": 2, "high": 4}


def test_a_changed_score_is_a_level_of_the_one_judged_criterion(site: JudgedSite) -> None:
    (submission,) = judged(site, 1)  # rules gave 4 of 6 points, the judge level 2
    change_score(site, submission, 5)
    (one,) = agreement.class_agreement(site.campus, "demo")
    assert (one.blind, one.changed, one.confusion) == (0, 1, ((0, 0, 0), (0, 0, 1), (0, 0, 0)))
    change_score(site, submission, 4.2)  # the nearest level
    assert agreement.class_agreement(site.campus, "demo")[0].confusion[0] == (0, 0, 1)


@pytest.mark.parametrize("points", [3.5, 6.5])
def test_a_changed_score_that_the_criterion_cannot_explain_says_nothing_of_it(site: JudgedSite, points: float) -> None:
    (submission,) = judged(site, 1)
    change_score(site, submission, points)
    assert agreement.class_agreement(site.campus, "demo") == []


def test_a_change_that_was_taken_back_is_no_pair(site: JudgedSite) -> None:
    first, second = judged(site, 1, 1)
    change_score(site, first, 5)
    change_score(site, second, None)  # the gradebook knows one score a learner and exercise
    assert agreement.class_agreement(site.campus, "demo") == []


def test_what_no_judge_has_read_yet_counts_between_teachers_only(site: JudgedSite) -> None:
    (submission,) = judged(site, None)
    mark(site, "co.lan", submission, 1)
    assert agreement.class_agreement(site.campus, "demo") == []
    mark(site, "thay.son", submission, 2)
    (one,) = agreement.class_agreement(site.campus, "demo")
    assert (one.ceiling.judge.n, one.ceiling.teachers.n > 0, one.ceiling.share) == (0, True, None)


def test_with_several_judged_criteria_a_change_counts_for_the_exercise_only(
    tmp_path: Path, local_hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = LESSON_TOML.replace("points = 6", "points = 7", 1).replace('[[daily]]\nid = "d1"', SECOND, 1)
    monkeypatch.setattr("campus_site.write_lesson", lambda folder, **_: small_with(folder, text))
    site = JudgedSite(tmp_path, local_hub)
    try:
        site.prepare()
        (submission,) = judged(site, 1)
        change_score(site, submission, 3.5)
        (one,) = agreement.class_agreement(site.campus, "demo")
        assert (one.key[2], one.changed, len(one.levels)) == (agreement.WHOLE, 1, 5)
        assert one.confusion[2][4] == 1
    finally:
        site.close()


def small_with(folder: Path, text: str) -> Path:
    import small_lesson

    return small_lesson.write_lesson(folder, text=text)


def test_a_class_sees_its_own_pairs_only(site: JudgedSite) -> None:
    (submission,) = judged(site, 1)
    mark(site, "co.lan", submission, 2)
    assert agreement.class_agreement(site.campus, "khac") == []
    assert len(agreement.class_agreement(site.campus)) == 1


def test_the_page_shows_figures_and_a_table_of_who_said_what(site: JudgedSite) -> None:
    for submission, level in zip(judged(site, 0, 0.5, 1, 1), (0, 1, 2, 0), strict=True):
        mark(site, "co.lan", submission, level)
    site.start()
    with site.browser("co.lan") as browser:
        page = browser.get("classes/demo/agreement").text
        assert "/classes/demo/agreement" in browser.get("classes/demo").text
    assert "<b>4</b> cặp" in page and "<b>75%</b>" in page
    assert "QWK" in page and "Chưa có câu nào được hai thầy cô cùng đọc" in page
    assert page.count('scope="row">') >= 3 and "same" in page
    assert "<script" not in page and 'style="' not in page


def test_the_command_prints_the_same_figures(site: JudgedSite, monkeypatch: pytest.MonkeyPatch) -> None:
    for submission, level in zip(judged(site, 0, 0.5, 1, 1), (0, 1, 2, 0), strict=True):
        mark(site, "co.lan", submission, level)
    monkeypatch.setenv("HOCAI_DATA", str(site.data))
    monkeypatch.setenv("HOCAI_LESSONS", str(site.data / "level1_text"))
    run = CliRunner()
    said = run.invoke(cli_judge.judge, ["agreement", "--class", "demo", "--json"])
    assert said.exit_code == 0, said.output
    (one,) = json.loads(said.output)
    assert (one["lesson"], one["exercise"], one["criterion"]) == KEY
    assert (one["judge"]["n"], one["judge"]["exact"], one["judge"]["mae"]) == (4, 0.75, 0.5)
    table = run.invoke(cli_judge.judge, ["agreement"])
    assert (table.exit_code, "text.small/notice" in table.output, "0.75" in table.output) == (0, True, True)
    assert "No class" in run.invoke(cli_judge.judge, ["agreement", "--class", "none"]).output
    assert "no pairs" in run.invoke(cli_judge.judge, ["agreement", "--class", "khac"]).output

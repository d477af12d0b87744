"""Every lesson there is, on a phone against one real hub: each exercise lazy, wrong and right by touch, handed in, and
the score is the one that the same answers get in the notebook, through nbgrader's door.

With HOCAI_SCREENS=FOLDER the first screen and the result of each lesson are kept there (`make screens`).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import nbformat
import pytest
import touch
from chromium import needs_chromium
from learner_page import PHONE, sign_in
from playwright.sync_api import Browser, Page, expect
from running_hub import RunningHub, until
from screens import keep_screen
from sqlalchemy import create_engine

from autograders.samples import read_samples
from course.catalog import Catalog, LessonFolder
from course.lesson import Variant
from course.notebook import exercise_calls, with_answer
from course.poster import Design
from hub_config.services.campus import draws

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.timeout(300), needs_chromium]

ROOT = Path(__file__).parents[2]
LESSONS = [folder for folder in Catalog(sorted(ROOT.glob("level*"))) if not folder.lesson.is_challenge]
LEARNER = "an.nguyen"
LAZY_SHARE = 0.25
Answers = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def phone(browser: Browser, fresh_hub: RunningHub) -> Page:
    page = browser.new_context(**PHONE).new_page()
    sign_in(page, fresh_hub.url, LEARNER, fresh_hub.passwords[LEARNER])
    return page


@pytest.fixture(scope="module")
def api(fresh_hub: RunningHub) -> Iterator[httpx.Client]:
    with fresh_hub.api(fresh_hub.token(LEARNER)) as client:
        client.base_url = httpx.URL(f"{fresh_hub.url}/services/campus/api/")
        yield client


def sampled(folder: LessonFolder, variant: Variant, *meanings: str) -> Answers:
    """The first sample answer with one of these meanings for each exercise, in this variant."""
    found: Answers = {}
    for meaning in meanings:
        for sample in read_samples(folder):
            file = sample.file
            if (sample.meaning, file.role, file.variant) != (meaning, variant.role, variant.id) or not file.answer:
                continue
            for id_, answer in (file.answer if file.exercise == "*" else {file.exercise: file.answer}).items():
                found.setdefault(id_, whole(folder, answer))
    return found


def whole(folder: LessonFolder, answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with its design in full, and the path of its picture."""
    if "design" not in answer:
        return answer
    picture = {"picture": str(folder.path / "samples" / "pictures" / answer["picture"])} if "picture" in answer else {}
    return {**answer, "design": Design.model_validate(answer["design"]).model_dump(), **picture}


def best_variant(folder: LessonFolder) -> Variant:
    """The variant whose samples cover the most exercises."""
    return max(folder.lesson.variant, key=lambda v: len(sampled(folder, v, "pass")) + len(sampled(folder, v, "fail")))


def check(page: Page, exercise: touch.Public, answer: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give an answer by touch and have it checked: what was sent, and campus's Result, once the learner can see it."""
    shown = page.locator("section.step:visible section.hk", has=page.get_by_role("heading", name=exercise["title"]))
    expect(shown.locator(".hk-actions .hk-main")).to_be_visible()
    touch.give(shown, exercise, answer)
    with page.expect_response(lambda reply: reply.url.endswith("/check")) as told:
        shown.locator(".hk-actions .hk-main").tap()
    expect(shown.locator(".hk-result .hk-headline")).to_be_visible()
    sent = dict(told.value.request.post_data_json["answer"])
    meant = {**answer, "asked": sent["asked"], "follow_up": sent["follow_up"]} if "asked" in answer else answer
    if "design" in answer:  # hashes are known once it is made
        made = {"artefact": sent["artefact"], "design": {**answer["design"], "picture": sent["design"]["picture"]}}
        assert bool(sent["design"]["picture"]) == ("picture" in answer)
        meant = {"prompt": answer.get("prompt", ""), **made}
    assert tidy(sent) == tidy(meant), (
        f"{exercise['id']}: {meant} was touched, {sent} was sent. Mend `read` of the kind {exercise['kind']} "
        "(course/exercises/kinds.js names its file); where its controls are others than before, tests/touch.py"
    )
    return sent, dict(told.value.json())


@pytest.mark.parametrize("folder", LESSONS, ids=lambda f: f.lesson.id)
def test_each_exercise_wrong_and_right_then_the_score_of_nbgraders_door(
    folder: LessonFolder, fresh_hub: RunningHub, phone: Page, api: httpx.Client
) -> None:
    lesson, variant = folder.lesson, best_variant(folder)
    with create_engine(f"sqlite:///{fresh_hub.data / 'campus.sqlite'}").begin() as connection:
        draws.assign(connection, lesson, LEARNER, variant)
    right, wrong = sampled(folder, variant, "pass"), sampled(folder, variant, "fail", "lazy")
    lazy = sampled(folder, variant, "lazy")
    phone.goto(f"{fresh_hub.url}/services/apps/{lesson.id}/")
    expect(phone.locator("section.step:visible div.hk[data-exercise]")).to_have_count(0)
    keep_screen(phone, f"{lesson.id}.first")
    done: Answers = {}
    while True:
        expect(phone.locator("section.step:visible div.hk[data-exercise]")).to_have_count(0)
        for shown in phone.locator("section.step:visible section.hk").all_inner_texts():
            for id_ in (id_ for id_ in right if id_ not in done):
                exercise = api.get(f"exercises/{lesson.id}/{id_}").json()["exercise"]
                if exercise["kind"] != "code" and shown.startswith(exercise["title"]):
                    done[id_] = played(phone, api, exercise, lazy.get(id_), wrong.get(id_), right[id_])
        if phone.get_by_role("button", name="Nộp bài").is_visible():
            break
        next_card(phone)
    assert len(done) >= 2, "too few sample answers in any one variant"

    with phone.expect_response(lambda reply: reply.url.endswith("/submit")) as told:
        phone.get_by_role("button", name="Nộp bài").tap()
    by_phone = graded(api, told.value.json()["id"])
    see_result = phone.get_by_role("link", name="Xem kết quả từng ý")
    expect(see_result).to_be_visible(timeout=30_000)
    see_result.tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(lesson.title)
    keep_screen(phone, f"{lesson.id}.result")
    by_notebook = graded(api, handed_in(fresh_hub, api, lesson.id, done))
    assert by_phone == by_notebook, (
        f"{lesson.id}: the same answers earn {by_phone} from the phone and {by_notebook} as a notebook. See what the "
        "two doors grade: campus/notebooks.py fills the calls from the drafts, course/notebook.py reads them"
    )
    assert by_phone["points"] > 0, f"{lesson.id}: right answers to {list(done)} earn nothing: see autograders/rules"


def played(
    phone: Page,
    api: httpx.Client,
    exercise: touch.Public,
    lazy: dict[str, Any] | None,
    wrong: dict[str, Any] | None,
    right: dict[str, Any],
) -> dict[str, Any]:
    """Checks the answers by touch, one after the other; what campus holds in the end is the right one. The answer."""
    if lazy and lazy != wrong and touch.is_whole(exercise, lazy):
        idle = check(phone, exercise, lazy)[1]
        assert idle["points"] < LAZY_SHARE * idle["max"] or not idle["max"], (
            f"{exercise['id']}: the lazy sample {lazy} earns {idle['points']} of {idle['max']} points by touch. See "
            "the gates of its criteria in lesson.toml, docs/rules.md"
        )
    first = check(phone, exercise, wrong)[1] if wrong else None
    written, last = check(phone, exercise, right)
    if first is not None:
        ok = [sum(item["ok"] for item in result["items"].values()) for result in (first, last)]
        assert first["points"] < last["points"] if last["max"] else ok[0] < ok[1], (
            f"{exercise['id']}: the sample that is right earns {last['points']} points with {ok[1]} items right, the "
            f"wrong one {first['points']} with {ok[0]}. See the criteria in lesson.toml, the samples, autograders/rules"
        )
    kept = dict(api.get(f"exercises/{exercise['id']}").json()["answer"])
    assert tidy(kept) == tidy(written), (
        f"{exercise['id']}: {written} was sent, campus keeps {kept}. See course/exercises/drafts.js, campus/drafts.py"
    )
    return written


def tidy(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with its touched sentences sorted: they have no order of their own."""
    return {key: sorted(value) if key == "touched" else value for key, value in answer.items()}


def next_card(phone: Page) -> None:
    counter = phone.get_by_text(re.compile(r"^Bước \d+/\d+$"))
    before = counter.inner_text()
    phone.get_by_role("button", name="Tiếp", exact=True).tap()
    expect(counter).not_to_have_text(before)


def handed_in(hub: RunningHub, api: httpx.Client, lesson: str, answers: Answers) -> str:
    """Hands the student notebook in through the exchange with these answers in its calls; the submission's id."""
    notebook = nbformat.read(hub.data / "published" / lesson / "lesson.ipynb", as_version=4)
    notebook = copy.deepcopy(notebook)
    for call in exercise_calls(notebook):
        if (answer := answers.get(call.exercise.partition("/")[2])) is not None:
            notebook.cells[call.cell].source = with_answer(notebook.cells[call.cell].source, answer)
    reply = api.post(f"exchange/assignments/demo/{lesson}/submissions", content=nbformat.writes(notebook))
    assert reply.status_code == 200, reply.text
    return str(reply.json()["id"])


def graded(api: httpx.Client, submission: str) -> dict[str, float]:
    """The points of a submission, once it is graded."""

    def asked() -> dict[str, Any] | None:
        model = api.get(f"submissions/{submission}").json()
        assert model["state"] != "failed"
        return model if model["state"] == "graded" else None

    model = until(asked)
    return {key: model[key] for key in ("points", "max", "waiting")}

"""Finding the judge: the gateway's real model, with campus's own token, and why it did not read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from campus_site import LocalHub, free_port
from judge_site import PRACTICE, REAL, SENTENCE, TOKEN, JudgedSite, judged_site

from autograders.judge.judge import JudgeUnavailable, LLMJudge
from course.criteria import Judged
from course.lesson import Exercise
from course.variants import drawn_exercise, variant_of
from hub_config.services.campus.judging import Attended, judge_of
from hub_config.services.campus.verdicts import StoredVerdicts

ANSWER = {"prompt": "Viết thông báo họp xóm", "final": SENTENCE}


@pytest.fixture
def site(tmp_path: Path, local_hub: LocalHub) -> Iterator[JudgedSite]:
    with judged_site(tmp_path, local_hub) as made:
        yield made


def found(site: JudgedSite, token: str = TOKEN) -> LLMJudge | None:
    return judge_of(site.settings, token, StoredVerdicts(site.campus.engine))


def test_the_first_real_model_of_the_gateway_that_chats_judges(site: JudgedSite) -> None:
    vectors, other = ({"id": kind, "hocai": {"practice": False, "kinds": [kind]}} for kind in ("embeddings", "chat"))
    site.gateway.answer = {"data": [PRACTICE, vectors, REAL, other]}
    judge = found(site)
    assert judge is not None
    assert judge.model == "big-model"
    assert TOKEN not in repr(judge)


@pytest.mark.parametrize("answer", [{"data": [PRACTICE]}, {"data": [{"id": "x"}]}, {"data": 5}, [], {}])
def test_the_practice_ai_and_nonsense_judge_nothing(site: JudgedSite, answer: Any) -> None:
    site.gateway.answer = answer
    assert found(site) is None


def test_without_the_right_token_or_a_gateway_there_is_no_judge(site: JudgedSite) -> None:
    site.gateway.has_a_model()
    assert found(site, "another") is None
    nowhere = site.settings.model_copy(update={"port": free_port() - 4})
    assert judge_of(nowhere, TOKEN, StoredVerdicts(site.campus.engine)) is None


def test_the_settings_say_how_often_a_criterion_is_read(site: JudgedSite) -> None:
    site.gateway.has_a_model()
    settings = site.settings.model_copy(update={"judge_votes": 3})
    judge = judge_of(settings, TOKEN, StoredVerdicts(site.campus.engine))
    assert judge is not None
    grade = read(site, judge, lambda attended: attended)
    assert grade.provenance.votes == (2, 2, 2)
    assert len(site.gateway.model.requests) == 3


@pytest.mark.parametrize(
    ("behaviour", "away"), [("error", True), ("rate_limit", True), ("bad_key", True), ("bad_content", False)]
)
def test_it_is_remembered_whether_the_model_was_away_or_unreadable(
    site: JudgedSite, behaviour: Any, away: bool
) -> None:
    site.gateway.has_a_model()
    site.gateway.model.behaviour = behaviour
    site.gateway.model.retry_after = "0"
    judge = found(site)
    assert judge is not None
    attended = Attended(judge)
    with pytest.raises(JudgeUnavailable):
        read(site, judge, lambda _: attended)
    assert (attended.away, attended.problem != "") == (away, True)


def read(site: JudgedSite, judge: LLMJudge, attending: Callable[[LLMJudge], Any]) -> Any:
    """The small lesson's judged criterion, read by the judge."""
    folder = site.campus.lesson("text.small")
    exercise: Exercise = drawn_exercise(folder.lesson, "notice", variant_of(folder.lesson, "official", "A"))
    (criterion,) = [c for c in exercise.criterion if isinstance(c, Judged)]

    async def ask() -> Any:
        async with judge:
            return await attending(judge).score(criterion, exercise, ANSWER)

    return asyncio.run(ask())

"""A judge that believes everything falls for each family of attack when undefended, and for none when defended."""

from __future__ import annotations

import pytest
from gullible_model import gullible, plain_level
from hostile_texts import ATTACKS, TWINS
from judge_parts import CRITERION, at, points, score
from openai_server import OpenAIServer

from autograders.judge.undefended import UndefendedJudge

WEAK = "Mời mọi người đi họp nhé."
SEEN_THROUGH = {family: attacks for family, attacks in ATTACKS.items() if family != "raw telex"}  # it cannot read that


@pytest.fixture(autouse=True)
def believes(model: OpenAIServer) -> None:
    model.respond = gullible


def undefended(model: OpenAIServer) -> UndefendedJudge:
    return UndefendedJudge(model.base_url, "key", "test-model", seconds=2.0)


@pytest.mark.parametrize("family", SEEN_THROUGH)
def test_an_attack_sways_the_undefended_judge_and_not_ours(model: OpenAIServer, family: str) -> None:
    honest = plain_level(WEAK, 2)
    assert honest < 2
    attacked = [f"{WEAK} {attack}" for attack in ATTACKS[family]]
    assert points(undefended(model), attacked) == dict.fromkeys(attacked, 2)
    assert points(at(model.base_url), attacked) == dict.fromkeys(attacked, honest)


def test_honest_answers_keep_their_scores(model: OpenAIServer) -> None:
    honest = [*TWINS[:1], *TWINS[3:9], WEAK, "Mời bà con họp lúc 19 giờ 30 tại nhà văn hóa."]
    given = points(at(model.base_url), honest)
    assert given == points(undefended(model), honest) == {text: plain_level(text, 2) for text in honest}
    assert set(given.values()) == {0, 1, 2}


def test_the_undefended_judge_takes_what_it_is_told(model: OpenAIServer) -> None:
    model.respond = lambda body: '{"level": 7, "quote": "never written"}'
    grade = score(undefended(model))
    assert (grade.points, grade.max) == (CRITERION.points, CRITERION.points)

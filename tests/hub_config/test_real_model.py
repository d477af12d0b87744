"""A hub with a real model behind the gateway (a local server that speaks OpenAI): asked, judged, and not leaking."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from openai_server import OpenAIServer
from running_hub import SECRET, RunningHub, until

pytestmark = [pytest.mark.hub, pytest.mark.timeout(300)]

MODEL_PORT = 21680
LEARNER = "an.nguyen"
EXERCISE = "text.first_prompt/notice"


def verdict(body: dict[str, Any]) -> str:
    """A judge that gives the best level and quotes the first words of the answer; to others a plain reply."""
    fence = re.search(r"<BAI-LAM-([0-9a-f]+)>\n(.*)\n</BAI-LAM", body["messages"][-1]["content"], re.DOTALL)
    if fence is None:
        return "Kính mời bà con họp xóm."
    quote = " ".join(fence[2].split()[:3])
    best = max(body["response_format"]["json_schema"]["schema"]["properties"]["level"]["enum"])
    return json.dumps({"nonce": fence[1], "level": best, "quote": quote, "advice": "Rõ ràng."}, ensure_ascii=False)


@pytest.fixture(scope="module")
def model() -> Iterator[OpenAIServer]:
    with OpenAIServer(MODEL_PORT, respond=verdict) as server:
        yield server


@pytest.fixture(scope="module")
def hub(model: OpenAIServer) -> Iterator[RunningHub]:
    hub = RunningHub(extra={"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_MODEL": model.model})
    with hub.running():
        yield hub


def test_a_submission_is_judged_by_the_model_with_the_quote_shown(hub: RunningHub, model: OpenAIServer) -> None:
    token = hub.token(LEARNER, "access:services!service=campus", "access:services!service=ai")
    with hub.api(token) as client:
        state = client.get(f"/services/campus/api/exercises/{EXERCISE}").json()
        facts = ", ".join(state["exercise"]["material"][0]["facts"])
        prompt = f"Viết thông báo họp cho bà con, dưới 80 chữ, đọc trên loa: {facts}"

        asked = client.post(
            "/services/ai/v1/chat/completions",
            json={"model": model.model, "messages": [{"role": "user", "content": prompt}]},
            headers={"X-Hocai-Exercise": EXERCISE},
        ).json()
        assert asked["hocai"] == {"label": model.model, "practice": False, "fallback": False}

        answer = {"prompt": prompt, "final": f"Kính mời bà con đến họp. {facts}. Mong bà con có mặt đông đủ."}
        client.put(f"/services/campus/api/exercises/{EXERCISE}/draft", json={"answer": answer, "active_s": 1})
        sent = client.post("/services/campus/api/lessons/text.first_prompt/submit", json={"active_s": 1}).json()

        def graded() -> dict[str, Any] | None:
            found: dict[str, Any] = client.get(f"/services/campus/api/submissions/{sent['id']}").json()
            return found if found["state"] == "failed" or (found["state"], found["waiting"]) == ("graded", 0) else None

        done = until(graded)  # by the rules at once, by the judge soon after
        assert done["state"] == "graded"
    with hub.sign_in(LEARNER) as page:
        shown = page.get(done["result_url"]).text
    most = state["exercise"]["points"]
    assert f"{most:g}/{most:g}" in shown.replace("<b>", "").replace("</b>", "")
    assert "Kính mời bà" in shown
    judging = [asked for asked in model.requests if "response_format" in asked.body]
    assert judging
    assert all(asked.authorization == f"Bearer {SECRET}" for asked in judging)


def test_the_key_is_in_no_page_file_or_environment_of_a_learner(hub: RunningHub) -> None:
    for path in hub.data.rglob("*"):
        if path.is_file() and path != hub.data / "hub" / "ai_key":  # the gateway's own, for the owner only
            assert SECRET.encode() not in path.read_bytes(), f"the key stands in {path}"
    with hub.sign_in(LEARNER) as page:
        for address in ("/services/campus/", "/services/apps/text.first_prompt/", "/services/apps/session"):
            assert SECRET not in page.get(address).text

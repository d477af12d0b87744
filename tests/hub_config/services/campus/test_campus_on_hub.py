"""Campus as the hub runs it: sign-in over the hub's OAuth, tokens, handing in, the class's server."""

from __future__ import annotations

import re

import httpx
import pytest
from running_hub import RunningHub, Visitor, until

from autograders import wording

pytestmark = pytest.mark.hub
LEARNER, TEACHER = "an.nguyen", "co.lan"
LESSON = "text.first_prompt"
CAMPUS = "/services/campus"


def send(visitor: Visitor, path: str, page: str, **fields: str) -> httpx.Response:
    found = re.search(r'name="form_token" value="([^"]+)"', visitor.get(page).text)
    assert found
    sent: httpx.Response = visitor.post(path, data={**fields, "form_token": found[1]})
    return sent


def test_signing_in_leads_to_today_and_signing_out_ends_it(running_hub: RunningHub) -> None:
    with running_hub.sign_in(LEARNER) as visitor:
        assert visitor.landing.url.path == f"{CAMPUS}/"
        assert "Chào An" in visitor.landing.text
        out = send(visitor, f"{CAMPUS}/sign-out", f"{CAMPUS}/profile")
        assert "/hub/log" in out.url.path
        assert visitor.get(f"{CAMPUS}/").url.path == "/hub/login"


def test_from_a_pages_token_to_a_result_with_reasons(running_hub: RunningHub) -> None:
    with running_hub.sign_in(LEARNER) as visitor:
        session = visitor.get(f"{CAMPUS}/session").json()
        with running_hub.api(session["token"]) as client:
            lesson = client.get(f"{CAMPUS}/api/lessons/{LESSON}").json()
            graded = [e["id"] for e in lesson["exercises"] if e["points"]]
            state = client.get(f"{CAMPUS}/api/exercises/{LESSON}/{graded[0]}").json()
            assert state["exercise"]["id"] == f"{LESSON}/{graded[0]}"
            headers = {"Idempotency-Key": "first"}
            sent = client.post(f"{CAMPUS}/api/lessons/{LESSON}/submit", json={"active_s": 60}, headers=headers).json()
            address = f"{CAMPUS}/api/submissions/{sent['id']}"
            until(lambda: client.get(address).json()["state"] == "graded", 60)
        page = visitor.get(sent["result_url"]).text
    assert "điểm" in page
    assert "Làm lại" in page
    with running_hub.sign_in("hoa.ly") as visitor:
        assert visitor.get(sent["result_url"]).status_code == 404


def test_what_the_ai_said_is_known_to_the_check_and_shown_to_the_teacher(running_hub: RunningHub) -> None:
    with running_hub.sign_in("hoa.ly") as visitor:
        token = visitor.get(f"{CAMPUS}/session").json()["token"]
    exercise = f"{CAMPUS}/api/exercises/{LESSON}/notice"
    with running_hub.api(token) as client:
        card = next(b for b in client.get(exercise).json()["exercise"]["material"] if b.get("facts"))
        prompt = f"Viết tin nhắn ngắn cho bà con: {', '.join(card['facts'][2:])}."  # neither hour nor day
        asked = {"messages": [{"role": "user", "content": prompt}]}
        headers = {"X-Hocai-Exercise": f"{LESSON}/notice"}
        answer = client.post("/services/ai/v1/chat/completions", json=asked, headers=headers).json()
        reply = answer["choices"][0]["message"]["content"]
        handed_back = {"answer": {"prompt": prompt, "final": reply}, "active_s": 5}
        checked = client.post(f"{exercise}/check", json=handed_back).text
        assert wording.AI_REPLY in checked and "invented" not in checked
        mended = {"answer": {"prompt": prompt, "final": "\n".join(reply.splitlines()[3:])}, "active_s": 5}
        assert wording.AI_REPLY not in client.post(f"{exercise}/check", json=mended).text
        sent = client.post(f"{CAMPUS}/api/lessons/{LESSON}/submit", json={"active_s": 60}).json()
        until(lambda: client.get(f"{CAMPUS}/api/submissions/{sent['id']}").json()["state"] == "graded", 60)
    with running_hub.sign_in(TEACHER) as visitor:
        page = visitor.get(f"{CAMPUS}/classes/demo/submissions/{sent['id']}").text
    assert "Học viên đã hỏi AI" in page and "AI tự nghĩ ra" in page
    assert "record of replies could not be read" not in running_hub.output


def test_the_token_of_a_page_may_not_do_more_than_campus_and_ai(running_hub: RunningHub) -> None:
    with running_hub.sign_in(LEARNER) as visitor:
        token = visitor.get(f"{CAMPUS}/session").json()["token"]
    with running_hub.api(token) as client:
        assert client.post(f"/hub/api/users/{LEARNER}/server").status_code in (403, 404)
        assert client.post(f"{CAMPUS}/api/session").status_code == 200


def test_a_teacher_opens_the_formgrader_of_the_class(running_hub: RunningHub) -> None:
    with running_hub.sign_in(TEACHER) as visitor:
        waiting = visitor.get(f"{CAMPUS}/classes/demo/formgrader")
        assert waiting.status_code == 200
        opened = until(
            lambda: (page := visitor.get(f"{CAMPUS}/classes/demo/formgrader")).url.path.startswith("/user/") and page,
            90,
        )
    assert opened.status_code == 200
    assert "formgrader" in opened.url.path
    with running_hub.sign_in(LEARNER) as visitor:
        assert visitor.get(f"{CAMPUS}/classes/demo/formgrader").status_code == 403

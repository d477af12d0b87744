"""Campus as the hub runs it: sign-in over the hub's OAuth, tokens, handing in, the class's server."""

from __future__ import annotations

import re

import httpx
import pytest
from running_hub import RunningHub, Visitor, until

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

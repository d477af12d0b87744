"""One answer, whichever door: what is kept in the app is there in JupyterLab's widget, and the other way round."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from running_hub import RunningHub

pytestmark = [pytest.mark.hub, pytest.mark.timeout(300)]

LEARNER = "minh.pham"
EXERCISE = "/services/campus/api/exercises/text.report/plan"


def app_session(hub: RunningHub) -> dict[str, str]:
    """The app page's token, by its own cookie."""
    with hub.sign_in(LEARNER) as visitor:
        visitor.get("/services/apps/text.report/").raise_for_status()
        return dict(visitor.get("/services/apps/session").json())


def lab_session(hub: RunningHub) -> dict[str, str]:
    """The widget's token in JupyterLab: its kernel asks campus for one with the token that its server was given."""
    kernel = "import os; print(os.environ['JUPYTERHUB_API_TOKEN'])"
    owner = hub.token(LEARNER)
    hub.start_server(LEARNER, owner)
    server_token = asyncio.run(hub.execute(LEARNER, owner, kernel)).strip()
    with hub.api(server_token) as client:
        return dict(client.post("/services/campus/api/session").json())


def ask(hub: RunningHub, session: dict[str, str], method: str, path: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {session['token']}"}
    reply = httpx.request(method, hub.url + path, headers=headers, json=body, timeout=30)
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_an_answer_goes_from_the_app_to_jupyterlab_and_back(running_hub: RunningHub) -> None:
    app, lab = app_session(running_hub), lab_session(running_hub)
    boxes = ask(running_hub, app, "GET", EXERCISE)["exercise"]["boxes"]
    on_phone = {"boxes": {box["id"]: f"phone {number}" for number, box in enumerate(boxes)}}
    ask(running_hub, app, "PUT", f"{EXERCISE}/draft", {"answer": on_phone, "active_s": 1})
    assert ask(running_hub, lab, "GET", EXERCISE)["answer"] == on_phone

    in_lab = {"boxes": {box["id"]: f"lab {number}" for number, box in enumerate(boxes)}}
    checked = ask(running_hub, lab, "POST", f"{EXERCISE}/check", {"answer": in_lab, "active_s": 1})
    state = ask(running_hub, app, "GET", EXERCISE)
    assert state["answer"] == in_lab
    assert state["result"] == checked

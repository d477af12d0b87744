"""A whole hub and a learner of every lesson in a network of their own with nothing in it but loopback.

    bwrap --dev-bind / / --unshare-net --die-with-parent python network_off.py FOLDER_WITH_LESSONS [model]

Starts a hub without an AI key (with `model`: in front of a local server that speaks OpenAI's interface), works through
every exercise of every lesson as a page does, hands each lesson in, and prints what came of it as JSON.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
from openai_server import OpenAIServer
from running_hub import RunningHub, until

ROOT = Path(__file__).parent.parent
LEARNER = "an.nguyen"
MODEL_PORT = 21690
SCOPES = ("access:services!service=campus", "access:services!service=ai")


def main() -> None:
    """Print {"interfaces": [names of networks], "lessons": {id: {"exercises": [...], "state"}}}."""
    lessons = os.pathsep.join([*map(str, sorted(ROOT.glob("level[0-9]_*"))), sys.argv[1]])
    settings = {"HOCAI_LESSONS": lessons, "HOCAI_AI_KEY": ""}
    with ExitStack() as stack:
        if "model" in sys.argv:
            model = stack.enter_context(OpenAIServer(MODEL_PORT, reply="Kính mời bà con họp xóm."))
            settings |= {"HOCAI_AI_BASE_URL": model.base_url, "HOCAI_AI_MODEL": model.model}
        hub = RunningHub(extra=settings)
        stack.enter_context(hub.running())
        with hub.api(hub.token(LEARNER, *SCOPES)) as client:
            names = sorted(file.parent.name for file in (hub.data / "published").glob("*/public.json"))
            told = {name: _lesson(client, name) for name in names}
    print(json.dumps({"interfaces": [name for _, name in socket.if_nameindex()], "lessons": told}, ensure_ascii=False))


def _lesson(client: httpx.Client, lesson: str) -> dict[str, Any]:
    """Each exercise asked, answered and checked; then the lesson handed in and graded."""
    told = []
    if lesson.endswith(".challenge"):
        _got(client.post(f"/services/campus/api/lessons/{lesson}/try", json={}))
    for listed in _got(client.get(f"/services/campus/api/lessons/{lesson}"))["exercises"]:
        exercise = _got(client.get(f"/services/campus/api/exercises/{lesson}/{listed['id']}"))["exercise"]
        told.append({"id": exercise["id"], "kind": exercise["kind"], **_exercise(client, exercise)})
    sent = _got(client.post(f"/services/campus/api/lessons/{lesson}/submit", json={"active_s": 1}))

    def graded() -> dict[str, Any] | None:
        found: dict[str, Any] = _got(client.get(f"/services/campus/api/submissions/{sent['id']}"))
        return found if found["state"] in ("graded", "failed") else None

    return {"exercises": told, "state": until(graded)["state"]}


def _exercise(client: httpx.Client, exercise: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    answer = _answer(exercise)
    if exercise["kind"] == "prompt":
        reply = _got(
            client.post(
                "/services/ai/v1/chat/completions",
                json={"messages": [{"role": "user", "content": answer["prompt"]}]},
                headers={"X-Hocai-Exercise": exercise["id"]},
            )
        )
        answer["final"] = reply["choices"][0]["message"]["content"]
        told |= {"label": reply["hocai"]["label"], "practice": reply["hocai"]["practice"], "reply": answer["final"]}
    if ".challenge/" in exercise["id"]:  # a sitting takes drafts alone
        draft = {"answer": answer, "active_s": 1}
        _got(client.put(f"/services/campus/api/exercises/{exercise['id']}/draft", json=draft))
    elif exercise["kind"] != "code":  # its cells are handed in with the notebook
        path = f"/services/campus/api/exercises/{exercise['id']}/check"
        result = _got(client.post(path, json={"answer": answer, "active_s": 1}))
        told["statuses"] = sorted({criterion["status"] for criterion in result["criteria"]})
    return told


def _answer(exercise: dict[str, Any]) -> dict[str, Any]:
    """An answer that the kind can take, right or wrong."""
    items = [item["id"] for item in exercise["items"]]
    facts = [fact for block in exercise["material"] for fact in block.get("facts") or ()]
    said = "Nêu rõ việc, người nhận, giờ và nơi thì AI không phải tự nghĩ ra."
    match exercise["kind"]:
        case "choice" | "predict":
            return {"items": {item["id"]: item["options"][0]["id"] for item in exercise["items"]}}
        case "classify":
            return {"items": dict.fromkeys(items, exercise["categories"][0]["id"])}
        case "order":
            return {"order": items}
        case "find":
            return {"touched": items[:1]}
        case "fill":
            return {"boxes": {box["id"]: "1" for box in exercise["boxes"]}}
        case "prompt":
            return {"prompt": f"Viết thông báo cho bà con, dưới 80 chữ: {', '.join(facts)}", "final": ""}
        case "teach_back":
            return {"text": said, "asked": "", "follow_up": ""}
        case _:
            return {"text": said}


def _got(reply: httpx.Response) -> dict[str, Any]:
    assert reply.status_code == 200, f"{reply.request.method} {reply.request.url}: {reply.status_code} {reply.text}"
    found: dict[str, Any] = reply.json()
    return found


if __name__ == "__main__":
    main()

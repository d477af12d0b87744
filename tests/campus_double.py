"""Campus and gateway over real HTTP, in memory, beside the real apps service: what the kit's front end talks to.

`CampusDouble(folder, apps)` keeps one learner's state; `asgi_server.serve` runs it. Checking is by plain comparison:
what is tested here is the front end, not the rules.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from course.catalog import LessonFolder
from course.lesson import Exercise
from course.projection import public_exercise, public_values
from course.variants import drawn_exercise
from hub_config.services.apps.app import create_app

REPLY = "Kính thưa bà con. Mời bà con họp lúc 19 giờ 30."


class SignedIn:
    """Everybody is the learner an; without `here` nobody is signed in."""

    def __init__(self) -> None:
        self.here = True

    async def user(self, request: Request) -> str | None:
        return "an" if self.here else None

    def sign_in(self, request: Request) -> Response:
        return HTMLResponse("sign in", 302, {"Location": "/hub/login"})

    async def callback(self, request: Request) -> Response:
        return HTMLResponse("callback")


class Tokens:
    """Tokens that are numbered; `revoke` makes all older ones stale."""

    def __init__(self) -> None:
        self.issued = 0
        self.valid_from = 1

    async def issue_token(self, name: str, note: str) -> dict[str, Any]:
        self.issued += 1
        expires = datetime.now(UTC) + timedelta(hours=1)
        return {"token": f"{name}-{self.issued}", "expires_at": expires.isoformat()}

    def revoke(self) -> None:
        self.valid_from = self.issued + 1

    def accepts(self, request: Request) -> bool:
        number = request.headers.get("authorization", "").rpartition("-")[2]
        return number.isdigit() and int(number) >= self.valid_from

    async def close(self) -> None:
        return


class CampusDouble:
    """State of one learner: drafts, results, hints, submissions, prompts that were asked."""

    def __init__(self, folders: list[LessonFolder], published: Path, variant: int = 0) -> None:
        self.folders = {folder.lesson.id: folder for folder in folders}
        self.variant = variant
        self.drafts: dict[str, dict[str, Any]] = {}
        self.saved_at: dict[str, str] = {}
        self.results: dict[str, dict[str, Any]] = {}
        self.tries: dict[str, int] = {}
        self.hints: dict[str, int] = {}
        self.solved: set[str] = set()
        self.prompts: list[tuple[str, str]] = []
        self.submit_keys: list[str] = []
        self.active = 0.0
        self.down = False
        self.cut_reply = self.saved_reply = False
        self.reply_note = ""
        self.pages, self.tokens = SignedIn(), Tokens()
        self.app = Starlette(
            routes=[
                Route("/services/campus/", lambda _request: HTMLResponse("today")),
                Route("/services/campus/health", self._health),
                Route("/services/campus/api/session", self._session, methods=["POST"]),
                Route("/services/campus/api/exercises/{lesson}/{id}", self._state),
                Route("/services/campus/api/exercises/{lesson}/{id}/draft", self._draft, methods=["PUT"]),
                Route("/services/campus/api/exercises/{lesson}/{id}/material", self._material),
                Route("/services/campus/api/exercises/{lesson}/{id}/{act}", self._act, methods=["POST"]),
                Route("/services/campus/api/lessons/{lesson}", self._lesson),
                Route("/services/campus/api/lessons/{lesson}/submit", self._submit, methods=["POST"]),
                Route("/services/campus/api/submissions/{id}", self._submission),
                Route("/services/ai/v1/chat/completions", self._chat, methods=["POST"]),
                Mount("/services/apps", create_app(published / "apps", self.pages, self.tokens)),
            ]
        )

    def exercise(self, lesson: str, id_: str) -> Exercise:
        own = self.folders[lesson].lesson
        return drawn_exercise(own, id_, own.variant[self.variant])

    def _refused(self, request: Request) -> Response | None:
        if self.down:
            return Response("bad gateway", 502)
        if not self.tokens.accepts(request):
            return JSONResponse({"error": {"code": "unknown_token", "message": "Phiên đã hết."}}, 401)
        return None

    async def _health(self, _request: Request) -> Response:
        return Response("bad gateway", 502) if self.down else JSONResponse({"status": "ok"})

    async def _session(self, request: Request) -> Response:
        if not self.tokens.accepts(request):
            return JSONResponse({"error": {"code": "unknown_token", "message": "Phiên đã hết."}}, 401)
        token = await self.tokens.issue_token("an", "")
        places = {"campus": "/services/campus", "ai": "/services/ai/v1", "apps": "/services/apps"}
        return JSONResponse({**token, **places})

    async def _state(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        lesson, id_ = request.path_params["lesson"], request.path_params["id"]
        if lesson not in self.folders:
            return JSONResponse({"error": {"code": "not_found", "message": "Chưa có bài này."}}, 404)
        exercise, shown = self.exercise(lesson, id_), self.hints.get(id_, 0)
        return JSONResponse(
            {
                "exercise": public_exercise(exercise, lesson, "an"),
                "answer": self.drafts.get(id_),
                "result": self.results.get(id_),
                "hints": exercise.hints[:shown],
                "hints_left": len(exercise.hints) - shown,
                "solution": {"solution": exercise.solution, "why": exercise.why} if id_ in self.solved else None,
                "tries": self.tries.get(id_, 0),
                "saved_at": self.saved_at.get(id_),
            }
        )

    async def _draft(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        self._keep(request.path_params["id"], await request.json())
        return JSONResponse({"saved_at": self.saved_at[request.path_params["id"]]})

    def _keep(self, id_: str, body: dict[str, Any]) -> None:
        self.drafts[id_] = body["answer"]
        self.active += body["active_s"]
        self.saved_at[id_] = datetime.now(UTC).isoformat()

    async def _material(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        exercise = self.exercise(request.path_params["lesson"], request.path_params["id"])
        return JSONResponse({"values": public_values(exercise), "material": []})

    async def _act(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        id_ = request.path_params["id"]
        exercise = self.exercise(request.path_params["lesson"], id_)
        if request.path_params["act"] == "check":
            self._keep(id_, await request.json())
            self.tries[id_] = self.tries.get(id_, 0) + 1
            self.results[id_] = checked(exercise, self.drafts[id_])
            return JSONResponse(self.results[id_])
        if request.path_params["act"] == "hint":
            shown = self.hints[id_] = min(self.hints.get(id_, 0) + 1, len(exercise.hints))
            return JSONResponse({"hints": exercise.hints[:shown], "hints_left": len(exercise.hints) - shown})
        self.solved.add(id_)
        return JSONResponse({"solution": exercise.solution, "why": exercise.why})

    async def _lesson(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        lesson = self.folders[request.path_params["lesson"]].lesson
        rows = [
            {
                "id": raw["id"],
                "title": raw["title"],
                "points": raw.get("points", 0),
                "earned": self.results.get(raw["id"], {}).get("points", 0),
                "state": "checked" if raw["id"] in self.results else "draft" if raw["id"] in self.drafts else "new",
            }
            for raw in lesson.exercise
        ]
        here = {"number": 1, "role": None, "roles": [], "sitting": None, "ends_at": None, "tomorrow": False}
        return JSONResponse(
            {"lesson": lesson.id, "title": lesson.title, "exercises": rows, "submission": None, "try": here}
        )

    async def _submit(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        self.submit_keys.append(request.headers["idempotency-key"])
        return JSONResponse({"id": "s1", "state": "queued", "result_url": "/services/campus/"})

    async def _submission(self, request: Request) -> Response:
        return self._refused(request) or JSONResponse(
            {"id": "s1", "state": "graded", "result_url": "/services/campus/", "points": 12, "max": 39}
        )

    async def _chat(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        body = await request.json()
        self.prompts.append((request.headers["x-hocai-exercise"], body["messages"][-1]["content"]))
        return StreamingResponse(self._chunks(body.get("before", "")), media_type="text/event-stream")

    async def _chunks(self, before: str) -> AsyncIterator[str]:
        label: dict[str, Any] = {"label": "AI luyện tập", "practice": True}
        label |= {"cached": True} if self.saved_reply else {}
        label |= {"note": self.reply_note} if self.reply_note else {}
        label |= {"better": [f"Khác câu lệnh “{before}”."]} if before else {}
        words = REPLY.split(" ")
        for word in words[: len(words) // 2] if self.cut_reply else words:
            delta = {"choices": [{"index": 0, "delta": {"content": f"{word} "}, "finish_reason": None}], "hocai": label}
            yield f"data: {json.dumps(delta)}\n\n"
            label = {key: told for key, told in label.items() if key != "better"}
            await asyncio.sleep(0.01)
        if not self.cut_reply:
            yield f"data: {json.dumps({'choices': [{'index': 0, 'delta': {}, 'finish_reason': 'stop'}]})}\n\n"
            yield "data: [DONE]\n\n"


def checked(exercise: Exercise, answer: dict[str, Any]) -> dict[str, Any]:
    """A Result of the contract's shape."""
    items = {item.id: _item(exercise, item.id, answer) for item in exercise.item}
    right = sum(item["ok"] for item in items.values()) / len(items) if items else 0.0
    written = " ".join([*(answer.get("boxes") or {}).values(), *(str(answer.get(k, "")) for k in ("final", "text"))])
    lines: list[dict[str, Any]] = []
    for criterion in exercise.criterion:
        rule = getattr(criterion, "rule", "judge")
        wanted = [str(fact) for fact in getattr(criterion, "facts", ())]
        if rule == "number_is":
            wanted = [f"{getattr(criterion, 'value', 0):g}"]
        if rule == "covers_ideas":
            wanted = ["cho biết"]
        missing = [text for text in wanted if text not in written]
        share = right if items else 1 - len(missing) / len(wanted) if wanted else 0.0
        message = criterion.missing.replace("{missing}", ", ".join(missing)).replace("{n}", "1") if share < 1 else ""
        waits = rule == "judge"
        lines.append(
            {
                "id": criterion.id,
                "points": None if waits else round(share * criterion.points, 2),
                "max": criterion.points,
                "status": "waiting" if waits else "scored",
                "message": "Thầy cô sẽ xem ý này." if waits else message,
                "evidence": next((text for text in wanted if text in written), ""),
            }
        )
    unsaid = exercise.idea and "cho biết" not in written
    back = {"idea": exercise.idea[0].id, "question": exercise.idea[0].follow_up} if unsaid else None
    return {
        "points": sum(line["points"] or 0.0 for line in lines),
        "max": exercise.points,
        "waiting": sum(line["max"] for line in lines if line["points"] is None),
        "note": "",
        "criteria": lines,
        "items": items,
        "reveal": exercise.reveal,
        "follow_up": back,
    }


def _item(exercise: Exercise, id_: str, answer: dict[str, Any]) -> dict[str, Any]:
    item = next(i for i in exercise.item if i.id == id_)
    if exercise.kind in ("choice", "predict"):
        chosen = next((o for o in item.options if o.id == answer["items"].get(id_)), None)
        return {"ok": bool(chosen and chosen.correct), "reason": chosen.reason if chosen else ""}
    if exercise.kind == "classify":
        given = answer["items"].get(id_)
        if given == item.answer and item.evidence and set(answer["evidence"].get(id_, ())) - set(item.evidence):
            return {"ok": False, "reason": item.unproved}
        return {"ok": given == item.answer, "reason": item.reasons.get(given or "", item.reason)}
    if exercise.kind == "find":
        return {"ok": (id_ in answer["touched"]) == item.answer, "reason": item.reason}
    place = [i.id for i in exercise.item].index(id_)
    return {"ok": answer["order"][place] == id_, "reason": item.reason}

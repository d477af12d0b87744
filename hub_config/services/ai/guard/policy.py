"""Personal data are noticed before a request leaves for an endpoint outside: told, masked, or kept back.

What a lesson itself ships is no secret. Pictures and sound are not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy import Engine

from autograders.rules.given import secrets, sources
from hub_config.ai_settings import PersonalData
from hub_config.services.ai.call import HELD, Call
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.guard import wording
from hub_config.services.ai.guard.ages import is_minor
from hub_config.services.ai.guard.finding import Finding, mask_of, masked
from hub_config.services.ai.guard.notice import noticed
from hub_config.services.ai.guard.texts import Place, replaced, texts
from hub_config.services.ai.metrics import Metrics
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.upstream import Upstream
from hub_config.settings import Settings

Found = Mapping[Place, tuple[str, Sequence[Finding]]]
"""What was found where: the whole text, and the findings in it."""


class PersonalDataError(GatewayError):
    """A request that waits for its writer: `choices` are the values of the header with which it may come again."""

    def __init__(self, found: Found, prompt: str, choices: Sequence[str]) -> None:
        """`prompt` is the masked one."""
        kinds = dict.fromkeys(finding.kind for _, findings in found.values() for finding in findings)
        what = ", ".join(wording.LABELS[kind] for kind in kinds)
        then = wording.MAY_SEND if "send" in choices else wording.MUST_MASK
        super().__init__(422, HELD, what=what, then=then)
        self._found, self._prompt, self._choices = found, prompt, choices

    def body(self) -> dict[str, Any]:
        """OpenAI's shape with what was noticed; `start` and `end` count characters (code points) of the text there."""
        body = super().body()
        findings = [
            {"kind": f.kind, "label": f.label, "start": f.start, "end": f.end, "place": ".".join(map(str, place))}
            for place, (_, findings) in self._found.items()
            for f in findings
        ]
        body["error"] |= {"findings": findings, "masked": self._prompt, "choices": list(self._choices)}
        return body


class Guard:
    """It holds no state of a request."""

    def __init__(self, settings: Settings, campus: Engine, exercises: Exercises, metrics: Metrics) -> None:
        """`campus` is the engine of campus's database."""
        self._settings = settings
        self._campus = campus
        self._exercises = exercises
        self._metrics = metrics

    async def passed(self, call: Call[Any], upstream: Upstream) -> None:
        """Decide what of a call may be sent to this endpoint: `call.sent`. Raises PersonalDataError."""
        call.sent, call.masked, call.hidden = call.question, (), {}
        exempt = call.caller.is_service and self._settings.ai_personal_data_services == "allow"
        if exempt or not upstream.outside:
            return
        found = await run_sync(self._found, call)
        if not found:
            return
        for _, findings in found.values():
            for finding in findings:
                self._metrics.guard_findings.labels(finding.kind).inc()
        if call.caller.is_service:
            _hide(call, found)
            return
        policy = await run_sync(self._policy, call.caller.name)
        if policy == "warn" and call.personal_data == "send":
            return
        safe = replaced(call.question, {place: masked(text, findings) for place, (text, findings) in found.items()})
        if policy != "mask" and call.personal_data != "mask":
            raise PersonalDataError(found, safe.prompt, ("mask", "send") if policy == "warn" else ("mask",))
        call.sent = safe
        call.masked = tuple(dict.fromkeys(f.kind for _, findings in found.values() for f in findings))

    def _policy(self, name: str) -> PersonalData:
        minor = is_minor(self._campus, name)
        return self._settings.ai_personal_data_minors if minor else self._settings.ai_personal_data

    def _found(self, call: Call[Any]) -> Found:
        found = {place: (text, noticed(text)) for place, text in texts(call.question)}
        if not any(findings for _, findings in found.values()):
            return {}
        shipped = self._shipped(call)
        own = {
            place: (text, [finding for finding in findings if finding.value not in shipped])
            for place, (text, findings) in found.items()
        }
        return {place: (text, findings) for place, (text, findings) in own.items() if findings}

    def _shipped(self, call: Call[Any]) -> set[str]:
        """Values that the exercise itself gives for use; not those that it tells the learner to keep or to mask."""
        if not call.exercise or call.caller.is_service:
            return set()
        exercise = self._exercises.drawn(call.exercise.partition("#")[0], call.caller.name)  # the coach's are named so
        given = {finding.value for text in sources(exercise) for finding in noticed(text)}
        return given - {finding.value for text in secrets(exercise) for finding in noticed(text)}


def _hide(call: Call[Any], found: Found) -> None:
    """Put a numbered mask in the place of each thing that a service sends, and remember what it stood for.

    A judge's quotes must stand in what the learner wrote, so `Call.revealed` puts it back into the answer, as written.
    """
    masks: dict[str, str] = {}

    def mask(finding: Finding) -> str:
        written = " ".join(finding.text.split())
        masks.setdefault(written, f"{mask_of(finding)[:-1]} {len(masks) + 1}]")
        return masks[written]

    others = {place: masked(text, findings, mask) for place, (text, findings) in found.items()}
    call.sent = replaced(call.question, others)
    call.hidden = {mask: written for written, mask in masks.items()}
    if call.kind == "chat":
        call.sent.messages.insert(0, type(call.sent.messages[0])(role="system", content=wording.HIDDEN))

"""`POST v1/coach`: one message of a learner in an exercise, one reply.

A model's reply is looked at by code before it is shown; where it gives something away, the practice coach answers in
its place.
"""

import logging
from collections.abc import Sequence
from typing import Any, Self

from anyio.to_thread import run_sync
from pydantic import Field, PrivateAttr
from starlette.requests import Request

from course.catalog import Lessons
from hub_config.services.ai.bodies import Body
from hub_config.services.ai.call import Call
from hub_config.services.ai.coach.grounded import grounded_messages
from hub_config.services.ai.coach.kept import Kept
from hub_config.services.ai.coach.practised import CoachReply, practised_reply
from hub_config.services.ai.coach.question import CoachQuestion, read_coach_question
from hub_config.services.ai.coach.seen import Seen, Standing
from hub_config.services.ai.coach.withheld import Withheld
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.endpoint import Answer, Endpoint, whole
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.once import Once
from hub_config.services.ai.quota import estimate
from hub_config.services.ai.routing import Candidate, Routing

log = logging.getLogger(__name__)
REPLY_TOKENS = 400
RECORDED = "{exercise}#coach"  # never taken for what the exercise's own AI replied


class Asked(Body):
    """A coach question on its way: where the learner stands, and what a model is sent of it."""

    question: CoachQuestion
    messages: list[dict[str, Any]] = Field(default_factory=list)
    _standing: tuple[Seen, Kept] | None = PrivateAttr(default=None)

    @property
    def prompt(self) -> str:
        return self.question.message

    @property
    def of_ours(self) -> tuple[str, ...]:
        """What no learner wrote: the coach's rules with the lesson's own text."""
        return tuple(message["content"] for message in self.messages if message["role"] == "system")

    @property
    def prompt_tokens(self) -> int:
        return estimate("\n".join(message["content"] for message in self.messages) or self.prompt)

    @property
    def reply_tokens(self) -> int:
        return REPLY_TOKENS

    @property
    def stands(self) -> tuple[Seen, Kept]:
        assert self._standing is not None  # noqa: S101 - for the type alone: `prepare` has been there
        return self._standing

    def standing(self, standing: tuple[Seen, Kept], *, asks_model: bool) -> Self:
        """The same where the learner stands there."""
        messages = grounded_messages(self.question, standing[0]) if asks_model else []
        made = self.model_copy(update={"messages": messages})
        made._standing = standing
        return made


class CoachEndpoint(Endpoint[Asked]):
    kind = "chat"

    def __init__(self, desk: Desk, routing: Routing, once: Once, lessons: Lessons, standing: Standing) -> None:
        super().__init__(desk, routing, once)
        self._lessons = lessons
        self._standing = standing

    async def read(self, request: Request) -> Asked:
        return Asked(question=await read_coach_question(request))

    async def prepare(self, call: Call[Asked], candidates: Sequence[Candidate]) -> None:
        """Find out where the learner stands. Raises GatewayError: 404 for no exercise, 403 in a level challenge."""
        lesson, _, exercise = call.exercise.partition("/")
        folder = self._lessons.get(lesson)
        if folder is None:
            raise GatewayError(404, "unknown_exercise")
        if folder.lesson.is_challenge:
            raise GatewayError(403, "in_sitting")
        asked = call.question
        standing = await run_sync(self._standing.of, folder, exercise, call.caller.name, asked.question.answer)
        call.question = asked.standing(standing, asks_model=bool(candidates))
        call.personal_data = "mask"  # the coach needs none of it, so nobody is asked
        call.exercise = RECORDED.format(exercise=call.exercise)

    async def from_model(self, call: Call[Asked], candidate: Candidate) -> Answer:
        body = {"model": candidate.model.id, "messages": call.sent.messages, "max_tokens": REPLY_TOKENS}
        call.heard(await candidate.upstream.complete(body))
        fault = await run_sync(Withheld(*call.question.stands).fault, call.text)
        if not fault:
            return _said(call, CoachReply(call.text.strip()))
        log.warning("a model's reply in %s was withheld: %s", call.exercise, fault)
        call.spent = call.cost()
        call.goes_to_practice()
        call.fallback, call.error = True, "withheld"
        return await self.from_practice(call)

    async def from_practice(self, call: Call[Asked]) -> Answer:
        return _said(call, practised_reply(call.question.question, call.question.stands[0]))


def _said(call: Call[Asked], reply: CoachReply) -> Answer:
    call.text = reply.text
    return whole(call, {"reply": reply.text, "points_to": reply.points_to})

"""One request on its way through the gateway: who asked what, which AI answers, what was said and what it cost."""

import json
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from hub_config.services.ai.auth import Caller
from hub_config.services.ai.completion import PRACTICE_MODEL, label
from hub_config.services.ai.quota import estimate
from hub_config.services.ai.routing import Candidate
from hub_config.upstreams import Kind as Kind
from hub_config.upstreams import UpstreamModel

PRACTICE = UpstreamModel(id=PRACTICE_MODEL)


class Asked(Protocol):
    """The checked body of a request, of whatever kind."""

    @property
    def model(self) -> str:
        """Which model is asked for; "" leaves the choice to the gateway."""

    @property
    def prompt(self) -> str:
        """What a person wrote in it."""

    @property
    def prompt_tokens(self) -> int:
        """An estimate from the safe side of all that is sent."""

    @property
    def reply_tokens(self) -> int:
        """How long the reply may be at most."""

    @property
    def units(self) -> float:
        """What besides tokens is paid for: pictures, million letters or minutes."""

    def fingerprint(self) -> str:
        """The SHA-256 of all that is asked."""


Q = TypeVar("Q", bound=Asked)


@dataclass
class Call(Generic[Q]):
    """`tokens` is what it cost: None while only estimated. `route` is the model that answers, with its prices."""

    kind: Kind
    caller: Caller
    question: Q
    exercise: str = ""  # full id, or ""
    attached: str = ""  # what a real model is told besides: the exercise's material
    model: str = PRACTICE_MODEL
    practice: bool = True
    upstream: str = ""  # the name of the endpoint that answers
    route: UpstreamModel = PRACTICE
    metered: bool = True  # a model may be asked; the practice AI alone costs nothing
    fallback: bool = False  # somebody else answers than the one who should have
    cached: bool = False  # what is said was said before
    cut: bool = False  # the answer broke off
    text: str = ""  # what was answered so far
    finish: str = ""  # why it ended, in OpenAI's words
    saved_as: str = ""  # where a reply is looked for that was said before
    personal_data: str = ""  # what the caller wants done with it: "mask", "send" or ""
    sent: Q = field(init=False)  # the question as it goes to a model
    masked: tuple[str, ...] = ()  # kinds of personal data that were masked in it
    hidden: dict[str, str] = field(default_factory=dict)  # masks to be taken off in the answer, and what they stand for
    asked: bool = False  # a model works or has worked on it
    tokens: int | None = None

    def __post_init__(self) -> None:
        self.sent = self.question

    @property
    def label(self) -> dict[str, Any]:
        return label(self.model, self.practice, fallback=self.fallback, cached=self.cached, masked=self.masked)

    def goes_to(self, candidate: Candidate) -> None:
        """From now on this model works on it, or has."""
        self.model, self.practice, self.asked = candidate.model.id, False, True
        self.upstream, self.route = candidate.upstream.name, candidate.model

    def goes_to_practice(self) -> None:
        """The practice AI works on it."""
        self.model, self.practice, self.asked, self.attached = PRACTICE_MODEL, True, True, ""
        self.upstream, self.route = "", PRACTICE
        self.sent, self.masked, self.hidden = self.question, (), {}

    @property
    def prompt_tokens(self) -> int:
        """An estimate from the safe side of all that the model is sent."""
        return self.question.prompt_tokens + (estimate(self.attached) if self.attached else 0)

    @property
    def most_tokens(self) -> int:
        """What it may cost at most."""
        return self.prompt_tokens + self.question.reply_tokens

    def heard(self, answer: dict[str, Any]) -> None:
        """Take note of a completion or of a chunk."""
        for choice in answer.get("choices") or ():
            said = choice.get("message") or choice.get("delta") or {}
            self.text += said.get("content") or ""
            self.finish = choice.get("finish_reason") or self.finish
        if self.cached:
            return  # it was paid for when it was said first
        total = (answer.get("usage") or {}).get("total_tokens")
        if isinstance(total, int) and total >= 0:
            self.tokens = total

    def revealed(self, body: bytes | None) -> bytes | None:
        """A JSON body with what was hidden from the model put back."""
        if body is None:
            return None
        for mask, data in self.hidden.items():
            body = body.replace(mask.encode(), json.dumps(data, ensure_ascii=False)[1:-1].encode())
        return body

    def cost(self) -> int:
        """Tokens to book: as counted by the model, else estimated; nothing when no model took the question up."""
        if self.tokens is not None:
            return self.tokens
        return self.prompt_tokens + estimate(self.text) if self.asked else 0

"""One request on its way through the gateway: who asked what, which AI answers, what was said and what it cost."""

import json
import time
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, Protocol, TypeVar

from hub_config.services.ai.auth import Caller
from hub_config.services.ai.completion import PRACTICE_MODEL, label
from hub_config.services.ai.cost import FREE, NOTHING, Cost, Price
from hub_config.services.ai.quota import estimate
from hub_config.services.ai.routing import Candidate
from hub_config.upstreams import Kind as Kind

CLIENT_LEFT = 499  # a status, as nginx calls it
Outcome = Literal["ok", "fallback", "failed", "left"]


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
    """What is asked (to `may_practise`), which AI it goes to, what that said, and how it ended."""

    kind: Kind
    caller: Caller
    question: Q
    exercise: str = ""  # full id, or ""
    attached: str = ""  # what a real model is told besides: the exercise's material
    price: Price = FREE  # of the model; while none is chosen, that of the dearest that may be
    metered: bool = True  # a model may be asked: it counts on the day's quota
    may_practise: bool = False  # the practice AI may answer when too little is left of the quota
    model: str = PRACTICE_MODEL
    upstream: str = ""  # the name of the endpoint that answers
    practice: bool = True
    fallback: bool = False  # somebody else answers than the one who should have
    note: str = ""  # what the person should know about who answers
    cached: bool = False  # what is said was said before
    cut: bool = False  # the answer broke off
    text: str = ""  # what was answered so far
    invented: tuple[tuple[int, int], ...] = ()  # what of it the practice AI made up: start and end
    finish: str = ""  # why it ended, in OpenAI's words
    saved_as: str = ""  # where a reply is looked for that was said before
    personal_data: str = ""  # what the caller wants done with it: "mask", "send" or ""
    sent: Q = field(init=False)  # the question as it goes to a model
    masked: tuple[str, ...] = ()  # kinds of personal data that were masked in it
    noticed: tuple[str, ...] = ()  # the kind of each piece of personal data that was noticed in it
    hidden: dict[str, str] = field(default_factory=dict)  # masks to be taken off in the answer, and what they stand for
    asked: bool = False  # a model works or has worked on it
    counted: tuple[int, int] | None = None  # tokens of prompt and reply, by the model's own count
    error: str = ""  # code of what went wrong, also where the practice AI stepped in
    status: int = 200
    spent: Cost = NOTHING  # what a model cost whose reply was not shown
    headers: dict[str, str] = field(default_factory=dict)  # for the answer, of whatever kind
    begun: float = field(default_factory=time.monotonic)
    seconds: float = 0.0  # how long it took

    def __post_init__(self) -> None:
        self.sent = self.question

    @property
    def label(self) -> dict[str, Any]:
        told = label(self.model, self.practice, fallback=self.fallback, cached=self.cached, masked=self.masked)
        return told | {"note": self.note} if self.note else told

    @property
    def outcome(self) -> Outcome:
        """Whether there was an answer, be it somebody else's; `left`: nobody waited for it any more."""
        if self.status == CLIENT_LEFT:
            return "left"
        if self.status >= 400 or self.cut:
            return "failed"
        return "fallback" if self.fallback else "ok"

    @property
    def prompt_tokens(self) -> int:
        """An estimate from the safe side of all that the model is sent."""
        return self.question.prompt_tokens + (estimate(self.attached) if self.attached else 0)

    @property
    def most_cost(self) -> Cost:
        """What it may cost at most."""
        return self.most_at(self.price)

    def most_at(self, price: Price) -> Cost:
        """The same at a price."""
        return price.of(self.prompt_tokens, self.question.reply_tokens, self.question.units)

    def heard(self, answer: dict[str, Any]) -> None:
        """Take note of a completion or of a chunk."""
        for choice in answer.get("choices") or ():
            said = choice.get("message") or choice.get("delta")
            if isinstance(said, dict) and isinstance(said.get("content"), str):
                self.text += said["content"]
            self.finish = choice.get("finish_reason") or self.finish
        if self.cached:
            return  # it was paid for when it was said first
        usage = answer.get("usage")
        usage = usage if isinstance(usage, dict) else {}
        total, prompt = usage.get("total_tokens"), usage.get("prompt_tokens")
        if isinstance(total, int) and total >= 0:
            prompt = prompt if isinstance(prompt, int) and 0 <= prompt <= total else min(total, self.prompt_tokens)
            self.counted = (prompt, total - prompt)  # what a model thinks is paid for as what it says

    def revealed(self, body: bytes | None) -> bytes | None:
        """A JSON body with what was hidden from the model put back."""
        if body is None:
            return None
        for mask, data in self.hidden.items():
            body = body.replace(mask.encode(), json.dumps(data, ensure_ascii=False)[1:-1].encode())
        return body

    def goes_to(self, candidate: Candidate) -> None:
        """From now on this model works on it, or has."""
        self.model, self.practice, self.asked = candidate.model.id, False, True
        self.upstream, self.price = candidate.upstream.name, candidate.price

    def practise(self, error: str, note: str = "") -> None:
        """Let the practice AI answer in the model's place, and say why."""
        self.spent, self.counted = self.cost(), None
        self.model, self.upstream, self.practice, self.attached = PRACTICE_MODEL, "", True, ""
        self.metered, self.price, self.error, self.note, self.fallback = False, FREE, error, note, True
        self.sent, self.masked, self.hidden = self.question, (), {}

    @property
    def tokens_of_each(self) -> tuple[int, int]:
        """Tokens of prompt and reply: as counted by the model, else estimated; none when no AI took the question up."""
        if self.counted is not None:
            return self.counted
        return (self.prompt_tokens, estimate(self.text)) if self.asked else (0, 0)

    def cost(self) -> Cost:
        """What to book; what the practice AI answers is free."""
        if self.practice:
            return Cost()
        return self.price.of(*self.tokens_of_each, self.question.units if self.asked else 0.0)

"""One request on its way through the gateway: who asked what, which AI answers, what was said and what it cost."""

import json
import time
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, Protocol, TypeVar

from hub_config.services.ai.auth import Caller
from hub_config.services.ai.completion import PRACTICE_MODEL, label
from hub_config.services.ai.cost import FREE, Cost, Price, price_of
from hub_config.services.ai.quota import estimate
from hub_config.services.ai.routing import Candidate
from hub_config.upstreams import Kind as Kind

CLIENT_LEFT = 499  # as nginx calls it
HELD = "personal_data"  # the code of a request that its writer is asked about first
Outcome = Literal["ok", "fallback", "failed", "held", "left"]


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
NOTHING = Cost()


@dataclass
class Call(Generic[Q]):
    """What is asked, which AI it goes to, what that said, and how it ended."""

    kind: Kind
    caller: Caller
    question: Q
    exercise: str = ""  # full id, or ""
    attached: str = ""  # what a real model is told besides: the exercise's material
    model: str = PRACTICE_MODEL
    practice: bool = True
    upstream: str = ""  # the name of the endpoint that answers
    price: Price = FREE  # of that model; as long as none is chosen that of the dearest that may be
    metered: bool = True  # a model may be asked; the practice AI alone costs nothing
    may_practise: bool = False  # the practice AI may answer when too little is left of the quota
    fallback: bool = False  # somebody else answers than the one who should have
    cached: bool = False  # what is said was said before
    cut: bool = False  # the answer broke off
    text: str = ""  # what was answered so far
    invented: tuple[tuple[int, int], ...] = ()  # what of it the practice AI made up: start and end
    better: tuple[str, ...] = ()  # what this prompt brought into the reply that the one before did not
    finish: str = ""  # why it ended, in OpenAI's words
    saved_as: str = ""  # where a reply is looked for that was said before
    personal_data: str = ""  # what the caller wants done with it: "mask", "send" or ""
    sent: Q = field(init=False)  # the question as it goes to a model
    masked: tuple[str, ...] = ()  # kinds of personal data that were masked in it
    hidden: dict[str, str] = field(default_factory=dict)  # masks to be taken off in the answer, and what they stand for
    asked: bool = False  # a model works or has worked on it
    spent: Cost = NOTHING  # on a model's answer that is not shown
    counted: tuple[int, int] | None = None  # tokens of prompt and reply, by the model's own count
    note: str = ""  # what the person should know about who answers
    headers: dict[str, str] = field(default_factory=dict)  # for the answer
    status: int = 200
    error: str = ""  # code of what went wrong, also where somebody else stepped in
    begun: float = field(default_factory=time.monotonic)
    seconds: float = 0.0  # how long it took

    def __post_init__(self) -> None:
        self.sent = self.question

    @property
    def label(self) -> dict[str, Any]:
        told = label(self.model, self.practice, fallback=self.fallback, cached=self.cached, masked=self.masked)
        told |= {"note": self.note} if self.note else {}
        return told | ({"better": list(self.better)} if self.better else {})

    @property
    def outcome(self) -> Outcome:
        """Whether there was an answer, be it somebody else's.

        `left`: nobody waited for it any more; `held`: its writer is asked whether to mask what stands in it.
        """
        if self.status == CLIENT_LEFT:
            return "left"
        if self.error == HELD:
            return "held"
        if self.status >= 400 or self.cut:
            return "failed"
        return "fallback" if self.fallback else "ok"

    def goes_to(self, candidate: Candidate) -> None:
        """From now on this model works on it, or has."""
        self.model, self.practice, self.asked = candidate.model.id, False, True
        self.upstream, self.price = candidate.upstream.name, price_of(candidate.model)

    def goes_to_practice(self) -> None:
        """The practice AI works on it."""
        self.model, self.practice, self.asked, self.attached = PRACTICE_MODEL, True, True, ""
        self.upstream, self.price = "", FREE
        self.sent, self.masked, self.hidden = self.question, (), {}

    def leave_to_practice(self, code: str, note: str) -> None:
        """No model may be asked any more; the code and the sentence say why."""
        self.metered, self.fallback, self.error, self.note, self.attached = False, True, code, note, ""

    @property
    def prompt_tokens(self) -> int:
        """An estimate from the safe side of all that the model is sent."""
        return self.question.prompt_tokens + (estimate(self.attached) if self.attached else 0)

    @property
    def most_cost(self) -> Cost:
        """What it may cost at most."""
        return self.price.of(self.prompt_tokens, self.question.reply_tokens, self.question.units)

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

    @property
    def tokens_of_each(self) -> tuple[int, int]:
        """Tokens of prompt and reply: as counted by the model, else estimated; none when no AI took the question up."""
        if self.counted is not None:
            return self.counted
        return (self.prompt_tokens, estimate(self.text)) if self.asked else (0, 0)

    def cost(self) -> Cost:
        """What to book: the practice AI is free, not what a model was paid for in vain; nothing is paid for twice."""
        if self.practice or self.cached:
            return self.spent
        return self.price.of(*self.tokens_of_each, self.question.units if self.asked else 0.0)

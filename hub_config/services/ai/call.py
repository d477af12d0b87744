"""One request on its way through the gateway: who asked what, which AI answers, what was said and what it cost."""

from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from hub_config.services.ai.auth import Caller
from hub_config.services.ai.completion import PRACTICE_MODEL, label
from hub_config.services.ai.quota import estimate

Kind = Literal["chat", "embeddings", "images", "speech", "transcriptions"]


class Asked(Protocol):
    """The checked body of a request, of whatever kind."""

    @property
    def prompt(self) -> str:
        """What a person wrote in it."""

    @property
    def prompt_tokens(self) -> int:
        """An estimate from the safe side of all that is sent."""

    @property
    def reply_tokens(self) -> int:
        """How long the reply may be at most."""


Q = TypeVar("Q", bound=Asked)


@dataclass
class Call(Generic[Q]):
    """`tokens` is what it cost: None while only estimated."""

    kind: Kind
    caller: Caller
    question: Q
    exercise: str = ""  # full id, or ""
    attached: str = ""  # what a real model is told besides: the exercise's material
    model: str = PRACTICE_MODEL
    practice: bool = True
    text: str = ""  # what was answered so far
    asked: bool = False  # a model works or has worked on it
    tokens: int | None = None

    @property
    def label(self) -> dict[str, Any]:
        return label(self.model, self.practice)

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
        total = (answer.get("usage") or {}).get("total_tokens")
        if isinstance(total, int) and total >= 0:
            self.tokens = total

    def cost(self) -> int:
        """Tokens to book: as counted by the model, else estimated; nothing when no model took the question up."""
        if self.tokens is not None:
            return self.tokens
        return self.prompt_tokens + estimate(self.text) if self.asked else 0

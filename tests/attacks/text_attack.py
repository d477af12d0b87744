"""What stands in the file of a text attack, and the answer that it makes."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Expectation(Strict):
    """What must happen."""

    points: dict[str, float | Literal["waiting"]]  # of every criterion of the exercise
    unseen: tuple[str, ...] = ()  # stands neither in what the learner reads nor in what the model is shown


class TextAttack(Strict):
    """A case of the suites `text` and `clean_text`.

    `answer` is handed in with the parts of `attack` in place of its own, or beside them; there @honest@ stands for the
    part as it is in `answer`, and @padding@ for `padding`, as often as `times` says. Where there is an `attack`, the
    answer without it must earn at least as much. `says` is what the model replies, with @nonce@ and the one before it,
    @old@; without it the model believes everything (`gullible_model`).
    """

    title: str
    family: str
    tries: str
    lesson: str = "text.first_prompt"
    exercise: str = "notice"
    role: str = "official"
    variant: str = "A"
    answer: dict[str, str]
    attack: dict[str, str] = Field(default_factory=dict)
    padding: str = ""
    times: int = 0
    classmates: tuple[str, ...] = ()
    ai_said: tuple[str, ...] = ()  # to the prompt that is handed in, as the gateway's record tells
    says: str = ""
    expect: Expectation
    undefended: bool = True  # grading without our defences gives more, see `text_undefended`
    undefended_reason: str = ""  # why it does not

    def handed_in(self) -> dict[str, str]:
        """The answer with the attack in it."""
        filled = {
            part: text.replace("@honest@", self.answer.get(part, "")).replace("@padding@", self.padding * self.times)
            for part, text in self.attack.items()
        }
        return {**self.answer, **filled}

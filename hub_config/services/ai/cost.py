"""What a request costs: tokens, which are counted for everybody, and money, where the endpoint takes any."""

from dataclasses import dataclass

PER = 1_000_000  # tokens to which prices of text apply


@dataclass(frozen=True)
class Cost:
    """`money` in VND."""

    tokens: int = 0
    money: float = 0.0


@dataclass(frozen=True)
class Price:
    """What a model costs, in VND: `input` and `output` a million tokens, `unit` a picture, million letters or minute.

    All zero: it costs nothing, as the practice AI and models on one's own machines do.
    """

    input: float = 0.0
    output: float = 0.0
    unit: float = 0.0

    def of(self, prompt_tokens: int, reply_tokens: int, units: float = 0.0) -> Cost:
        """What so many tokens and units cost."""
        money = (self.input * prompt_tokens + self.output * reply_tokens) / PER + self.unit * units
        return Cost(prompt_tokens + reply_tokens, money)


FREE = Price()
NOTHING = Cost()

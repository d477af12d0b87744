"""What a request costs: tokens, which are counted for everybody, and money, where the endpoint takes any."""

from collections.abc import Iterable
from dataclasses import dataclass

from hub_config.upstreams import UpstreamModel

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


def price_of(model: UpstreamModel) -> Price:
    """The price of a model by its kind, as `UpstreamModel` explains its settings."""
    if model.kind == "images":
        return Price(input=model.input_price, unit=model.output_price)
    if model.kind in ("speech", "transcriptions"):
        return Price(unit=model.input_price)
    return Price(model.input_price, model.output_price)


def dearest(models: Iterable[UpstreamModel]) -> Price:
    """A price that none of the models passes: what is reserved while it is open which of them answers."""
    prices = [FREE, *map(price_of, models)]
    return Price(*(max(getattr(price, part) for price in prices) for part in ("input", "output", "unit")))

"""What the AI gateway tells campus of use, cost and failures, made ready for the pages of teachers and admins."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from hub_config.services.campus import wording
from hub_config.services.campus.gateway import gateway_client
from hub_config.settings import Settings

log = logging.getLogger(__name__)

ASK_SECONDS = 5.0
WIDTH, HEIGHT = 320, 120  # of the chart, in units of its own
TOP, FOOT, GAP, DATE = 16, 18, 0.25, 30
FEW = 10  # days for which each bar has its number and its date


@dataclass(frozen=True)
class Sums:
    """`tokens` are those of models, `money` is in VND; `practice` of the requests were answered by the practice AI."""

    requests: int = 0
    failed: int = 0
    practice: int = 0
    tokens: int = 0
    money: float = 0.0

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Sums:
        return cls(**{name: told[name] for name in cls.__annotations__})

    @property
    def answered(self) -> int:
        """By models."""
        return self.requests - self.failed - self.practice


@dataclass(frozen=True)
class Bar:
    """A day in the chart: places and heights of its parts, from below: models, practice AI, failed."""

    day: date
    sums: Sums
    x: float
    width: float
    parts: tuple[tuple[str, float, float], ...]  # class, y, height
    dated: bool
    date_x: float  # the middle of its date, which is wider than a bar


@dataclass(frozen=True)
class Use:
    """The use of one class, or of everybody. `left` as the gateway tells it."""

    total: Sums
    days: tuple[Bar, ...]
    people: tuple[tuple[str, Sums], ...]  # "user:NAME" or "service:NAME", most requests first
    classes: tuple[tuple[str, Sums], ...]
    models: tuple[tuple[str, Sums], ...]
    reasons: tuple[tuple[str, int], ...]  # in Vietnamese
    left: Mapping[str, Any]
    connected: tuple[str, ...]  # models that are there now, without the practice AI


class GatewayUsage:
    """Asks the gateway with campus's own token. Calls block."""

    def __init__(self, settings: Settings, token: str) -> None:
        self._settings, self._token = settings, token

    def use(self, days: int, class_id: str | None = None) -> Use | None:
        """The last so many days; None: the gateway does not answer."""
        query = {"days": str(days)} | ({"class": class_id} if class_id else {})
        try:
            with gateway_client(self._settings, self._token, ASK_SECONDS) as client:
                told = client.get("usage", params=query).raise_for_status().json()
                models = client.get("v1/models").raise_for_status().json()["data"]
            return _use(told, models)
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            log.warning("the gateway did not tell of its use: %s", error)
            return None


def _use(told: Mapping[str, Any], models: list[dict[str, Any]]) -> Use:
    def each(name: str, key: str) -> tuple[tuple[str, Sums], ...]:
        found = [(str(one[key]), Sums.of(one)) for one in told[name]]
        return tuple(sorted(found, key=lambda one: (-one[1].requests, one[0])))

    days = [(date.fromisoformat(one["day"]), Sums.of(one)) for one in told["days"]]
    fields = list(Sums.__annotations__)
    return Use(
        total=Sums(*(sum(getattr(sums, name) for _, sums in days) for name in fields)),
        days=chart(days),
        people=each("people", "caller"),
        classes=each("classes", "class"),
        models=each("models", "model"),
        reasons=tuple((reason(one["code"]), int(one["number"])) for one in told["reasons"]),
        left=told["left"],
        connected=tuple(model["id"] for model in models if not model["hocai"]["practice"]),
    )


def reason(code: str) -> str:
    """Why there was no answer of a model, in words of everyday."""
    return wording.AI_REASONS.get(code, wording.AI_OTHER_REASON.format(code=code))


def chart(days: list[tuple[date, Sums]]) -> tuple[Bar, ...]:
    """One bar a day, the highest as high as there is room."""
    most = max((sums.requests for _, sums in days), default=0) or 1
    step = WIDTH / max(1, len(days))
    every = 1 if len(days) <= FEW else 7
    bars = []
    for number, (day, sums) in enumerate(days):
        y, parts = float(HEIGHT - FOOT), []
        for kind, count in (("model", sums.answered), ("practice", sums.practice), ("failed", sums.failed)):
            height = count / most * (HEIGHT - FOOT - TOP)
            y -= height
            if count:
                parts.append((kind, round(y, 1), round(height, 1)))
        dated = (len(days) - 1 - number) % every == 0
        x, width = round(step * (number + GAP / 2), 1), round(step * (1 - GAP), 1)
        date_x = min(max(x + width / 2, DATE / 2), WIDTH - DATE / 2)
        bars.append(Bar(day, sums, x, width, tuple(parts), dated, round(date_x, 1)))
    return tuple(bars)

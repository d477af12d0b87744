"""What Prometheus is told of the gateway. No label names a person, a class or an exercise."""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from hub_config.services.ai.breaker import State

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60, 120)


class Metrics:
    """The counters of one gateway. `breakers` may be set to what tells the state of each endpoint's breaker."""

    def __init__(self) -> None:
        self.registry = at = CollectorRegistry()
        self.requests = Counter(
            "hocai_ai_requests", "Requests, by how they ended: ok, fallback, or an error's code", OUTCOME, registry=at
        )
        self.tokens = Counter(
            "hocai_ai_tokens", "Tokens of prompts (in) and replies (out)", [*ASKED, "way"], registry=at
        )
        self.cost = Counter("hocai_ai_cost_vnd", "What models cost, in VND", ASKED, registry=at)
        self.seconds = Histogram(
            "hocai_ai_request_seconds",
            "How long requests took, waiting too",
            ["kind"],
            buckets=SECONDS,
            registry=at,
        )
        self.in_flight = Gauge("hocai_ai_in_flight", "Requests that are being answered", registry=at)
        self.waiting = Gauge("hocai_ai_waiting", "Requests that wait for a place", registry=at)
        self.guard_findings = Counter("hocai_ai_guard_findings", "Personal data in prompts", ["what"], registry=at)
        self.breakers: Callable[[], Mapping[str, State]] = dict
        """The breaker's state of each endpoint, asked at each scrape."""
        self.registry.register(_Breakers(self))

    def text(self) -> bytes:
        """All of it in Prometheus's text format."""
        return generate_latest(self.registry)


STATES: dict[State, int] = {"closed": 0, "half_open": 1, "open": 2}
ASKED = ["kind", "model"]
OUTCOME = [*ASKED, "outcome"]


class _Breakers(Collector):
    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = GaugeMetricFamily(
            "hocai_ai_breaker", "State of each endpoint's breaker: 0 closed, 1 half open, 2 open", labels=["upstream"]
        )
        for upstream, state in self._metrics.breakers().items():
            family.add_metric([upstream], STATES[state])
        yield family

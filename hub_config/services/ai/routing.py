"""Which models may answer a request: those of the settings, in their order. The practice AI comes after all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hub_config.services.ai.breaker import State
from hub_config.services.ai.completion import label
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.upstream import Upstream
from hub_config.settings import Settings
from hub_config.upstreams import AUTO, PRACTICE_MODEL, Kind, UpstreamModel

FIRST = ("", AUTO)  # what a caller names who leaves the choice to the gateway
KINDS: tuple[Kind, ...] = ("chat", "embeddings", "images", "speech", "transcriptions")


@dataclass(frozen=True)
class Candidate:
    upstream: Upstream
    model: UpstreamModel


class Routing:
    """The endpoints of a gateway and their models."""

    def __init__(self, upstreams: Sequence[Upstream]) -> None:
        self.upstreams = tuple(upstreams)
        self._of_kind = {
            kind: tuple(Candidate(u, model) for u in self.upstreams for model in u.models if model.kind == kind)
            for kind in KINDS
        }

    @classmethod
    def of(cls, settings: Settings) -> "Routing":
        """Raises SettingsError when a key cannot be read."""
        limits = {"rest_s": settings.ai_rest_s, "stream_s": settings.ai_stream_s}
        return cls([Upstream(each, **limits) for each in settings.upstreams])

    def candidates(self, kind: Kind, model: str, *, service: bool) -> tuple[Candidate, ...]:
        """The models to ask, in this order; none: the practice AI.

        Raises GatewayError 404 for a model that is not allowed, 503 where only the practice AI could answer a service,
        which must never take it for a model.
        """
        held = self._of_kind[kind]
        if model in FIRST:
            first: dict[str, Candidate] = {}  # of each endpoint: its other models would fail as well
            for candidate in held:
                first.setdefault(candidate.upstream.name, candidate)
            chosen = tuple(first.values())
        elif model == PRACTICE_MODEL:
            chosen = ()
        else:
            chosen = tuple(candidate for candidate in held if candidate.model.id == model)
            if not chosen:
                allowed = ", ".join(dict.fromkeys([*(c.model.id for c in held), PRACTICE_MODEL]))
                raise GatewayError(404, "model_not_found", param="model", allowed=allowed)
        if service and not chosen:
            raise GatewayError(503, "no_model")
        return chosen

    def listed(self) -> list[dict[str, Any]]:
        """All allowed models as OpenAI lists them, each once, the practice AI last."""
        names = dict.fromkeys(c.model.id for kind in KINDS for c in self._of_kind[kind])
        configured = [model.id for upstream in self.upstreams for model in upstream.models]
        return [self._entry(name) for name in sorted(names, key=configured.index)] + [self._entry(PRACTICE_MODEL)]

    def _entry(self, name: str) -> dict[str, Any]:
        practice = name == PRACTICE_MODEL
        kinds = [kind for kind in KINDS if practice or any(c.model.id == name for c in self._of_kind[kind])]
        held = {**label(name, practice), "kinds": kinds}
        return {"id": name, "object": "model", "created": 0, "owned_by": "hocai", "hocai": held}

    def breakers(self) -> dict[str, State]:
        """The state of each endpoint's breaker."""
        return {upstream.name: upstream.breaker.state for upstream in self.upstreams}

    async def close(self) -> None:
        for upstream in self.upstreams:
            await upstream.close()

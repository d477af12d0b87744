"""`[[ai_upstream]]` in hocai.toml: the OpenAI-compatible endpoints behind the gateway, in order, with their models."""

import ipaddress
from collections.abc import Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from hub_config.settings_errors import SettingsError

Kind = Literal["chat", "embeddings", "images", "speech", "transcriptions"]
TABLE = "hocai.toml: [[ai_upstream]]"
MAIN = "main"
"""The name of the endpoint that the short form names: ai_base_url, ai_key, ai_model."""
AUTO = "auto"
"""What stands for the first model of a kind."""
PRACTICE_MODEL = "ai-luyen-tap"
"""The name of the practice AI among the models."""


class UpstreamModel(BaseModel):
    """A model of an endpoint. Prices are in VND.

    They are for a million tokens that go in and come out; for pictures `output_price` is that of one, for speech
    `input_price` that of a million letters, for transcriptions that of a minute.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1, max_length=200, description="the endpoint's own name of the model")
    kind: Kind = Field(default="chat", description="chat, embeddings, images, speech or transcriptions")
    input_price: float = Field(default=0, ge=0, description="VND for what goes in, 0 or more")
    output_price: float = Field(default=0, ge=0, description="VND for what comes out, 0 or more")


class UpstreamSettings(BaseModel):
    """One endpoint. `key` is there in the gateway's process only, and in the one that reads the file for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,30}$", description="a name of your own: small letters, digits, '-' and '_'"
    )
    base_url: str = Field(
        pattern=r"^https?://[^/\s]+\S*$", description="the URL of an OpenAI-compatible API, ending in /v1"
    )
    key: SecretStr | None = Field(default=None, description="the API key of that endpoint")
    key_file: Path | None = Field(default=None, description="a file that holds the key, absolute or in the data folder")
    outside: bool | None = Field(
        default=None,
        description="true or false: whether what is sent leaves your own network; by the host when left out",
    )
    timeout_s: float = Field(default=60, gt=0, description="seconds to wait for that endpoint, more than 0")
    model: tuple[UpstreamModel, ...] = Field(
        min_length=1, description="one [[ai_upstream.model]] table or more, each with an id"
    )

    @property
    def leaves(self) -> bool:
        """Whether what is sent there leaves the own network."""
        return not _is_near(urlsplit(self.base_url).hostname or "") if self.outside is None else self.outside

    def secret(self) -> SecretStr | None:
        """The key, read from its file when it lies in one. Raises SettingsError. For the gateway alone."""
        if self.key_file is None:
            return self.key
        try:
            return SecretStr(self.key_file.read_text("utf-8").strip())
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{TABLE} {self.name}: key_file = {str(self.key_file)!r}: cannot be read ({type(error).__name__}); "
                "allowed: a file that holds the key; mend: correct key_file, or let the gateway's user read it"
            ) from None

    def without_key(self) -> "UpstreamSettings":
        return self.model_copy(update={"key": None, "key_file": None})


def check(upstreams: Sequence[UpstreamSettings]) -> None:
    """Raise SettingsError where two endpoints, or one endpoint's models, cannot be told apart."""
    names = [upstream.name for upstream in upstreams]
    for upstream in upstreams:
        models = [(model.id, model.kind) for model in upstream.model]
        if names.count(upstream.name) > 1 or upstream.name == MAIN:
            raise SettingsError(
                f"{TABLE}: name = {upstream.name!r} stands twice; allowed: a name of its own for each endpoint, "
                f"{MAIN!r} being that of ai_base_url; mend: rename one of them"
            )
        if upstream.key is not None and upstream.key_file is not None:
            raise SettingsError(
                f"{TABLE} {upstream.name}: key and key_file are both set; allowed: one of them; mend: remove one"
            )
        for id_, kind in models:
            if id_ in (AUTO, PRACTICE_MODEL) or models.count((id_, kind)) > 1:
                raise SettingsError(
                    f"{TABLE} {upstream.name}: model id = {id_!r} is taken; allowed: each id once for a kind, and none "
                    f"of {AUTO}, {PRACTICE_MODEL}; mend: remove or rename it"
                )


def _is_near(host: str) -> bool:
    """Whether a host can only be this machine or one of the own network: a private address, or a name without a dot."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return address.is_loopback or address.is_private or address.is_link_local

"""The settings of the AI gateway: which endpoints answer, what they may cost, what of a question may leave."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from hub_config import upstreams
from hub_config.settings_errors import SettingsError
from hub_config.upstreams import MAIN, UpstreamModel, UpstreamSettings

PersonalData = Literal["warn", "mask", "block"]


class AISettings(BaseModel):
    """The part of `Settings` whose keys begin with `ai_`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ai_base_url: str | None = Field(
        None, pattern=r"^https?://\S+$", description="the URL of an OpenAI-compatible API, ending in /v1"
    )
    ai_key: SecretStr | None = Field(None, description="the API key of that endpoint")
    ai_model: str | None = Field(None, min_length=1, description="a model name of that endpoint")
    ai_input_price: float = Field(0, ge=0, description="VND for a million tokens that ai_model reads, 0 or more")
    ai_output_price: float = Field(0, ge=0, description="VND for a million tokens that ai_model writes, 0 or more")
    ai_daily_tokens: int = Field(50_000, ge=0, description="a whole number of tokens a learner and day, 0 or more")
    ai_service_daily_tokens: int = Field(
        2_000_000, ge=0, description="a whole number of tokens a hub service (the grader) and day, 0 or more"
    )
    ai_teacher_daily_tokens: int = Field(
        200_000, ge=0, description="a whole number of tokens a teacher or admin and day, 0 or more"
    )
    ai_class_daily_tokens: int = Field(
        1_000_000, ge=0, description="a whole number of tokens the learners of a class and day, 0 or more"
    )
    ai_daily_money: float = Field(0, ge=0, description="VND a person and day, or 0: no limit but that of tokens")
    ai_class_daily_money: float = Field(0, ge=0, description="VND a class and day, or 0: no limit but that of tokens")
    ai_service_daily_money: float = Field(
        0, ge=0, description="VND a hub service (the grader) and day, or 0: no limit but that of tokens"
    )
    ai_burst_requests: int = Field(30, ge=1, description="questions to a model a person and minute, 1 or more")
    ai_burst_tokens: int = Field(60_000, ge=1, description="tokens of a model a person and minute, 1 or more")
    ai_practice_burst: int = Field(60, ge=1, description="questions to the practice AI a person and minute, 1 or more")
    ai_concurrency: int = Field(32, ge=1, description="questions that models answer at a time, 1 or more")
    ai_concurrency_each: int = Field(2, ge=1, description="questions of one person that are answered at a time")
    ai_queue_s: float = Field(8, ge=0, description="seconds that a question waits for its turn, 0 or more")
    ai_text_kept_days: int = Field(
        30, ge=0, description="days for which the text of questions and replies is kept, or 0: it is not"
    )
    ai_timeout_s: float = Field(60, gt=0, description="seconds to wait for that endpoint, more than 0")
    ai_upstream: tuple[UpstreamSettings, ...] = Field(
        (),
        description="[[ai_upstream]] tables in DATA/hocai.toml: endpoints asked in this order, after ai_base_url",
    )
    ai_rest_s: float = Field(
        30,
        gt=0,
        le=3600,
        description="seconds for which a failing endpoint is left alone, more than 0, up to 3600",
    )
    ai_stream_s: float = Field(600, gt=0, description="seconds that a streamed reply may take at most, more than 0")
    ai_personal_data: PersonalData = Field(
        "warn", description="warn, mask or block: what is done with personal data on their way to an outside endpoint"
    )
    ai_personal_data_minors: PersonalData = Field(
        "block", description="warn, mask or block: the same for learners under 16"
    )
    ai_personal_data_services: Literal["mask", "allow"] = Field(
        "mask", description="mask or allow: the same for what hub services (the grader) send"
    )

    @model_validator(mode="after")
    def _endpoints_consistent(self) -> Self:
        if self.ai_base_url and not self.ai_model:
            raise SettingsError(
                f"HOCAI_AI_MODEL is empty while HOCAI_AI_BASE_URL = {self.ai_base_url!r}; "
                "allowed: a model name of that endpoint; mend: set HOCAI_AI_MODEL, or unset HOCAI_AI_BASE_URL"
            )
        upstreams.check(self.ai_upstream)
        return self

    @property
    def upstreams(self) -> tuple[UpstreamSettings, ...]:
        """All endpoints in the order they are asked: that of the short form first."""
        if not self.ai_base_url or not self.ai_model:
            return self.ai_upstream
        model = UpstreamModel(id=self.ai_model, input_price=self.ai_input_price, output_price=self.ai_output_price)
        main = UpstreamSettings(
            name=MAIN,
            base_url=self.ai_base_url,
            key=self.ai_key,
            timeout_s=self.ai_timeout_s,
            model=(model,),
        )
        return (main, *self.ai_upstream)

    def without_keys(self) -> Self:
        """The same for a process that may hold no key of an endpoint."""
        kept = tuple(upstream.without_key() for upstream in self.ai_upstream)
        return self.model_copy(update={"ai_key": None, "ai_upstream": kept})

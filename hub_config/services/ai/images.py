"""`POST v1/images/generations`."""

import base64
import time
from typing import Any, Literal

from pydantic import Field
from starlette.requests import Request

from hub_config.services.ai.bodies import Body, read_json
from hub_config.services.ai.call import Call
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.endpoint import Answer, Endpoint, whole
from hub_config.services.ai.once import Once
from hub_config.services.ai.practice.media.pictures import AUTO
from hub_config.services.ai.quota import estimate
from hub_config.services.ai.routing import Candidate, Routing
from hub_config.services.ai.workshop import Workshop


class Picture(Body):
    """A picture to be made. It comes back in the answer itself: there is no address to fetch it from."""

    prompt: str = Field(min_length=1, max_length=4000)
    n: Literal[1] = 1
    size: str = Field(default="auto", pattern=r"^(auto|\d{2,4}x\d{2,4})$")
    quality: str | None = Field(default=None, max_length=20)
    style: str | None = Field(default=None, max_length=20)
    response_format: Literal["b64_json"] = "b64_json"

    @property
    def prompt_tokens(self) -> int:
        return estimate(self.prompt)

    @property
    def units(self) -> float:
        return 1.0


class ImagesEndpoint(Endpoint[Picture]):
    kind = "images"

    def __init__(self, desk: Desk, routing: Routing, once: Once, workshop: Workshop) -> None:
        super().__init__(desk, routing, once)
        self._workshop = workshop

    async def read(self, request: Request) -> Picture:
        return await read_json(request, Picture)

    async def from_model(self, call: Call[Picture], candidate: Candidate) -> Answer:
        body = call.sent.model_dump(exclude_none=True) | {"model": candidate.model.id}
        if call.question.size == "auto":
            del body["size"]
        answer = await candidate.upstream.answer("images/generations", _has_picture, json=body)
        call.heard(answer)
        return whole(call, answer)

    async def from_practice(self, call: Call[Picture]) -> Answer:
        width, _, height = call.question.size.partition("x")
        size = (int(width), int(height)) if height else AUTO
        drawn, told = await self._workshop.picture(call.question.prompt, size)
        call.text = told
        data = [{"b64_json": base64.b64encode(drawn).decode(), "revised_prompt": told}]
        return whole(call, {"created": int(time.time()), "data": data})


def _has_picture(answer: Any) -> bool:
    return isinstance(answer["data"][0]["b64_json"], str)

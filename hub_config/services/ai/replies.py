"""`GET replies?learner=NAME&lesson=LESSON`: the record as graders read it. Learners never do, not even their own."""

from datetime import datetime

from anyio.to_thread import run_sync
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hub_config.services.ai import recorded
from hub_config.services.ai.errors import GatewayError
from hub_config.services.tokens import REPLIES_SCOPE, TokenError, Tokens

MAX_PROMPTS = 50


class RepliesEndpoint:
    """`prompt` (SHA-256, several) names prompts whose replies are wanted besides the last few; `until` is a time in ISO
    8601 after which nothing counts. Answers `{"replies": {exercise id: [autograders.models.AiReply]}}`.
    """

    def __init__(self, tokens: Tokens, engine: Engine) -> None:
        self._tokens = tokens
        self._engine = engine

    async def __call__(self, request: Request) -> Response:
        """Raises GatewayError 400, 401, 403 or 503."""
        await self._admit(request)
        given = request.query_params
        learner, lesson, prompts = given.get("learner"), given.get("lesson"), given.getlist("prompt")
        if not learner or not lesson or len(prompts) > MAX_PROMPTS:
            raise GatewayError(400, "invalid_request", param="learner, lesson, prompt")
        try:
            until = datetime.fromisoformat(given["until"]).astimezone() if "until" in given else None
        except (ValueError, OverflowError) as error:
            raise GatewayError(400, "invalid_request", param="until") from error
        found = await run_sync(recorded.told, self._engine, learner, lesson, prompts, until)
        replies = {exercise: [said.model_dump(mode="json") for said in those] for exercise, those in found.items()}
        return JSONResponse({"replies": replies}, headers={"Cache-Control": "no-store"})

    async def _admit(self, request: Request) -> None:
        try:
            user = await self._tokens.identify(request.headers.get("authorization"))
        except TokenError as error:
            raise GatewayError(error.status, error.code) from error
        if user.kind != "service" or REPLIES_SCOPE not in user.scopes:
            raise GatewayError(403, "lacking_scope")

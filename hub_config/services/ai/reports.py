"""`GET usage`, for the pages of teachers and admins that campus makes, and `GET metrics`, for Prometheus."""

import re
from dataclasses import asdict
from datetime import datetime
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub_config.services.ai.budgets import class_budget
from hub_config.services.ai.desk import Desk
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.metrics import CONTENT_TYPE
from hub_config.services.ai.quota import ZONE, Quota
from hub_config.services.ai.usage import usage
from hub_config.settings import Settings

DAYS = re.compile("[0-9]{1,3}")
MAX_DAYS = 366
METRICS_SCOPE = "read:metrics"


def routes(desk: Desk, engine: Engine, settings: Settings) -> list[Route]:
    """The routes of both. `GET usage?class=ID&days=N`: without a class all there is; 7 days unless told."""
    quota = Quota(engine)

    def told(class_id: str | None, days: int) -> dict[str, Any]:
        with engine.connect() as connection:
            found = usage(connection, datetime.now(ZONE).date(), days, class_id)
        return found | {"left": _left(quota, class_id, settings)}

    async def report(request: Request) -> Response:
        if not (await desk.caller(request)).sees_all:
            raise GatewayError(403, "not_for_you")
        days = request.query_params.get("days", "7")
        if not (DAYS.fullmatch(days) and 0 < int(days) <= MAX_DAYS):
            raise GatewayError(400, "invalid_request", param="days")
        return JSONResponse(await run_sync(told, request.query_params.get("class"), int(days)))

    async def metrics(request: Request) -> Response:
        if not await desk.lets_in(request, METRICS_SCOPE):
            raise GatewayError(403, "not_for_you")
        return Response(desk.metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    return [Route("/usage", report, methods=["GET"]), Route("/metrics", metrics, methods=["GET"])]


def _left(quota: Quota, class_id: str | None, settings: Settings) -> dict[str, Any]:
    """Limits of today, and what is left of the class's: money in VND, None for no limit."""
    found: dict[str, Any] = {
        "learner": {"tokens": settings.ai_daily_tokens, "money": settings.ai_daily_money or None},
    }
    if class_id is not None:
        left = quota.left(class_budget(class_id, settings))
        found["class"] = asdict(left.budget) | {"tokens_left": left.tokens, "money_left": left.money}
    return found

"""Errors in OpenAI's shape: the message is for a person (Vietnamese), the code for a program (English)."""

from typing import Any

from starlette.responses import JSONResponse

from hub_config.services.ai.wording import ERRORS

TYPES = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}

TOMORROW = {"quota_exceeded", "class_quota_exceeded"}


class GatewayError(Exception):
    """A request that gets no answer. `code` is a key of `wording.ERRORS`, whose blanks `values` fill."""

    def __init__(self, status: int, code: str, *, retry_after_s: float | None = None, **values: object) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.retry_after_s = retry_after_s
        self.values = values

    def body(self) -> dict[str, Any]:
        """`{"error": {"message", "type", "param", "code"}}`, as an answer and as an event of a stream."""
        kind = TYPES.get(self.status, "server_error" if self.status >= 500 else "invalid_request_error")
        message = ERRORS[self.code].format_map(self.values)
        param = self.values.get("param")
        return {"error": {"message": message, "type": kind, "param": param, "code": self.code}}

    def response(self) -> JSONResponse:
        headers = {}
        if self.retry_after_s is not None:
            headers["Retry-After"] = str(max(1, round(self.retry_after_s)))
        if self.code in TOMORROW:
            headers["X-Should-Retry"] = "false"  # OpenAI's client would otherwise try again by itself
        if self.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        return JSONResponse(self.body(), self.status, headers)


class UpstreamError(GatewayError):
    """An endpoint gave no answer. `again`: whether the same request may be answered when sent once more.

    Nothing that an endpoint says about an error is handed on: such texts quote keys and accounts.
    """

    def __init__(self, status: int, code: str, *, again: bool = False, retry_after_s: float | None = None) -> None:
        super().__init__(status, code, retry_after_s=retry_after_s)
        self.again = again

    @property
    def is_fault(self) -> bool:
        """Whether the endpoint is out of order, as against busy or refusing this one request."""
        return self.code not in ("upstream_busy", "upstream_rejected", "upstream_refused", "upstream_resting")

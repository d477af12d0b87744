"""How a learner's kernel reaches campus: one address and the learner's own token, both from the environment."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import Any

TIMEOUT = 15  # seconds; a learner waits for a page, not for an hour


class CampusError(Exception):
    """Campus could not be reached or refused; `status` is the HTTP status, 0 when nothing answered."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def campus_address() -> str:
    """`http://…/services/campus`, "" where no campus belongs to this process (a sandbox, a plain Jupyter)."""
    address = os.environ.get("HOCAI_PUBLIC_URL", "")
    return f"{address.rstrip('/')}/services/campus" if address else ""


def ask_campus(method: str, path: str) -> dict[str, Any]:
    """Call `api/PATH` as the learner. Raises CampusError."""
    address, token = campus_address(), os.environ.get("JUPYTERHUB_API_TOKEN", "")
    if not address or not token:
        raise CampusError(0, "HOCAI_PUBLIC_URL or JUPYTERHUB_API_TOKEN is not set")
    request = urllib.request.Request(  # noqa: S310 - the address is the operator's
        f"{address}/api/{path}", method=method, headers={"Authorization": f"Bearer {token}"}
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback never goes through a proxy
    try:
        with direct.open(request, timeout=TIMEOUT) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        raise CampusError(error.code, f"campus answered {error.code} to {method} {path}") from error
    except (OSError, ValueError) as error:
        raise CampusError(0, f"campus did not answer {method} {path}: {error}") from error
    if not isinstance(answer, dict):
        raise CampusError(0, f"campus answered {method} {path} with no JSON object")
    return answer

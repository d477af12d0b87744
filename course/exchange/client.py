"""HTTP client of campus's exchange: one method a call of docs/architecture.md, "For nbgrader's exchange".

Blocking; callers in a server use a thread. Every failure is an `ExchangeProblem` with a sentence for the learner.
"""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from course import wording

log = logging.getLogger(__name__)

SECONDS = 10.0  # to connect, to send, and between two pieces of an answer
ATTEMPTS = 2
SENTENCES = {
    401: wording.SIGN_IN_AGAIN,
    403: wording.NOT_YOUR_CLASS,
    404: wording.NO_SUCH_LESSON,
    413: wording.NOTEBOOK_TOO_BIG,
    422: wording.NOT_A_NOTEBOOK,
}


class ExchangeProblem(Exception):
    """Something the learner is told; the text is a Vietnamese sentence."""


class CampusExchange:
    """The exchange as one person sees it."""

    def __init__(self, base_url: str, token: str) -> None:
        """`base_url` is campus's address without a slash at its end, `token` the person's hub token."""
        self._http = httpx.Client(
            base_url=f"{base_url}/api/exchange", headers={"Authorization": f"Bearer {token}"}, timeout=SECONDS
        )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> CampusExchange:
        """The exchange of this server's person. Raises ExchangeProblem outside a hub."""
        token = environ.get("JUPYTERHUB_API_TOKEN", "")
        address = environ.get("HOCAI_CAMPUS_URL", "").rstrip("/")
        hub = urlsplit(environ.get("JUPYTERHUB_API_URL", ""))
        if not address and hub.netloc:
            address = f"{hub.scheme}://{hub.netloc}/services/campus"
        if not address or not token:
            raise ExchangeProblem(wording.NOT_ON_HUB)
        return cls(address, token)

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> CampusExchange:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def courses(self) -> list[str]:
        """The ids of the person's classes."""
        return [str(course) for course in self._json("GET", "/courses")]

    def assignments(self, course: str) -> list[dict[str, Any]]:
        """`[{"course_id", "assignment_id", "title", "released_at"}]`."""
        return list(self._json("GET", "/assignments", params={"course": course}))

    def notebook(self, course: str, lesson: str) -> bytes:
        """The student notebook as it is to be written."""
        return self._call("GET", f"/assignments/{_part(course)}/{_part(lesson)}").content

    def material(self, course: str, lesson: str) -> list[dict[str, Any]]:
        """The files that the lesson shows: `[{"name", "bytes"}]`."""
        return list(self._json("GET", f"/assignments/{_part(course)}/{_part(lesson)}/material"))

    def material_file(self, course: str, lesson: str, name: str) -> bytes:
        """One of them."""
        path = f"/assignments/{_part(course)}/{_part(lesson)}/material/{quote(name)}"
        return self._call("GET", path).content

    def submit(self, course: str, lesson: str, notebook: bytes) -> dict[str, Any]:
        """Hand a notebook in: `{"id", "timestamp"}`. A call that is repeated counts once."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        path = f"/assignments/{_part(course)}/{_part(lesson)}/submissions"
        return dict(self._json("POST", path, content=notebook, headers=headers))

    def submissions(self, course: str) -> list[dict[str, Any]]:
        """`[{"id", "course_id", "assignment_id", "timestamp", "state", "score", "max_score", "feedback"}]`."""
        return list(self._json("GET", "/submissions", params={"course": course}))

    def feedback(self, submission: str) -> str:
        """The feedback page of a submission, HTML."""
        return self._call("GET", f"/submissions/{_part(submission)}/feedback").text

    def _json(self, method: str, path: str, **request: Any) -> Any:
        response = self._call(method, path, **request)
        try:
            return response.json()
        except ValueError as error:
            log.error("%s %s: the answer is not JSON", method, response.url)
            raise ExchangeProblem(wording.CAMPUS_FAULT) from error

    def _call(self, method: str, path: str, **request: Any) -> httpx.Response:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                response = self._http.request(method, path, **request)
            except httpx.HTTPError as error:
                log.warning("%s %s, attempt %d: %s: %s", method, path, attempt, type(error).__name__, error)
                if attempt < ATTEMPTS and not isinstance(error, httpx.TimeoutException):
                    continue
                raise ExchangeProblem(wording.CAMPUS_DOWN) from error
            if response.is_success:
                return response
            log.warning("%s %s: status %d", method, response.url, response.status_code)
            raise ExchangeProblem(_sentence(response))
        raise AssertionError("the last attempt returned or raised")


def _part(text: str) -> str:
    return quote(text, safe="")


def _sentence(response: httpx.Response) -> str:
    """Campus's own sentence where it gives one, else the one for the status."""
    try:
        said = response.json()["error"]["message"]
    except (ValueError, KeyError, TypeError):
        said = ""
    if isinstance(said, str) and said:
        return said
    if response.status_code in (502, 503, 504):  # the proxy stands, campus does not
        return wording.CAMPUS_DOWN
    return SENTENCES.get(response.status_code, wording.CAMPUS_FAULT)

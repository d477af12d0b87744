"""What campus says no to. The learner reads a sentence of `wording.REFUSALS`; programs read the code."""

from __future__ import annotations

from hub_config.services.campus import wording

STATUS = {
    "bad_request": 400,
    "bad_answer": 422,
    "bad_birth_year": 422,
    "birth_year_first": 422,
    "not_signed_in": 401,
    "no_account": 403,
    "expired_form": 403,
    "forbidden": 403,
    "not_in_class": 403,
    "no_class": 403,
    "not_found": 404,
    "unknown_lesson": 404,
    "unknown_exercise": 404,
    "newer_draft": 409,
    "not_graded": 409,
    "sitting_not_begun": 409,
    "sitting_over": 409,
    "in_sitting": 409,
    "try_tomorrow": 409,
    "new_try": 409,
    "nothing_to_show": 409,
    "too_big": 413,
    "too_long": 413,
    "not_a_notebook": 422,
    "not_a_picture": 422,
    "picture_too_big": 413,
    "bad_design": 422,
    "picture_gone": 404,
    "picture_failed": 503,
    "hub_down": 503,
    "storage": 503,
    "our_fault": 500,
}
"""HTTP status of each code."""


class Refusal(Exception):
    """A request that is refused with a calm sentence. `code` is a key of `STATUS`; `detail` is for programs."""

    def __init__(self, code: str, **detail: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.status = STATUS[code]
        self.message = wording.REFUSALS[code]

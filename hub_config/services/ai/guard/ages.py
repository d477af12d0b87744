"""Whom the policy for minors holds for, as campus knows its people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from hub_config.services.ai.quota import ZONE
from hub_config.services.campus.accounts import find_account

OF_AGE = 16  # years


def is_minor(campus: Engine, name: str) -> bool:
    """Whether somebody may be under 16: the birthday may still be to come, and a pupil of unknown age is young.

    Somebody whom the hub knows and campus does not (an operator) is none. Blocks: call it off the event loop.
    """
    found = find_account(campus, name)
    if found is None:
        return False
    if found.birth_year is None:
        return found.role == "student"
    return datetime.now(ZONE).year - found.birth_year <= OF_AGE

"""Whom the policy for minors holds for, as campus knows its people."""

from __future__ import annotations

from datetime import datetime

from hub_config.services.ai.quota import ZONE
from hub_config.services.campus.accounts import find_account
from hub_config.services.campus.database import connect
from hub_config.settings import Settings

OF_AGE = 16  # years


class Ages:
    """Asks campus's database. Calls block: make them off the event loop."""

    def __init__(self, settings: Settings) -> None:
        self._engine = connect(settings)

    def is_minor(self, name: str) -> bool:
        """Whether somebody may be under 16: the birthday may still be to come, and a pupil of unknown age is young.

        Somebody whom the hub knows and campus does not (an operator) is none.
        """
        found = find_account(self._engine, name)
        if found is None:
            return False
        if found.birth_year is None:
            return found.role == "student"
        return datetime.now(ZONE).year - found.birth_year <= OF_AGE

    def close(self) -> None:
        self._engine.dispose()

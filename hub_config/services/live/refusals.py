"""Why a live part is not there. The page has a sentence for each; the log has the rest."""

from __future__ import annotations

from typing import Literal

Why = Literal["idle", "stopped", "elsewhere", "fault", "material"]


class NotOpened(Exception):
    """A kernel that cannot be had or did not get through its notebook; the text is for the operator."""

    def __init__(self, why: Why, details: str) -> None:
        super().__init__(details)
        self.why: Why = why

"""What the AI said in a preview: campus and gateway are one process here, and the record is read directly."""

from __future__ import annotations

from datetime import datetime

from hub_config.services.ai import database, recorded
from hub_config.services.campus.replies import Replies
from hub_config.settings import Settings


class OwnRecord:
    """Does for a preview what `campus.replies.GatewayRecord` does for the services."""

    def __init__(self, settings: Settings) -> None:
        self._engine = database.connect(settings.ai_database)

    def replies(self, learner: str, lesson: str, prompts: list[str], until: datetime | None = None) -> Replies:
        """As `campus.replies.Record` says."""
        found = recorded.told(self._engine, learner, lesson, prompts, until)
        return {exercise: tuple(replies) for exercise, replies in found.items()}

    def close(self) -> None:
        self._engine.dispose()

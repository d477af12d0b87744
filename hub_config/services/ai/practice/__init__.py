"""The practice AI: bundled, deterministic, without network or knowledge, labelled as such in every reply."""

from collections.abc import Callable

from course.catalog import Catalog
from course.variants import drawn_exercise
from hub_config.services.ai.practice.draft import draft_reply
from hub_config.services.ai.practice.fragments import compose
from hub_config.services.ai.practice.summary import summary_reply
from hub_config.services.ai.practice.table import table_reply
from hub_config.services.ai.practice.variant import Draws
from hub_config.services.ai.practice.wording import CANNOT

TOOLS: tuple[Callable[[str], str | None], ...] = (table_reply, summary_reply, draft_reply)


class PracticeAI:
    """Replies in an exercise by its fragments, and to free prompts by tools."""

    def __init__(self, catalog: Catalog, draws: Draws) -> None:
        self._catalog = catalog
        self._draws = draws

    def knows(self, exercise: str) -> bool:
        """Whether there is an exercise with this full id."""
        lesson_id, _, exercise_id = exercise.partition("/")
        folder = self._catalog.get(lesson_id)
        return folder is not None and any(raw.get("id") == exercise_id for raw in folder.lesson.exercise)

    def reply(self, prompt: str, exercise: str, learner: str) -> str:
        """The reply to a prompt, in an exercise (full id, one that it `knows`) or in none ("")."""
        lesson_id, _, exercise_id = exercise.partition("/")
        folder = self._catalog.get(lesson_id)
        if folder is not None:
            variant = self._draws.variant(folder.lesson, learner)
            fragments = drawn_exercise(folder.lesson, exercise_id, variant).practice
            if fragments:
                return compose(fragments, prompt)
        return free_reply(prompt)


def free_reply(prompt: str) -> str:
    """What the tools make of a prompt; where none applies, that it cannot help."""
    return next((reply for tool in TOOLS if (reply := tool(prompt)) is not None), CANNOT)

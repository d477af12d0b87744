"""The practice AI: bundled, deterministic, without network or knowledge, labelled as such in every reply."""

from collections.abc import Callable

from hub_config.services.ai.practice.draft import draft_reply
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.practice.fragments import Composed, compose_marked
from hub_config.services.ai.practice.summary import summary_reply
from hub_config.services.ai.practice.table import table_reply
from hub_config.services.ai.practice.wording import CANNOT

TOOLS: tuple[Callable[[str], str | None], ...] = (table_reply, summary_reply, draft_reply)


class PracticeAI:
    """Replies in an exercise by its fragments, and to free prompts by tools."""

    def __init__(self, exercises: Exercises) -> None:
        self._exercises = exercises

    def reply(self, prompt: str, exercise: str, learner: str) -> Composed:
        """The reply to a prompt, in an exercise (full id of a known one) or in none ("")."""
        fragments = self._exercises.drawn(exercise, learner).practice if exercise else ()
        return compose_marked(fragments, prompt) if fragments else Composed(free_reply(prompt))


def free_reply(prompt: str) -> str:
    """What the tools make of a prompt; where none applies, that it cannot help."""
    return next((reply for tool in TOOLS if (reply := tool(prompt)) is not None), CANNOT)

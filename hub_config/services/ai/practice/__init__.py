"""The practice AI: bundled, deterministic, without network or knowledge, labelled as such in every reply."""

from collections.abc import Sequence

from hub_config.services.ai.attached import attached_text
from hub_config.services.ai.practice.comparison import compared
from hub_config.services.ai.practice.conversation import request_of
from hub_config.services.ai.practice.exercises import Exercises
from hub_config.services.ai.practice.fragments import Composed, compose_marked
from hub_config.services.ai.practice.tools import tool_reply


class PracticeAI:
    """Replies in an exercise by its fragments, and to free prompts by tools."""

    def __init__(self, exercises: Exercises) -> None:
        self._exercises = exercises

    def reply(
        self, prompt: str, exercise: str, learner: str, earlier: Sequence[str] = (), sources: str = ""
    ) -> Composed:
        """The reply to a prompt, in an exercise (full id of a known one) or in none ("").

        `earlier` are the user's turns before it, the oldest first; `sources` is text that came along, such as a system
        message. The material of an exercise that attaches it is a source too.
        """
        if not exercise:
            return Composed(free_reply(prompt, earlier, sources))
        drawn = self._exercises.drawn(exercise, learner)
        if drawn.practice:
            return compose_marked(drawn.practice, request_of(prompt, earlier).whole)
        sources = "\n".join(text for text in (sources, attached_text(drawn)) if text)
        return Composed(free_reply(prompt, earlier, sources))

    def better(self, before: str, prompt: str, exercise: str, learner: str) -> tuple[str, ...]:
        """Why a prompt does better than the one before in an exercise: a sentence each; none where it does not."""
        return compared(self._exercises.drawn(exercise, learner).practice, before, prompt)


def free_reply(prompt: str, earlier: Sequence[str] = (), sources: str = "") -> str:
    """What the tools make of a prompt; where none applies, that it cannot help."""
    return tool_reply(request_of(prompt, earlier, sources))

"""What the practice AI says: pure functions over texts, which take pandas and time; `process` calls them elsewhere."""

from collections.abc import Callable, Sequence
from typing import Any

from course.lesson import Fragment
from hub_config.services.ai.practice.comparison import compared
from hub_config.services.ai.practice.conversation import request_of
from hub_config.services.ai.practice.extraction.structured import structured
from hub_config.services.ai.practice.fragments import Composed, compose_marked
from hub_config.services.ai.practice.tools import tool_reply

Raw = Sequence[dict[str, Any]]
"""Fragments as JSON."""


def free_reply(prompt: str, earlier: Sequence[str] = (), sources: str = "") -> str:
    """What the tools make of a prompt; where none applies, that it cannot help.

    `earlier` are the user's turns before it, the oldest first; `sources` is text that came along, such as a system
    message.
    """
    return tool_reply(request_of(prompt, earlier, sources))


def reply_in_exercise(fragments: Sequence[Fragment], prompt: str, earlier: Sequence[str] = ()) -> Composed:
    """The reply to a prompt in an exercise that ships fragments."""
    return compose_marked(fragments, request_of(prompt, earlier).whole)


def _composed(fragments: Raw, prompt: str, earlier: Sequence[str]) -> dict[str, Any]:
    said = reply_in_exercise(_read(fragments), prompt, earlier)
    return {"text": said.text, "invented": said.invented}


def _better(fragments: Raw, before: str, prompt: str) -> tuple[str, ...]:
    return compared(_read(fragments), before, prompt)


def _read(fragments: Raw) -> tuple[Fragment, ...]:
    return tuple(Fragment.model_validate(fragment) for fragment in fragments)


JOBS: dict[str, Callable[..., Any]] = {
    "free": free_reply,
    "composed": _composed,
    "better": _better,
    "structured": structured,
}
"""What can be asked of the process, by JSON."""

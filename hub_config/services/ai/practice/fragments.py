"""The reply of an exercise: fragments of a good answer, each there, vague or wrong as the prompt's parts are."""

import re
from collections.abc import Iterable

from autograders.rules.facts import find_fact
from autograders.rules.parts import find_parts
from course.lesson import Fragment
from hub_config.services.ai.practice.wording import NOTHING_TO_SAY

FROM_PROMPT = "{from_prompt}"
BLANK_LINES = re.compile(r"\n{3,}")


def compose(fragments: Iterable[Fragment], prompt: str) -> str:
    """The reply to a prompt: each fragment on lines of its own, empty ones left out."""
    parts = find_parts(prompt)
    said = []
    for fragment in fragments:
        text = fragment.given
        if fragment.part is not None or fragment.fact is not None:
            found = parts.get(fragment.part) if fragment.part else _fact(fragment, prompt)
            text = fragment.none if found is None else _filled(fragment.given, found)
        if text.strip():
            said.append(text.strip(" \t").rstrip("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(said)).strip() or NOTHING_TO_SAY


def _fact(fragment: Fragment, prompt: str) -> str | None:
    return None if fragment.fact is None else find_fact(prompt, fragment.fact)


def _filled(given: str, wording: str) -> str:
    """With the learner's own words, which begin with a capital where the fragment begins with them."""
    wording = " ".join(wording.split())
    if given.lstrip().startswith(FROM_PROMPT):
        wording = wording[:1].upper() + wording[1:]
    return given.replace(FROM_PROMPT, wording)

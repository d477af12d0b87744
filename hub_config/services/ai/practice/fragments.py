"""The reply of an exercise: fragments of a good answer, each there, vague or wrong as the prompt's parts are."""

import re
from collections.abc import Iterable, Mapping

from autograders.rules.facts import find_fact
from autograders.rules.parts import find_parts
from course.lesson import Fragment
from hub_config.services.ai.practice.figures import find_figure
from hub_config.services.ai.practice.wording import NOTHING_TO_SAY

FROM_PROMPT = "{from_prompt}"
BLANK_LINES = re.compile(r"\n{3,}")


def compose(fragments: Iterable[Fragment], prompt: str) -> str:
    """The reply to a prompt: each fragment on lines of its own, empty ones left out."""
    parts = find_parts(prompt)
    said = []
    for fragment in fragments:
        text = _text(fragment, prompt, parts)
        if text.strip():
            said.append(text.strip(" \t").rstrip("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(said)).strip() or NOTHING_TO_SAY


def _text(fragment: Fragment, prompt: str, parts: Mapping[str, str]) -> str:
    if fragment.part is not None:
        found = parts.get(fragment.part)
    elif fragment.fact is not None:
        found = find_fact(prompt, fragment.fact)
    elif fragment.figure is not None:
        found = find_figure(prompt, fragment.figure)
    else:
        return fragment.given
    return fragment.none if found is None else _filled(fragment.given, found)


def _filled(given: str, wording: str) -> str:
    """With the learner's own words, which begin with a capital where the fragment begins with them."""
    wording = " ".join(wording.split())
    if given.lstrip().startswith(FROM_PROMPT):
        wording = wording[:1].upper() + wording[1:]
    return given.replace(FROM_PROMPT, wording)

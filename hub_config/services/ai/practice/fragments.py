"""The reply of an exercise: fragments of a good answer, each there, vague or wrong as the prompt's parts are."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograders.rules.facts import find_fact
from autograders.rules.parts import find_parts
from course.lesson import Fragment
from hub_config.services.ai.practice.figures import find_figure
from hub_config.services.ai.practice.wording import NOTHING_TO_SAY

FROM_PROMPT = "{from_prompt}"
BLANK_LINES = re.compile(r"\n{3,}")
OPENING_LINES = re.compile(r"^\n{2,}")


@dataclass(frozen=True)
class Composed:
    """A reply, and of what in it was made up the start and end."""

    text: str
    invented: tuple[tuple[int, int], ...] = ()


def compose(fragments: Iterable[Fragment], prompt: str) -> str:
    """The reply to a prompt: each fragment on lines of its own, empty ones left out."""
    return compose_marked(fragments, prompt).text


def compose_marked(fragments: Iterable[Fragment], prompt: str) -> Composed:
    """As `compose`, with what the reply made up because the prompt did not say it."""
    parts = find_parts(prompt)
    whole, invented = "", []
    for fragment in fragments:
        text, made_up = _said(fragment, prompt, parts)
        if not text.strip():
            continue
        text = BLANK_LINES.sub("\n\n", text.strip(" \t").rstrip("\n"))
        whole = f"{whole}\n{OPENING_LINES.sub(chr(10), text)}" if whole else text.lstrip()
        if made_up:
            invented.append((len(whole) - len(text.lstrip()), len(whole)))
    whole = whole.rstrip()
    return Composed(whole or NOTHING_TO_SAY, tuple(invented))


def _said(fragment: Fragment, prompt: str, parts: Mapping[str, str]) -> tuple[str, bool]:
    """What a fragment says, and whether it made that up."""
    if fragment.part is not None:
        found = parts.get(fragment.part)
    elif fragment.fact is not None:
        found = find_fact(prompt, fragment.fact)
    elif fragment.figure is not None:
        found = find_figure(prompt, fragment.figure)
    else:
        return fragment.given, False
    return (fragment.none, fragment.invented) if found is None else (_filled(fragment.given, found), False)


def _filled(given: str, wording: str) -> str:
    """With the learner's own words, which begin with a capital where the fragment begins with them."""
    wording = " ".join(wording.split())
    if given.lstrip().startswith(FROM_PROMPT):
        wording = wording[:1].upper() + wording[1:]
    return given.replace(FROM_PROMPT, wording)

"""The reply of an exercise: fragments of a good answer, each there, vague or wrong as the prompt's parts are."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograders.rules.facts import find_fact
from autograders.rules.parts import find_parts
from course.lesson import Fragment
from hub_config.services.ai.practice.figures import find_figure
from hub_config.services.ai.practice.tables.selection import markdown
from hub_config.services.ai.practice.tables.wording import AS_TABLE
from hub_config.services.ai.practice.vocabulary import search
from hub_config.services.ai.practice.wording import NOTHING_TO_SAY

FROM_PROMPT = "{from_prompt}"
BLANK_LINES = re.compile(r"\n{3,}")
LONGEST_READ = 20_000  # characters, as many as the graders read

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Composed:
    """A reply, and of what in it is invented the start and end: graders and the teacher's view mark it."""

    text: str
    invented: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Condition:
    """Whether a fragment's condition is met. `wording`: the learner's own words that meet it, "" for none."""

    met: bool
    wording: str = ""


def compose(fragments: Iterable[Fragment], prompt: str) -> str:
    """The reply to a prompt: each fragment on lines of its own, empty ones left out."""
    return compose_marked(fragments, prompt).text


def compose_marked(fragments: Iterable[Fragment], prompt: str) -> Composed:
    """The same reply, with the places in it that its fragments call invented."""
    said: list[str] = []
    invented: list[str] = []
    parts, table = find_parts(prompt), asks_for_table(prompt)
    rows: list[Sequence[str]] = []
    for fragment in fragments:
        condition = condition_of(fragment, prompt, parts)
        if table and condition.met and fragment.as_table:
            rows = _under(rows, _filled_rows(fragment.as_table, condition.wording), said)
            continue
        rows = _under(rows, [], said)
        text = _tidy(_filled(fragment.given, condition.wording) if condition.met else fragment.none)
        if text:
            said.append(text)
            if fragment.invented and not (condition.met and _hangs(fragment)):
                invented.append(BLANK_LINES.sub("\n\n", text.strip()))
    _under(rows, [], said)
    whole = BLANK_LINES.sub("\n\n", "\n".join(said)).strip() or NOTHING_TO_SAY
    return Composed(whole, tuple(_places(whole, invented)))


def _places(whole: str, wordings: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where they stand, in their order."""
    end = 0
    for wording in wordings:
        start = whole.find(wording, end)
        if start >= 0:
            end = start + len(wording)
            yield start, end


def condition_of(fragment: Fragment, prompt: str, parts: Mapping[str, str]) -> Condition:
    """Whether the prompt holds what a fragment hangs on; `parts` are those of the prompt."""
    if not _hangs(fragment):
        return Condition(True)
    if fragment.part is not None:
        found = parts.get(fragment.part)
    elif fragment.fact is not None:
        found = find_fact(prompt, fragment.fact)
    else:
        found = find_figure(prompt, fragment.figure) if fragment.figure else None
    return Condition(False) if found is None else Condition(True, " ".join(found.split()))


def asks_for_table(prompt: str) -> bool:
    return bool(search(AS_TABLE, prompt[:LONGEST_READ]))


def _hangs(fragment: Fragment) -> bool:
    return not (fragment.part is None and fragment.fact is None and fragment.figure is None)


def _under(open_: list[Sequence[str]], new: Rows, said: list[str]) -> list[Sequence[str]]:
    """The rows of the open table with the new ones under it; a table that ends, or another head, is said."""
    if open_ and new and list(open_[0]) == list(new[0]):
        return [*open_, *new[1:]]
    if open_:
        said.append("\n" + markdown(open_[0], open_[1:]) + "\n")
    return list(new)


def _filled_rows(rows: Rows, wording: str) -> list[list[str]]:
    return [[_filled(cell, wording) for cell in row] for row in rows]


def _filled(given: str, wording: str) -> str:
    """With the learner's own words, which begin with a capital where the fragment begins with them."""
    if given.lstrip().startswith(FROM_PROMPT):
        wording = wording[:1].upper() + wording[1:]
    return given.replace(FROM_PROMPT, wording)


def _tidy(text: str) -> str:
    return text.strip(" \t").rstrip("\n") if text.strip() else ""

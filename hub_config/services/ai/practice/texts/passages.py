"""Sources as a prompt brings them, cut into sentences that know where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hub_config.services.ai.practice.texts import wording as w
from hub_config.services.ai.practice.texts.sentences import line_sentences, words
from hub_config.services.ai.practice.vocabulary import compiled, fold

MOST_PASSAGES = 5000
LONGEST_TITLE = 14  # words
LETTERS = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Passage:
    """One sentence: its source (numbered from 1, named as the prompt names it), paragraph and place in it."""

    text: str
    number: int
    source: str
    paragraph: int
    sentence: int

    @property
    def where(self) -> str:
        return w.WHERE_PARAGRAPH.format(paragraph=self.paragraph, sentence=self.sentence)


def passages(text: str) -> list[Passage]:
    """The sentences of all sources of a text, at most MOST_PASSAGES."""
    return [passage for _, passage in zip(range(MOST_PASSAGES), _passages(text), strict=False)]


def has_heads(text: str) -> bool:
    """Whether the text names sources: "[1] …", "Tai lieu 2: …" at the beginning of a line."""
    return any(_head(line) for line in text.splitlines())


def _head(line: str) -> re.Match[str] | None:
    return compiled(w.SOURCE_HEAD, False).match(fold(line[:200]))


def _is_title(rest: str) -> bool:
    """Whether what stands behind a source's number is its title: short, and no sentence."""
    return bool(rest.strip()) and rest.rstrip()[-1].isalnum() and len(words(rest)) <= LONGEST_TITLE


def _passages(text: str) -> Iterator[Passage]:
    number, source, paragraph = 1, "", 0
    named = False
    for line in text.splitlines():
        head = _head(line)
        if head:
            number += named
            named, source, paragraph = True, line[head.start(1) : head.end(1)].strip("[]"), 0
            line = line[head.end() :]
            if _is_title(line):
                source, line = f"{source}: {line.strip()}", ""
        if not LETTERS.search(line):
            continue
        paragraph += 1
        for place, sentence in enumerate(line_sentences(line), 1):
            yield Passage(sentence, number, source, paragraph, place)

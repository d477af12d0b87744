"""Where the practice AI cannot help it says so, and names what would."""

import re

import pytest
from beyond import ALL, BEYOND

from hub_config.services.ai.practice import wording
from hub_config.services.ai.practice.extraction.wording import NEEDS_TEXT as NEEDS_TEXT_TO_EXTRACT
from hub_config.services.ai.practice.papers.wording import NEEDS_FACTS
from hub_config.services.ai.practice.queries.wording import NEEDS_SCHEMA
from hub_config.services.ai.practice.replies import free_reply
from hub_config.services.ai.practice.tables.wording import NEEDS_TABLE
from hub_config.services.ai.practice.texts.wording import NEEDS_SOURCES, NEEDS_TEXT

HONEST = (
    *(wording.CANNOT, *wording.EDGES.values()),
    *(NEEDS_FACTS, NEEDS_TEXT, NEEDS_TABLE, NEEDS_SOURCES, NEEDS_SCHEMA, NEEDS_TEXT_TO_EXTRACT),
)


def test_there_are_a_hundred_different_ones() -> None:
    assert len(set(ALL)) == len(ALL) >= 100


@pytest.mark.parametrize("prompt", ALL)
def test_what_is_beyond_its_reach_is_never_answered_as_if_known(prompt: str) -> None:
    reply = free_reply(prompt)
    assert reply in HONEST
    assert not re.search(r"\d", reply)


@pytest.mark.parametrize("sentence", HONEST)
def test_each_is_one_sentence_that_names_what_would_help(sentence: str) -> None:
    assert sentence.endswith(".") and ". " not in sentence
    assert re.search("AI thật|hỏi|tra|xem|dán|đưa|nối|dùng", sentence)


@pytest.mark.parametrize(
    ("kind", "edges"),
    [
        ("news", ("news",)),
        ("health", ("health", "farming")),
        ("law", ("law",)),
        ("translation", ("translation",)),
        ("self", ("self",)),
    ],
)
def test_it_says_whom_to_ask_instead(kind: str, edges: tuple[str, ...]) -> None:
    """For most of a kind; a question that is worded in no usual way gets the general sentence."""
    said = [free_reply(prompt) in [wording.EDGES[edge] for edge in edges] for prompt in BEYOND[kind]]
    assert sum(said) >= 0.8 * len(said)

"""What is within its reach is answered, with nothing that the prompt does not hold."""

import re
from types import ModuleType

import pytest
from reach import CALCULATED, WORDS_ONLY
from test_edges import HONEST

from hub_config.services.ai.practice.extraction import wording as extraction
from hub_config.services.ai.practice.papers import wording as papers
from hub_config.services.ai.practice.queries import wording as queries
from hub_config.services.ai.practice.replies import free_reply
from hub_config.services.ai.practice.tables import wording as tables
from hub_config.services.ai.practice.texts import wording as texts

WORD = re.compile(r"[^\W\d_]+")
FIGURE = re.compile(r"\d+(?:[.,/:]\d+)*")
COUNTS = re.compile(r"\[\d\]|đoạn \d+, câu \d+|Chọn nguyên văn \d+ trong \d+ câu")


def own_words(*modules: ModuleType) -> set[str]:
    """The words of the practice AI's templates: those a reply may hold besides the prompt's."""
    said: list[str] = []
    for module in modules:
        for value in (value for name, value in vars(module).items() if name.isupper()):
            pieces = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            said += [str(piece) for piece in pieces]
    found = set(WORD.findall(" ".join(said)))
    return found | {word.upper() for word in found} | {word.capitalize() for word in found if word.islower()}


OWN = own_words(texts, papers, tables, extraction, queries)


def test_there_are_about_sixty() -> None:
    assert len(set(WORDS_ONLY) | set(CALCULATED)) == len(WORDS_ONLY) + len(CALCULATED) >= 60


@pytest.mark.parametrize("prompt", [*WORDS_ONLY, *CALCULATED])
def test_each_is_answered(prompt: str) -> None:
    reply = free_reply(prompt)
    assert reply not in (*HONEST, texts.NOT_SAID, extraction.NOTHING)
    assert not reply.startswith(queries.CANNOT_SQL[:40])


@pytest.mark.parametrize("prompt", [*WORDS_ONLY, *CALCULATED])
def test_no_name_stands_in_a_reply_that_is_not_in_the_prompt(prompt: str) -> None:
    """Words with a capital are the prompt's, in any case, or the templates'."""
    known = {word.lower() for word in WORD.findall(prompt)}
    reply = re.sub(r"```sql.*?```", "", free_reply(prompt), flags=re.DOTALL)
    new = {word for word in WORD.findall(reply) if word[0].isupper() and word.lower() not in known}
    assert new <= OWN


@pytest.mark.parametrize("prompt", WORDS_ONLY)
def test_no_figure_stands_in_a_reply_that_is_not_in_the_prompt(prompt: str) -> None:
    """Counts of sentences and numbers of citations aside."""
    reply = COUNTS.sub("", free_reply(prompt))
    assert not set(FIGURE.findall(reply)) - set(FIGURE.findall(prompt))

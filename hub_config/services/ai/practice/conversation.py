"""A request as the conversation makes it: what was asked before, changed or asked again of the same text."""

from collections.abc import Sequence
from dataclasses import replace

from hub_config.services.ai.practice.edges import beyond
from hub_config.services.ai.practice.papers import wording as papers
from hub_config.services.ai.practice.papers.draft import asks_draft
from hub_config.services.ai.practice.request import Request, is_order
from hub_config.services.ai.practice.texts import wording as texts
from hub_config.services.ai.practice.texts.sentences import words
from hub_config.services.ai.practice.vocabulary import begins, search

MOST_TURNS = 20  # that are looked back on
LONGEST_WISH = 60  # words of a turn that only changes the reply before it
CHANGES = (papers.ADD, papers.CHANGE, papers.CHANGE_TO, papers.DROP)


def request_of(prompt: str, earlier: Sequence[str] = (), sources: str = "") -> Request:
    """The request that the last turn of a conversation stands for; `earlier` are the user's turns before it."""
    request = Request(prompt="", sources=sources)
    for turn in (*earlier[-MOST_TURNS:], prompt):
        request = _after(request, Request(turn, sources))
    return request


def _after(before: Request, turn: Request) -> Request:
    """The next request: a wish changes the one before; a question without a text is asked of the text before."""
    if not before.prompt or turn.brings:
        return turn
    length = len(words(turn.prompt))
    if length <= LONGEST_WISH and _is_wish(turn.prompt):
        return replace(before, later=(*before.later, turn.prompt))
    if asks_draft(before) and length <= LONGEST_WISH and _is_fact(turn):
        return replace(before, later=(*before.later, turn.prompt))
    given = before.brings or not any(map(is_order, before.order.splitlines()))
    carried = before.carried or (before.prompt if given else "")
    return replace(turn, carried=carried)


def _is_fact(turn: Request) -> bool:
    """Whether a turn after a draft only tells more of the matter: it asks nothing, nor for anything else."""
    return not any(map(is_order, turn.order.splitlines())) and not beyond(turn)


def _is_wish(text: str) -> bool:
    """Whether a turn only makes sense after another one."""
    if search(papers.REWRITE, text) or search(texts.SHORTER, text) or any(begins(p, text) for p in CHANGES):
        return True
    return bool(search(texts.COUNT, text)) and not search(texts.SUMMARISE, text) and not search(texts.KEYWORDS, text)

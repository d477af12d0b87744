"""A paper, post or message as the prompt asks for it; what the prompt does not say stays a visible gap."""

from dataclasses import replace

from hub_config.services.ai.practice.papers import wording as w
from hub_config.services.ai.practice.papers.facts import Facts, changed, read_facts
from hub_config.services.ai.practice.papers.informal import message, post, script
from hub_config.services.ai.practice.papers.official import official
from hub_config.services.ai.practice.request import Request
from hub_config.services.ai.practice.texts.sentences import words
from hub_config.services.ai.practice.texts.wording import SHORTER
from hub_config.services.ai.practice.vocabulary import fold, search

TELLING = {"time", "place", "receiver", "agency", "decision", "reason", "cost", "present", "price", "contact"}
FEWEST_TEXT_WORDS = 8


def asks_draft(request: Request) -> bool:
    return bool(search(w.WRITE, request.order) or search(w.REWRITE, request.order))


def draft_reply(request: Request) -> str:
    """The draft with all later changes, or that facts are missing."""
    facts = _facts(request)
    short = False
    for wish in request.later:
        again = search(w.REWRITE, wish) or search(w.WRITE, wish)
        facts = replace(facts, kind=_kind(again[1])) if again else changed(facts, wish)
        short = short or bool(search(SHORTER, wish))
    if not facts.get("subject") and not facts.notes:
        return w.NEEDS_FACTS
    if not facts.notes and not TELLING & facts.said.keys():
        return w.NEEDS_FACTS
    return f"{w.DRAFT_LEAD}\n\n{written(facts, short)}"


def written(facts: Facts, short: bool) -> str:
    """The draft in the form of its kind."""
    if facts.kind in w.POSTS_KINDS:
        return post(facts)
    if facts.kind in w.SCRIPT_KINDS:
        return script(facts)
    if facts.kind in w.ALWAYS_OFFICIAL or (facts.kind in w.OFFICIAL and (facts.formal or facts.get("agency"))):
        return official(facts)
    return message(facts, short)


def _facts(request: Request) -> Facts:
    text = request.text if request.apart and len(words(request.text)) >= FEWEST_TEXT_WORDS else ""
    source = request.order if text else request.prompt
    asked = search(w.REWRITE, source) or search(w.WRITE, source)
    if asked is None:  # a prompt's own diacritics may differ from those of its order
        source = request.order
        asked = search(w.REWRITE, source) or search(w.WRITE, source)
    if asked is None:
        return Facts("")
    return read_facts(_kind(asked[1]), source[: asked.start()], source[asked.end() :], text)


def _kind(name: str) -> str:
    return next(kind for kind in w.KINDS if fold(kind) == fold(name).lower())

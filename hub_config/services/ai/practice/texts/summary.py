"""Extractive summary: the sentences of a text that hold its frequent words, its figures and its beginning."""

import heapq
import math
from collections import Counter

from hub_config.services.ai.practice.request import Request
from hub_config.services.ai.practice.texts import wording as w
from hub_config.services.ai.practice.texts.sentences import sentences, words
from hub_config.services.ai.practice.vocabulary import fold, search, search_folded

FEWEST_SENTENCES = 3
FEWEST_WORDS = 40  # below this there is nothing to shorten, most likely only instructions
UNSTOPPED = 60  # words of a sentence; one longer than that was dictated without stops
FIGURE_BONUS = 0.25  # for each figure of a sentence, up to
MOST_FIGURES = 3
FIRST_BONUS = 0.6
SHARE = 0.4  # of the sentences, where no number is said
SAME = 0.7  # of a sentence's words; one that says so much of what is chosen already says it twice
MOST_SENTENCES = 3000  # of a text that are read
MOST_CHOSEN = 50
FOLDED_STOP_WORDS = frozenset(fold(w.STOP_WORDS).split())


def asks_summary(request: Request) -> bool:
    return bool(search_folded(w.SUMMARISE, request.order))


def summary_reply(request: Request) -> str:
    """The sentences that sum the text up, or what is missing."""
    text = tuple(sentences(request.text)[:MOST_SENTENCES])
    length = sum(len(words(s)) for s in text)
    if length >= FEWEST_WORDS and length > UNSTOPPED * len(text):
        return w.NEEDS_STOPS
    if len(text) < FEWEST_SENTENCES or length < FEWEST_WORDS:
        return w.NEEDS_TEXT
    count = asked_count(request, min(5, max(2, math.ceil(SHARE * len(text)))))
    chosen = summarise(text, min(count, len(text)))
    lead = w.SUMMARY_LEAD.format(n=len(chosen), total=len(text))
    return "\n".join([lead, *(f"- {sentence}" for sentence in chosen)])


def asked_count(request: Request, usual: int) -> int:
    """How many sentences or terms are wanted: the last number that was said; half for each "shorter" after it."""
    count = usual
    for wish in (request.order, *request.later):
        found = search(w.COUNT, wish)
        if found:
            numbers = w.NUMBERS | {fold(name): value for name, value in w.NUMBERS.items()}
            count = int(found[1][:4]) if found[1].isdigit() else numbers[found[1].lower()]
        elif wish in request.later and search(w.SHORTER, wish):
            count //= 2
    return min(MOST_CHOSEN, max(1, count))


def summarise(text: tuple[str, ...], count: int) -> list[str]:
    """The `count` best sentences, in the order of the text; one that says what another says comes last."""
    said = [[word for word in words(s) if fold(word) not in FOLDED_STOP_WORDS] for s in text]
    frequency = Counter(word for content in said for word in set(content))
    scores = []
    for place, content in enumerate(said):
        score = sum(frequency[word] for word in content) / (len(content) or 1) / len(text)
        figures = [word[0].isdigit() for word in content]  # those side by side are one, such as a number to call
        score += FIGURE_BONUS * min(
            MOST_FIGURES, sum(a and not b for a, b in zip(figures, [*figures[1:], False], strict=True))
        )
        score += FIRST_BONUS * (place == 0)
        scores.append((-score, place))
    ranked = [place for _, place in heapq.nsmallest(count * 3, scores)]
    chosen: list[int] = []
    for place in ranked:
        new = set(said[place])
        if len(chosen) < count and not any(len(new & set(said[c])) > SAME * len(new) for c in chosen):
            chosen.append(place)
    chosen += [place for place in ranked if place not in chosen][: count - len(chosen)]
    return [text[place] for place in sorted(chosen)]

"""Extractive summary: the sentences of a text that hold its frequent words, its figures and its beginning."""

from collections import Counter
from dataclasses import dataclass

from hub_config.services.ai.practice.sentences import sentences, words
from hub_config.services.ai.practice.vocabulary import fold, search, search_folded
from hub_config.services.ai.practice.wording import (
    COUNT,
    NEEDS_TEXT,
    NUMBERS,
    ORDER,
    STOP_WORDS,
    STYLE,
    SUMMARISE,
    SUMMARY_LEAD,
)

FEWEST_SENTENCES = 3
FEWEST_WORDS = 40  # below this there is nothing to shorten, most likely only instructions
LONGEST_ORDER = 20  # words; a longer sentence is text, however it begins
FIGURE_BONUS = 0.25  # for each figure of a sentence, up to
MOST_FIGURES = 3
FIRST_BONUS = 0.3
FOLDED_STOP_WORDS = frozenset(fold(STOP_WORDS).split())


@dataclass(frozen=True)
class Task:
    """A text to summarise and how many sentences are asked for (None: not said)."""

    text: tuple[str, ...]
    count: int | None


def summary_reply(prompt: str) -> str | None:
    """The answer to a request for a summary; None when the prompt asks for none."""
    if not search_folded(SUMMARISE, prompt):
        return None
    task = _task(prompt)
    if len(task.text) < FEWEST_SENTENCES or sum(len(words(s)) for s in task.text) < FEWEST_WORDS:
        return NEEDS_TEXT
    count = task.count or min(5, max(2, round(len(task.text) / 3)))
    chosen = summarise(task.text, min(count, len(task.text)))
    lead = SUMMARY_LEAD.format(n=len(chosen), total=len(task.text))
    return "\n".join([lead, *(f"- {sentence}" for sentence in chosen)])


def summarise(text: tuple[str, ...], count: int) -> list[str]:
    """The `count` best sentences, in the order of the text."""
    said = [[word for word in words(s) if fold(word) not in FOLDED_STOP_WORDS] for s in text]
    frequency = Counter(word for content in said for word in set(content))
    scores = []
    for place, content in enumerate(said):
        score = sum(frequency[word] for word in content) / (len(content) or 1) / len(text)
        score += FIGURE_BONUS * min(MOST_FIGURES, sum(word[0].isdigit() for word in content))
        score += FIRST_BONUS * (place == 0)
        scores.append((-score, place))
    return [text[place] for place in sorted(place for _, place in sorted(scores)[:count])]


def _task(prompt: str) -> Task:
    """Tell the text from the instructions around it."""
    orders, text = "", []
    for sentence in sentences(_after_colons(prompt)):
        if _is_order(sentence):
            orders += sentence + "\n"
        else:
            text.append(sentence)
    found = search(COUNT, orders)
    if not found:
        return Task(tuple(text), None)
    numbers = NUMBERS | {fold(name): value for name, value in NUMBERS.items()}
    count = int(found[1]) if found[1].isdigit() else numbers[found[1].lower()]
    return Task(tuple(text), max(1, count))


def _is_order(sentence: str) -> bool:
    if len(words(sentence)) > LONGEST_ORDER:
        return False
    return any(search(pattern, sentence) for pattern in (SUMMARISE, STYLE, ORDER))


def _after_colons(prompt: str) -> str:
    """The prompt with a line break after the colon that ends the request itself."""
    asked = search_folded(SUMMARISE, prompt)
    colon = prompt.find(":", asked.end()) if asked else -1
    return prompt if colon < 0 else f"{prompt[: colon + 1]}\n{prompt[colon + 1 :]}"

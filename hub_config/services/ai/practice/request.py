"""What a prompt asks (its order) told from what it brings (a text, a table), and from what was said before."""

import re
from dataclasses import dataclass
from functools import cached_property

from hub_config.services.ai.practice import wording as w
from hub_config.services.ai.practice.tables.grid import Grid, find_grid
from hub_config.services.ai.practice.texts.sentences import line_sentences, words
from hub_config.services.ai.practice.vocabulary import compiled, fold, marked, search, search_folded

FENCES = ("```", '"""', "<<<", "'''")
LONGEST_ORDER = 30  # words; a longer sentence is text, however it begins
MOST_ORDERS = 12  # sentences at either end
LONGEST_WHOLE = 60  # words of a prompt without any text in it
LONGEST_HEAD = 400  # characters before the colon that ends an order
FOLDED_ORDER_WORDS = frozenset(re.findall(r"\w+", fold(f"{w.VERBS} {w.ORDER_WORDS}")))
COLON = re.compile(r":(?=\s|$)")


@dataclass(frozen=True)
class Divided:
    """Order and text of a prompt. `apart`: the text visibly stands by itself, on own lines or after a colon."""

    order: str
    text: str
    apart: bool


@dataclass(frozen=True)
class Request:
    """A prompt as the tools read it."""

    prompt: str
    sources: str = ""  # texts that came along with the conversation: a system message, an attached document
    later: tuple[str, ...] = ()  # what was said after it to change the reply: "shorter", "add the place: …"
    carried: str = ""  # the text or table of an earlier turn, where this one has none

    @cached_property
    def own_grid(self) -> Grid | None:
        return find_grid(self.prompt)

    @cached_property
    def grid(self) -> Grid | None:
        """The table of the prompt, of the turn before, or of what came along."""
        return self.own_grid or find_grid(self.carried) or find_grid(self.sources)

    @cached_property
    def own(self) -> Divided:
        grid = self.own_grid
        return divided(grid.around if grid and grid.delimiter != ":" else self.prompt)

    @property
    def order(self) -> str:
        return self.own.order

    @cached_property
    def near(self) -> str:
        """The text of the turn before, else the one that came along; what of it is an order is left out."""
        return next((text for given in (self.carried, self.sources) if (text := _brought(given))), "")

    @cached_property
    def text(self) -> str:
        """The text that the order is about; "" when there is none. One that is near counts if the order means it."""
        return self.own.text or (self.near if means(self.order, self.near) else "")

    @property
    def apart(self) -> bool:
        """Whether the text is visibly brought as one, and no part of the question."""
        return self.own.apart if self.own.text else bool(self.near)

    @property
    def brings(self) -> bool:
        """Whether this turn has a text or table of its own."""
        return bool(self.own.text) or self.own_grid is not None

    @property
    def whole(self) -> str:
        """The prompt with all that was said later."""
        return "\n".join((self.prompt, *self.later))

    @property
    def wishes(self) -> str:
        """The order and what was said later to change it."""
        return "\n".join((self.order, *self.later))


def divided(prompt: str) -> Divided:
    """Tell the order from the text around it: orders stand at the beginning or the end, or before a colon."""
    fenced = _fenced(prompt)
    if fenced:
        return fenced
    lines = [line_sentences(line) for line in prompt.splitlines()]
    flat = [(place, sentence) for place, line in enumerate(lines) for sentence in line]
    head, rest = _head(flat)
    tail: list[tuple[int, str]] = []
    while rest and len(tail) < MOST_ORDERS and is_order(rest[-1][1]) and (not head or _ends(rest)):
        tail.append(rest.pop())
    orders = [*head, *reversed(tail)]
    order, text = "\n".join(s for _, s in orders), "\n".join(_lines(rest))
    if not order:
        return _undivided(prompt, flat)
    shared = {place for place, _ in orders} & {place for place, _ in rest}
    apart = bool(rest) and (not shared or bool(head and head[-1][1].endswith(":")))
    return Divided(order, text, apart)


def means(order: str, text: str) -> bool:
    """Whether an order speaks of a text, or of nothing else: "sum up the above", but not "sum up a famous book"."""
    about = [word for word in map(fold, words(order)) if word not in FOLDED_ORDER_WORDS and not word[0].isdigit()]
    return bool(text) and 2 * sum(word in set(map(fold, words(text))) for word in set(about)) >= len(set(about))


def _brought(given: str) -> str:
    """The text in what was given: all of it where nothing in it is an order."""
    found = divided(given) if given else None
    return (found.text or (given if not any(map(is_order, found.order.splitlines())) else "")) if found else ""


def is_order(sentence: str) -> bool:
    """Whether a sentence tells or asks the AI something."""
    if len(sentence) > LONGEST_HEAD or len(words(sentence)) > LONGEST_ORDER:
        return False
    return sentence.rstrip().endswith("?") or any(search(p, sentence) for p in (w.ORDER, w.STYLE, w.QUESTION))


def _fenced(prompt: str) -> Divided | None:
    for fence in FENCES:
        begin = prompt.find(fence)
        end = prompt.find(">>>" if fence == "<<<" else fence, begin + len(fence))
        if 0 <= begin < end:
            text = prompt[begin + len(fence) : end].strip()
            return Divided(f"{prompt[:begin]}\n{prompt[end + len(fence) :]}".strip(), text, True)
    return None


def _head(flat: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The orders at the beginning, and what follows them; a colon parts the last of them from the text."""
    for at, (place, sentence) in enumerate(flat[:MOST_ORDERS]):
        colon = COLON.search(sentence, 0, LONGEST_HEAD)
        lead = sentence[: colon.end()] if colon else ""
        if colon and search(w.ORDER, lead) and not search(w.LABEL_END, lead):
            head, rest, after = [*flat[:at], (place, lead)], sentence[colon.end() :].strip(), flat[at + 1 :]
            if rest and after and after[0][0] != place and is_order(rest):  # "Answer from the text below: how much …?"
                return [*head, (place, rest)], after
            return head, [(place, rest), *after] if rest else after
        marker = compiled(w.DICTATED, marked(lead or sentence[:LONGEST_HEAD])).search(sentence[:LONGEST_HEAD])
        if marker and len(words(sentence[marker.end() :])) > LONGEST_ORDER:
            lead = sentence[: marker.end()]
            return [*flat[:at], (place, lead)], [(place, sentence[marker.end() :].strip()), *flat[at + 1 :]]
        if not is_order(sentence):
            return flat[:at], flat[at:]
    return flat[:MOST_ORDERS], flat[MOST_ORDERS:]


def _ends(rest: list[tuple[int, str]]) -> bool:
    """Whether the last sentence stands on a line of its own or is a question: an order after one at the beginning."""
    return rest[-1][1].rstrip().endswith("?") or (len(rest) > 1 and rest[-2][0] != rest[-1][0])


def _lines(sentences: list[tuple[int, str]]) -> list[str]:
    """Sentences back in their lines, so that a text reads as it was given."""
    lines: dict[int, list[str]] = {}
    for place, sentence in sentences:
        lines.setdefault(place, []).append(sentence)
    return [" ".join(line) for line in lines.values()]


def _undivided(prompt: str, flat: list[tuple[int, str]]) -> Divided:
    """A prompt of which no sentence looks like an order: short, it is one; long, its ends may be."""
    if len(prompt) <= LONGEST_HEAD and len(words(prompt)) <= LONGEST_WHOLE:
        return Divided(prompt.strip(), "", False)
    ends = dict.fromkeys(s[:LONGEST_HEAD] for _, s in (flat[0], flat[-1]) if flat)
    return Divided("\n".join(ends), prompt, bool(search_folded(w.REFERS, "\n".join(ends))))

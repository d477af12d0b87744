"""What a text holds of a kind, as it is written there, with its value where it has one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograders.normalize import read_text
from autograders.rules.figures import find_figures
from autograders.rules.values import Date, Money, Number, Time, Value
from hub_config.services.ai.practice.extraction import wording as w
from hub_config.services.ai.practice.extraction.wording import FieldKind
from hub_config.services.ai.practice.vocabulary import compiled, fold, marked

MOST = 60  # things of one kind
MOST_READ = 20_000  # characters of a text
MOST_NAME_WORDS = 5
PARTS_OF_ANOTHER = ("person", "place")  # a shorter name of one that was found is no other one
PHONE = re.compile(r"(?<![\d.,+])(?:\+84|0)(?:[ .-]?\d){8,10}(?![\d])")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
LABEL = re.compile(r"(?:^|[\n;.,|-])[ \t*]*([^\W_][^\n:;.,|]{0,40}?)[ \t*]*:[ \t]*([^\n;|]{1,160})")
VALUE_END = re.compile(r"[.,]\s+(?=[^\W\d_][^\n:;.,|]{0,40}:\s)|\.\s|\.?\s*$")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Found:
    """One thing of a text: its wording there, and what it is worth."""

    text: str
    value: Value | None = None


def find_kind(text: str, kind: FieldKind) -> list[Found]:
    """The things of a kind in a text (its first MOST_READ characters), in its order, none twice."""
    seen: dict[str, Found] = {}
    for found in FINDERS[kind](text[:MOST_READ]):
        key = " ".join(fold(found.text).lower().split())
        if kind not in PARTS_OF_ANOTHER or not any(f" {key} " in f" {other} " for other in seen):
            seen.setdefault(key, found)
        if len(seen) == MOST:
            break
    return list(seen.values())


def labelled(text: str) -> dict[str, str]:
    """What stands after labels, "Ho ten: …", by the folded label; the first of a name."""
    found: dict[str, str] = {}
    for match in LABEL.finditer(text[:MOST_READ]):
        value = match[2]
        end = VALUE_END.search(value)
        found.setdefault(fold(match[1]).lower().strip(), value[: end.start()].strip() if end else value.strip())
    return {label: value for label, value in found.items() if value}


def _figures(*kinds: type) -> Callable[[str], Iterator[Found]]:
    def find(text: str) -> Iterator[Found]:
        read = read_text(_without_phones(text))
        for figure in find_figures(_without_phones(text)):
            value = figure.values[0]
            if not isinstance(value, kinds) or (isinstance(value, Date) and not (value.day and value.month)):
                continue
            yield Found(" ".join(read.quote_tokens(figure.first, figure.last).split()), value)

    return find


def _without_phones(text: str) -> str:
    return PHONE.sub(lambda match: "." * len(match[0]), text)


def _phones(text: str) -> Iterator[Found]:
    return (Found(match[0].strip()) for match in PHONE.finditer(text))


def _emails(text: str) -> Iterator[Found]:
    return (Found(match[0].rstrip(".")) for match in EMAIL.finditer(text))


def _people(text: str) -> Iterator[Found]:
    for label, value in labelled(text).items():
        if label in {fold(name) for name in w.PERSON_LABELS} and not re.search(r"\d", value):
            yield Found(value.split(",")[0])
    for match in compiled(w.TITLES_OF_PEOPLE, marked(text)).finditer(text):
        if name := _capitals(text, match.end()):
            yield Found(name)


def _places(text: str) -> Iterator[Found]:
    for match in compiled(w.AT, marked(text)).finditer(text):
        yield Found(match[1].strip())
    for match in compiled(w.PUBLIC, marked(text)).finditer(text):
        yield Found((match[0] + _capitals(text, match.end())).strip())
    for match in compiled(w.PLACES, marked(text)).finditer(text):
        if name := _capitals(text, match.end()):
            yield Found(match[0] + name)


def _capitals(text: str, start: int) -> str:
    """The words with capitals, or figures, from a place on; "" when the first has none."""
    end = start
    for word in WORD.finditer(text, start, start + 80):
        gap = text[end : word.start()]
        if (gap.strip() or "\n" in gap) or not (word[0][0].isupper() or word[0].isdigit()):
            break
        end = word.end()
        if len(text[start:end].split()) >= MOST_NAME_WORDS:
            break
    return text[start:end]


FINDERS: dict[FieldKind, Callable[[str], Iterator[Found]]] = {
    "date": _figures(Date),
    "time": _figures(Time),
    "when": _figures(Date, Time),
    "money": _figures(Money),
    "number": _figures(Number),
    "phone": _phones,
    "email": _emails,
    "person": _people,
    "place": _places,
}

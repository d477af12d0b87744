"""Key terms of a text: words that stand together again and again, names, and short runs of frequent words; verbatim."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hub_config.services.ai.practice.request import Request
from hub_config.services.ai.practice.texts import wording as w
from hub_config.services.ai.practice.texts.sentences import WORD, sentences, words
from hub_config.services.ai.practice.texts.summary import FEWEST_WORDS, FOLDED_STOP_WORDS, MOST_SENTENCES, asked_count
from hub_config.services.ai.practice.vocabulary import compiled, fold, marked, search_folded

USUAL = 6
LONGEST_TERM = 4  # syllables; most Vietnamese terms have two
LONGEST_RUN = 3  # of content words that are a term though they stand once
MOST_READ = 100_000  # characters
LONGER = 0.2  # what each further syllable of a term that comes again adds to its weight
CLAUSE = re.compile(r"[,;:()\[\]“”\"!?…–]|\.(?:\s|$)|\s-\s")
FOLDED_MEASURES = frozenset(fold(w.MEASURES).split())
FOLDED_EDGE_WORDS = FOLDED_STOP_WORDS | frozenset(fold(w.EDGE_WORDS).split())
Run = list[re.Match[str]]


@dataclass
class Term:
    """Words that follow each other somewhere in a text. `run`: nothing else stands between two general words."""

    wording: str
    words: tuple[str, ...]
    place: int
    count: int = 0
    named: int = 0  # times its every word had a capital, the beginning of a sentence aside
    run: bool = False

    def score(self, frequency: Counter[str]) -> float:
        """Its weight in the text; 0 when it is no term."""
        often = sum(frequency[word] for word in self.words) / len(self.words)
        if self.count > 1 or self.named:
            return (self.count + self.named) * (1 + LONGER * (len(self.words) - 1)) + often
        return often / 2 if self.run else 0.0


def asks_keywords(request: Request) -> bool:
    return bool(search_folded(w.KEYWORDS, request.order))


def keywords_reply(request: Request) -> str:
    """The text's key terms, or that there is no text."""
    if len(words(request.text)) < FEWEST_WORDS // 2:
        return w.NEEDS_TEXT
    terms = key_terms(request.text[:MOST_READ], asked_count(request, USUAL))
    return "\n".join([w.KEYWORDS_LEAD, *(f"- {term}" for term in terms)])


def key_terms(text: str, count: int) -> list[str]:
    """The `count` best terms, best first; none is a part of another."""
    terms: dict[str, Term] = {}
    frequency: Counter[str] = Counter()
    for place, (run, first) in enumerate(_runs(text)):
        frequency.update(match[0].lower() for match in run)
        _note(terms, run, place, first)
    scored = [(-term.score(frequency), term.place, key, term) for key, term in terms.items()]
    chosen: list[tuple[str, Term]] = []
    for score, _, key, term in sorted(scored, key=lambda entry: entry[:3]):
        if len(chosen) == count or not score:
            break
        if not any(f" {key} " in f" {other} " or f" {other} " in f" {key} " for other, _ in chosen):
            chosen.append((key, term))
    return [term.wording for _, term in chosen]


def _runs(text: str) -> Iterator[tuple[Run, bool]]:
    """The runs of content words of a text, and whether each begins its sentence."""
    for sentence in sentences(text)[:MOST_SENTENCES]:
        phrases = compiled(w.PHRASES, marked(sentence))
        clauses = [piece for clause in CLAUSE.split(sentence) for piece in phrases.split(clause)]
        for number, clause in enumerate(clauses):
            run: Run = []
            measured = False
            for place, match in enumerate(WORD.finditer(clause)):
                plain = fold(match[0]).lower()
                measure = measured and plain in FOLDED_MEASURES
                measured = match[0][0].isdigit() or measure
                if measured or plain in FOLDED_EDGE_WORDS:
                    if run:
                        yield run, number == 0 and place == len(run)
                    run = []
                else:
                    run.append(match)
            if run:
                yield run, number == 0 and run[0].start() == 0


def _note(terms: dict[str, Term], run: Run, place: int, first: bool) -> None:
    """Count the terms that a run of words holds."""
    for start in range(len(run)):
        for size in range(2, min(LONGEST_TERM, len(run) - start) + 1):
            part = run[start : start + size]
            spoken = tuple(match[0].lower() for match in part)
            wording = part[0].string[part[0].start() : part[-1].end()]
            term = terms.setdefault(" ".join(spoken), Term(wording, spoken, place))
            term.count += 1
            term.named += all(match[0][0].isupper() for match in part) and not (first and start == 0)
            term.run = term.run or size == len(run) <= LONGEST_RUN

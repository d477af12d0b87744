"""A question answered by the passages of given texts, verbatim and with where they stand; never by anything else."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from autograders.rules.figures import find_figures
from hub_config.services.ai.practice.request import Request
from hub_config.services.ai.practice.texts import wording as w
from hub_config.services.ai.practice.texts.passages import Passage, has_heads, passages
from hub_config.services.ai.practice.texts.sentences import words
from hub_config.services.ai.practice.vocabulary import fold, marked, search

MOST_QUOTED = 3
CANDIDATES = 20
LONGEST_QUESTION = 60  # words that are looked for
FITS = 0.6  # of the question's words stand in a passage that answers it
NEXT_BEST = 0.85  # of the best one's share; less than that is not quoted beside it
WORDS_WEIGH = 0.7  # of a share; pairs weigh the rest, and half of them are enough
FEWEST_WORDS = 25  # of a text that counts as one though the prompt does not call it so
FOLDED_ASKING = frozenset(fold(w.ASKING_WORDS).split())


def asks_sources(request: Request) -> bool:
    """Whether it is a question to texts that are there, or that the prompt speaks of."""
    question = request.order
    if not search(w.ASKS, question):
        return False
    if search(w.BY_SOURCES, question) or has_heads(request.text):
        return True
    return bool(request.text) and request.apart and len(words(request.text)) >= FEWEST_WORDS


def sources_reply(request: Request) -> str:
    """The passages that fit, or that the texts do not say it, or that there are none."""
    found = passages(request.text)
    if not found:
        return w.NEEDS_SOURCES
    chosen = best_passages(request.order, found)
    if not chosen:
        return w.NOT_SAID
    numbers = {passage: n for n, passage in enumerate(chosen, 1)}
    quotes = [w.PASSAGE.format(text=passage.text, n=n) for passage, n in numbers.items()]
    places = [w.PLACE.format(n=n, source=f"{p.source}, " if p.source else "", where=p.where) for p, n in numbers.items()]
    return "\n".join([w.SOURCES_LEAD, "", *quotes, "", w.SOURCES_LIST, *places])


def best_passages(question: str, found: Sequence[Passage]) -> list[Passage]:
    """The passages that answer a question, best first; [] when none holds most of what it asks about."""
    asked = question_words(question)
    if not asked:
        return []
    needs_figure = bool(search(w.HOW_MUCH, question))
    scored = []
    for rank, passage in enumerate(_ranked(asked, found)):
        share = _share(asked, question, passage.text)
        if share >= FITS and (not needs_figure or find_figures(passage.text)):
            scored.append((-round(share, 2), rank, passage))
    scored.sort(key=lambda entry: entry[:2])
    best = [passage for share, _, passage in scored if -share >= NEXT_BEST * -scored[0][0]]
    return best[:MOST_QUOTED]


def question_words(question: str) -> list[str]:
    """What a question is about: its words without those that only ask."""
    asked = [word for word in words(question) if fold(word) not in FOLDED_ASKING]
    return list(dict.fromkeys(asked))[:LONGEST_QUESTION]


def _ranked(asked: Sequence[str], found: Sequence[Passage]) -> list[Passage]:
    """The best by BM25, of text without diacritics and D with stroke."""
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute("create virtual table passage using fts5 (words, tokenize = 'unicode61')")
        rows = [(n, fold(passage.text)) for n, passage in enumerate(found)]
        index.executemany("insert into passage (rowid, words) values (?, ?)", rows)
        query = " OR ".join('"' + fold(word).replace('"', "") + '"' for word in asked)
        best = index.execute(
            "select rowid from passage where passage match ? order by bm25(passage), rowid limit ?", (query, CANDIDATES)
        )
        return [found[rowid] for (rowid,) in best]


def _share(asked: Sequence[str], question: str, text: str) -> float:
    """How much of the question a passage holds: words, and pairs of neighbours, since two syllables make a word."""
    plain = str if marked(question) and marked(text) else fold
    known = [plain(word) for word in words(text)]
    hits = sum(plain(word) in set(known) for word in asked) / len(asked)
    spoken = [plain(word) for word in words(question)]
    wanted = set(map(plain, asked))
    pairs = {pair for pair in zip(spoken, spoken[1:], strict=False) if wanted.issuperset(pair)}
    if not pairs:
        return hits
    joined = len(pairs & set(zip(known, known[1:], strict=False))) / len(pairs)
    return WORDS_WEIGH * hits + (1 - WORDS_WEIGH) * min(1.0, 2 * joined)

"""A question answered by the passages of given texts, verbatim and with where they stand; never by anything else."""

import itertools
import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

from autograders.rules.figures import find_figures
from hub_config.services.ai.practice.request import Request
from hub_config.services.ai.practice.texts import wording as w
from hub_config.services.ai.practice.texts.passages import Passage, has_heads, passages
from hub_config.services.ai.practice.texts.sentences import words
from hub_config.services.ai.practice.vocabulary import compiled, fold, marked, search
from hub_config.services.ai.practice.wording import BEYOND, QUESTION

MOST_QUOTED = 3
CANDIDATES = 200
LONGEST_QUESTION = 60  # words that are looked for
FITS = 0.6  # of the question's words stand in a passage that answers it
NEXT_BEST = 0.85  # of the best one's share; less than that is not quoted beside it
WORDS_WEIGH = 0.8  # of a share; pairs weigh the rest, and half of them are enough
FEWEST_WORDS = 25  # of a text apart from the question that the prompt does not call one
FEWEST_JOINED = 40  # of one that the question follows in the same paragraph
ASKING = frozenset(w.ASKING_WORDS.split())
FOLDED_ASKING = frozenset(fold(w.ASKING_WORDS).split())


def asks_sources(request: Request) -> bool:
    """Whether it is a question to texts that are there, or that the prompt speaks of."""
    question = request.order
    if not search(w.ASKS, question):
        return False
    text = request.text or request.near
    if search(w.BY_SOURCES, question) or has_heads(text):
        return True
    length = len(words(text))
    return length >= (FEWEST_WORDS if request.apart else FEWEST_JOINED) and not search(BEYOND["sums"], question)


def sources_reply(request: Request) -> str:
    """The passages that fit, or that the texts do not say it, or that there are none."""
    found = passages(request.text or request.near)
    if not found:
        return w.NEEDS_SOURCES
    chosen = best_passages(_question(request.order), found)
    if not chosen:
        return w.NOT_SAID
    numbers = {passage: n for n, passage in enumerate(chosen, 1)}
    quotes = [w.PASSAGE.format(text=passage.text, n=n) for passage, n in numbers.items()]
    places = [w.PLACE.format(n=n, source=_source(p), where=p.where) for p, n in numbers.items()]
    return "\n".join([w.SOURCES_LEAD, "", *quotes, "", w.SOURCES_LIST, *places])


def _question(order: str) -> str:
    """The lines of an order that ask, without those that only say where to look."""
    lines = order.splitlines()
    asking = [line for line in lines if "?" in line or search(QUESTION, line)]
    return "\n".join(line for line in asking or lines if question_words(line))


def _source(passage: Passage) -> str:
    return w.SOURCE.format(source=passage.source) if passage.source else ""


def best_passages(question: str, found: Sequence[Passage]) -> list[Passage]:
    """The passages that answer a question, best first; [] when none holds most of what it asks about."""
    asked = question_words(question)
    if not asked:
        return []
    needs_figure = bool(search(w.HOW_MUCH, question))
    scored = []
    with closing(_index(found)) as index:
        weights = {word: _weight(index, word, len(found)) for word in asked}
        for rank, passage in enumerate(found[rowid] for rowid in _ranked(index, asked)):
            share = _share(weights, question, passage.text)
            if share >= FITS and (not needs_figure or find_figures(passage.text)):
                scored.append((-round(share, 2), rank, passage))
    scored.sort(key=lambda entry: entry[:2])
    best = [passage for share, _, passage in scored if -share >= NEXT_BEST * -scored[0][0]]
    return best[:MOST_QUOTED]


def question_words(question: str) -> list[str]:
    """What a question is about: its words without those that only ask."""
    only_ask = ASKING if marked(question) else FOLDED_ASKING
    about = compiled(w.BY_SOURCES, marked(question)).sub(" ", question)
    asked = [word for word in words(about) if word not in only_ask]
    return list(dict.fromkeys(asked))[:LONGEST_QUESTION]


def _index(found: Sequence[Passage]) -> sqlite3.Connection:
    """The passages in memory, without diacritics and D with stroke, numbered as they come."""
    index = sqlite3.connect(":memory:")
    index.execute("create virtual table passage using fts5 (words, tokenize = 'unicode61')")
    rows = ((n, fold(passage.text)) for n, passage in enumerate(found))
    index.executemany("insert into passage (rowid, words) values (?, ?)", rows)
    return index


def _ranked(index: sqlite3.Connection, asked: Iterable[str]) -> list[int]:
    """The numbers of the best passages by BM25."""
    best = "select rowid from passage where passage match ? order by bm25(passage), rowid limit ?"
    return [rowid for (rowid,) in index.execute(best, (" OR ".join(map(_quoted, asked)), CANDIDATES))]


def _weight(index: sqlite3.Connection, word: str, passages: int) -> float:
    """How much a word tells: one that no passage holds tells most, for then they may not answer."""
    (count,) = index.execute("select count(*) from passage where passage match ?", (_quoted(word),)).fetchone()
    return math.log((passages + 1) / (count + 0.5))


def _quoted(word: str) -> str:
    return '"' + fold(word).replace('"', "") + '"'


def _share(weights: Mapping[str, float], question: str, text: str) -> float:
    """How much of the question a passage holds: words, and pairs of neighbours, since two syllables make a word."""
    plain = str if marked(question) and marked(text) else fold
    known = [plain(word) for word in words(text)]
    held = set(known)
    hits = sum(weight for word, weight in weights.items() if plain(word) in held) / (sum(weights.values()) or 1)
    spoken = [plain(word) for word in words(question)]
    wanted = set(map(plain, weights))
    pairs = {pair for pair in itertools.pairwise(spoken) if wanted.issuperset(pair)}
    if not pairs:
        return hits
    joined = len(pairs & set(itertools.pairwise(known))) / len(pairs)
    return WORDS_WEIGH * hits + (1 - WORDS_WEIGH) * min(1.0, 2 * joined)

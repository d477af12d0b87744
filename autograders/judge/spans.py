"""A learner's text as a judge may see it: canonical, without what is hidden in it or aimed at its grader.

Nothing is lost for the score by that: what is left out neither adds nor takes points, and the learner's own text is
kept as it is. An order to another AI is the learner's work and stays.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from autograders.judge.aimed import Span, aimed_spans, lexicon
from autograders.judge.canonical import canonical
from autograders.normalize import folded

GAP = "[…]"  # stands where something was left out
_ROUNDS = 4  # what is left out may have hidden something else
_BASE64 = re.compile(r"(?<![\w+/=])(?:[\w+/-]{4}[ \n]?){4,}[\w+/-]{0,3}={0,2}(?![\w+/=])", re.ASCII)
_HEX = re.compile(r"(?<!\w)(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ \n]?){12,}(?!\w)")


@dataclass(frozen=True)
class Reading:
    """What a judge is shown of a text, and what was left out of it, in order of finding."""

    text: str
    excluded: tuple[str, ...]

    @property
    def parts(self) -> list[str]:
        """The pieces of `text` between what was left out; a quote stands in one of them."""
        return [part.strip() for part in self.text.split(GAP) if part.strip()]

    @property
    def words(self) -> int:
        return sum(any(letter.isalnum() for letter in word) for part in self.parts for word in part.split())


def read_for_judge(text: str, rubric: Sequence[str] = ()) -> Reading:
    """`text` as a judge may see it; `rubric` are lines of the criterion that an answer has no reason to repeat."""
    shown = canonical(text).replace(GAP, "")
    excluded: list[str] = []
    for _ in range(_ROUNDS):
        before = shown
        for spans in (_markup("hidden"), _encoded, _verdicts, _markup("tags"), _markup("chat")):
            shown = _without(shown, spans(shown), excluded, " " if spans is _markup("tags") else GAP)
        shown = _without(shown, [*aimed_spans(shown, rubric), *_turned(shown)], excluded, GAP)
        if shown == before:
            break
    return Reading(_tidy(shown), tuple(excluded))


@lru_cache(maxsize=256)
def told(text: str) -> str:
    """A text as it stands, without what is hidden in it or aimed at its grader: what its receiver is told."""
    shown = _without(text, _markup("hidden")(text), [], "\n")
    shown = _without(shown, aimed_spans(shown), [], "\n")
    return shown if any(letter.isalnum() for letter in shown) else ""


def _without(text: str, spans: Sequence[Span], excluded: list[str], mark: str) -> str:
    """`text` with a mark in place of each span; spans may overlap."""
    kept: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end <= done:
            continue
        start = max(start, done)
        excluded.append(text[start:end].strip())
        kept += [text[done:start], mark]
        done = end
    return "".join([*kept, text[done:]])


def _tidy(text: str) -> str:
    """One mark for neighbours, no punctuation left alone between or behind them."""
    once = re.sub(rf"(?:{re.escape(GAP)}[\s.,;:!?\"'”)\]}}*_-]*)+{re.escape(GAP)}", GAP, text)
    once = re.sub(rf"\s*{re.escape(GAP)}[ .,;:!?]*", f" {GAP} ", once)
    return "\n".join(" ".join(line.split()) for line in once.split("\n")).strip()


@cache
def _markup(name: str) -> Callable[[str], list[Span]]:
    patterns = [re.compile(p, re.IGNORECASE | re.DOTALL | re.MULTILINE) for p in lexicon()["markup"][name]]
    return lambda text: [match.span() for pattern in patterns for match in pattern.finditer(text)]


def _encoded(text: str) -> list[Span]:
    """Base64 or hexadecimal digits that spell a text."""
    found = [m.span() for m in _BASE64.finditer(text) if _is_text(_decoded(base64.urlsafe_b64decode, m[0]))]
    return found + [m.span() for m in _HEX.finditer(text) if _is_text(_decoded(bytes.fromhex, m[0]))]


def _turned(text: str) -> list[Span]:
    """What is aimed at the grader when read backwards or in ROT13."""
    sentences = re.finditer(r"[^.!?\n]+", text)
    backwards = [sentence.span() for sentence in sentences if aimed_spans(sentence[0][::-1])]
    return [*backwards, *aimed_spans(codecs.encode(text, "rot13"))]


def _decoded(decode: Callable[[str], bytes], digits: str) -> bytes:
    plain = re.sub(r"\s|0x|\\x", "", digits).replace("+", "-").replace("/", "_").rstrip("=")
    try:
        return decode(plain + "=" * (-len(plain) % 4) if decode is base64.urlsafe_b64decode else plain)
    except (binascii.Error, ValueError):
        return b""


def _is_text(decoded: bytes) -> bool:
    try:
        text = decoded.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(text) >= 8 and text.isprintable() and " " in text


def _verdicts(text: str) -> list[Span]:
    """JSON-like braces that hold a verdict: a level with its value, and only keys that verdicts have."""
    markup = lexicon()["markup"]
    flags = re.IGNORECASE | re.DOTALL
    known, alone = set(markup["verdict_keys"]), set(markup["verdict_only"])
    found = []
    for match in re.finditer(markup["verdict"], text, flags):
        keys = {folded(key) for key in re.findall(markup["verdict_key"], match[0], flags)}
        has_level = re.search(markup["verdict_level"], match[0], flags) is not None
        if keys & alone or (has_level and keys <= known):
            found.append(match.span())
    return found

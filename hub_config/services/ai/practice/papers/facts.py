"""The facts that a prompt gives for a paper, each in its own words and nowhere twice."""

import re
from dataclasses import dataclass, field, replace

from hub_config.services.ai.practice.papers import wording as w
from hub_config.services.ai.practice.papers.reading import Reading
from hub_config.services.ai.practice.texts.sentences import sentences, words
from hub_config.services.ai.practice.vocabulary import begins, compiled, fold, marked, search

CLAUSE_END = re.compile(r"[;\n\0]|,(?!\d)|[.!?](?=\s|$|\0)")
FEWEST_NOTE_WORDS = 2
LONGEST_SUBJECT = 18  # words of a sentence that can stand as what a paper is about
MOST_NOTES = 60
NAMES_AFTER = {"time", "place", "receiver", "subject", "signer", "agency"}


@dataclass(frozen=True)
class Facts:
    """What a paper can say. `said` holds facts by the keys of wording.LABELS; notes are whatever else was said."""

    kind: str
    said: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    formal: bool = False
    labels: dict[str, str] = field(default_factory=dict)  # as the prompt writes them, of the facts that had one

    def get(self, key: str, gap: str = "") -> str:
        return self.said.get(key) or gap

    def with_said(self, key: str, value: str) -> "Facts":
        said = {k: v for k, v in self.said.items() if k != key}
        return replace(self, said=said | ({key: value} if value else {}))

    def others(self, *shown: str) -> list[str]:
        """The facts that a form has no place of its own for, each after its label."""
        return [f"{self._label(key)}: {said}" for key, said in self.said.items() if key not in shown]

    def _label(self, key: str) -> str:
        return self.labels.get(key) or w.LABELS[key].split("|")[0]


def read_facts(kind: str, before: str, after: str, text: str) -> Facts:
    """The facts around the words that ask for the paper, and of the text that it shall be made of ("" for none)."""
    inviting = f"{_like(w.INVITING, after)} " if kind.endswith(w.INVITING) else ""  # the word is part of the kind
    reading = Reading(f"{before}\n\0{inviting}{after}")
    formal = bool(search(w.FORMAL, before + after))
    said = {key: value for key in w.LABELS if (value := reading.take_label(key))}
    labels = dict(reading.labels)
    said |= _signed(reading)
    running = {"signer": w.SENDER, "agency": w.AGENCY}
    if not text and kind not in w.SCRIPT_KINDS and "time" not in said:  # a script speaks its sentences whole
        said["time"] = reading.take_times()
    if not text:
        running |= {"place": w.PLACE} if kind not in w.SCRIPT_KINDS else {}
        running["receiver"] = w.RECEIVER
    for key, pattern in running.items():
        if key not in said:
            said[key] = reading.take(pattern, 1)
    facts = Facts(kind, {key: value for key, value in said.items() if value}, (), formal, labels)
    if text:
        return _of_text(facts, reading, text)
    subject, notes = _subject_and_notes(reading, facts.get("subject"))
    return replace(facts.with_said("subject", subject), notes=tuple(notes[:MOST_NOTES]))


def _of_text(facts: Facts, reading: Reading, text: str) -> Facts:
    """Facts of a text that is rewritten: every sentence of it stays, word for word, but those that became a label."""
    of_text = Reading(text)
    for key in w.LABELS:
        if key not in facts.said and (value := of_text.take_label(key)):
            facts = facts.with_said(key, value)
    listed = [of_text.tidy(s, w.NOTE_JOINT).rstrip(".") for s in sentences(of_text.left.replace("\0", "\n"))]
    facts, listed = _told(facts, [sentence for sentence in listed if words(sentence)])
    found = Reading("\n".join(listed))
    facts = replace(facts, labels=of_text.labels | facts.labels)
    about = {"receiver": reading.take(w.RECEIVER, 1), "subject": reading.take(w.ABOUT, 1)}
    if facts.kind not in w.SCRIPT_KINDS:
        about |= {"time": found.take_times(), "place": found.take(w.PLACE, 1)}
    if not (facts.get("subject") or about["subject"]) and listed and len(words(listed[0])) <= LONGEST_SUBJECT:
        first = Reading(listed[0])
        if facts.kind not in w.SCRIPT_KINDS:
            first.take_times()
            first.take(w.PLACE, 1)
        about["subject"], listed = (
            _uncapitalised(first.tidy(" ".join(first.left.replace("\0", " ").split()))),
            listed[1:],
        )
    for key, value in about.items():
        if value and key not in facts.said:
            facts = facts.with_said(key, value)
    return replace(facts, notes=tuple(s for s in listed[:MOST_NOTES] if len(words(s)) >= FEWEST_NOTE_WORDS))


def _told(facts: Facts, listed: list[str]) -> tuple[Facts, list[str]]:
    """The facts with those that sentences tell by their beginning, and the other sentences."""
    rest: list[str] = []
    for sentence in listed:
        announced = search(w.ANNOUNCED, sentence) if not (facts.get("subject") or rest) else None
        key = next((k for k, pattern in w.TOLD.items() if k not in facts.said and search(pattern, sentence)), None)
        if announced:
            facts = facts.with_said("subject", announced[2])
            facts = facts if facts.get("agency") else facts.with_said("agency", announced[1])
        elif facts.kind == w.MINUTES and "present" not in facts.said and (present := search(w.PRESENT, sentence)):
            facts = facts.with_said("present", present[1])
        elif key and (told := search(w.TOLD[key], sentence)):
            facts = facts.with_said(key, told[1])
        else:
            rest.append(sentence)
    return facts, rest


def _uncapitalised(text: str) -> str:
    """Without the capital that only began a sentence; a name's stays."""
    first, _, rest = text.partition(" ")
    return text if not first[1:].islower() or rest[:1].isupper() else text[:1].lower() + text[1:]


def _like(word: str, text: str) -> str:
    """A word with or without marks, as the text is typed."""
    return word if marked(text) else fold(word)


def _signed(reading: Reading) -> dict[str, str]:
    """Place and day of the paper itself, where both are written as on papers."""
    found = reading.take(w.SIGNED)
    return {"signed": found} if found else {}


def _subject_and_notes(reading: Reading, subject: str) -> tuple[str, list[str]]:
    """What it is about: the first clause after the request; every other clause that is no wish for style is a note."""
    before, _, after = reading.left.partition("\n\0")
    notes = []
    for clause in CLAUSE_END.split(after + "\n" + before):
        clause = reading.tidy(compiled(w.STYLED, marked(clause)).sub("", clause), w.NOTE_JOINT if subject else w.JOINT)
        if not words(clause) or any(search(pattern, clause) for pattern in (w.STYLE, w.FILLER, w.ROLE)):
            continue
        if not subject:
            subject = clause
        elif len(words(clause)) >= FEWEST_NOTE_WORDS:
            notes.append(clause)
    return subject, notes


def changed(facts: Facts, wish: str) -> Facts:
    """The facts after a later wish to add, change or drop something, or with what is simply told."""
    wish = wish.strip()
    if found := begins(w.DROP, wish):
        return _dropped(facts, found[0])
    if found := begins(w.CHANGE_TO, wish):
        return _told_more(replace(facts, notes=()), found[0], facts.notes)
    if found := begins(w.CHANGE, wish):
        return _exchanged(facts, found[0], found[1].rstrip(" ."))
    if found := begins(w.ADD, wish):
        return _added(facts, found[0])
    return _added(facts, wish)


def _key(name: str) -> str | None:
    """The fact that is called so."""
    plain = fold(name).lower().strip(" :")
    return next((key for key, label in w.LABELS.items() if plain in fold(label).lower().split("|")), None)


def _added(facts: Facts, text: str) -> Facts:
    for key in w.LABELS:
        if label := begins(rf"^(?:{w.LABELS[key]})\s*:\s*(.+)$", text):
            return facts.with_said(key, label[0].rstrip(" ."))
    reading = Reading(text)
    for key in w.LABELS:
        if value := reading.take_label(key):
            facts = facts.with_said(key, value)
    for key in w.LABELS:  # without a colon
        pattern = rf"^\W*(?:{w.LABELS[key]})\s+(?:{w.LINKS})?(.+)$"
        label = begins(pattern, reading.left.strip()) if key in NAMES_AFTER else None
        if label:
            return facts.with_said(key, label[0].rstrip(" ."))
    return _told_more(facts, reading.left, facts.notes)


def _told_more(facts: Facts, text: str, notes: tuple[str, ...]) -> Facts:
    """The facts with those of running words, which go before older ones; the rest is the subject or a note."""
    reading = Reading(text)
    told = {"time": reading.take_times(), "place": reading.take(w.PLACE, 1), "receiver": reading.take(w.RECEIVER, 1)}
    for key, value in told.items():
        facts = facts.with_said(key, value) if value else facts
    rest = [reading.tidy(note, w.JOINT) for note in CLAUSE_END.split(reading.left)]
    rest = [note for note in rest if len(words(note)) >= FEWEST_NOTE_WORDS]
    if rest and not facts.get("subject"):
        facts, rest = facts.with_said("subject", rest[0]), rest[1:]
    return replace(facts, notes=(*notes, *rest))


def _exchanged(facts: Facts, old: str, new: str) -> Facts:
    key = _key(old)
    if key:
        return facts.with_said(key, new)
    said = {k: v.replace(old, new) for k, v in facts.said.items()}
    return replace(facts, said=said, notes=tuple(note.replace(old, new) for note in facts.notes))


def _dropped(facts: Facts, what: str) -> Facts:
    key = _key(what)
    if key:
        return facts.with_said(key, "")
    plain = fold(what).lower().strip(" .")
    return replace(facts, notes=tuple(note for note in facts.notes if plain not in fold(note).lower()))

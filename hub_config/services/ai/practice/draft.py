"""A notice or message by template, filled with what the prompt says and nothing else."""

import re

from hub_config.services.ai.practice import wording as w
from hub_config.services.ai.practice.sentences import words
from hub_config.services.ai.practice.vocabulary import compiled, fold, marked, search

CLAUSE_END = re.compile(r"[;\n\0]|,(?!\d)|[.!?](?=\s|$|\0)")
SENTENCE_END = re.compile(r"[;\n]|[.!?](?=\s|$)")
FEWEST_NOTE_WORDS = 2


class Reading:
    """A prompt of which spans are taken out one after the other; what is left in the end are the notes."""

    def __init__(self, prompt: str) -> None:
        self._marks = marked(prompt)
        self.left = prompt

    def take(self, pattern: str, group: int = 0) -> str:
        """The words of the first place of a pattern, taken out of the text; "" when there is none."""
        found = compiled(pattern, self._marks).search(self.left)
        if not found:
            return ""
        self.left = self.left[: found.start()] + "\0" + self.left[found.end() :]
        return self.tidy(found[group])

    def take_times(self) -> str:
        """When it is: the times and dates of the first sentence that has any. Those of later ones stay there."""
        pattern = compiled(f"(?:{w.CLOCK})|(?:{w.DATE})", self._marks)
        first = pattern.search(self.left)
        if not first:
            return ""
        end = SENTENCE_END.search(self.left, first.end())
        upto = end.start() if end else len(self.left)
        found = [match[0].strip() for match in pattern.finditer(self.left, 0, upto)]
        self.left = pattern.sub("\0", self.left[:upto]) + self.left[upto:]
        return ", ".join(found)

    def tidy(self, text: str, joint: str = w.JOINT) -> str:
        """Without the little words that joined it to its neighbours."""
        before = None
        while before != text:
            before, text = text, compiled(joint, self._marks).sub("", text.strip())
        return text


def draft_reply(prompt: str) -> str | None:
    """The answer to a request for a notice or a message; None when the prompt asks for none."""
    asked = search(w.WRITE, prompt)
    if not asked:
        return None
    reading = Reading(f"{prompt[: asked.start()]}\n\0{prompt[asked.end() :]}")
    sender = reading.take(w.SENDER, 1)
    time = reading.take_times()
    place = reading.take(w.PLACE, 1)
    receiver = reading.take(w.RECEIVER, 1)
    task, notes = _task_and_notes(reading)
    if not task or not (time or place or notes):
        return w.NEEDS_FACTS
    text = w.DRAFT.format(
        kind=next(kind for kind in w.KINDS if fold(kind) == fold(asked[1]).lower()).upper(),
        receiver=receiver or w.NO_RECEIVER,
        task=task,
        time=time or w.NO_TIME,
        place=place or w.NO_PLACE,
    )
    listed = [w.DRAFT_NOTES, *(f"- {note}" for note in notes)] if notes else []
    return "\n".join([w.DRAFT_LEAD, "", text, *listed, sender or w.NO_SENDER])


def _task_and_notes(reading: Reading) -> tuple[str, list[str]]:
    """What it is about: the first clause after the request; every other clause that is no wish for style is a note."""
    before, _, after = reading.left.partition("\n\0")
    task = ""
    notes = []
    for clause in CLAUSE_END.split(after + "\n" + before):
        clause = reading.tidy(clause, w.NOTE_JOINT if task else w.JOINT)
        if not words(clause) or search(w.STYLE, clause):
            continue
        if not task:
            task = clause
        elif len(words(clause)) >= FEWEST_NOTE_WORDS:
            notes.append(clause)
    return task, notes

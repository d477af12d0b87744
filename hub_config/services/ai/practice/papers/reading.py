"""A prompt of which facts are taken out one after the other."""

import re
from functools import lru_cache

from hub_config.services.ai.practice.papers import wording as w
from hub_config.services.ai.practice.vocabulary import compiled, marked

SENTENCE_END = re.compile(r"[;\n]|[.!?](?=\s|$)")
LONGEST_VALUE = 200  # characters after a label
MOST_READ = 20_000  # characters in which facts are looked for
MOST_JOINTS = 20
NEAR = 30  # characters between two times that belong together


class Reading:
    """A prompt of which spans are taken out; what is left in the end are the notes."""

    def __init__(self, prompt: str) -> None:
        self._marks = marked(prompt)
        self.left = prompt[:MOST_READ]
        self.labels: dict[str, str] = {}  # as they stand in the prompt

    def take(self, pattern: str, group: int = 0) -> str:
        """The words of the first place of a pattern, taken out of the text; "" when there is none."""
        found = compiled(pattern, self._marks).search(self.left)
        if not found:
            return ""
        self.left = self.left[: found.start()] + "\0" + self.left[found.end() :]
        return self.tidy(found[group])

    def take_label(self, key: str) -> str:
        """What stands after the label of a fact: "Dia diem: …"."""
        found = compiled(_labelled(key), self._marks).search(self.left)
        if found:
            self.labels[key] = found[0][: found.start(1) - found.start()].strip(" :\n").lower()
        return self.take(_labelled(key), 1)

    def take_times(self) -> str:
        """When it is: the first time or date and those close by in its sentence. Others stay where they are."""
        pattern = compiled(f"(?:{w.CLOCK})|(?:{w.DATE})", self._marks)
        first = pattern.search(self.left)
        if not first:
            return ""
        end = SENTENCE_END.search(self.left, first.end())
        upto = end.start() if end else len(self.left)
        found = [first]
        for match in pattern.finditer(self.left, first.end(), upto):
            if match.start() - found[-1].end() > NEAR:
                break
            found.append(match)
        for match in reversed(found):
            self.left = self.left[: match.start()] + "\0" + self.left[match.end() :]
        return ", ".join(match[0].strip() for match in found)

    def tidy(self, text: str, joint: str = w.JOINT) -> str:
        """Without the little words that joined it to its neighbours."""
        for _ in range(MOST_JOINTS):
            before, text = text, compiled(joint, self._marks).sub("", text.strip())
            if before == text:
                break
        return text


@lru_cache(maxsize=64)
def _labelled(key: str) -> str:
    """A label at the beginning of a clause, and its value up to the clause's end or the next label."""
    every = "|".join(w.LABELS.values())
    several = "|".join(label for label in w.LABELS[key].split("|") if " " in label)
    begins = rf"(?:^|(?<=[\n;.,\x00(-])|(?<=[\n;.,\x00(-]\s))(?:{w.LABELS[key]})"
    inside = rf"|(?<=\s)(?:{several})" if several else ""  # a label of one word may be the end of another there
    return (
        rf"(?:{begins}{inside})\s*:\s*([^;\n\x00]{{1,{LONGEST_VALUE}}}?)"
        rf"(?=\.?\s*(?:$|[;\n\x00])|\.\s|,?\s+(?:{every})\s*:)"
    )

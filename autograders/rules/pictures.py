"""Rules over a picture that was made: readable_text, text_order, picture_frame.

They look at what campus saw when the picture was composed or opened (`autograders.models.Picture`), never at its bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograders import wording
from autograders.models import Context, Lettering, Picture, plain
from autograders.normalize import syllables
from autograders.rules.answers import WRITTEN, artefact_of
from autograders.rules.facts import find_fact
from autograders.rules.finding import Finding, lost
from course.criteria import PictureFrame, ReadableText, TextOrder
from course.lesson import Exercise
from course.variants import number_text

_NOTE = 0.6  # a note at the foot may be so much smaller than the rest
_SHAPE = 0.06  # how far a ratio may be off: scissors and cameras are not exact
_SIZES = 0.001


def picture_of(answer: Mapping[str, Any], context: Context) -> Picture | None:
    """The picture that an answer hands in, if campus has it of this learner."""
    return (context.artefacts or {}).get(artefact_of(answer))


def with_written(answer: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """The answer with what stands on its picture, in place of what it says itself."""
    picture = picture_of(answer, context)
    return {**answer, WRITTEN: picture.text if picture else ""}


def no_picture(answer: Mapping[str, Any], context: Context) -> Finding | None:
    """Why nothing of an artefact can be scored, as a finding of nothing earned; None when it can."""
    if not artefact_of(answer):
        return Finding(0.0, wording.NOT_DONE)
    picture = picture_of(answer, context)
    if picture is None:
        return Finding(0.0, wording.PICTURE_GONE)
    if picture.blank or (picture.made == "composed" and not picture.texts):
        return Finding(0.0, wording.PICTURE_BLANK)
    return None


def waits_for_teacher(answer: Mapping[str, Any], context: Context, finding: Finding | None) -> str:
    """What is said where a person has to look at the picture, "" where the finding stands.

    What is read in a picture made elsewhere proves that it is there; that nothing was read proves nothing.
    """
    if context.artefacts is None:
        return wording.PICTURE_ELSEWHERE
    picture = picture_of(answer, context)
    if picture is None or picture.made == "composed" or picture.blank:
        return ""
    if picture.texts is None:
        return wording.PICTURE_UNREAD
    return wording.PICTURE_UNSURE if finding is None or finding.share < 1 else ""


def readable_text(criterion: ReadableText, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Points shared over the pieces of text: large enough, and of enough contrast with what they stand on."""
    texts = _texts(answer, context)
    if many := _too_many(texts, criterion.max_words):
        return many
    faint = [text for text in texts if text.contrast < criterion.min_contrast]
    note = min(texts, key=lambda text: text.size)  # of what was read elsewhere the smallest piece may be one
    tiny = [text for text in texts if text not in faint and text.size < _least_size(text, note, criterion)]
    if not faint and not tiny:
        return Finding(1.0, wording.FULL_READABLE.format(contrast=_number(min(text.contrast for text in texts))))
    said = []
    if faint:
        found, least = _number(min(text.contrast for text in faint)), _number(criterion.min_contrast)
        said.append(wording.LOW_CONTRAST.format(texts=_shown(faint), contrast=found, least=least))
    if tiny:
        said.append(wording.TINY.format(texts=_shown(tiny)))
    finding = lost(criterion, 1 - len(faint + tiny) / len(texts))
    return Finding(finding.share, " ".join([*said, finding.message]))


def text_order(criterion: TextOrder, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """All or none: the largest piece says what it is about, and nothing else is nearly as large."""
    texts = sorted(_texts(answer, context), key=lambda text: -text.size)
    if many := _too_many(texts, criterion.max_words):
        return many
    largest = texts[0].size
    leading = [text for text in texts if text.size > largest - _SIZES]
    rest = [text for text in texts if text not in leading]
    shown = " ".join(text.text for text in leading)
    if not rest:
        return Finding(0.0, wording.ALL_ALIKE if len(texts) > 1 else wording.ONE_TEXT)
    times = largest / rest[0].size
    if times < criterion.ratio:
        said = wording.NEARLY_ALIKE.format(times=_number(times), least=_number(criterion.ratio))
        return Finding(0.0, f"{said} {lost(criterion, 0).message}")
    if not any(find_fact(_as_read(shown, leading), fact) for fact in criterion.first):
        return Finding(0.0, f"{wording.OTHER_LEADS.format(found=shown)} {lost(criterion, 0).message}")
    return Finding(1.0, wording.FULL_ORDER.format(found=shown, times=_number(times)))


def picture_frame(criterion: PictureFrame, exercise: Exercise, answer: Mapping[str, Any], context: Context) -> Finding:
    """Nothing in another shape; half the points where the shape is right and pixels are too few or nothing is shown."""
    picture = picture_of(answer, context)
    if picture is None:
        return Finding(0.0, wording.NOT_DONE)
    ratio = picture.width / picture.height
    wanted = [int(shape.partition(":")[0]) / int(shape.partition(":")[2]) for shape in criterion.shapes]
    fits = any(abs(ratio / one - 1) <= _SHAPE for one in wanted)
    sharp = min(picture.width, picture.height) >= criterion.min_side
    bare = criterion.pictured and not picture.pictured
    if fits and sharp and not bare:
        return Finding(1.0, wording.FULL_FRAME)
    if fits and sharp:
        return Finding(0.5, wording.NOTHING_SHOWN)
    size = f"{picture.width} × {picture.height}"
    return replace(lost(criterion, 0.5 if fits else 0.0, criterion.shapes, [size]), evidence="")


def _as_read(shown: str, texts: Sequence[Lettering]) -> str:
    return plain(shown) if any(text.role == "read" for text in texts) else shown


def _texts(answer: Mapping[str, Any], context: Context) -> tuple[Lettering, ...]:
    picture = picture_of(answer, context)
    return (picture.texts or ()) if picture else ()


def _too_many(texts: object, limit: int) -> Finding | None:
    """A page of text is no poster, however well it is set."""
    if not isinstance(texts, list | tuple) or not texts:
        return Finding(0.0, wording.NOT_DONE)
    words = sum(syllables(text.text) for text in texts)
    return Finding(0.0, wording.TOO_MANY_WORDS.format(n=words, limit=limit)) if words > limit else None


def _least_size(text: Lettering, note: Lettering, criterion: ReadableText) -> float:
    small = text.role == "note" or (text.role == "read" and text is note)
    return criterion.min_size * (_NOTE if small else 1)


def _shown(texts: Sequence[Lettering]) -> str:
    """The beginning of each piece, for the learner to find it."""
    return ", ".join(f"“{' '.join(text.text.split()[:4])}”" for text in texts[:3])


def _number(value: float) -> str:
    return number_text(round(value, 1))

"""Sound to text without a model: only of what the practice AI spoke itself and of what lessons ship with its text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from course.catalog import LessonFolder
from hub_config.services.ai.practice.media import CannotDo
from hub_config.services.ai.practice.media.process import run
from hub_config.services.ai.practice.media.speech import Spoken

LARGEST = 25 * 1024 * 1024  # bytes, as OpenAI's
LONGEST_S = 1800
SUFFIXES = frozenset({".wav", ".mp3", ".flac", ".ogg"})
_MOST_KEPT = 5000  # texts
_NOT_OPENABLE = "audio/pcm"  # bare samples do not say what they are


@dataclass(frozen=True)
class Transcript:
    """What is said in a sound, and how long it lasts."""

    text: str
    seconds: float


class SpokenTexts:
    """The texts of what was spoken, by the fingerprint of the sound, in an SQLite file. Bounded: the oldest go.

    Safe to use from several threads and processes.
    """

    def __init__(self, path: Path, most: int = _MOST_KEPT) -> None:
        self._path, self._most = path, most
        with self._open() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute(
                "CREATE TABLE IF NOT EXISTS spoken (number INTEGER PRIMARY KEY AUTOINCREMENT, "
                "fingerprint TEXT UNIQUE NOT NULL, text TEXT NOT NULL)"
            )

    def remember(self, spoken: Spoken, text: str) -> None:
        """Keep the text of a sound. Bare samples (pcm) can't be known again and are not kept."""
        if spoken.media_type == _NOT_OPENABLE:
            return
        fingerprint, _ = _known(spoken.sound)
        with self._open() as db:
            db.execute("DELETE FROM spoken WHERE fingerprint = ?", (fingerprint,))
            db.execute("INSERT INTO spoken (fingerprint, text) VALUES (?, ?)", (fingerprint, text))
            db.execute("DELETE FROM spoken WHERE number <= (SELECT MAX(number) FROM spoken) - ?", (self._most,))

    def find(self, sound: bytes) -> str | None:
        """The text of a sound, None where it is not known. Raises CannotDo: not_a_sound, sound_too_long."""
        return self.text_of(_known(sound)[0])

    def text_of(self, fingerprint: str) -> str | None:
        with self._open() as db:
            row = db.execute("SELECT text FROM spoken WHERE fingerprint = ?", (fingerprint,)).fetchone()
        return row[0] if row else None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=10)
        try:
            with db:
                yield db
        finally:
            db.close()


def course_sounds(lessons: Iterable[LessonFolder]) -> dict[str, str]:
    """Fingerprint → text of the sounds in lessons' material/ that have their text beside them (NAME.wav, NAME.txt)."""
    found = {}
    for lesson in lessons:
        for sound in sorted((lesson.path / "material").rglob("*")):
            text = sound.with_suffix(".txt")
            if sound.suffix.lower() in SUFFIXES and text.is_file():
                found[_known(sound.read_bytes())[0]] = text.read_text("utf-8").strip()
    return found


def transcribe(sound: bytes, spoken: SpokenTexts | None = None, course: Mapping[str, str] | None = None) -> Transcript:
    """The text of a sound that is known here.

    Raises CannotDo: not_a_sound, sound_too_long, waiting_for_model (the sound is good, but of somebody else).
    """
    fingerprint, seconds = _known(sound)
    text = (course or {}).get(fingerprint) or (spoken.text_of(fingerprint) if spoken else None)
    if text is None:
        raise CannotDo("waiting_for_model")
    return Transcript(text, seconds)


def _known(sound: bytes) -> tuple[str, float]:
    if not sound:
        raise CannotDo("not_a_sound")
    if len(sound) > LARGEST:
        raise CannotDo("sound_too_long", minutes=LONGEST_S // 60)
    answer, _ = run("decode", {"seconds": LONGEST_S}, sound, failure="not_a_sound")
    return answer["fingerprint"], answer["seconds"]
